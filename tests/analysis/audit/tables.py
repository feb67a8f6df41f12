"""Small invented releases for the tests of the report check: dogs lost and found, as frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from data.contracts import SCHEMAS

ROLES = ["previous_12_months", "last_12_months", "baseline"]
COLUMNS = {"previous_12_months": "Previous", "last_12_months": "Last", "baseline": "Baseline"}
EMPTY = {name: pd.DataFrame(columns=list(schema.columns), dtype=object) for name, schema in SCHEMAS.items()}
PERIODS = {
    "previous_12_months": ("2021-04-01", "2022-03-31"),
    "last_12_months": ("2022-04-01", "2023-03-31"),
    "baseline": ("2019-04-01", "2020-03-31"),
}


def figure(table: str, row: int, role: str, value: float, printed: str = "", **more: Any) -> dict[str, Any]:
    """One figure of an invented table; its measure is ``m<row>`` unless named."""
    start, end = PERIODS.get(role, PERIODS["last_12_months"])
    return {
        "figure_id": f"{table}.r{row}.{role}", "table": table, "row_order": row, "row_kind": "part",
        "row_label": f"Row {row}", "measure": f"m{row}", "area": "force", "breakdown": "", "role": role,
        "column_label": COLUMNS.get(role, role), "period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end),
        "value": float(value), "printed": printed or f"{value:,}", "unit": "count", "where": f"page of {table}",
    } | more  # fmt: skip


def derived(table: str, row: int, kind: str, printed: str, formula: str, inputs: Iterable[str], **more: Any) -> dict:
    """One derived cell of an invented table."""
    return {
        "id": f"{table}.r{row}.{kind}", "table": table, "row_order": row, "row_label": f"Row {row}",
        "column_label": kind.replace("_", " "), "figure_id": "", "kind": kind, "printed": printed, "formula": formula,
        "inputs": " ".join(inputs),
    } | more  # fmt: skip


def statement(name: str, printed: str, value: float, kind: str, formula: str, inputs: str = "", **more: Any) -> dict:
    """One number quoted in running text."""
    return {
        "id": name, "section": "dogs", "where": "page 1", "printed": printed, "claim": f"The report says {printed}.",
        "value": float(value), "unit": "count", "kind": kind, "formula": formula, "inputs": inputs, "measure": "",
        "area": "force", "breakdown": "", "period_start": pd.Timestamp("2022-04-01"),
        "period_end": pd.Timestamp("2023-03-31"),
    } | more  # fmt: skip


def frames(
    figures: list[dict] | None = None,
    as_published: list[dict] | None = None,
    statements: list[dict] | None = None,
    rounding: str = "exact",
    **more: list[dict],
) -> dict[str, pd.DataFrame]:
    """The frames of an invented release that holds what is given, and nothing else."""
    figures = figures or []
    tables = list(dict.fromkeys([each["table"] for each in figures] + [each["table"] for each in as_published or []]))
    measures = sorted({each["measure"] for each in [*figures, *(statements or [])]} - {""})
    given: dict[str, list[dict]] = {
        "figures": figures, "as_published": as_published or [], "statements": statements or [],
        "tables": [
            {"id": name, "section": "dogs", "order": place, "title": name, "where": f"page of {name}"}
            for place, name in enumerate(tables)
        ],
        "measures": [
            {"id": name, "title": f"Dogs {name}", "rounding": rounding, "section": "dogs", "offence": ""}
            for name in measures
        ],
        "areas": [{"id": "force", "kind": "force", "name": "Force"}, {"id": "town", "kind": "part", "name": "Town"},
                  {"id": "country", "kind": "part", "name": "Country"}],
        "sections": [{"id": "dogs", "order": 1, "title": "Dogs", "priority": "pets"}],
    } | more  # fmt: skip
    return {name: pd.DataFrame(given[name]) if given.get(name) else frame for name, frame in EMPTY.items()}


def wide_row(table: str, row: int, previous: int, last: int, baseline: int, **more: Any) -> list[dict]:
    """A printed row of three counts."""
    values = dict(zip(ROLES, (previous, last, baseline), strict=True))
    return [figure(table, row, role, value, **more) for role, value in values.items()]


def ids(table: str, row: int) -> tuple[str, str, str]:
    """The ids of the last, the previous and the baseline count of a row."""
    return tuple(f"{table}.r{row}.{role}" for role in ("last_12_months", "previous_12_months", "baseline"))  # type: ignore[return-value]
