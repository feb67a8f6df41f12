"""Words held against the numbers beside them: falls told twice, ranges turned round, places, "doubled"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from analysis.audit.grades import AGREES, DISAGREES, UNCHECKED
from analysis.audit.printed import round_half_up
from analysis.audit.words import turned_sign
from analysis.draft.numbers_in_text import NOT_FIGURES, PLACE
from analysis.draft.sentences import GAP, Passage, Sentence, sign_of
from analysis.draft.told import Judged, plain

__all__ = ["check_multiples", "check_places", "check_ranges", "check_signs"]

_TURNED = "the sign is turned round: the words say a fall already, and a fall by less than nothing is a rise"
_BETWEEN = re.compile(
    rf"(?P<before>\w{{0,20}}\s?)\bbetween\s{sign_of('a', 'PCDMR')}\s?(?:and|to|-|–)\s?{sign_of('b', 'PCDMR')}",
    re.IGNORECASE,
)
_DASHED = re.compile(rf"{sign_of('a', 'P')}\s?[-–]\s?{sign_of('b', 'P')}")
_NO_RANGE = re.compile(r"differ\w*|gap|fell|fall|split|drop|reduc\w*|decreas\w*|change\w*", re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?P<how>(?:more|less) than |nearly |almost |over )?(?P<word>doubled|tripled|trebled|quadrupled|halved)\b", re.I
)
_SO_MANY = re.compile(sign_of("own", "X"))
_PAIR = re.compile(rf"\bfrom\s{sign_of('a', 'CMDRP')}{GAP(60)}\bto\s{sign_of('b', 'CMDRP')}", re.IGNORECASE)
_FACTORS = {"doubled": Fraction(2), "tripled": Fraction(3), "trebled": Fraction(3), "quadrupled": Fraction(4)}
_FACTORS |= {"halved": Fraction(1, 2)}
_FREE = Fraction(1, 5)  # how far "doubled" may lie from twice


def check_signs(passage: Passage, sentence: Sentence) -> Iterator[Judged]:
    """A fall that words and sign both tell: "a decrease of -23%"."""
    for place in sentence.figures:
        own = passage.found[place]
        if own.value >= 0:
            continue
        edge = max([passage.found[each].end for each in sentence.figures if each < place] or [sentence.start])
        if turned_sign(passage.text[edge : own.end]) or turned_sign(passage.text[own.start : _reach(passage, place)]):
            yield plain(place, DISAGREES, _TURNED)


def _reach(passage: Passage, place: int) -> int:
    """How far the words behind a number are its own: to the next number, one in brackets right behind it aside."""
    for other in passage.found[place + 1 :]:
        between = passage.text[passage.found[place].end : other.start]
        if other.kind in NOT_FIGURES or between.strip() == "(":
            continue
        return other.start
    return len(passage.text)


def check_ranges(passage: Passage, sentence: Sentence) -> Iterator[Judged]:
    """A range that runs from high to low."""
    for pattern in (_BETWEEN, _DASHED):
        for match in pattern.finditer(sentence.signs):
            a, b = passage.found[int(match["a"])], passage.found[int(match["b"])]
            if not a.like(b) or _NO_RANGE.search(match.groupdict().get("before") or ""):
                continue
            if a.value > b.value:
                told = f"a range runs from low to high: {a.text} is more than {b.text}"
                yield plain(int(match["b"]), DISAGREES, told)


def check_multiples(passage: Passage, sentence: Sentence) -> Iterator[Judged]:
    """A word such as "doubled" or "halved" beside a step from one number to another."""
    yield from _so_many_times(passage, sentence)
    words, pairs = list(_TIMES.finditer(sentence.signs)), list(_PAIR.finditer(sentence.signs))
    if len(words) != 1 or len(pairs) != 1:
        return
    a, b = int(pairs[0]["a"]), int(pairs[0]["b"])
    earlier, later = passage.found[a], passage.found[b]
    if not earlier.like(later) or earlier.value <= 0:
        return
    word = words[0]["word"].lower()
    ratio, factor = later.value / earlier.value, _FACTORS[word]
    how = (words[0]["how"] or "").strip().lower()
    beyond = ratio > factor if factor > 1 else ratio < factor
    right = abs(ratio - factor) <= factor * _FREE
    if how in ("more than", "over"):
        right = beyond
    said = f"{how} {word}".strip()
    told = f"“{said}”: {later.text} is {float(ratio):.2f} times {earlier.text}"
    vague = earlier.vague or later.vague
    grade = AGREES if right else UNCHECKED if vague else DISAGREES
    yield Judged(b, grade, told, "a ÷ b", (b, a))


def _so_many_times(passage: Passage, sentence: Sentence) -> Iterator[Judged]:
    """So many times as many, from one number to another: "up 5 times" may be meant both ways, and is never wrong."""
    several, pairs = list(_SO_MANY.finditer(sentence.signs)), list(_PAIR.finditer(sentence.signs))
    if len(several) != 1 or len(pairs) != 1:
        return
    own, a, b = int(several[0]["own"]), int(pairs[0]["a"]), int(pairs[0]["b"])
    found, earlier, later = passage.found[own], passage.found[a], passage.found[b]
    if not earlier.like(later) or earlier.value <= 0 or later.value <= 0:
        return
    ratio = later.value / earlier.value
    meant = {"a ÷ b": ratio, "(a − b) ÷ b": ratio - 1, "b ÷ a": 1 / ratio}
    for formula, value in meant.items():
        if round_half_up(value, found.places) == found.value:
            yield Judged(own, AGREES, "", formula, (b, a), value, f"a = {later.text}; b = {earlier.text}")
            return
    told = f"{later.text} is {float(ratio):.2f} times {earlier.text}"
    yield plain(own, UNCHECKED, told)


def check_places(passage: Passage) -> Iterator[Judged]:
    """Places out of a number of others: never beyond the last, and out of one number throughout a text."""
    places = [place for place, each in enumerate(passage.found) if each.kind == PLACE and each.whole]
    wholes = Counter((passage.found[place].whole, _others(passage, place)) for place in places)
    for place in places:
        own = passage.found[place]
        whole = own.whole or Fraction(0)
        others = {other for other, of in wholes if of == _others(passage, place) and other != whole}
        if own.value > whole:
            yield plain(place, DISAGREES, f"no place is beyond the last, {int(whole)}")
        elif others and _others(passage, place):
            among = " and ".join(str(int(other or 0)) for other in sorted(others, key=lambda each: each or 0))
            told = f"It is out of {int(whole)} here and out of {among} elsewhere in the text."
            yield plain(place, UNCHECKED, told)


def _others(passage: Passage, place: int) -> str:
    """The word behind a place: out of 42 "forces"."""
    after = re.match(r"\W{0,3}([A-Za-z]+)", passage.text[passage.found[place].end :])
    return after[1].lower() if after else ""
