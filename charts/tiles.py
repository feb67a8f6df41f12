"""A tile map: a square an area, roughly where it lies, with its value and its verdict in words and by a mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.area_values import AREA_UNITS, area_value, interval_words, range_said
from charts.area_marks import in_lines, side_of, why_withheld
from charts.palette import CATEGORICAL, FURNITURE, SURFACE, TEXT, Chart, base_figure, stamp_on, tint

__all__ = ["tile_chart"]

_SIDE = 112  # pixels of a tile where there is room
_GAP = 0.03  # of a tile, on each of its sides
_WIDE = 44  # letters that fit across a phone, over all columns
_TINTS = {"differs": 0.24, "likely differs": 0.10}
_THICK = {"differs": 3.0, "likely differs": 2.0}
_SHORT = {"cannot be told apart from the rest": "cannot be told apart"}
_ABSENT = "no value"
_RANGE = "range only"


@dataclass(frozen=True)
class _Tile:
    """What one tile says: its value in bold, then words; how it looks; and the same in a sentence."""

    value: str
    words: str
    said: str
    colour: str = SURFACE
    border: float = 1.0
    dash: str = "solid"


def tile_chart(
    rows: pd.DataFrame, tiles: pd.DataFrame, title: str, unit: str = "percent", *, ranges: pd.DataFrame | None = None,
    stamp: str = "",
) -> Chart:  # fmt: skip
    """Draw a square for every area that has a place on the map, whether or not it has a value.

    Parameters
    ----------
    rows
        One question and measure of ``analysis.areas.compare_areas``: ``area, estimate, lower, upper, caveat`` and,
        where they are known, ``measure, difference, verdict``. Shares are 0 to 1.
    tiles
        ``area, tile_row, tile_column``, named as in ``rows``; row 1 is the top. Areas without a place are not drawn,
        and told in words. Four columns can be read on a phone.
    title
        What is compared, for the text alternative.
    unit
        ``percent``, ``per_1000`` or ``count``.
    ranges
        Areas of which a report prints only a range: ``area, low, high``.
    stamp
        Words that must stand inside the chart, such as "Example with invented answers"; no verdict is shown with them.

    Raises
    ------
    ValueError
        When no area has a place on the map.
    """
    rows = rows.drop(columns="verdict", errors="ignore") if stamp else rows
    placed = tiles.dropna(subset=["tile_row", "tile_column"]).sort_values(["tile_row", "tile_column"])
    if placed.empty:
        raise ValueError(
            "No area has a place on the tile map. Give tile_row and tile_column in the release's areas.csv."
        )
    told = _told(rows, ranges, unit)
    columns = int(placed["tile_column"].max() - placed["tile_column"].min()) + 1
    lines = int(placed["tile_row"].max() - placed["tile_row"].min()) + 1
    top = 44 if stamp else 8
    figure = base_figure(height=lines * _SIDE + top + 8)
    shown = [(row, told.get(row.area, _absent())) for row in placed.itertuples()]
    for row, tile in shown:
        _draw(figure, row, tile, _WIDE // columns)
    figure.add_scatter(
        x=placed["tile_column"], y=placed["tile_row"], mode="markers", name="areas", showlegend=False,
        marker={"size": 70, "symbol": "square", "opacity": 0}, text=placed["area"],
        customdata=[tile.said for _, tile in shown], hovertemplate="%{text}: %{customdata}<extra></extra>",
    )  # fmt: skip
    first, above = placed["tile_column"].min() - 0.5, placed["tile_row"].min() - 0.5
    figure.update_xaxes(visible=False, range=[first, first + columns], constrain="domain", constraintoward="left")
    figure.update_yaxes(
        visible=False, range=[above + lines, above], scaleanchor="x", constrain="domain", constraintoward="top"
    )
    figure.update_layout(margin={"t": top, "b": 8, "l": 8, "r": 8})
    if stamp:
        stamp_on(figure, stamp, 1.01, "bottom")
        figure.update_annotations(x=0, xanchor="left", selector={"yref": "paper"})
    opening = f"{stamp}. Tile map" if stamp else "Tile map"
    per = "" if unit == "percent" else f", {AREA_UNITS[unit]}"
    return Chart(figure, _alt(placed, told, f"{opening} of {title}{per}"), _key(placed, told, unit))


def _told(rows: pd.DataFrame, ranges: pd.DataFrame | None, unit: str) -> dict[str, _Tile]:
    """Each area's tile; a value goes before a range."""
    told = {} if ranges is None else {row.area: _range(row, unit) for row in ranges.itertuples()}
    return told | {row.area: _value(row, unit) for row in rows.itertuples()}


def _value(row: Any, unit: str) -> _Tile:
    if pd.isna(row.estimate):
        return _Tile("withheld", "", f"withheld. {why_withheld(row)}", tint(FURNITURE, 0.4), 1.0, "dot")
    side, verdict = side_of(row), getattr(row, "verdict", "")
    words = f"{side.character} {_SHORT.get(side.words, side.words)}" if side.words else ""
    said = interval_words(row, unit) + (f", {side.words}" if side.words else "")
    return _Tile(
        area_value(row.estimate, unit, getattr(row, "measure", "top")), words, said,
        tint(side.colour, _TINTS.get(verdict, 0.0)), _THICK.get(verdict, 1.0),
    )  # fmt: skip


def _range(row: Any, unit: str) -> _Tile:
    told = range_said(row.low, row.high, unit)
    return _Tile(told, _RANGE, f"{told}, published only as a range", SURFACE, 1.0, "dash")


def _absent() -> _Tile:
    return _Tile(_ABSENT, "", _ABSENT, tint(FURNITURE, 0.4), 1.0, "dot")


def _draw(figure: go.Figure, row: Any, tile: _Tile, letters: int) -> None:
    """One square with its words in lines that fit it."""
    half = 0.5 - _GAP
    colour = TEXT if tile.border > 1 else CATEGORICAL[4]
    figure.add_shape(
        type="rect", x0=row.tile_column - half, x1=row.tile_column + half, y0=row.tile_row - half,
        y1=row.tile_row + half, fillcolor=tile.colour, layer="below",
        line={"color": colour, "width": tile.border, "dash": tile.dash},
    )  # fmt: skip
    text = [*_name_lines(row.area, letters - 1), f"<b>{tile.value}</b>", *in_lines(tile.words, letters)]
    figure.add_annotation(x=row.tile_column, y=row.tile_row, text="<br>".join(text), align="center")


def _name_lines(name: str, letters: int) -> list[str]:
    """A name in two lines at most, shortened where it does not fit.

    >>> _name_lines("Staffordshire Moorlands", 13), _name_lines("Newcastle-under-Lyme", 13), _name_lines("City", 13)
    (['Staffordshire', 'Moorlands'], ['Newcastle-', 'under-Lyme'], ['City'])
    >>> _name_lines("Bournemouth, Christchurch and Poole", 13)
    ['Bournemouth,', 'Christchurch…']
    """
    lines = in_lines(name, letters)
    if len(lines) <= 2:
        return lines
    return [lines[0], f"{lines[1][: letters - 1]}…"]


def _alt(placed: pd.DataFrame, told: dict[str, _Tile], title: str) -> str:
    """Every area with its value and verdict, from the top left."""
    sentences = [f"{area}: {told.get(area, _absent()).said.rstrip('.')}." for area in placed["area"]]
    return " ".join([f"{title}.", *sentences, *_off_map(placed, told), "The table below holds every value."])


def _off_map(placed: pd.DataFrame, told: dict[str, _Tile]) -> list[str]:
    off = [f"{area}: {tile.said.rstrip('.')}" for area, tile in told.items() if area not in set(placed["area"])]
    return [f"Not on the map: {'; '.join(off)}."] if off else []


def _key(placed: pd.DataFrame, told: dict[str, _Tile], unit: str) -> str:
    words = AREA_UNITS[unit]
    per = [] if unit == "percent" else [f"{words[0].upper()}{words[1:]}."]
    return " ".join([*per, "Squares lie roughly where the areas do; size means nothing.", *_off_map(placed, told)])
