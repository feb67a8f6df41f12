"""Step 1 of the next report: the workbook to fill in, and the filled-in one dropped back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from data.errors import DataError
from data.releases import Release
from data.states import PUBLISHED
from parts import next_draft
from parts.blocks import say
from parts.cached import known_releases, load, states_of_releases
from parts.kept import is_public
from parts.next_draft import AGAIN, READ, NextDraft
from parts.next_filled import Filler, ask_document, show_filled
from parts.steps import show_held
from parts.upload_words import label_of, list_problems

__all__ = ["Maker", "ask_workbook", "hand_over", "read_handed_over", "show_start"]

Maker = Callable[[Release, str, date], bytes]
_SEEN, _TURN, _SAID = "_next_seen", "_next_turn", "_next_said"
_GIVEN = "_next_given"  # a workbook that was dropped elsewhere: its bytes and its name
_VIEW = "view", "new report"  # the choice at the head of the page, and what it says where this is shown
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_QUARTER = pd.DateOffset(months=3)


def show_start(draft: NextDraft | None, make: Maker, fill: Filler) -> None:
    """Which release to go from and how far the next one's data go; the workbook; and where it is dropped back."""
    with st.container():  # always there: what comes and goes inside it folds nothing below
        if said := st.session_state.pop(_SAID, ""):
            st.success(label_of(said))
        if draft:
            named = f", {draft.name}" if draft.name else ""
            told = label_of(f"In hand: the report {draft.release_id}{named}. Nothing of it is lost.")
            show_held("next", draft, told, READ, next_draft.drop, AGAIN)
        elif next_draft.dropped() is not None:
            st.info("The report was put aside. It can be brought back until another is dropped.")
            if st.button("Bring it back", key="next_undo"):
                next_draft.undo()
                st.rerun()
    say("Take the workbook, fill in what is blank, and drop it back. You see what would be asked before it is saved.")
    if is_public():
        st.info("This explorer keeps nothing that a visitor makes: a workbook can be tried here and not be saved.")
    st.subheader("Take the workbook", anchor="take")
    older, release_id, data_to = _ask_which()
    given = ask_document()
    if data_to <= older.info.data_to:
        list_problems(
            [f"The data of {older.id} go to {name_day(pd.Timestamp(older.info.data_to))}. Choose a later day."],
            "There is no workbook for this day.",
        )
    else:
        filled = show_filled(given, older, release_id, data_to, fill) if given else None
        st.download_button(
            f"Download the {'filled ' if filled else ''}workbook for {release_id} (XLSX)",
            data=filled or (lambda: make(older, release_id, data_to)),
            file_name=f"next_report_{release_id}_from_{older.id}.xlsx", mime=_XLSX, on_click="ignore", key="next_book",
        )  # fmt: skip
        st.markdown(
            f"It is laid out as the report of {name_day(pd.Timestamp(older.info.published))}, a sheet a table, with "
            "periods moved on, past values and baselines filled in, and formulas for what follows from the rest. Its "
            "first sheet says how to fill it in. It takes a few seconds to make. With the report itself as a document "
            "it comes filled with every number that is sure, and with the report's text; the document is not kept."
        )
    st.subheader("Drop it back", anchor="drop")
    ask_workbook(draft)


def ask_workbook(draft: NextDraft | None) -> None:
    """Ask for the filled-in workbook and read it; reasons given for the same report stay."""
    st.session_state.setdefault(_TURN, 0)
    given = st.file_uploader(
        "The filled-in workbook (.xlsx), at most 50 MB", type=["xlsx"], key=f"next_file_{st.session_state[_TURN]}"
    )
    if given is None or st.session_state.get(_SEEN) == given.file_id:
        return
    st.session_state[_SEEN] = given.file_id
    _take(given.getvalue(), given.name, draft)


def hand_over(content: bytes, name: str) -> None:
    """Turn to the new report, which reads this workbook as if it had been dropped there. For a button to call."""
    st.session_state[_GIVEN] = content, name
    st.session_state[_VIEW[0]] = _VIEW[1]


def read_handed_over() -> None:
    """Read a workbook that was handed over, whatever step the visitor has come to."""
    if given := st.session_state.pop(_GIVEN, None):
        _take(*given, next_draft.current())


def _take(content: bytes, name: str, draft: NextDraft | None) -> None:
    """Read a workbook and go on with it; where it cannot be read, say why and keep nothing of it."""
    try:
        with st.spinner("Reading the workbook, and asking what a colleague would ask"):
            made = next_draft.of_workbook(content, name, draft)
    except DataError as error:
        list_problems(error.problems, "This is not read as the next report. Nothing of it was kept.")
        st.session_state.pop(_SEEN, None)
        return
    next_draft.drop()
    made.step = READ
    next_draft.keep(made)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # asked here or handed over
    st.session_state.pop(_SEEN, None)
    st.rerun()


def _ask_which() -> tuple[Release, str, date]:
    """The release to go from, and the id and data-to date of the next."""
    states = states_of_releases()
    known = known_releases()[::-1]
    usual = next((place for place, name in enumerate(known) if states[name] == PUBLISHED), 0)
    left, right = st.columns(2)
    with left:
        chosen = st.selectbox("Go on from the release", known, usual, key="next_from")
    older = load(chosen)
    ends = (pd.Timestamp(older.info.data_to) + _QUARTER + pd.offsets.MonthEnd(0)).date()
    with right:
        data_to = st.date_input("Its data go to", ends, format="DD/MM/YYYY", key=f"next_to_{chosen}") or ends
    return older, f"{data_to:%Y-%m}", data_to
