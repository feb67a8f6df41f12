"""Demand and season: is this more than the season, what may come next, when calls come, and who gave up waiting."""

import streamlit as st

from parts.demand_page import show_demand
from parts.frame import open_page, release

open_page()
st.title("Demand and season")
show_demand(release())
