"""Do areas differ at all, by how much, and where each would stand if chance were taken out.

Each area's value has its own variance from sampling; what the values spread beyond that is the variance between areas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

__all__ = ["Between", "between_areas"]


@dataclass(frozen=True)
class Between:
    """What a set of areas has between them.

    Attributes
    ----------
    areas
        How many had a value and a variance.
    q, df, p
        Cochran's test that all are alike; missing with fewer than two areas.
    variance
        Between areas, after Paule and Mandel; 0 where chance alone explains the spread.
    mean
        The areas' mean, each weighed by the inverse of both variances.
    shrunk
        Each area's value drawn to that mean by how little it tells; missing where it has no value.
    weight_on_own
        The part of each shrunk value that is the area's own.
    """

    areas: int
    q: float
    df: int
    p: float
    variance: float
    mean: float
    shrunk: NDArray[np.float64]
    weight_on_own: NDArray[np.float64]


def between_areas(values: Sequence[float], variances: Sequence[float]) -> Between:
    """Cochran's Q, the variance between areas after Paule and Mandel (1982), and shrunken values.

    Parameters
    ----------
    values
        Of each area; missing ones are left out.
    variances
        Of their sampling, each above 0.

    Raises
    ------
    ValueError
        For a variance of 0 or less beside a value.

    Examples
    --------
    >>> found = between_areas([0.60, 0.70, 0.80], [0.001, 0.001, 0.001])
    >>> round(found.q, 6), found.df, round(found.variance, 6), found.shrunk.round(2).tolist()
    (20.0, 2, 0.009, [0.61, 0.7, 0.79])
    """
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    known = ~(np.isnan(y) | np.isnan(v))
    for variance in v[known & ~(v > 0)]:
        raise ValueError(f"The variance of an area's value is above 0, not {variance}.")
    nothing = np.full(y.shape, np.nan)
    areas = int(known.sum())
    if not areas:
        return Between(0, math.nan, 0, math.nan, math.nan, math.nan, nothing, nothing)
    q, df = _spread(y[known], v[known], 0.0), areas - 1
    variance = _paule_mandel(y[known], v[known])
    mean = float(np.average(y[known], weights=1 / (v[known] + variance)))
    own = np.where(known, variance / (v + variance), np.nan)
    p = float(stats.chi2.sf(q, df)) if df else math.nan
    return Between(areas, q if df else math.nan, df, p, variance, mean, mean + own * (y - mean), own)


def _spread(y: NDArray[np.float64], v: NDArray[np.float64], between: float) -> float:
    """Sum of squared distances from the weighted mean, each in its own variance and that between areas."""
    weights = 1 / (v + between)
    return float((weights * (y - np.average(y, weights=weights)) ** 2).sum())


def _paule_mandel(y: NDArray[np.float64], v: NDArray[np.float64]) -> float:
    """The variance between areas at which their spread is what is expected of so many."""
    expected = y.size - 1
    if expected == 0 or _spread(y, v, 0.0) <= expected:
        return 0.0
    most = float(np.ptp(y) ** 2 * y.size)  # the spread is below what is expected there
    return float(optimize.brentq(lambda between: _spread(y, v, between) - expected, 0.0, most, xtol=1e-16))
