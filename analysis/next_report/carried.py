"""Texts on measures that go on into the next report: the periods of their own figures, named in them, move on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.named_times import NamedTime, Range, month_of, ranges_in, times_in
from analysis.next_report.cells import Plan, Table
from analysis.next_report.moving import MOVING, Days

__all__ = ["Carried", "carry_on", "carry_texts", "periods_of"]

_CARRIED = ("definition", "notes")  # the texts on a measure whose dates move on
_YEARS = ("last_12_months", "previous_12_months")
_DECEMBER = 12
# Before a time on which a period of figures ends; and before months that are one. "Extended to", "a target for" and
# "ran from ... to" speak of other things.
_ENDS = re.compile(r"\b(?:(?:data|figures|months?|years?|runs?) to|at|printed for)(?: the end of)? $", re.IGNORECASE)
_OF_THE_REPORT = re.compile(r"\bprinted for $", re.IGNORECASE)
_COVERS = re.compile(r"\bcovers?\b[^.;]*$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between|since) $", re.IGNORECASE)

Moved = tuple[Days, Days]  # a period as it stood and as it stands now


@dataclass(frozen=True)
class Carried:
    """A text as it goes on, and the times in it as they were before they moved on."""

    text: str
    was: tuple[str, ...] = ()


def carry_texts(measures: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """The measures with the periods in their definitions and notes moved on.

    Parameters
    ----------
    measures
        Of the older release, as text.
    plan
        The next report's.

    Returns
    -------
    tuple
        The same frame with those texts; and the times that moved on, as they were, by the key of the text on the sheet
        Texts.
    """
    periods = periods_of(plan)
    rows, moved = [], {}
    for row in measures.to_dict("records"):
        own = {str(name): str(value) for name, value in row.items()}
        for field in _CARRIED:
            carried = carry_on(own[field], periods.get(own["id"], []), (plan.older_data_to, plan.data_to))
            own[field] = carried.text
            if carried.was:
                moved[f"measures.{own['id']}.{field}"] = carried.was
        rows.append(own)
    return pd.DataFrame(rows, columns=list(measures.columns), dtype=str), moved


def periods_of(plan: Plan) -> Mapping[str, Sequence[Moved]]:
    """The periods of each measure's figures that move on: its 12 months, else the latest of each kind of period."""
    found: dict[str, list[Moved]] = {}
    for table in plan.tables:
        for measure, by_role in _roles(table).items():
            for role, pairs in by_role.items():
                own = pairs if role in _YEARS else [max(pairs, key=lambda pair: pair[0][1])]
                found.setdefault(measure, []).extend(pair for pair in own if pair[0] != pair[1])
    return found


def _roles(table: Table) -> Mapping[str, Mapping[str, list[Moved]]]:
    """The periods of one table by measure and role."""
    moves = {move.place: move for move in table.moves if move.role in MOVING}
    found: dict[str, dict[str, list[Moved]]] = {}
    for cell in table.in_order():
        move = next((moves[name] for name in (cell.column, cell.row, cell.older) if name in moves), None)
        if move and cell.figure:
            found.setdefault(cell.figure["measure"], {}).setdefault(move.role, []).append((move.was, move.now))
    return found


def carry_on(text: str, periods: Sequence[Moved], data_to: tuple[pd.Timestamp, pd.Timestamp]) -> Carried:
    """A text with the periods that it names moved on; what only began or happened in a month stays.

    A period is named by its first and last month where something covers them, by its end after words such as "data
    run to" or "12 months to", or by its last day after "at".

    Parameters
    ----------
    text
        On a measure.
    periods
        Of its figures, as they were and are.
    data_to
        The days to which the older and the newer report's figures run: what is "printed for March 2023" in a report to
        March 2023 moves on too.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> year = (day("2021-10-01"), day("2022-09-30")), (day("2022-01-01"), day("2022-12-31"))
    >>> ends = day("2023-03-31"), day("2023-06-30")
    >>> carry_on("Data run to September 2022. A month later, in September 2022, more came.", [year], ends).text
    'Data run to December 2022. A month later, in September 2022, more came.'
    >>> carry_on("It covers October to September, since September 2022, as at 30 September 2022.", [year], ends)
    Carried(text='It covers January to December, since September 2022, as at 31 December 2022.',
            was=('October to September', '30 September 2022'))
    >>> carry_on("It ran from October 2021 to September 2022. Compared to September 2022, more.", [year], ends).was
    ()
    """
    changes: list[tuple[int, int, str]] = []
    ranges = ranges_in(text)
    for each in ranges:
        before = text[: each.start]
        if _FROM.search(before) or not _COVERS.search(before):
            continue
        now = next((now for was, now in periods if _is_period(each, was) and _may_move(text, each, was, now)), None)
        if now is not None:
            first, last = month_of(now[0], each.first[1] > 0), month_of(now[1], each.last[1] > 0)
            changes.append((each.start, each.end, f"{first} to {last}"))
    ends = [(was[1], now[1]) for was, now in periods]
    for time in times_in(text):
        before = text[: time.start]
        if any(each.start <= time.start < each.end for each in ranges) or not _says_end(before, time):
            continue
        own = [*ends, data_to] if _OF_THE_REPORT.search(before) else ends
        moved = next((now for was, now in own if _is_end(time, was)), None)
        if moved is not None:
            changes.append((time.start, time.end, f"{moved.day} " * (time.day > 0) + month_of(moved)))
    made, stood = text, tuple(text[start:end] for start, end, _ in sorted(changes))
    for start, end, words in sorted(changes, reverse=True):
        made = made[:start] + words + made[end:]
    return Carried(made, stood)


def _says_end(before: str, time: NamedTime) -> bool:
    """Whether the words before a time say that figures end with it; "at" says so of a day alone."""
    found = _ENDS.search(before)
    return found is not None and (time.day > 0 or not found[0].casefold().startswith("at"))


def _is_period(found: Range, was: Days) -> bool:
    """Whether months that a text names are those of a period; years count where they stand."""
    pairs = zip((found.first, found.last), was, strict=True)
    whole = was[0].day == 1 and was[1].is_month_end
    return whole and all(month == day.month and year in (0, day.year) for (month, year), day in pairs)


def _may_move(text: str, found: Range, was: Days, now: Days) -> bool:
    """Months without a year beside a year of their own, as in "2023 covers January to March", move within that year.

    They stay once that would say that all of the year is a part of it.
    """
    alone = {time.words for time in times_in(text) if time.words.isdigit()}
    if found.last[1] or not alone:
        return True
    years = {day.year for day in (was[0], *now)}
    return alone == {f"{was[0].year}"} and len(years) == 1 and now[1].month < _DECEMBER


def _is_end(time: NamedTime, was: pd.Timestamp) -> bool:
    """Whether a month or a day that a text names is one on which a period ends."""
    if time.words.isdigit() or not time.words[:1].isupper() or pd.isna(time.last):
        return False
    return time.words.endswith(f"{was.year}") and time.last.month == was.month and time.day in (0, was.day)
