"""Areas beside the rest: in order, in words, with what is withheld or only a range never drawn as a value."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.area_intervals import area_interval_chart
from charts.palette import Chart
from tests.charts.compared import NAMES, PERCENTS, WHY, counts, rates, shares

RANGE = pd.DataFrame({"area": ["Most teams"], "low": [0.64], "high": [0.74]})


def trace(chart: Chart, name: str) -> go.Scatter:
    """The one trace of a name."""
    (found,) = [each for each in chart.figure.data if each.name == name]
    return found


def words(chart: Chart) -> list[str]:
    """What stands in each row, the top first."""
    notes = [note for note in chart.figure.layout.annotations if note.yref != "paper"]
    return [note.text for note in sorted(notes, key=lambda note: -note.y)]


def test_the_largest_value_is_on_top_and_each_row_tells_value_interval_verdict_and_rest() -> None:
    chart = area_interval_chart(shares(), "Q12")
    ordered = [name for _, name in sorted(zip(PERCENTS, NAMES, strict=True), reverse=True)]
    assert [text.split("  ")[0] for text in words(chart)] == ordered
    told = dict(zip(ordered, words(chart), strict=True))
    assert told["East Staffs"] == "East Staffs  <b>46% (38% to 55%)</b><br>▼ below the rest (70%)"
    assert told["Lichfield"] == "Lichfield  <b>59% (50% to 67%)</b><br>▽ likely below the rest (69%)"
    assert told["Stone"].endswith("▲ above the rest (66%)")
    assert told["City"].endswith("○ cannot be told apart from the rest (68%)")


def test_marks_stand_at_their_values_and_a_row_holds_its_own() -> None:
    chart = area_interval_chart(shares(), "Q12", shrunken=True)
    dots, rest, shrunken = trace(chart, "areas"), trace(chart, "the rest of the force"), trace(chart, "shrunken")
    assert list(dots.x) == pytest.approx(sorted(PERCENTS, reverse=True))
    assert list(dots.y) == sorted(dots.y, reverse=True) == list(rest.y)
    assert dots.error_x.visible
    low, high = dots.x - dots.error_x.arrayminus, dots.x + dots.error_x.array
    compared = shares().sort_values("estimate", ascending=False)
    assert list(low) == pytest.approx((compared["lower"] * 100).tolist())
    assert list(high) == pytest.approx((compared["upper"] * 100).tolist())
    assert list(rest.x) == pytest.approx((compared["rest"] * 100).tolist())
    assert list(shrunken.x) == pytest.approx((compared["shrunk"] * 100).tolist())
    assert all(0 < above - below < 20 for above, below in zip(dots.y, shrunken.y, strict=True))


def test_nothing_is_told_by_colour_alone() -> None:
    chart = area_interval_chart(shares(), "Q12", shrunken=True)
    symbols, rows = trace(chart, "areas").marker.symbol, words(chart)
    by_words = {(row.split("<br>")[1].split(" (")[0], symbol) for row, symbol in zip(rows, symbols, strict=True)}
    assert len(by_words) == len({symbol for _, symbol in by_words}) == 4
    others = {trace(chart, name).marker.symbol for name in ("the rest of the force", "shrunken")}
    assert not others & set(symbols)
    (key,) = [note.text for note in chart.figure.layout.annotations if "×" in note.text]
    assert key == "× the rest of the force<br>◇ shrunken towards the mean of all areas"


def test_the_whole_force_is_a_line_with_its_name() -> None:
    figure = area_interval_chart(shares(), "Q12").figure
    assert [shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1] == pytest.approx([68.0])
    (name,) = [note for note in figure.layout.annotations if note.text == "whole force 68%"]
    assert name.x == pytest.approx(68.0)


def test_a_range_is_a_band_without_a_dot_and_says_so() -> None:
    own = shares()
    chart = area_interval_chart(own[own["area"].isin(["Lichfield", "East Staffs"])], "Q12", ranges=RANGE)
    band = trace(chart, "published only as a range")
    assert (band.type, band.base[0], band.base[0] + band.x[0]) == ("bar", pytest.approx(64), pytest.approx(74))
    assert words(chart)[-1] == "Most teams  <b>64% to 74%</b><br>published only as a range"
    assert band.y[0] not in list(trace(chart, "areas").y)
    assert len(trace(chart, "areas").x) == 2
    assert " Published only as a range: Most teams, 64% to 74%. " in chart.alt


@pytest.mark.parametrize(
    ("low", "high", "said", "ends"), [(0.9, None, "above 90%", (90, 100)), (None, 0.1, "up to 10%", (0, 10))]
)
def test_a_range_without_one_end_goes_on_to_the_edge(
    low: float | None, high: float | None, said: str, ends: tuple[float, float]
) -> None:
    ranges = pd.DataFrame({"area": ["All teams"], "low": [low], "high": [high]}).astype({"low": float, "high": float})
    chart = area_interval_chart(shares()[:0], "Q1", ranges=ranges)
    band = trace(chart, "published only as a range")
    assert (band.base[0], band.base[0] + band.x[0]) == pytest.approx(ends)
    assert said in words(chart)[0]
    assert chart.key == ""


def test_a_withheld_area_keeps_a_row_that_says_why_and_nothing_is_drawn_of_it() -> None:
    chart = area_interval_chart(shares("Moorlands", "City"), "Q12", shrunken=True)
    assert [row.split("<br>")[0] for row in words(chart)[-2:]] == [
        "City  <b>withheld</b>",
        "Moorlands  <b>withheld</b>",
    ]
    assert words(chart)[-1].replace("<br>", " ").endswith(WHY)
    lowest, highest = chart.figure.layout.yaxis.range
    assert all(lowest <= note.y <= highest for note in chart.figure.layout.annotations if note.yref != "paper")
    for name in ("areas", "the rest of the force", "shrunken"):
        assert len(trace(chart, name).x) == 8
    assert " Withheld: City, Moorlands. " in chart.alt
    assert "City 68%" not in chart.alt


def test_the_alternative_tells_who_stands_out_with_the_numbers() -> None:
    assert area_interval_chart(shares(), "Q12 Confidence").alt == (
        "Interval chart of Q12 Confidence, the largest value on top. Whole force: 68%. "
        "Stone 84% (77% to 89%), above the rest (66%). Lichfield 59% (50% to 67%), likely below the rest (69%). "
        "East Staffs 46% (38% to 55%), below the rest (70%). Cannot be told apart from the rest: Moorlands 74%, "
        "Stafford 72%, Cannock 71%, Newcastle 70%, Tamworth 69%, City 68%, South Staffs 66%. "
        "Bars are 95% intervals. The table below holds every value."
    )


def test_rates_and_counts_are_written_as_such() -> None:
    chart = area_interval_chart(rates(), "burglary", "per_1000")
    assert words(chart)[0] == "North  <b>5.0 (3.8 to 6.4)</b><br>△ likely above the rest (3.7)"
    assert chart.alt.startswith("Interval chart of burglary, per 1,000 residents, the largest value on top.")
    assert chart.figure.layout.xaxis.title.text == "Per 1,000 residents (not from 0)"
    plain = counts().assign(estimate=counts()["value"] * 10, lower=float("nan"), upper=float("nan"), caveat="")
    counted = area_interval_chart(plain.assign(confidence=0.95), "burglary", "count")
    assert words(counted)[0] == "West  <b>4,400</b>"
    assert (counted.key, "interval." in counted.alt) == ("", False)


def test_invented_answers_are_called_so_and_nothing_is_said_of_who_differs() -> None:
    chart = area_interval_chart(shares(), "Q12", stamp="Example with invented answers")
    assert "<b>Example with invented answers</b>" in [note.text for note in chart.figure.layout.annotations]
    assert chart.alt.startswith("Example with invented answers. Interval chart of Q12, ")
    assert not [text for text in [*words(chart), chart.alt] if "below" in text.replace("table below", "")]
    assert set(trace(chart, "areas").marker.symbol) == {"circle"}
