"""A whole release as one accessible workbook: cover, contents, notes, then one table a sheet.

It follows the government checklist for accessible spreadsheets, by way of gptables: tables are marked up, start in
column A and have no blank cell or row, no cell is merged, headings are unique, and every shorthand is explained.
"""

from __future__ import annotations

import io

import gptables as gpt
import pandas as pd

from analysis.corrections import correction_notes
from documents.sheets import KEEP_TEXT, LICENCE, THEME, finish, kept_as_text, widths
from documents.workbook_words import (
    HOLDS,
    NOT_APPLICABLE,
    NOT_PRINTED,
    NOTE_OF,
    NOTES,
    heading,
    sheet_name,
    write_cell,
)

__all__ = ["release_workbook"]

_LEGEND = {
    NOT_PRINTED: "[x] = not available: the report does not print it. $$blanks$$",
    NOT_APPLICABLE: "[z] = not applicable: nothing belongs in this cell. $$blanks$$",
}


def release_workbook(title: str, force: str, frames: dict[str, pd.DataFrame]) -> bytes:
    """Every frame of a release as one workbook in the xlsx format, made in memory.

    Parameters
    ----------
    title, force
        The report and who published it, as the cover, the source lines and the document's properties name them.
    frames
        The release's frames by name. Each becomes one sheet, in this order and with every row and column; where a
        number of it was corrected, one more column says to what, when and why.
    """
    frames = {name: _with_corrected(frame, frames) for name, frame in frames.items()}
    source = f"Source: {force}, {title}. $$source$$"
    sheets = {sheet_name(name): _sheet(name, frame, source) for name, frame in frames.items()}
    referring = [text for sheet in sheets.values() for text in (source, *sheet.legend, *sheet.table_notes.values())]
    notes = [(key, note) for key, note in NOTES.items() if any(f"$${key}$$" in text for text in referring)]
    output = io.BytesIO()
    workbook = gpt.produce_workbook(
        output,
        sheets,
        theme=THEME,
        cover=_cover(title, force, list(sheets)),
        notes_table=pd.DataFrame(notes, columns=["key", "Note"]),
        contentsheet_options={"additional_elements": ["scope"]},
        auto_width=False,
        workbook_options=KEEP_TEXT,
    )
    properties = {
        "title": f"{force}: {title}",
        "subject": "All tables of one performance report",
        "author": "Performance Explorer",
        "keywords": "police performance, accessible workbook",
        "comments": "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Not an official statistics product.",
    }
    wide = {"Contents": [20, 100], "Notes": [14, 100]} | {name: _widths(sheet) for name, sheet in sheets.items()}
    finish(workbook, properties, wide)
    return output.getvalue()


def _with_corrected(frame: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A frame of printed numbers with what was corrected of them beside the print; any other as it is."""
    notes = correction_notes(frames["corrections"]) if "corrections" in frames else {}
    if "printed" not in frame or "corrected" in frame:
        return frame
    blank = pd.Series("", index=frame.index)
    own = frame.get("figure_id", blank).where(lambda ids: ids != "", frame.get("id", blank))  # of a total its figure's
    if not own.isin(list(notes)).any():
        return frame
    told = frame.copy(deep=False)
    told.insert(list(told.columns).index("printed") + 1, "corrected", [notes.get(name, "") for name in own])
    return told


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it is shown, headings included; a frame without rows gets one that says none."""
    headings = [heading(name) for name in frame.columns]
    if frame.empty:
        return pd.DataFrame([["none", *[NOT_APPLICABLE] * (len(headings) - 1)]], columns=headings, dtype=object)
    columns = [[write_cell(name, value) for value in frame[name]] for name in frame.columns]
    return pd.DataFrame(zip(*columns, strict=True), columns=headings, dtype=object)


def _sheet(name: str, frame: pd.DataFrame, source: str) -> gpt.GPTable:
    """One table with its title, what its shorthand means, its source and its size."""
    table = _cells(frame)
    return gpt.GPTable(
        table=table.map(kept_as_text),
        table_name=f"table_{name}",
        title=f"{sheet_name(name)}: {HOLDS.get(name, 'a table of the release')}",
        instructions="This worksheet contains one table. Notes are on the Notes worksheet.",
        legend=[
            told for sign, told in _LEGEND.items() if table.map(lambda cell, s=sign: s in str(cell)).any(axis=None)
        ],
        source=source,
        scope=f"{len(frame):,} {'row' if len(frame) == 1 else 'rows'}, {len(frame.columns)} columns.",
        table_notes={heading(name): f"$${NOTE_OF[name]}$$" for name in frame.columns if name in NOTE_OF},
        index_columns={},
    )


def _widths(sheet: gpt.GPTable) -> list[int]:
    return widths(sheet.table[name] for name in sheet.table.columns)


def _cover(title: str, force: str, sheets: list[str]) -> gpt.Cover:
    """What the workbook is, whose figures it holds, under what terms, and where to go on."""
    return gpt.Cover(
        title=f"{force}: {title}",
        intro=[
            f"All figures and texts of one release of the {title} of {force}, one table a sheet.",
            "This is not an official statistics product: the figures are the force's own management information. "
            "National statistics on police recorded crime are official statistics, not accredited.",
            "[Contents: what each sheet holds](internal:'Contents'!A1)",
            f"Sheets after this one: Contents, Notes, {', '.join(sheets)}.",
        ],
        about=[
            "Printed numbers stand as the report prints them, slips included; corrections have a sheet of their own.",
            "No cell of a table is blank: [x] means that the report does not print it, [z] that nothing belongs there.",
            "Dates are written year, month, day, as in 2023-03-31.",
            f"Figures: {force}, {title}. Contains public sector information licensed under the Open Government Licence "
            "v3.0. Definitions and sentences are the Performance Explorer's own.",
            f"[Open Government Licence v3.0]({LICENCE})",
            "Made with Performance Explorer.",
        ],
    )
