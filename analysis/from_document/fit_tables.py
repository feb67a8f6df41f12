"""Which table of a document is which planned one: by its rows, its columns, and the lines above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.from_document.document import DocumentTable
from analysis.from_document.fit_above import Places, elsewhere, names_of, support
from analysis.from_document.fit_columns import ColumnFit, fit_columns
from analysis.from_document.fit_numbers import alike_units, repeats
from analysis.from_document.fit_rows import DocumentRow, RowFit, fit_rows
from analysis.from_document.labels import label_of, without_brackets, without_marks
from analysis.next_report.cells import Table

__all__ = ["Fit", "Matched", "match_tables"]

_HEADERS = 3  # rows of headings at most
_HALF = 2
_GUESSED = 0.05  # how much less a fit is where a column is taken by its place
_NAMELESS = (
    "nothing in the document's table tells which it is, and not every table with its columns stands right below a "
    "heading of its own; nothing is taken from it."
)
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
    by_heading
        Whether nothing but its heading tells which row it has.
    """

    place: int
    table: Table
    grid: DocumentTable
    header: int
    heads: tuple[str, ...]
    columns: ColumnFit
    rows: RowFit
    score: float
    by_heading: bool = False

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
    """The tables that are known, the pairs of which two could be meant, and the places of tables that match none.

    ``refused`` are pairs that fit but for what stands above them, with a sentence on that.
    """

    fits: tuple[Fit, ...]
    doubtful: tuple[Fit, ...]
    unknown: tuple[int, ...]
    refused: tuple[tuple[Fit, str], ...] = ()


@dataclass(frozen=True)
class _Planned:
    """A planned table, and by what it may be known: the headings of its figures, its labels, its names."""

    table: Table
    told: frozenset[str]
    labels: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    single: bool


def match_tables(found: Sequence[DocumentTable], planned: Sequence[Table], places: Places) -> Matched:
    """Find the planned tables in a document, each at most once.

    A pair is taken where each of the two fits the other clearly better than any that is left. A table that stands twice
    with the same numbers is taken once. Where two could be meant, neither is; nor is one below the name of an area; nor
    one that only its heading could tell from others, where not each of them stands below its own.
    """
    known = [_planned(table) for table in planned if not any(column.names_area for column in table.columns)]
    made, refused = _candidates(found, known, places)
    left, taken = made, list[Fit]()
    while sure := [fit for fit in left if _is_best(fit, left)]:
        taken += sure
        tables, used = {fit.table.id for fit in sure}, {fit.place for fit in sure}
        left = [fit for fit in left if fit.table.id not in tables and fit.place not in used]
    alone = [fit for fit in taken if fit.by_heading and not _all_found(fit, known, taken)]
    refused += [(fit, _NAMELESS) for fit in alone]
    taken = [fit for fit in taken if fit not in alone]
    met = {fit.place for fit in (*taken, *left, *(fit for fit, _ in refused))}
    unknown = tuple(place for place in range(len(found)) if place not in met)
    order = {table.id: number for number, table in enumerate(planned)}
    own = {fit.table.id for fit in (*taken, *left)}
    return Matched(tuple(sorted(taken, key=lambda fit: order[fit.table.id])), tuple(left), unknown,
                   tuple(pair for pair in refused if pair[0].table.id not in own))  # fmt: skip


def _planned(table: Table) -> _Planned:
    rows = [row for row in table.rows if not row.spare]
    figures = {key for (_, key), cell in table.cells.items() if cell.figure}
    return _Planned(
        table, _keys(column.label for column in table.columns if column.key in figures),
        _keys(row.label for row in rows),
        frozenset(figures), frozenset(names_of(table)), len(rows) == 1,
    )  # fmt: skip


def _keys(labels: Iterable[str]) -> frozenset[str]:
    """The words of labels; of one that says nothing but a time that it does."""
    told = [label_of(label) for label in labels]
    return frozenset(label.words for label in told if label.words or label.period)


def _all_found(fit: Fit, known: Sequence[_Planned], taken: Sequence[Fit]) -> bool:
    """Whether every table with the same headings and a single row is found too."""
    (own,) = [each for each in known if each.table.id == fit.table.id]
    found = {each.table.id for each in taken}
    return all(each.table.id in found for each in known if each.single and each.told == own.told)


def _candidates(
    found: Sequence[DocumentTable], known: Sequence[_Planned], places: Places
) -> tuple[list[Fit], list[tuple[Fit, str]]]:
    """Every pair that may be meant, of tables that stand twice with the same cells the first; and those refused."""
    seen: dict[tuple[tuple[str, ...], ...], set[str]] = {}
    made: list[Fit] = []
    refused: list[tuple[Fit, str]] = []
    for place, grid in enumerate(found):
        ways = [(way, *_edges(way)) for way in (grid, grid.turned())]
        own: set[str] = set()
        for each in known:
            fits = [fit for way, tops, sides in ways
                    if tops & each.told and (sides & each.labels or (each.single and _may_be_single(tops, grid, each)))
                    for fit in _fits(place, way, each, known)]  # fmt: skip
            best = max(fits, key=lambda fit: fit.score, default=None)
            if best is None or each.table.id in seen.get(grid.rows, set()):
                continue
            if reason := elsewhere(grid, each.table, places) or _names_another(grid, each, known):
                refused.append((best, reason))
                continue
            made.append(best)
            own.add(each.table.id)
        seen[grid.rows] = seen.get(grid.rows, set()) | own
    return made, refused


def _may_be_single(tops: frozenset[str], grid: DocumentTable, own: _Planned) -> bool:
    """Whether the name of a single row stands over it, or above its table."""
    return bool(tops & own.labels) or support(grid, own.table, own.names) == 1


def _edges(grid: DocumentTable) -> tuple[frozenset[str], frozenset[str]]:
    """What stands in the first rows, where headings are, and in the first columns, where labels are."""
    tops = _keys(cell for row in grid.rows[:_HEADERS] for cell in row)
    return tops, _keys(cell for row in grid.rows for cell in row[:_HEADERS])


def _names_another(grid: DocumentTable, own: _Planned, known: Sequence[_Planned]) -> str:
    """The heading of a single row's table that names another planned one with the same columns."""
    if not own.single:
        return ""
    others = [each for each in known if each.single and each is not own and each.told == own.told]
    if support(grid, own.table, own.names) == 1:
        return ""
    named = next((each.table.title for each in others if support(grid, each.table, each.names) == 1), "")
    return f"the document's table stands under a heading of “{named}”; nothing is taken from it." if named else ""


def _is_best(fit: Fit, all_fits: Sequence[Fit]) -> bool:
    rivals = [each for each in all_fits if each is not fit and (each.place, each.table.id) != (fit.place, fit.table.id)]
    own = [each for each in rivals if each.place == fit.place or each.table.id == fit.table.id]
    return all(fit.score - each.score >= _CLEAR for each in own)


def _fits(place: int, whole: DocumentTable, own: _Planned, known: Sequence[_Planned]) -> Iterator[Fit]:
    """The ways in which a document's table may be read as a planned one."""
    near = support(whole, own.table, own.names)
    grid = whole.without_first(_labels_at(whole, own))
    others = frozenset(label for each in known if each is not own for label in each.labels) - own.labels
    for header in range(1, min(_HEADERS, len(grid.rows) - 1) + 1):
        for top in range(header):
            for first in (1, 0) if own.single and near == 1 else (1,):
                fit = _fit(place, grid, own, header, _heads(grid, top, header, first), first, near, others)
                if fit is not None:
                    yield fit


def _labels_at(grid: DocumentTable, own: _Planned) -> int:
    """The column whose cells are most of the planned labels: numbers of rows may stand before it."""
    met = [
        len(_keys(row[column] for row in grid.rows) & own.labels) for column in range(min(_HEADERS, len(grid.rows[0])))
    ]
    return max(range(len(met)), key=lambda column: (met[column], -column))


def _heads(grid: DocumentTable, top: int, header: int, first: int) -> tuple[str, ...]:
    """The headings of each column, those above each other as one; over one column also what stands over its labels."""
    heads = [
        ", ".join(dict.fromkeys(cell for cell in column[top:header] if cell)) for column in zip(*grid.rows, strict=True)
    ]
    if first == 1 and len(heads) == 2 and not heads[1]:
        heads = ["", heads[0]]
    return tuple(heads)


def _fit(
    place: int, grid: DocumentTable, own: _Planned, header: int, heads: tuple[str, ...], first: int, near: float,
    others: frozenset[str],
) -> Fit | None:  # fmt: skip
    table = own.table
    columns = fit_columns(heads, table, first)
    met = len(own.figures & columns.known)
    if not met or (met * _HALF < len(own.figures) and len(columns.known) * _HALF < len(table.columns)):
        return None
    rows, nameless = _rows(grid, header, heads, first, columns)
    planned = [row for row in table.rows if not row.spare]
    if nameless:
        begins = first or 0 in columns.taken.values()  # else the first column is one of labels
        if not own.single or near != 1 or own.figures - {*columns.taken} or columns.by_place or not begins:
            return None
        rows = [DocumentRow(rows[0].place, planned[0].label)]
    same = repeats(grid, rows, columns, table)
    fitted = fit_rows(rows, table, same, others)
    known = len(fitted.taken) + len(fitted.old)
    if not known or known * _HALF < len(planned) or known * _HALF < len(rows):
        return None
    alike = alike_units(grid, heads, columns, fitted, table)
    if alike * _HALF < 1:
        return None
    score = 2 * known / (len(planned) + len(rows)) + met / len(own.figures) / 2 + near / 2 + alike / 4
    score -= _GUESSED * bool(columns.by_place)
    return Fit(place, table, grid, header, heads, columns, fitted, score, nameless)


def _rows(
    grid: DocumentTable, header: int, heads: tuple[str, ...], first: int, columns: ColumnFit
) -> tuple[list[DocumentRow], bool]:
    """The rows below the headings that hold something in a column that is known; and whether it is one without name."""
    own = {*columns.taken.values(), *(heads.index(head) for head in (*columns.old.values(), *columns.other.values()))}
    found = [
        DocumentRow(place, without_brackets(cells[0]) if first else "")
        for place, cells in enumerate(grid.rows)
        if place >= header and any(cells[column] and (place, column) not in grid.joined for column in own)
        and cells != grid.rows[header - 1]
    ]  # fmt: skip
    if len(found) != 1 or found[0].label:
        return found, False
    if first and heads[0]:
        return [DocumentRow(found[0].place, without_brackets(heads[0]))], False
    return found, True
