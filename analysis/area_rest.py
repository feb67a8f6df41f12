"""Each area of a survey against the rest of its force, and against the whole force that it is a part of.

The rest is everybody else: the whole sample's sums less the area's own. An area and its rest share no respondent; an
area and the force do, which is counted. Differences are the area's share less the other's. The rest's effective base
after Taylor is that of its areas put together, each with its own spread: how areas differ is no part of its error.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.intervals import newcombe, tail_area
from analysis.rank_ranges import sidak
from analysis.survey import ALL, CELL, estimates
from analysis.survey_intervals import survey_limits
from analysis.survey_precision import precision
from analysis.survey_variance import NET, linearised, variance_of_total
from analysis.survey_waves import wald_test

__all__ = ["AREA_CELL", "AREA_TESTS", "FEW_IN_REST", "against_rest", "compared_shares"]

_LIMITS = "difference from the rest by Newcombe at effective bases; "
AREA_TESTS = {
    "score": _LIMITS + "p from the score test there, pooled at the force's share",
    "wald": _LIMITS + "p from Wald's test on linearised standard errors",
}
FEW_IN_REST = "Too imprecise to compare: the rest has too few answers."
AREA_CELL = ["wave", "question", "measure"]  # what areas are compared on
_NET = "difference from the rest by normal interval and Wald's test on linearised standard errors"
_SUMS = ["n", "sum_w", "sum_w2", "sum_wy", "psus", "psu_ww", "psu_wy", "psu_yy"]
_CROSSING = (
    "Sampling units (clusters) lie in more than one area, or some of their respondents in none, so sums do not tell "
    "what the rest of the force answered. Choose areas that no cluster crosses, and give everybody one."
)


def against_rest(
    sums: pd.DataFrame,
    design: pd.DataFrame,
    *,
    test: str = "score",
    method: str = "wilson",
    confidence: float = 0.95,
    include_dont_know: bool = False,
) -> pd.DataFrame:
    """Every area's answer with the rest's, the difference between them and how sure it is.

    Parameters
    ----------
    sums, design
        As ``analysis.survey.estimates`` takes them; the groups are the areas, ALL among them.
    test
        ``score`` or ``wald``, for shares.
    method, confidence, include_dont_know
        As in ``analysis.survey.estimates``.

    Returns
    -------
    DataFrame
        The columns of ``analysis.survey.estimates`` with ``area`` for its group, and ``force`` (the whole sample's
        estimate), ``rest, n_rest, n_effective_rest, difference`` (area less rest), ``difference_error,
        difference_lower, difference_upper, p``; ``from_force`` (area less force), ``from_force_error,
        from_force_lower, from_force_upper``; ``variance`` of the estimate and ``joint_lower, joint_upper``, limits that
        hold for all areas of a question at once. Nothing is withheld; ``withheld`` says what is too imprecise.

    Raises
    ------
    ValueError
        For an unknown test, sums without ALL, clusters that cross areas, and as ``estimates``.

    Examples
    --------
    >>> def cell(group: str, n: int, yes: int) -> dict[str, object]:
    ...     numbers = {"sum_w": n, "sum_w2": n, "psus": n, "psu_ww": n, "sum_wy": yes, "psu_wy": yes, "psu_yy": yes}
    ...     return {"wave": "1", "question": "Q4", "group": group, "measure": "top", "n": n} | numbers
    >>> sums = pd.DataFrame([cell("ALL", 1000, 700), cell("North", 200, 120), cell("South", 800, 580)]).astype(
    ...     {"sum_w": float, "sum_wy": float})
    >>> told = against_rest(sums, pd.DataFrame({"wave": ["1"], "n": 1000, "psus": 1000, "population": np.nan}))
    >>> told[["area", "estimate", "rest", "difference", "p"]].round(4).values.tolist()
    [['North', 0.6, 0.725, -0.125, 0.0006], ['South', 0.725, 0.6, 0.125, 0.0006]]
    """
    whole, own = sums[sums["group"] == ALL], sums[sums["group"] != ALL]
    if whole.empty:
        raise ValueError(f"To tell areas from the rest of their force, the sums need the whole sample, as group {ALL}.")
    _check_clusters(whole, own)
    parts = _parted(whole, own)
    how: dict[str, Any] = {"method": method, "confidence": confidence, "include_dont_know": include_dont_know}
    told = estimates(own, design, withhold=False, **how)
    told = told.merge(_force(whole, design), on=AREA_CELL, how="left")
    cells = linearised(own, design, CELL)  # in the order of the estimates, with what an interval needs
    rest = (
        _others(whole, own, parts, design).set_index(CELL).reindex(pd.MultiIndex.from_frame(told[CELL])).reset_index()
    )
    told["rest"], told["n_rest"] = rest["estimate"], rest["n"]
    told["n_effective_rest"] = rest["n_effective"]
    errors = _errors(parts, design, told.merge(rest[[*CELL, "sum_weights"]], on=CELL, suffixes=("", "_rest")))
    told = told.merge(errors, on=CELL, how="left")
    areas = told.groupby(AREA_CELL)["group"].transform("size")
    for number in areas.unique():
        joint = survey_limits(cells[areas == number], "wilson", sidak(confidence, int(number)))
        told.loc[areas == number, ["joint_lower", "joint_upper"]] = joint.to_numpy()
    few = precision(rest[rest["n"] > 0])["withheld"].reindex(rest.index, fill_value=True)
    told["caveat"] = told["caveat"].mask(
        few & ~told["withheld"], FEW_IN_REST + " " + told["caveat"]
    ).str.strip()  # fmt: skip
    told["withheld"] |= few
    return compared_shares(told.rename(columns={"group": "area"}), test)


def compared_shares(told: pd.DataFrame, test: str = "score") -> pd.DataFrame:
    """Shares and net scores with the rest's beside them: the differences, their limits and p values.

    Parameters
    ----------
    told
        ``measure, estimate, standard_error, n_effective, confidence, method, force, rest, n_effective_rest``, and the
        standard errors ``difference_error`` (for Wald's test and net scores) and ``from_force_error``.
    test
        ``score`` or ``wald``.

    Raises
    ------
    ValueError
        For an unknown test.
    """
    if test not in AREA_TESTS:
        raise ValueError(f"A test is one of {', '.join(AREA_TESTS)}, not {test}.")
    told = told.assign(difference=told["estimate"] - told["rest"], from_force=told["estimate"] - told["force"])
    compared = [_compared(row, test) for row in told.itertuples()]
    for place, name in enumerate(["difference_lower", "difference_upper", "p"]):
        told[name] = pd.Series([row[place] for row in compared], index=told.index, dtype=float)
    half = told["from_force_error"] * [_normal(level) for level in told["confidence"]]
    told["from_force_lower"], told["from_force_upper"] = told["from_force"] - half, told["from_force"] + half
    told["variance"] = _variances(told)
    words = np.where(told["measure"] == NET, _NET, AREA_TESTS[test])
    told["method"] = [f"{made}; {word}" for made, word in zip(told["method"], words, strict=True)]
    return told


def _check_clusters(whole: pd.DataFrame, own: pd.DataFrame) -> None:
    """Refuse clusters that cross areas: what such a unit adds to the rest's squares is not in the sums."""
    if (whole["psus"] == whole["n"]).all():
        return
    keys = [*AREA_CELL, *(["stratum"] if "stratum" in whole else [])]
    of_whole, of_areas = (each.groupby(keys, dropna=False)[["n", "psus"]].sum() for each in (whole, own))
    if not of_whole.equals(of_areas.reindex(of_whole.index)):
        raise ValueError(_CROSSING)


def _parted(whole: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Each stratum's sums for every area and, with ``_rest`` behind their names, for everybody else."""
    keys = [*AREA_CELL, *(["stratum"] if "stratum" in whole else [])]
    both = own[CELL].drop_duplicates().merge(whole[[*keys, *_SUMS]], on=AREA_CELL)
    both = both.merge(own[[*keys, "group", *_SUMS]], on=[*keys, "group"], how="left", suffixes=("_all", ""))
    both[_SUMS] = both[_SUMS].fillna(0.0)
    nobody = both["n_all"] - both["n"] == 0
    for name in _SUMS:
        both[f"{name}_rest"] = (both[f"{name}_all"] - both[name]).mask(nobody, 0.0)
    return both.drop(columns=[f"{name}_all" for name in _SUMS])


def _force(whole: pd.DataFrame, design: pd.DataFrame) -> pd.DataFrame:
    told = linearised(whole, design, CELL)
    return told[[*AREA_CELL, "estimate", "sum_weights"]].rename(
        columns={"estimate": "force", "sum_weights": "sum_weights_force"}
    )


def _others(whole: pd.DataFrame, own: pd.DataFrame, parts: pd.DataFrame, design: pd.DataFrame) -> pd.DataFrame:
    """The rest of each area as if it were a group of its own, with the effective base of its areas put together."""
    stratum = ["stratum"] if "stratum" in parts else []
    named = parts[[*CELL, *stratum]]
    rest = linearised(named.join(parts[[f"{name}_rest" for name in _SUMS]].set_axis(_SUMS, axis=1)), design, CELL)
    cells = linearised(pd.concat([own, _nameless(whole, own)], ignore_index=True), design, CELL)
    cells["spread"] = (cells["sum_weights"] * cells["standard_error"]) ** 2
    spread = rest[CELL].merge(cells[[*CELL, "spread"]], on=CELL)["spread"]
    every = rest[CELL].merge(cells.groupby(AREA_CELL)["spread"].sum().reset_index(), on=AREA_CELL)["spread"]
    p, error = rest["estimate"], (every - spread).clip(lower=0) / rest["sum_weights"] ** 2
    rest["taylor"] = (p * (1 - p) / error.where(error > 0)).where(rest["taylor"].notna())
    rest["n_effective"] = rest[["kish", "taylor", "n"]].min(axis="columns")
    return rest


def _nameless(whole: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Those who are in no area, as an area of their own; no row where there are none."""
    keys = [*AREA_CELL, *(["stratum"] if "stratum" in whole else [])]
    of_areas = own.groupby(keys, dropna=False)[_SUMS].sum().reindex(pd.MultiIndex.from_frame(whole[keys]), fill_value=0)
    left = whole[keys].assign(group="").reset_index(drop=True)
    left[_SUMS] = whole[_SUMS].to_numpy() - of_areas.to_numpy()
    return left[left["n"] > 0]


def _errors(parts: pd.DataFrame, design: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Standard errors of area less rest, and of area less force, whose respondents overlap.

    A respondent's linearised value is w (a y - c), with one a and c inside the area and another outside.
    """
    numbers = parts[CELL].merge(told, on=CELL, how="left").set_axis(parts.index)
    of_area = 1 / numbers["sum_weights"]
    of_rest = 1 / numbers["sum_weights_rest"].where(numbers["n_rest"] > 0)
    of_force = 1 / numbers["sum_weights_force"]
    p, rest, force = numbers["estimate"], numbers["rest"], numbers["force"]
    inside = {"difference": (of_area, of_area * p)}
    outside = {"difference": (-of_rest, -of_rest * rest)}
    inside["from_force"] = (of_area - of_force, of_area * p - of_force * force)
    outside["from_force"] = (-of_force, -of_force * force)
    made = parts[CELL].copy()
    for name in inside:
        (a, c), (b, d) = inside[name], outside[name]
        squares = a**2 * parts["psu_yy"] - 2 * a * c * parts["psu_wy"] + c**2 * parts["psu_ww"]
        squares += b**2 * parts["psu_yy_rest"] - 2 * b * d * parts["psu_wy_rest"] + d**2 * parts["psu_ww_rest"]
        total = a * parts["sum_wy"] - c * parts["sum_w"] + b * parts["sum_wy_rest"] - d * parts["sum_w_rest"]
        made[f"{name}_error"] = variance_of_total(parts, design, squares, total)
    return made.groupby(CELL, dropna=False, sort=False).sum(min_count=1).pow(0.5).reset_index()


def _compared(row: Any, test: str) -> tuple[float, float, float]:
    """Limits of the difference from the rest, and the p value that there is none; missing where nothing is known."""
    p1, n1, p2, n2 = row.rest, row.n_effective_rest, row.estimate, row.n_effective
    if any(pd.isna(number) for number in (p1, n1, p2, n2)):
        return math.nan, math.nan, math.nan
    error = row.difference_error
    if row.measure == NET:
        half = _normal(row.confidence) * error
        return p2 - p1 - half, p2 - p1 + half, wald_test(p2 - p1, error)
    p1, p2 = min(max(p1, 0.0), 1.0), min(max(p2, 0.0), 1.0)  # sums of sums may miss 0 and 1 by a hair
    p = _score_test(p1, n1, p2, n2, row.force) if test == "score" else wald_test(p2 - p1, error)
    return *newcombe(p1 * n1, n1, p2 * n2, n2, row.confidence), p


def _score_test(p1: float, n1: float, p2: float, n2: float, pooled: float) -> float:
    """Two-sided p value that two shares are equal to the one of both together, each at its effective base.

    >>> round(_score_test(0.725, 800, 0.6, 200, 0.7), 6)
    0.00056
    """
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    return 1.0 if p1 == p2 else float(2 * stats.norm.sf(abs(p2 - p1) / math.sqrt(variance)))


def _normal(confidence: float) -> float:
    return float(stats.norm.isf(tail_area(confidence) / 2))


def _variances(told: pd.DataFrame) -> pd.Series:
    """Of each estimate: p (1 - p) at the effective base; at 0% and 100% as if half an answer had been otherwise."""
    p, n = told["estimate"].clip(0, 1), told["n_effective"]
    p = p.where((p > 0) & (p < 1), (p * n + 0.5) / (n + 1))
    return (p * (1 - p) / n).where(told["measure"] != NET, told["standard_error"].pow(2)).where(lambda each: each > 0)
