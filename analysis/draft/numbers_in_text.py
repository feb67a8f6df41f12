"""The numbers of a pasted text, each with its kind: what a check of a draft begins with.

What looks like a number and is none (a date, a section, a road, "101" the service) is found too, as such, so that a
reader sees that it was seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from analysis.draft.not_figures import DATES, LABELS
from analysis.draft.number_words import ANY, BODY, ONES, ORDINALS, PARTS, SIGN, WORDED, read_number
from analysis.numbers import VAGUE

__all__ = ["KINDS", "NOT_FIGURES", "Found", "find_numbers"]

COUNT, PER_CENT, POINTS, MONEY, PLACE = "count", "per cent", "points", "money", "place"
DURATION, RATE, SHARE, TIMES, DATE, LABEL = "duration", "rate", "share", "times", "date", "label"
KINDS = (COUNT, PER_CENT, POINTS, MONEY, PLACE, DURATION, RATE, SHARE, TIMES, DATE, LABEL)
NOT_FIGURES = (DATE, LABEL)

_SCALES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000, "bn": 10**9, "billion": 10**9}
_SCALES |= {"'000": 1000, "’000": 1000}
_SPACES = dict.fromkeys((0xA0, 0x2009, 0x202F, 0x2007, ord("*")), " ")
_START = r"(?<![A-Za-z0-9_])(?<![0-9][.,])"
_UNIT = r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b"
_SCALE = r"(?:\s?(?P<unit>million|billion|thousand|bn|m|k|['’]000)\b)"
_BY_SIZE = r"(?:lowest|highest|largest|smallest|best|worst|most|place|out\sof|in\s(?:the\s)?[0-9]|of\s(?:the\s)?[0-9])"
_WHOLE = rf"(?:\s(?:place\s)?(?:out\sof|of|in|among)\s(?:the\s)?(?P<whole>{BODY})(?!\s?%))?"
_PER_CENT = r"(?:%|\s?per\s?cent\b|\s%)"
_POINTS = r"(?:percentage[-\s]points?|%[-\s]?points?|ppts?|pp|pts|points?)\b"
_TO = r"\s?(?:[-–—]|to)\s?"
_OF_WHAT = r"(?=\s(?:of|the|all|\())(?!\sof\sthe\syear)"
_NO_PART = r"(?<!\bone[ -])(?<!\ba )"  # "one third of 90" is a share
_WHOLE_HALF = r"(?<!first half)(?<!second half)(?<!and a half)(?<!other half)"
_NOT_ONE = (
    r"(?<!no )(?<!this )(?<!which )(?<!each )(?<!the )(?<!every )(?<!any )(?<!that )"
    r"(?!one (?:of the|another|or|to|day|can|must|should|thing|way|single|hand)\b)(?!one['’])"
)

_FIGURES: list[tuple[str, str]] = [
    (PLACE, rf"{_START}(?P<n>[0-9]{{1,3}})(?:st|nd|rd|th)\b\)?{_WHOLE}"),
    (PLACE, rf"{_NO_PART}\b(?P<n>{'|'.join(ORDINALS)})\b(?=\s{_BY_SIZE}){_WHOLE}"),
    (PLACE, rf"\b(?:ranks?|ranked|ranking)\s(?P<n>{'|'.join(ORDINALS)}|{ANY})\b{_WHOLE}"),
    (PLACE, rf"(?<=(?:st|nd|rd|th)\s\()(?P<n>{BODY})\s(?:out\s)?of\s(?P<whole>{BODY})"),
    (PLACE, rf"{_START}(?P<n>{BODY})\s(?:out\s)?of\s(?P<whole>{BODY})(?=\s(?:compared|forces|in\sits))"),
    (SHARE, rf"{_START}(?P<n>{ANY})[-\s]in[-\s](?:every[-\s])?(?P<whole>{ANY})(?![%,.]?[0-9%])(?!\sthe\b)"),
    (SHARE, rf"\b(?P<n>half)\b(?=\s(?:of|the|all|\()|[,.;]){_WHOLE_HALF}"),
    (SHARE, rf"\b(?P<n>a|one|two|three|four|five)[-\s](?P<part>{'|'.join(PARTS)})s?\b{_OF_WHAT}"),
    (MONEY, rf"(?P<sign>{SIGN})£\s?(?P<inner>[-−–])?(?P<n>{BODY}){_SCALE}?"),
    (POINTS, rf"{_START}(?P<sign>{SIGN})(?P<n>{ANY})\s?{_POINTS}"),
    (PER_CENT, rf"{_START}(?P<sign>{SIGN})(?P<n>{ANY}){_PER_CENT}"),
    (PER_CENT, rf"{_START}(?P<n>{ANY})(?={_TO}{ANY}{_PER_CENT})"),
    (PER_CENT, rf"(?<=between\s)(?P<n>{ANY})(?=\sand\s{ANY}{_PER_CENT})"),
    (RATE, rf"{_START}(?P<sign>{SIGN})(?P<n>{BODY})(?=(?:\s[A-Za-z][\w-]*){{0,4}}\sper\s[0-9])"),
    (DURATION, rf"{_START}(?P<sign>{SIGN})(?P<n>{ANY})[\s-]?{_UNIT}"),
    (DURATION, rf"{_START}(?P<n>{ANY})(?=\s?(?:[-–—]|to|or)\s?{ANY}\s?{_UNIT})"),
    (DURATION, rf"(?<=between\s)(?P<n>{ANY})(?=\sand\s{ANY}\s?{_UNIT})"),
    (TIMES, rf"{_START}(?P<n>{ANY})[-\s]?(?:times|fold|x)\b"),
    (TIMES, rf"\b(?P<n>{'|'.join(ONES)})fold\b"),
    (COUNT, rf"{_START}(?P<sign>{SIGN})(?P<n>{BODY})(?:{_SCALE}|(?![A-Za-z_]))"),
    (COUNT, rf"{_NOT_ONE}\b(?P<n>{WORDED})\b"),
]  # fmt: skip
_PATTERNS = [(kind, re.compile(pattern.replace(r"\s", " "), re.IGNORECASE)) for kind, pattern in _FIGURES]
_FAR = 300  # characters between a "one" and another count
_NEAR = 20  # characters before a number in which "about" or "nearly" is looked for
_MORE_VAGUE = re.compile(r"\b(?:approximately|roughly|circa|some|at least|fewer than|less than|in excess of)\b|~", re.I)


@dataclass(frozen=True)
class Found:
    """A number in a text: where it stands, as it stands, its exact value in its own unit, its places and kind.

    ``unit`` is the word that follows it ("seconds", "m" of money), ``whole`` the number that a place or a share is out
    of, ``vague`` whether a word such as "about" stands before it.
    """

    start: int
    end: int
    text: str
    value: Fraction
    places: int
    kind: str
    unit: str = ""
    whole: Fraction | None = None
    vague: bool = False

    @property
    def scale(self) -> int:
        """How many one of its unit is: a thousand for "k", a million for "m"."""
        return _SCALES.get(self.unit, 1)

    def like(self, other: Found) -> bool:
        """Whether two numbers are of one kind and one unit, so that they can be taken from each other."""
        same_time = self.kind != DURATION or self.unit[:3] == other.unit[:3]
        return self.kind == other.kind and self.scale == other.scale and same_time


def find_numbers(text: str) -> list[Found]:
    """Every number of a text, in its order.

    Numbers in brackets beside another are its companions and keep their own sign: brackets alone do not make them
    negative, as they do in a table.

    >>> [(each.text, each.kind) for each in find_numbers("A decrease of -23% (-5,781), on average 16 fewer a day")]
    [('-23%', 'per cent'), ('-5,781', 'count'), ('16', 'count')]
    >>> [(each.text, each.kind) for each in find_numbers("In June 2022 one in four 101 calls took 12.6 seconds")]
    [('June 2022', 'date'), ('one in four', 'share'), ('101', 'label'), ('12.6 seconds', 'duration')]
    """
    plain = text.translate(_SPACES)
    found: list[Found] = []
    taken = bytearray(len(plain) + 1)
    for kind, patterns in ((LABEL, LABELS[:2]), (DATE, DATES), (LABEL, LABELS[2:])):
        for pattern in patterns:
            for match in pattern.finditer(plain):
                start, end = match.span("n") if match.re.groupindex.get("n") else match.span()
                if end > start and not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(Found(start, end, text[start:end], Fraction(0), 0, kind))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(_figure(match, kind, plain))
    found.sort(key=lambda each: each.start)
    counts = [each for each in found if each.kind == COUNT]
    lone = {each.start for place, each in enumerate(counts) if _is_lone(counts, place)}
    return [each for each in found if each.start not in lone]


def _figure(match: re.Match[str], kind: str, plain: str) -> Found:
    groups = match.groupdict()
    value, places = _value(kind, groups)
    start, end = match.span()
    if kind == PLACE:  # "ranked 3rd": the place is the number, not the verb
        start = match.start("n")
    signs = (groups.get("sign") or "") + (groups.get("inner") or "")
    bullet = plain[:start].rpartition("\n")[2].strip() == "" and kind in (COUNT, DURATION)
    if signs.strip() and bullet and signs.strip() != "+":  # a hyphen that begins a line begins a list
        start, signs = start + len(groups["sign"] or ""), ""
    if any(sign in signs for sign in "-−–"):
        value = -value
    before = plain[max(0, start - _NEAR) : start].rpartition("\n")[2]
    before = re.split(r"[.;:,()]|[0-9]", before)[-1]
    vague = bool(VAGUE.search(before) or _MORE_VAGUE.search(before))
    whole = None
    if kind in (PLACE, SHARE) and groups.get("whole"):
        whole = read_number(groups["whole"])[0]
    unit = (groups.get("unit") or "").lower()
    return Found(start, end, plain[start:end], value, places, kind, unit, whole, vague)


def _value(kind: str, groups: dict[str, str | None]) -> tuple[Fraction, int]:
    body = groups["n"] or ""
    if kind == PLACE and body.lower() in ORDINALS:
        return Fraction(ORDINALS[body.lower()]), 0
    if kind != SHARE:
        return read_number(body)
    if groups.get("whole"):
        whole = read_number(groups["whole"] or "")[0]
        return (read_number(body)[0] / whole if whole else Fraction(0)), 0
    if body.lower() == "half":
        return Fraction(1, 2), 0
    top = Fraction(1) if body.lower() == "a" else read_number(body)[0]
    return top / PARTS[(groups["part"] or "").lower()], 0


def _is_lone(counts: list[Found], place: int) -> bool:
    """Whether a "one" stands far from other counts: it is then a pronoun more often than a number."""
    own = counts[place]
    beside = [*counts[max(place - 1, 0) : place], *counts[place + 1 : place + 2]]
    return own.text.lower() == "one" and all(abs(other.start - own.start) >= _FAR for other in beside)
