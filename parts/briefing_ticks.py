"""Which measures a briefing holds: ticked by the rule at first, then by the visitor; a few letters in the address."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analysis.briefing.codes import ALL, measures_of, short_code
from parts.briefing_made import Choice
from parts.filters import note_choice

__all__ = ["ask_measures"]

_PARAMETER = "ticked"
_TICKED, _WRITTEN = "_briefing_ticked", "_briefing_written"


def ask_measures(release_id: str, groups: list[tuple[str, list[Choice]]], needed: tuple[str, ...]) -> tuple[str, ...]:
    """The boxes to tick, a group a priority, and three buttons that tick all, none or those that the rule chooses.

    Parameters
    ----------
    release_id
        The release.
    groups
        The measures of each priority, in the order of the report.
    needed
        Those that the rule chooses.

    Returns
    -------
    tuple
        What is ticked, in the order of the report.
    """
    known = [choice.measure for _, group in groups for choice in group]
    ticked = _ticked(release_id, known, needed)
    with st.container(horizontal=True):
        st.button("Tick by the rule", key="tick_by_rule", on_click=_set, args=(release_id, needed))
        st.button("Tick all", key="tick_all", on_click=_set, args=(release_id, known))
        st.button("Tick none", key="tick_none", on_click=_set, args=(release_id, ()))
    for place, (title, group) in enumerate(groups):
        own = sum(choice.measure in ticked for choice in group)
        with st.expander(title, key=f"ticks_{place}"):
            st.markdown(f"{own} of {len(group)} ticked." if own else f"None of {len(group)} ticked.")
            for choice in group:
                _box(release_id, choice, ticked)
    return tuple(measure for measure in known if measure in ticked)


def _box(release_id: str, choice: Choice, ticked: set[str]) -> None:
    key = f"tick_{release_id}_{choice.measure}"
    st.session_state[key] = choice.measure in ticked

    def turn() -> None:
        stand = set(st.session_state.get(_TICKED, {}).get(release_id, ticked))  # another box may have been first
        _set(release_id, stand | {choice.measure} if st.session_state[key] else stand - {choice.measure})

    st.checkbox(choice.label, key=key, on_change=turn)


def _set(release_id: str, measures: Iterable[str]) -> None:
    st.session_state.setdefault(_TICKED, {})[release_id] = frozenset(measures)


def _ticked(release_id: str, known: list[str], needed: tuple[str, ...]) -> set[str]:
    """What is ticked: as the address has it when that is news, else as it was left, else by the rule."""
    asked, kept = st.query_params.get(_PARAMETER), st.session_state.get(_TICKED, {})
    if asked is not None and asked != st.session_state.get(_WRITTEN):
        found, unknown = measures_of(asked, known)
        if unknown:
            st.info("The link names measures that are not in this release; the others are ticked.")
        _set(release_id, found)
    elif release_id not in kept:
        return _written(known, needed, needed)
    return _written(known, st.session_state[_TICKED][release_id], needed)


def _written(known: list[str], ticked: Iterable[str], needed: tuple[str, ...]) -> set[str]:
    """Write what is ticked to the address, unless it is what the rule ticks; that stays as clean as it came."""
    chosen = [measure for measure in known if measure in set(ticked)]
    usual = set(chosen) == set(needed)
    code = ALL if len(chosen) == len(known) else short_code(chosen)
    if usual:
        st.query_params.pop(_PARAMETER, None)
    elif st.query_params.get(_PARAMETER) != code:
        st.query_params[_PARAMETER] = code
    st.session_state[_WRITTEN] = None if usual else code
    note_choice(_PARAMETER, code, usual)
    return set(chosen)
