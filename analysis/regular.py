"""A series as equal steps of time: what is missing, zero or suspiciously low is found before anything is worked out.

A series is a ``pd.Series`` of numbers whose index is a ``PeriodIndex`` (months, quarters, weeks, days, hours) or whole
numbers. A month that was not fully published looks like a real fall; such months are named, and left out unless the
reader keeps them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.numbers import write_number
from analysis.periods import name_day, name_period

__all__ = [
    "Checked",
    "Shock",
    "check_series",
    "days_in",
    "in_shock",
    "listed",
    "name_of",
    "regular",
    "season_length",
    "step_word",
]

Shock = tuple[pd.Period, pd.Period]  # first and last step of a time when nothing was as usual

FAR_BELOW = 0.25  # of what stands around it
RARE = 0.001  # the chance of a count as low as that, were all as usual
AROUND = 6  # steps on either side
LASTING = 3  # steps in a row that are a change of level, not a gap
HALF = 0.5  # of the usual: a step beside a gap that is lower still belongs to a change of level
_NAMED = 12  # steps that a sentence names
_SEASONS = {"M": 12, "Q": 4, "W": 52, "D": 7, "h": 24}
_FREQUENT = {"M": "month", "Q": "quarter", "W": "week", "D": "day", "h": "hour"}


@dataclass(frozen=True)
class Checked:
    """A series that was looked through.

    Attributes
    ----------
    values
        Every step from the first to the last; missing where there is no value, or where ``low`` was left out.
    missing, zeros, low
        Steps without a value, of exactly 0, and so far below what is usual that they may not be fully published.
    notes
        The same as sentences.
    """

    values: pd.Series
    missing: tuple[object, ...] = ()
    zeros: tuple[object, ...] = ()
    low: tuple[object, ...] = ()
    notes: tuple[str, ...] = ()

    def unbroken(self) -> pd.Series:
        """The longest stretch without a gap, the later of two alike."""
        there = self.values.notna().to_numpy()
        best = first = 0
        start = 0
        for place in range(len(there) + 1):
            if place < len(there) and there[place]:
                continue
            if place - start >= best and place > start:
                first, best = start, place - start
            start = place + 1
        return self.values.iloc[first : first + best]

    def latest(self) -> pd.Series:
        """The stretch without a gap that ends with the last value."""
        kept = self.values.loc[: self.values.last_valid_index()]
        gaps = np.flatnonzero(kept.isna().to_numpy())
        return kept.iloc[gaps[-1] + 1 :] if len(gaps) else kept


def regular(values: pd.Series) -> pd.Series:
    """Every step from the first to the last, in order, as float; missing where there is none.

    Raises
    ------
    ValueError
        When there is no value, a step stands twice, or the index holds neither periods nor whole numbers.

    Examples
    --------
    >>> months = pd.PeriodIndex(["2023-03", "2023-01"], freq="M")
    >>> regular(pd.Series([5, 4], index=months)).tolist()
    [4.0, nan, 5.0]
    """
    index = values.index
    if not values.notna().any():
        raise ValueError("The series holds no value.")
    if index.has_duplicates:
        raise ValueError(f"{name_of(index[index.duplicated()][0])} stands twice in the series.")
    if isinstance(index, pd.PeriodIndex):
        whole: pd.Index = pd.period_range(index.min(), index.max())
    elif pd.api.types.is_integer_dtype(index.dtype):
        whole = pd.RangeIndex(index.min(), index.max() + 1)
    else:
        raise ValueError("The steps of a series are periods or whole numbers.")
    return values.astype(float).reindex(whole)


def check_series(values: pd.Series, shocks: Sequence[Shock] = (), keep_low: bool = False) -> Checked:
    """Look a series through for gaps, zeros, and steps that were not fully published.

    A step of counts is low when it stands under a quarter of the median of six steps on either side, under a quarter of
    the median of the same step of other years, and so few have less than one chance in a thousand (Poisson). Three
    such steps in a row, or one beside a step under half of the usual, are no gap but another level, and stay.

    Parameters
    ----------
    values
        The series; see the module.
    shocks
        Times in which nothing was as usual: nothing in them is taken for a gap.
    keep_low
        Use low steps as they stand; they are named all the same.

    Raises
    ------
    ValueError
        As ``regular``.

    Examples
    --------
    >>> months = pd.period_range("2022-01", periods=14, freq="M")
    >>> found = check_series(pd.Series([50, 52, 48, 55, 4, 51, 49, 50, 52, 53, 47, 50, 51, 49], index=months))
    >>> found.low, len(found.unbroken())
    ((Period('2022-05', 'M'),), 9)
    """
    given = regular(values)
    missing, zeros = tuple(given.index[given.isna()]), tuple(given.index[given == 0])
    low = tuple(step for step in given.index[_low(given)] if not in_shock(step, shocks))
    notes = []
    if missing:
        notes.append(f"There is no value for {listed(missing)}.")
    if only := [step for step in zeros if step not in low]:
        notes.append(f"The value is 0 for {listed(only)}.")
    if low:
        told = listed(low, given)
        what = "is used as it stands" if keep_low else "is left out; keep it, or declare a shock, if it is real"
        if len(low) > 1:
            what = "are used as they stand" if keep_low else "are left out; keep them, or declare a shock, if real"
        notes.append(
            f"{told}: under a quarter of what is usual around and at that time of the year, so perhaps not fully "
            f"published. {'They' if len(low) > 1 else 'It'} {what}."
        )
    kept = given if keep_low else given.mask(given.index.isin(low))
    return Checked(kept, missing, zeros, low, tuple(notes))


def _low(given: pd.Series) -> NDArray[np.bool_]:
    """Which steps of a series of counts stand far below what is usual for them."""
    counts = given.to_numpy()
    none = np.zeros(len(counts), dtype=bool)
    known = counts[~np.isnan(counts)]
    if (known < 0).any() or (known != np.floor(known)).any():
        return none
    days = days_in(given.index) if isinstance(given.index, pd.PeriodIndex) else np.ones(len(counts))
    rates, season = counts / days, season_length(given.index)
    places = np.flatnonzero(counts < FAR_BELOW * np.nanmax(counts))
    usual = np.full(len(counts), np.nan)
    for place in places:
        around = np.r_[rates[max(0, place - AROUND) : place], rates[place + 1 : place + 1 + AROUND]]
        around = around[~np.isnan(around)]
        usual[place] = np.median(around) if len(around) >= AROUND else np.nan
    odd = _far_below(counts, usual * days)
    for place in np.flatnonzero(odd):  # a step that is low every year is a season
        same = np.arange(place % season, len(counts), season)
        same = same[(same != place) & ~np.isnan(rates[same])]
        if len(same) > 1:
            usual[place] = min(usual[place], np.median(rates[same[~odd[same]]])) if not odd[same].all() else np.nan
    low = _far_below(counts, usual * days)
    edges = np.flatnonzero(np.diff(np.r_[False, low, False]))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        beside = [rates[place] / usual[inner] for place, inner in ((first - 1, first), (after, after - 1))
                  if 0 <= place < len(rates)]  # fmt: skip
        if after - first >= LASTING or any(share < HALF for share in beside):
            low[first:after] = False
    return low


def _far_below(counts: NDArray[np.float64], usual: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which counts are few against what is usual, and fewer than chance would give; none where that is not known."""
    below = counts < FAR_BELOW * usual
    below[below] = stats.poisson.cdf(counts[below], usual[below]) < RARE
    return below


def days_in(index: pd.Index) -> NDArray[np.float64]:
    """Days in each step.

    >>> days_in(pd.period_range("2024-01", periods=2, freq="M")).tolist()
    [31.0, 29.0]
    """
    if not isinstance(index, pd.PeriodIndex):
        raise ValueError("Steps counted 1, 2, 3 have no known days. Give their months or dates, or leave per-day out.")
    if index.freqstr.startswith("M"):
        return index.days_in_month.to_numpy(dtype=float)
    length = (index + 1).to_timestamp() - index.to_timestamp()
    return (length / pd.Timedelta(1, "D")).to_numpy(dtype=float)


def season_length(index: pd.Index) -> int:
    """Steps in a season: 12 months, 4 quarters, 52 weeks, 7 days, 24 hours; 12 where steps are only counted.

    >>> season_length(pd.period_range("2024Q1", periods=2, freq="Q"))
    4
    """
    return _SEASONS[index.freqstr[0]] if isinstance(index, pd.PeriodIndex) else 12


def in_shock(step: object, shocks: Sequence[Shock]) -> bool:
    """Whether a step lies within a declared shock, both ends included."""
    return isinstance(step, pd.Period) and any(first <= step <= last for first, last in shocks)


def step_word(index: pd.Index) -> str:
    """What one step of a series is called: month, quarter, week, day, hour, or step."""
    return _FREQUENT[index.freqstr[0]] if isinstance(index, pd.PeriodIndex) else "step"


def name_of(step: object) -> str:
    """A step as it is read aloud.

    >>> name_of(pd.Period("2023-01", "M")), name_of(pd.Period("2023Q2", "Q")), name_of(7)
    ('January 2023', 'April to June 2023', 'step 7')
    """
    if not isinstance(step, pd.Period):
        return f"step {step}"
    if step.freqstr[0] == "h":
        return f"{name_day(step.start_time)}, {step.hour}:00"
    return name_period(step.start_time.normalize(), step.end_time.normalize())


def listed(steps: Sequence[Any], values: pd.Series | None = None) -> str:
    """Steps by name, the first twelve and how many more; with their values where given.

    >>> listed(pd.period_range("2023-01", periods=2, freq="M"))
    'January 2023 and February 2023'
    >>> listed([*range(20)])[-27:]
    'step 10, step 11 and 8 more'
    """
    named = steps[:_NAMED] if len(steps) > _NAMED + 1 else steps
    told = [
        name_of(each) + ("" if values is None else f" ({write_number(float(values.loc[[each]].iloc[0]))})")
        for each in named
    ]
    left = len(steps) - len(told)
    parts = [*told, f"{left:,} more"] if left else told
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
