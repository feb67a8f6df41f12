"""Where names stand beside points so that none lies on another, on a narrow screen and on a wide one.

Names keep their size while a plot grows, so a place is tried at several widths, and taken where it is free at all.
Boxes are rows of left, top, right and bottom, in pixels from the plot's left and top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["WIDTHS", "LinePlace", "Place", "boxes_of", "label_places", "line_boxes", "line_place", "overlap"]

WIDTHS = np.array([250.0, 290, 330, 450, 600, 800, 1000, 1200])  # of the plot: from a phone of 320 to a desk
_LETTER, _LINE = 7.5, 18.0  # pixels of a letter, on the large side, and of a line
_POINT = 8.0  # half a mark
_AWAY = (12.0, 26.0, 44.0, 64.0, 88.0, 116.0)
_OUT = 40.0  # how much worse a pixel outside of the plot is than a square pixel on something
_PULL = 0.01  # how much a pixel away from the point counts
_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Place:
    """How far right and down of its point a name stands, in pixels, and which of its sides is there."""

    right: float
    down: float
    anchor: str


@dataclass(frozen=True)
class LinePlace:
    """Where a level line's name stands: at which end, how many pixels below the line, which is ``level`` down."""

    name: str
    along: float
    anchor: str
    down: float
    level: float


def line_place(name: str, level: float, along: Sequence[float], down: Sequence[float], height: float) -> LinePlace:
    """The end and side of a level line where its name lies on fewest points.

    Parameters
    ----------
    name
        What is written.
    level
        Pixels from the plot's top to the line.
    along, down, height
        As in ``label_places``.

    Examples
    --------
    >>> place = line_place("whole force 6.2", 100, [0.95, 0.05], [86, 86], 300)
    >>> place.anchor, place.down
    ('right', 11.0)
    """
    ends = [
        LinePlace(name, end, side, shift, level)
        for end, side in ((1.0, "right"), (0.0, "left"))
        for shift in (-11.0, 11.0)
    ]
    points = _points(along, down)
    costs = [overlap(line_boxes(end)[:, None], points).sum() + _outside(line_boxes(end), height) for end in ends]
    return ends[int(np.argmin(costs))]


def line_boxes(place: LinePlace) -> np.ndarray:
    """The room that a level line's name takes at each of ``WIDTHS``.

    >>> line_boxes(LinePlace("force", 1.0, "right", -11.0, 100.0))[0].tolist()
    [212.5, 80.0, 250.0, 98.0]
    """
    wide, middle = len(place.name) * _LETTER, place.level + place.down
    left = place.along * (WIDTHS - wide)
    return _boxes(left, left + wide, middle - _LINE / 2, middle + _LINE / 2)


def label_places(
    names: Sequence[str], along: Sequence[float], down: Sequence[float], height: float,
    line: LinePlace | None = None,
) -> list[Place]:  # fmt: skip
    """A place for each name, near its point.

    Parameters
    ----------
    names
        What is written.
    along, down
        Where each point is: the share of the plot's width from its left, and pixels from its top.
    height
        Of the plot, in pixels.
    line
        The name of a level line, as ``line_place`` gives it.

    Returns
    -------
    list
        A place a name. Where all is taken, the one that lies on least.

    Examples
    --------
    >>> [(place.anchor, place.down) for place in label_places(["North", "South"], [0.5, 0.5], [100, 104], 300)]
    [('left', 0.0), ('right', 0.0)]
    """
    points = _points(along, down)
    named = [] if line is None else [line_boxes(line)]
    crowded = sorted(range(len(names)), key=lambda at: (-_neighbours(at, along, down), down[at], at))
    places: dict[int, Place] = {}
    for at in crowded:
        others = np.delete(points, at, axis=1)
        taken = np.concatenate([others, *(each[:, None] for each in named)], axis=1)
        tried = np.stack([boxes_of(names[at], place, along[at], down[at]) for place in _CANDIDATES])
        costs = overlap(tried[:, :, None], taken).sum(axis=(1, 2)) + _outside(tried, height) + _PULL * _LENGTHS
        best = int(np.argmin(costs))
        places[at] = _CANDIDATES[best]
        named.append(tried[best])
    return [places[at] for at in range(len(names))]


def boxes_of(name: str, place: Place, along: float, down: float) -> np.ndarray:
    """The room that a name takes at each of ``WIDTHS``.

    >>> boxes_of("East", Place(12, 0, "left"), 0.4, 50)[0].tolist()
    [112.0, 41.0, 142.0, 59.0]
    """
    wide = len(name) * _LETTER
    left = along * WIDTHS + place.right - wide * _SHIFT[place.anchor]
    return _boxes(left, left + wide, down + place.down - _LINE / 2, down + place.down + _LINE / 2)


def overlap(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How many square pixels boxes share.

    >>> overlap(np.array([0, 0, 10, 10]), np.array([[5, 5, 20, 20], [10, 0, 20, 10]])).tolist()
    [25.0, 0.0]
    """
    wide = np.minimum(one[..., 2], other[..., 2]) - np.maximum(one[..., 0], other[..., 0])
    high = np.minimum(one[..., 3], other[..., 3]) - np.maximum(one[..., 1], other[..., 1])
    shared: np.ndarray = np.clip(wide, 0.0, None) * np.clip(high, 0.0, None)
    return shared


def _candidates() -> list[Place]:
    """Places around a point, the nearest first."""
    places = []
    for away in _AWAY:
        side = min(away, _AWAY[1])
        if away <= _AWAY[1]:
            places += [Place(away, 0.0, "left"), Place(-away, 0.0, "right")]
        for down in (-away, away):
            places += [Place(side, down, "left"), Place(-side, down, "right"), Place(0.0, down * 1.3, "center")]
    return places


_CANDIDATES = _candidates()
_LENGTHS = np.array([abs(place.right) + abs(place.down) for place in _CANDIDATES])


def _outside(boxes: np.ndarray, height: float) -> np.ndarray:
    """What sticks out of the plot, over all widths, times how bad that is."""
    aside = np.clip(-boxes[..., 0], 0, None) + np.clip(boxes[..., 2] - WIDTHS, 0, None)
    over = np.clip(-boxes[..., 1], 0, None) + np.clip(boxes[..., 3] - height, 0, None)
    out: np.ndarray = _OUT * (aside + over).sum(axis=-1)
    return out


def _neighbours(at: int, along: Sequence[float], down: Sequence[float]) -> int:
    near = (abs(x - along[at]) * WIDTHS[0] < 100 and abs(y - down[at]) < 40 for x, y in zip(along, down, strict=True))
    return sum(near)


def _points(along: Sequence[float], down: Sequence[float]) -> np.ndarray:
    """The room that marks take: a row a width, then a mark."""
    x = WIDTHS[:, None] * np.asarray(along, dtype=float)
    y = np.asarray(down, dtype=float) + np.zeros_like(x)
    return np.stack([x - _POINT, y - _POINT, x + _POINT, y + _POINT], axis=-1)


def _boxes(left: np.ndarray, right: np.ndarray, top: float, bottom: float) -> np.ndarray:
    return np.column_stack([left, np.full_like(left, top), right, np.full_like(left, bottom)])
