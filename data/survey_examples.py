"""The invented surveys beside the releases: read as an upload is read, by the profile that stands with them.

They are ``illustrative/*.csv`` as the ``[[surveys]]`` of ``illustrative/about.toml`` name them. A data folder without
any has no example, which is no mistake. No verdict, and no sentence about the force or a named team, may rest on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import DataError
from data.example_files import ABOUT, FOLDER, STATUS, listed, named_profile, read_whole, words_about
from data.export import csv_bytes
from data.prepare import Prepared
from data.profile import Profile
from data.reading import read_upload
from data.survey_file import SurveyFile

__all__ = ["STATUS", "SURVEY_KEYS", "ExampleSurveys", "example_file_name", "example_template", "illustrative_surveys"]

SURVEY_KEYS = ["wave", "title", "file", "profile", "caution"]
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
    about = words_about(root)
    surveys = listed(about, "surveys", SURVEY_KEYS)
    if not surveys:
        return None
    _check(surveys)
    profile_name = surveys[0]["profile"]
    profile = named_profile(root, profile_name, "surveys")
    if "wave" not in profile.columns:
        raise DataError(f"{FOLDER}/{profile_name}: no column is the wave. Declare one, as wave under columns.")
    read = [_read(root, each["file"], profile, each["wave"]) for each in surveys]
    name = str(about.get("title", FOLDER))
    return ExampleSurveys(
        SurveyFile(name, profile, _together(read), ()),
        tuple(each["wave"] for each in surveys),
        name,
        {each["wave"]: each["title"] for each in surveys},
        {each["wave"]: each["caution"] for each in surveys},
        {each["wave"]: (root / FOLDER / each["file"]).read_bytes() for each in surveys},
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


def _check(surveys: list[dict[str, str]]) -> None:
    """Every wave once, and all by one profile."""
    where = f"{FOLDER}/{ABOUT}"
    if len({each["wave"] for each in surveys}) < len(surveys):
        raise DataError(f"{where}: two surveys have the same wave. Give each its own.")
    if len({each["profile"] for each in surveys}) > 1:
        raise DataError(f"{where}: the surveys have different profiles, so they are no waves of one survey. Name one.")


def _read(root: Path, file: str, profile: Profile, wave: str) -> Prepared:
    """One file, whole, and all of it one wave."""
    _, prepared = read_whole(root, file, profile, "surveys")
    if (found := sorted(map(str, prepared.frame["wave"].unique()))) != [wave]:
        raise DataError(
            f"{FOLDER}/{file}: found wave {', '.join(found)}, expected {wave}, as {ABOUT} says. Make them the same."
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
