"""Every number that the tables of a report print, levels and changes, as a number of the text is held against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.printed import exact, read_printed
from analysis.numbers import DIFFERENCES, POUNDS, unit_of_change

__all__ = ["CHANGES", "Printed", "printed_numbers", "same_unit"]

CHANGES = {"difference", "percent_change", "point_change"}
_MADE = (*DIFFERENCES, "percent_change", "baseline_percent")


@dataclass(frozen=True)
class Printed:
    """A number of a table.

    ``value`` is as printed; ``before`` is what the last report prints in its place, None where nothing.
    """

    id: str
    value: Fraction
    printed: str
    unit: str
    change: bool
    measure: str
    area: str
    breakdown: str
    section: str
    table: str
    where: str
    start: pd.Timestamp
    end: pd.Timestamp
    before: Fraction | None = None
    before_printed: str = ""

    def in_unit(self, unit: str, value: Fraction | None = None) -> Fraction:
        """Its value, or another that stood or would stand there, in another unit of money, or as it is."""
        value = self.value if value is None else value
        return value * POUNDS[self.unit] / POUNDS[unit] if self.unit in POUNDS and unit in POUNDS else value


def same_unit(unit: str, held: Printed) -> bool:
    """Whether a number of the text in a unit may be one of a table: pounds in thousands, points as per cents."""
    if unit in POUNDS:
        return held.unit in POUNDS
    if held.change and unit in ("percent", "percentage_points"):
        return held.unit in ("percent", "percentage_points")
    return unit == held.unit and unit != "not_stated"


def printed_numbers(cells: pd.DataFrame, as_published: pd.DataFrame) -> list[Printed]:
    """The figures as levels, and the derived numbers that are no figures as changes, in the order of the report.

    Parameters
    ----------
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    as_published
        The newer release's own.
    """
    known = {row.figure_id: row for row in cells.itertuples()}
    levels = [_level(row) for row in known.values()]
    tables = {row.table: row for row in cells.itertuples()}
    made = (_change(row, known, tables) for row in as_published.itertuples() if row.id not in known)
    return [*levels, *(each for each in made if each is not None)]


def _level(row: Any) -> Printed:
    before = None if pd.isna(row.before) else exact(row.before)
    return Printed(
        row.figure_id, exact(row.value), str(row.printed), row.unit, False, row.measure, row.area, row.breakdown,
        row.section, row.table, f"{row.title}: {row.row_label}, {row.column_label}", row.period_start, row.period_end,
        before, "" if before is None else str(row.before_printed),
    )  # fmt: skip


def _change(row: Any, known: Mapping[str, Any], tables: Mapping[str, Any]) -> Printed | None:
    read, inputs = read_printed(row.printed), row.inputs.split()
    if read is None or row.kind not in _MADE or not inputs or inputs[0] not in known:
        return None
    first, table = known[inputs[0]], tables.get(row.table, known[inputs[0]])
    return Printed(
        row.id, read.value, str(row.printed), unit_of_change(row.kind, first.unit), True, first.measure, first.area,
        first.breakdown, table.section, row.table, f"{table.title}: {row.row_label}, {row.column_label}",
        first.period_start, first.period_end,
    )  # fmt: skip
