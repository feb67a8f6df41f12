"""Pieces of a Word document that python-docx leaves to its user: links, bookmarks, tables with headers, pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from charts.pictures import picture_png
from documents.blocks import Contents, Picture, Run, Table
from documents.texts import clean
from documents.word_styles import PAGE_WIDTH, TABLE_SIZE
from documents.word_widths import fit_of, is_wordy

__all__ = ["add_bookmark", "add_contents", "add_note_lines", "add_picture", "add_runs", "add_table",
           "begin_numbers", "end_section", "ends_section"]  # fmt: skip

_PIXEL = 914400 / 96  # in Word's units


def add_runs(paragraph: Any, runs: Sequence[Run], anchors: Sequence[str] = ()) -> None:
    """Write runs at the end of a paragraph. A link to an anchor that the document does not have is plain text."""
    for run in runs:
        link = "" if run.link.startswith("#") and run.link[1:] not in anchors else run.link
        if not link or run.figures:
            paragraph.add_run(clean(run.text)).bold = run.strong or None
        else:
            _link(paragraph, run.text, link, "Hyperlink", run.strong)
        if run.figures:
            paragraph.add_run(" ")
            told = f"[{', '.join(run.figures)}]"
            if link:
                _link(paragraph, told, link, "Figure Id")
            else:
                paragraph.add_run(clean(told), "Figure Id")
            paragraph.add_run(" ")


def add_bookmark(paragraph: Any, anchor: str, number: int) -> None:
    """Make a paragraph a place that links lead to."""
    for tag in ("start", "end"):
        mark = OxmlElement(f"w:bookmark{tag.capitalize()}")
        mark.set(qn("w:id"), str(number))
        if tag == "start":
            mark.set(qn("w:name"), bookmark_name(anchor))
            paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, mark)
        else:
            paragraph._p.append(mark)


def bookmark_name(anchor: str) -> str:
    """An anchor as Word takes it: 40 letters at most, the first a letter, and still its own.

    >>> bookmark_name("9_9-lost dogs"), len(bookmark_name("a" * 60))
    ('_9_9_lost_dogs', 40)
    """
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in anchor)
    plain = plain if plain[:1].isalpha() else f"_{plain}"
    if len(plain) <= 40:
        return plain
    return f"{plain[:31]}_{sum(ord(letter) * (place + 1) for place, letter in enumerate(anchor)) % 10**8:08d}"


def add_contents(word: WordDocument, entries: Sequence[tuple[int, str, str]], contents: Contents) -> None:
    """A table of contents: level, text and anchor of each heading, each a link.

    Which page a heading is on nothing but Word can know. It would work that out on opening if the file asked it to, but
    not before asking in turn, of whoever opens it, whether fields that may refer to other files are to be updated; and
    what came by e-mail it opens for reading only and renews nothing. So whoever is to edit the document gets Word's own
    field, which holds the pages once it is renewed there; every other reader gets links, or the headings in order.
    """
    depth = contents.depth
    for place, (level, text, anchor) in enumerate(entries):
        paragraph = word.add_paragraph(style=f"TOC {min(level, 3) if depth > 1 else 3}")
        paragraph.paragraph_format.left_indent = None if depth > 1 else 0
        if place == 0 and contents.renewed:
            _begin(paragraph, f'TOC \\o "1-{depth}" \\h \\z \\u')
        _link(paragraph, text, f"#{anchor}", None)
        if place == len(entries) - 1 and contents.renewed:
            _mark(paragraph, "end")


def end_section(word: WordDocument, lies: bool) -> None:
    """End the page here, and say how the pages up to here lie; what follows begins a page.

    Headings at the end go on with what follows. The last paragraph holds the break, so that none is empty; only after a
    table is there one for it alone.
    """
    last = word.element.body[-2]
    while last.tag == qn("w:p") and _is_heading(WordParagraph(last, word)):
        last = last.getprevious()
    if last.tag != qn("w:p"):
        paragraph = OxmlElement("w:p")
        last.addnext(paragraph)
        last = paragraph
    if not lies and ends_section(last):
        return  # nothing but headings since, which go on with what follows
    section = deepcopy(word.element.body[-1])
    if lies:
        size = section.find(qn("w:pgSz"))
        high, wide = size.get(qn("w:h")), size.get(qn("w:w"))
        for name, value in (("w", high), ("h", wide), ("orient", "landscape")):
            size.set(qn(f"w:{name}"), value)
    last.get_or_add_pPr().append(section)


def _is_heading(paragraph: WordParagraph) -> bool:
    return paragraph.style is not None and str(paragraph.style.name).startswith("Heading")


def ends_section(element: Any) -> bool:
    """Whether what follows a part of the document begins a page of its own kind."""
    return element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def begin_numbers(word: WordDocument) -> int:
    """A new count from one, for a numbered list: its id, which each item's paragraph is given."""
    numbering: Any = word.part.numbering_part.element
    usual = word.styles["List Number"].element.pPr.numPr.numId.val
    kind = next(each for each in numbering.num_lst if each.numId == usual).abstractNumId.val
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def add_table(word: WordDocument, table: Table, anchors: Sequence[str] = ()) -> None:
    """A table under its caption: header row repeated on each page, no row broken, its first column its rows' heads."""
    add_caption(word, table.caption)
    fit, wordy = fit_of(table), is_wordy(table)
    made = word.add_table(rows=1 + len(table.rows), cols=len(table.header), style="Figures")
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    _describe(made, table.caption)
    numeric, widths = table.numeric(), [Pt(width) for width in fit.widths]
    for place, (row, cells) in enumerate(zip(made.rows, [table.header, *table.rows], strict=True)):
        _row_property(row, "w:cantSplit")
        if place == 0:
            _row_property(row, "w:tblHeader")
        strong = place > 0 and table.kind(place - 1) in ("total", "subtotal")
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            # by its id: python-docx looks a name up among all styles, which takes most of the time of a long table
            paragraph._p.get_or_add_pPr().style = "TableHead" if place == 0 else "TableText"
            run = paragraph.add_run(clean(text))
            run.font.size = Pt(fit.size) if fit.size < TABLE_SIZE else None
            run.bold = True if strong or (column == 0 and place > 0 and not wordy) else None
            if numeric[column]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_with_next = True if place in (0, len(table.rows) - 1) else None
    for column, width in enumerate(widths):
        made.columns[column].width = width
    for note in table.notes:
        add_runs(word.add_paragraph(style="Small"), note, anchors)
    if table.source:
        word.add_paragraph(clean(table.source), style="Small")


def add_picture(word: WordDocument, picture: Picture) -> None:
    """A chart as a picture with its words, and below it its key, status and source."""
    drawn = picture_png(picture.chart)
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width = min(PAGE_WIDTH, Emu(int(drawn.width * _PIXEL)))
    shape = paragraph.add_run().add_picture(io.BytesIO(drawn.content), width=width)
    told = shape._inline.docPr
    told.set("descr", clean(picture.alt))
    told.set("title", clean(picture.title or picture.alt.split(". ")[0]))
    told.set("name", f"Chart {told.get('id')}")
    word.add_paragraph(clean(picture.caption), style="Small")


def add_caption(word: WordDocument, text: str) -> None:
    """A table's caption, kept with the table."""
    word.add_paragraph(clean(text), style="Caption")


def add_note_lines(word: WordDocument, lines: int) -> None:
    """Lines to write on: leaders of a tab, so that no paragraph is empty."""
    paragraph = word.add_paragraph(style="Note Lines")
    paragraph.paragraph_format.tab_stops.add_tab_stop(PAGE_WIDTH, 2, 3)
    paragraph.paragraph_format.line_spacing = Pt(26)
    paragraph.paragraph_format.keep_together = True
    run = paragraph.add_run()
    for place in range(lines):
        if place:
            run.add_break()
        run.add_tab()


def _link(paragraph: Any, text: str, address: str, style: str | None, strong: bool = False) -> Any:
    """A link at the end of a paragraph; ``#anchor`` leads to a place of the document."""
    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), bookmark_name(address[1:]))
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(clean(text), style)
    run.bold = strong or None
    link.append(run._r)
    paragraph._p.append(link)
    return link


def _begin(paragraph: Any, instruction: str) -> None:
    _mark(paragraph, "begin")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {instruction} "
    paragraph.add_run()._r.append(told)
    _mark(paragraph, "separate")


def _mark(paragraph: Any, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(part)


def _describe(made: Any, caption: str) -> None:
    """What a table is, for those who do not see it; its first row and column are heads."""
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    for name, value in (("val", "00A0"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"), ("lastColumn", "0"),
                        ("noHBand", "1"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    for tag in ("w:tblCaption", "w:tblDescription"):
        told = OxmlElement(tag)
        told.set(qn("w:val"), clean(caption))
        properties.append(told)


def _row_property(row: Any, tag: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(tag))
