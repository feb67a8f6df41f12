"""A briefing before the meeting: ticked, noted, taken away, printed, and opened from its link by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pypdfium2
from playwright.sync_api import Page, expect

from tests.journeys.steps import PHONE, WIDE, settled, visit


def test_a_briefing_is_ticked_noted_taken_away_printed_and_opened_from_its_link(
    server: str, open_page: Callable[..., Page]
) -> None:
    page = visit(open_page(WIDE), f"{server}/briefing")
    page.get_by_role("button", name="Tick none").click()
    expect(page.get_by_text("Nothing is ticked.")).to_be_visible()
    settled(page)
    page.locator("summary", has_text="Prevent harm and protect people").click()
    page.get_by_role("checkbox", name="Homicide").check(force=True)
    expect(page.get_by_role("heading", name="Homicide", exact=True)).to_be_visible()
    settled(page)
    expect(page.get_by_role("checkbox", name="Homicide")).to_be_visible()  # its group stays open
    note = page.get_by_label("Your notes: Homicide")
    note.fill("Ask about July.")
    note.press("Tab")
    expect(page.get_by_role("button", name="Delete your note on this report")).to_be_visible()
    settled(page)
    assert "ticked=" in page.url
    assert "July" not in page.url

    told = {}
    for button in ("Download (Word)", "Download (HTML)"):
        with page.expect_download() as loading:
            page.get_by_role("button", name=button).click()
        told[loading.value.suggested_filename] = loading.value.path().read_bytes()
    assert set(told) == {"2023-03_briefing.docx", "2023-03_briefing.html"}
    written = told["2023-03_briefing.html"].decode()
    assert "Ask about July." in written
    assert f"{server}/prevent_harm?release=2023-03#table_homicide" in written
    paragraphs = docx.Document(BytesIO(told["2023-03_briefing.docx"])).paragraphs
    assert "Ask about July." in [each.text for each in paragraphs]

    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4")))
    words = " ".join("\n".join(each.get_textpage().get_text_range() for each in printed).split())
    for told in ("This briefing holds one measure", "Homicide", "Suggested questions", "Notes: Ask about July.",
                 "Which measures need a question", "How the force explains it"):  # fmt: skip
        assert told in words
    for frame in ("Data and methods", "Tick by the rule", "Your notes", "Download", "To print this briefing"):
        assert frame not in words

    other = visit(open_page(PHONE), page.url)
    expect(other.get_by_role("heading", name="Homicide", exact=True)).to_be_visible()
    expect(other.get_by_label("Your notes: Homicide")).to_have_value("")
