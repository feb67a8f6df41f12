"""Where in a workbook what findings are about stands: the sheet and the cell to mend."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["in_workbook"]

_MOST = 8  # cells of a sheet that are named

Places = Mapping[str, tuple[str, str]]


def in_workbook(findings: pd.DataFrame, places: Places) -> pd.DataFrame:
    """The findings with ``in_workbook``: the sheet and cell of the number, else the sheet of the table, else "".

    Parameters
    ----------
    findings
        As ``analysis.colleague.ask`` gives them.
    places
        ``analysis.next_report.Read.places`` of the workbook that was read; nothing for a draft without one.

    Examples
    --------
    >>> found = pd.DataFrame({"table": ["asb", "homicide", "custody"], "figure_id": ["asb.last", "", ""],
    ...                       "number_id": ["text_1", "", ""]})
    >>> places = {"asb.last": ("3 ASB", "D14"), "text_1": ("Statements", "B7"), "homicide": ("Homicide", "")}
    >>> in_workbook(found, places)["in_workbook"].tolist()
    ['Statements, cell B7; 3 ASB, cell D14', 'Homicide', '']
    """
    named = zip(findings["number_id"], findings["figure_id"], findings["table"], strict=True)
    told = [_words(number, figure, table, places) for number, figure, table in named]
    return findings.assign(in_workbook=pd.Series(told, index=findings.index, dtype="str"))


def _words(number: str, figure: str, table: str, places: Places) -> str:
    found = list(dict.fromkeys(places[name] for name in (*number.split(), figure) if name in places))
    found = found or ([places[table]] if table in places else [])
    sheets: dict[str, list[str]] = {}
    for sheet, cell in found:
        sheets.setdefault(sheet, []).extend([cell] if cell else [])
    return "; ".join(_one(sheet, cells) for sheet, cells in sheets.items())


def _one(sheet: str, cells: list[str]) -> str:
    if not cells:
        return sheet
    if len(cells) == 1:
        return f"{sheet}, cell {cells[0]}"
    shown, more = cells[:_MOST], len(cells) - _MOST
    last = f"{more} more" if more > 0 else shown.pop()
    return f"{sheet}, cells {', '.join(shown)} and {last}"
