"""What a briefing holds: plain sentences, each with the ids of the numbers it rests on and its place in the explorer.

The page and every document are written from these alone, so all of them say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.briefing.about import About
from analysis.corrections import beside

__all__ = ["BESIDE", "Asked", "Briefing", "Change", "Figure", "Item", "National", "Said"]

# What stands beside a measure's numbers, in this order: the item's field and its heading, on a page and in documents.
BESIDE = (
    ("caveats", "What must be known"),
    ("findings", "What the check of the report found"),
    ("corrections", "Corrected since"),
    ("explanations", "How the force explains it"),
    ("places", "Among other forces"),
    ("national", "National measure"),
    ("promises", "What was promised"),
    ("missing", "What the report does not say"),
)


@dataclass(frozen=True)
class Said:
    """One sentence, what it rests on, and where to look it up.

    Attributes
    ----------
    text
        The sentence, ready to be printed.
    ids
        The printed numbers it rests on: ids of figures, statements, comparisons, promises or findings.
    place
        Where the explorer shows it, such as ``prevent_harm#table_homicide``; "" for nowhere.
    where
        Where the report prints it.
    """

    text: str
    ids: tuple[str, ...] = ()
    place: str = ""
    where: str = ""


@dataclass(frozen=True)
class Figure:
    """One printed number: what it is, when, its text with its unit, its id and its place in the report.

    ``corrected`` is what it was corrected to, ``note`` the same with the day and the reason; "" where it was not.
    """

    label: str
    period: str
    text: str
    id: str
    where: str
    corrected: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """What is printed, and what it was corrected to, as it stands in a table.

        >>> Figure("Calls", "2023", "9", "calls", "section 3.1", "8", "corrected to 8 on 3 June 2023: a slip").shown
        '9 (corrected to 8)'
        """
        return beside(self.text, f"corrected to {self.corrected}" if self.corrected else None)


@dataclass(frozen=True)
class Change:
    """How a number moved: its sentence, its verdict with the mark to show it by, and what must be known beside it.

    ``verdict`` is one of ``analysis.verdicts.VERDICTS``, ``mark`` its shape (``analysis.change_words.MARKS``),
    ``better_or_worse`` a word or "". ``nearest`` is the nearest usable figure where the change is not comparable,
    else ""; it stands at the end of the sentence too.
    """

    said: Said
    verdict: str
    mark: str
    better_or_worse: str = ""
    nearest: str = ""

    @property
    def words(self) -> str:
        """The verdict as it stands beside its mark.

        >>> Change(Said("Up."), "real change", "▲", "worse").words
        'real change, worse'
        """
        return f"{self.verdict}, {self.better_or_worse}" if self.better_or_worse else self.verdict


@dataclass(frozen=True)
class Asked:
    """A question that may be asked, and which line of the rule suggests it."""

    text: str
    because: str

    @property
    def reason(self) -> str:
        """Why it is suggested, as it stands after it on a page and in a document.

        >>> Asked("What next?", "no other line applies").reason
        'By the rule: no other line applies.'
        """
        return f"By the rule: {self.because}."


@dataclass(frozen=True)
class Item:
    """One measure of a briefing. Whatever there is nothing of is empty.

    Attributes
    ----------
    measure, title, definition
        Its id, name and what it counts.
    priority, priority_title, section_title
        Where the report has it.
    place
        Where the explorer shows it.
    table
        The title of its printed table; "" where its numbers stand in running text only.
    in_need
        Whether the rule of what most needs a question chose it.
    figures
        Its printed numbers, the latest first.
    level
        What its latest number is; None where nothing is printed of it.
    changes
        How it moved; several where only its parts are printed, none where nothing is printed to hold it against.
    caveats
        Events and limits that must be known.
    findings
        What the report check found about its numbers, and what it found in its table beside them.
    corrections
        Printed numbers of it that were corrected since.
    explanations
        The force's own account, told as its own.
    places
        Where it stands among other forces.
    national
        The national measure that it serves, and what is missing for that.
    promises
        What was promised, by when, and where it stands.
    missing
        What the report shows only as a picture or does not say.
    told_at
        The title of the earlier item that tells what belongs to the whole section; "" where this one does.
    questions
        One or two suggested questions; at least one.
    drawn
        What a chart of it draws, as ``analysis.printed_tables.chart_rows`` gives it, of one unit; without rows where a
        chart would not help. ``kind`` is "level" (dots by period) or "time" (a line).
    marked
        Events to mark on a line: ``title, from``.
    source
        Status and source in one line, then the corrections of the numbers that its table and its chart show.
    note
        The reader's own.
    """

    measure: str
    title: str
    definition: str
    priority: str
    priority_title: str
    section_title: str
    place: str
    table: str
    figures: tuple[Figure, ...]
    level: Said | None
    changes: tuple[Change, ...]
    caveats: tuple[Said, ...]
    findings: tuple[Said, ...]
    corrections: tuple[Said, ...]
    explanations: tuple[Said, ...]
    places: tuple[Said, ...]
    national: tuple[Said, ...]
    promises: tuple[Said, ...]
    missing: tuple[Said, ...]
    questions: tuple[Asked, ...]
    source: str
    in_need: bool = False
    told_at: str = ""
    drawn: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    marked: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    note: str = ""

    @property
    def said(self) -> tuple[Said, ...]:
        """The sentences that open it: how it moved, else what it is."""
        return tuple(change.said for change in self.changes) or ((self.level,) if self.level else ())

    @property
    def doubted(self) -> int:
        """How many of its own printed numbers the check holds in doubt, not counting those beside it in its table."""
        return sum(bool(said.where) for said in self.findings)


@dataclass(frozen=True)
class National:
    """A national measure: what the nation measures, what this report uses instead, and what is missing between them."""

    id: str
    title: str
    source: str
    proxy: str
    gap: str
    place: str


@dataclass(frozen=True)
class Briefing:
    """Everything that a briefing says, in its order.

    Attributes
    ----------
    about
        Which report it is made from.
    title
        What it is called.
    sentence
        What stands on top.
    against
        What figures are held against, in words.
    confidence
        The level of its intervals, such as 0.95.
    items
        Its measures, in the order of the report.
    choice_rule, question_rule
        How measures needing a question are chosen, and how questions are; both must be printed.
    method
        How verdicts are reached, in a few sentences.
    made
        The day for which promises count as overdue.
    national
        The national measure that it is about; None for a briefing of chosen measures.
    assumptions
        What its verdicts assume that is not usual, in a sentence; "" where all is usual.
    """

    about: About
    title: str
    sentence: str
    against: str
    confidence: float
    items: tuple[Item, ...]
    choice_rule: str
    question_rule: str
    method: str
    made: date
    national: National | None = None
    assumptions: str = ""
