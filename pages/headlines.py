"""The front page: what the report is, a search, every measure by priority, the national measures, the promises."""

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from parts.filters import search_box
from parts.frame import open_page, release
from parts.listing import in_page_order, measure_rows, national_rows, promises_by_priority, story_rows
from parts.priority import anchors
from parts.table import show_table

open_page()
shown = release()
info = shown.info
st.title(f"{info.force}: {info.title}")
st.caption(
    f"Published figures · data to {name_day(pd.Timestamp(info.data_to))} · report of "
    f"{name_day(pd.Timestamp(info.published))} · {info.marking}, {info.transparency}"
)
st.markdown(
    "Everything the report prints, measure by measure, with its definition and its place in the report. Differences "
    "and percentages marked “as printed” are the report's own arithmetic."
)
wanted = search_box("Search measures, areas and definitions", "q", "burglary, Tamworth, confidence …")
rows = measure_rows(shown, wanted)
if rows.empty:
    st.info(f"Nothing fits “{wanted}”. Try one word, such as burglary, or part of a word, such as burgl.")
elif wanted:
    st.markdown(f"{rows['id'].nunique()} of {len(shown.measures)} measures fit “{wanted}”.")
priorities = in_page_order(shown, rows)
anchors(
    [*zip(priorities["id"], priorities["title"], strict=True), ("national", "The six national measures"),
     ("promises", "Promised"), ("foreword", "Foreword and inspection")],
    "On this page",
)  # fmt: skip
for priority in priorities.itertuples():
    st.header(priority.title, anchor=priority.id)
    own = rows[rows["priority"] == priority.id].drop(columns=["priority", "id", "is_part"])
    show_table(own, f"{priority.title}: every measure with its values", "Measure")
st.header("The six national measures", anchor="national")
show_table(
    national_rows(shown, shown.national_measures),
    "What the nation measures, and what this report uses instead",
    "National measure",
)
st.header("Promised", anchor="promises")
show_table(promises_by_priority(shown), "What the force said it would do, by when, and where it stands", "Promise")
st.header("Foreword and inspection", anchor="foreword")
for section, table in story_rows(shown):
    with st.expander(f"{section} ({len(table)})"):
        show_table(table, section, "What the report says")
