"""What trend and season before a date lead one to expect after it: quasi-Poisson counts with two harmonics.

The model knows nothing of the time after the date, so a fall cannot hide in it. Months in which nothing was as usual
(a lockdown) are declared and get a level of their own.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.regular import Shock, days_in, season_length

__all__ = ["Fit", "design", "fit_counts", "residual_link"]

HARMONICS = 2
MOST_LINK = 0.8
Values = NDArray[np.float64]


class Fit(NamedTuple):
    """A log-linear model of counts.

    Attributes
    ----------
    coefficients
        One for each column of the design.
    covariance
        Of the coefficients, with the dispersion in it.
    expected
        The counts that it fits.
    dispersion
        How many times more than Poisson the counts vary, not under 1.
    degrees
        Residual degrees of freedom.
    """

    coefficients: Values
    covariance: Values
    expected: Values
    dispersion: float
    degrees: int


def design(index: pd.PeriodIndex, first: pd.Period, shocks: Sequence[Shock] = ()) -> pd.DataFrame:
    """One column for each thing the expectation knows, one row a step.

    Parameters
    ----------
    index
        Months or quarters.
    first
        Where the trend, in years, is 0.
    shocks
        Times with a level of their own; one column each.

    Examples
    --------
    >>> months = pd.period_range("2023-01", periods=3, freq="M")
    >>> design(months, months[0])[["trend", "cos1"]].round(3).values.tolist()
    [[0.0, 0.866], [0.083, 0.5], [0.167, 0.0]]
    """
    period = season_length(index)
    place = np.asarray(index.month if period == 12 else index.quarter, dtype=float)
    columns = {"level": np.ones(len(index)), "trend": np.asarray(index.astype("int64") - first.ordinal) / period}
    for times in range(1, HARMONICS + 1):
        angle = 2 * np.pi * times * place / period
        columns[f"cos{times}"] = np.cos(angle)
        if 2 * times < period:  # at half a season the sine is 0 throughout
            columns[f"sin{times}"] = np.sin(angle)
    for number, (start, end) in enumerate(shocks, 1):
        columns[f"shock{number}"] = ((index >= start) & (index <= end)).astype(float)
    return pd.DataFrame(columns, index=index)


def fit_counts(counts: pd.Series, columns: pd.DataFrame) -> Fit:
    """Fit counts per day by quasi-Poisson with log link, dispersion by Pearson. McCullagh and Nelder (1989).

    Parameters
    ----------
    counts
        0 or more, none missing, on a ``PeriodIndex``; the days of each step are the offset.
    columns
        As ``design`` makes them, with the index of ``counts``.

    Raises
    ------
    ValueError
        When there are not more counts than columns, or two columns say the same.

    Examples
    --------
    >>> months = pd.period_range("2020-01", periods=24, freq="M")
    >>> fit = fit_counts(pd.Series(10 * months.days_in_month, index=months), design(months, months[0]))
    >>> round(float(np.exp(fit.coefficients[0])), 6), fit.dispersion, fit.degrees
    (10.0, 1.0, 18)
    """
    from statsmodels.genmod.families import Poisson  # slow to load; most commands do without
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    rows, matrix = len(counts), columns.to_numpy()
    if rows <= matrix.shape[1]:
        raise ValueError(f"{rows} counts are too few for {matrix.shape[1]} coefficients.")
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        raise ValueError("The declared shocks leave no ordinary months to tell them from. Declare fewer months.")
    if not counts.sum() >= 1:
        raise ValueError("Nothing was counted in this time, so nothing follows from it.")
    model = GLM(counts.to_numpy(), matrix, Poisson(), offset=np.log(days_in(counts.index)))
    with warnings.catch_warnings():  # a series that follows its season exactly is no fault
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        own = model.fit(tol=1e-12)
    degrees = rows - matrix.shape[1]
    dispersion = max(float(own.pearson_chi2) / degrees, 1.0)
    return Fit(own.params, own.normalized_cov_params * dispersion, own.mu, dispersion, degrees)


def residual_link(counts: pd.Series, expected: Values) -> float:
    """How far each step's Pearson residual goes with the one before, corrected for bias, from 0 to 0.8.

    Steps beside a gap have no neighbour there and count for nothing.

    >>> months = pd.period_range("2020-01", periods=6, freq="M")
    >>> round(residual_link(pd.Series([9.0, 9, 9, 16, 16, 16], index=months), np.full(6, 12.0)), 4)
    0.7567
    """
    residuals = (counts.to_numpy() - expected) / np.sqrt(expected)
    beside = np.diff(counts.index.astype("int64")) == 1
    whole = float(residuals @ residuals)
    link = float((residuals[1:] * residuals[:-1])[beside].sum()) / whole if whole > 0 else 0.0
    return float(np.clip(link + 1.5 / len(residuals), 0.0, MOST_LINK))
