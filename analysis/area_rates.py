"""Rates per 1,000 of areas against the rest of their force, in the shape in which surveys' areas are compared.

A count is exact; its interval asks what rate it could come from by chance alone. Between areas more than chance is at
work, so the comparison with the rest allows for dispersion: a count's variance is so many times the count.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.change import default_dispersion
from analysis.intervals import EXACT_BELOW, check_counts, check_dispersion, rate
from analysis.limits import count_limits
from analysis.rank_ranges import sidak
from analysis.survey import ALL

__all__ = ["PER", "RATE", "rates_against_rest"]

PER = 1000  # residents
RATE = "rate per 1,000"  # the measure
_TESTS = {"score": "score test with the pooled rate", "wald": "Wald's test on the difference of rates"}
_POISSON = "The rate's own interval is that of chance alone"
_ADDED = "The force's count is that of the areas listed."


def rates_against_rest(
    counts: pd.DataFrame, *, test: str = "score", dispersion: float | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Every area's rate with the rest's, the difference between them and how sure it is.

    Parameters
    ----------
    counts
        ``wave`` (the period), ``question`` (what is counted), ``area, value`` (the count) and ``population``; the force
        as area ALL where it is more than its areas together.
    test
        ``score`` or ``wald``. With a count under ten on either side, and no dispersion above 1 given, the exact test of
        the counts given their sum takes its place.
    dispersion
        Variance of every count as a multiple of it; by ``analysis.change.default_dispersion`` when None.
    confidence
        Level of the intervals.

    Returns
    -------
    DataFrame
        The columns of ``analysis.area_rest.against_rest``. Estimates are rates per 1,000, ``n`` is the count,
        ``n_effective`` the count over its dispersion.

    Raises
    ------
    ValueError
        For an unknown test, a negative count, a population of 0 or less, or the force counted below its area.

    Examples
    --------
    >>> counts = pd.DataFrame({"wave": "2022-23", "question": "burglary", "area": ["North", "South"],
    ...                        "value": [60.0, 400.0], "population": [12000.0, 110000.0]})
    >>> told = rates_against_rest(counts, dispersion=1)
    >>> told[["area", "estimate", "lower", "upper", "rest", "p"]].round(4).values.tolist()[0]
    ['North', 5.0, 3.8153, 6.4361, 3.6364, 0.0209]
    """
    if test not in _TESTS:
        raise ValueError(f"A test is one of {', '.join(_TESTS)}, not {test}.")
    if dispersion is not None:
        check_dispersion(dispersion)
    check_counts(*counts["value"])
    for row in counts[~(counts["population"] > 0)].itertuples():
        raise ValueError(f"The rate of {row.area} needs a population above 0, not {row.population:g}.")
    for column in ("value", "population"):
        if counts[column].isna().any():
            raise ValueError(
                f"There is no {column} of {', '.join(counts.loc[counts[column].isna(), 'area'].unique())}."
            )
    told = _with_rest(counts)
    if told.empty:
        raise ValueError("There are no counts with residents, so there is no rate to compare.")
    rows = [_compared(row, test, dispersion, confidence) for row in told.itertuples()]
    told = told[["wave", "question", "measure", "area"]].join(pd.DataFrame(rows, index=told.index))
    return told.assign(confidence=confidence, withheld=told["rest"].isna())


def _with_rest(counts: pd.DataFrame) -> pd.DataFrame:
    """Each area's count and population with those of the force and the rest."""
    whole, own = counts[counts["area"] == ALL], counts[counts["area"] != ALL]
    numbers, keys = ["value", "population"], ["wave", "question"]
    added = own.groupby(keys, sort=False)[numbers].sum().reset_index().assign(added=True)
    every = pd.concat([whole[[*keys, *numbers]].assign(added=False), added], ignore_index=True).drop_duplicates(keys)
    told = own[[*keys, "area", *numbers]].merge(every, on=keys, suffixes=("", "_force")).assign(measure=RATE)
    for name in numbers:
        told[f"{name}_rest"] = told[f"{name}_force"] - told[name]
    for row in told[(told["value_rest"] < 0) | (told["population_rest"] < 0)].itertuples():
        raise ValueError(f"{row.question} in {row.wave}: the force ({ALL}) has less than {row.area}, a part of it.")
    told["areas"] = told.groupby([*keys])["area"].transform("size")
    return told


def _compared(row: Any, test: str, given: float | None, confidence: float) -> dict[str, Any]:
    own, lower, upper = rate(row.value, row.population, PER, confidence)
    spread = default_dispersion(row.value, row.value) if given is None else given
    of_rest = default_dispersion(row.value_rest, row.value_rest) if given is None else given
    variance = spread * max(row.value, 0.5) / row.population**2 * PER**2
    made = "exact Poisson" if row.value < EXACT_BELOW else "Byar"
    joint = count_limits(row.value, spread, sidak(confidence, row.areas))
    told: dict[str, Any] = {
        "n": row.value, "estimate": own, "standard_error": math.sqrt(variance), "n_effective": row.value / spread,
        "lower": lower, "upper": upper, "method": f"rate per {PER:,}, {made} limits", "variance": variance,
        "joint_lower": joint[0] / row.population * PER, "joint_upper": joint[1] / row.population * PER,
        "force": row.value_force / row.population_force * PER, "rest": math.nan, "dispersion": spread,
    }  # fmt: skip
    words = [f"{_POISSON}; the comparison allows {spread:.3g} times its variance." if spread > 1 else ""]
    told["caveat"] = " ".join([*words, *([_ADDED] if row.added else [])]).strip()
    if not row.population_rest > 0:
        nothing = ["n_rest", "n_effective_rest", "difference", "difference_error", "difference_lower"]
        nothing += ["difference_upper", "p", "from_force", "from_force_error", "from_force_lower", "from_force_upper"]
        return told | dict.fromkeys(nothing, math.nan)
    return told | _from_rest(row, told, test, (spread, of_rest), confidence, given is None or given <= 1)


def _from_rest(
    row: Any, told: dict[str, Any], test: str, spreads: tuple[float, float], confidence: float, exact: bool
) -> dict[str, Any]:
    """The difference from the rest with its limits, by MOVER from those of each rate; the same from the force."""
    rest = row.value_rest / row.population_rest * PER
    limits = [
        np.array(count_limits(count, spread, confidence)) / population * PER
        for count, population, spread in zip(
            (row.value, row.value_rest), (row.population, row.population_rest), spreads, strict=True
        )
    ]
    (low, high), (rest_low, rest_high) = limits
    difference = told["estimate"] - rest
    down = math.hypot(told["estimate"] - low, rest_high - rest)
    up = math.hypot(high - told["estimate"], rest - rest_low)
    error = math.sqrt(told["variance"] + spreads[1] * row.value_rest / row.population_rest**2 * PER**2)
    part = row.population_rest / row.population_force  # the force's rate is a mean of both, by population
    p, made = _p(row, difference, error, test, spreads, exact)
    return {
        "rest": rest, "n_rest": row.value_rest, "n_effective_rest": row.value_rest / spreads[1],
        "difference": difference, "difference_error": error, "difference_lower": difference - down,
        "difference_upper": difference + up, "p": p, "from_force": difference * part, "from_force_error": error * part,
        "from_force_lower": (difference - down) * part, "from_force_upper": (difference + up) * part,
        "method": f"{told['method']}; difference from the rest by MOVER from each rate's limits; p from the {made}",
    }  # fmt: skip


def _p(
    row: Any, difference: float, error: float, test: str, spreads: tuple[float, float], exact: bool
) -> tuple[float, str]:
    """Two-sided p value that two rates are equal, and which test gave it."""
    both, of_area = row.value + row.value_rest, row.population / row.population_force
    if exact and min(row.value, row.value_rest) < EXACT_BELOW:
        p = float(stats.binomtest(round(row.value), round(both), of_area).pvalue) if both else 1.0
        return p, "exact test of the counts given their sum"
    words = f"{_TESTS[test]}, variance {spreads[0]:.3g} and {spreads[1]:.3g} times the counts"
    if difference == 0:
        return 1.0, words
    if test == "score":
        pooled = both / row.population_force
        error = math.sqrt(pooled * (spreads[0] / row.population + spreads[1] / row.population_rest)) * PER
    return float(2 * stats.norm.sf(abs(difference) / error)), words
