"""A chart as a picture for a document: PNG for Word, SVG for a page that stands by itself.

There is one definition of each chart, its Plotly figure, and the picture is drawn from that figure's own traces,
axes, words and shapes. matplotlib draws it, because it needs neither a browser nor a network and ships its own letters:
Plotly's own way to a picture, kaleido, starts a Chromium that a server or an analyst's laptop may not have; vl-convert
needs no browser, but draws Vega-Lite, so every chart would have to be written twice and the two would drift apart.

What a chart here does not use is not drawn: several plots in a figure, colour scales, maps.
"""

from __future__ import annotations

import io
import re
import threading
import warnings
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from charts.palette import FURNITURE, SURFACE, Chart
from charts.picture_axes import Axis, axis_of, said
from charts.picture_boxes import Plot, draw_annotations, draw_legend, draw_shapes
from charts.picture_marks import draw_traces
from charts.picture_text import Pen, lines_of

__all__ = ["Drawn", "picture_png", "picture_svg"]

WIDTH = 620  # pixels: a page of A4 between its margins
_DENSITY = 2.5  # of a PNG: dots for each pixel, fit for print
_TICK = 5.0  # pixels of a tick
_PAD = 6.0
_OTHER_LETTERS = "'DejaVu Sans', Verdana, sans-serif"  # of nearly the same width, where a reader has no DejaVu
_LOCK = threading.Lock()  # matplotlib's settings are one set for the whole process


@dataclass(frozen=True)
class Drawn:
    """A picture as PNG, with its size in pixels of the screen (96 an inch)."""

    content: bytes
    width: float
    height: float


def picture_png(chart: Chart, width: int = WIDTH) -> Drawn:
    """A chart as a PNG, dense enough for print.

    Parameters
    ----------
    chart
        Any chart of this room.
    width
        Of the picture, in pixels.
    """
    with _LOCK, _settings("png"):
        figure = _draw(chart, width)
        output = io.BytesIO()
        figure.savefig(output, format="png", dpi=72 * _DENSITY, facecolor=SURFACE, metadata={"Software": None})
    wide, high = figure.get_size_inches() * 72
    return Drawn(output.getvalue(), float(wide), float(high))


def picture_svg(chart: Chart, name: str, width: int = WIDTH) -> str:
    """A chart as an ``<svg>`` element whose text is text, to stand inside a page.

    Parameters
    ----------
    chart
        Any chart of this room. Its words for those who do not see it become the picture's description.
    name
        Begins every id inside the picture; no other picture of the page may have it.
    width
        Of the picture, in pixels.
    """
    with _LOCK, _settings(name):
        figure = _draw(chart, width)
        output = io.BytesIO()
        dateless: dict[str, Any] = {"Date": None, "Creator": None, "Type": None, "Format": None}
        figure.savefig(output, format="svg", facecolor=SURFACE, metadata=dateless)
    return _element(output.getvalue().decode(), chart.alt, name)


def _settings(salt: str) -> Any:
    """Text stays text; ids follow from the picture's name."""
    return mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt, "font.family": ["DejaVu Sans"],
                           "hatch.linewidth": 0.8, "path.simplify": False, "axes.unicode_minus": True})  # fmt: skip


def _draw(chart: Chart, width: int) -> Figure:
    """The figure, a point a pixel, as large as it takes to hold all its words."""
    source = chart.figure
    margin = {
        side: float(said(source.layout, source.layout.template.layout, "margin", side)) for side in ("l", "r", "t", "b")
    }
    height = float(source.layout.height)
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=SURFACE)
    canvas: Any = FigureCanvasAgg(figure)
    pen = Pen(figure, canvas.get_renderer())
    x, y = axis_of(source, "x"), axis_of(source, "y")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # a box is drawn for it
        plot = _place(figure, source, x, y, width, height, margin, pen)
        _draw_axes(plot, pen)
        draw_shapes(source, plot, pen)
        draw_traces(plot.axes, source, x, y, pen, float(source.layout.template.layout.font.size))
        plot.axes.set_xlim(*x.limits)
        plot.axes.set_ylim(*y.limits)
        draw_annotations(source, plot, pen)
        draw_legend(source, plot, pen)
    _enlarge(plot, pen, width, height)
    return figure


def _enlarge(plot: Plot, pen: Pen, width: float, height: float) -> None:
    """Give the picture room for words that stand outside of it, and move all else with its edges."""
    left, bottom, right, top = (
        outermost([edge, *(each[side] + step for each in pen.used)])
        for side, edge, step, outermost in (
            (0, 0.0, -_PAD, min), (1, 0.0, -_PAD, min), (2, width, _PAD, max), (3, height, _PAD, max),
        )
    )  # fmt: skip
    wide, high = right - left, top - bottom
    pen.figure.set_size_inches(wide / 72, high / 72)
    pen.origin.translate(-left, -bottom)
    place = (plot.left - left) / wide, (plot.bottom - bottom) / high, plot.width / wide, plot.height / high
    plot.axes.set_position(place)


def _place(
    figure: Figure, source: Any, x: Axis, y: Axis, width: int, height: float, margin: dict[str, float], pen: Pen
) -> Plot:
    """The plot inside its margins, with room for the value axis's words on the left."""
    deep = height - margin["t"] - margin["b"]
    beside = [pen.size(lines_of(text), _letters(y))[0] for _, text in y.ticks(deep)] if _labelled(y) else []
    left = margin["l"] + (max(beside) + _TICK + 4 if beside else 0) + (_title_room(y) if y.says("title", "text") else 0)
    wide = width - left - margin["r"]
    bottom = margin["b"]
    if y.says("scaleanchor"):
        unit = min(wide / abs(x.limits[1] - x.limits[0]), deep / abs(y.limits[1] - y.limits[0]))
        wide, short = unit * abs(x.limits[1] - x.limits[0]), unit * abs(y.limits[1] - y.limits[0])
        bottom, deep = bottom + deep - short, short
    axes = figure.add_axes((left / width, bottom / height, wide / width, deep / height))
    axes.set_axis_off()
    axes.set_zorder(2)  # above the grid, below words
    for axis, set_scale, set_ends in ((x, axes.set_xscale, axes.set_xlim), (y, axes.set_yscale, axes.set_ylim)):
        set_scale("log" if axis.kind == "log" else "linear")
        set_ends(*axis.limits)
    axes.set_autoscale_on(False)
    return Plot(axes, x, y, left, bottom, wide, deep)


def _labelled(axis: Axis) -> bool:
    return axis.says("visible") is not False and axis.says("showticklabels") is not False


def _letters(axis: Axis) -> float:
    return float(axis.says("tickfont", "size") or 14)


def _title_room(axis: Axis) -> float:
    return float(axis.says("title", "font", "size") or 14) * 1.3


def _draw_axes(plot: Plot, pen: Pen) -> None:
    """Grid, ticks, their words, and the axes' names; the value axis's name lies along it."""
    low = 0.0
    for axis in (plot.x, plot.y):
        along = axis.name == "x"
        for place, text in axis.ticks(plot.width if along else plot.height):
            at = plot.left + axis.share(place) * plot.width if along else plot.bottom + axis.share(place) * plot.height
            if axis.says("showgrid") is not False:
                ends = ([at, at], [plot.bottom, plot.bottom + plot.height])
                if not along:
                    ends = ([plot.left, plot.left + plot.width], [at, at])
                _rule(pen, *ends)
            if not _labelled(axis):
                continue
            if axis.says("ticks") == "outside":
                _rule(pen, *(([at, at], [plot.bottom - _TICK, plot.bottom]) if along else
                             ([plot.left - _TICK, plot.left], [at, at])))  # fmt: skip
            lines = lines_of(text)
            wide, high = pen.size(lines, _letters(axis))
            if along:
                pen.write(lines, (at - wide / 2, plot.bottom - _TICK - 3), _letters(axis), align="center")
                low = max(low, _TICK + 3 + high)
            else:
                pen.write(lines, (plot.left - _TICK - 3 - wide, at + high / 2), _letters(axis), align="right")
    _name_axes(plot, pen, low)


def _name_axes(plot: Plot, pen: Pen, low: float) -> None:
    if title := plot.x.says("title", "text"):
        size = float(plot.x.says("title", "font", "size") or 14)
        lines = lines_of(title)
        wide = pen.size(lines, size)[0]
        at = (plot.left + (plot.width - wide) / 2, plot.bottom - low - 4)
        pen.write(lines, at, size, align="center")
    if title := plot.y.says("title", "text"):
        size = float(plot.y.says("title", "font", "size") or 14)
        pen.write_up(lines_of(title)[0][0], (12.0, plot.bottom + plot.height / 2), size)


def _rule(pen: Pen, across: list[float], up: list[float]) -> None:
    from matplotlib.lines import Line2D

    pen.figure.add_artist(Line2D(across, up, color=FURNITURE, linewidth=1, transform=pen.pixels, zorder=0.5))


def _element(told: str, alt: str, name: str) -> str:
    """The file as an element of a page: no prologue, no style for the page at large, no idle ids."""
    element = told[told.index("<svg") :].rstrip()
    element = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", element, flags=re.DOTALL)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^\")]+)", element))
    element = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", element)
    for each in used:
        element = re.sub(rf'(id="|url\(#|href="#){re.escape(each)}(?=["\)])', rf"\g<1>{name}_{each}", element)
    element = element.replace("'DejaVu Sans'", _OTHER_LETTERS)
    box = re.search(r'viewBox="([^"]+)"', element)
    sizes = [float(size) for size in box[1].split()] if box else [0.0, 0.0, float(WIDTH), 0.0]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-labelledby="{name}_title" viewBox="{" ".join(f"{size:g}" for size in sizes)}" '
        f'width="{sizes[2]:g}" height="{sizes[3]:g}" style="stroke-linejoin:round;stroke-linecap:butt">'
        f'<title id="{name}_title">{escape(alt)}</title>'
    )
    return head + element[element.index(">") + 1 :]
