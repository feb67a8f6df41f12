"""The Compare teams page: which figures, which view of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from data.errors import DataError
from data.releases import Release
from parts.area_compare import ask_question, show_compared
from parts.area_counts import KINDS, open_areas, open_kind, open_year_ends, uploaded_areas, uploaded_year_ends
from parts.area_grid import show_grid
from parts.area_kept import AreaAsked, ask_survey, survey_areas, waves_by_area
from parts.area_published import How, TeamsAssumed, ask_teams, has_parts, has_teams, parts_of_force, published_teams
from parts.area_shown import Compared
from parts.area_team import show_team
from parts.caller import link_to_upload
from parts.filters import choose, choose_kept, choose_view
from parts.how_sure import ask_how_sure
from parts.survey_counted import example_waves, kept_waves
from parts.survey_shown import INVENTED

__all__ = ["show_areas"]

_VIEWS = ["one measure", "one team", "everything at once"]
_SURVEY, _MONTHS = "Uploaded surveys", "Uploaded months by area"
_TEAMS, _PARTS = "Survey by team (published)", "Parts of the force (published)"
_HELD = ["release", "wave", "year", "correction", "confidence", "team_base", "teams", "design_effect", "measure_of"]


@dataclass(frozen=True)
class _Source:
    """Figures that can be compared: what is chosen unless a reader chooses, how that is asked, and what comes of it."""

    usual: Any
    ask: Callable[[], Any]
    show: Callable[[Any, How], Compared]


def show_areas(release: Release) -> None:
    """Choose a view and the figures, then show them."""
    sources = _sources(release)
    if not sources:
        st.info(
            "This release compares no areas, and nothing uploaded has any. Upload a survey with a column of areas, or "
            "monthly figures by area."
        )
        link_to_upload("Upload a file")
        return
    view = choose_view("View", _VIEWS, "view")
    if view == _VIEWS[1]:
        team = st.container()
        with st.expander("How sure? Change what is assumed"):
            how = How(*ask_how_sure())
            teams = ask_teams(release) if _TEAMS in sources else None
        shown = _every_judged(sources, how, teams)
        with team:
            show_team(release, shown)
        return
    said = st.container()
    figures = choose_kept("Figures", list(sources), "figures", resets=["measure", "wave", "year"])
    source = sources[figures]
    try:
        asked = source.ask() if figures != _TEAMS else None
        measure = st.container()
        with st.expander("How sure? Change what is assumed"):
            how = How(*ask_how_sure())
            asked = source.ask() if figures == _TEAMS else asked
        shown = source.show(asked, how)
        if view == _VIEWS[0]:
            with measure:
                question = ask_question(shown)
            show_compared(shown, question, said)
        else:
            show_grid(shown, figures, {key: st.query_params[key] for key in _HELD if key in st.query_params}, said)
    except (DataError, ValueError) as error:
        for problem in getattr(error, "problems", [str(error)]):
            st.warning(problem)
    if figures == INVENTED:
        link_to_upload("Upload a survey to take the example's place")


def _every_judged(sources: dict[str, _Source], how: How, teams: TeamsAssumed | None) -> list[tuple[str, Compared]]:
    """All that is compared, without what is invented; what cannot be compared is said and left out."""
    told = []
    for name, source in sources.items():
        if name != INVENTED:
            try:
                told.append((name, source.show(teams if name == _TEAMS else source.usual, how)))
            except (DataError, ValueError) as error:
                st.warning(f"{name}: {' '.join(getattr(error, 'problems', [str(error)]))}")
    return [(name, each) for name, each in told if each.judged]


def _sources(release: Release) -> dict[str, _Source]:
    """Everything that can be compared, by the words a reader chooses: uploaded first, the example last."""
    found: dict[str, _Source] = {}
    kept = waves_by_area(kept_waves())
    if kept:
        found[_SURVEY] = _Source(AreaAsked(kept[-1]), partial(ask_survey, kept), partial(survey_areas, release))
    if years := uploaded_year_ends(release):
        usual = next(iter(years.values()))
        found[_MONTHS] = _Source(usual, partial(_ask_year, years), partial(uploaded_areas, release))
    if has_teams(release):
        found[_TEAMS] = _Source(None, partial(ask_teams, release), partial(published_teams, release.id))
    if ends := _nearest_first(open_year_ends(), release):
        usual = next(iter(ends.values()))
        by = KINDS[open_kind()].removesuffix("s")
        shown = partial(open_areas, release.id)
        found[f"Open data by {by}"] = _Source(usual, partial(_ask_year, ends), shown)
    if has_parts(release):
        found[_PARTS] = _Source(None, lambda: None, lambda _, how: parts_of_force(release.id, how))
    invented = waves_by_area(example_waves())
    if invented and not kept:
        found[INVENTED] = _Source(
            AreaAsked(invented[-1]), partial(ask_survey, invented), partial(survey_areas, release)
        )
    return found


def _ask_year(ends: dict[str, pd.Timestamp]) -> pd.Timestamp:
    return ends[choose("Year", list(ends), "year")]


def _nearest_first(ends: dict[str, pd.Timestamp], release: Release) -> dict[str, pd.Timestamp]:
    """The year that the report is of before the others, where it is there."""
    day = pd.Timestamp(release.info.data_to)
    return dict(sorted(ends.items(), key=lambda each: each[1] != day))
