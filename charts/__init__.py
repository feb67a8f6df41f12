"""Result frames in, Plotly figure and its text alternative out. Every colour of a chart lives in ``palette``."""
