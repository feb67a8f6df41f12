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
_FILLED = "_next_filled"  # for which document and report, the workbook, and what is told of it
_KINDS = ["docx", "docm", "doc", "odt", "rtf", "pdf"]  # whoever has another kind is told what to do with it


def ask_document(older: Release, release_id: str, data_to: date, fill: Filler) -> bytes | None:
    """Ask for the new report as a document; the workbook filled from it, None where there is none.

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
        st.session_state.pop(_FILLED, None)
        return None
    asked = given.file_id, older.id, release_id, data_to
    held = st.session_state.get(_FILLED)
    if held is None or held[0] != asked:
        try:
            with st.spinner("Reading the report, and filling in what it prints"):
                content, told = fill(older, release_id, data_to, given.getvalue(), given.name)
        except DataError as error:
            list_problems(error.problems, "The workbook is not filled from this.")
            st.session_state.pop(_FILLED, None)
            return None
        held = st.session_state[_FILLED] = asked, content, told
    _, content, told = held
    st.success(label_of(told[-1]))
    with st.expander("What was taken from the document, and what was not", expanded=True):
        list_sentences(told[:-1], most=len(told))
    return bytes(content)
