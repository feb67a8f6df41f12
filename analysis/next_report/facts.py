"""The sheets Start, Contents, Periods and Reasons, read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.colleague.reasons import says_why
from analysis.next_report.cells import ASKED, Plan
from analysis.next_report.grid import Grid, Located, address
from analysis.next_report.list_columns import CONTENTS, PERIODS, PRINTED, REASONS, START
from analysis.next_report.list_sheets import FACTS
from analysis.next_report.moving import Days
from analysis.next_report.read import Problem
from analysis.next_report.read_lists import day_of

__all__ = ["Made", "read_changed", "read_facts", "read_made", "read_printed_tables", "read_reasons"]

_YOURS = "Yours"
_DATES = ("published", "data_to", "next_release")
_HEADING, _FIRST, _LAST = "Heading now", "First day now", "Last day now"
_FINDING, _REASON = "Finding", "Reason"


@dataclass(frozen=True)
class Made:
    """What a workbook was made for and from."""

    release_id: str
    data_to: pd.Timestamp
    older_id: str
    older_data_to: pd.Timestamp


def read_made(grid: Grid) -> Made:
    """What the Start sheet says of it.

    Raises
    ------
    ValueError
        When there is no such sheet, or it does not say it.
    """
    name = START if START in grid.cells else next(
        (name for name, cells in grid.cells.items() if any(held.text == "older_id" for held in cells.values())), ""
    )  # fmt: skip
    keys = {held.text: row for (row, column), held in grid.cells.get(name, {}).items() if column > 2}
    found = {key: grid.at(name, row, 2) for key, row in keys.items()}
    days = {key: day_of(found[key].value) if key in found else None for key in ("data_to", "older_data_to")}
    data_to, before = days["data_to"], days["older_data_to"]
    if "release_id" not in found or "older_id" not in found or before is None:
        raise ValueError("This is not the workbook of a next report: it has no sheet Start that says so.")
    if data_to is None:
        raise ValueError("Start: found no date beside 'Figures go to', expected one such as 2023-06-30. Type it again.")
    return Made(found["release_id"].text, data_to, found["older_id"].text, before)


def read_facts(located: Located, problems: list[Problem]) -> dict[str, object]:
    """What belongs in release.toml."""
    info: dict[str, object] = {}
    for name, words, kind, expected in FACTS:
        held = located.held(name, _YOURS)
        if name in _DATES:
            day = day_of(held.value)
            if day is not None:
                info[name] = day.date()
            elif held.text or name != "next_release":
                mend = f"Type the date of “{words}”"
                problems.append(located.problem(name, _YOURS, held.text, "a date such as 2023-06-30", mend))
        elif held.text:
            info[name] = held.text
        else:
            mend = "Fill it" if kind == ASKED else f"Type “{words}” again"
            problems.append(located.problem(name, _YOURS, "", expected, mend))
    return info


def read_printed_tables(located: Mapping[str, Located], problems: list[Problem]) -> set[str]:
    """The ids of the tables that the report no longer prints."""
    contents = located[CONTENTS]
    dropped = set()
    for key in contents.rows:
        said = contents.held(key, PRINTED).text.casefold()
        if said == "no":
            dropped.add(key)
        elif said != "yes":
            problems.append(contents.problem(key, PRINTED, said, "yes or no", "Choose one of them"))
    return dropped


def read_changed(located: Mapping[str, Located], plan: Plan, problems: list[Problem]) -> dict[str, tuple[str, Days]]:
    """Headings and periods that were changed by hand, by the key of their move."""
    periods = located[PERIODS]
    changed: dict[str, tuple[str, Days]] = {}
    for move in (move for table in plan.tables for move in table.moves):
        if move.key not in periods.rows:
            continue
        label = periods.held(move.key, _HEADING).text or move.label
        days = [day_of(periods.held(move.key, heading).value) for heading in (_FIRST, _LAST)]
        for heading, day in zip((_FIRST, _LAST), days, strict=True):
            if day is None:
                found = periods.held(move.key, heading).text
                problems.append(periods.problem(move.key, heading, found, "a date such as 2023-06-30", "Type it again"))
        first, last = days
        if first is None or last is None:
            continue
        if last < first:
            mend = "Mend one of the two"
            problems.append(periods.problem(move.key, _LAST, f"{last:%Y-%m-%d}", "a day not before the first", mend))
        elif (label, (first, last)) != (move.label, move.now):
            changed[move.key] = (label if move.axis == "column" else move.label, (first, last))
    return changed


def read_reasons(located: Mapping[str, Located], problems: list[Problem]) -> dict[str, str]:
    """The reason for each finding that is confirmed, those below the rows that were laid out too."""
    sheet = located[REASONS.name]
    reasons: dict[str, str] = {}
    for row in _rows_of_reasons(sheet):
        finding, reason = (sheet.grid.at(sheet.sheet, row, sheet.columns[name]).text for name in (_FINDING, _REASON))
        told = _Slip(sheet, row, problems)
        if reasons.get(finding, reason) != reason:
            told(
                _FINDING, finding, "each finding only once", "Put both reasons into one cell, or clear one of the rows"
            )
        elif finding and says_why(reason):
            reasons[finding] = reason
        elif finding and reason:
            told(_REASON, reason, "why the finding is right as it is, in a few words", "Give a reason")
        elif finding:
            told(_REASON, "", "why the finding is right as it is", "Give a reason")
        elif reason:
            told(_FINDING, "", "the key of a finding", "Copy the key of the finding beside its reason")
    return reasons


def _rows_of_reasons(sheet: Located) -> list[int]:
    """The rows that hold something, with a key of ours or without."""
    if not sheet.rows:
        return []
    first, own = min(sheet.rows.values()), {sheet.columns[_FINDING], sheet.columns[_REASON]}
    return sorted({row for row, column in sheet.grid.cells[sheet.sheet] if row >= first and column in own})


@dataclass(frozen=True)
class _Slip:
    """Tells what is wrong with a row of Reasons."""

    sheet: Located
    row: int
    problems: list[Problem]

    def __call__(self, heading: str, found: str, expected: str, mend: str) -> None:
        cell = address(self.row, self.sheet.columns[heading])
        self.problems.append(Problem(self.sheet.sheet, cell, found, expected, mend))
