"""The report itself as a document: every priority in the report's order, a draft for the analyst to edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.audit import doubtful_numbers
from analysis.briefing import METHOD, About, link_to
from analysis.change_words import count_sentence
from analysis.corrections import corrected_since, correction_notes, told_corrections
from analysis.numbers import in_words
from analysis.periods import name_day
from analysis.section_told import (
    CHECK_MARK,
    EXPLANATIONS,
    latest_values,
    missing_rows,
    national_rows,
    place_rows,
    promise_rows,
)
from analysis.table_told import TableTold, printed_in, table_told
from charts.table_charts import table_charts
from documents.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    said,
    table_of,
)

__all__ = ["report_document"]

_LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Figures are the force's own "
    "management information; this is not an official statistics product. National statistics on police recorded crime "
    "are official statistics, not accredited."
)
_DRAFT = (
    "A draft made by Performance Explorer from the release's own figures, to be edited. Small print in square brackets "
    "after a sentence names the figures that it rests on and leads to its place in the explorer. Take away what is not "
    "to be published; then renew the contents, which adds page numbers (in Word: right-click, Update field)."
)
Frames = Mapping[str, pd.DataFrame]


def report_document(
    frames: Frames, about: About, changes: pd.DataFrame, findings: pd.DataFrame, catalogue: pd.DataFrame, *,
    confidence: float = 0.95, made: date | None = None,
) -> Document:  # fmt: skip
    """A whole release as a document: sentences, charts, tables, definitions, promises and what is missing.

    Parameters
    ----------
    frames
        The release's own, by the name of their file.
    about
        Which report it is, its status, and the address that its links lead to.
    changes
        As ``analysis.changes.changes`` gives them, against the previous 12 months.
    findings
        As ``analysis.audit.audit`` gives them.
    catalogue
        As ``data.catalogue.catalogue`` gives it: every number, for the latest values beside national measures.
    confidence
        Level of the intervals.
    made
        The day it was made.
    """
    writer = _Report(frames, about, changes, findings, catalogue, confidence)
    published = name_day(pd.Timestamp(about.published))
    return Document(
        title=f"{about.force}: {about.title}",
        subtitle=f"Report of {published}",
        blocks=tuple(writer.blocks()),
        status=about.heading,
        source=f"{about.force}, {about.title}, {published}",
        marking=about.marking,
        facts=tuple(_facts(about, changes)),
        properties=(
            ("author", about.force), ("subject", f"{about.title}, data to {name_day(pd.Timestamp(about.data_to))}"),
            ("keywords", "police performance, public report"), ("comments", _LICENCE),
        ),
        made=made,
        draft=f"{about.stamp + '. ' if about.stamp else ''}{_DRAFT}",
    )  # fmt: skip


def _facts(about: About, changes: pd.DataFrame) -> list[tuple[str, str]]:
    told = [("Data to", name_day(pd.Timestamp(about.data_to))), ("Status", about.heading)]
    told += [("Publication", about.transparency)] if about.transparency else []
    told += [("In short", count_sentence(changes))] if len(changes) else []
    return told + ([("Explorer", about.address)] if about.address else [])


class _Report:
    """Composes the blocks of a release, section after section."""

    def __init__(
        self, frames: Frames, about: About, changes: pd.DataFrame, findings: pd.DataFrame, catalogue: pd.DataFrame,
        confidence: float,
    ) -> None:  # fmt: skip
        self.frames, self.about, self.changes, self.confidence = frames, about, changes, confidence
        self.doubtful = doubtful_numbers(findings)
        self.twice = findings[(findings["kind"] == "across") & (findings["grade"] == "disagrees")]
        self.values = latest_values(frames, catalogue)
        self.notes, self.corrected = correction_notes(frames["corrections"]), told_corrections(frames)
        self.definitions: list[tuple[str, str]] = []  # of the section that is being told

    def blocks(self) -> list[Block]:
        """Everything, in the report's order; what stands in the foreword comes first."""
        told: list[Block] = [Contents(depth=2, renewed=True)]
        for priority in self.frames["priorities"].sort_values("order").itertuples():
            told += [PageBreak(), Heading(1, priority.title, priority.id), *self._priority(priority.id)]
        told += [PageBreak(), Heading(1, "How to read the figures", "method"), Paragraph((Run(METHOD),))]
        return [*told, *self._glossary(), Paragraph((Run(_LICENCE),), "small")]

    def _priority(self, priority: str) -> list[Block]:
        sections = self._of("sections", "priority", priority).sort_values("order")
        told: list[Block] = []
        for section in sections.itertuples():
            told += self._section(section, priority)
        ids = list(sections["id"])
        promised = self.frames["commitments"][self.frames["commitments"]["section"].isin(ids)]
        if priority != "headlines" or len(promised):
            told.append(Heading(2, "What was promised", f"{priority}_promises"))
            if promised.empty:
                told.append(Paragraph((Run("The report makes no dated promise under this priority."),)))
            told += self._table(
                promise_rows(promised), "What the force said it would do, by when, and where it stands", "Promise"
            )
        absent = self.frames["not_in_report"][self.frames["not_in_report"]["section"].isin(ids)]
        if len(absent):
            told.append(Heading(2, "Only a picture in the report, or missing", f"{priority}_not_in_report"))
            told += self._table(missing_rows(absent), "What is not printed as numbers, with what would fill it", "What")
        return told

    def _section(self, section: Any, priority: str) -> list[Block]:
        told: list[Block] = [Heading(2, section.title, section.id), Paragraph((Run(section.about),))]
        if section.support:
            told.append(Paragraph((Run(section.support),), "boxed"))
        national = self._of("national_measures", "section", section.id)
        told += self._table(
            national_rows(national, self.values), "What the nation measures, and what this report uses", "Measure"
        )
        for table in self._of("tables", "section", section.id).sort_values("order").itertuples():
            told += self._printed(table, section, priority)
        for row in self.twice.itertuples():
            if section.id in row.sections.split():
                words = f"The report prints this twice and differently: {row.label}: {row.as_printed} ({row.where})."
                words += corrected_since(self.corrected, row.about.split())
                told.append(self._said(words, "check_the_figures#findings", row.about.split(), "caveat"))
        told += self._places(section, priority)
        told += self._quoted(section, priority)
        told += self._explained(section, priority)
        return [*told, *self._definitions(section)]

    def _printed(self, table: Any, section: Any, priority: str) -> list[Block]:
        """One printed table: sentence, caveat, charts, the table, what made the change, definitions."""
        about = self.about
        told = table_told(self.frames, table.id, self.changes, self.doubtful, self.confidence)
        printed = printed_in(self.frames, table.id)
        source = f"{about.heading}. Source: {self._source(table.where)}.{corrected_since(self.corrected, printed)}"
        place = f"{priority}#table_{table.id}"
        blocks: list[Block] = [Heading(3, table.title, f"table_{table.id}")]
        blocks.append(self._said(told.sentence, place, told.ids, "said"))
        if told.caveat:
            blocks.append(said(told.caveat, kind="caveat"))
        charts = table_charts(told.drawn, table.title, told.events, self.confidence, about.stamp)
        blocks += [Picture(chart, source, table.title) for chart in charts]
        notes = self._doubts(printed, section)
        blocks += self._table(told.rows, told.caption, told.first, notes=notes, source=source, name=table.title)
        self.definitions += told.definitions
        return [*blocks, *self._behind(table, told, printed)]

    def _behind(self, table: Any, told: TableTold, printed: list[str]) -> list[Block]:
        """What made the change, and from reported to validated crime, where these are told."""
        blocks: list[Block] = []
        corrected = corrected_since(self.corrected, printed)
        if len(told.contributions):
            words = "Arithmetic on the printed counts: it says where the change is, not whether it is real."
            note = (Run(f"{words}{corrected}"),)
            caption = f"{table.title}: how much of the total's change each part made"
            blocks += self._table(told.contributions, caption, "Part", notes=(note,))
        if len(told.bridge):
            blocks.append(Paragraph((Run(told.bridge_sentence),)))
            notes = ((Run(f"Of the printed counts.{corrected}"),),) if corrected else ()
            blocks += self._table(told.bridge, "From reported to validated crime, last 12 months", "Step", notes=notes)
        return blocks

    def _places(self, section: Any, priority: str) -> list[Block]:
        places = self._of("comparisons", "section", section.id)
        if places.empty:
            return []
        caption = f"{section.title}: national and peer places"
        heading = Heading(3, f"Against other forces: {section.title}", f"{section.id}_places")
        return [heading, *self._table(place_rows(places), caption, "What is compared", figures=list(places["id"]),
                                      place=f"{priority}#{section.id}_places")]  # fmt: skip

    def _quoted(self, section: Any, priority: str) -> list[Block]:
        """Numbers in running text, each a sentence with its own id."""
        statements = self._of("statements", "section", section.id)
        ranges = self._of("ranges", "section", section.id)
        ranges = ranges[ranges["table"] == ""]
        place = self._link(f"{priority}#{section.id}")
        told = [(each, each.claim) for each in statements.itertuples()]
        told += [(each, f"{each.question}, {each.scope}") for each in ranges.itertuples()]
        items = tuple(
            (Run(f"{_stopped(claim)} ({self._as_printed(each)})", place, (each.id,)),) for each, claim in told
        )
        if not items:
            return []
        return [
            Heading(3, f"Numbers in the report's text: {section.title}", f"{section.id}_text"),
            Bullets(items, small=True),
        ]

    def _explained(self, section: Any, priority: str) -> list[Block]:
        told = self._of("explanations", "section", section.id)
        blocks: list[Block] = []
        place = self._link(f"{priority}#{section.id}")
        for kind, heading in EXPLANATIONS.items():
            chosen = told[told["kind"] == kind]
            if len(chosen):
                about = heading if heading == section.title else f"{heading}: {section.title}"
                blocks.append(Heading(3, about, f"{section.id}_{kind}"))
                items = [(Run(f"{each.text} ({each.where})", place, (each.id,)),) for each in chosen.itertuples()]
                blocks.append(Bullets(tuple(items)))
        return blocks

    def _definitions(self, section: Any) -> list[Block]:
        """What each measure of a section counts, what touched it and how it was tested, each told once."""
        told, self.definitions = list(dict.fromkeys(self.definitions)), []
        if not told:
            return []
        items = tuple((Run(name, strong=True), Run(words)) for name, words in told)
        heading = Heading(3, f"Definitions and caveats: {section.title}", f"{section.id}_definitions")
        return [heading, Bullets(items, small=True)]

    def _glossary(self) -> list[Block]:
        words = self.frames["glossary"].sort_values("term", key=lambda terms: terms.str.lower())
        rows = words.rename(columns={"term": "row_label", "meaning": "What it means", "where": "Where"})
        heading = Heading(1, "Words used", "glossary")
        return [PageBreak(), heading, *self._table(rows, "What the words mean", "Word")] if len(rows) else []

    def _table(self, rows: pd.DataFrame, caption: str, first: str, **more: Any) -> list[Block]:
        """A table, and none for no rows; what is not published says so in its caption."""
        if rows.empty:
            return []
        ids, place = more.pop("figures", []), more.pop("place", "")
        if ids:
            more["notes"] = (*more.get("notes", ()), (Run("Figures:", self._link(place), tuple(ids)),))
        stamp = f"{self.about.stamp}: " if self.about.stamp else ""
        return [table_of(rows, f"{stamp}{caption}", first, **more)]

    def _doubts(self, ids: list[str], section: Any) -> tuple[tuple[Run, ...], ...]:
        """The line under a table whose printed numbers carry the mark."""
        own = [name for name in dict.fromkeys(ids) if name in self.doubtful]  # a number may be printed twice
        if not own:
            return ()
        several = len(own) > 1
        numbers = f"{in_words(len(own)).capitalize()} printed number{'s here are' if several else ' here is'}"
        text = f"{CHECK_MARK} {numbers} in doubt."
        return ((Run(text, self._link("check_the_figures#findings"), tuple(own)),),)

    def _as_printed(self, row: Any) -> str:
        """How a number in running text is printed and where, whether it is in doubt, and what it was corrected to."""
        marked = f" {CHECK_MARK}" if row.id in self.doubtful else ""
        told = f"printed as “{row.printed}”{marked}, {row.where}"
        return f"{told}; {self.notes[row.id]}" if row.id in self.notes else told

    def _said(self, text: str, place: str, ids: Any, kind: str) -> Paragraph:
        return said(text, self._link(place), ids, kind)

    def _link(self, place: str) -> str:
        return link_to(self.about, place) if place and self.about.address else ""

    def _source(self, where: str) -> str:
        about = self.about
        return f"{about.force}, {about.title}, {name_day(pd.Timestamp(about.published))}, {where}"

    def _of(self, file: str, column: str, value: str) -> pd.DataFrame:
        return self.frames[file][self.frames[file][column] == value]


def _stopped(text: str) -> str:
    return text.rstrip().rstrip(".") + "."
