"""Shares told in a text: so many of so many, so many per cent, one in four, the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED
from analysis.audit.printed import round_half_up
from analysis.draft.numbers_in_text import COUNT, PER_CENT, Found
from analysis.draft.sentences import GAP, NEAREST, Passage, Sentence, bracketed, sign_of
from analysis.draft.told import SHARE_OF, Judged, candidates, is_exact, judge, plain

__all__ = ["check_possible", "check_shares", "whole_exists"]

_ALL = r"(?:the |all |these |those |our |its |a total of )*"
_OF = rf"\s(?:out\s)?of\s{_ALL}"
_WORDS = r"(?:\s[A-Za-z’'-]+){0,6}?"
_TIED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{sign_of('p', 'P')}\s?{bracketed('x', 'C')}{_OF}{sign_of('y', 'C')}",
        rf"{sign_of('x', 'C')}\s?\({sign_of('p', 'P')}\){_OF}{sign_of('y', 'C')}",
        rf"{sign_of('x', 'C')}{_OF}{sign_of('y', 'C')}{_WORDS}(?:\s?\(|,\s|\s[–-]\s|\s)"
        rf"(?:or\s|which\sis\s|that\sis\s|i\.e\.,?\s)?{sign_of('p', 'P')}"
        r"(?!\s(?:more|fewer|less|of|increase|decrease))",
        rf"{sign_of('p', 'P')}{_OF}{sign_of('y', 'C')}{_WORDS}\s?{bracketed('x', 'C')}",
    )
]
_OF_THE = re.compile(rf"\bof\s(?:the|these|those|all)\s(?:the\s)?{sign_of('y', 'C')}", re.IGNORECASE)
_IN_WORDS = re.compile(
    rf"{sign_of('s', 'S')}{GAP(40)}\(\s*(?:{sign_of('x', 'C')}{_OF}{sign_of('y', 'C')}[^)]*|{sign_of('p', 'P')})\s*\)"
    rf"|{sign_of('t', 'S')}{_OF}{sign_of('whole', 'C')}{_WORDS}\s?{bracketed('part', 'C')}",
    re.IGNORECASE,
)
_PART_OF = re.compile(rf"{sign_of('x', 'C')}\s(?:out\s)?of\s(?:the|these|those)\s{sign_of('y', 'C')}", re.IGNORECASE)
_REST = re.compile(
    rf"\b(?:remaining|rest|other|remainder|balance)\s(?:of\s\w+\s)?\(?{sign_of('p', 'P')}", re.IGNORECASE
)
_COUNTED = r"people|victims|respondents|residents|crimes|offences|incidents|cases|calls|officers|staff|arrests|those"
_OVER = re.compile(rf"{sign_of('p', 'P')}(?:\s?\([^)]*\))?\sof\s(?:all\s|the\s)?(?:{_COUNTED})\b", re.IGNORECASE)
_SUBSET = re.compile(r"\bof\s(?:these|those|them|which|whom)\b", re.IGNORECASE)
_ROUND_WHOLE = 10  # "8 out of 10" is a manner of speaking
# how far a share in words may lie from the numbers beside it: as told, as told about, and before it is told wrong
_NEAR, _ABOUT, _FAR = Fraction(2, 100), Fraction(3, 100), Fraction(5, 100)


def check_shares(
    passage: Passage, place: int, changes: Collection[int], companions: Mapping[int, int]
) -> Iterator[Judged]:
    """Every share of one sentence that can be held against a part and a whole.

    Parameters
    ----------
    passage, place
        The text, and the number of the sentence in it.
    changes
        The figures that are told as changes, which are no shares.
    companions
        The figures in brackets beside others.
    """
    sentence = passage.sentences[place]
    for pattern in _TIED:
        for match in pattern.finditer(sentence.signs):
            if int(match["p"]) not in changes:
                yield from _tied(passage, int(match["p"]), int(match["x"]), int(match["y"]))
    yield from _near(passage, place, changes, companions)
    for match in _IN_WORDS.finditer(sentence.signs):
        yield from _in_words(passage, match)
    for match in _PART_OF.finditer(sentence.signs):
        x, y = int(match["x"]), int(match["y"])
        part, whole = passage.found[x], passage.found[y]
        if part.like(whole) and part.value > whole.value > 0:
            yield plain(x, DISAGREES, f"a part is more than its whole, {whole.text}")
    for match in _OVER.finditer(sentence.signs):
        if passage.found[int(match["p"])].value > 100 and int(match["p"]) not in changes:
            yield plain(int(match["p"]), DISAGREES, "a share of a whole cannot be more than 100%")
    yield from _hundred(passage, sentence, changes)


def _tied(passage: Passage, p: int, x: int, y: int) -> Iterator[Judged]:
    if passage.found[y].value <= 0 or not passage.found[x].like(passage.found[y]):
        return
    judged = judge(passage, p, SHARE_OF, (x, y))
    idiom = passage.found[y].value <= _ROUND_WHOLE and judged.recomputed is not None and not judged.fits
    if idiom and abs((judged.recomputed or 0) - passage.found[p].value) <= _ROUND_WHOLE / 2:
        yield plain(p, UNCHECKED, f"“{passage.found[x].text} of {passage.found[y].text}” may be told in round numbers.")
    else:
        yield judged


def _near(passage: Passage, place: int, changes: Collection[int], companions: Mapping[int, int]) -> Iterator[Judged]:
    """A per cent with its count beside it, whose whole stands somewhere near: checked only where it follows."""
    sentence = passage.sentences[place]
    near = [each for each in (*passage.before(place), *sentence.figures) if passage.found[each].kind == COUNT]
    heading = _heading(passage, place)
    near += [each for each in heading if each not in near]
    for p in sentence.figures:
        x = companions.get(p)
        if passage.found[p].kind != PER_CENT or x is None or p in changes or passage.found[x].kind != COUNT:
            continue
        wholes = [
            y for y in near if y != x and _close(y, p, heading) and passage.found[y].value > passage.found[x].value > 0
        ]
        if judged := candidates(passage, p, SHARE_OF, [(x, y) for y in wholes]):
            yield judged
        elif (whole := _said_whole(passage, sentence, p)) is not None and whole in wholes and len(wholes) == 1:
            yield judge(passage, p, SHARE_OF, (x, whole))


def _close(whole: int, share: int, heading: Collection[int]) -> bool:
    return whole in heading or abs(whole - share) <= NEAREST


def _heading(passage: Passage, place: int) -> Sequence[int]:
    """The counts of the line with a colon that a list stands under."""
    for before in range(place - 1, max(place - 12, -1), -1):
        sentence = passage.sentences[before]
        if sentence.signs.rstrip().endswith(":"):
            return [each for each in sentence.figures if passage.found[each].kind == COUNT]
    return []


def _said_whole(passage: Passage, sentence: Sentence, p: int) -> int | None:
    """The whole that "of the 289 complaints, sixteen (6%) ..." names for its first per cent; else None."""
    match = _OF_THE.search(sentence.signs)
    if match is None:
        return None
    later = [each for each in sentence.figures if each > int(match["y"]) and passage.found[each].kind == PER_CENT]
    return int(match["y"]) if later[:1] == [p] else None


def _in_words(passage: Passage, match: re.Match[str]) -> Iterator[Judged]:
    """A share in words held against the numbers in the brackets behind it."""
    place = int(match["s"] or match["t"])
    own = passage.found[place]
    if match["p"]:
        inputs: tuple[int, ...] = (int(match["p"]),)
        ratio = passage.found[inputs[0]].value / 100
    else:
        inputs = (int(match["x"] or match["part"]), int(match["y"] or match["whole"]))
        if passage.found[inputs[1]].value <= 0:
            return
        ratio = passage.found[inputs[0]].value / passage.found[inputs[1]].value
    formula = "a ÷ 100" if match["p"] else "a ÷ b"
    told = f"the numbers beside it make {float(ratio * 100):.1f}%"
    off = abs(ratio - own.value)
    if _same_share(own, ratio):
        yield Judged(place, AGREES, told, formula, inputs, ratio)
    elif off <= (_ABOUT if own.vague else _NEAR):
        yield Judged(place, ROUNDING, f"{told}, which is near", formula, inputs, ratio)
    elif own.vague or (off <= _FAR and not _another(own, ratio)):
        yield Judged(place, UNCHECKED, told, formula, inputs, ratio)
    else:
        yield Judged(place, DISAGREES, told, formula, inputs, ratio)


def _another(own: Found, ratio: Fraction) -> bool:
    """Whether the numbers make one in some other whole number, to the point."""
    other = round_half_up(1 / ratio, 0) if ratio > 0 else Fraction(0)
    return other != own.value.denominator and other > 0 and abs(ratio - 1 / other) * 200 <= 1


def _same_share(own: Found, ratio: Fraction) -> bool:
    if own.value.numerator == 1 and own.whole and ratio > 0:
        return round_half_up(1 / ratio, 0) == own.value.denominator
    return abs(ratio - own.value) * 100 <= 1


def _hundred(passage: Passage, sentence: Sentence, changes: Collection[int]) -> Iterator[Judged]:
    """Shares that make a whole: "52% and the remaining 48%", and two that make exactly 100%."""
    shares = [each for each in sentence.figures if passage.found[each].kind == PER_CENT and each not in changes]
    total = sum((passage.found[each].value for each in shares), Fraction(0))
    if len(shares) > 1 and total == 100:
        for each in shares:
            others = ", ".join(passage.found[other].text for other in shares if other != each)
            yield Judged(each, AGREES, f"with {others} it makes 100%", "", tuple(o for o in shares if o != each))
        return
    rest = _REST.search(sentence.signs)
    if rest is None or int(rest["p"]) not in shares or len(shares) < 2 or _SUBSET.search(sentence.signs):
        return
    before = [each for each in shares if each <= int(rest["p"])]
    total = sum((passage.found[each].value for each in before), Fraction(0))
    free = sum((Fraction(1, 2 * 10 ** passage.found[each].places) for each in before), Fraction(0))
    vague = any(passage.found[each].vague for each in before)
    if len(before) > 1 and abs(total - 100) <= free:
        yield Judged(int(rest["p"]), ROUNDING, "with the shares before it, it makes 100% but for rounding")
    elif len(before) > 1 and not vague and total > 100 + free:
        yield plain(int(rest["p"]), DISAGREES, f"with the shares before it, it makes {float(total):g}%, not 100%")


def check_possible(passage: Passage, companions: Mapping[int, int]) -> Iterator[Judged]:
    """A per cent beside a count that no whole number can give: as a share of it, or as a change by it.

    ``companions`` are those of one sentence.
    """
    for p, x in companions.items():
        own, part = passage.found[p], passage.found[x]
        beside = own.kind == PER_CENT and is_exact(part) and not own.vague and part.value and own.value
        if beside and not whole_exists(abs(part.value), abs(own.value), own.places):
            yield plain(p, DISAGREES, f"no whole number exists of which {part.text.lstrip('+-−')} is {own.text}")


def whole_exists(part: Fraction, per_cent: Fraction, places: int) -> bool:
    """Whether some whole number has the part as so many per cent of it, rounded or cut off, or the part such a part.

    >>> whole_exists(Fraction(2), Fraction(135, 10), 1), whole_exists(Fraction(4), Fraction(11), 0)
    (False, True)
    """
    step = Fraction(1, 10**places)
    low, high = per_cent - step / 2, per_cent + step
    most = part * 100 / low if low > 0 else None
    least = part * 100 / high
    first = -((-least).__floor__())
    if most is None or first <= most:
        return True
    return (part * low / 100).__ceil__() <= part * high / 100 and per_cent <= 100
