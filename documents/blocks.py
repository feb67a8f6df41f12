"""What a document is made of, whatever it is written as: headings, sentences that can be traced, tables, pictures.

A document is plain values. ``documents.word``, ``documents.html_page`` and ``documents.table_book`` write it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from charts.palette import Chart

__all__ = [
    "KINDS",
    "Block",
    "Bullets",
    "Contents",
    "Document",
    "Heading",
    "Notes",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Run",
    "Table",
    "said",
    "table_of",
    "tables_of",
]

KINDS = ("text", "said", "caveat", "small", "boxed")
_ROW_KINDS = ("part", "subtotal", "total", "memo")
_NUMBER = re.compile(r"[↑↓ £(+−-]*\d[\d,.]*\)?( ?%| seconds| minutes| hours| days)?( \[check\])?")


@dataclass(frozen=True)
class Run:
    """A sentence, or a part of one that looks or leads differently.

    Attributes
    ----------
    text
        What is read.
    link
        A whole address, or ``#anchor`` of a heading of the same document. Without ``figures`` the text itself leads
        there.
    figures
        Ids of the figures that the sentence rests on. They stand after it in small type and lead to ``link``.
    strong
        Whether it is set in bold.
    """

    text: str
    link: str = ""
    figures: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (a chapter) to 4; the document's title stands above them all."""

    level: int
    text: str
    anchor: str = ""

    def __post_init__(self) -> None:
        if self.level not in range(1, 5):
            raise ValueError(f"A heading's level is 1 to 4, not {self.level}.")


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together.

    ``kind`` is ``text``, ``said`` (the sentence that opens a block), ``caveat``, ``small`` (sources, methods) or
    ``boxed`` (what nobody must miss).
    """

    runs: tuple[Run, ...]
    kind: str = "text"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"A paragraph is one of {', '.join(KINDS)}, not {self.kind!r}.")


@dataclass(frozen=True)
class Bullets:
    """A list, one item a tuple of runs; ``numbered`` where the order counts, ``small`` for what is looked up."""

    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False
    small: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one header row, whose first column heads its rows.

    Attributes
    ----------
    caption
        What it holds; it says the status where figures are not published.
    header
        The columns' headings, each once.
    rows
        As many cells a row as there are headings. A cell is a text, "" where the report prints nothing.
    kinds
        ``part, subtotal, total`` or ``memo`` for each row; all parts when empty.
    notes
        Lines below: what a mark means, what is in doubt.
    source
        Status and source.
    name
        What its sheet is called in a table book; made from the caption when blank.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = ()
    notes: tuple[tuple[Run, ...], ...] = ()
    source: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if len(set(self.header)) < len(self.header) or not self.header:
            raise ValueError(f"The table “{self.caption}” needs headings that are each there once: {self.header}.")
        if wrong := [row for row in self.rows if len(row) != len(self.header)]:
            raise ValueError(f"The table “{self.caption}” has {len(self.header)} headings, but the row {wrong[0]}.")
        if self.kinds and (len(self.kinds) != len(self.rows) or set(self.kinds) - set(_ROW_KINDS)):
            raise ValueError(f"The table “{self.caption}” needs one of {', '.join(_ROW_KINDS)} for each of its rows.")

    def kind(self, place: int) -> str:
        """What the row at ``place`` is."""
        return self.kinds[place] if self.kinds else "part"

    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers alone, and so stand to the right; never the first.

        >>> Table("Deaths", ("Where", "Count", "Verdict"), (("Road", "1,002", "="), ("Rail", "", "no"))).numeric()
        (False, True, False)
        """
        columns = [[row[place] for row in self.rows if row[place]] for place in range(len(self.header))]
        told = [bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells) for cells in columns]
        return (False, *told[1:])


@dataclass(frozen=True)
class Picture:
    """A chart with what must never leave it: its words for those who do not see it, its status and its source."""

    chart: Chart
    source: str
    title: str = ""

    @property
    def alt(self) -> str:
        """The words that stand for the chart."""
        return self.chart.alt

    @property
    def caption(self) -> str:
        """Key, status and source, to be shown below."""
        return f"{self.chart.key} {self.source}".strip()


@dataclass(frozen=True)
class Notes:
    """Notes under a label: those that were given, else as many empty lines to write on by hand."""

    label: str = "Notes"
    text: str = ""
    lines: int = 4


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a page, on paper."""


@dataclass(frozen=True)
class Contents:
    """The headings that follow, down to a level, each leading to its place.

    ``renewed`` where somebody is to edit the document and renews them, in Word with the number of each page.
    """

    title: str = "Contents"
    depth: int = 2
    renewed: bool = False


Block = Heading | Paragraph | Bullets | Table | Picture | Notes | PageBreak | Contents


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes
    ----------
    title, subtitle
        What it is, and of when and whom.
    blocks
        What it says, in order.
    status
        What stands on every page, such as "Published figures" or "Draft, not yet published".
    source
        The report it rests on, for footers.
    marking
        The protective marking, such as "OFFICIAL"; none when blank.
    facts
        Words and what stands for them on the front, such as ``("Data to", "31 March 2023")``.
    properties
        ``author, subject, keywords, comments`` of the file.
    made
        The day that the file says it was made.
    language
        Of the text, as BCP 47 has it.
    draft
        Whether somebody still edits it: the front says so.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    status: str
    source: str = ""
    marking: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    made: date | None = None
    language: str = "en-GB"
    draft: str = ""

    def property(self, name: str) -> str:
        """A property of the file, "" where it has none."""
        return dict(self.properties).get(name, "")


def said(text: str, link: str = "", figures: Iterable[str] = (), kind: str = "text", *, opening: str = "") -> Paragraph:
    """One sentence as a paragraph, with its link and the ids of its figures; ``opening`` stands before it in bold.

    >>> said("Up.", "https://example.org/a", ["a.1"], opening="Calls").runs
    (Run(text='Calls ', link='', figures=(), strong=True),
     Run(text='Up.', link='https://example.org/a', figures=('a.1',), strong=False))
    """
    before = (Run(f"{opening} ", strong=True),) if opening else ()
    return Paragraph((*before, Run(text, link, tuple(figures))), kind)


def table_of(rows: pd.DataFrame, caption: str, first: str, **more: object) -> Table:
    """A frame as a table; ``first`` heads its ``row_label``, and ``row_kind`` marks totals and is not shown.

    Parameters
    ----------
    rows
        ``row_label``, further columns of text, and ``row_kind`` where it has totals.
    caption, first
        Of the table, and of its first column.
    more
        Further fields of the table.

    Examples
    --------
    >>> frame = pd.DataFrame({"row_label": ["Road", "All"], "row_kind": ["part", "total"], "Count": ["1", "2"]})
    >>> table = table_of(frame, "Deaths", "Where")
    >>> table.header, table.rows, table.kinds
    (('Where', 'Count'), (('Road', '1'), ('All', '2')), ('part', 'total'))
    """
    shown = rows.drop(columns="row_kind", errors="ignore").rename(columns={"row_label": first})
    cells = tuple(tuple(str(cell) for cell in row) for row in shown.itertuples(index=False, name=None))
    kinds = tuple(rows["row_kind"]) if "row_kind" in rows else ()
    return Table(caption, tuple(map(str, shown.columns)), cells, kinds, **more)  # type: ignore[arg-type]


def tables_of(document: Document) -> list[Table]:
    """The tables of a document, in order."""
    return [block for block in document.blocks if isinstance(block, Table)]
