"""The Analysis Function's colours and the one chart template. No other module names a colour."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
import plotly.io as pio
from afcharts.af_colours import get_af_colours
from afcharts.pio_template import af_chart_feature_colour

from charts.frozen import freeze

__all__ = [
    "CATEGORICAL",
    "FURNITURE",
    "LINE_STYLES",
    "NEGATIVE",
    "NEUTRAL",
    "NIGHT",
    "POSITIVE",
    "SURFACE",
    "TEMPLATE",
    "TEXT",
    "Chart",
    "base_figure",
    "mark",
    "readable_on",
    "shape",
    "stamp_on",
    "tint",
]

CATEGORICAL: list[str] = get_af_colours("categorical")
DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE = CATEGORICAL
BACKGROUND_MARK: str = get_af_colours("focus")[1]
FURNITURE: str = af_chart_feature_colour
TEXT = "#0B0C0C"
SURFACE = "#FFFFFF"
# The two sides of a scale of answers, the strongest first, and what lies between; each part is told in words too.
POSITIVE = get_af_colours("sequential")[1:4]
NEGATIVE = [DARK_PINK, ORANGE]
NEUTRAL = BACKGROUND_MARK

# A page of its own in a dark room; charts stay on their light card.
NIGHT = {
    "ground": "#14191F", "text": "#F3F4F6", "quiet": "#C9CED6", "link": POSITIVE[-1], "line": "#4A525C",
    "strong": POSITIVE[-1], "tint": "#202832", "focus": ORANGE, "card": SURFACE,
}  # fmt: skip

# Shape, fill and dash go with each colour, so that nothing rests on colour alone.
LINE_STYLES = [(DARK_BLUE, "solid"), (ORANGE, "dash"), (DARK_PINK, "dot"), (DARK_GREY, "dashdot")]
_MARKS = [(DARK_BLUE, "circle"), (ORANGE, "circle-open"), (DARK_PINK, "diamond-open"), (DARK_GREY, "square-open")]
_SHAPES = {"circle": "●", "circle-open": "○", "diamond-open": "◇", "square-open": "□"}
_FONT_SIZE = 14


def _template() -> go.layout.Template:
    """The ``afcharts`` template at a size for the screen, on a light card in both modes."""
    template = go.layout.Template(pio.templates["afcharts"])
    template.layout.update(
        font={"size": _FONT_SIZE, "color": TEXT, "family": '"Source Sans", "Source Sans Pro", sans-serif'},
        annotationdefaults={"font": {"size": _FONT_SIZE, "color": TEXT}, "showarrow": False},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": _FONT_SIZE}},
        hoverlabel={"bgcolor": SURFACE, "font": {"size": _FONT_SIZE, "color": TEXT}},
        hovermode="closest",
        margin={"l": 12, "r": 16, "t": 44, "b": 44, "pad": 0},
        paper_bgcolor=SURFACE,
        plot_bgcolor=SURFACE,
    )
    for axis in (template.layout.xaxis, template.layout.yaxis):
        axis.update(title={"font": {"size": _FONT_SIZE}}, tickfont={"size": _FONT_SIZE, "color": TEXT})
    return template


TEMPLATE = _template()


@dataclass(frozen=True)
class Chart:
    """A Plotly figure, never changed once made, the words that stand for it, and the key to its marks if it has one."""

    figure: go.Figure
    alt: str
    key: str = ""

    def __post_init__(self) -> None:
        freeze(self.figure)


def mark(place: int) -> dict[str, object]:
    """Colour and shape of the ``place``-th series, the latest period being 0.

    >>> mark(0)["symbol"], mark(1)["symbol"]
    ('circle', 'circle-open')
    """
    colour, symbol = _MARKS[min(place, len(_MARKS) - 1)]
    return {"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": colour}}


def shape(place: int) -> str:
    """The coloured character that stands for a series in a key.

    >>> "●" in shape(0), "○" in shape(1)
    (True, True)
    """
    colour, symbol = _MARKS[min(place, len(_MARKS) - 1)]
    return f'<span style="color:{colour}">{_SHAPES[symbol]}</span>'


def tint(colour: str, part: float) -> str:
    """A colour thinned with the card's white, ``part`` (0 to 1) of it left.

    >>> tint("#12436D", 1), tint("#12436D", 0), tint("#12436D", 0.2)
    ('#12436D', '#FFFFFF', '#D0D9E2')
    """
    thinned = [round(255 + (int(colour[place : place + 2], 16) - 255) * part) for place in (1, 3, 5)]
    return "#" + "".join(f"{channel:02X}" for channel in thinned)


def readable_on(colour: str) -> str:
    """Black or white, whichever stands out more on a colour.

    >>> readable_on("#12436D"), readable_on("#F46A25")
    ('#FFFFFF', '#0B0C0C')
    """
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return SURFACE if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else TEXT


def _linear(part: float) -> float:
    """A colour's channel as light, as WCAG 2 defines contrast."""
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def base_figure(height: int) -> go.Figure:
    """An empty figure in the house style, ``height`` in pixels."""
    figure = go.Figure(layout={"template": TEMPLATE, "height": height, "dragmode": False})
    figure.update_xaxes(fixedrange=True, gridcolor=FURNITURE, zeroline=False)
    figure.update_yaxes(fixedrange=True, gridcolor=FURNITURE, zeroline=False)
    return figure


def stamp_on(figure: go.Figure, words: str, height: float = 0.06, side: str = "middle") -> None:
    """Put words into a chart that must never leave it, such as "Example with invented figures".

    ``height`` is a share of the plot's own, ``side`` which side of the words stands there.
    """
    figure.add_annotation(
        x=0.5, y=height, xref="paper", yref="paper", text=f"<b>{words}</b>", bgcolor=SURFACE, bordercolor=TEXT,
        borderpad=4, yanchor=side,
    )  # fmt: skip
