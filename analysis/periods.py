"""How a stretch of time is named: 12 months to a date, a month, a quarter, a day."""

from __future__ import annotations

import calendar

import pandas as pd

__all__ = ["MONTHS", "SHORT_MONTHS", "months_between", "name_day", "name_period", "short_period"]

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
# as headings write them, in small letters
SHORT_MONTHS = {
    words: number for name, number in MONTHS.items() for words in (name.lower(), name[:3].lower())
} | {"sept": 9}  # fmt: skip


def months_between(earlier: pd.Timestamp, later: pd.Timestamp) -> int:
    """Whole calendar months from one day's month to another's.

    >>> months_between(pd.Timestamp("2022-12-31"), pd.Timestamp("2023-03-31"))
    3
    """
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def name_day(day: pd.Timestamp) -> str:
    """A day as it is read aloud.

    >>> name_day(pd.Timestamp("2023-03-31"))
    '31 March 2023'
    """
    return f"{day.day} {day:%B %Y}"


def name_period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """The plain name of a period, both ends included.

    >>> name_period(pd.Timestamp("2022-04-01"), pd.Timestamp("2023-03-31"))
    '12 months to 31 March 2023'
    >>> name_period(pd.Timestamp("2022-12-01"), pd.Timestamp("2022-12-31"))
    'December 2022'
    >>> name_period(pd.Timestamp("2016-01-01"), pd.Timestamp("2016-12-31"))
    '2016'
    >>> name_period(pd.Timestamp("2023-01-01"), pd.Timestamp("2023-03-31"))
    'January to March 2023'
    >>> name_period(pd.Timestamp("2022-04-01"), pd.Timestamp("2022-04-01"))
    '1 April 2022'
    >>> name_period(pd.Timestamp("2023-01-01"), pd.NaT), name_period(pd.NaT, pd.NaT)
    ('since 1 January 2023', '')
    """
    if pd.isna(start) or pd.isna(end):
        return _open(start, end)
    whole_months = start.day == 1 and end.is_month_end
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start == end:
        return name_day(start)
    if whole_months and months == 1:
        return f"{start:%B %Y}"
    if whole_months and months == 12 and start.month == 1:
        return f"{start:%Y}"
    if whole_months and months == 12:
        return f"12 months to {name_day(end)}"
    if whole_months and start.year == end.year:
        return f"{start:%B} to {end:%B %Y}"
    if whole_months:
        return f"{start:%B %Y} to {end:%B %Y}"
    return f"{name_day(start)} to {name_day(end)}"


def _open(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """A period of which one end is not told, such as "so far this year"; "" of neither."""
    if pd.isna(start):
        return "" if pd.isna(end) else f"to {name_day(end)}"
    return f"since {name_day(start)}"


def short_period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """A period for a chart's label or a column's heading.

    >>> short_period(pd.Timestamp("2021-04-01"), pd.Timestamp("2022-03-31"))
    '2021/22'
    >>> short_period(pd.Timestamp("2018-07-01"), pd.Timestamp("2019-06-30"))
    'Jul 2018 to Jun 2019'
    >>> short_period(pd.Timestamp("2022-12-01"), pd.Timestamp("2022-12-31"))
    'Dec 2022'
    >>> short_period(pd.Timestamp("2023-01-01"), pd.NaT)
    'since 1 January 2023'
    """
    if pd.isna(start) or pd.isna(end):
        return _open(start, end)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole_months = start.day == 1 and end.is_month_end
    if not whole_months:
        return f"{start.day} {start:%b %Y}" if start == end else name_period(start, end)
    if months == 12 and start.month == 4:
        return f"{start.year}/{end.year % 100:02d}"
    if months == 12 and start.month == 1:
        return f"{start:%Y}"
    if months == 1:
        return f"{start:%b %Y}"
    return f"{start:%b %Y} to {end:%b %Y}"
