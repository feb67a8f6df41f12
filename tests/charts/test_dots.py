"""Dot charts: every value drawn and named, in words too, on an axis that fits."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.printed_tables import chart_rows
from charts.dots import dot_chart
from charts.palette import mark, shape
from tests.published import release

STARTS = {"2019/20": "2019-04-01", "2021/22": "2021-04-01", "2022/23": "2022-04-01"}


def rows(values: dict[str, dict[str, float]], unit: str = "count") -> pd.DataFrame:
    """Rows as a chart takes them, from label and period to value."""
    told = [
        {
            "label": label,
            "series": series,
            "kind": "level",
            "row_kind": "part",
            "value": value,
            "unit": unit,
            "text": f"{value:,g}",
            "period_start": pd.Timestamp(STARTS[series]),
            "period_end": pd.Timestamp(STARTS[series]) + pd.DateOffset(years=1, days=-1),
            "lower": float("nan"),
            "upper": float("nan"),
        }
        for label, own in values.items()
        for series, value in own.items()
    ]
    return pd.DataFrame(told)


ASB = rows({
    "Personal": {"2021/22": 11488, "2022/23": 7421, "2019/20": 11345},
    "Environmental": {"2021/22": 370, "2022/23": 315, "2019/20": 489},
})  # fmt: skip


def dots(chart: object) -> dict[str, list[tuple[float, str]]]:
    """Value and text of every dot by period."""
    traces = [trace for trace in chart.figure.data if "markers" in trace.mode]  # type: ignore[attr-defined]
    return {trace.name: list(zip(trace.x, trace.text, strict=True)) for trace in traces}


def names(chart: object) -> list[tuple[str, float]]:
    """What stands at each row, and its height: a key stands outside of the rows."""
    notes = chart.figure.layout.annotations  # type: ignore[attr-defined]
    return [(note.text, note.y) for note in notes if note.yref != "paper"]


def test_every_value_is_drawn_under_its_period() -> None:
    assert dots(dot_chart(ASB, "ASB, count")) == {
        "2022/23": [(7421, "7,421"), (315, "315")],
        "2021/22": [(11488, "11,488"), (370, "370")],
        "2019/20": [(11345, "11,345"), (489, "489")],
    }


def test_the_alternative_names_every_value_in_the_order_of_time() -> None:
    assert dot_chart(ASB, "ASB, count").alt == (
        "Dot chart of ASB, count. Personal: 2019/20 11,345, 2021/22 11,488, 2022/23 7,421. "
        "Environmental: 2019/20 489, 2021/22 370, 2022/23 315. The table below holds every value."
    )


def test_a_long_alternative_tells_eight_rows_and_counts_the_rest() -> None:
    many = rows({f"Row {number}": {"2021/22": number, "2022/23": number + 100} for number in range(1, 12)})
    alt = dot_chart(many, "many, count").alt
    assert "Row 8: 2021/22 8, 2022/23 108. 3 more rows. The table below holds every value." in alt
    assert "Row 9" not in alt


def test_the_latest_period_is_marked_first_and_its_values_stand_beside_the_names() -> None:
    chart = dot_chart(ASB, "ASB, count")
    marks = {trace.name: trace.marker.symbol for trace in chart.figure.data if "markers" in trace.mode}
    assert marks == {"2022/23": mark(0)["symbol"], "2021/22": mark(1)["symbol"], "2019/20": mark(2)["symbol"]}
    assert [name for name, _ in names(chart)] == ["Personal  <b>7,421</b>", "Environmental  <b>315</b>"]


def test_a_row_without_a_latest_value_keeps_its_name() -> None:
    values = {"Old": {"2021/22": 4.0}, "Both": {"2021/22": 4.0, "2022/23": 5.0}}
    assert [name for name, _ in names(dot_chart(rows(values), "two"))] == ["Old", "Both  <b>5</b>"]


def test_the_first_row_stands_at_the_top() -> None:
    chart = dot_chart(ASB, "ASB")
    (_, first), (_, second) = names(chart)
    assert first > second
    for trace in chart.figure.data:
        if "markers" in trace.mode:
            above, below = trace.y
            assert abs(above - first) < 0.5 > abs(below - second), "a dot stands in its own row"


def test_a_key_names_each_period_once_with_its_shape_in_the_order_of_time() -> None:
    figure = dot_chart(ASB, "ASB").figure
    assert not figure.layout.showlegend
    (key,) = [note.text for note in figure.layout.annotations if note.yref == "paper"]
    periods = ["2019/20", "2021/22", "2022/23"]
    assert re.findall(r"\d{4}/\d\d", key) == periods
    for place, period in enumerate(reversed(periods)):
        assert f"{shape(place)} {period}" in key


def test_bars_are_drawn_where_limits_are_known_and_told() -> None:
    known = ASB.assign(lower=ASB["value"] - 10, upper=ASB["value"] + 20)
    known.loc[known["label"] == "Environmental", ["lower", "upper"]] = float("nan")
    chart = dot_chart(known, "ASB", 0.9)
    for trace in chart.figure.data:
        if "markers" in trace.mode:
            bars = trace.error_x
            assert (list(bars.arrayminus), list(bars.array), bars.visible) == ([10, 0], [20, 0], True)
    assert chart.key == "Bars are 90% intervals."
    assert " Bars are 90% intervals. " in chart.alt
    none = dot_chart(ASB, "ASB")
    assert none.key == ""
    assert not any(trace.error_x.visible for trace in none.figure.data)


@pytest.mark.parametrize(
    ("small", "large", "unit", "axis"),
    [
        (10, 500, "count", "linear"),  # fifty times: just not
        (10, 501, "count", "log"),
        (1, 51, "count", "log"),
        (0, 5000, "count", "linear"),  # nought has no place on a log axis
        (-10, 5000, "count", "linear"),
        (0.5, 99, "percent", "linear"),
        (10, 501, "gbp_thousand", "linear"),
    ],
)
def test_a_log_axis_is_for_counts_more_than_fifty_times_apart(small: float, large: float, unit: str, axis: str) -> None:
    values = {"Small": {"2021/22": small, "2022/23": small}, "Large": {"2021/22": large, "2022/23": large}}
    chart = dot_chart(rows(values, unit), "two")
    assert chart.figure.layout.xaxis.type == axis
    said = "log scale: equal distances are equal ratios" in chart.figure.layout.xaxis.title.text
    assert said == (axis == "log")
    if axis == "linear":
        assert chart.figure.layout.xaxis.rangemode == "tozero"


def test_a_chart_is_never_changed_by_the_next() -> None:
    before = ASB.copy(deep=True)
    first = dot_chart(ASB, "ASB")
    kept = first.figure.to_json()
    dot_chart(rows({"Other": {"2021/22": 1, "2022/23": 900}}), "other")
    assert first.figure.to_json() == kept
    assert dot_chart(ASB, "ASB").figure.to_json() == kept
    pd.testing.assert_frame_equal(ASB, before)


def test_a_long_name_is_broken_in_the_chart_and_whole_in_its_words() -> None:
    name = "Serious Violence (Robbery & Violence with Injury), all of it"
    chart = dot_chart(rows({name: {"2021/22": 8990, "2022/23": 13356}}), "violence")
    drawn = names(chart)[0][0]
    assert "<br>" in drawn
    assert drawn.replace("<br>", " ").startswith(name)
    assert f"{name}: 2021/22 8,990" in chart.alt


def level_tables() -> list[str]:
    own = release()
    tables = []
    for table in own.tables["id"]:
        drawn = chart_rows(own.figures[own.figures["table"] == table])
        tables += [table] if len(drawn) and drawn["kind"].iloc[0] == "level" else []
    return tables


@pytest.mark.parametrize("table", level_tables())
def test_every_published_level_is_drawn(table: str) -> None:
    own = release()
    drawn = chart_rows(own.figures[own.figures["table"] == table])
    for unit, group in drawn.groupby("unit", sort=False):
        chart = dot_chart(group, f"{table}, {unit}")
        points = [point for period in dots(chart).values() for point in period]
        assert sorted(points) == sorted(zip(group["value"], group["text"], strict=True))
        assert not re.search(r"\bnan\b|NaT", chart.alt)


def test_a_note_stands_below_a_name_and_a_stamp_above_the_marks_within_the_chart() -> None:
    told = dot_chart(
        ASB.assign(note=["fell" if name == "Personal" else "" for name in ASB["label"]]), "ASB", stamp="Invented"
    )
    texts = [note.text for note in told.figure.layout.annotations]
    assert "Personal  <b>7,421</b><br>fell" in texts
    assert any(text.startswith("<b>Invented</b><br>") for text in texts)
    assert "Invented" not in "".join(note.text for note in dot_chart(ASB, "ASB").figure.layout.annotations)
    assert told.alt.startswith("Invented. Dot chart of ASB.")


def test_a_long_value_goes_on_a_line_of_its_own() -> None:
    long = ASB.assign(text="68% (65% to 71%), of those who answered")
    assert any("<br><b>68%" in note.text for note in dot_chart(long, "ASB").figure.layout.annotations)
