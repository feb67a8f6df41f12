"""An HTML document read back: it stands by itself, its structure is real, and nothing odd breaks it."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from charts.palette import NIGHT
from documents.blocks import Bullets, Heading, Notes, Paragraph, Run, Table
from documents.html_page import html_page
from tests.charts.test_palette import contrast
from tests.documents.made import LINK, SOURCE, TABLE, chart, document
from tests.documents.odd import ODD, readable

PAGE = html_page(document()).decode()
TREE: Any = html.document_fromstring(PAGE)


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_it_asks_nothing_of_any_server() -> None:
    assert [each.tag for each in TREE.iter("script", "link", "iframe", "img", "object", "embed")] == []
    assert re.findall(r"@import|url\((?!#)|src=", PAGE) == []


def test_language_title_skip_link_and_landmarks() -> None:
    assert TREE.get("lang") == "en-GB"
    assert text(TREE.find(".//title")) == "Any Police: a document"
    first = TREE.body[0]
    assert (first.get("class"), first.get("href")) == ("skip", "#main")
    assert [each.tag for each in TREE.body[1:]] == ["header", "main", "footer"]
    assert TREE.find("body/main").get("id") == "main"


def test_headings_go_down_by_one_and_links_inside_lead_somewhere() -> None:
    headings = [(each.tag, text(each)) for each in TREE.iter("h1", "h2", "h3", "h4")]
    assert headings == [("h1", "Any Police: a document"), ("h2", "Contents"), ("h2", "Dogs"), ("h3", "Cats")]
    ids = [each.get("id") for each in TREE.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert {each.get("href")[1:] for each in TREE.xpath("//a[starts-with(@href, '#')]")} <= set(ids)
    assert [text(each) for each in TREE.xpath("//nav//a")] == ["Dogs", "Cats"]


def test_every_sentence_carries_its_ids_and_its_link() -> None:
    said = TREE.xpath("//p[@class='said']")[0]
    assert text(said) == "▲ real change: Dogs rose by a quarter. [dogs.last, dogs.previous]"
    assert [(text(each), each.get("href")) for each in said.iter("a")] == [("[dogs.last, dogs.previous]", LINK)]


def test_tables_have_a_caption_and_scoped_heads() -> None:
    (table,) = TREE.iter("table")
    assert text(table.find("caption")) == TABLE.caption
    assert [(text(each), each.get("scope")) for each in table.find("thead").iter("th")] == [
        (head, "col") for head in TABLE.header
    ]
    assert [[text(cell) for cell in row] for row in table.find("tbody")] == [list(row) for row in TABLE.rows]
    assert {each.get("scope") for each in table.find("tbody").iter("th")} == {"row"}
    assert [row.get("class") for row in table.find("tbody")] == [None, None, "total"]
    region = table.getparent()
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", TABLE.caption)


def test_charts_are_drawings_with_words_status_and_source() -> None:
    (svg,) = TREE.iter("svg")
    assert svg.get("role") == "img"
    assert text(TREE.get_element_by_id(svg.get("aria-labelledby"))) == chart().alt
    assert text(TREE.find(".//figcaption")).endswith(SOURCE)
    assert "Not yet published" in [text(each) for each in svg.iter("text")], "the stamp is inside, as text"


def test_status_source_and_marking_stand_on_the_page_and_on_each_sheet_of_paper() -> None:
    assert [text(each) for each in TREE.find("body/footer")] == [
        "Not yet published · Any Police, invented report",
        "OFFICIAL",
    ]
    assert 'content: "OFFICIAL"' in PAGE
    assert 'content: "Not yet published · Any Police, invented report"' in PAGE
    assert "break-before: page" in PAGE
    assert [text(each) for each in TREE.xpath("//*[@class='page']")] == ["Cats"]


def test_it_can_be_read_in_the_dark() -> None:
    for name, least in {"text": 7, "quiet": 4.5, "link": 4.5, "strong": 4.5}.items():
        assert contrast(NIGHT[name], NIGHT["ground"]) >= least, name
        assert contrast(NIGHT[name], NIGHT["tint"]) >= 4.5, name


@settings(max_examples=60)
@given(st.lists(ODD, min_size=4, max_size=4))
def test_odd_words_come_out_as_they_are_and_open_no_tag(words: list[str]) -> None:
    heading, sentence, cell, note = words
    page = html_page(document(
        Heading(1, heading), Paragraph((Run(sentence, f"https://example.org/{sentence}", (cell,)),)),
        Table(note, ("A", "B"), ((cell, note),)), Bullets(((Run(note),),)), Notes(heading, note),
    )).decode()  # fmt: skip
    tree: Any = html.document_fromstring(page)
    assert tree.find(".//h2").text_content() == readable(heading)
    assert [each.text_content() for each in tree.xpath("//tbody//th | //tbody//td")] == [readable(cell), readable(note)]
    assert [each.tag for each in tree.body] == ["a", "header", "main", "footer"]
