"""Table cells: every derived cell of a printed table recomputed from its inputs, one finding each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.audit.causes import Asked, likely_causes
from analysis.audit.findings import Finding, recompute, spelled_inputs
from analysis.audit.grades import DISAGREES, UNCHECKED
from analysis.audit.printed import read_printed, round_half_up
from analysis.audit.sheet import NOT_PRINTED, Sheet

__all__ = ["check_cells"]


def check_cells(as_published: pd.DataFrame, tables: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each row of ``as_published``, in its order.

    Parameters
    ----------
    as_published, tables
        The release's own.
    sheet
        Its numbers.
    """
    known = {row.id: row for row in tables.itertuples()}
    return [_check(row, known, sheet) for row in as_published.itertuples()]


def _check(row: Any, tables: Mapping[str, Any], sheet: Sheet) -> Finding:
    names = row.inputs.split()
    inputs = [sheet.numbers[name] for name in names if name != NOT_PRINTED]
    first = inputs[0] if inputs else sheet.numbers.get(row.figure_id)
    own = sheet.numbers.get(row.figure_id) or first
    shared = {
        "id": row.id, "kind": "cell", "as_printed": row.printed, "formula": row.formula,
        "where": f"{tables[row.table].where}: {row.row_label}, {row.column_label}",
        "measure": own.measure if own else "", "area": own.area if own else "", "table": row.table,
        "section": tables[row.table].section, "label": f"{row.row_label}, {row.column_label}",
        "about": tuple(dict.fromkeys(name for name in (row.id, row.figure_id) if name)),
    }  # fmt: skip
    printed = read_printed(row.printed)
    if printed is None:
        return Finding(**shared, grade=UNCHECKED, cause="no number is printed here")
    if row.formula == "stands alone" or NOT_PRINTED in names:
        return Finding(**shared, grade=UNCHECKED, cause="the report does not print what it rests on")
    grade, cause, quantity = recompute(row.formula, inputs, printed)
    others: tuple[str, ...] = ()
    if grade == DISAGREES and quantity is not None:
        asked = Asked(row.formula, row.kind, inputs, printed, quantity.value, own.area if own else "")
        causes = [each.sentence for each in likely_causes(asked, sheet)]
        cause, others = (causes[0], tuple(causes[1:])) if causes else ("", ())
    return Finding(
        **shared, grade=grade, cause=cause, other_causes=others, inputs=spelled_inputs(inputs),
        recomputed=None if quantity is None else float(round_half_up(quantity.value, printed.places)),
        recomputed_in_full=None if quantity is None else float(quantity.value),
    )  # fmt: skip
