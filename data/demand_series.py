"""Every series that a season can be looked for in: uploaded months, open public series, the invented example.

They come out in one shape, so that a page asks no more of one than of another. A measure that no page knows is kept
under the name its file gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.event_months import event_months
from data.saved_events import event_rows
from data.series import SeriesSet
from data.store import Store
from data.uploaded import force_words, ids_by_name, note_of
from data.wording import plain, tidy

__all__ = ["DemandSeries", "demand_series", "series_values"]

_COLUMNS = [
    "status",
    "measure",
    "title",
    "area",
    "area_name",
    "breakdown",
    "period_start",
    "period_end",
    "value",
    "note",
]
_ORDER = {"uploaded": 0, "open": 1, "illustrative": 2}


@dataclass(frozen=True)
class DemandSeries:
    """All of them.

    Attributes
    ----------
    frame
        ``status`` (uploaded, open, illustrative), ``measure`` (id, or the file's own name), ``title, area, area_name,
        breakdown, period_start, period_end, value, note``; uploaded first, the newest version where several hold a
        month.
    """

    frame: pd.DataFrame

    def measures(self) -> pd.DataFrame:
        """What there is, a row a measure and status: ``status, measure, title, steps`` (how many periods)."""
        by = self.frame.groupby(["status", "measure", "title"], sort=False)["period_start"].nunique()
        return by.rename("steps").reset_index()


def demand_series(
    store: Store, open_data: SeriesSet, examples: SeriesSet, areas: pd.DataFrame, measures: pd.DataFrame
) -> DemandSeries:
    """Gather every series.

    Parameters
    ----------
    store
        Whose monthly versions are read; those withdrawn do not count.
    open_data, examples
        The series beside the releases. An example steps aside for an uploaded measure of its name.
    areas, measures
        The release's: ``id, name, kind``, and ``id, title``.

    Raises
    ------
    DataError
        When a version's file is missing or damaged.
    """
    names = areas.set_index("id")["name"].to_dict()
    known: dict[str, tuple[str, str]] = {}
    for row in pd.concat([measures[["id", "title"]], examples.measures[["id", "title"]]]).itertuples():
        known |= {plain(str(name)): (str(row.id), str(row.title)) for name in (row.id, row.title)}
    uploaded = _uploaded(store, known, areas)
    parts = [uploaded]
    for series, status in ((open_data, "open"), (examples, "illustrative")):
        rows = series.frame
        rows = rows[~rows["measure"].isin(uploaded["measure"])] if status == "illustrative" else rows
        parts.append(rows.assign(status=status, area_name=rows["area"].map(names).fillna(rows["area"])))
    full = [part.reindex(columns=_COLUMNS) for part in parts if len(part)]
    if not full:
        return DemandSeries(pd.DataFrame(columns=_COLUMNS))
    frame = pd.concat(full, ignore_index=True)
    frame = frame[frame["breakdown"].fillna("") == ""]
    order = frame["status"].map(_ORDER)
    return DemandSeries(frame.assign(order=order).sort_values("order", kind="stable").drop(columns="order"))


def series_values(rows: pd.DataFrame) -> pd.Series:
    """Rows of one measure, area and part as a series over months or quarters, in order.

    >>> rows = pd.DataFrame({"period_start": pd.to_datetime(["2023-02-01", "2023-01-01"]),
    ...                      "period_end": pd.to_datetime(["2023-02-28", "2023-01-31"]), "value": [5.0, 4.0]})
    >>> series_values(rows).to_dict()
    {Period('2023-01', 'M'): 4.0, Period('2023-02', 'M'): 5.0}
    """
    long = (rows["period_end"] - rows["period_start"]).dt.days.max() > 31
    index = pd.PeriodIndex(rows["period_start"], freq="Q" if long else "M")
    return pd.Series(rows["value"].to_numpy(dtype=float), index=index).sort_index()


def _uploaded(store: Store, known: dict[str, tuple[str, str]], areas: pd.DataFrame) -> pd.DataFrame:
    """Uploaded months under the ids that are known, else under the names that the files give; counted events first."""
    rows = [*_counted(store), *_given(store)]
    if not rows:
        return pd.DataFrame(columns=_COLUMNS)
    told = pd.concat(rows, ignore_index=True)
    force = areas[areas["kind"] == "force"].iloc[0]
    place_of = ids_by_name(pd.concat([areas, force_words(areas)]), "name")
    names = areas.set_index("id")["name"].to_dict()
    area = told["area"].fillna("").astype(str).replace("", str(force["name"]))
    place = area.map(lambda name: place_of(name) or tidy(name))
    named = told["measure"].map(lambda name: _measure(str(name), known))
    told = told.assign(
        status="uploaded", measure=named.str[0], title=named.str[1], area=place, breakdown="",
        area_name=place.map(lambda each: names.get(each, each)), period_start=told["month"],
        period_end=told["month"] + pd.offsets.MonthEnd(0),
    )  # fmt: skip
    return told.drop_duplicates(["measure", "area", "period_start"], keep="last").reset_index(drop=True)


def _measure(name: str, known: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Id and title of the measure that a file names, "999" for 999 calls too; else the file's own name for both."""
    told = next((known[word] for word in (plain(name), plain(f"{name} calls")) if word in known), None)
    return told or (tidy(name), tidy(name))


def _given(store: Store) -> list[pd.DataFrame]:
    """Months as monthly files give them, the newest version last."""
    parts = []
    for version in sorted(store.versions("monthly"), key=lambda each: each.created):
        frame = store.read(version.id)
        measure = frame.get("measure", version.label)
        area = frame.get("area", "")
        parts.append(frame[["month", "value"]].assign(measure=measure, area=area, note=note_of(version)))
    return parts


def _counted(store: Store) -> list[pd.DataFrame]:
    """Whole months counted from extracts of events, the newest version last."""
    parts = []
    for version in sorted(store.versions("events"), key=lambda each: each.created):
        counts = event_months(event_rows(store, version.id))
        counts = counts[counts["whole"]]
        parts.append(
            pd.DataFrame(
                {
                    "month": counts["month"],
                    "value": counts["n"].astype(float),
                    "measure": counts["kind"].astype(object).where(counts["kind"].notna(), version.label),
                    "area": counts["area"].astype(object).where(counts["area"].notna(), ""),
                    "note": note_of(version),
                }
            )
        )
    return parts
