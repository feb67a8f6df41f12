"""The report check: every derived number worked out again, and the same for a draft before it goes out."""

import streamlit as st

from parts.check import show_findings, show_rules
from parts.draft import show_draft
from parts.filters import choose_view
from parts.frame import open_page, release
from parts.priority import anchors

open_page()
shown = release()
st.title("Check the figures")
if choose_view("Check", ["the report", "my draft"], "view") == "my draft":
    show_draft(shown)
else:
    anchors(
        [("findings", "Findings"), ("by_section", "By section"), ("rules", "How the numbers are checked")],
        "On this page",
    )
    show_findings(shown)
    show_rules(shown)
