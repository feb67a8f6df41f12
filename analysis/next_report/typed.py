"""A typed or pasted cell read as the number it stands for; what is doubtful is asked about, never guessed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analysis.audit.printed import exact, read_printed, round_half_up
from analysis.next_report.sheets import NOT_PRINTED
from analysis.next_report.styles import Style
from analysis.numbers import POUNDS, UNIT_WORDS

__all__ = ["Asked", "Doubt", "Typed", "is_blank", "read_number", "says_not_printed"]

_TIME_UNITS = {"sec": "seconds", "min": "minutes", "hou": "hours", "day": "days"}
_WORDS = re.compile(r"(seconds?|secs?|minutes?|mins?|hours?|days?)\.?\)?$", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.')
_MOST_DIGITS = 15
_SURE = 2  # per cent: what lay above this before is not likely to be under one now


@dataclass(frozen=True)
class Asked:
    """What a cell asks for.

    Attributes
    ----------
    unit
        Of the number.
    style
        How the report writes it.
    past
        What the report printed in this place before; None where nothing.
    change
        Whether it is a difference or per cent, whose arrows and brackets are signs.
    """

    unit: str
    style: Style
    past: Fraction | None = None
    change: bool = False


@dataclass(frozen=True)
class Typed:
    """A number as it was typed: its exact value, how the report prints it, and what was done to it ("" for nothing)."""

    value: Fraction
    printed: str
    note: str = ""

    @property
    def as_printed(self) -> Fraction:
        """The value that its print shows."""
        found = read_printed(self.printed)
        return self.value if found is None else found.value


@dataclass(frozen=True)
class Doubt:
    """Why a cell cannot be read: what was found, what was expected, how to mend it."""

    found: str
    expected: str
    mend: str


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing to read."""
    return value is None or (isinstance(value, str) and not value.strip())


def says_not_printed(value: Any) -> bool:
    """Whether a cell says that the report prints nothing.

    >>> says_not_printed(" [X] "), says_not_printed("x")
    (True, False)
    """
    return isinstance(value, str) and value.strip().casefold() == NOT_PRINTED


def read_number(value: Any, shown_as: str, asked: Asked) -> Typed | Doubt:
    """Read a cell that is neither blank nor [x].

    Parameters
    ----------
    value
        What the cell holds.
    shown_as
        Its number format.
    asked
        What it should hold.

    Examples
    --------
    >>> share = Asked("percent", Style(1, suffix="%"), Fraction(473, 10))
    >>> read_number(0.481, "0.0%", share).printed, read_number("48.1", "General", share).printed
    ('48.1%', '48.1%')
    >>> read_number(0.481, "General", share).expected
    'a per cent such as 47.3%'
    >>> read_number("12,345", "General", Asked("count", Style())).value
    Fraction(12345, 1)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _other(value, asked)
    if isinstance(value, str):
        return _text(" ".join(value.split()), asked)
    if abs(value) >= 10**_MOST_DIGITS or value != value:
        return Doubt(str(value), _expected(asked), "Type the number that the report prints.")
    if "%" in _QUOTED.sub("", shown_as):
        return _as_per_cent(exact(value), asked)
    return _plain(exact(value), f"{value:g}" if value != int(value) else str(int(value)), asked)


def _other(value: Any, asked: Asked) -> Doubt:
    if isinstance(value, datetime.datetime | datetime.date):
        return Doubt(
            f"the date {value:%Y-%m-%d}", _expected(asked), "Set the cell's format to Number and type it again."
        )
    if isinstance(value, datetime.time | datetime.timedelta):
        unit = UNIT_WORDS.get(asked.unit, asked.unit)
        mend = f"Type it in {unit}, with a point, and set the cell's format to Number."
        return Doubt(f"the time {value}", _expected(asked), mend)
    return Doubt(str(value), _expected(asked), "Type the number that the report prints, or [x] where it prints none.")


def _as_per_cent(share: Fraction, asked: Asked) -> Typed | Doubt:
    """A cell that a spreadsheet shows as per cent holds 0.473 for 47.3%."""
    value = share * 100
    shown = f"{float(value):g}%"
    if asked.unit not in ("percent", "percentage_points"):
        mend = "Set the cell's format to Number and type it again."
        return Doubt(shown, _expected(asked), mend)
    most = max(abs(asked.past or Fraction(0)) * 20, Fraction(1000))
    if asked.unit == "percent" and abs(value) > most:
        mend = f"The cell is shown as per cent: type {float(share):g}% if that is meant."
        return Doubt(shown, _expected(asked), mend)
    return _written(value, asked)


def _plain(value: Fraction, shown: str, asked: Asked) -> Typed | Doubt:
    """A number without any sign of per cent."""
    sure = asked.past is None or abs(asked.past) >= _SURE
    if asked.unit == "percent" and not asked.change and 0 < abs(value) < 1 and sure:
        mend = f"Type {float(value * 100):g}%, or {shown}% if it is less than one per cent."
        return Doubt(shown, _expected(asked), mend)
    return _written(value, asked)


def _written(value: Fraction, asked: Asked) -> Typed | Doubt:
    if asked.unit == "count" and not asked.change:
        if value.denominator != 1 and not asked.style.places:
            return Doubt(f"{float(value):g}", "a whole number", "Type the count as the report prints it.")
        if value < 0 and (asked.past or 0) >= 0:
            return Doubt(f"{float(value):g}", "a count, which is not below zero", "Type it without the sign.")
    printed = asked.style.write(value)
    rounded = round_half_up(value, asked.style.places)
    note = "" if rounded == value else f"{float(value):.10g} was rounded as the report prints it: {printed}"
    return Typed(value, printed, note)


def _text(text: str, asked: Asked) -> Typed | Doubt:
    read = read_printed(text)
    if read is None or len(re.sub("[^0-9]", "", text)) > _MOST_DIGITS:
        mend = "Type one number in figures, such as 12,345 or 5.2%, or [x] where the report prints none."
        return Doubt(text, _expected(asked), mend)
    if (read.per_cent or read.points) and asked.unit not in ("percent", "percentage_points"):
        return Doubt(text, _expected(asked), "Type it without the sign, or choose the cell it belongs in.")
    if "£" in text and asked.unit not in POUNDS:
        return Doubt(text, _expected(asked), "Type it without the pound sign, or choose the cell it belongs in.")
    unit = _WORDS.search(text)
    if unit and _TIME_UNITS[unit[1][:3].lower()] != asked.unit:
        return Doubt(text, _expected(asked), f"Type it in {UNIT_WORDS.get(asked.unit, asked.unit)}.")
    value, printed, note = read.value, text, ""
    if not asked.change and text[0] in "↑↓":
        value, printed = abs(value), text[1:].strip().lstrip("-−–+")
        note = f"the arrow of “{text}” was left out: this is a level, not a change"
    if asked.unit == "percent" and not read.per_cent:
        plain = _plain(value, text, asked)
        if isinstance(plain, Doubt) or asked.style.suffix:
            return plain
    checked = _written(value, asked)
    return checked if isinstance(checked, Doubt) else Typed(value, printed, note)


def _expected(asked: Asked) -> str:
    example = asked.style.write(asked.past if asked.past is not None else Fraction(12))
    words = {"count": "a count", "percent": "a per cent", "percentage_points": "a number of percentage points"}
    words |= {"not_stated": "a number", "gbp_thousand": "thousands of pounds", "gbp": "pounds"}
    told = words.get(asked.unit, f"a number of {UNIT_WORDS.get(asked.unit, asked.unit)}")
    return f"{told} such as {example}"
