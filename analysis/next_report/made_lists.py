"""The lists of the next release (places, ranges, explanations, events, promises), made from their sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.next_report.grid import Located
from analysis.next_report.list_columns import COMPARISONS, EVENTS, EXPLANATIONS, MISSING, PROMISES, RANGES
from analysis.next_report.new_rows import id_from
from analysis.next_report.read import Problem
from analysis.next_report.read_lists import ListRow, Lookup, read_list
from analysis.next_report.texts import text_frame, text_rows
from analysis.next_report.typed import says_not_printed
from analysis.next_report.words_read import read_place, read_range

__all__ = ["Lists", "need_fields", "read_lists", "read_missing", "unused_id"]

_ID = 60


class Lists:
    """The lists on their way: what they are made of, and what was met.

    ``places`` are the sheet and the cell of each row that was made: of places and ranges by their id, of events and
    promises by ``events.`` or ``commitments.`` and their id.
    """

    def __init__(
        self, older: Mapping[str, pd.DataFrame], lookup: Lookup, problems: list[Problem], notes: list[str]
    ) -> None:
        self.older = {name: text_frame(older[name]) for name in _FILES}
        self.lookup, self.problems, self.notes = lookup, problems, notes
        self.places: dict[str, tuple[str, str]] = {}
        sections = older["sections"]
        self.where = dict(zip(sections["id"], sections["where"], strict=True))
        forces = older["areas"].loc[older["areas"]["kind"] == "force", "id"]
        self.force = str(forces.iloc[0]) if len(forces) else str(older["areas"]["id"].iloc[0])
        self.titles = dict(zip(older["measures"]["id"], older["measures"]["title"], strict=True))

    def rows(self, located: Located, listed: Any) -> Iterable[tuple[ListRow, dict[str, str]]]:
        """Each row of a sheet that holds anything, with the older report's row of its key."""
        own = self.older[listed.file]
        before = {row["id"]: row for row in text_rows(own)}
        for row in read_list(located, listed, self.lookup, self.problems):
            yield row, dict.fromkeys(map(str, own.columns), "") | before.get(row.key, {})

    def printed(
        self, located: Located, listed: Any, fields: Sequence[str], example: str, what: str
    ) -> Iterable[tuple[ListRow, dict[str, str]]]:
        """The same of rows that say how they are printed; of others that hold one of ``fields``, the print is missed.

        ``example`` is such a print, and ``what`` the rows are, for the note on those that were left blank.
        """
        left = 0
        for row, before in self.rows(located, listed):
            if row.fields["printed"]:
                yield row, before
            elif any(row.fields[name] for name in fields):
                self.need(located, row, "As printed", f"what the report prints, such as {example}")
            else:
                left += not says_not_printed(row.cells["printed"].value)
        if left:
            self.notes.append(
                f"{located.sheet}: {left} of the {what} of the report before have no print; they are left out."
            )

    def standing(self, located: Located, listed: Any, name: str, what: str) -> Iterable[tuple[ListRow, dict[str, str]]]:
        """The same of rows whose ``name`` stands; one of the report before that was cleared is told and left out."""
        for row, before in self.rows(located, listed):
            if row.fields[name] or not before["id"]:
                yield row, before
            else:
                self.notes.append(f"{located.sheet}: the {what} “{before[name]}” was cleared; it is left out.")

    def need(self, located: Located, row: ListRow, heading: str, expected: str) -> None:
        """Tell that a cell must be filled, unless something unreadable is told of it already."""
        cell = located.cell(row.key, heading)
        if not any((each.sheet, each.cell) == (located.sheet, cell) for each in self.problems):
            mend = "Fill it, or clear the whole row"
            self.problems.append(located.problem(row.key, heading, "", expected, mend))


_FILES = ["comparisons", "ranges", "explanations", "events", "commitments", "surveys", "not_in_report"]


def read_lists(located: Mapping[str, Located], lists: Lists) -> dict[str, pd.DataFrame]:
    """The five lists as text frames; a sheet that is gone makes an empty one."""
    readers = {
        COMPARISONS: _comparisons, RANGES: _ranges, EXPLANATIONS: _explanations, EVENTS: _events, PROMISES: _promises,
    }  # fmt: skip
    made = {}
    for listed, reader in readers.items():
        rows = reader(located[listed.name], lists) if listed.name in located else []
        made[listed.file] = pd.DataFrame(rows, columns=list(lists.older[listed.file].columns), dtype=str)
    return made


def read_missing(located: Located, lists: Lists, kept: pd.DataFrame) -> pd.DataFrame:
    """What is not in the report: what stands as before, as text, and below it what is new on its sheet."""
    made = text_rows(kept)
    for row, before in lists.rows(located, MISSING):
        own = row.fields
        need_fields(located, lists, row, MISSING, ["section", "kind", "what", "would_fill"])
        own["where"] = own["where"] or lists.where.get(own["section"], "")
        made.append(before | own | {"id": unused_id(made, f"{own['section'] or 'row'}_{id_from(own['what'])}")})
    return pd.DataFrame(made, columns=list(kept.columns), dtype=str)


def _comparisons(located: Located, lists: Lists) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []
    what = "places and values among other forces"
    fields = ["rank", "of_how_many", "value"]
    for row, before in lists.printed(located, COMPARISONS, fields, "26th out of 42", what):
        own = row.fields
        place, whole, value = read_place(own["printed"])
        own["rank"], own["of_how_many"] = own["rank"] or place, own["of_how_many"] or whole
        own["value"] = own["value"] or value
        if own["value"] and not own["rank"]:
            own["unit"] = own["unit"] if own["unit"] != "rank" else "count"
        own["unit"] = own["unit"] or "rank"
        if own["rank"] and not own["value"] and own["unit"] != "rank":
            lists.need(located, row, "Value", "the value beside the place, which the print does not say in one number; "
                       "where only a place is printed, choose place as the unit")  # fmt: skip
        if not own["rank"] and not own["value"]:
            lists.need(located, row, "Place", "a place or a value, which the print does not say in one number")
        need_fields(located, lists, row, COMPARISONS, ["section", "group", "period_start", "period_end"])
        title = lists.titles.get(own["measure"], own["measure"])
        told = {"area": before["area"] or lists.force, "claim": f"{title}: the report prints “{own['printed']}”."}
        made.append(before | own | told | _named(made, before, own, lists))
        lists.places[made[-1]["id"]] = (located.sheet, located.cell(row.key, "As printed"))
    return made


def _ranges(located: Located, lists: Lists) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []
    for row, before in lists.printed(located, RANGES, ["low", "high"], "65% to 77%", "ranges"):
        own = row.fields
        if not own["low"] and not own["high"]:
            ends = read_range(own["printed"])
            if ends is None:
                lists.need(
                    located, row, "Lowest", "the lower or the upper end, which the print does not say in figures"
                )
            else:
                own["low"], own["high"] = ends.low, ends.high
        need_fields(located, lists, row, RANGES, ["section", "unit", "period_start", "period_end"])
        title = lists.titles.get(own["measure"], own["measure"])
        told = {"question": own["question"] or title, "scope": own["scope"] or "as printed"}
        made.append(before | own | told | _named(made, before, own, lists))
        lists.places[made[-1]["id"]] = (located.sheet, located.cell(row.key, "As printed"))
    return made


def _named(
    made: Sequence[Mapping[str, str]], before: Mapping[str, str], own: Mapping[str, str], lists: Lists
) -> dict[str, str]:
    """The id and the place in the report of a row that is printed."""
    name = before["id"] or unused_id(made, f"{own['section']}_{id_from(own['printed'])}")
    return {"id": name, "where": own["where"] or lists.where.get(own["section"], "")}


def _explanations(located: Located, lists: Lists) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []
    for row, before in lists.rows(located, EXPLANATIONS):
        own = row.fields
        need_fields(located, lists, row, EXPLANATIONS, ["section", "text"])
        own["kind"] = own["kind"] or "explanation"
        own["where"] = own["where"] or lists.where.get(own["section"], "")
        made.append(before | own | {"id": unused_id(made, f"{own['section'] or 'row'}_{len(made) + 1:02}")})
    return made


def _events(located: Located, lists: Lists) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []
    for row, before in lists.standing(located, EVENTS, "title", "event"):
        own = row.fields
        need_fields(located, lists, row, EVENTS, ["title", "from", "kind", "effect", "note", "where"])
        made.append(before | own | {"id": before["id"] or unused_id(made, id_from(own["title"]))})
        lists.places[f"events.{made[-1]['id']}"] = (located.sheet, located.cell(row.key, _heading(EVENTS, "to")))
    return made


def _promises(located: Located, lists: Lists) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []
    for row, before in lists.standing(located, PROMISES, "what", "promise"):
        own = row.fields
        need_fields(located, lists, row, PROMISES, ["what", "status", "section"])
        own["where"] = own["where"] or lists.where.get(own["section"], "")
        made.append(before | own | {"id": before["id"] or unused_id(made, id_from(own["what"]))})
        place = located.cell(row.key, _heading(PROMISES, "status"))
        lists.places[f"commitments.{made[-1]['id']}"] = (located.sheet, place)
    return made


def _heading(listed: Any, name: str) -> str:
    return next(str(column.heading) for column in listed.columns if column.field == name)


def need_fields(located: Located, lists: Lists, row: ListRow, listed: Any, fields: Sequence[str]) -> None:
    """Tell every cell of a row that must be filled and is not."""
    for column in listed.columns:
        if column.field in fields and not row.fields[column.field]:
            day = "a date such as 2023-06-30" if column.form == "date" else ""
            lists.need(located, row, column.heading, day or column.heading.casefold())


def unused_id(made: Sequence[Mapping[str, str]], name: str) -> str:
    """An id that no row before has."""
    taken, own, number = {row["id"] for row in made}, name[:_ID].strip("_"), 2
    while own in taken:
        own, number = f"{name[:_ID].strip('_')}_{number}", number + 1
    return own
