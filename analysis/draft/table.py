"""A table copied from Word or Excel, read as it stands: headings, row labels, cells as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.audit.printed import Printed, read_printed

__all__ = ["Pasted", "pasted_table", "read_cell"]

_MOST_HEADER_ROWS = 2
_MOST_COLUMNS, _MOST_ROWS = 40, 1000
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,8})?"
_CELL = re.compile(
    rf"[↑↓▲▼]?\s*[-−–+]?\s*\(?\s*[-−–+]?\s*£?\s*[-−–]?\s*{_NUMBER}\s*"
    r"(?:%|per ?cent|pp|ppts?|pts|points|m|k|hours?|hrs|minutes?|mins?|seconds?|secs?|days?)?\s*\)?\s*[*]?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_RULE = re.compile(r":?-{2,}:?|")
_SPACES = re.compile(r"[ \u00a0]{2,}")


@dataclass(frozen=True)
class Pasted:
    """A pasted table: one heading a column, rows of cells as text, every row as wide as the headings.

    ``caption`` is a line above the headings, where there is one.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.headings)

    def column(self, place: int) -> list[str]:
        """The cells of one column, top to bottom."""
        return [row[place] for row in self.rows]


def read_cell(text: str) -> Printed | None:
    """The number of a cell that holds nothing else but its sign, brackets and unit; None for any other text.

    >>> read_cell("(1,009)").value, read_cell("↓ -1.13 %").per_cent, read_cell("Q4"), read_cell("Dec - 22")
    (Fraction(-1009, 1), True, None, None)
    """
    plain = text.strip().replace("▼", "↓").replace("▲", "↑")
    return read_printed(plain) if plain and _CELL.fullmatch(plain) else None


def pasted_table(text: str) -> Pasted:
    r"""Read a pasted table: cells parted by tabs, Markdown's pipes, two spaces or more, or commas.

    Parameters
    ----------
    text
        As it comes from the clipboard. Rows may be of different lengths: short ones are filled with blank cells.

    Raises
    ------
    ValueError
        With a sentence, when there is no table in it or one too large to be read over.

    Examples
    --------
    >>> table = pasted_table("Crime\tPrevious\tLast\nArson\t401\t494\nRape\t1,060\t1,190")
    >>> table.headings, table.rows[1]
    (('Crime', 'Previous', 'Last'), ('Rape', '1,060', '1,190'))
    """
    rows = [row for row in _cells(text) if any(row)]
    if not rows or max(map(len, rows)) < 2:
        raise ValueError("No table was found: paste at least two columns, with a tab between them as Excel copies.")
    width = max(map(len, rows))
    if width > _MOST_COLUMNS or len(rows) > _MOST_ROWS:
        raise ValueError(
            f"The table has {width} columns and {len(rows):,} rows: paste at most {_MOST_COLUMNS} columns and "
            f"{_MOST_ROWS:,} rows at a time."
        )
    square = [(*row, *[""] * (width - len(row))) for row in rows]
    caption = ""
    if width > 2 and len(rows) > 2 and len([cell for cell in square[0] if cell]) == 1 and square[0][0]:
        caption, square = square[0][0], square[1:]
    height = _header_height(square)
    headings = [
        " ".join(dict.fromkeys(cell for cell in column if cell)) for column in zip(*square[:height], strict=True)
    ]
    return Pasted(tuple(headings or [""] * width), tuple(square[height:]), caption)


def _cells(text: str) -> list[list[str]]:
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if any("\t" in line for line in lines):
        return _separated("\n".join(lines), "\t")
    piped = [line for line in lines if line.count("|") >= 2]
    if piped and len(piped) * 2 >= len(lines):
        cut = [[cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")] for line in piped]
        return [row for row in cut if not all(_RULE.fullmatch(cell) for cell in row)]
    spaced = [_SPACES.split(line.strip()) for line in lines]
    if sum(len(row) > 1 for row in spaced) * 2 > len(lines):
        return [[cell.strip() for cell in row] for row in spaced]
    return _separated("\n".join(lines), ",")


def _separated(text: str, mark: str) -> list[list[str]]:
    """Cells by a mark; quotes round a cell are taken off where they come in pairs."""
    quoting: int = csv.QUOTE_MINIMAL if text.count('"') % 2 == 0 else csv.QUOTE_NONE
    try:
        rows = list(csv.reader(text.split("\n"), delimiter=mark, quoting=quoting))  # type: ignore[arg-type]
    except csv.Error:
        rows = [line.split(mark) for line in text.split("\n")]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def _header_height(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top are headings: those without a number beside their first cell."""
    height = 0
    for row in rows[:_MOST_HEADER_ROWS]:
        beside = [cell for cell in row[1:] if cell]
        told = [cell for cell in row if cell and read_cell(cell) is not None]
        years = bool(told) and height == 0 and all(_YEAR.fullmatch(cell) for cell in told)
        if (told and not years) or not beside:
            break
        height += 1
    if height == len(rows) and height > 1:  # a table of words only
        return 1
    if height == _MOST_HEADER_ROWS and not _are_two(rows[0], rows[1]):
        return 1
    return height


def _are_two(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Is the second row a second row of headings, not a first row of words? Headings leave cells of the pair blank."""
    return any(not cell for cell in (*first[1:], *second)) or not second[0]
