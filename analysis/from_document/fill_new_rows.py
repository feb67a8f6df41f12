"""Rows that a document's table has and the report before had not: into rows to spare, where they are surely parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.audit.printed import read_printed
from analysis.from_document.filling import NOTHING, Filling, taken_as
from analysis.from_document.fit_rows import DocumentRow
from analysis.from_document.fit_tables import Fit
from analysis.from_document.labels import label_of
from analysis.next_report.cells import Column
from analysis.next_report.sheets import NOT_PRINTED
from analysis.next_report.table_sheets import ROW
from analysis.next_report.typed import Doubt

__all__ = ["fill_new_rows"]

_TOTALS = {"all", "overall", "sum", "subtotal", "total", "totals"}
_SUMS = "total", "subtotal"
_Read = list[tuple[Column, str | float, Fraction]]


def fill_new_rows(fit: Fit, columns: Sequence[Column], filling: Filling) -> None:
    """Take the rows of a table that are new, and tell those that are not taken.

    None goes in while a total of the table is not found, for it may be that total under another name.
    """
    table = fit.table
    twice = {label_of(label).words for label in fit.rows.twice}
    whole = all(row.key in fit.rows.taken for row in table.rows if row.kind in _SUMS and not row.spare)
    for line in fit.rows.left:
        if not line.label or label_of(line.label).words in twice:
            continue
        spare = [row for row in table.rows if row.spare and (table.sheet, row.key, ROW) not in filling.edits]
        read = _read(fit, line, columns) if spare and whole and _is_part(fit, line) else None
        place = f"“{line.label}”"
        if read is None:
            ends = "it is left to type, in a row to spare." if spare else "the workbook has no row for it."
            filling.tell(table, "left", f"{table.title}: the row {place} is new; {ends}", place)
            continue
        filling.edits[table.sheet, spare[0].key, ROW] = line.label
        for column, held, value in read:
            filling.put(table, spare[0], column, held)
            where = table.id, column.key
            filling.spare[where] = filling.spare.get(where, Fraction(0)) + value
        filling.tell(table, "new", f"{table.title}: the row {place} is new; it stands in a row to spare.", place)


def _is_part(fit: Fit, line: DocumentRow) -> bool:
    """Whether a row is not a number, a total, a sum of the others, or a note that fills all its cells."""
    words = label_of(line.label).words.split()
    texts = [fit.text(line.place, place) for place in fit.columns.taken.values()]
    if not any(letter.isalpha() for letter in line.label) or {*words} & _TOTALS:
        return False
    if any((line.place, place) in fit.grid.joined for place in fit.columns.taken.values()):
        return False
    return not (len(texts) > 1 and len(set(texts)) == 1) and not _is_sum(fit, line)


def _is_sum(fit: Fit, line: DocumentRow) -> bool:
    """Whether it has the sum of the other rows in any column."""
    parts = {row.key for row in fit.table.rows if row.kind not in _SUMS}
    taken = [place for key, place in fit.rows.taken.items() if key in parts]
    others = {"taken": taken, "all": [*taken, *(row.place for row in fit.rows.left if row is not line)]}
    for column in fit.columns.taken.values():
        own = read_printed(fit.text(line.place, column))
        for rows in others.values():
            values = [found.value for row in rows if (found := read_printed(fit.text(row, column)))]
            if own is not None and own.value and len(values) > 1 and own.value == sum(values):
                return True
    return False


def _read(fit: Fit, line: DocumentRow, columns: Sequence[Column]) -> _Read | None:
    """Its numbers; None where the table's rows are not alike, or one cannot be read."""
    table = fit.table
    parts = [cell for cell in table.cells.values() if cell.figure and cell.figure["row_kind"] == "part"]
    if len({(cell.unit, cell.figure["area"]) for cell in parts}) != 1:
        return None
    found: _Read = []
    figures = [column for column in table.columns if any(cell.column == column.key for cell in parts)]
    for column in figures:
        pattern = next(cell for cell in parts if cell.column == column.key)
        text = fit.text(line.place, fit.columns.taken[column.key]) if column in columns else ""
        if text.casefold() == NOT_PRINTED or (column in columns and text.casefold() in NOTHING):
            found.append((column, NOT_PRINTED, Fraction(0)))
            continue
        read = taken_as(text, table, replace(pattern, was="", id=""))
        if isinstance(read, Doubt):
            return None
        found.append((column, read[0], read[1].value))
    return found if any(held != NOT_PRINTED for _, held, _ in found) else None
