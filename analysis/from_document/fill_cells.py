"""The numbers of a document's table put into the cells of a planned one: what is read stands, what is not is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from analysis.audit.printed import read_printed
from analysis.from_document.fit_rows import DocumentRow
from analysis.from_document.fit_tables import Fit
from analysis.from_document.labels import label_of
from analysis.next_report.cells import ASKED, FILLED, Cell, Column, Plan, Row, Table
from analysis.next_report.new_rows import extra_cell
from analysis.next_report.read_cells import asked_for
from analysis.next_report.sheets import NOT_PRINTED
from analysis.next_report.styles import thousands
from analysis.next_report.table_sheets import ROW
from analysis.next_report.typed import Doubt, Typed, read_number
from analysis.next_report.values import Number, Numbers

__all__ = ["Filling", "contradicts", "fill_table", "place_words", "taken_as"]

_NOTHING = {"", "-", "–", "—", "n/a", "na", "..", "…"}
_FEWEST = 3  # past numbers that can contradict a table
_TOTALS = ("total", "sum", "all ")


@dataclass
class Filling:
    """What a document gives, on its way into the workbook.

    Attributes
    ----------
    edits
        What stands in a cell now, by sheet, row key and heading.
    asked
        The ids of the cells that were asked and are filled.
    seen
        The ids of all numbers that the document prints, whether it changes what stands there or not.
    numbers
        Every number as it stands.
    later
        What the document prints where the workbook works the number out, with its table, row and column.
    same
        By table how many of its asked cells have the number that the report before had, and how many another.
    spare
        The sum of what stands in new rows, by table and column.
    told
        Sentences.
    """

    plan: Plan
    edits: dict[tuple[str, str, str], str | float] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    numbers: Numbers = field(default_factory=Numbers)
    later: dict[str, tuple[Table, Row, Column, str]] = field(default_factory=dict)
    same: dict[str, list[int]] = field(default_factory=dict)
    spare: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.planned = frozenset(self.plan.cells())  # ids of the cells that the report had before

    def put(self, table: Table, row: Row, column: Column, value: str | float) -> None:
        """Let something stand in a cell of a table."""
        self.edits[table.sheet, row.key, column.heading] = value


def place_words(table: Table, row: Row, column: Column) -> str:
    """Where a cell stands, for a sentence."""
    return f"{table.title}, row “{row.label}”, column “{column.label}”"


def taken_as(text: str, table: Table, cell: Cell) -> tuple[str | float, Typed] | Doubt:
    """A printed text as a cell of the workbook holds it.

    A number, where that reads back as it is printed, so that the workbook's formulas take it in; else its text.
    """
    wanted = asked_for(table, cell, thousands([each.was for each in table.cells.values()]))
    read = read_number(text, "General", wanted)
    if isinstance(read, Doubt):
        return read
    again = read_number(float(read.value), "General", wanted)
    alike = isinstance(again, Typed) and not again.note and again.value == read.value
    if alike and isinstance(again, Typed) and _places(again.printed) == _places(read.printed):
        return float(read.value), again
    return text, read


def _places(printed: str) -> int:
    found = read_printed(printed)
    return 0 if found is None else found.places


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
        filling.told.append(
            f"{table.title}: the document prints nothing in {_cells(nothing)}. Type [x] there where that is so."
        )
    _tell_rows(fit, filling)
    for each in fit.rows.left:
        _new_row(fit, each, columns, filling)


def contradicts(fit: Fit) -> bool:
    """Whether most of what was printed before for the same periods stands otherwise in a document's table."""
    met: list[bool] = []
    for key, line in fit.rows.taken.items():
        for column, place in fit.columns.taken.items():
            cell, read = fit.table.cells.get((key, column)), read_printed(fit.text(line, place))
            if cell is not None and cell.printed and read is not None:
                met.append(float(read.value) != cell.value)
    return len(met) >= _FEWEST and sum(met) * 2 > len(met)


def _cells(names: Sequence[str]) -> str:
    return "; ".join(names) if len(names) <= 4 else f"{'; '.join(names[:4])}; and {len(names) - 4} more"


def _fill(table: Table, row: Row, column: Column, text: str, filling: Filling, nothing: list[str]) -> None:
    cell = table.cells.get((row.key, column.key))
    blank = text.casefold() in _NOTHING
    if cell is None:
        if blank or text == NOT_PRINTED or read_printed(text) is None:
            return
        cell = extra_cell(table, row, column)
        if cell is None:
            where = place_words(table, row, column)
            filling.told.append(f"{where}: “{text}” stands where the report before printed nothing; it is not taken.")
            return
    elif cell.kind not in (ASKED, FILLED):
        if not blank:
            filling.later[cell.id] = (table, row, column, text)
        return
    if cell.kind == ASKED and blank:
        if cell.id in filling.planned:
            nothing.append(f"row “{row.label}”, column “{column.label}”")
        return
    if blank:
        return
    if text.casefold() == NOT_PRINTED:
        filling.put(table, row, column, NOT_PRINTED)
        return
    _number(table, row, column, cell, text, filling)


def _number(table: Table, row: Row, column: Column, cell: Cell, text: str, filling: Filling) -> None:
    read = taken_as(text, table, cell)
    where = place_words(table, row, column)
    if isinstance(read, Doubt):
        stays = "the cell is left blank" if cell.kind == ASKED else f"{cell.printed} of the report before stays"
        filling.told.append(f"{where}: “{text}” is not read as {read.expected}; {stays}.")
        return
    held, typed = read
    filling.seen.add(cell.id)
    if cell.kind == FILLED and float(typed.value) == cell.value:
        return
    filling.numbers.put(cell.id, Number(typed.value, typed.printed))
    filling.put(table, row, column, held)
    if cell.kind == FILLED:
        filling.told.append(
            f"{where}: the document prints {text} where the report before printed {cell.printed}; {text} stands."
        )
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
        filling.told.append(f"{table.title}: the column “{head}” is taken as “{labels[key]}”, by its place.")
    for key, head in {**told.old, **told.other}.items():
        filling.told.append(
            f"{table.title}: the column “{head}” speaks of another period than “{labels[key]}”; nothing is taken of it."
        )
    for key in sorted(told.doubtful):
        filling.told.append(
            f"{table.title}: the column “{labels[key]}” does not say its period, and others say one that is not "
            "meant; nothing is taken of it."
        )
    known = {*told.taken.values(), 0}
    known |= {place for place, head in enumerate(fit.heads) if head in (*told.old.values(), *told.other.values())}
    for place, head in enumerate(fit.heads):
        numbers = [fit.text(row, place) for row in fit.rows.taken.values()]
        if place not in known and any(read_printed(text) is not None for text in numbers):
            filling.told.append(f"{table.title}: the column “{head}” has no place in the workbook; it is not taken.")


def _tell_rows(fit: Fit, filling: Filling) -> None:
    table, rows = fit.table, fit.rows
    labels = {row.key: row.label for row in table.rows}
    for key, label in rows.renamed.items():
        filling.told.append(f"{table.title}: the row “{labels[key]}” is called “{label}” now.")
    for label in rows.twice:
        filling.told.append(
            f"{table.title}: the row “{label}” stands another number of times than before; none of them is taken."
        )
    for label in rows.old:
        filling.told.append(f"{table.title}: the row “{label}” speaks of the report before; nothing is taken of it.")
    gone = [row.label for row in table.rows if not row.spare and row.key not in rows.taken]
    gone = [label for label in gone if label not in rows.twice]
    if gone:
        names = "; ".join(f"“{label}”" for label in gone)
        filling.told.append(f"{table.title}: not found in the document: {names}. What is asked there is left blank.")


def _new_row(fit: Fit, line: DocumentRow, columns: Sequence[Column], filling: Filling) -> None:
    """A row that the report did not have before: into a spare one, where all its numbers are read."""
    table = fit.table
    if not line.label or label_of(line.label).words in {label_of(label).words for label in fit.rows.twice}:
        return
    if not any(row.spare for row in table.rows):
        filling.told.append(f"{table.title}: the workbook has no row for “{line.label}”; nothing is taken of it.")
        return
    spare = [row for row in table.rows if row.spare and (table.sheet, row.key, ROW) not in filling.edits]
    read = _read_new(fit, line, columns)
    if not spare or read is None:
        filling.told.append(f"{table.title}: the row “{line.label}” is new; it is left to type, in a row to spare.")
        return
    filling.edits[table.sheet, spare[0].key, ROW] = line.label
    for column, held, value in read:
        filling.put(table, spare[0], column, held)
        where = table.id, column.key
        filling.spare[where] = filling.spare.get(where, Fraction(0)) + value
    filling.told.append(f"{table.title}: the row “{line.label}” is new; it stands in a row to spare.")


def _read_new(
    fit: Fit, line: DocumentRow, columns: Sequence[Column]
) -> list[tuple[Column, str | float, Fraction]] | None:
    """Its numbers; None where the table's rows are not alike, it may be a total, or one cannot be read."""
    table = fit.table
    parts = [cell for cell in table.cells.values() if cell.figure and cell.figure["row_kind"] == "part"]
    if len({(cell.unit, cell.figure["area"]) for cell in parts}) != 1 or line.label.casefold().startswith(_TOTALS):
        return None
    found: list[tuple[Column, str | float, Fraction]] = []
    figures = [column for column in table.columns if any(cell.column == column.key for cell in parts)]
    for column in figures:
        pattern = next(cell for cell in parts if cell.column == column.key)
        text = fit.text(line.place, fit.columns.taken[column.key]) if column in columns else ""
        if text.casefold() == NOT_PRINTED or (column in columns and text.casefold() in _NOTHING):
            found.append((column, NOT_PRINTED, Fraction(0)))
            continue
        read = taken_as(text, table, replace(pattern, was="", id=""))
        if isinstance(read, Doubt):
            return None
        found.append((column, read[0], read[1].value))
    return found if any(held != NOT_PRINTED for _, held, _ in found) else None
