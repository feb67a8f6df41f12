"""The Briefing page: ticked by the rule, by a visitor, by an address; notes of one's own; what leaves with it."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from analysis.briefing.codes import short_code
from data.notes import notes_of
from data.people import LOCAL, NOBODY, Person
from data.store import file_store
from parts import audit, briefing_notes
from tests.parts.test_pages import opened
from tests.second_release import SECOND
from tests.shipped import rows

ANA, VERA = Person("1", "Ana", "analyst", "s1"), Person("2", "Vera", "viewer", "s2")
TITLES = {row["id"]: row["title"] for row in rows("measures")}

pytestmark = [
    pytest.mark.usefixtures("own_home"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gptables"),
]


@pytest.fixture
def buttons(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the download buttons of a page would call, by the name of its file: nothing is written until it is asked."""
    offered: dict[str, Callable[[], bytes]] = {}
    button = streamlit.download_button

    def watched(label: str, *, data: Callable[[], bytes], file_name: str, **other: object) -> bool:
        offered[file_name] = data
        return button(label, data=data, file_name=file_name, **other)  # type: ignore[arg-type]

    monkeypatch.setattr(streamlit, "download_button", watched)
    return offered


def ticked(page: AppTest) -> set[str]:
    return {box.key.removeprefix("tick_2023-03_") for box in page.checkbox if box.value}


def items(page: AppTest) -> list[str]:
    """The measures that are told, by their place on the page."""
    return [
        each.proto.anchor.removeprefix("brief_") for each in page.subheader if each.proto.anchor.startswith("brief_")
    ]


def body(page: AppTest) -> str:
    return html.unescape("".join(element.proto.body for element in page.get("html")))


def test_ticked_at_first_are_those_that_the_rule_of_the_front_page_chooses() -> None:
    page = opened("briefing")
    assert not page.exception
    assert set(items(page)) == ticked(page)
    assert 1 < len(items(page)) <= 8
    lines = re.findall(r'<li><span class="mark">.*?</li>', opened().get("html")[1].proto.body + body(opened()))
    named = [
        title
        for title in (TITLES[measure] for measure in ticked(page))
        if any(title in html.unescape(line) for line in lines)
    ]
    assert len(named) >= len(items(page)) - 1, "all but the one that stands for a table"
    assert "In this order: real changes for the worse" in body(page)
    assert "At most two questions for each measure" in body(page)


def test_a_visitor_ticks_all_none_by_the_rule_and_one() -> None:
    page = opened("briefing")
    usual = ticked(page)
    page = page.button(key="tick_none").click().run()
    assert (ticked(page), items(page)) == (set(), [])
    assert "Nothing is ticked" in page.info[0].value
    page = page.checkbox(key="tick_2023-03_calls_999").check().run()
    page = page.checkbox(key="tick_2023-03_asb").check().run()
    assert (ticked(page), items(page)) == ({"calls_999", "asb"}, ["calls_999", "asb"])
    page = page.checkbox(key="tick_2023-03_calls_999").uncheck().run()
    assert items(page) == ["asb"]
    page = page.button(key="tick_all").click().run()
    assert ticked(page) == set(TITLES)
    assert len(items(page)) == 40
    assert any(f"The first 40 of {len(TITLES)}" in each.value for each in page.info)
    page = page.button(key="tick_by_rule").click().run()
    assert ticked(page) == usual
    assert not page.exception


def test_an_address_ticks_and_says_what_it_does_not_know() -> None:
    page = opened("briefing", ticked=short_code(["homicide", "asb"]))
    assert items(page) == ["asb", "homicide"]
    assert not page.info
    page = opened("briefing", ticked=short_code(["gone", "asb"]))
    assert items(page) == ["asb"]
    assert "measures that are not in this release" in page.info[0].value
    assert items(opened("briefing", ticked="none")) == []


def test_each_measure_tells_sentence_verdict_chart_figures_and_questions() -> None:
    page = opened("briefing", ticked=short_code(["neighbourhood_crime_validated"]))
    said = body(page)
    assert '<span aria-hidden="true">◆</span> not comparable</span> Neighbourhood crime' in said
    assert "neighbourhood_crime" in re.findall(r"<td[^>]*>([a-z_.0-9]+)</td>", said)[0]
    for head in ("What must be known", "How the force explains it", "National measure", "What the report does not say"):
        assert f"<dt>{head}</dt>" in said
    assert '<ul class="asked"><li>' in said
    [chart] = page.get("plotly_chart")
    assert "Neighbourhood crime" in chart.proto.alt
    [copied] = [each.value for each in page.code if each.value.split("\n")[0].endswith("?")]
    assert "Not comparable" in copied
    assert "Published figures. Source: Staffordshire Police" in copied
    assert re.search(r"\?release=2023-03#table_", copied), "a copy names its release"
    assert "(By the rule: recording changed" in said


def test_other_comparators_and_assumptions_are_those_of_the_headlines() -> None:
    usual, baseline = (opened("briefing", ticked=short_code(["asb"]), **more) for more in ({}, {"against": "baseline"}))
    assert body(usual) != body(baseline)
    assert "held against the baseline" in baseline.caption[0].value
    wide = opened("briefing", ticked=short_code(["calls_999"]), dispersion="1")
    usual = opened("briefing", ticked=short_code(["calls_999"]))
    assert body(wide) != body(usual)
    words = "Changed assumptions: dispersion 1 for every count, not the usual rule."
    assert [any(words in each.value for each in page.caption) for page in (wide, usual)] == [True, False]
    assert any(words in each.value for each in wide.code)


@pytest.mark.parametrize("row", rows("national_measures"), ids=lambda row: row["id"])
def test_each_national_measure_is_a_briefing_of_its_own(row: dict[str, str]) -> None:
    page = opened("briefing", national=row["title"])
    assert not page.exception
    assert not page.checkbox
    assert set(items(page)) == set(row["measures"].split())
    assert row["gap"] in body(page)
    assert page.header[0].value == row["title"]


def test_headlines_lead_to_the_briefing_on_each_national_measure(files: dict[str, bytes]) -> None:
    said = body(opened())
    for row in rows("national_measures"):
        assert re.search(rf'href="briefing\?national=[^"]*#measures">{re.escape(row["title"])}<', said)
    table = list(csv.DictReader(io.StringIO(files["2023-03_national_measures.csv"].decode("utf-8-sig"))))
    assert {line["national"] for line in table} == {row["id"] for row in rows("national_measures")}


def test_notes_stay_in_the_visit_and_leave_with_nothing_but_documents() -> None:
    page = opened("briefing", ticked=short_code(["asb", "homicide"]))
    page = page.text_area(key="note_2023-03_asb").input("Ask about July <b>now</b>.\nThen wait.").run()
    assert "Notes:</strong> Ask about July <b>now</b>.<br>Then wait." in body(page)
    assert "<b>now" not in "".join(element.proto.body for element in page.get("html")), "it is escaped"
    assert "stay in this visit alone" in " ".join(each.value for each in page.caption)
    page = page.button(key="forget_notes").click().run()
    assert page.text_area(key="note_2023-03_asb").value == ""
    assert not [each for each in page.button if each.key == "forget_notes"]


def test_where_people_sign_in_each_has_notes_of_their_own(
    own_home: Path, as_person: Callable[[Person], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefing_notes, "signs_in", lambda: True)
    store, code = file_store(own_home, LOCAL), short_code(["asb"])
    as_person(VERA)
    page = opened("briefing", ticked=code)
    page.text_area(key="note_2023-03_asb").input("Of Vera").run()
    assert notes_of(store, VERA, "2023-03") == {"asb": "Of Vera"}
    assert opened("briefing", ticked=code).text_area(key="note_2023-03_asb").value == "Of Vera"
    as_person(ANA)
    page = opened("briefing", ticked=code)
    assert page.text_area(key="note_2023-03_asb").value == ""
    assert "Of Vera" not in body(page)
    page.text_area(key="note_2023-03_asb").input("Of Ana").run()
    as_person(VERA)
    page = opened("briefing", ticked=code)
    assert "Of Vera" in body(page)
    page.button(key="forget_notes").click().run()
    assert (notes_of(store, VERA, "2023-03"), notes_of(store, ANA, "2023-03")) == ({}, {"asb": "Of Ana"})
    assert "Of" not in "".join(event.action for event in store.events())
    as_person(NOBODY)
    assert not opened("briefing").text_area


def test_documents_hold_what_is_ticked_and_the_notes_of_whoever_asks(buttons: dict[str, Callable[[], bytes]]) -> None:
    page = opened("briefing", ticked=short_code(["asb", "homicide"]))
    page.text_area(key="note_2023-03_asb").input("Ask about July.").run()
    written = buttons["2023-03_briefing.html"]().decode()
    assert "Ask about July." in written
    assert "Homicide" in written
    assert TITLES["calls_999"] not in written
    told = "\n".join(each.text for each in docx.Document(io.BytesIO(buttons["2023-03_briefing.docx"]())).paragraphs)
    assert "Ask about July." in told
    opened("briefing", ticked=short_code(["asb", "homicide"]))
    assert "Ask about July." not in buttons["2023-03_briefing.html"]().decode(), "another visitor's has none of it"
    for name, opening in {"xlsx": b"PK", "ods": b"PK"}.items():
        assert buttons[f"2023-03_briefing.{name}"]().startswith(opening)
    assert {name.rpartition(".")[2] for name in buttons} == {"docx", "html", "xlsx", "ods", "csv"}
    opened("briefing", national="Murder and other homicide")
    assert (
        "Nearly none: the force uses the same kind of record." in buttons["2023-03_briefing_homicide.html"]().decode()
    )


def test_where_people_sign_in_the_trail_says_who_took_a_briefing_and_no_word_of_it(
    own_home: Path,
    as_person: Callable[[Person], None],
    monkeypatch: pytest.MonkeyPatch,
    buttons: dict[str, Callable[[], bytes]],
) -> None:
    for module in (briefing_notes, audit):
        monkeypatch.setattr(module, "signs_in", lambda: True)
    as_person(VERA)
    page = opened("briefing", ticked=short_code(["asb", "homicide"]))
    page.text_area(key="note_2023-03_asb").input("canary").run()
    buttons["2023-03_briefing.html"]()
    events = [event for event in file_store(own_home, LOCAL).events() if event.action == "export briefing"]
    assert {(event.actor, event.version, event.count) for event in events} == {("Vera (2)", None, 2)}
    assert "canary" not in repr(file_store(own_home, LOCAL).events())


@pytest.mark.parametrize(("state", "stem"), [("shared", "not_yet_published_"), ("draft", "draft_not_yet_published_")])
def test_what_is_not_yet_published_says_so(
    set_state: Callable[[str], None],
    buttons: dict[str, Callable[[], bytes]],
    state: str,
    stem: str,
) -> None:
    set_state(state)
    page = opened("briefing", release=SECOND)
    assert not page.exception
    captions = re.findall(r"<caption><span>(.*?)</span>", body(page))
    assert captions
    words = "Not yet published" if state == "shared" else "Draft, not yet published"
    assert all(each.startswith(f"{words}: ") for each in captions)
    charts = page.get("plotly_chart")
    assert charts
    assert all(words in chart.proto.spec and chart.proto.alt.startswith(words) for chart in charts)
    assert all(name.startswith(stem) for name in buttons)
