"""The workbook of the next report opened again: what each cell holds, and files that are none."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from data.errors import DataError
from data.reading import read_upload
from data.report_workbook import COLUMNS, read_report_workbook, report_of
from tests.filled_workbook import next_quarter, with_cells
from tests.published import release


def saved(cells: dict[str, Any]) -> bytes:
    """A workbook of one sheet; a pair is a value and its number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Calls"
    for place, value in cells.items():
        cell = sheet[place]
        cell.value, cell.number_format = value if isinstance(value, tuple) else (value, "General")
    sheet["D4"].comment = Comment("ask the desk", "Someone")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_every_cell_with_its_format() -> None:
    day = datetime.datetime(2023, 6, 30)
    cells = read_report_workbook(
        saved(
            {
                "A1": "Row",
                "B2": 12,
                "B3": (0.473, "0.0%"),
                "C3": (day, "yyyy-mm-dd"),
                "C4": True,
                "D1": "=B2+1",
                "E9": "5.2%",
            }
        ),
        "x.xlsx",
    )
    assert list(cells.columns) == COLUMNS
    held = {(row.row, row.column): row for row in cells.itertuples()}
    assert held[2, 2].value == 12
    assert (held[3, 2].value, held[3, 2].format) == (0.473, "0.0%")
    assert held[3, 3].value == day
    assert held[4, 3].value is True
    assert (held[1, 4].formula, held[1, 4].value) == (True, None), "its result was never saved"
    assert held[9, 5].value == "5.2%"
    assert held[4, 4].comment == "ask the desk"
    assert set(cells["sheet"]) == {"Calls"}


@pytest.mark.parametrize("content", [b"", b"id,score\n1,2\n", b"%PDF-1.7", b"PK\x03\x04 nothing"])
def test_what_is_no_workbook(content: bytes) -> None:
    with pytest.raises(DataError, match=r"x\.xlsx: "):
        read_report_workbook(content, "x.xlsx")


def test_a_damaged_workbook_is_told() -> None:
    whole = saved({"A1": "Row"})
    with pytest.raises(DataError, match=r"x\.xlsx"):
        read_report_workbook(whole[: len(whole) // 2], "x.xlsx")


def test_the_workbook_of_a_report_is_known_and_read_as_no_table() -> None:
    blank = next_quarter(release())
    assert report_of(blank) == "2023-06"
    again = with_cells(blank, {("Start", "B5"): "Another title"})  # saved by another program
    assert report_of(again) == "2023-06"
    with pytest.raises(DataError, match=r"june\.xlsx is the workbook of the report 2023-06, not a table\. It belongs"):
        read_upload(again, "june.xlsx")


@pytest.mark.parametrize("cells", [{"A1": "Row"}, {"D5": "older_id"}, {"D5": "release_id", "B5": "2023-06"}])
def test_other_workbooks_are_none_of_a_report(cells: dict[str, Any]) -> None:
    assert report_of(saved(cells)) == ""
    assert report_of(saved(cells)[:300]) == ""
