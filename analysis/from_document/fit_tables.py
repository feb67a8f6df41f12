"""Which table of a document is which planned one: by its rows, its columns, and the lines above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.audit.printed import read_printed
from analysis.from_document.document import DocumentTable
from analysis.from_document.fit_columns import ColumnFit, fit_columns
from analysis.from_document.fit_rows import DocumentRow, RowFit, fit_rows
from analysis.from_document.labels import label_of, without_brackets, without_marks
from analysis.next_report.cells import FILLED, Table
from analysis.next_report.phrases import heading_key

__all__ = ["Fit", "Matched", "match_tables"]

_HEADERS = 3  # rows of headings at most
_HALF = 2
_GUESSED = 0.05  # how much less a fit is where a column is taken by its place
_CLEAR = 0.1  # by how much a fit must be better than the next


@dataclass(frozen=True)
class Fit:
    """A document's table held beside a planned one.

    Attributes
    ----------
    place
        Of the document's table among its tables.
    grid
        It, with its rows as columns where it stands so.
    header
        How many of its rows are headings.
    heads
        Its headings, one a column.
    columns, rows
        Which stand for which.
    score
        How well it fits.
    """

    place: int
    table: Table
    grid: DocumentTable
    header: int
    heads: tuple[str, ...]
    columns: ColumnFit
    rows: RowFit
    score: float

    @property
    def stale(self) -> bool:
        """Whether it says periods of the report before, and none that only the next has."""
        return bool(self.columns.old or self.rows.old) and not self.new

    @property
    def new(self) -> int:
        """How many headings and labels say a period that only the next report has."""
        return self.columns.new + self.rows.new

    def text(self, row: int, column: int) -> str:
        """A cell without its footnote marks; "" of one that is joined with another."""
        return "" if (row, column) in self.grid.joined else without_marks(self.grid.rows[row][column])


@dataclass(frozen=True)
class Matched:
    """The tables that are known, the pairs of which two could be meant, and the places of tables that match none."""

    fits: tuple[Fit, ...]
    doubtful: tuple[Fit, ...]
    unknown: tuple[int, ...]


def match_tables(found: Sequence[DocumentTable], planned: Sequence[Table]) -> Matched:
    """Find the planned tables in a document, each at most once.

    A pair is taken where each of the two fits the other clearly better than any that is left. A table that stands twice
    with the same numbers is taken once. Where two could be meant, neither is.
    """
    left = _candidates(found, planned)
    taken: list[Fit] = []
    while sure := [fit for fit in left if _is_best(fit, left)]:
        taken += sure
        tables, places = {fit.table.id for fit in sure}, {fit.place for fit in sure}
        left = [fit for fit in left if fit.table.id not in tables and fit.place not in places]
    known = {fit.place for fit in (*taken, *left)}
    unknown = tuple(place for place in range(len(found)) if place not in known)
    order = {table.id: number for number, table in enumerate(planned)}
    return Matched(tuple(sorted(taken, key=lambda fit: order[fit.table.id])), tuple(left), unknown)


def _candidates(found: Sequence[DocumentTable], planned: Sequence[Table]) -> list[Fit]:
    """Every pair that may be meant; of tables that stand twice with the same cells the first."""
    seen: dict[tuple[tuple[str, ...], ...], set[str]] = {}
    made: list[Fit] = []
    for place, grid in enumerate(found):
        for table in planned:
            if any(column.names_area for column in table.columns):
                continue
            fits = [fit for each in (grid, grid.turned()) for fit in _fits(place, each, table)]
            best = max(fits, key=lambda fit: fit.score, default=None)
            if best is not None and table.id not in seen.get(grid.rows, set()):
                made.append(best)
        own = {fit.table.id for fit in made if fit.place == place}
        seen[grid.rows] = seen.get(grid.rows, set()) | own
    return made


def _is_best(fit: Fit, all_fits: Sequence[Fit]) -> bool:
    rivals = [each for each in all_fits if each is not fit and (each.place, each.table.id) != (fit.place, fit.table.id)]
    own = [each for each in rivals if each.place == fit.place or each.table.id == fit.table.id]
    return all(fit.score - each.score >= _CLEAR for each in own)


def _fits(place: int, grid: DocumentTable, table: Table) -> Iterator[Fit]:
    """The ways in which a document's table may be read as a planned one."""
    words = {label_of(column.label).words for column in table.columns}
    tops = grid.rows[:_HEADERS]
    if not {label_of(cell).words for cell in {cell for row in tops for cell in row}} & words:
        return
    near = _support(grid, table)
    single = sum(not row.spare for row in table.rows) == 1
    for header in range(1, min(_HEADERS, len(grid.rows) - 1) + 1):
        for top in range(header):
            for first in (1, 0) if single else (1,):
                fit = _fit(place, grid, table, header, _heads(grid, top, header, first), first, near)
                if fit is not None:
                    yield fit


def _heads(grid: DocumentTable, top: int, header: int, first: int) -> tuple[str, ...]:
    """The headings of each column, those above each other as one; over one column also what stands over its labels."""
    heads = [
        ", ".join(dict.fromkeys(cell for cell in column[top:header] if cell)) for column in zip(*grid.rows, strict=True)
    ]
    if first == 1 and len(heads) == 2 and not heads[1]:
        heads = ["", heads[0]]
    return tuple(heads)


def _fit(
    place: int, grid: DocumentTable, table: Table, header: int, heads: tuple[str, ...], first: int, near: float
) -> Fit | None:
    columns = fit_columns(heads, table, first)
    if columns.known * _HALF < len(table.columns) or not (columns.taken or columns.old):
        return None
    rows = _rows(grid, header, heads, first, columns, table)
    planned = [row for row in table.rows if not row.spare]
    if first == 0 and not (near == 1 and len(rows) == len(planned) == 1):
        return None
    same = _repeats(grid, rows, columns, table)
    fitted = fit_rows(rows, table, same, near == 1)
    met = len(fitted.taken) + len(fitted.old)
    if not met or met * _HALF < len(planned) or met * _HALF < len(rows):
        return None
    alike = _alike(grid, columns, fitted, table)
    if alike * _HALF < 1:
        return None
    score = 2 * met / (len(planned) + len(rows)) + columns.known / len(table.columns) / 2 + near / 2 + alike / 4
    score -= _GUESSED * bool(columns.by_place)
    return Fit(place, table, grid, header, heads, columns, fitted, score)


def _rows(
    grid: DocumentTable, header: int, heads: tuple[str, ...], first: int, columns: ColumnFit, table: Table
) -> list[DocumentRow]:
    """The rows below the headings that hold something in a column that is known."""
    own = {*columns.taken.values(), *(heads.index(head) for head in (*columns.old.values(), *columns.other.values()))}
    found = [
        DocumentRow(place, without_brackets(cells[0]) if first else "")
        for place, cells in enumerate(grid.rows)
        if place >= header and any(cells[column] and (place, column) not in grid.joined for column in own)
        and cells != grid.rows[header - 1]
    ]  # fmt: skip
    if len(found) == 1 and not found[0].label and first:
        return [DocumentRow(found[0].place, without_brackets(heads[0]))]
    if len(found) == 1 and not first:
        (only,) = [row for row in table.rows if not row.spare][:1]
        return [DocumentRow(found[0].place, only.label)]
    return found


def _repeats(
    grid: DocumentTable, rows: Sequence[DocumentRow], columns: ColumnFit, table: Table
) -> Mapping[tuple[str, int], float]:
    """Which numbers that are filled in each planned row each row of the document repeats: see ``fit_rows``."""
    told: dict[tuple[str, int], float] = {}
    for row in table.rows:
        held = {key: cell for key in columns.taken if (cell := table.cells.get((row.key, key)))}
        filled = {key: cell.value for key, cell in held.items() if cell.kind == FILLED}
        for each in rows if filled else []:
            read = {key: read_printed(without_marks(grid.rows[each.place][columns.taken[key]])) for key in filled}
            same = all(found is not None and float(found.value) == filled[key] for key, found in read.items())
            told[row.key, each.place] = max(map(abs, filled.values())) if same else -1
    return told


def _alike(grid: DocumentTable, columns: ColumnFit, rows: RowFit, table: Table) -> float:
    """In how many of the cells a per cent stands where one stood before, and none where none did; 1 of no cell."""
    met: list[bool] = []
    for key, place in columns.taken.items():
        for row, line in rows.taken.items():
            cell, text = table.cells.get((row, key)), grid.rows[line][place]
            if cell is not None and cell.figure and text:
                met.append(("%" in text or "%" in grid.rows[line][0]) == ("%" in cell.was))
    return sum(met) / len(met) if met else 1.0


def _support(grid: DocumentTable, table: Table) -> float:
    """How much the lines above a table say that it is the planned one: 1 where one names it, a half its section."""
    names = {heading_key(each) for each in (table.title, str(table.fields.get("caption", ""))) if each}
    where, _, last = table.where.partition(", ")
    names |= {heading_key(last.split(", Data")[0].rpartition(", first table")[0] or last)} if last else set()
    names |= {label_of(row.label).words for row in table.rows if row.label} if len(_named(table)) == 1 else set()
    names -= {"", "data"}
    said = {heading_key(each) for each in grid.above} | {label_of(each).words for each in grid.above}
    if said & names:
        return 1.0
    number = where.removeprefix("section ")
    return 0.5 if any(each.startswith((f"{number} ", f"{number}. ")) for each in grid.above) else 0.0


def _named(table: Table) -> list[str]:
    return [row.label for row in table.rows if not row.spare]
