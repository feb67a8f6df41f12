"""Figures over a rolling 12 months: what two of them share, and which of them share nothing.

Two rolling figures that lie k months apart rest on the same answers but for k months, so the variance of their
difference is k/12 of that of two years. A line through such points, or a run of them on one side, says nothing: most
of each point is the point before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import pandas as pd

from analysis.intervals import newcombe
from analysis.survey_waves import score_test

__all__ = ["WHY_NO_TREND", "looks_rolling", "rolling_difference", "separate_periods", "variance_factor"]

MONTHS = 12
_ROLLING = re.compile(r"rolling|moving|12.?month|twelve.?month", re.IGNORECASE)
WHY_NO_TREND = (
    "No trend line and no control limits are drawn through rolling 12-month figures. Each shares eleven months of "
    "answers with the one before, so with nothing changing a trend looks significant in six charts of ten, and nine of "
    "ten have seven points in a row on one side. Separate 12-month periods can be compared."
)


def looks_rolling(name: str) -> bool:
    """Whether a series is called one of rolling figures.

    >>> looks_rolling("Satisfied, rolling 12 months"), looks_rolling("999 calls")
    (True, False)
    """
    return _ROLLING.search(name) is not None


def variance_factor(months_apart: int) -> float:
    """What part of two independent years' variance is left between two rolling figures.

    >>> [variance_factor(months) for months in (3, 12, 30)]
    [0.25, 1.0, 1.0]
    """
    if not months_apart >= 1:
        raise ValueError(f"Two rolling figures lie at least one month apart, not {months_apart}.")
    return min(months_apart, MONTHS) / MONTHS


def rolling_difference(
    p1: float, n1: float, p2: float, n2: float, months_apart: int, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Limits of the difference of two rolling shares, second less first, and the p value that there is none.

    Parameters
    ----------
    p1, p2
        Shares over the 12 months to two dates, 0 to 1.
    n1, n2
        Effective bases of those 12 months, with answers spread evenly over them.
    months_apart
        Months between the two dates.
    confidence
        Level of the interval.

    Raises
    ------
    ValueError
        For less than a month apart, and as ``newcombe``.

    Examples
    --------
    >>> [round(number, 4) for number in rolling_difference(0.78, 4600, 0.76, 4600, 3)]
    [-0.0286, -0.0114, 0.0]
    >>> [round(number, 4) for number in rolling_difference(0.78, 4600, 0.76, 4600, 12)]
    [-0.0372, -0.0028, 0.0227]
    """
    factor = variance_factor(months_apart)
    lower, upper = newcombe(p1 * n1, n1, p2 * n2, n2, confidence)
    middle, narrower = p2 - p1, math.sqrt(factor)
    p = score_test(p1, n1, p2, n2, factor)
    return middle - narrower * (middle - lower), middle + narrower * (upper - middle), p


def separate_periods(ends: Sequence[pd.Timestamp]) -> list[pd.Timestamp]:
    """Those ends of rolling years that share no month, counted back from the last.

    >>> ends = pd.date_range("2021-01-31", "2023-03-31", freq="ME")
    >>> [f"{end:%Y-%m}" for end in separate_periods(list(ends))]
    ['2021-03', '2022-03', '2023-03']
    """
    kept: list[pd.Timestamp] = []
    for end in sorted(ends, reverse=True):
        if not kept or _month(kept[-1]) - _month(end) >= MONTHS:
            kept.append(end)
    return kept[::-1]


def _month(day: pd.Timestamp) -> int:
    return int(day.year * MONTHS + day.month)
