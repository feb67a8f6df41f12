"""Counts of areas over twelve months, with their residents: open district series and uploaded months, for rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.series import SeriesSet

__all__ = ["AreaCounts", "area_years", "part_counts", "residents", "year_ends"]

_MONTHS = {"month": 1, "quarter": 3}
_YEAR = 12
_COLUMNS = ["wave", "question", "area", "value", "population"]


@dataclass(frozen=True)
class AreaCounts:
    """Counts of one year and the year before, as ``analysis.area_rates`` and ``analysis.area_changes`` take them.

    Attributes
    ----------
    frame
        ``wave`` (the year's name), ``question`` (id of the measure), ``area`` (id), ``value, population`` (missing
        where residents are not known).
    now, before
        Names of the two years; ``before`` is "" where the year before is not whole.
    periods
        First and last day of the year before, and of the year.
    residents_of
        The year of the population estimates that are used; 0 where there are none.
    """

    frame: pd.DataFrame
    now: str
    before: str
    periods: tuple[tuple[pd.Timestamp, pd.Timestamp], tuple[pd.Timestamp, pd.Timestamp]]
    residents_of: int


def year_ends(rows: pd.DataFrame) -> list[pd.Timestamp]:
    """The last days of twelve months that some measure has whole, in every area that it counts, the newest first.

    Parameters
    ----------
    rows
        ``measure, area, period_start, period_end, value``: months or quarters.

    Examples
    --------
    >>> starts = pd.date_range("2022-01-01", periods=5, freq="QS")
    >>> rows = pd.DataFrame({"measure": "m", "area": "a", "period_start": starts,
    ...                      "period_end": starts + pd.offsets.QuarterEnd(), "value": 1.0})
    >>> [f"{end:%Y-%m-%d}" for end in year_ends(rows)]
    ['2023-03-31', '2022-12-31']
    """
    if rows.empty:
        return []
    last, first = (_month(rows[name]) for name in ("period_end", "period_start"))
    start = int(first.min())
    cells = rows.groupby(["measure", "area"], sort=False).ngroup().to_numpy()
    held = np.zeros((cells.max() + 1, int(last.max()) - start + 1))
    for back in range(int((last - first).max()) + 1):
        inside = (last - back >= first).to_numpy()
        held[cells[inside], (last - back - start).to_numpy()[inside]] = 1
    before = np.pad(held.cumsum(axis=1), ((0, 0), (1, 0)))
    measures = rows.groupby(cells)["measure"].first()
    ends = []
    for end in sorted(rows["period_end"].unique(), reverse=True):
        place = end.year * 12 + end.month - start + 1  # months from the first to this one
        if place >= _YEAR:
            whole = pd.Series(before[:, place] - before[:, place - _YEAR] == _YEAR)
            ends += [pd.Timestamp(end)] if whole.groupby(measures.to_numpy()).all().any() else []
    return ends


def area_years(
    rows: pd.DataFrame, population: pd.DataFrame, end: pd.Timestamp, mapping: dict[str, Sequence[str]] | None = None
) -> AreaCounts:
    """Each area's count in the twelve months to a day, and in the twelve before.

    Parameters
    ----------
    rows
        ``measure, area, period_start, period_end, value``: months or quarters of areas, without the force.
    population
        ``area, year, population``. The estimate of the middle of the twelve months is used, or the last before it.
    end
        The last day.
    mapping
        Area to the areas whose residents are its own, where it has none under its own id.

    Examples
    --------
    >>> starts = pd.date_range("2021-04-01", periods=8, freq="QS")
    >>> rows = pd.DataFrame({"measure": "m", "area": "a", "period_start": starts,
    ...                      "period_end": starts + pd.offsets.QuarterEnd(), "value": 1.0})
    >>> population = pd.DataFrame({"area": ["a", "a"], "year": [2021, 2022], "population": [900, 1000]})
    >>> found = area_years(rows, population, pd.Timestamp("2023-03-31"))
    >>> found.now, found.before, found.frame[["wave", "value", "population"]].values.tolist()
    ('12 months to March 2023', '12 months to March 2022',
     [['12 months to March 2022', 4.0, 900.0], ['12 months to March 2023', 4.0, 1000.0]])
    """
    ends = [end - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0), end]
    parts = [_year(rows, each) for each in ends]
    told = []
    used = 0
    for each, part in zip(ends, parts, strict=True):
        people, used = residents(population, sorted(part["area"].unique()), each, mapping)
        told.append(part.assign(wave=_name(each), population=part["area"].map(people)))
    frame = pd.concat(told, ignore_index=True)
    names = [_name(each) for each in ends]
    periods = tuple((_start(each), each) for each in ends)
    return AreaCounts(frame[_COLUMNS], names[1], names[0] if len(parts[0]) else "", (periods[0], periods[1]), used)


def residents(
    population: pd.DataFrame,
    areas: Sequence[str],
    end: pd.Timestamp,
    mapping: dict[str, Sequence[str]] | None = None,
) -> tuple[dict[str, float], int]:
    """How many live in each area in the middle of the twelve months to a day, and the year of the estimates.

    An area without an estimate of its own, or of all that it is mapped to, is left out.

    Examples
    --------
    >>> population = pd.DataFrame({"area": ["a", "b"], "year": 2022, "population": [900, 1000]})
    >>> residents(population, ["a", "both", "c"], pd.Timestamp("2023-03-31"), {"both": ["a", "b"]})
    ({'a': 900.0, 'both': 1900.0}, 2022)
    """
    middle = (end - pd.DateOffset(months=_YEAR - 3)).year  # mid-year estimates: 30 June lies in the year or before it
    known = population[population["year"] <= middle]
    if known.empty:
        return {}, 0
    year = int(known["year"].max())
    people = known[known["year"] == year].set_index("area")["population"].astype(float)
    told = {}
    for area in areas:
        parts = [area] if area in people.index else list((mapping or {}).get(area, []))
        if parts and all(part in people.index for part in parts):
            told[area] = float(people[parts].sum())
    return told, year


def part_counts(
    statements: pd.DataFrame, areas: pd.DataFrame, measures: pd.DataFrame, open_data: SeriesSet
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """What a report prints of the parts of its force: counts of twelve months beside each other, with residents.

    Parameters
    ----------
    statements, areas, measures
        The release's own.
    open_data
        Whose population is used; a part's residents are those of the areas it is mapped to.

    Returns
    -------
    tuple
        The counts as ``analysis.area_rates`` takes them, those measures that every part is printed of; the statements
        they stand in; the year of the population estimates, 0 where there are none.
    """
    parts = areas[areas["kind"] == "part"]
    level = statements[(statements["kind"] == "level") & (statements["unit"] == "count")]
    own = level[(level["measure"] != "") & level["area"].isin(parts["id"]) & (level["breakdown"] == "")]
    keys = ["measure", "period_start", "period_end"]
    whole = own.groupby(keys)["area"].transform("nunique") == len(parts)
    own = own[whole].drop_duplicates([*keys, "area"]).copy()
    if own.empty:
        return pd.DataFrame(columns=_COLUMNS), own, 0
    end = own["period_end"].max()
    own = own[own["period_end"] == end]
    mapping = {row.id: row.mapping.split() for row in parts.itertuples()}
    people, year = residents(open_data.population, list(parts["id"]), end, mapping)
    places = measures.set_index("id")["order"]
    own = own.assign(order=own["measure"].map(places)).sort_values("order", kind="stable")
    counts = pd.DataFrame({"wave": _name(end), "question": own["measure"], "area": own["area"], "value": own["value"]})
    return counts.assign(population=own["area"].map(people)).reset_index(drop=True), own, year


def _year(rows: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """Sums over the twelve months to a day, of measures that every one of their areas has whole."""
    inside = rows[(rows["period_start"] >= _start(end)) & (rows["period_end"] <= end)]
    months = _month(inside["period_end"]) - _month(inside["period_start"]) + 1
    cells = inside.assign(months=months).groupby(["measure", "area"], sort=False)
    told = cells.agg(value=("value", "sum"), months=("months", "sum")).reset_index()
    told = told[told["months"] == _YEAR]
    expected = rows.groupby("measure")["area"].nunique()
    counted = told.groupby("measure")["area"].transform("nunique")
    return told[counted == told["measure"].map(expected)].rename(columns={"measure": "question"})


def _month(days: pd.Series) -> pd.Series:
    """Months since the year 0, counted from 1."""
    told: pd.Series = days.dt.year * 12 + days.dt.month
    return told


def _start(end: pd.Timestamp) -> pd.Timestamp:
    """The first of the twelve months to the last day of a month.

    >>> _start(pd.Timestamp(2024, 2, 29))
    Timestamp('2023-03-01 00:00:00')
    """
    return pd.Timestamp(end + pd.Timedelta(days=1) - pd.DateOffset(months=_YEAR))


def _name(end: pd.Timestamp) -> str:
    return f"12 months to {end:%B %Y}"
