"""A report as a Word document opened: its headings, paragraphs and tables in their order, as they are printed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
import pandas as pd
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError  # type: ignore[import-untyped]  # it ships no types

from data.decoding import WORKBOOK, kind_of
from data.document_styles import HEADING, Styles
from data.errors import DataError
from data.workbook_reading import BROKEN, check_size, unreadable

__all__ = ["DOCUMENT_COLUMNS", "read_report_document"]

DOCUMENT_COLUMNS = ["block", "kind", "level", "row", "column", "text", "joined"]
_MOST_ROWS = 50_000  # of the frame: paragraphs and cells
_MOST_TEXT = 20 * 1024 * 1024  # bytes of a part that is text
_MOST_SIGNS = 1_000_000  # tags of all of the document's own text, many times those of a long report
_STRICT, _BEGINNING = b"http://purl.oclc.org/ooxml/wordprocessingml/main", 8_000
_MOST_TABLES, _MOST_COLUMNS = 300, 64
_DEEPEST = 4  # tables inside tables
_LONGEST_NUMBER = 4  # figures of a number of columns
_OUTLINE = {str(level) for level in range(9)}
_LONGEST_HEADING = 120  # letters of a line that is a heading because all of it is bold
_LISTED = re.compile(r"(?:toc|contents|table of figures|index) ?(?:heading|\d)?$", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:tbl")}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WRAPS = {qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}
_MEND = "Open it in the program that made it, save it as a Word document (.docx) and choose that."


def read_report_document(content: bytes, name: str) -> pd.DataFrame:
    """The blocks of a Word document in their order.

    Text that is marked as deleted or hidden, lists of contents, pictures and what is written in them are left out;
    text that is marked as inserted is in. Raised figures, which mark footnotes, come as ¹ or ².

    Returns
    -------
    DataFrame
        ``DOCUMENT_COLUMNS``: the number of the block from 0; its kind, "heading", "paragraph" or "table"; of a heading
        its level from 1, 9 of a line that is none but for being bold, else 0; of a cell its row and column in the
        table from 0, else 0; the text; and whether the cell is joined with one beside or above it. Of a joined cell
        each part has the text.

    Raises
    ------
    DataError
        When the file is no docx document, is damaged, or is far too large for one.
    """
    if what := _other_kind(content):
        raise DataError(f"{name}: this is {what}, where a Word document (.docx) is expected. {_MEND}")
    check_size(content, name, "document", "word/document", "Save it without pictures, or in parts.")
    try:
        if what := _other_word(content, name):
            raise DataError(f"{name}: this is {what}, where a Word document (.docx) is expected. {_MEND}")
        word = docx.Document(io.BytesIO(content))
        styles, body = word.styles.element, word.element.find(qn("w:body"))
    except (*BROKEN, PythonDocxError, OpcError, LxmlError) as error:
        raise unreadable(name, error, "document") from None
    if body is None:
        raise DataError(f"{name}: the document has no text. Open it in the program that made it and save it anew.")
    reader = _Reader(Styles(styles), name)
    reader.read(body, 0)
    return pd.DataFrame(reader.rows, columns=DOCUMENT_COLUMNS).astype({"text": object, "joined": bool})


def _other_word(content: bytes, name: str) -> str:
    """What a file of Word is that is no ordinary docx document, before it is parsed; "" of one.

    Raises
    ------
    DataError
        When its text is far too large.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        texts = [one for one in packed.infolist() if one.filename.lower().endswith((".xml", ".rels"))]
        large = any(one.file_size > _MOST_TEXT for one in texts)
        own = [one for one in texts if one.filename.startswith("word/") and one.filename.count("/") == 1]
        if large or sum(packed.read(one).count(b"<") for one in own) > _MOST_SIGNS:
            raise DataError(f"{name}: the document's text is too large once unpacked. Save it in parts.")
        types = packed.read("[Content_Types].xml")
        main = next((one for one in own if one.filename.startswith("word/document")), None)
        if main is not None and _STRICT in packed.read(main)[:_BEGINNING]:
            return "a Word document in the form Strict Open XML"
    if b"macroEnabledTemplate" in types or b"template.main+xml" in types:
        return "a Word template (.dotx or .dotm)"
    return "a Word document with macros (.docm)" if b"document.macroEnabled" in types else ""


def _other_kind(content: bytes) -> str:
    """What a file is that is no docx document; "" of one.

    >>> _other_kind(b"%PDF-1.7"), _other_kind(b"id,score")
    ('a PDF document', 'a text file')
    """
    kind = kind_of(content)
    if content.startswith(b"PK\x03\x04"):
        if b"[Content_Types].xml" in content:
            if b"word/document" in content:
                return ""
            return kind if kind == WORKBOOK else "a presentation" if b"ppt/" in content else kind
        if b"application/vnd.oasis.opendocument" in content[:200]:
            return "a document or sheet of LibreOffice"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "a file locked with a password"
        return "a document in the old format (.doc)" if "WordDocument".encode("utf-16-le") in content else kind
    if content.startswith(b"{\\rtf"):
        return "a document in rich text (.rtf)"
    return kind or "a text file"


@dataclass
class _Reader:
    """The rows of the frame on their way."""

    styles: Styles
    name: str
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    block: int = 0
    tables: int = 0

    def read(self, body: Any, depth: int) -> None:
        """The paragraphs and tables that stand directly in a body or a cell, in content controls too."""
        for child in body.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child, depth)
            elif child.tag == qn("w:sdt"):
                if not _is_contents(child):
                    self.read(child, depth)
            elif child.tag in _WRAPS:
                self.read(child, depth)

    def _add(self, kind: str, level: int, row: int, column: int, text: str, joined: bool = False) -> None:
        self.rows.append((self.block, kind, level, row, column, text, joined))
        if len(self.rows) > _MOST_ROWS:
            raise DataError(f"{self.name}: the document has more than {_MOST_ROWS:,} paragraphs and cells. Split it.")

    def _paragraph(self, paragraph: Any) -> None:
        if not len(paragraph):
            return
        text, style = _text(paragraph, self.styles).strip(), self.styles.name_of(paragraph)
        if not text or _LISTED.fullmatch(style):
            return
        level = _level(paragraph, style)
        if not level and len(text) <= _LONGEST_HEADING and text[-1] not in ".,;" and _is_bold(paragraph, self.styles):
            level = 9
        self._add("heading" if level else "paragraph", level, 0, 0, text)
        self.block += 1

    def _table(self, table: Any, depth: int) -> None:
        self.tables += 1
        if self.tables > _MOST_TABLES:
            raise DataError(f"{self.name}: the document has more than {_MOST_TABLES} tables. Split it.")
        inside: list[Any] = []
        above: dict[int, str] = {}
        number = 0
        for line in _rows(table):
            held: dict[int, str] = {}
            for column, span, goes_on, cell in _cells(line):
                if column + span > _MOST_COLUMNS:
                    raise DataError(f"{self.name}: a table has more than {_MOST_COLUMNS} columns. Split it.")
                text = above.get(column, "") if goes_on else _cell_text(cell, self.styles)
                joined = span > 1 or goes_on
                for place in range(column, column + span):
                    held[place] = text
                    self._add("table", 0, number, place, text, joined)
                inside += [each for each in cell.iter(qn("w:tbl")) if _owner(each) is cell]
            above, number = held, number + 1
        self.block += 1
        for each in inside if depth < _DEEPEST else []:
            self._table(each, depth + 1)


def _is_contents(control: Any) -> bool:
    return any("contents" in str(each.get(qn("w:val"))).lower() for each in control.iter(qn("w:docPartGallery")))


def _level(paragraph: Any, style: str) -> int:
    if named := HEADING.fullmatch(style):
        return int(named["level"])
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    level = own.get(qn("w:val"), "9") if own is not None else "9"
    return int(level) + 1 if level in _OUTLINE else 1 if style.lower() == "title" else 0


def _is_bold(paragraph: Any, styles: Styles) -> bool:
    runs = [run for run in paragraph.iter(qn("w:r")) if _text(run, styles).strip()]
    return bool(runs) and all(styles.is_on(run, "w:b", of_style=False) for run in runs)


def _text(element: Any, styles: Styles) -> str:
    """What an element says, without what is deleted, hidden or a picture; raised figures as ¹."""
    if element.tag in _GONE:
        return ""
    if element.tag == qn("w:t"):
        return str(element.text or "")
    if element.tag in _SIGNS:
        return _SIGNS[element.tag] if element.getparent().tag == qn("w:r") else ""
    if element.tag == qn("w:r") and styles.is_on(element, "w:vanish"):
        return ""
    told = "".join(_text(child, styles) for child in element.iterchildren() if isinstance(child.tag, str))
    if element.tag == qn("w:r") and told and styles.value(element, "w:vertAlign") == "superscript":
        return told.translate(_RAISED)
    return told


def _cell_text(cell: Any, styles: Styles) -> str:
    lines = (_text(each, styles).strip() for each in cell.iter(qn("w:p")) if _owner(each) is cell)
    return "\n".join(line for line in lines if line)


def _owner(element: Any) -> Any:
    """The cell that an element stands in."""
    parent = element.getparent()
    while parent is not None and parent.tag != qn("w:tc"):
        parent = parent.getparent()
    return parent


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table that are not marked as deleted."""
    for child in _within(table, qn("w:tr")):
        if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield child


def _cells(line: Any) -> Iterator[tuple[int, int, bool, Any]]:
    """The cells of a row: column, how many it takes, whether it goes on from the row above, and the cell."""
    column = _number(line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for cell in _within(line, qn("w:tc")):
        told = cell.find(qn("w:tcPr"))
        span = max(_number(told.find(qn("w:gridSpan")) if told is not None else None, 1), 1)
        down = told.find(qn("w:vMerge")) if told is not None else None
        yield column, span, down is not None and down.get(qn("w:val")) != "restart", cell
        column += span


def _within(element: Any, tag: str) -> Iterator[Any]:
    """The parts of an element, those in content controls too."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag == qn("w:sdt") or child.tag in _WRAPS:
            yield from _within(child, tag)


def _number(element: Any, otherwise: int) -> int:
    told = element.get(qn("w:val"), "") if element is not None else ""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _LONGEST_NUMBER else otherwise
