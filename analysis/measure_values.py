"""A measure in one line: its latest value, the one before and the baseline, from its own section's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.corrections import correction_note
from analysis.numbers import VAGUE, places_printed, write_number
from analysis.periods import short_period

__all__ = ["measure_values"]

_COLUMNS = ["measure", "part", "table", "latest", "latest_period", "previous", "previous_period", "baseline"]
_COLUMNS += ["baseline_period", "latest_note", "previous_note", "baseline_note"]
_YEAR = pd.Timedelta(days=360)  # a part of a year never stands for the year
_LEVELS = ["level", "total", "share", "rate"]
_LATEST = ["last_12_months", "actual", "wave", "snapshot", "year", "year_to_date", "quarter", "month", "statement"]
_VALUES = [*_LATEST, "previous_12_months", "baseline"]


def measure_values(rows: pd.DataFrame, measures: pd.DataFrame, tables: pd.DataFrame, force: str) -> pd.DataFrame:
    """One row a measure, in the order of ``measures``; a measure without an undivided value gets a row a part.

    Parameters
    ----------
    rows
        The catalogue: ``measure, area, breakdown, role, kind, table, section, period_start, period_end, value, unit,
        printed``, and where it has them ``corrected, corrected_on, corrected_why``. Statements count only where they
        tell a level in the measure's own unit.
    measures, tables
        The release's own.
    force
        The area whose values are wanted: the whole force.

    Returns
    -------
    DataFrame
        ``measure, part, table, latest, latest_period, previous, previous_period, baseline, baseline_period``, and
        ``latest_note, previous_note, baseline_note``: values as text with their units, and what they were corrected
        to; blank where the report prints none. ``table`` is blank for a value from running text.
    """
    home = dict(zip(tables["id"], tables["section"], strict=True))
    by_measure = _grouped(rows.itertuples(index=False), "measure")
    told = []
    for measure in measures.itertuples():
        known = by_measure.get(measure.id, [])
        own = [row for row in known if _is_usable(row, measure.unit, force)]
        if not own:
            told.append({"measure": measure.id, "latest": _only_printed(known)})
            continue
        own = _own_section(own, measure.section, home)
        undivided = [row for row in own if row.breakdown == ""]
        whole = [row for row in known if row.role == "range" and row.breakdown == ""]
        if not undivided and whole:
            told.append({"measure": measure.id, "latest": _only_printed(whole)})
        for part, values in _grouped(undivided or own, "breakdown").items():
            told.append({"measure": measure.id, "part": part.partition("=")[2]} | _line(values))
    return pd.DataFrame([{name: each.get(name, "") for name in _COLUMNS} for each in told], columns=_COLUMNS)


def _grouped(rows: Iterable[Any], column: str) -> dict[str, list[Any]]:
    """Rows by what stands in a column, in the order in which it first appears."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, column), []).append(row)
    return groups


def _is_usable(row: Any, unit: str, force: str) -> bool:
    """Whether a row tells a value of the force; one from running text only as a level in the measure's unit."""
    if row.role not in _VALUES or row.area != force:
        return False
    return row.kind == "" or (row.kind in _LEVELS and row.unit == unit)


def _own_section(rows: list[Any], section: str, home: Mapping[str, str]) -> list[Any]:
    """The rows of the first table in the measure's own section, else of the first table, else of the text."""
    tables = list(dict.fromkeys(row.table for row in rows if row.table))
    if not tables:
        return rows
    own = [table for table in tables if home[table] == section]
    chosen = (own or tables)[0]
    return [row for row in rows if row.table == chosen]


def _only_printed(rows: list[Any]) -> str:
    """The print of a measure of which the report gives only a range, a place or a value beside one."""
    first = next((row for row in rows if row.role in ("range", "rank")), None)
    if first is None:
        return ""
    if first.role == "range":
        return str(first.printed)
    if first.unit == "rank":
        return f"place: {first.printed}"
    return write_number(first.value, first.unit, 0 if float(first.value).is_integer() else 2)


def _line(values: list[Any]) -> dict[str, str]:
    levels = sorted((row for row in values if row.role in _LATEST), key=_lateness)
    line = {"table": str(values[0].table)}
    if levels:
        first = levels[0]
        line |= _cell("latest", first)
        before = [row for row in levels if row.role == first.role and row.period_end < first.period_end]
        if before and first.role in ("wave", "year", "statement"):
            line |= _cell("previous", before[0])
    for name, role in (("previous", "previous_12_months"), ("baseline", "baseline")):
        if chosen := [row for row in values if row.role == role]:
            line |= _cell(name, chosen[0])
    return line


def _lateness(row: Any) -> tuple[int, bool, bool, int]:
    """What sorts the value to show first: by role, whole years before parts of one, the latest before the others."""
    dated = not pd.isna(row.period_end)
    part_of_year = bool(row.period_end - row.period_start < _YEAR)
    return _LATEST.index(row.role), part_of_year, not dated, -row.period_end.value if dated else 0


def _cell(name: str, row: Any) -> dict[str, str]:
    if row.role == "statement" and VAGUE.search(str(row.printed)):
        text = str(row.printed)
    else:
        places = 0 if row.unit == "gbp_thousand" else places_printed(str(row.printed))
        text = write_number(row.value, row.unit, places)
    period = short_period(row.period_start, row.period_end)
    corrected = getattr(row, "corrected", "")
    note = correction_note(corrected, row.corrected_on, row.corrected_why) if corrected else ""
    return {name: text, f"{name}_period": period, f"{name}_note": note}
