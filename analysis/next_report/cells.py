"""What the workbook of the next report is made of: tables of columns, rows and cells, and what each cell asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.periods import months_between

__all__ = ["ASKED", "FILLED", "NO_CELL", "TOTAL", "WORKED_OUT", "Cell", "Column", "Move", "Plan", "Row", "Table"]

ASKED = "asked"  # blank: the analyst types it
FILLED = "filled in"  # printed before for the same period: stands there, may be revised
TOTAL = "total"  # a printed figure with a formula: may be typed over
WORKED_OUT = "worked out"  # a difference or per cent: typed over where the report prints another
NO_CELL = "no cell"  # the report prints nothing here


@dataclass(frozen=True)
class Cell:
    """One cell of a printed table in the next report.

    Attributes
    ----------
    id
        Of the figure, or of the derived number where no figure stands here.
    older
        Its id in the older report.
    kind
        ``ASKED``, ``FILLED``, ``TOTAL`` or ``WORKED_OUT``.
    column, row
        Keys of its column and row.
    unit
        Of the number as it is printed; a difference of per cents is in percentage points.
    printed
        What is filled in, as printed; "" where nothing is.
    value
        The same as a number; missing where nothing is filled in.
    was
        What the older report printed in this place.
    figure
        The figure's further fields as text by the names of the contract; empty where no figure stands here.
    derived
        The derived number's ``kind``; "" of a plain figure.
    formula, inputs
        How it follows from others, by their ids in the next report; "-" is an input that the report does not print.
    """

    id: str
    older: str
    kind: str
    row: str
    column: str
    unit: str
    printed: str
    value: float
    was: str
    figure: Mapping[str, str] = field(default_factory=dict)
    derived: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One printed column: ``order`` and ``label`` as printed, ``heading`` as the sheet shows it, with its period."""

    key: str
    order: int
    label: str
    heading: str
    names_area: bool = False  # each cell belongs to an area that a cell before it names


@dataclass(frozen=True)
class Row:
    """One printed row; a spare one has no label and is there for what the older report does not print."""

    key: str
    order: int
    label: str
    kind: str
    unit: str
    spare: bool = False


@dataclass(frozen=True)
class Move:
    """Where the period of a column, a row or a single cell stood and stands now.

    ``axis`` is "column", "row" or "cell"; ``place`` the key of that column or row, or the id of the cell.
    """

    table: str
    axis: str
    place: str
    role: str
    label_was: str
    label: str
    was: tuple[pd.Timestamp, pd.Timestamp]
    now: tuple[pd.Timestamp, pd.Timestamp]

    @property
    def key(self) -> str:
        """What its row on the Periods sheet is known by."""
        return f"{self.table}.{self.axis}.{self.place}"


@dataclass(frozen=True)
class Table:
    """One printed table of the next report, in the older report's order."""

    id: str
    sheet: str
    title: str
    where: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: Mapping[tuple[str, str], Cell]
    moves: tuple[Move, ...]
    fields: Mapping[str, str]  # the row of tables.csv, its dates moved on

    def in_order(self) -> Iterator[Cell]:
        """Its cells, row by row."""
        for row in self.rows:
            for column in self.columns:
                if cell := self.cells.get((row.key, column.key)):
                    yield cell

    @property
    def blank(self) -> int:
        """How many cells ask to be filled."""
        return sum(cell.kind == ASKED for cell in self.cells.values())


@dataclass(frozen=True)
class Plan:
    """The whole workbook before anything is typed.

    Attributes
    ----------
    release_id, data_to
        Of the next report.
    older_id, older_data_to
        Of the one it follows.
    info
        The older ``release.toml`` by its keys.
    tables
        In the order of the report.
    """

    release_id: str
    data_to: pd.Timestamp
    older_id: str
    older_data_to: pd.Timestamp
    info: Mapping[str, object]
    tables: tuple[Table, ...]

    @property
    def months(self) -> int:
        """Between the two reports."""
        return months_between(self.older_data_to, self.data_to)

    @property
    def blank(self) -> int:
        """How many cells of printed tables ask to be filled."""
        return sum(table.blank for table in self.tables)

    def cells(self) -> dict[str, Cell]:
        """Every cell by its id."""
        return {cell.id: cell for table in self.tables for cell in table.in_order()}
