"""A filled-in workbook read back into the frames of the next release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.next_report.book import names_of, sheets_of
from analysis.next_report.carried import carry_texts
from analysis.next_report.cells import Plan
from analysis.next_report.facts import read_changed, read_facts, read_made, read_printed_tables, read_reasons
from analysis.next_report.grid import Grid, Located, locate
from analysis.next_report.list_columns import LISTED, MISSING, NEW_MEASURES, START, SURVEYS
from analysis.next_report.made import kept_frames, measure_rows, table_frames
from analysis.next_report.made_lists import Lists, read_lists, read_missing
from analysis.next_report.paragraphs import read_paragraphs
from analysis.next_report.plan import Changed, plan_next
from analysis.next_report.read import Problem, Read
from analysis.next_report.read_lists import Lookup, read_list
from analysis.next_report.read_tables import read_tables
from analysis.next_report.sheets import LABEL, SheetPlan
from analysis.next_report.statements import read_statements
from analysis.next_report.survey_sheet import read_surveys
from analysis.next_report.text_sheet import TEXTS, read_texts, text_places
from analysis.next_report.texts import text_frame
from analysis.next_report.tied import Ties
from analysis.next_report.unread import tell_unread
from analysis.next_report.words_in_text import Named, read_words
from analysis.next_report.words_of_read import tell_statements, tell_words

__all__ = ["made_from", "read_back"]

# Sheets that workbooks of before do not have, and what becomes of what they hold.
_ONCE_WITHOUT = {
    TEXTS: "its texts stay as in the report before, with the periods of their own figures moved on",
    SURVEYS.name: "the waves stay as in the report before, and those that roll on rest on no number that is printed",
    MISSING.name: "nothing is added to what is not in the report",
}


def made_from(sheets: pd.DataFrame) -> str:
    """The id of the release that a workbook was made from.

    Raises
    ------
    ValueError
        When the sheets are not a workbook of the next report.
    """
    return read_made(Grid(sheets)).older_id


def read_back(sheets: pd.DataFrame, older_frames: Mapping[str, pd.DataFrame]) -> Read:
    """The next release from its workbook.

    Parameters
    ----------
    sheets
        The workbook's cells, ``analysis.next_report.read.SHEET_COLUMNS``, as
        ``data.report_workbook.read_report_workbook`` gives them.
    older_frames
        The typed frames of the release that the workbook was made from: see ``made_from``.

    Raises
    ------
    ValueError
        When the sheets are not a workbook of the next report, or one made from another release.
    """
    grid = Grid(sheets)
    made = read_made(grid)
    written = plan_next(older_frames, {"data_to": made.older_data_to}, made.older_id, made.release_id, made.data_to)
    return _Reader(grid, written, older_frames).read()


class _Reader:
    """A workbook on its way into a release."""

    def __init__(self, grid: Grid, written: Plan, older: Mapping[str, pd.DataFrame]) -> None:
        self.grid, self.written, self.older = grid, written, older
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.plans = sheets_of(written, older)
        self.located = {sheet.name: self._locate(sheet) for sheet in self.plans if sheet.name != LISTED}
        if not any(self.located[table.sheet].rows for table in written.tables):
            raise ValueError(
                f"This workbook has none of the tables of {written.older_id}. Choose one that was made from it."
            )
        self.lookup = _lookup(older)

    def _locate(self, sheet: SheetPlan) -> Located:
        located, problems = locate(self.grid, sheet)
        if sheet.name in _ONCE_WITHOUT and located.sheet not in self.grid.cells:
            self.notes.append(f"There is no sheet {sheet.name}: {_ONCE_WITHOUT[sheet.name]}.")
            return located
        self.problems += problems
        if located.rows and located.sheet != sheet.name:
            self.notes.append(f"The sheet “{located.sheet}” was read as “{sheet.name}”.")
        return located

    def read(self) -> Read:
        info = read_facts(self.located[START], self.problems)
        dropped = read_printed_tables(self.located, self.problems)
        changed = read_changed(self.located, self.written, self.problems)
        plan = self._changed_plan(changed) if changed else self.written
        sheets = {table.id: self.located[table.sheet] for table in plan.tables if table.id not in dropped}
        sheets = {name: located for name, located in sheets.items() if located.rows}
        tables = read_tables(plan, self.written, sheets, self.lookup.areas, self.lookup.measures)
        self.problems, self.notes = self.problems + tables.problems, self.notes + tables.notes
        tables.problems, tables.notes = self.problems, self.notes
        ids = {cell.older: name for name, cell in plan.cells().items()}
        frames = kept_frames(self.older, plan, dropped)
        frames["figures"], frames["as_published"] = table_frames(tables, self.older, ids)
        frames["measures"] = self._measures(tables.new, frames["figures"], plan)
        lists = Lists(self.older, self.lookup, self.problems, self.notes)
        frames |= read_lists(self.located, lists)
        if SURVEYS.name in self.located:
            frames["surveys"] = read_surveys(self.located[SURVEYS.name], lists, plan, dropped)
        frames["ranges"] = frames["ranges"][~frames["ranges"]["table"].isin(dropped)].reset_index(drop=True)
        frames |= read_texts(self.located[TEXTS], frames, self.problems, self.notes)
        frames["not_in_report"] = read_missing(self.located[MISSING.name], lists, frames["not_in_report"])
        places = lists.places | text_places(self.located[TEXTS])
        places |= {**tables.places, **{name: (located.sheet, "") for name, located in sheets.items()}}
        frames["statements"], frames["wordings"], told = self._statements(frames, plan, ids, lists)
        reasons = read_reasons(self.located, self.problems)
        self._take_labels(dropped)
        self.notes += tell_unread(self.grid, [sheet.name for sheet in self.plans], self.located)
        ordered = {name: frames[name] for name in self.older if name in frames}
        order = {sheet.name: place for place, sheet in enumerate(self.plans)}
        problems = sorted(self.problems, key=lambda each: order.get(each.sheet, len(order)))
        return Read(
            ordered, info, tuple(problems), tuple(self.notes), reasons, plan.release_id, plan.older_id, places | told
        )

    def _changed_plan(self, changed: Changed) -> Plan:
        own = self.written
        before = {"data_to": own.older_data_to}
        return plan_next(self.older, before, own.older_id, own.release_id, own.data_to, changed)

    def _measures(self, new: Sequence[object], figures: pd.DataFrame, plan: Plan) -> pd.DataFrame:
        located = self.located[NEW_MEASURES.name]
        measures, _ = carry_texts(text_frame(self.older["measures"]), plan)
        said = {
            row.fields["title"].casefold(): row for row in read_list(located, NEW_MEASURES, self.lookup, self.problems)
        }
        told = {name: row.fields | {"direction": _direction(row.fields["direction"])} for name, row in said.items()}
        rows = measure_rows(new, told, measures, figures, plan)  # type: ignore[arg-type]
        for row in rows:
            if not row["definition"]:
                own = said.get(row["title"].casefold())
                key = own.key if own else "new_1"
                mend = f"Say there what the new row “{row['title']}” counts, in one sentence"
                self.problems.append(located.problem(key, "Definition", "", f"what “{row['title']}” counts", mend))
        return pd.DataFrame([*measures.to_dict("records"), *rows], columns=list(measures.columns), dtype=str)

    def _statements(
        self, frames: Mapping[str, pd.DataFrame], plan: Plan, ids: Mapping[str, str], lists: Lists
    ) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, tuple[str, str]]]:
        """The numbers of the pasted paragraphs, their words of change, and the cell of each."""
        paragraphs = read_paragraphs(self.located, self.older, self.lookup, self.problems)
        sections = {table.id: table.fields["section"] for table in plan.tables}
        ties = Ties(frames["figures"], frames["as_published"], frames["measures"], sections)
        titles = dict(zip(frames["measures"]["id"], frames["measures"]["title"], strict=True))
        areas = self.older["areas"]
        within = list(areas.loc[areas["kind"] != "force", "name"])
        moves = [move for table in plan.tables for move in table.moves if move.role in ("wave", "baseline")]
        staying = {day for move in moves if move.was == move.now for day in move.was}
        read = read_statements(paragraphs, self.older["statements"], ties, ids, plan.months, titles, within, staying)
        typed = [str(printed).casefold() for printed in frames["comparisons"]["printed"] if printed]
        read.places = [each for each in read.places if not any(_alike(each.casefold(), place) for place in typed)]
        named = Named(frames["figures"], frames["measures"], sections, lists.force)
        words = read_words(paragraphs, text_frame(self.older["wordings"]), ids, named)
        self.notes += [*tell_statements(read), *tell_words(words)]
        statements, wordings = (
            pd.DataFrame(rows, columns=list(self.older[file].columns), dtype=str)
            for file, rows in (("statements", read.rows), ("wordings", words.rows))
        )
        return statements, wordings, words.cells | read.cells

    def _take_labels(self, dropped: set[str]) -> None:
        """Locked words count as read where they still say what was written."""
        gone = {table.sheet for table in self.written.tables if table.id in dropped}
        for located in self.located.values():
            if not located.rows:
                continue
            for slots in located.plan.rows:
                key = str(slots[-1].value)
                for heading, slot in zip(located.plan.headings, slots, strict=True):
                    if located.plan.name in gone or slot.kind in (LABEL, "blank left"):
                        located.take(
                            key, heading, None if slot.kind != LABEL or located.plan.name in gone else slot.value
                        )


def _alike(quoted: str, printed: str) -> bool:
    """Whether a place quoted from the text is one that stands on the sheet Comparisons."""
    return printed in quoted or quoted in printed


def _lookup(older: Mapping[str, pd.DataFrame]) -> Lookup:
    found = {form: {name.casefold(): key for key, name in named.items()} for form, named in names_of(older).items()}
    for form, ids in (("section", older["sections"]["id"]), ("measure", older["measures"]["id"]),
                      ("area", older["areas"]["id"]), ("survey", older["surveys"]["survey"])):  # fmt: skip
        found[form] |= {str(key): str(key) for key in ids}
    printed = set(older["figures"]["area"])
    for row in older["areas"].itertuples():  # of two with one name, the one whose figures are printed
        if row.id in printed:
            found["area"].setdefault(str(row.name).casefold(), str(row.id))
    found["unit"] |= {unit: unit for unit in list(found["unit"].values())}
    measures = older["measures"]
    groups = {f"{name}:{value}" for name in ("section", "basis") for value in measures[name]}
    return Lookup(found["section"], found["measure"], found["area"], found["unit"], found["survey"], frozenset(groups))


def _direction(words: str) -> str:
    known = {"more is better": "up_is_better", "more is worse": "up_is_worse", "neither": "neither"}
    return known.get(words.casefold(), "")
