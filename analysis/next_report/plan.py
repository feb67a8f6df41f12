"""The next report laid out from the one before it: what is asked, what is filled in, and what follows from the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.printed import exact, places_for, read_printed, round_half_up
from analysis.next_report.cells import FILLED, TOTAL, Cell, Plan, Table
from analysis.next_report.layout import Known, lay_out_table
from analysis.next_report.moving import Days
from analysis.next_report.periods import Record, new_ids, places_of
from analysis.periods import months_between

__all__ = ["Changed", "plan_next"]

Changed = Mapping[str, tuple[str, Days]]  # the key of a move: its heading and its period


def plan_next(
    frames: Mapping[str, pd.DataFrame],
    info: Mapping[str, Any],
    older_id: str,
    release_id: str,
    data_to: pd.Timestamp,
    changed: Changed | None = None,
) -> Plan:
    """Lay out the workbook of the next report.

    Parameters
    ----------
    frames
        The older release's frames by the name of their file, typed, as ``data.releases.Release.frames`` gives them.
    info
        Its ``release.toml`` by its keys; ``data_to`` is needed.
    older_id, release_id
        Of the older and of the next release, such as "2023-03" and "2023-06".
    data_to
        The last day of the next report's figures.
    changed
        Headings and periods that were set by hand, by the key of their ``Move``.

    Raises
    ------
    ValueError
        When the next report's figures do not go further than the older one's.
    """
    before = pd.Timestamp(str(info["data_to"]))
    months = months_between(before, data_to)
    if months < 1:
        raise ValueError(
            f"The figures of {older_id} go to {before:%Y-%m-%d}: expected those of the next report to go at least a "
            f"month further, found {data_to:%Y-%m-%d}."
        )
    figures, derived = _records(frames["figures"]), _records(frames["as_published"])
    listed = sorted(_records(frames["tables"]), key=lambda row: row["order"])
    own = {str(row["id"]): [each for each in figures if each["table"] == row["id"]] for row in listed}
    places = {name: places_of(name, rows, months, data_to, changed or {}) for name, rows in own.items()}
    ids = new_ids(figures, places)
    known, named = _known(figures), set(frames["ranges"]["table"]) - {""}
    tables: list[Table] = []
    for row in listed:
        name = str(row["id"])
        made = [each for each in derived if each["table"] == name]
        if own[name] or made:
            number = len(tables) + 1
            tables.append(lay_out_table(row, number, own[name], made, places[name], ids, known, months, name in named))
    return Plan(release_id, data_to, older_id, before, dict(info), tuple(_following(tables)))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _known(figures: Sequence[Record]) -> Known:
    """What the older report printed for each thing and period of a table; budgets apart."""
    thing = ("table", "measure", "area", "breakdown")
    return {
        (*(row[name] for name in thing), row["role"] == "budget", row["period_start"], row["period_end"]): (
            float(row["value"]), str(row["printed"]),
        )
        for row in figures
    }  # fmt: skip


def _following(tables: list[Table]) -> list[Table]:
    """The tables with formulas in those filled-in figures that their own inputs give exactly as they are printed."""
    cells = {cell.id: cell for table in tables for cell in table.in_order()}
    follow = {name for name, cell in cells.items() if cell.kind == FILLED and cell.formula and _gives(cell, cells)}
    return [
        replace(table, cells={place: replace(cell, kind=TOTAL) if cell.id in follow else cell
                              for place, cell in table.cells.items()})
        for table in tables
    ]  # fmt: skip


def _gives(cell: Cell, cells: Mapping[str, Cell]) -> bool:
    inputs = [cells[name].value if name in cells else float("nan") for name in cell.inputs]
    printed = read_printed(cell.printed)
    if printed is None or any(pd.isna(value) for value in inputs):
        return False
    exactly = [exact(value) for value in inputs]
    try:
        result = evaluate(cell.formula, [Quantity(value, value, value) for value in exactly]).value
    except (ZeroDivisionError, ValueError):
        return False
    return round_half_up(result, places_for(cell.printed, abs(printed.value))) == printed.value
