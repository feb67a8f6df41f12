"""Table cells: every derived cell of a printed table recomputed from its inputs, one finding each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.audit.causes import SLIPS_OF_KEYS, Asked, likely_causes
from analysis.audit.findings import Finding, recompute, spelled_inputs
from analysis.audit.formula import Quantity
from analysis.audit.grades import DISAGREES, UNCHECKED
from analysis.audit.inputs import Derived, leant_on, suspects
from analysis.audit.printed import Printed, read_printed, round_half_up
from analysis.audit.sheet import NOT_PRINTED, Number, Sheet

__all__ = ["check_cells"]

_NOT_ONE_NUMBER = "this cannot be read as one number"


@dataclass(frozen=True)
class _Cell:
    """A derived cell on its way to its finding. ``printed`` and ``quantity`` are None where it cannot be checked."""

    row: Any
    own: Number | None
    inputs: Sequence[Number]
    grade: str
    cause: str
    printed: Printed | None = None
    quantity: Quantity | None = None


def check_cells(as_published: pd.DataFrame, tables: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each row of ``as_published``, in its order.

    Parameters
    ----------
    as_published, tables
        The release's own.
    sheet
        Its numbers.
    """
    known = {row.id: row for row in tables.itertuples()}
    cells = [_graded(row, sheet) for row in as_published.itertuples()]
    derived = [
        Derived(each.row.formula, each.inputs, each.printed, each.grade, each.row.figure_id, each.quantity.value)
        for each in cells
        if each.printed is not None and each.quantity is not None
    ]
    mistyped = suspects(derived)
    return [_finding(each, _causes(each, sheet, derived, mistyped, cells), known) for each in cells]


def _graded(row: Any, sheet: Sheet) -> _Cell:
    names = row.inputs.split()
    inputs = [sheet.numbers[name] for name in names if name != NOT_PRINTED]
    own = sheet.numbers.get(row.figure_id) or (inputs[0] if inputs else None)
    printed = read_printed(row.printed)
    if printed is None:
        return _Cell(row, own, inputs, UNCHECKED, _NOT_ONE_NUMBER)
    if row.formula == "stands alone" or NOT_PRINTED in names:
        return _Cell(row, own, inputs, UNCHECKED, "the report does not print what it rests on")
    grade, cause, quantity = recompute(row.formula, inputs, printed)
    return _Cell(row, own, inputs, grade, cause, printed, quantity)


def _causes(
    cell: _Cell, sheet: Sheet, derived: Sequence[Derived], mistyped: Mapping[str, str], cells: Sequence[_Cell]
) -> list[str]:
    """What would give the print, the likeliest first."""
    if cell.grade != DISAGREES or cell.printed is None or cell.quantity is None:
        return [cell.cause]
    area = cell.own.area if cell.own else ""
    asked = Asked(cell.row.formula, cell.row.kind, cell.inputs, cell.printed, cell.quantity.value, area)
    found = likely_causes(asked, sheet)
    suspected = [mistyped[number.id] for number in cell.inputs if number.id in mistyped]
    right = round_half_up(cell.quantity.value, cell.printed.places)
    if suspected or (cell.row.figure_id and leant_on(cell.row.figure_id, right, derived)):
        found = [cause for cause in found if cause.distance != SLIPS_OF_KEYS]  # others follow from it as it stands
    told = [*suspected, *(cause.sentence for cause in found)]
    return told or [_all_totals(cell, cells)]


def _all_totals(cell: _Cell, cells: Sequence[_Cell]) -> str:
    """Where every total of a printed row is off in one direction: not a slip, but a row that is not printed."""
    if cell.row.formula != "sum":
        return ""
    row = [each for each in cells if (each.row.table, each.row.row_order, each.row.formula) == _place(cell)]
    gaps = [each.printed.value - each.quantity.value for each in row if each.printed and each.quantity]
    if len(gaps) > 1 and all(gap > 0 for gap in gaps):
        return f"all {len(gaps)} totals of this row are larger than their parts: a row may be left out of the table"
    return ""


def _place(cell: _Cell) -> tuple[str, int, str]:
    return cell.row.table, cell.row.row_order, "sum"


def _finding(cell: _Cell, causes: Sequence[str], tables: Mapping[str, Any]) -> Finding:
    row, quantity = cell.row, cell.quantity
    rounded = None
    if quantity is not None and cell.printed is not None:
        rounded = float(round_half_up(quantity.value, cell.printed.places))
    return Finding(
        id=row.id, kind="cell", grade=cell.grade, as_printed=row.printed, formula=row.formula,
        where=f"{tables[row.table].where}: {row.row_label}, {row.column_label}",
        measure=cell.own.measure if cell.own else "", area=cell.own.area if cell.own else "", table=row.table,
        section=tables[row.table].section, label=f"{row.row_label}, {row.column_label}",
        about=tuple(dict.fromkeys(name for name in (row.id, row.figure_id) if name)), cause=causes[0],
        other_causes=tuple(causes[1:]), inputs=spelled_inputs(cell.inputs) if quantity is not None else "",
        recomputed=rounded, recomputed_in_full=None if quantity is None else float(quantity.value),
    )  # fmt: skip
