"""In which form a column's numbers or dates are written: proposed from all its values, declared once, then held to."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from data.wording import no_number, plain

__all__ = ["DATE_ORDERS", "ZONED", "DateForm", "NumberForm", "propose_date", "propose_number"]

DATE_ORDERS = {
    "ymd": "year-month-day, such as 2023-01-31",
    "dmy": "day/month/year, such as 31/01/2023",
    "mdy": "month/day/year, such as 01/31/2023",
    "ym": "year-month, such as 2023-01",
    "my": "month and year, such as Jan-23",
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"[0-9]{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_GAP = r"\s*[-/. ]\s*"
_TIME = r"(?:[t ]\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
# A time may end in am or pm, or in how far its clock is from Greenwich; the clock's own time is kept.
_TIME += r"(?:\s?(?P<half>[ap])\.?m\.?)?(?:\s?(?:z|utc|gmt|[-+][0-9]{2}(?::?[0-9]{2})?))?)?"
ZONED = re.compile(r":[0-9.,]+\s?(?:z|utc|gmt|[-+][0-9]{2}(?::?[0-9]{2})?)$", re.IGNORECASE)  # a time with its zone
_PARTS = {
    "y": r"(?P<year>[0-9]{4}|[0-9]{2})",
    "m": rf"(?P<month>{_MONTH})",
    "d": r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?",
}
_LAST_SHORT_YEAR = 69  # as POSIX reads two digits: 69 is 1969, 68 is 2068
_FIRST = 5000  # values from which it is seen which forms are possible at all
_Form = TypeVar("_Form")
_SPACES = "\u00a0\u202f\u2009"


@dataclass(frozen=True)
class NumberForm:
    """How a column writes its numbers.

    Attributes
    ----------
    decimal
        "." or ",".
    thousands
        What parts the thousands: "", ",", ".", " " or "'". Where it is declared a number may still do without.
    percent
        Whether every number has a per cent sign.
    share
        Whether a percentage is written as a share of 1, so 0.45 for 45%.
    """

    decimal: str = "."
    thousands: str = ""
    percent: bool = False
    share: bool = False

    def reader(self) -> Callable[[str], float | None]:
        """What reads one cell: a finite number, NaN where the cell says that there is none, None where it is no number.

        Examples
        --------
        >>> read = NumberForm(decimal=",", thousands=".").reader()
        >>> [read(text) for text in ("0,7674", "1.234,5", "-2", "1,234.5", "NA", "many")]
        [0.7674, 1234.5, -2.0, None, nan, None]
        >>> NumberForm(percent=True).reader()("40 %")
        40.0
        """
        digits = "[0-9]{1,15}"
        if self.thousands:
            digits = rf"(?:[1-9][0-9]{{0,2}}(?:{re.escape(self.thousands)}[0-9]{{3}})+|{digits})"
        decimal = re.escape(self.decimal)
        number = rf"[-+]?(?:{digits}(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][-+]?[0-9]{{1,3}})?"
        return partial(self._read, re.compile(number + (r"\s*%" if self.percent else "")).fullmatch)

    def _read(self, fits: Callable[[str], object], cell: str) -> float | None:
        text = cell.strip()
        if not text.isascii():
            text = text.replace("\u2212", "-").replace("\u2019", "'")
            text = re.sub(f"[{_SPACES}]", " ", text)
        if not fits(text):
            return math.nan if no_number(text) else None
        text = text.removesuffix("%").strip()
        if self.thousands:
            text = text.replace(self.thousands, "")
        value = float(text.replace(self.decimal, "."))
        if not math.isfinite(value):
            return None
        return value * 100 if self.share else value

    def __str__(self) -> str:
        """An example in this form, for a message.

        Examples
        --------
        >>> str(NumberForm(",", ".")), str(NumberForm(percent=True)), str(NumberForm(share=True))
        ('1.234,5', '45.5%', '0.45')
        """
        if self.percent:
            return f"45{self.decimal}5%"
        return f"0{self.decimal}45" if self.share else f"1{self.thousands}234{self.decimal}5"


@dataclass(frozen=True)
class DateForm:
    """The order of a column's dates, one of ``DATE_ORDERS``. A time of day may follow; a month may be a word."""

    order: str = "dmy"

    def reader(self) -> Callable[[str], datetime | None]:
        """What reads one cell: a date and time, ``datetime.min`` where it says there is none, None where it is no date.

        Examples
        --------
        >>> read = DateForm("dmy").reader()
        >>> [str(read(text)) for text in ("03/04/2023", "3 April 2023 14:05", "04/31/2023")]
        ['2023-04-03 00:00:00', '2023-04-03 14:05:00', 'None']
        >>> str(DateForm("my").reader()("Jan-23"))
        '2023-01-01 00:00:00'
        >>> read("") == datetime.min
        True
        >>> str(read("03/04/2023 2:05 PM")), str(DateForm("ymd").reader()("2023-04-03T14:05:00+01:00"))
        ('2023-04-03 14:05:00', '2023-04-03 14:05:00')
        """
        shape = _GAP.join(_PARTS[part] for part in self.order)
        if self.order.startswith("y"):
            shape = shape.replace("|[0-9]{2})", ")", 1)  # 03-04-23 is never a year first
        if self.order == "my":
            shape = shape.replace(_GAP, rf"(?:{_GAP}|(?<=[a-z]))")
        return partial(_read_date, re.compile(shape + (_TIME if "d" in self.order else "")).fullmatch)

    def __str__(self) -> str:
        """The order in words."""
        return DATE_ORDERS[self.order]


def _read_date(fits: Callable[[str], re.Match[str] | None], cell: str) -> datetime | None:
    text = plain(cell)
    found = fits(text)
    if not found:
        return datetime.min if no_number(text) else None
    part = found.groupdict()
    month = part["month"]
    year = int(part["year"])
    if len(part["year"]) == 2:
        year += 2000 if year < _LAST_SHORT_YEAR else 1900
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    if part.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part["half"] == "p" else 0)
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
        return datetime(year, number, int(part.get("day") or 1), hour, minute, second)
    except ValueError:
        return None


def propose_number(cells: Iterable[str]) -> tuple[NumberForm, int, str]:
    """The form that most of a column's values are written in.

    Returns
    -------
    tuple
        The form; how many values it reads; a sentence where it had to be assumed, else "".

    Examples
    --------
    >>> propose_number(["0,7674", "2,1875", "NA"])
    (NumberForm(decimal=',', thousands='', percent=False, share=False), 2, '')
    >>> propose_number(["1,234", "2,345"])[2]
    'Numbers such as 1,234 are assumed to be thousands; declare a decimal comma if they are not.'
    """
    values = [cell for cell in cells if not no_number(cell)]
    percent = sum(cell.rstrip().endswith("%") for cell in values) * 2 > len(values)
    forms = [(".", ""), (",", ""), (".", ","), (",", "."), (".", " "), (",", " "), (".", "'"), (",", "'")]
    read = _how_many({form: NumberForm(*form, percent).reader() for form in forms}, values)
    best = max(read.values())
    # The order of `forms` settles a tie, but for commas that could part thousands or decimals.
    fitting = [form for form in forms if read[form] == best]
    chosen = fitting[0]
    assumed = ""
    if chosen == (",", "") and (".", ",") in fitting:
        chosen = (".", ",")
        example = next(cell.strip() for cell in values if "," in cell)
        assumed = f"Numbers such as {example} are assumed to be thousands; declare a decimal comma if they are not."
    return NumberForm(*chosen, percent), best, assumed


def _how_many(readers: Mapping[_Form, Callable[[str], object]], values: list[str]) -> dict[_Form, int]:
    """How many values each reader reads. One that reads next to nothing of the first thousands is not asked further."""
    first, rest = values[:_FIRST], values[_FIRST:]
    read = {form: sum(reader(cell) is not None for cell in first) for form, reader in readers.items()}
    if rest:
        enough = max(max(read.values()), len(first)) / 10
        for form, reader in readers.items():
            read[form] += sum(reader(cell) is not None for cell in rest) if read[form] >= enough else 0
    return read


def propose_date(cells: Iterable[str]) -> tuple[DateForm, int, str]:
    """The order that most of a column's dates are written in; day before month where nothing tells.

    Returns
    -------
    tuple
        The form; how many values it reads; a sentence where it had to be assumed, else "".

    Examples
    --------
    >>> propose_date(["03/04/2023", "31/04/2023", "25/04/2023"])[:2]
    (DateForm(order='dmy'), 2)
    >>> propose_date(["03/04/2023", "05/06/2023"])[2]
    'Dates such as 03/04/2023 are assumed to be day/month/year; declare month/day/year if they are not.'
    """
    values = [cell for cell in cells if not no_number(cell)]
    read = _how_many({order: DateForm(order).reader() for order in DATE_ORDERS}, values)
    best = max(read, key=lambda order: read[order])
    assumed = ""
    if best == "dmy" and read["mdy"] == read["dmy"] and _differs(values):
        example = next(cell.strip() for cell in values if _differs([cell]))
        assumed = f"Dates such as {example} are assumed to be day/month/year; declare month/day/year if they are not."
    return DateForm(best), read[best], assumed


def _differs(values: list[str]) -> bool:
    """Whether a value is another date when day and month change places. All being firsts of months leaves no doubt."""
    day_first, month_first = DateForm("dmy").reader(), DateForm("mdy").reader()
    days = [day_first(cell) for cell in values]
    if len({*days}) > 1 and all(day and day.day == 1 for day in days):
        return False
    return any(day != month_first(cell) for day, cell in zip(days, values, strict=True))
