"""Corrections beside the printed numbers, on whatever page they stand: the printed one always stays in sight."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from analysis.corrections import corrected_since, correction_notes, told_corrections
from analysis.periods import name_day
from data.releases import Release
from parts.cached import load
from parts.now import made_once
from parts.table import show_table

__all__ = ["corrected_of", "corrected_source", "notes_of", "show_corrections"]

_ANCHOR = "corrections"


@made_once(max_entries=8)
def notes_of(release_id: str) -> dict[str, str]:
    """The note of each corrected number of a release, by its id."""
    return correction_notes(load(release_id).corrections)


@made_once(max_entries=8)
def _told(release_id: str) -> pd.DataFrame:
    return told_corrections(load(release_id).frames())


def corrected_source(release: Release, ids: Collection[str]) -> str:
    """What goes on after a source line: the corrections of the numbers that are shown, " " first; "" for none."""
    return corrected_since(_told(release.id), ids)


def corrected_of(release: Release, measures: Collection[str]) -> str:
    """The same of every number of some measures."""
    figures, statements = release.figures, release.statements
    ids = [*figures.loc[figures["measure"].isin(list(measures)), "figure_id"]]
    return corrected_source(release, [*ids, *statements.loc[statements["measure"].isin(list(measures)), "id"]])


def show_corrections(release: Release) -> None:
    """Every correction of a release, and what rests on it."""
    st.subheader("Corrections", anchor=_ANCHOR)
    st.markdown(
        "A correction never takes the place of what was printed: both stand side by side, with the day and the reason. "
        "Verdicts, sums and charts stay on what was printed, so that anybody can hold them against the report; a "
        "sentence that rests on a corrected number says so. Check the figures tells what would still disagree once "
        "every correction is made."
    )
    told = _told(release.id)
    if told.empty:
        st.markdown("Nothing in this release has been corrected.")
        return
    rows = pd.DataFrame(
        {
            "row_label": told["what"],
            "As printed": told["printed"],
            "Corrected to": told["corrected"].where(told["note"] != "", "as printed: taken back"),
            "On": [name_day(day) for day in told["date"]],
            "By": told["who"],
            "Why": told["why"],
            "Id": told["id"],
        }
    )
    show_table(rows, "Corrections of this release, the latest last", "Number")
