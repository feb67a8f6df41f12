"""Line charts: every value of at most four paths, events numbered with their key, words that must stand inside."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.lines import line_chart

STAMP = "Example with invented figures"


def path(series: str, values: list[float], start: str = "2022-04-01") -> pd.DataFrame:
    months = pd.date_range(start, periods=len(values), freq="MS")
    return pd.DataFrame(
        {
            "series": series,
            "value": values,
            "unit": "count",
            "text": [f"{value:,g}" for value in values],
            "period_start": months,
            "period_end": months + pd.offsets.MonthEnd(0),
        }
    )


BACKLOG = path("Waiting", [6793, 5057, 4268, 2525])
EVENTS = pd.DataFrame(
    {
        "title": ["Catch-up", "Too early", "On the last day", "On the first day", "Too late"],
        "from": pd.to_datetime(["2022-06-15", "2022-03-31", "2022-07-31", "2022-04-01", "2022-08-01"]),
    }
)


def test_every_value_is_drawn_in_the_order_of_time() -> None:
    chart = line_chart(BACKLOG.iloc[[2, 0, 3, 1]], "crimes waiting")
    (trace,) = chart.figure.data
    middles = BACKLOG["period_start"] + (BACKLOG["period_end"] - BACKLOG["period_start"]) / 2
    assert [pd.Timestamp(day) for day in trace.x] == list(middles)
    assert list(trace.y) == [6793, 5057, 4268, 2525]
    assert list(trace.text) == ["6,793", "5,057", "4,268", "2,525"]
    assert not chart.figure.layout.showlegend


def test_the_alternative_names_first_last_lowest_and_highest() -> None:
    chart = line_chart(path("Waiting", [654, 839, 254, 642]), "crimes waiting")
    assert chart.alt == (
        "Line chart of crimes waiting. Waiting: 654 at first (April 2022), 642 at last (July 2022), "
        "lowest 254 (June 2022), highest 839 (May 2022). The table holds every value."
    )
    assert chart.key == ""


@pytest.mark.parametrize(("paths", "drawn"), [(1, 1), (2, 2), (4, 4), (5, 4), (9, 4)])
def test_at_most_four_paths_are_drawn_in_their_order(paths: int, drawn: int) -> None:
    rows = pd.concat([path(f"Path {number}", [number, number + 1]) for number in range(paths)])
    chart = line_chart(rows, "paths")
    assert [trace.name for trace in chart.figure.data] == [f"Path {number}" for number in range(drawn)]
    assert len({(trace.line.color, trace.line.dash) for trace in chart.figure.data}) == drawn
    assert bool(chart.figure.layout.showlegend) == (drawn > 1)
    assert chart.alt.count(" at first ") == drawn


def test_few_points_have_marks_and_many_have_none() -> None:
    assert line_chart(path("Short", [1.0] * 20), "short").figure.data[0].mode == "lines+markers"
    assert line_chart(path("Long", [1.0] * 21), "long").figure.data[0].mode == "lines"


def test_events_inside_the_path_are_numbered_by_date_and_keyed() -> None:
    chart = line_chart(BACKLOG, "crimes waiting", EVENTS)
    assert (
        chart.key
        == "Events: 1 On the first day, 1 April 2022; 2 Catch-up, 15 June 2022; 3 On the last day, 31 July 2022."
    )
    notes = [(note.text, pd.Timestamp(note.x)) for note in chart.figure.layout.annotations]
    assert notes == [
        ("1", pd.Timestamp("2022-04-01")),
        ("2", pd.Timestamp("2022-06-15")),
        ("3", pd.Timestamp("2022-07-31")),
    ]
    assert [pd.Timestamp(shape.x0) for shape in chart.figure.layout.shapes] == [when for _, when in notes]
    assert " Events marked: On the first day; Catch-up; On the last day." in chart.alt


@pytest.mark.parametrize("events", [None, EVENTS.iloc[:0], EVENTS[EVENTS["title"].str.startswith("Too")]])
def test_no_event_inside_the_path_means_no_number_and_no_key(events: pd.DataFrame | None) -> None:
    chart = line_chart(BACKLOG, "crimes waiting", events)
    assert chart.key == ""
    assert len(chart.figure.layout.annotations) == 0
    assert len(chart.figure.layout.shapes) == 0
    assert "Events" not in chart.alt


def test_a_number_leans_into_the_chart() -> None:
    notes = line_chart(BACKLOG, "crimes waiting", EVENTS).figure.layout.annotations
    assert [note.xanchor for note in notes] == ["left", "right", "right"]


def test_words_that_must_stand_inside_do() -> None:
    chart = line_chart(BACKLOG, "999 calls", EVENTS, STAMP)
    assert [note.text for note in chart.figure.layout.annotations] == ["1", "2", "3", f"<b>{STAMP}</b>"]
    stamp = chart.figure.layout.annotations[-1]
    assert (stamp.xref, stamp.yref) == ("paper", "paper")
    assert 0 < stamp.x < 1
    assert 0 < stamp.y < 1
    assert chart.alt.startswith(f"{STAMP}. Line chart of 999 calls.")
    assert STAMP not in line_chart(BACKLOG, "999 calls").alt


def test_the_axis_starts_at_nought_and_says_its_unit() -> None:
    axis = line_chart(BACKLOG.assign(unit="minutes"), "times").figure.layout.yaxis
    assert (axis.title.text, axis.rangemode) == ("Minutes", "tozero")


def test_a_chart_is_never_changed_by_the_next() -> None:
    before = BACKLOG.copy(deep=True), EVENTS.copy(deep=True)
    first = line_chart(BACKLOG, "crimes waiting", EVENTS)
    kept = first.figure.to_json()
    line_chart(path("Other", [1, 2, 3]), "other", None, STAMP)
    assert first.figure.to_json() == kept
    assert line_chart(BACKLOG, "crimes waiting", EVENTS).figure.to_json() == kept
    pd.testing.assert_frame_equal(BACKLOG, before[0])
    pd.testing.assert_frame_equal(EVENTS, before[1])
