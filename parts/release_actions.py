"""The releases there are, and what an analyst can do to one: go on with it, share, withdraw, correct a number of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.corrections import left_standing
from analysis.periods import name_day, short_period
from data.catalogue import filter_catalogue
from data.corrected import resting_on, twins_of
from data.errors import DataError
from data.release_keeping import LONGEST_REASON
from data.release_list import Kept
from data.release_revisions import Revision
from data.states import DRAFT, PUBLISHED, SHARED, state_words
from parts import kept, next_draft
from parts.cached import all_figures, load
from parts.kept import is_public
from parts.next_publish import to_release
from parts.table import show_table
from parts.upload_words import counted, label_of, list_problems

__all__ = ["show_releases"]

_SAID, _ROUND = "_release_said", "_release_round"
_MOST = 50  # numbers that a search offers
_WHERE = {"data folder": "data folder", "store": "this explorer's store"}


def show_releases() -> None:
    """The list, and one release to act on; nothing where nothing can be kept."""
    if is_public():
        return
    st.header("Releases", anchor="releases")
    with st.container():  # always there: what comes and goes inside it folds nothing below
        if said := st.session_state.pop(_SAID, ""):
            st.success("\n\n".join(label_of(line) for line in said.splitlines()))
    try:
        releases = {each.id: each for each in reversed(kept.releases().releases())}
    except DataError as error:
        list_problems(error.problems, "The releases cannot be listed.")
        return
    rows = [
        {
            "row_label": each.id,
            "State": each.state,
            "Report of": name_day(pd.Timestamp(each.published)) if each.published else "cannot be read",
            "Data to": name_day(pd.Timestamp(each.data_to)) if each.data_to else "",
            "Lies in the": _WHERE.get(each.where, each.where),
            "Corrections": f"{each.corrections:,}",
        }
        for each in releases.values()
    ]
    show_table(pd.DataFrame(rows), "Releases, the latest first", "Release")
    chosen = st.selectbox("Release to act on", list(releases), key="release_chosen")
    try:
        _show_actions(releases[chosen])
    except DataError as error:
        list_problems(error.problems, "That could not be done.")


def _show_actions(release: Kept) -> None:
    key = f"{release.id}_{st.session_state.setdefault(_ROUND, 0)}"
    if release.published is None:
        st.info("This release cannot be read. Its Headlines say what is wrong.")
        return
    to_release(release.id, f"Look at its Headlines ({state_words(release.state) or 'Published'})")
    if release.state in (DRAFT, SHARED) and st.button("Go on with this draft", key=f"go_on_{key}"):
        with st.spinner("Asking what a colleague would ask"):
            draft = next_draft.of_kept(release.id)
        next_draft.drop()
        next_draft.keep(draft)
        st.rerun()
    if release.state == DRAFT and st.button(
        "Share it", key=f"share_{key}", help="All who sign in see it, marked as not yet published."
    ):
        kept.releases().share(release.id)
        _done(f"The release {release.id} is shared, marked as not yet published.")
    if release.state in (DRAFT, SHARED) and release.revisions > 1:
        title = f"Bring back an earlier revision of {release.id}"
        with st.expander(title, key=f"earlier_{key}", on_change="rerun") as earlier:
            if earlier.open:  # every byte of every revision is read for it
                _bring_back(release, key)
    if release.state in (SHARED, PUBLISHED):
        with st.expander(f"Correct a printed number of {release.id}"):
            _correct(release, key)
        with st.expander(f"Withdraw {release.id}"):
            _withdraw(release, key)


def _bring_back(release: Kept, key: str) -> None:
    """Choose a revision by its number, state and what it changed, and make it the draft."""
    earlier = {each.number: each for each in reversed(kept.releases().revisions(release.id)) if not each.stands}
    if not earlier:
        st.info("There is no earlier whole revision.")
        return
    st.markdown("What it said becomes the draft; what stands now stays as a revision of its own.")
    number = st.selectbox(
        "Revision", list(earlier), format_func=lambda each: label_of(_told(earlier[each])), key=f"revision_{key}"
    )
    if st.button("Bring it back", key=f"bring_back_{key}"):
        kept.releases().bring_back(release.id, number)
        _done(f"Revision {number} of {release.id} is the draft again.")


def _told(revision: Revision) -> str:
    changed = f"; changed {', '.join(revision.changed)}" if revision.changed else ""
    return f"{revision.number}: {revision.title or 'cannot be read'}, {revision.state or 'no state'}{changed}"


def _withdraw(release: Kept, key: str) -> None:
    """Ask why, and make it a draft again."""
    st.markdown("It becomes a draft again, for analysts alone. The reason stays in the trail below the uploads.")
    with st.form(f"withdraw_{key}", border=False):
        why = st.text_input("Why is it withdrawn?", key=f"withdraw_why_{key}", max_chars=LONGEST_REASON)
        if st.form_submit_button("Withdraw the release"):
            kept.releases().withdraw(release.id, why)
            _done(f"The release {release.id} is a draft again.")


def _correct(release: Kept, key: str) -> None:
    """Find a number by words, then what it should read, and why."""
    st.markdown(
        "The printed number stays; the corrected one stands beside it on every page, with the day and the "
        "reason. All are published with your role, not your name: name nobody in the reason. To take a correction "
        "back, correct the number to what is printed."
    )
    wanted = st.text_input("Find the number: words of its name, area or print, or its id", key=f"find_{key}").strip()
    if not wanted:
        return
    found = _numbers(release.id, wanted)
    if found.empty:
        st.info("No number fits. Try one word, or part of a word.")
        return
    if len(found) > _MOST:
        st.markdown(f"{counted(len(found), 'number fits', 'numbers fit')}; the first {_MOST} are offered.")
    names = dict(zip(found["id"].head(_MOST), found["name"].head(_MOST), strict=True))
    with st.form(f"correct_{key}", border=False):
        number = st.selectbox(
            "Number", list(names), format_func=lambda each: label_of(names[each]), key=f"number_{key}"
        )
        to = st.text_input("What it should read, as it would be printed", key=f"to_{key}", max_chars=60)
        why = st.text_input("Why?", key=f"why_{key}", max_chars=LONGEST_REASON)
        if st.form_submit_button("Correct it"):
            kept.releases().correct(release.id, number, to, why)
            own = load(release.id)
            last = own.corrections.iloc[-1]
            if last["corrected"] == last["printed"]:
                _done(f"The correction of {names[number]} is taken back: it reads as printed.")
            more = left_standing(twins_of(own, last["id"]), resting_on(own, last["id"]))
            _done(f"Corrected: {names[number]} should read {to.strip()}.\n{more}")


def _numbers(release_id: str, wanted: str) -> pd.DataFrame:
    """Figures, numbers in running text and derived numbers that fit a search: ``id`` and what they are called."""
    release = load(release_id)
    rows = filter_catalogue(all_figures(release_id), release, search=wanted)
    rows = rows[~rows["role"].isin(["range", "rank"])]
    areas = release.areas.set_index("id")["name"]
    names = [
        f"{row.label}: {row.printed}{_when(row)}{_area(areas, row.area)} ({row.figure_id})" for row in rows.itertuples()
    ]
    derived = release.as_published[release.as_published["figure_id"] == ""]
    called = (
        derived["row_label"] + ", " + derived["column_label"] + ": " + derived["printed"] + " (" + derived["id"] + ")"
    )
    for word in wanted.lower().split():
        called = called[called.str.lower().str.contains(word, regex=False)]
    own = pd.DataFrame({"id": rows["figure_id"], "name": pd.Series(names, index=rows.index, dtype="str")})
    return pd.concat([own, pd.DataFrame({"id": derived["id"].loc[called.index], "name": called})], ignore_index=True)


def _when(row) -> str:
    return "" if pd.isna(row.period_start) else f", {short_period(row.period_start, row.period_end)}"


def _area(areas: pd.Series, area: str) -> str:
    return f", {areas[area]}" if area in areas.index else ""


def _done(said: str) -> None:
    st.session_state[_SAID] = said
    st.session_state[_ROUND] += 1
    st.rerun()
