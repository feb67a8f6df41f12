"""How a number is written, decided once: commas from 1,000, half-up rounding, a minus sign, units in words."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

__all__ = [
    "ABOUT",
    "DIFFERENCES",
    "NEAR_ENOUGH",
    "POUNDS",
    "UNIT_WORDS",
    "VAGUE",
    "half_up",
    "in_words",
    "ordinal",
    "places_of",
    "places_printed",
    "unit_of_change",
    "write_number",
]

UNIT_WORDS = {
    "count": "count",
    "percent": "%",
    "percentage_points": "percentage points",
    "seconds": "seconds",
    "minutes": "minutes",
    "hours": "hours",
    "days": "days",
    "gbp": "£",
    "gbp_thousand": "£ thousand",
    "gbp_million": "£ million",
    "per_1000": "per 1,000 population",
    "per_day": "a day",
    "grams": "grams",
    "kilograms": "kilograms",
    "rank": "place",
    "not_stated": "unit not stated",
}
POUNDS = {"gbp": 1, "gbp_thousand": 1000, "gbp_million": 1_000_000}  # in one of each unit of money
DIFFERENCES = ("difference", "baseline_difference")  # kinds of derived numbers; other changes are per cents
# words that make a printed number a round one, which nothing can be held to
VAGUE = re.compile(r"\b(about|over|up to|more than|nearly|almost|around|just)\b", re.IGNORECASE)
# those of them that say on neither side where the number lies
ABOUT = re.compile(r"\b(about|around|approximately|roughly|circa|nearly|almost)\b", re.IGNORECASE)
NEAR_ENOUGH = Fraction(1, 20)  # a number told as "about" or "over" is right within a twentieth
_SPELLED = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]


def half_up(value: float, places: int = 0) -> float:
    """Round half away from zero, as published tables do (Python's own rounding goes to the even digit).

    >>> half_up(2.5), half_up(-2.5), half_up(47.345, 2), half_up(0.05, 1)
    (3.0, -3.0, 47.35, 0.1)
    """
    step = Decimal(1).scaleb(-places)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))


def places_of(rounding: str) -> int:
    """Decimal places of a measure's printed step; exact counts have none.

    >>> places_of("exact"), places_of("1"), places_of("0.01")
    (0, 0, 2)
    """
    return len(rounding.partition(".")[2])


def places_printed(printed: str) -> int:
    """Decimal places of a number as it was printed.

    >>> places_printed("7.84 %"), places_printed("227486"), places_printed("£0.980m")
    (2, 0, 3)
    """
    decimals = printed.partition(".")[2]
    return len(decimals) - len(decimals.lstrip("0123456789"))


def unit_of_change(kind: str, unit: str) -> str:
    """The unit of a derived number of a kind that is worked out from values of a unit.

    >>> unit_of_change("baseline_difference", "percent"), unit_of_change("difference", "gbp_thousand")
    ('percentage_points', 'gbp_thousand')
    >>> unit_of_change("percent_change", "count")
    'percent'
    """
    if kind not in DIFFERENCES:
        return "percent"
    return "percentage_points" if unit == "percent" else unit


def write_number(value: float, unit: str = "count", places: int = 0) -> str:
    """A value with its unit, in the house style. Missing values are said, not left blank.

    >>> write_number(227486), write_number(77.72, "percent", 2), write_number(-3.36, "seconds", 2)
    ('227,486', '77.72%', '−3.36 seconds')
    >>> write_number(190822, "gbp_thousand"), write_number(-980, "gbp_thousand"), write_number(math.nan)
    ('£190,822,000', '−£980,000', 'not printed')
    >>> write_number(-0.04, "percent", 1)
    '0.0%'
    """
    if value is None or math.isnan(value):
        return "not printed"
    rounded = half_up(value, 0 if unit == "gbp_thousand" else places)
    sign = "−" if rounded < 0 else ""
    if unit == "gbp_thousand":
        return f"{sign}£{abs(rounded) * 1000:,.0f}"
    digits = f"{abs(rounded):,.{places}f}"
    if unit == "gbp":
        return f"{sign}£{digits}"
    if unit == "gbp_million":
        return f"{sign}£{digits} million"
    if unit == "percent":
        return f"{sign}{digits}%"
    if unit in ("count", "rank", "not_stated"):
        return f"{sign}{digits}"
    return f"{sign}{digits} {UNIT_WORDS[unit]}"


def in_words(number: int) -> str:
    """A whole number in words up to nine, then in figures.

    >>> in_words(5), in_words(12)
    ('five', '12')
    """
    words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return words[number] if 0 <= number < len(words) else f"{number:,}"


def ordinal(place: int, words: bool = True) -> str:
    """A place in words up to ninth, then in figures; all in figures where it is told "out of" something.

    >>> ordinal(6), ordinal(12), ordinal(21), ordinal(43), ordinal(6, words=False)
    ('sixth', '12th', '21st', '43rd', '6th')
    """
    if words and 1 <= place <= len(_SPELLED):
        return _SPELLED[place - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if 10 <= place % 100 <= 20 else ending}"
