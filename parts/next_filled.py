"""The next report's own document, dropped beside the workbook: what it prints is filled in, and what is not is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from data.errors import DataError
from data.releases import Release
from parts.upload_words import label_of, list_problems, list_sentences

__all__ = ["Filler", "ask_document"]

Filler = Callable[[Release, str, date, bytes, str], tuple[bytes, list[str]]]
_TOLD = "_next_filled"  # of which document and report, and what is told of it: sentences, or why it is refused
_KINDS = ["docx", "docm", "dotx", "doc", "odt", "rtf", "pdf"]  # whoever has another kind is told what to do with it


def ask_document(older: Release, release_id: str, data_to: date, fill: Filler) -> Callable[[], bytes] | None:
    """Ask for the new report as a document; what makes the workbook filled from it, None where there is none.

    The workbook is made anew for each download, so that nothing of an unpublished report is kept.

    Parameters
    ----------
    older, release_id, data_to
        What the workbook is made from and for.
    fill
        Makes the filled workbook and its sentences from these, the document and its name.
    """
    given = st.file_uploader(
        "The new report as a Word document (.docx), if there is one", type=_KINDS, key="next_document"
    )
    if given is None:
        st.session_state.pop(_TOLD, None)
        return None
    asked = given.file_id, older.id, older.version, release_id, data_to
    held = st.session_state.get(_TOLD)
    if held is None or held[0] != asked:
        with st.spinner("Reading the report, and filling in what it prints"):
            held = st.session_state[_TOLD] = asked, *_told(older, release_id, data_to, fill, given)
    _, told, problems = held
    if problems:
        list_problems(problems, "The workbook is not filled from this.")
        return None
    st.success(label_of(told[-1]))
    with st.expander("What was taken from the document, and what was not", expanded=True):
        list_sentences(told[:-1], most=len(told))
    return lambda: fill(older, release_id, data_to, given.getvalue(), given.name)[0]


def _told(older: Release, release_id: str, data_to: date, fill: Filler, given: Any) -> tuple[list[str], list[str]]:
    """What is told of a document, and what is wrong with it."""
    try:
        return fill(older, release_id, data_to, given.getvalue(), given.name)[1], []
    except DataError as error:
        return [], error.problems
