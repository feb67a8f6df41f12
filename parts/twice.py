"""Says where the report prints one thing twice and differently, as the check found it."""

from __future__ import annotations

import html

import streamlit as st

from data.releases import Release
from parts.findings import findings_of

__all__ = ["show_printed_twice"]


def show_printed_twice(release: Release, section_id: str) -> None:
    """A note for each thing of a section that the report prints differently in two places."""
    found = findings_of(release.id)
    found = found[(found["kind"] == "across") & (found["grade"] == "disagrees")]
    for row in found.itertuples():
        if section_id in row.sections.split():
            st.warning(
                f"The report prints this twice and differently: **{html.escape(row.label)}**: {row.as_printed} "
                f"({html.escape(row.where)}). Each table here keeps its own value.",
                icon=":material/content_copy:",
            )
