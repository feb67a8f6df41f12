"""What is told of the numbers and the words of change of pasted paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.next_report.statements import StatementsRead
from analysis.next_report.words_in_text import WordsRead

__all__ = ["tell_statements", "tell_words"]

_MOST = 40  # numbers that are quoted in one sentence


def tell_statements(read: StatementsRead) -> list[str]:
    """Sentences on how many numbers were tied, which stand alone and which were left out."""
    if not (read.rows or read.places or read.shares):
        return []
    told = [
        f"Statements: {_numbers(len(read.rows))} found in the text. {read.as_before} stand in words that the report "
        f"before had too, {read.tied} equal a number of a table, {read.to_each_other} follow from others of their "
        f"paragraph, {len(read.alone)} stand alone."
    ]
    if read.alone:
        told.append(f"Statements: these stand alone, for nothing gives them: {_quoted(read.alone)}.")
    if read.places:
        told.append(f"Statements: places were left out; they belong on the sheet Comparisons: {_quoted(read.places)}.")
    if read.shares:
        told.append(f"Statements: shares in words were left out: {_quoted(read.shares)}.")
    return told


def tell_words(read: WordsRead) -> list[str]:
    """Sentences on how many words such as stable are held against numbers, and which are not checked.

    >>> tell_words(WordsRead(rows=[{"printed": "arson has fallen"}], alone=["funding has risen"]))[0]
    'Statements: 1 phrase that says a change is held against the numbers it speaks of: “arson has fallen”.'
    """
    told = []
    if read.rows:
        phrases = list(dict.fromkeys(row["printed"] for row in read.rows))
        are = (
            "1 phrase that says a change is held against the numbers it speaks of"
            if len(phrases) == 1
            else f"{len(phrases)} phrases that say a change are held against the numbers they speak of"
        )
        told.append(f"Statements: {are}: {_quoted(phrases)}.")
    if read.alone:
        told.append(
            "Statements: these say that something changed or stayed, and are not checked, for they cannot be tied to "
            f"one row of their section's tables and its 12 months: {_quoted(read.alone)}."
        )
    return told


def _numbers(count: int) -> str:
    return "1 number was" if count == 1 else f"{count} numbers were"


def _quoted(phrases: Sequence[str]) -> str:
    shown = "; ".join(f"“{each}”" for each in phrases[:_MOST])
    return shown if len(phrases) <= _MOST else f"{shown}; and {len(phrases) - _MOST} more"
