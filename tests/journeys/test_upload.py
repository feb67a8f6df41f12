"""From a file to a saved version and to its end, in a real browser; and the invented sample on the narrowest phone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.steps import NARROWEST, drawn_in, settled, still, visit
from tests.journeys.test_accessibility import CUT_OFF, SIDEWAYS, SMALL, SMALLEST_TARGET, axe, elements, unrolled
from tests.journeys.test_journeys import choose

HOSTILE = "Q1 ![x](https://evil.example/p.png) [link](https://evil.example) www.evil.example *b*"


def drop(page: Page, name: str, content: bytes) -> None:
    """Give a file to the page, and wait for the second step."""
    payload = FilePayload(name=name, mimeType="text/csv", buffer=content)
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(payload)
    at_step(page, "what we read")


def at_step(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=2)).to_be_visible()
    settled(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def table(page: Page, caption: str) -> Locator:
    return page.get_by_role("region", name=caption)


def test_a_spoilt_survey_is_saved_withdrawn_and_deleted(server: str, page: Page, reference: Path | None) -> None:
    folder = reference and reference / "oracles"
    if not folder or not folder.is_dir():
        pytest.skip("no reference material: the spoilt survey is not there")
    known = json.loads((folder / "expected" / "messy.json").read_text(encoding="utf-8"))
    visit(page, f"{server}/upload")
    drop(page, "survey_messy.csv", (folder / "inputs" / "survey_messy.csv").read_bytes())
    rows_in, used = known["rows_in_file_without_blank_line"], known["rows_used"]
    expect(
        page.get_by_text(f"{rows_in:,} rows in the file = {rows_in:,} accepted + 0 rejected as unreadable.")
    ).to_be_visible()
    press(page, "Next")
    at_step(page, "what the columns mean")
    press(page, "Next")
    at_step(page, "what the answers mean")
    press(page, "Next")
    at_step(page, "save")
    expect(
        page.get_by_text(f"{rows_in:,} rows in the file = {used:,} used + {rows_in - used} set aside + 0 rejected")
    ).to_be_visible()
    expect(page.get_by_text(f"{known['distinct_respondents']:,} different respondents.")).to_be_visible()
    went = table(page, "Where the rows of the file went")
    for words, number in {
        "Used": used,
        "Set aside: they repeat others": known["exact_duplicate_rows"],
        f"rows of {known['respondents_with_conflicting_answers']} respondents": 2
        * known["respondents_with_conflicting_answers"],
        "Set aside: weight is missing": known["rows_weight_missing"],
        "Set aside: weight is not above 0": known["rows_weight_not_positive"],
        "In the file": rows_in,
    }.items():
        expect(went.get_by_role("row", name=words).get_by_role("cell")).to_have_text(f"{number:,}")
    page.get_by_label("Label of the version").fill("January 2023 survey")
    press(page, "Save as a version")
    expect(page.get_by_text(f"Saved as January 2023 survey: {used:,} rows.")).to_be_visible()
    row = table(page, "Saved versions, the newest first").get_by_role("row", name="January 2023 survey")
    expect(row).to_contain_text(f"{used:,}")
    expect(row).to_contain_text("in use")
    press(page, "Withdraw")
    expect(row).to_contain_text("withdrawn on")
    settled(page)
    page.get_by_text("Delete for good").first.click()
    still(page)
    page.get_by_text("Yes, delete this version for good").click()
    settled(page)
    press(page, "Delete for good")
    expect(page.get_by_text("January 2023 survey is deleted for good.")).to_be_visible()
    expect(row).to_have_count(0)
    with page.expect_download() as loading:
        press(page, "Download the receipt (CSV)")
    receipt = dict(csv.reader(io.StringIO(loading.value.path().read_text(encoding="utf-8-sig"))))
    assert (receipt["Label"], receipt["Rows"], receipt["Its file was there"]) == (
        "January 2023 survey",
        f"{used}",
        "yes",
    )
    assert "evil" not in page.url and "W2-" not in json.dumps(receipt)


def faults(page: Page) -> list[object]:
    """What a reader with a small screen, a keyboard or a screen reader would stumble over on this step."""
    settled(still(page))
    found: list[object] = [*page.evaluate(SIDEWAYS), *page.evaluate(CUT_OFF), *page.evaluate(SMALL, SMALLEST_TARGET)]
    return found + elements(axe(page)["violations"])


def test_every_step_of_the_sample_is_sound_on_a_phone(server: str, open_page: Callable[..., Page]) -> None:
    page = unrolled(visit(open_page(NARROWEST), f"{server}/upload"))
    assert faults(drawn_in(page, "dark")) == []
    press(page, "Try with an invented sample")
    for words in ("what we read", "what the columns mean", "what the answers mean", "save"):
        at_step(page, words)
        assert faults(page) == [], words
        if words != "save":
            press(page, "Next")
    press(page, "Save as a version")
    expect(page.get_by_text("Saved as Invented sample survey (illustrative): 233 rows.")).to_be_visible()
    assert faults(page) == []


def test_a_step_begins_at_its_heading_and_back_loses_nothing(server: str, page: Page) -> None:
    visit(page, f"{server}/upload")
    press(page, "Try with an invented sample")
    at_step(page, "what we read")
    press(page, "Next")
    at_step(page, "what the columns mean")
    heading = page.get_by_role("heading", name="what the columns mean")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    choose(page, "age_band", "ignore: not stored")
    expect(page.get_by_role("combobox", name="age_band")).to_have_value("ignore: not stored")
    settled(page)
    press(page, "Back")
    at_step(page, "what we read")
    press(page, "Next")
    at_step(page, "what the columns mean")
    expect(page.get_by_role("combobox", name="age_band")).to_have_value("ignore: not stored")


def test_text_of_a_file_is_shown_and_never_run(server: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{server}/upload")
    rows = "".join(f"{number},{'Yes' if number % 3 else 'No'}\n" for number in range(20))
    drop(page, f"{HOSTILE}.csv", f"serial,{HOSTILE}\n{rows}".encode())
    for words in ("what the columns mean", "what the answers mean", "save"):
        press(page, "Next")
        at_step(page, words)
        assert page.locator("main :is(img, a)[src*=evil], main a[href*=evil]").count() == 0, words
        if words == "what the columns mean":
            expect(page.get_by_text("*b*").first).to_be_visible()
    assert not [url for url in asked if "evil" in url.split("/")[2]]
