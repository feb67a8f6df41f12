"""The front page: what changed, whether it is real, what to ask; then every measure, and what was promised."""

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from parts.filters import choose, search_box
from parts.frame import open_page, release
from parts.headlines import show_lines, show_since
from parts.judged import assumptions, comparators, judged, known_verdicts
from parts.listing import (
    area_rows,
    glossary_rows,
    in_page_order,
    matching,
    measure_rows,
    national_rows,
    promises_by_priority,
    story_rows,
    verdict_rows,
)
from parts.priority import anchors, show_missing
from parts.table import show_table

open_page()
shown = release()
info = shown.info
st.title(f"{info.force}: {info.title}")
st.caption(
    f"Published figures · data to {name_day(pd.Timestamp(info.data_to))} · report of "
    f"{name_day(pd.Timestamp(info.published))} · {info.marking}, {info.transparency}"
)
wanted = search_box("Search measures, areas and definitions", "q", "burglary, Tamworth, confidence …")
top = st.container()
st.header("All measures, by priority", anchor="measures")
left, right = st.columns(2)
with left:
    against = comparators(shown.id)[choose("Held against", list(comparators(shown.id)), "against")]
with right:
    verdict = choose("Verdict", ["All verdicts", *known_verdicts(judged(shown.id, against))], "verdict")
how = assumptions(shown.id, against)
changes = judged(shown.id, against, how)
with top:
    if not wanted:
        show_lines(shown, changes, against)
rows = measure_rows(shown, wanted)
listed = verdict_rows(rows, changes, "" if verdict == "All verdicts" else verdict)
if rows.empty:
    st.info(f"Nothing fits “{wanted}”. Try one word, such as burglary, or part of a word, such as burgl.")
elif listed.empty:
    st.info(f"No measure here is “{verdict}”. Choose all verdicts.")
elif wanted:
    st.markdown(f"{rows['id'].nunique()} of {len(shown.measures)} measures fit “{wanted}”.")
if wanted:
    for found, caption, first in (
        (area_rows(shown, wanted), f"Areas that “{wanted}” names, each with its own figures", "What is counted"),
        (matching(glossary_rows(shown), wanted), f"Words that fit “{wanted}”", "Word"),
    ):
        if len(found):
            show_table(found, caption, first)
priorities = in_page_order(shown, listed)
anchors(
    [*zip(priorities["id"], priorities["title"], strict=True), ("since", "Since the last report"),
     ("national", "The six national measures"), ("promises", "Promised"), ("foreword", "Foreword and inspection")],
    "On this page",
)  # fmt: skip
for priority in priorities.itertuples():
    st.subheader(priority.title, anchor=priority.id)
    own = listed[listed["priority"] == priority.id].drop(columns="priority")
    show_table(own, f"{priority.title}: every measure with its change", "Measure")
st.header("Since the last report", anchor="since")
show_since(shown)
st.header("The six national measures", anchor="national")
show_table(
    national_rows(shown, shown.national_measures),
    "What the nation measures, and what this report uses instead",
    "National measure",
)
st.header("Promised", anchor="promises")
promised = matching(promises_by_priority(shown), wanted)
if promised.empty:
    st.markdown(f"No promise fits “{wanted}”.")
else:
    show_table(promised, "What the force said it would do, by when, and where it stands", "Promise")
st.header("Foreword and inspection", anchor="foreword")
for section, table in story_rows(shown):
    with st.expander(f"{section} ({len(table)})"):
        show_table(table, section, "What the report says")
show_missing(shown, shown.sections[shown.sections["priority"] == "headlines"])
