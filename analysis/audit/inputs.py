"""One mistyped number makes several others wrong: an input whose mending puts all of them right and none wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.grades import DISAGREES, grade_value
from analysis.audit.printed import Printed
from analysis.audit.sheet import Number

__all__ = ["Derived", "leant_on", "one_slip_off", "suspects"]

_FEWEST = 2  # numbers that one input must make wrong, before it and not they is thought to be mistyped


@dataclass(frozen=True)
class Derived:
    """A derived number as it is printed: what it rests on, and its grade. ``own`` is its id among the figures."""

    formula: str
    inputs: Sequence[Number]
    printed: Printed
    grade: str
    own: str = ""
    recomputed: Fraction | None = None


def suspects(derived: Iterable[Derived]) -> dict[str, str]:
    """Inputs that look mistyped, by id, each with a sentence on what it should be.

    An input is suspected when one slip of the keys in it, or the sum of its own parts in its place, gives every number
    that rests on it and now disagrees, and keeps right every other that rests on it; and when only one such value does.

    Parameters
    ----------
    derived
        Every derived number of a report.
    """
    resting = _resting(derived)
    sums = {each.own: each.recomputed for each in derived if each.own and each.recomputed is not None}
    told = {}
    for name, leaning in resting.items():
        if sum(each.grade == DISAGREES for each in leaning) < _FEWEST:
            continue
        number = next(each for each in leaning[0].inputs if each.id == name)
        meant = [sums[name]] if name in sums and sums[name] != number.value else one_slip_off(number)
        right = [value for value in meant if value is not None and all(_fits(each, name, value) for each in leaning)]
        if len(right) == 1:
            words = f"{float(right[0]):,.{number.places}f}"
            told[name] = (
                f"a number it rests on looks mistyped: {number.label}, {number.when}, printed {number.shown}, is "
                f"probably {words}, which gives all that rest on it"
            )
    return told


def leant_on(own: str, value: Fraction, derived: Iterable[Derived]) -> bool:
    """Whether another number of the report follows from a print as it stands and would not from ``value``."""
    resting = _resting(derived).get(own, [])
    return any(each.grade != DISAGREES and not _fits(each, own, value) for each in resting)


def _resting(derived: Iterable[Derived]) -> Mapping[str, list[Derived]]:
    found: dict[str, list[Derived]] = {}
    for each in derived:
        for number in each.inputs:
            found.setdefault(number.id, []).append(each)
    return found


def _fits(each: Derived, name: str, value: Fraction) -> bool:
    exactly = Quantity(value, value, value)
    try:
        quantity = evaluate(each.formula, [exactly if one.id == name else one.quantity for one in each.inputs])
    except ZeroDivisionError:
        return False
    return grade_value(each.printed, quantity) != DISAGREES


def one_slip_off(number: Number) -> list[Fraction]:
    """Every value that one slip of the keys would make of a number: a digit replaced, turned, dropped or added."""
    step = 10**number.places
    text = str(int(abs(number.value) * step))
    places = range(len(text))
    made = {text[:at] + digit + text[at + 1 :] for at in places for digit in "0123456789"}
    made |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in places[:-1]}
    made |= {text[:at] + text[at + 1 :] for at in places if len(text) > 1}
    made |= {text[:at] + digit + text[at:] for at in range(len(text) + 1) for digit in "0123456789"}
    sign = -1 if number.value < 0 else 1
    return sorted({Fraction(sign * int(each), step) for each in made} - {number.value})
