"""Limits of single published values, for the bars of a chart: how far chance alone could have moved each of them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.change import default_dispersion
from analysis.intervals import EXACT_BELOW, byar, exact_poisson, wilson

__all__ = ["count_limits", "level_limits"]


def count_limits(count: float, dispersion: float = 1.0, confidence: float = 0.95) -> tuple[float, float]:
    """Limits of one count: exact below ten, Byar from ten on, each side widened by the dispersion's root.

    >>> [round(limit, 1) for limit in count_limits(25)]
    [16.2, 36.9]
    >>> [round(limit, 1) for limit in count_limits(25, dispersion=4)]
    [7.3, 48.8]
    """
    lower, upper = exact_poisson(count, confidence) if count < EXACT_BELOW else byar(count, confidence)
    wider = math.sqrt(dispersion)
    return max(0.0, count - wider * (count - lower)), count + wider * (upper - count)


def level_limits(figures: pd.DataFrame, measures: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Limits of every figure whose spread is known or honestly assumed.

    Parameters
    ----------
    figures
        ``measure, value, unit, numerator, denominator``.
    measures
        The release's own: ``id, dispersion, untested``.
    confidence
        Level of the intervals.

    Returns
    -------
    DataFrame
        ``lower, upper`` in the unit of the value, on the index of ``figures``; missing where nothing is claimed.
    """
    known = measures.set_index("id")
    found = [_limits(row, known.loc[row.measure], confidence) for row in figures.itertuples()]
    return pd.DataFrame(found, columns=["lower", "upper"], index=figures.index, dtype=float)


def _limits(row: Any, measure: pd.Series, confidence: float) -> tuple[float, float]:
    if row.unit == "count" and not measure["untested"]:
        own = measure["dispersion"]
        return count_limits(
            row.value, default_dispersion(row.value, row.value) if pd.isna(own) else float(own), confidence
        )
    if row.unit == "percent" and not pd.isna(row.numerator) and not pd.isna(row.denominator):
        lower, upper = wilson(row.numerator, row.denominator, confidence)
        return lower * 100, upper * 100
    return math.nan, math.nan
