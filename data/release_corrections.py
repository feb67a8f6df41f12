"""The corrections of a release that is kept: one more line, and those that stay when it is made anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.contracts import SCHEMAS, cells_of, check_table, csv_text, read_cells
from data.corrected import joined
from data.errors import DataError
from data.release_places import Place, places
from data.releases import CORRECTIONS

__all__ = ["correction_line", "corrections_stay"]


def corrections_stay(
    frames: Mapping[str, pd.DataFrame], root: Path, release_id: str, home: Path | None
) -> dict[str, pd.DataFrame]:
    """The tables of a release that is made anew, with the corrections of numbers that are still printed the same.

    Parameters
    ----------
    frames
        Every table as text, by the name of its file. Corrections of their own hold.
    root, release_id, home
        Where the release is kept so far; what is not there brings no corrections.

    Raises
    ------
    DataError
        When corrections are there and cannot be read: they would be lost.
    """
    now, place = frames.get("corrections"), places(root, home).get(release_id)
    if place is None or (now is not None and len(now)):
        return dict(frames)
    rows = _corrections_at(place)
    if rows.empty:
        return dict(frames)
    ids = {"statements": "id", "as_published": "id", "figures": "figure_id"}  # a total is corrected as its figure
    printed = {name: text for file, column in ids.items() if file in frames
               for name, text in zip(frames[file][column], frames[file]["printed"], strict=True)}  # fmt: skip
    same = [printed.get(name) == text for name, text in zip(rows["id"], rows["printed"], strict=True)]
    return {**frames, "corrections": rows[same].reset_index(drop=True)}


def _corrections_at(place: Place) -> pd.DataFrame:
    """Every correction of a release as text, those that the store adds below the data folder's."""
    columns = list(SCHEMAS["corrections"].columns)
    found = []
    for path in place.files(CORRECTIONS):
        if not path.exists():
            continue
        try:
            cells = read_cells(path)
            check_table(cells, "corrections", CORRECTIONS)
        except (DataError, OSError) as error:
            told = f"The corrections of the release {place.id} cannot be read, and would be lost. Mend {path} first."
            raise DataError([told, *(error.problems if isinstance(error, DataError) else [str(error)])]) from None
        found.append(cells[columns])
    return joined(found) if found else pd.DataFrame(columns=columns, dtype=str)


def correction_line(corrections: bytes, line: Mapping[str, str]) -> bytes:
    """A ``corrections.csv`` with one more line, whatever the order of its columns was; all of it keeps to the contract.

    Raises
    ------
    DataError
        When a cell of the line does not, or what stood there cannot be read.
    """
    columns = list(SCHEMAS["corrections"].columns)
    row = pd.DataFrame([line], columns=columns, dtype=str)
    check_table(row, "corrections", CORRECTIONS)
    cells = pd.concat([cells_of(corrections, CORRECTIONS), row], ignore_index=True)
    check_table(cells, "corrections", CORRECTIONS)
    return csv_text(cells[columns]).encode()
