"""The rows of a document's table held beside those of a planned one, by their labels and their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.from_document.labels import NEW, OLD, SILENT, label_of, period_said
from analysis.next_report.cells import Row, Table

__all__ = ["DocumentRow", "RowFit", "fit_rows"]

_TELLING = 50  # a number that two rows of a table hardly have both
_NO_LABEL = "no label in the report"  # how a release calls a row that is printed without a name


@dataclass(frozen=True)
class DocumentRow:
    """A row of a document's table that holds numbers: its place and its label."""

    place: int
    label: str


@dataclass
class RowFit:
    """Which row of a document stands for which planned one, by its key.

    Attributes
    ----------
    taken
        Those that are meant.
    renamed
        Of these the ones that are called otherwise now.
    new
        How many say a period that only the next report has.
    old
        The labels of those that say a period of the report before.
    twice
        Labels that stand in the document another number of times than planned, or twice with nothing to tell which is
        which.
    left
        Rows of the document that are none of the planned ones.
    """

    taken: dict[str, int] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    new: int = 0
    old: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    left: list[DocumentRow] = field(default_factory=list)


def fit_rows(
    found: Sequence[DocumentRow], table: Table, same: Mapping[tuple[str, int], float], others: Set[str]
) -> RowFit:
    """Find the planned rows among those of a document's table.

    Parameters
    ----------
    found
        Its rows.
    table
        The planned table.
    same
        The largest of the numbers that are filled in a planned row and that a row of the document repeats, by key and
        place; -1 where it does not repeat them all, nothing where none is filled in.
    others
        The words of the labels of other planned tables, which none of its rows is called now.

    Examples
    --------
    >>> rows = tuple(Row(f"asb.{n}", n, label, "part", "count") for n, label in enumerate(["Noise", "Litter", "All"]))
    >>> table = Table("asb", "1 ASB", "ASB", "section 3.3", (), rows, {}, (), {})
    >>> labels = ["NOISE", "Litter and dogs", "All", "Fire"]
    >>> found = [DocumentRow(place, label) for place, label in enumerate(labels, start=1)]
    >>> fit = fit_rows(found, table, {}, set())
    >>> fit.taken, fit.renamed, fit.left
    ({'asb.0': 1, 'asb.2': 3, 'asb.1': 2}, {'asb.1': 'Litter and dogs'}, [DocumentRow(place=4, label='Fire')])
    >>> fit_rows(found, table, {("asb.1", 2): -1}, set()).renamed  # numbers of the past that are others
    {}
    """
    planned = [row for row in table.rows if not row.spare]
    fit = RowFit()
    _by_label(fit, found, planned, table, same)
    _unnamed(fit, found, planned)
    _renamed(fit, [row for row in found if _may_be_new(row, others)], planned, same)
    used = set(fit.taken.values())
    fit.left = [row for row in found if row.place not in used and row.label not in fit.old]
    return fit


def _may_be_new(row: DocumentRow, others: Set[str]) -> bool:
    """Whether its label may be a new name: one without letters is a number, and another table's row is not this."""
    return any(letter.isalpha() for letter in row.label) and label_of(row.label).words not in others


def _by_label(
    fit: RowFit, found: Sequence[DocumentRow], planned: Sequence[Row], table: Table,
    same: Mapping[tuple[str, int], float],
) -> None:  # fmt: skip
    """Rows whose label says the same; the same label twice by past numbers, else by the row above it."""
    moves = {move.place: move for move in table.moves}
    groups: dict[str, list[Row]] = {}
    for row in planned:
        groups.setdefault(str(label_of(row.label)), []).append(row)
    for rows in groups.values():
        move, own = moves.get(rows[0].key), label_of(rows[0].label)
        alike = [row for row in found if row.label and label_of(row.label).words == own.words]
        said = {row.place: period_said(label_of(row.label), move, rows[0].label) for row in alike}
        meant = [row for row in alike if said[row.place] == NEW or (said[row.place] == SILENT and own.words)]
        pairs = {rows[0].key: meant[0].place} if len(rows) == len(meant) == 1 else {}
        if len(rows) == len(meant) > 1:
            pairs = _twins(rows, meant, planned, found, same)
        if pairs:
            fit.taken |= pairs
            fit.new += bool(move and move.was != move.now and said[meant[0].place] == NEW)
        elif meant:
            fit.twice.append(rows[0].label)
        elif move and move.was != move.now:
            fit.old += [row.label for row in alike if said[row.place] == OLD]
    used = set(fit.taken.values())
    fit.old = [row.label for row in found if row.label in fit.old and row.place not in used]


def _twins(
    rows: Sequence[Row], meant: Sequence[DocumentRow], planned: Sequence[Row], found: Sequence[DocumentRow],
    same: Mapping[tuple[str, int], float],
) -> dict[str, int]:  # fmt: skip
    """Rows with one label, each with the one that repeats its past numbers, else that stands below the same row."""
    repeated = [(row.key, each.place) for row in rows for each in meant if same.get((row.key, each.place), -1) >= 0]
    if not repeated:
        over = {row.key: label_of(above.label).words for above, row in pairwise(planned)}
        above = {row.place: label_of(each.label).words for each, row in pairwise(found)}
        repeated = [
            (row.key, each.place)
            for row in rows
            for each in meant
            if over.get(row.key, "") == above.get(each.place, "")
        ]
    pairs = dict(repeated)
    return pairs if len(repeated) == len(pairs) == len(set(pairs.values())) == len(rows) else {}


def _unnamed(fit: RowFit, found: Sequence[DocumentRow], planned: Sequence[Row]) -> None:
    """Rows without a label, between the same neighbours and as many there as planned."""
    for keys, rows in _gaps(fit, found, planned):
        blank = [row for row in rows if not row.label]
        own = [row for row in keys if _NO_LABEL in row.label]
        if blank and len(blank) == len(own):
            fit.taken |= {row.key: each.place for row, each in zip(own, blank, strict=True)}


def _renamed(
    fit: RowFit, found: Sequence[DocumentRow], planned: Sequence[Row], same: Mapping[tuple[str, int], float]
) -> None:
    """Rows between the same neighbours that repeat the filled-in numbers or, a single one without any, the words."""
    for keys, rows in _gaps(fit, found, planned):
        named = [row for row in rows if row.label]
        own = [row for row in keys if _NO_LABEL not in row.label]
        if len(own) == len(named) == 1:
            was, now = (set(label_of(each.label).words.split()) for each in (own[0], named[0]))
            alike = bool(was and now) and (was <= now or now <= was)
            repeats = same.get((own[0].key, named[0].place), float(alike) - 1) >= (0 if alike else _TELLING)
            pairs = [(own[0], named[0])] if repeats else []
        else:
            pairs = [(row, each) for row in own for each in named if same.get((row.key, each.place), -1) >= _TELLING]
        for row, each in pairs:
            if sum(pair[0] is row for pair in pairs) == sum(pair[1] is each for pair in pairs) == 1:
                fit.taken[row.key], fit.renamed[row.key] = each.place, each.label


def _gaps(
    fit: RowFit, found: Sequence[DocumentRow], planned: Sequence[Row]
) -> list[tuple[list[Row], list[DocumentRow]]]:
    """The rows on both sides that are not yet known, between the same two that are."""
    used = set(fit.taken.values())
    ends = [(-1, -1), *((place, fit.taken[row.key]) for place, row in enumerate(planned) if row.key in fit.taken)]
    last = max([row.place for row in found], default=-1) + 1
    ends.append((len(planned), last))
    gaps = []
    for (before, upper), (after, lower) in pairwise(ends):
        keys = list(planned[before + 1 : after])
        rows = [
            row for row in found if upper < row.place < lower and row.place not in used and row.label not in fit.old
        ]
        if keys and rows:
            gaps.append((keys, rows))
    return gaps
