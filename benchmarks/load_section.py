"""One section of a priority page and its controls, by the page's own pieces: what load.py shows in Dash too."""

import streamlit as st

from parts.blocks import show_table_block
from parts.cached import known_releases, load
from parts.filters import choose
from parts.judged import assumptions, comparators
from parts.turns import TURNS

with TURNS.take():
    release = load(known_releases()[-1])
    table = "asb"
    st.title("Anti-social behaviour")
    named = comparators(release.id)
    against = named[choose("Held against", list(named), "against")]
    show_table_block(release, table, against, assumptions(release.id, against))
