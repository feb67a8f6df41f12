"""What reading a file gives, and how it is told: rows, rejected rows, and notes in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.rows import spoken

__all__ = ["LIMITS", "NO_LIMITS", "Limits", "Reading", "rejected_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Limits:
    """What is too much for one upload."""

    bytes: int = 50 * 1024 * 1024
    columns: int = 500
    line_bytes: int = 1024 * 1024
    rows: int = 5_000_000  # of a file of tiny rows or tiny cells, which would fill the memory
    cells: int = 30_000_000


LIMITS = Limits()
NO_LIMITS = Limits(*[2**31 - 1] * 5)  # for a person's own computer


@dataclass(frozen=True)
class Reading:
    """A file as it was understood.

    Attributes
    ----------
    name
        The file's name, a label only and never a path.
    encoding
        In plain words: "UTF-8", "UTF-8 with byte order mark", "UTF-16 little-endian", "Windows-1252", "Excel workbook".
    delimiter, quote
        One letter each; blank for a workbook.
    header_line
        Where the header stands, counted from 1; in a workbook the row.
    columns
        Names in the file's order, cleaned of what cannot be seen.
    rows
        Accepted rows. Every cell is ``str``, exactly as in the file once its quotation marks are taken off; an empty
        cell is ``""``.
    lines
        The line on which each accepted row starts, with the index of ``rows``.
    rejected
        ``line``, ``reason`` (a sentence) and ``text``, one row a rejected line, as it stands in the file.
    notes
        Whole sentences that a person must know.
    sheet
        The sheet of a workbook, else blank.
    """

    name: str
    encoding: str
    delimiter: str
    quote: str
    header_line: int
    columns: list[str]
    rows: pd.DataFrame
    lines: pd.Series[int]
    rejected: pd.DataFrame
    notes: list[str]
    sheet: str = ""

    @property
    def rows_in(self) -> int:
        """Accepted and rejected rows together: blank lines are none."""
        return len(self.rows) + len(self.rejected)

    def summary(self) -> dict[str, object]:
        """All but the rows themselves, as plain values."""
        return {
            "name": self.name,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "quote": self.quote,
            "sheet": self.sheet,
            "header_line": self.header_line,
            "columns": self.columns,
            "rows_in": self.rows_in,
            "rows_accepted": len(self.rows),
            "rows_rejected": len(self.rejected),
            "rejected": self.rejected[["line", "reason"]].to_dict("records"),
            "notes": self.notes,
        }

    def in_words(self) -> list[str]:
        """The summary as sentences, one a line."""
        parted = f", cells parted by {spoken(self.delimiter)}" if self.delimiter else f", sheet '{self.sheet}'"
        return [
            f"{self.name}: {self.encoding}{parted}; the header is on line {self.header_line}.",
            f"Columns: {', '.join(self.columns)}.",
            f"{self.rows_in:,} rows: {len(self.rows):,} accepted, {len(self.rejected):,} rejected.",
            *self.notes,
            *(f"Line {line} rejected. {reason}" for line, reason in self.rejected[["line", "reason"]].to_numpy()),
        ]


def rejected_csv(reading: Reading) -> bytes:
    """Write the rejected rows as a CSV that a spreadsheet opens safely: line, reason and text of each.

    A text that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    text = reading.rejected["text"]
    safe = reading.rejected.assign(text=text.where(~text.str.startswith(_FORMULA), "'" + text))
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
