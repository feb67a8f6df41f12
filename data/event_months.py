"""Events counted by month, kind and area, and those counts brought to the shape of the uploaded months.

A month counts as whole only where the extract reaches over its first and its last day: the first month of an extract
that begins on the 15th would look like a fall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.engine import run
from data.event_queries import monthly_counts
from data.public_files import FALLS_WITHIN, area_of_lsoa
from data.saved_events import event_rows, extract_of
from data.series_contract import COLUMNS
from data.store import Store
from data.uploaded import Placed, place_months
from data.wording import plain

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["event_months", "joined_months", "place_event_months", "uploaded_event_months"]


def event_months(rows: ir.Table) -> pd.DataFrame:
    """Events by month, kind and area.

    Parameters
    ----------
    rows
        As ``data.saved_events.event_rows`` gives them.

    Returns
    -------
    DataFrame
        ``month`` (its first day), ``kind`` and ``area`` (each missing where there is none), ``n``, and ``whole``.
        Beside the areas, a row for all events of a kind in a month, those without an area among them: under the force's
        name where the file has it, else without an area. An extract of one area alone has no such row, for it is not
        the force. Small areas of the census are counted to their districts; events without a date are left out.

    Raises
    ------
    DataError
        When no column is the date and time.

    Examples
    --------
    >>> from data.engine import attach
    >>> times = pd.to_datetime(["2023-03-01 10:00", "2023-03-31 11:00", "2023-04-02 12:00"])
    >>> event_months(attach(pd.DataFrame({"timestamp": times, "kind": "999", "area": ["North", "South", None]})))
           month kind   area  n  whole
    0 2023-03-01  999  North  1   True
    1 2023-03-01  999  South  1   True
    2 2023-03-01  999   <NA>  2   True
    3 2023-04-01  999   <NA>  1  False
    """
    by = [name for name in ("kind", "area", FALLS_WITHIN) if name in rows.columns]
    found = monthly_counts(rows, "timestamp", by=by).dropna(subset=["month"])
    found = found.reindex(columns=["month", "kind", "area", FALLS_WITHIN, "n"])
    text = ["kind", "area", FALLS_WITHIN]
    found[text] = found[text].astype("string")
    found["area"] = found["area"].map(area_of_lsoa, na_action="ignore").astype("string")
    parts = _summed(found.dropna(subset=["area"]), "area")
    one_area = parts["area"].nunique() == 1 and found["area"].notna().all()
    everywhere = found.drop(columns="area").rename(columns={FALLS_WITHIN: "area"})
    counted = parts if one_area else pd.concat([parts, _summed(everywhere, "area")], ignore_index=True)
    counted = counted.sort_values(["month", "kind", "area"], kind="stable", ignore_index=True)
    return counted.assign(whole=counted["month"].isin(_whole_months(rows, counted["month"])))


def place_event_months(months: pd.DataFrame, measures: pd.DataFrame, areas: pd.DataFrame, note: str) -> Placed:
    """The whole months of one extract as a monthly series with status "uploaded".

    Parameters
    ----------
    months
        As ``event_months`` gives them.
    measures, areas, note
        As in ``data.uploaded.place_months``. A kind names a measure too where "calls" is left out of it: 999 is 999
        calls.

    Examples
    --------
    >>> months = pd.DataFrame({"month": pd.to_datetime(["2023-03-01"]), "kind": ["999"], "area": [None], "n": [17_782],
    ...                        "whole": [True]})
    >>> known = pd.DataFrame({"id": ["calls_999"], "title": ["999 calls"]})
    >>> force = pd.DataFrame({"id": ["norland"], "name": ["Norland"], "kind": ["force"]})
    >>> place_event_months(months, known, force, "March extract").rows[["measure", "area", "value"]].values.tolist()
    [['calls_999', 'norland', 17782.0]]
    """
    titles = {plain(str(title)): str(title) for title in measures["title"]}
    whole = months[months["whole"]].dropna(subset=["kind"])
    named = whole["kind"].map(lambda kind: _title(str(kind), titles))
    frame = whole.assign(measure=named, value=whole["n"].astype(float), area=whole["area"].astype(object))
    return place_months(frame[["month", "measure", "area", "value"]], measures, areas, note)


def uploaded_event_months(store: Store, measures: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Every whole month of the measures that saved extracts of events hold, that of the newest where several do.

    Returns
    -------
    DataFrame
        As ``data.uploaded.uploaded_months``.

    Raises
    ------
    DataError
        When a version's file is missing or damaged.
    """
    found = []
    for version in sorted(store.versions("events"), key=lambda version: version.created):
        note = f"counted from {version.label}, uploaded {version.created:%Y-%m-%d}"
        found.append(place_event_months(event_months(event_rows(store, version.id)), measures, areas, note).rows)
    return joined_months(*found)


def joined_months(*found: pd.DataFrame) -> pd.DataFrame:
    """Months of several sources, one each: that of the last source that holds it. ``data.series_contract.COLUMNS``."""
    held = [rows for rows in found if len(rows)]
    if not held:
        return pd.DataFrame(columns=COLUMNS)
    keys = ["measure", "area", "period_start"]
    return pd.concat(held).drop_duplicates(keys, keep="last").sort_values(keys).reset_index(drop=True)


def _summed(rows: pd.DataFrame, area: str) -> pd.DataFrame:
    return rows.groupby(["month", "kind", area], dropna=False, sort=False)["n"].sum().reset_index()


def _whole_months(rows: ir.Table, months: pd.Series) -> list[pd.Timestamp]:
    """The months of which an extract holds the first and the last day, or all where it tells months alone."""
    extract = extract_of(rows)
    every = [pd.Timestamp(month) for month in months.unique()]
    if not every or extract.first is None or extract.last is None:
        return []
    latest = run(rows.agg(day=rows["timestamp"].cast("timestamp").day().max()))["day"].iloc[0]
    if not extract.has_times and latest == 1:
        return every
    return [month for month in every if extract.first <= month and month + pd.offsets.MonthEnd(0) <= extract.last]


def _title(kind: str, titles: dict[str, str]) -> str:
    """The measure that a kind names, or the kind itself."""
    names = (plain(kind), plain(f"{kind} calls"), plain(f"{kind}s"))
    return next((titles[name] for name in names if name in titles), kind)
