"""A row, or a cell, that no report had before: what it counts, from its name and from what stands beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.next_report.cells import ASKED, WORKED_OUT, Cell, Column, Row, Table
from analysis.next_report.grid import Located
from analysis.next_report.read import Problem
from analysis.next_report.table_sheets import ROW, UNIT, unit_words
from analysis.numbers import UNIT_WORDS, unit_of_change

__all__ = ["NewRow", "extra_cell", "id_from", "new_row"]

_LONGEST = 60  # characters of an id made from a name


@dataclass(frozen=True)
class NewRow:
    """A new row: its cells, and the measure it counts, which may be a new one (``like`` is then one beside it)."""

    table: Table
    key: str
    label: str
    measure: str
    is_new: bool
    unit: str
    like: str
    cells: tuple[Cell, ...]


def id_from(label: str) -> str:
    """An id made from a name.

    >>> id_from("E-Scooter (new)"), id_from("?")
    ('e_scooter_new', 'row')
    """
    return (
        re.sub("[^a-z0-9]+", "_", label.casefold().replace("%", " percent ")).strip("_")[:_LONGEST].strip("_") or "row"
    )


def new_row(
    table: Table, row: Row, label: str, located: Located, areas: Mapping[str, str], measures: Mapping[str, str]
) -> NewRow | Problem:
    """What a new row counts: another area, another part of one measure, or another measure, as the rows before it do.

    Parameters
    ----------
    table, row, label
        The table, one of its spare rows, and the name that was typed in it.
    located
        Its sheet.
    areas, measures
        Ids by name in small letters.
    """
    if any(move.axis != "column" for move in table.moves) or any(column.names_area for column in table.columns):
        mend = "Remove it; such a row cannot be added here"
        return located.problem(row.key, ROW, label, "nothing, for the rows of this table are not alike", mend)
    parts = [cell for cell in table.in_order() if cell.figure and cell.figure["row_kind"] == "part"]
    parts = parts or [cell for cell in table.in_order() if cell.figure]
    subject = {name: Counter(cell.figure[name] for cell in parts) for name in ("measure", "area", "breakdown")}
    chosen = {name: counts.most_common(1)[0][0] for name, counts in subject.items()}
    like, is_new = chosen["measure"], False
    if len(subject["area"]) > 1:
        area = areas.get(label.casefold())
        if area is None:
            mend = "Type the name of an area as the sheet Lists has it"
            return located.problem(row.key, ROW, label, "the name of an area, as in the rows above", mend)
        chosen["area"] = area
    elif len(subject["measure"]) == 1 and chosen["breakdown"]:
        chosen["breakdown"] = f"{chosen['breakdown'].partition('=')[0]}={label}"
    else:
        chosen["measure"] = measures.get(label.casefold(), "")
        is_new = not chosen["measure"]
        chosen["measure"] = chosen["measure"] or _unused_id(id_from(label), measures)
    unit = _unit(row, located) or Counter(cell.unit for cell in parts).most_common(1)[0][0]
    cells = _cells(table, row, id_from(label), chosen, unit)
    return NewRow(table, row.key, label, chosen["measure"], is_new, unit, like, cells)


def _unused_id(name: str, measures: Mapping[str, str]) -> str:
    taken, number, own = set(measures.values()), 2, name
    while own in taken:
        own, number = f"{name}_{number}", number + 1
    return own


def _unit(row: Row, located: Located) -> str:
    words = located.held(row.key, UNIT).text.casefold()
    return next((unit for unit in UNIT_WORDS if words and unit_words(unit).casefold() == words), "")


def _cells(table: Table, row: Row, stem: str, subject: Mapping[str, str], unit: str) -> tuple[Cell, ...]:
    figures: dict[str, Cell] = {}
    derived: list[tuple[Column, Cell]] = []
    for column in table.columns:
        pattern = _pattern(table, column)
        if pattern is None:
            continue
        if not pattern.figure:
            derived.append((column, pattern))
            continue
        name = f"{table.id}.{stem}.{pattern.id.rpartition('.')[2]}"
        figure = (
            dict(pattern.figure)
            | dict(subject)
            | {"unit": unit, "row_kind": "part", "numerator": "", "denominator": ""}
        )
        figures[column.key] = replace(
            pattern, id=name, older="", kind=ASKED, row=row.key, unit=unit, printed="", value=float("nan"),
            figure=figure, derived="", formula="", inputs=(),
        )  # fmt: skip
    made = [_worked_out(table, row, stem, column, pattern, figures, unit) for column, pattern in derived]
    return (*figures.values(), *(cell for cell in made if cell is not None))


def _pattern(table: Table, column: Column) -> Cell | None:
    """The cell of a column that others are like: of a part where there is one, worked out where most are."""
    own = [cell for row in table.rows if (cell := table.cells.get((row.key, column.key)))]
    parts = [cell for cell in own if not cell.figure or cell.figure["row_kind"] == "part"] or own
    made = [cell for cell in parts if cell.figure or cell.kind == WORKED_OUT]
    return made[0] if made else None


def _worked_out(
    table: Table, row: Row, stem: str, column: Column, pattern: Cell, figures: Mapping[str, Cell], unit: str
) -> Cell | None:
    """The derived number of a row, where its pattern rests on its own row alone."""
    columns = _columns_of(table, pattern.inputs, pattern.row)
    if not columns or any(key not in figures for key in columns):
        return None
    return replace(
        pattern, id=f"{table.id}.{stem}.{pattern.id.rpartition('.')[2]}", older="", row=row.key,
        unit=unit_of_change(pattern.derived, unit),
        inputs=tuple(figures[key].id for key in columns),
    )  # fmt: skip


def _columns_of(table: Table, inputs: Sequence[str], row: str) -> list[str]:
    """The columns of a row in which inputs stand; none where one stands elsewhere."""
    stand = {cell.id: cell.column for cell in table.cells.values() if cell.row == row}
    return [stand[name] for name in inputs] if all(name in stand for name in inputs) else []


def extra_cell(table: Table, row: Row, column: Column, area: str = "") -> Cell | None:
    """A cell where the report printed nothing before; None where nothing beside it tells what it would be.

    Parameters
    ----------
    table, row, column
        Where it stands.
    area
        The area it is named for, in a table that names areas anew.
    """
    pattern = _pattern(table, column)
    beside = [cell for cell in table.cells.values() if cell.row == row.key]
    own = next((cell for cell in beside if cell.figure), None)
    if pattern is None or own is None:
        return None
    middle, last = own.id.split(".", 1)[-1].rpartition(".")[0], pattern.id.rpartition(".")[2]
    if not pattern.figure:
        stand = {cell.column: cell for cell in beside}
        columns = _columns_of(table, pattern.inputs, pattern.row)
        inputs = tuple(stand[key].id if key in stand else "-" for key in columns)
        return replace(pattern, id=f"{table.id}.{middle}.{last}", older="", row=row.key, kind=ASKED, inputs=inputs)
    by_row = any(move.axis == "row" for move in table.moves)
    subject, period = (pattern, own) if by_row else (own, pattern)
    figure = dict(subject.figure) | {name: period.figure[name] for name in ("role", "period_start", "period_end")}
    stem = f"{_without_area(middle, own.figure['area'])}_{area}" if area else middle
    figure |= {"area": area} if area else {}
    figure |= {"numerator": "", "denominator": "", "row_kind": own.figure["row_kind"]}
    name = f"{table.id}.{stem}.{last}"
    taken = {cell.id for cell in table.cells.values()}
    while name in taken:
        name += "_new"
    return Cell(
        id=name, older="", kind=ASKED, row=row.key, column=column.key, unit=subject.unit, printed="",
        value=float("nan"), was=pattern.was if subject is own else own.was, figure=figure,
    )  # fmt: skip


def _without_area(stem: str, area: str) -> str:
    """The middle of an id without the area at its end.

    >>> _without_area("q3a_east_staffs", "lpt_east_staffs"), _without_area("q3a", "lpt_city")
    ('q3a', 'q3a')
    """
    words = area.split("_")
    for first in range(len(words)):
        end = "_" + "_".join(words[first:])
        if stem.endswith(end):
            return stem.removesuffix(end)
    return stem
