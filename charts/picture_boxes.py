"""What stands on and around a picture's plot: rules and tiles, words at their places, and the legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from charts.palette import SURFACE, TEXT
from charts.picture_axes import Axis, said
from charts.picture_marks import DASHES, marker_style
from charts.picture_text import Pen, lines_of

__all__ = ["Plot", "draw_annotations", "draw_legend", "draw_shapes"]

_SAMPLE = 30.0  # pixels of a legend's sample
_GAP = 18.0
_ACROSS, _UP = {"left": 0.0, "center": 0.5, "right": 1.0}, {"bottom": 0.0, "middle": 0.5, "top": 1.0}


@dataclass(frozen=True)
class Plot:
    """Where a chart's plot lies in its picture, in pixels from the left bottom, and its axes."""

    axes: Axes
    x: Axis
    y: Axis
    left: float
    bottom: float
    width: float
    height: float

    def across(self, value: Any, reference: str | None) -> float:
        """Where something stands from the left, given as the chart gives it."""
        share = value if reference in ("paper", "x domain") else self.x.share(float(self.x.numbers([value])[0]))
        return self.left + float(share) * self.width

    def up(self, value: Any, reference: str | None) -> float:
        """Where something stands from the bottom."""
        share = value if reference in ("paper", "y domain") else self.y.share(float(self.y.numbers([value])[0]))
        return self.bottom + float(share) * self.height


def draw_shapes(figure: go.Figure, plot: Plot, pen: Pen) -> None:
    """Lines across the plot and rectangles, in the order of the chart."""
    for shape in figure.layout.shapes:
        x = [plot.across(value, shape.xref) for value in (shape.x0, shape.x1)]
        y = [plot.up(value, shape.yref) for value in (shape.y0, shape.y1)]
        over = 1.0 if shape.layer == "below" else 3.5
        line = {
            "color": shape.line.color,
            "linewidth": shape.line.width,
            "linestyle": DASHES[shape.line.dash or "solid"],
        }
        if shape.type == "line":
            pen.figure.add_artist(Line2D(x, y, transform=pen.pixels, zorder=over, **line))
        else:
            box = Rectangle(
                (min(x), min(y)), abs(x[1] - x[0]), abs(y[1] - y[0]), transform=pen.pixels, zorder=over,
                facecolor=shape.fillcolor, edgecolor=line.pop("color"), **line,
            )  # fmt: skip
            pen.figure.add_artist(box)


def draw_annotations(figure: go.Figure, plot: Plot, pen: Pen) -> None:
    """Words at their places, with their boxes and the lines that lead to their points."""
    default = figure.layout.template.layout.annotationdefaults
    for each in figure.layout.annotations:
        size = said(each, default, "font", "size")
        lines = lines_of(each.text or "")
        wide, high = pen.size(lines, size)
        pad = (1 if each.borderpad is None else each.borderpad) + (each.borderwidth or (1 if each.bordercolor else 0))
        x = plot.across(_raw(each.x, plot.x, each.xref), each.xref) + (each.xshift or 0)
        y = plot.up(_raw(each.y, plot.y, each.yref), each.yref) + (each.yshift or 0)
        if said(each, default, "showarrow"):
            _lead(pen, (x, y), (x + (each.ax or 0), y - (each.ay or 0)), each)
            x, y = x + (each.ax or 0), y - (each.ay or 0)
        box = wide + 2 * pad, high + 2 * pad
        left = x - box[0] * _anchored(each.xanchor, each.xref, each.x, _ACROSS)
        bottom = y - box[1] * _anchored(each.yanchor, each.yref, each.y, _UP)
        if each.bgcolor or each.bordercolor:
            pen.figure.add_artist(
                Rectangle(
                    (left, bottom), *box, transform=pen.pixels, zorder=5, facecolor=each.bgcolor or "none",
                    edgecolor=each.bordercolor or "none", linewidth=1 if each.bordercolor else 0,
                )
            )  # fmt: skip
        pen.write(
            lines, (left + pad, bottom + pad + high), size, align=each.align or "center",
            colour=said(each, default, "font", "color") or TEXT, halo=SURFACE if each.font.shadow else "",
        )  # fmt: skip


def draw_legend(figure: go.Figure, plot: Plot, pen: Pen) -> None:
    """The legend above the plot, in as many lines as it takes."""
    named = [trace for trace in figure.data if trace.showlegend is not False and trace.name]
    shown = figure.layout.showlegend
    if shown is False or not named or (shown is None and len(named) < 2):
        return
    size = said(figure.layout.legend, figure.layout.template.layout.legend, "font", "size") or 14
    entries = [(trace, lines_of(str(trace.name))) for trace in named]
    wide = [_SAMPLE + 6 + pen.size(lines, size)[0] + _GAP for _, lines in entries]
    rows: list[list[int]] = [[]]
    for place, each in enumerate(wide):
        if rows[-1] and sum(wide[other] for other in rows[-1]) + each > plot.width + _GAP:
            rows.append([])
        rows[-1].append(place)
    high = pen.size(entries[0][1], size)[1] * 1.2
    share = said(figure.layout.legend, figure.layout.template.layout.legend, "y")
    bottom = plot.bottom + plot.height * (1.0 if share is None else float(share)) + 4
    for number, row in enumerate(rows):
        at, top = plot.left, bottom + high * (len(rows) - number)
        for place in row:
            trace, lines = entries[place]
            _sample(pen, trace, at, top - high / 2)
            pen.write(lines, (at + _SAMPLE + 6, top - high * 0.08), size)
            at += wide[place]


def _sample(pen: Pen, trace: Any, left: float, middle: float) -> None:
    """What a trace looks like: its band, its line, its mark."""
    ends, mode = [left, left + _SAMPLE], getattr(trace, "mode", "") or ""
    if trace.type == "bar" or getattr(trace, "fill", None) == "tonexty":
        colour = trace.marker.color if trace.type == "bar" else trace.fillcolor
        pen.figure.add_artist(
            Rectangle((left, middle - 6), _SAMPLE, 12, transform=pen.pixels, facecolor=colour, linewidth=0, zorder=9)
        )
        return
    if "lines" in mode:
        dash = DASHES[trace.line.dash or "solid"]
        style = {"color": trace.line.color, "linewidth": trace.line.width or 2, "linestyle": dash}
        pen.figure.add_artist(Line2D(ends, [middle, middle], transform=pen.pixels, zorder=9, **style))
    if "markers" in mode:
        marker = trace.marker
        colour = marker.color or trace.line.color
        if isinstance(colour, str):
            edge = marker.line.color if isinstance(marker.line.color, str) else colour
            look = marker_style(marker.symbol or "circle", colour, marker.size or 6, marker.line.width or 0, edge)
            pen.figure.add_artist(
                Line2D([left + _SAMPLE / 2], [middle], transform=pen.pixels, zorder=9.1, linestyle="none", **look)
            )


def _raw(value: Any, axis: Axis, reference: str | None) -> Any:
    """A place as the axis has it: words are placed on a log axis by the logarithm."""
    on_axis = reference is None or reference in ("x", "y")
    return 10.0**value if on_axis and axis.kind == "log" else value


def _lead(pen: Pen, point: tuple[float, float], tail: tuple[float, float], each: Any) -> None:
    """The line from words to their point, which ends a little before it."""
    start, end = np.array(tail), np.array(point)
    away = float(np.hypot(*(end - start)))
    rest = each.standoff or 0
    if away <= rest:
        return
    end = end - (end - start) * rest / away
    pen.figure.add_artist(
        Line2D(
            [start[0], end[0]], [start[1], end[1]], transform=pen.pixels, zorder=4, color=each.arrowcolor or TEXT,
            linewidth=each.arrowwidth or 1,
        )
    )  # fmt: skip


def _anchored(chosen: str | None, on: str | None, place: float, sides: Mapping[str, float]) -> float:
    """Which share of the words lies before their place; what a chart leaves open is chosen as Plotly does."""
    if chosen not in (None, "auto"):
        return sides[str(chosen)]
    if on != "paper":
        return 0.5
    return 0.0 if place < 1 / 3 else 1.0 if place > 2 / 3 else 0.5
