"""The axes of a picture: where a chart's own axes put their numbers, ticks and grid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from matplotlib import dates
from matplotlib.ticker import MaxNLocator

__all__ = ["Axis", "axis_of", "said", "write_tick"]

_DATES: Any = dates  # it ships no types
_PIXELS_A_TICK = {"x": 80, "y": 50}
_ROOM = 0.06  # of the numbers' extent, beside the outermost marks


def said(part: Any, default: Any, *names: str) -> Any:
    """What a part of a figure says under the names, else its template's part, else None."""
    for holder in (part, default):
        for name in names:
            holder = None if holder is None else holder[name]
        if holder is not None and holder != ():
            return holder
    return None


@dataclass(frozen=True)
class Axis:
    """One axis of a chart, with what it says.

    Attributes
    ----------
    name
        ``x`` or ``y``.
    kind
        ``linear``, ``log``, ``date`` or ``category``.
    layout, template
        What the figure and its template say of it.
    categories
        The names along a category axis, in order.
    limits
        Both ends, the first at the left or bottom; in numbers, on a log axis not their logarithms.
    """

    name: str
    kind: str
    layout: Any
    template: Any
    categories: tuple[str, ...]
    limits: tuple[float, float]

    def says(self, *names: str) -> Any:
        """What the axis or its template says."""
        return said(self.layout, self.template, *names)

    def numbers(self, values: Any) -> np.ndarray:
        """Values along the axis as numbers."""
        return _numbers(values, self.kind, self.categories)

    def share(self, number: float) -> float:
        """A number, as ``numbers`` gives it, as a share of the way along the axis."""
        low, high = self.limits
        if self.kind == "log":
            number, low, high = math.log10(number), math.log10(low), math.log10(high)
        return (number - low) / (high - low)

    def ticks(self, length: float) -> list[tuple[float, str]]:
        """Where ticks stand on an axis of so many pixels, and what they say."""
        if self.says("visible") is False or (self.says("showticklabels") is False and self.says("showgrid") is False):
            return []
        told = self.says("tickvals")
        if told is not None:
            names = self.says("ticktext")
            texts = [str(name) for name in (told if names is None else names)]
            given = zip(self.numbers(told).tolist(), texts, strict=True)
            return [(place, text) for place, text in given if _inside(place, self.limits)]
        places = [place for place in self._places(length) if _inside(place, self.limits)]
        if self.kind == "category":
            return [(place, self.categories[int(place)]) for place in places]
        if self.kind == "date":
            days = [_DATES.num2date(place) for place in places]
            form = "%Y" if all((day.month, day.day) == (1, 1) for day in days) and len(days) > 1 else "%b %Y"
            return [(place, f"{day:{form}}") for place, day in zip(places, days, strict=True)]
        suffix = self.says("ticksuffix") or ""
        return [(place, write_tick(place) + suffix) for place in places]

    def _places(self, length: float) -> Sequence[float]:
        most = int(self.says("nticks") or 0) or max(2, int(length / _PIXELS_A_TICK[self.name]))
        low, high = sorted(self.limits)
        if self.kind == "category":
            step = math.ceil(len(self.categories) * 30 / length) if self.name == "x" else 1
            return [float(place) for place in range(0, len(self.categories), max(step, 1))]
        if self.kind == "date":
            locator = _DATES.AutoDateLocator(minticks=3, maxticks=min(most, 8))
            return [float(place) for place in locator.tick_values(_DATES.num2date(low), _DATES.num2date(high))]
        if self.kind == "log":
            decades = [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
            within = [place for place in decades if low <= place <= high]
            return within if len(within) > 1 else [place * step for place in decades for step in (1, 2, 5)]
        return [float(place) for place in MaxNLocator(nbins=most, steps=[1, 2, 5, 10]).tick_values(low, high)]


def axis_of(figure: go.Figure, name: str) -> Axis:
    """One axis of a figure, ``name`` being ``x`` or ``y``, with the limits it has or that its numbers ask for."""
    layout, template = figure.layout[f"{name}axis"], figure.layout.template.layout[f"{name}axis"]
    held = [trace[name] for trace in figure.data if trace[name] is not None and len(trace[name])]
    kind = said(layout, template, "type") or _kind(held)
    ordered = said(layout, template, "categoryarray")
    names = [str(value) for values in ([ordered] if ordered is not None else held) for value in values]
    categories = tuple(dict.fromkeys(names)) if kind == "category" else ()
    limits = _limits(figure, name, kind, categories, said(layout, template, "rangemode") == "tozero")
    told = said(layout, template, "range")
    if told is not None:
        ends = _numbers(told, kind if kind != "category" else "linear", categories).tolist()
        limits = (10 ** ends[0], 10 ** ends[1]) if kind == "log" else (ends[0], ends[1])
    elif said(layout, template, "autorange") == "reversed":
        limits = limits[1], limits[0]
    return Axis(name, kind, layout, template, categories, limits)


def write_tick(number: float) -> str:
    """A number on an axis.

    >>> write_tick(12000.0), write_tick(-0.5), write_tick(0.30000000000000004)
    ('12,000', '−0.5', '0.3')
    """
    rounded = round(number, 6)
    text = f"{int(abs(rounded)):,}" if float(rounded).is_integer() else f"{abs(rounded):,}"
    return f"−{text}" if rounded < 0 else text


def _kind(held: Iterable[Any]) -> str:
    for values in held:
        if pd.api.types.is_datetime64_any_dtype(np.asarray(values)) or isinstance(values[0], pd.Timestamp):
            return "date"
        if any(isinstance(value, str) for value in values):
            return "category"
    return "linear"


def _numbers(values: Any, kind: str, categories: Sequence[str]) -> np.ndarray:
    if kind == "date":
        return np.asarray([_DATES.date2num(pd.Timestamp(value)) for value in values], dtype=float)
    if kind == "category":
        place = {name: number for number, name in enumerate(categories)}
        return np.asarray([place.get(value, value) for value in map(_name, values)], dtype=float)
    return np.asarray([np.nan if value is None else value for value in values], dtype=float)


def _name(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _limits(figure: go.Figure, name: str, kind: str, categories: Sequence[str], from_zero: bool) -> tuple[float, float]:
    """Both ends of what is drawn, with room beside marks; from 0 where the axis is to begin there."""
    if kind == "category":
        room = 0.5 if any(trace.type != "scatter" for trace in figure.data) else 0.3
        return -room, len(categories) - 1 + room
    found = [extent for trace in figure.data for extent in _extents(trace, name, kind, categories)]
    values = np.concatenate(found) if found else np.array([0.0, 1.0])
    values = values[np.isfinite(values)] if kind != "log" else values[np.isfinite(values) & (values > 0)]
    if not len(values):
        return (1.0, 10.0) if kind == "log" else (0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    if kind == "log":
        room = (math.log10(high) - math.log10(low)) * _ROOM or 0.5
        return 10 ** (math.log10(low) - room), 10 ** (math.log10(high) + room)
    only_lines = all((getattr(trace, "mode", None) or "") == "lines" for trace in figure.data)
    room = ((high - low) or abs(high) or 1.0) * (0 if only_lines and name == "x" else _ROOM)
    if from_zero and kind == "linear":
        return min(0.0, low - room if low < 0 else 0.0), max(0.0, high + room if high > 0 else 0.0) or 1.0
    return low - (room if low else 0), high + room


def _extents(trace: Any, name: str, kind: str, categories: Sequence[str]) -> list[np.ndarray]:
    """Numbers that a trace reaches along one axis, with its error bars."""
    if trace[name] is None or not len(trace[name]):
        return []
    values = _numbers(trace[name], kind, categories)
    along = trace.type == "bar" and (name == "x") == (trace.orientation == "h")
    if along:
        base = np.zeros_like(values) if trace.base is None else np.asarray(trace.base, dtype=float)
        return [base, base + values, *_errors(trace, name, base + values)]
    if trace.type == "bar":
        return [values - 0.5, values + 0.5]
    return [values, *_errors(trace, name, values)]


def _errors(trace: Any, name: str, values: np.ndarray) -> list[np.ndarray]:
    error = trace[f"error_{name}"]
    if error.array is None or error.visible is False:
        return []
    below = error.array if error.arrayminus is None else error.arrayminus
    return [values + np.asarray(error.array, dtype=float), values - np.asarray(below, dtype=float)]


def _inside(place: float, limits: tuple[float, float]) -> bool:
    low, high = sorted(limits)
    slack = (high - low) * 1e-9
    return low - slack <= place <= high + slack
