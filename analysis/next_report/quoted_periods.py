"""The period of a number that the report before quoted in the same words: moved on, unless the words name another."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.named_times import NamedTime, times_in
from analysis.next_report.moving import Days, move_day

__all__ = ["period_of_quote"]

_LONGEST_MONTH = 31  # days


def period_of_quote(sentence: str, was: Days, months: int, staying: Collection[pd.Timestamp] = ()) -> Days:
    """The period of a number in a sentence of the next report.

    A sentence that names no time speaks of the period a quarter on. One that names the older period still speaks of
    that; one that names other times says them: a stretch of months, or a month where the number was of a month. What
    cannot be told is left open.

    Parameters
    ----------
    sentence
        Of the number.
    was
        Its period in the report before; either end may be missing.
    months
        Between the two reports.
    staying
        Days on which periods begin or end that have not moved on, such as those of survey waves: a period between two
        of them has not either.

    Examples
    --------
    >>> def told(sentence: str, start: str, end: str) -> list[str]:
    ...     days = period_of_quote(sentence, (pd.Timestamp(start), pd.Timestamp(end)), 3)
    ...     return [f"{day:%Y-%m-%d}" for day in days]
    >>> july = "2022-07-01", "2022-07-31"
    >>> told("It was 7% in July.", *july), told("It was 7%.", *july), told("It was 9% in May 2023.", *july)
    (['2022-07-01', '2022-07-31'], ['2022-10-01', '2022-10-31'], ['2023-05-01', '2023-05-31'])
    >>> told("120 cases from April 2022 to March 2023.", "2022-04-01", "2022-12-31")
    ['2022-04-01', '2023-03-31']
    >>> told("There were 187 in 2021.", "2021-01-01", "2021-12-31")
    ['2021-01-01', '2021-12-31']
    """
    start, end = was
    moved = _on(start, months), _on(end, months)
    if start in staying and end in staying:
        return was
    times = times_in(sentence)
    if not times:
        return moved
    dated = [time for time in times if not pd.isna(time.last)]
    if len(dated) == 2 and dated[0].within == dated[1].within != dated[0].words:
        return pd.Timestamp(dated[0].last.year, dated[0].last.month, 1), dated[1].last
    for period in (was, moved):
        if any(_names(time, period) for time in times):
            return period
    if len(times) == len(dated) == 1 and _is_month(dated[0]) and (end - start).days < _LONGEST_MONTH:
        last = dated[0].last
        return pd.Timestamp(last.year, last.month, 1), last + pd.offsets.MonthEnd(0)
    return pd.Timestamp("NaT"), pd.Timestamp("NaT")


def _on(day: pd.Timestamp, months: int) -> pd.Timestamp:
    return day if pd.isna(day) else move_day(day, months)


def _names(time: NamedTime, period: Days) -> bool:
    """Whether a time is a period's last month or day, or the year or month that it is or begins in."""
    start, end = period
    if pd.isna(end):
        return not pd.isna(start) and not pd.isna(time.last) and time.last.year == start.year
    if time.words.isdigit():
        return bool(time.last.year == start.year == end.year)
    if pd.isna(time.last):
        return time.words in (f"{end:%B}", f"{start:%B}") and start.month == end.month
    return (time.last.year, time.last.month) == (end.year, end.month) and time.day in (0, end.day)


def _is_month(time: NamedTime) -> bool:
    return time.words[:1].isupper() and not time.day
