"""The sheets beside the tables: the start, the contents, periods, and the lists of statements, events and promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.next_report.cells import ASKED, FILLED, Plan
from analysis.next_report.list_columns import (
    CONTENTS,
    FIXED,
    LISTED,
    PERIODS,
    PRINTED,
    START,
    STATUSES,
    ListColumn,
    ListSheet,
)
from analysis.next_report.sheets import KEY, OPEN, OPTIONAL, SheetPlan, Slot
from analysis.next_report.waves import wave_lines

__all__ = ["FACTS", "contents_sheet", "list_sheet", "lists_sheet", "periods_sheet", "start_sheet"]

# What release.toml needs: key, words, kind, what is expected.
FACTS = [
    ("title", "Title of the report", OPEN, "as on its cover"),
    ("force", "Force", OPEN, "who publishes it"),
    ("published", "Published on", ASKED, "a date such as 2023-05-17"),
    ("data_to", "Figures go to", OPEN, "the last day of the figures"),
    ("next_release", "Next report", OPTIONAL, "a date, if it is known"),
    ("marking", "Marking", OPEN, "such as OFFICIAL"),
    ("transparency", "May it be published", OPEN, "as the report says it"),
    ("source", "Source", ASKED, "where the report can be found, with its date"),
]
_MADE = [("release_id", "This report"), ("older_id", "Made from the report"), ("older_data_to", "Whose figures go to")]


def start_sheet(plan: Plan) -> SheetPlan:
    """What the report is, and how to fill the workbook."""
    held = {name: plan.info.get(name) for name in ("title", "force", "marking", "transparency")}
    held |= {"data_to": plan.data_to.date()}
    rows = [(Slot(words), Slot(_plain(held.get(name)), kind), Slot(expected), Slot(name))
            for name, words, kind, expected in FACTS]  # fmt: skip
    made: dict[str, str | date] = {
        "release_id": plan.release_id,
        "older_id": plan.older_id,
        "older_data_to": plan.older_data_to.date(),
    }
    rows += [(Slot(words), Slot(made[name]), Slot("do not change"), Slot(name)) for name, words in _MADE]
    lines = (
        f"Workbook of the report {plan.release_id}",
        "1. Fill the cells with a thick border here and on the numbered sheets; Contents counts what is still blank.",
        "2. Paste the report's text on Statements, type its places and ranges on Comparisons and Ranges, and how many "
        "people each survey asked on Surveys.",
        "3. Set the status of each promise, bring events up to date, and look through what stands on Texts.",
        "4. Save the workbook and give it back. All that is missing or cannot be read is told at once, with sheet and "
        "cell; once nothing of that is left, all that looks odd.",
        "A thick border: to fill. A thin border and italics: filled in, may be changed. A dashed border: worked "
        "out; type over it only where the report prints another number. The sheets are protected without a password, "
        "so that nothing is lost by a slip.",
    )
    former = (
        "A thick border: to fill. A thin border and italics: filled in, may be changed. No border: leave it. The "
        "sheets are protected without a password, so that nothing is lost by a slip.",
        "2. Paste the report's text on Statements, and its places and ranges on Comparisons and Ranges.",
        "3. Set the status of each promise, and bring events up to date.",
        "4. Save the workbook and give it back. All that is missing or odd is told at once, with sheet and cell.",
    )
    widths = {"What": 30, "Yours": 60}
    return SheetPlan(START, lines, ("What", "Yours", "Expected", KEY), tuple(rows), widths, former)


def contents_sheet(plan: Plan, beside: Sequence[SheetPlan]) -> SheetPlan:
    """Every sheet with what it holds and how many cells it asks for."""
    rows = [
        (Slot(table.sheet), Slot(table.title), Slot(float(table.blank)), Slot(None, "blank left"),
         Slot("yes", OPEN, choices=PRINTED), Slot(table.id))
        for table in plan.tables
    ]  # fmt: skip
    rows += [
        (Slot(sheet.name), Slot(sheet.lines[0].partition(": ")[2] or sheet.lines[0]),
         Slot(float(_asked(sheet))), Slot(None, "blank left"), Slot("yes"), Slot(sheet.name))
        for sheet in beside
    ]  # fmt: skip
    lines = (
        "Contents: what each sheet holds",
        f"{plan.blank:,} cells of {len(plan.tables)} tables are to fill. Say no in the column {PRINTED} for a table "
        "that the report no longer prints.",
    )
    headings = ("Sheet", "What it holds", "Cells to fill", "Still blank", PRINTED, KEY)
    return SheetPlan(CONTENTS, lines, headings, tuple(rows), {"Sheet": 34, "What it holds": 60})


def _asked(sheet: SheetPlan) -> int:
    return sum(slot.kind == ASKED for row in sheet.rows for slot in row)


def periods_sheet(plan: Plan, surveys: pd.DataFrame) -> SheetPlan:
    """Where every period stood and stands now, and which wave of each survey of ``surveys`` should be next."""
    rows = []
    for table in plan.tables:
        for move in table.moves:
            by_column = move.axis == "column"
            rows.append(
                (Slot(table.sheet), Slot(move.label_was), Slot(f"{move.was[0]:%Y-%m-%d} to {move.was[1]:%Y-%m-%d}"),
                 Slot(move.label, OPEN) if by_column else Slot(move.label), Slot(move.now[0].date(), OPEN),
                 Slot(move.now[1].date(), OPEN), Slot(move.key))
            )  # fmt: skip
    lines = (
        "Periods: what each column or row of the tables speaks of, then and now",
        "Periods have moved on by themselves. Baselines, survey waves and budgets stay until you change them here: "
        "then type their numbers on their sheet as well.",
        *wave_lines(plan, surveys),
    )
    headings = ("Sheet", "Heading before", "Period before", "Heading now", "First day now", "Last day now", KEY)
    widths = {"Sheet": 34, "Heading before": 40, "Heading now": 40, "Period before": 26}
    return SheetPlan(PERIODS, lines, headings, tuple(rows), widths)


def list_sheet(
    listed: ListSheet, older: pd.DataFrame, names: Mapping[str, Mapping[str, str]], key: str = "id"
) -> SheetPlan:
    """A list with the older report's rows and rows to spare.

    Parameters
    ----------
    listed
        What it is.
    older
        Its rows under the fields of its columns and ``id``; a row may have ``filled``, True where its print stays.
    names
        The words for ids by the form of a column: "section", "measure", "unit", "survey".
    key
        The column of ``older`` that names a row.
    """
    rows = []
    for row in older.to_dict("records"):
        filled = bool(row.get("filled"))
        rows.append(tuple([_slot(column, row, names, filled) for column in listed.columns] + [Slot(str(row[key]))]))
    for number in range(1, listed.spare + 1):
        blank = [Slot(None, OPTIONAL, choices=column.choices) for column in listed.columns]
        rows.append((*blank, Slot(f"new_{number}")))
    headings = (*(column.heading for column in listed.columns), KEY)
    widths = {column.heading: column.width for column in listed.columns}
    return SheetPlan(listed.name, (listed.title, *listed.lines), headings, tuple(rows), widths, listed.former)


def _slot(column: ListColumn, row: Mapping[Any, Any], names: Mapping[str, Mapping[str, str]], filled: bool) -> Slot:
    value = _plain(row.get(column.field))
    if column.kind in (ASKED, OPTIONAL):
        kind = FILLED if filled and value is not None else OPTIONAL if filled else column.kind
        return Slot(value if filled else None, kind, choices=column.choices)
    if isinstance(value, str) and column.form == "measures":
        value = "; ".join(names["measure"].get(word, word) for word in value.split())
    elif isinstance(value, str):
        value = names.get(column.form, {}).get(value, value)
    return Slot(value, column.kind, choices=column.choices)


def lists_sheet(names: Mapping[str, Mapping[str, str]]) -> SheetPlan:
    """What cells can be chosen from: one list a column, from the words for ids by their kind; no empty one."""
    lists = {
        "Sections": list(names["section"].values()), "Measures": list(names["measure"].values()),
        "Areas": list(names["area"].values()), "Units": list(names["unit"].values()),
        "Surveys": list(names["survey"].values()), "Statuses": STATUSES, PRINTED: ["yes", "no"],
        **FIXED,
    }  # fmt: skip
    lists = {heading: own for heading, own in lists.items() if own}
    longest = max(map(len, lists.values()))
    rows = [
        tuple(Slot(own[place] if place < len(own) else "[z]") for own in lists.values()) for place in range(longest)
    ]
    lines = ("Lists: what cells can be chosen from", "[z] = not applicable: the list is shorter than another.")
    return SheetPlan(LISTED, lines, tuple(lists), tuple(rows), {"Sections": 40, "Measures": 50})


def _plain(value: Any) -> str | float | date | None:
    """A typed cell of a frame as a slot holds it."""
    if value is None or (not isinstance(value, str) and pd.isna(value)) or value == "":
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value if isinstance(value, str | date) else float(value)
