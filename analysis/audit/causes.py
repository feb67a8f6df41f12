"""The likely cause of a printed number that does not follow: searched for, and offered only if it gives the print.

A search among many numbers finds a match by chance now and then, the sooner the fewer digits the print has. So each
kind of cause asks for a least number of printed digits, more of them the farther away it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.printed import Printed, round_half_up, significant_digits
from analysis.audit.sheet import Number, Sheet

__all__ = ["SLIPS_OF_KEYS", "Asked", "Cause", "likely_causes", "one_digit_apart"]

SLIPS_OF_KEYS = 7  # the distance of a mistyped digit in the print itself
_CHANGES = {"difference", "percent_change", "baseline_difference", "baseline_percent", "point_change", "per_day"}
_NEAR, _FAR = 2, 3  # digits a print must have: for causes in its own row, for those from other rows and tables
_SMALLEST_PART = 10  # a part of fewer could be missed by chance
_MOST_VARIANTS = 1  # of a mistyped input, only a single one that fits is evidence


@dataclass(frozen=True)
class Asked:
    """A printed number that does not follow: its formula, its inputs in order, and what they give."""

    formula: str
    kind: str
    inputs: Sequence[Number]
    printed: Printed
    recomputed: Fraction
    area: str


@dataclass(frozen=True)
class Cause:
    """A sentence on what would give the print. ``distance`` is small for what lies near at hand."""

    distance: int
    sentence: str
    value: Fraction


def likely_causes(asked: Asked, sheet: Sheet) -> list[Cause]:
    """Every cause that reproduces the print to its places, the closest first.

    Parameters
    ----------
    asked
        The number and what it is said to rest on.
    sheet
        The release's numbers, among which other denominators are looked for.
    """
    digits = significant_digits(asked.printed.value, asked.printed.places)
    searches: list[tuple[int, Callable[[Asked, Sheet], Iterator[Cause]]]] = [
        (1, _sign), (1, _swapped), (_NEAR, _level), (_NEAR, _other_operation), (_NEAR, _parts), (_NEAR, _own_row),
        (_NEAR, _force), (_FAR, _own_table), (_FAR, _neighbours), (_NEAR, _digits), (_FAR, _mistyped),
    ]  # fmt: skip
    found = [cause for least, search in searches if digits >= least for cause in search(asked, sheet)]
    places, target = asked.printed.places, asked.printed.value
    fitting = [cause for cause in found if round_half_up(cause.value, places) == target]
    ranked = sorted(fitting, key=lambda cause: (cause.distance, abs(cause.value - target)))
    return list({cause.sentence: cause for cause in ranked}.values())


def _sign(asked: Asked, _: Sheet) -> Iterator[Cause]:
    if asked.printed.value:
        yield Cause(0, "the sign is turned round", -asked.recomputed)


def _swapped(asked: Asked, _: Sheet) -> Iterator[Cause]:
    if len(asked.inputs) == 2 and asked.formula != "sum":
        later, earlier = asked.inputs
        value = _work(asked.formula, [earlier, later])
        if value is not None and asked.recomputed != -value:  # a difference swapped is a sign turned round
            yield Cause(1, f"{later.when} and {earlier.when} are swapped", value)


def _level(asked: Asked, _: Sheet) -> Iterator[Cause]:
    if asked.kind in _CHANGES:
        for each in asked.inputs:
            told = f"a level is printed as a change: {each.value_words} is {each.when} itself"
            yield from (Cause(2, told, value) for value in (each.value, -each.value))


def _other_operation(asked: Asked, _: Sheet) -> Iterator[Cause]:
    if asked.kind not in _CHANGES or len(asked.inputs) != 2:
        return
    ways = {
        "a - b": "the difference is printed, not the change in per cent",
        "(a - b) / b * 100": "the change in per cent is printed, not the difference",
        "a / b * 100": f"{asked.inputs[0].when} is told as per cent of {asked.inputs[1].when}, not its change",
    }
    for formula, told in ways.items():
        value = _work(formula, asked.inputs)
        if formula != asked.formula and value is not None:
            yield Cause(2, told, value)


def _parts(asked: Asked, _: Sheet) -> Iterator[Cause]:
    """One part left out or counted twice, where it is the only part of that size and not a handful."""
    if asked.formula == "sum" and len(asked.inputs) > 1:
        sizes = [part.value for part in asked.inputs]
        for part in asked.inputs:
            if abs(part.value) >= _SMALLEST_PART and sizes.count(part.value) == 1:
                yield Cause(2, f"{part.label} ({part.printed}) is left out", asked.recomputed - part.value)
                yield Cause(2, f"{part.label} ({part.printed}) is counted twice", asked.recomputed + part.value)


def _own_row(asked: Asked, sheet: Sheet) -> Iterator[Cause]:
    for number in asked.inputs:
        yield from _instead(asked, number, sheet.same_row(number), 3)


def _force(asked: Asked, sheet: Sheet) -> Iterator[Cause]:
    if asked.area == sheet.force:
        return
    for number in asked.inputs:
        yield from _instead(asked, number, sheet.of_force(number), 4)
    if asked.formula == "a / (b - a) * 100" and len(asked.inputs) == 2:
        for whole in sheet.of_force(asked.inputs[1]):
            if whole.value:
                told = f"divided by {whole.when} of the whole force ({whole.printed}), not by the area's own"
                yield Cause(4, told, asked.inputs[0].value / whole.value * 100)


def _own_table(asked: Asked, sheet: Sheet) -> Iterator[Cause]:
    for number in asked.inputs:
        yield from _instead(asked, number, sheet.same_table(number), 5)


def _neighbours(asked: Asked, sheet: Sheet) -> Iterator[Cause]:
    for number in asked.inputs:
        yield from _instead(asked, number, list(sheet.neighbours(number)), 6)


def _instead(asked: Asked, number: Number, others: Sequence[Number], distance: int) -> Iterator[Cause]:
    """Another number in the place of one input, as the denominator alone and throughout the formula."""
    if asked.formula == "sum":
        return
    place = list(asked.inputs).index(number)
    letter = chr(ord("a") + place)
    for other in others:
        if any(other.id == each.id for each in asked.inputs) and f"/ {letter}" not in asked.formula:
            continue
        right, wrong = _told_apart(number, other)
        if f"/ {letter}" in asked.formula:
            spare = chr(ord("a") + len(asked.inputs))
            formula = asked.formula.replace(f"/ {letter}", f"/ {spare}")
            value = _work(formula, [*asked.inputs, other])
            if value is not None:
                yield Cause(distance, f"divided by {wrong} instead of {right}", value)
        replaced = [other if each is number else each for each in asked.inputs]
        value = _work(asked.formula, replaced)
        if value is not None:
            yield Cause(distance, f"worked out with {wrong} instead of {right}", value)


def _told_apart(right: Number, wrong: Number) -> tuple[str, str]:
    """Two numbers in as few words as tell them apart."""
    if right.table and (right.table, right.row) == (wrong.table, wrong.row):
        return f"{right.when} ({right.printed})", f"{wrong.when} ({wrong.printed})"
    if right.table and right.table == wrong.table and right.column == wrong.column:
        return f"its own ({right.printed})", f"that of “{wrong.label}” ({wrong.printed})"
    return f"its own ({right.printed})", f"{wrong.when} of “{wrong.label}” ({wrong.printed})"


def _digits(asked: Asked, _: Sheet) -> Iterator[Cause]:
    places, target = asked.printed.places, asked.printed.value
    if told := one_digit_apart(round_half_up(asked.recomputed, places) * 10**places, target * 10**places):
        yield Cause(SLIPS_OF_KEYS, told, target)


def one_digit_apart(right: Fraction, printed: Fraction) -> str:
    """How one slip of the keys makes one whole number of another: two neighbours turned round, or one digit wrong.

    "" where it takes more, or where the number is so short that another would look like it by chance.

    >>> one_digit_apart(Fraction(78098), Fraction(79098)), one_digit_apart(Fraction(1346), Fraction(1364))
    ('one digit is mistyped: 9 for 8', 'two digits are turned round')
    >>> one_digit_apart(Fraction(25), Fraction(28)), one_digit_apart(Fraction(25), Fraction(-25))
    ('', '')
    """
    if (right < 0) != (printed < 0) or right.denominator != 1 or printed.denominator != 1:
        return ""
    ours, theirs = str(abs(right)), str(abs(printed))
    if len(ours) != len(theirs):
        return ""
    differing = [place for place, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    if len(differing) == 1 and len(ours) >= _FAR:
        return f"one digit is mistyped: {theirs[differing[0]]} for {ours[differing[0]]}"
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        first, second = differing
        if ours[first] == theirs[second] and ours[second] == theirs[first]:
            return "two digits are turned round"
    return ""


def _mistyped(asked: Asked, _: Sheet) -> Iterator[Cause]:
    """One whole-number input with a digit dropped or added, where a single such slip gives the print.

    Where its neighbours give the print as well, many numbers do, and one with such digits among them is no evidence.
    """
    if asked.formula == "sum" or "/" not in asked.formula:
        return
    fitting = []
    for number in asked.inputs:
        if number.value.denominator != 1 or number.unit != "count":
            continue
        for variant in _one_digit_off(int(abs(number.value))):
            meant = variant if number.value >= 0 else -variant
            if _gives(asked, number, meant) and not any(_gives(asked, number, meant + step) for step in (-1, 1)):
                told = f"a digit may be missing or too many in an input: {variant:,} in place of {number.value_words}"
                fitting.append(Cause(8, told, asked.printed.value))
    if len(fitting) <= _MOST_VARIANTS:
        yield from fitting


def _gives(asked: Asked, number: Number, meant: int) -> bool:
    """Whether another whole number in the place of an input gives the print."""
    limits = Quantity.rounded(Fraction(meant), Fraction(0))
    value = _work(asked.formula, [limits if each is number else each.quantity for each in asked.inputs])
    return value is not None and round_half_up(value, asked.printed.places) == asked.printed.value


def _one_digit_off(number: int) -> set[int]:
    text = str(number)
    longer = {int(text[:place] + digit + text[place:]) for place in range(len(text) + 1) for digit in "0123456789"}
    shorter = {int(text[:place] + text[place + 1 :]) for place in range(len(text))} if len(text) > 1 else set()
    return (longer | shorter) - {number, 0}


def _work(formula: str, inputs: Sequence[Number | Quantity]) -> Fraction | None:
    """The formula's value, or None where it divides by zero."""
    quantities = [each.quantity if isinstance(each, Number) else each for each in inputs]
    try:
        return evaluate(formula, [Quantity.rounded(each.value, Fraction(0)) for each in quantities]).value
    except ZeroDivisionError:
        return None
