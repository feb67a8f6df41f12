"""Changes told in other orders: "68%, up 5 points from 63%", "rose 10% to 110 from 100", "4 more than 8"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analysis.audit.grades import DISAGREES
from analysis.draft.changes_told import ELSEWHERE, FELL, FROM_TO, ROSE, held
from analysis.draft.numbers_in_text import COUNT, PER_CENT
from analysis.draft.sentences import GAP, LEVEL, Passage, Sentence, bracketed, sign_of
from analysis.draft.told import CHANGE, SHARE_OF, Judged, candidates, plain

__all__ = ["check_steps"]

_WAY = rf"(?:(?P<rose>{ROSE})|(?P<fell>{FELL}))"
_OWN = rf"{sign_of('own', LEVEL + 'T')}(?:\s?{bracketed('other', LEVEL + 'T')})?"
_ABOUT = r"(?:(?:the|just|only|about|around|nearly|of|by|an?)\s)*"
_NO_TO = rf"(?!{GAP(40)}\bto\s{GAP(20)}\ue000)"
_UP_FROM = re.compile(
    rf"{sign_of('b')}(?:\s[a-z]+){{0,3}}(?:,|\s?\(|\s[–-])\s?(?:an?\s)?{_WAY}\s{_ABOUT}{_OWN}"
    rf"\s(?:from|on|compared\swith|compared\sto)\s{_ABOUT}{sign_of('a')}{_NO_TO}",
    re.IGNORECASE,
)
_TO_FROM = re.compile(
    rf"\b{_WAY}\s(?:{_ABOUT}{_OWN}\s)?to\s{_ABOUT}{sign_of('b')}(?:\s[a-z]+)?\sfrom\s{_ABOUT}{sign_of('a')}{_NO_TO}",
    re.IGNORECASE,
)
_THAN = re.compile(
    rf"{sign_of('size', 'C')}(?:\s[a-z]+)?\s(?:(?P<rose>more|extra)|(?P<fell>fewer|less))\sthan\s"
    rf"{_ABOUT}{sign_of('a', 'C')}",
    re.IGNORECASE,
)
_FARTHEST = 60  # letters between a change and the step behind it
_TWO = 2  # levels of a sentence, which are then those of its change


def check_steps(
    passage: Passage, sentence: Sentence, changes: Mapping[int, int], companions: Mapping[int, int]
) -> Iterator[Judged]:
    """Changes of one sentence whose levels stand behind them or round them.

    Only where the change stands between its two levels, or right before them, is it told wrong; elsewhere it is
    checked where it follows.

    Parameters
    ----------
    passage, sentence
        The text and one sentence of it.
    changes
        The figures that are told as changes, with their ways.
    companions
        The figures in brackets beside others.
    """
    for pattern in (_UP_FROM, _TO_FROM):
        for match in pattern.finditer(sentence.signs):
            yield from _stepped(passage, match, changes)
    yield from _before_step(passage, sentence, changes, companions)
    yield from _lone(passage, sentence, changes)


def _stepped(passage: Passage, match: re.Match[str], changes: Mapping[int, int]) -> Iterator[Judged]:
    a, b, way = int(match["a"]), int(match["b"]), 1 if match["rose"] else -1
    earlier, later = passage.found[a], passage.found[b]
    if not earlier.like(later) or a in changes or b in changes:
        return
    for own in (match["own"], match["other"]):
        if own:
            yield held(passage, int(own), a, b, way)
    if match["own"] is None and (later.value - earlier.value) * way < 0 and not (earlier.vague or later.vague):
        size = "a rise" if way > 0 else "a fall"
        yield plain(b, DISAGREES, f"the words say {size}, but {earlier.text} to {later.text} is none")


def _before_step(
    passage: Passage, sentence: Sentence, changes: Mapping[int, int], companions: Mapping[int, int]
) -> Iterator[Judged]:
    """A change some words before "from 200 to 150"."""
    for match in FROM_TO.finditer(sentence.signs):
        a, b = int(match["a"]), int(match["b"])
        before = [own for own in sentence.figures if own in changes and sentence.place_of(own)[1] <= match.start()]
        if not before or not passage.found[a].like(passage.found[b]):
            continue
        between = sentence.signs[sentence.place_of(before[-1])[1] : match.start()]
        if len(between) > _FARTHEST or "\ue000" in between or ELSEWHERE.search(between):
            continue
        for own in (before[-1], companions.get(before[-1], before[-1])):
            judged = held(passage, own, a, b, changes.get(own, 0))
            if judged.fits:
                yield judged


def _lone(passage: Passage, sentence: Sentence, changes: Mapping[int, int]) -> Iterator[Judged]:
    """A per cent with a way beside "4 more than 8", or beside the only two counts of its sentence."""
    counts = [each for each in sentence.figures if passage.found[each].kind == COUNT and each not in changes]
    for own, way in changes.items():
        if passage.found[own].kind != PER_CENT or not way:
            continue
        for match in _THAN.finditer(sentence.signs):
            if bool(match["rose"]) == (way > 0):
                formula = SHARE_OF if way > 0 else f"-{SHARE_OF}"
                if judged := candidates(passage, own, formula, [(int(match["size"]), int(match["a"]))], way):
                    yield judged
        both = [tuple(counts), tuple(reversed(counts))] if len(counts) == _TWO else []
        if judged := candidates(passage, own, CHANGE, both, way):
            yield judged
