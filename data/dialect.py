"""How the cells of a text are told apart: the delimiter and quotation mark under which its lines agree best."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.records import CELL, Dialect, Record, cells_of, records

__all__ = ["COMMON", "Row", "Sample", "find_dialect", "is_decimal", "sampled"]

COMMON = [",", ";", "\t", "|"]
_RARE = ["^", "~", ":"]
_AGREE = 0.5  # the least share of lines with one number of cells
_AGREE_AGAINST_ONE = 0.2  # the same for a delimiter that speaks against a single column
_LESS_FOR_RARE = 0.9
_LESS_WITHOUT_HEADER = 0.7  # the first line has another number of cells: text above the table, or the wrong delimiter
_WRAPPED = 0.9  # the share of cells in apostrophes from which they are quotation marks
_NOT_STRAY = 0.2  # the share of a column's numbers from which their commas are no accident
_DECIMAL = re.compile(r"[-+]?\d{1,3}(?:[. ']?\d{3})*(?:,\d*)?\s?%?|[-+]?,\d+")
_NAMED = re.compile(r"\"?sep=(.)\"?[\r\n]*", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row of the sample; ``cells`` is None where a quotation mark is out of place."""

    record: Record
    cells: list[str] | None

    @property
    def width(self) -> int:
        """Number of cells; 0 where they cannot be told."""
        return len(self.cells or [])

    @property
    def filled(self) -> int:
        """Number of cells that hold more than spaces."""
        return sum(bool(cell.strip()) for cell in self.cells or [])


@dataclass(frozen=True)
class Sample:
    """The first lines of a source, read under one dialect, blank lines left out.

    Attributes
    ----------
    width
        The commonest number of cells.
    share
        The share of rows that have it.
    rivals
        Other delimiters under which most lines agree too, each with the lines that would not.
    named
        The line ``sep=`` named the delimiter.
    decimals
        Columns of nothing but numbers, of which many have a decimal comma.
    """

    dialect: Dialect
    rows: list[Row]
    width: int
    share: float
    named: bool = False
    rivals: dict[str, list[int]] = field(default_factory=dict)
    decimals: frozenset[int] = frozenset()


def find_dialect(lines: Sequence[str], longest: int) -> Sample:
    r"""Choose the dialect of a text from its first lines.

    Examples
    --------
    >>> found = find_dialect(["id;share\n", "1;2,5\n", "2;3,5\n"], 1000)
    >>> found.dialect, found.width, found.rivals, found.decimals
    (Dialect(delimiter=';', quote='"'), 2, {}, frozenset({1}))
    >>> find_dialect(["id;said\n", "1;yes, I do\n", "2;no, never\n"], 1000).rivals
    {',': [1]}
    """
    named = _NAMED.fullmatch(lines[0]) if lines else None
    start = 2 if named else 1
    lines = lines[start - 1 :]
    present = [mark for mark in [*COMMON, *_RARE] if any(mark in line for line in lines)]
    samples = [sampled(lines, start, _quoted(lines, start, mark, longest), longest) for mark in present]
    if named:
        told = sampled(lines, start, _quoted(lines, start, named[1], longest), longest)
        return replace(told, named=True, rivals=_rivals(told, samples) if told.width == 1 else {})
    tables = [one for one in samples if one.width > 1 and one.share >= _AGREE]
    best = max(tables, key=_worth, default=None)
    if best is None:
        best = sampled(lines, start, _quoted(lines, start, ",", longest), longest)
        widest = max((one for one in samples if one.width > 1), key=_worth, default=best)
        best = widest if widest.share > best.share else best
    best = replace(best, decimals=_decimals(best))
    all_decimal = best.width > 1 and all(
        place in best.decimals or "," not in cell for row in best.rows for place, cell in enumerate(row.cells or [])
    )
    rivals = _rivals(best, samples)
    return replace(best, rivals={mark: rivals[mark] for mark in rivals if mark != "," or not all_decimal})


def is_decimal(cell: str) -> bool:
    """Whether a cell is blank, or a number as those write it who have a decimal comma.

    Examples
    --------
    >>> [is_decimal(cell) for cell in ("1.234,5", "12", "", "2,5 %", "1,2,3", "yes, 2")]
    [True, True, True, True, False, False]
    """
    return not cell.strip() or bool(_DECIMAL.fullmatch(cell.strip()))


def _decimals(sample: Sample) -> frozenset[int]:
    """The columns under the header that hold nothing but numbers, and a decimal comma in more than a stray one."""
    if sample.dialect.delimiter == "," or sample.width < 2:
        return frozenset()
    rows = [row.cells for row in sample.rows if row.cells and row.width == sample.width][1:]
    found = set()
    for place, cells in enumerate(zip(*rows, strict=True)):
        filled = [cell for cell in cells if cell.strip()]
        commas = sum("," in cell for cell in filled)
        if commas > 1 and commas >= _NOT_STRAY * len(filled) and all(map(is_decimal, filled)):
            found.add(place)
    return frozenset(found)


def _rivals(best: Sample, samples: list[Sample]) -> dict[str, list[int]]:
    """Other common delimiters under which many of the lines have one number of cells."""
    rivals = {}
    many = _AGREE if best.width > 1 else _AGREE_AGAINST_ONE
    for one in samples:
        mark = one.dialect.delimiter
        widths = Counter(row.width for row in one.rows if row.width > 1)
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        if mark != best.dialect.delimiter and mark in COMMON and count >= many * len(one.rows):
            rivals[mark] = [row.record.start for row in one.rows if row.width != width]
    return rivals


def sampled(lines: Sequence[str], start: int, dialect: Dialect, longest: int) -> Sample:
    """Read lines under a dialect; a line with a fault stands alone, and reading goes on below it."""
    rows = [row for row in _rows(lines, start, dialect, longest) if row.cells is None or row.record.lines[0].strip()]
    widths = Counter(row.width for row in rows if row.cells is not None)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return Sample(dialect, rows, width, count / max(len(rows), 1))


def _rows(lines: Sequence[str], start: int, dialect: Dialect, longest: int) -> list[Row]:
    try:
        read = list(csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error:
        read = []
    if len(read) == len(lines):
        return [
            Row(Record(number, [line]), cells)
            for number, (line, cells) in enumerate(zip(lines, read, strict=True), start)
        ]
    found: list[Row] = []
    position = 0
    while position < len(lines):
        for record in records(lines[position:], start + position, dialect, min(longest, CELL)):
            if record.fault:
                found.append(Row(Record(record.start, record.lines[:1], record.fault), None))
                position = record.start - start + 1
                break
            found.append(Row(record, cells_of(record, dialect)))
            position = record.end - start + 1
    return found


def _worth(sample: Sample) -> tuple[float, float, int]:
    """What makes one reading better than another: agreement, cells without other delimiters, more columns."""
    first = sample.rows[0].width == sample.width
    agreement = sample.share * (1 if first else _LESS_WITHOUT_HEADER)
    agreement *= _LESS_FOR_RARE if sample.dialect.delimiter in _RARE else 1
    cells = [cell for row in sample.rows for cell in row.cells or []]
    plain = sum(not any(mark in cell for mark in COMMON) for cell in cells)
    return round(agreement, 6), plain / max(len(cells), 1), sample.width


def _quoted(lines: Sequence[str], start: int, delimiter: str, longest: int) -> Dialect:
    """The dialect with its quotation mark: an apostrophe only where it plainly serves as one."""
    usual = Dialect(delimiter)
    text = "".join(lines)
    mark = re.escape(usual.delimiter)
    if "'" not in text or re.search(rf'(?:^|{mark})"', text, re.MULTILINE):
        return usual
    other = Dialect(delimiter, "'")
    whole = len(re.findall(rf"(?:^|(?<={mark}))'(?:[^']|'')*+'(?={mark}|[\r\n]|$)", text, re.MULTILINE))
    cells = text.count(usual.delimiter) + len(lines)
    loose = len(re.findall(rf"(?<![\r\n'{mark}])'(?![\r\n'{mark}]|$)", text))
    if whole >= _WRAPPED * cells:
        return other
    if whole > max(1, loose) and (
        re.search(r"\w''\w", text)
        or sampled(lines, start, other, longest).share > sampled(lines, start, usual, longest).share
    ):
        return other
    return usual
