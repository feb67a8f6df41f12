"""The team that differs, found and downloaded; a grid's cell followed; one team printed and read as it was printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.journeys.steps import PHONE, WIDE, settled, visit
from tests.journeys.test_surveys import choose, downloaded
from tests.parts.test_areas import months
from tests.serving import serving


def test_the_team_that_differs_is_found_and_downloaded(server: str, open_page: Callable[..., Page]) -> None:
    page = visit(open_page(WIDE), f"{server}/compare_teams?view=everything+at+once")
    grid = page.get_by_role("region", name="Every measure, every area: January 2023")
    marked = grid.get_by_role("row", name="Q12 Confidence").get_by_role("link", name="▼ below", exact=True)
    marked.click()
    expect(page.locator(".said")).to_contain_text("East Staffs is below the rest")
    settled(page)
    expect(page.get_by_label("Measure", exact=True)).to_have_value("Q12 Confidence in Staffordshire Police")
    name, rows = downloaded(page, "Download Q12 Confidence in Staffordshire Police, by area (CSV)")
    assert name == "2023-03_teams_confidence_q12.csv"
    found = {row["area"]: row for row in rows}
    assert [area for area, row in found.items() if row["verdict"] == "differs"] == ["East Staffs"]
    assert found["East Staffs"]["estimate"] == "0.46"
    assert (found["Newcastle"]["estimate"], found["Newcastle"]["low"], found["Newcastle"]["high"]) == (
        "",
        "0.64",
        "0.74",
    )
    assert {row["status"] for row in rows} == {"published"}
    assert "assumed 160 answers in each of 10 areas" in found["East Staffs"]["method"]

    other = visit(open_page(PHONE), page.url)
    expect(other.locator(".said")).to_contain_text("East Staffs is below the rest")


def test_one_team_is_printed_without_the_frame(server: str, open_page: Callable[..., Page]) -> None:
    page = visit(open_page(WIDE), f"{server}/compare_teams?view=one+team&area=Lichfield")
    expect(page.get_by_role("heading", name="Lichfield", exact=True)).to_be_visible()
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4")))
    words = " ".join("\n".join(each.get_textpage().get_text_range() for each in printed).split())
    assert 1 <= len(printed) <= 3
    for told in ("Lichfield beside the rest of the force: January 2023", "59% (50% to 67%)", "Residential burglary",
                 "Q23 Well informed about local policing", "160 answers in each of 10 teams", "that the team covers it is assumed"):  # fmt: skip
        assert told in words
    for frame in ("Data and methods", "Headlines", "Download", "To print this page"):
        assert frame not in words


def test_uploaded_counts_by_area_and_a_year_of_them(tmp_path: Path, open_page: Callable[..., Page]) -> None:
    months(tmp_path / "explorer")
    with serving(tmp_path) as running:
        page = visit(open_page(WIDE), f"{running.url}/compare_teams")
        expect(page.locator(".said")).to_contain_text("Calls for service, 12 months to March 2023")
        table = page.get_by_role("region", name=re.compile("against the year before"))
        expect(table.get_by_role("row", name="Lichfield")).to_contain_text("10,800")
        choose(page, "Figures", "Open data by district")
        expect(page.get_by_role("heading", name="Funnel")).to_be_visible()
