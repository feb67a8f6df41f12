"""A briefing on the report of May 2023 as a document: what must stand in it wherever it goes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from analysis.audit import audit, open_findings
from analysis.briefing import About, Briefing, assumption_words, briefing
from analysis.changes import changes
from documents.blocks import Table
from documents.briefing import briefing_book, briefing_document
from documents.html_page import html_page
from tests.published import release

TRANSPARENCY = "Suitable for publication"


@cache
def made() -> Briefing:
    own, info = release(), release().info
    judged = changes(own.figures, own.measures, own.tables, own.events, own.statements, "previous")
    about = About("2023-03", info.title, info.force, info.published, info.data_to, transparency=TRANSPARENCY,
                  address="https://explorer.example.org", latest=True)  # fmt: skip
    measures = ["calls_999", "burglary_residential_validated", "mobile_phone_offences", "answer_time_101"]
    return briefing(own.frames(), about, judged, audit(own.frames()), measures, made=date(2023, 6, 1))


def page(told: Briefing) -> str:
    return html_page(briefing_document(told)).decode()


def test_whether_it_may_be_published_stands_among_its_facts() -> None:
    assert ("Publication", TRANSPARENCY) in briefing_document(made()).facts
    assert TRANSPARENCY in page(made())


def test_every_link_names_the_release_though_it_is_the_latest_today() -> None:
    links = re.findall(r'href="(https://explorer.example.org/[^"]*)"', page(made()))
    assert links
    assert all("release=2023-03" in each for each in links)


def test_changed_assumptions_are_said_and_usual_ones_are_not() -> None:
    words = assumption_words(None, 0.5, 0.9)
    other = replace(made(), assumptions=words)
    assert ("Verdicts", words) in briefing_document(other).facts
    assert ("Verdicts", words) in briefing_book(other).facts
    assert all(words in each.source for each in briefing_book(other).blocks if isinstance(each, Table))
    assert "Changed assumptions" not in page(made())


def test_only_its_own_printed_numbers_are_counted_as_in_doubt() -> None:
    """Of burglary none is in doubt, though two others of its table are; of mobile phones one is."""
    tables = [each for each in briefing_document(made()).blocks if isinstance(each, Table)]
    counted = {row[0]: row[-1] for each in tables if each.name == "At a glance" for row in each.rows}
    assert counted["Burglary of homes (validated)"] == "none"
    found = open_findings(audit(release().frames()))
    assert counted["Mobile phone offences"] == str(int((found["measure"] == "mobile_phone_offences").sum()))
    assert "two with printed numbers in doubt" in made().sentence


def test_questions_say_their_line_of_the_rule_in_whole_sentences() -> None:
    written = page(made())
    assert "(By the rule: no other line applies.)" in written
    assert "Suggested because of" not in written
