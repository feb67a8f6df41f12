"""A funnel: how far a rate may lie from the force's by chance at each size, and by usual differences besides.

Square roots of rates have a spread that depends on size alone. What areas spread beyond chance is estimated from all of
them, the outermost tenth at either end drawn in first, and added to every limit (Spiegelhalter 2005; Spiegelhalter and
others 2012; the square-root form is the Care Quality Commission's).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.area_rates import PER
from analysis.intervals import check_counts, tail_area

__all__ = ["LEVELS", "Funnel", "funnel", "funnel_limits", "outside"]

LEVELS = (0.95, 0.998)
_DRAWN_IN = 0.10


@dataclass(frozen=True)
class Funnel:
    """What a set of rates is held against.

    Attributes
    ----------
    rate
        The force's, per 1,000: all counts over all residents.
    dispersion
        Mean squared distance from it in units of chance, after drawing in; about 1 where chance alone is at work.
    between
        Variance between areas of the square root of the ratio to the force's rate; 0 where chance explains the spread.
    areas
        How many there are.
    """

    rate: float
    dispersion: float
    between: float
    areas: int


def funnel(counts: Sequence[float], populations: Sequence[float], drawn_in: float = _DRAWN_IN) -> Funnel:
    """The centre and the spread of a funnel.

    Parameters
    ----------
    counts, populations
        Of each area.
    drawn_in
        The part of the areas at either end whose distances are drawn in to that quantile.

    Raises
    ------
    ValueError
        For a negative count, a population of 0 or less, no events at all, or fewer than two areas.

    Examples
    --------
    >>> found = funnel([90, 110, 100, 100], [1000, 1000, 1000, 1000])
    >>> found.rate, round(found.dispersion, 3), found.between
    (100.0, 0.246, 0.0)
    """
    check_counts(*counts)
    x, people = np.asarray(counts, dtype=float), np.asarray(populations, dtype=float)
    for population in people[~(people > 0)]:
        raise ValueError(f"A rate needs a population above 0, not {population:g}.")
    if x.size < 2 or not x.sum() > 0:
        raise ValueError("A funnel needs two areas or more, and at least one event.")
    centre = x.sum() / people.sum()
    expected = centre * people
    distances = 2 * (np.sqrt(x) - np.sqrt(expected))  # sqrt(x / expected) - 1, over its error 1 / (2 sqrt(expected))
    low, high = np.quantile(distances, [drawn_in, 1 - drawn_in])
    squares = float((np.clip(distances, low, high) ** 2).sum())
    weights = 4 * expected
    between = (squares - (x.size - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    return Funnel(float(centre * PER), squares / x.size, float(max(0.0, between)), x.size)


def funnel_limits(found: Funnel, populations: Sequence[float], level: float = 0.95) -> pd.DataFrame:
    """Lower and upper limit of a rate at each population.

    Parameters
    ----------
    found
        As ``funnel`` gives it.
    populations
        Sizes to draw the limits at, each above 0.
    level
        What part of areas like the others lies inside; the usual ones are ``LEVELS``.

    Returns
    -------
    DataFrame
        ``population, lower, upper`` (chance alone, by square roots) and ``wider_lower, wider_upper`` (with what areas
        differ by as a rule), per 1,000.

    Raises
    ------
    ValueError
        For a level outside 0 to 1 or a population of 0 or less.

    Examples
    --------
    >>> funnel_limits(Funnel(100.0, 4.0, 0.01, 10), [400, 10000]).round(1).values.tolist()
    [[400.0, 71.4, 133.4, 56.3, 156.2], [10000.0, 93.9, 106.3, 64.3, 143.6]]
    """
    people = np.asarray(populations, dtype=float)
    for population in people[~(people > 0)]:
        raise ValueError(f"A funnel's limits need populations above 0, not {population:g}.")
    z = float(stats.norm.isf(tail_area(level) / 2))
    told = {"population": people}
    for words, between in (("", 0.0), ("wider_", found.between)):
        reach = z * np.sqrt(PER / (4 * found.rate * people) + between)
        told[f"{words}lower"] = found.rate * np.clip(1 - reach, 0, None) ** 2
        told[f"{words}upper"] = found.rate * (1 + reach) ** 2
    return pd.DataFrame(told)


def outside(rate: float, population: float, found: Funnel, level: float = 0.998) -> str:
    """Where an area stands in the funnel, with what areas differ by as a rule allowed for.

    >>> outside(170, 400, Funnel(100.0, 4.0, 0.01, 10)), outside(170, 10000, Funnel(100.0, 4.0, 0.01, 10), 0.95)
    ('inside the funnel', 'above the funnel')
    """
    limits = funnel_limits(found, [population], level).iloc[0]
    if math.isnan(rate) or limits["wider_lower"] <= rate <= limits["wider_upper"]:
        return "inside the funnel" if not math.isnan(rate) else ""
    return "above the funnel" if rate > limits["wider_upper"] else "below the funnel"
