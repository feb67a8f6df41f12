"""The field's answer scales: in which order answers stand, which side each is on, and which answer nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from data.wording import plain

__all__ = ["Scale", "is_dont_know", "is_missing", "known_scale"]

# Each adjective with the side of its scale it is on. "Positive" is the side that is counted, good news or not.
_ADJECTIVES = {
    "agree": ("agree", 1), "disagree": ("agree", -1),
    "safe": ("safe", 1), "unsafe": ("safe", -1),
    "confident": ("confident", 1), "unconfident": ("confident", -1),
    "satisfied": ("satisfied", 1), "dissatisfied": ("satisfied", -1), "unsatisfied": ("satisfied", -1),
    "informed": ("informed", 1), "uninformed": ("informed", -1),
    "important": ("important", 1), "unimportant": ("important", -1),
    "likely": ("likely", 1), "unlikely": ("likely", -1),
    "worried": ("worried", 1), "unworried": ("worried", -1),
    "concerned": ("worried", 1), "unconcerned": ("worried", -1),
    "common": ("common", 1), "uncommon": ("common", -1),
    "effective": ("effective", 1), "ineffective": ("effective", -1),
    "visible": ("visible", 1), "easy": ("easy", 1), "difficult": ("easy", -1),
    "good": ("good", 1), "poor": ("good", -1), "bad": ("good", -1),
    "positive": ("positive", 1), "negative": ("positive", -1),
    "fairly": ("fairly", 1), "unfairly": ("fairly", -1),
}  # fmt: skip
_STRENGTHS = {
    "very": 4, "strongly": 4, "extremely": 5, "completely": 5, "totally": 5, "definitely": 4, "highly": 4, "really": 4,
    "": 3, "generally": 3, "mostly": 3, "fairly": 2, "quite": 2, "moderately": 2, "tend to": 2, "rather": 2,
    "somewhat": 2, "partly": 2, "slightly": 1, "a little": 1, "a bit": 1, "a little bit": 1,
}  # fmt: skip
_DENIALS = {"not very": -2, "not particularly": -2, "not that": -2, "not so": -2, "not too": -2, "not really": -2}
_DENIALS |= {"not": -3, "not at all": -5}
_WORDS = "|".join(sorted(_ADJECTIVES, key=len, reverse=True))
_DEGREES = "|".join(sorted([*_STRENGTHS, *_DENIALS], key=len, reverse=True)).removesuffix("|")
_ANSWER = re.compile(rf"(?:(?P<degree>{_DEGREES}) )?(?:well[- ])?(?P<word>{_WORDS})(?: (?P<after>{_DEGREES}))?")
_NOT_AT_ALL = re.compile(rf"not (?:well[- ])?(?P<word>{_WORDS}) at all")
_SAID = re.compile(r"(?P<word>yes|no)(?:[,:;(]| -).*")
_NEITHER = re.compile(rf"neither (?:well[- ])?(?P<word>{_WORDS}) n?or (?:well[- ])?(?P<other>{_WORDS}|\w+)")
_NEUTRAL = frozenset({"neither", "neutral", "neither nor", "neither / nor", "no feelings either way", "mixed"})

# Scales whose answers are set words: rank above 0 is counted, below 0 is against, 0 is neither.
_FIXED = {
    "yes/no": {"yes": 1, "y": 1, "no": -1, "n": -1},
    "0/1": {"1": 1, "0": -1},
    "true/false": {"true": 1, "false": -1},
    "change": {
        "increased a lot": 2, "increased a little": 1, "increase": 1, "increased": 1, "an increase": 1, "more": 1,
        "stayed the same": 0, "stay the same": 0, "about the same": 0, "the same": 0, "no change": 0, "same": 0,
        "decrease": -1, "decreased": -1, "a decrease": -1, "less": -1, "fewer": -1, "decreased a little": -1,
        "decreased a lot": -2,
    },
    "better/worse": {
        "more positive": 2, "more negative": -2,
        "much better": 3, "a lot better": 3, "improved": 2, "better": 2, "got better": 2, "gone up": 2,
        "a little better": 1, "slightly better": 1, "about the same": 0, "stayed the same": 0, "the same": 0,
        "no change": 0, "slightly worse": -1, "a little worse": -1, "worse": -2, "got worse": -2, "gone down": -2,
        "a lot worse": -3, "much worse": -3,
    },
    "good": {"excellent": 5, "average": 0, "fair": 0, "adequate": 0, "ok": 0, "neither good nor poor": 0},
    "amount": {
        "a great deal": 3, "a lot": 3, "a fair amount": 2, "to some extent": 1, "not very much": -1, "not much": -1,
        "a little": -1, "not at all": -2, "none at all": -2, "nothing at all": -2,
    },
    "how often": {
        "every day": 5, "daily": 5, "at least daily": 5, "most days": 4, "weekly": 3, "at least weekly": 3,
        "once a week": 3, "at least once a week": 3, "every week": 3, "fortnightly": 2, "once a fortnight": 2,
        "monthly": 1, "at least monthly": 1, "once a month": 1, "at least once a month": 1, "every month": 1,
        "less often": -2, "less than monthly": -1, "less than once a month": -1, "every few months": -1,
        "a few times a year": -1, "once or twice a year": -1, "once a year": -2, "less than once a year": -2,
        "always": 3, "all of the time": 3, "very often": 3, "most of the time": 2, "often": 2, "sometimes": 0,
        "occasionally": -1, "rarely": -2, "seldom": -2, "hardly ever": -2, "never": -3,
    },
}  # fmt: skip

_DONT_KNOW = re.compile(
    r"(i )?(don'?t|do not|doesn'?t|does not) know\b.*|dk|d/k|d\.k\.|not sure|unsure|undecided|can'?t say|cannot say"
    r"|no opinion|don'?t have an opinion"
)
_MISSING = re.compile(
    r"|refused?|refusal|prefer not to (say|answer|respond|disclose)|rather not say|declined( to answer)?|withheld"
    r"|not applicable|n/?a|n\.a\.|#n/a|-+|not stated|no answer|no reply|no response|not answered|not asked|not coded"
    r"|not classified|not recorded|missing|blank|null"
)


@dataclass(frozen=True)
class Scale:
    """A recognised scale, its answers as they are matched (``data.wording.plain``).

    Attributes
    ----------
    name
        One word, such as "agree" or "yes/no".
    order
        The answers found, from the side that is counted to the other.
    positive, negative
        Those on either side. What is in neither stands between.
    """

    name: str
    order: tuple[str, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


def is_dont_know(answer: str) -> bool:
    """Whether an answer says that the person does not know.

    Examples
    --------
    >>> [is_dont_know(text) for text in ("DK", "Don\u2019t know / not sure", "No")]
    [True, True, False]
    """
    return bool(_DONT_KNOW.fullmatch(plain(answer)))


def is_missing(answer: str) -> bool:
    """Whether a cell holds no answer: blank, refused, not asked, not applicable.

    Examples
    --------
    >>> [is_missing(text) for text in ("Refused", "Prefer not to say", "", "Not coded", "None")]
    [True, True, True, True, False]
    """
    return bool(_MISSING.fullmatch(plain(answer).strip("()[]. ")))


def known_scale(answers: Iterable[str]) -> Scale | None:
    """The one scale to which all the answers belong, or None.

    Don't know and missing are not part of a scale: leave them out.

    Examples
    --------
    >>> known_scale(["Tend to disagree", "Strongly agree", "Neither agree nor disagree"]).order
    ('strongly agree', 'neither agree nor disagree', 'tend to disagree')
    >>> known_scale(["A bit unsafe", "Fairly safe"]).positive
    ('fairly safe',)
    >>> known_scale(["Not a victim of crime", "Victim of crime"]).order
    ('victim of crime', 'not a victim of crime')
    >>> known_scale(["Red", "Green"]) is None
    True
    """
    found = list(dict.fromkeys(plain(answer) for answer in answers))
    ranked = _ranked(found)
    if ranked is None:
        return None
    name, ranks = ranked
    order = sorted(found, key=lambda answer: -ranks[answer])
    positive = tuple(answer for answer in order if ranks[answer] > 0)
    negative = tuple(answer for answer in order if ranks[answer] < 0)
    return Scale(name, tuple(order), positive, negative)


def _ranked(found: list[str]) -> tuple[str, dict[str, int]] | None:
    """The scale's name and the rank of each answer on it, where one scale holds them all and has a side."""
    if len(found) < 2:
        return _ranked_alone(found)
    places = [_places(answer) for answer in found]
    shared = set.intersection(*(set(place) for place in places))
    for name in sorted(shared - {""}, key=[*_FIXED, *{scale for scale, _ in _ADJECTIVES.values()}].index):
        ranks = {answer: place[name] for answer, place in zip(found, places, strict=True)}
        if any(ranks.values()):
            return name, ranks
    return _denied(found)


def _ranked_alone(found: list[str]) -> tuple[str, dict[str, int]] | None:
    """One answer alone is a scale only where its words leave no doubt: "Tend to agree", never "Good"."""
    if not found:
        return None
    match = _ANSWER.fullmatch(found[0])
    if found[0] in ("yes", "no"):
        return "yes/no", {found[0]: _FIXED["yes/no"][found[0]]}
    if match and (match["degree"] or match["after"]):
        name, rank = next(iter(_places(found[0]).items()))
        return name, {found[0]: rank}
    return None


def _places(answer: str) -> dict[str, int]:
    """Every scale an answer may belong to, with its rank there."""
    places = {name: ranks[answer] for name, ranks in _FIXED.items() if answer in ranks}
    if answer in _NEUTRAL:
        places |= {scale: 0 for scale, _ in _ADJECTIVES.values()}
    if (neither := _NEITHER.fullmatch(answer)) and (neither["other"] in _ADJECTIVES or neither["word"]):
        places[_ADJECTIVES[neither["word"]][0]] = 0
    if match := _NOT_AT_ALL.fullmatch(answer):
        scale, side = _ADJECTIVES[match["word"]]
        places[scale] = side * _DENIALS["not at all"]
    if match := _SAID.fullmatch(answer):
        places["yes/no"] = 1 if match["word"] == "yes" else -1
    if match := _ANSWER.fullmatch(answer):
        scale, side = _ADJECTIVES[match["word"]]
        degree = match["degree"] or match["after"] or ""
        places[scale] = side * _STRENGTHS[degree] if degree in _STRENGTHS else side * _DENIALS[degree]
    return places


def _denied(found: list[str]) -> tuple[str, dict[str, int]] | None:
    """Two answers of which one denies the other: "Victim of crime" and "Not a victim of crime"."""
    if len(found) != 2:
        return None
    for said, denied in (found, found[::-1]):
        if re.sub(r"^(not|no|never)( (a|an|the|any|been))? ", "", denied) == re.sub(r"^(a|an|the|been) ", "", said):
            return "said/denied", {said: 1, denied: -1}
    return None
