"""What a visitor notes beside measures: in the store where people sign in, else for as long as the visit lasts."""

from __future__ import annotations

import streamlit as st

from analysis.briefing import Item
from data.errors import DataError
from data.notes import LONGEST_NOTE, as_lines, forget_notes, keep_note, notes_of
from parts.caller import caller, signs_in
from parts.kept import store
from parts.upload_words import label_of

__all__ = ["ask_note", "offer_to_forget", "own_notes"]

_OWN, _PROBLEM = "_briefing_notes", "_briefing_note_problem"


def own_notes(release_id: str) -> dict[str, str]:
    """The notes on a release of whoever looks, by measure.

    Raises
    ------
    DataError
        When the store cannot be read.
    """
    if signs_in():
        return notes_of(store(), caller(), release_id)
    return dict(st.session_state.get(_OWN, {}).get(release_id, {}))


def ask_note(release_id: str, item: Item, notes: dict[str, str]) -> None:
    """The box for notes on one measure; what is typed is kept as soon as the box is left."""
    key = f"note_{release_id}_{item.measure}"
    if key not in st.session_state:
        st.session_state[key] = notes.get(item.measure, "")

    def keep() -> None:
        try:
            _keep(release_id, item.measure, st.session_state[key])
        except DataError as error:
            st.session_state[_PROBLEM] = " ".join(error.problems)

    st.text_area(f"Your notes: {label_of(item.title)}", key=key, max_chars=LONGEST_NOTE, on_change=keep, height=100)


def offer_to_forget(release_id: str, notes: dict[str, str]) -> None:
    """Where notes are kept and for whom, what went wrong with the last, and a button that deletes them all."""
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(problem)
    kept = (
        "Notes are kept for you alone, until you delete them; nobody else sees them, and no shared link holds them."
        if signs_in()
        else "Notes stay in this visit alone: download or print the briefing to keep them."
    )
    st.caption(kept)
    if notes:
        words = "Delete your note" if len(notes) == 1 else f"Delete your {len(notes)} notes"
        st.button(f"{words} on this report", key="forget_notes", on_click=_forget, args=(release_id,))


def _keep(release_id: str, measure: str, text: str) -> None:
    if signs_in():
        keep_note(store(), caller(), release_id, measure, text)
        return
    own = st.session_state.setdefault(_OWN, {}).setdefault(release_id, {})
    own.pop(measure, None)
    if kept := as_lines(text):
        own[measure] = kept


def _forget(release_id: str) -> None:
    try:
        if signs_in():
            forget_notes(store(), caller(), release_id)
    except DataError as error:
        st.session_state[_PROBLEM] = " ".join(error.problems)
        return
    st.session_state.get(_OWN, {}).pop(release_id, None)
    for key in [key for key in st.session_state if str(key).startswith(f"note_{release_id}_")]:
        del st.session_state[key]
