"""A number as it was printed, read back exactly: value, decimal places, and whether it was called per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

__all__ = [
    "Printed",
    "cut_off",
    "exact",
    "numbers_in",
    "places_for",
    "read_printed",
    "round_half_up",
    "significant_digits",
]

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_PER_CENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
_CELL = re.compile(
    rf"(?P<arrow>[↑↓])?\s*(?P<open>\()?\s*(?P<sign>[-+−–])?\s*£?\s*(?P<number>{_NUMBER.pattern})\s*(?P<inner>%)?\s*"
    r"(?P<close>\))?\s*(?P<unit>%|per ?cent|p\.?p\.?|pts?|(?:percentage )?points?|seconds?|secs?|minutes?|mins?|hours?|"
    r"days?)?\.?",
    re.IGNORECASE,
)
_POINTS = re.compile(r"p\.?p\.?|pts?|(?:percentage )?points?", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """A number in print, and whether it stands with a % sign or the words, or with points."""

    value: Fraction
    places: int
    per_cent: bool
    points: bool = False


def exact(value: float) -> Fraction:
    """A figure of a release as the decimal number it was typed as, not as the nearest binary one.

    >>> exact(0.1) == Fraction(1, 10)
    True
    """
    return Fraction(repr(float(value)))


def read_printed(text: str) -> Printed | None:
    """A printed cell as one number; None for what holds none, or several, or is written in another way.

    Brackets round the number and falling arrows make it negative.

    >>> read_printed("7.84 %")
    Printed(value=Fraction(196, 25), places=2, per_cent=True, points=False)
    >>> read_printed("↓ -3.36").value, read_printed("(1,009)").value, read_printed("↓ 12").value
    (Fraction(-84, 25), Fraction(-1009, 1), Fraction(-12, 1))
    >>> [read_printed(text) for text in ("not known", "1 in 4", "33,1%", "12% to 13%", "735k")]
    [None, None, None, None, None]
    """
    found = _CELL.fullmatch(text.strip())
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    value = Fraction(found["number"].replace(",", ""))
    if found["open"] or found["arrow"] == "↓" or (found["sign"] or "+") != "+":
        value = -value
    unit = found["unit"] or ""
    per_cent = bool(_PER_CENT.search(unit)) or bool(found["inner"])
    return Printed(value, len(found["number"].partition(".")[2]), per_cent, bool(_POINTS.fullmatch(unit)))


def places_for(text: str, value: Fraction) -> int:
    """Decimal places of the number in a phrase that has this size; a number in words has none.

    >>> places_for("25% (12,401) of victims", Fraction(25)), places_for("£0.980m", Fraction(-98, 100))
    (0, 3)
    >>> places_for("nine were independently investigated", Fraction(9))
    0
    """
    for found in _NUMBER.findall(text):
        if Fraction(found.replace(",", "")) == abs(value):
            return len(found.partition(".")[2])
    return 0


def numbers_in(text: str) -> set[Fraction]:
    """Every number in figures that a phrase holds, without its sign.

    >>> sorted(numbers_in("6th (6 of 8 compared to MSF)")), numbers_in("fifteenth place")
    ([Fraction(6, 1), Fraction(8, 1)], set())
    """
    return {Fraction(found.replace(",", "")) for found in _NUMBER.findall(text)}


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round half away from zero, as published tables do.

    >>> round_half_up(Fraction(-5, 2), 0), round_half_up(Fraction(47345, 1000), 2)
    (Fraction(-3, 1), Fraction(947, 20))
    """
    step = 10**places
    whole = (abs(value) * step + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, step)


def cut_off(value: Fraction, places: int) -> Fraction:
    """``value`` cut off towards zero.

    >>> cut_off(Fraction(189, 10), 0), cut_off(Fraction(-189, 10), 0)
    (Fraction(18, 1), Fraction(-18, 1))
    """
    step = 10**places
    whole = (abs(value) * step).__floor__()
    return Fraction(whole if value >= 0 else -whole, step)


def significant_digits(value: Fraction, places: int) -> int:
    """How many digits a print fixes: the evidence that a match with it carries.

    >>> significant_digits(Fraction(593, 10), 1), significant_digits(Fraction(5), 0), significant_digits(Fraction(0), 1)
    (3, 1, 0)
    """
    whole = abs(value) * 10**places
    return len(str(whole.__floor__())) if whole else 0
