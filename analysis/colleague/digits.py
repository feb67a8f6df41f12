"""How a number of a text may have come from another one: digits that changed places, a point out of place, rounding."""

from __future__ import annotations

from fractions import Fraction

from analysis.audit.printed import cut_off, round_half_up, significant_digits

__all__ = ["TIMES", "fits", "misprint", "zeros"]

_MOST_ZEROS = 6
_FEWEST_ZEROS = 2  # at the end of a count, before it is taken for a rounded one
_FEWEST_SWAPPED = 3  # digits of a number that has two swapped
_SURE = 4
_MOST_TENS = 3
# Powers of ten that one value is off another, in words.
TIMES = {1: "ten times", 2: "a hundred times", 3: "a thousand times", -1: "a tenth of", -2: "a hundredth of"}
TIMES |= {-3: "a thousandth of"}


def zeros(value: Fraction, places: int) -> int:
    """How many noughts end a whole number that may have been rounded; 0 where it was not.

    >>> zeros(Fraction(227000), 0), zeros(Fraction(1210), 0), zeros(Fraction(227000), 1)
    (3, 0, 0)
    """
    if places or not value or value.denominator != 1:
        return 0
    text = str(abs(value.numerator))
    count = min(len(text) - len(text.rstrip("0")), _MOST_ZEROS)
    return count if count >= _FEWEST_ZEROS else 0


def fits(value: Fraction, places: int, other: Fraction) -> bool:
    """Whether a print of so many places is that of another number, signs apart, rounded as the print is.

    >>> fits(Fraction(84), 0, Fraction(843, 10)), fits(Fraction(227000), 0, Fraction(227486))
    (True, True)
    >>> fits(Fraction(227400), 0, Fraction(227486)), fits(Fraction(-84), 0, Fraction(84))
    (False, True)
    """
    own, other = abs(value), abs(other)
    return round_half_up(other, places) == own or _rounded(other, own, places) == own


def misprint(value: Fraction, places: int, other: Fraction, fewest: int = 4) -> str:
    """What would make a print of another number: a few words, "" where nothing that is known does.

    Parameters
    ----------
    value, places
        The number as it is printed, and its decimal places.
    other
        The number it may be meant for, in the same unit.
    fewest
        Digits that both have at least where one is wrong, missing or too many; one fewer, but three, where two are
        swapped or the point is out of place. From 5 on, rounding is not looked at: a number nearby is no evidence.

    Examples
    --------
    >>> misprint(Fraction(19604), 0, Fraction(19640)), misprint(Fraction(196400), 0, Fraction(19640))
    ('two digits have changed places', 'it is ten times as much')
    >>> misprint(Fraction(19840), 0, Fraction(19640)), misprint(Fraction(1964), 0, Fraction(19645))
    ('one digit is another', 'it has a digit too few')
    >>> misprint(Fraction(473, 10), 1, Fraction(4738, 100)), misprint(Fraction(412), 0, Fraction(561))
    ('rounded as it is, it would be 47.4', '')
    """
    own, other = abs(value), abs(other)
    if not own or not other:
        return ""
    rounded = round_half_up(other, places)
    left, right = (str((each * 10**places).numerator) for each in (own, rounded))
    swapped = max(fewest - 1, _FEWEST_SWAPPED)
    if tens := _tens(own, other) if significant_digits(own, places) - zeros(own, places) >= swapped else 0:
        return f"it is {TIMES[tens]} {'as much' if tens > 0 else 'it'}"
    if len(left) == len(right) >= swapped and _swapped(left, right):
        return "two digits have changed places"
    if fewest <= _SURE and (told := _rounding(own, places, other)):
        return told
    if len(left) == len(right) >= fewest and sum(a != b for a, b in zip(left, right, strict=True)) == 1:
        return "one digit is another"
    if min(len(left), len(right)) >= fewest and abs(len(left) - len(right)) == 1 and _one_more(left, right):
        return f"it has a digit too {'many' if len(left) > len(right) else 'few'}"
    return ""


def _rounded(other: Fraction, own: Fraction, places: int) -> Fraction | None:
    step = zeros(own, places)
    return round_half_up(other / 10**step, 0) * 10**step if step else None


def _tens(own: Fraction, other: Fraction) -> int:
    for power in range(-_MOST_TENS, _MOST_TENS + 1):
        times = Fraction(10) ** power
        if power and own == other * times:
            return power
    return 0


def _swapped(left: str, right: str) -> bool:
    unlike = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    return len(unlike) == 2 and unlike[1] == unlike[0] + 1 and left[unlike[0]] == right[unlike[1]] and (
        left[unlike[1]] == right[unlike[0]]
    )  # fmt: skip


def _rounding(own: Fraction, places: int, other: Fraction) -> str:
    """A number cut off, or rounded up, where rounding to its places gives its neighbour."""
    step = Fraction(10) ** (zeros(own, places) or -places)
    exact = round_half_up(other / step, 0) * step
    if other == exact or significant_digits(own, places) - zeros(own, places) < _FEWEST_SWAPPED:
        return ""
    if own in (cut_off(other / step, 0) * step, (cut_off(other / step, 0) + 1) * step):
        decimals = places if step < 1 else 0
        return f"rounded as it is, it would be {float(exact):,.{decimals}f}"
    return ""


def _one_more(left: str, right: str) -> bool:
    """Whether the longer of two is the shorter with one digit put in after its first."""
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(1, len(longer)))
