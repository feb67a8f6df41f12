"""The workbook of the next report filled from the report's own document, and sentences on what was taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import pandas as pd

from analysis.from_document.document import Document, document_of
from analysis.from_document.doubts import doubt_of
from analysis.from_document.fill_cells import fill_table
from analysis.from_document.fill_text import pasted
from analysis.from_document.fill_worked import settle
from analysis.from_document.filling import Filling
from analysis.from_document.fit_above import places_of
from analysis.from_document.fit_tables import Matched, match_tables
from analysis.from_document.labels import label_of
from analysis.from_document.tell_tables import named, tell_tables
from analysis.next_report.cells import TOTAL, WORKED_OUT, Plan
from analysis.next_report.list_columns import STATEMENTS
from analysis.next_report.paragraphs import NO_SECTION, Headings, headings_of
from analysis.next_report.sheets import SheetPlan, Slot
from analysis.periods import name_day

__all__ = ["Filled", "fill_from"]

_DATA_TO = re.compile(r"(?:data|figures) (?:up )?to:? (?:the )?(?P<day>.{6,24})", re.IGNORECASE)
_ENOUGH, _NEARLY_ALL = 20, 0.9  # asked cells, and their share, that repeat the report before
_STILL = 4  # asked cells of one table
_FEWEST = 3  # differences and per cents by which a table may contradict itself
_CONTRADICTED = (
    "most of the differences and per cents that the document prints in it are not those of its own numbers, so its "
    "numbers may be rounded, in thousands or in each other's place; nothing is taken from it."
)
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
    known = headings_of(older)
    other_day = _day_said(document, plan, known)
    matched = match_tables(document.tables, plan.tables, places_of(older["areas"]))
    _must_be_next(matched, plan)
    doubts = {fit.table.id: reason for fit, reason in matched.refused}
    doubts |= {fit.table.id: doubt for fit in matched.fits if (doubt := doubt_of(fit, plan.tables))}
    filling, results = _taken(matched, doubts, plan)
    _must_have_moved(filling)
    (statements,) = [sheet for sheet in sheets if sheet.name == STATEMENTS.name]
    lines, left_out = pasted(document, known, len(statements.rows))
    for key, text in zip(statements.keys, lines, strict=False):
        filling.edits[statements.name, key, _TEXT] = text
    first, *tables = tell_tables(document, matched, doubts, plan)
    told = [first, *other_day, *tables, *filling.sentences(), *_tell_still(filling),
            *left_out]  # fmt: skip
    if lines:
        told.append(f"{STATEMENTS.name}: {_lines(len(lines))} of the document's text.")
    told.append(
        f"{len(filling.asked):,} of {plan.blank:,} cells of {len(plan.tables)} tables are filled; what is left is "
        "counted on Contents. Look through each table beside the report before the workbook is given back: a number is "
        "taken as it stands."
    )
    return Filled(tuple(_edited(sheet, filling, results) for sheet in sheets), tuple(told), len(filling.asked),
                  plan.blank)  # fmt: skip


def _taken(matched: Matched, doubts: dict[str, str], plan: Plan) -> tuple[Filling, dict[str, float]]:
    """What the tables give without those that are in doubt, and what is worked out; ``doubts`` may grow."""
    while True:
        filling = Filling(plan)
        for fit in matched.fits:
            if fit.table.id not in doubts:
                fill_table(fit, filling)
        results = settle(filling)
        more = {name for name, (met, wrong) in filling.derived.items() if met >= _FEWEST and wrong * 2 > met}
        if not more:
            return filling, results
        doubts |= dict.fromkeys(sorted(more), _CONTRADICTED)


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"


def _day_said(document: Document, plan: Plan, known: Headings) -> list[str]:
    """A sentence where the cover says another day than the workbook's; refuse the report before."""
    cover = takewhile(lambda text: known.of(text) in (None, NO_SECTION), (text for text, _ in document.lines))
    days = {found["day"]: label_of(found["day"]).period for text in cover if (found := _DATA_TO.fullmatch(text))}
    now, before = ((day.year, day.month) for day in (plan.data_to, plan.older_data_to))
    other = {day: period[0] for day, period in days.items() if len(period) == 1 and period[0] != now}
    if not other or (now,) in days.values():
        return []
    ends = f"and the workbook's go to {name_day(plan.data_to)}"
    for day, month in other.items():
        if month == before:
            raise ValueError(
                f"The document says that its data go to {day}, {ends}: it is the report {plan.older_id}, which the "
                "workbook is made from. Choose the document of the next report; nothing is taken from this one."
            )
    return [f"The document says that its data go to {next(iter(other))}, {ends}: see whether it is that report."]


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


def _tell_still(filling: Filling) -> list[str]:
    """Tables whose new numbers are all those of the report before."""
    titles = {table.id: table.title for table in filling.plan.tables}
    still = [titles[name] for name, (same, other) in filling.same.items() if same >= _STILL and not other]
    if not still:
        return []
    return [
        "Every number for a new period is the one that the report before printed in its place; see whether the "
        f"document's table is up to date: {named(still)}."
    ]


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
