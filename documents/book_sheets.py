"""The sheets of a table book, whatever program it is for: what stands above each table, and its cells.

They follow the government checklist for accessible spreadsheets: one table a sheet from column A, no blank cell, every
shorthand explained, notes on a sheet of their own, a cover and contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.blocks import Document, Run, Table, tables_of
from documents.sheets import sheet_names
from documents.texts import clean

__all__ = ["NOTES", "Book", "Sheet", "book_of"]

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
_ASKED_OF_SOME = (
    "Verdict",
    "Corrected",
    "Suggested question",
    "Notes",
)  # columns in which a blank means that nothing belongs there
_NUMBER = re.compile(r"[−-]?\d{1,3}(,?\d{3})*(\.\d+)?")
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
NOTES = {
    "blanks": "No cell is blank. [x] stands where the report prints nothing, [z] where nothing belongs.",
    "numbers": "Numbers stand as the report prints them, slips included. Counts are numbers; what has a unit beside "
    "it, such as a per cent, or would lose a last place, such as 10.0, is text as printed.",
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
    bare = [_bare(column) for column in zip(*table.rows, strict=True)]
    rows = [tuple(map(_cell, row, table.header, bare)) for row in table.rows]
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


def _cell(text: str, head: str, bare: bool = True) -> str | int | float:
    """A cell as a spreadsheet holds it: a plain number as a number, a blank as its shorthand, all else as printed.

    What would not stand as it is printed once it is a number, such as 007, stays text; decimals do where not ``bare``.

    >>> _cell("10,432", "Count"), _cell("−3.36", "Change"), _cell("47.3%", "Share"), _cell(" ", "Verdict")
    (10432, -3.36, '47.3%', '[z]')
    >>> _cell("10.0", "Rate"), _cell("9.5", "Rate", bare=False), _cell("007", "Code")
    ('10.0', '9.5', '007')
    """
    told = clean(text).strip()
    if not told:
        return NOT_APPLICABLE if head in _ASKED_OF_SOME else NOT_AVAILABLE
    if not _NUMBER.fullmatch(told):
        return told
    plain = told.replace(",", "").replace("−", "-")
    number: int | float = float(plain) if "." in plain else int(plain)
    kept = str(number) == plain and abs(number) < _EXACT
    return number if kept and (isinstance(number, int) or (bare and not plain.endswith("0"))) else told


def _bare(cells: Iterable[str]) -> bool:
    """Whether a column's decimals show all their places as numbers: 10.0 would stand as 10, so its column is text.

    >>> _bare(["9.75", "10.5", "12"]), _bare(["9.75", "10.0"])
    (True, False)
    """
    told = [clean(cell).strip() for cell in cells]
    return not any(_NUMBER.fullmatch(cell) and "." in cell and cell.endswith("0") for cell in told)


def _words(runs: tuple[Run, ...]) -> str:
    """A note as one line, with the ids and the address that its links lead to."""
    told = []
    for run in runs:
        beside = [*run.figures, *([run.link] if run.link and not run.link.startswith("#") else [])]
        told.append(f"{run.text} ({', '.join(beside)})" if beside else run.text)
    return "".join(told)
