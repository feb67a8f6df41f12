"""What a document prints where the workbook works a number out: a total that it prints otherwise, a slip of its own."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.grades import DISAGREES, grade_value
from analysis.audit.printed import read_printed, round_half_up
from analysis.from_document.filling import Filling, place_words, short_words, taken_as
from analysis.next_report.cells import FILLED, TOTAL, WORKED_OUT, Cell
from analysis.next_report.read_cells import style_of
from analysis.next_report.styles import Style, thousands
from analysis.next_report.table_sheets import sums_all_parts
from analysis.next_report.typed import Doubt
from analysis.next_report.values import Number

__all__ = ["settle"]

_EXACT_UNITS = {"count", "rank"}


def settle(filling: Filling) -> dict[str, float]:
    """Hold every total and derived number against what follows from the rest.

    What the document prints otherwise is typed over and told.

    Returns
    -------
    dict
        What is worked out, by the ids of the cells that stay formulas.
    """
    return _Settling(filling).run()


class _Settling:
    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.cells = filling.plan.cells()
        self.tables = {cell.id: table for table in filling.plan.tables for cell in table.cells.values()}
        self.commas = {
            table.id: thousands([cell.was for cell in table.cells.values()]) for table in filling.plan.tables
        }
        self.done: set[str] = set()

    def run(self) -> dict[str, float]:
        numbers = self.filling.numbers
        for cell in self.cells.values():
            read = read_printed(cell.printed)
            if cell.kind == FILLED and cell.id not in numbers.known and read is not None:
                numbers.put(cell.id, Number(read.value, cell.printed, typed=False))
            elif cell.kind in (TOTAL, WORKED_OUT):
                numbers.follow(cell, self._style(cell))
        made = [name for name, cell in self.cells.items() if cell.kind in (TOTAL, WORKED_OUT)]
        for name in made:
            self._settle(name)
        found = {name: numbers.get(name) for name in made}
        return {name: round(float(each.exact), 6) for name, each in found.items() if each is not None}

    def _style(self, cell: Cell) -> Style:
        table = self.tables[cell.id]
        return style_of(table, cell, self.commas[table.id])

    def _settle(self, name: str) -> None:
        if name in self.done or name not in self.cells:
            return
        self.done.add(name)
        cell = self.cells[name]
        for each in cell.inputs:
            self._settle(each)
        if cell.kind == TOTAL:
            self._total(cell)
        elif cell.kind == WORKED_OUT and name in self.filling.later and set(cell.inputs) <= self.filling.seen:
            self._derived(cell)

    def _total(self, cell: Cell) -> None:
        """A printed total or share; what stands in new rows belongs to a sum of all parts."""
        table, numbers = self.tables[cell.id], self.filling.numbers
        worked = numbers.get(cell.id)
        more = self.filling.spare.get((table.id, cell.column), Fraction(0))
        place = [column.key for column in table.columns].index(cell.column)
        if worked is not None and more and cell.formula == "sum" and sums_all_parts(table, cell.inputs, place):
            worked = Number(worked.exact + more, self._style(cell).write(worked.exact + more), typed=False)
            numbers.put(cell.id, worked)
        if cell.id not in self.filling.later:
            return
        _, row, column, text = self.filling.later[cell.id]
        where, read = place_words(table, row, column), taken_as(text, table, cell)
        if isinstance(read, Doubt):
            sentence = f"{where}: “{text}” is not read as {read.expected}; what is worked out stands."
            self.filling.tell(table, "not read", sentence, short_words(row, column))
            return
        held, typed = read
        self.filling.seen.add(cell.id)
        print_ = read_printed(typed.printed)
        if worked is not None and print_ is not None and round_half_up(worked.exact, print_.places) == print_.value:
            return
        numbers.put(cell.id, Number(typed.value, typed.printed))
        self.filling.put(table, row, column, held)
        if worked is not None:
            shown = self._shown(cell, worked.exact, text)
            self.filling.tell(
                table, "total",
                f"{where}: the document prints {text}, and {shown} is worked out; {text} is typed over it.",
                f"{short_words(row, column)}: {text} for {shown}",
            )  # fmt: skip

    def _derived(self, cell: Cell) -> None:
        """A difference or per cent: rounding is no slip."""
        table, row, column, text = self.filling.later[cell.id]
        read = taken_as(text, table, cell)
        quantity = self._quantity(cell)
        if quantity is None:
            return
        where = place_words(table, row, column)
        print_ = None if isinstance(read, Doubt) else read_printed(read[1].printed)
        if isinstance(read, Doubt) or print_ is None:
            expected = read.expected if isinstance(read, Doubt) else "a number"
            sentence = f"{where}: “{text}” is not read as {expected}; what is worked out stands."
            self.filling.tell(table, "not read", sentence, short_words(row, column))
            return
        counts = self.filling.derived.setdefault(table.id, [0, 0])
        counts[0] += 1
        if grade_value(print_, quantity) == DISAGREES:
            self.filling.put(table, row, column, read[0])
            shown = self._shown(cell, quantity.value, text)
            counts[1] += 1
            self.filling.tell(
                table, "slip",
                f"{where}: the document prints {text}, and {shown} is worked out from its own numbers; {text} is typed "
                "over it.", f"{short_words(row, column)}: {text} for {shown}",
            )  # fmt: skip

    def _quantity(self, cell: Cell) -> Quantity | None:
        """What its printed inputs give, between the limits that their rounding leaves."""
        inputs = []
        for name in cell.inputs:
            number = self.filling.numbers.get(name)
            read = read_printed(number.printed) if number else None
            if number is None or read is None:
                return None
            unit = self.cells[name].unit
            half = Fraction(0) if unit in _EXACT_UNITS else Fraction(1, 2 * 10**read.places)
            inputs.append(Quantity.rounded(read.value, half))
        try:
            return evaluate(cell.formula, inputs)
        except (ZeroDivisionError, ValueError):
            return None

    def _shown(self, cell: Cell, value: Fraction, text: str) -> str:
        read = read_printed(text)
        style = self._style(cell)
        return replace(style, places=max(style.places, read.places if read else 0)).write(value)
