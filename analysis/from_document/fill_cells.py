"""The numbers of a document's table put into the cells of a planned one: what is read stands, what is not is told."""

from __future__ import annotations

from analysis.audit.printed import read_printed
from analysis.from_document.fill_new_rows import fill_new_rows
from analysis.from_document.filling import NOTHING, Filling, few, place_words, short_words, taken_as
from analysis.from_document.fit_tables import Fit
from analysis.next_report.cells import ASKED, FILLED, Cell, Column, Row, Table
from analysis.next_report.new_rows import extra_cell
from analysis.next_report.sheets import NOT_PRINTED
from analysis.next_report.table_sheets import ROW
from analysis.next_report.typed import Doubt
from analysis.next_report.values import Number

__all__ = ["fill_table"]


def fill_table(fit: Fit, filling: Filling) -> None:
    """Take the numbers of one table; those in cells that are worked out are kept for later."""
    table, told = fit.table, fit.columns
    columns = [each for each in table.columns if each.key in told.taken and each.key not in told.doubtful]
    _tell_columns(fit, filling)
    nothing: list[str] = []
    for row in table.rows:
        if row.key not in fit.rows.taken:
            continue
        if row.key in fit.rows.renamed:
            filling.edits[table.sheet, row.key, ROW] = fit.rows.renamed[row.key]
        for column in columns:
            text = fit.text(fit.rows.taken[row.key], told.taken[column.key])
            _fill(table, row, column, text, filling, nothing)
    if nothing:
        filling.tell(
            table, "nothing",
            f"{table.title}: the document prints nothing in {few(nothing)}. Type [x] there where that is so.",
        )  # fmt: skip
    _tell_rows(fit, filling)
    fill_new_rows(fit, columns, filling)


def _fill(table: Table, row: Row, column: Column, text: str, filling: Filling, nothing: list[str]) -> None:
    cell = table.cells.get((row.key, column.key))
    blank = text.casefold() in NOTHING
    if cell is None:
        if blank or text == NOT_PRINTED or read_printed(text) is None:
            return
        cell = extra_cell(table, row, column)
        if cell is None:
            sentence = f"“{text}” stands where the report before printed nothing; it is not taken."
            filling.tell(table, "no cell", f"{place_words(table, row, column)}: {sentence}", short_words(row, column))
            return
    elif cell.kind not in (ASKED, FILLED):
        if not blank:
            filling.later[cell.id] = (table, row, column, text)
        return
    if cell.kind == ASKED and blank:
        if cell.id in filling.planned:
            nothing.append(short_words(row, column))
        return
    if blank:
        return
    if text.casefold() == NOT_PRINTED:
        filling.put(table, row, column, NOT_PRINTED)
        return
    _number(table, row, column, cell, text, filling)


def _number(table: Table, row: Row, column: Column, cell: Cell, text: str, filling: Filling) -> None:
    read = taken_as(text, table, cell)
    where, place = place_words(table, row, column), short_words(row, column)
    if isinstance(read, Doubt):
        stays = "the cell is left blank" if cell.kind == ASKED else f"{cell.printed} of the report before stays"
        filling.tell(table, f"doubt {cell.kind}", f"{where}: “{text}” is not read as {read.expected}; {stays}.", place)
        return
    held, typed = read
    filling.seen.add(cell.id)
    if cell.kind == FILLED and float(typed.value) == cell.value:
        return
    filling.numbers.put(cell.id, Number(typed.value, typed.printed))
    filling.put(table, row, column, held)
    if cell.kind == FILLED:
        sentence = f"the document prints {text} where the report before printed {cell.printed}; {text} stands."
        filling.tell(table, "revised", f"{where}: {sentence}", f"{place}: {text}")
        return
    if cell.id not in filling.planned:
        return
    filling.asked.add(cell.id)
    was = read_printed(cell.was)
    counts = filling.same.setdefault(table.id, [0, 0])
    counts[0 if was is not None and was.value == typed.value else 1] += 1


def _tell_columns(fit: Fit, filling: Filling) -> None:
    table, told = fit.table, fit.columns
    labels = {column.key: column.label for column in table.columns}
    for key, head in told.by_place.items():
        filling.tell(table, "place", f"{table.title}: the column “{head}” is taken as “{labels[key]}”, by its place.")
    for key, head in {**told.old, **told.other}.items():
        sentence = f"the column “{head}” speaks of another period than “{labels[key]}”; nothing is taken of it."
        filling.tell(table, "period", f"{table.title}: {sentence}", f"the column “{head}”")
    for key in (each.key for each in table.columns if each.key in told.doubtful):
        filling.tell(
            table, "silent",
            f"{table.title}: the column “{labels[key]}” does not say its period, and others say one that is not "
            "meant; nothing is taken of it.", f"the column “{labels[key]}”",
        )  # fmt: skip
    known = {*told.taken.values(), 0}
    known |= {place for place, head in enumerate(fit.heads) if head in (*told.old.values(), *told.other.values())}
    for place, head in enumerate(fit.heads):
        numbers = [fit.text(row, place) for row in fit.rows.taken.values()]
        if place not in known and any(read_printed(text) is not None for text in numbers):
            name = f"the column “{head}”" if head else "a column without a heading"
            sentence = f"{table.title}: {name} has no place in the workbook; it is not taken."
            filling.tell(table, "column", sentence, name)


def _tell_rows(fit: Fit, filling: Filling) -> None:
    table, rows = fit.table, fit.rows
    labels = {row.key: row.label for row in table.rows}
    for key, label in rows.renamed.items():
        filling.tell(
            table, "renamed", f"{table.title}: the row “{labels[key]}” is called “{label}” now.",
            f"“{labels[key]}”, which is “{label}” now",
        )  # fmt: skip
    for label in rows.twice:
        filling.tell(
            table, "twice",
            f"{table.title}: the row “{label}” stands another number of times than before, or nothing tells which is "
            "which; none of them is taken.", f"“{label}”",
        )  # fmt: skip
    for label in rows.old:
        sentence = f"{table.title}: the row “{label}” speaks of the report before; nothing is taken of it."
        filling.tell(table, "old", sentence, f"“{label}”")
    gone = [row.label for row in table.rows if not row.spare and row.key not in rows.taken]
    gone = [label for label in gone if label not in rows.twice]
    if gone:
        names = "; ".join(f"“{label}”" for label in gone)
        sentence = f"{table.title}: not found in the document: {names}. What is asked there is left blank."
        filling.tell(table, "gone", sentence)
