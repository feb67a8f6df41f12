"""Series beside the report: public open data with its cautions, and the example with invented figures."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.numbers import write_number
from analysis.periods import short_period
from charts.lines import line_chart
from data.errors import DataError
from data.releases import Release
from data.states import state_words, uploaded_words
from data.uploaded import uploaded_months
from parts.audit import exporter, record_views
from parts.blocks import download_csv, say, show_chart, stamped
from parts.cached import examples, open_data
from parts.filters import choose, switch
from parts.kept import is_hosted, store
from parts.made_from import note_rows, stamp_state, state_of, view
from parts.prepared import touching
from parts.remembered import remembered
from parts.table import html_of, show_table

__all__ = ["EXAMPLE", "show_example", "show_open_series"]

EXAMPLE, UPLOADED = "Example with invented figures", "Uploaded monthly figures"


def show_open_series(release: Release, section_id: str) -> None:
    """Public open data that belongs to a section, one area at a time."""
    series = open_data()
    own = series.measures[series.measures["section"] == section_id]
    if own.empty:
        return
    st.subheader("From public open data", anchor=f"{section_id}_open")
    titles = dict(zip(own["title"], own["id"], strict=True))
    names = release.areas.set_index("id")["name"].to_dict()
    left, right = st.columns(2)
    with left:
        title = choose("Open series", list(titles), f"{section_id}_series")
    rows = series.frame[series.frame["measure"] == titles[title]]
    areas = {names.get(area, area): area for area in rows["area"].drop_duplicates()}
    with right:
        place = choose("Area of the open series", list(areas), f"{section_id}_area")
    rows = rows[rows["area"] == areas[place]]
    first, last = rows.iloc[0], rows.iloc[-1]
    say(
        f"{title}, {place}: {write_number(last['value'])} in {_quarter(last)}, the last of {len(rows)} quarters; "
        f"{write_number(first['value'])} in {_quarter(first)}, the first."
    )
    source = f"Open data, not the report's figures. Source: {series.source}."
    key = ("open series", release.id, titles[title], areas[place])
    chart = remembered(key, False, lambda: line_chart(_path(rows), f"{title}, {place}, quarterly offences, open data"))
    show_chart(chart, f"open_{section_id}", source)
    cautions = series.cautions_for(titles[title])
    with st.expander(f"Cautions on this series ({len(cautions)})"):
        for caution in cautions:
            st.markdown(f"- {caution}")
    with st.expander(f"The same numbers as a table: {title}, {place}"):
        key = ("open series as a table", release.id, titles[title], areas[place])
        st.html(remembered(key, False, lambda: _by_quarter(rows, f"{title}, {place}, by quarter (open data)")))
    download_csv(rows, f"{titles[title]}_{areas[place]}", f"Download {title}, {place} (CSV)")


def show_example(release: Release, section_id: str) -> None:
    """The months of a section: those that were uploaded, else an invented path, marked as such wherever it goes.

    The invented one is off by default when hosted.
    """
    series = examples()
    own = series.measures[series.measures["section"] == section_id]
    if own.empty:
        return
    uploaded = _uploaded(release, own)
    if len(uploaded):
        _show_uploaded(release, section_id, uploaded)
        _link_to_season()
        return
    st.subheader(EXAMPLE, anchor=f"{section_id}_example")
    st.markdown(
        "The report draws the months as a picture and prints no monthly values. This path is invented to show what the "
        "page will say once a monthly extract is uploaded. Only its totals for the years that the report prints are "
        "published figures; the other years are invented too."
    )
    if not switch(f"Show the {EXAMPLE.lower()}", f"{section_id}_example", not is_hosted()):
        return
    rows = series.frame[series.frame["measure"].isin(own["id"])]
    title = ", ".join(own["title"])
    chart = remembered(
        ("example", release.id, tuple(own["id"])), False,
        lambda: line_chart(_path(rows), "invented monthly figures", touching(release, own["id"]), EXAMPLE),
    )  # fmt: skip
    show_chart(chart, f"example_{section_id}",
               f"Illustrative: {EXAMPLE.lower()}. Not published, not the force's monthly figures.")  # fmt: skip
    with st.expander(f"{EXAMPLE}: the same numbers as a table"):
        key = ("example as a table", release.id, tuple(own["id"]))
        st.html(remembered(key, False, lambda: html_of(_by_month(rows), f"{EXAMPLE}: {title}, by month", "Month")))
    download_csv(rows, f"illustrative_invented_{section_id}", f"Download the {EXAMPLE.lower()} (CSV)")
    _link_to_season()


def _link_to_season() -> None:
    """On to the whole picture: season, trend, what is beyond them, and what may come next."""
    st.page_link("pages/demand_and_season.py", label="Its season, and whether a change is more than the season")


def _uploaded(release: Release, measures: pd.DataFrame) -> pd.DataFrame:
    """Uploaded months of the whole force for some measures; none where the store cannot be read, which is said."""
    try:
        rows = uploaded_months(view(), measures, release.areas)
    except DataError as error:
        for problem in error.problems:
            st.warning(problem)
        return pd.DataFrame()
    return rows[rows["area_kind"] == "force"]


def _show_uploaded(release: Release, section_id: str, rows: pd.DataFrame) -> None:
    """Uploaded months, in the place of the invented path."""
    titles = ", ".join(rows["title"].drop_duplicates())
    st.subheader(UPLOADED, anchor=f"{section_id}_example")
    first, last = rows["period_start"].min(), rows["period_start"].max()
    say(f"{titles}: {len(rows):,} uploaded values, {first:%B %Y} to {last:%B %Y}.")
    state = stamp_state(versions := note_rows(rows))
    record_views(store(), versions)
    stamp, words = state_words(state), uploaded_words(state_of(versions))
    names = "; ".join(rows["note"].drop_duplicates())
    chart = line_chart(_path(rows), f"{titles}, uploaded monthly figures", touching(release, rows["measure"]), stamp)
    source = f"Uploaded figures, {words}: {names}. Withdraw them on the Upload page to take them back."
    show_chart(chart, f"uploaded_{section_id}", source)
    with st.expander(f"{UPLOADED}: the same numbers as a table"):
        show_table(_by_month(rows), stamped(stamp, f"{UPLOADED}: {titles}, by month"), "Month")
    download_csv(rows, f"uploaded_{section_id}", f"Download the {UPLOADED.lower()} (CSV)",
                 exporter(store(), versions), state=state)  # fmt: skip


def _by_quarter(rows: pd.DataFrame, title: str) -> str:
    table = pd.DataFrame(
        {
            "row_label": [_quarter(row) for _, row in rows.iterrows()],
            "Offences": [write_number(value) for value in rows["value"]],
        }
    )
    return html_of(table, title, "Quarter")


def _by_month(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a month, a column a series, as text."""
    named = rows.assign(series=_series_names(rows), text=rows["value"].map(write_number))
    wide = named.pivot(index="period_start", columns="series", values="text").sort_index()
    wide = wide[list(dict.fromkeys(named["series"]))].fillna("no value")
    wide.insert(0, "row_label", [f"{month:%B %Y}" for month in wide.index])
    return wide


def _quarter(row: pd.Series) -> str:
    return short_period(row["period_start"], row["period_end"])


def _series_names(rows: pd.DataFrame) -> pd.Series:
    """The part's name where a row is a part, else the measure's title."""
    parts = rows["breakdown"].fillna("").str.partition("=")[2]
    return parts.where(parts != "", rows["title"])


def _path(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(series=_series_names(rows), text=rows["value"].map(write_number))
