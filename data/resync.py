"""After a quotation mark out of place: which lines can still be trusted, decided on the lines themselves.

One stray mark can make a cell swallow the lines below it, or end a cell with line breaks too early. What is in doubt is
rejected; what is kept although it could be read otherwise is told with its lines; where neither is possible the file is
refused.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from data.line_numbers import at_lines
from data.records import Record, cells_of, goes_on, records
from data.rows import Rows, never_closed, to_batch

__all__ = ["resynchronise"]

NEAR = 100  # lines that may be rejected for one quotation mark; a file with more in doubt is refused
_TEXT_AFTER = "Text stands after a closing quotation mark"


def resynchronise(lines: Iterable[str], rows: Rows, header_end: int, longest: int, name: str) -> list[str]:
    """Settle the faults of ``rows`` and whatever rows they put in doubt; returns notes.

    ``lines`` are all those of the source, from its first; ``header_end`` is the last line of the header.

    Raises
    ------
    DataError
        A quotation mark swallows so many lines that no one can tell where the rows begin again.
    """
    for line, end in rows.faults:
        if line == end:
            rows.rejected[line] = f"{_TEXT_AFTER}; double a quotation mark that belongs to the text."
    swallowed = [(first, last) for first, last in rows.faults if last > first]
    if not rows.faults and not rows.ends_nothing:
        return []
    kept = _Kept(lines, rows, {number for first, last in rows.faults for number in range(first, last + 1)})
    notes: list[str] = []
    alone: list[int] = []
    for first, last in swallowed:
        if _stand_alone(kept, first, last, rows, longest):
            rows.rejected[first] = "A quotation mark opens a cell and is not closed on its line."
            alone += range(first, last + 1)
        elif last - first <= NEAR:
            kept.doubt(first, last)
        else:
            raise never_closed(first, rows, name)
    if alone:
        notes.append(
            "A quotation mark opens a cell and is not closed on its line. That line was rejected, and those below it"
            f" read as rows of their own; look at {at_lines(alone)}."
        )
    either: list[int] = []
    faults = set(rows.faults)
    for first, last in sorted([*rows.ends_nothing, *rows.faults]):
        begun = kept.opened_before(first)
        if begun is None or ((first, last) in faults and not goes_on(kept.text[first], rows.dialect)):
            continue
        near = last - begun <= NEAR
        if not near or begun <= header_end or not any(number in rows.rejected for number in range(begun, last + 1)):
            either += range(begun, last + 1) if near else [begun, first, last]
        else:
            kept.doubt(begun, last)
    kept.drop_doubted()
    if either:
        notes.append(
            "A quotation mark ends a cell, and nothing opened it there. It may end a cell that began on a line above,"
            f" which would make one row of several; look at {at_lines(either)}."
        )
    if not swallowed and not rows.ends_nothing and len(rows.faults) == 1:
        return notes  # with one fault on one line, all marks below it are in pairs
    last = max(end for _, end in [*rows.faults, *rows.ends_nothing])
    numbers = [number for first, end in rows.spread if first <= last for number in range(first, end + 1)]
    if numbers:
        notes.append(
            "Quotation marks are out of place in this file, so rows that run over several lines may hold what belongs"
            f" to others; look at {at_lines(numbers)}."
        )
    return notes


class _Kept:
    """The lines that are in doubt, and where quoted cells stand."""

    def __init__(self, lines: Iterable[str], rows: Rows, wanted: set[int]) -> None:
        self.rows = rows
        self.text: dict[int, str] = {}
        self.blank: set[int] = set()
        self.doubted: dict[int, int] = {}  # line: the first of those it is in doubt with
        starts = {number: first for first, last in [*rows.spread, *rows.faults] for number in range(first, last + 1)}
        asked = {first for first, _ in [*rows.ends_nothing, *rows.faults]}
        loose = {first for first, _ in rows.ends_nothing} | set(rows.strays)
        self.before: dict[int, int | None] = {}
        opened: int | None = None
        for number, line in enumerate(lines, 1):
            if number in asked:
                self.before[number] = opened
            if number in wanted:
                self.text[number] = line
            if not line.strip("\r\n"):
                self.blank.add(number)
            if rows.dialect.quote in line and number not in loose:
                opened = starts.get(number, number)

    def opened_before(self, line: int) -> int | None:
        """The last row before a line that holds a quoted cell, or the first of those in doubt with it."""
        begun = self.before[line]
        return begun if begun is None else self.doubted.get(begun, begun)

    def doubt(self, first: int, last: int) -> None:
        """Reject all lines from first to last."""
        for number in range(first, last + 1):
            self.doubted[number] = first
            if number not in self.blank:
                self.rows.rejected[number] = f"The quotation marks on lines {first} to {last} do not fit together."

    def drop_doubted(self) -> None:
        """Take the rows in doubt from those accepted."""
        rows, doubted = self.rows, np.array(list(self.doubted), dtype=np.int64)
        for number, (batch, starts) in enumerate(zip(rows.batches, rows.starts, strict=True)):
            stays = ~np.isin(starts, doubted)
            if not stays.all():
                rows.batches[number], rows.starts[number] = batch.filter(pa.array(stays)), starts[stays]
        rows.spread = [one for one in rows.spread if one[0] not in self.doubted]
        for listed in (rows.strays, rows.swapped, rows.apostrophes, rows.blank):
            listed[:] = [number for number in listed if number not in self.doubted]


def _stand_alone(kept: _Kept, first: int, last: int, rows: Rows, longest: int) -> bool:
    """Whether the lines below an open quotation mark are plainly rows: each whole, and no row elsewhere is spread."""
    if rows.spread or rows.width < 2:
        return False
    lines = [kept.text[number] for number in range(first + 1, last + 1)]
    found: list[Record] = [one for one in records(lines, first + 1, rows.dialect, longest) if one.lines[0].strip()]
    if any(one.fault or one.stray or len(one.lines) > 1 for one in found):
        return False
    cells = [cells_of(one, rows.dialect) for one in found]
    if any(len(row) != rows.width for row in cells):
        return False
    rows.batches.append(to_batch(cells, rows.width))
    rows.starts.append(np.array([one.start for one in found]))
    return True
