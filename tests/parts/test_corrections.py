"""Wherever a page shows a corrected number, the printed one stands there with what it was corrected to, when and why."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from analysis.briefing.codes import short_code
from data.people import LOCAL
from data.release_keeping import keeper
from tests.parts.test_pages import opened
from tests.published import DATA, text_frame

FIRST = "2023-03"
WHY = "INVENTED FOR TESTS: two days were left out"
ASB, CALLS = "asb.asb.last_12_months", "foreword_01_calls_999_per_day"
CONFIDENT = "confidence_questions.q12.2022_06"
WAITS = next(row.figure_id for row in text_frame("figures").itertuples() if row.breakdown.startswith("wait="))
TO = {ASB: "12,345", CALLS: "23,456", CONFIDENT: "34.5%", WAITS: "45.6%"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What is printed for each number that is corrected; pages read the shipped data so corrected."""
    root, home = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("home")
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, root / name)
    own = root / "releases" / FIRST / "corrections.csv"
    own.write_text(own.read_text("utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    for number, right in TO.items():
        keeper(root, home, LOCAL).correct(FIRST, number, right, f"{WHY}.", today=date(2023, 6, 3))
    said = {row.figure_id: row.printed for row in text_frame("figures").itertuples()}
    said |= {row.id: row.printed for row in text_frame("statements").itertuples()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_DATA", str(root))
        yield said


def note(number: str) -> str:
    return f"corrected to {TO[number]} on 3 June 2023: {WHY}"


def words(page: AppTest) -> str:
    """All that stands on a page."""
    assert not page.exception
    told = [element.proto.body for element in page.get("html")]
    told += [each.value for kind in (page.markdown, page.caption, page.code, page.text, page.info) for each in kind]
    return html.unescape(" ".join(told))


def test_a_number_that_is_not_corrected_bears_no_such_words() -> None:
    assert "corrected to" not in words(opened("local_and_responsive_service"))


def test_on_its_page_in_the_table_the_sentence_the_chart_and_every_file(
    printed: dict[str, str], files: dict[str, bytes]
) -> None:
    was = printed[ASB]
    page = opened("local_and_responsive_service")
    told = words(page)
    assert f"{was} (corrected to 12,345)" in told
    assert f"The printed {was} was {note(ASB)}. The verdict rests on what was printed." in told
    sourced = [each.value for each in page.caption if "Corrected since:" in each.value and was in each.value]
    assert sourced
    assert all(f"printed {was}, {note(ASB)}." in each for each in sourced)
    copied = [each.value for each in page.code if "asb" in each.value.lower() and "Source:" in each.value]
    assert any(note(ASB) in each for each in copied)
    content = files[f"{FIRST}_asb.csv"].decode("utf-8-sig")
    assert f'12,345",2023-06-03,{WHY}' in content


def test_in_a_briefing_beside_the_number_under_the_chart_and_in_every_file(printed: dict[str, str]) -> None:
    """The page, Word, HTML and both workbooks are written from the same sentences; their own tests read them back."""
    page = opened("briefing", ticked=short_code(["asb"]))
    told = words(page)
    assert f"{printed[ASB]} (corrected to 12,345)" in told
    [under_chart] = [each.value for each in page.caption if "Corrected since:" in each.value]
    assert f"printed {printed[ASB]}, {note(ASB)}." in under_chart
    assert any(note(ASB) in each.value for each in page.code), "whoever copies the questions takes it along"


@pytest.mark.parametrize("address", ["", "data_and_methods"])
def test_on_pages_that_gather_numbers(printed: dict[str, str], address: str) -> None:
    told = words(opened(address))
    assert printed[ASB] in told
    assert note(ASB) in told
    if address.startswith("data"):
        assert "Verdicts, sums and charts stay on what was printed" in told


def test_a_number_in_running_text(printed: dict[str, str]) -> None:
    told = words(opened())
    assert f"{printed[CALLS]} [check] ({note(CALLS)})" in told or f"{printed[CALLS]} ({note(CALLS)})" in told


def test_survey_results_and_teams(printed: dict[str, str]) -> None:
    for address in ("surveys", "compare_teams"):
        told = words(opened(address))
        if address == "surveys":
            assert f"printed {printed[CONFIDENT]}, {note(CONFIDENT)}." in told


def test_waits_of_calls(printed: dict[str, str]) -> None:
    told = words(opened("demand_and_season", view="abandoned by choice"))
    assert f"printed {printed[WAITS]}, {note(WAITS)}." in told
