"""Text as people type it: tidied for showing, made alike for matching, and known as missing where it says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import pandas as pd

__all__ = ["NO_NUMBER", "best_spelling", "counted", "find_column", "name_words", "no_number", "plain", "tidied", "tidy"]

# What stands for "nothing" in a column of numbers or dates. Never in a column of answers: there "NA" may be one.
NO_NUMBER = frozenset({"", "-", "--", ".", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "missing", "blank"})

_LONGEST_NONE = 20  # with spaces around it

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc"), "'")
_QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033"), '"')
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_ALIKE = _APOSTROPHES | _QUOTES | _DASHES


def tidy(text: str) -> str:
    """The text as it is shown: one space between words, none at the ends, no invisible marks.

    Examples
    --------
    >>> tidy("  Local  Policing\u00a0Team ")
    'Local Policing Team'
    """
    if text.isascii():
        return " ".join(text.split())
    shown = unicodedata.normalize("NFC", text)
    return " ".join("".join(mark for mark in shown if unicodedata.category(mark) != "Cf").split())


def plain(text: str) -> str:
    """The text as it is matched: NFKC, small letters, single spaces, straight apostrophes and one kind of dash.

    Examples
    --------
    >>> plain("DON\u2019T  Know ") == plain("Don't know")
    True
    >>> plain("16\u201324")
    '16-24'
    """
    if text.isascii() and "`" not in text:
        return " ".join(text.split()).lower()
    # NFKC undoes a lone accent ("´" becomes space and accent), so the marks are made alike before it and after it.
    matched = tidy(unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)).casefold()
    return " ".join(unicodedata.normalize("NFKC", matched).split())


def tidied(cells: pd.Series) -> pd.Series:
    """A column of text, each cell tidied; quick where nearly all are different and tidy already.

    Examples
    --------
    >>> tidied(pd.Series(["a1", " a  2 "])).tolist()
    ['a1', 'a 2']
    """
    untidy = cells[cells.str.contains(r"[^!-~]", regex=True)]
    if untidy.empty:
        return cells
    made = cells.copy()
    made.loc[untidy.index] = untidy.map(tidy)
    return made


def no_number(text: str) -> bool:
    """Whether a cell in a column of numbers or dates says that there is none.

    Examples
    --------
    >>> [no_number(text) for text in ("", "n/a", "\u2013", "0")]
    [True, True, True, False]
    """
    return len(text) <= _LONGEST_NONE and not text[-1:].isdigit() and plain(text) in NO_NUMBER


def name_words(header: str) -> str:
    """The words of a column's name, parted where the name parts them.

    Examples
    --------
    >>> name_words(" wt_final"), name_words("dateOfBirth"), name_words("Q6a")
    ('wt final', 'date of birth', 'q6a')
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", tidy(header))
    return " ".join(re.sub(r"[\W_]+", " ", plain(parted)).split())


def find_column(columns: Sequence[str], name: str) -> str | None:
    """The file's column of that name: the very same, else the only one that differs in spaces and case alone.

    Examples
    --------
    >>> find_column(["id", " Weight"], "weight")
    ' Weight'
    >>> find_column(["Weight ", " Weight"], "weight") is None
    True
    """
    if name in columns:
        return name
    alike = [column for column in columns if plain(column) == plain(name)]
    return alike[0] if len(alike) == 1 else None


def best_spelling(variants: Mapping[str, int]) -> str:
    """The tidied spelling that stands most often; between equals, one that is not all capitals.

    Examples
    --------
    >>> best_spelling({"YES": 2, "Yes ": 1, "Yes": 1})
    'Yes'
    """
    tally: dict[str, int] = {}
    for text, number in variants.items():
        tally[tidy(text)] = tally.get(tidy(text), 0) + number
    return max(tally, key=lambda text: (tally[text], not text.isupper()))


def counted(cells: pd.Series) -> dict[str, dict[str, int]]:
    """How often each text stands in a column, under the text it is matched by, the most frequent first.

    Examples
    --------
    >>> counted(pd.Series(["Yes", "No", "YES ", "Yes"]))
    {'yes': {'Yes': 2, 'YES ': 1}, 'no': {'No': 1}}
    """
    told: dict[str, dict[str, int]] = {}
    for text, number in cells.value_counts(sort=True).items():
        told.setdefault(plain(str(text)), {})[str(text)] = int(number)
    return dict(sorted(told.items(), key=lambda item: -sum(item[1].values())))
