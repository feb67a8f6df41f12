"""Steps that journeys share: the sizes of a page, opening one, waiting until it is quiet, unfolding it, its colours."""

from __future__ import annotations

import tomllib

from playwright.sync_api import Page, ViewportSize, expect

from tests.serving import ROOT

WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)
NARROWEST = ViewportSize(width=320, height=740)  # what WCAG 1.4.10 asks for

PATIENCE = 60_000  # milliseconds for what takes one or two on a quiet machine; only a failure ever waits so long
expect.set_options(timeout=PATIENCE / 3)


def visit(page: Page, address: str) -> Page:
    """Open an address and wait until the page is all there."""
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return settled(page)


def settled(page: Page) -> Page:
    """Wait until Streamlit has run the page to its end and drawn it.

    A click takes a moment to start a run, so after one, first wait for what the click should bring.
    """
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=PATIENCE)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator(".stPlotlyChart:not(:has(.main-svg))")).to_have_count(0, timeout=PATIENCE)
    return page


def unfold(page: Page) -> Page:
    """Open everything on a page that folds."""
    folded = page.locator("details:not([open]) > summary")
    folded.evaluate_all("folds => folds.forEach((each) => each.click())")
    expect(folded).to_have_count(0)
    expect(page.locator("details [inert]")).to_have_count(0)
    return still(page)


def still(page: Page) -> Page:
    """Bring whatever fades, slides or grows to its end at once."""
    page.wait_for_function(
        """() => {
          const moving = document.getAnimations().filter((each) => each.playState === 'running'
            && each.effect.getComputedTiming().endTime !== Infinity);
          moving.forEach((each) => each.finish());
          return moving.length === 0;
        }"""
    )
    return page


def drawn_in(page: Page, scheme: str) -> Page:
    """Ask for light or dark, as a visitor's system does, and wait until the page has the colours set for it."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    red, green, blue = bytes.fromhex(theme["backgroundColor"].removeprefix("#"))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    return still(page)
