"""The report check: every derived number worked out again, and the same for a draft before it goes out."""

import streamlit as st

from parts.check import show_findings, show_rules
from parts.frame import open_page, release
from parts.priority import anchors

open_page()
shown = release()
st.title("Check the figures")
anchors(
    [("findings", "Findings"), ("by_section", "By section"), ("rules", "How the numbers are checked")], "On this page"
)
show_findings(shown)
show_rules(shown)
