"""Totals told in a text with their parts, and averages a day, a week or a month told with what they are of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED
from analysis.audit.printed import cut_off, round_half_up
from analysis.draft.numbers_in_text import COUNT
from analysis.draft.sentences import GAP, Passage, sign_of
from analysis.draft.told import Judged, is_exact

__all__ = ["check_averages", "check_totals"]

_ITEM = rf"{sign_of('{0}', 'C')}"
_BRACKET = re.compile(r"\(([^()]*)\)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_COUNT = re.compile(sign_of("n", "C"))
_OPPOSITES = re.compile(
    r"child\w*|adults?|men|women|males?|females?|boys?|girls?|staff|officers?|urban|rural|fatal|serious", re.IGNORECASE
)
_NOT_ALL = re.compile(
    r"\b(?:includ\w*|of which|of whom|such as|mainly|mostly|at least|e\.g|for example|average)\b", re.I
)
_LIST = re.compile(rf"{sign_of('t', 'C')}(?:\s[A-Za-z’'-]+){{1,4}}\s?(?::|–|-)\s")
_OF_THESE = re.compile(rf"\bof\s(?:these|those|the)\s{sign_of('t', 'C')}\s\w+,\s", re.IGNORECASE)
_EACH = re.compile(
    rf"\baverag\w*\s(?:of\s|equals\s|is\s|was\s|to\s)?(?:\w+\s){{0,2}}{sign_of('k', 'C')}{GAP(40)}"
    r"\b(?:(?:a|an|per|each|every)\s(?P<each>day|week|month)\b|(?P<daily>daily|weekly|monthly)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:year|12[- ]months?|twelve[- ]months?|annual\w*)\b", re.IGNORECASE)
_OTHER_SPAN = re.compile(
    r"\b(?:working day|weekday|quarter|(?:three|six|nine|3|6|9)[- ]months?|weekend|shift)", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(r"\s*(?:[.,;)]|$)")
_DIVISORS = {"day": (365, 366), "week": (52, 53), "month": (12,)}


def check_totals(passage: Passage, place: int) -> Iterator[Judged]:
    """A total with its parts in brackets or in a list behind it."""
    sentence = passage.sentences[place]
    signs = sentence.signs
    for bracket in _BRACKET.finditer(signs):
        parts = [int(match["n"]) for match in _COUNT.finditer(bracket[1])]
        before = [int(match["n"]) for match in _COUNT.finditer(signs[: bracket.start()])]
        close = re.search(rf"{sign_of('t', 'C')}(?:\s[A-Za-z’'-]+){{0,4}}\s?$", signs[: bracket.start()])
        if len(parts) < 2 or not before or _NOT_ALL.search(bracket[1]) or _is_share(bracket[1]):
            continue
        apart = "/" in bracket[1] or len(set(map(str.lower, _OPPOSITES.findall(bracket[1])))) > 1
        tied = int(close["t"]) if close else None
        yield from _added(passage, tied, before, parts, apart)
    for pattern, whole in ((_LIST, True), (_OF_THESE, False)):
        for match in pattern.finditer(signs):
            rest = signs[match.end() :]
            parts = [int(each["n"]) for each in _COUNT.finditer(rest)]
            several = "," in rest or " and " in rest
            if len(parts) > 2 and several and not _NOT_ALL.search(rest) and "\ue000P" not in rest:
                yield from _added(passage, int(match["t"]), [int(match["t"])], parts, whole)
                break


def _is_share(inner: str) -> bool:
    """Does a bracket hold a share, "(1,094 of 4,970)", not two parts."""
    return bool(re.search(r"\ue001\s(?:out\s)?of\s|\ue000P", inner))


def _added(
    passage: Passage, tied: int | None, before: Sequence[int], parts: Sequence[int], apart: bool
) -> Iterator[Judged]:
    found = passage.found
    total = sum((found[part].value for part in parts), Fraction(0))
    spelled = "; ".join(f"{chr(97 + place)} = {found[part].text}" for place, part in enumerate(parts[:26]))
    same = next((each for each in reversed(before) if found[each].value == total), None)
    formula = "the sum of its parts"
    if same is not None:
        yield Judged(same, AGREES, "its parts make it up", formula, tuple(parts), total, spelled)
    elif tied is not None and all(is_exact(found[each]) for each in (tied, *parts)):
        told = f"the parts make {int(total):,}, not {found[tied].text}"
        if apart:
            yield Judged(tied, DISAGREES, told, formula, tuple(parts), total, spelled)
        else:
            open_told = f"The numbers behind it make {int(total):,}; the text does not say that they are all."
            yield Judged(tied, UNCHECKED, open_told, formula, tuple(parts), total, spelled)


def check_averages(passage: Passage, place: int, changes: Collection[int]) -> Iterator[Judged]:
    """An average a day, a week or a month held against what it is the average of.

    A year is taken as 365 or 366 days, 52 or 53 weeks, 12 months. It is told wrong only where the sentence speaks of a
    year, holds one other count before it, and says no more of the average.
    """
    sentence = passage.sentences[place]
    for match in _EACH.finditer(sentence.signs):
        own = int(match["k"])
        unit = (match["each"] or {"daily": "day", "weekly": "week", "monthly": "month"}[match["daily"].lower()]).lower()
        here = [each for each in sentence.figures if each != own and passage.found[each].kind == COUNT]
        near = [*here, *(each for each in passage.before(place) if passage.found[each].kind == COUNT)]
        near = [each for each in near if abs(passage.found[each].value) > abs(passage.found[own].value)]
        near.sort(key=lambda each: each not in changes)
        judged = [_spread(passage, own, each, divisor) for each in near for divisor in _DIVISORS[unit]]
        fitting = [each for each in judged if each.fits]
        if fitting:
            yield min(fitting, key=lambda each: each.grade != AGREES)
        elif (
            _of_a_year(sentence.signs)
            and len(here) == 1
            and here == near[:1]
            and here[0] < own
            and _CLAUSE_ENDS.match(sentence.signs[match.end() :])
            and not _loose(passage, own, here[0])
        ):
            yield judged[0]


def _of_a_year(signs: str) -> bool:
    return bool(_YEAR.search(signs)) and not _OTHER_SPAN.search(signs)


def _loose(passage: Passage, own: int, other: int) -> bool:
    return passage.found[own].vague or not is_exact(passage.found[other])


def _spread(passage: Passage, own: int, other: int, divisor: int) -> Judged:
    found = passage.found[own]
    value = abs(passage.found[other].value) / divisor
    size = abs(found.value)
    grade, why = DISAGREES, f"it should be {float(round_half_up(value, found.places)):,.{found.places}f}"
    if round_half_up(value, found.places) == size:
        grade, why = AGREES, ""
    elif cut_off(value, found.places) == size:
        grade, why = ROUNDING, "cut off instead of rounded"
    elif found.vague and abs(value - size) * 20 <= value:
        grade, why = AGREES, "told as a round number"
    return Judged(own, grade, why, f"a ÷ {divisor}", (other,), value, f"a = {passage.found[other].text}")
