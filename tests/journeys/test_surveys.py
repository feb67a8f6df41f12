"""A survey from chart to download, two waves compared, and a link to one question opened by somebody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from data.people import LOCAL
from data.profile_file import to_toml
from data.store import file_store
from tests.journeys.steps import PHONE, WIDE, settled, visit
from tests.serving import serving
from tests.surveys import survey


def downloaded(page: Page, name: str) -> tuple[str, list[dict[str, str]]]:
    with page.expect_download() as loading:
        page.get_by_role("button", name=name).click()
    text = loading.value.path().read_bytes().decode("utf-8-sig")
    return loading.value.suggested_filename, list(csv.DictReader(io.StringIO(text, newline="")))


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_the_sample_from_chart_to_download_and_to_another_browser(server: str, open_page: Callable[..., Page]) -> None:
    page = visit(open_page(WIDE), f"{server}/surveys")
    choose(page, "Survey", "Example with invented answers")
    page.get_by_text("one question", exact=True).click()
    expect(page.get_by_role("heading", name="Every answer")).to_be_visible()
    settled(page)
    choose(page, "By", "Local Policing Team")
    expect(page.get_by_role("heading", name="By group")).to_be_visible()
    settled(page)
    choose(page, "Question", "Q12 Confidence in Staffordshire Police")
    expect(page.get_by_role("region", name="Example with invented answers: Q12 Confidence").first).to_be_visible()
    settled(page)
    expect(page.locator(".stPlotlyChart")).to_have_count(2)
    name, rows = downloaded(page, "Download Q12 Confidence in Staffordshire Police, by group (CSV)")
    assert name == "illustrative_invented_survey_groups.csv"
    assert {row["status"] for row in rows} == {"illustrative"}
    assert "verdict" not in rows[0]
    whole = {row["wave"]: float(row["estimate"]) for row in rows if row["group"] == "ALL"}
    assert {wave: round(share * 100) for wave, share in whole.items()} == {"June 2022": 63, "January 2023": 68}

    other = visit(open_page(PHONE), page.url)
    expect(other.get_by_label("Question", exact=True)).to_have_value("Q12 Confidence in Staffordshire Police")
    expect(other.get_by_role("heading", name="By group")).to_be_visible()


@pytest.fixture(scope="module")
def with_a_survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose store holds one survey of two waves; both journeys only look."""
    home = tmp_path_factory.mktemp("home")
    profile, prepared = survey("survey_clean.csv")
    file_store(home / "explorer", LOCAL).save(
        prepared.frame, kind="survey", label="Confidence survey", source_name="survey_clean.csv", content=b"clean",
        profile=to_toml(profile), rows_in=len(prepared.frame), rows_rejected=0,
    )  # fmt: skip
    with serving(home) as running:
        yield running.url


def test_two_saved_waves_are_compared_and_the_small_are_withheld(with_a_survey: str, page: Page) -> None:
    visit(page, f"{with_a_survey}/surveys")
    table = page.get_by_role("region", name="What changed: 2022-06 to 2023-01")
    row = table.get_by_role("row", name="Q12")
    expect(row).to_contain_text("up 7.3 points")
    expect(row).to_contain_text("real change")
    name, rows = downloaded(page, "Download the changes (CSV)")
    assert name == "uploaded_survey_changes.csv"
    assert {row["status"] for row in rows} == {"uploaded"}
    assert len(rows) == 12
    visit(page, f"{with_a_survey}/surveys?view=one+question&question=Q1&by=area")
    expect(page.get_by_text("Withheld to protect respondents").first).to_be_visible()
    _, rows = downloaded(page, "Download Q1, by group (CSV)")
    hidden = [row for row in rows if row["caveat"].startswith("Withheld")]
    assert hidden
    assert all(row["estimate"] == row["lower"] == row["upper"] == row["standard_error"] == "" for row in hidden)


def test_from_a_file_to_its_shares(with_a_survey: str, page: Page) -> None:
    """What is saved leads on to what may be said of it."""
    visit(page, f"{with_a_survey}/upload")
    page.get_by_role("link", name="See its answers with their intervals").click()
    expect(page.locator("h1")).to_have_text("Surveys")
    settled(page)
    expect(page.get_by_label("Survey", exact=True)).to_have_value("Uploaded surveys")
