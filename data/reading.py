"""An upload to rows: every row of the file is accepted as it stands, or rejected with its line, reason and text.

Nothing is typed, padded, trimmed or guessed row by row; what a person must know about the reading stands in its notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.decoding import WORKBOOK, Source, decoded, kind_of
from data.dialect import find_dialect
from data.errors import DataError
from data.header_row import clean_names, find_header, short
from data.line_numbers import at_lines
from data.reading_notes import notes_on
from data.reading_result import LIMITS, NO_LIMITS, Limits, Reading, rejected_csv
from data.report_workbook import report_of
from data.resync import resynchronise
from data.rows import Rows, sort_rows
from data.workbook_reading import read_sheet, sheet_names

__all__ = ["LIMITS", "NO_LIMITS", "Limits", "Reading", "read_file", "read_upload", "rejected_csv", "sheet_names"]

_SAMPLE = 500  # lines that show how a file is written
_SAMPLE_LETTERS = 512 * 1024
_PROGRESS_LINES = 10_000
_ODD_IN_ONE_COLUMN = 0.2  # rejected rows to accepted ones above which a single column is a misreading
_TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab")


def read_file(
    path: Path, sheet: str | None = None, limits: Limits = LIMITS, progress: Callable[[float], None] | None = None
) -> Reading:
    """Read a file of this computer as ``read_upload`` reads an upload."""
    if not path.is_file():
        raise DataError(f"There is no file {path}.")
    if path.stat().st_size > limits.bytes:
        raise _too_large(path.name, path.stat().st_size, limits)
    return read_upload(path.read_bytes(), path.name, sheet, limits, progress)


def read_upload(
    content: bytes,
    name: str,
    sheet: str | None = None,
    limits: Limits = LIMITS,
    progress: Callable[[float], None] | None = None,
) -> Reading:
    r"""Read an upload: text with any delimiter, or a workbook.

    Parameters
    ----------
    content
        The file's bytes.
    name
        A label for sentences.
    sheet
        Of a workbook; the first unless named.
    limits
        What is too much.
    progress
        Called now and then with the share that is done, 0 to 1.

    Raises
    ------
    DataError
        The file is no table, is too large, or leaves in doubt what its rows are. One sentence says what to do.

    Examples
    --------
    >>> reading = read_upload(b"id;code\n1;007\n2\n3;NA\n", "codes.csv")
    >>> reading.rows["code"].tolist(), reading.lines.tolist(), reading.rows_in
    (['007', 'NA'], [2, 4], 3)
    >>> reading.rejected.to_dict("records")
    [{'line': 3, 'reason': 'Found 1 cell, expected 2 as in the header.', 'text': '2'}]
    """
    if len(content) > limits.bytes:
        raise _too_large(name, len(content), limits)
    kind = kind_of(content)
    if kind == WORKBOOK and not name.lower().endswith(_TEXT_NAMES):
        if report := report_of(content):
            raise DataError(
                f"{name} is the workbook of the report {report}, not a table. It belongs under Upload > new report, or "
                "to the command `release read`."
            )
        return _workbook(content, name, sheet, limits, progress)
    if kind:
        raise DataError(f"{name} is {kind}, not a table of text. {_advice(kind)}")
    if sheet:
        raise DataError(f"{name} is no workbook and has no sheets. Leave the sheet out.")
    source = decoded(content, name)
    sample = find_dialect(_first_lines(source, limits), limits.line_bytes)
    if sample.width > limits.columns:
        raise DataError(
            f"{name}: found {sample.width:,} columns, at most {limits.columns:,} are read. Split the table."
        )
    header = find_header(sample, name)
    record, dialect = header.row.record, sample.dialect
    rows = Rows(dialect, len(header.cells), decimals=sample.decimals)
    rows.line_ends[record.lines[-1][len(record.lines[-1].rstrip("\r\n")) :]] += 1
    lines = islice(_lines(source, limits, progress, len(header.cells)), record.end, None)
    sort_rows(lines, record.end + 1, rows, limits.line_bytes, name)
    notes = [*header.notes, *resynchronise(source.lines(), rows, record.end, limits.line_bytes, name)]
    table, starts = _gathered(rows)
    cells, dropped = _without_blank_columns(table, header.cells)
    columns, cleaned = clean_names(cells, record.start, name)
    rejected = _rejected(source, rows)
    _check_some(name, len(table), rejected, rows.width)
    if rows.width == 1 and len(rows.swapped) > _ODD_IN_ONE_COLUMN * len(table):
        raise DataError(
            f"{name}: found one column, yet it holds what may be a delimiter, {at_lines(rows.swapped)}. Export the"
            " table again, or put every cell in quotation marks."
        )
    table = table.select(range(len(columns))).rename_columns(columns)
    notes = notes_on(source, sample, rows, table, starts, header) + notes + dropped + cleaned
    if progress:
        progress(1.0)
    return Reading(
        name, source.encoding, dialect.delimiter, dialect.quote, record.start, columns,
        table.to_pandas(), pd.Series(starts, name="line"), rejected, notes,
    )  # fmt: skip


def _workbook(
    content: bytes, name: str, sheet: str | None, limits: Limits, progress: Callable[[float], None] | None
) -> Reading:
    found = read_sheet(content, name, sheet, limits.columns, progress)
    columns, cleaned = clean_names(found.header, found.header_line, name)
    rejected = pd.DataFrame(found.rejected, columns=["line", "reason", "text"]).astype({"line": "int64"})
    rejected = rejected.astype({"reason": "str", "text": "str"})
    _check_some(name, len(found.table), rejected, len(columns))
    rows = found.table.rename_columns(columns).to_pandas()
    lines = pd.Series(found.lines, dtype="int64", name="line")
    notes = [*found.notes, *cleaned]
    return Reading(
        name, "Excel workbook", "", "", found.header_line, columns, rows, lines, rejected, notes, found.sheet
    )


def _too_large(name: str, size: int, limits: Limits) -> DataError:
    most = limits.bytes / 1024**2
    return DataError(
        f"{name} has {size / 1024**2:,.1f} MB; at most {most:g} MB are read. Split it, or leave out columns."
    )


def _advice(kind: str) -> str:
    if "password" in kind:
        return "Save it without the password, as a workbook (.xlsx) or as 'CSV UTF-8', and upload that."
    if kind == WORKBOOK:
        return "Upload it with its own ending, .xlsx, or save the sheet as 'CSV UTF-8' and upload that."
    if "workbook" in kind:
        return "Save it as a workbook (.xlsx) or as 'CSV UTF-8' and upload that."
    if "archive" in kind:
        return "Unpack it and upload the table itself."
    return "Save the table as 'CSV UTF-8' and upload that."


def _lines(
    source: Source, limits: Limits, progress: Callable[[float], None] | None = None, width: int = 0
) -> Iterator[str]:
    """Every line of a source, none longer than allowed, and no more of them than allowed for ``width`` columns."""
    done = 0  # letters, which are bytes in most files: near enough to show
    for number, line in enumerate(source.lines(), 1):
        done += len(line)
        if len(line) * 4 > limits.line_bytes and len(line.encode()) > limits.line_bytes:
            raise DataError(
                f"{source.name}, row {number}: the line is longer than {limits.line_bytes:,} bytes. Check that the file"
                " is a table with one row a line."
            )
        if width and (number > limits.rows or number * width > limits.cells):
            raise DataError(
                f"{source.name}, row {number:,}: at most {limits.rows:,} rows and {limits.cells:,} cells are read. "
                "Split it, or leave out columns."
            )
        if progress and number % _PROGRESS_LINES == 0:
            progress(0.9 * done / len(source.content))
        yield line


def _first_lines(source: Source, limits: Limits) -> list[str]:
    lines: list[str] = []
    size = 0
    for line in _lines(source, limits):
        lines.append(line)
        size += len(line)
        if len(lines) == _SAMPLE or size > _SAMPLE_LETTERS:
            break
    return lines


def _gathered(rows: Rows) -> tuple[pa.Table, np.ndarray]:
    """Accepted rows in the order of their lines."""
    if not rows.batches:
        none = np.array([], dtype=np.int64)
        return pa.table({str(number): pa.array([], pa.large_string()) for number in range(rows.width)}), none
    table, starts = pa.Table.from_batches(rows.batches), np.concatenate(rows.starts).astype(np.int64)
    if (np.diff(starts) < 0).any():
        order = np.argsort(starts)
        table, starts = table.take(pa.array(order)), starts[order]
    return table, starts


def _without_blank_columns(table: pa.Table, header: list[str]) -> tuple[list[str], list[str]]:
    """Drop columns at the right end that have neither a name nor a cell, as a spreadsheet may leave them."""
    kept = len(header)
    while kept > 1 and not header[kept - 1].strip() and pc.all(pc.equal(table.column(kept - 1), "")).as_py():
        kept -= 1
    if kept == len(header) or not len(table):
        return header, []
    count = len(header) - kept
    told = f"{count} wholly empty columns" if count > 1 else "A wholly empty column"
    return header[:kept], [f"{told} after column {kept} {'were' if count > 1 else 'was'} left out."]


def _rejected(source: Source, rows: Rows) -> pd.DataFrame:
    """Line, reason and text of every rejected line."""
    listed = []
    if rows.rejected:
        for number, line in enumerate(source.lines(), 1):
            if number in rows.rejected:
                listed.append((number, rows.rejected[number], line.rstrip("\r\n")))
    columns = dict(zip(("line", "reason", "text"), zip(*listed, strict=True), strict=True)) if listed else {}
    frame = pd.DataFrame(columns, columns=["line", "reason", "text"])
    return frame.astype({"line": "int64", "reason": "str", "text": "str"})


def _check_some(name: str, accepted: int, rejected: pd.DataFrame, columns: int) -> None:
    """Refuse a table of no rows, and one of a single column that may be one of several."""
    if accepted and (columns > 1 or len(rejected) <= _ODD_IN_ONE_COLUMN * accepted):
        return
    if rejected.empty:
        raise DataError(f"{name}: there is no row under the header. Upload a table with a header and rows.")
    first = rejected.iloc[0]
    raise DataError(
        f"{name}: {'too few rows' if accepted else 'no row'} under the header can be read as {columns}"
        f" cell{'' if columns == 1 else 's'}. Row {first['line']}: {first['reason']} Its text:"
        f" '{short(first['text'])}'."
    )
