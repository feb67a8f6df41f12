"""Wherever a page shows a corrected number, the printed one stands there with what it was corrected to, when and why."""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.briefing.codes import short_code
from data.people import LOCAL
from data.release_keeping import keeper
from tests.parts.test_pages import opened
from tests.published import DATA, text_frame

FIRST = "2023-03"
WHY = "INVENTED FOR TESTS: two days were left out"
NOTE = f"corrected to 12,345 on 3 June 2023: {WHY}"


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data, to be corrected."""
    root = tmp_path_factory.mktemp("data")
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, root / name)
    return root


@pytest.fixture
def correct(spoilt: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Correct a number and give what is printed for it."""
    monkeypatch.setenv("EXPLORER_DATA", str(spoilt))
    own = spoilt / "releases" / FIRST / "corrections.csv"
    own.write_text(own.read_text("utf-8").partition("\n")[0] + "\n", encoding="utf-8")

    def made(number: str) -> str:
        keeper(spoilt, own_home, LOCAL).correct(FIRST, number, "12,345", f"{WHY}.", today=date(2023, 6, 3))
        printed = {row.figure_id: row.printed for row in text_frame("figures").itertuples()}
        printed |= {row.id: row.printed for row in text_frame("statements").itertuples()}
        return printed[number]

    return made


def words(page: AppTest) -> str:
    """All that stands on a page."""
    assert not page.exception
    told = [element.proto.body for element in page.get("html")]
    told += [each.value for kind in (page.markdown, page.caption, page.code, page.text, page.info) for each in kind]
    return html.unescape(" ".join(told))


def test_on_its_page_in_the_table_the_sentence_the_chart_and_every_file(
    correct: Callable[[str], str],
    files: dict[str, bytes],
) -> None:
    before = words(opened("local_and_responsive_service"))
    assert "corrected to" not in before
    printed = correct("asb.asb.last_12_months")
    page = opened("local_and_responsive_service")
    told = words(page)
    assert f"{printed} (corrected to 12,345)" in told
    assert f"The printed {printed} was {NOTE}. The verdict rests on what was printed." in told
    sourced = [each.value for each in page.caption if "Corrected since:" in each.value]
    assert sourced
    assert all(f"printed {printed}, {NOTE}." in each for each in sourced)
    copied = [each.value for each in page.code if "asb" in each.value.lower() and "Source:" in each.value]
    assert any(NOTE in each for each in copied)
    content = files[f"{FIRST}_asb.csv"].decode("utf-8-sig")
    assert f'12,345",2023-06-03,{WHY}' in content


def test_in_a_briefing_beside_the_number_under_the_chart_and_in_every_file(
    correct: Callable[[str], str],
) -> None:
    """The page, Word, HTML and both workbooks are written from the same sentences; their own tests read them back."""
    printed = correct("asb.asb.last_12_months")
    page = opened("briefing", ticked=short_code(["asb"]))
    told = words(page)
    assert f"{printed} (corrected to 12,345)" in told
    [under_chart] = [each.value for each in page.caption if "Corrected since:" in each.value]
    assert f"printed {printed}, {NOTE}." in under_chart
    assert any(NOTE in each.value for each in page.code), "whoever copies the questions takes it along"


@pytest.mark.parametrize("address", ["", "data_and_methods"])
def test_on_pages_that_gather_numbers(correct: Callable[[str], str], address: str) -> None:
    printed = correct("asb.asb.last_12_months")
    told = words(opened(address))
    assert printed in told
    assert NOTE in told
    if address.startswith("data"):
        assert "Verdicts, sums and charts stay on what was printed" in told


def test_a_number_in_running_text(correct: Callable[[str], str]) -> None:
    printed = correct("foreword_01_calls_999_per_day")
    told = words(opened())
    assert f"{printed} [check] ({NOTE})" in told or f"{printed} ({NOTE})" in told


def test_survey_results_and_teams(correct: Callable[[str], str]) -> None:
    printed = correct("confidence_questions.q12.2022_06")
    for address in ("surveys", "compare_teams"):
        told = words(opened(address))
        if address == "surveys":
            assert f"printed {printed}, {NOTE}." in told


def test_waits_of_calls(correct: Callable[[str], str]) -> None:
    figures = text_frame("figures")
    number = figures.loc[figures["breakdown"].str.startswith("wait="), "figure_id"].iloc[0]
    printed = correct(number)
    assert f"printed {printed}, {NOTE}." in words(opened("demand_and_season", view="abandoned by choice"))
