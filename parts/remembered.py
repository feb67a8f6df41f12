"""Results and figures worked out once for everybody who asks the same. Nothing that comes out may be changed.

What a visitor uploads where visitors share a server is their own: it is remembered for their session alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from parts.now import releases_now

__all__ = ["forget", "key_text", "remembered"]

Result = TypeVar("Result")
_FOR_ALL, _FOR_ONE = 1024, 64  # results kept, the latest used; a chart is some 100 KB


def remembered(key: tuple[object, ...], own: bool, make: Callable[[], Result]) -> Result:
    """What ``make`` gives, worked out once for each key.

    Parameters
    ----------
    key
        Everything that changes the result, as plain values; the first says what it is. Never a table: large ones are
        told apart by a sample of their rows, so that one could pass for another.
    own
        Whether it is made of what this visitor alone may see.
    make
        Works it out. Must depend on nothing but the key, on releases, and on files that never change.
    """
    place = f"{releases_now()}: {key_text(key)}"
    return _of_session(place, make) if own else _of_all(place, make)


def forget() -> None:
    """Let go of everything: what was made of a version that is deleted must not outlive it."""
    _of_all.clear()
    _of_session.clear()


def key_text(part: object) -> str:
    """A key as text: two keys have one text only if they are equal.

    >>> key_text(("levels", 0.95, None, ("a, b",))), key_text(("levels", 0.95, None, ("a", "b")))
    ("('levels', 0.95, None, ('a, b',),)", "('levels', 0.95, None, ('a', 'b',),)")
    >>> key_text((pd.DataFrame(),))
    Traceback (most recent call last):
    TypeError: A key is made of plain values, not of DataFrame.
    """
    if isinstance(part, tuple):
        return f"({' '.join(f'{key_text(each)},' for each in part)})"
    if is_dataclass(part) and not isinstance(part, type):
        told = ", ".join(f"{each.name}={key_text(getattr(part, each.name))}" for each in fields(part))
        return f"{type(part).__name__}({told})"
    if part is None or isinstance(part, str | int | float | pd.Period | pd.Timestamp):
        return repr(part)
    raise TypeError(f"A key is made of plain values, not of {type(part).__name__}.")


@st.cache_resource(show_spinner=False, max_entries=_FOR_ALL)
def _of_all(place: str, _make: Callable[[], Any]) -> Any:
    return _make()


@st.cache_resource(show_spinner=False, max_entries=_FOR_ONE, scope="session")
def _of_session(place: str, _make: Callable[[], Any]) -> Any:
    return _make()
