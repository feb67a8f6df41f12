"""Where releases lie: in the data folder, and in the store, whose own comes before the data folder's of the same id.

A kept release is a folder of revisions, ``EXPLORER_HOME/releases/2023-06/000001/`` and so on. Each is written whole
under another name first and never changed afterwards; the one of the highest number holds. One without ``figures.csv``
stands over a release of the data folder that cannot be written to: its ``release.toml`` holds, and its corrections are
added. One that says that the release lies elsewhere gives way to the data folder again.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from data.errors import DataError
from data.release_info import INFO_FILE, read_info

__all__ = ["ELSEWHERE", "FOLDER", "Place", "checked_id", "is_release_id", "kept_folder", "places", "release_stamp"]
__all__ += ["refuse_other_force", "revisions"]

FOLDER = "releases"
ELSEWHERE = "elsewhere.txt"  # the whole of a revision that gives way to the data folder
_ID = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_REVISION = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Place:
    """Where the files of one release are looked for.

    Attributes
    ----------
    id
        Such as ``2023-06``.
    own
        Its folder within the data folder, or None.
    kept
        The revision in the store that holds, or None.
    """

    id: str
    own: Path | None
    kept: Path | None

    @property
    def is_over(self) -> bool:
        """Whether the store holds only what stands over the data folder's release."""
        return self.kept is not None and self.own is not None and not (self.kept / "figures.csv").exists()

    @property
    def folders(self) -> list[Path]:
        """The folders that its files lie in; the first one that has a file holds."""
        if self.is_over:
            return [folder for folder in (self.kept, self.own) if folder]
        return [folder for folder in (self.kept or self.own,) if folder]

    def file(self, name: str) -> Path:
        """Where a file of this name lies, or would."""
        return self.files(name)[-1]

    def files(self, name: str) -> list[Path]:
        """The data folder's file and what stands over it, in this order; the one of the two that there is, else."""
        found = [folder / name for folder in reversed(self.folders)]
        return [path for path in found if path.exists()] or found[-1:]

    def names(self) -> list[str]:
        """The names of all its files."""
        return sorted({path.name for folder in self.folders for path in folder.iterdir() if path.is_file()})

    def stamp(self) -> str:
        """What changes whenever one of its files does."""
        return f"{self.id} {_stamp_of_revision(self.kept)} {_stamp_of(self.own) if self.own else ''}"


def is_release_id(text: str) -> bool:
    """Whether a name can be a kept release's: year and month, and nothing that leads elsewhere on any system.

    >>> [is_release_id(text) for text in ("2023-06", "2023-13", "2023-06/..", "CON", "2023-06 ", "２０２３-06")]
    [True, False, False, False, False, False]
    """
    return bool(_ID.fullmatch(text))


def checked_id(text: str) -> str:
    """The id of a release that is to be kept: the year and month that its data go to. It becomes a folder's name.

    Raises
    ------
    DataError
        When it is anything else.

    Examples
    --------
    >>> checked_id("2023-06")
    '2023-06'
    >>> checked_id("../2023-06")
    Traceback (most recent call last):
    data.errors.DataError: '../2023-06' is no name of a release. Give the year and month its data go to: 2023-06.
    """
    if not is_release_id(text):
        raise DataError(f"{text!r} is no name of a release. Give the year and month its data go to: 2023-06.")
    return text


def places(root: Path, home: Path | None = None) -> dict[str, Place]:
    """Every release there is, oldest first.

    A kept one counts only beside a data folder of its own force: whoever looks at another force's meets none of it.

    Parameters
    ----------
    root
        The data folder.
    home
        The folder of the store, or None to leave what is kept aside.
    """
    own = _own(root)
    found = {name: Place(name, folder, None) for name, folder in own.items()}
    kept = _kept(home) if home else {}
    forces = {_force(folder) for folder in own.values()} if kept else set()
    for name, folder in kept.items():
        place = Place(name, own.get(name), folder)
        expected = {_force(own[name])} if name in own else forces
        whole = (folder / "figures.csv").exists() or place.is_over
        if whole and (not expected or expected & {_force(folder), ""}):
            found[name] = place
    return dict(sorted(found.items()))


def refuse_other_force(root: Path, home: Path, release_id: str, force: str) -> None:
    """Refuse a release that would not be met here once it is kept, or would bury another force's.

    Raises
    ------
    DataError
        When the data folder, or what is kept under that id, is of another force.
    """
    own = _own(root)
    folders = [own[release_id]] if release_id in own else list(own.values())
    kept = kept_folder(home, release_id)
    for found, where in ((folders, "the data folder"), ([kept] if kept else [], "the store")):
        forces = {_force(folder) for folder in found} - {""}
        if forces and force not in forces:
            raise DataError(
                f"The report {release_id} says that it is of {force}; {where} holds releases of "
                f"{', '.join(sorted(forces))}. Mend the name of the force, or keep it with a data folder and a store "
                "of its own (EXPLORER_DATA, EXPLORER_HOME)."
            )


def revisions(home: Path, release_id: str) -> list[Path]:
    """The revisions of a kept release, oldest first."""
    try:
        found = list((home / FOLDER / checked_id(release_id)).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(path for path in found if _REVISION.fullmatch(path.name))


def kept_folder(home: Path, release_id: str) -> Path | None:
    """The revision that holds; None where the store has none, or it gives way to the data folder."""
    found = revisions(home, release_id)
    return None if not found or (found[-1] / ELSEWHERE).exists() else found[-1]


def release_stamp(root: Path, home: Path | None = None) -> str:
    """What changes whenever a release comes, goes or changes: names, times and sizes of files, none of them read."""
    told = [str(root), *(f"{path.name} {_stamp_of(path)}" for path in _folders(root))]
    named = [path.name for path in _folders(home) if home and is_release_id(path.name)]
    kept = [f"{name} {_stamp_of_revision(each)}" for name in named if home for each in revisions(home, name)[-1:]]
    told += [str(home), *kept] if kept else []  # a store without a release changes nothing
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _own(root: Path) -> dict[str, Path]:
    """Folders of the data folder's releases by their id."""
    return {
        path.parent.name: path.parent
        for path in root.glob(f"{FOLDER}/*/{INFO_FILE}")
        if not path.parent.name.startswith(".")  # one that is being written
    }


def _folders(root: Path | None) -> list[Path]:
    try:
        found = list((root / FOLDER).iterdir()) if root else []
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(path for path in found if path.is_dir() and not path.name.startswith("."))


def _kept(home: Path) -> dict[str, Path]:
    named = [path.name for path in _folders(home) if is_release_id(path.name)]
    return {name: folder for name in named if (folder := kept_folder(home, name))}


def _force(folder: Path) -> str:
    """Whose release it is; "" for one that cannot be read."""
    try:
        return read_info(folder / INFO_FILE).force
    except (DataError, OSError):
        return ""


def _stamp_of_revision(folder: Path | None) -> str:
    """Its number and time: a number is given again once a revision was undone."""
    try:
        return f"{folder.name} {folder.stat().st_mtime_ns}" if folder else ""
    except OSError:  # it is just going, and its stamp with it
        return "gone"


def _stamp_of(folder: Path) -> str:
    """Names, times and sizes of a folder's files."""
    try:
        with os.scandir(folder) as found:
            told = sorted((each.name, each.stat().st_mtime_ns, each.stat().st_size) for each in found)
    except OSError:  # it is just going, and its stamp with it
        return "gone"
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
