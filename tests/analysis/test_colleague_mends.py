"""What a colleague asks can be mended in the workbook: no question on a cell that nobody typed, none without a way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.colleague import ask
from tests.published import release

Frames = Mapping[str, pd.DataFrame]


def report(*tables: str) -> dict[str, pd.DataFrame]:
    """A few tables of the shipped release, without its text."""
    frames = dict(release().frames())
    for name in ("statements", "comparisons", "wordings", "ranges", "overlaps"):
        frames[name] = frames[name][:0]
    for name, column in (("figures", "table"), ("as_published", "table"), ("tables", "id")):
        frames[name] = frames[name][frames[name][column].isin(tables)].reset_index(drop=True)
    return frames


def with_cells(frames: Frames, file: str, name: str, **cells: Any) -> dict[str, pd.DataFrame]:
    """The frames with cells of one row changed; a figure's print follows its value."""
    frame = frames[file].copy()
    here = frame["figure_id" if file == "figures" else "id"] == name
    assert here.sum() == 1, name
    if "value" in cells:
        cells.setdefault("printed", f"{cells['value']:.15g}")
    for column, cell in cells.items():
        frame.loc[here, column] = cell
    return {**frames, file: frame}


def asked(older: Frames, newer: Frames, figure: str) -> pd.Series:
    """The one question on a figure or derived number."""
    found = ask(older, newer)
    return found[found["figure_id"] == figure].squeeze()


def test_a_change_that_the_workbook_writes_as_the_last_report_does_needs_no_answer() -> None:
    """The last report prints 0.0% there, which is right in either unit, and -4.7% one row above."""
    older, row = report("conviction_rates"), "conviction_rates.magistrates_court"
    newer = with_cells(older, "figures", f"{row}.last_12_months", value=87.8, printed="87.8%")
    before = newer["figures"].set_index("figure_id").at[f"{row}.previous_12_months", "value"]
    newer = with_cells(newer, "as_published", f"{row}.difference", printed=f"{87.8 - before:.1f}%")
    own = asked(older, newer, f"{row}.difference")
    assert (own["kind"], own["serious"]) == ("as_before", False)
    points = with_cells(older, "as_published", f"{row}.difference", printed="0.0")
    points = with_cells(points, "as_published", "conviction_rates.crown_court.difference", printed="-4.7")
    own = asked(points, newer, f"{row}.difference")
    assert (own["kind"], own["serious"]) == ("report_check", True), "the last report writes points"
