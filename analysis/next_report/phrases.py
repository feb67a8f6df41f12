"""The words round a number of a pasted paragraph: what is quoted of it, and where a report said the same before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.draft.numbers_in_text import NOT_FIGURES, Found, find_numbers

__all__ = ["LITTLE", "as_said_before", "heading_key", "phrase", "said_before", "skeleton"]

_MOST_WORDS = 8
_WORDS_AFTER, _WORDS_BEFORE = 5, 3
_FEWEST_WORDS = 2
# words with which no quotation ends
LITTLE = {
    "a", "an", "and", "as", "at", "but", "by", "compared", "for", "from", "in", "is", "of", "on", "or", "than", "that",
    "the", "this", "to", "was", "were", "when", "which", "with",
}  # fmt: skip
# words that say a change or an amount of anything at all, and so tell nothing of what is counted
_OF_ANYTHING = {
    "average", "change", "compared", "decrease", "decreased", "down", "fall", "fell", "fewer", "has", "have",
    "increase", "increased", "less", "more", "over", "per", "reduced", "reduction", "rise", "rising", "rose",
    "than", "under", "was", "were", "year", "years", "last", "months",
}  # fmt: skip
_NEXT_WORDS = re.compile(r"(?:\s[^\s,.;:()\d][^\s,.;:()]*)+")
_LAST_WORDS = re.compile(r"(?:[^\s,.;:()\d]+\s)+$")


def phrase(text: str, found: Found) -> str:
    """The number with the words after it, else before it, at most eight of them.

    >>> text = "The force took 61 more calls per day (5,781)."
    >>> [phrase(text, each) for each in find_numbers(text)]
    ['61 more calls per day', '(5,781)']
    """
    if text[found.start - 1 : found.start] == "(" and text[found.end : found.end + 1] == ")":
        return text[found.start - 1 : found.end + 1]
    own = " ".join(found.text.split())
    after = _NEXT_WORDS.match(text, found.end)
    words = after[0].split()[:_WORDS_AFTER] if after else []
    words = [*own.split(), *words][:_MOST_WORDS]
    while len(words) > len(own.split()) and words[-1].casefold() in LITTLE:
        words.pop()
    if len(words) > len(own.split()):
        return " ".join(words)
    before = _LAST_WORDS.search(text[: found.start])
    return " ".join([*(before[0].split()[-_WORDS_BEFORE:] if before else []), *own.split()])


def skeleton(text: str, own: Found, all_found: Sequence[Found]) -> str:
    """A text in which one number is # and every other @, by which the same phrase is known with other numbers.

    >>> found = find_numbers("61 more calls than the 12 before")
    >>> skeleton("61 more calls than the 12 before", found[0], found)
    '#count more calls than the @ before'
    """
    parts, place = [], 0
    for each in all_found:
        if each.kind in NOT_FIGURES:
            continue
        parts += [text[place : each.start], f"#{each.kind}" if each == own else "@"]
        place = each.end
    return " ".join("".join([*parts, text[place:]]).split()).casefold()


def said_before(statements: pd.DataFrame) -> dict[str, Mapping[str, object]]:
    """The statements of one section of the older report by the words round their number, where these are its own.

    Returns
    -------
    dict
        By skeleton; only those of two words or more that tell what is counted, and that stand once.
    """
    found: dict[str, Mapping[str, object]] = {}
    count: Counter[str] = Counter()
    for _, row in statements.iterrows():
        text = str(row["printed"])
        numbers = find_numbers(text)
        own = [each for each in numbers if abs(float(each.value)) == abs(float(row["value"]))]
        if len(own) != 1:
            continue
        words = skeleton(text, own[0], numbers)
        told = re.findall("[a-z]{2,}", re.sub("#[a-z ]*?(?= |$)", "", words))
        if len(set(told) - LITTLE - _OF_ANYTHING) >= _FEWEST_WORDS:
            found[words] = dict(row)
            count[words] += 1
    return {words: row for words, row in found.items() if count[words] == 1}


def as_said_before(sentence: str, before: Mapping[str, Mapping[str, object]]) -> Mapping[str, object] | None:
    """The older statement whose words stand round # in a sentence; None where none or several do.

    Of words that are part of others the longest are meant.

    >>> before = {"# were satisfied": {"id": "in all"}, "# were satisfied with the call": {"id": "call"}}
    >>> as_said_before("of them # were satisfied with the call", before)
    {'id': 'call'}
    """
    said = [words for words in before if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)]
    longest = max(said, key=len, default="")
    return before[longest] if said and all(words in longest for words in said) else None


def heading_key(text: str) -> str:
    """A heading without its number, signs and capitals.

    >>> heading_key("3.1  999 Calls:"), heading_key("section 5.3, Lessons Learned")
    ('999 calls', 'section 5 3 lessons learned')
    """
    plain = re.sub(r"^\s*(?:section\s)?(?:\d+(?:\.\d+)+|\d)[.:]?\s+", "", text.strip(), flags=re.IGNORECASE)
    return " ".join(re.sub(r"[^\w' ]", " ", plain.casefold().replace("’", "'")).split())
