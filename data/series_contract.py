"""What a valid series is: the columns of its tables, rows that agree together, words for every measure."""

from __future__ import annotations

import copy
from typing import Any

import pandas as pd
import pandera.pandas as pa

from data.contracts import SCHEMAS

__all__ = [
    "COLUMNS",
    "EVERY_MEASURE",
    "broken_population",
    "broken_rows",
    "is_whole_period",
    "population_schema",
    "series_schema",
    "unlike_words",
]

COLUMNS = ["measure", "title", "area", "area_kind", "breakdown", "role", "period_start", "period_end"]
COLUMNS += ["value", "unit", "status", "note"]
EVERY_MEASURE = "*"
ROW_KEY = ["measure", "area", "breakdown", "role", "period_start", "period_end"]
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def series_schema(status: str) -> pa.DataFrameSchema:
    """The columns of a series. Only an illustrative one has breakdowns, and a note that marks every row."""
    columns = {name: _column_of("figures", name) for name in ["measure", "area", "period_start", "period_end"]}
    columns |= {name: _column_of("figures", name) for name in ["value", "unit"]}
    columns |= {"title": _column_of("measures", "title"), "area_kind": _column_of("areas", "kind")}
    columns |= {"role": _choice(list(MONTHS_IN)), "status": _choice([status])}
    if status == "illustrative":
        columns |= {"breakdown": _column_of("figures", "breakdown"), "note": _column_of("figures", "printed")}
    return pa.DataFrameSchema({name: columns[name] for name in COLUMNS if name in columns}, strict=True)


def population_schema() -> pa.DataFrameSchema:
    """The columns of ``population.csv``: persons by area and year."""
    columns = {"area": _column_of("figures", "area"), "year": _column_of("figures", "row_order")}
    return pa.DataFrameSchema(columns | {"population": _column_of("figures", "row_order")}, strict=True)


def is_whole_period(role: str, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Whether two dates bound one whole calendar month, or three or twelve of them, as the role says.

    Examples
    --------
    >>> is_whole_period("month", pd.Timestamp(2020, 2, 1), pd.Timestamp(2020, 2, 29))
    True
    >>> is_whole_period("quarter", pd.Timestamp(2020, 4, 1), pd.Timestamp(2020, 7, 31))
    False
    """
    return bool(start.day == 1 and end == start + pd.DateOffset(months=MONTHS_IN[role], days=-1))


def broken_rows(rows: pd.DataFrame, file: str) -> list[str]:
    """Sentences about rows whose cells are sound one by one but not together.

    Parameters
    ----------
    rows
        ``COLUMNS``, typed, in the order of the file: row *n* of the frame is row *n* + 2 of the file.
    file
        The name that the sentences give the file.

    Examples
    --------
    >>> june = {"period_start": pd.Timestamp(2022, 6, 1), "period_end": pd.Timestamp(2022, 6, 30)}
    >>> row = {"measure": "asb", "area": "norland", "role": "month", "unit": "count", "value": 1.5}
    >>> broken_rows(pd.DataFrame([row | june], columns=COLUMNS), "monthly.csv")
    ['monthly.csv, row 2, column value: found 1.5, expected a whole number of 0 or more.']
    """
    problems = []
    first_rows: dict[tuple[Any, ...], int] = {}
    cells = zip(*(rows[name] for name in [*ROW_KEY, "unit", "value"]), strict=True)
    for number, (*key, unit, value) in enumerate(cells, start=2):
        measure, area, _, role, start, end = key
        where = f"{file}, row {number}"
        if not is_whole_period(role, start, end):
            problems.append(
                f"{where}, column period_end: found {start:%Y-%m-%d} to {end:%Y-%m-%d}, "
                f"expected one whole {role} that starts on the first of a month."
            )
        if unit == "count" and (value < 0 or value % 1):
            problems.append(f"{where}, column value: found {value:g}, expected a whole number of 0 or more.")
        first = first_rows.setdefault(tuple(key), number)
        if first != number:
            problems.append(
                f"{where}, column period_start: found {measure} for {area} from {start:%Y-%m-%d} again "
                f"after row {first}, expected one row a period. Remove one of them."
            )
    return problems


def unlike_words(rows: pd.DataFrame, told: dict[str, Any], file: str, words: str) -> list[str]:
    """Sentences about measures that the TOML file ``words`` does not describe, or calls by another title.

    Each is told once, at its first row.
    """
    titles = {measure["id"]: measure["title"] for measure in told["measures"]}
    problems = []
    first_rows = rows[["measure", "title"]].drop_duplicates()
    for number, measure, title in first_rows.itertuples(name=None):
        where = f"{file}, row {number + 2}"
        if measure not in titles:
            expected = f"one that {words} describes: {', '.join(titles)}"
            problems.append(f"{where}, column measure: found {measure}, expected {expected}.")
        elif title != titles[measure]:
            expected = f"'{titles[measure]}' as in {words}"
            problems.append(f"{where}, column title: found '{title}', expected {expected}.")
    known = [EVERY_MEASURE, *titles]
    problems += [
        f"{words}, cautions {number}: found measure {caution['measure']}, expected one of {', '.join(known)}."
        for number, caution in enumerate(told.get("cautions", []), start=1)
        if caution["measure"] not in known
    ]
    return problems


def broken_population(population: pd.DataFrame, areas: set[str]) -> list[str]:
    """Sentences about a year that stands twice, or an area that the series has not."""
    again = population.duplicated(["area", "year"])
    unknown = ~population["area"].isin(areas)
    problems = [
        f"population.csv, row {row + 2}, column year: found {area} {year} again, expected one row a year."
        for row, area, year in population.loc[again, ["area", "year"]].itertuples(name=None)
    ]
    return problems + [
        f"population.csv, row {row + 2}, column area: found {area}, expected an area of series.csv."
        for row, area in population.loc[unknown, ["area"]].itertuples(name=None)
    ]


def _column_of(table: str, column: str) -> pa.Column:
    """A copy of a release's column, so that one slip is told in the same words everywhere."""
    found: pa.Column = copy.deepcopy(SCHEMAS[table].columns[column])
    return found


def _choice(options: list[str]) -> pa.Column:
    check = pa.Check(lambda cell: cell in options, element_wise=True, error=f"one of {', '.join(options)}")
    return pa.Column(str, check, metadata={"kind": "text"})
