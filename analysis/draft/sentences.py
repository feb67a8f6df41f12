"""A pasted text as its sentences, with each number in the place of a sign that patterns can see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.draft.numbers_in_text import (
    COUNT,
    DURATION,
    MONEY,
    NOT_FIGURES,
    PER_CENT,
    PLACE,
    POINTS,
    RATE,
    SHARE,
    TIMES,
    Found,
    find_numbers,
)  # fmt: skip

__all__ = ["GAP", "LEVEL", "NEAREST", "NO_NUMBER", "Passage", "Sentence", "bracketed", "passage_of", "sign_of"]

_LETTERS = {
    COUNT: "C", PER_CENT: "P", POINTS: "T", MONEY: "M", PLACE: "K", DURATION: "D", RATE: "R", SHARE: "S", TIMES: "X",
}  # fmt: skip
_OPEN, _CLOSE = "\ue000", "\ue001"
NEAREST = 15  # figures before and after one, among which what it rests on is looked for
LEVEL = "CMDRP"  # the letters of numbers that may be a level
NO_NUMBER = f"[^{_OPEN}.;]"
_BULLET = r"\s*(?:[-•●▪*–·o]\s|[0-9]{1,2}[.)]\s|[a-z]\)\s)"
_SHORTENED = r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bno)(?<!\bapprox)"
_NEXT = r"(?=[A-Z0-9£\"'“‘(\-–−])"
_ENDS = re.compile(rf"{_SHORTENED}[.!?][\"'”’)]*\s+{_NEXT}|\n\s*\n|\n(?={_BULLET})")
_WRAPPED = re.compile(
    r"(?:\b(?:to|of|by|from|the|and|a|an|in|with|was|were|at|or|for|than|is|has|have)|[,(])\s*$", re.I
)


@dataclass(frozen=True)
class Sentence:
    """One sentence: its place in the text, its words with a sign for each figure, and its figures' numbers."""

    start: int
    end: int
    signs: str
    figures: tuple[int, ...]

    def place_of(self, figure: int) -> tuple[int, int]:
        """Where a figure's sign begins and ends among ``signs``."""
        digits = f"{figure}{_CLOSE}"
        start = next(
            place - 2 for letter in _LETTERS.values() if (place := self.signs.find(f"{_OPEN}{letter}{digits}") + 2) > 1
        )
        return start, start + 2 + len(digits)


@dataclass(frozen=True)
class Passage:
    """A text with its numbers, in its order, and its sentences."""

    text: str
    found: tuple[Found, ...]
    sentences: tuple[Sentence, ...]

    def before(self, place: int) -> tuple[int, ...]:
        """The figures of the sentence before; none for the first."""
        return self.sentences[place - 1].figures if place else ()


def sign_of(name: str, letters: str = LEVEL) -> str:
    """The pattern of a figure's sign; the group ``name`` is the figure's number."""
    return rf"{_OPEN}[{letters}](?P<{name}>[0-9]+){_CLOSE}"


def bracketed(name: str, letters: str = LEVEL) -> str:
    """The pattern of a figure alone in brackets, with up to two words after it."""
    return rf"\(\s*{sign_of(name, letters)}(?:\s[A-Za-z-]+){{0,2}}\s*\)"


def GAP(most: int) -> str:  # noqa: N802 - it reads as a piece of a pattern
    """The pattern of up to ``most`` characters without a figure and without the end of a sentence."""
    return rf"{NO_NUMBER}{{0,{most}}}?"


def passage_of(text: str) -> Passage:
    """Find the numbers and the sentences of a text.

    >>> passage = passage_of("Arson rose from 421 to 466. That is 10.7%.")
    >>> [sentence.figures for sentence in passage.sentences]
    [(0, 1), (2,)]
    """
    clean = re.sub(f"[{_OPEN}-\\uf8ff]", " ", text)
    found = tuple(find_numbers(clean))
    spans = _spans(clean, found)
    return Passage(clean, found, tuple(_sentence(clean, start, end, found) for start, end in spans))


def _spans(text: str, found: Sequence[Found]) -> list[tuple[int, int]]:
    """Where sentences begin and end: at stops, at blank lines, at list items, at lines that do not run on."""
    inside = {place for each in found for place in range(each.start + 1, each.end)}
    cuts = {match.end() for match in _ENDS.finditer(text) if match.start() not in inside}
    for match in re.finditer(r"\n", text):
        before, after = text[: match.start()].rpartition("\n")[2], text[match.end() :].partition("\n")[0].lstrip()
        if not after[:1].islower() and not _WRAPPED.search(before):
            cuts.add(match.end())
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    return [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]


def _sentence(text: str, start: int, end: int, found: Sequence[Found]) -> Sentence:
    words, place, figures = [], start, []
    for number, each in enumerate(found):
        if each.start < start or each.start >= end or each.kind in NOT_FIGURES:
            continue
        figures.append(number)
        words += [text[place : each.start], f"{_OPEN}{_LETTERS[each.kind]}{number}{_CLOSE}"]
        place = each.end
    words.append(text[place : max(end, place)])
    signs = re.sub(r"\s+", " ", "".join(words)).replace("*", "")
    return Sentence(start, end, signs, tuple(figures))
