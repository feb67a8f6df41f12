"""Times that a text names: a month, a season or a year, and whether what it says of them may be over."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

import pandas as pd

from analysis.periods import MONTHS

__all__ = ["NamedTime", "Range", "month_of", "ranges_in", "times_in", "without_times"]

_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}  # months; winter's is next year's February
_MONTH = "|".join(MONTHS)
_YEAR = r"\b(?<!\d )(?:19|20)\d\d\b(?! \d)"  # no part of a telephone number
_DAY = r"(?:(?P<day>\d{1,2}) )?"
_TIME = re.compile(
    rf"{_DAY}\b(?P<month>{_MONTH})\b(?: (?P<year>\d{{4}}))?"
    rf"|\b(?P<season>{'|'.join(_SEASON_ENDS)})\b(?: (?P<of>\d{{4}}))?"
    rf"|\b(?P<slashed>\d{{1,2}}/\d{{1,2}}/\d{{4}})\b"
    rf"|\b(?P<financial>(?:19|20)\d\d)/\d\d\b"
    rf"|(?P<alone>{_YEAR})"
)
_RANGE = re.compile(rf"\b(?P<first>{_MONTH})(?: (?P<begun>\d{{4}}))? to (?P<last>{_MONTH})(?: (?P<over>\d{{4}}))?\b")
_AND = re.compile(rf" (?:and|to|or) (?:\d{{1,2}} )?(?:{_MONTH}) (\d{{4}})")  # "July and August 2022"
_HOLDS_ON = re.compile(r"\b(?:since|from|until|before|after) (?:early |late )?$", re.IGNORECASE)
_RUNS_TO = re.compile(r"\bto $")


@dataclass(frozen=True)
class NamedTime:
    """A time as a text names it.

    Attributes
    ----------
    words
        Without the day: "March 2023", "spring 2022", "2019", "2019/20" of a financial year.
    start, end
        Where it stands in the text.
    day
        The day of the month; 0 where none is named.
    last
        The last day of what it names; missing where no year belongs to it.
    holds_on
        Whether something begins or ends with it: since June 2022, until then.
    runs_to
        Whether something runs to it: the 12 months to September 2022.
    within
        The words of the stretch of months that it is an end of, such as "January to March"; else its own.
    """

    words: str
    start: int
    end: int
    day: int
    last: pd.Timestamp
    holds_on: bool
    runs_to: bool
    within: str


@dataclass(frozen=True)
class Range:
    """Two months with "to" between them; a year is 0 where the text names none."""

    start: int
    end: int
    first: tuple[int, int]
    last: tuple[int, int]


def times_in(text: str) -> list[NamedTime]:
    """The times that a text names, in their order.

    >>> [(time.words, f"{time.last:%Y-%m-%d}") for time in times_in("Cleared in spring 2022; 2019/20 was 5 May 2019.")]
    [('spring 2022', '2022-05-31'), ('2019/20', '2020-03-31'), ('May 2019', '2019-05-05')]
    >>> [(time.words, time.holds_on, time.runs_to) for time in times_in("Since June 2022; the year to March 2023.")]
    [('June 2022', True, False), ('March 2023', False, True)]
    >>> [f"{time.last}" for time in times_in("In July and August 2022, or in May.")]
    ['2022-07-31 00:00:00', '2022-08-31 00:00:00', 'NaT']
    >>> times_in("Call 0808 2000 247, and may it help.")
    []
    """
    ranges = list(_RANGE.finditer(text))
    return [_time(text, found, ranges) for found in _TIME.finditer(text)]


def _time(text: str, found: re.Match[str], ranges: list[re.Match[str]]) -> NamedTime:
    before, start = text[: found.start()], found.start()
    day = int(found["day"] or 0)
    words = found[0].removeprefix(f"{found['day']} ")
    if found["slashed"]:
        return NamedTime(words, start, found.end(), 0, _slashed(found["slashed"]), False, False, words)
    year = found["year"] or found["of"] or found["alone"] or found["financial"]
    if year is None and (after := _AND.match(text, found.end())):
        year = after[1]
    last = pd.Timestamp("NaT") if year is None else _last_day(found, int(year), day)
    within = next((each[0] for each in ranges if each.start() <= start < each.end()), words)
    return NamedTime(
        words, start, found.end(), day, last, bool(_HOLDS_ON.search(before)), bool(_RUNS_TO.search(before)), within
    )  # fmt: skip


def _slashed(text: str) -> pd.Timestamp:
    day, month, year = map(int, text.split("/"))
    try:
        return pd.Timestamp(year, month, day)
    except ValueError:  # 31/02/2023
        return pd.Timestamp("NaT")


def _last_day(found: re.Match[str], year: int, day: int) -> pd.Timestamp:
    if found["month"]:
        month = MONTHS[found["month"]]
        days = calendar.monthrange(year, month)[1]
        return pd.Timestamp(year, month, day if 1 <= day <= days else days)
    if found["season"]:
        month = _SEASON_ENDS[found["season"]]
        return pd.Timestamp(year + (found["season"] == "winter"), month, 1) + pd.offsets.MonthEnd(0)
    return pd.Timestamp(year + 1, 3, 31) if found["financial"] else pd.Timestamp(year, 12, 31)


def ranges_in(text: str) -> list[Range]:
    """The stretches of months that a text names.

    >>> [(each.first, each.last) for each in ranges_in("April to March; June 2022 to May 2023; July to August 2022")]
    [((4, 0), (3, 0)), ((6, 2022), (5, 2023)), ((7, 0), (8, 2022))]
    """
    return [
        Range(
            found.start(), found.end(), (MONTHS[found["first"]], int(found["begun"] or 0)),
            (MONTHS[found["last"]], int(found["over"] or 0)),
        )
        for found in _RANGE.finditer(text)
    ]  # fmt: skip


def month_of(day: pd.Timestamp, with_year: bool = True) -> str:
    """The month of a day as texts name it.

    >>> month_of(pd.Timestamp("2023-06-30")), month_of(pd.Timestamp("2023-06-30"), False)
    ('June 2023', 'June')
    """
    return f"{day:%B %Y}" if with_year else f"{day:%B}"


def without_times(text: str) -> str:
    """A text with its times taken out, to see whether two say the same of other times.

    >>> without_times("Staff at 31 March 2023.") == without_times("Staff at 30 June 2023.")
    True
    """
    return _TIME.sub("", text)
