"""The front page: what changed, whether it is real, what to ask; then every measure, and what was promised."""

import html

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from parts.blocks import say
from parts.filters import choose, search_box
from parts.frame import open_page, release
from parts.front import front, show_national_download
from parts.judged import assumptions, comparators, judged, known_verdicts
from parts.listing import search_example
from parts.priority import anchors, show_missing

open_page()
shown = release()
info = shown.info
st.title(f"{info.force}: {info.title}")
st.caption(
    f"{info.heading} · data to {name_day(pd.Timestamp(info.data_to))} · report of "
    f"{name_day(pd.Timestamp(info.published))} · {info.marking}, {info.transparency}"
)
wanted = search_box("Search measures, areas and definitions", "q", search_example(shown))
top = st.container()
st.header("All measures, by priority", anchor="measures")
left, right = st.columns(2)
with left:
    against = comparators(shown.id)[choose("Held against", list(comparators(shown.id)), "against")]
with right:
    verdict = choose("Verdict", ["All verdicts", *known_verdicts(judged(shown.id, against))], "verdict")
how = assumptions(shown.id, against)
page = front(shown.id, against, how, "" if verdict == "All verdicts" else verdict, wanted)
with top:
    if not wanted:
        say(page.sentence)
        st.html(page.lines)
if page.note:
    st.info(page.note)
for table in page.found:
    st.html(table)
anchors(
    [*[(anchor, title) for anchor, title, _ in page.measures], ("since", "Since the last report"),
     ("national", page.national_title), ("promises", "Promised"), ("foreword", page.story_title)],
    "On this page",
)  # fmt: skip
for anchor, title, table in page.measures:
    st.subheader(title, anchor=anchor)
    st.html(table)
st.header("Since the last report", anchor="since")
for told in page.since:
    st.html(told)
st.header(page.national_title, anchor="national")
st.html(page.national or "<p>The report names none.</p>")
if page.national:
    show_national_download(shown, against, how)
st.header("Promised", anchor="promises")
unfit = f"No promise fits “{html.escape(wanted)}”." if wanted else "The report makes none."
st.html(page.promises or f"<p>{unfit}</p>")
st.header(page.story_title, anchor="foreword")
for title, table in page.story:
    with st.expander(title):
        st.html(table)
show_missing(shown, shown.sections[shown.sections["priority"] == "headlines"])
