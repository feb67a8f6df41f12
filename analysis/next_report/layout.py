"""One printed table of the next report: its columns with their periods, its rows, and what each cell asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.next_report.cells import ASKED, FILLED, TOTAL, WORKED_OUT, Cell, Column, Row, Table
from analysis.next_report.moving import move_words
from analysis.next_report.periods import COLUMN, Places, Record, column_key, row_key
from analysis.next_report.texts import text_of
from analysis.numbers import UNIT_WORDS, unit_of_change
from analysis.periods import short_period

__all__ = ["SPARE_ROWS", "Known", "lay_out_table"]

Known = Mapping[tuple[Any, ...], tuple[float, str]]  # table, thing, budget or not, period: value and print

SPARE_ROWS = 3
_LONGEST = 31  # characters of a sheet's name
_NOT_PRINTED = "-"
_LITTLE = {"and", "by", "of", "to", "with", "in", "for", "the", "a", "or"}
_FIELDS = ["row_kind", "measure", "area", "breakdown", "role", "unit", "status", "where", "numerator", "denominator"]


def lay_out_table(
    table: Mapping[str, Any], number: int, figures: Sequence[Record], derived: Sequence[Record], places: Places,
    ids: Mapping[str, str], known: Known, months: int, names_areas: bool,
) -> Table:  # fmt: skip
    """Lay out one table.

    Parameters
    ----------
    table
        Its row of tables.csv.
    number
        Its place among the sheets.
    figures, derived
        The older release's figures and derived numbers of the table.
    places
        Its periods, moved on.
    ids
        The next report's figure ids by the older ones.
    known
        What the older report printed for each thing and period.
    months
        Between the two reports.
    names_areas
        Whether its cells belong to areas that the report names anew each time, outside a range.
    """
    days = places.days()
    cells = _cells(figures, derived, places, ids, known)
    rows = _rows(str(table["id"]), figures, derived, places, places.axis == COLUMN and not names_areas)
    named = {
        name: move_words(str(table[name]), days) if name in ("title", "caption", "where") else text_of(table[name])
        for name in table
    }
    return Table(
        id=str(table["id"]), sheet=_sheet_name(number, named["title"]), title=named["title"], where=named["where"],
        columns=_columns(figures, derived, places, rows, months, names_areas), rows=rows,
        cells={(cell.row, cell.column): cell for cell in cells}, moves=tuple(places.moves.values()), fields=named,
    )  # fmt: skip


def _cells(
    figures: Sequence[Record], derived: Sequence[Record], places: Places, ids: Mapping[str, str], known: Known
) -> list[Cell]:
    twins = {row["figure_id"]: row for row in derived if row["figure_id"]}
    made = [_figure(row, places, ids, known, twins.get(row["figure_id"])) for row in figures]
    units = {row["figure_id"]: row["unit"] for row in figures}
    alone = [row for row in derived if row["figure_id"] not in units]
    return made + [_derived(row, ids, units) for row in alone]


def _figure(row: Record, places: Places, ids: Mapping[str, str], known: Known, twin: Record | None) -> Cell:
    move = places.of(row)
    formula, inputs = _followed(twin, ids)
    budget = row["role"] == "budget"
    thing = (row["table"], row["measure"], row["area"], row["breakdown"], budget, *move.now)
    value, printed = known.get(thing, (float("nan"), ""))
    kind = FILLED if printed else TOTAL if formula else ASKED
    fields = {name: text_of(row[name]) for name in _FIELDS}
    fields |= {"period_start": f"{move.now[0]:%Y-%m-%d}", "period_end": f"{move.now[1]:%Y-%m-%d}"}
    fields["where"] = move_words(fields["where"], places.days())
    return Cell(
        id=ids[str(row["figure_id"])], older=str(row["figure_id"]), kind=kind,
        row=row_key(row["table"], row["row_order"]), column=column_key(row["column_order"]), unit=str(row["unit"]),
        printed=printed, value=value, was=str(row["printed"]), figure=fields,
        derived="" if twin is None else str(twin["kind"]), formula=formula, inputs=inputs,
    )  # fmt: skip


def _derived(row: Record, ids: Mapping[str, str], units: Mapping[str, str]) -> Cell:
    formula, inputs = _followed(row, ids)
    names = row["inputs"].split()
    unit = unit_of_change(str(row["kind"]), next((units[name] for name in names if name in units), "not_stated"))
    return Cell(
        id=str(row["id"]), older=str(row["id"]), kind=WORKED_OUT if formula else ASKED,
        row=row_key(row["table"], row["row_order"]), column=column_key(row["column_order"]), unit=unit, printed="",
        value=float("nan"), was=str(row["printed"]), derived=str(row["kind"]),
        formula=formula or str(row["formula"]), inputs=inputs or tuple(ids.get(name, name) for name in names),
    )  # fmt: skip


def _followed(row: Record | None, ids: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """A derived number's formula and inputs; neither where the report does not print all that it rests on."""
    if row is None or row["formula"] == "stands alone" or _NOT_PRINTED in row["inputs"].split():
        return "", ()
    return str(row["formula"]), tuple(ids.get(name, name) for name in row["inputs"].split())


def _rows(
    table: str, figures: Sequence[Record], derived: Sequence[Record], places: Places, spare_ones: bool
) -> tuple[Row, ...]:
    labels: dict[int, str] = {}
    kinds: dict[int, str] = {}
    units: dict[int, set[str]] = {}
    for row in figures:
        order = int(row["row_order"])
        move = places.moves.get(row_key(table, order))
        labels.setdefault(order, move.label if move else str(row["row_label"]))
        kinds.setdefault(order, str(row["row_kind"]))
        units.setdefault(order, set()).add(str(row["unit"]))
    for row in derived:
        labels.setdefault(int(row["row_order"]), str(row["row_label"]))
    made = [
        Row(row_key(table, order), order, labels[order], kinds.get(order, "part"), _one(units.get(order, set())))
        for order in sorted(labels)
    ]
    after = max(labels) + 1
    spare = [
        Row(f"{table}.new_{number + 1}", after + number, "", "part", "", True)
        for number in range(SPARE_ROWS * spare_ones)
    ]
    return (*made, *spare)


def _columns(
    figures: Sequence[Record], derived: Sequence[Record], places: Places, rows: tuple[Row, ...], months: int,
    names_areas: bool,
) -> tuple[Column, ...]:  # fmt: skip
    labels: dict[int, str] = {}
    headings: dict[int, str] = {}
    mixed = any(not row.unit for row in rows if not row.spare)
    for row in figures:
        order = int(row["column_order"])
        if order in labels:
            continue
        move = places.moves[column_key(order)] if places.axis == COLUMN else None
        label = move.label if move else str(row["column_label"])
        labels[order] = headings[order] = label
        if move and not re.search("[0-9]", label.replace("12", "", 1)):
            headings[order] = f"{label} ({short_period(*move.now)})"
        unit = UNIT_WORDS[str(row["unit"])]
        if mixed and unit != "count" and unit not in label.casefold():
            headings[order] += f", {unit}"
    for row in derived:
        order, label = int(row["column_order"]), move_words(str(row["column_label"]), places.days(), months)
        labels.setdefault(order, label)
        headings.setdefault(order, label)
    made: list[Column] = []
    for order in sorted(labels):
        heading = _unlike(headings[order], made)
        if names_areas:
            made.append(Column(f"{column_key(order)}a", order, labels[order], f"{heading}: area", True))
        made.append(Column(column_key(order), order, labels[order], heading))
    return tuple(made)


def _unlike(heading: str, made: list[Column]) -> str:
    """A heading that no column before it has."""
    taken = {column.heading.casefold() for column in made}
    number, own = 2, heading
    while own.casefold() in taken:
        own, number = f"{heading} ({number})", number + 1
    return own


def _sheet_name(number: int, title: str) -> str:
    """A sheet's name, which may not be long and may not hold some signs.

    >>> _sheet_name(8, "Violence against women and girls by offence"), _sheet_name(9, "Revenue 2022/23")
    ('8 Violence against women', '9 Revenue 2022 23')
    """
    plain = re.sub(r"\s+", " ", re.sub(r"[\[\]:*?/\\']", " ", title)).strip()
    words = f"{number} {plain}".split()
    while len(" ".join(words)) > _LONGEST or words[-1].casefold() in _LITTLE:
        words.pop()
    return " ".join(words).rstrip(",")


def _one(found: set[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""
