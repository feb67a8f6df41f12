"""A measure in one line: its latest value, the one before and the baseline, from its own section's table."""

from __future__ import annotations

import pandas as pd

from analysis.numbers import VAGUE, places_printed, write_number
from analysis.periods import short_period

__all__ = ["measure_values"]

_COLUMNS = ["measure", "part", "table", "latest", "latest_period", "previous", "previous_period", "baseline"]
_COLUMNS += ["baseline_period"]
_YEAR = pd.Timedelta(days=360)  # a part of a year never stands for the year
_LEVELS = ["level", "total", "share", "rate"]
_LATEST = ["last_12_months", "actual", "wave", "snapshot", "year", "year_to_date", "quarter", "month", "statement"]


def measure_values(rows: pd.DataFrame, measures: pd.DataFrame, tables: pd.DataFrame, force: str) -> pd.DataFrame:
    """One row a measure, in the order of ``measures``; a measure without an undivided value gets a row a part.

    Parameters
    ----------
    rows
        The catalogue: ``measure, area, breakdown, role, kind, table, section, period_start, period_end, value, unit,
        printed``. Statements count only where they tell a level in the measure's own unit.
    measures, tables
        The release's own.
    force
        The area whose values are wanted: the whole force.

    Returns
    -------
    DataFrame
        ``measure, part, table, latest, latest_period, previous, previous_period, baseline, baseline_period``: values
        as text with their units; blank where the report prints none. ``table`` is blank for a value from running text.
    """
    home = tables.set_index("id")["section"]
    usable = rows[rows["role"].isin([*_LATEST, "previous_12_months", "baseline"]) & (rows["area"] == force)]
    units = usable["measure"].map(measures.set_index("id")["unit"])
    usable = usable[(usable["kind"] == "") | (usable["kind"].isin(_LEVELS) & (usable["unit"] == units))]
    by_measure = dict(list(usable.groupby("measure", sort=False)))
    told = []
    for measure in measures.itertuples():
        own = by_measure.get(measure.id)
        if own is None:
            told.append({"measure": measure.id, "latest": _only_printed(rows[rows["measure"] == measure.id])})
            continue
        own = _own_section(own, measure.section, home)
        undivided = own[own["breakdown"] == ""]
        whole = rows[(rows["measure"] == measure.id) & (rows["role"] == "range") & (rows["breakdown"] == "")]
        if undivided.empty and len(whole):
            told.append({"measure": measure.id, "latest": _only_printed(whole)})
        for part, values in (undivided if len(undivided) else own).groupby("breakdown", sort=False):
            told.append({"measure": measure.id, "part": str(part).partition("=")[2]} | _line(values))
    return pd.DataFrame([{name: each.get(name, "") for name in _COLUMNS} for each in told], columns=_COLUMNS)


def _own_section(rows: pd.DataFrame, section: str, home: pd.Series) -> pd.DataFrame:
    """The rows of the first table in the measure's own section, else of the first table, else of the text."""
    tables = rows.loc[rows["table"] != "", "table"].drop_duplicates()
    if tables.empty:
        return rows
    own = [table for table in tables if home[table] == section]
    chosen = (own or list(tables))[0]
    return pd.DataFrame(rows[rows["table"] == chosen])


def _only_printed(rows: pd.DataFrame) -> str:
    """The print of a measure of which the report gives only a range, a place or a value beside one."""
    shown = rows[rows["role"].isin(["range", "rank"])]
    if shown.empty:
        return ""
    first = shown.iloc[0]
    if first["role"] == "rank" and first["unit"] == "rank":
        return f"place: {first['printed']}"
    levelled = first["role"] == "rank"
    places = 0 if float(first["value"]).is_integer() else 2
    return write_number(first["value"], first["unit"], places) if levelled else str(first["printed"])


def _line(values: pd.DataFrame) -> dict[str, str]:
    order = {role: place for place, role in enumerate(_LATEST)}
    levels = values[values["role"].isin(_LATEST)]
    levels = levels.assign(
        place=levels["role"].map(order), part_year=levels["period_end"] - levels["period_start"] < _YEAR
    ).sort_values(["place", "part_year", "period_end"], ascending=[True, True, False], kind="stable")
    line = {"table": values["table"].iloc[0]}
    if len(levels):
        line |= _cell("latest", levels.iloc[0])
        first = levels.iloc[0]
        same = levels[(levels["role"] == first["role"]) & (levels["period_end"] < first["period_end"])]
        if len(same) and same["role"].iloc[0] in ("wave", "year", "statement"):
            line |= _cell("previous", same.iloc[0])
    for name, role in (("previous", "previous_12_months"), ("baseline", "baseline")):
        chosen = values[values["role"] == role]
        if len(chosen):
            line |= _cell(name, chosen.iloc[0])
    return line


def _cell(name: str, row: pd.Series) -> dict[str, str]:
    if row["role"] == "statement" and VAGUE.search(str(row["printed"])):
        text = str(row["printed"])
    else:
        places = 0 if row["unit"] == "gbp_thousand" else places_printed(str(row["printed"]))
        text = write_number(row["value"], row["unit"], places)
    known = not pd.isna(row["period_start"])
    period = short_period(row["period_start"], row["period_end"]) if known else ""
    return {name: text, f"{name}_period": period}
