"""The catalogue of everything in the release, how it was made, what the words mean, and all of it to take away."""

import streamlit as st

from data.states import state_words
from parts.blocks import stamped
from parts.frame import open_page, release
from parts.library import (
    show_catalogue,
    show_definitions,
    show_downloads,
    show_glossary,
    show_licence,
    show_method,
    show_statuses,
)
from parts.priority import anchors


def workbook() -> bytes:
    """The whole release as one accessible workbook, made only when somebody asks for it."""
    from documents.workbook import release_workbook

    return release_workbook(stamped(state_words(shown.info.state), shown.info.title), shown.info.force, shown.frames())


open_page()
shown = release()
st.title("Data and methods")
anchors(
    [("catalogue", "Catalogue"), ("definitions", "Definitions"), ("statuses", "Sources and statuses"),
     ("events", "Events"), ("method", "How figures are handled"), ("glossary", "Glossary"),
     ("downloads", "Downloads"), ("licence", "Licence")],
    "On this page",
)  # fmt: skip
show_catalogue(shown)
show_definitions(shown)
show_statuses(shown)
show_method(shown)
show_glossary(shown)
show_downloads(shown, workbook)
show_licence(shown)
