"""Where uploads are kept: on this computer, or, where many people share a server, in the visitor's own session."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from analysis.disclosure_thresholds import THRESHOLDS_VARIABLE, Thresholds
from data.salt import new_salt, store_salt
from data.store import Store, file_store, memory_store, store_home

__all__ = ["is_hosted", "is_public", "salt", "store", "thresholds"]

_HOSTED = "EXPLORER_HOSTED"  # set where visitors share a server
_ACTOR = "local analyst"
_OWN = "_kept"


def is_hosted() -> bool:
    """Whether many people use this explorer."""
    return is_public()


def is_public() -> bool:
    """Whether it is shared by visitors nobody knows, who must not see each other's uploads."""
    return bool(os.environ.get(_HOSTED))


def thresholds() -> Thresholds:
    """How many respondents a shown number must be of: EXPLORER_THRESHOLDS, such as "base=50 answers=10".

    Raises
    ------
    ValueError
        When that says something else.
    """
    return Thresholds.said(os.environ.get(THRESHOLDS_VARIABLE, ""))


def store() -> Store:
    """The store of whoever is looking.

    Raises
    ------
    DataError
        When the folder of this computer's store cannot be used.
    """
    return _of_session()[0] if is_public() else _of_folder(str(store_home()))


def salt() -> bytes:
    """The secret with which this store hashes the numbers of respondents.

    Raises
    ------
    DataError
        As ``store``.
    """
    return _of_session()[1] if is_public() else store_salt(store_home())


@st.cache_resource(show_spinner=False)
def _of_folder(folder: str) -> Store:
    return file_store(Path(folder), _ACTOR)


def _of_session() -> tuple[Store, bytes]:
    """A store that goes when its session does; no other session can reach it."""
    if _OWN not in st.session_state:
        st.session_state[_OWN] = memory_store(_ACTOR), new_salt()
    return st.session_state[_OWN]
