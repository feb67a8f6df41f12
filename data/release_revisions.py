"""The earlier revisions of a kept release: which there are, and one of them as the files of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.contracts import cells_of, csv_text
from data.errors import DataError
from data.release_corrections import corrections_stay
from data.release_files import check_files, content_stamp, folder_frames, with_state
from data.release_info import INFO_FILE, info_of, read_info
from data.release_places import places, refuse_other_force, revisions
from data.releases import CORRECTIONS, files_of
from data.states import DRAFT

__all__ = ["Revision", "earlier_files", "revisions_of"]

_FIGURES = "figures.csv"


@dataclass(frozen=True)
class Revision:
    """One whole revision of a release, as a list of them shows it.

    Attributes
    ----------
    number, state, title
        Which, how far it had come, and what it is called; "" for what cannot be read.
    changed
        The files that say something else than the whole revision before it; none of the first one.
    stands
        Whether it is the one that holds now, or the newest that says what the data folder says.
    """

    number: int
    state: str
    title: str
    changed: tuple[str, ...]
    stands: bool


def revisions_of(root: Path, home: Path, release_id: str) -> list[Revision]:
    """The revisions that hold a whole release, oldest first; one that goes while it is read is left out.

    Parameters
    ----------
    root, home
        The data folder, and the folder of the store.
    release_id
        Such as ``2023-06``.
    """
    holds, before = _standing(root, home, release_id), None
    told: list[Revision] = []
    for folder in revisions(home, release_id):
        files = _files(folder)
        if _FIGURES not in files:
            continue
        try:
            info = info_of(files.get(INFO_FILE, b""))
            state, title = info.state, info.title
        except DataError:
            state, title = "", ""
        changed = () if before is None else _changed(before, files)
        told.append(Revision(int(folder.name), state, title, changed, folder == holds))
        before = files
    return told


def _standing(root: Path, home: Path, release_id: str) -> Path | None:
    """The whole revision that says what the release says now, its state aside; the newest one, None where none does.

    What stands in the data folder, with or without what the store puts over it, was kept before it was put there.
    """
    place = places(root, home).get(release_id)
    if place is None:
        return None
    if place.kept and not place.is_over:
        return place.kept
    try:
        now = _stamp(files_of(root, release_id, home))
    except (DataError, OSError):
        return None
    newest_first = reversed(revisions(home, release_id))
    return next((folder for folder in newest_first if now and _stamp(_files(folder)) == now), None)


def _stamp(files: Mapping[str, bytes]) -> str:
    """What changes whenever it says something else; "" for what cannot be read or is no whole release."""
    try:
        return content_stamp(files) if _FIGURES in files else ""
    except (KeyError, ValueError):  # without its facts, or they are no TOML
        return ""


def _files(folder: Path) -> dict[str, bytes]:
    """The bytes of a revision's files by their name; none of one that was just removed, as the oldest one is."""
    try:
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    except FileNotFoundError:
        return {}


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
    names = sorted({*before, *after})
    return tuple(Path(name).stem for name in names if before.get(name) != after.get(name))


def earlier_files(root: Path, home: Path, release_id: str, number: int) -> dict[str, bytes]:
    """The files of an earlier revision as those of a draft, with the corrections that were made since.

    Parameters
    ----------
    root, home
        The data folder, and the folder of the store.
    release_id, number
        Which revision of which release.

    Raises
    ------
    DataError
        When there is no such whole revision, it stands already, is of another force or breaks the contract; or when
        corrections that were made since cannot be read.
    """
    known = {int(folder.name): folder for folder in revisions(home, release_id) if (folder / _FIGURES).exists()}
    if number not in known:
        there = ", ".join(map(str, known)) or "none"
        raise DataError(f"The store holds no revision {number} of the release {release_id}. Revisions there: {there}.")
    folder = known[number]
    if folder == _standing(root, home, release_id):
        raise DataError(f"Revision {number} is what the release {release_id} says now. Choose an earlier one.")
    files = _files(folder)
    told = read_info(folder / INFO_FILE)
    refuse_other_force(root, home, release_id, told.force)
    files[INFO_FILE] = with_state(files[INFO_FILE], told, DRAFT)
    _, frames = folder_frames(folder)
    own = cells_of(files[CORRECTIONS], CORRECTIONS)
    since = corrections_stay({**frames, "corrections": own[:0]}, root, release_id, home)["corrections"]
    both = pd.concat([own, since[list(own.columns)]], ignore_index=True).drop_duplicates()
    files[CORRECTIONS] = csv_text(both).encode()
    check_files(files)
    return files
