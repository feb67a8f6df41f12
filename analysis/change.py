"""How much something changed, and how sure that is: one pair of numbers in, one result out.

Counts are compared on the log scale with dispersion, exactly when either is small; shares by Newcombe's interval on
their own printed bases. A per cent is told only on a base of 50 or more, otherwise the difference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.intervals import (
    EXACT_BELOW,
    check_counts,
    check_dispersion,
    conditional_ratio,
    count_difference,
    fisher,
    log_rate_ratio,
    newcombe,
    tail_area,
)

__all__ = [
    "PERCENT_FROM",
    "Change",
    "compare_counts",
    "compare_rolling",
    "compare_shares",
    "compare_values",
    "default_dispersion",
]

PERCENT_FROM = 50  # no per cent on a base under this
_MOST_DISPERSION = 80.0
_COUNT_PER_DISPERSION = 100.0
_NO_PERCENT = f"No per cent on a base under {PERCENT_FROM}."
_OVERLAP = "The two periods share months; if those were revised since, the difference holds that too."
_FEW = f"A count under {EXACT_BELOW} over years that overlap is too small to tell what is new."


@dataclass(frozen=True)
class Change:
    """A change with its uncertainty and how it was made.

    Attributes
    ----------
    difference
        Later minus earlier, in the unit of the values; percentage points for percentages.
    percent
        The change as a per cent of the earlier count; None for shares, on small bases and where nothing is known.
    lower, upper
        Limits of ``percent`` where it is given, else of ``difference``; None when nothing is claimed.
    p
        Two-sided p value that nothing changed, before any correction; None when nothing is claimed.
    dispersion
        What the variance was multiplied by; None for shares and untested values.
    method, caveat
        In words.
    untested
        Why nothing is claimed, where the report's own print is not the reason.
    """

    difference: float
    percent: float | None
    lower: float | None
    upper: float | None
    p: float | None
    dispersion: float | None
    confidence: float
    method: str
    caveat: str = ""
    untested: str = ""


def default_dispersion(earlier: float, later: float) -> float:
    """How many times more than chance alone two annual counts may vary: 1 + mean / 100, at most 80.

    >>> default_dispersion(7000, 9000), default_dispersion(200000, 230000), default_dispersion(0, 0)
    (80.0, 80.0, 1.0)
    >>> default_dispersion(26, 38)
    1.32
    """
    return min(_MOST_DISPERSION, 1 + (earlier + later) / 2 / _COUNT_PER_DISPERSION)


def compare_counts(earlier: float, later: float, dispersion: float | None = None, confidence: float = 0.95) -> Change:
    """Two counts over equal times.

    Parameters
    ----------
    earlier, later
        Counts, 0 or more.
    dispersion
        Variance as a multiple of the count; the default rule when None.
    confidence
        Level of the interval.

    Raises
    ------
    ValueError
        For a negative count, a dispersion of 0 or less, or a confidence level outside 0 to 1.

    Examples
    --------
    >>> change = compare_counts(22617, 20803, dispersion=5.2534602788163625)
    >>> round(change.percent, 4), round(change.lower, 4), round(change.upper, 4)
    (-8.0205, -11.9055, -3.9642)
    >>> small = compare_counts(26, 38, dispersion=1)
    >>> small.percent, small.difference, round(small.lower, 1), round(small.upper, 1)
    (None, 12, -4.4, 28.8)
    """
    spread = _spread(earlier, later, dispersion)
    exact = min(earlier, later) < EXACT_BELOW
    if exact:
        low, high, p = conditional_ratio(earlier, later, confidence)
        method, spread = "exact test of the two counts given their sum", 1.0
    else:
        low, high, p = log_rate_ratio(earlier, later, spread, confidence)
        method = f"log rate ratio, variance {spread:.3g} times the count"
    if earlier >= PERCENT_FROM:
        percent = (later / earlier - 1) * 100
        return Change(later - earlier, percent, (low - 1) * 100, (high - 1) * 100, p, spread, confidence, method)
    lower, upper = count_difference(earlier, later, spread, confidence)
    method += "; difference with limits by MOVER from Byar's limits"
    return Change(later - earlier, None, lower, upper, p, spread, confidence, method, _NO_PERCENT)


def compare_rolling(
    earlier: float, later: float, new_months: int, dispersion: float | None = None, confidence: float = 0.95
) -> Change:
    """Two rolling 12-month counts that overlap: only ``new_months`` of the later one are new.

    The difference is the new months less those that dropped out, so its variance is that of two independent years
    times ``new_months`` / 12. Few new months of a varying count have longer tails than the normal curve: t with as much
    kurtosis as the difference of two gamma-Poisson counts. Counts under ten are not tested.

    Parameters
    ----------
    earlier, later
        Rolling 12-month counts.
    new_months
        Months from the one window's end to the other's, 1 to 11.
    dispersion, confidence
        As in ``compare_counts``.

    Raises
    ------
    ValueError
        When the windows do not overlap, and as ``compare_counts``.

    Examples
    --------
    >>> change = compare_rolling(20000, 19000, 3, dispersion=10)
    >>> round(change.percent, 1), round(change.lower, 1), round(change.upper, 1)
    (-5.0, -8.1, -1.9)
    """
    if not 0 < new_months < 12:
        raise ValueError(f"Rolling years overlap when 1 to 11 months are new, not {new_months}.")
    spread = _spread(earlier, later, dispersion)
    alpha = tail_area(confidence)
    if min(earlier, later) < EXACT_BELOW:
        return compare_values(earlier, later, confidence, untested=_FEW)
    difference = later - earlier
    error = math.sqrt(spread * (earlier + later) * new_months / 12)
    fresh = (earlier + later) / 2 * new_months / 12
    kurtosis = (6 * (max(spread, 1.0) - 1) / fresh + 1 / (spread * fresh)) / 2
    tails = stats.t(4 + 6 / kurtosis)
    half = float(tails.isf(alpha / 2)) * error
    p = float(2 * tails.sf(abs(difference) / error))
    method = f"overlapping years, {new_months} of 12 months new, variance {spread:.3g} times the count"
    if earlier < PERCENT_FROM:
        caveat = f"{_OVERLAP} {_NO_PERCENT}"
        return Change(difference, None, difference - half, difference + half, p, spread, confidence, method, caveat)
    scaled = [value / earlier * 100 for value in (difference, difference - half, difference + half)]
    return Change(difference, scaled[0], scaled[1], scaled[2], p, spread, confidence, method, _OVERLAP)


def compare_shares(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> Change:
    """Two shares of independent groups; the result is in percentage points, second minus first.

    >>> change = compare_shares(48, 80, 56, 70)
    >>> round(change.difference, 6), round(change.lower, 2), round(change.upper, 2)
    (20.0, 5.24, 33.39)
    """
    p = fisher(x1, n1, x2, n2)
    lower, upper = newcombe(x1, n1, x2, n2, confidence)
    points = (x2 / n2 - x1 / n1) * 100
    method = "Newcombe interval of the difference, Fisher's exact test"
    return Change(points, None, lower * 100, upper * 100, p, None, confidence, method)


def compare_values(earlier: float, later: float, confidence: float = 0.95, untested: str = "") -> Change:
    """Two values of unknown spread: the difference alone, nothing claimed; ``untested`` says why.

    >>> compare_values(24.85, 21.49).difference
    -3.36
    """
    difference = float(f"{later - earlier:.10g}")
    if math.isnan(difference):
        raise ValueError("Both values are needed to say how much changed.")
    return Change(difference, None, None, None, None, None, confidence, "difference only", untested=untested)


def _spread(earlier: float, later: float, dispersion: float | None) -> float:
    check_counts(earlier, later)
    spread = default_dispersion(earlier, later) if dispersion is None else dispersion
    check_dispersion(spread)
    return spread
