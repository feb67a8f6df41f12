"""The sheet Texts: words that stand as in the report before, to be changed where they no longer hold; and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.colleague.texts import may_be_over
from analysis.named_times import times_in, without_times
from analysis.next_report.carried import carry_texts
from analysis.next_report.cells import Plan
from analysis.next_report.grid import Located, shown
from analysis.next_report.read import Problem
from analysis.next_report.sheets import KEY, OPEN, OPTIONAL, SheetPlan, Slot
from analysis.next_report.texts import text_frame
from analysis.next_report.typed import is_blank, says_not_printed

__all__ = ["TEXTS", "read_texts", "text_places", "texts_sheet"]

TEXTS = "Texts"
_TEXT, _TIME = "Text", "Names a time"
_HEADINGS = ("Belongs to", "Name", "Which text", _TIME, "May be blank", _TEXT, KEY)
_WIDTHS = {"Belongs to": 20, "Name": 40, "Which text": 26, _TIME: 18, "May be blank": 10, _TEXT: 90, KEY: 44}
_LONGEST = 80  # letters of a name
_MOST = 5  # changed texts that are named
# Of each file that is carried on: what a row is called, the column that names it, its texts in words, those that the
# contract lets be blank.
_FILES: dict[str, tuple[str, str, dict[str, str], tuple[str, ...]]] = {
    "measures": (
        "Measure", "title",
        {"title": "title", "definition": "definition", "direction_reason": "why more is better, worse or neither",
         "notes": "note"},
        ("notes",),
    ),
    "tables": ("Table", "title", {"title": "title", "caption": "caption"}, ()),
    "national_measures": (
        "National measure", "title",
        {"title": "title", "national_source": "what the nation measures",
         "local_proxy": "what the report uses instead", "gap": "gap between the two"},
        (),
    ),
    "not_in_report": (
        "Not in the report", "what", {"what": "what is missing", "would_fill": "what would fill it"}, (),
    ),
    "sections": (
        "Section", "title", {"title": "title", "about": "what it is about", "support": "where to find support"},
        ("support",),
    ),
    "glossary": ("Glossary", "term", {"meaning": "meaning"}, ()),
}  # fmt: skip
_MOVED, _OVER, _NO = "moved on: was ", "may be over: ", "no"  # what the column says of the times in a text
_DROPS = "not_in_report"  # a row whose texts are all cleared is left out


def texts_sheet(plan: Plan, frames: Mapping[str, pd.DataFrame], names: Mapping[str, Mapping[str, str]]) -> SheetPlan:
    """Every text that is carried on: first those whose dates moved on, then those that name a time that may be over.

    Parameters
    ----------
    plan
        Of the workbook, whose tables have the dates in their texts moved on.
    frames
        The older release's frames.
    names
        The words for ids of "measure" and "section", no two alike.
    """
    rows = list(_rows(plan, frames, {"measures": names["measure"], "sections": names["section"]}))
    rows.sort(key=lambda row: _rank(str(row[_HEADINGS.index(_TIME)].value)))
    lines = (
        "Texts: words that stand as in the report before",
        f"Each text stands as in the report {plan.older_id}. Type over it in the column {_TEXT} where it is no longer "
        "true; what you leave goes into the new report as it is.",
        f"First come those whose dates were moved on with the periods of their own figures ({_MOVED.rstrip()} in the "
        f"column {_TIME}), then those that name a time which may be over: look through these. The rest name other "
        "times or none. A blank cell is a text that the report before does not have.",
        "To leave out something that is no longer missing from the report, clear both of its texts.",
    )
    former = (
        f"Those that name a month, a season or a year come first; the column {_TIME} says which. A blank cell is a "
        "text that the report before does not have.",
    )
    return SheetPlan(TEXTS, lines, _HEADINGS, tuple(rows), _WIDTHS, former)


def _rows(
    plan: Plan, frames: Mapping[str, pd.DataFrame], names: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Slot, ...]]:
    tables = {table.id: table.fields for table in plan.tables}
    measures, moved = carry_texts(text_frame(frames["measures"]), plan)
    for file, (belongs, named, texts, blank) in _FILES.items():
        now = _by_id(file, measures) if file == "measures" else tables if file == "tables" else {}
        for key, row in _by_id(file, text_frame(frames[file])).items():
            told = row | dict(now.get(key, {}))
            for field, words in texts.items():
                stood = [time.within for time in times_in(row[field])]
                was = moved.get(f"{file}.{key}.{field}", ())
                if file == "tables" and told[field] != row[field]:
                    was = tuple(dict.fromkeys(time for time in stood if time not in told[field]))
                times = _times(told[field], was, stood, plan)
                kind = OPEN if told[field] else OPTIONAL
                yield (
                    Slot(belongs), Slot(_short(names.get(file, {}).get(key, told[named]))), Slot(words), Slot(times),
                    Slot("yes" if field in blank else "no"), Slot(told[field] or None, kind),
                    Slot(f"{file}.{key}.{field}"),
                )  # fmt: skip


def _times(text: str, was: tuple[str, ...], stood: Sequence[str], plan: Plan) -> str:
    """What the column says of the times in a text: those that moved on, and those that stood there and may be over."""
    found = may_be_over(text, plan.older_data_to, plan.data_to)
    over = [time.words for time in found]
    if was:
        own = list(dict.fromkeys(time.words for time in found if time.within in stood))
        return _MOVED + "; ".join(was) + (f"; {_OVER}{'; '.join(own)}" if own else "")
    named = over or [time.words for time in times_in(text)]
    return _OVER * bool(over) + "; ".join(dict.fromkeys(named)) or _NO


def _rank(times: str) -> tuple[bool, bool, bool]:
    return not times.startswith(_MOVED), not times.startswith(_OVER), times == _NO


def _by_id(file: str, frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The rows of a file by their id; the glossary's by its terms. Of two with one name the first."""
    name = "id" if "id" in frame.columns else _FILES[file][1]
    found: dict[str, dict[str, str]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(str(row[name]), {str(column): str(value) for column, value in row.items()})
    return found


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} ..."


def read_texts(
    located: Located, frames: Mapping[str, pd.DataFrame], problems: list[Problem], notes: list[str]
) -> dict[str, pd.DataFrame]:
    """The files whose texts were changed; of a workbook without the sheet none.

    Parameters
    ----------
    located
        The sheet.
    frames
        The next release's files as they are without it, as text.
    problems, notes
        Where cleared texts that are needed are told, and what was changed or is gone.
    """
    for key in located.rows:  # those of a table that is no longer printed are read too
        located.held(key, _TEXT)
        located.take(key, _TIME, None)  # an earlier workbook may say it otherwise
    texts = _Texts(located, frames, problems)
    made = {file: texts.file(file) for file in _FILES if located.rows}
    if moved := texts.moved():
        notes.append(
            f"{located.sheet}: the dates in {moved} {'text' if moved == 1 else 'texts'} were moved on with the periods "
            f"of their figures; its column {_TIME} says which. Look whether they say what is meant."
        )
    if texts.gone and located.rows:
        rows = "1 row is" if texts.gone == 1 else f"{texts.gone} rows are"
        notes.append(f"{located.sheet}: {rows} gone; their texts stay as in the report before.")
    if texts.dropped:
        told = "; ".join(f"“{name}”" for name in texts.dropped)
        notes.append(f"{located.sheet}: cleared, and left out of what is not in the report: {told}.")
    if texts.changed:
        told = _first(texts.changed)
        number = "1 text was" if len(texts.changed) == 1 else f"{len(texts.changed)} texts were"
        notes.append(f"{located.sheet}: {number} changed: {told}.")
    if texts.other_dates:
        number = "1 text names" if len(texts.other_dates) == 1 else f"{len(texts.other_dates)} texts name"
        notes.append(f"{located.sheet}: {number} other times than were laid out: {_first(texts.other_dates)}.")
    return {file: frame for file, frame in made.items() if frame is not None}


def _first(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return "; ".join(names[:_MOST]) + (f"; and {more} more" if more > 0 else "")


def text_places(located: Located) -> dict[str, tuple[str, str]]:
    """The sheet and the cell of each text by its key, such as ``measures.asb.notes``."""
    return {key: (located.sheet, located.cell(key, _TEXT)) for key in located.rows}


class _Texts:
    """The texts on their way back: what was changed, cleared and left out."""

    def __init__(self, located: Located, frames: Mapping[str, pd.DataFrame], problems: list[Problem]) -> None:
        self.located, self.frames, self.problems = located, frames, problems
        self.written = {str(row[-1].value): row[_HEADINGS.index(_TEXT)].value for row in located.plan.rows}
        self.changed: list[str] = []
        self.other_dates: list[str] = []  # those that say the same of other times than were laid out
        self.dropped: list[str] = []
        self.gone = 0

    def moved(self) -> int:
        """How many texts go into the report with dates that were moved on for the analyst."""
        times = {str(row[-1].value): str(row[_HEADINGS.index(_TIME)].value) for row in self.located.plan.rows}
        own = [key for key in self.located.rows if times[key].startswith(_MOVED)]
        return sum(self.located.held(key, _TEXT).text == shown(self.written[key]) for key in own)

    def file(self, file: str) -> pd.DataFrame | None:
        """One file with its texts; None where all of it stays."""
        belongs, named, texts, blank = _FILES[file]
        frame, kept, before = self.frames[file], [], self._touched()
        for row in frame.to_dict("records"):
            own = {str(column): str(value) for column, value in row.items()}
            key = f"{file}.{own[named if 'id' not in own else 'id']}"
            typed = {field: self._typed(f"{key}.{field}", own[field]) for field in texts if self._is_ours(key, field)}
            if file == _DROPS and len(typed) == len(texts) and not any(typed.values()):
                self.dropped.append(_short(own[named]))
                continue
            for field, text in typed.items():
                if not text and own[field] and field not in blank:
                    self._needed(f"{key}.{field}", texts[field])
                elif text != own[field]:
                    alike = without_times(text) == without_times(own[field])
                    (self.other_dates if alike else self.changed).append(
                        f"{belongs.lower()} “{_short(own[named])}”, {texts[field]}"
                    )
            kept.append(own | typed)
        if self._touched() == before:
            return None
        return pd.DataFrame(kept, columns=list(frame.columns), dtype=str)

    def _touched(self) -> int:
        return len(self.changed) + len(self.other_dates) + len(self.dropped)

    def _is_ours(self, key: str, field: str) -> bool:
        """Whether the workbook was handed out with this text and still has its row."""
        name = f"{key}.{field}"
        self.gone += name in self.written and name not in self.located.rows
        return name in self.written and name in self.located.rows

    def _typed(self, key: str, stands: str) -> str:
        """What a text is to say; as it stands where the cell says what was written there."""
        held = self.located.held(key, _TEXT)
        if held.unsaved:
            mend = "Type the text, or save the workbook again in a spreadsheet program"
            self.problems.append(self.located.problem(key, _TEXT, "a formula without a saved result", "a text", mend))
            return stands
        if held.text == shown(self.written[key]):
            return stands
        return "" if is_blank(held.value) or says_not_printed(held.value) else held.text

    def _needed(self, key: str, words: str) -> None:
        written: Any = self.written[key]
        found = self.located.held(key, _TEXT).text
        expected = f"a text: {words}. It said “{_short(shown(written))}”"
        self.problems.append(self.located.problem(key, _TEXT, found, expected, "Type it again, or a new one"))
