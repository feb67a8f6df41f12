"""The cells of one printed table, read: what was typed, what still stands as it was filled in, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from analysis.audit.printed import read_printed
from analysis.next_report.cells import FILLED, TOTAL, WORKED_OUT, Cell, Row, Table
from analysis.next_report.grid import Held, Located
from analysis.next_report.new_rows import NewRow
from analysis.next_report.read import Problem
from analysis.next_report.styles import Style, learn_style, thousands
from analysis.next_report.table_sheets import sums_all_parts
from analysis.next_report.typed import Asked, Doubt, is_blank, read_number, says_not_printed
from analysis.next_report.values import Number, Numbers

__all__ = ["CellReader", "TableRead", "Tables", "asked_for", "same", "style_of"]

_CHANGES = {"difference", "percent_change", "baseline_difference", "baseline_percent"}


@dataclass
class TableRead:
    """One table as it came back: its rows' names, its cells, and where a new row's cells belong in sums.

    ``labels`` are by row key, of the rows that the report prints now. ``more`` are the ids of new parts by the column.
    """

    table: Table
    labels: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    more: dict[str, list[str]] = field(default_factory=dict)

    def parts_beside(self, cell: Cell) -> list[str]:
        """The new parts that a total takes in."""
        if cell.formula != "sum" or cell.column not in self.more:
            return []
        place = [column.key for column in self.table.columns].index(cell.column)
        return self.more[cell.column] if sums_all_parts(self.table, cell.inputs, place) else []


@dataclass
class Tables:
    """All tables read, with their numbers, where each stands (its sheet and cell), and what was met."""

    read: list[TableRead] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    new: list[NewRow] = field(default_factory=list)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


class CellReader:
    """The cells of one table on their way: typed, filled in, or worked out."""

    def __init__(
        self, table: Table, written: Table, located: Located, found: Tables, areas: Mapping[str, str],
        measures: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.table, self.located, self.found = table, located, found
        self.areas, self.measures = areas, measures
        self.headings = {column.key: column.heading for column in written.columns}
        self.filled = {
            place: cell for place, cell in written.cells.items() if cell.kind in (FILLED, TOTAL) and cell.printed
        }
        self.own = TableRead(table)
        self.commas = thousands([cell.was for cell in table.cells.values()])

    def _held(self, cell: Cell) -> Held:
        return self.located.held(cell.row, self.headings[cell.column])

    def _cell(self, cell: Cell) -> None:
        held = self._held(cell)
        if cell.kind in (TOTAL, WORKED_OUT) and (held.formula or is_blank(held.value)):
            self._keep(cell)
            self.found.numbers.follow(cell, self._style(cell))
            return
        if held.unsaved:
            mend = "Open the workbook in a spreadsheet program and save it again, or type the number"
            self._problem(cell, "a formula without a saved result", "a number", mend)
        elif is_blank(held.value):
            self._blank(cell, held)
        elif says_not_printed(held.value):
            return
        elif self._stale(cell, held) and not self._typed_anew(cell):
            move = next(each for each in self.table.moves if each.place in (cell.column, cell.row, cell.older))
            expected = f"the number for {move.now[0]:%Y-%m-%d} to {move.now[1]:%Y-%m-%d}, as Periods says now"
            mend = "Type it, or put the period back on the sheet Periods"
            self._problem(cell, held.text, expected, mend)
        elif cell.kind == FILLED and same(held, cell):
            self._keep(cell)
            self.found.numbers.put(cell.id, Number(_value(cell.printed), cell.printed))
        else:
            self._typed(cell, held)

    def _typed(self, cell: Cell, held: Held) -> None:
        read = read_number(held.value, held.format, self._wanted(cell))
        if isinstance(read, Doubt):
            self._problem(cell, read.found, read.expected, read.mend)
            return
        if read.note:
            where = self.located.cell(cell.row, self.headings[cell.column])
            self.found.notes.append(f"{self.located.sheet}, cell {where}: {read.note}.")
        self._keep(cell)
        self.found.numbers.put(cell.id, Number(read.value, read.printed))

    def _keep(self, cell: Cell) -> None:
        self.own.cells.append(cell)
        where = self.located.cell(cell.row, self.headings[cell.column])
        self.found.places[cell.id] = (self.located.sheet, where)

    def _stale(self, cell: Cell, held: Held) -> bool:
        """Whether a number stands there that was filled in for a period that has been changed by hand."""
        stood = self.filled.get((cell.row, cell.column))
        return stood is not None and stood.printed != cell.printed and same(held, stood)

    def _typed_anew(self, cell: Cell) -> bool:
        """Whether most numbers of its column are other ones now: then one that is the same has not changed."""
        own = [each for each in self.table.cells.values() if each.column == cell.column]
        moved = [each for each in own if (each.row, each.column) in self.filled and each.row in self.located.rows]
        return sum(self._stale(each, self._held(each)) for each in moved) * 2 < len(moved)

    def _blank(self, cell: Cell, held: Held) -> None:
        stood = self.filled.get((cell.row, cell.column))
        changed = stood is None or stood.printed != cell.printed
        where = f"{self.located.sheet}, cell {self.located.cell(cell.row, self.headings[cell.column])}"
        if cell.kind == FILLED and changed:
            self._keep(cell)
            self.found.numbers.put(cell.id, Number(_value(cell.printed), cell.printed))
            self.found.notes.append(f"{where}: {cell.printed} was taken from the report before, which prints it.")
        elif cell.kind == FILLED:
            self.found.notes.append(f"{where}: {cell.printed}, which was filled in, has been cleared; it is left out.")
        else:
            expected = self._expected(cell)
            self._problem(cell, held.text, expected, "Type it, or [x] where the report prints nothing")

    def _expected(self, cell: Cell) -> str:
        return f"a number such as {cell.was}"

    def _problem(self, cell: Cell, found: str, expected: str, mend: str) -> None:
        self.found.problems.append(self.located.problem(cell.row, self.headings[cell.column], found, expected, mend))

    def _wanted(self, cell: Cell) -> Asked:
        return asked_for(self.table, cell, self.commas)

    def _style(self, cell: Cell) -> Style:
        return style_of(self.table, cell, self.commas)


def asked_for(table: Table, cell: Cell, commas: bool | None) -> Asked:
    """What a cell of a table asks for; ``commas`` is what ``thousands`` says of the table."""
    read = read_printed(cell.was)
    change = cell.derived in _CHANGES and not cell.figure
    return Asked(cell.unit, style_of(table, cell, commas), None if read is None else read.value, change)


def style_of(table: Table, cell: Cell, commas: bool | None) -> Style:
    """How the report writes the number of a cell."""
    beside = tuple(
        each.was for each in table.cells.values()
        if (each.column, each.unit, each.derived) == (cell.column, cell.unit, cell.derived)
    )  # fmt: skip
    changes = cell.derived in _CHANGES and not cell.figure
    return learn_style(cell.was, beside, commas is not False, changes)


def _value(printed: str) -> Fraction:
    read = read_printed(printed)
    return Fraction(0) if read is None else read.value


def same(held: Held, cell: Cell) -> bool:
    """Whether a cell still holds what was filled in."""
    if isinstance(held.value, bool) or not isinstance(held.value, int | float):
        return held.text == cell.printed
    return "%" not in held.format.replace('"%"', "") and abs(float(held.value) - cell.value) < 1e-9
