"""Share this view: made by an analyst, opened by whoever signs in, held to what it was made of, and ended."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from data.people import LOCAL, Person
from data.shares import make_share, revoke_share, shares
from data.store import Store
from tests.parts.test_pages import opened
from tests.parts.test_surveys import kept, opening, said

ANA = Person("1", "Ana", "analyst", "s1")
VERA = Person("2", "Vera", "viewer", "s2")
RELEASES = {"2023-03": "published"}

pytestmark = pytest.mark.usefixtures("own_home", "as_on_a_running_server")


@pytest.fixture
def as_on_a_running_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a server has run `st.navigation`, it runs app.py whatever the page: AppTest forgets that before each run."""

    class Remembering(PagesManager):
        """Takes the forgetting upon itself."""

    monkeypatch.setattr(app_test, "PagesManager", Remembering)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)


def infos(page: AppTest) -> str:
    return " ".join(each.value for each in page.info).replace("\\", "")


def link_of(page: AppTest) -> str:
    """The token of the link that the page shows."""
    [code] = [each.value for each in page.code if "/s/" in each.value]
    return code.partition("/s/")[2]


def shared(page: AppTest, note: str = "", days: int = 30) -> AppTest:
    """Ask for a link on a page that is open."""
    page.number_input(key="_share_days").set_value(days)
    page.text_input(key="_share_note").set_value(note)
    [button] = [each for each in page.button if each.label == "Make the link"]
    page = button.click().run()
    assert not page.exception
    return page


@pytest.fixture
def store(own_home: Path) -> Store:
    store = kept(own_home)
    store.set_status(store.versions()[0].id, "shared")
    return store


def test_a_view_is_shared_and_opens_as_it_was_whatever_the_address_says(
    own_home: Path, store: Store, as_person: Callable[[Person], None]
) -> None:
    as_person(ANA)
    page = opened("surveys", view="one question", question="Q12", by="area", group="Ashdale", confidence="90%")
    token = link_of(shared(page, note="Look at Ashdale."))
    [share] = shares(store, ANA)
    assert share.filters["group"] == "Ashdale"
    assert "2023-01" not in share.filters.values(), "a wave is stored under a name that tells nothing"

    store.rename(store.versions()[0].id, "Renamed since")
    kept(own_home, label="A later one", rows=slice(0, 3000))
    store.set_status(store.versions()[0].id, "published")
    as_person(VERA)
    page = opened("", share=token, view="all questions", group="Northgate", confidence="99%")
    assert not page.exception
    assert [title.value for title in page.title] == ["Surveys"]
    asked = {key: page.selectbox(key=key).value for key in ("survey", "wave", "against", "by", "group", "confidence")}
    assert asked.pop("wave").startswith("2023-01")
    assert asked.pop("against").startswith("2022-06")
    assert asked == {"survey": "Uploaded surveys", "by": "area", "group": "Ashdale", "confidence": "90%"}
    assert page.radio(key="view").value == "one question"
    today = datetime.now(UTC)
    day = f"{today.day} {today:%B %Y}"
    assert f"Shared by Ana on {day}, made from Renamed since (saved {day}) and the release 2023-03" in infos(page)
    assert "Note from Ana: Look at Ashdale." in infos(page)
    assert "**Not yet published.**" in infos(page)
    assert len(page.selectbox(key="wave").options) == 2, "only the version that was shared is in sight"
    assert not [each for each in page.button if each.label == "Make the link"]

    page = page.selectbox(key="group").select("everybody asked").run()
    assert any("You have changed what is shown since." in each.value for each in page.caption)
    assert [share.uses for share in shares(store, ANA)] == [1]


def test_a_page_that_is_loaded_again_is_no_other_use_of_its_link(
    store: Store, as_person: Callable[[Person], None]
) -> None:
    """A reload is another visit to Streamlit; whoever signs in anew uses it anew."""
    _, token = make_share(
        store, ANA, "surveys", releases=RELEASES, release="2023-03", versions=[store.versions()[0].id]
    )
    for person, uses in ((VERA, 1), (VERA, 1), (replace(VERA, session="s3"), 2), (ANA, 3)):
        as_person(person)
        assert [title.value for title in opened("", share=token).title] == ["Surveys"]
        assert [share.uses for share in shares(store, ANA)] == [uses]


def test_a_link_that_is_withdrawn_ends_for_who_is_looking_too(
    store: Store, as_person: Callable[[Person], None]
) -> None:
    share, token = make_share(
        store, ANA, "surveys", releases=RELEASES, release="2023-03", versions=[store.versions()[0].id]
    )
    as_person(VERA)
    page = opened("", share=token)
    assert opening(page).startswith("2023-01: ")
    revoke_share(store, ANA, share.id)
    page.run()
    assert [title.value for title in page.title] == ["This link does not open"]
    assert "This link was withdrawn on " in page.text[0].value
    assert not page.get("plotly_chart")
    assert opened("", share=token).title[0].value == "This link does not open"


def test_a_link_nobody_made_says_so_and_shows_no_page(as_person: Callable[[Person], None]) -> None:
    as_person(VERA)
    page = opened("", share="A" * 22)
    assert not page.exception
    assert page.text[0].value.startswith("This link leads nowhere.")
    assert [title.value for title in page.title] == ["This link does not open"]


def test_a_draft_is_refused_to_viewers_and_opens_for_analysts(
    store: Store, as_person: Callable[[Person], None]
) -> None:
    own = store.versions()[0]
    store.set_status(own.id, "draft")
    as_person(ANA)
    page = shared(opened("surveys"))
    assert any("only analysts can open it" in each.value for each in page.markdown)
    token = link_of(page)
    assert [title.value for title in opened("", share=token).title] == ["Surveys"]
    as_person(VERA)
    assert "still a draft" in opened("", share=token).text[0].value
    store.set_status(own.id, "published")
    assert "published since" in opened("", share=token).text[0].value


def test_disclosure_rules_run_again_when_a_link_is_opened(own_home: Path, as_person: Callable[[Person], None]) -> None:
    store = kept(own_home, rows=slice(0, 260))  # about 26 in each area
    store.set_status(store.versions()[0].id, "shared")
    as_person(ANA)
    page = opened("surveys", view="one question", question="Q12", by="area")
    page.checkbox(key="_survey_unguarded").check().run()
    assert "Withheld to protect respondents" not in said(page)
    token = link_of(shared(page))
    as_person(VERA)
    seen = [each.value for each in opened("", share=token).caption]
    assert "Withheld to protect respondents: fewer than 30 answered." in seen


def test_the_menu_leaves_the_link_and_everything_is_in_sight_again(
    store: Store, as_person: Callable[[Person], None]
) -> None:
    _, token = make_share(store, ANA, "surveys", releases=RELEASES, versions=[])
    as_person(VERA)
    page = opened("", share=token)
    assert "Uploaded surveys" not in page.selectbox(key="survey").options, "it was made from no version"
    page.switch_page("pages/support_victims.py").run()
    assert "Shared by" not in infos(page)
    page.switch_page("pages/surveys.py").run()
    assert "Uploaded surveys" in page.selectbox(key="survey").options
    assert "Shared by" not in infos(page)


def test_a_page_of_the_report_is_shared_too(own_home: Path, as_person: Callable[[Person], None]) -> None:
    as_person(ANA)
    token = link_of(shared(opened("support_victims", against="baseline"), days=1))
    as_person(VERA)
    page = opened("", share=token)
    assert page.selectbox(key="against").value == "baseline"
    assert "made from the release 2023-03 (report of 17 May 2023)" in infos(page)


@pytest.mark.parametrize("person", [LOCAL, VERA], ids=["at one's own computer", "viewer"])
def test_only_signed_in_analysts_are_asked(person: Person, as_person: Callable[[Person], None]) -> None:
    as_person(person)
    assert not [each for each in opened("support_victims").button if each.label == "Make the link"]


def test_the_list_shows_who_shared_what_and_ends_it(store: Store, as_person: Callable[[Person], None]) -> None:
    share, _ = make_share(
        store, ANA, "surveys", releases=RELEASES, versions=[store.versions()[0].id], note="<b>Look</b>"
    )
    as_person(ANA)
    page = opened("upload")
    body = html.unescape("".join(element.proto.body for element in page.get("html")))
    assert f"Surveys ({share.id[:6]})" in body
    assert "<b>Look</b>" in body
    assert "<b>Look" not in "".join(element.proto.body for element in page.get("html"))
    page = page.button(key="share_withdraw").click().run()
    assert not page.exception
    assert any("The link is withdrawn." in each.value for each in page.success)
    assert shares(store, ANA)[0].revoked
    as_person(LOCAL)
    assert not [each for each in opened("upload").header if each.value == "Links that were shared"]
