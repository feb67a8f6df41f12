"""The files of the next release, made from what was read of the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.next_report.cells import TOTAL, WORKED_OUT, Cell, Plan
from analysis.next_report.new_rows import NewRow
from analysis.next_report.read_tables import TableRead, Tables
from analysis.next_report.texts import text_frame
from analysis.next_report.values import decimal_text, share_parts
from analysis.numbers import places_printed

__all__ = ["kept_frames", "measure_rows", "table_frames"]

_CARRIED = ["priorities", "sections", "areas", "not_in_report", "national_measures", "glossary", "overlaps", "surveys"]
_EMPTY = ["corrections", "area_claims"]


def table_frames(
    tables: Tables, older: Mapping[str, pd.DataFrame], ids: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """figures.csv and as_published.csv as text.

    Parameters
    ----------
    tables
        What was read.
    older
        The older release's frames, whose columns these have.
    ids
        Ids of the next report by those of the older one.
    """
    values = zip(older["figures"]["figure_id"], older["figures"]["value"], strict=True)
    before = {ids.get(name, name): float(value) for name, value in values}
    figures, derived = [], []
    for read in tables.read:
        orders = {column.key: (column.order, column.label) for column in read.table.columns if not column.names_area}
        rows = {key: (row.order, read.labels[key]) for key, row in read.rows.items()}
        for cell in sorted(read.cells, key=lambda each: (rows[each.row][0], orders[each.column][0])):
            number = tables.numbers.get(cell.id)
            if number is None:
                _tell_missing(read, cell, tables)
                continue
            place = {
                "table": read.table.id, "row_order": str(rows[cell.row][0]), "row_label": rows[cell.row][1],
                "column_order": str(orders[cell.column][0]), "column_label": orders[cell.column][1],
                "printed": number.printed,
            }  # fmt: skip
            if cell.figure:
                value = decimal_text(number.value)
                row = dict(cell.figure) | place | {"figure_id": cell.id, "value": value}
                if cell.figure.get("numerator") or cell.figure.get("denominator"):
                    row |= share_parts(cell, before, tables.numbers)
                figures.append(row)
            if cell.derived:
                derived.append(place | _how(read, cell, tables))
    return (
        pd.DataFrame(figures, columns=list(older["figures"].columns), dtype=str),
        pd.DataFrame(derived, columns=list(older["as_published"].columns), dtype=str),
    )


def _how(read: TableRead, cell: Cell, tables: Tables) -> dict[str, str]:
    """How a derived number follows from others, as far as the report prints them."""
    inputs = tables.numbers.inputs_of(cell, read.parts_beside(cell))
    formula = cell.formula
    if not inputs or all(name == "-" for name in inputs):
        formula, inputs = "stands alone", []
    return {
        "id": cell.id, "figure_id": cell.id if cell.figure else "", "kind": cell.derived, "formula": formula,
        "inputs": " ".join(inputs),
    }  # fmt: skip


def _tell_missing(read: TableRead, cell: Cell, tables: Tables) -> None:
    if cell.kind in (TOTAL, WORKED_OUT) and not tables.problems:
        column = next(column for column in read.table.columns if column.key == cell.column and not column.names_area)
        reason = (
            "it would divide by zero" if cell.id in tables.numbers.divided_by_zero else "what it rests on is not there"
        )
        told = f"{read.table.sheet}: “{read.labels[cell.row]}, {column.label}” is left out, for {reason}."
        tables.notes.append(told)


def measure_rows(
    new: list[NewRow], said: Mapping[str, Mapping[str, str]], measures: pd.DataFrame, figures: pd.DataFrame, plan: Plan
) -> list[dict[str, str]]:
    """measures.csv rows of what no report had before.

    Parameters
    ----------
    new
        The new rows.
    said
        What the sheet New measures says of each, by its name in small letters.
    measures
        The older release's, as text.
    figures
        The next release's, as text.
    plan
        Of the workbook.
    """
    sections = {table.id: table.fields["section"] for table in plan.tables}
    known = measures.set_index("id")
    order = max(map(int, measures["order"]), default=0)
    made = []
    for row in new:
        if not row.is_new:
            continue
        order += 1
        own = said.get(row.label.casefold(), {})
        like = known.loc[row.like]
        places = Counter(places_printed(text) for text in figures.loc[figures["measure"] == row.measure, "printed"])
        step = places.most_common(1)[0][0] if places else 0
        rounding = "exact" if row.unit == "count" else f"{10.0**-step:.{step}f}" if step else "1"
        made.append(
            dict.fromkeys(measures.columns, "")
            | {"id": row.measure, "priority": str(like["priority"]), "section": sections[row.table.id],
               "order": str(order), "title": row.label, "unit": row.unit, "basis": str(like["basis"]),
               "rounding": rounding,
               "direction": own.get("direction") or "neither",
               "direction_reason": own.get("direction_reason") or "The report does not say whether more is better.",
               "definition": own.get("definition", "")}
        )  # fmt: skip
    return made


def kept_frames(older: Mapping[str, pd.DataFrame], plan: Plan, dropped: set[str]) -> dict[str, pd.DataFrame]:
    """The files that go over as they are, those that begin empty, and the tables with their dates moved on."""
    made = {name: text_frame(older[name]) for name in _CARRIED}
    made |= {name: text_frame(older[name][:0]) for name in _EMPTY}
    kept: list[Mapping[Any, Any]] = [dict(table.fields) for table in plan.tables if table.id not in dropped]
    laid_out = {table.id for table in plan.tables}
    others = text_frame(older["tables"])
    kept += [row for row in others.to_dict("records") if row["id"] not in laid_out]
    made["tables"] = pd.DataFrame(kept, columns=list(older["tables"].columns), dtype=str)
    return made
