"""A figure that visitors share can be read like any other, and refuses every way to change it."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from charts.palette import Chart


def figure() -> go.Figure:
    drawn = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], marker={"color": "red"}), layout={"title": {"text": "one"}})
    return drawn.add_hline(3).add_annotation(text="here", x=1, y=3)


CHANGES: dict[str, Callable[[go.Figure], object]] = {
    "a title": lambda shared: setattr(shared.layout.title, "text", "two"),
    "the layout": lambda shared: shared.update_layout(height=300),
    "another layout": lambda shared: setattr(shared, "layout", {}),
    "other data": lambda shared: setattr(shared, "data", []),
    "a trace": lambda shared: shared.add_scatter(y=[1]),
    "a value": lambda shared: setattr(shared.data[0], "y", [5, 6]),
    "a mark": lambda shared: setattr(shared.data[0].marker, "color", "blue"),
    "all traces": lambda shared: shared.update_traces(opacity=0.5),
    "an axis": lambda shared: shared.update_xaxes(title="x"),
    "a line": lambda shared: shared.add_vline(2),
    "a note": lambda shared: setattr(shared.layout.annotations[0], "text", "there"),
    "all notes": lambda shared: shared.update_annotations(text="there"),
    "the whole": lambda shared: shared.update({"layout": {"height": 300}}),
    "by name": lambda shared: shared.__setitem__("layout", {}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_shared_figure_refuses_to_be_changed(what: str) -> None:
    chart = Chart(figure(), "words")
    before = pio.to_json(figure())
    with pytest.raises(TypeError, match="shared by visitors"):
        CHANGES[what](chart.figure)
    assert pio.to_json(chart.figure) == before
    assert chart.figure.to_json() == before


def test_it_is_read_as_before() -> None:
    chart = Chart(figure(), "words")
    assert chart.figure.layout.annotations[0].text == "here"
    assert [list(trace.y) for trace in chart.figure.data] == [[3, 4]]
    assert chart.figure == figure()
    other = go.Figure(chart.figure)
    other.update_layout(height=300)
    assert (other.layout.height, chart.figure.layout.height) == (300, None)
