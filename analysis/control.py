"""An XmR chart that does not cry wolf: limits from moving ranges, on values without their season, counted per day.

On raw seasonal counts a point lies outside in nearly every chart with nothing happening; on rolling 12-month figures in
nine of ten. So the season and the length of months are taken out first, and rolling figures are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.decompose import decompose
from analysis.regular import Checked, Shock, in_shock, name_of, season_length, step_word
from analysis.rolling import WHY_NO_TREND
from analysis.season import YEARS_NEEDED
from analysis.stl import stl

__all__ = ["RULES", "Control", "Limits", "control_chart", "signals", "xmr_limits"]

RULES = {
    "outside": "outside the limits",
    "shift": "one of seven or more in a row on one side of the mean",
    "trend": "one of seven or more in a row that rise, or fall, each time",
    "two of three": "one of two of three in a row near the same limit",
}
REACH = 2.66  # limits lie this many mean moving ranges from the mean
TOO_WIDE = 3.267  # a moving range of so many means is left out of their mean, once
RUN = 7  # points in a row
SEASONAL = [13]
ROUNDED = 10  # places of a logarithm: a series that never moves has no signals of rounding
SAME = 1e-12  # of the mean: less is rounding
FAR_OFF = 4  # robust standard deviations of what trend and season leave
RAW = (
    "The values are charted as given, with their season and the lengths of months: points outside and runs are to be "
    "expected."
)
Values = NDArray[np.float64]


class Limits(NamedTuple):
    """Of an XmR chart."""

    mean: float
    lower: float
    upper: float
    mean_range: float


@dataclass(frozen=True)
class Control:
    """A control chart.

    Attributes
    ----------
    frame
        ``period, value, mean, lower, upper, rules``: every step, missing ones too; ``rules`` names those of ``RULES``
        that it meets, parted by "; ".
    rebased
        Where limits start anew, and the event that is the reason.
    raw
        Whether values are charted as given.
    notes
        Sentences that belong with the chart.
    """

    frame: pd.DataFrame
    rebased: Mapping[pd.Period, str]
    raw: bool
    notes: tuple[str, ...]

    @property
    def method(self) -> str:
        """How it was made, for a caption or a download."""
        what = (
            "values as given"
            if self.raw
            else "values a day without their season (STL of the log, window 13, far-off steps left out)"
        )
        return f"XmR: mean and 2.66 mean moving ranges of {what}; rules of Making Data Count"


def xmr_limits(values: Values) -> Limits:
    """Mean and limits from the mean moving range; ranges of 3.267 means or more are left out of it, once.

    There is no range to or from a missing value.

    >>> [round(number, 3) for number in xmr_limits(np.array([10.0, 12.0, 11.0, 13.0]))]
    [11.5, 7.067, 15.933, 1.667]
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        raise ValueError("Limits need at least two values in a row.")
    usual = ranges.mean()
    kept = ranges[ranges < TOO_WIDE * usual]
    mean, span = float(np.nanmean(values)), float(kept.mean()) if len(kept) else 0.0
    return Limits(mean, mean - REACH * span, mean + REACH * span, span)


def signals(values: Values, limits: Limits) -> pd.DataFrame:
    """Which points meet which rule of Making Data Count (NHS England): one column for each of ``RULES``.

    A run ends at a missing value.

    >>> signals(np.array([1.0, 2, 3, 4, 5, 6, 7]), Limits(4, 0, 8, 1.5))["trend"].tolist()
    [True, True, True, True, True, True, True]
    """
    off = values - limits.mean
    off = np.where(np.abs(off) <= SAME * np.abs(limits.mean), 0.0, off)
    side, steps = np.sign(off), np.sign(np.diff(off))
    low, high = limits.lower - limits.mean, limits.upper - limits.mean
    outside = (off < low) | (off > high)
    near = ~outside & ((off < 2 / 3 * low) | (off > 2 / 3 * high))
    pairs = (_windows(near, 3).sum(axis=1) >= 2) & (np.abs(_windows(side, 3).sum(axis=1)) == 3)
    told = [
        outside,
        _covered(np.abs(_windows(side, RUN).sum(axis=1)) == RUN, RUN, len(values)),
        _covered(np.abs(_windows(steps, RUN - 1).sum(axis=1)) == RUN - 1, RUN, len(values)),
        near & _covered(pairs, 3, len(values)),
    ]
    return pd.DataFrame(dict(zip(RULES, told, strict=True)))


def _windows(values: NDArray[np.generic], length: int) -> NDArray[np.generic]:
    """Every stretch of that length, one a row."""
    if len(values) < length:
        return np.empty((0, length))
    return np.lib.stride_tricks.sliding_window_view(values, length)


def _covered(found: NDArray[np.bool_], length: int, whole: int) -> NDArray[np.bool_]:
    """Every point within a stretch that was found."""
    marks = np.zeros(whole, dtype=bool)
    for place in np.flatnonzero(found):
        marks[place : place + length] = True
    return marks


def control_chart(
    checked: Checked,
    *,
    raw: bool = False,
    shocks: Sequence[Shock] = (),
    months_in_each: int = 1,
    rebase: Mapping[pd.Period, str] | None = None,
) -> Control:
    """Chart a series against its own limits.

    Parameters
    ----------
    checked
        The series, looked through.
    raw
        Chart the values as given, season and all.
    shocks
        Times in which nothing was as usual: they are charted, but the season is found without them.
    months_in_each
        Months that each value covers; more than one step each is a rolling window.
    rebase
        Where limits start anew, each with the event that is the reason.

    Raises
    ------
    ValueError
        For rolling windows, a series too short to know its season, a value of 0 or less that is not charted raw, and
        limits that would start anew without a reason.

    Examples
    --------
    >>> from analysis.regular import check_series
    >>> months = pd.period_range("2019-01", periods=48, freq="M")
    >>> rate = np.where(months == "2022-05", 60, 40 + 5 * np.cos(np.pi * months.month / 6)) + np.sin(np.arange(48) ** 2)
    >>> chart = control_chart(check_series(pd.Series(np.round(rate * months.days_in_month), index=months)))
    >>> chart.frame.loc[chart.frame["rules"].str.contains("outside"), "period"].astype(str).tolist()
    ['2022-05']
    """
    if months_in_each > 1:
        raise ValueError(WHY_NO_TREND)
    rebase = dict(sorted((rebase or {}).items()))
    for start, reason in rebase.items():
        if not reason.strip():
            raise ValueError(f"Limits start anew only for a stated event; none is given for {name_of(start)}.")
        if start not in checked.values.index[1:]:
            raise ValueError(f"Limits cannot start anew with {name_of(start)}: no step before it is in the series.")
    values = checked.values.copy() if raw else _adjusted(checked, shocks)
    frame = pd.DataFrame({"period": values.index, "value": values.to_numpy()})
    frame = frame.assign(mean=np.nan, lower=np.nan, upper=np.nan, rules="")
    bounds = [0, *(list(values.index).index(start) for start in rebase), len(values)]
    for first, after in pairwise(bounds):
        _chart(frame, first, after)
    notes = [*checked.notes, *([RAW] if raw else [])]
    notes += [f"Limits start anew with {name_of(start)}: {reason.strip()}" for start, reason in rebase.items()]
    return Control(frame, rebase, raw, tuple(notes))


def _chart(frame: pd.DataFrame, first: int, after: int) -> None:
    """Limits and rules of one stretch, written into the frame."""
    own = frame["value"].iloc[first:after].to_numpy()
    limits = xmr_limits(own)
    found = signals(own, limits)
    rows = frame.index[first:after]
    for name in ("mean", "lower", "upper"):
        frame.loc[rows, name] = getattr(limits, name)
    frame.loc[rows, "rules"] = ["; ".join(found.columns[row]) for row in found.to_numpy()]


def _adjusted(checked: Checked, shocks: Sequence[Shock]) -> pd.Series:
    """Values a day without their season, on their own scale; the lasting level and trend stay in them."""
    stretch, period = checked.unbroken(), season_length(checked.values.index)
    if len(stretch) < YEARS_NEEDED * period:
        word = step_word(stretch.index)
        raise ValueError(
            " ".join(
                [
                    f"The longest stretch without a gap has {len(stretch)} {word}s; a season is taken out from "
                    f"{YEARS_NEEDED * period} on. Chart the values as given (raw), and mind their season.",
                    *checked.notes,
                ]
            )
        )
    per_day = isinstance(stretch.index, pd.PeriodIndex)
    parts = decompose(checked, seasonal=SEASONAL, log=True, per_day=per_day).frame.set_index("period")
    rows = parts[parts["trend"].notna()]
    shock = np.array([in_shock(step, shocks) for step in rows.index])
    season = pd.Series(_season(rows, shock, period), index=rows.index)
    adjusted = (parts["observed"] - season).round(ROUNDED)
    return pd.Series(np.exp(adjusted).to_numpy(), index=checked.values.index)


def _season(rows: pd.DataFrame, shock: NDArray[np.bool_], period: int) -> Values:
    """The season as it is when shocks, and single steps that are far off, are left out of it.

    A robust fit finds what those steps would have been; the season is then fitted as ever. A robust fit alone would
    shrink the small changes that limits are made of, and put a point outside in most charts.
    """
    rest = rows["remainder"].to_numpy()
    far = shock | (np.abs(rest) > FAR_OFF * float(stats.median_abs_deviation(rest, scale="normal")))
    if not far.any():
        return rows["seasonal"].to_numpy()
    observed = rows["observed"].to_numpy()
    level, season, _ = stl(observed, period, *SEASONAL, robust=True)
    return stl(np.where(far, level + season, observed), period, *SEASONAL).seasonal
