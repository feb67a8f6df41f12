"""Why nothing is taken from a document's table that fits a planned one: its periods, its numbers, their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.audit.printed import read_printed
from analysis.from_document.fit_tables import Fit
from analysis.from_document.labels import label_of
from analysis.next_report.cells import ASKED, Cell, Table

__all__ = ["doubt_of"]

_FEWEST = 3  # past numbers that can contradict a table
_FAR, _COUNT, _SHARE = 10, 100, 10  # times as large as before, where the larger one is at least so much


def doubt_of(fit: Fit, tables: Sequence[Table]) -> str:
    """What speaks against taking a table, for a sentence; "" where nothing does.

    Parameters
    ----------
    fit
        It beside the planned one.
    tables
        All planned ones.
    """
    if fit.stale:
        head = next(iter((*fit.columns.old.values(), *fit.rows.old)))
        return f"the document's table says “{head}”, a period of the report before; nothing is taken from it."
    if _contradicts(fit):
        return (
            "the document's table prints other numbers than the report before where periods are the same, so it may be "
            "another table or another year; nothing is taken from it."
        )
    if _is_far(fit) or _may_be_shares(fit, tables):
        return (
            "the document's numbers are of another size than those of the report before, or do not say their unit: "
            "they may be thousands or per cents; nothing is taken from its table."
        )
    return ""


def _pairs(fit: Fit) -> Iterator[tuple[Cell, float]]:
    """The planned cells and the numbers that the document prints in them."""
    for key, line in fit.rows.taken.items():
        for column, place in fit.columns.taken.items():
            cell, read = fit.table.cells.get((key, column)), read_printed(fit.text(line, place))
            if cell is not None and read is not None:
                yield cell, float(read.value)


def _contradicts(fit: Fit) -> bool:
    """Whether most of what was printed before for the same periods stands otherwise."""
    met = [value != cell.value for cell, value in _pairs(fit) if cell.printed]
    return len(met) >= _FEWEST and sum(met) * 2 > len(met)


def _is_far(fit: Fit) -> bool:
    """Whether most of the new numbers are many times as large, or as small, as those of the report before."""
    met: list[bool] = []
    for cell, value in _pairs(fit):
        was = read_printed(cell.was)
        if cell.kind == ASKED and cell.figure and was is not None and was.value and value:
            small, large = sorted((abs(float(was.value)), abs(value)))
            met.append(large > small * _FAR and large >= (_COUNT if cell.unit == "count" else _SHARE))
    return sum(met) * 2 > len(met)


def _may_be_shares(fit: Fit, tables: Sequence[Table]) -> bool:
    """Whether a table of counts, beside which there is one of shares with the same labels, has none above 100."""
    own = fit.table
    alike = [
        each for each in tables if each is not own and _labels(each) == _labels(own) and _units(each) != _units(own)
    ]
    if not any("percent" in _units(each) for each in alike) or "percent" in _units(own):
        return False
    values = [(cell, value) for cell, value in _pairs(fit) if cell.figure]
    return not any(value > _COUNT or (cell.printed and value == cell.value) for cell, value in values)


def _labels(table: Table) -> set[str]:
    return {label_of(row.label).words for row in table.rows if not row.spare}


def _units(table: Table) -> set[str]:
    return {cell.unit for cell in table.cells.values() if cell.figure}
