"""Every page, light and dark, wide and on the narrowest phone: WCAG 2.2 AA as far as a machine can tell, and reflow.

axe-core looks for faults in what is there. What it cannot judge (text inside charts, a page that scrolls sideways,
the words of a chart) is looked at here by hand. The keyboard has a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys.steps import NARROWEST, WIDE, drawn_in, unfold, visit
from tests.shipped import MENU, Place, page_of_table, rows

# Level A and AA of WCAG 2.0, 2.1 and 2.2, which the regulations ask for, and what the makers of axe hold good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Those of its rules that look at colours: the only ones whose answer another scheme can change.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# What Streamlit draws, axe finds, and the app cannot mend: rule, and a part of the element's source.
UNMENDABLE = {
    (rule, 'data-testid="stFileUploaderDropzone"') for rule in ("presentation-role-conflict", "aria-prohibited-attr")
}

TEXT_CONTRAST = 4.5  # WCAG 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 1.4.11, for a circle or a triangle that is written as a letter
SMALLEST_TARGET = 24  # pixels, WCAG 2.5.8


class View(NamedTuple):
    """A page and the size of its window."""

    place: Place
    size: ViewportSize

    @property
    def schemes(self) -> tuple[str, ...]:
        """Another width does not change a colour, so on a phone dark is looked at where the menu's button is all there is
        that a wide page does not have: on the front page."""
        return ("light", "dark") if self.size == WIDE or not self.place.address else ("light",)

    def __str__(self) -> str:
        return f"{self.place.address or 'front'}-{self.size['width']}"


class Shown(NamedTuple):
    """A page that has been opened, and how it is looked at."""

    page: Page
    view: View


@pytest.fixture(scope="module", params=[View(place, size) for place in MENU for size in (WIDE, NARROWEST)], ids=str)
def shown(request: pytest.FixtureRequest, same_page: Page, server: str) -> Shown:
    """Each view is opened once; the tests below only look. What folds is unfolded on the wide page from the start."""
    view = request.param
    same_page.set_viewport_size(view.size)
    same_page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page = unrolled(visit(same_page, f"{server}/{view.place.address}"))
    return Shown(unfold(page) if view.size == WIDE else page, view)


# Streamlit's page scrolls inside the window, and axe passes by the colours and sizes of what is scrolled away in a box.
UNROLLED = """html, body, #root, #root > div, :has([data-testid=stMain]), [data-testid=stMain] {
  position: static !important; overflow: visible !important; height: auto !important; }"""


def unrolled(page: Page) -> Page:
    """Lay the whole of a page out, so that axe sees all of it."""
    page.add_style_tag(content=UNROLLED)
    return page


def axe(page: Page, colours_only: bool = False) -> dict[str, list[dict]]:
    """What axe says about a page but the inside of charts: `violations`, and `incomplete` where it cannot tell."""
    rules = {"type": "rule", "values": OF_COLOURS} if colours_only else {"type": "tag", "values": TAGS}
    options = {"runOnly": rules, "resultTypes": ["violations", "incomplete"]}
    return Axe().run(page, context={"exclude": [[".stPlotlyChart svg"]]}, options=options).response


def elements(findings: list[dict]) -> list[tuple[str, str, str]]:
    """Rule, address and source of every element of some findings."""
    return [
        (rule["id"], node["target"][0], node["html"][:200])
        for rule in findings
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in UNMENDABLE)
    ]


# Text, its contrast, and what it stands on, for the elements of some addresses: what axe leaves undecided.
CONTRAST = """(addresses) => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const seen = (colour) => (numbers(colour)[3] ?? 1) === 1;
  const under = (each) => {
    each = each.closest('.stPlotlyChart')?.querySelector('.main-svg') ?? each;  // a chart's first layer is its card
    for (; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (seen(colour)) return colour;
    }
  };
  return [...document.querySelectorAll(addresses)].filter((each) => each.textContent.trim()).map((each) => {
    const style = getComputedStyle(each);
    const [colour, ground] = [each instanceof SVGElement ? style.fill : style.color, under(each)];
    const [low, high] = [light(numbers(colour)), light(numbers(ground))].sort((a, b) => a - b);
    return [each.textContent, seen(colour) ? (high + 0.05) / (low + 0.05) : 0, ground];
  });
}"""


def too_pale(told: list[tuple[str, float, str]]) -> list[tuple[str, float, str]]:
    """Of texts as CONTRAST gives them, those that cannot be read.

    >>> too_pale([("○", 3.1, "white"), ("up", 3.1, "white"), ("up", 4.5, "white")])
    [('up', 3.1, 'white')]
    """
    return [
        (text, contrast, ground)
        for text, contrast, ground in told
        if contrast < (TEXT_CONTRAST if any(map(str.isalnum, text)) else SHAPE_CONTRAST)
    ]


def test_axe_finds_nothing(shown: Shown) -> None:
    """Every rule in light; in dark, where the same page has other colours, the rules of colours."""
    for scheme in shown.view.schemes:
        said = axe(drawn_in(shown.page, scheme), colours_only=scheme == "dark")
        assert elements(said["violations"]) == [], scheme
        undecided = elements(said["incomplete"])
        assert {rule for rule, _, _ in undecided} <= {"color-contrast"}, (scheme, undecided)
        if undecided:
            told = shown.page.evaluate(CONTRAST, ", ".join(address for _, address, _ in undecided))
            assert len(told) == len(undecided), scheme
            assert too_pale(told) == [], scheme


def test_charts_stand_on_a_light_card(shown: Shown) -> None:
    """Their colours are chosen for white, so the card stays light in both modes, and its text dark."""
    for scheme in shown.view.schemes:
        told = drawn_in(shown.page, scheme).evaluate(CONTRAST, ".stPlotlyChart .main-svg text")
        assert too_pale(told) == [], scheme
        assert {ground for _, _, ground in told} <= {"rgb(255, 255, 255)"}, scheme
        assert bool(told) == has_charts(shown.view.place)


def has_charts(place: Place) -> bool:
    """Whether a printed table stands on this page, or series, surveys or chosen measures do; no other has a chart."""
    return place.address in ("surveys", "demand_and_season", "compare_teams", "briefing") or any(
        page_of_table(table["id"]) == place for table in rows("tables")
    )


def test_charts_have_words_and_no_buttons(shown: Shown) -> None:
    charts = shown.page.get_by_test_id("stPlotlyChart")
    assert (charts.count() > 0) == has_charts(shown.view.place)
    told = charts.evaluate_all("charts => charts.map(each => [each.getAttribute('role'), each.ariaLabel])")
    assert {role for role, _ in told} <= {"figure", "img"}
    words = [label for _, label in told]
    assert [each for each in words if not each or len(each) < 60 or not any(map(str.isdigit, each))] == []
    assert len(set(words)) == len(words), "two charts with the same words"
    assert shown.page.locator(".modebar-btn").count() == 0


SIDEWAYS = """() => ['html', 'body', ...['stApp', 'stMain', 'stMainBlockContainer'].map((id) => `[data-testid=${id}]`)]
  .map((name) => [name, document.querySelector(name)])
  .filter(([, box]) => box.scrollWidth > box.clientWidth)
  .map(([name, box]) => `${name}: ${box.scrollWidth} in ${box.clientWidth}`)"""

# A word or a control may still stick out where nothing scrolls: then it is cut off.
CUT_OFF = """() => [...document.querySelectorAll('main :is(p, h1, h2, h3, li, a, button, summary, label)')]
  .filter((each) => !each.closest('.figures') && each.checkVisibility())
  .filter((each) => each.getBoundingClientRect().right > innerWidth || each.getBoundingClientRect().left < 0)
  .map((each) => each.outerHTML.slice(0, 150))"""


def test_nothing_scrolls_sideways_but_tables(shown: Shown) -> None:
    unfold(shown.page)
    assert shown.page.evaluate(SIDEWAYS) == []
    assert shown.page.evaluate(CUT_OFF) == []
    tables = shown.page.locator(".figures").evaluate_all(
        """regions => regions.map((region) => [getComputedStyle(region).overflowX, region.tabIndex,
          region.ariaLabel === region.querySelector('caption').innerText])"""
    )
    assert tables
    assert [each for each in tables if each != ["auto", 0, True]] == []


# A link inside a sentence may be as low as its line.
SMALL = """(least) => [...document.querySelectorAll('a[href], button, summary, input, textarea, [role=button]')]
  .filter((each) => !(getComputedStyle(each).display === 'inline'
    && each.parentElement.textContent.trim() !== each.textContent.trim()))
  .map((each) => each.closest('label') ?? each)
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && each.dataset.testid !== 'stSkipToContent')
  .map((each) => [each.outerHTML.slice(0, 150), each.getBoundingClientRect()])
  .filter(([, box]) => (box.width || box.height) && (box.width < least || box.height < least))
  .map(([source, box]) => [source, box.width, box.height])"""


def test_targets_are_large_enough(shown: Shown) -> None:
    unfold(shown.page)
    assert shown.page.evaluate(SMALL, SMALLEST_TARGET) == []


# --- the checks themselves --------------------------------------------------------------------------------------------

FAULTS = """() => document.querySelector('[data-testid=stMainBlockContainer]').insertAdjacentHTML('beforeend', `
  <img src="data:," width="9" height="9"><h5>Skips a level</h5>
  <p class="pale" style="color: #aaa; background: #fff">too pale to read</p>
  <p><button style="width: 9px; height: 9px">a</button><button style="width: 9px; height: 9px">b</button></p>
  <div style="height: 3px; width: 3000px"></div><p style="width: 900px">wide</p>`)"""


def test_planted_faults_are_found(server: str, open_page: Callable[..., Page]) -> None:
    """Every check above must be able to fail, also at the far end of a long page."""
    page = visit(open_page(NARROWEST), f"{server}/data_and_methods")
    page.evaluate(FAULTS)
    broken = {rule for rule, _, _ in elements(axe(unrolled(page))["violations"])}
    assert {"image-alt", "color-contrast", "target-size", "heading-order"} <= broken
    assert {rule for rule, _, _ in elements(axe(page, colours_only=True)["violations"])} == {"color-contrast"}
    assert len(page.evaluate(SMALL, SMALLEST_TARGET)) == 2
    assert page.evaluate(SIDEWAYS) != []
    assert "wide" in "".join(page.evaluate(CUT_OFF))
    [[text, contrast, ground]] = page.evaluate(CONTRAST, ".pale")
    assert (text, round(contrast, 2), ground) == ("too pale to read", 2.32, "rgb(255, 255, 255)")
