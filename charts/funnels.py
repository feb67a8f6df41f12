"""A funnel: each area's rate by its size, and how far chance and usual differences may carry it from the force's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.area_values import AREA_UNITS, area_value
from analysis.funnel import LEVELS, Funnel, funnel_limits, outside
from charts.area_marks import Side
from charts.label_places import label_places, line_place
from charts.palette import CATEGORICAL, FURNITURE, TEXT, Chart, base_figure, stamp_on, tint

__all__ = ["funnel_chart", "funnel_side"]

_ABOVE, _BELOW, _GREY = CATEGORICAL[0], CATEGORICAL[2], CATEGORICAL[4]
_HEIGHT, _TOP, _BOTTOM = 480, 64, 56
_STEPS = 80  # points of a limit's line
_DASHES = ["dot", "dash"]  # chance alone, of each level
_PARTS = [0.85, 0.4]  # how much colour is left in the band of each level


def funnel_side(rate: float, population: float, found: Funnel) -> Side:
    """Where an area stands, in words and as a mark: filled outside of all limits, hollow between both.

    Parameters
    ----------
    rate, population
        The area's, the rate per 1,000.
    found
        As ``analysis.funnel.funnel`` gives it. What areas differ by as a rule is allowed for.

    Examples
    --------
    >>> found = Funnel(100.0, 4.0, 0.01, 10)
    >>> funnel_side(190, 10000, found).told, funnel_side(150, 10000, found).told
    ('▲ above the funnel', '△ inside the funnel, above its 95% limit')
    """
    near, far = (outside(rate, population, found, level) for level in LEVELS)
    if far == "above the funnel":
        return Side(far, "▲", "triangle-up", _ABOVE)
    if far == "below the funnel":
        return Side(far, "▼", "triangle-down", _BELOW)
    limit = f"its {LEVELS[0] * 100:g}% limit"
    if near == "above the funnel":
        return Side(f"inside the funnel, above {limit}", "△", "triangle-up-open", _ABOVE)
    if near == "below the funnel":
        return Side(f"inside the funnel, below {limit}", "▽", "triangle-down-open", _BELOW)
    return Side("inside the funnel", "○", "circle-open", _GREY)


def funnel_chart(rows: pd.DataFrame, found: Funnel, title: str, stamp: str = "", whole: str = "whole force") -> Chart:
    """Draw rates by population, each point named, inside the limits of chance alone and the wider ones.

    Parameters
    ----------
    rows
        ``area, population, estimate`` (per 1,000). A missing rate is not drawn, and said.
    found
        As ``analysis.funnel.funnel`` gives it.
    title
        What is counted and when, for the text alternative.
    stamp
        Words that must stand inside the chart, such as "Example with invented figures"; with them nothing is said of
        who is outside.
    whole
        What the line of all areas stands for.
    """
    drawn = rows[rows["estimate"].notna()].sort_values(["population", "area"])
    gone = rows[rows["estimate"].isna()].sort_values("area")
    sides = [
        Side("", "●", "circle", _GREY) if stamp else funnel_side(row.estimate, row.population, found)
        for row in drawn.itertuples()
    ]
    top = _TOP + 34 * bool(stamp)
    figure = base_figure(height=_HEIGHT + 34 * bool(stamp))
    across, up = _extent(drawn, found)
    sizes = np.linspace(max(across[0], across[1] / 1000), across[1], _STEPS)
    if found.between > 0:
        _bands(figure, found, sizes)
    _chance(figure, found, sizes)
    figure.add_hline(y=found.rate, line={"color": TEXT, "width": 1.5})
    _points(figure, drawn, sides)
    _name_points(figure, drawn, found, (across, up), whole)
    figure.update_xaxes(title_text="Residents", range=across, tickformat=",", nticks=5, showgrid=False)
    words = AREA_UNITS["per_1000"]
    figure.update_yaxes(title_text=words[0].upper() + words[1:], range=up, tickformat=",", nticks=7)
    figure.update_layout(margin_t=top, margin_b=_BOTTOM, legend={"traceorder": "normal", "itemwidth": 30})
    figure.update_layout(legend={"entrywidth": 0.5, "entrywidthmode": "fraction"})
    figure.update_layout(legend_itemclick=False, legend_itemdoubleclick=False)
    if stamp:
        stamp_on(figure, stamp, 1 + (top - 10 - 34) / (_HEIGHT - _TOP - _BOTTOM), "bottom")
    opening = f"{stamp}. Funnel chart" if stamp else "Funnel chart"
    return Chart(figure, _alt(drawn, gone, sides, found, f"{opening} of {title}", whole), _key(sides, found))


def _force_words(found: Funnel, whole: str) -> str:
    return f"{whole} {area_value(found.rate, 'per_1000')}"


def _extent(drawn: pd.DataFrame, found: Funnel) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both axes: room around the points, and the limits at the smallest of them."""
    people = drawn["population"] if len(drawn) else pd.Series([1000.0, 10000.0])
    spread = float(people.max() - people.min()) or float(people.max())
    across = (max(0.0, float(people.min()) - 0.25 * spread), float(people.max()) + 0.18 * spread)
    limits = funnel_limits(found, [float(people.min())], LEVELS[-1]).iloc[0]
    highest = max(float(drawn["estimate"].max()) if len(drawn) else 0.0, limits["wider_upper"])
    lowest = min(float(drawn["estimate"].min()) if len(drawn) else np.inf, limits["wider_lower"])
    room = 0.1 * (highest - lowest)
    return across, (max(0.0, lowest - room), highest + room)


def _bands(figure: go.Figure, found: Funnel, sizes: np.ndarray) -> None:
    """The wider limits as bands, the outer one first so that the inner lies on it."""
    for level, part in reversed(list(zip(LEVELS, _PARTS, strict=True))):
        limits = funnel_limits(found, list(sizes), level)
        for name, fill in (("wider_upper", None), ("wider_lower", "tonexty")):
            figure.add_scatter(
                x=sizes, y=limits[name], mode="lines", line={"width": 0.5, "color": FURNITURE}, fill=fill,
                fillcolor=tint(FURNITURE, part), hoverinfo="skip", showlegend=name == "wider_lower",
                name=f"{level * 100:g}% wider",
            )  # fmt: skip


def _chance(figure: go.Figure, found: Funnel, sizes: np.ndarray) -> None:
    for level, dash in zip(LEVELS, _DASHES, strict=True):
        limits = funnel_limits(found, list(sizes), level)
        for name in ("lower", "upper"):
            figure.add_scatter(
                x=sizes, y=limits[name], mode="lines", line={"width": 1.5, "color": _GREY, "dash": dash},
                hoverinfo="skip", showlegend=name == "upper", name=f"{level * 100:g}% chance",
            )  # fmt: skip


def _points(figure: go.Figure, drawn: pd.DataFrame, sides: Sequence[Side]) -> None:
    colours = [side.colour for side in sides]
    figure.add_scatter(
        x=drawn["population"], y=drawn["estimate"], mode="markers", name="areas", showlegend=False, cliponaxis=False,
        marker={
            "symbol": [side.symbol for side in sides], "color": colours, "size": 12, "opacity": 1,
            "line": {"width": 2, "color": colours},
        },
        text=[_told(row) for row in drawn.itertuples()], customdata=[f", {side.words}".rstrip(", ") for side in sides],
        hovertemplate="%{text}%{customdata}<extra></extra>",
    )  # fmt: skip


def _told(row: Any) -> str:
    return f"{row.area}: {area_value(row.estimate, 'per_1000')} per 1,000, {area_value(row.population, 'count')} people"


def _name_points(
    figure: go.Figure, drawn: pd.DataFrame, found: Funnel, extent: tuple[tuple[float, float], tuple[float, float]],
    whole: str,
) -> None:  # fmt: skip
    """Each name beside its point, where no other name or point is, on a phone as on a wide screen."""
    (left, right), (low, high) = extent
    deep = _HEIGHT - _TOP - _BOTTOM
    along = ((drawn["population"] - left) / (right - left)).tolist()
    down = ((high - drawn["estimate"]) / (high - low) * deep).tolist()
    names = list(drawn["area"])
    line = line_place(_force_words(found, whole), (high - found.rate) / (high - low) * deep, along, down, deep)
    figure.add_annotation(
        x=line.along, xref="paper", xanchor=line.anchor, y=found.rate, yanchor="middle", yshift=-line.down,
        text=f"<b>{_force_words(found, whole)}</b>", font={"shadow": "auto"},
    )  # fmt: skip
    for row, place in zip(drawn.itertuples(), label_places(names, along, down, deep, line), strict=True):
        figure.add_annotation(
            x=row.population, y=row.estimate, text=row.area, ax=place.right, ay=place.down, showarrow=True,
            xanchor=place.anchor, yanchor="middle", arrowhead=0, arrowwidth=1, arrowcolor=_GREY, standoff=6,
            arrowside="none", borderpad=0, font={"shadow": "auto"},
        )  # fmt: skip


def _key(sides: Sequence[Side], found: Funnel) -> str:
    seen = dict.fromkeys(side.told for side in sides if side.words)
    wider = "; the wider ones allow for what areas differ by as a rule as well" if found.between > 0 else ""
    limits = f"Limits: by chance alone{wider}."
    return f"{'; '.join(seen)}. {limits}" if seen else limits


def _alt(drawn: pd.DataFrame, gone: pd.DataFrame, sides: Sequence[Side], found: Funnel, title: str, whole: str) -> str:
    """Who is outside, with the rate; then who is not."""
    words = _force_words(found, f"{whole[0].upper()}{whole[1:]}:")
    told = [f"{title}, per 1,000 residents by population. {words}."]
    grouped: dict[str, list[str]] = {}
    for row, side in zip(drawn.itertuples(), sides, strict=True):
        grouped.setdefault(side.words, []).append(f"{row.area} {area_value(row.estimate, 'per_1000')}")
    for words in sorted(grouped, key=lambda each: (each.startswith("inside"), each == "inside the funnel", each)):
        named = ", ".join(grouped[words])
        told.append(f"{words[0].upper()}{words[1:]}: {named}." if words else f"{named}.")
    if len(gone):
        told.append(f"Without a rate: {', '.join(gone['area'])}.")
    wider = "chance and usual differences" if found.between > 0 else "chance alone"
    levels = " and ".join(f"{level * 100:g}%" for level in LEVELS)
    told.append(f"The funnel's limits are those of {wider}, {levels}.")
    return " ".join([*told, "The table below holds every value."])
