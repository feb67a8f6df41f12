"""Colours: the Analysis Function's, named once, readable in light and in dark."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import product

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from charts import palette
from tests.serving import ROOT

# As the Analysis Function's guidance on colours in charts prints them, typed by hand.
GUIDANCE = ["#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it.

    >>> round(luminance("#FFFFFF"), 3), luminance("#000000")
    (1.0, 0.0)
    """
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it.

    >>> round(contrast("#000000", "#FFFFFF"), 6), round(contrast("#777777", "#FFFFFF"), 2)
    (21.0, 4.48)
    """
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


# --- the palette and the theme ----------------------------------------------------------------------------------------


def test_the_palette_is_the_guidances() -> None:
    assert palette.CATEGORICAL == GUIDANCE


def test_the_theme_has_the_same_chart_colours() -> None:
    assert THEME["chartCategoricalColors"] == palette.CATEGORICAL


def test_a_line_or_mark_is_told_apart_without_colour() -> None:
    colours, dashes = zip(*palette.LINE_STYLES, strict=True)
    assert len(set(dashes)) == len(dashes)
    assert len(set(colours)) == len(colours)
    assert set(colours) <= set(palette.CATEGORICAL)
    marks = [palette.mark(place) for place in range(4)]
    assert len({mark["symbol"] for mark in marks}) == 4
    assert palette.mark(9) == palette.mark(3), "more periods than marks do not break a chart"


@pytest.mark.parametrize("colour", sorted({colour for colour, _ in palette.LINE_STYLES}))
def test_lines_and_marks_stand_out_on_the_card(colour: str) -> None:
    assert contrast(colour, palette.SURFACE) >= 3


def test_words_on_the_card_are_readable() -> None:
    assert contrast(palette.TEXT, palette.SURFACE) >= 7


@pytest.mark.parametrize(
    ("mode", "words", "background"),
    list(
        product(
            ["light", "dark"],
            ["textColor", "linkColor", "primaryColor"],
            ["backgroundColor", "secondaryBackgroundColor"],
        )
    ),
)
def test_words_and_links_of_the_theme_are_readable(mode: str, words: str, background: str) -> None:
    assert contrast(THEME[mode][words], THEME[mode][background]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_menu_is_readable_and_its_edges_are_seen(mode: str) -> None:
    menu = THEME[mode]["sidebar"]
    for background in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(menu["textColor"], menu[background]) >= 4.5
        assert contrast(THEME[mode]["primaryColor"], menu[background]) >= 4.5
    assert contrast(THEME[mode]["borderColor"], THEME[mode]["backgroundColor"]) >= 3


# --- one home for colours ---------------------------------------------------------------------------------------------

COLOUR = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
NAMED = {"white", "black", "red", "green", "blue", "grey", "gray", "orange", "yellow", "purple", "pink", "navy", "teal"}
ROOMS = ["charts", "parts", "pages", "documents"]
FILES = [ROOT / "app.py", *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]


def colours_in(code: str) -> list[str]:
    """Colours that a module writes out, as codes anywhere or as a whole string.

    >>> colours_in('x = "#12436D"; y = "rgb(1, 2, 3)"; z = "white"; anchor = f"#{name}"; told = "red tape"')
    ['#12436D', 'rgb(', 'white']
    """
    strings = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return COLOUR.findall(code) + [text for text in strings if isinstance(text, str) and text.lower() in NAMED]


def test_no_other_module_names_a_colour() -> None:
    assert len(FILES) > 20
    found = {
        file.relative_to(ROOT).as_posix(): colours_in(file.read_text(encoding="utf-8"))
        for file in FILES
        if file != ROOT / "charts" / "palette.py"
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


# --- the template -----------------------------------------------------------------------------------------------------


def test_the_template_is_afcharts_on_a_light_card() -> None:
    layout, theirs = palette.TEMPLATE.layout, pio.templates["afcharts"].layout
    assert list(layout.colorway) == list(theirs.colorway)
    assert layout.paper_bgcolor == layout.plot_bgcolor == palette.SURFACE
    assert layout.font.color == palette.TEXT
    assert layout.font.size >= 14
    assert theirs.paper_bgcolor != palette.SURFACE or theirs.font.size != layout.font.size, "theirs is left as it was"


def test_an_empty_figure_is_a_new_one_that_holds_still() -> None:
    one, two = palette.base_figure(300), palette.base_figure(400)
    one.add_scatter(x=[1], y=[1])
    assert (len(one.data), len(two.data)) == (1, 0)
    assert (one.layout.height, two.layout.height) == (300, 400)
    assert isinstance(one, go.Figure)
    assert one.layout.dragmode is False, "a finger scrolls the page, not the chart"
    assert one.layout.xaxis.fixedrange
    assert one.layout.yaxis.fixedrange
