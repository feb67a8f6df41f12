"""The marks of a picture: points, lines, bars and bands, read from a chart's own traces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from charts.picture_axes import Axis
from charts.picture_text import Pen, lines_of

__all__ = ["DASHES", "draw_traces", "marker_style"]

DASHES: dict[str, Any] = {
    "solid": "solid", "dash": (0, (5, 3)), "dot": (0, (1.5, 2)), "dashdot": (0, (6, 2.5, 1.5, 2.5)),
}  # fmt: skip
# Plotly's symbols: matplotlib's marker, and how much larger it must be drawn to look the same
_SYMBOLS = {
    "circle": ("o", 1.0), "diamond": ("D", 0.92), "square": ("s", 1.0), "triangle-up": ("^", 1.05),
    "triangle-down": ("v", 1.05), "x-thin": ("x", 1.0), "line-ew": ("_", 1.2), "cross": ("+", 1.0),
}  # fmt: skip
_LINES_ONLY = ("x-thin", "line-ew")  # symbols without an inside
_HATCHES = {"/": "////", "\\": "\\\\\\\\", "x": "xxxx", "-": "----", "|": "||||", "+": "++++", ".": "...."}


def draw_traces(axes: Axes, figure: go.Figure, x: Axis, y: Axis, pen: Pen, letters: float) -> None:
    """Draw every trace of a figure, in its order.

    Raises
    ------
    ValueError
        For a kind of trace that no chart here has.
    """
    before: Any = None
    for place, trace in enumerate(figure.data):
        over = 2 + place / 100
        if trace.type == "scatter":
            _scatter(axes, trace, before, x, y, over)
            before = trace
        elif trace.type == "bar":
            _bars(axes, trace, x, y, over, pen, letters, figure.layout.bargap)
        else:
            raise ValueError(f"A picture is drawn of points, lines and bars, not of {trace.type}.")


def marker_style(symbol: str, colour: str, size: float, edge: float, edge_colour: str) -> dict[str, Any]:
    """How matplotlib draws one of Plotly's marks.

    >>> look = marker_style("circle-open", "C0", 12, 2, "C1")
    >>> look["marker"], look["markerfacecolor"], look["markeredgecolor"]
    ('o', 'none', 'C0')
    """
    open_ = symbol.endswith("-open")
    name = symbol.removesuffix("-open")
    marker, larger = _SYMBOLS[name]
    thin = name in _LINES_ONLY
    return {
        "marker": marker,
        "markersize": size * larger,
        "markerfacecolor": "none" if open_ else colour,
        "markeredgecolor": colour if open_ else edge_colour,
        "markeredgewidth": edge or (1.0 if open_ or thin else 0.0),
    }


def _scatter(axes: Axes, trace: Any, before: Any, x: Axis, y: Axis, over: float) -> None:
    across, up = x.numbers(trace.x), y.numbers(trace.y)
    clipped = trace.cliponaxis is not False
    mode = trace.mode or "lines"
    if trace.fill == "tonexty" and before is not None:
        axes.fill_between(
            across, up, np.interp(across, x.numbers(before.x), y.numbers(before.y)), color=trace.fillcolor,
            linewidth=0, zorder=over - 0.5,
        )  # fmt: skip
    if "lines" in mode:
        axes.plot(
            across, up, color=trace.line.color, linewidth=trace.line.width or 2,
            linestyle=DASHES[trace.line.dash or "solid"], zorder=over, clip_on=clipped,
        )  # fmt: skip
    for name in ("x", "y"):
        _errors(axes, trace, name, across, up, over, clipped)
    if "markers" in mode and trace.marker.opacity != 0:
        for place, style in enumerate(_markers(trace, len(across))):
            axes.plot(
                across[place : place + 1], up[place : place + 1], linestyle="none", zorder=over + 0.005,
                clip_on=clipped, **style,
            )  # fmt: skip


def _markers(trace: Any, count: int) -> Iterable[dict[str, Any]]:
    """The look of each point; what is one for all is repeated."""
    marker, line = trace.marker, trace.marker.line
    colours = _each(marker.color or trace.line.color, count)
    edges = _each(line.color or marker.color or trace.line.color, count)
    looks = zip(_each(marker.symbol or "circle", count), colours, edges, strict=True)
    for symbol, colour, edge in looks:
        yield marker_style(symbol, colour, marker.size or 6, line.width or 0, edge)


def _each(value: Any, count: int) -> list[Any]:
    return [value] * count if value is None or isinstance(value, str) else list(value)


def _errors(axes: Axes, trace: Any, name: str, across: np.ndarray, up: np.ndarray, over: float, clipped: bool) -> None:
    error = trace[f"error_{name}"]
    if error.array is None or error.visible is False:
        return
    above = np.asarray(error.array, dtype=float).clip(min=0)
    below = above if error.arrayminus is None else np.asarray(error.arrayminus, dtype=float).clip(min=0)
    seen = (above != 0) | (below != 0)  # a point without limits has no bar, not a bar of nothing
    if not seen.any():
        return
    bars: dict[str, Any] = {f"{name}err": np.vstack([below[seen], above[seen]])}
    axes.errorbar(
        across[seen], up[seen], fmt="none", ecolor=error.color, elinewidth=error.thickness or 1.5,
        capsize=error.width or 0, capthick=error.thickness or 1.5, zorder=over, clip_on=clipped,
        **bars,
    )  # fmt: skip


def _bars(axes: Axes, trace: Any, x: Axis, y: Axis, over: float, pen: Pen, letters: float, gap: float | None) -> None:
    flat = trace.orientation == "h"
    long, at = (x.numbers(trace.x), y.numbers(trace.y)) if flat else (y.numbers(trace.y), x.numbers(trace.x))
    base = np.zeros_like(long) if trace.base is None else np.asarray(trace.base, dtype=float)
    wide = float(trace.width) if trace.width is not None else 1 - (0.15 if gap is None else gap)
    look = {"facecolor": trace.marker.color, "linewidth": trace.marker.line.width or 0, "zorder": over}
    look |= {"edgecolor": trace.marker.line.color} if trace.marker.line.color else {}
    if trace.marker.pattern.shape:
        look |= {"hatch": _HATCHES[trace.marker.pattern.shape]}
    for start, length, place in zip(base, long, at, strict=True):
        corner, size = (
            ((start, place - wide / 2), (length, wide)) if flat else ((place - wide / 2, start), (wide, length))
        )
        axes.add_patch(Rectangle(corner, *size, **look))
    if not flat:
        _errors(axes, trace, "y", at, base + long, over + 0.005, True)
    if trace.textposition == "inside" and trace.text is not None:
        for start, length, place, text in zip(base, long, at, trace.text, strict=True):
            if text:
                middle = (start + length / 2, place) if flat else (place, start + length / 2)
                _write_inside(axes, middle, lines_of(str(text)), trace.textfont.color, pen, letters)


def _write_inside(axes: Axes, at: tuple[float, float], lines: Any, colour: str, pen: Pen, letters: float) -> None:
    across, up = axes.transData.transform(at)
    _, height = pen.size(lines, letters)
    width, _ = pen.size(lines, letters)
    pen.write(lines, (across - width / 2, up + height / 2), letters, align="center", colour=colour)
