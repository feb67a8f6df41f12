"""A cell of a workbook as text, without a change of meaning.

A date becomes ``2023-01-31``, a whole number has no ``.0``, true and false are ``TRUE`` and ``FALSE``, any other number
is written in full. What the number format alone shows, such as a per cent sign, is told and not written.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from data.line_numbers import at_lines

__all__ = ["Shown", "text_of"]

_TIME = re.compile(r"[hs]|AM/PM", re.IGNORECASE)


class Shown:
    """What number formats show that the text does not, by column letter."""

    def __init__(self) -> None:
        self.percent: dict[str, None] = {}
        self.zeros: dict[str, None] = {}
        self.errors: list[int] = []

    def notes(self) -> list[str]:
        """Whole sentences."""
        notes = []
        if self.percent:
            notes.append(
                f"Column {', '.join(self.percent)} of the sheet shows numbers as per cent; the number itself was kept,"
                " 0.45 for 45%."
            )
        if self.zeros:
            notes.append(
                f"Column {', '.join(self.zeros)} of the sheet shows zeros before its numbers that are not saved in it;"
                " the number was kept without."
            )
        if self.errors:
            notes.append(f"Cells with an error such as #N/A were kept as that text, {at_lines(self.errors)}.")
        return notes


def text_of(cell: Any, shown: Shown, number: int) -> str:
    """Write a cell's value as text; what its format alone shows is noted in ``shown``."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            shown.errors.append(number)
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return _moment(value, str(cell.number_format))
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, int | float):
        form = str(cell.number_format)
        if "%" in form:
            shown.percent[cell.column_letter] = None
        if re.match(r"0\d", form):
            shown.zeros[cell.column_letter] = None
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return str(value)


def _moment(value: datetime.datetime, form: str) -> str:
    """A date, with its time where it has one or its format shows one."""
    if not _TIME.search(form) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="auto")
