"""Pictures of charts: all that a chart says is drawn, every kind of chart can be, and what cannot be is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from lxml import etree
from PIL import Image

from charts.answers import answer_chart
from charts.area_intervals import area_interval_chart
from charts.bands import band_chart, season_chart
from charts.dots import dot_chart
from charts.funnels import funnel_chart
from charts.lines import line_chart
from charts.palette import CATEGORICAL, SURFACE, Chart, base_figure
from charts.pictures import picture_png, picture_svg
from charts.tiles import tile_chart
from tests.charts import test_answers, test_bands, test_funnels, test_lines, test_tiles
from tests.charts.compared import shares

STAMP = "Example with invented figures"
SEASON = pd.DataFrame(
    {"label": ["Jan", "Feb"], "name": ["January", "February"], "value": [-12.0, 12], "lower": [-15.0, 10],
     "upper": [-10.0, 15], "text": ["12% below", "12% above"]}
)  # fmt: skip
DOTS = pd.DataFrame(
    {
        "label": ["Cases", "Cases", "A & B <5 $x$", "A & B <5 $x$"], "series": ["2021/22", "2022/23"] * 2,
        "value": [10.0, 12, 4000, 5000], "unit": "count", "text": ["10", "12", "4,000", "5,000"],
        "period_start": pd.to_datetime(["2021-04-01", "2022-04-01"] * 2), "lower": [5.0, 6, 3900, 4900],
        "upper": [18.0, 21, 4100, 5100],
    }
)  # fmt: skip
KINDS: dict[str, Callable[[], Chart]] = {
    "dots": lambda: dot_chart(DOTS, "cases", stamp=STAMP),
    "lines": lambda: line_chart(test_lines.BACKLOG, "crimes waiting", test_lines.EVENTS, STAMP),
    "bands": lambda: band_chart(test_bands.ROWS, "calls", "Calls", "expected", "95% band", stamp=STAMP),
    "season": lambda: season_chart(SEASON, "calls", STAMP),
    "funnels": lambda: funnel_chart(test_funnels.ROWS, test_funnels.FOUND, "burglary", STAMP),
    "areas": lambda: area_interval_chart(
        shares("Tamworth"),
        "confidence",
        ranges=pd.DataFrame({"area": ["Leek"], "low": [0.6], "high": [0.7]}),
        stamp=STAMP,
    ),
    "tiles": lambda: tile_chart(test_tiles.of_tiles(), test_tiles.TILES, "Q12", stamp=STAMP),
    "answers": lambda: answer_chart(test_answers.rows(test_answers.GIVEN), test_answers.SIDES, "Q8", stamp=STAMP),
}


def texts(svg: str) -> list[str]:
    """Every text of a drawing, in its order, and that the drawing is sound."""
    root = etree.fromstring(svg.encode())
    return ["".join(each.itertext()).strip() for each in root.iter("{http://www.w3.org/2000/svg}text")]


def plain(told: str) -> str:
    return re.sub(r"<[/a-z][^>]*>", " ", told)


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_chart_stands_in_its_picture_as_text(kind: str) -> None:
    chart = KINDS[kind]()
    told = " ".join(texts(picture_svg(chart, "one")))
    wanted = [word for note in chart.figure.layout.annotations for word in plain(note.text).split()]
    for axis in (chart.figure.layout.xaxis, chart.figure.layout.yaxis):
        wanted += (axis.title.text or "").split() if axis.visible is not False else []
    assert [word for word in wanted if word not in told] == []
    assert STAMP in told


@pytest.mark.parametrize("kind", KINDS)
def test_words_lie_inside_the_picture(kind: str) -> None:
    root = etree.fromstring(picture_svg(KINDS[kind](), "one").encode())
    _, _, wide, high = map(float, root.get("viewBox").split())
    for each in root.iter("{http://www.w3.org/2000/svg}text"):
        turned = re.search(r"(?:translate|rotate)\((?:-?[\d.]+ )?([\d.]+) ([\d.]+)\)", each.get("transform") or "")
        x, y = map(float, turned.groups() if turned else (each.get("x"), each.get("y")))
        assert 0 <= x <= wide and 0 <= y <= high, "".join(each.itertext())


@pytest.mark.parametrize("kind", KINDS)
def test_a_png_stands_on_its_light_card_and_holds_the_chart_s_own_colours(kind: str) -> None:
    drawn = picture_png(KINDS[kind]())
    image = Image.open(io.BytesIO(drawn.content)).convert("RGB")
    assert image.size[0] / drawn.width == pytest.approx(2.5, abs=0.01)
    assert image.getpixel((0, 0)) == tuple(bytes.fromhex(SURFACE[1:]))
    seen = {colour for _, colour in image.getcolors(1 << 24)}
    assert any(tuple(bytes.fromhex(colour[1:])) in seen for colour in CATEGORICAL)


def test_marks_stand_where_the_values_are() -> None:
    """Of three dots the middle value's lies in the middle, to a pixel."""
    figure = base_figure(200)
    figure.add_scatter(x=[0, 5, 10], y=[1, 1, 1], mode="markers", marker={"color": CATEGORICAL[2], "size": 8})
    figure.update_xaxes(range=[-1, 11])
    image = Image.open(io.BytesIO(picture_png(Chart(figure, "")).content)).convert("RGB")
    colour = tuple(bytes.fromhex(CATEGORICAL[2][1:]))
    columns = sorted({place % image.width for place, each in enumerate(image.get_flattened_data()) if each == colour})
    runs = [[columns[0]]]
    for column in columns[1:]:
        runs[-1].append(column) if column - runs[-1][-1] < 5 else runs.append([column])
    middles = [(run[0] + run[-1]) / 2 for run in runs]
    assert len(middles) == 3
    assert middles[1] - middles[0] == pytest.approx(middles[2] - middles[1], abs=2.5)


def test_a_log_axis_is_one_and_odd_names_stay_as_they_are() -> None:
    told = texts(picture_svg(KINDS["dots"](), "one"))
    assert {"10", "100", "1,000"} <= set(told)
    assert any("A & B <5 $x$" in each for each in told)


def test_two_pictures_of_a_page_share_no_id() -> None:
    chart = KINDS["areas"]()
    ids = [set(re.findall(r' id="([^"]+)"', picture_svg(chart, name))) for name in ("chart_1", "chart_2")]
    assert ids[0]
    assert ids[0] & ids[1] == set()
    assert picture_svg(chart, "chart_1") == picture_svg(chart, "chart_1"), "the same chart is drawn the same"


def test_a_drawing_styles_nothing_but_itself_and_is_described() -> None:
    chart = KINDS["lines"]()
    svg = picture_svg(chart, "one")
    root = etree.fromstring(svg.encode())
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert root.find("{http://www.w3.org/2000/svg}title").text == chart.alt


def test_what_is_no_chart_here_is_refused() -> None:
    pie: Any = go.Figure(go.Heatmap(z=[[1]], x=["a"], y=["b"]), layout=base_figure(200).layout)
    with pytest.raises(ValueError, match="points, lines and bars, not of heatmap"):
        picture_png(Chart(pie, ""))
