"""What is said of one number of a draft, and how a number is held against others of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.audit.causes import Asked, likely_causes
from analysis.audit.findings import recompute
from analysis.audit.formula import Quantity, letters_of, spell
from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED, UNIT_SLIP
from analysis.audit.printed import Printed, round_half_up, significant_digits
from analysis.audit.sheet import Number, Sheet
from analysis.draft.numbers_in_text import COUNT, PER_CENT, Found
from analysis.draft.sentences import Passage

__all__ = [
    "CHANGE",
    "FITS",
    "MINUS",
    "NOTHING_GIVES_IT",
    "SHARE_OF",
    "Judged",
    "candidates",
    "is_exact",
    "judge",
    "plain",
]

MINUS, CHANGE, SHARE_OF = "a - b", "(a - b) / b * 100", "a / b * 100"
FITS = (AGREES, ROUNDING)
NOTHING_GIVES_IT = "Nothing was found in the text that gives it."
_KINDS = {MINUS: "difference", CHANGE: "percent_change", SHARE_OF: "share"}
_NEAR_ENOUGH = Fraction(1, 20)  # as in the report check: a number told as "about" is right within a twentieth
_TWO, _FEWEST_DIGITS = 2, 2  # inputs of a change, and digits before another way to it is no chance
_NO_DATE = pd.Timestamp(0)
_EMPTY = Sheet(numbers={}, rows={}, tables={}, beside={}, titles={}, force="")


@dataclass(frozen=True)
class Judged:
    """A grade for the number ``figure`` of a passage, with what it was worked out from."""

    figure: int
    grade: str
    why: str
    formula: str = ""
    inputs: tuple[int, ...] = ()
    recomputed: Fraction | None = None
    spelled: str = ""

    @property
    def fits(self) -> bool:
        """Whether the number follows."""
        return self.grade in FITS


def is_exact(found: Found) -> bool:
    """Whether it is a whole count, told as it is."""
    return found.kind == COUNT and found.places == 0 and found.scale == 1 and not found.vague


def plain(figure: int, grade: str, why: str) -> Judged:
    """A grade without arithmetic."""
    return Judged(figure, grade, why)


def judge(passage: Passage, figure: int, formula: str, inputs: Sequence[int], turn: int = 1) -> Judged:
    """Hold a number against a formula on other numbers of the text.

    Parameters
    ----------
    passage
        The text.
    figure
        The number held to account.
    formula, inputs
        What it should be, on the letters a, b, ... of the inputs.
    turn
        -1 where words such as "fell by" say a fall, so that a number without a sign is less than nothing.
    """
    own = passage.found[figure]
    numbers = [_number(passage.found[each]) for each in inputs]
    size = abs(own.value) * turn if turn < 0 else own.value
    printed = Printed(size, own.places, own.kind == PER_CENT)
    grade, why, quantity = recompute(formula, numbers, printed)
    value = None if quantity is None else quantity.value
    vague = own.vague or any(passage.found[each].vague for each in inputs)
    if grade in (DISAGREES, UNIT_SLIP) and vague and value is not None:
        near = abs(value - size) <= abs(value) * _NEAR_ENOUGH
        grade, why = (AGREES, "told as a round number") if near else (UNCHECKED, "It is told as a round number.")
    elif grade == DISAGREES and value is not None:
        asked = Asked(formula, _KINDS.get(formula, ""), numbers, printed, value, "")
        causes = likely_causes(asked, _EMPTY)
        told = _other_whole(passage, formula, inputs, own, size) or (causes[0].sentence if causes else "")
        why = f"it should be {_written(value * turn, own)}" + (f"; {told}" if told else "")
    return Judged(figure, grade, why, spell(formula), tuple(inputs), value, _spelled(passage, inputs))


def _other_whole(passage: Passage, formula: str, inputs: Sequence[int], own: Found, size: Fraction) -> str:
    """What a per cent is divided by instead of its earlier level, where that gives the print; "" where nothing does."""
    if "/" not in formula or len(inputs) != _TWO or significant_digits(size, own.places) < _FEWEST_DIGITS:
        return ""
    first, second = (passage.found[each] for each in inputs)
    difference, earlier, later = first.value - second.value, second.value, first
    if formula != CHANGE:  # from the level reached and the difference, "rose by 100 to 500"
        difference = abs(second.value) * (1 if size > 0 else -1)
        earlier = first.value - difference
    if formula == SHARE_OF or not later.value or not earlier or earlier == later.value:
        return ""
    if round_half_up(difference / later.value * 100, own.places) != size:
        return ""
    right = f"{float(earlier):,.{max(first.places, second.places)}f}"
    return f"{own.text.lstrip('+-−–')} would be right if divided by {later.text} instead of {right}"


def candidates(
    passage: Passage, figure: int, formula: str, several: Sequence[Sequence[int]], turn: int = 1
) -> Judged | None:
    """The first of several sets of inputs from which the number follows; None where it follows from none."""
    for inputs in several:
        judged = judge(passage, figure, formula, inputs, turn)
        if judged.fits:
            return judged
    return None


def _written(value: Fraction, own: Found) -> str:
    rounded = round_half_up(abs(value), own.places)
    return (
        f"{'−' if value < 0 and rounded else ''}{float(rounded):,.{own.places}f}{'%' if own.kind == PER_CENT else ''}"
    )


def _number(found: Found) -> Number:
    half = Fraction(0) if is_exact(found) else Fraction(1, 2 * 10**found.places)
    unit = "percent" if found.kind == PER_CENT else found.kind
    return Number(
        id=f"{found.start}", quantity=Quantity.rounded(found.value, half), printed=found.text,
        places=found.places, unit=unit, label="", column=found.text, role="", table="", row=0, section="", measure="",
        area="", breakdown="", start=_NO_DATE, end=_NO_DATE, where="the text",
    )  # fmt: skip


def _spelled(passage: Passage, inputs: Sequence[int]) -> str:
    pairs = zip(letters_of(inputs), inputs, strict=True)
    return "; ".join(f"{letter} = {passage.found[each].text}" for letter, each in pairs)
