"""Exponential smoothing of logarithms with a damped trend and a season, ETS(A,Ad,A), and its rival: last year again."""

from __future__ import annotations

import math
import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ahead", "ets_ahead", "least_values", "mase", "naive_ahead", "spread_ahead"]

Values = NDArray[np.float64]


class Ahead(NamedTuple):
    """What lies ahead, on the scale of the values: middle and standard error of each step, and what was fitted."""

    middle: Values
    error: Values
    fitted: Values


def least_values(period: int) -> int:
    """How many values a fit needs: three whole seasons, and what the library's first states are made of.

    >>> least_values(12), least_values(4)
    (36, 14)
    """
    return max(3 * period, 10 + 2 * (period // 2))


def ets_ahead(values: Values, steps: int, period: int, start: Values | None = None) -> Ahead:
    """Fit ETS(A,Ad,A) and look ahead. Hyndman, Koehler, Ord and Snyder (2008); fitted by statsmodels.

    First states come from the first seasons (Hyndman's heuristic), so only four numbers are fitted: a tenth of the
    time of fitting all, and in our trials no worse.

    Parameters
    ----------
    values
        As many as ``least_values`` says or more, none missing; logarithms where changes are in per cent.
    steps
        How far to look ahead.
    period
        Steps in a season.
    start
        What another fit of nearly the same values found, to begin from.

    Examples
    --------
    >>> values = np.tile([0.0, 1.0, 3.0, 2.0], 8) + 0.1 * np.sin(np.arange(32) ** 2)
    >>> ets_ahead(values, 4, 4).middle.round(1).tolist()
    [-0.0, 1.0, 3.0, 2.0]
    """
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # slow to load; most commands do without
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    model = ETSModel(
        values, error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=period,
        initialization_method="heuristic",
    )  # fmt: skip
    with warnings.catch_warnings():  # a series that follows its season exactly leaves nothing to converge on
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        found = model.fit(start_params=start, disp=False)
        middle = np.asarray(found.forecast(steps), dtype=float)
    level, trend, season, damping = (float(each) for each in found.params[:4])
    sigma = math.sqrt(float(found.sse) / len(values))
    return Ahead(middle, sigma * spread_ahead(steps, period, level, trend, season, damping), np.asarray(found.params))


def spread_ahead(steps: int, period: int, level: float, trend: float, season: float, damping: float) -> Values:
    """Standard error of each step ahead, as times that of one step. Hyndman and others (2008), class 1.

    >>> spread_ahead(3, 12, 0.5, 0.0, 0.1, 0.9).round(4).tolist()
    [1.0, 1.118, 1.2247]
    """
    ahead = np.arange(1, steps)
    pull = level + trend * np.cumsum(damping**ahead) + season * (ahead % period == 0)
    times: Values = np.sqrt(1 + np.r_[0.0, np.cumsum(pull**2)])
    return times


def naive_ahead(values: Values, steps: int, period: int) -> Values:
    """The last season again: what every forecast has to beat.

    >>> naive_ahead(np.array([1.0, 2.0, 3.0, 4.0]), 3, 2).tolist()
    [3.0, 4.0, 3.0]
    """
    return values[len(values) - period + np.arange(steps) % period]


def mase(observed: Values, forecast: Values, training: Values, period: int) -> float:
    """Mean absolute error, as times that of the seasonal naive forecast within the training values.

    Hyndman and Koehler (2006). Missing where the training values repeat themselves exactly.

    >>> mase(np.array([5.0, 5.0]), np.array([4.0, 5.0]), np.array([1.0, 2.0, 2.0, 3.0]), 2)
    0.5
    """
    scale = float(np.abs(training[period:] - training[:-period]).mean())
    return float(np.abs(observed - forecast).mean()) / scale if scale > 0 else math.nan
