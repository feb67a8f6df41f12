"""Kept surveys counted once and remembered for the visitor who asked: profiles, sums, answers, what viewers may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from analysis.disclosure import small_differences, suppress
from data.engine import attach
from data.errors import DataError
from data.profile import Profile
from data.saved_surveys import (
    Wave,
    profile_of,
    rows_of,
    saved_waves,
    versions_of_one,
    wave_answers,
    wave_sums,
    waves_of,
)
from data.survey_answers import lies_inside, sensitive_questions
from data.survey_sums import ALL, SurveySums, check_independent
from parts.cached import invented_surveys
from parts.kept import is_public, store, thresholds
from parts.made_from import pinned
from parts.remembered import remembered
from parts.survey_shown import INVENTED

__all__ = [
    "all_waves", "answers_of", "check_people", "coarser_columns", "example_waves", "groups_of", "is_invented",
    "is_own", "kept_waves", "labels_of", "printed_of", "profile_for", "saved_versions", "sums_of", "suppressed_of",
    "versions_at_hand",
]  # fmt: skip

_EXAMPLE = "example"


def kept_waves() -> list[Wave]:
    """The waves of saved surveys, the earliest first; only of those versions that a link pins, if one opened the page.

    None where the store cannot be read, which is said.
    """
    only = pinned()
    return [wave for wave in all_waves() if only is None or wave.version in only]


def all_waves() -> list[Wave]:
    """The waves of all saved surveys that whoever looks may see: what disclosure rules must reckon with."""
    try:
        versions = versions_at_hand()
        return _waves(versions) if versions else []
    except DataError as error:
        for problem in error.problems:
            st.warning(problem)
        return []


def versions_at_hand() -> tuple[tuple[str, str, str], ...]:
    """Id, label and state of every saved version that the visitor may use.

    Raises
    ------
    DataError
        When the store cannot be read.
    """
    return tuple((version.id, version.label, version.status) for version in store().versions())


def is_own(waves: Sequence[Wave]) -> bool:
    """Whether any of the waves is of an upload that only this visitor may see."""
    return is_public() and any(wave.version != _EXAMPLE for wave in waves)


def saved_versions(waves: Sequence[Wave]) -> list[str]:
    """Ids of the saved versions that waves are of; none for what is invented."""
    return list(dict.fromkeys(wave.version for wave in waves if not is_invented(wave)))


def example_waves() -> list[Wave]:
    """The waves that are invented."""
    example = invented_surveys()
    if example is None:
        return []
    frame = example.survey.prepared.frame
    return list(remembered(("example waves",), False, lambda: waves_of(frame, _EXAMPLE, INVENTED, "survey")))


def is_invented(wave: Wave) -> bool:
    """Whether a wave is of the example, or of the invented sample."""
    return wave.version == _EXAMPLE or wave.invented


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def profile_for(version: str) -> Profile:
    """What the columns and answers of a version mean."""
    return invented_surveys().survey.profile if version == _EXAMPLE else profile_of(store().version(version))


def labels_of(version: str, names: Iterable[str]) -> dict[str, str]:
    """Question to what it is called: its short name, and its label where that is another."""
    questions = profile_for(version).questions
    labels = {name: questions[name].label if name in questions else "" for name in names}
    return {name: label if label.startswith(name) else f"{name} {label}".strip() for name, label in labels.items()}


@st.cache_data(show_spinner="Counting answers", max_entries=64, scope="session")
def sums_of(wave: Wave, by: str, include_dont_know: bool) -> SurveySums:
    """What the estimates of a wave are made of, by a column of groups or ""."""
    return wave_sums(_rows(wave.version), profile_for(wave.version), wave, by or None, include_dont_know)


@st.cache_data(show_spinner="Counting answers", max_entries=64, scope="session")
def answers_of(wave: Wave, by: str) -> pd.DataFrame:
    """How many gave each answer, by a column of groups or ""."""
    return wave_answers(_rows(wave.version), profile_for(wave.version), wave, by or None)


@st.cache_data(show_spinner="Checking what may be shown", max_entries=64, scope="session")
def suppressed_of(wave: Wave, by: str) -> pd.DataFrame:
    """Which answers of a wave viewers may not see, given the other versions of the same wave."""
    sensitive, least = sensitive_questions(profile_for(wave.version)), thresholds()
    counts, also = answers_of(wave, by), None
    for other in versions_of_one(wave, all_waves()):
        if not by or by in {"area", *profile_for(other.version).groups}:
            first = answers_of(other, by).assign(wave=wave.name)
            differing = small_differences(first, counts, least, sensitive=sensitive)
            also = differing if also is None else pd.concat([also, differing], ignore_index=True)
    return suppress(counts, least, sensitive=sensitive, also=also)


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def coarser_columns(wave: Wave, columns: tuple[str, ...]) -> set[str]:
    """Columns of groups that another column's groups lie inside of, so that both together could tell of few."""
    rows = _rows(wave.version)
    return {
        wide
        for fine in columns
        for wide in columns
        if fine != wide and lies_inside(rows, fine, wide) and not lies_inside(rows, wide, fine)
    }


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def check_people(version: str, first: str, second: str) -> None:
    """Refuse two waves of a version that asked the same people.

    Raises
    ------
    DataError
        When they did.
    """
    check_independent(_rows(version), profile_for(version), first, second)


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def printed_of(wave: Wave, by: str) -> pd.DataFrame:
    """The rows of an aggregated version that belong to one wave, with ``by`` as their area."""
    rows = store().read(wave.version)
    rows = rows if wave.value is None else rows[rows["wave"] == wave.value]
    if by and by != "area":
        rows = rows.drop(columns="area", errors="ignore").rename(columns={by: "area"})
    return rows.assign(wave=wave.name)


def groups_of(wave: Wave, by: str) -> list[str]:
    """The groups of a column in one wave."""
    if wave.kind == "aggregated":
        found = printed_of(wave, by)["area"].dropna().astype(str).unique()
        return sorted(name for name in found if name.upper() != ALL)
    sums = sums_of(wave, by, False).sums
    return sorted(sums.loc[sums["group"] != ALL, "group"].unique())


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def _waves(versions: tuple[tuple[str, str, str], ...]) -> list[Wave]:
    return saved_waves(store())


def _rows(version: str):
    if version == _EXAMPLE:
        return attach(invented_surveys().survey.prepared.frame)
    return rows_of(store(), version)
