"""The workbook of the next report, filled by script as an analyst would, with the invented June 2023 values; for tests.

content = next_quarter(root)                         # blank, made from the first release of a data folder
content = filled(content, root)                      # with the values of tests/second_release.py
content = with_cells(content, {("Start", "B10"): "2023-08-16"})
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.utils.cell import coordinate_to_tuple

from analysis.next_report import SHEET_COLUMNS, Plan, Read, plan_next, read_back
from analysis.next_report.book import sheets_of
from analysis.next_report.cells import ASKED, TOTAL, WORKED_OUT
from analysis.next_report.grid import address
from analysis.next_report.sheets import SheetPlan, places_of_ids
from data.releases import Release, load_release
from documents.report_workbook import next_workbook
from tests.published import release
from tests.second_release import DROPPED, FIRST, NEW, RENAMED, REVISED, SECOND

DATA_TO = date(2023, 6, 30)
Cells = Mapping[tuple[str, str], Any]


def next_quarter(release: Release, release_id: str = SECOND, data_to: date = DATA_TO) -> bytes:
    """The blank workbook that follows a release."""
    return next_workbook(release.frames(), asdict(release.info), release.id, release_id, data_to)


def planned(release: Release, release_id: str = SECOND, data_to: date = DATA_TO) -> tuple[Plan, list[SheetPlan]]:
    """The plan of that workbook and its sheets."""
    plan = plan_next(release.frames(), asdict(release.info), release.id, release_id, pd.Timestamp(data_to))
    return plan, sheets_of(plan, release.frames())


def with_cells(content: bytes, cells: Cells, formats: Mapping[tuple[str, str], str] | None = None) -> bytes:
    """The workbook with values put in, by sheet and address."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in cells.items():
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet][cell] = value
    for (sheet, cell), form in (formats or {}).items():
        book[sheet][cell].number_format = form
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells_of(sheets: list[SheetPlan]) -> pd.DataFrame:
    """The cells that the workbook of these sheets has, without a file between."""
    rows: list[tuple[Any, ...]] = []
    for sheet in sheets:
        lines = [(number, 1, line, False) for number, line in enumerate(sheet.lines, start=1)]
        lines += [(sheet.header_row, number, text, False) for number, text in enumerate(sheet.headings, start=1)]
        for row, slots in enumerate(sheet.rows):
            for column, slot in enumerate(slots):
                formula = bool(slot.formula) and slot.kind in (TOTAL, WORKED_OUT)
                if formula or slot.value is not None:
                    lines.append((*sheet.place(row, column)[1:], None if formula else slot.value, formula))
        rows += [(sheet.name, *line[:3], "General", line[3], "") for line in lines]
    return pd.DataFrame(rows, columns=SHEET_COLUMNS).astype({"value": object})


def answered(plan: Plan, sheets: list[SheetPlan]) -> pd.DataFrame:
    """A whole workbook: each cell that is asked holds what was printed in its place before."""
    places = {name: (place[0], address(*place[1:])) for name, place in places_of_ids(sheets).items()}
    cells = {places[cell.id]: cell.was for cell in plan.cells().values() if cell.kind == ASKED}
    return edited(cells_of(sheets), cells | facts(sheets))


@cache
def shipped_sheets() -> list[SheetPlan]:
    """The sheets of the workbook after the shipped release."""
    return planned(release())[1]


@cache
def shipped_answers() -> pd.DataFrame:
    """That workbook whole: each cell that is asked holds what was printed in its place before."""
    return answered(*planned(release()))


def read_shipped(changes: Cells) -> Read:
    """That filled workbook with some cells changed, read back."""
    return read_back(edited(shipped_answers(), changes), release().frames())


def edited(cells: pd.DataFrame, changes: Cells, formats: Mapping[tuple[str, str], str] | None = None) -> pd.DataFrame:
    """Cells with values put in, by sheet and address; None clears."""
    held = {(row.sheet, row.row, row.column): row for row in cells.itertuples(index=False)}
    made = {place: tuple(row) for place, row in held.items()}
    for (sheet, place), value in changes.items():
        row, column = coordinate_to_tuple(place)
        form = (formats or {}).get((sheet, place), "General")
        made[sheet, row, column] = (sheet, row, column, value, form, False, "")
    kept = [row for row in made.values() if row[3] is not None or row[5]]
    return pd.DataFrame(kept, columns=SHEET_COLUMNS).astype({"value": object})


def place_of(sheets: list[SheetPlan], sheet: str, key: str, heading: str) -> tuple[str, str]:
    """The sheet and the address of a cell by its row's key and the beginning of its heading."""
    (own,) = [each for each in sheets if each.name == sheet]
    column = next(place for place, each in enumerate(own.headings) if each.startswith(heading))
    name, row, number = own.place(own.keys.index(key), column)
    return name, address(row, number)


def facts(sheets: list[SheetPlan]) -> dict[tuple[str, str], Any]:
    """What the Start sheet asks for."""
    said = {"published": "16 August 2023", "source": "INVENTED FOR TESTS", "marking": "INVENTED FOR TESTS"}
    return {place_of(sheets, "Start", key, "Yours"): value for key, value in said.items()}


def june(root: Path) -> dict[tuple[str, str], Any]:
    """Every cell of a whole invented quarter: numbers as numbers, as text with commas and as per cents in turn.

    One row is renamed, one is new, one is left blank, three past values are revised.
    """
    release, second = load_release(root, FIRST), load_release(root, SECOND)
    plan, sheets = planned(release)
    places = {name: (place[0], address(place[1], place[2])) for name, place in places_of_ids(sheets).items()}
    values = second.figures.set_index("figure_id")
    cells = facts(sheets)
    for turn, cell in enumerate(cell for cell in plan.cells().values() if cell.kind == ASKED):
        if cell.figure and cell.figure["measure"] == DROPPED:
            continue
        value = float(values.at[cell.older, "value"]) if cell.older in values.index else 0.31
        text = f"{value:,.0f}" if value == int(value) else f"{value}"
        cells[places[cell.id]] = (f"{text}%" if cell.unit == "percent" else text) if turn % 3 else value
    for cell in plan.cells().values():  # a total that the report prints otherwise is typed over
        if cell.kind == TOTAL and cell.formula == "sum" and cell.older in values.index and not cell.printed:
            parts = [plan.cells()[name].older for name in cell.inputs]
            own = float(values.at[cell.older, "value"])
            if all(part in values.index for part in parts) and sum(values.loc[parts, "value"]) != own:
                cells[places[cell.id]] = own
    for figure, (_, now) in REVISED.items():
        cells[places[figure]] = now
    table, _, now = RENAMED
    own = {table.id: table for table in plan.tables}
    cells[place_of(sheets, own[table].sheet, f"{table}.1", "Row")] = now
    sheet = own["motoring_offences"].sheet
    new = second.figures[second.figures["measure"] == NEW].set_index("role")["value"]
    key = "motoring_offences.new_1"
    cells[place_of(sheets, sheet, key, "Row")] = "E-Scooter"
    headings = {"previous_12_months": "Previous", "last_12_months": "Last", "baseline": "Baseline (Apr"}
    for role, heading in headings.items():
        cells[place_of(sheets, sheet, key, heading)] = float(new[role])
    cells[place_of(sheets, "New measures", "new_1", "Row")] = "E-Scooter"
    cells[place_of(sheets, "New measures", "new_1", "Definition")] = "Invented for tests: tickets for riding one."
    return cells
