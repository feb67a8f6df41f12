"""The next report: from the workbook that one quarter hands to the next, to its publication; one step a screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.errors import DataError
from parts import next_draft
from parts.blocks import say
from parts.next_draft import AGAIN, ASKED, PUBLISH, READ, SAVE, STEPS, WORKBOOK, NextDraft
from parts.next_filled import Filler
from parts.next_findings import show_findings
from parts.next_publish import show_publish, show_save
from parts.next_read import show_read
from parts.next_start import Maker, read_handed_over, show_start
from parts.release_actions import show_releases
from parts.scripts import TO_TOP
from parts.steps import step_buttons
from parts.upload_words import list_problems

__all__ = ["show_next_report"]

_SCREENS: dict[str, Callable[[NextDraft], bool]] = {
    READ: show_read,
    ASKED: show_findings,
    SAVE: show_save,
    PUBLISH: show_publish,
}


def show_next_report(make: Maker, fill: Filler) -> None:
    """The step that the visitor has come to; below the first one the releases there are.

    Parameters
    ----------
    make
        Makes the workbook of the next report, from a release, the id and the data-to date of the next.
    fill
        The same filled from the report's document, with its sentences, from these, its bytes and its name.
    """
    read_handed_over()
    draft = next_draft.current()
    step = draft.step if draft else WORKBOOK
    st.header(f"Step {STEPS.index(step) + 1} of {len(STEPS)}: {step}", anchor="step")
    if draft is None or step == WORKBOOK:
        show_start(draft, make, fill)
    else:
        try:
            ready = _SCREENS[step](draft)
        except DataError as error:
            list_problems(error.problems, "That could not be done.")
            ready = False
        step_buttons("next", draft, STEPS, step, ready, str, next_draft.drop, AGAIN)
        if not ready and step in (READ, SAVE):
            say("Settle what is named above, then go on.")
    if draft:
        st.html(f"<span hidden>{step}</span>{TO_TOP}", unsafe_allow_javascript=True)
    if step == WORKBOOK:
        show_releases()
