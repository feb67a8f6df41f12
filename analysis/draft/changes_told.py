"""Changes told in a text: from one number to another, by a difference, by so many per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from analysis.audit.grades import DISAGREES, UNCHECKED
from analysis.draft.numbers_in_text import COUNT, PER_CENT, POINTS
from analysis.draft.sentences import GAP, LEVEL, NEAREST, NO_NUMBER, Passage, Sentence, bracketed, sign_of
from analysis.draft.told import CHANGE, MINUS, NOTHING_GIVES_IT, Judged, candidates, is_exact, judge, plain

__all__ = ["ELSEWHERE", "FELL", "FROM_TO", "ROSE", "changes_of", "check_changes", "companions_of", "held"]

ROSE = (
    r"(?:increas\w*|rise|rises|rose|risen|rising|grew|grown|growing|growth|up|higher|more|extra|additional|gain\w*"
    r"|climbed|uplift)"
)
FELL = r"(?:decreas\w*|reduc\w*|falls?|fell|fallen|falling|drop\w*|declin\w*|down|lower|fewer|less|shrank|cut)"
_OTHER = r"(?:chang\w*|improv\w*|differen\w*|varian\w*)"
_FILLER = (
    r"(?:(?:of|by|was|is|an?|average|further|around|about|over|nearly|almost|more than|just|under|compared|slightly"
    r"|significantly)\s)*"
)
_ANY_LEVEL = sign_of("own", LEVEL + "T")
_BEFORE = re.compile(
    rf"\b(?:(?P<rose>(?!more\b|extra\b|additional\b|higher\b){ROSE})|(?P<fell>(?!fewer\b|less\b|lower\b){FELL})|{_OTHER})"
    rf"\b:?\s{_FILLER}[(]?{_ANY_LEVEL}",
    re.IGNORECASE,
)
_IN_OF = re.compile(
    r"\b(?:(?P<rose>increase|rise|growth)|(?P<fell>decrease|reduction|fall|drop|decline))"
    rf"\sin\s{GAP(70)}\sof\s{_ANY_LEVEL}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_ANY_LEVEL}(?:\s\([^)]{{0,30}}\))?(?:\s[a-z]+)?"
    rf"\s(?:(?P<rose>{ROSE})|(?P<fell>{FELL})|improvement|change)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"{sign_of('first', LEVEL + 'T')}(?:\s[a-z]+){{0,2}}\s?{bracketed('second', LEVEL + 'T')}", re.I)
_NO_CHANGE = re.compile(r"\b(?:rang\w*|var(?:y|ies|ied)|between|aged?|not?)\b", re.IGNORECASE)
FROM_TO = re.compile(
    rf"\bfrom\s(?:more than |just |about |around |over |under |nearly )*{sign_of('a')}(?:\s?{bracketed('ax')})?"
    rf"{GAP(60)}\bto\s(?:{NO_NUMBER}{{0,20}}\s)?{sign_of('b')}(?:\s?{bracketed('bx')})?",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"{sign_of('b')}{GAP(60)}\b(?:compared\s(?:with|to)|against|versus|vs\.?|(?P<rose>up)\sfrom|(?P<fell>down)\sfrom)"
    rf"\s(?:only |just |about |the )*{sign_of('a')}",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"{sign_of('own', 'PC')}(?:\s\w+)?(?:\s?{bracketed('other', 'PC')})?(?:\s\w+){{0,2}}"
    rf"\sto\s(?:\w+\s){{0,2}}{sign_of('b', 'C')}",
    re.IGNORECASE,
)
_WAS = re.compile(rf"\b(?:was|were|at|of)\s{sign_of('a', 'C')}{GAP(30)}\b(?:{ROSE}|{FELL})\sby\s$", re.IGNORECASE)
# words after which a change may be of something else, or against something else
ELSEWHERE = re.compile(
    r"\b(?:while|whereas|but|although|though|despite|baseline|target|average|national\w*|forecast|budget|expected"
    r"|since|and)\b",
    re.IGNORECASE,
)
_NEW_SUBJECT = re.compile(rf"^(?:\s?\([^)]*\))?\s(?:{ROSE}|{FELL}|improvement|change)\sin\b", re.IGNORECASE)


def companions_of(sentence: Sentence) -> dict[int, int]:
    """Numbers that stand in brackets beside another, both ways round."""
    found: dict[int, int] = {}
    for match in _PAIR.finditer(sentence.signs):
        first, second = int(match["first"]), int(match["second"])
        if first not in found:
            found |= {first: second, second: first}
    return found


def changes_of(sentence: Sentence, companions: Mapping[int, int]) -> dict[int, int]:
    """The numbers that are told as changes, with 1 for a rise, -1 for a fall, 0 where the words leave it open."""
    found: dict[int, int] = {}
    for pattern in (_AFTER, _BEFORE, _IN_OF):
        for match in pattern.finditer(sentence.signs):
            way = 1 if match["rose"] else -1 if match["fell"] else 0
            found.setdefault(int(match["own"]), way)
    return found | {companions[each]: way for each, way in list(found.items()) if each in companions}


def check_changes(passage: Passage, place: int) -> Iterator[Judged]:
    """Every change of one sentence that can be held against levels of it or of the sentence before.

    Only a change that is tied to its levels by the words themselves can be told wrong; one that merely stands near
    levels is checked where it follows from them, and left open where it does not.
    """
    sentence = passage.sentences[place]
    companions = companions_of(sentence)
    changes = changes_of(sentence, companions)
    tied: set[int] = set()
    for match in (*FROM_TO.finditer(sentence.signs), *_COMPARED.finditer(sentence.signs)):
        a, b = int(match["a"]), int(match["b"])
        if _alike(passage, a, b) and b not in changes and a not in changes:
            yield from _linked(passage, sentence, match, a, b, changes, companions, tied)
    for match in _TO.finditer(sentence.signs):
        if int(match["own"]) in changes and int(match["own"]) not in tied:
            yield from _levelled(passage, sentence, match, changes, tied)
    near = (*sentence.figures, *passage.before(place))
    levels = [each for each in near if each not in changes and passage.found[each].kind == COUNT]
    for own, way in changes.items():
        if own not in tied and passage.found[own].kind == PER_CENT:
            near_levels = [level for level in levels if abs(level - own) <= NEAREST]
            yield from _lone(passage, own, way, companions.get(own), near_levels)


def _alike(passage: Passage, a: int, b: int) -> bool:
    return passage.found[a].like(passage.found[b])


def _linked(
    passage: Passage,
    sentence: Sentence,
    match: re.Match[str],
    a: int,
    b: int,
    changes: Mapping[int, int],
    companions: Mapping[int, int],
    tied: set[int],
) -> Iterator[Judged]:
    """What is told of the step from a to b: its direction, and the changes that stand right beside it."""
    before = sentence.signs[: match.start()]
    clause = re.split(r"[,;:]|\ue001", before)[-1]
    clause = re.sub(r"\b(?:more|less) than\b", "", clause, flags=re.IGNORECASE)
    if _NO_CHANGE.search(clause[-40:]):
        return
    rising, falling = re.search(rf"\b{ROSE}\b", clause, re.I), re.search(rf"\b{FELL}\b", clause, re.I)
    groups = match.groupdict()
    way = (
        1
        if (rising or groups.get("rose")) and not falling
        else -1
        if (falling or groups.get("fell")) and not rising
        else 0
    )
    later, earlier = passage.found[b].value, passage.found[a].value
    first, last = sentence.figures.index(a), sentence.figures.index(b)
    near = sentence.figures[max(min(first, last) - 2, 0) : max(first, last) + 5]  # farther ones stand behind others
    told = [each for each in near if each in changes and _beside(sentence, match, each)]
    told += [companions[each] for each in told if each in companions and companions[each] not in told]
    for each in (b, a):
        yield from _in_brackets(passage, a, b, companions.get(each, each), changes)
    for each in told:
        tied.add(each)
        yield held(passage, each, a, b, changes.get(each, 0))
    if way and (later - earlier) * way < 0 and not any(passage.found[each].vague for each in (a, b)):
        size = "a rise" if way > 0 else "a fall"
        yield plain(
            b, DISAGREES, f"the words say {size}, but {passage.found[a].text} to {passage.found[b].text} is none"
        )


def _in_brackets(passage: Passage, a: int, b: int, own: int, changes: Mapping[int, int]) -> Iterator[Judged]:
    """A per cent in brackets behind a level that is no per cent: checked only where it is the change."""
    kinds = passage.found[own].kind, passage.found[b].kind
    if (
        own not in changes
        and kinds[0] == PER_CENT != kinds[1]
        and (judged := candidates(passage, own, CHANGE, [(b, a)]))
    ):
        yield judged


def _beside(sentence: Sentence, match: re.Match[str], figure: int) -> bool:
    """Whether a change stands right after, or right before, the step from one number to another."""
    start, end = sentence.place_of(figure)
    rest = sentence.signs[end : end + 200]
    if _NEW_SUBJECT.match(rest) or ELSEWHERE.search(re.sub(r"^\s?\([^)]*\)", "", rest)[:60].split(".")[0]):
        return False
    if start >= match.end():
        between = sentence.signs[match.end() : start]
        return len(between) <= 80 and "\ue000" not in between and not ELSEWHERE.search(between)
    between = sentence.signs[end : match.start()]
    between = re.sub(r"^\s?\(\s?\ue000[A-Z][0-9]+\ue001[^)]*\)", "", between)
    return end <= match.start() and len(between) <= 12 and "\ue000" not in between


def held(passage: Passage, own: int, a: int, b: int, way: int) -> Judged:
    """A change held against the two levels: a difference, a per cent, or points."""
    found, level = passage.found[own], passage.found[a]
    later, earlier = passage.found[b].value, level.value
    turn = -1 if way < 0 or (way == 0 and later < earlier and found.value > 0) else 1
    if found.kind == PER_CENT and level.kind != PER_CENT:
        return judge(passage, own, CHANGE, (b, a), turn)
    if found.kind == PER_CENT:
        relative = judge(passage, own, CHANGE, (b, a), turn)
        return relative if relative.fits else judge(passage, own, MINUS, (b, a), turn)
    if found.like(level) or (found.kind == POINTS and level.kind == PER_CENT):
        return judge(passage, own, MINUS, (b, a), turn)
    return plain(own, UNCHECKED, "It is told beside numbers of another kind or unit.")


def _levelled(
    passage: Passage, sentence: Sentence, match: re.Match[str], changes: Mapping[int, int], tied: set[int]
) -> Iterator[Judged]:
    """A change up or down to a level: "rose by 45 (10.7%) to 466"."""
    pair = [int(match["own"])] + ([int(match["other"])] if match["other"] else [])
    b = int(match["b"])
    percent = next((each for each in pair if passage.found[each].kind == PER_CENT), None)
    size = next((each for each in pair if passage.found[each].kind == COUNT), None)
    way = next((changes[each] for each in pair if each in changes), 0)
    was = _WAS.search(sentence.signs[: match.start()])
    if was and size is not None and _alike(passage, int(was["a"]), b):
        tied.add(size)
        yield held(passage, size, int(was["a"]), b, way)
    if percent is not None and size is not None and way and is_exact(passage.found[size]):
        tied.add(percent)
        yield judge(passage, percent, _by_difference(passage, size, way), (b, size), way)


def _by_difference(passage: Passage, size: int, way: int) -> str:
    """The change in per cent from the level reached and the difference, whichever sign the difference is told with."""
    if passage.found[size].value < 0:
        return "b / (a - b) * 100"
    return "b / (a - b) * 100" if way > 0 else "-b / (a + b) * 100"


def _lone(passage: Passage, own: int, way: int, companion: int | None, levels: Sequence[int]) -> Iterator[Judged]:
    """A change in per cent that no words tie to its levels."""
    size = companion if companion is not None and passage.found[companion].kind == COUNT else None
    if size is None:
        yield plain(own, UNCHECKED, NOTHING_GIVES_IT)
        return
    if way:
        formula = _by_difference(passage, size, way)
        several = [(level, size) for level in levels if level != size and _left(passage, level, size, way) > 0]
        if judged := candidates(passage, own, formula, several, way):
            yield judged
            return
    yield plain(own, UNCHECKED, NOTHING_GIVES_IT)


def _left(passage: Passage, level: int, size: int, way: int) -> Fraction:
    """The earlier value that a level and a difference leave."""
    return passage.found[level].value - abs(passage.found[size].value) * way
