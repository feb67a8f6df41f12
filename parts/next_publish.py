"""Steps 4 and 5 of the next report: kept as a draft and looked at; then published, once everything is settled."""

from __future__ import annotations

import streamlit as st

from analysis.unsettled import unsettled
from data.states import DRAFT, SHARED
from parts import kept, next_draft
from parts.blocks import say
from parts.cached import states_of_releases
from parts.caller import signs_in
from parts.next_draft import NextDraft
from parts.next_read import facts
from parts.upload_words import FIRST, counted, label_of, list_sentences

__all__ = ["DONE", "show_publish", "show_save", "to_release"]

DONE = "_next_said"  # what step 1 says once


def show_save(draft: NextDraft) -> bool:
    """Save it as a draft, and look at its pages. Whether it is saved as it stands."""
    if not draft.ready:
        st.info("What must be mended in the workbook comes first. Go back to what we read.")
        return False
    state = states_of_releases().get(draft.release_id)
    facts(draft)
    keeping = kept.releases() if state in (DRAFT, SHARED) else None
    own = keeping is not None and keeping.stamp(draft.release_id) == draft.stamp
    if draft.saved == draft.stands() and own:
        st.success(f"The report {draft.release_id} is saved as a draft. Its pages say so wherever its figures go.")
        to_release(draft.release_id, "Look at its Headlines, with what is new since the last report")
        return True
    if draft.saved is not None and draft.saved != draft.stands():
        st.info("It has changed since it was saved.")
    if keeping and not own:
        st.warning(
            label_of(
                f"There is a {state} release {draft.release_id} that says something else. "
                f"{keeping.last_change(draft.release_id)}. Saving replaces it; step 1 can bring it back."
            )
        )
    st.markdown("The reasons that were given are saved with it, with the day and your role, not your name.")
    if st.button("Save draft", key="next_save", type="primary"):
        with st.spinner("Saving"):
            done = kept.releases().save(draft.release_id, draft.info, draft.to_save())
        draft.saved, draft.stamp = draft.stands(), done.stamp
        st.rerun()
    return False


def show_publish(draft: NextDraft) -> bool:
    """Publish it with one button and a confirmation, or say what stands in the way."""
    if not draft.ready or draft.saved != draft.stands():
        st.info("Save the draft first, as it stands now. Go back a step.")
        return False
    still = draft.asked().query("open")
    if len(still):
        st.error(
            f"{counted(len(still), 'serious finding is', 'serious findings are')} neither mended nor confirmed. Go "
            "back to what a colleague would ask."
        )
        list_sentences(
            f"{row.where}: {row.what}{f' In the workbook: {row.in_workbook}.' if row.in_workbook else ''}"
            for row in still.head(FIRST).itertuples()
        )
        return False
    who = "Everybody who signs in" if signs_in() else "Everybody who opens this explorer"
    say(f"Everything serious about {draft.release_id} is settled. It can be published.")
    st.markdown(
        f"{who} then sees it as the latest report, without the mark of a draft; links to the draft end. It can be "
        "withdrawn again, with a reason. The reasons that were given are published with it, with the day and the role "
        "of who gave them."
    )
    sure = st.checkbox("Yes, this is ready to be published", key="next_sure")
    if st.button("Publish", key="next_publish", type="primary", disabled=not sure):
        with st.spinner("Looking at every finding once more, then publishing"):
            done = kept.releases().publish(draft.release_id, unsettled, draft.stamp)
        place = "as a folder in the data folder" if done.where == "data folder" else "in this explorer's store"
        next_draft.finished()
        st.session_state[DONE] = f"The report {done.id} is published, {place}."
        st.rerun()
    return True


def to_release(release_id: str, label: str) -> None:
    """From here to the front page of a release, within the visitor's session."""
    st.page_link("pages/headlines.py", label=label, query_params={"release": release_id})
