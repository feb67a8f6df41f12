"""Says where the report prints one thing twice and differently."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis.periods import name_period
from analysis.printed_twice import printed_twice
from data.releases import Release
from parts.cached import all_figures, load

__all__ = ["show_printed_twice"]


def show_printed_twice(release: Release, section_id: str) -> None:
    """A note for each thing of a section that the report prints differently in two places."""
    notes = _notes(release.id)
    for note in notes.loc[notes["section"] == section_id, "text"].drop_duplicates():
        st.warning(note, icon=":material/content_copy:")


@st.cache_resource(show_spinner=False, max_entries=8)
def _notes(release_id: str) -> pd.DataFrame:
    """``section, text``: every disagreement, once for each section that it touches."""
    release = load(release_id)
    rows = all_figures(release_id)
    levels = rows["kind"].isin(["level", "total"])
    tables = ~rows["role"].isin(["statement", "range", "rank", "budget"])
    rows = rows[levels | tables].assign(where=lambda frame: frame["source"].str.rsplit(", ", n=1).str[-1])
    titles = release.measures.set_index("id")["title"]
    places = dict(zip(release.tables["id"], release.tables["title"], strict=True))
    told = []
    differing = printed_twice(rows.fillna({"area": "", "breakdown": ""}))
    for key, group in differing.groupby(["measure", "area", "breakdown", "period_start", "period_end"], sort=False):
        measure, _, _, start, end = key
        each = [
            f"{row.printed} ({places.get(row.table, 'in the text')}, {row.where})"
            for row in group.drop_duplicates("value").itertuples()
        ]
        text = (
            f"The report prints this twice and differently: **{html.escape(titles[measure])}**, "
            f"{name_period(start, end)}: {' and '.join(each)}. Each table here keeps its own value."
        )
        told += [{"section": section, "text": text} for section in group["section"].unique()]
    return pd.DataFrame(told, columns=["section", "text"])
