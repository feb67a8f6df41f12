"""Anyone's own numbers to compare: a CSV whose header says what they are."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data.contracts import read_table
from data.errors import DataError

__all__ = ["KINDS", "MOST_DISPERSION", "RESULTS", "read_pairs"]

KINDS = {"rates": ["count", "pop"], "shares": ["x1", "n1", "x2", "n2"], "counts": ["earlier", "later"]}
RESULTS = ["estimate", "lower", "upper", "p", "method"]
MOST_DISPERSION = 10_000
_EXPECTED = "count,pop or x1,n1,x2,n2 or earlier,later[,dispersion]"


def read_pairs(path: Path) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """Read numbers to be compared, one comparison a row.

    Columns are known by the header: ``count,pop`` (rates), ``x1,n1,x2,n2`` (shares) or ``earlier,later`` with or
    without ``dispersion`` (counts). Others, such as a name, are kept.

    Returns
    -------
    tuple
        The kind, "rates", "shares" or "counts"; the other columns as text; the numbers as float, a blank dispersion
        missing.

    Raises
    ------
    DataError
        Every problem of the file, each naming row and column.
    """
    header = _header(path)
    kind = _kind(header, path.name)
    own = [*KINDS[kind], *(["dispersion"] if kind == "counts" and "dispersion" in header else [])]
    taken = [name for name in header if name in RESULTS]
    if taken:
        raise DataError(f"{path.name}: column {taken[0]} is one of the results. Give it another name.")
    schema = pa.DataFrameSchema({name: _column(name, name in own) for name in header}, strict=True)
    rows = read_table(path, schema)
    if rows.empty:
        raise DataError(f"{path.name}: there is no row under the header.")
    problems = _more_than_base(rows, path.name) if kind == "shares" else []
    if problems:
        raise DataError(problems)
    return kind, rows.drop(columns=own), rows[own]


def _header(path: Path) -> list[str]:
    if not path.is_file():
        raise DataError(f"There is no file {path}.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return next(csv.reader(handle), [])
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name}: byte {error.start} is not UTF-8. Save the file as 'CSV UTF-8'.") from None


def _kind(header: list[str], file: str) -> str:
    found = [kind for kind, names in KINDS.items() if set(names) <= set(header)]
    if len(found) == 1:
        return found[0]
    if found:
        raise DataError(f"{file}: the columns are of more than one kind. Expected {_EXPECTED}; split the file.")
    begun = [name for names in KINDS.values() if set(names) & set(header) for name in names if name not in header]
    if begun:
        raise DataError([f"{file}: there is no column {name}. Expected {_EXPECTED}." for name in begun])
    raise DataError(f"{file}: found the columns {', '.join(header) or 'nothing'}. Expected {_EXPECTED}.")


def _column(name: str, own: bool) -> pa.Column:
    """The contract of one column: a number of its kind, or any text."""
    if not own:
        return pa.Column(str, metadata={"kind": "text"})
    test, expected = _TESTS.get(name, (_is_whole, "a whole number of 0 or more"))
    return pa.Column(str, pa.Check(test, element_wise=True, error=expected), metadata={"kind": "number"})


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,20})?", cell))


def _is_whole(cell: str) -> bool:
    """A count, also as a spreadsheet may write it, with a point and zeros."""
    return bool(re.fullmatch(r"[0-9]{1,15}(\.0+)?", cell))


def _is_base(cell: str) -> bool:
    return _is_whole(cell) and float(cell) > 0


_TESTS: dict[str, tuple[Callable[[str], bool], str]] = {
    "pop": (lambda cell: _is_number(cell) and float(cell) > 0, "a number above 0"),
    "n1": (_is_base, "a whole number above 0"),
    "n2": (_is_base, "a whole number above 0"),
    "dispersion": (
        lambda cell: not cell or (_is_number(cell) and 0 < float(cell) < MOST_DISPERSION),
        f"a number between 0 and {MOST_DISPERSION:,}, or nothing",
    ),
}


def _more_than_base(rows: pd.DataFrame, file: str) -> list[str]:
    return [
        f"{file}, row {row + 2}, column {x}: found {cells[x]:g}, expected at most {cells[n]:g}, its base in {n}."
        for row, cells in enumerate(rows.to_dict("records"))
        for x, n in (("x1", "n1"), ("x2", "n2"))
        if cells[x] > cells[n]
    ]
