"""Shares of what was named just before ("of these"), and the two shares of opposites ("women ... and men ...")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction

from analysis.audit.grades import ROUNDING, UNCHECKED
from analysis.draft.numbers_in_text import COUNT
from analysis.draft.sentences import Passage, Sentence, bracketed, sign_of
from analysis.draft.told import SHARE_OF, Judged, candidates, judge, plain

__all__ = ["check_of_these", "check_opposites"]

_OF_THESE = re.compile(
    rf"(?:{sign_of('p', 'P')}\s?{bracketed('x', 'C')}|{sign_of('part', 'C')}\s?{bracketed('share', 'P')})"
    r"\sof\s(?:these|them)\b\s?(?P<what>[a-z]*)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"|have|has|had|were|was|are|is|did|resulted|led|came|went|could|will|would|said|agreed|in|by|at|within|on",
    re.IGNORECASE,
)  # words after which "these" stands alone; else the next word says what they are
_PEOPLE = (("women", "men"), ("female", "male"), ("females", "males"), ("girls", "boys"), ("adults", "children"))
_AROUND = Fraction(5)  # points off 100% within which two shares are meant to be those of one whole


def check_of_these(passage: Passage, place: int, changes: Collection[int]) -> Iterator[Judged]:
    """A share with its count "of these", held against the counts before it in its sentence and in the one before.

    It is told wrong only where one of them alone can be the whole.
    """
    sentence = passage.sentences[place]
    for match in _OF_THESE.finditer(sentence.signs):
        p, x = int(match["p"] or match["share"]), int(match["x"] or match["part"])
        what = match["what"].lower()
        wholes = [
            each
            for each in (*sentence.figures, *passage.before(place))
            if each < min(p, x) and each not in changes and _can_hold(passage, each, x)
        ]
        named = [y for y in wholes if _GOES_ON.fullmatch(what) or what in _behind(passage, y)]
        if p in changes:
            continue
        if judged := candidates(passage, p, SHARE_OF, [(x, y) for y in wholes]):
            yield judged
        elif len(wholes) == len(named) == 1:
            yield judge(passage, p, SHARE_OF, (x, named[0]))


def _can_hold(passage: Passage, whole: int, part: int) -> bool:
    found = passage.found[whole]
    return found.kind == COUNT and found.like(passage.found[part]) and found.value > passage.found[part].value > 0


def _behind(passage: Passage, figure: int) -> list[str]:
    """The four words behind a figure, of its own sentence."""
    behind = re.split(r"[.;:(]", passage.text[passage.found[figure].end :][:80].lower())[0]
    return re.findall(r"[a-z]+", behind)[:4]


def check_opposites(passage: Passage, sentence: Sentence, changes: Collection[int]) -> Iterator[Judged]:
    """Two shares of opposites that nearly make a whole: "women 63.88% and men 37.12%" make 101%.

    They may be shares of two wholes, so that they are never told wrong.
    """
    for first, second in _PEOPLE:
        pairs = [_told(sentence, *names) for names in ((first, second), (second, first))]
        for p, q in (pair for pair in pairs if pair):
            ones = [passage.found[p], passage.found[q]]
            total, free = ones[0].value + ones[1].value, sum(Fraction(1, 2 * 10**each.places) for each in ones)
            if p in changes or q in changes or total == 100 or abs(total - 100) > _AROUND:
                continue
            for own, other in ((p, q), (q, p)):
                if abs(total - 100) <= free:
                    told = f"with {passage.found[other].text} it makes 100% but for rounding"
                    yield Judged(own, ROUNDING, told, "", (other,))
                else:
                    yield plain(own, UNCHECKED, f"the two shares make {float(total):g}%")


def _told(sentence: Sentence, first: str, second: str) -> tuple[int, int] | None:
    """The shares of two names, told before both or behind both."""
    p, q = sign_of("p", "P"), sign_of("q", "P")
    link = r"(?:,|\sand|,\sand|\s[–-])\s"
    verb = r"\s(?:(?:were|are|was|is|of|at)\s)?"
    for words in (
        rf"\b{first}{verb}{p}{link}{second}{verb}{q}",
        rf"{p}\s(?:(?:were|are|was|is)\s)?{first}{link}{q}\s(?:(?:were|are|was|is)\s)?{second}\b",
    ):
        if match := re.search(words, sentence.signs, re.IGNORECASE):
            return int(match["p"]), int(match["q"])
    return None
