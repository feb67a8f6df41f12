"""Releases as a list shows them: which, how far each has come, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.errors import DataError
from data.release_info import INFO_FILE, read_info
from data.release_places import Place, revisions
from data.releases import corrections_of
from data.states import DRAFT

__all__ = ["Kept", "described"]


@dataclass(frozen=True)
class Kept:
    """One release as a list of them shows it.

    Attributes
    ----------
    id, state
        Which, and how far it has come.
    title, published, data_to
        Its own facts; "" and None where they cannot be read.
    where
        "data folder", "store", or "data folder, with changes in the store".
    revisions
        How many whole revisions the store holds of it.
    corrections
        How many of its numbers were corrected, counting each time.
    stamp
        What tells whether it still says what was saved; given by ``Keeper.save`` alone.
    """

    id: str
    state: str
    title: str
    published: date | None
    data_to: date | None
    where: str
    revisions: int
    corrections: int
    stamp: str = ""


def described(place: Place, root: Path, home: Path) -> Kept:
    """One release of a list, told by its facts and corrections alone; one without facts counts as a draft."""
    where = "data folder, with changes in the store" if place.is_over else "store" if place.kept else "data folder"
    number = sum((each / "figures.csv").exists() for each in revisions(home, place.id))
    state = DRAFT
    try:
        told = read_info(place.file(INFO_FILE))
        state = told.state
        count = len(corrections_of(place))
    except DataError:
        return Kept(place.id, state, "", None, None, where, number, 0)
    return Kept(place.id, told.state, told.title, told.published, told.data_to, where, number, count)
