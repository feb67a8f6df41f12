"""From a section to the season of its months, another date by link, and the numbers taken away."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import Page, expect

from tests.journeys.steps import settled, visit


def test_from_a_section_to_its_season_and_away_with_the_numbers(server: str, page: Page) -> None:
    visit(page, f"{server}/local_and_responsive_service")
    page.get_by_role("link", name="Its season, and whether a change is more than the season").first.click()
    expect(page.locator("h1")).to_have_text("Demand and season")
    expect(page.get_by_role("heading", name="Control chart")).to_be_visible(timeout=60_000)
    settled(page)
    expect(page.locator(".stPlotlyChart")).to_have_count(7)
    page.get_by_label("Where the date comes from", exact=True).click()
    page.get_by_role("option", name="picked after looking").click()
    settled(page)
    assert "origin=picked" in page.url
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download the expected band (CSV)").click()
    assert loading.value.suggested_filename.startswith("illustrative_invented_")
    rows = list(csv.DictReader(io.StringIO(loading.value.path().read_bytes().decode("utf-8-sig"), newline="")))
    assert [row["period"] for row in rows] == ["2022-11", "2022-12", "2023-01", "2023-02", "2023-03"]
    assert {row["status"] for row in rows} == {"illustrative"}
