"""The columns of a document's table held beside those of a planned one, by their words and periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.from_document.labels import NEW, OLD, OTHER, SILENT, label_of, period_said
from analysis.next_report.cells import Column, Table

__all__ = ["ColumnFit", "fit_columns"]

_SIDES = {
    word: words[0]
    for words in (
        ("last", "latest", "current", "this", "recent"), ("previous", "prior", "earlier", "preceding", "before"),
        ("baseline", "base"), ("change", "difference", "variance"),
    )
    for word in words
}  # fmt: skip


@dataclass
class ColumnFit:
    """Which column of a document stands for which planned one, by its key.

    Attributes
    ----------
    taken
        Those that are meant.
    silent
        Of these the ones whose period moves on and whose heading does not say it.
    new
        How many say a period that only the next report has.
    old, other
        Those that would be meant, but say a period of the report before, or another one: with their headings.
    strange
        Headings that say nothing but a period which no column of either report has.
    by_place
        Those of ``taken`` that are meant by their place alone.
    """

    taken: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    new: int = 0
    old: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    by_place: dict[str, str] = field(default_factory=dict)

    @property
    def doubtful(self) -> set[str]:
        """Columns that do not say their period, where more of the others say a wrong one than the right one."""
        wrong = len(self.old) + len(self.strange)
        return self.silent if wrong and self.new <= wrong else set()

    @property
    def known(self) -> set[str]:
        """The planned columns that the document has, whatever their period."""
        return {*self.taken, *self.old, *self.other}


@dataclass(frozen=True)
class _Beside:
    """One heading of the document beside one planned column."""

    place: int
    column: Column
    said: str
    strength: int


def fit_columns(heads: Sequence[str], table: Table, first: int) -> ColumnFit:
    """Find the planned columns among the headings of a document's table.

    Parameters
    ----------
    heads
        Its headings.
    table
        The planned table.
    first
        The first of the columns that hold numbers.

    Notes
    -----
    A heading is known by its words, or by its period where it says nothing else. A single one that is not known, of
    numbers that are not worked out, is taken by its place where all others stand at theirs and its words are the
    planned ones but for another word for last, previous, baseline or change.

    Examples
    --------
    >>> from analysis.next_report.cells import Cell
    >>> columns = tuple(Column(f"c{n}", n, label, label) for n, label in enumerate(["Last year", "Before", "Change"]))
    >>> cells = {("r", key): Cell("", "", "asked", "r", key, "count", "", 0, "", {"a": "b"}) for key in ("c0", "c1")}
    >>> table = Table("asb", "1 ASB", "ASB", "section 3.3", columns, (), cells, (), {})
    >>> fit_columns(["ASB", "Before*", "LAST year", "Trend"], table, 1).taken
    {'c0': 2, 'c1': 1}
    >>> fit_columns(["ASB", "Latest year", "Before", "Change"], table, 1).by_place
    {'c0': 'Latest year'}
    >>> fit_columns(["ASB", "Next year", "Before", "Change"], table, 1).by_place
    {}
    """
    columns = [column for column in table.columns if not column.names_area]
    alike = [
        (place, column)
        for place in range(first, len(heads))
        for column in columns
        if (words := label_of(heads[place]).words) == label_of(column.label).words or not words
    ]
    pairs = [pair for place, column in alike if (pair := _pair(place, heads[place], column, table))]
    if not pairs:
        return ColumnFit()
    meant = [pair for pair in pairs if pair.said in (NEW, SILENT)]
    fit = ColumnFit()
    for column in columns:
        own = _only([pair for pair in meant if pair.column is column])
        if own is not None and own is _only([pair for pair in meant if pair.place == own.place]):
            fit.taken[column.key] = own.place
    _tell_periods(fit, pairs, heads, table)
    if len(fit.taken) < len(columns):
        met = {pair.place for pair in pairs}
        told = {place: label_of(heads[place]) for place in range(first, len(heads)) if place not in met}
        fit.strange = [heads[place] for place, label in told.items() if label.period and not label.words]
    _by_place(fit, columns, heads, first, table)
    return fit


def _pair(place: int, head: str, column: Column, table: Table) -> _Beside | None:
    told, own = label_of(head), label_of(column.label)
    move = next((each for each in table.moves if each.place == column.key), None)
    said = period_said(told, move, column.label)
    if not told.words and not told.period:
        return None
    if told.words == own.words and (told.words or said in (NEW, OLD)):
        return _Beside(place, column, said, 3 if said == NEW else 2)
    if not told.words and move and said == NEW:
        return _Beside(place, column, said, 1)
    return None


def _only(pairs: Sequence[_Beside]) -> _Beside | None:
    """The strongest of some pairs; of several as strong none."""
    best = max((pair.strength for pair in pairs), default=0)
    strongest = [pair for pair in pairs if pair.strength == best]
    return strongest[0] if len(strongest) == 1 else None


def _tell_periods(fit: ColumnFit, pairs: Sequence[_Beside], heads: Sequence[str], table: Table) -> None:
    """Which columns say their period, and whose it is."""
    moved = {move.place for move in table.moves if move.was != move.now}
    olds = {pair.place for pair in pairs if pair.said == OLD}
    used = set(fit.taken.values())
    for key, place in fit.taken.items():
        said = next(pair.said for pair in pairs if pair.place == place and pair.column.key == key)
        if key in moved and said == SILENT:
            fit.silent.add(key)
        fit.new += key in moved and said == NEW and place not in olds
    for pair in pairs:
        if pair.place in used:
            continue
        if pair.said == OLD:
            fit.old[pair.column.key] = heads[pair.place]
        elif pair.said == OTHER and pair.column.key not in fit.taken:
            fit.other[pair.column.key] = heads[pair.place]


def _by_place(fit: ColumnFit, columns: Sequence[Column], heads: Sequence[str], first: int, table: Table) -> None:
    here = {column.key: first + number for number, column in enumerate(columns)}
    left = [column for column in columns if column.key not in fit.taken]
    if len(heads) - first != len(columns) or len(left) != 1 or fit.old or fit.other or fit.strange:
        return
    (column,) = left
    if any(fit.taken[key] != place for key, place in here.items() if key != column.key):
        return
    told = label_of(heads[here[column.key]])
    move = next((each for each in table.moves if each.place == column.key), None)
    figures = any(cell.figure for (_, key), cell in table.cells.items() if key == column.key)
    alike = _plain(told.words) == _plain(label_of(column.label).words)
    if figures and alike and period_said(told, move, column.label) in (NEW, SILENT):
        fit.taken[column.key] = here[column.key]
        fit.by_place[column.key] = heads[here[column.key]]


def _plain(words: str) -> set[str]:
    """The words of a heading, one for all that say the same side of a comparison."""
    return {_SIDES.get(word, word) for word in words.split()}
