"""Numbers written in words, and the pieces of a pattern that finds numbers in a text."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["ANY", "BODY", "ONES", "ORDINALS", "PARTS", "SIGN", "WORDED", "read_number"]

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: place for place, word in enumerate([*ONES, *_TEENS], 1)}
_VALUES |= {word: 10 * place for place, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
)
ORDINALS = {word: place for place, word in enumerate(_ORDINAL_WORDS.split(), 1)}
ORDINALS |= {"fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}

PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(ONES)})"
WORDED = (
    rf"(?:(?:a|{_SMALL})\s(?:{'|'.join(_SCALES)})(?:\s(?:and\s)?{_SMALL}(?!\s(?:hundred|thousand|million)\b))?|{_SMALL})"
    r"(?![\w-]*[A-Za-z0-9])"
)
BODY = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,8})?|[0-9]{1,12}(?:\.[0-9]{1,8})?)(?![0-9])(?!,[0-9]{3})"
ANY = rf"(?:{BODY}|{WORDED})"
SIGN = r"(?:(?<![\w%)])[-−–+](?=[£0-9]))?"


def read_number(text: str) -> tuple[Fraction, int]:
    """The value and the decimal places of a number in figures or in words.

    >>> read_number("5,781"), read_number("0.980"), read_number("twenty-one"), read_number("a hundred and five")
    ((Fraction(5781, 1), 0), (Fraction(49, 50), 3), (Fraction(21, 1), 0), (Fraction(105, 1), 0))
    """
    if text[0].isdigit():
        return Fraction(text.replace(",", "")), len(text.partition(".")[2])
    whole, part = 0, 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _SCALES:
            whole, part = whole + max(part, 1) * _SCALES[word], 0
        else:
            part += _VALUES.get(word, 0)
    return Fraction(whole + part), 0
