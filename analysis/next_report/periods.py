"""Which part of a printed table a period belongs to (a column, a row or a single cell), and where it stands next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.next_report.cells import Move
from analysis.next_report.moving import STAYING, Days, move_periods, move_words

__all__ = ["COLUMN", "Places", "Record", "column_key", "new_ids", "places_of", "row_key"]

Record = Mapping[str, Any]  # a row of a typed frame

COLUMN, ROW, CELL = "column", "row", "cell"
_ID_DATES = ("%Y_%m_%d", "%Y_%m", "%Y")


@dataclass(frozen=True)
class Places:
    """How a table's periods stand in it: down ``axis``, and the move of each place on it."""

    axis: str
    moves: Mapping[str, Move]

    def of(self, figure: Record) -> Move:
        """The move of a figure's own place."""
        return self.moves[_place(self.axis, figure)]

    def days(self) -> dict[pd.Timestamp, pd.Timestamp]:
        """Where each first and last day of the table's periods stands now."""
        pairs = [(move.was, move.now) for move in self.moves.values()]
        return {old: new for was, now in pairs for old, new in zip(was, now, strict=True)}


def column_key(order: object) -> str:
    """What a printed column is known by inside its table."""
    return f"c{order}"


def row_key(table: str, order: object) -> str:
    """What a printed row is known by on its sheet."""
    return f"{table}.{order}"


def places_of(
    table: str, figures: Sequence[Record], months: int, data_to: pd.Timestamp, changed: Mapping[str, tuple[str, Days]]
) -> Places:
    """The periods of one table, moved on.

    Parameters
    ----------
    table
        Its id.
    figures
        The older release's figures of the table.
    months
        Between the two reports' data-to dates.
    data_to
        The newer report's.
    changed
        Headings and periods that were set by hand, by the key of their move.
    """
    axis = _axis(figures)
    periods: dict[str, list[Days]] = {}
    for row in figures:
        periods.setdefault(row["role"], []).append((row["period_start"], row["period_end"]))
    moved = {role: move_periods(role, list(dict.fromkeys(found)), months, data_to) for role, found in periods.items()}
    moves: dict[str, Move] = {}
    for figure in figures:
        place = _place(axis, figure)
        if place in moves:
            continue
        role, was = str(figure["role"]), (figure["period_start"], figure["period_end"])
        now = moved[role][was]
        label_was = str(figure["column_label" if axis == COLUMN else "row_label"])
        label = move_words(label_was, dict(zip(was, now, strict=True)), years=True)
        move = Move(table, axis, place, role, label_was, label, was, now)
        if move.key in changed:
            label, now = changed[move.key]
            move = Move(table, axis, place, role, label_was, label, was, now)
        moves[place] = move
    return Places(axis, moves)


def _axis(figures: Sequence[Record]) -> str:
    """Whether periods stand in columns, else in rows, else in neither."""
    for axis, order in ((COLUMN, "column_order"), (ROW, "row_order")):
        periods = {(row[order], row["role"], row["period_start"], row["period_end"]) for row in figures}
        if len(periods) == len({row[order] for row in figures}):
            return axis
    return CELL


def _place(axis: str, figure: Record) -> str:
    if axis == COLUMN:
        return column_key(figure["column_order"])
    return row_key(figure["table"], figure["row_order"]) if axis == ROW else str(figure["figure_id"])


def new_ids(figures: Sequence[Record], places: Mapping[str, Places]) -> dict[str, str]:
    """The id of each figure in the next report: the same, but for a date in it, which moves on with its period.

    Returns
    -------
    dict
        By the older id; no two alike.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for figure in figures:
        move = places[figure["table"]].of(figure)
        name = str(figure["figure_id"])
        stem, _, last = name.rpartition(".")
        if move.role not in STAYING or move.was != move.now:
            dated = {f"{old:{form}}": f"{new:{form}}" for form in _ID_DATES
                     for old, new in reversed(list(zip(move.was, move.now, strict=True)))}  # fmt: skip
            name = f"{stem}.{dated[last]}" if last in dated else name
        number = 2
        while name in taken:
            name = f"{name.rstrip('0123456789').rstrip('_')}_{number}"
            number += 1
        taken.add(name)
        found[str(figure["figure_id"])] = name
    return found
