"""The report as a document: all of the release in its order, every sentence traced, every chart with its status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

from analysis.audit import audit
from analysis.briefing import About
from analysis.changes import changes
from data.catalogue import catalogue
from documents.blocks import Bullets, Document, Heading, Paragraph, Picture, Table
from documents.report import report_document
from documents.texts import outline
from tests.published import release, text_frame

BASE = "https://explorer.example.org"
ABOUT = About(
    release="2023-03", title="Report", force="Any Police", published=date(2023, 5, 17), data_to=date(2023, 3, 31),
    marking="OFFICIAL", address=BASE,
)  # fmt: skip


@cache
def report(stamp: str = "") -> Document:
    shown = release()
    about = replace(ABOUT, stamp=stamp, heading=stamp or ABOUT.heading)
    judged = changes(shown.figures, shown.measures, shown.tables, shown.events, shown.statements)
    return report_document(shown.frames(), about, judged, audit(shown.frames()), catalogue(shown))


def ids_of(kind: type) -> list[str]:
    runs = [run for block in report().blocks if isinstance(block, Paragraph) for run in block.runs]
    runs += [run for block in report().blocks if isinstance(block, Bullets) for item in block.items for run in item]
    return [name for run in runs for name in run.figures]


def test_priorities_sections_and_tables_stand_in_the_report_s_order() -> None:
    headings = [(block.level, block.text) for block in report().blocks if isinstance(block, Heading)]
    titles = {name: text_frame(name).astype({"order": int}) for name in ("priorities", "sections", "tables")}
    first = titles["priorities"].sort_values("order")
    assert [text for level, text in headings if level == 1] == [
        *first["title"],
        "How to read the figures",
        "Words used",
    ]
    wanted = [
        title
        for priority in first["id"]
        for title in titles["sections"][titles["sections"]["priority"] == priority].sort_values("order")["title"]
    ]
    assert [text for level, text in headings if level == 2 and text in set(wanted)] == wanted
    assert [text for level, text in headings if text in set(titles["tables"]["title"])].__len__() >= len(
        titles["tables"]
    )
    steps = [later[0] - earlier[0] for earlier, later in pairwise(headings)]
    assert max(steps) == 1, "no level is skipped"


def test_every_quoted_number_explanation_and_table_is_there_with_its_id() -> None:
    told = set(ids_of(Paragraph))
    for file in ("statements", "explanations"):
        assert set(text_frame(file)["id"]) <= told
    names = [block.name for block in report().blocks if isinstance(block, Table)]
    assert set(text_frame("tables")["title"]) <= set(names)


def test_every_sentence_leads_to_the_address_that_was_given() -> None:
    runs = [run for block in report().blocks if isinstance(block, Paragraph) for run in block.runs if run.figures]
    assert len(runs) >= len(text_frame("tables"))
    assert all(run.link.startswith(f"{BASE}/") for run in runs)
    assert any(run.link == f"{BASE}/local_and_responsive_service?release={ABOUT.release}#table_asb" for run in runs)


def test_charts_have_status_and_source_and_a_draft_says_so_everywhere() -> None:
    pictures = [block for block in report().blocks if isinstance(block, Picture)]
    assert len(pictures) > 30
    assert all("Published figures. Source: Any Police, Report, 17 May 2023" in each.caption for each in pictures)
    stamped = report("Not yet published")
    assert stamped.status == "Not yet published"
    assert all(each.alt.startswith("Not yet published.") for each in stamped.blocks if isinstance(each, Picture))
    assert all(each.caption.startswith("Not yet published: ") for each in stamped.blocks if isinstance(each, Table))


def test_definitions_are_told_once_a_section_and_anchors_are_their_own() -> None:
    blocks = report().blocks
    small = [block for block in blocks if isinstance(block, Bullets) and block.small]
    assert all(len(each.items) == len(set(each.items)) for each in small)
    anchors = [anchor for _, anchor in outline(blocks)]
    assert len(anchors) == len(set(anchors))


def test_without_an_address_nothing_leads_anywhere() -> None:
    shown = release()
    judged = changes(shown.figures, shown.measures, shown.tables, shown.events, shown.statements)
    made = report_document(
        shown.frames(), replace(ABOUT, address=""), judged, audit(shown.frames()), catalogue(shown)
    )  # fmt: skip
    assert {run.link for block in made.blocks if isinstance(block, Paragraph) for run in block.runs} == {""}
