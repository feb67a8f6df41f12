"""A number as it was printed, read back exactly: value, decimal places, and whether it was called per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Printed", "exact", "places_for", "read_printed", "round_half_up", "round_to", "significant_digits"]

_MINUS = "-−–"
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PER_CENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """A number in print. ``per_cent`` is True where it stands with a % sign or the words."""

    value: Fraction
    places: int
    per_cent: bool


def exact(value: float) -> Fraction:
    """A figure of a release as the decimal number it was typed as, not as the nearest binary one.

    >>> exact(0.1) == Fraction(1, 10)
    True
    """
    return Fraction(repr(float(value)))


def read_printed(text: str) -> Printed | None:
    """The first number of a printed cell. Brackets round the whole cell and falling arrows make it negative.

    >>> read_printed("7.84 %")
    Printed(value=Fraction(196, 25), places=2, per_cent=True)
    >>> read_printed("↓ -3.36").value, read_printed("(1,009)").value, read_printed("↓ 12").value
    (Fraction(-84, 25), Fraction(-1009, 1), Fraction(-12, 1))
    >>> read_printed("not known") is None
    True
    """
    found = _NUMBER.search(text)
    if found is None:
        return None
    value = Fraction(found[0].replace(",", ""))
    before = text[: found.start()].replace("£", "").rstrip()
    bracketed = before.endswith("(") and text[found.end() :].lstrip(" %m").startswith(")")
    if before[-1:] in tuple(_MINUS) or bracketed or "↓" in before:
        value = -value
    return Printed(value, len(found[0].partition(".")[2]), bool(_PER_CENT.search(text)))


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


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round half away from zero, as published tables do.

    >>> round_half_up(Fraction(-5, 2), 0), round_half_up(Fraction(47345, 1000), 2)
    (Fraction(-3, 1), Fraction(947, 20))
    """
    step = 10**places
    whole = (abs(value) * step + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, step)


def round_to(value: Fraction, places: int, way: str) -> Fraction:
    """``value`` cut off ("down", towards zero) or rounded half up ("half up").

    >>> round_to(Fraction(189, 10), 0, "down"), round_to(Fraction(-189, 10), 0, "down")
    (Fraction(18, 1), Fraction(-18, 1))
    """
    if way == "half up":
        return round_half_up(value, places)
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
