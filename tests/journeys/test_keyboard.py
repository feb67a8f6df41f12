"""Everything by keyboard alone: reached with Tab, seen when reached, and worked with Enter, Space and the arrows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import NARROWEST, settled, still, visit
from tests.shipped import MENU, Place

# How everything that the keyboard can reach looks while it does not have the focus: told once, and again of what came
# since, for Streamlit draws the frame of a field itself, some frames after the focus came or went.
PLAIN = """async () => {
  window.plain ??= new Map();
  window.look = (each) => {
    const round = [each];
    while (round.length < 6 && round.at(-1).parentElement) round.push(round.at(-1).parentElement);
    return round.map((one) => {
      const style = getComputedStyle(one);
      return [style.outlineStyle !== 'none' && style.outline, style.boxShadow, style.borderColor, style.backgroundColor,
        style.opacity, style.visibility].join();
    }).join(';');
  };
  const active = document.activeElement;
  active.blur();
  for (let frame = 0; frame < 9; frame += 1) await new Promise(requestAnimationFrame);
  for (const each of document.querySelectorAll('a[href], button, input, textarea, summary, [tabindex]'))
    if (!each.dataset.reached) window.plain.set(each, look(each));
  active.focus({focusVisible: true, preventScroll: true});
}"""

# Where the keyboard is: what has the focus, whether it is in view, and whether anything looks different for it.
# The element is marked, so that what was never reached can be told in the end.
FOCUS = """async () => {
  const each = document.activeElement;
  if (!each || each === document.body || each.dataset.reached) return null;
  if (!window.plain.has(each)) return 'new';
  each.dataset.reached = 'yes';
  const box = each.getBoundingClientRect();
  const shows = () => look(each) !== window.plain.get(each);
  for (let frame = 0; frame < 99 && !shows(); frame += 1) await new Promise(requestAnimationFrame);
  return {
    name: each.ariaLabel ?? each.innerText.slice(0, 80), source: each.outerHTML.slice(0, 150),
    kind: each.closest('[data-testid=stDownloadButton]') ? 'download' : each.tagName,
    shows: shows(), inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""

NOT_REACHED = """() => [...document.querySelectorAll('a[href], button, input, textarea, summary, [tabindex="0"]')]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.dataset.reached && !each.disabled)
  .filter((each) => each.tabIndex >= 0 && !each.closest('[inert]'))
  .map((each) => each.outerHTML.slice(0, 150))"""


@pytest.mark.parametrize("place", MENU, ids=lambda place: place.address or "front")
def test_everything_is_reached_seen_and_works(place: Place, server: str, same_page: Page) -> None:
    """Tab through the whole page; open what folds and load what can be loaded on the way."""
    page = same_page
    visit(page, f"{server}/{place.address}")
    page.evaluate(PLAIN)
    stops: list[dict[str, Any]] = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop == "new":
            page.evaluate(PLAIN)
            stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
        if stop["kind"] == "SUMMARY":
            page.keyboard.press("Enter")
            page.wait_for_function("document.activeElement.parentElement.matches('[open]:not(:has([inert]))')")
            still(page).evaluate(PLAIN)
        elif stop["kind"] == "download":
            with page.expect_download() as loading:
                page.keyboard.press("Enter")
            assert loading.value.path().stat().st_size > 0
    assert stops[0]["name"] == "Skip to main content"
    assert [stop["name"] for stop in stops[1 : len(MENU) + 1]] == [each.menu for each in MENU]
    assert page.evaluate(NOT_REACHED) == []
    assert [stop["source"] for stop in stops if not stop["inView"]] == []
    assert [stop["source"] for stop in stops if not stop["shows"]] == []


def test_skip_link_leads_past_the_menu(server: str, page: Page) -> None:
    visit(page, f"{server}/prevent_harm")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMainBlockContainer]') !== null")


def test_a_page_is_chosen_from_the_menu(server: str, page: Page) -> None:
    visit(page, server)
    tab_to(page, "document.activeElement.innerText === 'Support victims'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Support victims and witnesses")


def test_menu_of_a_phone_opens_and_closes(server: str, open_page: Callable[..., Page]) -> None:
    """Folded away, it is out of the keyboard's way as well as out of sight."""
    page = visit(open_page(NARROWEST), f"{server}/prevent_harm")
    menu = page.get_by_test_id("stSidebarNavLink")
    expect(menu.first).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Expand sidebar")).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_have_count(len(MENU))
    expect(menu.first).to_be_in_viewport()
    tab_to(page, "document.activeElement.innerText === 'Support victims'")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Support victims and witnesses")


def test_wide_table_scrolls_in_its_own_region(server: str, open_page: Callable[..., Page]) -> None:
    page = visit(open_page(NARROWEST), f"{server}/prevent_harm")
    wide = "(each) => each.matches('.figures') && each.scrollWidth > each.clientWidth"
    tab_to(page, f"({wide})(document.activeElement)")
    table = page.locator(".figures:focus")
    expect(table).to_have_attribute("role", "region")
    assert table.evaluate("each => each.scrollLeft") == 0
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    for _ in range(99):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "(each => each.scrollLeft + each.clientWidth >= each.scrollWidth - 1)(document.activeElement)"
    )
    # The table moves, the page does not.
    assert page.get_by_test_id("stMain").evaluate("each => each.scrollLeft") == 0


def test_filters_work(server: str, page: Page) -> None:
    """Typing in a search, choosing from a list, and turning a switch."""
    visit(page, f"{server}/data_and_methods")
    tab_to(page, "document.activeElement.ariaLabel === 'Search the catalogue'")
    page.keyboard.type("homicide")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data_and_methods?q=homicide")
    settled(page)
    tab_to(page, "document.activeElement.closest('[data-testid=stSelectbox]')?.innerText.includes('Priority')")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Prevent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data_and_methods?*priority=Prevent*")

    visit(page, f"{server}/local_and_responsive_service")
    switch = page.get_by_test_id("stCheckbox").filter(has_text="invented").last
    tab_to(page, "document.activeElement.type === 'checkbox'")
    expect(switch.locator("input")).to_be_checked()
    page.keyboard.press("Space")
    page.wait_for_url("**_example=false")


def tab_to(page: Page, condition: str) -> None:
    """Press Tab until a condition holds for what has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(f"Tab never came to where {condition}")
