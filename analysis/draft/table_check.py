"""Every derived cell of a pasted table recomputed from the cells it rests on, one finding each."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.audit.causes import Asked, likely_causes
from analysis.audit.findings import recompute, spelled_inputs
from analysis.audit.formula import spell
from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED, UNIT_SLIP
from analysis.audit.printed import Printed, round_half_up
from analysis.audit.sheet import Sheet
from analysis.draft.cell_readings import RESTS_ON, Reading, cell_readings, inputs_of
from analysis.draft.pasted_sheet import sheet_of
from analysis.draft.results import frame_of, result_of
from analysis.draft.roles import (
    BASELINE,
    BASELINE_DIFFERENCE,
    BASELINE_PER_CENT,
    DIFFERENCE,
    EARLIER,
    LABEL,
    LATER,
    PER_CENT_CHANGE,
    SHARE,
    SHARE_OF_COLUMN,
    TOTAL,
    Role,
)  # fmt: skip
from analysis.draft.table import Pasted, read_cell

__all__ = ["TABLE_COLUMNS", "check_table"]

TABLE_COLUMNS = ["row", "column", "label", "heading", "role", "printed", "result", "grade", "recomputed"]
TABLE_COLUMNS += ["recomputed_in_full", "formula", "inputs", "cause", "other_causes"]

_BETTER = {grade: place for place, grade in enumerate((AGREES, ROUNDING, UNIT_SLIP, DISAGREES, UNCHECKED))}
_DIGIT = re.compile(r"[0-9]")
_NOT_PRINTED = "The table does not print what it rests on."
_COLUMN = {EARLIER: "the earlier value", LATER: "the later value", BASELINE: "the baseline"}
_KINDS = {
    DIFFERENCE: "difference", PER_CENT_CHANGE: "percent_change", BASELINE_DIFFERENCE: "baseline_difference",
    BASELINE_PER_CENT: "baseline_percent", SHARE: "share", SHARE_OF_COLUMN: "share", TOTAL: "total",
}  # fmt: skip


def check_table(pasted: Pasted, roles: Sequence[Role]) -> pd.DataFrame:
    r"""One finding for each derived cell and each cell of a total row, in the table's order.

    A cell that can be meant in several ways (a variance as actual less budget, a share of all rows or of those that
    have one) is held against each, and the one that fits best is told.

    Parameters
    ----------
    pasted
        The table.
    roles
        One for each column, as ``propose_roles`` gives them or as the reader has mended them.

    Returns
    -------
    DataFrame
        ``TABLE_COLUMNS``. ``row`` and ``column`` count from 0 below the headings; ``result`` is checked, not checkable
        or wrong; ``grade`` as in the report check; ``recomputed`` to the printed places.

    Raises
    ------
    ValueError
        When there is not one role for each column.

    Examples
    --------
    >>> from analysis.draft import propose_roles, pasted_table
    >>> table = pasted_table("Crime\tPrevious\tLast\tChange\t% Change\nArson\t400\t500\t100\t20.0%")
    >>> found = check_table(table, propose_roles(table))
    >>> list(found["grade"]), float(found["recomputed"].iloc[1]), found["cause"].iloc[1]
    (['agrees', 'disagrees'], 25.0, 'divided by “Last” (500) instead of “Previous” (400)')
    """
    if [role.column for role in roles] != list(range(pasted.width)):
        raise ValueError(f"The table has {pasted.width} columns; each needs one role, in their order.")
    sheet = sheet_of(pasted, roles)
    readings = cell_readings(pasted, roles, sheet)
    rows = []
    for (row, column), ways in sorted(readings.items()):
        printed = read_cell(pasted.rows[row][column])
        if printed is None or not ways:
            finding = _bare(_what_is_missing(pasted, roles, row, column))
        else:
            finding = _best(ways, printed, _KINDS.get(roles[column].role, "total"), sheet)
        label = next((pasted.rows[row][role.column] for role in roles if role.role == LABEL), "")
        shared = {"row": row, "column": column, "label": label, "heading": pasted.headings[column]}
        shared |= {"role": roles[column].role, "printed": pasted.rows[row][column]}
        rows.append(shared | {"result": result_of(str(finding["grade"]))} | finding)
    return frame_of(rows, TABLE_COLUMNS)


def _best(ways: Sequence[Reading], printed: Printed, kind: str, sheet: Sheet) -> dict[str, object]:
    """The finding of the reading that fits best; of equals the first."""
    graded = [(recompute(way.formula, way.inputs, printed), way) for way in ways]
    (grade, cause, quantity), way = min(graded, key=lambda each: _BETTER[each[0][0]])
    others: list[str] = []
    if grade == DISAGREES and quantity is not None:
        asked = Asked(way.formula, kind, way.inputs, printed, quantity.value, "")
        cause, *others = [each.sentence for each in likely_causes(asked, sheet)] or [""]
    return {
        "grade": grade, "cause": cause, "other_causes": "; ".join(others), "formula": spell(way.formula),
        "inputs": spelled_inputs(way.inputs),
        "recomputed": None if quantity is None else float(round_half_up(quantity.value, printed.places)),
        "recomputed_in_full": None if quantity is None else float(quantity.value),
    }  # fmt: skip


def _what_is_missing(pasted: Pasted, roles: Sequence[Role], row: int, column: int) -> str:
    """Why a cell cannot be worked out: it is no number, a column was not named, or a cell that it rests on is none."""
    cell, role = pasted.rows[row][column], roles[column]
    if read_cell(cell) is None:
        return "This cannot be read as one number." if _DIGIT.search(cell) else "No number is printed here."
    named = {each.role for each in roles}
    wanted = [] if role.inputs else [each for each in RESTS_ON.get(role.role, ()) if each not in named]
    if wanted:
        told = " and ".join(f"which column is {_COLUMN[each]}" for each in sorted(wanted))
        return f"Say above {told}."
    beside = [pasted.rows[row][each] for each in inputs_of(role, roles)]
    unreadable = next((text for text in beside if read_cell(text) is None and _DIGIT.search(text)), "")
    return f"“{unreadable}” cannot be read as one number." if unreadable else _NOT_PRINTED


def _bare(why: str) -> dict[str, object]:
    return {"grade": UNCHECKED, "cause": why, "other_causes": "", "formula": "", "inputs": ""}
