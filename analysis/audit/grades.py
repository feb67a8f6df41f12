"""How a printed number is graded against what its inputs give."""

from __future__ import annotations

from fractions import Fraction

from analysis.audit.formula import Quantity
from analysis.audit.printed import Printed, cut_off, round_half_up, significant_digits

__all__ = ["AGREES", "AS_PER_CENT", "DISAGREES", "GRADES", "ROUNDING", "UNCHECKED", "UNIT_SLIP", "grade_value", "slip"]

AGREES, ROUNDING, UNIT_SLIP, DISAGREES, UNCHECKED = GRADES = (
    "agrees", "rounding", "unit slip", "disagrees", "cannot be checked",
)  # fmt: skip
AS_PER_CENT = "a change of a percentage is printed as per cent"  # how the cause of that slip begins
_LEAST_DIGITS = 2  # a slip of the unit must reproduce this many digits


def grade_value(printed: Printed, recomputed: Quantity) -> str:
    """AGREES, ROUNDING or DISAGREES: how far a print is what its inputs give.

    It agrees when the printed inputs, rounded half up to the printed places, give it. It is rounding when only
    unrounded inputs within half a printed unit give it, or cutting off instead of rounding.

    Examples
    --------
    >>> counts = Quantity(Fraction(189, 10), Fraction(189, 10), Fraction(189, 10))
    >>> [grade_value(Printed(Fraction(value), 0, True), counts) for value in (19, 18, 17)]
    ['agrees', 'rounding', 'disagrees']
    >>> rounded = Quantity(Fraction(4), Fraction(39, 10), Fraction(41, 10))
    >>> grade_value(Printed(Fraction(39, 10), 1, True), rounded)
    'rounding'
    """
    if round_half_up(recomputed.value, printed.places) == printed.value:
        return AGREES
    half = Fraction(1, 2 * 10**printed.places)
    within = recomputed.low <= printed.value + half and recomputed.high >= printed.value - half
    cut = cut_off(recomputed.value, printed.places) == printed.value
    return ROUNDING if (within and recomputed.low != recomputed.high) or cut else DISAGREES


def slip(printed: Printed, recomputed: Quantity) -> str:
    """The sentence on a print that is right in another unit; "" when it is not.

    >>> share = Quantity(*[Fraction(-1352, 100)] * 3)
    >>> slip(Printed(Fraction(-14, 100), 2, False), share)
    'a ratio is printed where a per cent belongs: times 100 it is right'
    """
    if significant_digits(printed.value, printed.places) < _LEAST_DIGITS:
        return ""
    told: dict[Fraction, str] = {
        Fraction(100): "a ratio is printed where a per cent belongs: times 100 it is right",
        Fraction(1000): "the number is printed in thousands: times 1,000 it is right",
        Fraction(1, 100): "the number is a hundred times too large: as a ratio it would be right",
        Fraction(1, 1000): "the number is a thousand times too large: in thousands it would be right",
    }
    for factor, sentence in told.items():
        if round_half_up(recomputed.value / factor, printed.places) == printed.value:
            return sentence
    return ""
