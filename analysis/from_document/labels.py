"""Headings and labels of two reports held beside each other: their words, and the months they speak of."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import pandas as pd

from analysis.next_report.cells import Move
from analysis.periods import SHORT_MONTHS

__all__ = ["NEW", "OLD", "OTHER", "SILENT", "Label", "label_of", "period_said", "without_brackets", "without_marks"]

NEW, OLD, SILENT, OTHER = "new", "old", "silent", "other"

_TIME = re.compile(
    r"(?P<slashed>\b\d{1,2}/(?P<of>\d{1,2})/(?P<in>\d{4})\b)"
    r"|\b(?P<iso>\d{4}-(?P<m>\d{2})-\d{2})\b"
    r"|\b(?P<first>20\d\d)[/–-](?P<next>(?:20)?\d\d)\b"
    r"|\b(?:\d{1,2}\s?(?:st|nd|rd|th)?\s)?(?:of\s)?(?P<month>[A-Z][a-z]{2,8})\b(?:\s?[-–'’]?\s?(?P<year>20\d\d|\d\d)\b)?"
    r"|\b(?P<alone>20\d\d)\b"
)
_SIGNS = " *†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹"  # after a cell, they lead to a footnote
_BRACKETED = re.compile(r"\d{1,2}|[a-z]|check|note \d{1,2}", re.IGNORECASE)  # so does this in square brackets
_BRACKETS = re.compile(r"\s*\[[^\[\]]*\]$")
_LITTLE = {"to", "of", "the", "and", "in", "as", "at"}
_YEAR_TO = {"12", "twelve", "month", "months", "year", "ending", "ended", "up"}  # with a month: those that end there
_CENTURY, _LONG_YEAR, _MONTHS = 2000, 4, 12

Period = tuple[tuple[int, int], ...]  # years and months, 0 for a whole year


@dataclass(frozen=True)
class Label:
    """A heading or a label: its words without capitals, signs and times; and the months or years it names."""

    words: str
    period: Period


def without_marks(text: str) -> str:
    """A cell without the marks of footnotes at its end.

    >>> without_marks("12,345¹"), without_marks("5.2% *"), without_marks("63,770 [check]"), without_marks("(1.2)")
    ('12,345', '5.2%', '63,770', '(1.2)')
    >>> without_marks("[x]")
    '[x]'
    """
    plain = " ".join(text.split())
    short = plain.rstrip(_SIGNS)
    while short.endswith("]"):
        before, _, inside = short[:-1].rpartition("[")
        if not _BRACKETED.fullmatch(inside):
            break
        short = before.rstrip(_SIGNS)
    return short or plain


def without_brackets(text: str) -> str:
    """A row's label without its marks and what a document adds to it in square brackets.

    >>> without_brackets("Average Duration (hours) [children]"), without_brackets("Theft¹")
    ('Average Duration (hours)', 'Theft')
    """
    plain = without_marks(text)
    return _BRACKETS.sub("", plain) or plain


@functools.lru_cache(maxsize=8192)
def label_of(text: str) -> Label:
    """A heading in the words and times by which it is known.

    Examples
    --------
    >>> label_of("Baseline (April 19 to March 20)"), label_of("Dec – 22*").period
    (Label(words='baseline', period=((2019, 4), (2020, 3))), ((2022, 12),))
    >>> label_of("Apr to Jun 22").period, label_of("2023 to 31 st March").period, label_of("2021/22").period
    (((2022, 4), (2022, 6)), ((2023, 3),), ((2021, 4), (2022, 3)))
    >>> label_of("Calls 12 Months"), label_of("12 Month Difference, as printed").words, label_of("01/04/2022").period
    (Label(words='calls 12 months', period=()), '12 month difference', ((2022, 4),))
    >>> label_of("Last 12 months (to June 2023)"), label_of("Year to June 2022")  # a year that ends with a month
    (Label(words='last 12 months', period=((2022, 7), (2023, 6))), Label(words='', period=((2021, 7), (2022, 6))))
    """
    plain = without_marks(text).removesuffix(", as printed")
    times: list[tuple[int | None, int]] = []
    rest, place = [], 0
    for found in _TIME.finditer(plain):
        told = _times(found)
        if told:
            rest.append(plain[place : found.start()])
            place, times = found.end(), times + told
    signs = " ".join([*rest, plain[place:]]).casefold().replace("'", "").replace("’", "")
    words = re.findall(r"[^\W_]+|[%£]", signs)
    if times:
        words = [word for word in words if word not in _LITTLE]
    period = _with_years(times)
    if len(period) == 1 and period[0][1] and {"12", "twelve", "year"} & {*words}:
        period = _year_to(*period[0])
        words = [] if {*words} <= _YEAR_TO else words
    return Label(" ".join(words), period)


def _year_to(year: int, month: int) -> Period:
    """The twelve months that end with one."""
    return ((year - 1, month + 1) if month < _MONTHS else (year, 1), (year, month))


def _times(found: re.Match[str]) -> list[tuple[int | None, int]]:
    if found["slashed"]:
        return [(int(found["in"]), int(found["of"]))]
    if found["iso"]:
        return [(int(found["iso"][:_LONG_YEAR]), int(found["m"]))]
    if found["first"]:
        first, following = int(found["first"]), int(found["next"][-2:])
        return [(first, 4), (first + 1, 3)] if (first + 1) % 100 == following else []
    if found["alone"]:
        return [(int(found["alone"]), 0)]
    month = SHORT_MONTHS.get(found["month"].lower())
    if month is None:
        return []
    year = found["year"]
    return [(None if year is None else int(year) + (_CENTURY if len(year) < _LONG_YEAR else 0), month)]


def _with_years(times: list[tuple[int | None, int]]) -> Period:
    """Months without a year take the next one's, else the one year that stands alone."""
    alone = [year for year, month in times if month == 0 and year is not None]
    if len(alone) == 1 and any(year is None for year, _ in times):
        times = [(alone[0] if year is None else year, month) for year, month in times if month]
    made: list[tuple[int, int]] = []
    after: int | None = None
    for year, month in reversed(times):
        after = year if year is not None else after
        if after is not None:
            made.insert(0, (after, month))
    return tuple(made)


def period_said(label: Label, move: Move | None, heading: str) -> str:
    """Whose period a heading of a document says: ``NEW``, ``OLD``, ``OTHER``, or ``SILENT`` where it says none.

    Parameters
    ----------
    label
        Of the document.
    move
        Of the planned column or row; None where it has no period of its own.
    heading
        What stands there in the next report.

    Examples
    --------
    >>> days = [pd.Timestamp(day) for day in ("2022-04-01", "2023-03-31", "2022-07-01", "2023-06-30")]
    >>> move = Move("asb", "column", "c1", "last_12_months", "Last", "Last", (days[0], days[1]), (days[2], days[3]))
    >>> [period_said(label_of(text), move, "Last") for text in ("Last (2022/23)", "Last (Jul 22 to Jun 23)", "Last")]
    ['old', 'new', 'silent']
    """
    if not label.period:
        return SILENT
    now = {label_of(heading).period} | (_periods(*move.now) if move else set())
    if label.period in now:
        return NEW
    if move and label.period in {label_of(move.label_was).period} | _periods(*move.was):
        return OLD
    return OTHER


def _periods(start: pd.Timestamp, end: pd.Timestamp) -> set[Period]:
    """The ways in which a heading may say a period."""
    first, last = (start.year, start.month), (end.year, end.month)
    if first == last:
        return {(last,)}
    ways: set[Period] = {(first, last)}
    if (start.month, end.month, start.year) == (1, 12, end.year):
        ways.add(((start.year, 0),))
    return ways
