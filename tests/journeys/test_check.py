"""The evening before the meeting: from the front page to what disagrees, its evidence, its table, and all of it as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import PHONE, settled, visit


def test_from_the_headlines_to_the_evidence(server: str, page: Page) -> None:
    visit(page, server)
    page.get_by_role("link", name="Motoring offences", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Check the figures")
    settled(page)
    assert "section=Road" in page.url
    table = page.get_by_role("region", name="Findings of the check")
    row = table.get_by_role("row", name="Mobile Phone")
    expect(row).to_contain_text("59.3%")
    expect(row).to_contain_text("divided by the previous 12 months (730) instead of the baseline (653)")
    row.get_by_text("Evidence").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Worked out as (a − b) ÷ b × 100")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Motoring offences", exact=True)).to_be_visible()
    settled(page)
    expect(page.get_by_text("[check] 5 printed numbers here are in doubt:")).to_be_visible()


def test_filters_stand_in_the_address_and_the_findings_are_taken_away(server: str, page: Page) -> None:
    visit(page, f"{server}/check_the_figures?grade=rounding")
    expect(page.get_by_role("region", name="Findings of the check").get_by_role("row")).to_have_count(14)
    page.get_by_label("Show", exact=True).click()
    page.get_by_role("option", name="unit slip").click()
    expect(page).to_have_url(f"{server}/check_the_figures?grade=unit+slip")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download all findings (CSV)").click()
    assert loading.value.suggested_filename == "2023-03_check.csv"
    rows = list(csv.DictReader(io.StringIO(loading.value.path().read_bytes().decode("utf-8-sig"), newline="")))
    assert sum(row["kind"] == "cell" for row in rows) == 571
    assert {row["grade"] for row in rows} == {"agrees", "rounding", "unit slip", "disagrees", "cannot be checked"}


def test_a_link_with_an_unknown_filter_says_so(server: str, open_page: Callable[..., Page]) -> None:
    page = visit(open_page(PHONE), f"{server}/check_the_figures?grade=perfect")
    expect(
        page.get_by_text("The link asks for show “perfect”, which is not here. Showing what disagrees.")
    ).to_be_visible()
