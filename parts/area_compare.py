"""One question in every area: who can be told apart from the rest, and who cannot."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.area_layout import area_change_table, area_table
from analysis.area_values import only_ranges, unit_of
from analysis.area_words import alike_said, funnel_said, who_differs
from analysis.areas import areas_alike
from analysis.funnel import funnel
from analysis.survey import ALL
from charts.area_intervals import area_interval_chart
from charts.funnels import funnel_chart
from charts.tiles import tile_chart
from parts.area_shown import Compared, marked, show_method
from parts.blocks import copy_sentence, download_csv, part_of_name, say, show_chart, stamped
from parts.filters import choose, switch
from parts.survey_shown import INVENTED
from parts.table import show_table

__all__ = ["ask_question", "show_compared"]


_SHRUNKEN = "Show beside each value one drawn to the mean, the more the less the area tells (shrunken)"


def ask_question(shown: Compared) -> str:
    """Which question is looked at: first the one of which the report says something in words."""
    titles = {label: question for question, label in shown.labels.items()}
    questions = list(titles.values())
    said = next((place for place, each in enumerate(questions) if shown.claims.get(each)), 0)
    return titles[choose("Measure", list(titles), "measure", first=said)]


def show_compared(shown: Compared, question: str, said: DeltaGenerator) -> None:
    """The sentence, the chart, the table; then funnel, tile map, the change over a year, the method.

    Parameters
    ----------
    shown, question
        What is looked at.
    said
        Where the sentence stands, above the filters.
    """
    label, own = shown.labels[question], shown.of_question(question)
    with said:
        _show_sentence(shown, own, label, question)
    if len(own):
        _show_intervals(shown, own, question, label)
        _show_funnel(shown, own, question, label)
        _show_tiles(shown, own, question, label)
    else:
        st.info("The residents of these areas are not known, so there is no rate to compare.")
    _show_changes(shown, question, label)
    cautions = list(shown.cautions.get(question, ()))
    if cautions:
        with st.expander(f"Cautions on this measure ({len(cautions)})"):
            for caution in cautions:
                st.markdown(f"- {caution}")
    show_method(shown)


def _show_sentence(shown: Compared, own: pd.DataFrame, label: str, question: str) -> None:
    if not shown.judged:
        say(f"{INVENTED}: {label}. It shows what this page will say once a survey is uploaded; no verdict is drawn.")
        return
    if own.empty:
        say(f"{label}, {shown.period}: no rates, so no comparison.")
        return
    opening = f", {shown.opening}" if shown.opening else ""
    sentence = f"{label}, {shown.period}{opening}: {who_differs(own, shown.called, opens=False)}"
    say(sentence)
    if own["variance"].notna().sum() > 2 and "low" not in own:
        alike = areas_alike(own).iloc[0]
        st.text(alike_said(alike["p"], int(alike["areas"]), alike["q"], called=shown.called))
    for claim in shown.claims.get(question, ()):
        st.text(claim)
    copy_sentence(f"{sentence} {shown.assumed}", shown.source, "", f"areas_{question}")


def _show_intervals(shown: Compared, own: pd.DataFrame, question: str, label: str) -> None:
    shrunken = own["shrunk"].notna().sum() > 2 and switch(_SHRUNKEN, "shrunk", False)
    rows, ranges = _valued(shown, own)
    chart = shown.once(
        ("intervals", question, bool(shrunken)),
        lambda: area_interval_chart(rows, f"{label}, {shown.period}", _unit(own), ranges=ranges,
                                    shrunken=bool(shrunken), stamp=shown.stamp, whole=shown.whole),
    )  # fmt: skip
    show_chart(chart, "areas", f"{shown.assumed} {shown.source}".strip())
    title = f"{label}, {shown.period}"
    show_table(area_table(own, list(own["area"]), shown.areas, shown.judged), stamped(shown.stamp, title),
               shown.called.removesuffix("s").capitalize())  # fmt: skip
    notes = own.loc[own["estimate"].notna(), "caveat"].replace("", None).dropna().unique()
    if len(notes) == 1:
        st.caption(notes[0])
    download_csv(
        marked(shown, own),
        f"{shown.name}_{part_of_name(question)}",
        f"Download {label}, by area (CSV)",
        shown.exported,
        state=shown.state,
    )


def _show_funnel(shown: Compared, own: pd.DataFrame, question: str, label: str) -> None:
    """Rates beside the size of each area: what chance alone, and usual differences, would spread them by."""
    if shown.counts is None or len(own) < 3:
        return
    counts = shown.counts[shown.counts["question"] == question]
    found = funnel(counts["value"].tolist(), counts["population"].tolist())
    rows = counts.merge(own[["area", "estimate"]], on="area")
    st.header("Funnel", anchor="funnel")
    st.text(funnel_said(own, counts, found, shown.called))
    chart = shown.once(
        ("funnel", question),
        lambda: funnel_chart(rows, found, f"{label}, {shown.period}", stamp=shown.stamp, whole=shown.whole),
    )
    show_chart(chart, "funnel", shown.source)


def _show_tiles(shown: Compared, own: pd.DataFrame, question: str, label: str) -> None:
    rows, ranges = _valued(shown, own)
    if shown.places["area"].isin(own["area"]).sum() < 3:
        return
    st.header("Tile map", anchor="tiles")
    st.text("One tile an area, roughly where it lies; sizes and borders mean nothing.")
    title = f"{label}, {shown.period}"
    chart = shown.once(
        ("tiles", question),
        lambda: tile_chart(rows, shown.places, title, _unit(own), ranges=ranges, stamp=shown.stamp),
    )
    show_chart(chart, "tiles", shown.source)


def _valued(shown: Compared, own: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Rows with a value, or without one for a reason, and those that are printed only as a range."""
    own = own if shown.judged else own.drop(columns="verdict")
    if "low" not in own:
        return own, None
    inside = only_ranges(own)
    return own[~inside], own[inside]


def _unit(own: pd.DataFrame) -> str:
    return unit_of(own["measure"].dropna().iloc[0]) if own["measure"].notna().any() else "percent"


def _show_changes(shown: Compared, question: str, label: str) -> None:
    """How each area's count changed over a year, and its part of the force's change."""
    if shown.changes is None:
        return
    own = shown.changes[shown.changes["question"] == question]
    if own.empty:
        return
    st.header("Change over a year", anchor="changes")
    title = f"{label}: {shown.period} against the year before"
    for note in own.loc[own["verdict"] == "not comparable", "caveat"].drop_duplicates():
        st.text(f"◆ Not comparable: {note}")
    show_table(area_change_table(own, {ALL: "All areas together"}), stamped(shown.stamp, title),
               shown.called.removesuffix("s").capitalize())  # fmt: skip
    for note in own.loc[own["verdict"] != "not comparable", "caveat"].replace("", None).dropna().unique():
        st.caption(note)
    download_csv(
        marked(shown, own),
        f"{shown.name}_{part_of_name(question)}_changes",
        f"Download the change of {label} (CSV)",
        shown.exported,
        state=shown.state,
    )
