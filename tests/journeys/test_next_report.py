"""A whole quarter in a real browser: the workbook dropped back, mended, answered, saved, published, compared.

Every value is INVENTED FOR TESTS: one row is renamed, past values are revised, and one total is wrong.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from analysis.colleague import KINDS
from analysis.next_report import read_back
from analysis.unsettled import questions
from data.release_files import made_release
from data.releases import load_release
from data.report_workbook import read_report_workbook
from tests.filled_workbook import june, next_quarter, place_of, planned, with_cells
from tests.journeys.steps import settled, visit
from tests.journeys.test_upload import at_step, press
from tests.published import release
from tests.second_release import FIRST, SECOND, second_release

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHY = "INVENTED FOR TESTS: so it is"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented second release, to take values from."""
    return second_release(tmp_path_factory.mktemp("made"))


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A data folder with the first release alone."""
    shutil.copytree(made, tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "releases" / SECOND)
    return tmp_path / "data"


def drop(page: Page, content: bytes) -> None:
    payload = FilePayload(name="june.xlsx", mimeType=XLSX, buffer=content)
    asked = page.get_by_test_id("stFileUploader").filter(has_text="The filled-in workbook")
    asked.locator("input[type=file]").set_input_files(payload)


def test_a_whole_quarter(made: Path, data: Path, fresh_server: Callable[..., str], page: Page) -> None:
    cells = june(made)
    older = load_release(data, FIRST)
    blank = next_quarter(release())
    _, sheets = planned(release())
    wrong = next(place for place, value in cells.items() if value == "31,100")
    read = read_back(read_report_workbook(with_cells(blank, cells), "june.xlsx"), older.frames())
    new = made_release(SECOND, read.info, read.frames)
    asked = questions((older.frames(), older.info.data_to), (new.frames(), new.info.data_to))
    total = asked[(asked["kind"] == "total") & asked["where"].str.contains("asb.asb.baseline", regex=False)]
    assert len(total) == 1, "the wrong total is asked about"
    rest = asked[asked["serious"] & (asked["key"] != total["key"].iloc[0])]
    by_hand = rest.iloc[0]
    reasons = {}
    for row, key in enumerate(rest["key"].iloc[1:21], start=4):
        reasons["Reasons", f"A{row}"], reasons["Reasons", f"B{row}"] = key, WHY
    slip = place_of(sheets, "Start", "published", "Yours")

    server = fresh_server(EXPLORER_DATA=str(data))
    visit(page, f"{server}/upload?view=new+report")
    with page.expect_download() as loading:
        page.get_by_role("button", name=f"Download the workbook for {SECOND} (XLSX)").click()
    assert loading.value.path().read_bytes()[:2] == b"PK"
    drop(page, with_cells(blank, {**cells, **reasons, slip: "soon"}))
    at_step(page, "what we read")
    expect(page.get_by_text("1 thing must be mended in the workbook")).to_be_visible()
    expect(page.get_by_role("region", name="What must be mended")).to_contain_text("Start, B")
    drop(page, with_cells(blank, {**cells, **reasons}))
    expect(page.get_by_text(f"The report {SECOND} is whole")).to_be_visible()
    settled(page)
    press(page, "Next")
    at_step(page, "what a colleague would ask")
    expect(page.get_by_text(f"{len(rest) - 20 + 1} serious findings have to be mended or confirmed")).to_be_visible()
    expect(page.get_by_text(total["what"].iloc[0])).to_be_visible()
    expect(page.get_by_text(f"In the workbook: {wrong[0]}, cell {wrong[1]}.").first).to_be_visible()
    page.get_by_text("Mended in the workbook? Drop it again").click()
    drop(page, with_cells(blank, {**{place: value for place, value in cells.items() if place != wrong}, **reasons}))
    at_step(page, "what we read")
    press(page, "Next")
    at_step(page, "what a colleague would ask")
    expect(page.get_by_text(f"{len(rest) - 20} serious findings have to be mended or confirmed")).to_be_visible()
    box = page.get_by_label(f"Why it is right: {by_hand['where']}")
    box.fill(WHY)
    box.press("Enter")
    expect(page.get_by_text(f"{len(rest) - 21} serious findings have to be mended or confirmed")).to_be_visible()
    settled(page)
    page.get_by_text(f"One reason for several of the {len(rest) - 21} that are shown").click()
    why = page.get_by_label("Why all of them are right")
    expect(why).to_be_visible()
    settled(page)
    for kind in dict.fromkeys(rest["kind"].iloc[21:]):
        name = re.compile(f"^{KINDS[kind].capitalize()}: [0-9]+, serious$")
        page.get_by_text(name).click()
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    why.fill(WHY)
    why.press("Enter")
    settled(page)
    expect(page.get_by_text(f"{len(rest) - 21} serious findings have to be mended or confirmed")).to_be_visible()
    press(page, f"Yes, keep it for {len(rest) - 21} findings")
    expect(page.get_by_text("Nothing serious is left to settle")).to_be_visible()
    settled(page)
    press(page, "Back")
    at_step(page, "what we read")
    press(page, "Next")
    at_step(page, "what a colleague would ask")
    expect(page.get_by_text("Nothing serious is left to settle")).to_be_visible()
    press(page, "Next")
    at_step(page, "save and preview")
    press(page, "Save draft")
    expect(page.get_by_text(f"The report {SECOND} is saved as a draft.")).to_be_visible()
    assert not (data / "releases" / SECOND).exists()
    settled(page)
    press(page, "Next")
    at_step(page, "publish")
    page.get_by_text("Yes, this is ready to be published").click()
    settled(page)
    press(page, "Publish")
    done = page.get_by_text(f"The report {SECOND} is published, as a folder in the data folder.")
    expect(done).to_be_visible(timeout=120_000)  # everything is asked again before it goes out
    assert load_release(data, SECOND).info.state == "published"

    visit(page, server)
    expect(page.get_by_text("Held against the report of 17 May 2023.")).to_be_visible()
    expect(page.get_by_role("region", name="New, dropped and renamed rows")).to_contain_text("999 Calls Received")
    expect(page.get_by_role("region", name="Past values that were revised")).to_contain_text("64%")
    visit(page, f"{server}/?release={FIRST}")
    expect(page.get_by_text("This is the first report here.")).to_be_visible()
