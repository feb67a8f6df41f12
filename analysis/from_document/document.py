"""A report's document: its text in order, and its tables with the headings that stand above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

__all__ = ["DOCUMENT_COLUMNS", "Document", "DocumentTable", "document_of"]

DOCUMENT_COLUMNS = ["block", "kind", "level", "row", "column", "text", "joined"]
_LONGEST_PAGE = 3  # figures of the page that a line of a list of contents ends with, after a tab
_SHORT = 14  # words of a line that may be a table's heading
_SAYS_NOTHING = {"data", "figures", "table"}  # headings that stand over any table
_NEAREST = 3  # short lines above a table that may be


@dataclass(frozen=True)
class DocumentTable:
    """A table of a document.

    Attributes
    ----------
    rows
        The texts of its cells; all rows are as long.
    joined
        The row and column of the cells that are joined with others; each has the text of the whole.
    above
        The lines that may name it: short ones since the table before, then its headings, the nearest first.
    nearest
        Of these the short ones and the nearest heading that says more than “Data”.
    heading
        The nearest of its headings.
    """

    rows: tuple[tuple[str, ...], ...]
    joined: frozenset[tuple[int, int]] = frozenset()
    above: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    heading: str = ""

    @property
    def name(self) -> str:
        """What a reader knows it by: its heading, else the line above it, else its first cell that says something."""
        said = (self.heading, *self.above, *(cell for row in self.rows for cell in row))
        return next((each for each in said if each), "a table without words")

    def turned(self) -> DocumentTable:
        """The same with its rows as columns.

        >>> DocumentTable((("a", "b"), ("1", "2"))).turned().rows
        (('a', '1'), ('b', '2'))
        """
        rows = tuple(zip(*self.rows, strict=True))
        return replace(self, rows=rows, joined=frozenset((column, row) for row, column in self.joined))

    def without_first(self, columns: int) -> DocumentTable:
        """The same without its first columns.

        >>> DocumentTable((("1", "a"), ("2", "b"))).without_first(1).rows
        (('a',), ('b',))
        """
        rows = tuple(row[columns:] for row in self.rows)
        joined = frozenset((row, column - columns) for row, column in self.joined if column >= columns)
        return replace(self, rows=rows, joined=joined)


@dataclass(frozen=True)
class Document:
    """A document's lines in order, each with whether it is a heading, and its tables."""

    lines: tuple[tuple[str, bool], ...]
    tables: tuple[DocumentTable, ...]


def document_of(blocks: pd.DataFrame) -> Document:
    """A document from its blocks.

    Parameters
    ----------
    blocks
        ``DOCUMENT_COLUMNS``, as ``data.report_document.read_report_document`` gives them.

    Examples
    --------
    >>> cells = [(1, "table", 0, 0, 0, "KSI", False), (1, "table", 0, 0, 1, "Now", False)]
    >>> made = document_of(pd.DataFrame([(0, "heading", 2, 0, 0, "Roads", False), *cells], columns=DOCUMENT_COLUMNS))
    >>> made.lines, made.tables[0].rows, made.tables[0].above
    ((('Roads', True),), (('KSI', 'Now'),), ('Roads',))
    """
    lines: list[tuple[str, bool]] = []
    tables: list[DocumentTable] = []
    headings: dict[int, str] = {}
    short: list[str] = []
    for kind, level, rows in _blocks(blocks):
        text = " ".join(str(rows[0].text).split())
        if kind != "table" and _of_contents(str(rows[0].text)):
            continue
        if kind == "table":
            own, over = short[: -_NEAREST - 1 : -1], [headings[each] for each in sorted(headings, reverse=True)]
            telling = [each for each in over if each.casefold() not in _SAYS_NOTHING][:1]
            table = _table(rows)
            above, nearest = (tuple(dict.fromkeys([*own, *each])) for each in (over, telling))
            tables.append(replace(table, above=above, nearest=nearest, heading=over[0] if over else ""))
            short = []
            continue
        lines.append((text, kind == "heading"))
        if kind == "heading":
            headings = {each: told for each, told in headings.items() if each < level} | {level: text}
            short = []
        elif len(text.split()) <= _SHORT:
            short.append(text)
    return Document(tuple(lines), tuple(table for table in tables if table.rows))


def _of_contents(text: str) -> bool:
    _, tab, page = text.rpartition("\t")
    return bool(tab) and page.strip().isdecimal() and len(page.strip()) <= _LONGEST_PAGE


def _blocks(blocks: pd.DataFrame) -> Iterator[tuple[str, int, list[Any]]]:
    held: list[Any] = []
    for row in blocks.itertuples(index=False):
        if held and row.block != held[0].block:
            yield held[0].kind, held[0].level, held
            held = []
        held.append(row)
    if held:
        yield held[0].kind, held[0].level, held


def _table(rows: list[Any]) -> DocumentTable:
    cells = {(row.row, row.column): " ".join(str(row.text).split()) for row in rows}
    wide, high = max(column for _, column in cells) + 1, max(row for row, _ in cells) + 1
    joined = frozenset((row.row, row.column) for row in rows if row.joined)
    grid = [tuple(cells.get((row, column), "") for column in range(wide)) for row in range(high)]
    return DocumentTable(tuple(grid), joined)
