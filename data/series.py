"""Series beside the releases: open public data, and invented example paths. Every row says which it is.

An open series is a folder ``open/<name>/`` with ``series.csv``, ``source.toml`` and, for rates,
``population.csv``. The example with invented figures is ``illustrative/monthly.csv`` with ``about.toml``.
Both come out in one shape, so a chart, a table and a search treat them alike. A folder that is absent is an
empty set, not a mistake.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from data.contracts import read_table
from data.errors import DataError
from data.series_contract import (
    COLUMNS,
    EVERY_MEASURE,
    broken_population,
    broken_rows,
    population_schema,
    series_schema,
    unlike_words,
)

__all__ = ["SeriesSet", "illustrative_series", "open_series"]

MEASURE_KEYS = ["id", "title", "section", "definition"]
CAUTION_KEYS = ["measure", "text"]
ABOUT_KEYS = ["title", "licence", "attribution", "source", "text"]
WANTED_KEYS = {"open": ["title", "licence", "attribution", "source"], "illustrative": ["title", "text"]}
FILES = {"open": ("series.csv", "source.toml"), "illustrative": ("monthly.csv", "about.toml")}


@dataclass(frozen=True)
class SeriesSet:
    """All series of one status. Treat the frames as read-only: they are shared by every visitor.

    Attributes
    ----------
    frame
        The columns of ``data.series_contract.COLUMNS``, one row a value: text with blanks as ``""``, dates as
        ``datetime64``, values as float in ``unit``.
    measures
        ``id``, ``title``, ``section`` (of the report), ``definition``, ``counted`` (what is counted, without how often;
        the title where nothing is given), and ``folder``, where it stands.
    cautions
        ``measure`` (``*`` for every measure of the folder), ``text``, ``folder``.
    population
        ``area``, ``year``, ``population`` (persons, whole numbers), ``folder``. Empty where none is given.
    about
        One row a folder: ``folder``, ``title``, ``licence``, ``attribution``, ``source``, ``text``, and
        ``retrieved``, how the copy was made. Blank where it does not apply.
    """

    frame: pd.DataFrame
    measures: pd.DataFrame
    cautions: pd.DataFrame
    population: pd.DataFrame
    about: pd.DataFrame

    @property
    def source(self) -> str:
        """One line that says where the figures come from, for a caption or a download; blank if empty."""
        told = self.about["source"].where(self.about["source"] != "", self.about["title"])
        licences = self.about["licence"].map(lambda licence: f"; {licence}" if licence else "")
        return ". ".join(told + licences)

    def cautions_for(self, measure: str) -> list[str]:
        """What a reader of one measure must know: its own cautions first, then those of its whole folder."""
        folders = self.measures.loc[self.measures["id"] == measure, "folder"]
        own = self.cautions.loc[self.cautions["measure"] == measure, "text"]
        of_all = (self.cautions["measure"] == EVERY_MEASURE) & self.cautions["folder"].isin(folders)
        return [*own, *self.cautions.loc[of_all, "text"]]


def open_series(root: Path) -> SeriesSet:
    """Public open data with its licence and source: every folder in ``open`` under a data folder.

    Raises
    ------
    DataError
        With every problem of every file at once.
    """
    folders = [path for path in sorted(root.glob("open/*")) if path.is_dir() and path.name[0] not in "._"]
    return _gathered(folders, "open")


def illustrative_series(root: Path) -> SeriesSet:
    """The example with invented figures: ``illustrative`` under a data folder. Never draw a verdict from it.

    Raises
    ------
    DataError
        With every problem of every file at once.
    """
    return _gathered([path for path in [root / "illustrative"] if path.is_dir()], "illustrative")


def _gathered(folders: list[Path], status: str) -> SeriesSet:
    """Every folder read and put into one set, or every folder's problems told at once."""
    problems: list[str] = []
    sets = []
    for folder in folders:
        try:
            sets.append(_read_folder(folder, status))
        except DataError as error:
            problems += [f"{folder.name}/{problem}" for problem in error.problems]
    if problems:
        raise DataError(problems)
    if not sets:
        return _empty()
    parts = {field.name: [getattr(one, field.name) for one in sets] for field in fields(SeriesSet)}
    return SeriesSet(**{name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()})


def _read_folder(folder: Path, status: str) -> SeriesSet:
    table, words = FILES[status]
    problems: list[str] = []
    told: dict[str, Any] | None = None
    rows = population = None
    try:
        told = _read_words(folder / words, WANTED_KEYS[status])
    except DataError as error:
        problems += error.problems
    try:
        rows = read_table(folder / table, series_schema(status)).reindex(columns=COLUMNS, fill_value="")
        problems += broken_rows(rows, table)
    except DataError as error:
        problems += error.problems
    try:
        if (folder / "population.csv").exists():
            population = read_table(folder / "population.csv", population_schema())
    except DataError as error:
        problems += error.problems
    if rows is not None and told is not None:
        problems += unlike_words(rows, told, table, words)
    if rows is not None and population is not None:
        problems += broken_population(population, set(rows["area"]))
    if problems or rows is None or told is None:
        raise DataError(problems)
    facts = (f"{key.replace('_', ' ')}: {fact}" for key, fact in told.get("retrieved", {}).items())
    about = {key: told.get(key, "") for key in ABOUT_KEYS} | {"retrieved": "; ".join(facts)}
    cautions = pd.DataFrame(told.get("cautions", []), columns=CAUTION_KEYS, dtype=str)
    return SeriesSet(
        frame=rows,
        measures=pd.DataFrame([{"counted": each["title"]} | each for each in told["measures"]])[
            [*MEASURE_KEYS, "counted"]
        ].assign(folder=folder.name),
        cautions=cautions.assign(folder=folder.name),
        population=(_no_population() if population is None else population).assign(folder=folder.name),
        about=pd.DataFrame([{"folder": folder.name, **about}]),
    )


def _read_words(path: Path, wanted: list[str]) -> dict[str, Any]:
    """What the TOML file beside a series says, with every text it must hold."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{path.name}: the file is missing. Say there what the series is.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read as TOML ({error}).") from None
    problems = [
        f"{path.name}: {key} is missing or blank, expected text." for key in wanted if not _is_words(told.get(key))
    ]
    for name, keys in {"measures": MEASURE_KEYS, "cautions": CAUTION_KEYS}.items():
        listed = told.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            problems.append(f"{path.name}: {name} is not a list of tables. Write each under [[{name}]].")
            continue
        problems += [
            f"{path.name}, {name} {number}: {key} is missing or blank, expected text."
            for number, one in enumerate(listed, start=1)
            for key in keys
            if not _is_words(one.get(key))
        ]
    if not told.get("measures"):
        problems.append(f"{path.name}: there are no measures. Describe each under [[measures]].")
    if not isinstance(told.get("retrieved", {}), dict):
        problems.append(f"{path.name}: retrieved is not a table. Write its facts under [retrieved].")
    if problems:
        raise DataError(problems)
    return told


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _empty() -> SeriesSet:
    frame = pd.DataFrame(columns=COLUMNS, dtype=str).astype({"value": "float64"})
    dates = ["period_start", "period_end"]
    frame[dates] = frame[dates].astype("datetime64[us]")
    return SeriesSet(
        frame=frame,
        measures=pd.DataFrame(columns=[*MEASURE_KEYS, "counted", "folder"], dtype=str),
        cautions=pd.DataFrame(columns=[*CAUTION_KEYS, "folder"], dtype=str),
        population=_no_population().assign(folder=""),
        about=pd.DataFrame(columns=["folder", *ABOUT_KEYS, "retrieved"], dtype=str),
    )


def _no_population() -> pd.DataFrame:
    columns = {"area": "str", "year": "Int64", "population": "Int64"}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in columns.items()})
