"""The Surveys page: which survey, which view of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.survey_tables import DESIGN_EFFECT
from analysis.survey_words import p_words
from data.errors import DataError
from data.releases import Release
from parts.audit import record_views
from parts.caller import link_to_upload
from parts.filters import choose_kept, choose_view
from parts.how_sure import ask_how_sure
from parts.judged import mark
from parts.kept import store
from parts.survey_asked import ask
from parts.survey_counted import example_waves, kept_waves, saved_versions
from parts.survey_kept import kept_shown
from parts.survey_planner import show_planner
from parts.survey_published import (
    ask_assumptions,
    published_shown,
    published_surveys,
    show_published_question,
    show_survivors,
)
from parts.survey_question import show_question
from parts.survey_shown import INVENTED, Shown, show_all, show_notes, show_opening, show_sentences
from parts.table import show_table

__all__ = ["show_surveys"]

_UPLOADED = "Uploaded surveys"
_VIEWS = ["all questions", "one question", "what can be said", "plan the next wave"]


def show_surveys(release: Release) -> None:
    """Choose a survey and a view, then show it. Published surveys stand first until one is saved."""
    kept, invented, printed = kept_waves(), example_waves(), published_surveys(release)
    surveys = [*([_UPLOADED] if kept else []), *printed, *([INVENTED] if invented and not kept else [])]
    if not surveys:
        st.info("This release prints no survey, and none is uploaded. Upload one on the Upload page.")
        return
    survey = choose_kept("Survey", surveys, "survey", resets=["wave", "against"])
    view = choose_view("View", _VIEWS, "view")
    if view == _VIEWS[3]:
        teams = int((release.areas["kind"] == "lpt").sum())
        show_planner(max(1, teams), DESIGN_EFFECT)
        return
    said = st.container()
    correction, confidence = ask_how_sure()
    if survey in printed:
        chosen = printed[survey]
        assumed = ask_assumptions(release, chosen)
        shown = published_shown(release, chosen, assumed, correction, confidence)
        one = partial(show_published_question, release, shown, chosen, said)
        more = partial(show_survivors, release, chosen, assumed, correction, confidence)
    else:
        try:
            asked = ask(kept if survey == _UPLOADED else invented, correction, confidence)
            shown = kept_shown(asked)
            record_views(store(), saved_versions(asked.waves), shown.unguarded)
        except (DataError, ValueError) as error:
            for problem in getattr(error, "problems", [str(error)]):
                st.warning(problem)
            return
        one, more = partial(show_question, shown, asked, said), partial(_show_corrections, shown)
    _show_view(view, shown, said, one, more)
    show_notes(shown)
    if survey in printed and not kept:
        st.markdown(
            "An uploaded survey shows every answer, every group, and intervals from its own weights. The example with "
            "invented answers shows what that looks like."
        )
        link_to_upload("Upload a survey")


def _show_view(
    view: str, shown: Shown, said: DeltaGenerator, one: Callable[[], None], more: Callable[[], None]
) -> None:
    """One view of any survey: ``one`` shows one question, ``more`` what else bears on what can be said."""
    if view == _VIEWS[1]:
        one()
        return
    with said:
        show_opening(shown)
    if view == _VIEWS[0]:
        show_all(shown)
    else:
        _show_sayable(shown)
        more()


def _show_sayable(shown: Shown) -> None:
    """The sentences that may be said aloud, and what the words in them mean."""
    if shown.judged and len(shown.changes):
        show_sentences(shown)
        st.markdown(
            "“Real change” may be said as it stands. A “likely change” is unusual for an unchanged share, but not "
            "beyond doubt among so many questions: say so with it. Where it “cannot be told”, an unchanged share could "
            "give this: say nothing of a rise or a fall."
        )


def _show_corrections(shown: Shown) -> None:
    """Which changes stand before and after each correction."""
    changes = shown.changes
    if not shown.judged:
        st.info("No verdict is drawn from invented answers. Upload two waves to see which changes may be said aloud.")
        return
    if changes.empty:
        st.info("Choose another wave to compare with under “Against”. If there is none, upload one.")
        return
    rows = pd.DataFrame(
        {
            "row_label": [shown.labels.get(name, name) for name in changes["question"]],
            "p alone": [p_words(value) for value in changes["p"]],
            "p, Holm": [p_words(value) for value in changes["p_holm"]],
            "p, Benjamini-Hochberg": [p_words(value) for value in changes["p_bh"]],
            "Verdict": [mark(verdict) for verdict in changes["verdict"]],
        }
    )
    show_table(rows, "Which changes stand after correction", "Question")
    st.markdown(
        "Corrected over one measure of every question; the download names the family of each. With twelve questions "
        "and ten teams and nothing changing, tests without a correction find something in nearly every survey, and "
        "after Holm's correction in about one of twenty."
    )
