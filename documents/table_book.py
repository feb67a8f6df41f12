"""The tables of a document as a workbook: XLSX by way of gptables, ODS by way of odfdo, the same sheets in both."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import gptables as gpt
import odfdo
import pandas as pd

from documents.blocks import Document
from documents.book_sheets import NOTES, Book, Sheet, book_of
from documents.sheets import KEEP_TEXT, THEME, finish, kept_as_text, widths

__all__ = ["ods_book", "xlsx_book"]

_CENTIMETRES = 0.19  # of a character's width
_CONTENTS = ("Worksheet", "What it holds")
_NOTE_HEADS = ("Note number", "Note")


def xlsx_book(document: Document) -> bytes:
    """The tables of a document in the xlsx format: cover, contents, notes, then one table a sheet.

    Raises
    ------
    ValueError
        When the document has no table.
    """
    book = book_of(document)
    output = io.BytesIO()
    sheets = {sheet.name: _gptable(sheet) for sheet in book.sheets}
    workbook = gpt.produce_workbook(
        output,
        sheets,
        theme=THEME,
        cover=gpt.Cover(
            title=_line_of(book.title),
            intro=[_line_of(line) for line in book.cover],
            about=["[Contents: what each worksheet holds](internal:'Contents'!A1)",
                   f"Worksheets after this one: Contents, Notes, {', '.join(sheets)}."],
        ),
        notes_table=pd.DataFrame(list(book.notes), columns=["key", "Note"]),
        auto_width=False,
        workbook_options=KEEP_TEXT,
    )  # fmt: skip
    properties = {name: document.property(name) for name in ("author", "subject", "keywords", "comments")}
    wide = {"Contents": [31, 100], "Notes": [14, 100]} | {sheet.name: _widths(sheet) for sheet in book.sheets}
    finish(workbook, {"title": book.title, **properties}, wide)
    return output.getvalue()


def ods_book(document: Document) -> bytes:
    """The same in the ods format, with each table's header row marked and its cells named as a range.

    Raises
    ------
    ValueError
        When the document has no table.
    """
    book = book_of(document)
    ods = odfdo.Document("spreadsheet")
    ods.body.clear()
    _styles(ods)
    _ods_properties(ods, document, book)
    cover = _sheet_of(ods, "Cover", [100])
    for place, line in enumerate((book.title, *book.cover)):
        _line(cover, line, "title" if place == 0 else "words")
    _line(cover, f"Worksheets after this one: Contents, Notes, {', '.join(sheet.name for sheet in book.sheets)}.")
    ods.body.append(cover)
    notes = [(str(place), words) for place, (_, words) in enumerate(book.notes, start=1)]
    leads = " ".join(f"[note {name}]" for name, _ in notes)
    contents = [(sheet.name, sheet.title) for sheet in book.sheets]
    for name, heads, rows in (("Contents", _CONTENTS, contents), ("Notes", _NOTE_HEADS, notes)):
        _ods_sheet(ods, name, name, ["This worksheet contains one table."], heads, rows, [31, 100])
    for sheet in book.sheets:
        _ods_sheet(
            ods,
            sheet.name,
            sheet.title,
            [*sheet.lines[:-1], f"{sheet.lines[-1]} {leads}"],
            sheet.header,
            sheet.rows,
            _widths(sheet),
        )
    output = io.BytesIO()
    ods.save(output)
    return output.getvalue()


def _gptable(sheet: Sheet) -> gpt.GPTable:
    first, *more = sheet.lines
    return gpt.GPTable(
        table=pd.DataFrame(sheet.rows, columns=[head.replace("$$", "$ $") for head in sheet.header], dtype=object).map(
            kept_as_text
        ),
        table_name=f"table_{''.join(letter if letter.isalnum() else '_' for letter in sheet.name)}",
        title=_line_of(sheet.title),
        instructions=_line_of(first),
        legend=[_line_of(line) for line in more[:-1]],
        source=_noted(more[-1]),
        index_columns={},
    )


def _line_of(text: str) -> str:
    """A line above a table as gptables takes it: nothing in it makes a note or a link."""
    return text.replace("$$", "$ $").replace("](", "] (")


def _noted(text: str) -> str:
    """A source line that leads to every note of the book."""
    return f"{_line_of(text)} {' '.join(f'$${key}$$' for key in NOTES)}"


def _widths(sheet: Sheet) -> list[int]:
    return widths([sheet.header[place], *(row[place] for row in sheet.rows)] for place in range(len(sheet.header)))


def _styles(ods: odfdo.Document) -> None:
    """Text wraps and begins at the top; the title is large, headings are bold."""
    looks = {
        "title": ("16pt", "bold"), "words": ("11pt", "normal"), "head": ("11pt", "bold"), "cell": ("11pt", "normal"),
    }  # fmt: skip
    for name, (size, weight) in looks.items():
        style = odfdo.Style("table-cell", name=name)
        cell: dict[str, Any] = {"fo:wrap-option": "wrap" if name in ("head", "cell") else "no-wrap",
                                                   "style:vertical-align": "top"}  # fmt: skip
        text: dict[str, Any] = {"fo:font-size": size, "fo:font-weight": weight, "fo:language": "en",
                                             "fo:country": "GB", "style:font-name": "Arial"}  # fmt: skip
        style.set_properties(area="table-cell", **cell)
        style.set_properties(area="text", **text)
        ods.insert_style(style, automatic=True)


def _ods_properties(ods: odfdo.Document, document: Document, book: Book) -> None:
    ods.meta.title = book.title
    ods.meta.language = document.language
    ods.meta.subject = document.property("subject")
    ods.meta.description = document.property("comments")
    ods.meta.initial_creator = document.property("author")
    ods.meta.keyword = document.property("keywords")


def _ods_sheet(
    ods: odfdo.Document, name: str, title: str, lines: Sequence[str], header: Sequence[str],
    rows: Sequence[Sequence[str | int | float]], columns: Sequence[int],
) -> None:  # fmt: skip
    """One sheet: its title, the lines above its table, the header row marked as such, and the rows."""
    table = _sheet_of(ods, name, columns)
    _line(table, title, "title")
    for line in lines:
        _line(table, line)
    heads = odfdo.Row()
    for head in header:
        heads.append_cell(_cell(head, "head"))
    table.append_row(heads)
    for cells in rows:
        row = odfdo.Row()
        for cell in cells:
            row.append_cell(_cell(cell, "cell"))
        table.append_row(row)
    ods.body.append(table)


def _line(table: odfdo.Table, text: str, style: str = "words") -> None:
    row = odfdo.Row()
    row.append_cell(_cell(text, style))
    table.append_row(row)


def _cell(value: str | int | float, style: str) -> odfdo.Cell:
    return odfdo.Cell(value=value, style=style)


def _sheet_of(ods: odfdo.Document, name: str, columns: Sequence[int]) -> odfdo.Table:
    """An empty sheet whose columns have their widths, in characters."""
    table = odfdo.Table(name)
    for width in columns:
        called = f"column_{width}"
        if ods.get_style("table-column", called) is None:
            style = odfdo.Style("table-column", name=called)
            wide: dict[str, Any] = {"style:column-width": f"{width * _CENTIMETRES:.2f}cm"}
            style.set_properties(area="table-column", **wide)
            ods.insert_style(style, automatic=True)
        table.append_column(odfdo.Column(style=called))
    return table
