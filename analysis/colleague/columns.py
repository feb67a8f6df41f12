"""Columns that were not moved on: values copied from the last report, or put into the column beside their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.colleague.cells import THING, place_of, value_words
from analysis.colleague.finding import Finding, key_of
from analysis.colleague.told import Told

__all__ = ["digits", "tell_columns"]

Frames = Mapping[str, pd.DataFrame]

_Cells = dict[str, list[Any]]  # of one line, by their role
_Line = tuple[_Cells, _Cells]  # now and then

_LINE = ["table", *THING, "unit"]
_LAST, _PREVIOUS = "last_12_months", "previous_12_months"
_MOVING = [_LAST, _PREVIOUS, "month", "quarter"]
_ENOUGH = 5  # digits that two reports must share before it is no chance
_MEND_COPY = "Type the new value, or say that it did not change."
_MEND_SWAP = "Look whether the columns have changed places."


def digits(value: float) -> int:
    """How many digits a value fixes: without noughts at either end.

    >>> digits(227486), digits(21.49), digits(0.3), digits(1200), digits(0)
    (6, 4, 1, 2, 0)
    """
    return len(f"{abs(value):.15g}".replace(".", "").strip("0"))


def tell_columns(cells: pd.DataFrame, older: Frames, told: Told) -> None:
    """Tell tables, else rows, whose periods moved on and whose values did not, and years in each other's columns.

    Chance is left aside: together the equal values must have at least five digits.

    Parameters
    ----------
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    older
        The frames of the older release.
    told
        What has been told so far.
    """
    before = _lines(older["figures"].sort_values("period_end", kind="stable"))
    moving = _lines(cells[cells["role"].isin(_MOVING)].sort_values("period_end", kind="stable"))
    tables: dict[str, list[_Line]] = {}
    for key in dict.fromkeys(_key(row) for row in cells.itertuples()):
        if key in moving:
            tables.setdefault(key[0], []).append((moving[key], before.get(key, {})))
    for lines in tables.values():
        still = [_still(*line) for line in lines]
        moved = [line for line, known in zip(lines, still, strict=True) if known is not None]
        same = [now for (now, _), known in zip(lines, still, strict=True) if known]
        if len(same) > 1 and len(same) == len(moved):
            _tell_copy(same, "table", told)
            continue
        for (now, then), known in zip(lines, still, strict=True):
            if known:
                _tell_copy([now], "row", told)
            elif known is not None:
                _tell_years(now, then, told)


def _lines(figures: pd.DataFrame) -> dict[tuple[str, ...], _Cells]:
    """The cells of each line by their role, in the order given."""
    found: dict[tuple[str, ...], _Cells] = {}
    for row in figures.itertuples():
        found.setdefault(_key(row), {}).setdefault(row.role, []).append(row)
    return found


def _key(row: Any) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in _LINE)


def _still(now: _Cells, then: _Cells) -> bool | None:
    """Whether every cell of a line that moved on holds its column's old value; None where nothing moved on."""
    moved = False
    for role, own in now.items():
        past = then.get(role)
        if past is None or [row.period_end for row in own] == [row.period_end for row in past]:
            continue
        moved = True
        if [row.value for row in own] != [row.value for row in past]:
            return False
    return True if moved else None


def _tell_copy(lines: Sequence[_Cells], what: str, told: Told) -> None:
    rows = sorted((row for line in lines for cells in line.values() for row in cells), key=place_of)
    own = [row for row in rows if pd.isna(row.same) and not told.knows(row)]
    if sum(digits(row.value) for row in own) < _ENOUGH:
        return
    first = own[0]
    values = ", ".join(value_words(row.value, row.unit, row.printed) for row in own[:3])
    values += f" and {len(own) - 3} more" if len(own) > 3 else ""
    where = first.title if what == "table" else f"{first.title}: {first.row_label}"
    said = f"The period of this {what} moved on, and its values did not: {values}, as in the last report."
    key = key_of("copied", first.figure_id, *[float(row.value) for row in own])
    _tell(first, key, "copied", where, said, _MEND_COPY, told, own)


def _tell_years(now: _Cells, then: _Cells, told: Told) -> None:
    """One of the two years holds an old value, its own or the other's."""
    last, previous = _only(now, _LAST), _only(now, _PREVIOUS)
    was, before_was = _only(then, _LAST), _only(then, _PREVIOUS)
    if last is not None and previous is not None:
        both = digits(last.value) + digits(previous.value) >= _ENOUGH and last.value != previous.value
        if both and _equal(last, before_was) and _equal(previous, was):
            said = "The last 12 months are the last report's previous 12 months, and the previous its last."
            _tell_pair(last, "swapped", said, _MEND_SWAP, told, [last, previous])
            return
        if last.value == previous.value and digits(last.value) >= _ENOUGH:
            said = f"Both years hold {value_words(last.value, last.unit, last.printed)}."
            _tell_pair(last, "copied", said, _MEND_COPY, told, [last, previous])
            return
    for cell, other, kind, said in (
        (last, before_was, "swapped", "The last 12 months are {value}, the last report's previous 12 months."),
        (previous, was, "swapped", "The previous 12 months are {value}, the last report's last 12 months: other ones."),
        (last, was, "copied", "The period moved on, and the value did not: {value}, as in the last report."),
        (previous, before_was, "copied", "The period moved on, and the value did not: {value}, as in the last report."),
    ):
        if cell is not None and _equal(cell, other) and digits(cell.value) >= _ENOUGH and not told.knows(cell):
            value = value_words(cell.value, cell.unit, cell.printed)
            mend = _MEND_SWAP if kind == "swapped" else _MEND_COPY
            _tell_pair(cell, kind, said.format(value=value), mend, told, [cell])


def _only(line: _Cells, role: str) -> Any:
    found = line.get(role, [])
    return found[0] if len(found) == 1 else None


def _equal(cell: Any, other: Any) -> bool:
    """The same value of another period."""
    return other is not None and cell.value == other.value and cell.period_end != other.period_end


def _tell_pair(cell: Any, kind: str, said: str, mend: str, told: Told, own: Sequence[Any]) -> None:
    where = f"{cell.title}: {cell.row_label}, {cell.column_label} ({cell.figure_id})"
    key = key_of(kind, cell.figure_id, *[float(row.value) for row in own])
    _tell(cell, key, kind, where, said, mend, told, own)


def _tell(cell: Any, key: str, kind: str, where: str, said: str, mend: str, told: Told, own: Sequence[Any]) -> None:
    finding = Finding(
        key=key, kind=kind, where=where, what=said, how_to_mend=mend, serious=True, place=place_of(cell),
        section=cell.section, table=cell.table, figure_id=cell.figure_id,
    )  # fmt: skip
    told.tell(finding, *[(row.figure_id, float(row.value)) for row in own])
