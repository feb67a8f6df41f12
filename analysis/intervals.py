"""Confidence intervals and tests for shares, counts and rates, each a plain function of numbers.

All intervals are two-sided at ``confidence`` (0.95 unless said). Shares run from 0 to 1. Known answers from R stand in
``tests/known_answers``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

__all__ = [
    "benjamini_hochberg",
    "byar",
    "check_counts",
    "check_dispersion",
    "clopper_pearson",
    "conditional_ratio",
    "count_difference",
    "exact_poisson",
    "fisher",
    "holm",
    "instead_of_hidden",
    "jeffreys",
    "log_rate_ratio",
    "newcombe",
    "rate",
    "tail_area",
    "wilson",
]

EXACT_BELOW = 10  # counts under this get exact limits (Public Health England's rule)

Limits = tuple[float, float]


def tail_area(confidence: float) -> float:
    """What an interval leaves out, both ends together; refuses a level outside 0 to 1.

    >>> round(tail_area(0.95), 12)
    0.05
    """
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, not at {confidence}.")
    return 1 - confidence


@lru_cache(maxsize=16)  # a survey asks for it thousands of times
def _quantile(confidence: float) -> float:
    return float(stats.norm.isf(tail_area(confidence) / 2))


def _check_share(x: float, n: float) -> None:
    if not (n > 0 and 0 <= x <= n):
        raise ValueError(f"A share needs a count from 0 to its base and a base above 0, not {x} of {n}.")


def wilson(x: float, n: float, confidence: float = 0.95) -> Limits:
    """Wilson score interval of a share; ``n`` may be an effective base. Wilson (1927).

    >>> [round(limit, 4) for limit in wilson(4, 55)]
    [0.0286, 0.1726]
    """
    _check_share(x, n)
    z, p = _quantile(confidence), x / n
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - half) / scale) if x > 0 else 0.0, min(1.0, (centre + half) / scale) if x < n else 1.0


def clopper_pearson(x: float, n: float, confidence: float = 0.95) -> Limits:
    """Exact (beta) interval of a share. Clopper and Pearson (1934).

    >>> [round(limit, 4) for limit in clopper_pearson(1, 50)]
    [0.0005, 0.1065]
    """
    _check_share(x, n)
    alpha = tail_area(confidence)
    lower = 0.0 if x == 0 else float(stats.beta.ppf(alpha / 2, x, n - x + 1))
    upper = 1.0 if x == n else float(stats.beta.ppf(1 - alpha / 2, x + 1, n - x))
    return lower, upper


def jeffreys(x: float, n: float, confidence: float = 0.95) -> Limits:
    """Jeffreys interval of a share, from its Beta(1/2, 1/2) prior; 0 and 1 at the ends. Brown, Cai, DasGupta (2001).

    >>> [round(limit, 4) for limit in jeffreys(1, 50)]
    [0.0022, 0.0897]
    """
    _check_share(x, n)
    alpha = tail_area(confidence)
    lower = 0.0 if x == 0 else float(stats.beta.ppf(alpha / 2, x + 0.5, n - x + 0.5))
    upper = 1.0 if x == n else float(stats.beta.ppf(1 - alpha / 2, x + 0.5, n - x + 0.5))
    return lower, upper


def newcombe(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> Limits:
    """Hybrid score interval of the difference of two shares, second minus first. Newcombe (1998), method 10.

    >>> [round(limit, 4) for limit in newcombe(48, 80, 56, 70)]
    [0.0524, 0.3339]
    """
    (l1, u1), (l2, u2) = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    p1, p2 = x1 / n1, x2 / n2
    return p2 - p1 - math.hypot(p2 - l2, u1 - p1), p2 - p1 + math.hypot(u2 - p2, p1 - l1)


def fisher(x1: float, n1: float, x2: float, n2: float) -> float:
    """Fisher's exact two-sided p value that two shares are equal.

    >>> round(fisher(1, 50, 4, 55), 6)
    0.365747
    """
    _check_share(x1, n1)
    _check_share(x2, n2)
    return float(stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue)


def byar(count: float, confidence: float = 0.95) -> Limits:
    """Byar's limits of a count. Breslow and Day (1987).

    >>> [round(limit, 3) for limit in byar(10)]
    [4.787, 18.391]
    """
    check_counts(count)
    z, above = _quantile(confidence), count + 1
    lower = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    return lower, above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3


def exact_poisson(count: float, confidence: float = 0.95) -> Limits:
    """Exact limits of a Poisson count, by chi-square. Garwood (1936).

    >>> [round(limit, 4) for limit in exact_poisson(0)]
    [0.0, 3.6889]
    """
    check_counts(count)
    alpha = tail_area(confidence)
    lower = 0.0 if count == 0 else float(stats.chi2.ppf(alpha / 2, 2 * count) / 2)
    return lower, float(stats.chi2.ppf(1 - alpha / 2, 2 * count + 2) / 2)


def rate(count: float, population: float, per: float = 1000, confidence: float = 0.95) -> tuple[float, float, float]:
    """A rate with its limits: exact below ten events, Byar from ten on.

    >>> [round(number, 3) for number in rate(25, 30000)]
    [0.833, 0.539, 1.23]
    """
    if not population > 0:
        raise ValueError(f"A rate needs a population above 0, not {population}.")
    lower, upper = exact_poisson(count, confidence) if count < EXACT_BELOW else byar(count, confidence)
    return count / population * per, lower / population * per, upper / population * per


def log_rate_ratio(
    earlier: float, later: float, dispersion: float = 1.0, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Limits of later / earlier for two counts over equal times, and the two-sided p value that the rates are equal.

    Normal on the log scale; the variance of each count is ``dispersion`` times its size (quasi-Poisson).

    >>> [round(number, 4) for number in log_rate_ratio(22617, 20803, 5.2534602788163625)]
    [0.8809, 0.9604, 0.0001]
    """
    check_counts(earlier, later)
    if earlier == 0 or later == 0:
        raise ValueError("A log rate ratio needs two counts above 0; use conditional_ratio.")
    check_dispersion(dispersion)
    error = math.sqrt(dispersion * (1 / earlier + 1 / later))
    middle, z = math.log(later / earlier), _quantile(confidence)
    p = float(2 * stats.norm.sf(abs(middle) / error))
    return math.exp(middle - z * error), math.exp(middle + z * error), p


def conditional_ratio(earlier: float, later: float, confidence: float = 0.95) -> tuple[float, float, float]:
    """Exact limits of later / earlier for two Poisson counts, given their sum, and the exact two-sided p value.

    Przyborowski and Wilenski (1940): given the sum, the later count is binomial with half the chance.

    >>> [round(number, 3) for number in conditional_ratio(8, 12)]
    [0.564, 4.23, 0.503]
    """
    check_counts(earlier, later)
    if earlier + later == 0:
        tail_area(confidence)
        return 0.0, math.inf, 1.0
    lower, upper = clopper_pearson(later, earlier + later, confidence)
    p = float(stats.binomtest(round(later), round(earlier + later), 0.5).pvalue)
    return lower / (1 - lower), upper / (1 - upper) if upper < 1 else math.inf, p


def count_difference(earlier: float, later: float, dispersion: float = 1.0, confidence: float = 0.95) -> Limits:
    """Limits of later - earlier, by MOVER from Byar's limits of each count; ``dispersion`` widens each side.

    Method of variance estimates recovery: Zou and Donner (2008).

    >>> [round(limit, 2) for limit in count_difference(26, 38)]
    [-4.43, 28.79]
    """
    check_dispersion(dispersion)
    (l1, u1), (l2, u2) = byar(earlier, confidence), byar(later, confidence)
    wider = math.sqrt(dispersion)
    middle = later - earlier
    return middle - wider * math.hypot(later - l2, u1 - earlier), middle + wider * math.hypot(u2 - later, earlier - l1)


def holm(p: Sequence[float]) -> list[float]:
    """Holm's adjusted p values, in the order given. Holm (1979).

    >>> [round(value, 3) for value in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    values = _p_values(p)
    order = np.argsort(values, kind="stable")
    steps = values[order] * np.arange(len(values), 0, -1)
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return [float(value) for value in adjusted]


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's adjusted p values (1995), in the order given.

    >>> [round(value, 3) for value in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    values = _p_values(p)
    order = np.argsort(values, kind="stable")[::-1]
    steps = values[order] * len(values) / np.arange(len(values), 0, -1)
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(np.minimum.accumulate(steps), 1)
    return [float(value) for value in adjusted]


def _p_values(p: Sequence[float]) -> NDArray[np.float64]:
    values = np.asarray(p, dtype=float)
    for value in values[~((values >= 0) & (values <= 1))]:
        raise ValueError(f"A p value lies from 0 to 1, not at {value}.")
    return values


def check_counts(*counts: float) -> None:
    """Refuse a count below 0 or missing, with a sentence."""
    for count in counts:
        if not count >= 0:
            raise ValueError(f"A count is 0 or more, not {count}.")


def check_dispersion(dispersion: float) -> None:
    """Refuse a dispersion of 0 or less, with a sentence."""
    if not dispersion > 0:
        raise ValueError(f"A dispersion is above 0, not {dispersion}.")


def instead_of_hidden(p: NDArray[np.float64], hidden: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The p values with the hidden ones as if nothing had been found there: no corrected one depends on theirs.

    They stay in the family, so its size is what it is, and every corrected p value that is shown is at least as large
    as with them. Replaced by anything that follows their order, the shown ones would tell where they lie.

    Parameters
    ----------
    p
        Of a family, none missing.
    hidden
        Which of them a viewer may not see, nor work out.

    Examples
    --------
    >>> instead_of_hidden(np.array([0.01, 0.02, 0.03]), np.array([False, True, False])).tolist()
    [0.01, 1.0, 0.03]
    """
    return np.where(hidden, 1.0, p)
