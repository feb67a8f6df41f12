"""Trend, season and remainder of evenly spaced numbers, as R's ``stl`` and ``forecast::mstl`` find them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["PERIODIC", "Parts", "Seasonal", "Values", "Windows", "mstl", "spans_of", "stl", "windows"]

PERIODIC = "periodic"
Seasonal = int | str
_ITERATIONS = 2  # of mstl
Values = NDArray[np.float64]


class Windows(NamedTuple):
    """Spans of the three smoothers in steps, all odd, and how many steps each jumps. Periodic averages the season."""

    seasonal: int
    trend: int
    low_pass: int
    seasonal_jump: int
    trend_jump: int
    low_pass_jump: int
    periodic: bool = False


class Parts(NamedTuple):
    """Trend, season and remainder, which add up to the series."""

    trend: Values
    seasonal: Values
    remainder: Values


def windows(
    n: int,
    period: int,
    seasonal: Seasonal = PERIODIC,
    trend: int | None = None,
    low_pass: int | None = None,
    jump: int | None = None,
) -> Windows:
    """The spans that R's ``stl`` takes, unless they are given.

    In a season with an odd number of steps the low-pass window is 2 longer than R's, which the library refuses.

    Raises
    ------
    ValueError
        For a span that is no odd whole number, or a trend that is not longer than the season.

    Examples
    --------
    >>> windows(144, 12, 13)
    Windows(seasonal=13, trend=21, low_pass=13, seasonal_jump=2, trend_jump=3, low_pass_jump=2, periodic=False)
    """
    if isinstance(seasonal, str) and seasonal != PERIODIC:
        raise ValueError(f"The seasonal window is '{PERIODIC}' or an odd number of 3 or more, not '{seasonal}'.")
    span = 10 * n + 1 if isinstance(seasonal, str) else _odd(seasonal, 3, "seasonal")
    trend = _next_odd(math.ceil(1.5 * period / (1 - 1.5 / span))) if trend is None else _odd(trend, period + 1, "trend")
    low_pass = _next_odd(period + 1) if low_pass is None else _odd(low_pass, period + 1, "low-pass")
    if jump is not None and jump < 1:
        raise ValueError(f"A smoother jumps 1 step or more, not {jump}.")
    own, wide, low = (math.ceil(each / 10) if jump is None else jump for each in (span, trend, low_pass))
    return Windows(span, trend, low_pass, own, wide, low, isinstance(seasonal, str))


def _odd(span: int, least: int, name: str) -> int:
    if span < least or span % 2 == 0:
        raise ValueError(f"The {name} window is an odd number of {least | 1} or more, not {span}.")
    return span


def _next_odd(span: int) -> int:
    return span + 1 - span % 2


def stl(
    values: Values,
    period: int,
    seasonal: Seasonal = PERIODIC,
    *,
    robust: bool = False,
    trend: int | None = None,
    low_pass: int | None = None,
    jump: int | None = None,
) -> Parts:
    """Seasonal-trend decomposition by loess. Cleveland and others (1990); R's spans, degrees and jumps unless given.

    Parameters
    ----------
    values
        More than two whole seasons, none missing.
    period
        Steps in a season.
    seasonal
        Span of the seasonal smoother in seasons, or "periodic": every season alike.
    robust
        Give far-off steps little weight: where a shock lies inside.
    trend, low_pass, jump
        Spans in steps, and one jump for all three smoothers.

    Raises
    ------
    ValueError
        For too few or missing values, and as ``windows``.

    Examples
    --------
    >>> parts = stl(np.tile([4.0, 2.0, 1.0, 5.0], 5), 4)
    >>> parts.seasonal[:4].round(6).tolist()
    [1.0, -1.0, -2.0, 2.0]
    """
    from statsmodels.tsa.seasonal import STL  # slow to load; most commands do without

    n = len(values)
    if period < 2:
        raise ValueError(f"A season has 2 steps or more, not {period}.")
    if n <= 2 * period:
        raise ValueError(f"A season of {period} is seen in more than {2 * period} steps in a row; here are {n}.")
    if not np.isfinite(values).all():
        raise ValueError("A series with missing or endless values is not decomposed.")
    own = windows(n, period, seasonal, trend, low_pass, jump)
    fitted = STL(
        values, period=period, seasonal=own.seasonal, trend=own.trend, low_pass=own.low_pass,
        seasonal_deg=0, trend_deg=1, low_pass_deg=1, robust=robust,
        seasonal_jump=own.seasonal_jump, trend_jump=own.trend_jump, low_pass_jump=own.low_pass_jump,
    ).fit(inner_iter=1 if robust else 2, outer_iter=15 if robust else 0)  # fmt: skip
    season = fitted.seasonal
    if own.periodic:
        place = np.arange(n) % period
        season = (np.bincount(place, season) / np.bincount(place))[place]
    return Parts(fitted.trend, season, values - fitted.trend - season)


def mstl(
    values: Values, periods: Sequence[int], seasonal: Sequence[Seasonal] | None = None, **how: Any
) -> tuple[Values, list[Values], Values]:
    """Several seasons at once, shortest first: each in turn is taken from what the others leave, twice round.

    Bandara, Hyndman and Bergmeir (2021), with the spans of ``forecast::mstl`` (11, 15, ... ) unless given; ``how`` as
    in ``stl``. Returns the trend, a season for each period, and the remainder.

    Examples
    --------
    >>> trend, seasons, rest = mstl(np.tile([1.0, 2.0, 3.0, 6.0], 12), [2, 4], ["periodic", "periodic"])
    >>> (trend + sum(seasons) + rest).round(6).tolist()[:4]
    [1.0, 2.0, 3.0, 6.0]
    """
    spans = spans_of(len(periods), seasonal)
    seasons = [np.zeros(len(values)) for _ in periods]
    left, trend = np.asarray(values, dtype=float), np.zeros(len(values))
    for _ in range(_ITERATIONS if len(periods) > 1 else 1):
        for place, period in enumerate(periods):
            left = left + seasons[place]
            trend, seasons[place], _rest = stl(left, period, spans[place], **how)
            left = left - seasons[place]
    return trend, seasons, left - trend


def spans_of(many: int, given: Sequence[Seasonal] | None) -> list[Seasonal]:
    """The seasonal window of each of several seasons.

    >>> spans_of(2, None), spans_of(2, ["periodic"])
    ([11, 15], ['periodic', 'periodic'])
    """
    if given is None:
        return [7 + 4 * place for place in range(1, many + 1)]
    if len(given) not in (1, many):
        raise ValueError(f"There are {many} seasons and {len(given)} seasonal windows. Give one, or one for each.")
    return [*given] * many if len(given) == 1 else [*given]
