"""Filters that live in the address bar: the link in the bar is the view. Unknown values fall back and say so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st

__all__ = [
    "address_of_view",
    "begin_run",
    "choose",
    "choose_kept",
    "choose_view",
    "chosen",
    "note_choice",
    "note_lasting",
    "search_box",
    "slide",
    "switch",
]

_CHOSEN, _USUAL, _LASTING = "_chosen", "_usual", "_lasting"


def begin_run() -> None:
    """Forget what was chosen: the frame says so before it runs a page."""
    for name in (_CHOSEN, _USUAL, _LASTING):
        st.session_state[name] = {}


def chosen() -> dict[str, str]:
    """What stands in the filters that the page has drawn in this run, as a shared view keeps it."""
    return {**st.session_state.get(_CHOSEN, {}), **st.session_state.get(_LASTING, {})}


def note_lasting(key: str, value: str) -> None:
    """Another name for what stands in a filter, under which a shared view finds it whatever it is called by then."""
    st.session_state.setdefault(_LASTING, {})[key] = value


def note_choice(key: str, value: str, usual: bool = False) -> None:
    """Remember what stands in a filter, and whether it does unless somebody asks; the address may be a run behind."""
    st.session_state.setdefault(_CHOSEN, {})[key] = value
    st.session_state.setdefault(_USUAL, {})[key] = usual


def address_of_view(address: str) -> str:
    """An address with what was chosen on its page: a link to what is seen."""
    usual = st.session_state.get(_USUAL, {})
    stand = st.session_state.get(_CHOSEN, {})
    asked = {key: value for key, value in stand.items() if value and not usual.get(key)}
    if "release" in st.query_params:
        asked["release"] = st.query_params["release"]
    plain = address.split("#")[0].split("?")[0]
    return f"{plain}?{urlencode(asked)}" if asked else plain


def choose(
    label: str, options: Sequence[str], key: str, help: str | None = None, resets: Sequence[str] = (), first: int = 0
) -> str:
    """One of a list; the default, the ``first``, leaves the address clean. Choosing another forgets ``resets``."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        st.info(f"The link asks for {label.lower()} “{asked}”, which is not here. Showing {options[first]}.")
    reset = partial(_forget, resets) if resets else None
    found = st.selectbox(label, options, first, key=key, bind="query-params", help=help, on_change=reset)
    note_choice(key, found, found == options[first])
    return found


def _forget(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state.pop(key, None)


def choose_kept(label: str, options: Sequence[str], key: str, resets: Sequence[str] = ()) -> str:
    """One of a list that may grow: what is chosen always stands in the address, so a link opens the same one later.

    Choosing another forgets what ``resets`` names.
    """
    asked = st.query_params.get(key)
    state = st.session_state
    if key not in state or state[key] not in options:
        if asked is not None and asked not in options:
            st.info(f"The link asks for {label.lower()} “{asked}”, which is not here. Showing {options[0]}.")
        state[key] = asked if asked in options else options[0]

    def forget() -> None:
        for name in resets:
            state.pop(name, None)
            if name in st.query_params:
                del st.query_params[name]

    found = st.selectbox(label, options, key=key, on_change=forget)
    if st.query_params.get(key) != found:
        st.query_params[key] = found
    note_choice(key, found)
    return found


def choose_view(label: str, options: Sequence[str], key: str) -> str:
    """One of a few views of a page, all of them in sight; the first is the default and leaves the address clean."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        st.info(f"The link asks for {label.lower()} “{asked}”, which is not here. Showing {options[0]}.")
    found = st.radio(label, options, key=key, bind="query-params", horizontal=True)
    note_choice(key, found, found == options[0])
    return found


def search_box(label: str, key: str, placeholder: str) -> str:
    """Words to look for, trimmed."""
    found = st.text_input(label, key=key, bind="query-params", placeholder=placeholder).strip()
    note_choice(key, found)
    return found


def switch(label: str, key: str, default: bool) -> bool:
    """On or off."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in ("true", "false"):
        st.info(f"The link sets {key} to “{asked}”; it can be true or false. Showing {str(default).lower()}.")
    found = st.toggle(label, value=default, key=key, bind="query-params")
    note_choice(key, "true" if found else "false", found == default)
    return found


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
    found = st.slider(label, lowest, highest, default, step, key=key, bind="query-params", help=help or None)
    note_choice(key, f"{found:.10g}", found == default)
    return found
