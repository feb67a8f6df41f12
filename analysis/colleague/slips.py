"""Slips of typing: counts below 0, a part above its whole, a value ten times off, a share typed for a per cent."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.colleague.cells import place_of, value_words, where_words
from analysis.colleague.digits import TIMES
from analysis.colleague.finding import Finding, key_of
from analysis.colleague.told import Told

__all__ = ["impossible_values", "tell_slips", "times_ten"]

_NEAR = math.log10(1.6)  # how near to ten, a hundred or a thousand times the last value is looked at
_MOST = 3


def times_ten(value: float, reference: float) -> int:
    """How many powers of ten a value lies off its reference: 1 for about ten times, -2 for a hundredth, 0 for none.

    >>> times_ten(227486, 210957), times_ten(2274860, 210957), times_ten(0.78, 77.7), times_ten(40, 10)
    (0, 1, -2, 0)
    """
    if not value * reference > 0:
        return 0
    power = math.log10(value / reference)
    nearest = round(power)
    return nearest if 1 <= abs(nearest) <= _MOST and abs(power - nearest) <= _NEAR else 0


def impossible_values(cells: pd.DataFrame, told: Told) -> None:
    """Tell counts below 0, and numerators above their denominator."""
    for row in cells[(cells["unit"] == "count") & (cells["value"] < 0)].itertuples():
        what = f"A count is 0 or more, and this is {value_words(row.value, row.unit, row.printed)}."
        mend = "Type the count; a fall belongs into the column of the difference."
        told.tell(_finding(row, "negative", what, mend), (row.figure_id, abs(row.value)))
    above = cells["numerator"].notna() & cells["denominator"].notna() & (cells["numerator"] > cells["denominator"])
    for row in cells[above].itertuples():
        what = (
            f"The printed part, {value_words(row.numerator, 'count')}, is more than the whole it is a part of, "
            f"{value_words(row.denominator, 'count')}."
        )
        mend = "Look whether the two have changed places, or one of them has a digit too many or too few."
        key = key_of("numerator", row.figure_id, row.numerator, row.denominator)
        told.tell(_finding(row, "numerator", what, mend, key), (row.figure_id, row.value))


def tell_slips(cells: pd.DataFrame, told: Told, base: bool) -> None:
    """Tell values that are ten, a hundred or a thousand times their reference, and shares typed for per cents.

    Parameters
    ----------
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    told
        What has been told so far; a figure that is told, or follows from one that is, is passed over.
    base
        Whether to look at figures that rest on no other, or at the others.
    """
    for row in cells[cells["reference"].notna()].itertuples():
        if told.is_base(row.figure_id) != base or told.knows(row):
            continue
        power = times_ten(row.value, row.reference)
        if not power:
            continue
        mended = told.once_mended(row)
        if mended is not None and not times_ten(mended, row.reference):
            told.mended[row.figure_id] = mended
            continue
        told.tell(_slip(row, power), (row.figure_id, float(f"{row.value / 10**power:.15g}")))


def _slip(row: Any, power: int) -> Finding:
    was = value_words(row.reference, row.unit, row.same_printed, row.before_printed)
    now = value_words(row.value, row.unit, row.printed)
    if row.unit == "percent" and power == -2 and 0 < row.value <= 1:
        what = f"This is {now}, where the last report prints {was}: a share from 0 to 1 seems to stand for a per cent."
        share = value_words(row.value * 100, row.unit, "0.1")
        return _finding(
            row, "share_typed", what, f"Type the per cent, {share}, if it is one.", _key("share_typed", row)
        )
    what = f"This is {now}, about {TIMES[power]} what the last report prints, {was}."
    mend = "Look for a digit too many or too few, a point out of place, or another unit than the column's."
    return _finding(row, "tenfold", what, mend, _key("tenfold", row))


def _key(kind: str, row: Any) -> str:
    return key_of(kind, row.figure_id, row.reference, row.value)


def _finding(row: Any, kind: str, what: str, mend: str, key: str = "") -> Finding:
    return Finding(
        key=key or key_of(kind, row.figure_id, row.value), kind=kind, where=where_words(row), what=what,
        how_to_mend=mend, serious=True, place=place_of(row), section=row.section, table=row.table,
        figure_id=row.figure_id,
    )  # fmt: skip
