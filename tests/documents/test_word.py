"""A Word document read back: its structure is real, every sentence traced, and nothing odd breaks it."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import matplotlib
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.blocks import Bullets, Contents, Heading, Notes, PageBreak, Paragraph, Run, Table
from documents.word import word_document
from documents.word_widths import LYING, UPRIGHT, fit_of
from tests.documents.made import LINK, SOURCE, TABLE, chart, document
from tests.documents.odd import ODD, readable


def opened(*blocks: Any) -> Any:
    return docx.Document(io.BytesIO(word_document(document(*blocks))))


@pytest.fixture(scope="module")
def word() -> Any:
    return opened()


def links(word: Any) -> list[tuple[str, str]]:
    """Text and target of every link."""
    told = []
    for link in word.element.body.iter(qn("w:hyperlink")):
        text = "".join(part.text or "" for part in link.iter(qn("w:t")))
        known = link.get(qn("r:id"))
        told.append((text, word.part.rels[known].target_ref if known else f"#{link.get(qn('w:anchor'))}"))
    return told


def test_headings_are_headings_and_nothing_is_spaced_by_empty_paragraphs(word: Any) -> None:
    styled = [(each.style.name, each.text) for each in word.paragraphs]
    assert styled[0] == ("Title", "Any Police: a document")
    assert [each for each in styled if each[0].startswith("Heading")] == [("Heading 1", "Dogs"), ("Heading 2", "Cats")]
    blank = [each for each in word.paragraphs if not each.text]
    assert [each.style.name for each in blank if not each._p.findall(f".//{qn('w:drawing')}")] == []
    assert [each.text for each in word.paragraphs if each.paragraph_format.page_break_before] == ["Cats"]


def test_language_title_and_day_are_told(word: Any) -> None:
    told = word.core_properties
    assert (told.title, told.language, told.author, told.subject) == (
        "Any Police: a document", "en-GB", "Any Police", "Dogs",
    )  # fmt: skip
    assert (
        told.created
        == told.modified
        == datetime.fromisoformat(f"2023-05-17T00:00:00{'+00:00' * bool(told.created.tzinfo)}")
    )
    languages = {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_marking_status_source_and_page_stand_on_every_page(word: Any) -> None:
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL"
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith("Not yet published · Any Police, invented report · Page")
    fields = [each.text.strip() for each in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_every_sentence_carries_its_ids_and_its_link(word: Any) -> None:
    (paragraph,) = [each for each in word.paragraphs if each.style.name == "Said" and "quarter" in each.text]
    assert paragraph.text.strip() == "▲ real change: Dogs rose by a quarter. [dogs.last, dogs.previous]"
    assert ("[dogs.last, dogs.previous]", LINK) in links(word)
    assert ("[dogs.poodles]", LINK) in links(word)


def test_links_inside_lead_to_bookmarks_that_are_there(word: Any) -> None:
    marks = [each.get(qn("w:name")) for each in word.element.body.iter(qn("w:bookmarkStart"))]
    inside = [target[1:] for _, target in links(word) if target.startswith("#")]
    assert marks == ["dogs", "cats"]
    assert inside == ["dogs", "cats", "cats"], "both entries of the contents, and one link; none to nowhere"
    assert "and nothing" in "\n".join(each.text for each in word.paragraphs)


def test_contents_are_a_field_that_word_can_renew(word: Any) -> None:
    (field,) = [each.text for each in word.element.body.iter(qn("w:instrText"))]
    assert field.strip() == r'TOC \o "1-2" \h \z \u'
    kinds = [each.get(qn("w:fldCharType")) for each in word.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_tables_repeat_their_header_and_break_no_row(word: Any) -> None:
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(TABLE.header), *map(list, TABLE.rows)]
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == TABLE.caption
    assert [each.style.name for each in word.paragraphs if each.text == TABLE.caption] == ["Caption"]
    bold = [row.cells[1].paragraphs[0].runs[0].bold for row in table.rows if row.cells[1].text]
    assert bold[-1] is True, "the total"


def test_pictures_have_their_words_status_and_source(word: Any) -> None:
    (shape,) = word.inline_shapes
    assert shape._inline.docPr.get("descr") == chart().alt
    assert shape._inline.docPr.get("title") == "Lost dogs"
    assert any(each.text.endswith(SOURCE) and each.style.name == "Small" for each in word.paragraphs)
    assert shape.width <= docx.shared.Cm(17)


def test_each_numbered_list_begins_at_one(word: Any) -> None:
    items = [each for each in word.paragraphs if each.style.name == "List Number"]
    numbers = [each._p.pPr.numPr.numId.val for each in items]
    assert numbers[0] == numbers[1] != numbers[2]
    starts = {each.numId: each for each in word.part.numbering_part.element.num_lst}
    assert all(starts[number].lvlOverride_lst[0].startOverride.val == 1 for number in numbers)


def test_notes_are_those_given_or_lines_to_write_on(word: Any) -> None:
    text = [each.text for each in word.paragraphs]
    at = text.index("Notes on cats")
    assert text[at : at + 3] == ["Notes on cats", "Mine.", "One more."]
    assert text[text.index("Notes on dogs") + 1] == "\t\n\t\n\t\n\t"


@settings(max_examples=40)
@given(st.lists(ODD, min_size=4, max_size=4))
def test_odd_words_come_out_as_they_are_without_what_xml_forbids(words: list[str]) -> None:
    heading, sentence, cell, note = words
    word = opened(
        Heading(1, heading), Paragraph((Run(sentence, f"https://example.org/{sentence}", (cell,)),)),
        Table(note, ("A", "B"), ((cell, note),)), Bullets(((Run(note),),)), Notes(heading, note),
    )  # fmt: skip
    text = "\n".join(each.text for each in word.paragraphs)
    assert all(readable(each) in text for each in (heading, sentence))
    assert [each.text for each in word.tables[0].rows[1].cells] == [readable(cell), readable(note)]


# --- how tables fit the page ------------------------------------------------------------------------------------------

WIDE_TABLE = Table(
    "Wide", ("Where", *(f"Unquestionable {place}" for place in range(7))),
    tuple(("Newcastle-under-Lyme Neighbourhoods", *["Disproportionately"] * 7) for _ in range(3)), source="Invented.",
)  # fmt: skip


def lying(word: Any) -> list[bool]:
    return [section.page_width > section.page_height for section in word.sections]


def test_a_table_too_wide_for_an_upright_page_lies_on_its_side_and_nothing_else_does() -> None:
    narrow = Table("Narrow", ("Where", "Count"), (("Road", "1"),), source="Invented.")
    said = Paragraph((Run("A sentence."),))
    word = opened(said, Heading(2, "Wide"), WIDE_TABLE, Heading(2, "Wide again"), WIDE_TABLE, PageBreak(), said, narrow)
    assert lying(word) == [False, True, True, False]
    assert [each.text for each in word.paragraphs if not each.text.strip()] == []
    assert [each.text for each in word.paragraphs if each.paragraph_format.page_break_before] == []
    ends = [each.text for each in word.paragraphs if each._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None]
    assert ends == ["A sentence.", "Invented.", "Invented."], "a heading goes on with its table"
    for section in word.sections:
        assert section.footer.paragraphs[0].text.startswith("Not yet published")
        assert section.header.paragraphs[0].text == "OFFICIAL"
    assert lying(opened(said, narrow)) == [False]


def test_only_after_a_table_is_there_a_paragraph_for_the_break_alone() -> None:
    bare = Table(WIDE_TABLE.caption, WIDE_TABLE.header, WIDE_TABLE.rows)
    word = opened(bare, Heading(2, "After"))
    assert lying(word) == [False, True, False]
    assert word.paragraphs[-1].text == "After"


def real_widths(face: str) -> dict[str, float]:
    """Letters of Helvetica, which Arial has the widths of, as their maker's own file gives them; one for a size of one."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
    lines = (folder / f"{face}.afm").read_text(encoding="ascii").splitlines()
    told = [line.split() for line in lines if line.startswith("C ") and not line.startswith("C -1")]
    return {chr(int(words[1])): int(words[4]) / 1000 for words in told}


PLAIN, BOLD = real_widths("Helvetica"), real_widths("Helvetica-Bold")
CELLS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%(),./-_[]  ", min_size=1, max_size=40)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=2, max_size=5))
def test_no_word_is_wider_than_its_column_wherever_that_can_be(rows: list[list[str]]) -> None:
    heads = tuple(f"{cell} {place}" for place, cell in enumerate(rows[0]))
    table = Table("Any", heads, tuple(map(tuple, rows[1:])), tuple("total" for _ in rows[1:]))
    fit = fit_of(table)
    assert sum(fit.widths) == pytest.approx(LYING if fit.lies else UPRIGHT)
    widest = [
        max(
            sum(width[letter] for letter in word) * fit.size
            for cells, width in ((heads, BOLD), *((row, BOLD) for row in table.rows))
            for word in re.findall(r"[^\s-]+-?|-", cells[column])
        )
        for column in range(7)
    ]
    room = [width - 8.0 for width in fit.widths]  # the margins of its cells
    if not fit.lies or sum(widest) * 1.15 + 7 * 9.0 < LYING:  # else not even a page on its side holds them all
        assert [column for column in range(7) if widest[column] > room[column]] == []


def test_contents_that_nobody_renews_are_links_alone() -> None:
    word = opened(Contents("Here", depth=1), Heading(1, "Dogs", "dogs"), Heading(1, "Cats", "cats"))
    assert [target for _, target in links(word)] == ["#dogs", "#cats"]
    assert list(word.element.body.iter(qn("w:instrText"))) == []
