"""A document as a Word file: real headings, repeated table headers, links, alternative text, status on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from documents.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
)
from documents.texts import clean, outline
from documents.word_parts import (
    add_bookmark,
    add_contents,
    add_note_lines,
    add_picture,
    add_runs,
    add_table,
    begin_numbers,
    end_section,
    ends_section,
)
from documents.word_styles import dress
from documents.word_widths import fit_of

__all__ = ["word_document"]

_STYLES = {"text": "Normal", "said": "Said", "caveat": "Caveat", "small": "Small", "boxed": "Boxed"}


def word_document(document: Document) -> bytes:
    """A document in the docx format, made in memory.

    It is laid out by styles alone, so whoever edits it changes a style once; nothing is spaced by empty paragraphs.
    """
    word = docx.Document()
    dress(word, document)
    _properties(word, document)
    _front(word, document)
    writer = _Writer(word, document)
    for place, block in enumerate(document.blocks):
        writer.write(block, place)
    output = io.BytesIO()
    word.save(output)
    return output.getvalue()


class _Writer:
    """Writes block after block, with the anchors that links of the document may lead to."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word, self.blocks = word, document.blocks
        self.outline = outline(document.blocks)
        self.anchors = [anchor for _, anchor in self.outline]
        self.headings = iter(enumerate(self.outline))
        self.breaks = False

    def write(self, block: Block, place: int) -> None:
        """Write one block."""
        if isinstance(block, PageBreak):
            self.breaks = True
            return
        before = self.word.element.body[-2]  # the last is what the page is like
        if isinstance(block, Heading):
            number, (_, anchor) = next(self.headings)
            paragraph = self.word.add_heading(clean(block.text), block.level)
            add_bookmark(paragraph, anchor, number)
        elif isinstance(block, Paragraph):
            add_runs(self.word.add_paragraph(style=_STYLES[block.kind]), block.runs, self.anchors)
        elif isinstance(block, Bullets):
            number = begin_numbers(self.word) if block.numbered else 0
            for item in block.items:
                self._item(block, item, number)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            add_picture(self.word, block)
        elif isinstance(block, Notes):
            self._notes(block)
        elif isinstance(block, Contents):
            self._contents(block, place)
        first = before.getnext()
        if self.breaks and first.tag == qn("w:p"):
            if not ends_section(before):  # else it begins a page as it is
                WordParagraph(first, self.word).paragraph_format.page_break_before = True
            self.breaks = False

    def _table(self, table: Table) -> None:
        """A table; one too wide for an upright page stands on pages of its own that lie on their side."""
        lies = fit_of(table).lies
        if lies:
            end_section(self.word, lies=False)
        add_table(self.word, table, self.anchors)
        if lies:
            end_section(self.word, lies=True)

    def _item(self, bullets: Bullets, item: Sequence[Run], number: int) -> None:
        paragraph = self.word.add_paragraph(style="List Number" if bullets.numbered else "List Bullet")
        if number:
            counted: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            counted.get_or_add_numId().val, counted.get_or_add_ilvl().val = number, 0
        add_runs(paragraph, item, self.anchors)
        for run in paragraph.runs if bullets.small else []:
            run.font.size = Pt(9.5)

    def _notes(self, notes: Notes) -> None:
        label = self.word.add_paragraph(style="Caption")
        label.add_run(clean(notes.label))
        if notes.text.strip():
            for line in notes.text.splitlines():
                if line.strip():
                    self.word.add_paragraph(clean(line), style="Said")
        elif notes.lines > 0:
            add_note_lines(self.word, notes.lines)

    def _contents(self, contents: Contents, place: int) -> None:
        later = {id(block) for block in self.blocks[place:]}
        entries = [
            (heading.level, heading.text, anchor)
            for heading, anchor in self.outline
            if heading.level <= contents.depth and id(heading) in later
        ]
        if entries:
            self.word.add_paragraph(clean(contents.title), style="Contents Heading")
            add_contents(self.word, entries, contents)


def _properties(word: WordDocument, document: Document) -> None:
    told = word.core_properties
    told.title = clean(document.title)[:255]
    for name in ("author", "subject", "keywords", "comments"):
        setattr(told, name, clean(document.property(name))[:255])
    told.last_modified_by = told.author
    told.category = clean(document.status)[:255]
    if document.made:
        told.created = told.modified = datetime.combine(document.made, datetime.min.time())


def _front(word: WordDocument, document: Document) -> None:
    """Title, of when and whom, what is to be known of the whole, and that it is a draft if it is one."""
    word.add_paragraph(clean(document.title), style="Title")
    if document.subtitle:
        word.add_paragraph(clean(document.subtitle), style="Subtitle")
    for name, told in document.facts:
        paragraph = word.add_paragraph(style="Fact")
        paragraph.add_run(clean(name)).bold = True
        paragraph.add_run(f"\t{clean(told)}")
    if document.draft:
        word.add_paragraph(clean(document.draft), style="Boxed")
