"""Every series that a season can be looked for in: uploaded months, open public series, the invented example.

They come out in one shape, so that a page asks no more of one than of another. A measure that no page knows is kept
under the name its file gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.series import SeriesSet
from data.store import Store
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


def demand_series(store: Store, open_data: SeriesSet, examples: SeriesSet, areas: pd.DataFrame) -> DemandSeries:
    """Gather every series.

    Parameters
    ----------
    store
        Whose monthly versions are read; those withdrawn do not count.
    open_data, examples
        The series beside the releases. An example steps aside for an uploaded measure of its name.
    areas
        The release's: ``id, name, kind``.

    Raises
    ------
    DataError
        When a version's file is missing or damaged.
    """
    names = areas.set_index("id")["name"].to_dict()
    known = {plain(str(row.title)): (row.id, row.title) for row in examples.measures.itertuples()}
    known |= {plain(str(row.id)): (row.id, row.title) for row in examples.measures.itertuples()}
    uploaded = _uploaded(store, known, areas)
    parts = [uploaded]
    for series, status in ((open_data, "open"), (examples, "illustrative")):
        rows = series.frame
        rows = rows[~rows["measure"].isin(uploaded["measure"])] if status == "illustrative" else rows
        parts.append(rows.assign(status=status, area_name=rows["area"].map(names).fillna(rows["area"])))
    frame = pd.concat([part.reindex(columns=_COLUMNS) for part in parts if len(part)], ignore_index=True)
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
    """Uploaded months under the ids that are known, else under the names that the file gives."""
    force = areas[areas["kind"] == "force"].iloc[0]
    ids = {plain(str(row.name_)): row.id for row in areas.rename(columns={"name": "name_"}).itertuples()}
    ids |= {plain(str(each)): each for each in areas["id"]}
    names = areas.set_index("id")["name"].to_dict()
    parts = []
    for version in sorted(store.versions("monthly"), key=lambda each: each.created):
        frame = store.read(version.id)
        told = frame["measure"] if "measure" in frame else pd.Series(version.label, index=frame.index)
        area = frame["area"] if "area" in frame else pd.Series("", index=frame.index)
        area = area.fillna("").astype(str).replace("", str(force["name"]))
        place = area.map(lambda name: ids.get(plain(name), tidy(name)))
        named = told.map(lambda name: known.get(plain(str(name)), (tidy(str(name)), tidy(str(name)))))
        parts.append(
            pd.DataFrame(
                {
                    "status": "uploaded",
                    "measure": named.str[0],
                    "title": named.str[1],
                    "area": place,
                    "area_name": place.map(lambda each: names.get(each, each)),
                    "breakdown": "",
                    "period_start": frame["month"],
                    "period_end": frame["month"] + pd.offsets.MonthEnd(0),
                    "value": frame["value"],
                    "note": f"{version.label}, saved {version.created:%Y-%m-%d}",
                }
            )
        )
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    rows = pd.concat(parts, ignore_index=True)
    return rows.drop_duplicates(["measure", "area", "period_start"], keep="last").reset_index(drop=True)
