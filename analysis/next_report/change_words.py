"""A sentence that says of something that it rose, fell or stayed: what, which way, and against when.

Only a sentence that says this and nothing besides is understood: another period, a place, a condition or a second
statement in the same clause makes it another claim than the one the tables can answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.draft.numbers_in_text import NOT_FIGURES, find_numbers
from analysis.next_report.phrases import LITTLE

__all__ = ["Claim", "claim_in", "says_change"]

_MONTH_TO = r"(?:\s+to\s+(?:the\s+end\s+of\s+)?(?:\d+(?:st|nd|rd|th)?\s+)?[a-z]{3,9}\s+(?:20)?\d\d)?"
_YEAR = r"(?:(?:12|twelve)[ -]months?(?:\s+period)?|year)"
_TIME = rf"(?:in|over|for|during)\s+the\s+(?:last|latest|past)\s+{_YEAR}{_MONTH_TO}(?:\s+\([^)]*\))?"
_PREVIOUS = rf"(?:the\s+)?(?:previous|prior)\s+{_YEAR}{_MONTH_TO}"
_BASELINE = (
    r"(?:the\s+)?(?:national\s+)?(?:beating\s+crime\s+plan\s+)?(?:\d{4}/\d{2,4}\s+)?baseline"
    r"(?:\s+(?:year\s+)?(?:in\s+|of\s+)?\d{4}/\d{2,4})?"
)
_PERIOD = rf"(?:{_PREVIOUS}|{_BASELINE})"
_BESIDE = (
    r"(?:when\s+)?(?:(?:compared|comparison)\s+(?:to|with)|against|on|than|to|with|as\s+in)\s+"
    rf"{_PERIOD}(?:\s+and\s+(?:to\s+|with\s+|against\s+)?{_PERIOD})?"
)
_HOW = (
    r"(?:slightly|marginally|again|further|overall|significantly|sharply|gradually|steadily|broadly|largely|all|both|"
    r"also|now|very|relatively)"
)
_HAVE = rf"(?:(?:has|have|had)\s+)?(?:{_HOW}\s+){{0,4}}"
_BE = rf"(?:{_HAVE}(?:remain(?:s|ed)?|stay(?:s|ed)?|been)|is|are|was|were)\s+(?:{_HOW}\s+){{0,4}}"
_NOUN = rf"{_HAVE}seen\s+an?\s+(?:slight\s+|small\s+|further\s+|significant\s+)?"
_SAID = (
    rf"(?P<stable>{_BE}(?:stable|steady|flat|constant))|(?P<same>{_BE}(?:the\s+same|unchanged|similar))"
    rf"|(?P<rise>{_HAVE}(?:increased|risen|rose|grown|grew|gone\s+up|went\s+up)|{_NOUN}(?:increase|rise)"
    rf"|(?:is|are|was|were)\s+(?:{_HOW}\s+){{0,4}}(?:up|higher))"
    rf"|(?P<fall>{_HAVE}(?:decreased|fallen|fell|declined|dropped|reduced|gone\s+down|went\s+down)"
    rf"|{_NOUN}(?:decrease|fall|reduction|drop)|(?:is|are|was|were)\s+(?:{_HOW}\s+){{0,4}}(?:down|lower))"
)
_LEVEL = r"(?:\s+(?:is|are|was|were|stands?\s+at|stood\s+at)\s+£?[\d.,]+%?[^,.]*,\s+and)?"
_MORE = r",\s+(?:although|but|while|whereas|with|which|due|following|because|despite|after|as\s+a\s+result)\b.*"
# A second statement that says by how much: its number is held to the tables itself.
_AND = (
    rf",?\s+and\s+{_HAVE}(?:increased|risen|rose|grown|grew|decreased|fallen|fell|declined|dropped|reduced|"
    r"gone\s+(?:up|down))\s+by\b.*"
)
_CLAUSE = re.compile(
    rf"^[\s•●▪*o–-]*(?:(?P<lead>{_TIME}|{_BESIDE}),\s+)?(?P<subject>\S.*?){_LEVEL}\s+(?P<said>{_SAID})"
    rf"(?P<tail>(?:\s+(?:\([^)]*\)|{_HOW}|{_TIME}|{_BESIDE}))*)\s*(?:[.;!]?\s*|{_MORE}|{_AND})$",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = r"(?=\s*(?:[.,;:()]|$|\b(?:as|by|in|from|to|over|during|slightly|compared|when|while|since|and|for|of|at)\b))"
_ANY = re.compile(rf"\b(?:{re.sub(r'[?]P<[a-z]+>', '?:', _SAID)})\b{_ENDS}", re.IGNORECASE)
_SLIGHT = re.compile(r"\b(?:slight(?:ly)?|small|marginally)\b", re.IGNORECASE)
_BEFORE, _MOST = 5, 8  # words quoted before, and in all


@dataclass(frozen=True)
class Claim:
    """What a sentence says: the words for it, of what, and against which periods.

    ``words`` are of wordings.csv: "stable", "same", "rise" or "fall", and "slight" beside one of the last two.
    ``beside`` holds "previous", "baseline" or both.
    """

    words: tuple[str, ...]
    subject: str
    printed: str
    beside: tuple[str, ...]


def claim_in(sentence: str) -> Claim | None:
    """The claim that a sentence makes; None where it makes none, or more than one can say.

    Examples
    --------
    >>> claim = claim_in("Knife crime has fallen slightly compared to the previous 12 months.")
    >>> claim.words, claim.subject, claim.printed, claim.beside
    (('fall', 'slight'), 'Knife crime', 'Knife crime has fallen slightly', ('previous',))
    >>> claim_in("Knife crime has fallen since January.") is None, claim_in("Knife crime has not fallen.") is None
    (True, False)
    >>> claim_in("Gun crime has remained stable in the last 12 months, and has decreased by 8.7%.").words
    ('stable',)
    """
    match = _CLAUSE.match(sentence.strip())
    if match is None:
        return None
    word = next(name for name in ("stable", "same", "rise", "fall") if match[name])
    told = f"{match['said']} {match['tail'] or ''}"
    if word in ("rise", "fall") and _numbers(told):  # the number says it, and is held to the tables itself
        return None
    slight = word in ("rise", "fall") and _SLIGHT.search(told)
    times = f"{match['lead'] or ''} {match['tail'] or ''}"
    beside = [name for name, pattern in (("previous", _PREVIOUS), ("baseline", _BASELINE))
              if re.search(pattern, times, re.IGNORECASE)]  # fmt: skip
    return Claim(
        (word, "slight") if slight else (word,), " ".join(match["subject"].split()),
        _quoted(match["subject"], f"{match['said']}{match['tail'] or ''}"), tuple(beside) or ("previous",),
    )  # fmt: skip


def says_change(sentence: str) -> str:
    """The words by which a sentence says that something changed or stayed, without a number; "" where it says none.

    >>> says_change("Since then, knife crime has fallen in Stafford."), says_change("It fell by 12%.")
    ('knife crime has fallen in Stafford', '')
    """
    found = _ANY.search(sentence)
    if found is None or _numbers(sentence[found.start() :]):
        return ""
    return _quoted(sentence[: found.start()], sentence[found.start() :])


def _numbers(text: str) -> bool:
    plain = re.sub(rf"{_TIME}|{_PERIOD}", " ", text, flags=re.IGNORECASE)
    return any(each.kind not in NOT_FIGURES for each in find_numbers(plain))


def _quoted(before: str, after: str) -> str:
    """The end of some words and the beginning of those that follow, between commas, at most eight words.

    >>> _quoted("In March, the level of knife crime", "has fallen, which is good.")
    'level of knife crime has fallen'
    """
    words = re.split(r"[,;:()]\s|^\s*[•●▪*–-]\s", before)[-1].split()[-_BEFORE:]
    words += re.split(r"[,;:(]\s?|\.(?!\d)", after)[0].split()[: max(0, _MOST - len(words))]
    while words and words[-1].casefold() in LITTLE:
        words.pop()
    return " ".join(words[1:] if words and words[0].casefold() in LITTLE else words)
