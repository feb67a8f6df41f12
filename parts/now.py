"""The releases as they stand in this run, and what is worked out of them once for everybody.

A release may come, change or go while the server runs. Each run looks once at names, times and sizes of their files;
everything made of releases is kept under what it saw, so that nothing outlives a change and no run mixes two states.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from data.errors import DataError
from data.release_places import release_stamp
from data.releases import data_root
from data.store import store_home
from parts.kept import is_public

__all__ = ["kept_home", "look", "made_once", "releases_now"]

Words = ParamSpec("Words")
Result = TypeVar("Result")
_SEEN = "_releases_seen"


def kept_home() -> Path | None:
    """The folder whose kept releases are shown; None where visitors nobody knows share a server."""
    try:
        return None if is_public() else store_home()
    except DataError:
        return None


def look() -> None:
    """Look at the releases; the frame does so at the beginning of a run, and whoever reads them says what is wrong."""
    try:
        st.session_state[_SEEN] = release_stamp(data_root(), kept_home())
    except DataError:
        st.session_state.pop(_SEEN, None)


def releases_now() -> str:
    """What the run saw; seen just now where no run has begun."""
    return st.session_state.get(_SEEN) or release_stamp(data_root(), kept_home())


def made_once(
    max_entries: int | None = None, show_spinner: bool | str = False
) -> Callable[[Callable[Words, Result]], Callable[Words, Result]]:
    """Work a function out once for all visitors, and anew when a release changes. Nobody may change what it gives."""

    def wrap(make: Callable[Words, Result]) -> Callable[Words, Result]:
        def keep(seen: str, *args: Any, **words: Any) -> Result:
            return make(*args, **words)

        # Streamlit knows a function by its module and name.
        keep.__module__, keep.__qualname__, keep.__doc__ = make.__module__, make.__qualname__, make.__doc__
        kept = st.cache_resource(keep, max_entries=max_entries, show_spinner=show_spinner)

        @wraps(make)
        def ask(*args: Words.args, **words: Words.kwargs) -> Result:
            return kept(releases_now(), *args, **words)

        return ask

    return wrap
