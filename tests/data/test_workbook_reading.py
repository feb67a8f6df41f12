"""A workbook through the same door: cells become text without a change of meaning, and rows are conserved."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from data import workbook_reading
from data.errors import DataError
from data.reading import Limits, read_upload, rejected_csv, sheet_names

Rows = list[list[Any]]


def workbook(rows: Rows, formats: dict[str, str] | None = None, **others: Rows) -> bytes:
    """A workbook with the sheet Data, and others by name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    for place, form in (formats or {}).items():
        sheet[place].number_format = form
    for name, body in others.items():
        more = book.create_sheet(name)
        for row in body:
            more.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLAIN = workbook([["id", "area"], [1, "North"], [2, "South"]], Notes=[["a", "b"], [1, 2]])


def test_cells_become_text_without_a_change_of_meaning() -> None:
    day, moment = datetime.date(2023, 1, 31), datetime.datetime(2023, 1, 31, 14, 30)
    rows = [
        ["when", "n", "share", "yes", "text"],
        [day, 3, 0.45, True, "NA"],
        [moment, 3.0, 1 / 3, False, " padded\nline "],
        [datetime.time(9, 5), 12345678901, 1e20, None, "007"],
        [datetime.timedelta(hours=30, minutes=5), -0.5, 1e-9, "TRUE", "=" + "x"[1:]],
    ]
    reading = read_upload(workbook(rows), "mine.xlsx")
    assert reading.rows.to_numpy().tolist() == [
        ["2023-01-31", "3", "0.45", "TRUE", "NA"],
        ["2023-01-31 14:30:00", "3", "0.3333333333333333", "FALSE", " padded\nline "],
        ["09:05:00", "12345678901", "1e+20", "", "007"],
        ["30:05:00", "-0.5", "1e-09", "TRUE", "="],
    ]
    assert [str(kind) for kind in reading.rows.dtypes] == ["str"] * 5
    assert (reading.encoding, reading.delimiter, reading.quote) == ("Excel workbook", "", "")
    assert (reading.sheet, reading.header_line, reading.lines.tolist()) == ("Data", 1, [2, 3, 4, 5])


def test_what_only_the_format_shows_is_told() -> None:
    content = workbook([["share", "code"], [0.45, 7], [0.5, 8]], {"A2": "0%", "A3": "0.0%", "B2": "00000"})
    reading = read_upload(content, "mine.xlsx")
    assert reading.rows.to_numpy().tolist() == [["0.45", "7"], ["0.5", "8"]]
    assert reading.notes == [
        "Column A of the sheet shows numbers as per cent; the number itself was kept, 0.45 for 45%.",
        "Column B of the sheet shows zeros before its numbers that are not saved in it; the number was kept without.",
    ]


def test_sheets_are_chosen_by_name() -> None:
    assert sheet_names(PLAIN) == ["Data", "Notes"]
    assert read_upload(PLAIN, "mine.xlsx", "Notes").columns == ["a", "b"]
    first = read_upload(PLAIN, "mine.xlsx")
    assert (first.columns, first.notes) == (
        ["id", "area"], ["The workbook has 2 sheets: Data, Notes. 'Data' was read."],
    )  # fmt: skip
    with pytest.raises(DataError, match=r"mine.xlsx: there is no sheet 'None'. Its sheets are Data, Notes\."):
        read_upload(PLAIN, "mine.xlsx", "None")


def test_a_workbook_is_told_from_its_bytes() -> None:
    assert read_upload(PLAIN, "mine").sheet == "Data"
    for name in ("mine.csv", "MINE.TXT", "mine.tsv"):
        with pytest.raises(DataError) as told:
            read_upload(PLAIN, name)
        assert str(told.value) == (
            f"{name} is an Excel workbook, not a table of text. Upload it with its own ending, .xlsx, or save the sheet"
            " as 'CSV UTF-8' and upload that."
        )
    assert read_upload(b"a,b\n1,2\n", "mine.xlsx").encoding == "UTF-8"


def test_titles_gaps_and_empty_rows_round_a_table() -> None:
    rows = [["Survey of 2023"], [], [None, "id", "area", "score"], [None, 1, "North", 5], [], [None, 2, "South", None]]
    reading = read_upload(workbook([[None], *rows]), "mine.xlsx", "Data")
    assert (reading.header_line, reading.lines.tolist()) == (4, [5, 7])
    assert reading.rows.to_numpy().tolist() == [["1", "North", "5"], ["2", "South", ""]]
    assert reading.notes == [
        "Line 4 was taken as the header. Text above it was left out, line 2: 'Survey of 2023'.",
        "An empty column before the table was left out.",
        "An empty row was skipped, line 6.",
    ]


def test_rows_that_cannot_be_kept_are_rejected_with_their_text() -> None:
    rows = [["id", "area", "n"], [1, "North", 5], [2, "South", "=A2+1"], [3, "East", 6, "beside"], [4, "West", 7]]
    reading = read_upload(workbook(rows), "mine.xlsx")
    assert reading.rows["id"].tolist() == ["1", "4"]
    assert list(reading.rejected.itertuples(index=False, name=None)) == [
        (3, "The formula in column C has no saved result. Open the workbook in Excel and save it.", "2\tSouth"),
        (4, "Cells stand beside the table, which has 3 columns as in the header.", "3\tEast\t6\tbeside"),
    ]
    assert reading.rows_in == 4
    assert rejected_csv(reading).decode("utf-8-sig").count("\n") == 3


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["id", "id"], [1, 2]], "mine.xlsx, row 1: the columns 1 and 2 are both named 'id'. Give each its own name."),
        (
            [["id", None, "n"], [1, 2, 3]],
            "mine.xlsx, row 1: column 2 has no name. Give every column a name in the header.",
        ),
        ([["id", "n"]], "mine.xlsx: there is no row under the header. Upload a table with a header and rows."),
        ([], "mine.xlsx: the sheet 'Data' is empty. Choose another, or upload a table."),
    ],
)
def test_no_table_is_refused(rows: Rows, told: str) -> None:
    with pytest.raises(DataError) as refused:
        read_upload(workbook(rows), "mine.xlsx")
    assert str(refused.value) == told


def test_too_many_columns_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = [f"c{number}" for number in range(6)]
    with pytest.raises(DataError, match="found 6 columns, at most 5 are read"):
        read_upload(workbook([wide, wide]), "mine.xlsx", limits=Limits(columns=5))
    monkeypatch.setattr(workbook_reading, "CELLS", 5)
    with pytest.raises(DataError, match="more than 5 cells"):
        read_upload(PLAIN, "mine.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/workbook.xml", "x")
        packed.writestr("xl/sharedStrings.xml", b" " * (workbook_reading.SHARED + 1))
    with pytest.raises(DataError, match="too large once unpacked"):
        read_upload(out.getvalue(), "mine.xlsx")


@pytest.mark.parametrize("cut", [100, 2000, -30])
def test_a_damaged_workbook_is_refused(cut: int) -> None:
    with pytest.raises(DataError):
        read_upload(PLAIN[:cut], "mine.xlsx")
