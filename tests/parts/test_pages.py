"""Every page runs on the shipped data, and says kindly what is wrong with other data; no browser is needed for that.

AppTest runs a page as a visitor's first visit does. What only a browser can show is in `tests/journeys`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.published import plant
from tests.second_release import FIRST, SECOND, second_release
from tests.serving import ROOT
from tests.shipped import PLACES, RELEASE, Place, changed, copied_data, sections_of, tables_of

EXAMPLE = "Example with invented figures"
SHOW_EXTRAS = {"", "local_and_responsive_service", "reduce_offending", "demand_and_season", "surveys", "compare_teams",
               "upload", "data_and_methods"}  # fmt: skip


def opened(address: str = "", **query: str) -> AppTest:
    """Open a page of the explorer as a new visitor, with a query in the link."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in query.items():
        test.query_params[name] = value
    if address:
        test.switch_page(f"pages/{address}.py")
    return test.run()


@cache
def looked_at(address: str) -> AppTest:
    """A page as a new visitor finds it, opened once for all tests that only look."""
    return opened(address)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own that the pages read instead of the shipped one."""
    monkeypatch.setenv("EXPLORER_DATA", str(tmp_path))
    return tmp_path


def problems(test: AppTest) -> list[str]:
    """The sentences of a page that cannot be shown; nothing else may have gone wrong."""
    assert not test.exception
    assert test.title[-1].value == "The data cannot be shown yet"
    assert test.error[0].value.startswith("These problems stand in the data folder.")
    return [each.value.removeprefix("- ") for each in test.markdown if each.value.startswith("- ")]


# --- shipped data -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address or "front")
def test_page_runs(place: Place) -> None:
    page = looked_at(place.address)
    assert not page.exception
    assert [title.value for title in page.title] == [place.heading]
    assert "official statistics" in page.caption[-1].value
    assert not page.sidebar.selectbox, "one release leaves nothing to choose"
    if place.address in {row.address for row in PLACES[2:-1]}:
        headers = [header.value for header in page.header]
        sections = [section["title"] for section in sections_of(place)]
        assert headers[: len(sections)] == sections
        subheaders = [each.value for each in page.subheader]
        assert [title for title in subheaders if title in {table["title"] for table in tables_of(place)}] == [
            table["title"] for table in tables_of(place)
        ]


@pytest.mark.parametrize("place", [place for place in PLACES if tables_of(place)], ids=lambda place: place.address)
def test_every_chart_has_words_and_a_name_of_its_own(place: Place) -> None:
    charts = [element.proto for element in looked_at(place.address).get("plotly_chart")]
    assert charts
    assert [chart.spec[:80] for chart in charts if len(chart.alt) < 60] == []
    assert len({chart.id for chart in charts}) == len(charts)


def test_a_second_visitor_sees_the_same() -> None:
    """What is made once for everybody is not changed by showing it."""
    first, second = (opened("prevent_harm") for _ in range(2))
    for kind, content in {"html": "body", "plotly_chart": "spec"}.items():
        sent = [getattr(element.proto, content) for element in first.get(kind)]
        assert sent
        assert sent == [getattr(element.proto, content) for element in second.get(kind)]


def test_every_link_leads_somewhere() -> None:
    """Every address in a table or a list, on whatever page, is that of a page and of a place on it."""
    places: dict[str, set[str]] = {}
    links: dict[str, list[str]] = {}
    for place in PLACES:
        page = looked_at(place.address)
        headings = [*page.title, *page.header, *page.subheader]
        places[place.address] = {"", *(heading.proto.anchor for heading in headings)}
        bodies = "".join(element.proto.body for element in page.get("html"))
        links[place.address] = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', bodies)]
    assert sum(map(len, links.values())) > 300
    lost = []
    for page_of_link, addresses in links.items():
        for address in addresses:
            name, _, anchor = address.partition("#")
            name = name.partition("?")[0]  # a link may ask for a part of the page
            if anchor not in places.get(name or page_of_link, set()):
                lost.append((page_of_link, address))
    assert lost == []


@pytest.mark.parametrize("hosted", [False, True])
def test_the_example_is_off_when_hosted(monkeypatch: pytest.MonkeyPatch, hosted: bool) -> None:
    if hosted:
        monkeypatch.setenv("EXPLORER_HOSTED", "1")
    page = opened("local_and_responsive_service")
    assert not page.exception
    assert [switch.value for switch in page.toggle] == [not hosted] * 2
    drawn = [chart.proto.alt for chart in page.get("plotly_chart") if EXAMPLE in chart.proto.alt]
    assert len(drawn) == (0 if hosted else 2)


# --- broken data ------------------------------------------------------------------------------------------------------


def test_no_folder_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_DATA", str(root / "gone"))
    assert problems(opened()) == [f"There is no data folder {root / 'gone'}. Name a folder that holds 'releases'."]


def test_no_release_is_said(root: Path) -> None:
    [said] = problems(opened())
    assert said.startswith(f"There is no release in {root}.")


def test_broken_rows_are_said_all_together(root: Path) -> None:
    folder = copied_data(root) / "releases" / RELEASE.name
    plant(folder, "figures", 5, status="rumoured")
    plant(folder, "measures", 3, unit="furlongs")
    said = problems(opened())
    assert len(said) == 2
    assert any(each.startswith("figures.csv, row 5, column status: found 'rumoured'") for each in said)
    assert any(each.startswith("measures.csv, row 3, column unit: found 'furlongs'") for each in said)


def test_a_mended_release_is_shown_at_the_next_visit(root: Path) -> None:
    folder = copied_data(root) / "releases" / RELEASE.name
    good = (folder / "figures.csv").read_bytes()
    plant(folder, "figures", 5, status="rumoured")
    assert problems(opened())
    (folder / "figures.csv").write_bytes(good)
    page = opened()
    assert not page.exception
    assert page.title[0].value == PLACES[0].heading


def test_a_broken_series_is_said_on_the_pages_that_need_it(root: Path) -> None:
    folder = copied_data(root)
    for file, address in {
        "open/csp_offences/series.csv": "reduce_offending",
        "illustrative/monthly.csv": "local_and_responsive_service",
    }.items():
        series = folder / file
        good = series.read_bytes()
        changed(series, "count", "bushels")
        *said, rest = problems(opened(address))
        assert all(series.name in each and "column unit: found 'bushels'" in each for each in said)
        assert rest.startswith("and ")
        assert not opened("criminal_justice").exception
        series.write_bytes(good)


# --- other data -------------------------------------------------------------------------------------------------------


def test_two_releases_can_be_chosen_from_and_every_page_runs_on_the_second(set_state: Callable[[str], None]) -> None:
    """One test and not one a page: both reports are read and judged for all of them once."""
    set_state("published")
    page = opened("prevent_harm")
    assert not page.exception
    [choice] = page.sidebar.selectbox
    assert (choice.label, choice.value, choice.options) == ("Release", SECOND, [SECOND, FIRST])
    assert "data to 30 June 2023" in page.caption[0].value
    older = opened("prevent_harm", release=FIRST)
    assert older.sidebar.selectbox[0].value == FIRST
    assert "data to 31 March 2023" in older.caption[0].value
    unknown = opened("prevent_harm", release="1999-12")
    assert unknown.sidebar.selectbox[0].value == SECOND
    said = f"The link names the release 1999-12, which is not here. This is the latest, {SECOND}."
    assert unknown.info[0].value == said
    for place in PLACES:
        page = opened(place.address)
        assert not page.exception, place
        assert len(page.title) == 1, place


def test_the_front_page_tells_what_became_of_promises_and_events(root: Path) -> None:
    second_release(root)
    since = front_words(opened())
    assert "Promises that were settled, changed, new or dropped: none." in since
    assert "Has begun: Sergeants in the control room, since 1 May 2023." in since
    assert '<a href="data_and_methods#events">All events and what they touch</a>' in since
    promises = root / "releases" / SECOND / "commitments.csv"
    promises.write_text(promises.read_text("utf-8").replace(",promised\n", ",kept\n", 1), encoding="utf-8")
    assert '<a href="headlines#promises">Promises: ' in (since := front_words(opened()))
    assert "It stood as “promised” and stands as “kept” now." in since


def front_words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.proto.body for element in page.get("html"))


def test_a_force_with_fewer_files_is_shown(root: Path) -> None:
    """Open series and invented months are extras: without them the pages that show them still run.

    That every page does with a release and nothing beside it is seen in ``test_other_force``.
    """
    copied_data(root)
    for extra in ("open", "illustrative"):
        (root / extra).rename(root / f"no_{extra}")
    for place in [place for place in PLACES if place.address in SHOW_EXTRAS]:
        page = opened(place.address)
        assert not page.exception, place
        assert [title.value for title in page.title] == [place.heading]
