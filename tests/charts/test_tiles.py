"""Tile maps: every area in its place with name, value and verdict in words, none of it by colour alone."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.palette import TEXT, Chart
from charts.tiles import tile_chart
from tests.charts.compared import rates, shares
from tests.charts.test_palette import contrast

TILES = pd.DataFrame({
    "area": ["City", "Stafford", "East Staffs", "Lichfield", "Stone", "Hanley", "Staffordshire"],
    "tile_row": [1, 2, 2, 3, 1, 3, float("nan")],
    "tile_column": [2, 2, 3, 3, 1, 1, float("nan")],
})  # fmt: skip


def of_tiles(*withheld: str) -> pd.DataFrame:
    told = shares(*withheld)
    return told[told["area"].isin(TILES["area"])]


def tiles(chart: Chart) -> dict[tuple[float, float], str]:
    """What stands at each row and column."""
    return {(note.y, note.x): note.text for note in chart.figure.layout.annotations if note.yref != "paper"}


def test_every_area_stands_in_its_place_with_value_and_verdict() -> None:
    assert tiles(tile_chart(of_tiles(), TILES, "Q12")) == {
        (1, 1): "Stone<br><b>84%</b><br>▲ above the<br>rest",
        (1, 2): "City<br><b>68%</b><br>○ cannot be<br>told apart",
        (2, 2): "Stafford<br><b>72%</b><br>○ cannot be<br>told apart",
        (2, 3): "East Staffs<br><b>46%</b><br>▼ below the<br>rest",
        (3, 1): "Hanley<br><b>no value</b>",
        (3, 3): "Lichfield<br><b>59%</b><br>▽ likely below<br>the rest",
    }


def test_row_one_is_the_top_and_tiles_are_square_at_every_width() -> None:
    layout = tile_chart(of_tiles(), TILES, "Q12").figure.layout
    assert tuple(layout.yaxis.range) == (3.5, 0.5)
    assert tuple(layout.xaxis.range) == (0.5, 3.5)
    assert layout.yaxis.scaleanchor == "x"
    assert len(layout.shapes) == 6
    assert {round(shape.x1 - shape.x0, 6) for shape in layout.shapes} == {0.94}
    assert {round(shape.y1 - shape.y0, 6) for shape in layout.shapes} == {0.94}


def test_words_can_be_read_on_every_tint_and_border_tells_who_stands_out() -> None:
    layout = tile_chart(of_tiles(), TILES, "Q12").figure.layout
    assert len({shape.fillcolor for shape in layout.shapes}) > 3
    assert min(contrast(TEXT, shape.fillcolor) for shape in layout.shapes) >= 7
    widths = {(shape.y0 + shape.y1) / 2: shape.line.width for shape in layout.shapes if shape.x0 > 2.5}
    assert widths == {2: 3, 3: 2}, "East Staffs differs, Lichfield likely"


def test_withheld_and_absent_are_said_in_the_tile_and_why_in_words() -> None:
    chart = tile_chart(of_tiles("City"), TILES, "Q12")
    assert tiles(chart)[1, 2] == "City<br><b>withheld</b>"
    assert " City: withheld. Withheld to protect respondents: fewer than 30 answered. " in chart.alt
    assert " Hanley: no value. " in chart.alt
    assert "68%" not in chart.figure.to_json()


def test_the_alternative_lists_every_area_from_the_top_left() -> None:
    assert tile_chart(of_tiles(), TILES, "Q12").alt == (
        "Tile map of Q12. Stone: 84% (77% to 89%), above the rest. "
        "City: 68% (59% to 75%), cannot be told apart from the rest. "
        "Stafford: 72% (64% to 79%), cannot be told apart from the rest. "
        "East Staffs: 46% (38% to 55%), below the rest. Hanley: no value. "
        "Lichfield: 59% (50% to 67%), likely below the rest. The table below holds every value."
    )


def test_a_range_is_told_as_one_and_never_before_a_value() -> None:
    ranges = pd.DataFrame({"area": ["Hanley", "City", "Most teams"], "low": 0.64, "high": 0.74})
    chart = tile_chart(of_tiles(), TILES, "Q12", ranges=ranges)
    assert tiles(chart)[3, 1] == "Hanley<br><b>64% to 74%</b><br>range only"
    assert "<b>68%</b>" in tiles(chart)[1, 2]
    assert chart.key.endswith("Not on the map: Most teams: 64% to 74%, published only as a range.")
    assert "Not on the map: Most teams" in chart.alt


def test_long_names_are_wrapped_and_rates_say_per_what() -> None:
    long = rates().replace({"North": "Newcastle-under-Lyme", "South": "Staffordshire Moorlands"})
    placed = pd.DataFrame({"area": long["area"], "tile_row": [1, 1, 2], "tile_column": [1, 3, 2]})
    chart = tile_chart(long, placed, "burglary", "per_1000")
    assert tiles(chart)[1, 1].startswith("Newcastle-<br>under-Lyme<br><b>5.0</b>")
    assert tiles(chart)[1, 3].startswith("Staffordshire<br>Moorlands<br><b>3.6</b>")
    assert chart.alt.startswith("Tile map of burglary, per 1,000 residents.")
    assert chart.key.startswith("Per 1,000 residents.")


def test_invented_answers_are_called_so_and_get_no_verdict() -> None:
    chart = tile_chart(of_tiles(), TILES, "Q12", stamp="Example with invented answers")
    assert chart.alt.startswith("Example with invented answers. Tile map of Q12.")
    assert "<b>Example with invented answers</b>" in [note.text for note in chart.figure.layout.annotations]
    assert tiles(chart)[2, 3] == "East Staffs<br><b>46%</b>"
    assert len({shape.line.width for shape in chart.figure.layout.shapes}) == 1


def test_areas_without_a_place_cannot_be_mapped() -> None:
    with pytest.raises(ValueError, match=r"No area has a place on the tile map\. Give tile_row and tile_column"):
        tile_chart(of_tiles(), TILES[-1:], "Q12")
