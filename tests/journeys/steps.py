"""Steps that journeys share: the two sizes of a page, opening one, and waiting until it is quiet."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize, expect

WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)


def visit(page: Page, address: str) -> Page:
    """Open an address and wait until the page is all there."""
    page.goto(address)
    return settled(page)


def settled(page: Page) -> Page:
    """Wait until Streamlit has run the page to its end and drawn it.

    A click takes a moment to start a run, so after one, first wait for what the click should bring.
    """
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    expect(page.locator("[data-testid='stSkeleton']")).to_have_count(0, timeout=30_000)
    return page
