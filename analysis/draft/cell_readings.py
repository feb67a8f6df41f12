"""What each derived cell of a pasted table may be meant as: the formulas and the cells it can rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.audit.findings import recompute
from analysis.audit.formula import Quantity
from analysis.audit.grades import AGREES, ROUNDING, UNIT_SLIP
from analysis.audit.printed import Printed
from analysis.audit.sheet import Number, Sheet
from analysis.draft.pasted_sheet import number_at
from analysis.draft.roles import (
    BASELINE,
    BASELINE_DIFFERENCE,
    BASELINE_PER_CENT,
    DIFFERENCE,
    EARLIER,
    LABEL,
    LATER,
    NUMBER,
    PART,
    PER_CENT_CHANGE,
    SHARE,
    SHARE_OF_COLUMN,
    TOTAL,
    Role,
)  # fmt: skip
from analysis.draft.table import Pasted, read_cell
from analysis.draft.total_rows import TotalRow, total_rows

__all__ = ["RESTS_ON", "Reading", "cell_readings", "inputs_of"]

MINUS, CHANGE, SHARE_OF, SUM = "a - b", "(a - b) / b * 100", "a / b * 100", "sum"
_LEVELS = (EARLIER, LATER, BASELINE, PART, TOTAL, NUMBER)
RESTS_ON = {
    DIFFERENCE: (LATER, EARLIER), PER_CENT_CHANGE: (LATER, EARLIER),
    BASELINE_DIFFERENCE: (LATER, BASELINE), BASELINE_PER_CENT: (LATER, BASELINE),
}  # fmt: skip
_NO_SUM = re.compile(r"average|\bmean\b|median|\brate\b|\bper\b|\btime\b|duration|%", re.IGNORECASE)
_FIT = (AGREES, ROUNDING, UNIT_SLIP)


@dataclass(frozen=True)
class Reading:
    """One sensible way in which a cell may be meant: a formula on numbers of the table."""

    formula: str
    inputs: tuple[Number, ...]


def cell_readings(pasted: Pasted, roles: Sequence[Role], sheet: Sheet) -> dict[tuple[int, int], list[Reading]]:
    """Every derived cell by row and column with the ways it may be meant; none where its inputs are not printed.

    Parameters
    ----------
    pasted, roles
        The table and a role for each column.
    sheet
        The table's numbers.
    """
    label = next((role.column for role in roles if role.role == LABEL), -1)
    addable = [role.column for role in roles if role.role in _LEVELS and not _per_cents(pasted, role.column)]
    totals = total_rows(pasted, addable, label)
    found: dict[tuple[int, int], list[Reading]] = {}
    for role in roles:
        if role.role in RESTS_ON or role.role == SHARE_OF_COLUMN:
            found |= _worked_out(pasted, role, roles, sheet)
        elif role.role == SHARE:
            found |= _shares(pasted, role, roles, sheet, totals)
        elif role.role == TOTAL:
            parts = [other.column for other in roles if other.role == PART]
            for row in range(len(pasted.rows)):
                ways = _sum(pasted, sheet, [(row, part) for part in parts])
                if ways is not None and pasted.rows[row][role.column] and parts:
                    found[row, role.column] = ways
    for total in totals:
        for column in addable:
            if roles[column].role == NUMBER and _NO_SUM.search(pasted.headings[column]):
                continue
            for place, ways in _down(pasted, sheet, total, column, roles[column].role):
                found[place] = found.get(place, []) + ways
    return found


def _per_cents(pasted: Pasted, column: int) -> bool:
    return all(cell.per_cent for text in pasted.column(column) if (cell := read_cell(text)))


def _worked_out(
    pasted: Pasted, role: Role, roles: Sequence[Role], sheet: Sheet
) -> dict[tuple[int, int], list[Reading]]:
    """A column of differences, of changes in per cent, or of shares of another column."""
    columns = inputs_of(role, roles)
    cells: dict[int, tuple[Printed | None, tuple[Number, Number] | None]] = {}
    for row, texts in enumerate(pasted.rows):
        if texts[role.column]:
            read = [number_at(sheet.numbers, row, column) for column in columns]
            printed = [number for number in read if number]
            both = (printed[0], printed[1]) if len(read) == len(printed) == 2 else None
            cells[row] = (read_cell(texts[role.column]), both)
    shares = [(cell, pair) for cell, pair in cells.values() if cell and pair and _are_shares(pair)]
    counts = [(cell, pair) for cell, pair in cells.values() if cell and pair and not _are_shares(pair)]
    first = CHANGE if role.role in (PER_CENT_CHANGE, BASELINE_PER_CENT) else MINUS
    formula = _commonest(shares, [first, MINUS, CHANGE])
    turned = _turned(counts, first)
    found: dict[tuple[int, int], list[Reading]] = {}
    for row, (cell, both) in cells.items():
        ways: list[Reading] = []
        if cell and both:
            later, earlier = both
            if role.role == SHARE_OF_COLUMN:
                ways = [Reading(SHARE_OF, both)]
            elif _are_shares(both):
                ways = [Reading(formula, both)]
            elif later.unit == earlier.unit:
                own = CHANGE if cell.per_cent else first
                ways = [Reading(_reversed(own) if turned else own, both)]
        found[row, role.column] = ways
    return found


def inputs_of(role: Role, roles: Sequence[Role]) -> tuple[int, ...]:
    """The columns that a column rests on: those named with it, else the nearest before it, else the first after it."""
    if role.inputs:
        return role.inputs
    found = []
    for wanted in RESTS_ON.get(role.role, ()):
        places = [other.column for other in roles if other.role == wanted]
        before = [place for place in places if place < role.column]
        found += before[-1:] or places[:1]
    return tuple(found)


def _are_shares(pair: Sequence[Number]) -> bool:
    return all(number.unit == "percent" for number in pair)


def _commonest(cells: Sequence[tuple[Printed, tuple[Number, Number]]], formulas: Sequence[str]) -> str:
    """The formula that most cells fit; of equals the first."""
    fitting = [sum(recompute(formula, pair, cell)[0] in _FIT for cell, pair in cells) for formula in formulas]
    return formulas[fitting.index(max(fitting))]


def _turned(cells: Sequence[tuple[Printed, tuple[Number, Number]]], formula: str) -> bool:
    """Is the column worked out as earlier less later? Several cells must say so, and none the other way round."""
    moved = [(cell, pair) for cell, pair in cells if pair[0].value != pair[1].value]
    straight = sum(recompute(formula, pair, cell)[0] in _FIT for cell, pair in moved)
    turned = sum(recompute(_reversed(formula), pair, cell)[0] in _FIT for cell, pair in moved)
    return turned > 1 and not straight


def _reversed(formula: str) -> str:
    return formula.replace("a - b", "b - a")


def _shares(
    pasted: Pasted, role: Role, roles: Sequence[Role], sheet: Sheet, totals: Sequence[TotalRow]
) -> dict[tuple[int, int], list[Reading]]:
    """A column of shares: of the total row, of all rows that are no totals, or of those that have a share."""
    column = role.inputs[0] if role.inputs else _share_of(role, roles)
    sums = {total.row for total in totals}
    rows = [row for row in range(len(pasted.rows)) if number_at(sheet.numbers, row, column)]
    with_share = [row for row in rows if row not in sums and read_cell(pasted.rows[row][role.column])]
    wholes = [number_at(sheet.numbers, row, column) for row in sorted(sums, reverse=True)]
    for name, group in (
        ("the rows that have a share", with_share),
        ("all rows", [row for row in rows if row not in sums]),
    ):
        parts = [number for row in group if (number := number_at(sheet.numbers, row, column))]
        if len(parts) > 1:
            wholes.append(_added(parts, name))
    found: dict[tuple[int, int], list[Reading]] = {}
    for row in range(len(pasted.rows)):
        if pasted.rows[row][role.column]:
            part = number_at(sheet.numbers, row, column)
            found[row, role.column] = [Reading(SHARE_OF, (part, whole)) for whole in wholes if part and whole]
    return found


def _share_of(role: Role, roles: Sequence[Role]) -> int:
    levels = [other.column for other in roles if other.role in _LEVELS]
    before = [place for place in levels if place < role.column]
    return (before[-1:] or levels[:1] or [-1])[0]


def _added(parts: Sequence[Number], name: str) -> Number:
    total = sum((part.value for part in parts), Fraction(0))
    half = sum((part.quantity.high - part.value for part in parts), Fraction(0))
    printed = f"{float(total):,.{max(part.places for part in parts)}f}"
    return replace(parts[0], id="sum", quantity=Quantity.rounded(total, half), printed=printed, label=name, row=-1)


def _sum(pasted: Pasted, sheet: Sheet, places: Sequence[tuple[int, int]]) -> list[Reading] | None:
    """The sum of some cells; none where one of them is no number; None where they cannot be meant to be added."""
    parts = [number_at(sheet.numbers, row, column) for row, column in places]
    told = [part for part in parts if part]
    if any(part.unit == "percent" for part in told) or not told:
        return None
    unread = any(part is None and pasted.rows[row][column] for part, (row, column) in zip(parts, places, strict=True))
    return [] if unread else [Reading(SUM, tuple(told))]


def _down(
    pasted: Pasted, sheet: Sheet, total: TotalRow, column: int, role: str
) -> Iterator[tuple[tuple[int, int], list[Reading]]]:
    """The cell of a total row as the sum of the rows that it may add up."""
    own = read_cell(pasted.rows[total.row][column])
    if own is None or own.per_cent:
        return
    several = [_sum(pasted, sheet, [(row, column) for row in reading]) for reading in total.readings]
    ways = [way for each in several if each is not None for way in each]
    if any(each is not None for each in several) and not (role == NUMBER and _is_mean(own, ways)):
        yield (total.row, column), ways


def _is_mean(own: Printed, ways: Sequence[Reading]) -> bool:
    """Does a total lie between its parts, as an average does? Then nobody meant a sum."""
    values = [number.value for way in ways for number in way.inputs]
    return len(values) > 1 and min(values) <= own.value <= max(values) and len(set(values)) > 1
