"""The workbook of the next report filled from the report's own document, and sentences on what was taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.audit.printed import read_printed
from analysis.from_document.document import Document, DocumentTable, document_of
from analysis.from_document.fill_cells import Filling, contradicts, fill_table
from analysis.from_document.fill_text import pasted
from analysis.from_document.fill_worked import settle
from analysis.from_document.fit_tables import Fit, Matched, match_tables
from analysis.from_document.labels import label_of, without_marks
from analysis.next_report.cells import TOTAL, WORKED_OUT, Plan
from analysis.next_report.list_columns import STATEMENTS
from analysis.next_report.sheets import SheetPlan, Slot
from analysis.periods import name_day

__all__ = ["Filled", "fill_from"]

_DATA_TO = re.compile(r"(?:data|figures) (?:up )?to:? (?:the )?(?P<day>.{6,24})", re.IGNORECASE)
_ENOUGH, _NEARLY_ALL = 20, 0.9  # asked cells, and their share, that repeat the report before
_STILL = 4  # asked cells of one table
_MOST = 12  # names in one sentence
_TEXT = "Paragraph"


@dataclass(frozen=True)
class Filled:
    """A filled workbook.

    Attributes
    ----------
    sheets
        Its sheets.
    told
        Sentences on what was taken and what was not, the number of filled cells last.
    filled, asked
        How many of the asked cells of tables are filled, and how many there are.
    """

    sheets: tuple[SheetPlan, ...]
    told: tuple[str, ...]
    filled: int
    asked: int


def fill_from(
    blocks: pd.DataFrame, plan: Plan, sheets: Sequence[SheetPlan], older: Mapping[str, pd.DataFrame]
) -> Filled:
    """Fill the workbook of the next report from a document of it.

    Parameters
    ----------
    blocks
        The document, ``analysis.from_document.document.DOCUMENT_COLUMNS``.
    plan, sheets
        The workbook, as ``plan_next`` and ``analysis.next_report.book.sheets_of`` lay it out.
    older
        The frames of the report before.

    Raises
    ------
    ValueError
        When the document is the report before: it says its periods, or prints its numbers.
    """
    document = document_of(blocks)
    _must_say_its_day(document, plan)
    matched = match_tables(document.tables, plan.tables)
    _must_be_next(matched, plan)
    filling = Filling(plan)
    for fit in matched.fits:
        if _is_taken(fit):
            fill_table(fit, filling)
    _must_have_moved(filling)
    results = settle(filling)
    (statements,) = [sheet for sheet in sheets if sheet.name == STATEMENTS.name]
    lines, left_out = pasted(document, older, len(statements.rows))
    for key, text in zip(statements.keys, lines, strict=False):
        filling.edits[statements.name, key, _TEXT] = text
    told = [*_tell_tables(document, matched, plan), *filling.told, *_tell_still(filling), *left_out]
    if lines:
        told.append(f"{STATEMENTS.name}: {_lines(len(lines))} of the document's text.")
    told.append(
        f"{len(filling.asked):,} of {plan.blank:,} cells of {len(plan.tables)} tables are filled; what is left is "
        "counted on Contents. Look through each table beside the report before the workbook is given back: a number is "
        "taken as it stands."
    )
    return Filled(tuple(_edited(sheet, filling, results) for sheet in sheets), tuple(told), len(filling.asked),
                  plan.blank)  # fmt: skip


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"


def _is_taken(fit: Fit) -> bool:
    return not (fit.stale or contradicts(fit))


def _must_say_its_day(document: Document, plan: Plan) -> None:
    """Refuse a report whose data go to another month."""
    days = {found["day"]: label_of(found["day"]).period for text, _ in document.lines
            if (found := _DATA_TO.fullmatch(text))}  # fmt: skip
    now = (plan.data_to.year, plan.data_to.month)
    wrong = {day: period[0] for day, period in days.items() if len(period) == 1 and period[0] != now}
    if wrong and (now,) not in days.values():
        day, month = next(iter(wrong.items()))
        older = month == (plan.older_data_to.year, plan.older_data_to.month)
        it_is = (
            f"it is the report {plan.older_id}, which the workbook is made from" if older else "it is another report"
        )
        raise ValueError(
            f"The document says that its data go to {day}, and the workbook's go to {name_day(plan.data_to)}: {it_is}. "
            "Choose the document of the next report; nothing is taken from this one."
        )


def _must_be_next(matched: Matched, plan: Plan) -> None:
    """Refuse the report before, dropped by mistake."""
    stale = [fit for fit in matched.fits if fit.stale]
    if stale and len(stale) >= sum(fit.new > 0 for fit in matched.fits):
        head = next(iter((*stale[0].columns.old.values(), *stale[0].rows.old)))
        raise ValueError(
            f"The document speaks of the periods of the report {plan.older_id}, which the workbook is made from: "
            f"“{head}” in “{stale[0].table.title}”. Choose the document of the next report; nothing is taken from this "
            "one."
        )


def _must_have_moved(filling: Filling) -> None:
    same, other = (sum(counts[place] for counts in filling.same.values()) for place in (0, 1))
    if same >= _ENOUGH and same >= _NEARLY_ALL * (same + other):
        older = filling.plan.older_id
        raise ValueError(
            f"{same:,} of the {same + other:,} numbers that the document prints for new periods are those that the "
            f"report {older} printed in the same places: it seems to be that report. Choose the document of the next "
            "one; nothing is taken from this one."
        )


def _tell_tables(document: Document, matched: Matched, plan: Plan) -> list[str]:
    """Which tables were found, which not, and which could not be told apart."""
    taken = {fit.table.id for fit in matched.fits if _is_taken(fit)}
    told = [f"{len(taken)} of {len(plan.tables)} tables are found in the document."]
    for fit in matched.fits:
        if fit.stale:
            head = next(iter((*fit.columns.old.values(), *fit.rows.old)))
            told.append(
                f"{fit.table.title}: the document's table says “{head}”, a period of the report before; nothing is "
                "taken from it."
            )
        elif not _is_taken(fit):
            told.append(
                f"{fit.table.title}: the document's table prints other numbers than the report before where periods "
                "are the same, so it may be another table or another year; nothing is taken from it."
            )
    told += _tell_doubtful(document, matched)
    areas = [table for table in plan.tables if any(column.names_area for column in table.columns)]
    if areas:
        names = _named([table.title for table in areas])
        told.append(f"Left to type, for its cells name the areas they belong to: {names}.")
    met = {fit.table.id for fit in (*matched.fits, *matched.doubtful)} | {table.id for table in areas}
    missing = [table.title for table in plan.tables if table.id not in met]
    if missing:
        told.append(f"Not found in the document: {_named(missing)}.")
    unknown = [document.tables[place].name for place in matched.unknown if _has_numbers(document.tables[place])]
    if unknown:
        told.append(f"Tables of the document that the report before did not have: {_named(unknown)}.")
    return told


def _tell_doubtful(document: Document, matched: Matched) -> list[str]:
    """Planned tables that several tables of the document could be, and the other way round."""
    told = []
    for title in dict.fromkeys(fit.table.title for fit in matched.doubtful):
        places = [fit.place for fit in matched.doubtful if fit.table.title == title]
        if len(places) > 1:
            names = _named([document.tables[place].name for place in places])
            told.append(f"{title}: {len(places)} tables of the document could be it ({names}); nothing is taken.")
    for place in dict.fromkeys(fit.place for fit in matched.doubtful):
        titles = [fit.table.title for fit in matched.doubtful if fit.place == place]
        if len(titles) > 1:
            name = document.tables[place].name
            told.append(f"The document's table under “{name}” could be any of {_named(titles)}; nothing is taken.")
    return told


def _has_numbers(table: DocumentTable) -> bool:
    return any(read_printed(without_marks(cell)) is not None for row in table.rows for cell in row)


def _tell_still(filling: Filling) -> list[str]:
    """Tables whose new numbers are all those of the report before."""
    titles = {table.id: table.title for table in filling.plan.tables}
    still = [titles[name] for name, (same, other) in filling.same.items() if same >= _STILL and not other]
    if not still:
        return []
    return [
        "Every number for a new period is the one that the report before printed in its place; see whether the "
        f"document's table is up to date: {_named(still)}."
    ]


def _named(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in dict.fromkeys(names)]
    more = len(quoted) - _MOST
    return "; ".join(quoted[:_MOST]) + (f"; and {more} more" if more > 0 else "")


def _edited(sheet: SheetPlan, filling: Filling, results: Mapping[str, float]) -> SheetPlan:
    """A sheet with what was taken; what is typed over is no formula any more."""
    rows = []
    for slots in sheet.rows:
        key = str(slots[-1].value)
        rows.append(tuple(
            _edited_slot(slot, filling.edits.get((sheet.name, key, heading)), results)
            for heading, slot in zip(sheet.headings, slots, strict=True)
        ))  # fmt: skip
    return replace(sheet, rows=tuple(rows))


def _edited_slot(slot: Slot, value: str | float | None, results: Mapping[str, float]) -> Slot:
    if value is not None:
        return replace(slot, value=value, formula="" if slot.kind in (TOTAL, WORKED_OUT) else slot.formula)
    return replace(slot, value=results[slot.id]) if slot.formula and slot.id in results else slot
