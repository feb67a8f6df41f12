"""What is read or drawn once and shared by every visitor. Nothing here may be changed by a page."""

from __future__ import annotations

import streamlit as st

from data.catalogue import catalogue
from data.errors import DataError
from data.event_examples import ExampleEvents, illustrative_events
from data.releases import Release, data_root, load_release, release_states
from data.series import SeriesSet, illustrative_series, open_series
from data.states import PUBLISHED, may_see
from data.survey_examples import ExampleSurveys, illustrative_surveys
from parts.caller import caller
from parts.kept import is_public
from parts.now import kept_home, made_once

__all__ = ["NothingYetError", "all_figures", "examples", "invented_events", "invented_surveys", "known_releases",
           "load", "open_data", "states_of_releases"]  # fmt: skip


class NothingYetError(DataError):
    """There is nothing that whoever looks may see, and nothing is wrong with that."""


@made_once(max_entries=8)
def _releases() -> dict[str, str]:
    return release_states(data_root(), kept_home())


@made_once(show_spinner="Reading the release", max_entries=8)
def _release(release_id: str) -> Release:
    return load_release(data_root(), release_id, kept_home())


@made_once(max_entries=8)
def _catalogue(release_id: str):
    return catalogue(_release(release_id))


@st.cache_resource(show_spinner="Reading the open series")
def _open(root: str) -> SeriesSet:
    return open_series(data_root(root))


@st.cache_resource(show_spinner="Reading the example")
def _illustrative(root: str) -> SeriesSet:
    return illustrative_series(data_root(root))


def states_of_releases() -> dict[str, str]:
    """The state of every release there is, oldest first, also of those that whoever looks may not see."""
    return _releases()


def known_releases() -> list[str]:
    """Ids of the releases that whoever looks may see, oldest first.

    Raises
    ------
    NothingYetError
        When there is none.
    """
    known = [release_id for release_id, state in states_of_releases().items() if _may_see(state)]
    if not known:
        raise NothingYetError(
            "No report is shared or published yet. Come back later, or ask whoever runs this explorer."
        )
    return known


def load(release_id: str) -> Release:
    """One release, read and checked once for all visitors.

    Raises
    ------
    DataError
        When it cannot be read, or is not for whoever looks.
    """
    if not _may_see(states_of_releases().get(release_id, PUBLISHED)):
        raise DataError(f"There is no release {release_id}. Releases here: {', '.join(known_releases())}.")
    return _release(release_id)


def _may_see(state: str) -> bool:
    """Whether whoever looks may; visitors nobody knows see what is published."""
    return state == PUBLISHED if is_public() else may_see(caller(), state)


def all_figures(release_id: str):
    """Everything the release says as one long frame."""
    return _catalogue(release_id)


def open_data() -> SeriesSet:
    """The public open series."""
    return _open(str(data_root()))


def examples() -> SeriesSet:
    """The invented monthly paths."""
    return _illustrative(str(data_root()))


@st.cache_resource(show_spinner="Reading the example")
def _invented_surveys(root: str) -> ExampleSurveys | None:
    return illustrative_surveys(data_root(root))


def invented_surveys() -> ExampleSurveys | None:
    """The invented survey waves; None where the data folder has none."""
    return _invented_surveys(str(data_root()))


@st.cache_resource(show_spinner="Reading the example")
def _invented_events(root: str) -> ExampleEvents | None:
    return illustrative_events(data_root(root))


def invented_events() -> ExampleEvents | None:
    """The invented month of calls; None where the data folder has none."""
    return _invented_events(str(data_root()))
