"""The surveys with known answers, read as an upload is read; each once for all tests."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.survey import estimates
from data.engine import attach
from data.prepare import Prepared, prepare
from data.profile import Profile, Question
from data.reading import Reading, read_upload
from data.roles import propose
from data.survey_sums import survey_sums
from tests.serving import ROOT

ANSWERS = ROOT / "tests" / "known_answers"
ALIKE = 1e-8  # the tolerance of shares, errors, bases, limits and p values


def known(name: str) -> pd.DataFrame:
    return pd.read_csv(ANSWERS / "expected" / f"{name}.csv")


def content(name: str) -> bytes:
    path = ANSWERS / "inputs" / name
    return path.read_bytes() if path.is_file() else gzip.decompress(path.with_name(f"{name}.gz").read_bytes())


def written(folder: Path, name: str) -> str:
    """An input as a file under its own name, as the command line takes it."""
    path = folder / name
    path.write_bytes(content(name))
    return str(path)


@cache
def survey(name: str) -> tuple[Profile, Prepared]:
    """An input by its proposed profile."""
    reading: Reading = read_upload(content(name), name)
    profile = propose(reading.rows, name)
    return profile, prepare(profile, reading.rows, reading.lines, name)


@cache
def estimated(name: str = "survey_clean.csv", by: str | None = "area", **asked: Any) -> pd.DataFrame:
    """Estimates of an input's own proposal, nothing withheld unless asked."""
    profile, prepared = survey(name)
    unsure = asked.get("include_dont_know", False)
    counted = survey_sums(attach(prepared.frame), profile, by=by, include_dont_know=unsure)
    return estimates(counted.sums, counted.design, **({"withhold": False} | asked))


SCHOOLS = {"y_awards": "awards", "y_sch_wide": "sch.wide", "y_both": "both"}


def schools(**roles: str) -> tuple[pd.DataFrame, Profile]:
    """R's sample of schools, a stratum each kind, and what its columns mean."""
    frame = pd.read_csv(ANSWERS / "inputs" / "apistrat.csv").rename(columns={"pw": "weight", "stype": "stratum"})
    frame = frame.rename(columns={"fpc": "population"} | {column: name for name, column in SCHOOLS.items()})
    frame["y_ell"] = (frame["ell"] > 60).map({True: "Yes", False: "No"})
    frame["kind"] = "stype=" + frame["stratum"]
    frame["many_meals"] = (frame["meals"] > 50).map({True: "meals>50"})
    questions = {name: Question(name, order=("Yes", "No"), positive=("Yes",)) for name in [*SCHOOLS, "y_ell"]}
    return frame, Profile(columns={"weight": "weight", **roles}, groups=("kind", "many_meals"), questions=questions)
