"""What a document gives, on its way into the workbook, and how a printed text stands in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from analysis.audit.printed import read_printed
from analysis.next_report.cells import Cell, Column, Plan, Row, Table
from analysis.next_report.read_cells import asked_for
from analysis.next_report.styles import thousands
from analysis.next_report.typed import Doubt, Typed, read_number
from analysis.next_report.values import Numbers

__all__ = ["NOTHING", "Filling", "few", "place_words", "short_words", "taken_as"]

NOTHING = {"", "-", "–", "—", "n/a", "na", "..", "…"}
_MOST_PLACES = 4  # that a sentence names


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
    derived
        By table how many differences and per cents the document prints, and how many its own numbers contradict.
    told
        Sentences; each kind once a table, with the other places that it is true of.
    """

    plan: Plan
    edits: dict[tuple[str, str, str], str | float] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    numbers: Numbers = field(default_factory=Numbers)
    later: dict[str, tuple[Table, Row, Column, str]] = field(default_factory=dict)
    same: dict[str, list[int]] = field(default_factory=dict)
    spare: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    derived: dict[str, list[int]] = field(default_factory=dict)
    told: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.planned = frozenset(self.plan.cells())  # ids of the cells that the report had before

    def tell(self, table: Table, kind: str, sentence: str, place: str = "") -> None:
        """Say something of a table; of what is said of it already only the place."""
        held = self.told.setdefault((table.id, kind), [])
        held.append(place if held else sentence)

    def sentences(self) -> list[str]:
        """What is told, in its order."""
        return [first + (f" So too: {few(more)}." if more else "") for first, *more in self.told.values()]

    def put(self, table: Table, row: Row, column: Column, value: str | float) -> None:
        """Let something stand in a cell of a table."""
        self.edits[table.sheet, row.key, column.heading] = value


def place_words(table: Table, row: Row, column: Column) -> str:
    """Where a cell stands, for a sentence."""
    return f"{table.title}, {short_words(row, column)}"


def short_words(row: Row, column: Column) -> str:
    """The same within its table."""
    return f"row “{row.label}”, column “{column.label}”"


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


def few(names: Sequence[str]) -> str:
    """Some places, the first of them by name."""
    return (
        "; ".join(names)
        if len(names) <= _MOST_PLACES
        else f"{'; '.join(names[:_MOST_PLACES])}; and {len(names) - _MOST_PLACES} more"
    )
