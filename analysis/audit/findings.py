"""What one check found: a finding, and the frame of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.audit.formula import Quantity, evaluate, letters_of
from analysis.audit.grades import AS_PER_CENT, DISAGREES, ROUNDING, UNCHECKED, UNIT_SLIP, grade_value, slip
from analysis.audit.printed import Printed, round_half_up
from analysis.audit.sheet import Number

__all__ = ["COLUMNS", "Finding", "frame_of", "recompute", "spelled_inputs"]

COLUMNS = ["id", "kind", "where", "measure", "as_printed", "recomputed", "grade", "cause", "formula"]
COLUMNS += ["recomputed_in_full", "inputs", "other_causes", "section", "sections", "table", "area", "label", "about"]
_CUT_OFF = "cut off instead of rounded"
_UNROUNDED = "right if worked out from the numbers before they were rounded"


@dataclass(frozen=True)
class Finding:
    """One result of the check.

    ``kind`` is cell, statement, across, bounds, parts or words; ``about`` holds the ids of the printed numbers that it
    speaks of, the first of them its own; ``others_in`` the further sections in which one of them stands.
    """

    id: str
    kind: str
    grade: str
    as_printed: str
    where: str = ""
    measure: str = ""
    recomputed: float | None = None
    recomputed_in_full: float | None = None
    cause: str = ""
    other_causes: tuple[str, ...] = ()
    formula: str = ""
    inputs: str = ""
    section: str = ""
    table: str = ""
    area: str = ""
    label: str = ""
    about: tuple[str, ...] = ()
    others_in: tuple[str, ...] = ()


def frame_of(findings: Sequence[Finding]) -> pd.DataFrame:
    """The findings as a frame with ``COLUMNS``; ``other_causes`` as one text, ``about`` as ids with spaces between."""
    rows = [
        {name: getattr(each, name, "") for name in COLUMNS}
        | {
            "other_causes": "; ".join(each.other_causes),
            "about": " ".join(each.about or (each.id,)),
            "sections": " ".join(dict.fromkeys([each.section, *each.others_in])),
        }
        for each in findings
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"recomputed": float, "recomputed_in_full": float})


def spelled_inputs(inputs: Sequence[Number]) -> str:
    """The inputs as a reader checks them: ``a = 10,432 (Neighbourhood Crime, the last 12 months); b = ...``.

    Parameters
    ----------
    inputs
        In the order of the formula's letters.
    """
    told = [
        f"{letter} = {each.shown} ({f'{each.label}, {each.when}' if each.table else each.where})"
        for letter, each in zip(letters_of(inputs), inputs, strict=True)
    ]
    return "; ".join(told)


def recompute(formula: str, inputs: Sequence[Number], printed: Printed) -> tuple[str, str, Quantity | None]:
    """Grade, first words of a cause, and the recomputed quantity of one printed number.

    Returns
    -------
    tuple
        ``("disagrees", "", quantity)`` leaves the cause to be searched for; the quantity is None where the formula
        divides by zero.
    """
    try:
        quantity = evaluate(formula, [each.quantity for each in inputs])
    except ZeroDivisionError:
        return UNCHECKED, "it would divide by zero", None
    grade = grade_value(printed, quantity)
    if grade == DISAGREES and (told := slip(printed, quantity)):
        return UNIT_SLIP, told, quantity
    if printed.points and formula != "a - b" and grade != DISAGREES:
        return UNIT_SLIP, "percentage points are printed where a per cent belongs", quantity
    of_shares = formula == "a - b" and all(each.unit == "percent" for each in inputs)
    if of_shares and printed.per_cent and printed.value and grade != DISAGREES:
        return UNIT_SLIP, _points(printed, inputs, grade), quantity
    if grade == ROUNDING:
        exact = round_half_up(quantity.value, printed.places)
        outside = abs(quantity.value - printed.value) > Fraction(1, 2 * 10**printed.places)
        cut = outside and quantity.low == quantity.high and exact != printed.value
        return ROUNDING, _CUT_OFF if cut else _UNROUNDED, quantity
    return grade, "", quantity


def _points(printed: Printed, inputs: Sequence[Number], grade: str) -> str:
    size = f"{float(abs(printed.value)):.{printed.places}f}"
    told = f"{AS_PER_CENT}: it is {size} percentage point{'s' * (size != '1')}"
    earlier, later = inputs[1].value, inputs[0].value
    if earlier:
        told += f"; as per cent it would be {abs(float((later - earlier) / earlier * 100)):.1f}%"
    return f"{told}; {_UNROUNDED}" if grade == ROUNDING else told
