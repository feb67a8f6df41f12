"""Periods that do not fit, promises whose day has passed, and events that may have ended."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.colleague.cells import sections_of, tables_of
from analysis.colleague.finding import Finding, Place, key_of
from analysis.periods import name_day, name_period
from analysis.promises import STATUSES, stands

__all__ = ["data_to_of", "event_findings", "period_findings", "promise_findings"]

Frames = Mapping[str, pd.DataFrame]

_LAST, _PREVIOUS = "last_12_months", "previous_12_months"
_LENGTHS = {_LAST: 12, _PREVIOUS: 12, "month": 1, "quarter": 3, "year": 12}
_DAY = pd.Timedelta(days=1)
_LATER = 1e7
_SETTLED = [f"“{status}”" for status in STATUSES if not stands(status)]
_SETTLE = (
    f"Set its status to {', '.join(_SETTLED[:-1])} or {_SETTLED[-1]}; where it is still awaited, type the new day by "
    "which it is due, or say why it is late."
)
_MEND_PERIOD = "Mend the period of the column."


def data_to_of(frames: Frames) -> pd.Timestamp:
    """The day to which a report's figures run: the last on which a rolling 12 months ends, missing without one."""
    figures = frames["figures"]
    ends = figures.loc[(figures["role"] == _LAST) & (figures["status"] == "published"), "period_end"]
    return pd.Timestamp(ends.max())


def period_findings(
    older: Frames, newer: Frames, data_to: pd.Timestamp, older_data_to: pd.Timestamp
) -> list[Finding]:  # fmt: skip
    """Periods that are turned, too long or short, apart from their neighbour or not moved on: once a table and period.

    Parameters
    ----------
    older, newer
        The frames of two releases.
    data_to, older_data_to
        The day to which the figures of each run.
    """
    figures = newer["figures"][newer["figures"]["status"] == "published"]
    findings: list[Finding] = []
    for row in figures.drop_duplicates(["table", "role", "period_start", "period_end"]).itertuples():
        said = _wrong_period(row.role, row.period_start, row.period_end)
        if said:
            findings.append(_period(newer, row, said, row.period_start, row.period_end))
    wrong = {(each.table, each.key.split()[2]) for each in findings}
    lasts = figures[figures["role"] == _LAST].drop_duplicates(["table", "period_start", "period_end"])
    findings += _apart(newer, figures, lasts, wrong)
    before = _ends(older["figures"])
    on_time = set(lasts.loc[lasts["period_end"] == data_to, "table"])
    for row in lasts[~lasts["table"].isin(on_time)].itertuples():
        if (row.table, _LAST) in wrong:
            continue
        if row.period_end > data_to:
            said = f"These 12 months end on {name_day(row.period_end)}, after the figures do ({name_day(data_to)})."
            findings.append(_period(newer, row, said, row.period_start, row.period_end))
        elif len(on_time) and before.get(row.table) == older_data_to and data_to != older_data_to:
            said = (
                f"These 12 months end on {name_day(row.period_end)}, not on {name_day(data_to)} as the report does; in "
                "the last report they ended with it."
            )
            findings.append(_period(newer, row, said, row.period_start, row.period_end))
    if len(lasts) and not on_time and not pd.isna(data_to):
        findings.append(_no_column(data_to))
    return findings


def _wrong_period(role: str, start: pd.Timestamp, end: pd.Timestamp) -> str:
    if end < start:
        return f"The period ends on {name_day(end)}, before it starts on {name_day(start)}."
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    wanted = _LENGTHS.get(role)
    whole = start.day == 1 and end.is_month_end
    if wanted and (months != wanted or not whole):
        length = "12 months" if wanted == 12 else "3 months" if wanted == 3 else "a month"
        return f"The period should be {length} and is {name_day(start)} to {name_day(end)}."
    return ""


def _apart(newer: Frames, figures: pd.DataFrame, lasts: pd.DataFrame, wrong: set[tuple[str, str]]) -> list[Finding]:
    """A gap or an overlap between the last 12 months and those before, row by row, told once a table."""
    previous = figures[figures["role"] == _PREVIOUS].drop_duplicates(["table", "measure", "area", "breakdown"])
    own = figures[figures["role"] == _LAST].drop_duplicates(["table", "measure", "area", "breakdown"])
    both = own.merge(previous, on=["table", "measure", "area", "breakdown"], suffixes=("", "_before"))
    gap = both["period_start"] - both["period_end_before"] - _DAY
    told = both.assign(gap=gap)[gap != pd.Timedelta(0)]
    findings = []
    for row in told.drop_duplicates(["table", "period_start", "period_end_before"]).itertuples():
        if (row.table, _LAST) in wrong or (row.table, _PREVIOUS) in wrong:
            continue
        days = abs(row.gap.days)
        said = (
            f"The last 12 months start on {name_day(row.period_start)} and the previous end on "
            f"{name_day(row.period_end_before)}: {'a gap' if row.gap.days > 0 else 'an overlap'} of {days:,} "
            f"day{'s' * (days != 1)}."
        )
        findings.append(_period(newer, row, said, row.period_start, row.period_end_before))
    return findings


def _ends(figures: pd.DataFrame) -> dict[str, pd.Timestamp]:
    last = figures[figures["role"] == _LAST].sort_values("period_end")
    return {row.table: row.period_end for row in last.itertuples()}


def _no_column(data_to: pd.Timestamp) -> Finding:
    return Finding(
        key=key_of("period", "data_to", data_to), kind="period", where=f"Figures to {name_day(data_to)}",
        what=f"The figures are said to run to {name_day(data_to)}, and no 12 months end on that day.",
        how_to_mend="Mend the date to which the figures run, or the periods of the columns.", serious=True,
        place=(-1, 0, 0, 0),
    )  # fmt: skip


def _period(newer: Frames, row: Any, said: str, start: pd.Timestamp, end: pd.Timestamp) -> Finding:
    table = tables_of(newer)[row.table]
    place: Place = (*table.place, -1.0, float(row.column_order))
    return Finding(
        key=key_of("period", row.table, row.role, start, end), kind="period", what=said, how_to_mend=_MEND_PERIOD,
        where=f"{table.title}: {row.column_label} ({row.figure_id})", serious=True, place=place,
        section=table.section, table=row.table, figure_id=row.figure_id,
    )  # fmt: skip


def promise_findings(older: Frames, newer: Frames, data_to: pd.Timestamp) -> list[Finding]:
    """Promises whose day has passed and that still stand, and promises that are gone unsettled.

    Parameters
    ----------
    older, newer
        The frames of two releases; ``commitments`` with ``id, section, what, due, where, status``.
    data_to
        The day to which the newer figures run.
    """
    sections = sections_of(newer)
    findings = []
    for number, row in enumerate(newer["commitments"].itertuples()):
        if stands(row.status) and not pd.isna(row.due) and row.due <= data_to:
            what = (
                f"“{row.what}” was due by {name_day(row.due)}, the figures run to {name_day(data_to)}, and its "
                f"status is still “{row.status}”."
            )
            findings.append(_promise("promise", row, what, _SETTLE, sections, number, row.due))
    kept = set(newer["commitments"]["id"])
    for number, row in enumerate(older["commitments"].itertuples()):
        if row.id not in kept and stands(row.status):
            what = f"The last report has “{row.what}” as {row.status}, and this one says nothing of it."
            findings.append(
                _promise("promise_gone", row, what, "Put it back with its status, or say why.", sections, number)
            )
    return findings


def _promise(
    kind: str, row: Any, what: str, mend: str, sections: Mapping[str, float], number: int, *parts: object
) -> Finding:
    place: Place = (sections.get(row.section, _LATER), _LATER, 0.0, float(number))
    key = key_of(kind, row.id, *parts, row.status)
    return Finding(
        key, kind, f"Promise: {row.what} ({row.id})", what, mend, True, place, section=row.section,
        number_id=f"commitments.{row.id}",
    )  # fmt: skip


def event_findings(newer: Frames, data_to: pd.Timestamp) -> list[Finding]:
    """One question on events without an end that no longer come between the last 12 months and those before.

    Parameters
    ----------
    newer
        The frames of the newer release; ``events`` with ``id, title, from, to``.
    data_to
        The day to which its figures run.
    """
    if pd.isna(data_to):
        return []
    compared = data_to - pd.DateOffset(years=2) + _DAY
    events = newer["events"]
    old = events[events["to"].isna() & (events["from"] <= compared)]
    if old.empty:
        return []
    rows, stretch = old.to_dict("records"), name_period(compared, data_to)
    first, many = rows[0], len(rows) > 1
    told = "; ".join(f"“{row['title']}”, {name_day(row['from'])}" for row in rows)
    what = (
        f"{len(rows)} events began before all that is compared with the 12 months before ({stretch}), and have no end: "
        f"{told}."
        if many
        else f"It began on {name_day(first['from'])}, before all that is compared with the 12 months before "
        f"({stretch}), and has no end."
    )
    mend = f"Look whether {'one' if many else 'it'} has ended, and if so set its last day."
    where = "Events without an end" if many else f"Event: {first['title']} ({first['id']})"
    began = [part for pair in sorted((row["id"], row["from"]) for row in rows) for part in pair]
    key = key_of("event", zlib.crc32(key_of("", *began).encode())) if many else key_of("event", *began)
    named = " ".join(f"events.{row['id']}" for row in rows)
    return [Finding(key, "event", where, what, mend, False, (_LATER, _LATER, 1.0, 0.0), number_id=named)]
