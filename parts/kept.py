"""Where uploads are kept: on this computer, in the store of those who sign in, or in a public visitor's session."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from analysis.disclosure_thresholds import THRESHOLDS_VARIABLE, Thresholds
from data.errors import DataError
from data.in_use import hold
from data.people import ANALYST, LOCAL, NOBODY, may, require
from data.release_keeping import Keeper, keeper
from data.releases import data_root
from data.salt import new_salt, store_salt
from data.store import Store, file_store, memory_store, store_home
from parts.caller import caller, signs_in

__all__ = ["in_words", "is_hosted", "is_public", "releases", "salt", "sees_unprotected", "store", "thresholds"]

_HOSTED = "EXPLORER_HOSTED"  # set where visitors share a server
_OWN = "_kept"


def is_hosted() -> bool:
    """Whether many people use this explorer, signed in or not."""
    return signs_in() or is_public()


def is_public() -> bool:
    """Whether it is shared by visitors nobody knows, who must not see each other's uploads."""
    return bool(os.environ.get(_HOSTED)) and not signs_in()


def in_words(kept: str, in_session: str) -> str:
    """What is said where versions are kept, and what is said in its place where an upload goes with its session."""
    return in_session if is_public() else kept


def sees_unprotected() -> bool:
    """Whether whoever looks may ask for what is withheld to protect respondents."""
    return not is_public() and may(caller(), ANALYST)


def thresholds() -> Thresholds:
    """How many respondents a shown number must be of: EXPLORER_THRESHOLDS, such as "base=50 answers=10".

    Raises
    ------
    ValueError
        When that says something else.
    """
    return Thresholds.said(os.environ.get(THRESHOLDS_VARIABLE, ""))


def store() -> Store:
    """The store, as whoever is looking may use it.

    Raises
    ------
    DataError
        When the folder of this computer's store cannot be used.
    """
    return _of_session()[0] if is_public() else _of_folder(str(store_home())).of(caller())


def salt() -> bytes:
    """The secret with which this store hashes the numbers of respondents.

    Raises
    ------
    DataError
        As ``store``, and when whoever is looking is no analyst.
    """
    if is_public():
        return _of_session()[1]
    require(caller(), ANALYST)
    return store_salt(store_home())


def releases() -> Keeper:
    """The keeper of releases, for whoever is looking.

    Raises
    ------
    DataError
        Where visitors nobody knows share a server, and as ``store``.
    """
    if is_public():
        raise DataError(
            "This explorer keeps nothing that a visitor makes. To keep a release, run the explorer on a computer of "
            "your own, or where you sign in."
        )
    return keeper(data_root(), store_home(), caller(), hosted=is_hosted())


@st.cache_resource(show_spinner=False)
def _of_folder(folder: str) -> Store:
    hold(Path(folder))
    return file_store(Path(folder), NOBODY)


def _of_session() -> tuple[Store, bytes]:
    """A store that goes when its session does; no other session can reach it."""
    if _OWN not in st.session_state:
        st.session_state[_OWN] = memory_store(LOCAL), new_salt()
    return st.session_state[_OWN]
