"""A priority's page: its sections in the report's order, then what was promised and what the report does not say."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from analysis.section_told import EXPLANATIONS, missing_rows, place_rows
from data.releases import Release
from parts.blocks import show_table_block
from parts.cached import load
from parts.filters import choose
from parts.findings import check_note
from parts.frame import release as chosen_release
from parts.judged import Assumptions, assumptions, comparators
from parts.listing import national_rows, promise_rows, text_rows, words_used
from parts.now import made_once
from parts.remembered import remembered
from parts.series import show_example, show_open_series
from parts.table import anchor_of, html_of, show_table
from parts.twice import show_printed_twice

__all__ = ["anchors", "show_missing", "show_priority"]

_FOLDED_FROM = 20  # rows of quoted text beside tables before they fold away


def show_priority(priority_id: str) -> None:
    """The whole page of one priority."""
    release = chosen_release()
    priority = release.priorities[release.priorities["id"] == priority_id].iloc[0]
    sections = release.sections[release.sections["priority"] == priority_id].sort_values("order")
    st.title(priority["title"])
    info = release.info
    st.caption(
        f"{info.heading} · data to {name_day(pd.Timestamp(info.data_to))} · report of "
        f"{name_day(pd.Timestamp(info.published))} · {info.marking}, {info.transparency}"
    )
    anchors([(section.id, section.title) for section in sections.itertuples()], "Sections on this page")
    named = comparators(release.id)
    against = named[choose("Held against", list(named), "against")]
    how = assumptions(release.id, against)
    for section in sections.itertuples():
        _show_section(release, section, against, how)
    _show_promises(release, sections)
    show_missing(release, sections)


def anchors(targets: list[tuple[str, str]], label: str) -> None:
    """Links to the sections of a page."""
    items = "".join(f'<li><a href="#{anchor}">{html.escape(title)}</a></li>' for anchor, title in targets)
    st.html(f'<nav aria-label="{html.escape(label)}"><ul class="anchors">{items}</ul></nav>')


def _show_section(release: Release, section, against: str, how: Assumptions) -> None:
    st.header(section.title, anchor=section.id)
    st.markdown(section.about)
    if section.support:
        st.info(section.support)
    national = release.national_measures[release.national_measures["section"] == section.id]
    if len(national):
        show_table(national_rows(release, national), "What the nation measures, and what this report uses", "Measure")
    tables = release.tables[release.tables["section"] == section.id].sort_values("order")
    if len(tables) > 2:
        anchors([(anchor_of(table.id), table.title) for table in tables.itertuples()], f"Tables in {section.title}")
    for table in tables["id"]:
        show_table_block(release, table, against, how)
    show_printed_twice(release, section.id)
    show_open_series(release, section.id)
    show_example(release, section.id)
    _show_places(release, section)
    _show_text(release, section, with_tables=len(tables) > 0)
    _show_explanations(release, section)
    _show_words(release, section)


def _show_places(release: Release, section) -> None:
    places = release.comparisons[release.comparisons["section"] == section.id]
    if places.empty:
        return
    shown = place_rows(places)
    st.subheader("Against other forces", anchor=f"{section.id}_places")
    show_table(shown, f"{section.title}: national and peer places", "What is compared")


def _show_text(release: Release, section, with_tables: bool) -> None:
    count, table = remembered(("quoted", release.id, section.id), False, lambda: _text(release, section))
    if not count:
        return
    title = f"Numbers in the report's text: {section.title} ({count})"
    with st.expander(title) if with_tables and count > _FOLDED_FROM else st.container():
        st.html(table)


def _text(release: Release, section) -> tuple[int, str]:
    """How many numbers a section quotes in running text, and the table of them."""
    rows = text_rows(release, section.id)
    table = html_of(rows, f"{section.title}: numbers quoted in running text", "What the report says")
    quoted = release.statements.loc[release.statements["section"] == section.id, "id"]
    return len(rows), table + check_note(release, list(quoted), section.id) if len(rows) else ""


def _show_explanations(release: Release, section) -> None:
    told = release.explanations[release.explanations["section"] == section.id]
    for kind, heading in EXPLANATIONS.items():
        chosen = told[told["kind"] == kind]
        if len(chosen):
            with st.expander(f"{heading}: {section.title} ({len(chosen)})"):
                for each in chosen.itertuples():
                    st.markdown(f"- {each.text} ({each.where})")


def _show_words(release: Release, section) -> None:
    words = words_used(release.id, section.id)
    if len(words):
        with st.expander(f"Words used here: {section.title} ({len(words)})"):
            show_table(words, f"{section.title}: what the words mean", "Word")


def _show_promises(release: Release, sections: pd.DataFrame) -> None:
    promised = release.commitments[release.commitments["section"].isin(sections["id"])]
    st.header("What was promised", anchor="promises")
    if promised.empty:
        st.markdown("The report makes no dated promise under this priority.")
        return
    show_table(promise_rows(promised), "What the force said it would do, by when, and where it stands", "Promise")


def show_missing(release: Release, sections: pd.DataFrame) -> None:
    """What sections show only as a picture or do not say, with what would fill it."""
    table = _missing(release.id, tuple(sections["id"]))
    if table:
        st.header("What the report shows only as a picture, or does not say", anchor="not_in_report")
        st.html(table)


@made_once(max_entries=64)
def _missing(release_id: str, sections: tuple[str, ...]) -> str:
    release = load(release_id)
    absent = release.not_in_report[release.not_in_report["section"].isin(sections)]
    return html_of(missing_rows(absent), "Not in this explorer, with what would fill it", "What")
