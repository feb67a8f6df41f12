"""Raking: weights that give a sample the margins of its population, and what that did to them.

Iterative proportional fitting over the cells that the margins cross, so no respondent's row is needed: everybody in
one cell has their weight multiplied by the same factor, a product of one factor for each of their levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Raking", "rake", "raking_sentence"]

_NEAR = 1e-12  # the largest part by which any margin may still be off
_ROUNDS = 200
_SHARES_OFF = 0.005  # what the shares of one variable may differ from 1 by, for rounding


@dataclass(frozen=True)
class Raking:
    """What to multiply weights by, and what it does.

    Attributes
    ----------
    factors
        Variable to level to factor. A respondent's weight times the factors of all their levels has mean 1.
    summary
        One row: ``n``, ``rounds``, ``design_effect_before`` and ``design_effect_after`` (Kish),
        ``least_before, most_before, least_after, most_after``, the smallest and largest weight at mean 1.
    margins
        ``variable, level, share, before``: the share aimed at and reached, and the weighted share before.
    """

    factors: Mapping[str, Mapping[str, float]]
    summary: pd.DataFrame
    margins: pd.DataFrame


def rake(cells: pd.DataFrame, margins: pd.DataFrame) -> Raking:
    """Find the factors that give a sample its population's margins.

    Parameters
    ----------
    cells
        The sample by every combination of levels, from ``data.survey_sums.margin_cells``: the variables, ``n``,
        ``sum_w``, ``sum_w2``, ``least`` and ``most``.
    margins
        ``variable, level, share``: the population's, which sum to 1 for each variable.

    Raises
    ------
    ValueError
        When shares do not sum to 1, a level is on one side only, a respondent has no level, or no weights fit.

    Examples
    --------
    >>> cells = pd.DataFrame({"sex": ["F", "M"], "n": [60, 40], "sum_w": [60.0, 40.0], "sum_w2": [60.0, 40.0],
    ...                       "least": 1.0, "most": 1.0})
    >>> margins = pd.DataFrame({"variable": "sex", "level": ["F", "M"], "share": [0.5, 0.5]})
    >>> raking = rake(cells, margins)
    >>> {level: round(factor, 4) for level, factor in raking.factors["sex"].items()}
    {'F': 0.8333, 'M': 1.25}
    >>> raking.summary[["design_effect_before", "design_effect_after"]].round(4).values.tolist()
    [[1.0, 1.0417]]
    """
    _check(cells, margins)
    aims = {
        str(name): own.set_index("level")["share"] / own["share"].sum()
        for name, own in margins.groupby("variable", sort=False)
    }
    places = {name: aim.index.get_indexer(pd.Index(cells[name])) for name, aim in aims.items()}
    factors = {name: np.ones(len(aim)) for name, aim in aims.items()}
    weights = cells["sum_w"].to_numpy(dtype=float)
    total = float(cells["n"].sum())
    rounds, off = 0, np.inf
    while off > _NEAR and rounds < _ROUNDS:
        rounds, off = rounds + 1, 0.0
        for name, aim in aims.items():
            now = np.bincount(places[name], weights, len(aim))
            step = np.divide(
                aim.to_numpy() * total, now, out=np.ones(len(aim)), where=now > 0
            )  # nobody where 0 is aimed at
            with np.errstate(over="ignore", under="ignore"):  # where no weights fit, factors grow without end
                factors[name] *= step
            weights = weights * step[places[name]]
            off = max(off, float(np.abs(step - 1).max()))
    if off > _NEAR:
        raise ValueError("No weights give these margins together. Join levels that few respondents have.")
    times = np.prod([factors[name][places[name]] for name in aims], axis=0)
    return Raking(
        {name: dict(zip(map(str, aim.index), factors[name].tolist(), strict=True)) for name, aim in aims.items()},
        _summary(cells, times, rounds),
        _reached(cells, weights, aims),
    )


def raking_sentence(raking: Raking, wave: str = "", equal: bool = True) -> str:
    """What raking did to the weights, in one sentence.

    >>> cells = pd.DataFrame({"sex": ["F", "M"], "n": [60, 40], "sum_w": [60.0, 40.0], "sum_w2": [60.0, 40.0],
    ...                       "least": 1.0, "most": 1.0})
    >>> margins = pd.DataFrame({"variable": "sex", "level": ["F", "M"], "share": [0.5, 0.5]})
    >>> print(raking_sentence(rake(cells, margins), "2023-01"))
    Wave 2023-01: 100 respondents raked to sex, from equal weights. Weights run from 0.83 to 1.25 times their mean
    (before: 1.00 to 1.00), the design effect is 1.04 (before: 1.00); none is trimmed.
    """
    [did] = raking.summary.itertuples()
    return (
        f"{f'Wave {wave}: ' if wave else ''}{did.n:,} respondents raked to {', '.join(raking.factors)}, from "
        f"{'equal weights' if equal else 'the weights of the file'}. Weights run from {did.least_after:.2f} to "
        f"{did.most_after:.2f} times their mean (before: {did.least_before:.2f} to {did.most_before:.2f}), the design "
        f"effect is {did.design_effect_after:.2f} (before: {did.design_effect_before:.2f}); none is trimmed."
    )


def _check(cells: pd.DataFrame, margins: pd.DataFrame) -> None:
    problems = []
    for name, own in margins.groupby("variable", sort=False):
        if abs(own["share"].sum() - 1) > _SHARES_OFF or (own["share"] < 0).any():
            problems.append(f"The shares of {name} sum to {own['share'].sum():.4g}; they must sum to 1, none below 0.")
        for level in own["level"][own["level"].duplicated()].unique():
            problems.append(f"Level '{level}' of {name} stands twice in the margins.")
        if without := int(cells["n"][cells[name].isna()].sum()):
            problems.append(
                f"{without:,} of the respondents have no {name}. Leave {name} out of the margins, or fill it in."
            )
        found, wanted = set(cells[name].dropna()), set(own["level"][own["share"] > 0])
        problems += [
            f"Level '{level}' of {name} is in the margins, but no respondent has it. Join it with another."
            for level in sorted(wanted - found)
        ]
        problems += [
            f"Level '{level}' of {name} has no share above 0 in the margins. Give its share."
            for level in sorted(found - wanted)
        ]
    if margins.empty:
        problems.append("There are no margins to rake to.")
    if problems:
        raise ValueError(" ".join(problems))


def _summary(cells: pd.DataFrame, times: np.ndarray, rounds: int) -> pd.DataFrame:
    n, before, squares = cells["n"].sum(), cells["sum_w"].sum(), cells["sum_w2"].sum()
    after, mean = (cells["sum_w"] * times).sum(), before / n
    row = {
        "n": int(n),
        "rounds": rounds,
        "design_effect_before": n * squares / before**2,
        "design_effect_after": n * (cells["sum_w2"] * times**2).sum() / after**2,
        "least_before": cells["least"].min() / mean,
        "most_before": cells["most"].max() / mean,
        "least_after": (cells["least"] * times).min() / (after / n),
        "most_after": (cells["most"] * times).max() / (after / n),
    }
    return pd.DataFrame([row])


def _reached(cells: pd.DataFrame, weights: np.ndarray, aims: Mapping[str, pd.Series]) -> pd.DataFrame:
    rows = []
    for name, aim in aims.items():
        before = (cells["sum_w"] / cells["sum_w"].sum()).groupby(cells[name]).sum()
        after = pd.Series(weights / weights.sum()).groupby(cells[name].to_numpy()).sum()
        rows += [(name, level, after.get(level, 0.0), before.get(level, 0.0)) for level in aim.index]
    return pd.DataFrame(rows, columns=["variable", "level", "share", "before"])
