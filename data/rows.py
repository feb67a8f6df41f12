"""The rows under a header: every line ends accepted or rejected with a reason, and nothing is changed on the way.

Blocks of well-formed lines go through the csv module in one call. Where something is off, ``data.records`` says what,
and ``data.resync`` decides where reading is safe again.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import pyarrow as pa

from data.dialect import COMMON, is_decimal
from data.errors import DataError
from data.line_numbers import LISTED
from data.records import Dialect, Record, records

__all__ = ["Rows", "cells_wanted", "has_apostrophes", "is_swapped", "never_closed", "sort_rows", "spoken", "to_batch"]

_BLOCK_LINES = 10_000
_BLOCK_LETTERS = 2 * 1024 * 1024
MOST_REJECTED = 100_000  # rows; more of them mean that the file is not what it was taken for


@dataclass
class Rows:
    """What came of the lines under a header. Line numbers are 1-based and those of the source.

    Attributes
    ----------
    batches, starts
        Accepted rows, as text by column, and the line on which each starts.
    rejected
        Reason by line.
    spread
        First and last line of accepted rows that run over several lines.
    faults
        First and last line of records in which text stands after a closing quotation mark.
    strays, ends_nothing
        Rows with a quotation mark kept in the midst of a cell, and at a cell's end where nothing opened it.
    swapped
        Rows that would have as many cells under another delimiter; in a table of one column, that hold one.
    apostrophes
        Rows in which a cell begins or ends with an apostrophe, which some programs use as quotation mark.
    decimals
        Columns of numbers with a decimal comma, as ``data.dialect.Sample`` has them.
    """

    dialect: Dialect
    width: int
    batches: list[pa.RecordBatch] = field(default_factory=list)
    starts: list[np.ndarray] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)
    spread: list[tuple[int, int]] = field(default_factory=list)
    faults: list[tuple[int, int]] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    ends_nothing: list[tuple[int, int]] = field(default_factory=list)
    swapped: list[int] = field(default_factory=list)
    apostrophes: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    decimals: frozenset[int] = frozenset()
    line_ends: Counter[str] = field(default_factory=Counter)


def sort_rows(lines: Iterator[str], start: int, rows: Rows, longest: int, name: str) -> None:
    """Sort every line into ``rows``; the first is line ``start`` of the source.

    Raises
    ------
    DataError
        A quotation mark opens and is never closed.
    """
    held: list[str] = []
    for block in _blocks(lines):
        start, held = _sort_block([*held, *block], start, rows, longest, name)
    if held:
        raise never_closed(start, rows, name)


def to_batch(cells: list[list[str]], width: int) -> pa.RecordBatch:
    """Text by column."""
    columns = zip(*cells, strict=True) if cells else [[] for _ in range(width)]
    return pa.RecordBatch.from_arrays(
        [pa.array(column, pa.large_string()) for column in columns], [str(number) for number in range(width)]
    )


def cells_wanted(found: int, wanted: int, text: str, dialect: Dialect) -> str:
    """The reason to reject a row, with the delimiter that would fit."""
    told = f"Found {found} cell{'' if found == 1 else 's'}, expected {wanted} as in the header"
    for mark in COMMON:
        if mark != dialect.delimiter and wanted > 1 and _width(text, Dialect(mark, dialect.quote)) == wanted:
            return f"{told}; the row uses {spoken(mark)} between its cells."
    return f"{told}."


def spoken(mark: str) -> str:
    """A delimiter as a word for a sentence."""
    return {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar", " ": "a space"}.get(mark, f"'{mark}'")


def never_closed(line: int, rows: Rows, name: str) -> DataError:
    """The refusal of a file in which no one can tell where a row ends."""
    first = min([line, *(start for start, _ in rows.faults)])
    earlier = f" The first quotation mark out of place stands in row {first}." if first < line else ""
    return DataError(
        f"{name}, row {line}: a quotation mark opens a cell here and is never closed.{earlier} Close it, or remove the"
        " mark, and upload the file again."
    )


def _blocks(lines: Iterator[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if len(block) == _BLOCK_LINES or size >= _BLOCK_LETTERS:
            yield block
            block, size = [], 0
    if block:
        yield block


def _sort_block(lines: list[str], start: int, rows: Rows, longest: int, name: str) -> tuple[int, list[str]]:
    """Sort the lines of one block; returns the next line and those of a record that the block does not end."""
    dialect = rows.dialect
    text = "".join(lines)
    cells = _all_cells(lines, dialect)
    if cells is not None:
        joined = list(map("".join, cells))
        plain = dialect.quote not in text or dialect.quote not in "".join(joined)  # no mark inside a cell
        full = set(map(len, cells)) == {rows.width} and (rows.width == 1 or all(map(str.strip, joined)))
        if full and plain and not _may_be_swapped(text, dialect) and not has_apostrophes(text, dialect):
            rows.batches.append(to_batch(cells, rows.width))
            rows.starts.append(np.arange(start, start + len(lines)))
            _count_ends(text, rows)
            return start + len(lines), []
    good: list[Record] = []
    held: list[str] = []
    for record in records(lines, start, dialect, longest):
        if record.fault == "open":
            if sum(map(len, record.lines)) > longest:
                raise never_closed(record.start, rows, name)
            held = record.lines
        elif record.fault:
            rows.faults.append((record.start, record.end))
        else:
            good.append(record)
    read = csv.reader(
        chain.from_iterable(one.lines for one in good),
        delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True,
    )  # fmt: skip
    _sort_records(good, list(read), rows)
    if len(rows.rejected) > MOST_REJECTED:
        first = min(rows.rejected)
        raise DataError(
            f"{name}: more than {MOST_REJECTED:,} rows do not fit the header. The first is row {first}:"
            f" {rows.rejected[first]} Export the table again."
        )
    return start + len(lines) - len(held), held


def _all_cells(lines: list[str], dialect: Dialect) -> list[list[str]] | None:
    """Cells by line; None unless every line is one record."""
    try:
        cells = list(csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error:
        return None
    return cells if len(cells) == len(lines) else None


def _may_be_swapped(text: str, dialect: Dialect) -> bool:
    return any(mark in text for mark in COMMON if mark != dialect.delimiter)


def _sort_records(good: list[Record], read: list[list[str]], rows: Rows) -> None:
    accepted: list[list[str]] = []
    starts: list[int] = []
    for record, cells in zip(good, read, strict=True):
        last = record.lines[-1]
        rows.line_ends[last[len(last.rstrip("\r\n")) :]] += 1
        if _is_blank(cells, rows):
            _listed(rows.blank, record.start)
            continue
        if record.stray == 1:
            _listed(rows.strays, record.start)
        elif record.stray:
            rows.ends_nothing.append((record.start, record.end))
        text = "".join(record.lines)
        if len(cells) != rows.width:
            _reject(rows, record, cells_wanted(len(cells), rows.width, text, rows.dialect))
            continue
        if is_swapped(text, rows, cells):
            _listed(rows.swapped, record.start)
        if has_apostrophes(text, rows.dialect):
            _listed(rows.apostrophes, record.start)
        if len(record.lines) > 1:
            rows.spread.append((record.start, record.end))
        accepted.append(cells)
        starts.append(record.start)
    if accepted:
        rows.batches.append(to_batch(accepted, rows.width))
        rows.starts.append(np.array(starts))


def _listed(numbers: list[int], number: int) -> None:
    """Keep a line for a note; no more than a note can use."""
    if len(numbers) < LISTED:
        numbers.append(number)


def _reject(rows: Rows, record: Record, reason: str) -> None:
    """Reject every line of a record that is not blank."""
    if len(record.lines) > 1:
        reason = f"{reason[:-1]} (a row over lines {record.start} to {record.end})."
    for number, line in enumerate(record.lines, record.start):
        if line.strip():
            rows.rejected[number] = reason


def _is_blank(cells: list[str], rows: Rows) -> bool:
    """Whether a line is no row: nothing stands on it but delimiters and spaces. A lone cell may be empty."""
    return not cells or (rows.width > 1 and not any(map(str.strip, cells)))


def is_swapped(text: str, rows: Rows, cells: Sequence[str] = ()) -> bool:
    """Whether a row would have as many cells under another delimiter; in one column, whether it holds one.

    A comma is no other delimiter where every one in ``cells`` is the decimal comma of a column of numbers.
    """
    known = rows.decimals and all(
        "," not in cell or (place in rows.decimals and is_decimal(cell)) for place, cell in enumerate(cells)
    )
    for mark in COMMON:
        if mark == "," and known and cells:
            continue
        if mark != rows.dialect.delimiter and text.count(mark) >= max(rows.width - 1, 1):
            width = _width(text, Dialect(mark, rows.dialect.quote))
            if width == rows.width if rows.width > 1 else width > 1:
                return True
    return False


def has_apostrophes(text: str, dialect: Dialect) -> bool:
    """Whether an apostrophe that is no quotation mark stands at a cell's beginning or end."""
    if dialect.quote == "'" or "'" not in text:
        return False
    sides = (dialect.delimiter, "\r", "\n")
    return text[0] == "'" or text[-1] == "'" or any(f"{side}'" in text or f"'{side}" in text for side in sides)


def _width(text: str, dialect: Dialect) -> int:
    """Cells of a text under a dialect, leniently; 0 where it is more than one record."""
    try:
        return max(map(len, csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote)), default=0)
    except csv.Error:
        return 0


def _count_ends(text: str, rows: Rows) -> None:
    both = text.count("\r\n")
    rows.line_ends.update({"\r\n": both, "\r": text.count("\r") - both, "\n": text.count("\n") - both})
