"""Funnels: limits as analysis gives them, every point named where nothing else is, in and out told in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.funnel import Funnel, funnel, funnel_limits
from charts.funnels import funnel_chart
from charts.label_places import WIDTHS, boxes_of, label_places, line_boxes, line_place, overlap
from tests.charts.compared import counts

FOUND = Funnel(5.0, 4.0, 0.01, 10)
ROWS = pd.DataFrame({
    "area": ["Far above", "Above", "Inside", "Below", "Far below", "Unknown"],
    "population": [90000.0, 100000, 110000, 120000, 130000, 140000],
    "estimate": [9.5, 7.8, 5.1, 2.8, 2.0, float("nan")],
})  # fmt: skip


def test_in_and_out_is_told_by_shape_in_the_hover_and_in_the_alternative() -> None:
    chart = funnel_chart(ROWS, FOUND, "burglary in 2023")
    (points,) = [trace for trace in chart.figure.data if trace.name == "areas"]
    told = dict(zip(points.customdata, points.marker.symbol, strict=True))
    assert told == {
        ", above the funnel": "triangle-up",
        ", inside the funnel, above its 95% limit": "triangle-up-open",
        ", inside the funnel": "circle-open",
        ", inside the funnel, below its 95% limit": "triangle-down-open",
        ", below the funnel": "triangle-down",
    }
    assert points.text[0] == "Far above: 9.5 per 1,000, 90,000 people"
    assert chart.alt == (
        "Funnel chart of burglary in 2023, per 1,000 residents by population. Whole force: 5.0. "
        "Above the funnel: Far above 9.5. Below the funnel: Far below 2.0. "
        "Inside the funnel, above its 95% limit: Above 7.8. Inside the funnel, below its 95% limit: Below 2.8. "
        "Inside the funnel: Inside 5.1. Without a rate: Unknown. "
        "The funnel's limits are those of chance and usual differences, 95% and 99.8%. "
        "The table below holds every value."
    )
    assert chart.key.startswith("▲ above the funnel; △ inside the funnel, above its 95% limit; ")


def test_an_area_without_a_rate_is_not_drawn() -> None:
    figure = funnel_chart(ROWS, FOUND, "burglary").figure
    (points,) = [trace for trace in figure.data if trace.name == "areas"]
    assert len(points.x) == 5
    assert "Unknown" not in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize(("level", "name"), [(0.95, "95%"), (0.998, "99.8%")])
def test_the_limits_are_those_of_the_funnel(level: float, name: str) -> None:
    figure = funnel_chart(ROWS, FOUND, "burglary").figure
    for kind, before in (("chance", ""), ("wider", "wider_")):
        low, high = sorted(
            (trace for trace in figure.data if trace.name == f"{name} {kind}"), key=lambda trace: trace.y[0]
        )
        expected = funnel_limits(FOUND, list(low.x), level)
        assert list(low.y) == pytest.approx(expected[f"{before}lower"].tolist())
        assert list(high.y) == pytest.approx(expected[f"{before}upper"].tolist())
    drawn = {trace.line.dash for trace in figure.data if (trace.name or "").endswith("chance")}
    assert len(drawn) == 2, "the levels are told apart by their dashes"


def test_without_usual_differences_there_are_no_wider_limits_and_none_are_spoken_of() -> None:
    chart = funnel_chart(ROWS, Funnel(5.0, 0.9, 0.0, 10), "burglary")
    assert not [trace.name for trace in chart.figure.data if "wider" in (trace.name or "")]
    assert "wider" not in chart.key
    assert "limits are those of chance alone," in chart.alt


def test_everything_drawn_lies_inside_the_axes() -> None:
    own = counts()
    rows = own.assign(estimate=own["value"] / own["population"] * 1000)
    figure = funnel_chart(rows, funnel(own["value"], own["population"]), "burglary").figure
    (low, high), (left, right) = figure.layout.yaxis.range, figure.layout.xaxis.range
    assert rows["estimate"].between(low, high).all()
    assert rows["population"].between(left, right).all()
    assert "<b>whole force 3.7</b>" in [note.text for note in figure.layout.annotations]


def test_invented_figures_are_called_so_and_nobody_is_outside() -> None:
    chart = funnel_chart(ROWS, FOUND, "burglary", stamp="Example with invented figures")
    assert chart.alt.startswith("Example with invented figures. Funnel chart of burglary")
    assert "<b>Example with invented figures</b>" in [note.text for note in chart.figure.layout.annotations]
    assert "above the funnel" not in chart.alt + chart.key


# --- names beside points ----------------------------------------------------------------------------------------------

TEN = ["City", "Cannock", "East Staffs", "Lichfield", "Newcastle-under-Lyme", "Moorlands", "South Staffs", "Stafford"]
TEN += ["Tamworth", "Stone"]
ALONG = [0.86, 0.27, 0.34, 0.28, 0.37, 0.25, 0.31, 0.4, 0.18, 0.38]
DOWN = [135.0, 196, 196, 278, 162, 296, 251, 239, 162, 196]


def test_ten_names_lie_on_no_other_name_at_any_width() -> None:
    line = line_place("whole force 6.2", 202, ALONG, DOWN, 360)
    places = label_places(TEN, ALONG, DOWN, 360, line)
    boxes = [boxes_of(*each) for each in zip(TEN, places, ALONG, DOWN, strict=True)]
    for at, own in enumerate(boxes):
        assert not overlap(own, line_boxes(line)).any()
        assert (own[:, 0] >= 0).all()
        assert (own[:, 2] <= WIDTHS).all()
        for other in boxes[:at]:
            assert not overlap(own, other).any()


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 360)), min_size=1, max_size=4))
def test_up_to_four_names_find_room_wherever_their_points_are(points: list[tuple[float, float]]) -> None:
    along, down = map(list, zip(*points, strict=True))
    places = label_places(["Moorlands"] * len(points), along, down, 360)
    boxes = [boxes_of("Moorlands", *each) for each in zip(places, along, down, strict=True)]
    shared = [overlap(own, other) for at, own in enumerate(boxes) for other in boxes[:at]]
    assert not np.any(shared)
