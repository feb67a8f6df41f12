"""The whole workbook of the next report as sheets, in the report's order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from analysis.next_report.cells import Plan
from analysis.next_report.list_columns import (
    COMPARISONS,
    EVENTS,
    EXPLANATIONS,
    MISSING,
    NEW_MEASURES,
    PROMISES,
    RANGES,
    REASONS,
    STATEMENTS,
    SURVEYS,
)
from analysis.next_report.list_sheets import contents_sheet, list_sheet, lists_sheet, periods_sheet, start_sheet
from analysis.next_report.moving import Days, move_day, to_date
from analysis.next_report.sheets import SheetPlan
from analysis.next_report.survey_sheet import survey_rows
from analysis.next_report.table_sheets import table_sheet, unit_words
from analysis.next_report.text_sheet import texts_sheet
from analysis.numbers import UNIT_WORDS
from analysis.periods import months_between

__all__ = ["names_of", "sheets_of"]

_KINDS = {"lpt": "Local Policing Team", "part": "part of the force"}
_QUARTER, _YEAR = 3, 12  # months
_NOTHING = pd.DataFrame(columns=["id"])


def sheets_of(plan: Plan, frames: Mapping[str, pd.DataFrame]) -> list[SheetPlan]:
    """Every sheet of the workbook, in its order.

    Parameters
    ----------
    plan
        As ``plan_next`` gives it.
    frames
        The older release's frames.
    """
    names = names_of(frames)
    tables = [table_sheet(plan, table, names["area"]) for table in plan.tables]
    beside = [
        list_sheet(STATEMENTS, _NOTHING, names),
        list_sheet(COMPARISONS, _moved(frames["comparisons"], plan), names),
        list_sheet(RANGES, _moved(frames["ranges"], plan), names),
        *([list_sheet(SURVEYS, survey_rows(frames["surveys"], plan), names)] if names["survey"] else []),
        list_sheet(EXPLANATIONS, _NOTHING, names),
        list_sheet(EVENTS, frames["events"], names),
        list_sheet(PROMISES, frames["commitments"], names),
        list_sheet(NEW_MEASURES, _NOTHING, names),
        texts_sheet(plan, frames, names),
        list_sheet(MISSING, _NOTHING, names),
        list_sheet(REASONS, _NOTHING, names),
    ]
    start, periods = start_sheet(plan), periods_sheet(plan, frames["surveys"])
    return [start, contents_sheet(plan, [periods, *beside]), periods, *tables, *beside, lists_sheet(names)]


def names_of(frames: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, str]]:
    """The words that the workbook has for ids, by "section", "measure", "area", "unit", "survey"; no two alike."""
    areas, surveys = frames["areas"], frames["surveys"].drop_duplicates("survey")
    return {
        "section": _unlike(frames["sections"]["id"], frames["sections"]["title"], frames["sections"]["id"]),
        "measure": _unlike(frames["measures"]["id"], frames["measures"]["title"], frames["measures"]["id"]),
        "area": _unlike(areas["id"], areas["name"], areas["kind"].replace(_KINDS)),
        "unit": {unit: unit_words(unit) for unit in UNIT_WORDS},
        "survey": _unlike(surveys["survey"], surveys["title"], surveys["survey"]),
    }


def _unlike(ids: pd.Series, names: pd.Series, more: pd.Series) -> dict[str, str]:
    """A name for each id; those that several have say more, in brackets."""
    count = Counter(name.casefold() for name in names)
    rows = zip(ids, names, more, strict=True)
    made = {key: name if count[name.casefold()] == 1 else f"{name} ({words})" for key, name, words in rows}
    again = Counter(made.values())
    return {key: name if again[name] == 1 else f"{name} ({key})" for key, name in made.items()}


def _moved(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Places or ranges with their periods moved on; those of a wave that stays keep their print."""
    stays: dict[tuple[object, ...], Days] = {
        (table.id, *move.was): move.now for table in plan.tables for move in table.moves
    }
    rows = []
    for row in frame.to_dict("records"):
        was = row["period_start"], row["period_end"]
        now = stays.get((row.get("table"), *was)) or _on(was, f"{row.get('question', '')} {row.get('scope', '')}", plan)
        if was[1] < plan.older_data_to - pd.DateOffset(years=2):
            now = was  # a baseline
        rows.append(row | {"period_start": now[0], "period_end": now[1], "filled": now == was})
    return pd.DataFrame(rows, columns=[*frame.columns, "filled"])


def _on(was: Days, words: str, plan: Plan) -> Days:
    """A period moved on at both ends, or only at its last where it begins at a fixed day.

    That is a day inside a month, the month since which its words say that it runs, or 1 April where it is the part of
    a financial year that was over: longer than a quarter and shorter than the year.
    """
    part = months_between(*was) in range(_QUARTER, _YEAR - 1) and not re.search(r"\blast\b", words, re.IGNORECASE)
    if part and (was[0].month, was[0].day) == (4, 1):
        return to_date(was, plan.months)
    inside = was[0].day != 1 and not was[0].is_month_end
    since = re.search(rf"\bsince {was[0]:%B} {was[0]:%Y}\b", words)
    return (was[0] if inside or since else move_day(was[0], plan.months)), move_day(was[1], plan.months)
