"""Places and ranges as the report prints them, read as numbers: 26th out of 42, 65% to 77%, above 90%."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.draft.numbers_in_text import MONEY, NOT_FIGURES, PER_CENT, PLACE, RATE, Found, find_numbers
from analysis.next_report.values import decimal_text
from analysis.numbers import ABOUT

__all__ = ["RangeRead", "read_place", "read_range"]

_ABOVE = re.compile(r"\b(above|over|more than|at least|from)\b", re.IGNORECASE)
_VALUES = (RATE, PER_CENT, MONEY)  # kinds of numbers that stand beside a place
_BELOW = re.compile(r"\b(below|under|less|fewer|within|at most|up to)\b", re.IGNORECASE)


@dataclass(frozen=True)
class RangeRead:
    """The two ends of a range as text; "" where there is none."""

    low: str = ""
    high: str = ""


def read_place(text: str) -> tuple[str, str, str]:
    """The place, out of how many, and the value that a comparison's print says; "" for each that it does not.

    >>> read_place("26th out of 42"), read_place("fifteenth place"), read_place("average of fifteen cases")
    (('26', '42', ''), ('15', '', ''), ('', '', '15'))
    >>> read_place("0.77 per 1,000, 6th"), read_place("25% and 30%: 8th of 43"), read_place("12th over 12 months")
    (('6', '', '0.77'), ('8', '43', ''), ('12', '', ''))
    """
    found = _figures(text)
    place = next((each for each in found if each.kind == PLACE), None)
    if place is not None:
        wholes = [each.whole for each in found if each.kind == PLACE and each.value == place.value and each.whole]
        beside = [each for each in found if each.kind in _VALUES]  # a number alone may count forces or months
        return decimal_text(place.value), decimal_text(wholes[0]) if wholes else "", _only(beside)
    return "", "", _only(found)


def _only(found: list[Found]) -> str:
    """The one value that is said; "" where none or several are."""
    return decimal_text(found[0].value) if len(found) == 1 else ""


def read_range(text: str) -> RangeRead | None:
    """The ends of a printed range, the lower first; None where it does not say them in figures.

    A number that is printed as "about" so much is both ends: what is near enough to it is for the report check to say.

    >>> read_range("47%-45%"), read_range("above 90%"), read_range("7 minutes or less")
    (RangeRead(low='45', high='47'), RangeRead(low='90', high=''), RangeRead(low='', high='7'))
    >>> read_range("about 5,100"), read_range("around 80%")
    (RangeRead(low='5100', high='5100'), RangeRead(low='80', high='80'))
    >>> read_range("a few") is None
    True
    """
    found = _figures(re.sub(r"(\d\s?%?)\s?[-–]\s?(\d)", r"\1 to \2", text))
    if len(found) == 2:
        low, high = sorted(each.value for each in found)
        return RangeRead(decimal_text(low), decimal_text(high))
    if len(found) != 1:
        return None
    own = decimal_text(found[0].value)
    if _BELOW.search(text):
        return RangeRead(high=own)
    if _ABOVE.search(text):
        return RangeRead(low=own)
    return RangeRead(low=own, high=own) if ABOUT.search(text) else None


def _figures(text: str) -> list[Found]:
    return [each for each in find_numbers(text) if each.kind not in NOT_FIGURES or each.kind == PER_CENT]
