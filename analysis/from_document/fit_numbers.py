"""The numbers of a document's table held beside those of a planned one: what they repeat, and their unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.audit.printed import read_printed
from analysis.from_document.document import DocumentTable
from analysis.from_document.fit_above import says_percent
from analysis.from_document.fit_columns import ColumnFit
from analysis.from_document.fit_rows import DocumentRow, RowFit
from analysis.from_document.labels import without_marks
from analysis.next_report.cells import FILLED, Table

__all__ = ["alike_units", "repeats"]


def repeats(
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


def alike_units(grid: DocumentTable, heads: Sequence[str], columns: ColumnFit, rows: RowFit, table: Table) -> float:
    """In how many of the cells a per cent stands where one stood before, and none where none did; 1 of no cell.

    A heading or a label may say it for its cells, and what stands above the table where per cents are expected.
    """
    above = says_percent(grid.nearest)
    met: list[bool] = []
    for key, place in columns.taken.items():
        for row, line in rows.taken.items():
            cell, text = table.cells.get((row, key)), grid.rows[line][place]
            if cell is not None and cell.figure and text:
                expected = "%" in cell.was
                said = says_percent([text, heads[place], heads[0], grid.rows[line][0]])
                met.append((said or (expected and above)) == expected)
    return sum(met) / len(met) if met else 1.0
