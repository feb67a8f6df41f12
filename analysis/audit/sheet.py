"""The numbers of a release as the check looks them up: by id, by printed row, by table, by measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.formula import Quantity
from analysis.audit.printed import exact, places_for
from analysis.numbers import VAGUE

__all__ = ["NOT_PRINTED", "Number", "Sheet", "frames_of"]

NOT_PRINTED = "-"  # an input that the report does not print
_EXACT_UNITS = {"count", "rank"}
_ROLES = {
    "last_12_months": "the last 12 months",
    "previous_12_months": "the previous 12 months",
    "baseline": "the baseline",
    "budget": "the budget",
    "actual": "the actual",
}


@dataclass(frozen=True)
class Number:
    """One printed figure or quoted number: its value with limits, and where it stands."""

    id: str
    quantity: Quantity
    printed: str
    places: int
    unit: str
    label: str
    column: str
    role: str
    table: str
    row: int
    section: str
    measure: str
    area: str
    breakdown: str
    start: pd.Timestamp
    end: pd.Timestamp
    where: str
    row_kind: str = "part"
    formula: str = ""

    @property
    def value(self) -> Fraction:
        """The value as printed."""
        return self.quantity.value

    @property
    def value_words(self) -> str:
        """The value with commas, or as printed where it is no whole number."""
        return f"{int(self.value):,}".replace("-", "−") if self.value.denominator == 1 else self.printed

    @property
    def when(self) -> str:
        """The number's place in its row, in words: its role, else the printed heading."""
        return _ROLES.get(self.role, f"“{self.column}”" if self.column else "the text")

    @property
    def shown(self) -> str:
        """The number alone, with commas, its own places and its sign of per cent."""
        digits = f"{abs(float(self.value)):,.{self.places}f}"
        return f"{'−' if self.value < 0 else ''}{digits}{'%' if self.unit == 'percent' else ''}"


@dataclass(frozen=True)
class Sheet:
    """Every number of a release, found by id, by row and by table."""

    numbers: Mapping[str, Number]
    rows: Mapping[tuple[str, int], list[Number]]
    tables: Mapping[str, list[Number]]
    beside: Mapping[str, list[str]]
    titles: Mapping[str, str]
    force: str

    def same_row(self, number: Number) -> list[Number]:
        """The other numbers of a printed row with the same unit."""
        row = self.rows.get((number.table, number.row), [])
        return [each for each in row if each.id != number.id and each.unit == number.unit]

    def same_table(self, number: Number) -> list[Number]:
        """The numbers of the other rows of its table, those of its own column first."""
        others = [each for each in self.tables.get(number.table, []) if each.row != number.row]
        others = [each for each in others if each.unit == number.unit]
        return sorted(others, key=lambda each: each.column != number.column)

    def neighbours(self, number: Number) -> Iterator[Number]:
        """The numbers of the tables beside its table in the same section, those of the same role first."""
        for table in self.beside.get(number.table, []):
            own = [each for each in self.tables[table] if each.unit == number.unit]
            yield from sorted(own, key=lambda each: each.role != number.role)

    def of_force(self, number: Number) -> list[Number]:
        """The whole force's own numbers of a measure, undivided: what a part of the area may not be held against."""
        return [
            each
            for each in self.numbers.values()
            if each.table and (each.measure, each.area, each.breakdown) == (number.measure, self.force, "")
        ]


def frames_of(frames: Mapping[str, pd.DataFrame]) -> Sheet:
    """The sheet of a release's frames, as ``data.releases.Release.frames`` gives them."""
    measures = frames["measures"].set_index("id")
    section = frames["tables"].set_index("id")["section"]
    found = [_figure(row, measures, section) for row in frames["figures"].itertuples()]
    found += [_statement(row) for row in frames["statements"].itertuples()]
    rows: dict[tuple[str, int], list[Number]] = {}
    tables: dict[str, list[Number]] = {}
    for number in found:
        if number.table:
            rows.setdefault((number.table, number.row), []).append(number)
            tables.setdefault(number.table, []).append(number)
    force = frames["areas"].loc[frames["areas"]["kind"] == "force", "id"]
    return Sheet(
        numbers={number.id: number for number in found},
        rows=rows,
        tables=tables,
        beside=_beside(frames["tables"], set(tables)),
        titles={str(name): str(title) for name, title in measures["title"].items()},
        force=str(force.iloc[0]) if len(force) else "",
    )


def _beside(tables: pd.DataFrame, filled: set[str]) -> dict[str, list[str]]:
    """The tables that stand next to each table in its section."""
    found: dict[str, list[str]] = {}
    for _, own in tables[tables["id"].isin(filled)].sort_values("order").groupby("section", sort=False):
        names = list(own["id"])
        for place, name in enumerate(names):
            found[name] = names[max(place - 1, 0) : place] + names[place + 1 : place + 2]
    return found


def _figure(row: Any, measures: pd.DataFrame, section: pd.Series) -> Number:
    places = places_for(row.printed, exact(row.value))
    rounded = measures.at[row.measure, "rounding"] != "exact"
    half = Fraction(1, 2 * 10**places) if rounded else Fraction(0)
    return Number(
        id=row.figure_id, quantity=Quantity.rounded(exact(row.value), half), printed=row.printed, places=places,
        unit=row.unit, label=row.row_label, column=row.column_label, role=row.role, table=row.table,
        row=int(row.row_order), section=section[row.table], measure=row.measure, area=row.area,
        breakdown=row.breakdown, start=row.period_start, end=row.period_end, where=row.where, row_kind=row.row_kind,
    )  # fmt: skip


def _statement(row: Any) -> Number:
    value = exact(row.value)
    places = places_for(row.printed, value)
    counted = row.unit in _EXACT_UNITS and not VAGUE.search(row.printed)
    half = Fraction(0) if counted else Fraction(1, 2 * 10**places)
    return Number(
        id=row.id, quantity=Quantity.rounded(value, half), printed=row.printed, places=places, unit=row.unit,
        label=row.claim, column="", role="statement", table="", row=0, section=row.section, measure=row.measure,
        area=row.area, breakdown=row.breakdown, start=row.period_start, end=row.period_end, where=row.where,
        formula=row.formula,
    )  # fmt: skip
