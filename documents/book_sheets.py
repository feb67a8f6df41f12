"""The sheets of a table book, whatever program it is for: what stands above each table, and its cells.

They follow the government checklist for accessible spreadsheets: one table a sheet from column A, no blank cell, every
shorthand explained, notes on a sheet of their own, a cover and contents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.blocks import Document, Run, Table, tables_of
from documents.sheets import sheet_names
from documents.texts import clean

__all__ = ["NOTES", "Book", "Sheet", "book_of"]

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
_ASKED_OF_SOME = ("Verdict", "Suggested question", "Notes")  # columns in which a blank means that nothing belongs there
_NUMBER = re.compile(r"[−-]?\d{1,3}(,?\d{3})*(\.\d+)?")
NOTES = {
    "blanks": "No cell is blank. [x] stands where the report prints nothing, [z] where nothing belongs.",
    "numbers": "Numbers stand as the report prints them, slips included. Counts are numbers; what has a unit beside "
    "it, such as a per cent, is text as printed.",
    "source": "Figures are the force's own management information, not official statistics. National statistics on "
    "police recorded crime are official statistics, not accredited. Contains public sector information licensed under "
    "the Open Government Licence v3.0.",
}


@dataclass(frozen=True)
class Sheet:
    """One table with what stands above it: ``lines`` are its status, shorthand, notes and source."""

    name: str
    title: str
    lines: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True)
class Book:
    """A whole book. ``notes`` are key and words, ``cover`` the lines of the first sheet under its title."""

    title: str
    cover: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


def book_of(document: Document) -> Book:
    """The sheets of a document's tables.

    Raises
    ------
    ValueError
        When the document has no table.
    """
    tables = tables_of(document)
    if not tables:
        raise ValueError(f"“{document.title}” has no table, so there is no table book of it. Ask for Word or HTML.")
    names = sheet_names((table.name or table.caption for table in tables), ["Cover", "Contents", "Notes"])
    sheets = tuple(_sheet(table, name, document) for table, name in zip(tables, names, strict=True))
    facts = [f"{name}: {told}" for name, told in document.facts]
    lines = [document.marking, document.subtitle, f"{document.status}.", *facts, document.draft]
    return Book(
        title=clean(document.title),
        cover=tuple(clean(line) for line in lines if line),
        notes=tuple(NOTES.items()),
        sheets=sheets,
    )


def _sheet(table: Table, name: str, document: Document) -> Sheet:
    rows = [tuple(_cell(cell, head) for head, cell in zip(table.header, row, strict=True)) for row in table.rows]
    if not rows:
        rows = [("none", *[NOT_APPLICABLE] * (len(table.header) - 1))]
    lines = ["This worksheet contains one table. Notes are on the Notes worksheet."]
    cells = [str(cell) for row in rows for cell in row]
    lines += ["[x] = not available: the report prints nothing here."] if NOT_AVAILABLE in cells else []
    lines += ["[z] = not applicable: nothing belongs in this cell."] if NOT_APPLICABLE in cells else []
    lines += [_words(note) for note in table.notes]
    lines += [table.source or f"{document.status}. Source: {document.source}."]
    return Sheet(
        name=name,
        title=clean(table.caption).strip() or name,
        lines=tuple(clean(line) for line in lines if line.strip()),
        header=tuple(_heading(head, place) for place, head in enumerate(table.header)),
        rows=tuple(rows),
    )


def _heading(text: str, place: int) -> str:
    return clean(text).strip() or f"Column {place + 1}"


def _cell(text: str, head: str) -> str | int | float:
    """A cell as a spreadsheet holds it: a plain number as a number, a blank as its shorthand.

    >>> _cell("10,432", "Count"), _cell("−3.36", "Change"), _cell("47.3%", "Share"), _cell(" ", "Verdict")
    (10432, -3.36, '47.3%', '[z]')
    """
    told = clean(text).strip()
    if not told:
        return NOT_APPLICABLE if head in _ASKED_OF_SOME else NOT_AVAILABLE
    if not _NUMBER.fullmatch(told):
        return told
    plain = told.replace(",", "").replace("−", "-")
    return float(plain) if "." in plain else int(plain)


def _words(runs: tuple[Run, ...]) -> str:
    """A note as one line, with the ids and the address that its links lead to."""
    told = []
    for run in runs:
        beside = [*run.figures, *([run.link] if run.link and not run.link.startswith("#") else [])]
        told.append(f"{run.text} ({', '.join(beside)})" if beside else run.text)
    return "".join(told)
