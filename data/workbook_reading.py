"""A sheet of an Excel workbook to rows of text, without a change of meaning."""

from __future__ import annotations

import io
import itertools
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pyarrow as pa

from data.decoding import WORKBOOK, kind_of
from data.dialect import Row, Sample
from data.errors import DataError
from data.header_row import find_header
from data.line_numbers import at_lines
from data.records import Dialect, Record
from data.rows import to_batch
from data.workbook_cells import Shown, text_of

__all__ = ["BROKEN", "Sheet", "check_size", "read_sheet", "sheet_names", "unreadable"]

UNPACKED = 500 * 1024 * 1024  # bytes of the whole workbook once unpacked
SHARED = 100 * 1024 * 1024  # bytes of its shared texts, which are held in memory at once
CELLS = 20_000_000
_SAMPLE = 200  # rows that show where the header stands
_BLOCK = 5_000
# What openpyxl and what it rests on raise for a workbook that is damaged, locked or of another kind.
BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, RuntimeError, NotImplementedError,
    zipfile.BadZipFile, zlib.error, ParseError,
)  # fmt: skip


@dataclass
class Sheet:
    """The rows of one sheet; line numbers are those of its rows."""

    sheet: str
    header_line: int = 0
    header: list[str] = field(default_factory=list)
    table: pa.Table = field(default_factory=lambda: pa.table({}))
    lines: list[int] = field(default_factory=list)
    rejected: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """One row of a sheet as text, and the columns, from 1, whose formula has no saved result."""

    number: int
    cells: list[str]
    unsaved: list[int]


def sheet_names(content: bytes) -> list[str]:
    """Names of the sheets with cells in their order; none when the bytes are no workbook.

    >>> sheet_names(b"id,score")
    []
    """
    if kind_of(content) != WORKBOOK:
        return []
    check_size(content, "The workbook")
    book = _opened(content, "The workbook", True)
    names = [sheet.title for sheet in book.worksheets]
    book.close()
    return names


def read_sheet(
    content: bytes, name: str, sheet: str | None, columns: int, progress: Callable[[float], None] | None = None
) -> Sheet:
    """Read one sheet, the first unless named; at most so many ``columns``.

    Raises
    ------
    DataError
        The workbook cannot be read, has no such sheet, is too large, or the sheet holds no table.
    """
    check_size(content, name)
    values = _opened(content, name, True)
    names = [one.title for one in values.worksheets]
    if not names:
        raise DataError(f"{name}: the workbook has no sheet with cells. Choose a file that holds a table.")
    if sheet is not None and sheet not in names:
        raise DataError(f"{name}: there is no sheet '{sheet}'. Its sheets are {', '.join(names)}.")
    found = Sheet(sheet or names[0])
    if sheet is None and len(names) > 1:
        found.notes.append(f"The workbook has {len(names)} sheets: {', '.join(names)}. '{names[0]}' was read.")
    formulas = _opened(content, name, False)[found.sheet] if _has_formulas(content) else None
    shown = Shown()
    _sort(_lines(values[found.sheet], formulas, shown, name), found, columns, name, progress)
    found.notes += shown.notes()
    return found


def _opened(content: bytes, name: str, results: bool) -> Any:
    """The workbook, with the saved results of formulas or with the formulas themselves."""
    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=results)
    except BROKEN as error:
        raise unreadable(name, error) from None


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with packed.open(part) as stream:
                    before = b""
                    while piece := stream.read(1024 * 1024):
                        if b"<f>" in before + piece or b"<f " in before + piece:
                            return True
                        before = piece[-2:]
    return False


def _sort(
    lines: Iterator[_Line], found: Sheet, columns: int, name: str, progress: Callable[[float], None] | None
) -> None:
    """Find the header and put every row below it where it belongs."""
    first: list[_Line] = []
    for line in lines:
        first.append(line)
        if len(first) == _SAMPLE:
            break
    full = [line for line in first if any(map(str.strip, line.cells))]
    if not full:
        raise DataError(f"{name}: the sheet '{found.sheet}' is empty. Choose another, or upload a table.")
    several = [line for line in full if sum(map(bool, line.cells)) > 1]  # a title may stand further left
    left = min(_begins(line.cells) for line in several or full)
    width = _width([_trimmed(line.cells)[left:] for line in full])
    if width > columns:
        raise DataError(f"{name}: found {width:,} columns, at most {columns:,} are read. Split the table.")
    rows = [_row(line, left, width) for line in full]
    header = find_header(Sample(Dialect("\t"), rows, width, 1.0), f"{name}, sheet '{found.sheet}'")
    found.header_line, found.header = header.row.record.start, header.cells
    found.notes += header.notes
    if left:
        columns_were = (
            f"{left} empty columns before the table were" if left > 1 else "An empty column before the table was"
        )
        found.notes.append(f"{columns_were} left out.")
    wide = len(found.header)
    blank: list[int] = []
    batches, accepted = [], []
    for line in itertools.chain([one for one in first if one.number > found.header_line], lines):
        cells = line.cells[left:]
        if not any(map(str.strip, line.cells)) and not line.unsaved:
            blank.append(line.number)
            continue
        reason = _reason(line, _trimmed(cells), wide, left)
        if reason:
            found.rejected.append((line.number, reason, "\t".join(_trimmed(line.cells))))
            continue
        accepted.append([*cells, *[""] * wide][:wide])
        found.lines.append(line.number)
        if len(accepted) == _BLOCK:
            batches.append(to_batch(accepted, wide))
            accepted = []
            if progress:
                progress(min(0.9, line.number / (line.number + _BLOCK)))
    batches.append(to_batch(accepted, wide))
    found.table = pa.Table.from_batches(batches)
    if blank:
        word = "An empty row was" if len(blank) == 1 else f"{len(blank):,} empty rows were"
        found.notes.append(f"{word} skipped, {at_lines(blank)}.")


def _width(rows: list[list[str]]) -> int:
    """How wide the table is: its header is the first row without a gap that is as wide as most rows, or wider."""
    usual = max(Counter(map(len, rows)).items(), key=lambda counted: counted[::-1])[0]
    whole = [len(row) for row in rows if len(row) >= usual and all(map(str.strip, row))]
    return whole[0] if whole else max(map(len, rows))


def _reason(line: _Line, cells: list[str], wide: int, left: int) -> str:
    if line.unsaved:
        letters = ", ".join(map(openpyxl.utils.get_column_letter, line.unsaved))
        return f"The formula in column {letters} has no saved result. Open the workbook in Excel and save it."
    if len(cells) > wide or any(map(str.strip, line.cells[:left])):
        return f"Cells stand beside the table, which has {wide} columns as in the header."
    return ""


def _lines(values: Any, formulas: Any, shown: Shown, name: str) -> Iterator[_Line]:
    count = 0
    for number, (row, sources) in enumerate(zip(_cells(values, name), _cells(formulas, name), strict=False), 1):
        count += len(row)
        if count > CELLS:
            raise DataError(f"{name}: the sheet has more than {CELLS:,} cells. Save it as 'CSV UTF-8', in parts.")
        pairs = enumerate(zip(row, sources, strict=False), 1)
        unsaved = [column for column, (cell, source) in pairs if cell.value is None and source.value is not None]
        yield _Line(number, [text_of(cell, shown, number) for cell in row], unsaved)


def _cells(sheet: Any, name: str) -> Iterator[tuple[Any, ...]]:
    """Every row of a sheet, gaps filled; for none, empty rows without end."""
    if sheet is None:
        yield from itertools.repeat(())
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
    rows = sheet.iter_rows()
    while True:
        try:
            row = next(rows, None)
        except BROKEN as error:
            raise unreadable(name, error) from None
        if row is None:
            return
        yield row


def _row(line: _Line, left: int, width: int) -> Row:
    beside = [cell for cell in line.cells[:left] if cell.strip()]
    cells = [*beside, *line.cells[left + len(beside) :], *[""] * width][:width]
    return Row(Record(line.number, ["\t".join(cells) + "\n"]), cells)


def _trimmed(cells: list[str]) -> list[str]:
    """Cells without the empty ones at the end."""
    last = max((number for number, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:last]


def _begins(cells: list[str]) -> int:
    return next(number for number, cell in enumerate(cells) if cell.strip())


def check_size(
    content: bytes, name: str, what: str = "workbook", whole: str = "xl/sharedStrings.xml",
    mend: str = "Save the sheet as 'CSV UTF-8' and upload it.",
) -> None:  # fmt: skip
    """A small file can unpack to a very large one; its own list of contents says so beforehand.

    Parameters
    ----------
    content, name
        The file.
    what, mend
        What it is called, and what to do where it is too large.
    whole
        The beginning of the names of those parts that are held in memory at once.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sizes = {one.filename: one.file_size for one in packed.infolist()}
    except BROKEN as error:
        raise unreadable(name, error, what) from None
    if sum(sizes.values()) > UNPACKED or any(size > SHARED for part, size in sizes.items() if part.startswith(whole)):
        raise DataError(f"{name}: the {what} is too large once unpacked. {mend}")


def unreadable(name: str, error: Exception, what: str = "workbook") -> DataError:
    """What is told of a workbook, or another packed file, that cannot be opened."""
    return DataError(f"{name}: the {what} is damaged or of an unknown kind ({type(error).__name__}). Save it anew.")
