"""When in the week events come, and how long they wait: what a long tail does to a mean.

From small frames that the engine counted: nothing here sees a single event. An hour without an event is empty, not
zero: from counts alone it cannot be told whether nobody called or the line was closed.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from analysis.intervals import tail_area, wilson
from analysis.numbers import half_up, write_number

__all__ = ["hour_table", "hours_sentence", "interval_shares", "tail_sentence", "wait_table", "weekdays_between"]

DAYS = list(calendar.day_name)
FEW = 30  # values below which a mean's interval is only roughly right
FAR_APART = 1.2  # mean over median from which a tail is told
_EMPTY = "empty: no event is in the extract, which is not the same as 0"


def weekdays_between(first: pd.Timestamp, last: pd.Timestamp) -> dict[int, int]:
    """How often each weekday, 1 for Monday, comes from one day to another, both included.

    >>> weekdays_between(pd.Timestamp("2023-01-02"), pd.Timestamp("2023-01-09"))
    {1: 2, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1}
    """
    days = pd.date_range(first.normalize(), last.normalize()).day_of_week + 1
    return {day: int((days == day).sum()) for day in range(1, 8)}


def hour_table(counts: pd.DataFrame, days: Mapping[int, int] | None = None) -> pd.DataFrame:
    """The whole week, hour by hour.

    Parameters
    ----------
    counts
        ``weekday`` (1 is Monday), ``hour`` (0 to 23) and ``n``, as ``data.event_queries.event_counts`` gives them;
        events without a time are left out.
    days
        How many of each weekday the extract covers, for a mean an hour.

    Returns
    -------
    DataFrame
        168 rows: ``weekday, day, hour, n, share`` (of all events with a time), ``mean`` (events in such an hour;
        missing without ``days``) and ``caveat``. ``n``, ``share`` and ``mean`` are missing where no event is.

    Raises
    ------
    ValueError
        When an hour stands twice, as in counts of several groups, or no event has a time.

    Examples
    --------
    >>> table = hour_table(pd.DataFrame({"weekday": [1, 1], "hour": [9, 10], "n": [30, 10]}), {1: 2})
    >>> table.loc[[8, 9, 10], ["day", "hour", "n", "share", "mean"]].values.tolist()
    [['Monday', 8, nan, nan, nan], ['Monday', 9, 30.0, 0.75, 15.0], ['Monday', 10, 10.0, 0.25, 5.0]]
    """
    timed = counts.dropna(subset=["weekday", "hour"])
    if timed.empty:
        raise ValueError("No event has a time of day, so hours cannot be told.")
    if timed.duplicated(["weekday", "hour"]).any():
        raise ValueError("An hour of the week stands twice in the counts. Give one group at a time.")
    week = pd.MultiIndex.from_product([range(1, 8), range(24)], names=["weekday", "hour"])
    n = timed.astype({"weekday": int, "hour": int}).set_index(["weekday", "hour"])["n"].astype(float).reindex(week)
    n = n.where(n > 0)
    table = n.reset_index()
    covered = table["weekday"].map(days or {}).astype(float)
    table["share"], table["mean"] = table["n"] / table["n"].sum(), table["n"] / covered.where(covered > 0)
    table["caveat"] = np.where(table["n"].isna(), _EMPTY, "")
    table.insert(1, "day", table["weekday"].map(lambda day: DAYS[day - 1]))
    return table


def hours_sentence(table: pd.DataFrame) -> str:
    """The busiest hour of the week, and where there is nothing at all.

    >>> counts = pd.DataFrame([(day, hour, 10 + (hour == 9)) for day in range(1, 6) for hour in range(8, 18)])
    >>> print(hours_sentence(hour_table(counts.set_axis(["weekday", "hour", "n"], axis=1))))
    Monday from 9:00 to 10:00 is the busiest hour of the week, with 11 events (2.2% of all). No event on Saturday and
    Sunday, and none from 18:00 to 8:00: these hours are empty, which is not the same as 0.
    """
    most = table.loc[[table["n"].idxmax()]].iloc[0]
    hour = int(most["hour"])
    told = (
        f"{most['day']} from {hour}:00 to {(hour + 1) % 24}:00 is the busiest hour of the week, with "
        f"{write_number(most['n'])} events ({write_number(100 * most['share'], 'percent', 1)} of all)."
    )
    there = table.assign(there=table["n"].notna()).pivot_table(index="weekday", columns="hour", values="there")
    closed = [DAYS[day - 1] for day in range(1, 8) if not there.loc[day].any()]
    still = _runs([hour for hour in range(24) if not there[hour].any()])
    parts = []
    if closed:
        parts.append(f"on {_joined(closed)}")
    if still:
        parts.append(("and none " if closed else "") + f"from {_joined(still)}")
    if not parts:
        left = int(table["n"].isna().sum())
        return told if not left else f"{told} {left} of 168 hours are empty, which is not the same as 0."
    return f"{told} No event {', '.join(parts)}: these hours are empty, which is not the same as 0."


def _runs(hours: Sequence[int]) -> list[str]:
    """Hours in words, neighbours as a run, over midnight too."""
    empty = set(hours)
    starts = [hour for hour in hours if (hour - 1) % 24 not in empty]
    told = []
    for start in starts:
        end = start
        while (end + 1) % 24 in empty:
            end += 1
        told.append((start, f"{start}:00 to {(end + 1) % 24}:00"))
    return [text for _, text in told]


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def interval_shares(n: int, share: float, confidence: float = 0.95) -> tuple[float, float]:
    """At which shares the engine is asked for the limits of a quantile: order statistics by the binomial.

    Free of any shape. Missing where so few values give no limit. David and Nagaraja (2003), section 7.1.

    >>> [round(share, 4) for share in interval_shares(101, 0.5)]
    [0.4, 0.6]
    >>> interval_shares(5, 0.5)
    (nan, nan)
    """
    alpha = tail_area(confidence)
    if not 0 < share < 1:
        raise ValueError(f"A quantile with limits lies between 0 and 1, not at {share}.")
    lower = int(stats.binom.ppf(alpha / 2, n, share)) if n else 0  # the rank before it holds at most alpha / 2
    upper = int(stats.binom.isf(alpha / 2, n, share)) + 1
    if n < 2 or lower < 1 or upper > n:
        return math.nan, math.nan
    return (lower - 1) / (n - 1), (upper - 1) / (n - 1)


def wait_table(
    n: int,
    mean: float,
    variance: float,
    quantiles: Mapping[float, float],
    shares: Sequence[float] = (0.5, 0.9),
    within: int | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Mean, quantiles and share within a target, each with its interval.

    Parameters
    ----------
    n, mean, variance, within
        As ``data.event_queries.waits`` gives them.
    quantiles
        Values by share, as ``data.event_queries.quantiles`` gives them: for each of ``shares``, and for its limits at
        ``interval_shares``.
    shares
        Which quantiles are told; 0.5 is the median.
    confidence
        Level of the intervals.

    Returns
    -------
    DataFrame
        ``what, estimate, lower, upper, n, confidence, method, caveat``: "mean", "median", "90th percentile", and "share
        within" from 0 to 1. Missing where there are no values, or too few for a limit.

    Raises
    ------
    ValueError
        When a quantile is not there.

    Examples
    --------
    >>> values = np.r_[np.arange(1.0, 101), 500]
    >>> asked = [0.5, *interval_shares(101, 0.5)]
    >>> found = dict(zip(asked, np.quantile(values, asked)))
    >>> table = wait_table(101, values.mean(), values.var(ddof=1), found, [0.5], within=51)
    >>> table[["what", "estimate", "lower", "upper"]].round(2).values.tolist()
    [['mean', 54.95, 44.44, 65.46], ['median', 51.0, 41.0, 61.0], ['share within', 0.5, 0.41, 0.6]]
    """
    error = math.sqrt(variance / n) if n > 1 else math.nan
    reach = float(stats.t.isf(tail_area(confidence) / 2, n - 1)) * error if n > 1 else math.nan
    few = f"Fewer than {FEW} values: a long tail may make the interval too narrow." if n < FEW else ""
    told = [("mean", mean if n else math.nan, mean - reach, mean + reach, "t interval", few)]
    for share in shares:
        limits = interval_shares(n, share, confidence)
        asked = [share, *(limit for limit in limits if not math.isnan(limit))]
        if n and not all(each in quantiles for each in asked):
            raise ValueError(f"The quantiles at {_joined([f'{each:g}' for each in asked])} are needed.")
        lower, upper = (quantiles.get(limit, math.nan) for limit in limits)
        name = "median" if share == 0.5 else f"{_nth(share)} percentile"
        caveat = "Too few values for limits." if math.isnan(limits[0]) else ""
        told.append((name, quantiles[share] if n else math.nan, lower, upper, "order statistics", caveat))
    if within is not None:
        limits = wilson(within, n, confidence) if n else (math.nan, math.nan)
        told.append(("share within", within / n if n else math.nan, *limits, "Wilson", ""))
    table = pd.DataFrame(told, columns=["what", "estimate", "lower", "upper", "method", "caveat"])
    table.insert(4, "n", n)
    table.insert(5, "confidence", confidence)
    return table


def _nth(share: float) -> str:
    place = half_up(100 * share, 1)
    return f"{place:g}th"


def tail_sentence(mean: float, median: float, unit: str = "seconds", places: int = 0) -> str:
    """Mean against median, in words.

    >>> print(tail_sentence(74, 19))
    Half waited 19 seconds or less, yet the mean is 74 seconds, 3.9 times as long: a few waits are very long and pull
    the mean up.
    >>> tail_sentence(20, 19)
    'Mean and median are close: 20 seconds and 19 seconds.'
    """
    first, second = write_number(mean, unit, places), write_number(median, unit, places)
    if mean >= FAR_APART * median and mean > 0:
        times = f", {write_number(mean / median, places=1)} times as long" if median > 0 else ""
        return (
            f"Half waited {second} or less, yet the mean is {first}{times}: a few waits are very long and pull the "
            "mean up."
        )
    if median >= FAR_APART * mean:
        return f"Half waited {second} or more, yet the mean is {first}: some very short waits pull the mean down."
    return f"Mean and median are close: {first} and {second}."
