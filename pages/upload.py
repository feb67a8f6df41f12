"""A file of one's own: read, understood column by column, and saved as a version; and what was saved before."""

import streamlit as st

from data.people import ANALYST
from parts.frame import open_page
from parts.upload import show_upload

open_page(ANALYST)
st.title("Upload")
show_upload()
