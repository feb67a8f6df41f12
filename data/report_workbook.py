"""The workbook of the next report opened again: every cell that holds something, with how it is shown."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pandas as pd

from data.decoding import WORKBOOK, kind_of
from data.errors import DataError
from data.workbook_reading import BROKEN, check_size, unreadable

__all__ = ["COLUMNS", "read_report_workbook", "report_of"]

COLUMNS = ["sheet", "row", "column", "value", "format", "formula", "comment"]
_MOST_CELLS = 400_000
_START, _MARK, _OF = "Start", "older_id", "release_id"  # the sheet that says what the workbook is for, and its keys
_FIRST_ROWS = 60  # within which it does


def read_report_workbook(content: bytes, name: str) -> pd.DataFrame:
    """Every cell of a workbook that holds something.

    Returns
    -------
    DataFrame
        ``COLUMNS``: the sheet's name, row and column from 1, what the cell holds (text, number, True or False, date or
        time; of a formula its saved result), the number format it is shown with, whether a formula stands in it, and
        the comment that hangs on it. Sheets, rows and columns in their order.

    Raises
    ------
    DataError
        When the file is no xlsx workbook, is damaged, or is far too large for one.
    """
    if kind_of(content) != WORKBOOK:
        raise DataError(f"{name}: this is no Excel workbook. Choose the workbook (.xlsx) of the next report.")
    check_size(content, name)
    results, formulas = _opened(content, name, True), _opened(content, name, False)
    rows = []
    for sheet in results.worksheets:
        rows += list(_cells(sheet, formulas[sheet.title]))
        if len(rows) > _MOST_CELLS:
            raise DataError(f"{name}: the workbook has more than {_MOST_CELLS:,} filled cells. Remove other sheets.")
    return pd.DataFrame(rows, columns=COLUMNS).astype({"row": int, "column": int, "formula": bool, "value": object})


def report_of(content: bytes) -> str:
    """The release that a workbook of the next report is for; "" of any other file, a damaged one too.

    >>> report_of(b"id,score")
    ''
    """
    if kind_of(content) != WORKBOOK:
        return ""
    try:
        check_size(content, "The workbook")
        if not _is_marked(content):
            return ""
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book[_START] if _START in book.sheetnames else book.worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(max_row=_FIRST_ROWS, max_col=20, values_only=True)]
        book.close()
    except (*BROKEN, DataError):
        return ""
    said = {cell: row[1] for row in rows for cell in row[2:] if cell in (_MARK, _OF)}
    return str(said[_OF] or "") if _MARK in said and _OF in said else ""


def _is_marked(content: bytes) -> bool:
    """Whether the mark stands anywhere among a workbook's texts: told in a moment, where opening it takes seconds."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        held = [name for name in parts.namelist() if name.startswith(("xl/sharedStrings", "xl/worksheets/sheet"))]
        return any(_MARK.encode() in parts.read(name) for name in held)


def _opened(content: bytes, name: str, results: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts that a spreadsheet program adds and nothing here needs
            return openpyxl.load_workbook(io.BytesIO(content), data_only=results)
    except BROKEN as error:
        raise unreadable(name, error) from None


def _cells(results: Any, formulas: Any) -> list[tuple[Any, ...]]:
    found = []
    for row in formulas.iter_rows():
        for source in row:
            if source.value is None and source.comment is None:
                continue
            formula = source.data_type == "f"
            value = results.cell(source.row, source.column).value if formula else source.value
            comment = str(source.comment.text).strip() if source.comment else ""
            found.append(
                (results.title, source.row, source.column, _plain(value), str(source.number_format), formula, comment)
            )
    return found


def _plain(value: Any) -> Any:
    """A value without the kinds that only openpyxl knows."""
    return (
        value
        if value is None or isinstance(value, str | int | float | bool) or hasattr(value, "strftime")
        else str(value)
    )
