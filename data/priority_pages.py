"""Which priorities have a page: each of a release has one of its id, with a file of its own or not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from data.contracts import cells_of
from data.errors import DataError
from data.people import Person
from data.release_places import release_stamp
from data.releases import files_of, release_states
from data.states import may_see

__all__ = ["priority_ids"]

_FILE = "priorities.csv"


def priority_ids(root: Path, home: Path | None, person: Person) -> frozenset[str]:
    """The priorities of every release that somebody may see; a file that is no table names none.

    Read once for as long as no release changes.

    Parameters
    ----------
    root, home
        As in ``data.releases.release_ids``.
    person
        Who asks.

    Raises
    ------
    OSError
        When a file cannot be opened just now.
    """
    found = _by_state(root, home, release_stamp(root, home))
    return frozenset(name for state, names in found for name in names if may_see(person, state))


@lru_cache(maxsize=4)
def _by_state(root: Path, home: Path | None, stamp: str) -> tuple[tuple[str, frozenset[str]], ...]:
    try:
        states = release_states(root, home)
    except DataError:
        return ()
    return tuple((state, _priorities(root, home, release_id)) for release_id, state in states.items())


def _priorities(root: Path, home: Path | None, release_id: str) -> frozenset[str]:
    try:
        cells = cells_of(files_of(root, release_id, home)[_FILE], _FILE)
        return frozenset(cells["id"]) - {""}
    except (DataError, KeyError):
        return frozenset()
