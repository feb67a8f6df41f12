"""Filters that live in the address bar: the link in the bar is the view. Unknown values fall back and say so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

__all__ = ["choose", "choose_view", "search_box", "slide", "switch"]


def choose(label: str, options: Sequence[str], key: str, help: str | None = None, resets: str = "") -> str:
    """One of a list; the first is the default and leaves the address clean. Choosing sets ``resets`` to its first."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        st.info(f"The link asks for {label.lower()} “{asked}”, which is not here. Showing {options[0]}.")
    reset = partial(st.session_state.pop, resets, None) if resets else None
    return st.selectbox(label, options, key=key, bind="query-params", help=help, on_change=reset)


def choose_view(label: str, options: Sequence[str], key: str) -> str:
    """One of a few views of a page, all of them in sight; the first is the default and leaves the address clean."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        st.info(f"The link asks for {label.lower()} “{asked}”, which is not here. Showing {options[0]}.")
    return st.radio(label, options, key=key, bind="query-params", horizontal=True)


def search_box(label: str, key: str, placeholder: str) -> str:
    """Words to look for, trimmed."""
    return st.text_input(label, key=key, bind="query-params", placeholder=placeholder).strip()


def switch(label: str, key: str, default: bool) -> bool:
    """On or off."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in ("true", "false"):
        st.info(f"The link sets {key} to “{asked}”; it can be true or false. Showing {str(default).lower()}.")
    return st.toggle(label, value=default, key=key, bind="query-params")


def slide(label: str, lowest: float, highest: float, default: float, step: float, key: str, help: str = "") -> float:
    """A number between two others. What the address asks outside them falls back and says so."""
    asked = st.query_params.get(key)
    try:
        fits = asked is None or lowest <= float(asked) <= highest
    except ValueError:
        fits = False
    if not fits:
        st.info(
            f"The link sets {label.lower()} to “{asked}”; it can be {lowest:g} to {highest:g}. Showing {default:g}."
        )
    return st.slider(label, lowest, highest, default, step, key=key, bind="query-params", help=help or None)
