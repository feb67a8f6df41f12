"""Intervals of weighted shares and net scores, chosen by name.

``wilson``, the default, stands on the least of Kish's, Taylor's and the unweighted base. ``beta`` is Korn and
Graubard's exact interval at Taylor's base, ``logit`` is symmetric on the log odds with t, both as R's svyciprop gives
them. A net score has the t interval of its own standard error, whatever is chosen; as in R it may pass 1 or -1 by a
little when it lies close to it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.intervals import clopper_pearson, tail_area, wilson
from analysis.survey_variance import NET

__all__ = ["METHODS", "method_words", "survey_limits"]

METHODS = {
    "wilson": "Wilson at the least of Kish's, Taylor's and the unweighted base",
    "beta": "Korn-Graubard (exact beta) at Taylor's effective base",
    "logit": "logit with t on the linearised standard error",
}
_NET = "t interval on the net score's own linearised standard error"
_NET_ALL_ALIKE = "Wilson for the share that could have answered otherwise, as all answered alike"
_AT_THE_ENDS = {
    "wilson": METHODS["wilson"],
    "beta": "Clopper-Pearson at Kish's effective base, as there is no spread at 0% or 100%",
    "logit": "Wilson at Kish's effective base, as there are no log odds at 0% or 100%",
}


def method_words(cells: pd.DataFrame, method: str) -> pd.Series:
    """Which interval each cell got, in words.

    Raises
    ------
    ValueError
        For a method that is not in ``METHODS``.
    """
    if method not in METHODS:
        raise ValueError(f"An interval's method is one of {', '.join(METHODS)}, not {method}.")
    ends = cells["taylor"].isna()
    net = np.where(cells["standard_error"] > 0, _NET, _NET_ALL_ALIKE)
    words = np.where(cells["measure"] == NET, net, np.where(ends, _AT_THE_ENDS[method], METHODS[method]))
    return pd.Series(words, index=cells.index, dtype="str")


def survey_limits(cells: pd.DataFrame, method: str = "wilson", confidence: float = 0.95) -> pd.DataFrame:
    """Lower and upper limit of every cell.

    Parameters
    ----------
    cells
        As ``analysis.survey_variance.linearised`` gives them.
    method
        A key of ``METHODS``.
    confidence
        Level of the intervals.

    Returns
    -------
    DataFrame
        ``lower`` and ``upper`` with the index of ``cells``; missing where a cell has no standard error.

    Raises
    ------
    ValueError
        For an unknown method or a confidence level outside 0 to 1.

    Examples
    --------
    >>> cells = pd.DataFrame({"measure": ["top"], "n": [160], "estimate": [0.68], "standard_error": [0.0412],
    ...                       "degrees": [159], "kish": [128.0], "taylor": [128.2], "n_effective": [128.0]})
    >>> survey_limits(cells).round(4).values.tolist()
    [[0.595, 0.7546]]
    """
    method_words(cells, method)
    tail = tail_area(confidence)
    known = cells["standard_error"].notna()
    limits = pd.DataFrame(np.nan, index=cells.index, columns=["lower", "upper"])
    net = (cells["measure"] == NET) & (cells["standard_error"] > 0)
    alike = (cells["measure"] == NET) & (cells["standard_error"] == 0)
    ends = (cells["measure"] != NET) & known & cells["taylor"].isna()
    inner = (cells["measure"] != NET) & known & ~ends
    limits.loc[net] = _t(cells[net], tail, logit=False)
    limits.loc[alike] = _net_of_one_answer(cells[alike], confidence)
    limits.loc[ends] = _at(cells[ends], cells.loc[ends, "n_effective"], confidence, exact=method == "beta")
    if method == "wilson":
        limits.loc[inner] = _at(cells[inner], cells.loc[inner, "n_effective"], confidence, exact=False)
    elif method == "logit":
        limits.loc[inner] = _t(cells[inner], tail, logit=True)
    else:
        limits.loc[inner] = _at(cells[inner], _korn_graubard(cells[inner], tail), confidence, exact=True)
    return limits


def _at(
    cells: pd.DataFrame, bases: pd.Series | NDArray[np.float64], confidence: float, exact: bool
) -> NDArray[np.float64]:
    """A score or exact interval of each share as if it were of so many independent answers."""
    interval = clopper_pearson if exact else wilson
    found = [interval(p * n, n, confidence) for p, n in zip(cells["estimate"], bases, strict=True)]
    return np.array(found, dtype=float).reshape(-1, 2)


def _net_of_one_answer(cells: pd.DataFrame, confidence: float) -> NDArray[np.float64]:
    """A net score without spread: as far from it as the share that is unseen among so many could take it."""
    unseen = np.array([wilson(0, n, confidence)[1] for n in cells["n_effective"]], dtype=float)
    score = cells["estimate"].to_numpy(dtype=float)
    reach = unseen * np.where(np.abs(score) == 1, 2, 1)
    return np.column_stack([np.clip(score - reach, -1, None), np.clip(score + reach, None, 1)])


def _t(cells: pd.DataFrame, tail: float, logit: bool) -> NDArray[np.float64]:
    p, half = cells["estimate"], cells["standard_error"] * stats.t.isf(tail / 2, cells["degrees"])
    if not logit:
        return np.column_stack([p - half, p + half])
    middle, half = np.log(p / (1 - p)), half / (p * (1 - p))
    return np.column_stack([1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))])


def _korn_graubard(cells: pd.DataFrame, tail: float) -> NDArray[np.float64]:
    """Taylor's base, less for the degrees of freedom that a design costs."""
    factor = stats.t.isf(tail / 2, cells["n"] - 1) / stats.t.isf(tail / 2, cells["degrees"])
    return np.asarray(cells["taylor"] * factor**2, dtype=float)
