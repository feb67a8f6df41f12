"""Lines of a delimited text to records: which lines make one row, and where a quotation mark is out of place.

A record is read strictly: a quoted cell opens at the cell's beginning and closes at its end. Where that fails, nothing
is guessed: the line is told as a fault, and reading begins anew on the next line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

__all__ = ["CELL", "Dialect", "Record", "cells_of", "goes_on", "records"]

CELL = 2**31 - 1  # letters of one cell that the csv module may return; our own limits are lower
csv.field_size_limit(CELL)


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart: one letter each. A doubled ``quote`` inside a quoted cell stands for one."""

    delimiter: str = ","
    quote: str = '"'


@dataclass(frozen=True)
class Record:
    """Lines that belong together.

    Attributes
    ----------
    lines
        As they stand in the source, each with its line end.
    fault
        ``""`` for a well-formed record; ``"after"``: text stands after a closing quotation mark on the last line;
        ``"open"``: the quotation mark that opens is never closed.
    stray
        0 no quotation mark inside an unquoted cell; 1 one is, in the midst of the cell; 2 one stands at a cell's end
        or doubled, as if a quoted cell ended there.
    """

    start: int
    lines: list[str]
    fault: str = ""
    stray: int = 0

    @property
    def end(self) -> int:
        """The last line, 1-based as ``start``."""
        return self.start + len(self.lines) - 1


def records(lines: Iterable[str], start: int, dialect: Dialect, longest: int) -> Iterator[Record]:
    r"""Put lines together to records, linear in their length.

    Parameters
    ----------
    lines
        Each with its line end.
    start
        The number of the first in the source.
    dialect
        How cells are told apart.
    longest
        Letters after which a record is given up as never closed.

    Examples
    --------
    >>> text = ['a,"b\n', 'c"\n', '5" pipe,d\n', '"x"y,z\n']
    >>> [(one.start, one.end, one.fault, one.stray) for one in records(text, 1, Dialect(), 1000)]
    [(1, 2, '', 0), (3, 3, '', 1), (4, 4, 'after', 0)]
    """
    held: list[str] = []
    stray = size = 0
    number = start - 1
    for number, line in enumerate(lines, start):
        inside = bool(held)
        if dialect.quote not in line:
            if not inside:
                yield Record(number, [line])
                continue
        else:
            if not inside and _well_formed(dialect).fullmatch(line):
                yield Record(number, [line])
                continue
            still, fault, found = _walk(line, inside, dialect)
            stray = max(stray, found)
            if not still:
                yield Record(number - len(held), [*held, line], "after" if fault else "", stray)
                held, stray, size = [], 0, 0
                continue
        held.append(line)
        size += len(line)
        if size > longest:
            break
    if held:
        yield Record(number - len(held) + 1, held, "open", stray)


def cells_of(record: Record, dialect: Dialect) -> list[str]:
    r"""Take the cells of a well-formed record apart.

    >>> cells_of(Record(1, ['a,"b ""c"" d"\n']), Dialect())
    ['a', 'b "c" d']
    """
    return next(csv.reader(record.lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True), [])


def goes_on(line: str, dialect: Dialect) -> bool:
    r"""Whether a line could be the rest of a quoted cell that began above it.

    >>> goes_on('and more",5\n', Dialect()), goes_on('2,"he said "no""\n', Dialect())
    (True, False)
    """
    return not _walk(line, True, dialect)[1]


@cache
def _well_formed(dialect: Dialect) -> re.Pattern[str]:
    """One whole line without a fault or a stray mark."""
    mark, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = rf"(?:{mark}(?:[^{mark}\r\n]|{mark}{mark})*+{mark}|[^{mark}{delimiter}\r\n]*+)"
    return re.compile(rf"{cell}(?:{delimiter}{cell})*+[\r\n]*")


@cache
def _closing(dialect: Dialect) -> re.Pattern[str]:
    mark = re.escape(dialect.quote)
    return re.compile(rf"(?:[^{mark}]|{mark}{mark})*+{mark}")


def _walk(line: str, inside: bool, dialect: Dialect) -> tuple[bool, bool, int]:
    """Go through one line cell by cell: is a quoted cell open at its end, is there a fault, is there a stray mark."""
    mark, delimiter = dialect.quote, dialect.delimiter
    text = line.rstrip("\r\n")
    stray = position = 0
    while True:
        if not inside and text.startswith(mark, position):
            inside, position = True, position + 1
        if inside:
            closed = _closing(dialect).match(text, position)
            if closed is None:
                return True, False, stray
            inside, position = False, closed.end()
            if position < len(text) and text[position] != delimiter:
                return False, True, stray
        else:
            end = text.find(delimiter, position)
            cell = text[position : len(text) if end < 0 else end]
            if mark in cell:
                stray = max(stray, 2 if cell.endswith(mark) or mark + mark in cell else 1)
            position += len(cell)
        if position >= len(text):
            return False, False, stray
        position += 1
