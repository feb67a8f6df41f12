"""Where the header of a table stands, and clean names for its columns."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.dialect import COMMON, Row, Sample
from data.errors import DataError
from data.line_numbers import at_lines
from data.records import CELL, records
from data.rows import spoken

__all__ = ["Header", "clean_names", "find_header", "short"]

_SHORT = 60  # letters of a line that a note quotes
_MOSTLY = 0.8
_MOST_NUMBERS = 10  # columns that a sentence names


@dataclass(frozen=True)
class Header:
    """The header's row, its cells as they stand, and notes on what stands above it."""

    row: Row
    cells: list[str]
    notes: list[str]


def find_header(sample: Sample, name: str) -> Header:
    """Find the header: the first row as wide as the table with a name in every cell.

    What stands above it is text such as a title, and is told in the notes. Where it could as well be the header itself,
    damaged, the file is refused: a row of data must never become the header.

    Raises
    ------
    DataError
        There is no row, or what stands above the rows is no plain title.
    """
    if not sample.rows:
        raise DataError(f"{name}: the file is empty. Upload a table with a header and rows.")
    if sample.width == 1 and sample.rivals:
        mark, lines = next(iter(sample.rivals.items()))
        raise DataError(
            f"{name}: found one column, yet many lines have several cells when {spoken(mark)} parts them"
            f"{f', all but {at_lines(lines)}' if lines else ''}. Mend the file, or put every cell in quotation marks."
        )
    wide = [row for row in sample.rows if row.width == sample.width and row.cells is not None]
    if not wide:
        line = sample.rows[0].record.start
        raise DataError(
            f"{name}, row {line}: a quotation mark opens or closes in the wrong place. Mend it and upload again."
        )
    blank = _blank_at_end(wide)
    named = [row for row in wide if row.filled >= sample.width - blank and all(map(str.strip, _front(row, blank)))]
    chosen = named[0] if named else wide[0]
    if chosen is not wide[0] and not _may_be_title(wide[0], sample.width - blank):
        chosen = wide[0]
    above = [row for row in sample.rows if row.record.start < chosen.record.start and (row.filled or row.cells is None)]
    if above and above[-1].width == sample.width and not _is_header(chosen, sample):
        chosen, above = wide[0], [row for row in above if row.record.start < wide[0].record.start]
    _refuse_damaged_header(above, chosen, sample, sample.width - blank, name)
    notes = []
    if above:
        quoted = "; ".join(f"'{short(''.join(row.record.lines))}'" for row in above[:3])
        more = f" and {len(above) - 3} more" if len(above) > 3 else ""
        numbers = [number for row in above for number in range(row.record.start, row.record.end + 1)]
        notes.append(
            f"Line {chosen.record.start} was taken as the header. Text above it was left out, {at_lines(numbers)}:"
            f" {quoted}{more}."
        )
    [record] = records(chosen.record.lines, chosen.record.start, sample.dialect, CELL)
    if record.stray:
        notes.append(f"A quotation mark inside a column's name was kept as text, {at_lines([record.start])}.")
    return Header(chosen, chosen.cells or [], notes)


def clean_names(cells: Sequence[str], line: int, name: str) -> tuple[list[str], list[str]]:
    r"""Make column names that are what they look like, and say in notes which were changed.

    Letters take their usual form (Unicode NFKC), invisible ones are dropped, and space is dropped around a name and
    made single inside it.

    Raises
    ------
    DataError
        A name is empty or stands twice.

    Examples
    --------
    >>> clean_names(["fo\u200brce", "score "], 1, "a.csv")
    (['force', 'score'], ["Column names were cleaned of invisible letters and spare space: 'force', 'score'."])
    """
    names = [_clean(cell) for cell in cells]
    unnamed = [str(number) for number, found in enumerate(names, 1) if not found]
    problems = []
    if unnamed:
        told = f"column {unnamed[0]} has" if len(unnamed) == 1 else f"columns {_listed(unnamed)} have"
        problems.append(f"{name}, row {line}: {told} no name. Give every column a name in the header.")
    twice = [found for found in dict.fromkeys(names) if found and names.count(found) > 1]
    for found in twice:
        numbers = [str(number) for number, one in enumerate(names, 1) if one == found]
        both = "both" if len(numbers) == 2 else "all"
        problems.append(
            f"{name}, row {line}: the columns {_listed(numbers)} are {both} named '{found}'. Give each its own name."
        )
    if problems:
        raise DataError(problems)
    changed = [found for found, cell in zip(names, cells, strict=True) if found != cell]
    if not changed:
        return names, []
    quoted = ", ".join(f"'{found}'" for found in changed)
    return names, [f"Column names were cleaned of invisible letters and spare space: {quoted}."]


def short(text: str) -> str:
    r"""Shorten a text to one line for a sentence.

    >>> short("Title of the\nreport")
    'Title of the report'
    """
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def _listed(numbers: list[str]) -> str:
    shown = numbers if len(numbers) <= _MOST_NUMBERS else [*numbers[:_MOST_NUMBERS], "more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _clean(cell: str) -> str:
    shown = "".join(letter for letter in cell if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def _blank_at_end(wide: list[Row]) -> int:
    """Columns at the right end that are empty in every row, header included: extra delimiters of a spreadsheet."""
    ends = []
    for row in wide:
        cells = row.cells or []
        ends.append(max((number for number, cell in enumerate(cells, 1) if cell.strip()), default=0))
    return len(wide[0].cells or []) - max(ends)


def _front(row: Row, blank: int) -> list[str]:
    cells = row.cells or []
    return cells[: len(cells) - blank]


def _may_be_title(row: Row, width: int) -> bool:
    return row.filled <= max(1, width // 2) and row.filled < width


def _refuse_damaged_header(above: list[Row], header: Row, sample: Sample, width: int, name: str) -> None:
    """Refuse what stands above the header unless it is plainly a title; ``width`` is that of the columns with cells."""
    advice = "If it is the header, mend it; if it is a title, remove it or leave a blank line under it."
    for row in above:
        line = row.record.start
        if row.cells is None:
            raise DataError(
                f"{name}, row {line}: a quotation mark is out of place above the first row of data. Mend it: close the"
                " quoted cell, or remove the mark."
            )
        if row.width > sample.width or not _may_be_title(row, width):
            raise DataError(
                f"{name}, row {line}: found {row.width} cells, but the rows below have {sample.width}. {advice}"
            )
    if not above or above[-1].record.end + 1 < header.record.start:
        return
    text = "".join(above[-1].record.lines)
    inner = (above[-1].cells or [""])[0]
    own = sample.dialect.delimiter
    split = sample.width in [_width(inner, own), *(_width(text, mark) for mark in COMMON if mark != own)]
    looks = _is_header(header, sample)
    if (split and (sample.width > 2 or not looks)) or (not looks and (sample.width == 2 or _recurs(header, sample))):
        raise DataError(
            f"{name}, row {above[-1].record.start}: found '{short(text)}' above rows of {sample.width} cells, and it"
            f" may be their header. {advice}"
        )


def _width(text: str, delimiter: str) -> int:
    try:
        return max(map(len, csv.reader([text.rstrip("\r\n")], delimiter=delimiter)), default=0)
    except csv.Error:
        return 0


def _is_header(header: Row, sample: Sample) -> bool:
    """Whether a row differs in kind from those below it: words above numbers, and nowhere a value like the others."""
    found = False
    if sample.width == 2 and any(cell.strip() and not re.search(r"[^\W\d]", cell) for cell in header.cells or []):
        return False  # two cells tell too little to take one without a letter for a name
    for number, cell in enumerate(header.cells or []):
        values = _values(header, sample, number)
        if values and sum(map(_is_numeric, values)) >= _MOSTLY * len(values):
            if _shape(cell) in map(_shape, values):
                return False
            found = True
    return found


def _recurs(header: Row, sample: Sample) -> bool:
    """Whether a cell of the supposed header stands again in its own column, as a value would."""
    return any(cell in _values(header, sample, number) for number, cell in enumerate(header.cells or []))


def _values(header: Row, sample: Sample, number: int) -> list[str]:
    below = [row for row in sample.rows if row.record.start > header.record.start and row.width == header.width]
    cells = [(row.cells or [])[number] for row in below]
    return [cell for cell in cells if cell.strip()]


def _is_numeric(cell: str) -> bool:
    """A number, date, percentage or short code."""
    return bool(re.search(r"\d", cell)) and sum(map(str.isalpha, cell)) <= 2


def _shape(cell: str) -> str:
    """What a value looks like: ``R12`` and ``R9`` alike."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d]+", "a", cell.strip()))
