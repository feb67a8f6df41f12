"""The invented surveys beside the releases: read as an upload is read, by the profile that stands with them.

They are ``illustrative/*.csv`` as the ``[[surveys]]`` of ``illustrative/about.toml`` name them. A data folder without
any has no example, which is no mistake. No verdict, and no sentence about the force or a named team, may rest on them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from data.errors import DataError
from data.export import csv_bytes
from data.prepare import Prepared, prepare
from data.profile import Profile
from data.profile_file import from_toml
from data.reading import read_file, read_upload
from data.survey_file import SurveyFile

__all__ = ["STATUS", "SURVEY_KEYS", "ExampleSurveys", "example_file_name", "example_template", "illustrative_surveys"]

STATUS = "illustrative"
SURVEY_KEYS = ["wave", "title", "file", "profile", "caution"]
_FOLDER, _WORDS = "illustrative", "about.toml"
_TEMPLATE_ROWS = 200


@dataclass(frozen=True)
class ExampleSurveys:
    """Every invented wave in one survey. Treat its frame as read-only: it is shared by every visitor.

    Attributes
    ----------
    survey
        All waves together: ``survey.prepared.frame`` is what ``data.engine.attach`` takes, ``survey.profile`` says
        what it means, and ``wave`` is among its columns.
    waves
        Their names as in the frame, in the order of time.
    title
        What the example is called wherever it is shown.
    titles, cautions
        Of each wave by its name: its title, and what must be said beside anything made of it.
    files
        Of each wave by its name: the bytes of its file, to begin one's own with.
    status
        What every row counts as.
    """

    survey: SurveyFile
    waves: tuple[str, ...]
    title: str
    titles: Mapping[str, str]
    cautions: Mapping[str, str]
    files: Mapping[str, bytes]
    status: str = STATUS


def example_file_name(wave: str) -> str:
    """The name under which an example is downloaded, which says what it is.

    Examples
    --------
    >>> example_file_name("January 2023")
    'illustrative_invented_survey_january_2023.csv'
    """
    words = "".join(letter if letter.isalnum() else " " for letter in wave.casefold()).split()
    return "_".join(["illustrative_invented_survey", *words]) + ".csv"


def illustrative_surveys(root: Path) -> ExampleSurveys | None:
    """Read the invented surveys of a data folder; None where it has none. The caller keeps what comes back.

    Raises
    ------
    DataError
        When a file is missing or has a row or a cell that cannot be used, or its wave is not the one that
        ``about.toml`` names: an example is whole or it is none.
    """
    folder = root / _FOLDER
    about = _about(folder)
    listed = about.get("surveys", [])
    if not listed:
        return None
    _check(listed)
    profile_name = listed[0]["profile"]
    profile = from_toml(_text(folder / profile_name), f"{_FOLDER}/{profile_name}")
    if "wave" not in profile.columns:
        raise DataError(f"{_FOLDER}/{profile_name}: no column is the wave. Declare one, as wave under columns.")
    read = [_read(folder / each["file"], profile, each["wave"]) for each in listed]
    name = str(about.get("title", _FOLDER))
    return ExampleSurveys(
        SurveyFile(name, profile, _together(read), ()),
        tuple(each["wave"] for each in listed),
        name,
        {each["wave"]: each["title"] for each in listed},
        {each["wave"]: each["caution"] for each in listed},
        {each["wave"]: (folder / each["file"]).read_bytes() for each in listed},
    )


def example_template(root: Path) -> bytes | None:
    """The latest invented survey as a file to write over: its columns, and the first 200 of its rows.

    Its areas are called Invented area 1 and so on: a template that is uploaded again must say nothing of a real one.
    None where the data folder has no example.

    Raises
    ------
    DataError
        As ``illustrative_surveys``.
    """
    example = illustrative_surveys(root)
    if example is None:
        return None
    wave = example.waves[-1]
    rows = read_upload(example.files[wave], example_file_name(wave)).rows.head(_TEMPLATE_ROWS)
    if column := example.survey.profile.columns.get("area"):
        invented = {area: f"Invented area {place}" for place, area in enumerate(sorted(rows[column].unique()), start=1)}
        rows = rows.assign(**{column: rows[column].map(invented)})
    return csv_bytes(rows)


def _about(folder: Path) -> dict[str, Any]:
    if not (folder / _WORDS).is_file():
        return {}
    try:
        return tomllib.loads(_text(folder / _WORDS))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{_FOLDER}/{_WORDS}: cannot be read as TOML ({error}).") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"{_FOLDER}/{path.name}: the file is missing. {_WORDS} names it under [[surveys]].") from None
    except UnicodeDecodeError:
        raise DataError(f"{_FOLDER}/{path.name}: this is not UTF-8 text. Save it as UTF-8.") from None


def _check(listed: Any) -> None:
    """Every survey is named in full, once, and all by one profile."""
    where = f"{_FOLDER}/{_WORDS}"
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise DataError(f"{where}: surveys is not a list of tables. Write each under [[surveys]].")
    problems = [
        f"{where}, surveys {number}: {key} is missing or blank, expected text."
        for number, each in enumerate(listed, start=1)
        for key in SURVEY_KEYS
        if not (isinstance(each.get(key), str) and each[key].strip())
    ]
    if not problems and len({each["wave"] for each in listed}) < len(listed):
        problems.append(f"{where}: two surveys have the same wave. Give each its own.")
    if not problems and len({each["profile"] for each in listed}) > 1:
        problems.append(f"{where}: the surveys have different profiles, so they are no waves of one survey. Name one.")
    if problems:
        raise DataError(problems)


def _read(path: Path, profile: Profile, wave: str) -> Prepared:
    """One file, of which every row and every cell can be used, and all is one wave."""
    name = f"{_FOLDER}/{path.name}"
    if not path.is_file():
        raise DataError(f"{name}: the file is missing. {_WORDS} names it under [[surveys]].")
    reading = read_file(path)
    prepared = prepare(profile, reading.rows, reading.lines, name)
    for unfit in (reading.rejected, prepared.set_aside, prepared.refused):
        if len(unfit):
            first = unfit.iloc[0]
            raise DataError(
                f"{name}: {len(unfit):,} cannot be used; the first, line {first['line']}: {first['reason']}"
            )
    if (found := sorted(map(str, prepared.frame["wave"].unique()))) != [wave]:
        raise DataError(
            f"{name}: found wave {', '.join(found)}, expected {wave}, as {_WORDS} says. Make them the same."
        )
    return prepared


def _together(read: list[Prepared]) -> Prepared:
    """The waves under each other."""
    counts: Counter[str] = Counter()
    for each in read:
        counts.update(each.counts)
    frame, lines = (pd.concat([getattr(each, part) for each in read], ignore_index=True) for part in ("frame", "lines"))
    merges = tuple(merge for each in read for merge in each.merges)
    return Prepared(frame, lines, read[0].set_aside, read[0].refused, dict(counts), merges, ())
