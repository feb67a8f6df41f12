"""A running server shows a release that comes, changes or goes, in the pages of whoever already looks."""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.people import Person
from data.release_files import folder_frames
from data.release_keeping import Keeper
from tests.parts.test_pages import opened
from tests.published import plant
from tests.second_release import FIRST, MARKING, NEW, SECOND

ANA, VERA = Person("1", "Ana", "analyst"), Person("2", "Vera", "viewer")


def words(page: AppTest) -> str:
    assert not page.exception
    return html.unescape(" ".join(element.proto.body for element in page.get("html")))


def releases(page: AppTest) -> list[str]:
    """What the choice of releases offers; nothing where there is no choice."""
    return list(page.sidebar.selectbox[0].options) if page.sidebar.selectbox else []


def settled(*_: object) -> list[str]:
    return []


def test_the_whole_way_of_a_release_is_seen_by_who_looks_already(
    made: Path, keeping: Keeper, as_person: Callable[[Person], None]
) -> None:
    as_person(VERA)
    viewer = opened()
    as_person(ANA)
    analyst = opened()
    assert "This is the first report here." in words(analyst)
    keeping.save(SECOND, *folder_frames(made))
    analyst.run()
    assert releases(analyst) == [SECOND, FIRST]
    assert "Held against the report of 17 May 2023." in words(analyst)
    assert analyst.info[0].value.startswith("**Draft, not yet published.**")
    assert MARKING in analyst.title[0].value
    as_person(VERA)
    viewer.run()
    assert releases(viewer) == []
    assert MARKING not in words(viewer) + viewer.title[0].value
    keeping.share(SECOND)
    viewer.run()
    assert releases(viewer) == [SECOND, FIRST]
    assert viewer.info[0].value.startswith("**Not yet published.**")
    keeping.publish(SECOND, settled)
    viewer.run()
    assert not viewer.info
    assert "E-scooter offences" in words(viewer)
    past = opened("", release=FIRST)
    assert "E-scooter offences" not in words(past)
    assert "17 May 2023" in past.caption[0].value
    keeping.withdraw(SECOND, "a test")
    viewer.run()
    assert releases(viewer) == []
    assert MARKING not in viewer.title[0].value
    linked = opened("", release=SECOND)
    assert f"The link names the release {SECOND}, which is not here." in linked.info[0].value


def test_a_correction_and_a_file_changed_by_hand_are_seen(root: Path, keeping: Keeper) -> None:
    page = opened("local_and_responsive_service")
    assert "corrected to" not in words(page)
    keeping.correct(FIRST, "asb.asb.last_12_months", "12,345", "a slip", today=date(2023, 6, 3))
    page.run()
    assert "(corrected to 12,345)" in words(page)
    plant(root / "releases" / FIRST, "sections", 2, title="INVENTED FOR TESTS")
    assert any(each.label.startswith("INVENTED FOR TESTS") for each in opened().expander)


def test_a_public_explorer_shows_what_is_published_in_its_data_folder_alone(
    made: Path, root: Path, keeping: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.save(SECOND, *folder_frames(made))
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    assert releases(opened()) == []
    shutil.copytree(made, root / "releases" / SECOND)
    assert releases(opened()) == [SECOND, FIRST]
    told = root / "releases" / SECOND / "release.toml"
    told.write_text(told.read_text("utf-8") + 'state = "draft"\n', encoding="utf-8")
    assert releases(opened()) == []
    assert NEW not in words(opened())
