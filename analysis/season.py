"""Is there a season, how strong is it, and what is it in words: "July runs 18% above an average month".

Below three years nothing is claimed: a season that was seen twice cannot be told from chance.
"""

from __future__ import annotations

import calendar
import math

import numpy as np
import pandas as pd
from scipy import stats

from analysis.decompose import Decomposition
from analysis.intervals import tail_area
from analysis.numbers import write_number
from analysis.regular import step_word
from analysis.stl import Values, stl

__all__ = ["YEARS_NEEDED", "friedman", "qs", "season_by_step", "season_sentence", "season_strength", "season_tests"]

YEARS_NEEDED = 3
SAME = 1e-9  # of the largest value: less is rounding
_WEEKDAYS = list(calendar.day_name)


def season_strength(seasonal: Values, remainder: Values) -> float:
    """How much of what the trend leaves is season, 0 (none) to 1. Wang, Smith and Hyndman (2006).

    >>> season_strength(np.array([1.0, -1.0, 1.0, -1.0]), np.zeros(4))
    1.0
    """
    whole = float(np.var(seasonal + remainder))
    return max(0.0, 1 - float(np.var(remainder)) / whole) if whole > 0 else 0.0


def friedman(values: Values, period: int) -> tuple[float, int, float]:
    """Friedman's test that every step of the season ranks alike: statistic, degrees of freedom, p value.

    The trend of a periodic STL is taken off first, and the last whole seasons are used. Friedman (1937).

    >>> rising = np.tile([1.0, 2.0, 4.0, 3.0], 6) + np.arange(24) / 10
    >>> [round(number, 4) for number in friedman(rising, 4)]
    [18.0, 3, 0.0004]
    """
    level = values - stl(values, period).trend
    seasons = level[len(level) % period :].reshape(-1, period)
    if np.ptp(seasons, axis=1).max() <= SAME * np.abs(values).max():
        return 0.0, period - 1, 1.0
    found = stats.friedmanchisquare(*seasons.T) if period > 2 else stats.wilcoxon(*seasons.T)
    return float(found.statistic), period - 1, float(found.pvalue)


def qs(values: Values, period: int) -> tuple[float, int, float]:
    """The QS test that differences know nothing of the season before: statistic, degrees of freedom, p value.

    As in X-13ARIMA-SEATS: Ljung and Box's sum over one and two seasons, where links below 0 count as none.

    >>> [round(number, 4) for number in qs(np.tile([1.0, 2.0, 4.0, 3.0], 6), 4)]
    [36.0991, 2, 0.0]
    """
    steps = np.diff(values)
    steps, n = steps - steps.mean(), len(values) - 1
    whole = float(steps @ steps)
    links = [float(steps[lag:] @ steps[:-lag]) / whole if whole > 0 else 0.0 for lag in (period, 2 * period)]
    if links[0] <= 0:
        return 0.0, 2, 1.0
    found = n * (n + 2) * sum(max(0.0, link) ** 2 / (n - lag * period) for lag, link in enumerate(links, 1))
    return found, 2, float(stats.chi2.sf(found, 2))


def season_tests(parts: Decomposition, confidence: float = 0.95) -> pd.DataFrame:
    """Both tests of the season that was decomposed, on its scale.

    Parameters
    ----------
    parts
        With one season.
    confidence
        A season is claimed where p is below what this leaves out.

    Returns
    -------
    DataFrame
        ``test, statistic, degrees, p, strength, verdict, caveat``: "season", "no season seen", or "cannot tell" where
        there are fewer than three whole seasons; then statistic and p are missing.

    Raises
    ------
    ValueError
        For several seasons, or a level of confidence outside 0 to 1.

    Examples
    --------
    >>> from analysis.decompose import decompose
    >>> from analysis.regular import check_series
    >>> quarters = pd.period_range("2019Q1", periods=24, freq="Q")
    >>> found = season_tests(decompose(check_series(pd.Series([10, 20, 40, 30] * 6, index=quarters))))
    >>> found[["test", "verdict"]].values.tolist()
    [['Friedman', 'season'], ['QS', 'season']]
    """
    alpha = tail_area(confidence)
    if len(parts.periods) > 1:
        raise ValueError("The tests are for one season at a time.")
    rows, (period,) = parts.inside(), parts.periods
    values, strength = rows["observed"].to_numpy(), _strength(parts)
    if len(values) < YEARS_NEEDED * period:
        caveat = f"{len(values)} steps in a row are fewer than {YEARS_NEEDED} whole seasons of {period}."
        none = {"statistic": math.nan, "degrees": math.nan, "p": math.nan}
        told = [none | {"test": name, "verdict": "cannot tell"} for name in ("Friedman", "QS")]
        return _in_order(pd.DataFrame(told), strength, caveat)
    told = []
    for name, (statistic, degrees, p) in {"Friedman": friedman(values, period), "QS": qs(values, period)}.items():
        verdict = "season" if p < alpha else "no season seen"
        told.append({"test": name, "statistic": statistic, "degrees": degrees, "p": p, "verdict": verdict})
    return _in_order(pd.DataFrame(told), strength, "")


def _in_order(told: pd.DataFrame, strength: float, caveat: str) -> pd.DataFrame:
    told = told.assign(strength=strength, caveat=caveat)
    return told[["test", "statistic", "degrees", "p", "strength", "verdict", "caveat"]]


def _strength(parts: Decomposition) -> float:
    rows = parts.inside()
    return season_strength(rows["seasonal"].to_numpy(), rows["remainder"].to_numpy())


def season_by_step(parts: Decomposition) -> pd.DataFrame:
    """The season of the last whole year, step by step, and how far it moved over the years.

    Returns
    -------
    DataFrame
        ``place`` (1 is January, the first quarter, Monday), ``name``, ``estimate`` (per cent above or below an average
        step where logarithms were taken, else in the series' own unit), ``lowest`` and ``highest`` of all years.

    Raises
    ------
    ValueError
        For several seasons.

    Examples
    --------
    >>> from analysis.decompose import decompose
    >>> from analysis.regular import check_series
    >>> quarters = pd.period_range("2019Q1", periods=24, freq="Q")
    >>> parts = decompose(check_series(pd.Series([10, 20, 40, 30] * 6, index=quarters)))
    >>> season_by_step(parts)[["place", "name", "estimate"]].round(6).values.tolist()[:2]
    [[1, 'January to March', -15.0], [2, 'April to June', -5.0]]
    """
    if len(parts.periods) > 1:
        raise ValueError("Words are found for one season at a time.")
    rows, (period,) = parts.inside(), parts.periods
    effect = rows["seasonal"]
    effect = (np.exp(effect) - 1) * 100 if parts.log else effect
    places = [_place(step, number, period) for number, step in enumerate(rows["period"])]
    by = effect.groupby(np.array(places))
    told = pd.DataFrame({"estimate": by.last(), "lowest": by.min(), "highest": by.max()})
    told.insert(0, "name", [_name(rows["period"].iloc[0], place, period) for place in told.index])
    return told.rename_axis("place").reset_index()


def _place(step: object, number: int, period: int) -> int:
    """Where in its season a step stands, counted from 1."""
    if isinstance(step, pd.Period) and (step.freqstr[0], period) in {("M", 12), ("Q", 4), ("D", 7), ("h", 24)}:
        places = {"M": step.month, "Q": step.quarter, "D": step.day_of_week + 1, "h": step.hour + 1}
        return int(places[step.freqstr[0]])
    return number % period + 1


def _name(step: object, place: int, period: int) -> str:
    kind = (step.freqstr[0], period) if isinstance(step, pd.Period) else None
    if kind == ("M", 12):
        return calendar.month_name[place]
    if kind == ("Q", 4):
        return f"{calendar.month_name[3 * place - 2]} to {calendar.month_name[3 * place]}"
    if kind == ("D", 7):
        return _WEEKDAYS[place - 1]
    return f"{place - 1}:00" if kind == ("h", 24) else f"step {place}"


def season_sentence(parts: Decomposition, confidence: float = 0.95) -> str:
    """The season in one sentence: its highest and its lowest step against an average one.

    Examples
    --------
    >>> from analysis.decompose import decompose
    >>> from analysis.regular import check_series
    >>> quarters = pd.period_range("2019Q1", periods=24, freq="Q")
    >>> many = check_series(pd.Series([10, 20, 40, 30] * 6, index=quarters))
    >>> season_sentence(decompose(many, log=True, per_day=True))
    'Counted per day, July to September runs 79% above an average quarter, January to March 54% below.'
    >>> few = check_series(pd.Series([10, 20, 40, 30] * 2 + [11], index=quarters[:9]))
    >>> season_sentence(decompose(few))
    'Cannot tell whether there is a season: 9 quarters in a row are fewer than 3 whole seasons of 4.'
    """
    tests = season_tests(parts, confidence)
    found = tests.iloc[0]
    rows = parts.inside()
    word = step_word(pd.Index(rows["period"]))
    if found["verdict"] == "cannot tell":
        caveat = found["caveat"].replace(" steps in a row", f" {word}s in a row")
        return f"Cannot tell whether there is a season: {caveat}"
    differs = tests["verdict"].iloc[1] != found["verdict"]
    if found["verdict"] == "no season seen":
        told = f"No season stands out: every {word} ranks much as the others do (Friedman's test, p {found['p']:.2f})."
        return told + (" A second test (QS) sees one." if differs else "")
    season = season_by_step(parts)
    high, low = season.iloc[season["estimate"].argmax()], season.iloc[season["estimate"].argmin()]
    before = "Counted per day, " if parts.per_day and word != "day" else ""
    unsure = " A second test (QS) sees no season." if differs else ""
    return (
        f"{before}{high['name']} runs {_off(high, parts)} an average {word}, {low['name']} {_off(low, parts)}.{unsure}"
    )


def _off(row: pd.Series, parts: Decomposition) -> str:
    size = abs(row["estimate"])
    told = write_number(size, "percent") if parts.log else write_number(size, places=1)
    return f"{told} {'above' if row['estimate'] >= 0 else 'below'}"
