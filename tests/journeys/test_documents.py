"""A document's HTML page in a browser: axe finds nothing, nothing sticks out at 320 px, the keyboard reaches it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from documents.html_page import html_page
from tests.documents.made import document
from tests.journeys.steps import NARROWEST, WIDE
from tests.journeys.test_accessibility import CONTRAST, CUT_OFF, SMALL, SMALLEST_TARGET, axe, elements, too_pale


@pytest.fixture(scope="module", params=["light", "dark", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    file = tmp_path_factory.mktemp("document") / "page.html"
    file.write_bytes(html_page(document()))
    size = NARROWEST if request.param == "phone" else WIDE
    context = browser.new_context(
        viewport=size, color_scheme="dark" if request.param == "dark" else "light", offline=True
    )
    shown = context.new_page()
    shown.goto(file.as_uri())
    yield shown
    context.close()


def test_axe_finds_nothing(page: Page) -> None:
    said = axe(page)
    assert elements(said["violations"]) == []
    assert {rule for rule, _, _ in elements(said["incomplete"])} <= {"color-contrast"}
    told = page.evaluate(CONTRAST, "h1, h2, h3, p, a:not(.skip), li, th, td, dt, dd, figcaption")
    assert len(told) > 20
    assert too_pale(told) == []


def test_nothing_but_tables_and_charts_scrolls_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CUT_OFF.replace(".figures", ".scroll, .card")) in (
        [],
        [page.locator(".skip").evaluate("each => each.outerHTML")],
    )
    assert page.evaluate(SMALL, SMALLEST_TARGET) == []


def test_the_keyboard_skips_to_the_document_and_reaches_what_scrolls(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
    assert {"card", "scroll"} <= set(reached)


def test_it_prints_with_status_and_pages(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(html_page(document()))
    shown = browser.new_page()
    shown.goto((tmp_path / "page.html").as_uri())
    pdf = pypdfium2.PdfDocument(shown.pdf(prefer_css_page_size=True))
    shown.close()
    texts = [" ".join(each.get_textpage().get_text_range().split()) for each in pdf]
    assert len(texts) >= 2
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Not yet published · Any Police, invented report" in text
        assert "OFFICIAL" in text
