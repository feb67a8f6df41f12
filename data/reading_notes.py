"""What a person must know about how a text was read, in whole sentences."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.decoding import Source
from data.dialect import Sample
from data.header_row import Header, short
from data.line_numbers import at_lines
from data.personal import looks_personal
from data.rows import Rows, has_apostrophes, is_swapped, spoken

__all__ = ["notes_on"]

_LOOKED_AT = 5_000  # cells of a column, to see whether they look personal
_SAMPLES = 5  # cells shown where the encoding was guessed
_MIXED = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2})")
_END_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


def notes_on(
    source: Source, sample: Sample, rows: Rows, table: pa.Table, starts: np.ndarray, header: Header
) -> list[str]:
    """Gather the notes on encoding, delimiter, quotation marks, line ends and blank lines."""
    notes = []
    if source.encoding == "Windows-1252":
        cells = "; ".join(_foreign_cells(table, starts))
        notes.append(
            "The file is not UTF-8, so it was read as Windows-1252. Check that these are right:"
            f" {cells or 'no cell that may be quoted holds a letter that differs'}."
        )
        if _MIXED.search(source.content):
            notes.append("Some letters look as if they were UTF-8 after all: the file may mix two encodings.")
    if sample.named:
        notes.append(f"The first line says that {spoken(sample.dialect.delimiter)} stands between cells.")
    if rows.dialect.quote != '"':
        spread = [number for first, last in rows.spread for number in range(first, last + 1)]
        over = f" Rows run over several lines, {at_lines(spread)}; look at them." if spread else ""
        notes.append(f"Cells stand in apostrophes here; these were taken off as quotation marks.{over}")
    for mark, lines in sample.rivals.items():
        less = f", all but {at_lines(lines)}" if lines else ""
        notes.append(
            f"Cells were parted by {spoken(sample.dialect.delimiter)}. With {spoken(mark)} the first lines would agree"
            f" too{less}; look at the columns."
        )
    strays = [*rows.strays, *(line for line, _ in rows.ends_nothing if line not in rows.rejected)]
    if strays:
        notes.append(f"A quotation mark inside a cell was kept as text, {at_lines(strays)}.")
    top = "".join(header.row.record.lines)
    wrapped = [*rows.apostrophes, *([header.row.record.start] if has_apostrophes(top, rows.dialect) else [])]
    if wrapped:
        notes.append(f"A cell begins or ends with an apostrophe, which was kept as text, {at_lines(wrapped)}.")
    swapped = [*rows.swapped, *([header.row.record.start] if is_swapped(top, rows) else [])]
    if swapped and rows.width > 1:
        notes.append(f"Another delimiter would part these rows into as many cells, {at_lines(swapped)}; look at them.")
    elif swapped:
        notes.append(f"The only column holds what may be a delimiter, {at_lines(swapped)}; look at it.")
    if len(header.row.record.lines) > 1:
        notes.append(f"The header runs over {at_lines(range(header.row.record.start, header.row.record.end + 1))}.")
    ends = {end: count for end, count in rows.line_ends.items() if end and count}
    if len(ends) > 1:
        told = ", ".join(f"{_END_NAMES[end]} {count:,} times" for end, count in sorted(ends.items()))
        notes.append(f"Line ends are mixed ({told}); each ends a row.")
    if rows.blank:
        word = "A blank line was" if len(rows.blank) == 1 else "Blank lines were"
        notes.append(f"{word} skipped, {at_lines(rows.blank)}.")
    return notes


def _foreign_cells(table: pa.Table, starts: np.ndarray) -> list[str]:
    """The first cells with letters beyond ASCII, each with line and column."""
    found: list[tuple[int, int]] = []
    for number, column in enumerate(table.columns):
        if looks_personal(table.column_names[number], column.slice(0, _LOOKED_AT).to_pandas()):
            continue  # what will not be stored is not quoted either
        where = pc.indices_nonzero(pc.match_substring_regex(column, r"[^\x00-\x7F]"))[:_SAMPLES].to_pylist()
        found += [(row, number) for row in where]
    return [
        f"row {starts[row]}, {table.column_names[number]}: '{short(table.column(number)[row].as_py())}'"
        for row, number in sorted(found)[:_SAMPLES]
    ]
