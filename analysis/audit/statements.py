"""Statements: every number of the running text held against what it rests on, one finding each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.audit.causes import Asked, likely_causes
from analysis.audit.findings import Finding, recompute, spelled_inputs
from analysis.audit.formula import evaluate
from analysis.audit.grades import AGREES, DISAGREES, UNCHECKED
from analysis.audit.printed import Printed, round_half_up
from analysis.audit.sheet import NOT_PRINTED, Number, Sheet
from analysis.numbers import NEAR_ENOUGH, VAGUE

__all__ = ["check_statements"]

_MISSING = {
    "share": "the whole that this is a share of",
    "rate": "the whole that this is a share of",
    "difference": "the earlier value",
    "percent_change": "the earlier value",
    "point_change": "the earlier value",
    "per_day": "the earlier value",
}


def check_statements(statements: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each row of ``statements``, in its order.

    Parameters
    ----------
    statements
        The release's own.
    sheet
        Its numbers.
    """
    return [_check(row, sheet) for row in statements.itertuples()]


def _check(row: Any, sheet: Sheet) -> Finding:
    own = sheet.numbers[row.id]
    names = row.inputs.split()
    inputs = [sheet.numbers[name] for name in names if name != NOT_PRINTED]
    shared = {
        "id": row.id, "kind": "statement", "as_printed": row.printed, "where": row.where, "measure": row.measure,
        "area": row.area, "section": row.section, "label": row.claim, "formula": row.formula,
        "inputs": spelled_inputs(inputs) if NOT_PRINTED not in names else "",
    }  # fmt: skip
    if row.formula == "stands alone":
        told = "it stands alone: nothing is printed that it could be worked out from"
        return Finding(**shared, grade=UNCHECKED, cause=told)
    if told := _whole_force_base(row, names, own, inputs, sheet):
        return Finding(**shared, grade=DISAGREES, cause=told)
    if NOT_PRINTED in names:
        missing = _MISSING.get(row.kind, "what it rests on")
        return Finding(**shared, grade=UNCHECKED, cause=f"the report does not print {missing}")
    printed = Printed(own.value, own.places, "%" in row.printed or "per cent" in row.printed)
    grade, cause, quantity = recompute(row.formula, inputs, printed)
    others: tuple[str, ...] = ()
    if grade == DISAGREES and quantity is not None:
        if VAGUE.search(row.printed) and abs(quantity.value - own.value) <= abs(quantity.value) * NEAR_ENOUGH:
            grade, cause = AGREES, "printed as a round number"
        else:
            asked = Asked(row.formula, row.kind, inputs, printed, quantity.value, row.area)
            causes = [each.sentence for each in likely_causes(asked, sheet)]
            cause, others = (causes[0], tuple(causes[1:])) if causes else ("", ())
    return Finding(
        **shared, grade=grade, cause=cause, other_causes=others,
        recomputed=None if quantity is None else float(round_half_up(quantity.value, printed.places)),
        recomputed_in_full=None if quantity is None else float(quantity.value),
    )  # fmt: skip


def _whole_force_base(row: Any, names: Sequence[str], own: Number, inputs: Sequence[Number], sheet: Sheet) -> str:
    """The sentence on a part of the area that is held against the whole force's earlier number; "" when it is not.

    The earlier number is what the area's own number and its printed difference leave.
    """
    if row.area == sheet.force or not row.measure:
        return ""
    if row.formula == "a - b" and len(inputs) == 1 and names[-1] == NOT_PRINTED:
        base = inputs[0].value - own.value
    elif row.formula == "a / (b - a) * 100" and len(inputs) == 2:
        base = evaluate("b - a", [each.quantity for each in inputs]).value
    else:
        return ""
    same = [each for each in sheet.of_force(own) if each.value == base and each.end != own.end]
    if not same:
        return ""
    return (
        f"the area is held against {same[0].when} of the whole force ({same[0].printed}); its own earlier number is "
        "not printed"
    )
