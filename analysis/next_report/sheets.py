"""The sheets of the workbook: lines above, headings, and slots that hold something or ask for it.

Writing and reading back share them: what stands in a slot is known, so that what an analyst put there can be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.next_report.cells import ASKED, FILLED, NO_CELL, TOTAL, WORKED_OUT

__all__ = ["KEY", "LABEL", "NOT_PRINTED", "OPEN", "OPTIONAL", "UNLOCKED", "Place", "SheetPlan", "Slot", "places_of_ids"]

LABEL = "label"  # locked words
OPEN = "open"  # words that may be changed
OPTIONAL = "optional"  # blank, and may stay so
UNLOCKED = (ASKED, FILLED, TOTAL, WORKED_OUT, NO_CELL, OPEN, OPTIONAL)
NOT_PRINTED = "[x]"
KEY = "Key"

Place = tuple[str, int, int]  # sheet, row and column, both from 1


@dataclass(frozen=True)
class Slot:
    """One cell of a sheet.

    Attributes
    ----------
    value
        What stands in it; None for nothing.
    kind
        ``LABEL``, ``OPEN``, ``OPTIONAL`` or a kind of ``analysis.next_report.cells``.
    id
        Of the figure or derived number that it holds; "" of none.
    unit, like
        The number's unit, and a print of it that shows its places.
    choices
        The heading of the list on the sheet Lists that it is chosen from; "" for anything.
    formula, inputs, spare
        How it is worked out from other slots by their ids; ``spare`` are places that a sum may take in too.
    """

    value: str | float | date | None = None
    kind: str = LABEL
    id: str = ""
    unit: str = ""
    like: str = ""
    choices: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    spare: tuple[Place, ...] = ()


@dataclass(frozen=True)
class SheetPlan:
    """One sheet with one table: ``lines`` stand above it, the first of them is the title in A1.

    The last column of every sheet but Lists is ``KEY``, by which a row is known again. ``former`` are lines that
    stand above it in workbooks that were handed out before.
    """

    name: str
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Slot, ...], ...]
    widths: Mapping[str, int] = field(default_factory=dict)  # characters, by heading
    former: tuple[str, ...] = ()

    @property
    def header_row(self) -> int:
        """The row of the headings, from 1."""
        return len(self.lines) + 1

    @property
    def keys(self) -> list[str]:
        """The key of each row."""
        return [str(row[-1].value) for row in self.rows]

    def place(self, row: int, column: int) -> Place:
        """Where a slot stands: ``row`` and ``column`` count from 0 inside the table."""
        return self.name, self.header_row + 1 + row, column + 1


def places_of_ids(sheets: Sequence[SheetPlan]) -> dict[str, Place]:
    """Where each number of the workbook stands, by its id."""
    return {
        slot.id: sheet.place(row, column)
        for sheet in sheets
        for row, slots in enumerate(sheet.rows)
        for column, slot in enumerate(slots)
        if slot.id
    }
