"""Counts of areas and their residents as files of one's own: a row a period, area and measure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import DataError
from data.forms import propose_number
from data.reading import Reading, read_file
from data.wave_names import order_of_names
from data.wording import plain, tidy

__all__ = ["ALL", "area_counts", "holds_counts", "last_of"]

ALL = "ALL"  # the area that is the whole force
_COUNTS, _PEOPLE = ["period", "area", "measure", "value"], ["area", "population"]


def holds_counts(reading: Reading) -> bool:
    r"""Whether a file is one of counts: by its four columns, whatever their order and case.

    >>> from data.reading import read_upload
    >>> holds_counts(read_upload(b"Period,Area,Measure,Value\n2022,N,burglary,60\n", "counts.csv"))
    True
    """
    return set(_COUNTS) <= {plain(column) for column in reading.columns}


def area_counts(reading: Reading, population: Path) -> pd.DataFrame:
    """Counts with the residents of their areas, as ``analysis.area_rates`` takes them.

    Parameters
    ----------
    reading
        A file with ``period, area, measure, value``; an area called ALL is the force.
    population
        A file with ``area, population``, and ``period`` where the residents are not the same in all.

    Returns
    -------
    DataFrame
        ``wave`` (the period), ``question`` (what is counted), ``area, value, population``.

    Raises
    ------
    DataError
        Every mistake of either file: a column or a number that is missing, a row that repeats, an area without
        residents.
    """
    counts = _table(reading, _COUNTS)
    people = read_file(population)
    found = {plain(column) for column in people.columns}
    residents = _table(people, [*_PEOPLE, *(["period"] if "period" in found else [])])
    counts["value"] = _numbers(counts, "value", 0.0, reading)
    residents["population"] = _numbers(residents, "population", 1e-9, people)
    _once(counts, ["period", "area", "measure"], reading)
    keys = ["area", *(["period"] if "period" in residents else [])]
    _once(residents, keys, people)
    counts[["key_area", "key_period"]] = counts[["area", "period"]].map(plain)
    residents[[f"key_{key}" for key in keys]] = residents[keys].map(plain)
    both = counts.merge(residents[[*(f"key_{key}" for key in keys), "population"]], how="left")
    if (gone := both["population"].isna()).any():
        places = both.loc[gone, keys].drop_duplicates().agg(", ".join, axis=1)
        raise DataError(f"{people.name}: there is no population of {'; '.join(places.head(5))}.")
    told = both.rename(columns={"period": "wave", "measure": "question"})
    return told[["wave", "question", "area", "value", "population"]]


def last_of(names: list[str], file: str, option: str = "--wave") -> str:
    """The last of some waves or periods, by the dates or numbers in their names.

    Raises
    ------
    DataError
        When their names do not tell their order.

    Examples
    --------
    >>> last_of(["2022-23", "2021-22"], "counts.csv")
    '2022-23'
    """
    order = names if len(names) == 1 else order_of_names(names)
    if order is None:
        listed = ", ".join(names)
        raise DataError(f"{file}: the names ({listed}) do not tell which is the last. Name one with {option}.")
    return order[-1]


def _table(reading: Reading, wanted: list[str]) -> pd.DataFrame:
    """The wanted columns of a file, its cells trimmed, with the line of each row."""
    found = {plain(column): column for column in reading.columns}
    if missing := [name for name in wanted if name not in found]:
        raise DataError(f"{reading.name}: there is no column {missing[0]}. Expected {', '.join(wanted)}.")
    if len(reading.rejected):
        raise DataError(f"{reading.name}: {len(reading.rejected):,} lines cannot be read. See them with cli.py read.")
    told = reading.rows[[found[name] for name in wanted]].set_axis(wanted, axis="columns").map(tidy)
    told = told.reset_index(drop=True).assign(line=reading.lines.to_numpy())
    told["area"] = told["area"].where(told["area"].map(plain) != plain(ALL), ALL)
    for name in wanted:
        for line in told.loc[told[name] == "", "line"]:
            raise DataError(f"{reading.name}, row {line}, column {name}: nothing is there.")
    if told.empty:
        raise DataError(f"{reading.name}: there is no row under the header.")
    return told


def _numbers(table: pd.DataFrame, name: str, least: float, reading: Reading) -> pd.Series:
    form, _, _ = propose_number(table[name].unique())
    read = form.reader()
    numbers = pd.Series([read(cell) for cell in table[name]], index=table.index, dtype=float)
    for place in numbers.index[~(numbers >= least)]:
        expected = "a number of 0 or more" if least == 0 else "a number above 0"
        raise DataError(
            f"{reading.name}, row {table['line'][place]}, column {name}: found '{table[name][place]}', "
            f"expected {expected}."
        )
    return numbers


def _once(table: pd.DataFrame, keys: list[str], reading: Reading) -> None:
    again = table[keys].map(plain).duplicated()
    for place in table.index[again]:
        told = ", ".join(table.loc[place, keys])
        raise DataError(f"{reading.name}, row {table['line'][place]}: {told} is there twice.")
