"""The paragraphs of a document as they would be pasted on the sheet Statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.from_document.document import Document
from analysis.next_report.list_columns import STATEMENTS
from analysis.next_report.paragraphs import NO_SECTION, Headings

__all__ = ["is_draft", "pasted"]

_LONGEST = 32_000  # letters that a cell holds
_DRAFT = "A draft made by Performance Explorer"  # in the note of documents.report
_GENERATED = re.compile(r"\[[a-z0-9_.]*_[a-z0-9_.]*(?:, [a-z0-9_.]+)*(?:, \.\.\.)?\]$")
_LONGEST_NAMES = 600  # letters of the names at the end of a line
_QUOTED = 60  # letters of a paragraph that is named


def pasted(document: Document, known: Headings, room: int) -> tuple[list[str], list[str]]:
    """The lines for the sheet, and sentences on what is left out.

    Parameters
    ----------
    document
        The next report's.
    known
        The headings of the report before, which name the sections.
    room
        How many lines fit.

    Returns
    -------
    tuple
        Headings and paragraphs in order from the first heading that names a section. A heading that names none and has
        no text of its own, such as that of a chapter, is left out, for nothing could be asked about it.
    """
    if is_draft(document):
        return [], [
            f"{STATEMENTS.name}: the document says that it is a draft of the explorer, so its {len(document.lines):,} "
            "lines are made from figures and are not taken; paste what the report itself says."
        ]
    named = [known.of(text) for text, _ in document.lines]
    first = next((place for place, found in enumerate(named) if found and found != NO_SECTION), None)
    if first is None:
        if not document.lines:
            return [], []
        return [], [f"{STATEMENTS.name}: no heading of the document names a section, so its text is left to paste."]
    lines = [
        text
        for place, (text, heading) in enumerate(document.lines)
        if place >= first and not (named[place] == NO_SECTION and _has_no_text(place, document, named))
    ]
    lines, told = _without_generated(lines)
    before = sum(not heading for _, heading in document.lines[:first])
    if before:
        lines_are = "1 line stands" if before == 1 else f"{before} lines stand"
        told.append(
            f"{STATEMENTS.name}: {lines_are} before the first heading that names a section, and is not taken."
            if before == 1
            else f"{STATEMENTS.name}: {lines_are} before the first heading that names a section, and are not taken."
        )
    if long := [text for text in lines if len(text) > _LONGEST]:
        lines = [text for text in lines if len(text) <= _LONGEST]
        told.append(
            f"{STATEMENTS.name}: longer than a cell holds, and left to paste in parts: “{long[0][:_QUOTED]} ...”."
        )
    if len(lines) > room:
        over = len(lines) - room
        start = lines[room] if len(lines[room]) <= _QUOTED else f"{lines[room][:_QUOTED].rstrip()} ..."
        told.append(
            f"{STATEMENTS.name}: {room} lines fit; {over} more, from “{start}” on, {'is' if over == 1 else 'are'} left "
            "out."
        )
    return lines[:room], told


def is_draft(document: Document) -> bool:
    """Whether it says that it is the explorer's own draft, whose sentences are made from figures."""
    return any(_DRAFT in text for text, _ in document.lines)


def _without_generated(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without the explorer's own sentences, which name the figures that they rest on at their end."""
    kept = [text for text in lines if not _GENERATED.search(text[-_LONGEST_NAMES:])]
    gone = len(lines) - len(kept)
    if not gone:
        return lines, []
    are = "1 line names its figures at its end" if gone == 1 else f"{gone:,} lines name their figures at their end"
    return kept, [f"{STATEMENTS.name}: {are}, as the explorer's own sentences do, and is not taken." if gone == 1 else
                  f"{STATEMENTS.name}: {are}, as the explorer's own sentences do, and are not taken."]  # fmt: skip


def _has_no_text(place: int, document: Document, named: Sequence[tuple[str, str] | None]) -> bool:
    """Whether another heading follows at once, or nothing does."""
    return place + 1 == len(named) or document.lines[place + 1][1] or named[place + 1] is not None
