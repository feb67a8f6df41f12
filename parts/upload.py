"""The page of uploads: one step a screen, back without loss, and below the first step what is saved."""

from __future__ import annotations

import streamlit as st

from data.errors import DataError
from parts import kept, upload_draft
from parts.audit import show_trail
from parts.blocks import say
from parts.caller import signs_in
from parts.scripts import TO_TOP
from parts.share_list import show_shares
from parts.steps import step_buttons
from parts.upload_answers import show_answers
from parts.upload_columns import show_columns
from parts.upload_draft import AGAIN, ANSWERS, COLUMNS, DROP, READ, SAVE
from parts.upload_drop import show_drop
from parts.upload_read import show_reading
from parts.upload_save import show_save
from parts.upload_versions import show_versions
from parts.upload_words import list_problems

__all__ = ["show_upload"]

_NOWHERE = "Uploads are kept only in this browser session, never saved: when the session ends, they are gone."
_HERE = "Uploads are kept on this computer, in a folder of your own. Nothing is sent anywhere."
_STORED = "Uploads are kept in this explorer's store. Other analysts see them; viewers see what is shared with them."
_SCREENS = {READ: show_reading, COLUMNS: show_columns, ANSWERS: show_answers, SAVE: show_save}


def show_upload() -> None:
    """The step that the visitor has come to, or what is wrong with the place where uploads are kept."""
    try:
        store = kept.store()
    except DataError as error:
        list_problems(error.problems, "Nothing can be uploaded yet.")
        return
    st.caption(_NOWHERE if kept.is_public() else _STORED if signs_in() else _HERE)
    draft = upload_draft.current()
    step = draft.step if draft else DROP
    steps = draft.steps() if draft else upload_draft.STEPS
    if step not in steps:
        step = COLUMNS
    place, named = upload_draft.STEPS.index(step) + 1, upload_draft.step_words(step)
    st.header(f"Step {place} of {len(upload_draft.STEPS)}: {named}", anchor="step")
    if step == SAVE and ANSWERS not in steps:
        st.markdown(f"Step {upload_draft.STEPS.index(ANSWERS) + 1} is for surveys alone, so it was left out.")
    if draft is None or step == DROP:
        show_drop(store, draft)
    else:
        try:
            ready = _SCREENS[step](store, draft)
        except DataError as error:
            list_problems(error.problems, "This does not work yet. Go back a step, or change what is named here.")
            ready = False
        step_buttons("upload", draft, steps, step, ready, upload_draft.step_words, upload_draft.drop, AGAIN)
        if not ready and step != SAVE:
            say("Settle what is named above, then go on.")
    if draft:
        st.html(f"<span hidden>{named}</span>{TO_TOP}", unsafe_allow_javascript=True)  # another step, another element
    if step == DROP:
        show_versions(store)
        show_shares()
        if not kept.is_public():
            show_trail(store)
