"""What stands in the workbook and was not read: told, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.next_report.grid import Grid, Located, address
from analysis.next_report.list_columns import LISTED

__all__ = ["tell_unread"]

_LONGEST = 60  # characters of what is quoted
_MOST = 20  # cells of one sheet that are told one by one


def tell_unread(grid: Grid, names: Sequence[str], located: Mapping[str, Located]) -> list[str]:
    """A sentence for each cell that nobody looked at, and one for each sheet that does not belong.

    Parameters
    ----------
    grid
        The workbook, after all has been read.
    names
        The sheets that it was handed out with.
    located
        The sheets that were found.
    """
    own = {sheet.sheet for sheet in located.values()} | {LISTED}
    told, count = [], dict.fromkeys(grid.cells, 0)
    for held in grid.unread():
        sheet = held.place[0]
        count[sheet] += 1
        if sheet in own and sheet != LISTED and count[sheet] <= _MOST:
            told.append(f"{sheet}, cell {address(*held.place[1:])}: “{_short(held.text)}” was not read.")
    for sheet, number in count.items():
        if sheet in own and sheet != LISTED and number > _MOST:
            told.append(f"{sheet}: {number - _MOST} more cells were not read.")
        if sheet not in own and number:
            cells = "1 cell was" if number == 1 else f"{number} cells were"
            told.append(f"The sheet “{sheet}” is no part of the workbook: its {cells} not read.")
    for sheet, row, column, comment in grid.comments:
        told.append(f"{sheet}, cell {address(row, column)}: the comment “{_short(comment)}” was not read.")
    return told


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rstrip()} ..."
