"""One team: everything that is known of one area, on a page to print."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.area_layout import area_change_table, area_table
from analysis.area_words import team_said
from analysis.corrections import beside
from analysis.numbers import write_number
from analysis.survey import ALL
from data.releases import Release
from parts.area_shown import Compared, marked, show_method
from parts.blocks import download_csv, part_of_name, say, stamped
from parts.corrected import notes_of
from parts.filters import choose
from parts.prepared import source_of
from parts.table import show_table

__all__ = ["show_team"]


def show_team(release: Release, sources: Sequence[tuple[str, Compared]]) -> None:
    """Choose an area, then every source that knows it, what the report says of it, and what was promised.

    Parameters
    ----------
    release
        The report.
    sources
        Name and comparison of everything, without what is invented.
    """
    said = st.container()
    area = _ask(release, sources)
    if area is None:
        st.info("No area stands beside others in this release, and none is uploaded.")
        return
    identity, name = area
    own_ids = _ids(release, identity)
    lines: list[str] = []
    for title, shown in sources:
        own = shown.told[
            (shown.told["area_id"].isin(own_ids) & (shown.told["area_id"] != "")) | (shown.told["area"] == name)
        ]
        own = own[own["question"].isin(shown.labels)]
        if len(own):
            lines.append(team_said(own, shown.labels, f"{title}, {shown.period}"))
            _show_source(release, title, shown, own, identity)
    _show_statements(release, identity)
    with said:
        st.header(name, anchor="team")
        for place, line in enumerate(lines):
            say(line) if place == 0 else st.text(line)
        st.html('<p class="screen">To print this page, or save it as a PDF, use the browser\'s print command.</p>')


def _ask(release: Release, sources: Sequence[tuple[str, Compared]]) -> tuple[str, str] | None:
    """Id and name of the area: the release's teams, then what else is compared."""
    teams = release.areas[release.areas["kind"] == "lpt"]
    names = dict(zip(teams["name"], teams["id"], strict=True))
    mapped = {each for row in teams.itertuples() for each in row.mapping.split()}
    for _, shown in sources:
        for row in shown.told[["area", "area_id"]].drop_duplicates().itertuples():
            if row.area_id not in mapped and row.area_id not in names.values():
                names.setdefault(str(row.area), str(row.area_id))
    if not names:
        return None
    name = choose("Area", list(names), "area")
    return names[name], name


def _ids(release: Release, identity: str) -> set[str]:
    """The area and what it is mapped to."""
    own = release.areas[release.areas["id"] == identity]
    return {identity, *(each for row in own.itertuples() if row.kind == "lpt" for each in row.mapping.split())}


def _show_source(release: Release, heading: str, shown: Compared, own: pd.DataFrame, identity: str) -> None:
    """One source's table of everything it has of the area."""
    st.header(f"{heading}, {shown.period}", anchor=f"team_{shown.name}")
    order = {question: place for place, question in enumerate(shown.labels)}
    own = own.sort_values("question", key=lambda each: each.map(order), kind="stable")
    assumed = release.areas[(release.areas["id"] == identity) & (release.areas["mapping_assumed"] == "true")]
    if len(assumed) and not (own["area_id"] == identity).any():
        st.text(
            f"These are figures of {own['area'].iloc[0]}: that the team covers it is assumed; confirm with the force."
        )
    title = f"{own['area'].iloc[0]} beside the rest of the force: {shown.period}"
    table = area_table(own, [shown.labels[each] for each in own["question"]], shown.areas)
    show_table(table, stamped(shown.stamp, title), "Measure")
    if shown.changes is not None:
        _show_changes(shown, own["area"].iloc[0])
    st.caption(f"{shown.assumed} {shown.source}".strip())
    download_csv(
        marked(shown, own),
        f"{shown.name}_{part_of_name(str(own['area'].iloc[0]))}",
        f"Download: {title} (CSV)",
        shown.exported,
    )
    show_method(shown)


def _show_changes(shown: Compared, area: str) -> None:
    """The area's own changes over a year."""
    own = shown.changes[(shown.changes["area"] == area)] if shown.changes is not None else pd.DataFrame()
    if own.empty:
        return
    for note in own.loc[own["verdict"] == "not comparable", "caveat"].drop_duplicates():
        st.text(f"◆ Not comparable: {note}")
    table = area_change_table(own.assign(area=[shown.labels[each] for each in own["question"]]), {ALL: ""})
    show_table(table, stamped(shown.stamp, f"{area}: {shown.period} against the year before"), "Measure")


def _show_statements(release: Release, identity: str) -> None:
    """What the report says of the area in its text, and what was promised about it."""
    own = release.statements[release.statements["area"] == identity]
    if own.empty:
        return
    st.header("What the report's text says", anchor="team_text")
    notes = notes_of(release.id)
    rows = pd.DataFrame(
        {
            "row_label": list(own["claim"]),
            "As printed": [
                beside(printed, notes.get(name)) for printed, name in zip(own["printed"], own["id"], strict=True)
            ],
            "Value": [write_number(row.value, row.unit, 1 if row.value % 1 else 0) for row in own.itertuples()],
            "Where": list(own["where"]),
        }
    )
    show_table(rows, "Numbers in the report's text about this area", "What it says")
    st.caption(source_of(release, own["where"].iloc[0]))
