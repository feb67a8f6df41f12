"""The sheets beside the tables, read back: facts of the release, periods, and the lists."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.audit.printed import exact, read_printed
from analysis.next_report.grid import Held, Located
from analysis.next_report.list_columns import FIXED, ListColumn, ListSheet
from analysis.next_report.read import Problem
from analysis.next_report.typed import is_blank, says_not_printed
from analysis.next_report.values import decimal_text

__all__ = ["ListRow", "Lookup", "day_of", "read_list"]

_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True)
class Lookup:
    """Ids by their names in small letters: of sections, measures, areas, units, surveys; ids stand for themselves."""

    sections: Mapping[str, str]
    measures: Mapping[str, str]
    areas: Mapping[str, str]
    units: Mapping[str, str]
    surveys: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()  # such as basis:validated, which stand for several measures

    def of(self, form: str) -> Mapping[str, str]:
        """The names of one kind."""
        known = {"section": self.sections, "measure": self.measures, "unit": self.units, "survey": self.surveys}
        return known.get(form, {})


@dataclass
class ListRow:
    """One row of a list: its key, the fields it holds as text, and the cell of each."""

    key: str
    fields: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Held] = field(default_factory=dict)


def read_list(located: Located, listed: ListSheet, lookup: Lookup, problems: list[Problem]) -> Iterator[ListRow]:
    """The rows of a list that hold anything, each field as the text of its file.

    Parameters
    ----------
    located, listed
        The sheet, and what its columns are.
    lookup
        Ids by name.
    problems
        Where cells that cannot be read are told.
    """
    for key in located.rows:
        row = ListRow(key)
        for column in listed.columns:
            held = located.held(key, column.heading)
            row.cells[column.field] = held
            row.fields[column.field] = ""
            if not is_blank(held.value) and not says_not_printed(held.value):
                text, expected = _read(held, column, lookup)
                if expected:
                    problems.append(
                        located.problem(key, column.heading, held.text, expected, "Mend it or clear the cell")
                    )
                row.fields[column.field] = text
        if any(row.fields.values()):
            yield row


def _read(held: Held, column: ListColumn, lookup: Lookup) -> tuple[str, str]:
    """A cell as the text of its file, and what was expected where it cannot be read."""
    if column.form == "date":
        day = day_of(held.value)
        return ("", "a date such as 2023-06-30") if day is None else (f"{day:%Y-%m-%d}", "")
    if column.form == "number":
        return _number(held)
    if column.form == "measures":
        return _several(held.text, lookup)
    known = lookup.of(column.form)
    if column.form in ("section", "measure", "unit", "survey"):
        found = known.get(held.text.casefold(), "")
        return found, "" if found else f"one of the {column.choices.casefold()} on the sheet Lists"
    words = FIXED.get(column.choices)
    if words is not None and held.text.casefold() not in words:
        return "", f"{', '.join(words[:-1])} or {words[-1]}"
    return (held.text.casefold() if words is not None else held.text), ""


def _number(held: Held) -> tuple[str, str]:
    if isinstance(held.value, int | float) and not isinstance(held.value, bool):
        return decimal_text(exact(held.value) * (100 if "%" in held.format else 1)), ""
    read = read_printed(held.text)
    return ("", "a number such as 12 or 4.5") if read is None else (decimal_text(read.value), "")


def _several(text: str, lookup: Lookup) -> tuple[str, str]:
    """Measures by name with semicolons between, or groups of them such as section:asb."""
    known = dict(lookup.measures) | {group: group for group in lookup.groups}
    found = [known.get(name.strip().casefold(), "") for name in text.split(";") if name.strip()]
    if found and all(found):
        return " ".join(found), ""
    return "", "measures from the sheet Lists, with semicolons between them"


def day_of(value: Any) -> pd.Timestamp | None:
    """A date as typed: a spreadsheet's own, or words such as 30 June 2023 and 30/06/2023.

    >>> day_of("30 June 2023") == day_of("30/06/2023") == day_of("2023-06-30")
    True
    """
    if isinstance(value, datetime.datetime | datetime.date):
        return pd.Timestamp(value).normalize()
    for form in _FORMS:
        try:
            return pd.Timestamp(datetime.datetime.strptime(" ".join(str(value).split()), form))
        except ValueError:
            continue
    return None
