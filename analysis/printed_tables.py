"""A printed table laid out again: the report's rows and columns in its order, and what a chart of it needs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.corrections import standing
from analysis.numbers import places_printed, write_number
from analysis.periods import short_period

__all__ = ["chart_rows", "is_turned", "lay_out", "lay_out_ranges", "write_figure"]

LEVEL_ROLES = ["previous_12_months", "last_12_months", "baseline", "wave", "budget", "actual"]
TIME_ROLES = ["month", "quarter", "year", "snapshot"]


def write_figure(value: float, unit: str, printed: str) -> str:
    """A published value in the house style, with the decimal places of the print.

    Thousands of pounds are written out in full in sentences only; ``lay_out`` keeps them as the heading says.

    >>> write_figure(227486, "count", "227486"), write_figure(24.85, "seconds", "24.85")
    ('227,486', '24.85 seconds')
    """
    return write_number(value, unit, 0 if unit == "gbp_thousand" else places_printed(printed))


def lay_out(
    figures: pd.DataFrame, as_published: pd.DataFrame, corrections: pd.DataFrame, marks: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """One printed table, wide.

    Parameters
    ----------
    figures, as_published
        The release's rows of one table.
    corrections
        The release's corrections; a corrected cell shows both, the printed one first.
    marks
        What stands after a number, by its id.

    Returns
    -------
    DataFrame
        One row a printed row: ``row_label``, ``row_kind``, then a column of text per printed column, in report order.
        Derived columns end in ", as printed": they are the report's own arithmetic. Cells that the report leaves
        blank are "".
    """
    after = {row.id: f" (corrected to {row.corrected})" for row in standing(corrections).itertuples()}
    after |= {name: f"{after.get(name, '')} {mark}" for name, mark in (marks or {}).items()}
    cells: dict[tuple[int, str], list[str]] = {}
    heads: dict[int, str] = {}
    rows: dict[int, tuple[str, str]] = {}
    for place in figures["column_order"].unique():
        heads[int(place)] = _figure_heading(figures[figures["column_order"] == place])
    for row in figures.sort_values(["row_order", "column_order"]).itertuples():
        rows.setdefault(row.row_order, (row.row_label, row.row_kind))
        unit = "count" if row.unit == "gbp_thousand" else row.unit
        text = write_figure(row.value, unit, row.printed)
        cells.setdefault((row.row_order, heads[row.column_order]), []).append(text + after.get(row.figure_id, ""))
    derived = as_published[~as_published["figure_id"].isin(figures["figure_id"])]
    for row in derived.itertuples():
        rows.setdefault(row.row_order, (row.row_label, "part"))
        heads.setdefault(row.column_order, f"{row.column_label}, as printed")
        cells.setdefault((row.row_order, heads[row.column_order]), []).append(row.printed + after.get(row.id, ""))
    columns = [heads[order] for order in sorted(heads)]
    wide = [
        {"row_label": label, "row_kind": kind} | {head: ", ".join(cells.get((order, head), [])) for head in columns}
        for order, (label, kind) in sorted(rows.items())
    ]
    return pd.DataFrame(wide, columns=["row_label", "row_kind", *columns])


def lay_out_ranges(ranges: pd.DataFrame, exceptions: pd.DataFrame) -> pd.DataFrame:
    """A table that prints ranges with named exceptions: a row a question.

    Parameters
    ----------
    ranges
        The release's ranges of one table.
    exceptions
        The figures of that table with ``area_name`` added.
    """
    rows = []
    for row in ranges.sort_values("row_order").itertuples():
        named = exceptions[exceptions["row_order"] == row.row_order].sort_values("column_order")
        outside = [
            f"{each.area_name} {write_figure(each.value, each.unit, each.printed)}" for each in named.itertuples()
        ]
        rows.append(
            {
                "row_label": row.question,
                "row_kind": "part",
                "Printed range": f"{row.scope}: {_range_text(row.low, row.high, row.unit, row.printed)}",
                "Teams named outside it": ", ".join(outside) or "none",
            }
        )
    return pd.DataFrame(rows, columns=["row_label", "row_kind", "Printed range", "Teams named outside it"])


def is_turned(figures: pd.DataFrame) -> bool:
    """Whether a table prints its periods down the side and its parts across the top.

    >>> wide = {"row_order": [1, 1], "role": "last_12_months", "period_start": "2022-04-01", "unit": "count"}
    >>> is_turned(pd.DataFrame(wide)), is_turned(pd.DataFrame(wide | {"row_order": [1, 2]}))
    (True, False)
    """
    levels = figures[figures["role"].isin(LEVEL_ROLES)]
    return bool(levels.duplicated(["row_order", "role", "period_start", "unit"]).any())


def chart_rows(figures: pd.DataFrame) -> pd.DataFrame:
    """The numbers of one printed table that a chart can hold side by side.

    Returns
    -------
    DataFrame
        ``label, series, kind, row_kind, value, unit, text, period_start, period_end, lower, upper``: ``kind`` is
        "level" (periods side by side, ``series`` names the period) or "time" (a path, ``series`` names the row). The
        earlier period comes first. Limits are those that ``figures`` brings, else missing.
    """
    levels = figures[figures["role"].isin(LEVEL_ROLES)]
    kind = "level"
    if levels.empty:
        levels = figures[figures["role"].isin(TIME_ROLES)]
        kind = "time" if levels["period_start"].nunique() > 1 else "level"
    turned = is_turned(figures)
    order = ["column_order", "period_start"] if turned else ["row_order", "period_start", "column_order"]
    rows = levels.sort_values(order)
    budget = rows["role"].isin(["budget", "actual"])
    series = [short_period(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)]
    frame = pd.DataFrame(
        {
            "label": rows["column_label"] if turned else rows["row_label"],
            "series": rows["role"].str.capitalize().where(budget, pd.Series(series, index=rows.index, dtype="str")),
            "kind": kind,
            "row_kind": rows["row_kind"],
            "value": rows["value"],
            "unit": rows["unit"],
            "text": [write_figure(*each) for each in zip(rows["value"], rows["unit"], rows["printed"], strict=True)],
            "period_start": rows["period_start"],
            "period_end": rows["period_end"],
            "lower": rows["lower"] if "lower" in rows else float("nan"),
            "upper": rows["upper"] if "upper" in rows else float("nan"),
        }
    )
    if kind == "time":
        several = figures["row_label"].nunique() > 1 and figures["role"].eq("year").any()
        frame["series"] = rows["column_label"] if several else rows["row_label"]
    return frame.reset_index(drop=True)


def _figure_heading(column: pd.DataFrame) -> str:
    """The printed heading, with its period where the heading does not say it and all its rows share one."""
    label = str(column["column_label"].iloc[0])
    one_period = len(column[["period_start", "period_end"]].drop_duplicates()) == 1
    if not one_period or any(character.isdigit() for character in label.replace("12", "", 1)):
        return label
    return f"{label} ({short_period(column['period_start'].iloc[0], column['period_end'].iloc[0])})"


def _range_text(low: float, high: float, unit: str, printed: str) -> str:
    if pd.isna(high):
        return f"above {write_figure(low, unit, printed)}"
    if pd.isna(low):
        return f"below {write_figure(high, unit, printed)}"
    return f"{write_figure(low, unit, printed)} to {write_figure(high, unit, printed)}"
