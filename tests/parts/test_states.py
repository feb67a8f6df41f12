"""What is not yet published says so wherever it goes, and drafts are for analysts alone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.people import LOCAL, NOBODY, Person
from data.store import file_store
from tests.parts import test_demand
from tests.parts.test_pages import opened
from tests.parts.test_surveys import kept
from tests.second_release import FIRST, SECOND
from tests.shipped import copied_data

ANA, VERA = Person("1", "Ana", "analyst"), Person("2", "Vera", "viewer")

pytestmark = pytest.mark.usefixtures("own_home")


def captions(page: AppTest) -> list[str]:
    body = html.unescape("".join(element.proto.body for element in page.get("html")))
    return re.findall(r"<caption><span>(.*?)</span>", body)


@pytest.mark.parametrize(
    ("state", "words", "stem"),
    [
        ("shared", "Not yet published", "not_yet_published_2023-06_"),
        ("draft", "Draft, not yet published", "draft_not_yet_published_2023-06_"),
    ],
)
def test_it_stands_on_the_page_in_every_chart_table_and_caption_and_in_names_of_files(
    set_state: Callable[[str], None], files: dict[str, bytes], state: str, words: str, stem: str
) -> None:
    set_state(state)
    page = opened("support_victims", release=SECOND)
    assert not page.exception
    assert page.info[0].value.startswith(f"**{words}.** ")
    charts = [element.proto for element in page.get("plotly_chart")]
    assert charts
    assert all(words in chart.spec and chart.alt.startswith(f"{words}. ") for chart in charts)
    sourced = [each.value for each in page.caption if "Source:" in each.value]
    assert sourced
    assert [each for each in sourced if f"{words}. Source: " not in each] == []
    printed = [each for each in captions(page) if each.startswith(words)]
    assert len(printed) >= len(charts)
    assert files
    assert all(name.startswith(stem) for name in files)
    assert all(words in content.decode("utf-8-sig") for content in files.values())
    assert "Published figures" not in " ".join(each.value for each in page.caption)


def test_what_is_published_bears_no_such_words(set_state: Callable[[str], None]) -> None:
    set_state("published")
    page = opened("support_victims", release=SECOND)
    assert not any("ot yet published" in each.value for each in page.info)
    assert not any("ot yet published" in element.proto.spec for element in page.get("plotly_chart"))
    assert not any("ot yet published" in each for each in captions(page))


def test_a_viewer_never_meets_a_draft(set_state: Callable[[str], None], as_person: Callable[[Person], None]) -> None:
    set_state("draft")
    as_person(VERA)
    page = opened("support_victims", release=SECOND)
    assert f"names the release {SECOND}, which is not here" in page.info[0].value
    assert not page.sidebar.selectbox, "one release leaves nothing to choose"
    assert all("17 May 2023" in each.value for each in page.caption if "Source:" in each.value)
    as_person(ANA)
    page = opened("support_victims")
    assert page.sidebar.selectbox[0].options == [SECOND, FIRST]


def test_who_has_no_role_sees_no_release(set_state: Callable[[str], None], as_person: Callable[[Person], None]) -> None:
    set_state("shared")
    as_person(NOBODY)
    page = opened("support_victims")
    assert not page.exception
    assert not page.get("plotly_chart")
    assert captions(page) == []
    assert [each.value for each in page.title] != ["Support victims and witnesses"]


def test_where_only_drafts_are_a_viewer_is_told_kindly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_person: Callable[[Person], None]
) -> None:
    told = copied_data(tmp_path) / "releases" / FIRST / "release.toml"
    told.write_text(f'{told.read_text(encoding="utf-8")}state = "draft"\n', encoding="utf-8", newline="\n")
    monkeypatch.setenv("EXPLORER_DATA", str(tmp_path))
    as_person(VERA)
    page = opened()
    assert not page.exception
    assert not page.error
    assert [each.value for each in page.title] == ["Nothing to see yet"]
    assert [each.value for each in page.markdown] == [
        "No report is shared or published yet. Come back later, or ask whoever runs this explorer."
    ]


@pytest.mark.parametrize("state", ["draft", "shared"])
def test_in_public_there_is_only_what_is_published(
    set_state: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """Where nobody signs in everybody is the local analyst, who at a desk sees drafts too."""
    set_state(state)
    assert opened("support_victims").sidebar.selectbox[0].options == [SECOND, FIRST]
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    page = opened("support_victims", release=SECOND)
    assert f"names the release {SECOND}, which is not here" in page.info[0].value
    assert not page.sidebar.selectbox
    assert all("17 May 2023" in each.value for each in page.caption if "Source:" in each.value)


# --- versions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "stamp", "source", "prefix"),
    [
        ("draft", "", "Uploaded, not published: Clean.", "uploaded_survey"),
        ("shared", "Not yet published", "Uploaded, not yet published: Clean.", "not_yet_published_uploaded_survey"),
        ("published", "", "Uploaded, published: Clean.", "uploaded_survey"),
    ],
)
def test_a_versions_state_stands_in_its_charts_tables_captions_and_files(
    own_home: Path, files: dict[str, bytes], state: str, stamp: str, source: str, prefix: str
) -> None:
    store = kept(own_home)
    store.set_status(store.versions()[0].id, state)
    page = opened("surveys")
    [chart] = [element.proto for element in page.get("plotly_chart")]
    assert (bool(stamp) and stamp in chart.spec) == bool(stamp)
    assert chart.alt.startswith(stamp or "Dot chart")
    assert any(source in each.value for each in page.caption)
    assert files
    assert all(name.startswith(prefix) for name in files)
    assert all(
        ("Not yet published" in content.decode("utf-8-sig")) == (state == "shared") for content in files.values()
    )
    assert all(each.startswith("Not yet published: ") for each in captions(page)) == (state == "shared")


def test_a_draft_is_stamped_where_many_people_look(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(own_home)
    monkeypatch.setattr("parts.made_from.signs_in", lambda: True)
    [chart] = [element.proto for element in opened("surveys").get("plotly_chart")]
    assert chart.alt.startswith("Draft, not yet published. Dot chart")


def test_the_analyst_says_how_far_a_version_has_come(own_home: Path) -> None:
    store = kept(own_home)
    version = store.versions()[0]
    page = opened("upload")
    page.selectbox(key=f"status_{version.id}_0").select("shared")
    [button] = [each for each in page.button if each.label == "Set"]
    page = button.click().run()
    assert not page.exception
    assert "Clean is now shared." in page.success[0].value
    assert store.version(version.id).status == "shared"
    assert "in use, shared" in "".join(element.proto.body for element in page.get("html"))
    assert [event.action for event in store.events(version.id)] == ["save", "status shared"]


def test_shared_months_say_so_wherever_they_stand(own_home: Path, files: dict[str, bytes]) -> None:
    test_demand.kept(own_home)
    store = file_store(own_home, LOCAL)
    [version] = store.versions()
    store.set_status(version.id, "shared")
    season = opened("demand_and_season")
    alts = test_demand.charts(season)
    assert alts
    assert all(alt.startswith("Not yet published. ") for alt in alts)
    assert any("Uploaded, not yet published: Extract, uploaded " in each.value for each in season.caption)
    assert season.session_state["_made_from"] == (version.id,)
    section = opened("local_and_responsive_service")
    [own] = [each for each in test_demand.charts(section) if "uploaded monthly figures" in each]
    assert own.startswith("Not yet published. Line chart")
    assert any("Uploaded figures, not yet published: Extract, uploaded " in each.value for each in section.caption)
    of_months = [name for name in files if "not_yet_published" in name]
    assert len(of_months) >= 3
    assert any(name.startswith("not_yet_published_uploaded_") for name in of_months)
