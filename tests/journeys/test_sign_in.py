"""Signing in, in a real browser: who one is, what is closed, how to leave, and what an open tab shows afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from tests.guard.hosting import Hosted, hosting
from tests.journeys.steps import settled


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("hosted")) as running:
        yield running


def enter(page: Page, hosted: Hosted, subject: str, path: str = "/") -> list[str]:
    """Open a page, sign in at the service that this leads to, and come back; all that the browser refused to do."""
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{hosted.url}{path}")
    page.get_by_role("button", name=subject, exact=True).click()
    return refused


def test_a_viewer_signs_in_looks_and_leaves(hosted: Hosted, open_page: Callable[..., Page]) -> None:
    page = open_page()
    refused = enter(page, hosted, "vera", "/surveys?view=one+question")
    expect(page.get_by_role("heading", name="Surveys", level=1)).to_be_visible(timeout=60_000)
    assert page.url.startswith(f"{hosted.url}/surveys?view=one+question")
    expect(page.get_by_text("Signed in as Vera Viewer, viewer.")).to_be_visible()
    expect(page.get_by_role("link", name="Data and methods")).to_be_visible()
    expect(page.get_by_role("link", name="Upload", exact=True)).to_have_count(0)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)
    assert refused == []

    other = page.context.new_page()
    other.goto(f"{hosted.url}/upload")
    expect(other.get_by_role("heading", name="Not for your role")).to_be_visible(timeout=60_000)
    expect(other.get_by_text("This is for analysts, and Vera Viewer is signed in as a viewer.")).to_be_visible()

    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    # The tab that was left open, in which nobody does anything.
    expect(other.get_by_role("heading", name="You are signed out")).to_be_visible(timeout=60_000)
    expect(other.get_by_text("Vera Viewer")).to_have_count(0)
    expect(other.get_by_role("link", name="Data and methods")).to_have_count(0)
    other.get_by_role("link", name="Sign in again").click()
    other.get_by_role("button", name="vera", exact=True).click()  # the sign-in service asks again
    expect(other.get_by_role("heading", name="Not for your role")).to_be_visible(timeout=60_000)
    assert other.url == f"{hosted.url}/upload"


def test_whoever_is_taken_off_the_list_sees_no_figure_any_longer(
    hosted: Hosted, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    refused = enter(page, hosted, "vera", "/surveys")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)
    with hosted.listed("person,role\nana@example.org,analyst\n"):
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible(timeout=60_000)
        expect(page.locator(".js-plotly-plot")).to_have_count(0)
        assert page.url.startswith(f"{hosted.url}/sign-in/over?next=%2Fsurveys")
    assert refused == []


def test_only_the_scripts_that_a_page_brings_may_run(hosted: Hosted, open_page: Callable[..., Page]) -> None:
    """What somebody had smuggled into a page would not run; what the page needs does."""
    page = open_page()
    assert enter(page, hosted, "ana", "/upload") == []
    expect(page.get_by_text("Signed in as Ana Lyst, analyst.")).to_be_visible(timeout=60_000)
    refused = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.smuggled = true";
          document.body.append(script);
          setTimeout(() => done("ran"), 2000);
        })"""
    )
    assert refused == "script-src-elem"
    assert page.evaluate("[window.smuggled, window.keepsPlace, window.looksOver]") == [None, True, True]


def test_an_analyst_saves_and_shares_and_the_trail_says_so(hosted: Hosted, open_page: Callable[..., Page]) -> None:
    page = open_page()
    refused = enter(page, hosted, "ana", "/upload")
    expect(page.get_by_text("Signed in as Ana Lyst, analyst.")).to_be_visible(timeout=60_000)
    page.locator('input[type="file"]').set_input_files(
        {
            "name": "june.csv",
            "mimeType": "text/csv",
            "buffer": b"month,measure,value\n2023-01,Lost dogs,7\n2023-02,Lost dogs,9\n",
        }
    )
    for step in ("What the columns mean", "Save"):
        page.get_by_role("button", name="Next", exact=True).click()
        expect(page.get_by_role("heading", name=step)).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Save as a version").click()
    expect(page.get_by_label("Who sees its figures")).to_be_visible(timeout=60_000)
    shared = page.get_by_role("option", name="Shared:")
    for _ in range(5):  # a run that comes in between closes the list again
        settled(page).get_by_label("Who sees its figures").click()
        with suppress(AssertionError):
            expect(shared).to_be_visible(timeout=5_000)
            break
    shared.click()
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_text("is now shared.")).to_be_visible()
    page.get_by_text("What was done with versions").click()
    trail = page.get_by_role("table", name="The latest")
    expect(
        trail.get_by_role("row").filter(has_text="shared with viewers").filter(has_text="Ana Lyst (ana)")
    ).to_be_visible()
    expect(trail.get_by_role("row").filter(has_text="uploaded").filter(has_text="Ana Lyst (ana)")).to_be_visible()
    assert refused == []
