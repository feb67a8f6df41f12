"""Where names stand beside points so that none lies on another, on a narrow screen and on a wide one.

Names keep their size while a plot grows, so a place is tried at several widths, and taken where it is free at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["WIDTHS", "Place", "box_of", "label_places", "overlap"]

WIDTHS = (265, 330, 450, 600, 800, 1000, 1200)  # of the plot, in pixels: from a phone of 320 to a desk
_LETTER, _LINE = 8.0, 18.0  # pixels of a letter, on the large side, and of a line
_POINT = 8.0  # half a mark
_AWAY = (12.0, 26.0, 44.0, 64.0, 88.0, 116.0)
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Place:
    """How far right and down of its point a name stands, in pixels, and which of its sides is there."""

    right: float
    down: float
    anchor: str


def label_places(
    names: Sequence[str], along: Sequence[float], down: Sequence[float], height: float,
    line: tuple[str, float] | None = None,
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
        The name of a level line, which stands above the line's right end, and how many pixels from the top it is.

    Returns
    -------
    list
        A place a name. Where all is taken, the one that lies on least.

    Examples
    --------
    >>> [(place.anchor, place.down) for place in label_places(["North", "South"], [0.5, 0.5], [100, 104], 300)]
    [('left', 0.0), ('right', 0.0)]
    """
    taken: list[list[Box]] = [[_point(x * width, y) for x, y in zip(along, down, strict=True)] for width in WIDTHS]
    if line:
        for width, boxes in zip(WIDTHS, taken, strict=True):
            boxes.append((width - len(line[0]) * _LETTER, line[1] - _LINE - 4, float(width), line[1] + 1))
    crowded = sorted(range(len(names)), key=lambda at: (-_neighbours(at, along, down), down[at], at))
    places: dict[int, Place] = {}
    for at in crowded:
        tried = [(_cost(names[at], place, along[at], down[at], height, taken), place) for place in _candidates()]
        places[at] = min(tried, key=lambda each: each[0])[1]
        for width, boxes in zip(WIDTHS, taken, strict=True):
            boxes.append(box_of(names[at], places[at], along[at] * width, down[at]))
    return [places[at] for at in range(len(names))]


def box_of(name: str, place: Place, x: float, y: float) -> Box:
    """The room that a name takes, in pixels from the plot's left and top.

    >>> box_of("East", Place(12, 0, "left"), 100, 50)
    (112.0, 41.0, 144.0, 59.0)
    """
    wide = len(name) * _LETTER
    left = x + place.right - {"left": 0.0, "center": wide / 2, "right": wide}[place.anchor]
    return left, y + place.down - _LINE / 2, left + wide, y + place.down + _LINE / 2


def overlap(one: Box, other: Box) -> float:
    """How many square pixels two boxes share.

    >>> overlap((0, 0, 10, 10), (5, 5, 20, 20)), overlap((0, 0, 10, 10), (10, 0, 20, 10))
    (25.0, 0.0)
    """
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return float(wide * high) if wide > 0 and high > 0 else 0.0


def _candidates() -> Iterator[Place]:
    """Places around a point, the nearest first."""
    for away in _AWAY:
        side = min(away, 26.0)
        if away <= 26:
            yield Place(away, 0.0, "left")
            yield Place(-away, 0.0, "right")
        for down in (-away, away):
            yield Place(side, down, "left")
            yield Place(-side, down, "right")
            yield Place(0.0, down * 1.3, "center")


def _cost(name: str, place: Place, along: float, down: float, height: float, taken: Sequence[Sequence[Box]]) -> float:
    """What a place lies on and sticks out by, at every width; the way to it counts least."""
    cost = 0.0
    for width, boxes in zip(WIDTHS, taken, strict=True):
        box = box_of(name, place, along * width, down)
        own = _point(along * width, down)
        cost += sum(overlap(box, other) for other in boxes if other != own)
        out = max(0.0, -box[0]), max(0.0, box[2] - width), max(0.0, -box[1]), max(0.0, box[3] - height)
        cost += 40 * sum(out)
    return cost + (abs(place.right) + abs(place.down)) / 1000


def _neighbours(at: int, along: Sequence[float], down: Sequence[float]) -> int:
    near = (abs(x - along[at]) * WIDTHS[0] < 100 and abs(y - down[at]) < 40 for x, y in zip(along, down, strict=True))
    return sum(near)


def _point(x: float, y: float) -> Box:
    return x - _POINT, y - _POINT, x + _POINT, y + _POINT
