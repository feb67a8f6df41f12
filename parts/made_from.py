"""Which saved versions a page is made from: noted at each run, and pinned where a link opened it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from data.pinned import Pinned
from data.states import DRAFT, PUBLISHED, lowest_state
from data.store import Store
from data.uploaded import note_of
from parts.caller import signs_in
from parts.kept import store

__all__ = ["forget", "note", "note_rows", "noted", "pin", "pinned", "stamp_state", "state_of", "view"]

_NOTED, _PINNED = "_made_from", "_pinned"


def note(versions: Iterable[str]) -> None:
    """Remember for this run that the page shows something of these versions."""
    st.session_state[_NOTED] = tuple(dict.fromkeys([*noted(), *versions]))


def note_rows(rows: pd.DataFrame) -> list[str]:
    """The same of uploaded months, which name their version in ``note``; the ids of those versions.

    Raises
    ------
    DataError
        As ``parts.kept.store``.
    """
    told = set(rows["note"].dropna())
    versions = [version.id for version in view().versions() if note_of(version) in told]
    note(versions)
    return versions


def noted() -> tuple[str, ...]:
    """What was noted in this run."""
    return st.session_state.get(_NOTED, ())


def forget() -> None:
    """Begin a run: nothing is noted."""
    st.session_state.pop(_NOTED, None)


def pin(versions: Iterable[str] | None) -> None:
    """Let the page see these versions alone from now on; None for all again."""
    st.session_state[_PINNED] = None if versions is None else tuple(versions)


def pinned() -> tuple[str, ...] | None:
    """The versions that are pinned, or None where all are in sight."""
    return st.session_state.get(_PINNED)


def view() -> Store | Pinned:
    """The store, as far as it is in sight.

    Raises
    ------
    DataError
        As ``parts.kept.store``.
    """
    only = pinned()
    return store() if only is None else Pinned(store(), only)


def state_of(versions: Iterable[str]) -> str:
    """The state of what is made from some versions.

    Raises
    ------
    DataError
        When one of them is no longer there.
    """
    return lowest_state(store().version(version).status for version in versions)


def stamp_state(versions: Iterable[str]) -> str:
    """The state that must stand on it; a draft is no news where nobody signs in, for it is in no other's sight.

    Raises
    ------
    DataError
        As ``state_of``.
    """
    state = state_of(versions)
    return PUBLISHED if state == DRAFT and not signs_in() else state
