"""The new report's document on Upload, run as an analyst drops it: the workbook comes filled, and what is not is said.

Every value is INVENTED FOR TESTS.
"""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.report_workbook import read_report_workbook
from tests.parts.test_pages import opened
from tests.printed_document import printed_report, printed_tables
from tests.published import release

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOLD = "_next_filled"  # where a session holds it
FILE = "next_report_2023-06_from_2023-03.xlsx"


def dropped(page: AppTest, content: bytes, name: str, kind: str = WORD) -> str:
    """What the page says of a document."""
    page.file_uploader(key="next_document").upload(name, content, kind).run()
    return said(page)


def said(page: AppTest) -> str:
    assert not page.exception
    return " ".join(
        [*(each.value for each in (*page.success, *page.error)), *(str(each.proto.body) for each in page.get("html"))]
    )


def test_the_workbook_comes_filled_from_the_document(root: Path, own_home: Path, files: dict[str, bytes]) -> None:
    frames = release().frames()
    asb = printed_tables(frames)["asb"]
    asb[1][2], asb[2][1] = "12,001", "a few"
    page = opened("upload", view="new report")
    told = dropped(page, printed_report(frames, {"asb": asb}), "june.docx")
    assert "5 of 302 cells of 41 tables are filled; what is left is counted on Contents." in told
    assert "“a few” is not read as a count such as 11,488; the cell is left blank." in told
    cells = read_report_workbook(files[FILE], FILE)
    assert 12001 in cells[cells["sheet"] == "10 Anti-social behaviour"]["value"].tolist()
    page.date_input(key="next_to_2023-03").set_value("2023-07-31").run()
    assert "its data go to 30 June 2023, and the workbook&#x27;s go to 31 July 2023" in said(page), "another report"
    page.date_input(key="next_to_2023-03").set_value("2023-03-31").run()
    assert "There is no workbook for this day." in said(page)
    page.date_input(key="next_to_2023-03").set_value("2023-06-30").run()
    assert "5 of 302 cells of 41 tables are filled" in said(page), "the document is still there"
    assert TOLD in page.session_state and not any(isinstance(each, bytes) for each in page.session_state[TOLD])
    page.session_state["_framed"] = False  # so that the run begins at app.py, as every one does in a browser
    page.switch_page("pages/headlines.py").run()
    assert TOLD not in page.session_state, "gone with the page"


def test_another_kind_of_file_is_told_and_the_workbook_stays_blank(
    root: Path, own_home: Path, files: dict[str, bytes]
) -> None:
    page = opened("upload", view="new report")
    told = dropped(page, b"%PDF-1.7", "june.pdf", "application/pdf")
    assert "The workbook is not filled from this." in told
    assert "june.pdf: this is a PDF document, where a Word document (.docx) is expected." in told
    assert FILE in files
    held = page.session_state[TOLD]
    page.run()
    assert page.session_state[TOLD] is held, "it is not read again in every run"
