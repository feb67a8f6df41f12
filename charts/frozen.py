"""Figures that are shared by visitors: never changed once made, and turned into what is sent once."""

from __future__ import annotations

from typing import Any, NoReturn

import plotly.graph_objects as go

__all__ = ["freeze"]


class _Frozen(go.Figure):
    """A figure that refuses every change, and works out once what it is made of.

    Streamlit asks for that at each run of a page, and copying a figure takes most of the time of showing it.
    """

    def to_dict(self) -> dict[str, Any]:
        """What the figure is made of; for reading, like the figure."""
        told: dict[str, Any] | None = getattr(self, "_told", None)
        if told is None:
            told = super().to_dict()
            self._told = told
        return told

    def _refuse(self, *words: object, **named: object) -> NoReturn:
        raise TypeError("This figure is shared by visitors and is never changed. Draw another one.")

    data = property(go.Figure.data.fget, _refuse)
    layout = property(go.Figure.layout.fget, _refuse)
    frames = property(go.Figure.frames.fget, _refuse)
    __setitem__ = add_traces = update = batch_update = batch_animate = _refuse
    # A part tells its figure of a change by one of these; in batch mode it does so before it makes the change.
    _in_batch_mode = True
    _restyle_child = _relayout_child = _perform_plotly_restyle = _perform_plotly_relayout = _refuse
    plotly_restyle = plotly_relayout = plotly_update = _refuse


def freeze(figure: go.Figure) -> None:
    """Make a figure refuse every change from now on.

    >>> figure = go.Figure(go.Scatter(y=[1, 2]), layout={"title": {"text": "two"}})
    >>> freeze(figure)
    >>> figure.layout.title.text, figure.to_dict() is figure.to_dict()
    ('two', True)
    >>> figure.layout.title.text = "three"
    Traceback (most recent call last):
    TypeError: This figure is shared by visitors and is never changed. Draw another one.
    """
    figure.__dict__.pop("_in_batch_mode", None)
    figure.__class__ = _Frozen  # the same object: a copy would be checked all over again
