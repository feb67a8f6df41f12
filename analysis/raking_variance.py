"""Standard errors that count the raking: what the margins settle is no longer left to chance.

The error of the weights alone takes raked weights as if they had been given. Raking to margins that are known does
more: whatever of an answer goes with those margins would come out alike in every sample, so it is taken out of each
respondent's influence before its spread is measured. For the whole sample that is as a rule a little less; within a
group, to whose members the margins say little, it may also be a little more. Everything is a sum by cell of the
raking, so no respondent's row comes here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["raked_errors", "say_raking"]

_ROUNDS = 10  # as many as R takes
_OF = ["n", "sum_y", "sum_w", "sum_wy", "psu_ww", "psu_wy", "psu_yy"]
_METHOD = {False: "error of the raked weights alone", True: "error counts the raking to {}"}
_CAVEAT = {
    False: "The error takes the raked weights as given and does not count the raking.",
    True: "The error counts the raking and takes its margins as exact; small or imprecise cells are judged without.",
}


def raked_errors(
    sums: pd.DataFrame, cells: pd.DataFrame, variables: Sequence[str], keys: Sequence[str]
) -> pd.DataFrame:
    """The standard error of every share and net score, the raking counted.

    With w the raked weight, y what an answer counts as, p the estimate and W the weights of its base, a respondent's
    influence is x = w (y - p) / W, or 0 outside the base. Ten times over, for one margin after the other, w times the
    plain mean of x / w within each level is taken off x. The variance is n / (n - 1) times the sum of squares of what
    is left around its mean, n being the whole sample. This is how R's survey package does it (``svyrecvar`` of a
    design from ``rake``), after Deville and Sarndal, Calibration estimators in survey sampling, JASA 87 (1992).

    Parameters
    ----------
    sums, cells
        As ``data.raking_sums.raking_sums`` gives them, of one sample without strata and clusters: ``keys``, ``cell``
        (a row's place in ``cells``) and the sums; the cells with ``variables``, ``n``, ``sum_w`` and ``sum_w2``.
    variables
        The raking's, in the order in which it was done.
    keys
        What makes an estimate, such as question, group and measure.

    Returns
    -------
    DataFrame
        ``keys`` and ``standard_error``, a share of 1 as the estimate is; missing for a sample of one.

    Examples
    --------
    Had all women said yes and no man, raking to the two would leave nothing to chance.

    >>> cells = pd.DataFrame({"sex": ["F", "M"], "n": [60, 40], "sum_w": [50.0, 50.0], "sum_w2": [41.67, 62.5]})
    >>> sums = pd.DataFrame({"question": ["Q4", "Q4", "Q5", "Q5"], "cell": [0, 1, 0, 1], "n": [60, 40, 60, 40],
    ...     "sum_y": [60, 0, 30, 20], "sum_w": 50.0, "sum_wy": [50.0, 0.0, 25.0, 25.0],
    ...     "psu_ww": [41.67, 62.5, 41.67, 62.5], "psu_wy": [41.67, 0.0, 20.835, 31.25],
    ...     "psu_yy": [41.67, 0.0, 20.835, 31.25]})
    >>> raked_errors(sums, cells, ["sex"], ["question"]).round(4).values.tolist()
    [['Q4', 0.0], ['Q5', 0.0513]]
    """
    keys = list(keys)
    which = sums.groupby(keys, sort=False, dropna=False).ngroup().to_numpy()
    told = sums[keys].drop_duplicates(ignore_index=True)
    n, sum_y, w, wy, ww, wwy, wwyy = (sums[name].to_numpy(dtype=float) for name in _OF)
    base = np.bincount(which, w)
    p = (np.bincount(which, wy) / base)[which]
    place = (which, sums["cell"].to_numpy())
    influence = np.zeros((len(told), len(cells)))
    np.add.at(influence, place, (sum_y - p * n) / base[which])  # over the weight, added up within each cell
    people, weights, squares = (cells[name].to_numpy(dtype=float) for name in ("n", "sum_w", "sum_w2"))
    taken = _taken_by_margins(influence, people, cells[list(variables)])
    inside = (wwyy - 2 * p * wwy + p**2 * ww) / base[which] ** 2 - 2 * taken[place] * (wwy - p * ww) / base[which]
    left = np.bincount(which, inside) + taken**2 @ squares  # squares of x less w times what was taken
    middle = taken @ weights  # the influences themselves add up to 0
    total = people.sum()
    variance = (left - middle**2 / total) * (total / (total - 1) if total > 1 else np.nan)
    return told.assign(standard_error=np.sqrt(variance.clip(min=0)))  # never below 0 but by rounding


def say_raking(told: pd.DataFrame, variables: Sequence[str], counted: bool) -> pd.DataFrame:
    """Estimates whose method and caveat say whether their error counts the raking.

    Parameters
    ----------
    told
        Rows of ``analysis.survey.estimates`` as they are shown: ``estimate``, ``method`` and ``caveat``.
    variables
        What was raked to.
    counted
        Whether the errors are those of ``raked_errors``.

    Returns
    -------
    DataFrame
        The same rows. A withheld number has no error to speak of, and a method that is withheld stays so.

    Examples
    --------
    >>> told = pd.DataFrame({"estimate": [0.68], "method": ["Wilson"], "caveat": ["Small base."]})
    >>> say_raking(told, ["area", "sex"], counted=True)["method"].tolist()
    ['Wilson; error counts the raking to area, sex']
    >>> print(say_raking(told, ["area", "sex"], counted=False)["caveat"].iloc[0])
    Small base. The error takes the raked weights as given and does not count the raking.
    """
    how = f"; {_METHOD[counted].format(', '.join(variables))}"
    caveat = (told["caveat"] + f" {_CAVEAT[counted]}").str.strip()
    return told.assign(
        method=told["method"].where(told["method"] == "", told["method"] + how),
        caveat=told["caveat"].where(told["estimate"].isna(), caveat),
    )


def _taken_by_margins(
    influence: NDArray[np.float64], people: NDArray[np.float64], levels: pd.DataFrame
) -> NDArray[np.float64]:
    """What the margins take off a respondent's influence over their weight: alike for everybody in a cell."""
    taken = np.zeros_like(influence)
    belongs = [pd.get_dummies(levels[name]).to_numpy(dtype=float) for name in levels]
    for _ in range(_ROUNDS):
        for each in belongs:
            mean = (influence - taken * people) @ each / (people @ each)
            taken += mean @ each.T
    return taken
