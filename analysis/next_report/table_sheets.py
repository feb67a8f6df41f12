"""A sheet for each printed table of the next report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.next_report.cells import NO_CELL, Cell, Column, Plan, Row, Table
from analysis.next_report.sheets import KEY, NOT_PRINTED, OPEN, OPTIONAL, SheetPlan, Slot
from analysis.numbers import UNIT_WORDS
from analysis.periods import short_period

__all__ = ["AREAS", "LEGEND", "ROW", "UNIT", "UNITS", "sums_all_parts", "table_sheet", "unit_words"]

ROW, UNIT, PERIOD = "Row", "Unit", "Period"
AREAS, UNITS = "Areas", "Units"
LEGEND = (
    "A thick border: to fill. A thin border and italics: filled in from the report before, may be revised. A dashed "
    "border: worked out; leave it, or type over it where the report prints another number."
)
_FORMER = (
    "A thick border: to fill. A thin border and italics: filled in from the report before, may be revised. No border: "
    "worked out; a total, which has a dashed border, may be typed over.",
    "Type numbers as the report prints them (12,345, 5.2% or 5.2), or [x] where it prints none. Leave a row blank that "
    "it no longer prints. Change a row's name to rename it; the last rows are for new ones.",
)
_HOW = (
    "Type or paste numbers as the report prints them (12,345, 5.2% or 5.2), or [x] where it prints none. Leave a row "
    "blank that it no longer prints. Change a row's name to rename it; the last rows are for new ones."
)


def unit_words(unit: str) -> str:
    """A unit as the sheets name it.

    >>> unit_words("count"), unit_words("gbp_thousand"), unit_words("percent")
    ('count', '£ thousand', '%')
    """
    return UNIT_WORDS.get(unit, unit)


def table_sheet(plan: Plan, table: Table, area_names: Mapping[str, str]) -> SheetPlan:
    """The sheet of one table.

    Parameters
    ----------
    plan, table
        The plan of the workbook, and one of its tables.
    area_names
        The name of each area by its id.
    """
    by_row = any(move.axis == "row" for move in table.moves)
    units = any(row.unit for row in table.rows)
    headings = [ROW, *[PERIOD] * by_row, *[UNIT] * units, *(column.heading for column in table.columns), KEY]
    periods = {move.place: short_period(*move.now) for move in table.moves}
    rows = [_row(table, row, periods if by_row else None, units, area_names) for row in table.rows]
    before = len(headings) - len(table.columns) - 1
    lines = (
        f"{table.title}: {table.fields['caption']}",
        f"In the report: {table.where}. Figures to {plan.data_to:%Y-%m-%d}; the report before is {plan.older_id}.",
        LEGEND,
        _HOW,
    )
    sheet = SheetPlan(table.sheet, lines, tuple(headings), tuple(rows), former=_FORMER)
    return replace(sheet, rows=tuple(_taking_in(table, row, before, sheet) for row in rows))


def _taking_in(table: Table, slots: tuple[Slot, ...], before: int, sheet: SheetPlan) -> tuple[Slot, ...]:
    """A row whose totals of every part of the table take in what is typed in the spare rows too."""
    spare = [number for number, row in enumerate(table.rows) if row.spare]
    return tuple(
        replace(slot, spare=tuple(sheet.place(row, column) for row in spare))
        if column >= before and slot.formula == "sum" and sums_all_parts(table, slot.inputs, column - before)
        else slot
        for column, slot in enumerate(slots)
    )


def sums_all_parts(table: Table, inputs: tuple[str, ...], column: int) -> bool:
    """Whether a sum takes in the cell of every part of a table in one column."""
    key = table.columns[column].key
    parts = {cell.id for row in table.rows if row.kind == "part" and (cell := table.cells.get((row.key, key)))}
    return bool(parts) and set(inputs) == parts


def _row(
    table: Table, row: Row, periods: Mapping[str, str] | None, units: bool, area_names: Mapping[str, str]
) -> tuple[Slot, ...]:
    slots = [Slot(row.label or None, OPTIONAL if row.spare else OPEN)]
    if periods is not None:
        slots.append(Slot(periods.get(row.key, NOT_PRINTED) if not row.spare else NOT_PRINTED))
    if units:
        unit = Slot(None, OPTIONAL, choices=UNITS) if row.spare else Slot(unit_words(row.unit) or "see heading")
        slots.append(unit)
    for column in table.columns:
        cell = table.cells.get((row.key, column.key.removesuffix("a") if column.names_area else column.key))
        slots.append(_area(row, cell, area_names) if column.names_area else _number(table, row, column, cell))
    return (*slots, Slot(row.key))


def _area(row: Row, cell: Cell | None, area_names: Mapping[str, str]) -> Slot:
    if cell is None or not cell.printed:
        return Slot(None, OPTIONAL, choices=AREAS)
    return Slot(area_names.get(cell.figure["area"], cell.figure["area"]), OPEN, choices=AREAS)


def _number(table: Table, row: Row, column: Column, cell: Cell | None) -> Slot:
    listed = any(each.names_area for each in table.columns)
    if cell is None and (row.spare or listed):
        return Slot(None, OPTIONAL)
    if cell is None:
        return Slot(NOT_PRINTED, NO_CELL)
    value = cell.value if cell.printed else None
    kind = OPTIONAL if listed and not cell.printed else cell.kind
    return Slot(value, kind, cell.id, cell.unit, cell.was, formula=cell.formula, inputs=cell.inputs)
