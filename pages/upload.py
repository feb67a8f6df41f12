"""A file of one's own, or the next report: read, understood, saved; and what was saved before."""

from dataclasses import asdict
from datetime import date

import streamlit as st

from data.errors import DataError
from data.people import ANALYST
from data.releases import Release
from parts.filters import choose_view
from parts.frame import open_page
from parts.next_report import show_next_report
from parts.upload import show_upload


def workbook(older: Release, release_id: str, data_to: date) -> bytes:
    """The workbook of the next report, made only when somebody asks for it."""
    from documents.report_workbook import next_workbook

    return next_workbook(older.frames(), asdict(older.info), older.id, release_id, data_to)


def filled(older: Release, release_id: str, data_to: date, content: bytes, name: str) -> tuple[bytes, list[str]]:
    """The same, filled from the report as a Word document; and what is told of it."""
    from data.report_document import read_report_document
    from documents.report_workbook import filled_workbook

    blocks = read_report_document(content, name)
    try:
        made, told = filled_workbook(older.frames(), asdict(older.info), older.id, release_id, data_to, blocks)
    except ValueError as error:  # of analysis: a sentence for the visitor
        raise DataError(f"{name}: {error}") from None
    return made, list(told.told)


open_page(ANALYST)
st.title("Upload")
if choose_view("What to upload", ["a file", "new report"], "view") == "new report":
    show_next_report(workbook, filled)
else:
    show_upload()
