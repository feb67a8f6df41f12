"""One reason for several findings at once: by kind, after a second press, and to be taken back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.colleague import KINDS, SAY_WHY, says_why
from data.release_trail import LONGEST_REASON
from parts.next_draft import NextDraft
from parts.upload_words import counted, label_of

__all__ = ["ask_for_all"]


def ask_for_all(draft: NextDraft, unanswered: pd.DataFrame) -> None:
    """Ask for one reason for all findings of some kinds, where several of those shown have none.

    The first press only tells how many it would settle and of which kinds; the second keeps it. What was kept last
    can be taken back from all of them.

    Parameters
    ----------
    draft
        The report in hand.
    unanswered
        The findings that are shown and have no reason.
    """
    _offer_back(draft)
    if len(unanswered) < 2:
        draft.about_to = {}
        return
    with st.expander(f"One reason for several of the {len(unanswered):,} that are shown"):
        _ask(draft, unanswered)
    if draft.about_to:
        _ask_again(draft, unanswered)


def _ask(draft: NextDraft, unanswered: pd.DataFrame) -> None:
    kinds = {kind: unanswered[unanswered["kind"] == kind] for kind in KINDS if (unanswered["kind"] == kind).any()}
    with st.form("next_all", border=False):
        if len(kinds) > 1:
            st.markdown("Which kinds does the reason hold for?")
            ticked = [kind for kind, own in kinds.items() if st.checkbox(_label(kind, own), key=f"next_all_{kind}")]
        else:
            ticked = list(kinds)
            st.markdown(f"All that is shown: {label_of(_label(ticked[0], unanswered))}.")
        why = st.text_input("Why all of them are right", key="next_all_why", max_chars=LONGEST_REASON).strip()
        pressed = st.form_submit_button("See what it would settle")
    if not pressed:
        return
    draft.about_to = {key: why for kind in ticked for key in kinds[kind]["key"]} if says_why(why) else {}
    if not draft.about_to:
        st.info("Write the reason first." if not why else "Tick at least one kind." if says_why(why) else SAY_WHY)


def _label(kind: str, own: pd.DataFrame) -> str:
    serious = int(own["serious"].sum())
    told = "serious" if serious == len(own) else f"{serious:,} serious" if serious else "worth a look"
    return f"{KINDS[kind].capitalize()}: {len(own):,}, {told}"


def _ask_again(draft: NextDraft, unanswered: pd.DataFrame) -> None:
    """Say what the reason would settle, and keep it only when that is pressed."""
    hit = unanswered[unanswered["key"].isin(list(draft.about_to))]
    if len(hit) < len(draft.about_to):  # other findings are shown by now than it was asked about
        draft.about_to = {}
        return
    why = next(iter(draft.about_to.values()))
    counts = hit["kind"].value_counts()
    of = ", ".join(f"{words} ({counts[kind]:,})" for kind, words in KINDS.items() if kind in counts)
    serious = int(hit["serious"].sum())
    those = "All of them are" if serious == len(hit) else counted(serious, "of them is", "of them are")
    held = f" {those} serious and would no longer hold back publication."
    with st.container(border=True):
        st.warning(
            label_of(f"“{why}” would be the reason for {counted(len(hit), 'finding', 'findings')}: {of}.")
            + (held if serious else "")
        )
        with st.container(horizontal=True):
            if st.button(f"Yes, keep it for {counted(len(hit), 'finding', 'findings')}", key="next_all_yes"):
                draft.reasons |= draft.about_to
                draft.given, draft.about_to = draft.about_to, {}
                st.rerun()
            if st.button("No, not yet", key="next_all_no"):
                draft.about_to = {}
                st.rerun()


def _offer_back(draft: NextDraft) -> None:
    """What was kept for several at once can be taken back, where it still stands."""
    stand = [key for key, why in draft.given.items() if draft.reasons.get(key) == why]
    if not stand:
        return
    why = draft.given[stand[0]]
    st.success(label_of(f"“{why}” was kept for {counted(len(stand), 'finding', 'findings')}."))
    if st.button(f"Take it back from {counted(len(stand), 'finding', 'findings')}", key="next_all_back"):
        for key in stand:
            del draft.reasons[key]
        draft.given = {}
        st.rerun()
