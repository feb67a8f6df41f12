"""A shared link may be the first visit to a server that has just started: it must lead where it says, page by page.

Hosted apps sleep, so this is the ordinary case and not a rare one. Until a run has named the pages, Streamlit makes
its own menu from the file names in `pages/`, for every visitor; only a new process and a real browser show that.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import visit
from tests.serving import ROOT
from tests.shipped import MENU, MENU_NAMES, PLACES, Place

# One filter of each page, and what shows that it is applied: words, or a field and its value.
FILTERS = {
    "": ("q=burglary", "measures fit “burglary”"),
    "headlines": ("q=confidence", "measures fit “confidence”"),
    "local_and_responsive_service": (
        "neighbourhood_crime_area=Tamworth",
        "Residential burglary recorded each quarter, Tamworth:",
    ),
    "prevent_harm": ("serious_violence_area=Stafford", "Wounding recorded each quarter, Stafford:"),
    "support_victims": ("against=baseline", ("Held against", "baseline")),
    "reduce_offending": ("all_crime_area=Cannock+Chase", "Shoplifting recorded each quarter, Cannock Chase:"),
    "criminal_justice": ("against=baseline", ("Held against", "baseline")),
    "enabling_services": ("against=baseline", ("Held against", "baseline")),
    "demand_and_season": ("view=abandoned+by+choice", "were given up within the first band"),
    "surveys": ("view=what+can+be+said", "changes are real under every design effect shown"),
    "compare_teams": ("view=everything+at+once", "would stand out by chance alone before correction"),
    "check_the_figures": ("grade=rounding", "13 findings."),
    "briefing": ("national=Neighbourhood+crime", "Neighbourhood crime is told by seven measures"),
    "upload": (
        "",
        "Drop a survey, monthly figures or events.",
    ),  # a step is no link: nothing of a file is in an address
    "data_and_methods": ("q=knife&priority=Prevent+harm+and+protect+people", "numbers; page 1 of 1."),
}

# One page of each kind opens a server of its own: the front page, its other address, a priority's page, one that stands
# for itself, and one that is for analysts. What makes the menu is the first line of all of them, as is seen below.
FIRST_OF_A_SERVER = ["", "headlines", "criminal_justice", "surveys", "upload"]
ABOVE = (ast.Import, ast.ImportFrom, ast.Assign, ast.FunctionDef)
CLICKED_ON = ["", "criminal_justice", "upload"]

# A dialog that flashes past is a fault even when it goes away again. (Until the page has run to its end, Streamlit's
# own menu of file names does stand there for a moment, on the first visit to a server only; the app cannot help it.)
WITNESS = """
window.dialogs = [];
new MutationObserver(() => {
  for (const dialog of document.querySelectorAll('[role=dialog]')) window.dialogs.push(dialog.innerText);
}).observe(document, {childList: true, subtree: true});
"""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address or "front")
def test_first_visit(place: Place, request: pytest.FixtureRequest) -> None:
    query, shows = FILTERS[place.address]
    fresh = place.address in FIRST_OF_A_SERVER
    server = request.getfixturevalue("fresh_server")() if fresh else request.getfixturevalue("server")
    page = request.getfixturevalue("page" if fresh else "same_page")
    page.add_init_script(WITNESS)
    visit(page, f"{server}/{place.address}?{query}")

    expect(page).to_have_title(place.title)
    expect(page.locator("h1")).to_have_text([place.heading])
    assert page.get_by_test_id("stSidebarNavLink").all_inner_texts() == MENU_NAMES
    expect(page.get_by_test_id("stException")).to_have_count(0)
    if isinstance(shows, str):
        expect(page.get_by_text(shows).first).to_be_visible()
    else:
        field, value = shows
        expect(page.get_by_role("combobox", name=field)).to_have_value(value)
    assert query in page.url

    # The menu works at once. It is one menu for all pages, so one page of each kind shows that.
    if place.address in CLICKED_ON:
        other = MENU[(MENU_NAMES.index(place.menu) + 1) % len(MENU)]
        page.get_by_role("link", name=other.menu, exact=True).click()
        expect(page.locator("h1")).to_have_text([other.heading])
        assert page.get_by_test_id("stSidebarNavLink").all_inner_texts() == MENU_NAMES
    assert page.evaluate("window.dialogs") == []


@pytest.mark.parametrize("file", sorted((ROOT / "pages").glob("*.py")), ids=lambda file: file.stem)
def test_the_first_thing_that_a_page_does_is_to_ask_for_the_menu(file: Path) -> None:
    """Above it stand imports, names, and functions for later."""
    _, *lines = ast.parse(file.read_text(encoding="utf-8")).body
    first = next(each for each in lines if not isinstance(each, ABOVE))
    assert ast.unparse(first) in ("open_page()", "open_page(ANALYST)")


def test_every_page_has_a_filter() -> None:
    assert FILTERS.keys() == {place.address for place in PLACES}


def test_an_unknown_page_says_so_and_shows_the_front(server: str, page: Page) -> None:
    """What the other test looks for is there to be seen: a wrong address does raise the dialog."""
    page.add_init_script(WITNESS)
    visit(page, f"{server}/no_such_page")
    expect(page.get_by_role("dialog")).to_contain_text("Page not found")
    assert "Page not found" in page.evaluate("window.dialogs.join()")
    expect(page.locator("h1")).to_have_text([MENU[0].heading])
    assert page.get_by_test_id("stSidebarNavLink").all_inner_texts() == MENU_NAMES
