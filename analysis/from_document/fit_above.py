"""What stands above a document's table held beside a planned one: what names it, and what names an area."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import pandas as pd

from analysis.from_document.document import DocumentTable
from analysis.from_document.labels import label_of
from analysis.next_report.cells import Table
from analysis.next_report.phrases import heading_key

__all__ = ["Places", "elsewhere", "names_of", "places_of", "says_percent", "support"]

_ELSEWHERE = {
    "borough", "district", "districts", "england", "lpt", "national", "nationally", "region", "regional", "team",
    "teams",
}  # fmt: skip
_NATION = {"national", "nationally"}
_OF_A_PLAN = {"beating", "dcpp", "dcppi", "indicator", "indicators", "measure", "measures", "plan"}  # national in name
_SIDES = {"north", "south", "east", "west", "the"}
_PERCENT = {"%", "percent", "percentage", "percentages"}


@dataclass(frozen=True)
class Places:
    """The areas of a release other than the whole force: their names, and words that only one of them has."""

    names: tuple[str, ...]
    words: frozenset[str]

    def named_by(self, text: str) -> bool:
        """Whether a heading names one of them, or speaks of teams, districts or the nation.

        >>> places = Places(("cannock chase", "city"), frozenset({"cannock"}))
        >>> [places.named_by(text) for text in ("Complaints: Cannock", "City", "Complaints", "National average")]
        [True, True, False, True]
        >>> places.named_by("Neighbourhood Crime - National DCPPI Indicator")
        False
        """
        words = label_of(text).words.split()
        said, telling = f" {' '.join(words)} ", {*words}
        if telling & _OF_A_PLAN:
            telling -= _NATION
        return bool(telling & (self.words | _ELSEWHERE)) or any(f" {name} " in said for name in self.names)


def places_of(areas: pd.DataFrame) -> Places:
    """The areas of a release, from its frame ``areas``.

    >>> frame = pd.DataFrame({"name": ["Kent", "Kent Coast", "Dover Town"], "kind": ["force", "lpt", "lpt"]})
    >>> places = places_of(frame)
    >>> places.names, sorted(places.words)
    (('kent coast', 'dover town'), ['dover'])
    """
    words = [(label_of(str(name)).words, kind) for name, kind in areas[["name", "kind"]].itertuples(index=False)]
    force = {word for name, kind in words if kind == "force" for word in name.split()}
    names = tuple(name for name, kind in words if kind != "force" and name)
    first = {name.split()[0] for name in names if len(name.split()) > 1}
    return Places(names, frozenset(first - force - _SIDES))


def names_of(table: Table) -> set[str]:
    """What a heading that names a planned table says."""
    names = {heading_key(each) for each in (table.title, str(table.fields.get("caption", ""))) if each}
    _, _, last = table.where.partition(", ")
    names |= {heading_key(last.split(", Data")[0].rpartition(", first table")[0] or last)} if last else set()
    rows = [row for row in table.rows if not row.spare]
    names |= {label_of(row.label).words for row in rows if row.label} if len(rows) == 1 else set()
    return names - {"", "data"}


def support(grid: DocumentTable, table: Table, names: Set[str]) -> float:
    """How much the lines above a table say which one it is: 1 where the nearest names it, a half its section.

    >>> table = Table("asb", "1 ASB", "ASB by type", "section 3.3, Data", (), (), {}, (), {})
    >>> grids = [DocumentTable((), above=(line,), nearest=(line,)) for line in ("ASB by type", "3.3 ASB", "Roads")]
    >>> [support(grid, table, names_of(table)) for grid in grids]
    [1.0, 0.5, 0.0]
    """
    if any({heading_key(each), label_of(each).words} & names for each in grid.nearest):
        return 1.0
    number = table.where.partition(", ")[0].removeprefix("section ")
    return 0.5 if any(each.startswith((f"{number} ", f"{number}. ")) for each in grid.above) else 0.0


def elsewhere(grid: DocumentTable, table: Table, places: Places) -> str:
    """A sentence where something says that a table belongs to an area, or to the nation; "" where nothing does."""
    own = set(label_of(f"{table.title} {table.where}").words.split())
    said = [each for each in grid.nearest if each[-1:] not in (".", ";")] + list(dict.fromkeys(grid.rows[0]))
    named = [each for each in said if places.named_by(each) and not set(label_of(each).words.split()) <= own]
    told = "the document's table stands under “{}”, which is not the whole force; nothing is taken from it."
    return told.format(named[0]) if named else ""


def says_percent(texts: Sequence[str]) -> bool:
    """Whether any of some texts says that numbers are per cents.

    >>> says_percent(["Rate", "Calls (%)"]), says_percent(["Per cent"]), says_percent(["12"])
    (True, True, False)
    """
    words = [label_of(text).words for text in texts]
    return any(set(each.split()) & _PERCENT or "per cent" in each for each in words)
