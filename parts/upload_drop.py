"""Step 1: a file, a template to begin with, or the invented sample."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.errors import DataError
from data.profile import KINDS
from data.reading import read_upload, sheet_names
from data.releases import data_root
from data.report_workbook import report_of
from data.role_words import KIND_WORDS, ROLE_WORDS, kind_words
from data.store import Store
from data.survey_examples import example_template
from data.templates import SAMPLE_LABEL, SAMPLE_NAME, sample_survey, template_csv, template_name
from parts import upload_draft
from parts.blocks import say
from parts.kept import in_words
from parts.next_start import hand_over
from parts.steps import show_held
from parts.table import show_table
from parts.upload_draft import AGAIN, READ, Draft
from parts.upload_versions import link_to_surveys
from parts.upload_words import counted, label_of, list_problems

__all__ = ["show_drop"]

_NEEDED = {
    "survey": "at least one question; best with a respondent's number and a weight",
    "aggregated": "question, and per cent or count; best with base",
    "monthly": "month and value; best with measure and area",
    "events": "date and time",
}
_SEEN, _SHEET, _TURN = "_upload_seen", "upload_sheet", "_upload_turn"
_REPORT = "_upload_report"  # a workbook of the next report that was dropped here: its bytes, its name, of which


def show_drop(store: Store, draft: Draft | None) -> None:
    """Ask for a file and read it. A workbook of several sheets is asked which first."""
    with st.container():  # always there: what comes and goes inside it folds nothing below
        if said := st.session_state.pop("_upload_said", ""):
            st.success(label_of(said))
            if st.session_state.pop("_upload_survey", False):
                link_to_surveys()
        if draft and draft.reading is not None:
            rows = counted(draft.reading.rows_in, "row", "rows")
            told = label_of(f"In hand: {draft.name}, {rows}. Nothing of it is lost.")
            show_held("upload", draft, told, READ, upload_draft.drop, AGAIN)
        elif upload_draft.dropped() is not None:
            until = in_words("something else is saved", "another is used")
            st.info(f"The draft was dropped. It can be brought back until {until}.")
            if st.button("Bring the draft back", key="upload_undo"):
                upload_draft.undo()
                st.rerun()
    until = in_words("anything is saved", "it is used")
    say(f"Drop a survey, monthly figures or events. You see what was understood before {until}.")
    st.session_state.setdefault(_TURN, 0)
    given = st.file_uploader(
        "A table as CSV, TSV, text or workbook (.xlsx), at most 50 MB", type=["csv", "tsv", "txt", "xlsx"],
        key=f"upload_file_{st.session_state[_TURN]}",
    )  # fmt: skip
    if given is None:
        st.session_state.pop(_REPORT, None)
    if given is not None and st.session_state.get(_SEEN) != given.file_id:
        _take(store, given.getvalue(), given.name, given.file_id)
    elif draft and draft.reading is None:
        _choose_sheet(store, draft)
    if _REPORT in st.session_state:
        _show_report(*st.session_state[_REPORT])
    if st.button("Try with an invented sample", key="upload_sample"):
        _take(store, sample_survey(), SAMPLE_NAME, "sample", SAMPLE_LABEL)
    st.subheader("What may be uploaded", anchor="kinds")
    rows = [
        {"row_label": KIND_WORDS[kind], "What it needs": _NEEDED[kind],
         "Columns it may have": ", ".join(ROLE_WORDS[role] for role in roles)}
        for kind, (_, roles) in KINDS.items()
    ]  # fmt: skip
    show_table(pd.DataFrame(rows), "Four kinds of file; the names of columns are free", "Kind")
    st.markdown("Templates, with a few invented rows to write over:")
    with st.container(horizontal=True):
        for kind in KINDS:
            st.download_button(
                f"Template: {kind_words(kind).lower()} (CSV)", data=lambda kind=kind: _template(kind),
                file_name=template_name(kind), mime="text/csv", on_click="ignore", key=f"template_{kind}",
            )  # fmt: skip


def _template(kind: str) -> bytes:
    """A template; for a survey the shipped example's questions and columns, where there is one."""
    return (example_template(data_root()) if kind == "survey" else None) or template_csv(kind)


def _take(store: Store, content: bytes, name: str, seen: str, label: str = "") -> None:
    """Read a new file; where it cannot be read, say why and keep nothing of it."""
    st.session_state[_SEEN] = seen
    st.session_state.pop(_REPORT, None)
    if report := report_of(content):
        st.session_state[_REPORT] = content, name, report
        return
    try:
        draft = Draft(content, name, label=label)
        if name.lower().endswith(".xlsx"):
            draft.sheets = sheet_names(content)
        if len(draft.sheets) > 1:
            upload_draft.drop()
            upload_draft.keep(draft)
            st.rerun()
        _read(store, draft, "")
    except DataError as error:
        list_problems(error.problems, "This file cannot be read as a table. Nothing of it was kept.")
        st.session_state.pop(_SEEN)


def _show_report(content: bytes, name: str, report: str) -> None:
    """Say where a workbook of the next report belongs, and take it there."""
    st.info(label_of(f"{name} is the workbook of the report {report}: it is read under “new report”, not as a table."))
    st.button(
        "Read it under new report", key="upload_report", type="primary", on_click=_hand_over, args=(content, name)
    )  # fmt: skip


def _hand_over(content: bytes, name: str) -> None:
    hand_over(content, name)
    st.session_state.pop(_REPORT, None)
    st.session_state.pop(_SEEN, None)
    st.session_state[_TURN] += 1


def _choose_sheet(store: Store, draft: Draft) -> None:
    sheet = st.selectbox("Sheet of the workbook", draft.sheets, key=_SHEET)
    if st.button("Read this sheet", key="upload_read_sheet", type="primary"):
        try:
            _read(store, draft, sheet)
        except DataError as error:
            list_problems(error.problems, "This sheet cannot be read as a table. Choose another.")


def _read(store: Store, draft: Draft, sheet: str) -> None:
    """Read and understand, with a bar that moves; then on to the next step."""
    bar = st.progress(0.0, text="Reading the file")
    reading = read_upload(
        draft.content, draft.name, sheet or None, progress=lambda done: bar.progress(min(done, 1.0), "Reading the file")
    )
    bar.empty()
    draft.sheet = reading.sheet
    with st.spinner("Looking at what the columns hold"):
        draft.understand(reading, store)
    draft.step = READ
    if upload_draft.current() is not draft:
        upload_draft.drop()
    upload_draft.keep(draft)
    st.session_state[_TURN] += 1
    st.session_state.pop(_SEEN, None)
    st.rerun()
