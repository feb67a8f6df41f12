"""A release as a Word document in the shape of the printed report, made by python-docx; for tests only.

grids = printed_tables(frames)              # by table: rows of cells, the first of them headings
grids["asb"][1][2] = "1,234*"               # whatever should be otherwise
content = printed_report(frames, grids)
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pandas as pd

from analysis.next_report import Read, read_back
from tests.filled_workbook import cells_of, edited, june, planned
from tests.published import release

Grids = dict[str, list[list[str]]]

NO_LABELS = ("calls_999", "answer_time_999", "calls_101", "answer_time_101")  # printed as one row of numbers alone
LABEL_ABOVE = ("answered_10s_999", "abandoned_999", "abandoned_101")  # the label stands over a blank cell
SUBTOTAL = " (subtotal, no label in the report)"
TREND = "Trend"  # a column of pictures


@cache
def june_release(root: Path) -> Read:
    """The invented quarter as a workbook makes it, with every period moved on."""
    _, sheets = planned(release())
    return read_back(edited(cells_of(sheets), june(root)), release().frames())


def printed_tables(frames: Mapping[str, pd.DataFrame]) -> Grids:
    """Each table that prints figures and no areas of its own: its headings and rows as the report prints them."""
    grids: Grids = {}
    figures = frames["figures"][["table", "row_order", "column_order", "row_label", "column_label", "printed"]]
    derived = frames["as_published"]
    derived = derived[derived["figure_id"] == ""][figures.columns]
    both = pd.concat([figures, derived]).astype({"row_order": int, "column_order": int})
    named = set(frames["ranges"]["table"])
    for name, rows in both.groupby("table", sort=False):
        if name in named:
            continue
        heads = dict(rows.sort_values("column_order")[["column_order", "column_label"]].itertuples(index=False))
        grid = [["", *heads.values()]]
        for _, cells in rows.sort_values("row_order").groupby("row_order"):
            held = dict(zip(cells["column_order"], cells["printed"], strict=True))
            grid.append([cells["row_label"].iloc[0], *(held.get(order, "") for order in heads)])
        grids[str(name)] = _as_printed(str(name), grid)
    return grids


def _as_printed(name: str, grid: list[list[str]]) -> list[list[str]]:
    if name in NO_LABELS:
        return [[*row[1:], TREND * (place == 0)] for place, row in enumerate(grid)]
    if name in LABEL_ABOVE:
        return [[grid[1][0], *grid[0][1:]], ["", *grid[1][1:]]]
    if name == "speedwatch_quarter":
        return [[grid[0][1], ""], *grid[1:]]
    if name == "speed_camera_disposals":
        parted = [head.partition(", ") for head in grid[0]]
        return [[head[0] for head in parted], [head[2] for head in parted], *grid[1:]]
    if name.startswith("revenue"):
        return _revenue(grid)
    return grid


def _revenue(grid: list[list[str]]) -> list[list[str]]:
    """Under a heading over all columns, with a line for each part and no words beside its sum."""
    rows = [["", "2022/23 Outturn", "2022/23 Outturn", "2022/23 Outturn"], grid[0]]
    parts = [row[0].removesuffix(SUBTOTAL) for row in grid if row[0].endswith(SUBTOTAL)]
    begun = ""
    for row in grid[1:]:
        if parts and begun != parts[0] and not row[0].startswith("Total"):
            begun = parts[0]
            rows.append([begun, "", "", ""])
        ends = row[0].endswith(SUBTOTAL)
        rows.append(["", *row[1:]] if ends else row)
        parts = parts[1:] if ends else parts
    return rows


def printed_report(
    frames: Mapping[str, pd.DataFrame],
    grids: Grids,
    data_to: str = "30 June 2023",
    text: Mapping[str, Sequence[str]] = {},
) -> bytes:
    """The document: a cover, and under the headings of the report its tables and ``text`` by section id."""
    word = docx.Document()
    word.add_paragraph("INVENTED FOR TESTS", style="Title")
    word.add_paragraph(f"Data to {data_to}")
    sections = frames["sections"].set_index("id")
    titles = frames["tables"].set_index("id")
    said, chapter, below = set(), "", ""
    for name, table in titles.iterrows():
        if name not in grids:
            continue
        where, _, last = str(table["where"]).partition(", ")
        number = where.removeprefix("section ")
        title = sections.at[table["section"], "title"]
        if (own := f"{number} {title}") != chapter:
            chapter, below = own, ""
            word.add_heading(own, 2)
        if table["section"] not in said:
            said.add(table["section"])
            for line in text.get(table["section"], ()):
                word.add_paragraph(line)
        last = last.removesuffix(", Data").split(", ")[0]
        if last not in ("Data", below, ""):
            below = last
            word.add_heading(last, 3)
        _add_table(word, grids[str(name)])
        word.add_paragraph("")
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _add_table(word: Any, grid: list[list[str]]) -> None:
    """A table; the same heading over neighbouring columns is one joined cell."""
    made = word.add_table(len(grid), len(grid[0]))
    for cells, row in zip(made.rows, grid, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    first = grid[0]
    joined = [place for place, (left, right) in enumerate(pairwise(first), start=1) if left and left == right]
    if joined:
        made.cell(0, joined[0] - 1).merge(made.cell(0, joined[-1]))
        made.cell(0, joined[0] - 1).text = first[joined[0]]
