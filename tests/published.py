"""The published release for tests: typed as the explorer reads it, and as text read without any code of ours."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd

from data.releases import Release, load_release
from tests.serving import ROOT

DATA = ROOT / "data"
FOLDER = DATA / "releases" / "2023-03"


@cache
def release() -> Release:
    """The release, read and checked once; nobody may change its frames."""
    return load_release(DATA, "2023-03")


@cache
def text_frame(name: str) -> pd.DataFrame:
    """One file of the release, every cell as it stands there, nothing where it is left out; nobody may change it."""
    if not (FOLDER / f"{name}.csv").exists():
        return pd.DataFrame()
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        header, *rows = list(csv.reader(handle))
    return pd.DataFrame(rows, columns=header, dtype=str)


def write_csv(file: Path, frame: pd.DataFrame) -> None:
    """Write a frame of text as the files of a release are written."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([list(frame.columns), *frame.itertuples(index=False, name=None)])


def plant(folder: Path, name: str, row: int, **cells: str) -> None:
    """Put cells into a row of a copied release; ``row`` as a spreadsheet counts, the header being row 1.

    A column named like a Python word takes a line below: ``from_``.
    """
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        header, *rows = list(csv.reader(handle))
    for column, cell in cells.items():
        rows[row - 2][header.index(column.rstrip("_"))] = cell
    write_csv(folder / f"{name}.csv", pd.DataFrame(rows, columns=header, dtype=str))
