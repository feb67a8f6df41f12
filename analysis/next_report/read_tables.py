"""The printed tables of a filled-in workbook: every number that was typed, and every row that was left or added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.next_report.cells import ASKED, TOTAL, WORKED_OUT, Cell, Column, Plan, Row
from analysis.next_report.grid import Located
from analysis.next_report.new_rows import extra_cell, new_row
from analysis.next_report.read import Problem
from analysis.next_report.read_cells import CellReader, TableRead, Tables, same
from analysis.next_report.table_sheets import ROW
from analysis.next_report.typed import is_blank, says_not_printed

__all__ = ["TableRead", "Tables", "read_tables"]


def read_tables(
    plan: Plan, written: Plan, located: Mapping[str, Located], areas: Mapping[str, str], measures: Mapping[str, str]
) -> Tables:
    """Read every table that the report prints this time.

    Parameters
    ----------
    plan
        As the periods are now.
    written
        As the workbook was handed out, before periods were changed in it.
    located
        The sheet of each table, by its id, without those that are no longer printed or could not be found.
    areas, measures
        Ids by name.
    """
    found = Tables()
    before = {table.id: table for table in written.tables}
    for table in plan.tables:
        if table.id in located:
            _TableReader(table, before[table.id], located[table.id], found, areas, measures).read()
    return found


class _TableReader(CellReader):
    """One table on its way."""

    def read(self) -> None:
        named = any(column.names_area for column in self.table.columns)
        asking = [row for row in self.table.rows if not row.spare and self._asked(row)]
        touched = {row.key for row in asking if self._touched(row)}
        if asking and not touched and not named:
            self._nothing_filled(asking)
            return
        for row in self.table.rows:
            if row.spare:
                self._spare(row)
            elif named:
                self._row_of_areas(row)
            elif row.key not in self.located.rows:
                self.found.notes.append(f"{self.located.sheet}: the row “{row.label}” was removed; it is left out.")
            elif row in asking and row.key not in touched:
                self.found.notes.append(f"{self.located.sheet}: the row “{row.label}” was left blank; it is left out.")
                self._look_at(row)
            else:
                self._row(row)
        for cell in self.own.cells:
            self.found.numbers.take_in(cell.id, self.own.parts_beside(cell))
        self.found.read.append(self.own)

    def _nothing_filled(self, asking: Sequence[Row]) -> None:
        first = next(cell for cell in self._cells(asking[0]) if cell.kind == ASKED)
        where = self.located.cell(asking[0].key, self.headings[first.column])
        mend = (
            "Fill the cells with a thick border, or say on the sheet Contents that the table is not printed this time"
        )
        self.found.problems.append(Problem(self.located.sheet, where, "", f"the numbers of “{self.table.title}”", mend))
        for row in self.table.rows:
            self._look_at(row)

    def _look_at(self, row: Row) -> None:
        """Cells of a row that is left out count as read where they hold what stood there before."""
        self.located.held(row.key, ROW)
        for column in self.table.columns:
            self.located.held(row.key, self.headings[column.key])

    def _cells(self, row: Row) -> list[Cell]:
        return [cell for column in self.table.columns if (cell := self.table.cells.get((row.key, column.key)))]

    def _asked(self, row: Row) -> bool:
        return any(cell.kind == ASKED for cell in self._cells(row))

    def _touched(self, row: Row) -> bool:
        """Whether anything was typed in a row."""
        if self.located.held(row.key, ROW).text not in ("", row.label):
            return True
        for cell in self._cells(row):
            held = self._held(cell)
            stood = self.filled.get((cell.row, cell.column))
            ours = held.formula and cell.kind in (TOTAL, WORKED_OUT)
            if (is_blank(held.value) and not held.unsaved) or ours:
                continue
            if stood is None or stood.kind == TOTAL or not same(held, stood) or stood.printed != cell.printed:
                return True
        return False

    # --- rows that the report had before ------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        label = self.located.held(row.key, ROW).text
        if not label:
            mend = "Type the row's name as the report prints it"
            self.found.problems.append(self.located.problem(row.key, ROW, "", "the name of the row", mend))
        self.own.labels[row.key], self.own.rows[row.key] = label or row.label, row
        for column in self.table.columns:
            cell = self.table.cells.get((row.key, column.key))
            if cell is not None:
                self._cell(cell)
            else:
                self._not_printed_before(row, column)

    # --- what the report did not print before -------------------------------------------------------------------------

    def _not_printed_before(self, row: Row, column: Column) -> None:
        held = self.located.held(row.key, self.headings[column.key])
        if is_blank(held.value) or says_not_printed(held.value):
            return
        cell = extra_cell(self.table, row, column)
        if cell is None:
            mend = "Leave [x] there; nothing else in its row and column tells what it would be"
            self.found.problems.append(self.located.problem(row.key, self.headings[column.key], held.text, "[x]", mend))
        else:
            self._typed(cell, held)

    def _spare(self, row: Row) -> None:
        label = self.located.held(row.key, ROW).text
        held = {column.key: self.located.held(row.key, self.headings[column.key]) for column in self.table.columns}
        typed = {key: each for key, each in held.items() if not is_blank(each.value)}
        if not label and not typed:
            return
        if not label:
            mend = "Type the new row's name in column A"
            self.found.problems.append(self.located.problem(row.key, ROW, "", "the name of the row", mend))
            return
        made = new_row(self.table, row, label, self.located, self.areas, self.measures)
        if isinstance(made, Problem):
            self.found.problems.append(made)
            return
        self.found.new.append(made)
        self.own.labels[row.key], self.own.rows[row.key] = label, row
        for cell in made.cells:
            if cell.kind == WORKED_OUT:
                self._cell(cell)
            elif cell.column in typed and not says_not_printed(typed[cell.column].value):
                self._typed(cell, typed[cell.column])
                self.own.more.setdefault(cell.column, []).append(cell.id)
            elif cell.column not in typed:
                mend = "Type it, or [x] where the report prints nothing"
                self._problem(cell, "", f"the number of the new row “{label}”", mend)

    def _row_of_areas(self, row: Row) -> None:
        """A row whose numbers each belong to an area that stands before them."""
        self.own.labels[row.key] = self.located.held(row.key, ROW).text or row.label
        self.own.rows[row.key] = row
        for column in self.table.columns:
            if column.names_area:
                continue
            name = self.located.held(row.key, self.headings[f"{column.key}a"])
            held = self.located.held(row.key, self.headings[column.key])
            if is_blank(name.value) and (is_blank(held.value) or says_not_printed(held.value)):
                continue
            area = self.areas.get(name.text.casefold())
            if area is None:
                expected = "the name of an area from the sheet Lists"
                mend = "Choose it, or clear the number beside it"
                heading = self.headings[f"{column.key}a"]
                self.found.problems.append(self.located.problem(row.key, heading, name.text, expected, mend))
                continue
            cell = self._cell_of_area(row, column, area)
            if cell is not None and is_blank(held.value):
                self._problem(cell, "", f"the number of {name.text}", "Type it, or clear the name of the area")
            elif cell is not None:
                self._cell(cell)

    def _cell_of_area(self, row: Row, column: Column, area: str) -> Cell | None:
        own = self.table.cells.get((row.key, column.key))
        if own is not None and own.figure["area"] == area:
            return own
        return extra_cell(self.table, row, column, area)
