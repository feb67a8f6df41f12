"""Text of a picture: what Plotly writes as ``<br>``, ``<b>`` and coloured spans, measured and set in pixels."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from charts.palette import TEXT

__all__ = ["FAMILY", "Pen", "Piece", "lines_of"]

FAMILY = "DejaVu Sans"  # comes with matplotlib; has every mark that stands for a verdict
_SMALLER = 12 / 14  # its letters are wider than those on the screen
_LINE = 1.3  # of a letter's size, from line to line
_TAG = re.compile(r'<br ?/?>|</?b>|<span style="color: ?(?P<colour>#[0-9A-Fa-f]{6})">|</span>')


@dataclass(frozen=True)
class Piece:
    """Text that looks alike."""

    text: str
    strong: bool = False
    colour: str = ""


def lines_of(told: str) -> list[list[Piece]]:
    """A chart's text in lines, each in pieces that look alike.

    >>> lines_of("Road <b>9</b><br>now")
    [[Piece(text='Road ', strong=False, colour=''), Piece(text='9', strong=True, colour='')],
     [Piece(text='now', strong=False, colour='')]]
    """
    lines: list[list[Piece]] = [[]]
    strong, colour, at = False, "", 0
    for tag in [*_TAG.finditer(told), None]:
        text = html.unescape(told[at : tag.start() if tag else len(told)])
        if text:
            lines[-1].append(Piece(text, strong, colour))
        if tag is None:
            break
        at = tag.end()
        if tag[0].startswith("<br"):
            lines.append([])
        elif tag[0].endswith("b>"):
            strong = tag[0] == "<b>"
        else:
            colour = tag["colour"] or ""
    return lines


@dataclass
class Pen:
    """Writes on one figure of 72 dots an inch, so that a point is a pixel; the origin is at the bottom left.

    ``used`` holds left, bottom, right and top of everything that was written; ``origin`` moves all of it.
    """

    figure: Figure
    renderer: Any
    origin: Affine2D = field(default_factory=Affine2D)
    used: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def pixels(self) -> Transform:
        """From pixels to whatever the figure is saved in."""
        return self.origin + Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans

    def size(self, lines: Sequence[Sequence[Piece]], size: float) -> tuple[float, float]:
        """Width and height of lines whose letters have a size on the screen."""
        return max(self._width(line, size) for line in lines), len(lines) * size * _SMALLER * _LINE

    def write(
        self, lines: Sequence[Sequence[Piece]], at: tuple[float, float], size: float, *, align: str = "left",
        colour: str = TEXT, halo: str = "", over: float = 10,
    ) -> None:  # fmt: skip
        """Write lines whose left top corner is ``at``; ``halo`` is the colour of a ground that keeps them readable."""
        left, top = at
        width, height = self.size(lines, size)
        self.used.append((left, top - height, left + width, top))
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        for place, line in enumerate(lines):
            base = top - (place + 0.78) * size * _SMALLER * _LINE
            if len(line) == 1:
                self._put(line[0], left + share * width, base, size, align, colour, halo, over)
                continue
            x = left + share * (width - self._width(line, size))
            for piece in line:
                x += self._width([Piece(" ", piece.strong)], size) * (len(piece.text) - len(piece.text.lstrip(" ")))
                piece = Piece(piece.text.lstrip(" "), piece.strong, piece.colour)  # a page drops leading spaces
                self._put(piece, x, base, size, "left", colour, halo, over)
                x += self._width([piece], size)

    def write_up(self, piece: Piece, at: tuple[float, float], size: float) -> None:
        """Write a line from the bottom to the top, its middle being ``at``."""
        wide, high = self.size([[piece]], size)
        self.used.append((at[0] - high / 2, at[1] - wide / 2, at[0] + high / 2, at[1] + wide / 2))
        text = Text(
            *at, piece.text, ha="center", va="center", rotation=90, color=TEXT, fontproperties=_font(piece, size),
            transform=self.pixels, zorder=10, parse_math=False,
        )  # fmt: skip
        self.figure.add_artist(text)

    def _put(
        self, piece: Piece, x: float, base: float, size: float, align: str, colour: str, halo: str, over: float
    ) -> None:
        look: dict[str, Any] = {
            "ha": align,
            "va": "baseline",
            "fontproperties": _font(piece, size),
            "parse_math": False,
        }
        look |= {"transform": self.pixels}
        self.figure.add_artist(Text(x, base, piece.text, color=piece.colour or colour, zorder=over, **look))
        if halo:
            wide, high = self.size([[piece]], size)
            left = x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            ground = Rectangle((left, base - 0.25 * high), wide, 0.9 * high, transform=self.pixels, zorder=over - 6.5)
            ground.set(facecolor=halo, alpha=0.75, linewidth=0)
            self.figure.add_artist(ground)

    def _width(self, line: Sequence[Piece], size: float) -> float:
        renderer: Any = self.renderer
        wide = [renderer.get_text_width_height_descent(piece.text, _font(piece, size), False)[0] for piece in line]
        return float(sum(wide))


def _font(piece: Piece, size: float) -> FontProperties:
    return FontProperties(family=FAMILY, size=size * _SMALLER, weight="bold" if piece.strong else "normal")
