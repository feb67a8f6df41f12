"""Paths with bands: every value drawn once, what is marked is named, and words for those who do not see."""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts.bands import band_chart, season_chart, week_chart, year_chart

STARTS = pd.date_range("2023-01-01", periods=4, freq="MS")
ROWS = pd.DataFrame(
    {
        "period_start": STARTS, "period_end": STARTS + pd.offsets.MonthEnd(0), "value": [10.0, 12.0, np.nan, 30.0],
        "middle": [11.0, 11.0, 11.0, 11.0], "lower": [np.nan, np.nan, 8.0, 8.0], "upper": [np.nan, np.nan, 14.0, 14.0],
        "text": ["10", "12", "no value", "30"], "mark": ["", "", "", "outside"],
    }
)  # fmt: skip


def traces(chart: object) -> dict[str, object]:
    return {trace.name: trace for trace in chart.figure.data}  # type: ignore[attr-defined]


def test_values_middle_and_band_are_drawn_and_a_gap_stays_a_gap() -> None:
    drawn = traces(band_chart(ROWS, "calls", "count", "expected", "its band"))
    assert drawn["observed"].y[2] != drawn["observed"].y[2]  # type: ignore[attr-defined]
    assert list(drawn["expected"].y) == [11.0] * 4  # type: ignore[attr-defined]
    assert list(drawn["its band"].y) == [8.0, 8.0]  # type: ignore[attr-defined]
    assert list(drawn["marked"].y) == [30.0]  # type: ignore[attr-defined]


def test_words_name_first_last_and_what_is_marked() -> None:
    alt = band_chart(ROWS, "calls", "count", "expected", "its band", stamp="Invented").alt
    assert alt == (
        "Invented. Line chart of calls, with its band. Jan 2023 10, Apr 2023 30. Marked: Apr 2023: outside. The table "
        "below holds every value."
    )


def test_another_guess_is_drawn_only_when_there_is_one() -> None:
    told = ROWS.assign(other=9.0)
    assert "last year" in traces(band_chart(told, "calls", "count", "forecast", "band", other="last year"))
    assert len(traces(band_chart(ROWS, "calls", "count", "forecast", "band"))) == 4


def test_events_are_numbered_and_keyed() -> None:
    events = pd.DataFrame({"title": ["New model"], "from": [pd.Timestamp("2023-02-10")]})
    chart = band_chart(ROWS, "calls", "count", "expected", "band", events=events)
    assert chart.key == "Events: 1 New model, 10 February 2023."
    assert "Events marked: New model." in chart.alt


def test_a_season_tells_every_step() -> None:
    rows = pd.DataFrame(
        {
            "label": ["Jan", "Jul"], "name": ["January", "July"], "value": [-20.0, 18.0], "lower": [-22.0, 15.0],
            "upper": [-18.0, 19.0], "text": ["20% below", "18% above"],
        }
    )  # fmt: skip
    chart = season_chart(rows, "calls, their season")
    assert "January 20% below; July 18% above" in chart.alt
    bar = chart.figure.data[0]
    assert list(bar.error_y.array) == [2.0, 1.0]
    assert list(bar.error_y.arrayminus) == [2.0, 3.0]


def test_years_lie_over_each_other_the_last_one_strongest() -> None:
    rows = pd.DataFrame(
        {
            "series": ["a", "a", "b", "b"], "place": [1, 2] * 2, "label": ["Jan", "Feb"] * 2,
            "value": [1.0, 2.0, 3.0, 4.0], "text": ["1", "2", "3", "4"],
        }
    )  # fmt: skip
    chart = year_chart(rows, "calls", "a day")
    assert [(trace.name, trace.line.width) for trace in chart.figure.data] == [("b", 3), ("a", 1.5)]
    assert "b: highest 4 in Feb, lowest 3 in Jan." in chart.alt


def test_an_empty_hour_is_left_empty_and_counted_in_words() -> None:
    table = pd.DataFrame({"day": ["Monday", "Monday"], "hour": [8, 9], "n": [np.nan, 5.0], "share": [np.nan, 1.0]})
    chart = week_chart(table, "events")
    assert np.isnan(chart.figure.data[0].z[0][0])
    assert "Busiest: Monday 9:00, 5" in chart.alt
    assert "One hour is empty." in chart.alt
