"""The next report's own document, dropped beside the workbook: what it prints is filled in, and what is not is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.errors import DataError
from data.releases import Release
from parts.now import releases_now
from parts.upload_words import label_of, list_problems, list_sentences

__all__ = ["Filler", "ask_document", "kept_while_asked", "show_filled"]

Filler = Callable[[Release, str, date, bytes, str], tuple[bytes, list[str]]]
_TOLD = "_next_filled"  # of which document and report, and what is told of it: sentences, or why it is refused
_ASKED = "_next_document_asked"  # that this run asks for a document
_KINDS = ["docx", "docm", "dotx", "doc", "odt", "rtf", "pdf"]  # whoever has another kind is told what to do with it


def ask_document() -> UploadedFile | None:
    """Ask for the new report as a document; it stays while the day or the release before is changed."""
    st.session_state[_ASKED] = True
    given = st.file_uploader(
        "The new report as a Word document (.docx), if there is one", type=_KINDS, key="next_document"
    )
    if given is None:
        st.session_state.pop(_TOLD, None)
    return given


def show_filled(
    given: UploadedFile, older: Release, release_id: str, data_to: date, fill: Filler
) -> Callable[[], bytes] | None:
    """Tell what a document fills in; what makes the workbook filled from it, None where it is refused.

    The workbook is made anew for each download, so that none with an unpublished report's text is kept.

    Parameters
    ----------
    given
        The document.
    older, release_id, data_to
        What the workbook is made from and for.
    fill
        Makes the filled workbook and its sentences from these, the document and its name.
    """
    asked = given.file_id, releases_now(), older.id, release_id, data_to
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


@contextmanager
def kept_while_asked() -> Iterator[None]:
    """Drop what was told of a document where the page that runs inside asks for none. For the frame."""
    st.session_state.pop(_ASKED, None)
    yield
    if not st.session_state.pop(_ASKED, False):
        st.session_state.pop(_TOLD, None)


def _told(
    older: Release, release_id: str, data_to: date, fill: Filler, given: UploadedFile
) -> tuple[list[str], list[str]]:
    """What is told of a document, and what is wrong with it."""
    try:
        return fill(older, release_id, data_to, given.getvalue(), given.name)[1], []
    except DataError as error:
        return [], error.problems
