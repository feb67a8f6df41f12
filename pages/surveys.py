"""Public confidence and victim satisfaction: every question with its interval, and what may be said of it."""

import streamlit as st

from parts.frame import open_page, release
from parts.surveys import show_surveys

open_page()
st.title("Surveys")
show_surveys(release())
