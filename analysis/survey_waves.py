"""One wave against another: what changed, how sure that is, and the one word for it.

Two waves are two independent samples. Shares are compared by Newcombe's interval at effective bases and the pooled
score test there; a net score by its own linearised standard errors. Corrections are made over a family that each row
names: one measure of every question, the whole sample and the groups apart.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.intervals import benjamini_hochberg, holm, instead_of_hidden, newcombe, tail_area
from analysis.survey import ALL
from analysis.survey_precision import PROTECTED
from analysis.survey_variance import NET
from analysis.verdicts import SMALL_POINTS, verdict_word

__all__ = ["CORRECTIONS", "TESTS", "TOLD", "both_caveats", "score_test", "wald_test", "wave_changes"]

TESTS = {
    "score": "Newcombe at effective bases; p from the pooled score test there",
    "wald": "Newcombe at effective bases; p from Wald's test on linearised standard errors",
}
_NET = "normal interval and Wald's test on the net scores' linearised standard errors"
CORRECTIONS = {"holm": "Holm", "bh": "Benjamini-Hochberg"}
_KEYS = ["question", "group", "measure"]
_NEEDED = ["estimate", "standard_error", "n", "n_effective", "confidence", "caveat", "withheld"]
TOLD = ["question", "group", "measure", "first_wave", "second_wave", "difference", "lower", "upper", "p", "p_holm"]
TOLD += ["p_bh", "verdict", "caveat"]  # what a reader is shown
_NUMBERS = ["first", "second", "difference", "standard_error", "lower", "upper", "p", "p_holm", "p_bh"]


def score_test(p1: float, n1: float, p2: float, n2: float, variance_factor: float = 1.0) -> float:
    """Two-sided p value that two shares are equal, by the score test with the pooled share.

    Parameters
    ----------
    p1, p2
        Shares, 0 to 1.
    n1, n2
        Their effective bases.
    variance_factor
        What the variance of the difference is multiplied by; see ``analysis.rolling``.

    Examples
    --------
    >>> round(score_test(0.63, 1200, 0.68, 1281.6), 4), score_test(1, 50, 1, 60)
    (0.0088, 1.0)
    """
    pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2) * variance_factor
    return 1.0 if p1 == p2 else float(2 * stats.norm.sf(abs(p2 - p1) / math.sqrt(variance)))


def wald_test(difference: float, error: float) -> float:
    """Two-sided p value of a difference with its standard error; missing where the error is 0.

    >>> round(wald_test(0.05, 0.02), 4)
    0.0124
    """
    return float(2 * stats.norm.sf(abs(difference) / error)) if error > 0 else math.nan


def wave_changes(
    estimated: pd.DataFrame,
    first: str,
    second: str,
    *,
    test: str = "score",
    correction: str = "holm",
    withhold: bool = True,
    shown: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every answer in two waves: the difference with its interval, its p values and its verdict.

    Parameters
    ----------
    estimated
        As ``analysis.survey.estimates`` gives them, with ``withhold=False``: what is too imprecise to be shown is
        still part of its family.
    first, second
        The waves. They are taken to have asked different people.
    test
        ``score`` or ``wald``, for shares.
    correction
        ``holm`` or ``bh``: which of the two the verdict goes by.
    withhold
        Whether a row loses its numbers and its verdict where either estimate is too imprecise to be shown.
    shown
        The same estimates as viewers see them, from ``analysis.disclosure_shown.withhold_estimates``: the p value of
        a row that they may not see counts as the next larger that they may.

    Returns
    -------
    DataFrame
        ``question, group, measure, first_wave, second_wave, first, second`` (the estimates), ``difference`` (second
        less first, in shares of 1), ``standard_error, lower, upper, p, p_holm, p_bh, verdict, family, n_first,
        n_second, n_effective_first, n_effective_second, confidence, method, caveat, withheld``. What was asked in
        one wave alone has no row.

    Raises
    ------
    ValueError
        For a wave that is not there, the same wave twice, or an unknown test or correction.

    Examples
    --------
    >>> estimated = pd.DataFrame({"wave": ["1", "2"], "question": "Q12", "group": "ALL", "measure": "top", "n": 1500,
    ...     "estimate": [0.63, 0.68], "standard_error": 0.0138, "n_effective": [1200.0, 1281.6], "confidence": 0.95,
    ...     "caveat": "", "withheld": False})
    >>> wave_changes(estimated, "1", "2")[["difference", "lower", "upper", "p_holm"]].round(3).values.tolist()
    [[0.05, 0.013, 0.087, 0.009]]
    """
    if test not in TESTS:
        raise ValueError(f"A test is one of {', '.join(TESTS)}, not {test}.")
    if correction not in CORRECTIONS:
        raise ValueError(f"A correction is one of {', '.join(CORRECTIONS)}, not {correction}.")
    if first == second:
        raise ValueError(f"Two different waves are needed, not {first} twice.")
    one, two = _wave(estimated, first), _wave(estimated, second)
    both = one.merge(two, on=_KEYS, suffixes=("_first", "_second"))
    told = both[_KEYS].assign(first_wave=first, second_wave=second)
    told["first"], told["second"] = both["estimate_first"], both["estimate_second"]
    told["difference"] = told["second"] - told["first"]
    told["standard_error"] = np.hypot(both["standard_error_first"], both["standard_error_second"])
    compared = [_compared(row, test) for row in both.itertuples()]
    for place, name in enumerate(["lower", "upper", "p"]):
        told[name] = pd.Series([row[place] for row in compared], index=told.index, dtype=float)
    _correct(told, _hidden(told, shown))
    for name in ("n", "n_effective"):
        told[f"{name}_first"], told[f"{name}_second"] = both[f"{name}_first"], both[f"{name}_second"]
    told["confidence"] = both["confidence_first"]
    told["verdict"] = [_verdict(row, correction) for row in told.itertuples()]
    told["method"] = np.where(told["measure"] == NET, _NET, TESTS[test]) + (
        f"; verdict by {CORRECTIONS[correction]} over " + told["family"]
    )
    told["caveat"] = [both_caveats(first, row.caveat_first, second, row.caveat_second) for row in both.itertuples()]
    told["withheld"] = both["withheld_first"] | both["withheld_second"]
    if withhold:
        told.loc[told["withheld"], _NUMBERS] = np.nan
        told.loc[told["withheld"], "verdict"] = "no verdict"
    order = [*_KEYS, "first_wave", "second_wave", *_NUMBERS, "verdict", "family"]
    return told[[*order, *[name for name in told if name not in order]]]


def _wave(estimated: pd.DataFrame, wave: str) -> pd.DataFrame:
    own = estimated[estimated["wave"] == wave]
    if own.empty:
        raise ValueError(f"There is no wave '{wave}'; the waves are {', '.join(map(str, estimated['wave'].unique()))}.")
    return own[[*_KEYS, *_NEEDED]]


def _compared(row: Any, test: str) -> tuple[float, float, float]:
    """Lower and upper limit of the difference, and the p value that there is none; missing where nothing is known."""
    p1, n1, e1 = row.estimate_first, row.n_effective_first, row.standard_error_first
    p2, n2, e2 = row.estimate_second, row.n_effective_second, row.standard_error_second
    if any(pd.isna(number) for number in (p1, n1, p2, n2)):
        return math.nan, math.nan, math.nan
    error, confidence = math.hypot(e1, e2), row.confidence_first
    if row.measure == NET:
        half = float(stats.norm.isf(tail_area(confidence) / 2)) * error
        return p2 - p1 - half, p2 - p1 + half, wald_test(p2 - p1, error)
    p = score_test(p1, n1, p2, n2) if test == "score" else wald_test(p2 - p1, error)
    return *newcombe(p1 * n1, n1, p2 * n2, n2, confidence), p


def _hidden(told: pd.DataFrame, shown: pd.DataFrame | None) -> pd.Series:
    """Rows of which either wave's estimate is withheld from viewers."""
    hidden = pd.Series(False, index=told.index)
    if shown is None:
        return hidden
    secret = shown[shown["caveat"].str.startswith(PROTECTED)]
    cells = set(zip(secret["wave"], secret["question"], secret["group"], secret["measure"], strict=True))
    for wave in ("first_wave", "second_wave"):
        keys = zip(told[wave], told["question"], told["group"], told["measure"], strict=True)
        hidden |= pd.Series([key in cells for key in keys], index=told.index)
    return hidden


def _correct(told: pd.DataFrame, hidden: pd.Series) -> None:
    """Adjust every family's p values and name it with its size."""
    told["p_holm"], told["p_bh"] = np.nan, np.nan
    told["family"] = ""
    for measure in told["measure"].unique():
        for among, where in (("the whole sample", told["group"] == ALL), ("every group", told["group"] != ALL)):
            family = where & (told["measure"] == measure)
            tested = family & told["p"].notna()
            p = instead_of_hidden(told.loc[tested, "p"].to_numpy(dtype=float), hidden[tested].to_numpy())
            told.loc[tested, "p_holm"] = holm(p.tolist())
            told.loc[tested, "p_bh"] = benjamini_hochberg(p.tolist())
            told.loc[family, "family"] = f"{tested.sum()} comparisons: {measure} of every question, {among}"


def _verdict(row: Any, correction: str) -> str:
    if pd.isna(row.p):
        return "no verdict"
    small = SMALL_POINTS / 100
    corrected = row.p_holm if correction == "holm" else row.p_bh
    return verdict_word(row.p, corrected, -small < row.lower and row.upper < small, row.confidence)


def both_caveats(first: str, of_first: str, second: str, of_second: str) -> str:
    """Two waves' caveats, each after its wave's name; once where they are the same.

    >>> both_caveats("2022", "Small base.", "2023", ""), both_caveats("2022", "Assumed.", "2023", "Assumed.")
    ('2022: Small base.', 'Assumed.')
    """
    if of_first == of_second:
        return of_first
    said = [(first, of_first), (second, of_second)]
    return " ".join(f"{wave}: {caveat}" for wave, caveat in said if caveat)
