"""The rows of a pasted table that are sums of other rows, and of which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.printed import Printed
from analysis.draft.table import Pasted, read_cell

__all__ = ["TOTAL_LABEL", "TotalRow", "total_rows"]

TOTAL_LABEL = re.compile(r"^\s*(?:grand |overall |sub-?\s?)?(?:totals?|sum|subtotals?)\b", re.I)
_ALL_LABEL = re.compile(r"^\s*(?:all|overall|force|whole)\b", re.I)
_NO_SUM = re.compile(r"average|mean\b|median|rate\b|%|proportion|per cent|percentage", re.I)


@dataclass(frozen=True)
class TotalRow:
    """A row that is a sum: the rows it may be meant to add up, each reading a tuple of row numbers."""

    row: int
    readings: tuple[tuple[int, ...], ...]


def total_rows(pasted: Pasted, levels: Sequence[int], label: int) -> list[TotalRow]:
    r"""Rows that add up others, by their label, a label like the table's own heading, a blank label, or the arithmetic.

    Parameters
    ----------
    pasted
        The table.
    levels
        The columns of counts or money in which rows can be added.
    label
        The column of the row labels; -1 for none.

    Examples
    --------
    >>> from analysis.draft.table import pasted_table
    >>> total_rows(pasted_table("Crime\tLast\nArson\t4\nRape\t5\nTotal\t9"), [1], 0)
    [TotalRow(row=2, readings=((0, 1),))]
    """
    values = [{place: cell.value for place in levels if (cell := _addable(row[place]))} for row in pasted.rows]
    labels = [row[label].strip() if label >= 0 else "-" for row in pasted.rows]
    filled = [number for number, row in enumerate(pasted.rows) if any(row[place] for place in levels)]
    found: list[TotalRow] = []
    section: list[int] = []  # rows since the last subtotal
    plain: list[int] = []  # rows that are no sums
    subtotals: list[int] = []
    for number in filled:
        name, last = labels[number], number == filled[-1]
        readings = [tuple(each) for each in (section, plain, subtotals) if each]
        readings = list(dict.fromkeys(readings))
        if not _NO_SUM.search(name) and _is_sum(name, number, last, pasted.headings[max(label, 0)], values, readings):
            found.append(TotalRow(number, tuple(readings)))
            subtotals.append(number)
            section = []
        else:
            if not TOTAL_LABEL.match(name):  # one called a total that adds up nothing is no part either
                section.append(number)
                plain.append(number)
    return found


def _is_sum(
    name: str,
    number: int,
    last: bool,
    heading: str,
    values: Sequence[Mapping[int, Fraction]],
    readings: Sequence[tuple[int, ...]],
) -> bool:
    if not readings:
        return False
    several = any(len(reading) > 1 for reading in readings)
    if not name:  # a subtotal without a label, or a label that stands merged over several rows
        return max(_fitting(number, reading, values, 1) for reading in readings) * 2 >= len(values[number])
    fits = max(_fitting(number, reading, values, 2) for reading in readings)
    if TOTAL_LABEL.match(name):
        return several
    if last and several:
        named_so = len(name) > 3 and heading.lower().startswith(name.lower())
        columns = len(values[number])
        most = fits * 2 > columns or (fits > 1 and fits * 2 == columns)
        return named_so or (bool(_ALL_LABEL.match(name)) and fits > 0) or most
    return False


def _fitting(number: int, reading: Sequence[int], values: Sequence[Mapping[int, Fraction]], least: int) -> int:
    """In how many columns the row is exactly the sum of these rows, nought and sums of fewer than ``least`` aside."""
    return sum(
        bool(value) and value == sum((values[part].get(place, Fraction(0)) for part in reading), Fraction(0))
        for place, value in values[number].items()
        if sum(place in values[part] for part in reading) >= least
    )


def _addable(text: str) -> Printed | None:
    cell = read_cell(text)
    return cell if cell is not None and not cell.per_cent else None
