"""The cells of a filled-in workbook, found by sheet, row key and heading; and which of them nobody has read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isnan
from typing import Any

import pandas as pd

from analysis.next_report.read import Problem
from analysis.next_report.sheets import KEY, SheetPlan

__all__ = ["EMPTY", "Grid", "Held", "Located", "address", "locate", "shown"]


@dataclass(frozen=True)
class Held:
    """What one cell holds: its value, number format, whether a formula stands in it, and where it is."""

    value: Any = None
    format: str = "General"
    formula: bool = False
    place: tuple[str, int, int] = ("", 0, 0)

    @property
    def text(self) -> str:
        """As words, without spaces at either end."""
        return shown(self.value)

    @property
    def unsaved(self) -> bool:
        """Whether it is a formula whose result was never saved."""
        return self.formula and self.value is None


EMPTY = Held()


class Grid:
    """Every cell of a workbook by its place; cells that are looked at count as read."""

    def __init__(self, sheets: pd.DataFrame) -> None:
        self.cells: dict[str, dict[tuple[int, int], Held]] = {}
        self.comments: list[tuple[str, int, int, str]] = []
        for row in sheets.itertuples():
            value = None if isinstance(row.value, float) and isnan(row.value) else row.value  # a frame may hold it so
            held = Held(value, str(row.format), bool(row.formula), (row.sheet, row.row, row.column))
            if value is not None or row.formula:
                self.cells.setdefault(row.sheet, {})[row.row, row.column] = held
            if row.comment:
                self.comments.append((row.sheet, row.row, row.column, row.comment))
        self.read: set[tuple[str, int, int]] = set()

    def at(self, sheet: str, row: int, column: int) -> Held:
        """The cell at a place, which counts as read."""
        self.read.add((sheet, row, column))
        return self.cells.get(sheet, {}).get((row, column), Held(place=(sheet, row, column)))

    def unread(self) -> list[Held]:
        """The cells that hold something and that nobody has looked at, in order."""
        return [
            held
            for sheet, cells in self.cells.items()
            for place, held in sorted(cells.items())
            if (sheet, *place) not in self.read and held.text
        ]


@dataclass
class Located:
    """Where the rows and columns of a planned sheet stand in the workbook as it came back."""

    grid: Grid
    plan: SheetPlan
    sheet: str
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)

    def held(self, key: str, heading: str) -> Held:
        """The cell of a row and a heading; an empty one where either is gone."""
        if key not in self.rows or heading not in self.columns:
            return EMPTY
        return self.grid.at(self.sheet, self.rows[key], self.columns[heading])

    def take(self, key: str, heading: str, value: Any) -> None:
        """Count a cell as read where it still holds a value; whatever it holds where that is None."""
        if key not in self.rows or heading not in self.columns:
            return
        place = self.rows[key], self.columns[heading]
        held = self.grid.cells.get(self.sheet, {}).get(place, EMPTY)
        if value is None or held.text == shown(value):
            self.grid.at(self.sheet, *place)

    def cell(self, key: str, heading: str) -> str:
        """The address of a cell, such as C5; the heading's column alone where the row is gone."""
        return address(self.rows.get(key, 0), self.columns.get(heading, 1))

    def problem(self, key: str, heading: str, found: str, expected: str, mend: str) -> Problem:
        """A problem in one cell."""
        return Problem(self.sheet, self.cell(key, heading), found, expected, mend)


def address(row: int, column: int) -> str:
    """A cell's name in a spreadsheet.

    >>> address(5, 3), address(12, 28)
    ('C5', 'AB12')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row or ''}"


def shown(value: Any) -> str:
    r"""What a cell holds, in words.

    >>> shown(12.0), shown(" two\nlines "), shown(date(2023, 6, 30)), shown(None)
    ('12', 'two lines', '2023-06-30', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def locate(grid: Grid, plan: SheetPlan) -> tuple[Located, list[Problem]]:
    """Find a planned sheet: by its name, else by its keys; then its header row, columns and rows.

    Returns
    -------
    tuple
        What was found, with nothing in it where the sheet is not there; and what is wrong with it.
    """
    name = plan.name if plan.name in grid.cells else _by_keys(grid, plan)
    if not name:
        mend = "Put the sheet back, or begin again with a new workbook"
        return Located(grid, plan, plan.name), [Problem(plan.name, "A1", "", f"the sheet '{plan.name}'", mend)]
    header = _header(grid.cells[name], plan)
    if header is None:
        expected = f"a row of headings that ends with '{KEY}'"
        return Located(grid, plan, name), [Problem(name, address(plan.header_row, 1), "", expected, "Put it back")]
    columns, problems = _columns(grid, name, plan, header)
    rows: dict[str, int] = {}
    known = set(plan.keys)
    for row in sorted({row for row, column in grid.cells[name] if row > header and column == columns.get(KEY)}):
        key = grid.cells[name][row, columns[KEY]].text
        if key in known and key in rows:
            found = Problem(
                name, address(row, columns[KEY]), key, "each key only once", "Remove the row that was copied"
            )
            problems.append(found)
        elif key in known:
            rows[key] = row
            grid.at(name, row, columns[KEY])
    _take_own_lines(grid, name, plan, header)
    return Located(grid, plan, name, columns, rows), problems


def _by_keys(grid: Grid, plan: SheetPlan) -> str:
    """The renamed sheet that holds most of a plan's keys."""
    keys = {key for key in plan.keys if not key.startswith("new_")}  # which rows to spare of any list are called
    if not keys:
        return ""
    held = {name: len(keys & {cell.text for cell in cells.values()}) for name, cells in grid.cells.items()}
    best = max(held, key=lambda name: held[name], default="")
    return best if best and held[best] * 2 > len(keys) else ""


def _header(cells: Mapping[tuple[int, int], Held], plan: SheetPlan) -> int | None:
    first = plan.headings[0].casefold()
    rows = [row for (row, column), held in cells.items() if held.text == KEY]
    return next((row for row in sorted(rows) if cells.get((row, 1), EMPTY).text.casefold() == first), None)


def _columns(grid: Grid, name: str, plan: SheetPlan, header: int) -> tuple[dict[str, int], list[Problem]]:
    stand = {held.text.casefold(): column for (row, column), held in grid.cells[name].items() if row == header}
    columns, problems = {}, []
    for place, heading in enumerate(plan.headings, start=1):
        column = stand.get(shown(heading).casefold())
        if column is None:
            found = grid.at(name, header, place).text
            mend = "Put the heading back; a printed heading is changed on the sheet Periods"
            problems.append(Problem(name, address(header, place), found, f"the heading '{heading}'", mend))
            column = place
        columns[heading] = column
        grid.at(name, header, column)
    return columns, problems


def _take_own_lines(grid: Grid, name: str, plan: SheetPlan, header: int) -> None:
    """The lines above the table are ours and count as read, where they still say what we wrote."""
    own: Sequence[str] = [shown(line) for line in (*plan.lines, *plan.former)]
    for row, column in list(grid.cells[name]):
        if row < header and grid.cells[name][row, column].text in own:
            grid.at(name, row, column)
