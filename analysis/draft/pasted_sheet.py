"""A pasted table as the report check looks numbers up: the little sheet among which likely causes are searched."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from analysis.audit.formula import Quantity
from analysis.audit.printed import Printed
from analysis.audit.sheet import Number, Sheet
from analysis.draft.roles import BASELINE_DIFFERENCE, DERIVED, DIFFERENCE, LABEL, Role
from analysis.draft.table import Pasted, read_cell

__all__ = ["number_at", "sheet_of"]

_TABLE = "pasted"
_NO_DATE = pd.Timestamp(0)  # a pasted table has no dates that the check could use
_ROUNDED = re.compile(r"000|£\s?(?:m|k)\b|\bthousand|\bmillion|rounded", re.IGNORECASE)
_LEVELS_ONLY = (DIFFERENCE, BASELINE_DIFFERENCE)


def sheet_of(pasted: Pasted, roles: Sequence[Role]) -> Sheet:
    """Every number of a pasted table that is no per cent of change or share, as a sheet of one table."""
    label = next((role.column for role in roles if role.role == LABEL), -1)
    kept = [role for role in roles if role.role not in (LABEL, *DERIVED) or role.role == "total"]
    numbers = []
    for row, cells in enumerate(pasted.rows):
        rounded = _is_rounded(pasted, cells, roles)
        for role in kept:
            if (cell := read_cell(cells[role.column])) is not None:
                name = cells[label] if label >= 0 else ""
                numbers.append(_number(cell, cells[role.column], row, role, name, rounded or cell.places > 0))
    rows: dict[tuple[str, int], list[Number]] = {}
    for number in numbers:
        rows.setdefault((_TABLE, number.row), []).append(number)
    return Sheet(
        numbers={number.id: number for number in numbers}, rows=rows, tables={_TABLE: numbers}, beside={}, titles={},
        force="",
    )  # fmt: skip


def number_at(numbers: Mapping[str, Number], row: int, column: int) -> Number | None:
    """The sheet's number of one cell."""
    return numbers.get(_id(row, column))


def _is_rounded(pasted: Pasted, cells: Sequence[str], roles: Collection[Role]) -> bool:
    """Are the numbers of a row rounded? In thousands as headed, or where one of them or a difference has decimals."""
    if _ROUNDED.search(" ".join((pasted.caption, *pasted.headings))):
        return True
    read = [read_cell(cells[role.column]) for role in roles if role.role not in DERIVED or role.role in _LEVELS_ONLY]
    return any(cell is not None and not cell.per_cent and cell.places > 0 for cell in read)


def _number(cell: Printed, printed: str, row: int, role: Role, label: str, rounded: bool) -> Number:
    half = Fraction(1, 2 * 10**cell.places) if rounded or cell.per_cent else Fraction(0)
    return Number(
        id=_id(row, role.column), quantity=Quantity.rounded(cell.value, half), printed=printed, places=cell.places,
        unit="percent" if cell.per_cent else "count", label=label or "this row", column=role.heading or role.role,
        role="", table=_TABLE, row=row, section="", measure="", area="", breakdown="", start=_NO_DATE, end=_NO_DATE,
        where="the pasted table",
    )  # fmt: skip


def _id(row: int, column: int) -> str:
    return f"{row}:{column}"
