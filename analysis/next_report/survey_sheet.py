"""The sheet Surveys: the waves of each survey, moved on where they roll, with how many people they asked; read back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.next_report.cells import Plan
from analysis.next_report.grid import Located
from analysis.next_report.list_columns import SURVEYS
from analysis.next_report.made_lists import Lists, need_fields, unused_id
from analysis.next_report.moving import move_day, move_words
from analysis.next_report.texts import text_frame, text_rows
from analysis.periods import name_period

__all__ = ["read_surveys", "survey_rows"]

_ROLLING = "rolling"
Row = dict[str, str]


def survey_rows(surveys: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The waves as the sheet is handed out: a rolling period moved on, without how many it asked; others as they are.

    Parameters
    ----------
    surveys
        The older release's.
    plan
        Of the workbook.

    Returns
    -------
    DataFrame
        The same columns, and ``filled``: whether the wave stands as it was printed.
    """
    rows = [
        row | {"filled": True} if row["kind"] != _ROLLING else _moved(row, plan.months)
        for row in surveys.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[*surveys.columns, "filled"])


def _moved(row: Mapping[Any, Any], months: int) -> dict[Any, Any]:
    was = row["period_start"], row["period_end"]
    now = move_day(was[0], months), move_day(was[1], months)
    wave = move_words(str(row["wave"]), dict(zip(was, now, strict=True)))
    moved = {"wave": wave, "period_start": now[0], "period_end": now[1], "base": None, "filled": False}
    return dict(row) | moved


def read_surveys(located: Located, lists: Lists, plan: Plan, dropped: Collection[str]) -> pd.DataFrame:
    """surveys.csv of the next release as text.

    A wave that a table of a known survey prints, as Periods says, and that stands on no row is taken in and told of.

    Parameters
    ----------
    located
        The sheet; without rows where the workbook was made before there was one.
    lists
        What the older release holds, and where problems and notes are told.
    plan
        As the sheet Periods has it.
    dropped
        Tables that are no longer printed; waves of theirs are left out.
    """
    older = lists.older["surveys"]
    wrong = len(lists.problems)
    made = _typed(located, lists) if located.rows else _as_before(older, plan)
    if len(lists.problems) == wrong:  # else a row that cannot be read may be the one that seems to be missing
        made += _untold(made, older, plan, lists, dropped)
    kept = [row for row in made if row["table"] not in dropped]
    return pd.DataFrame(kept, columns=list(older.columns), dtype=str)


def _typed(located: Located, lists: Lists) -> list[Row]:
    """The rows of the sheet; what cannot be, and whose people are missing, is told."""
    made: list[Row] = []
    for row, before in lists.standing(located, SURVEYS, "wave", "wave"):
        own = row.fields
        own["survey"] = before["survey"] or own["survey"]
        like = before if before["id"] else _last_of(lists.older["surveys"], own["survey"])
        need_fields(located, lists, row, SURVEYS, ["survey", "wave", "period_start", "period_end"])
        wrong = _wrong(own, made)
        for heading, (found, expected) in wrong.items():
            lists.problems.append(located.problem(row.key, heading, found, expected, "Mend it or clear it"))
        if "People asked" not in wrong and not own["base"] and (like["kind"] == _ROLLING or not before["id"]):
            assume = own["assume"] or like["base"] or like["assume"]
            lists.notes.append(
                f"{located.sheet}: how many people were asked in {own['wave']} is not told, so the page Surveys "
                f"assumes {float(assume or 0):,.0f} and says so."
            )
        own["assume"] = own["base"] or own["assume"] or like["base"] or like["assume"]
        own["where"] = own["where"] or like["where"]
        _add(made, like, own, stays=own["period_end"] == before["period_end"])
    return made


def _wrong(own: Row, made: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """What is found and was expected, by the heading of each cell that cannot be."""
    found: dict[str, tuple[str, str]] = {}
    for name, heading in (("base", "People asked"), ("assume", "Assumed where not printed")):
        if own[name] and not (float(own[name]) >= 1 and float(own[name]).is_integer()):
            found[heading] = own[name], "how many people were asked, a whole number of 1 or more"
    if own["period_start"] > own["period_end"] > "":
        found["To"] = own["period_end"], f"a day that is not before {own['period_start']}"
    for row in made:
        if row["survey"] != own["survey"]:
            continue
        if (row["period_start"], row["period_end"]) == (own["period_start"], own["period_end"]):
            found["From"] = own["period_start"], f"other days than those of {row['wave']}, which stands above"
        if row["wave"].casefold() == own["wave"].casefold():
            found["Wave"] = own["wave"], "a name that no wave of the survey above has"
    return found


def _last_of(older: pd.DataFrame, survey: str) -> Row:
    """The latest wave of a survey; blank where the survey is not known, which is told of its cell."""
    own = text_rows(older[older["survey"] == survey].sort_values("period_end"))
    return (own[-1] if own else dict.fromkeys(map(str, older.columns), "")) | {"id": ""}


def _add(made: list[Row], like: Row, own: Mapping[str, str], stays: bool = False) -> None:
    """A row more, under an id that tells its survey and its last month; one that stays keeps its own."""
    name = f"{own['survey']}_{own['period_end'][:7].replace('-', '_')}"
    made.append(like | dict(own) | {"id": like["id"] if stays else unused_id(made, name)})


def _as_before(older: pd.DataFrame, plan: Plan) -> list[Row]:
    """The rows of a workbook without the sheet."""
    typed = older.assign(**{name: pd.to_datetime(older[name]) for name in ("period_start", "period_end")})
    made: list[Row] = []
    for own in text_rows(text_frame(survey_rows(typed, plan)).drop(columns="filled")):
        _add(made, own, own, stays=own["kind"] != _ROLLING)
    return made


def _untold(made: Sequence[Row], older: pd.DataFrame, plan: Plan, lists: Lists, dropped: Collection[str]) -> list[Row]:
    """A row for each wave that a table prints now and that stands nowhere, resting on what is assumed of the last.

    One that stood in the report before and was cleared is left out.
    """
    known = {(row["table"], row["period_start"], row["period_end"]) for row in [*text_rows(older), *made]}
    rows = list(made)
    for table in plan.tables:
        own = older[older["table"] == table.id]
        if own.empty or table.id in dropped or (own["kind"] == _ROLLING).any():
            continue
        like = _last_of(older, own["survey"].iloc[0])
        for start, end in sorted({move.now for move in table.moves if move.role == "wave"}):
            days = f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"
            if (table.id, *days) in known:
                continue
            wave, assume = name_period(start, end), like["base"] or like["assume"]
            told = {"wave": wave, "period_start": days[0], "period_end": days[1], "base": "", "assume": assume}
            lists.notes.append(
                f"{SURVEYS.name}: {wave} of {table.sheet} has no row, so it is taken in without how many people it "
                f"asked; the page Surveys assumes {float(assume):,.0f} and says so. Type it on the sheet Surveys."
            )
            _add(rows, like, like | told)
    return rows[len(made) :]
