"""The sheets that list things beside the tables: what each column is called and which field of a file it holds."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.next_report.cells import ASKED
from analysis.next_report.sheets import LABEL, OPEN, OPTIONAL
from analysis.promises import STATUSES

__all__ = [
    "COMPARISONS", "CONTENTS", "EVENTS", "EXPLANATIONS", "FIXED", "LISTED", "MISSING", "NEW_MEASURES", "PERIODS",
    "PRINTED", "PROMISES", "RANGES", "REASONS", "START", "STATEMENTS", "STATUSES", "SURVEYS", "ListColumn", "ListSheet",
]  # fmt: skip

START, CONTENTS, PERIODS, LISTED = "Start", "Contents", "Periods", "Lists"
PRINTED = "Printed this time"
# The lists of words that a cell must hold one of, by their headings on the sheet Lists.
FIXED = {
    "Kinds of explanation": ["explanation", "activity", "inspection"],
    "Kinds of event": ["operational", "recording"],
    "Effects": ["break", "part"],
    "First is": ["best", "worst", "highest", "lowest", "not stated"],
    "Is more better": ["more is better", "more is worse", "neither"],
    "Kinds of gap": ["picture", "missing"],
}


@dataclass(frozen=True)
class ListColumn:
    """One column: its heading, the field it holds, what a filled row has there, and the list it is chosen from.

    ``kind`` is that of a row that the older report has; a spare row's cells are all optional. ``form`` is "text",
    "date", "number", "section", "measure", "survey" or "measures".
    """

    heading: str
    field: str
    kind: str = OPEN
    choices: str = ""
    form: str = "text"
    width: int = 24


@dataclass(frozen=True)
class ListSheet:
    """One sheet of a list: the file it makes, what stands above it, how many rows it has to spare.

    ``former`` are lines that stand above it in workbooks that were handed out before.
    """

    name: str
    file: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    spare: int
    former: tuple[str, ...] = ()


_SECTION = ListColumn("Section", "section", OPEN, "Sections", "section", 30)
_FROM = ListColumn("From", "period_start", OPEN, form="date", width=12)
_TO = ListColumn("To", "period_end", OPEN, form="date", width=12)

STATEMENTS = ListSheet(
    "Statements", "statements", "Statements: the report's running text",
    (
        "Paste the report's paragraphs in the column Paragraph, one below the other, in the report's order, its "
        "headings among them.",
        "A heading of the report names the section of what follows; where it does not, choose the section beside the "
        "first paragraph. Numbers are recognised: you type none here.",
    ),
    (
        ListColumn("Section", "section", OPTIONAL, "Sections", "section", 30),
        ListColumn("Paragraph", "paragraph", OPTIONAL, width=110),
    ),
    800,
)  # fmt: skip
COMPARISONS = ListSheet(
    "Comparisons", "comparisons", "Comparisons: places among other forces, and what others reached",
    (
        "Type what the report prints, such as 26th out of 42. A place, out of how many and a value are read from it; "
        "type them where it does not say them. A row without a print is left out.",
    ),
    (
        _SECTION, ListColumn("Measure", "measure", OPEN, "Measures", "measure", 40),
        ListColumn("Among", "group", OPEN), ListColumn("First is", "first_is", OPEN, "First is", width=12), _FROM, _TO,
        ListColumn("As printed", "printed", ASKED, width=36),
        ListColumn("Place", "rank", OPTIONAL, form="number", width=10),
        ListColumn("Out of", "of_how_many", OPTIONAL, form="number", width=10),
        ListColumn("Value", "value", OPTIONAL, form="number", width=12),
        ListColumn("Unit of the value", "unit", OPEN, "Units", "unit", 16),
        ListColumn("Where", "where", OPEN, width=36),
    ),
    6,
)  # fmt: skip
RANGES = ListSheet(
    "Ranges", "ranges", "Ranges: values that the report gives only as a range",
    (
        "Type what the report prints, such as 65% to 77%, above 90%, within 2 days or about 5,100. The ends are read "
        "from it; type them where it does not say them in figures. A row without a print is left out.",
    ),
    (
        _SECTION, ListColumn("Measure", "measure", OPEN, "Measures", "measure", 40),
        ListColumn("Question", "question", OPEN, width=40), ListColumn("Of what", "scope", OPEN, width=30), _FROM, _TO,
        ListColumn("As printed", "printed", ASKED, width=30),
        ListColumn("Lowest", "low", OPTIONAL, form="number", width=10),
        ListColumn("Highest", "high", OPTIONAL, form="number", width=10),
        ListColumn("Unit", "unit", OPEN, "Units", "unit", 14), ListColumn("Where", "where", OPEN, width=36),
    ),
    6,
    (
        "Type what the report prints, such as 65% to 77%, above 90% or within 2 days. The ends are read from it; type "
        "them where it does not say them in figures. A row without a print is left out.",
    ),
)  # fmt: skip
SURVEYS = ListSheet(
    "Surveys", "surveys", "Surveys: the waves of each, and how many people each asked",
    (
        "Type how many people each wave asked, where the report prints it; intervals rest on it. A wave without that "
        "number rests on the one that is assumed, and says so.",
        "Add a new wave in the last rows, with its first and last day. Clear the name of a wave to leave it out.",
    ),
    (
        ListColumn("Survey", "survey", LABEL, "Surveys", "survey", 28), ListColumn("Wave", "wave", OPEN, width=28),
        _FROM, _TO, ListColumn("People asked", "base", ASKED, form="number", width=14),
        ListColumn("Assumed where not printed", "assume", OPEN, form="number", width=14),
        ListColumn("Where", "where", OPEN, width=44),
    ),
    6,
)  # fmt: skip
EXPLANATIONS = ListSheet(
    "Explanations", "explanations", "Explanations: what the force says about its figures",
    ("One row for each explanation, activity or finding of inspectors, in your own words. None is carried over.",),
    (
        ListColumn("Section", "section", OPTIONAL, "Sections", "section", 30),
        ListColumn("Kind", "kind", OPTIONAL, "Kinds of explanation", width=14),
        ListColumn("Measure", "measures", OPTIONAL, "Measures", "measures", 40),
        ListColumn("Text", "text", OPTIONAL, width=90), ListColumn("Where", "where", OPTIONAL, width=36),
    ),
    200,
)  # fmt: skip
EVENTS = ListSheet(
    "Events", "events", "Events: what may have broken a series",
    ("Filled in from the report before. Type an end, or add events in the last rows; clear a title to drop an event.",),
    (
        ListColumn("Title", "title", OPEN, width=40), ListColumn("From", "from", OPEN, form="date", width=12),
        ListColumn("To", "to", OPEN, form="date", width=12),
        ListColumn("Measures", "measures", OPEN, form="measures", width=40),
        ListColumn("Kind", "kind", OPEN, "Kinds of event", width=14),
        ListColumn("Effect", "effect", OPEN, "Effects", width=10),
        ListColumn("Counted by", "counted_by", OPEN, "Measures", "measure", 30),
        ListColumn("Note", "note", OPEN, width=80),
        ListColumn("Where", "where", OPEN, width=36),
    ),
    5,
)  # fmt: skip
PROMISES = ListSheet(
    "Promises", "commitments", "Promises: what the report promised, carried forward",
    ("Set the status of each promise. Add new ones in the last rows; clear a row's words to drop it.",),
    (
        ListColumn("What", "what", OPEN, width=70), ListColumn("Status", "status", OPEN, "Statuses", width=14),
        _SECTION, ListColumn("Promised value", "promised_value", OPEN, form="number", width=12),
        ListColumn("Unit", "unit", OPEN, "Units", "unit", 14), ListColumn("Due by", "due", OPEN, form="date", width=12),
        ListColumn("Due, in words", "due_words", OPEN),
        ListColumn("Measure", "measure", OPEN, "Measures", "measure", 40),
        ListColumn("Where", "where", OPEN, width=36),
    ),
    8,
)  # fmt: skip
NEW_MEASURES = ListSheet(
    "New measures", "measures", "New measures: what a new row counts",
    (
        "Only for a new row that counts something no report had before: what it counts, in one sentence, and whether "
        "more of it is better. The name is that of the row.",
    ),
    (
        ListColumn("Row", "title", OPTIONAL, width=40), ListColumn("Definition", "definition", OPTIONAL, width=70),
        ListColumn("Is more better", "direction", OPTIONAL, "Is more better", width=16),
        ListColumn("Reason", "direction_reason", OPTIONAL, width=50),
    ),
    8,
)  # fmt: skip
MISSING = ListSheet(
    "Not in the report", "not_in_report", "Not in the report: what it shows only as a picture, or does not say",
    (
        "Only for what is new: say picture for what it shows without printing the numbers, missing for what a reader "
        "looks for and does not find, and what would fill it. What was missing before stands on the sheet Texts.",
    ),
    (
        ListColumn("Section", "section", OPTIONAL, "Sections", "section", 30),
        ListColumn("Kind", "kind", OPTIONAL, "Kinds of gap", width=14), ListColumn("What", "what", OPTIONAL, width=70),
        ListColumn("What would fill it", "would_fill", OPTIONAL, width=70),
        ListColumn("Where", "where", OPTIONAL, width=36),
    ),
    12,
)  # fmt: skip
REASONS = ListSheet(
    "Reasons", "reasons", "Reasons: findings that are confirmed instead of mended",
    (
        "When the workbook is read, what a colleague would ask is listed with a key. Mend it here in the workbook, or "
        "copy its key into the column Finding (not into the column Key) and say why it is right.",
    ),
    (ListColumn("Finding", "finding", OPTIONAL, width=50), ListColumn("Reason", "reason", OPTIONAL, width=90)),
    300,
    (
        "When the workbook is read, what a colleague would ask is listed with a key. Mend it here in the workbook, or "
        "copy its key and say why it is right.",
    ),
)  # fmt: skip
