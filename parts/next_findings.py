"""Step 3 of the next report: what a colleague would ask, each thing mended or confirmed with a reason."""

from __future__ import annotations

import html
import math

import pandas as pd
import streamlit as st

from analysis.colleague import KINDS, SAY_WHY, says_why
from data.release_trail import LONGEST_REASON
from parts.blocks import say
from parts.next_draft import NextDraft
from parts.next_for_all import ask_for_all
from parts.next_start import ask_workbook
from parts.upload_words import counted, label_of, list_sentences

__all__ = ["show_findings"]

_A_PAGE = 15
_OPEN, _SERIOUS, _LOOK, _ANSWERED = "to be settled", "all serious", "worth a look", "answered"


def show_findings(draft: NextDraft) -> bool:
    """The findings of one kind or all, each with a box for a reason. A draft may be saved with findings open."""
    if not draft.ready:
        st.info("What must be mended in the workbook comes first. Go back a step.")
        return False
    asked = draft.asked()
    say(_counted(asked))
    if asked.empty:
        return True
    st.markdown(
        "Mend what is wrong in the workbook and drop it again, or say why it is right. Reasons are published with the "
        "release, with the day and your role, not your name: name nobody in them. Serious findings must be settled "
        "before the report is published."
    )
    if draft.older_id and draft.older_id != draft.before_id:
        against = (
            f"this one is held against {draft.before_id}, the published report before it"
            if draft.before_id
            else "no report before this one is published, and it is held against none"
        )
        st.info(f"The workbook was made from the report {draft.older_id}, but {against}.")
    left, right = st.columns(2)
    with left:
        shown = st.radio("Show", _views(asked), key="next_show", horizontal=True)
    with right:
        kinds = {KINDS[kind].capitalize(): kind for kind in KINDS if (asked["kind"] == kind).any()}
        kind = st.selectbox("Kind", ["All kinds", *kinds], key="next_kind")
    chosen = _chosen(asked, shown)
    if kind != "All kinds":
        chosen = chosen[chosen["kind"] == kinds[kind]]
    ask_for_all(draft, chosen[chosen["reason"] == ""])
    _show_page(draft, chosen)
    with st.expander("Mended in the workbook? Drop it again"):
        ask_workbook(draft)
    if len(left_over := draft.left_over()):
        with st.expander(f"Reasons whose key is that of nothing found ({len(left_over)})"):
            list_sentences(left_over["reason"])
    return True


def _counted(asked: pd.DataFrame) -> str:
    if asked.empty:
        return "There is nothing to ask about this report."
    still, serious = int(asked["open"].sum()), int(asked["serious"].sum())
    beside = len(asked) - serious
    told = (
        "Nothing serious is left to settle"
        if not still
        else (f"{counted(still, 'serious finding has', 'serious findings have')} to be mended or confirmed")
    )
    return f"{told}; {serious - still:,} of {serious:,} settled. {counted(beside, 'more is', 'more are')} worth a look."


def _views(asked: pd.DataFrame) -> list[str]:
    return [view for view in (_OPEN, _SERIOUS, _LOOK, _ANSWERED) if view == _OPEN or len(_chosen(asked, view))]


def _chosen(asked: pd.DataFrame, shown: str) -> pd.DataFrame:
    if shown == _ANSWERED:
        return asked[asked["reason"] != ""]
    return asked[{_OPEN: asked["open"], _SERIOUS: asked["serious"], _LOOK: ~asked["serious"]}[shown]]


def _show_page(draft: NextDraft, chosen: pd.DataFrame) -> None:
    """One page of findings; what is written into a box is kept at once."""
    if chosen.empty:
        st.info("Nothing here. Choose another view above, or go on.")
        return
    pages = math.ceil(len(chosen) / _A_PAGE)
    page = 1
    if pages > 1:
        page = int(st.selectbox("Page", [str(number) for number in range(1, pages + 1)], key="next_page"))
        st.markdown(f"{len(chosen):,} findings; page {page} of {pages}.")
    for row in chosen.iloc[(page - 1) * _A_PAGE : page * _A_PAGE].itertuples():
        _show_finding(draft, row)


def _show_finding(draft: NextDraft, row) -> None:
    grade = "serious" if row.serious else "worth a look"
    shape = "◆" if row.serious else "○"
    place = f"<p>In the workbook: {html.escape(row.in_workbook)}.</p>" if row.in_workbook else ""
    with st.container(border=True):
        st.html(
            f'<p class="finding"><span class="mark"><span aria-hidden="true">{shape}</span> {grade}</span> '
            f"{html.escape(row.where)}</p><p>{html.escape(row.what)}</p><p>{html.escape(row.how_to_mend)}</p>{place}"
            f"<details><summary>Key for the sheet Reasons</summary><p>{html.escape(row.key)}</p></details>"
        )
        box = f"next_reason_{row.key}"
        st.session_state[box] = draft.reasons.get(row.key, "")  # the box shows what is kept, and only a change writes
        st.text_input(
            label_of(f"Why it is right: {row.where}"), key=box, max_chars=LONGEST_REASON, on_change=_write,
            args=(draft, row.key, box), placeholder="A reason, which is published with the release",
        )  # fmt: skip
        _told_why(draft, row.key)


def _write(draft: NextDraft, key: str, box: str) -> None:
    """Keep what somebody wrote into a box."""
    draft.reasons[key] = str(st.session_state[box]).strip()


def _told_why(draft: NextDraft, key: str) -> None:
    """Say so where what stands in a box is no reason yet."""
    if draft.reasons.get(key) and not says_why(draft.reasons[key]):
        st.warning(SAY_WHY)
