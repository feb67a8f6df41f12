"""How the values of areas are written: shares as per cent, rates per 1,000 residents, what is only a range."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.area_rates import RATE
from analysis.numbers import half_up, write_number
from analysis.survey_words import share_words

__all__ = ["AREA_UNITS", "apart_words", "area_value", "distance_words", "interval_words", "only_ranges", "range_said",
           "unit_of", "within_words"]  # fmt: skip

AREA_UNITS = {"percent": "%", "per_1000": "per 1,000 residents", "count": "count"}


def unit_of(measure: str) -> str:
    """In what a measure of areas is told.

    >>> unit_of("top"), unit_of("rate per 1,000")
    ('percent', 'per_1000')
    """
    return "per_1000" if measure == RATE else "percent"


def area_value(value: float, unit: str = "percent", measure: str = "top") -> str:
    """An area's value as it is written; shares are 0 to 1.

    >>> area_value(0.678), area_value(-0.05, measure="net"), area_value(3.64, "per_1000"), area_value(1602, "count")
    ('68%', '−5', '3.6', '1,602')
    """
    if unit == "percent":
        return share_words(value, measure)
    return "withheld" if pd.isna(value) else write_number(value, "count", 1 if unit == "per_1000" else 0)


def interval_words(row: Any, unit: str = "") -> str:
    """A value with its interval, where there is one; its unit is that of its measure unless named.

    >>> from types import SimpleNamespace
    >>> interval_words(SimpleNamespace(estimate=5.0, lower=3.815, upper=6.436), "per_1000")
    '5.0 (3.8 to 6.4)'
    """
    measure = getattr(row, "measure", "top")
    unit = unit or unit_of(measure)
    told = area_value(row.estimate, unit, measure)
    if pd.isna(row.estimate) or pd.isna(row.lower):
        return told
    return f"{told} ({area_value(row.lower, unit, measure)} to {area_value(row.upper, unit, measure)})"


def range_said(low: float, high: float, unit: str = "percent") -> str:
    """A range without a value, as a report prints it for areas that it does not tell one by one.

    >>> nan = float("nan")
    >>> range_said(0.64, 0.74), range_said(0.9, nan), range_said(nan, 7, "count")
    ('64% to 74%', 'above 90%', 'up to 7')
    """
    if pd.isna(high):
        return f"above {area_value(low, unit)}"
    if pd.isna(low):
        return f"up to {area_value(high, unit)}"
    return f"{area_value(low, unit)} to {area_value(high, unit)}"


def only_ranges(told: pd.DataFrame) -> pd.Series:
    """Which rows have no value but a range, as a report prints it.

    >>> only_ranges(pd.DataFrame({"estimate": [0.5, None], "low": [None, 0.6], "high": [None, None]})).tolist()
    [False, True]
    """
    if "low" not in told:
        return pd.Series(False, index=told.index)
    return told["estimate"].isna() & (told["low"].notna() | told["high"].notna())


def within_words(low: float, high: float) -> str:
    """Where an area lies that a report prints only as a range.

    >>> within_words(0.64, 0.74), within_words(0.9, float("nan"))
    ('within 64% to 74%', 'above 90%')
    """
    told = range_said(low, high)
    return told if pd.isna(low) or pd.isna(high) else f"within {told}"


def distance_words(difference: float, measure: str = "top", unit: bool = True) -> str:
    """How far an area stands from the rest, without the side; a rate's without its unit where that stands above.

    >>> distance_words(-0.2444), distance_words(1.42, "rate per 1,000"), distance_words(0.0001)
    ('24.4 points', '1.4 per 1,000', 'under 0.1 points')
    """
    size = _size(difference, measure)
    words = " points" if unit_of(measure) == "percent" else " per 1,000" if unit else ""
    return f"{'under 0.1' if size == 0 and difference else f'{size:,.1f}'}{words}"


def apart_words(lower: float, upper: float, measure: str = "top", unit: bool = True) -> str:
    """The limits of an area's distance from the rest, with the side; the unit as in ``distance_words``.

    >>> apart_words(-0.33, -0.157), apart_words(-0.02, 0.05), apart_words(0.3, 2.5, "rate per 1,000")
    ('33.0 to 15.7 points below', '2.0 points below to 5.0 points above', '0.3 to 2.5 per 1,000 above')
    """
    low, high = (distance_words(each, measure, unit) for each in (lower, upper))
    if (lower < 0) == (upper < 0):
        bare = distance_words(lower, measure, unit=False).removesuffix(" points")
        return f"{bare} to {high} {'below' if lower < 0 else 'above'}"
    return f"{low} below to {high} above"


def _size(difference: float, measure: str) -> float:
    return abs(half_up(difference if unit_of(measure) == "per_1000" else difference * 100, 1))
