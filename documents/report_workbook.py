"""The workbook of the next report: what is printed now laid out again, with blank cells for what the report will print.

It follows the government checklist for accessible spreadsheets as far as a form can: one marked table a sheet, in
column A, under a title in A1; nothing merged, coloured in, frozen or hidden; every blank cell is there to be filled.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from analysis.from_document import Filled, fill_from
from analysis.next_report import plan_next
from analysis.next_report.book import sheets_of
from analysis.next_report.cells import ASKED, FILLED, NO_CELL, TOTAL, WORKED_OUT
from analysis.next_report.list_columns import CONTENTS, LISTED
from analysis.next_report.sheets import OPEN, OPTIONAL, UNLOCKED, SheetPlan, Slot, places_of_ids
from analysis.numbers import places_printed
from documents.report_formulas import blank_cells, slot_formula

__all__ = ["filled_workbook", "next_workbook"]

_FONT, _SIZE, _LINE = "Arial", 12, 16  # points of a letter and of a line
_WIDEST, _NARROWEST = 40, 16  # characters of a column that is given no width
_BORDERS = {
    ASKED: 2,
    FILLED: 1,
    OPEN: 1,
    NO_CELL: 1,
    OPTIONAL: 1,
    TOTAL: 4,
    WORKED_OUT: 4,
}  # thick, thin and dashed, by Excel's numbers
_PROMPTS = {
    ASKED: ("To fill", "Type what the report prints, or [x] where it prints nothing."),
    FILLED: ("Filled in", "From the report before. Type over it where it has been revised."),
    TOTAL: ("Worked out", "Type over it where the report prints another number."),
    WORKED_OUT: ("Worked out", "Leave it, or type over it where the report prints another number."),
    NO_CELL: ("Not printed before", "Type over it where the report prints it now."),
}


def next_workbook(
    frames: Mapping[str, pd.DataFrame], info: Mapping[str, Any], older_id: str, release_id: str, data_to: date
) -> bytes:
    """The workbook to fill for the next report, in the xlsx format, made in memory.

    Parameters
    ----------
    frames, info, older_id
        The release that it follows: its frames, its ``release.toml`` by keys, and its id.
    release_id, data_to
        Of the next one.

    Raises
    ------
    ValueError
        As ``analysis.next_report.plan_next``.
    """
    plan = plan_next(frames, info, older_id, release_id, pd.Timestamp(data_to))
    return _written(sheets_of(plan, frames), info, release_id)


def filled_workbook(
    frames: Mapping[str, pd.DataFrame], info: Mapping[str, Any], older_id: str, release_id: str, data_to: date,
    blocks: pd.DataFrame,
) -> tuple[bytes, Filled]:  # fmt: skip
    """The same workbook filled from the report's own document, and what is told of it.

    Parameters
    ----------
    frames, info, older_id, release_id, data_to
        As of ``next_workbook``.
    blocks
        The document, as ``data.report_document.read_report_document`` gives it.

    Raises
    ------
    ValueError
        As ``analysis.next_report.plan_next``, and when the document is the report before.
    """
    plan = plan_next(frames, info, older_id, release_id, pd.Timestamp(data_to))
    filled = fill_from(blocks, plan, sheets_of(plan, frames), frames)
    return _written(filled.sheets, info, release_id), filled


def _written(sheets: Sequence[SheetPlan], info: Mapping[str, Any], release_id: str) -> bytes:
    output = io.BytesIO()
    told = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(output, told)
    _Writer(book, sheets).write()
    book.set_properties(
        {
            "title": f"{info.get('force', '')}: {info.get('title', '')} {release_id}, workbook of the next report",
            "subject": "A form for the figures of the next report",
            "author": "Performance Explorer",
            "keywords": "police performance, accessible workbook",
        }
    )
    book.close()
    return output.getvalue()


class _Writer:
    """The sheets on their way into a workbook."""

    def __init__(self, book: Any, sheets: Sequence[SheetPlan]) -> None:
        self.book, self.sheets = book, sheets
        self.places = places_of_ids(sheets)
        self.units = {slot.id: slot.unit for sheet in sheets for row in sheet.rows for slot in row if slot.id}
        self.lists = self._lists()
        self.formats: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        for number, sheet in enumerate(self.sheets, start=1):
            self._sheet(sheet, number)

    def _sheet(self, sheet: SheetPlan, number: int) -> None:
        made = self.book.add_worksheet(sheet.name)
        for row, line in enumerate(sheet.lines):
            made.write_string(row, 0, line, self._format(bold=row == 0, size=16 if row == 0 else _SIZE))
        first, last = sheet.header_row - 1, sheet.header_row - 1 + len(sheet.rows)
        made.add_table(
            first, 0, last, len(sheet.headings) - 1,
            {"name": f"table_{number}", "style": None, "autofilter": False,
             "columns": [{"header": heading, "header_format": self._format(bold=True, wrap=True, bottom=1)}
                         for heading in sheet.headings]},
        )  # fmt: skip
        for row, slots in enumerate(sheet.rows):
            for column, slot in enumerate(slots):
                self._slot(made, sheet, first + 1 + row, column, slot)
        self._sizes(made, sheet)
        self._choices(made, sheet)
        made.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "formula_unlocked": "A1:XFD1048576"})
        made.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        made.set_landscape()
        made.fit_to_pages(1, 0)

    def _slot(self, made: Any, sheet: SheetPlan, row: int, column: int, slot: Slot) -> None:
        style = self._slot_format(slot)
        if slot.kind == "blank left":
            own = next(each for each in self.sheets if each.name == str(sheet.rows[row - sheet.header_row][0].value))
            made.write_formula(row, column, blank_cells(_asked(own)), style, _asked_blank(own))
        elif slot.kind in (TOTAL, WORKED_OUT) and slot.formula:
            made.write_formula(
                row, column, slot_formula(slot, self.places, self.units, sheet.name), style,
                "" if slot.value is None else slot.value,
            )  # fmt: skip
        elif sheet.name == CONTENTS and column == 0:
            made.write_url(row, column, f"internal:'{slot.value}'!A1", style, str(slot.value))
        elif slot.value is None:
            made.write_blank(row, column, None, style)
        elif isinstance(slot.value, str):
            made.write_string(row, column, slot.value, style)
        elif isinstance(slot.value, date):
            made.write_datetime(row, column, slot.value, style)
        else:
            made.write_number(row, column, slot.value, style)

    def _slot_format(self, slot: Slot) -> Any:
        return self._format(
            wrap=True, border=_BORDERS.get(slot.kind, 0), italic=slot.kind == FILLED, locked=slot.kind not in UNLOCKED,
            number=_number_format(slot), align="right" if slot.unit else "left",
        )  # fmt: skip

    def _format(
        self, bold: bool = False, italic: bool = False, wrap: bool = False, border: int = 0, bottom: int = 0,
        size: int = _SIZE, locked: bool = True, number: str = "", align: str = "left",
    ) -> Any:  # fmt: skip
        key = (bold, italic, wrap, border, bottom, size, locked, number, align)
        if key not in self.formats:
            told = {"font_name": _FONT, "font_size": size, "bold": bold, "italic": italic, "text_wrap": wrap,
                    "locked": locked, "valign": "top", "align": align}  # fmt: skip
            told |= {"border": border} if border else {}
            told |= {"bottom": bottom} if bottom else {}
            told |= {"num_format": number} if number else {}
            self.formats[key] = self.book.add_format(told)
        return self.formats[key]

    def _lists(self) -> dict[str, str]:
        """Where each list of choices stands, by its heading."""
        found = {}
        (own,) = [sheet for sheet in self.sheets if sheet.name == LISTED]
        for column, heading in enumerate(own.headings):
            filled = [row for row, slots in enumerate(own.rows) if slots[column].value != "[z]"]
            letter = chr(ord("A") + column)
            top = own.header_row + 1
            found[heading] = f"='{LISTED}'!${letter}${top}:${letter}${top + max(filled)}"
        return found

    def _choices(self, made: Any, sheet: SheetPlan) -> None:
        """What a cell can be chosen from, and what a screen reader says of a cell that is to fill."""
        for column in range(len(sheet.headings)):
            for start, end, slot in _runs([row[column] for row in sheet.rows]):
                first, last = sheet.header_row + start, sheet.header_row + end
                if slot.choices:
                    made.data_validation(
                        first, column, last, column,
                        {"validate": "list", "source": self.lists[slot.choices], "error_type": "warning",
                         "error_title": "Not in the list", "error_message": "Choose from the list on the sheet Lists."},
                    )  # fmt: skip
                elif slot.kind in _PROMPTS:
                    title, words = _PROMPTS[slot.kind]
                    made.data_validation(
                        first, column, last, column, {"validate": "any", "input_title": title, "input_message": words}
                    )

    def _sizes(self, made: Any, sheet: SheetPlan) -> None:
        """Columns as wide as their cells, rows as high as their wrapped words: not every program does so by itself."""
        widths = [
            sheet.widths.get(heading) or self._width(sheet, column) for column, heading in enumerate(sheet.headings)
        ]
        for column, width in enumerate(widths):
            made.set_column(column, column, width)
        made.set_row(0, _LINE * 1.5)
        texts = [sheet.headings, *([str(slot.value or "") for slot in slots] for slots in sheet.rows)]
        for row, words in enumerate(texts, start=sheet.header_row - 1):
            lines = max(len(wrap(text, max(width - 2, 1))) for text, width in zip(words, widths, strict=True))
            made.set_row(row, _LINE * max(lines, 1))

    def _width(self, sheet: SheetPlan, column: int) -> int:
        texts = [sheet.headings[column], *(str(row[column].value or "") for row in sheet.rows)]
        longest = max(len(text) for text in texts[1:])
        heading = max(len(word) for word in texts[0].split()) + 2
        return max(_NARROWEST, heading, min(longest + 2, _WIDEST))


def _asked(sheet: SheetPlan) -> list[tuple[str, int, int]]:
    return [
        sheet.place(row, column)
        for row, slots in enumerate(sheet.rows)
        for column, slot in enumerate(slots)
        if slot.kind == ASKED
    ]


def _asked_blank(sheet: SheetPlan) -> int:
    return sum(slot.kind == ASKED and slot.value is None for row in sheet.rows for slot in row)


def _runs(slots: Sequence[Slot]) -> list[tuple[int, int, Slot]]:
    """Neighbouring slots of one column that say and offer the same: first, last and one of them."""
    runs: list[tuple[int, int, Slot]] = []
    for place, slot in enumerate(slots):
        if runs and runs[-1][1] == place - 1 and (runs[-1][2].kind, runs[-1][2].choices) == (slot.kind, slot.choices):
            runs[-1] = (runs[-1][0], place, runs[-1][2])
        else:
            runs.append((place, place, slot))
    return runs


def _number_format(slot: Slot) -> str:
    """Places and commas of the print before; per cents stay plain, so that 5.2% may be typed and is kept as such."""
    if isinstance(slot.value, date):
        return "yyyy-mm-dd"
    if not slot.unit:
        return ""
    places = f".{'0' * places_printed(slot.like)}" if places_printed(slot.like) else ""
    if slot.kind in (TOTAL, WORKED_OUT):
        sign = '"%"' if "%" in slot.like else ""
        return f"#,##0{places}{sign}"
    if slot.unit == "percent":
        return ""
    return f"#,##0{places}" if "," in slot.like or not places else f"0{places}"
