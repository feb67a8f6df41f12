"""The earlier revisions of a kept release: which there are, and one of them as the files of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.contracts import cells_of, csv_text
from data.errors import DataError
from data.release_files import check_files, corrections_stay, folder_frames, with_state
from data.release_info import INFO_FILE, read_info
from data.release_places import kept_folder, refuse_other_force, revisions
from data.releases import CORRECTIONS
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
        Whether it is the one that holds now.
    """

    number: int
    state: str
    title: str
    changed: tuple[str, ...]
    stands: bool


def revisions_of(home: Path, release_id: str) -> list[Revision]:
    """The revisions that hold a whole release, oldest first."""
    told: list[Revision] = []
    holds, before = kept_folder(home, release_id), None
    for folder in revisions(home, release_id):
        if not (folder / _FIGURES).exists():
            continue
        try:
            info = read_info(folder / INFO_FILE)
            state, title = info.state, info.title
        except DataError:
            state, title = "", ""
        changed = () if before is None else _changed(before, folder)
        told.append(Revision(int(folder.name), state, title, changed, folder == holds))
        before = folder
    return told


def _changed(before: Path, after: Path) -> tuple[str, ...]:
    held = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in (before, after)]
    names = sorted({*held[0], *held[1]})
    return tuple(Path(name).stem for name in names if held[0].get(name) != held[1].get(name))


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
    if folder == kept_folder(home, release_id):
        raise DataError(f"Revision {number} is what the release {release_id} says now. Choose an earlier one.")
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
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
