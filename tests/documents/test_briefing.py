"""A briefing as a document: everything that was gathered is in it, each sentence with its ids and its link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest

from analysis.audit import audit
from analysis.briefing import Briefing, briefing
from analysis.changes import changes
from documents.blocks import Bullets, Document, Heading, Notes, PageBreak, Paragraph, Picture, Run, Table, tables_of
from documents.briefing import briefing_book, briefing_document
from tests.documents.test_report import ABOUT, BASE
from tests.published import release


@cache
def made(national: str = "") -> Briefing:
    shown = release()
    judged = changes(shown.figures, shown.measures, shown.tables, shown.events, shown.statements)
    measures = (
        None
        if national
        else ["burglary_validated", "asb"]
        if "burglary_validated" in set(shown.measures["id"])
        else ["asb"]
    )
    return briefing(
        shown.frames(), ABOUT, judged, audit(shown.frames()), measures, made=date(2023, 6, 1), national=national,
        notes={"asb": "Ask about November."},
    )  # fmt: skip


def runs(document: Document) -> list[Run]:
    told = [run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs]
    return told + [
        run for block in document.blocks if isinstance(block, Bullets) for item in block.items for run in item
    ]


def test_all_that_was_gathered_is_said_with_its_ids_and_its_link() -> None:
    told = runs(briefing_document(made()))
    for item in made().items:
        for said in item.said:
            (run,) = [run for run in told if run.text == said.text]
            assert run.figures == said.ids
            assert run.link.startswith(f"{BASE}/")
        beside = [*item.caveats, *item.findings, *item.explanations, *item.places, *item.promises, *item.missing]
        for said in beside:
            found = [run.figures for run in told if run.text.startswith(said.text)]
            assert (said.ids or (item.measure,)) in found
        asked = [run.text.strip() for run in told]
        assert all(question.text in asked for question in item.questions)


def test_each_measure_begins_a_page_and_has_room_for_notes_or_the_reader_s_own() -> None:
    blocks = briefing_document(made()).blocks
    headings = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    titles = {item.title for item in made().items}
    assert all(isinstance(blocks[place - 1], PageBreak) for place in headings if blocks[place].text in titles)
    notes = {block.label: block.text for block in blocks if isinstance(block, Notes)}
    assert len(notes) == len(made().items)
    assert "Ask about November." in notes.values()


def test_the_rules_and_the_method_are_printed_and_charts_say_their_status() -> None:
    document = briefing_document(made())
    text = " ".join(run.text for run in runs(document))
    for words in (made().choice_rule, made().question_rule, made().method):
        assert words in text
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    assert pictures
    assert all("Published figures. Source: Any Police" in each.caption for each in pictures)


def test_the_book_holds_every_number_sentence_and_question() -> None:
    tables = {table.name: table for table in tables_of(briefing_book(made()))}
    assert list(tables) == ["At a glance", "Printed numbers", "Sentences", "Questions"]
    place = tables["Printed numbers"].header.index("Figure id")
    assert [row[place] for row in tables["Printed numbers"].rows] == [
        figure.id for item in made().items for figure in item.figures
    ]
    assert len(tables["Questions"].rows) == sum(len(item.questions) for item in made().items)


def test_a_national_measure_tells_what_the_nation_measures_and_what_is_missing() -> None:
    national = release().national_measures["id"].iloc[0]
    own = made(national).national
    assert own is not None
    told = [run.text for run in runs(briefing_document(made(national)))]
    assert {own.source, own.proxy, own.gap} <= set(told)


def test_a_corrected_number_says_so_in_every_table_and_under_the_chart() -> None:
    """Word, HTML and both workbooks are written from these blocks."""
    named = "asb.asb.last_12_months"
    printed = dict(zip(release().figures["figure_id"], release().figures["printed"], strict=True))[named]
    row = {"id": named, "printed": printed, "corrected": "12,345", "date": pd.Timestamp("2023-06-02"),
           "who": "analyst", "why": "two days were left out"}  # fmt: skip
    note = "corrected to 12,345 on 2 June 2023: two days were left out"
    shown = release()
    frames = shown.frames() | {"corrections": pd.DataFrame([row])}
    judged = changes(shown.figures, shown.measures, shown.tables, shown.events, shown.statements)
    told = briefing(frames, ABOUT, judged, audit(shown.frames()), ["asb", "calls_999"], made=date(2023, 6, 1))
    blocks = briefing_document(told).blocks
    (picture,) = [block for block in blocks if isinstance(block, Picture) and block.title == told.items[-1].title]
    assert note in picture.caption
    glance, *numbers = [block for block in blocks if isinstance(block, Table)]
    assert note in glance.source and any("; corrected to 12,345)" in cell for row in glance.rows for cell in row)
    [own] = [table for table in numbers if note in table.source]
    assert any(cell.endswith(" (corrected to 12,345)") and cell.startswith("1") for row in own.rows for cell in row)
    book = {table.name: table for table in tables_of(briefing_book(told))}["Printed numbers"]
    column = book.header.index("Corrected")
    assert {row[book.header.index("Figure id")]: row[column] for row in book.rows if row[column]} == {named: note}


def test_a_workbook_says_what_its_verdicts_are_held_against_and_assume() -> None:
    shown = release()
    judged = changes(shown.figures, shown.measures, shown.tables, shown.events, shown.statements, "baseline")
    told = briefing(
        shown.frames(), ABOUT, judged, audit(shown.frames()), ["asb"], against="baseline", made=date(2023, 6, 1),
        assumptions="Changed assumptions: dispersion 10 for every count, not the usual rule.",
    )  # fmt: skip
    for table in tables_of(briefing_book(told)):
        assert "Verdicts are held against the baseline. Changed assumptions: dispersion 10" in table.source


@pytest.mark.parametrize(("corrected", "shown"), [("", "9"), ("8", "9 (corrected to 8)")])
def test_a_number_without_a_period_stands_in_no_empty_brackets(corrected: str, shown: str) -> None:
    first, *rest = made().items
    figure = replace(first.figures[0], period="", text="9", corrected=corrected)
    told = replace(made(), items=(replace(first, figures=(figure,)), *rest))
    glance = next(block for block in briefing_document(told).blocks if isinstance(block, Table))
    assert glance.rows[0][1] == shown
