"""Areas beside the rest of their force: who can be told apart, on what, and how sure. Never a league table."""

import streamlit as st

from parts.areas import show_areas
from parts.frame import open_page, release

open_page()
st.title("Compare teams")
show_areas(release())
