"""An invented force's folder runs the whole app without a change of code: every command, and every page of its menu.

Nothing of the force that ships with the explorer may be said there: no place, no priority, no survey of its.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from tests.command import command
from tests.other_force import AREA, FORCE, PRIORITIES, TEAMS, TITLE, bare_force, other_force
from tests.serving import ROOT
from tests.shipped import rows

COMMON = {"City", "county"}  # names that any force may have, and words of one
ALIEN = {row["name"] for row in rows("areas")} | {row["title"] for row in rows("priorities")} | {"Stafford"}
ALIEN |= {row["id"] for row in rows("areas")} | {row["title"] for row in rows("surveys")}
FOREIGN = re.compile("|".join(rf"\b{re.escape(word)}" for word in sorted(ALIEN - COMMON)), re.IGNORECASE)
# Views that a bare address does not show, and words that a page finds only in this force's folder.
VIEWS = {
    "": ["q=fenwold", "against=baseline"],
    "demand_and_season": ["view=forecast", "view=when calls come", "view=abandoned by choice", "series=Shed thefts each quarter (open data)&area=Hobday"],
    "surveys": ["view=one question", "view=what can be said", "view=plan the next wave", "survey=Afterwards (published)",
                "survey=Example with invented answers", "survey=Example with invented answers&view=one question"],
    "compare_teams": ["view=one team&area=Hobday", "view=everything at once", "figures=Open data by team",
                      "figures=Example with invented answers", "measure=P5 Would get a fair hearing"],
    "check_the_figures": ["view=my draft"],
    "briefing": ["ticked=all", "ticked=none", "against=baseline"],
    "data_and_methods": ["q=shed"],
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The invented force's folder, which everything reads instead of the shipped one."""
    folder = other_force(tmp_path_factory.mktemp("other-force"))
    with _instead(folder, tmp_path_factory.mktemp("home")):
        yield folder


@contextmanager
def _instead(folder: Path, home: Path) -> Iterator[None]:
    """Pages read another folder and keep in another home; what was counted of another example is forgotten."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_DATA", str(folder))
        patch.setenv("EXPLORER_HOME", str(home))
        streamlit.cache_data.clear()
        yield
    streamlit.cache_data.clear()


def said(page: AppTest) -> str:
    """Every word that a page sends, those inside its charts and tables among them."""
    nodes, words = [page.main, page.sidebar], []
    while nodes:
        node = nodes.pop()
        nodes += getattr(node, "children", {}).values()
        words.append(str(getattr(node, "proto", "")))
    return html.unescape("\n".join(words).replace("\\'", "'").replace('\\"', '"'))


def opened(page: str = "", query: str = "") -> AppTest:
    """A page of the menu as a new visitor opens it; one without a file in pages/ is told by its address."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        test.query_params[name] = value
    test._page_hash = page  # AppTest opens files only, and a priority of another force has none
    return test.run()


def every_page(views: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], AppTest]:
    """Every page that the menu lists, by address and query; its key in the menu is told by the front page's run."""
    front = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    listed = {str(page["url_pathname"]): key for key, page in front._registered_pages.items()}
    names = {str(page["url_pathname"]): str(page["page_name"]) for page in front._registered_pages.values()}
    own = {key: title for key, title, _ in PRIORITIES if key != "headlines"}
    assert own.keys() < listed.keys()
    shown = {}
    for address, key in listed.items():
        heading = own.get(address, f"{FORCE}: {TITLE}" if address in ("", "headlines") else names[address])
        for query in ["", *views.get(address, [])]:
            page, where = opened(key, query), f"{address}?{query}"
            assert not page.exception, where
            assert [title.value for title in page.title] == [heading], where
            assert not [each.value for each in (*page.error, *page.warning)], where
            shown[address, query] = page
    return shown


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[tuple[str, str], AppTest]:
    """Every page and view, opened once for all tests."""
    return every_page(VIEWS)


def test_every_page_of_the_menu_speaks_of_this_force_alone(pages: dict[tuple[str, str], AppTest]) -> None:
    found = {place: sorted(set(FOREIGN.findall(said(page)))) for place, page in pages.items()}
    assert {place: words for place, words in found.items() if words} == {}


def test_every_link_leads_to_a_page_of_this_force(pages: dict[tuple[str, str], AppTest]) -> None:
    places: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for (address, query), page in pages.items():
        headings = [*page.title, *page.header, *page.subheader]
        places.setdefault(address, {""}).update(each.proto.anchor for each in headings)
        if not query:
            links += [(address, link) for link in re.findall(r'href="([^"]*)', said(page)) if "//" not in link]
    assert len(links) > 50
    lost = []
    for page_of_link, link in links:
        name, _, anchor = link.partition("#")
        if anchor not in places.get(name.partition("?")[0] or page_of_link, set()):
            lost.append((page_of_link, link))
    assert lost == []


def test_what_only_this_folder_says_is_shown(pages: dict[tuple[str, str], AppTest]) -> None:
    """The folder is read and not merely survived: its places, promises, ranges, and the sentences made of them."""
    words = {
        "": ["From the Chief Officer", "Noise and nuisance", "Ten more call handlers", "31st out of 39"],
        "quiet_streets": ["Noise goes to the councils' app", "A map of noise", "Eskerby & Quay", "Shed thefts each quarter",
                          "Fewer crimes were validated than reported in the year: the backlog grew by 1,050"],
        "earn_trust": ["Most teams: 70% to 78%", "Fenwold 59%", "P5 Would get a fair hearing"],
        "surveys": ["Spring 2031", "2,050"],
        "compare_teams": ["P1 Safe on my street", "Fenwold is below the rest", "70% to 78%"],
        "check_the_figures": ["-2,800"],
    }  # fmt: skip
    unsaid = {address: [word for word in own if word not in said(pages[address, ""])] for address, own in words.items()}
    assert {address: own for address, own in unsaid.items() if own} == {}


def answered(root: Path, *words: str, code: int = 0) -> str:
    done = command(root, *words, EXPLORER_DATA=str(root))
    told = (done.stdout + done.stderr).decode()
    assert done.returncode == code, told
    assert FOREIGN.findall(told) == [], words
    return done.stdout.decode()


def test_every_command_that_reads_a_release_or_a_survey_answers(root: Path) -> None:
    figures = list(csv.DictReader(io.StringIO(answered(root, "figures", "--format", "csv"))))
    assert {AREA, *TEAMS} <= {row["area"] for row in figures}
    assert all(row["source"].startswith(FORCE) for row in figures)
    searched = json.loads(answered(root, "figures", "--series", "--search", "shed", "--format", "json"))
    assert {row["status"] for row in searched} == {"published", "open"}
    assert json.loads(answered(root, "figures", "--priority", "Be there when called", "--format", "json"))
    for against, fewest in (("previous", 20), ("baseline", 1)):
        changes = json.loads(answered(root, "changes", "--against", against, "--format", "json"))
        assert len(changes) >= fewest
        noise = next(row for row in changes if row["measure"] == "noise")
        assert noise["verdict"] == "not comparable"
        assert "councils' app" in noise["events"]
    assert "disagrees" in answered(root, "audit", "--strict", code=1)
    survey, profile = (str(root / "illustrative" / name) for name in ("2031.csv", "profile.toml"))
    for asked in (["estimate", survey, "--by", "area"], ["areas", survey]):
        told = json.loads(answered(root, *asked, "--profile", profile, "--format", "json"))
        names = {row.get("group", row.get("area")) for row in told}
        assert {name for name, *_ in TEAMS.values()} <= names
    series = root / "nuisance.csv"
    months = csv.DictReader((root / "illustrative" / "monthly.csv").read_text(encoding="utf-8").splitlines())
    series.write_text("month,value\n" + "".join(f"{row['period_start'][:7]},{row['value']}\n" for row in months))
    answered(root, "beyond-season", str(series), "--since", "2030-11", "--measure", "noise", "--format", "json")


def test_a_release_with_the_least_that_it_may_hold_runs_too(tmp_path: Path) -> None:
    folder = bare_force(tmp_path / "data")
    with _instead(folder, tmp_path / "home"):
        shown = every_page({"": ["q=fenwold"]})
        assert "Events that touch the figures: none." in said(shown["data_and_methods", ""])
    for words in (["figures", "--series"], ["changes"], ["audit"]):
        assert answered(folder, *words)
