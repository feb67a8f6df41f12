"""Periods moved on from one report to the next, in dates and in the words of headings."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping

import pandas as pd

from analysis.periods import SHORT_MONTHS, months_between

__all__ = ["MOVING", "STAYING", "Days", "move_day", "move_periods", "move_words", "to_date"]

Days = tuple[pd.Timestamp, pd.Timestamp]  # the first and the last day of a period

MOVING = ("last_12_months", "previous_12_months", "month", "quarter", "year", "year_to_date", "snapshot")
STAYING = ("baseline", "wave", "budget", "actual")

_YEAR, _QUARTER = 12, 3
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})"
_TOKEN = re.compile(
    rf"(?P<slashed>\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b)"
    rf"|\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?:(?P<day>\d{{1,2}})(?P<gap>\s?)(?P<ending>st|nd|rd|th)?\s)?{_MONTH}(?:(?P<dash>\s?[-–]?\s?)(?P<year>\d{{4}}|\d{{2}}))?\b"
    rf"|\b(?P<alone>20\d\d)(?![/\d])\b"
)


def move_day(day: pd.Timestamp, months: int) -> pd.Timestamp:
    """The same day of a later month; the last day of a month stays the last.

    >>> move_day(pd.Timestamp("2023-03-31"), 3), move_day(pd.Timestamp("2023-02-28"), 3)
    (Timestamp('2023-06-30 00:00:00'), Timestamp('2023-05-31 00:00:00'))
    """
    moved = day + pd.DateOffset(months=months)
    return moved + pd.offsets.MonthEnd(0) if day.is_month_end else moved


def move_periods(role: str, periods: list[Days], months: int, data_to: pd.Timestamp) -> dict[Days, Days]:
    """Where each period of one role in one table stands in the next report.

    Rolling years, months, snapshots and years to date move on by the months between the reports; quarters by whole
    quarters; years only by whole years that have ended since; baselines, waves and budgets stay. A snapshot that the
    older report printed for the same month keeps its day.

    Parameters
    ----------
    role
        One of ``MOVING`` or ``STAYING``.
    periods
        All of this role in the table.
    months
        Between the two reports' data-to dates.
    data_to
        The newer report's.

    Examples
    --------
    >>> year = (pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31"))
    >>> move_periods("year", [year], 3, pd.Timestamp("2023-06-30"))[year] == year
    True
    >>> _, end = move_periods("year", [year], 3, pd.Timestamp("2023-12-31"))[year]
    >>> f"{end:%Y-%m-%d}"
    '2023-12-31'
    """
    if role in STAYING:
        return {period: period for period in periods}
    step = months
    if role == "quarter":
        step = months // _QUARTER * _QUARTER
    if role == "year":
        step = max(months_between(max(end for _, end in periods), data_to) // _YEAR, 0) * _YEAR
    if role == "year_to_date":
        return {period: to_date(period, months) for period in periods}
    moved = {period: (move_day(period[0], step), move_day(period[1], step)) for period in periods}
    if role != "snapshot":
        return moved
    known = {(start.year, start.month): (start, end) for start, end in periods}
    return {old: known.get((new[0].year, new[0].month), new) for old, new in moved.items()}


def to_date(period: Days, months: int) -> Days:
    """A year so far, which begins anew once its twelve months are over.

    >>> begun = pd.Timestamp("2022-04-01"), pd.Timestamp("2022-12-31")
    >>> [f"{day:%Y-%m-%d}" for months in (3, 6) for day in to_date(begun, months)]
    ['2022-04-01', '2023-03-31', '2023-04-01', '2023-06-30']
    """
    start, end = period[0], move_day(period[1], months)
    while start + pd.DateOffset(years=1) < end:
        start = start + pd.DateOffset(years=1)
    return start, end


def move_words(text: str, moves: Mapping[pd.Timestamp, pd.Timestamp], months: int = 0, years: bool = False) -> str:
    """A heading with its dates moved on, in the way it writes them.

    Parameters
    ----------
    text
        The heading or label.
    moves
        Where each first and last day of the periods it may speak of stands now.
    months
        By how many months a date that ``moves`` does not know moves on; 0 leaves it.
    years
        Whether a year that stands alone is one of them.

    Examples
    --------
    >>> days = [("2022-12-01", "2023-03-01"), ("2022-04-01", "2022-07-01"), ("2022-06-30", "2022-09-30")]
    >>> moves = {pd.Timestamp(old): pd.Timestamp(new) for old, new in days}
    >>> move_words("Dec - 22", moves), move_words("Apr to Jun 22", moves), move_words("01/04/2022", moves)
    ('Mar - 23', 'Jul to Sep 22', '01/07/2022')
    >>> move_words("An increase since Dec 2022", {}, 3), move_words("Baseline (July 18 to June 19)", {})
    ('An increase since Mar 2023', 'Baseline (July 18 to June 19)')
    """
    return _Words(text, moves, months, years).moved()


class _Words:
    """One heading on its way to the next report."""

    def __init__(self, text: str, moves: Mapping[pd.Timestamp, pd.Timestamp], months: int, years: bool) -> None:
        self.text, self.moves, self.months, self.years = text, moves, months, years

    def moved(self) -> str:
        return _TOKEN.sub(self._token, self.text)

    def _token(self, found: re.Match[str]) -> str:
        if found["alone"]:
            return self._year(found[0])
        for name, form in (("slashed", "%d/%m/%Y"), ("iso", "%Y-%m-%d")):
            if found[name]:
                day = pd.to_datetime(found[name], format=form, errors="coerce")
                new = None if pd.isna(day) else self._day(day)
                return found[0] if new is None else f"{new:{form}}"
        month = SHORT_MONTHS.get(found["month"].lower())
        return found[0] if month is None else self._month(found, month)

    def _year(self, text: str) -> str:
        """A lone year, where a period begins or ends in it."""
        if not self.years:
            return text
        moved = {f"{new.year}" for old, new in self.moves.items() if f"{old.year}" == text}
        return moved.pop() if len(moved) == 1 else text

    def _day(self, day: pd.Timestamp) -> pd.Timestamp | None:
        if day in self.moves:
            return self.moves[day]
        return move_day(day, self.months) if self.months else None

    def _month(self, found: re.Match[str], month: int) -> str:
        year = self._year_of(found, month)
        if year is None:
            return found[0]
        day = int(found["day"]) if found["day"] else 0
        if day and day <= calendar.monthrange(year, month)[1]:
            new = self._day(pd.Timestamp(year, month, day))
        else:
            new = self._in_month(year, month)
        if new is None:
            return found[0]
        first = f"{new.day}{found['gap']}{_ending(new.day) if found['ending'] else ''} " if day else ""
        return f"{first}{self._named(new, found['month'])}{self._year_after(found, new)}"

    def _year_of(self, found: re.Match[str], month: int) -> int | None:
        """The year a month belongs to: its own, that of the month after "to", or that of the one period in question."""
        if found["year"]:
            return int(found["year"]) + (2000 if len(found["year"]) < len("2000") else 0)
        after = re.match(r"\s?(?:to|-|–)\s[A-Z][a-z]{2,8}\s?(\d{4}|\d{2})\b", self.text[found.end() :])
        if after:
            return int(after[1]) + (2000 if len(after[1]) < len("2000") else 0)
        years = {day.year for day in self.moves if day.month == month}
        return years.pop() if found["day"] and len(years) == 1 else None

    def _in_month(self, year: int, month: int) -> pd.Timestamp | None:
        for old, new in self.moves.items():
            if (old.year, old.month) == (year, month):
                return new
        return move_day(pd.Timestamp(year, month, 1), self.months) if self.months else None

    def _named(self, day: pd.Timestamp, was: str) -> str:
        """The month in full or short, as the heading writes its months; May is both, so another month decides."""
        others = [name for name in re.findall(r"[A-Z][a-z]{2,8}", self.text) if name.lower() in SHORT_MONTHS]
        names = [name for name in others if name.lower() != "may"] or [was]
        short = all(len(name) <= len("Sept") and name.lower() not in ("june", "july") for name in names)
        return f"{day:%b}" if short else f"{day:%B}"

    def _year_after(self, found: re.Match[str], day: pd.Timestamp) -> str:
        if not found["year"]:
            return ""
        return f"{found['dash']}{day:%Y}" if len(found["year"]) == len("2022") else f"{found['dash']}{day:%y}"


def _ending(day: int) -> str:
    if 10 <= day % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
