"""Sentences on which of the planned tables a document has, and which of its tables are none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.audit.printed import read_printed
from analysis.from_document.document import Document, DocumentTable
from analysis.from_document.fill_text import is_draft
from analysis.from_document.fit_tables import Matched
from analysis.from_document.labels import without_marks
from analysis.next_report.cells import Plan

__all__ = ["named", "tell_tables"]

_MOST = 12  # names in one sentence


def tell_tables(document: Document, matched: Matched, doubts: Mapping[str, str], plan: Plan) -> list[str]:
    """Which tables were found, which not, and which could not be told apart.

    Parameters
    ----------
    document, plan
        The document and the workbook.
    matched
        How their tables stand to each other.
    doubts
        Why nothing is taken of a table that fits, by its id.
    """
    titles = {table.id: table.title for table in plan.tables}
    taken = {fit.table.id for fit in matched.fits} - {*doubts}
    told = [f"{len(taken)} of {len(plan.tables)} tables are found in the document."]
    told += [f"{titles[name]}: {doubt}" for name, doubt in doubts.items()]
    told += _tell_doubtful(document, matched)
    areas = [table for table in plan.tables if any(column.names_area for column in table.columns)]
    if areas:
        names = named([table.title for table in areas])
        told.append(f"Left to type, for its cells name the areas they belong to: {names}.")
    met = {fit.table.id for fit in (*matched.fits, *matched.doubtful)} | {table.id for table in areas} | {*doubts}
    missing = [table.title for table in plan.tables if table.id not in met]
    if missing:
        told.append(f"Not found in the document: {named(missing)}.")
    unknown = [document.tables[place].name for place in matched.unknown if _has_numbers(document.tables[place])]
    if unknown and not is_draft(document):  # which has tables of its own beside the report's
        told.append(f"Tables of the document that the report before did not have: {named(unknown)}.")
    return told


def _tell_doubtful(document: Document, matched: Matched) -> list[str]:
    """Planned tables that several tables of the document could be, and the other way round."""
    told = []
    for title in dict.fromkeys(fit.table.title for fit in matched.doubtful):
        places = [fit.place for fit in matched.doubtful if fit.table.title == title]
        if len(places) > 1:
            names = named([document.tables[place].name for place in places])
            told.append(f"{title}: {len(places)} tables of the document could be it ({names}); nothing is taken.")
    for place in dict.fromkeys(fit.place for fit in matched.doubtful):
        titles = [fit.table.title for fit in matched.doubtful if fit.place == place]
        if len(titles) > 1:
            name = document.tables[place].name
            told.append(f"The document's table under “{name}” could be any of {named(titles)}; nothing is taken.")
    return told


def _has_numbers(table: DocumentTable) -> bool:
    return any(read_printed(without_marks(cell)) is not None for row in table.rows for cell in row)


def named(names: Sequence[str]) -> str:
    """Names in quotation marks, each once, the first of them.

    >>> named(["ASB", "ASB", "KSI"])
    '“ASB”; “KSI”'
    """
    quoted = [f"“{name}”" for name in dict.fromkeys(names)]
    more = len(quoted) - _MOST
    return "; ".join(quoted[:_MOST]) + (f"; and {more} more" if more > 0 else "")
