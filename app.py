"""The frame: settings, then the menu and the chosen page. Start it with ``streamlit run app.py``."""

from parts.frame import run

run()
