"""Columns that look personal, by name and by what stands in them: refused unless somebody says otherwise.

A district of a postcode, an age band or a year of birth identifies nobody and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pandas as pd

from data.forms import propose_date
from data.scales import is_dont_know, is_missing, known_scale
from data.wording import name_words, plain

__all__ = ["looks_personal", "refusal"]

# By name: what to say, and the words of a header that say it.
_NAMES = [
    ("e-mail addresses", r"e ?mails?( addr\w*)?\b"),
    ("telephone numbers", r"\b(tele)?phones?\b|\bmobiles?( (no|num|number))?$|\btel( (no|num|number))?$|\blandline\b"),
    ("dates of birth", r"\bd ?o ?b\b|\b(date|day) of birth\b|\bbirth ?(date|day)\b"),
    ("postcodes", r"\bpost ?codes?\b|\bpcd?s?\b|\bzip ?code\b"),
    ("addresses", r"\baddress\w*\b|\bstreet\b|\bhouse (no|name|number)\b"),
    ("exact places", r"\blat(itude)?\b|\blon(g|gitude)?\b|\beastings?\b|\bnorthings?\b|\bup?rn\b|\bwhat ?3 ?words\b"),
    ("personal numbers", r"\bnino\b|\bni (no|number)\b|\bnational insurance\b|\bnhs (no|number)\b|\bpassport\b"),
    ("names of people", r"\b(sur|fore|first|last|full|maiden|family|given|middle|contact)[ ]?name\b"),
    ("names of people", r"\b(respondent|victim|caller|customer|informant|officer|interviewer|staff) name\b"),
    ("personal numbers", r"\bvrm\b|\bvehicle reg\w*\b|\bnumber ?plate\b|\bdriving licence\b"),
    ("names of people", r"^names?$|^(name of|title and name)\b"),
    ("free text", r"\bcomments?\b|\bverbatim\b|\bfree ?text\b|\bopen ?(end(ed)?|text)\b"),
    ("free text", r"\bplease (say|specify|explain)\b|\bother specify\b|\bspecify other\b|\bwhy\b.*\btext\b"),
]  # fmt: skip
_POSTCODE = r"[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}"
_STREET = r"(street|road|avenue|lane|close|drive|crescent|terrace|gardens|grove|place|way|court|square|st|rd|ave)\b"
# By content: what to say, what a value looks like, and the part of a column's values from which it is believed.
_LOOKS = [
    ("e-mail addresses", re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}"), 0.05),
    ("telephone numbers", re.compile(r"(\+44|0044|\(?0)[\s()-]*[1-37]([\s()-]*[0-9]){8,9}"), 0.3),
    ("postcodes", re.compile(_POSTCODE), 0.2),
    ("addresses", re.compile(rf"(flat )?[0-9]+[a-z]?,? [\w' ]+ {_STREET}.*"), 0.2),
    ("addresses", re.compile(rf".*\b{_POSTCODE}"), 0.2),
    ("personal numbers", re.compile(r"[a-z]{2} ?([0-9]{2} ?){3}[a-d]"), 0.3),
]
_PERSON = re.compile(r"((Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][a-z'\u2019-]+( [A-Z][A-Za-z'\u2019-]+){1,2}")
_CODES = ("e-mail addresses", "postcodes", "addresses")
_GENERATION = pd.Timedelta(days=20 * 365)
_SAMPLE = 5000
_GLANCE = 50  # values that show whether a column could hold dates at all


def looks_personal(header: str, cells: pd.Series, known: Sequence[str] = ()) -> str:
    """What personal thing a column seems to hold, in the plural, or "" where it seems to hold none.

    Parameters
    ----------
    header
        The column's name.
    cells
        Its texts as they stand in the file. A long column is judged by 5,000 different ones.
    known
        What is known already: "name" where the header names places or measures, so that capitalised words are no
        people; "wording" where it holds the questions themselves, so that long texts are no answers; "code" where it
        holds the numbers of respondents, so that digits are no telephone.

    Examples
    --------
    >>> looks_personal("contact", pd.Series(["a@x.org", "b@y.org"]))
    'e-mail addresses'
    >>> looks_personal("postcode", pd.Series(["ST16", "ST17"])), looks_personal("dob", pd.Series(["1961", "1985"]))
    ('', '')
    >>> looks_personal("home", pd.Series(["ST16 3AB", "ST17 1AA"]))
    'postcodes'
    """
    counts = cells.value_counts()
    rows, texts = len(cells) - int(counts.get("", 0)), len(counts) - ("" in counts.index)
    counts = counts.head(_SAMPLE)
    held = {str(text): int(number) for text, number in counts.items() if not is_missing(str(text))}
    answers = [text for text in held if not is_dont_know(text)]
    if not answers or (len(answers) <= 12 and known_scale(answers)):
        return ""
    if found := _by_content(held, known, varied=texts >= 10 and texts >= 0.3 * rows):
        return found
    named = next((what for what, words in _NAMES if re.search(words, name_words(header))), "")
    return "" if _harmless(named, held, known) else named


def _by_content(held: dict[str, int], known: Sequence[str], varied: bool) -> str:
    texts = list(held)
    total = sum(held.values())

    def share(fits: Callable[[str], object], of: Sequence[str]) -> float:
        return sum(held[text] for text, form in zip(texts, of, strict=True) if fits(form)) / total

    matched = [plain(text) for text in texts]
    for what, looks, enough in _LOOKS:
        if ("code" not in known or what in _CODES) and share(looks.fullmatch, matched) >= enough:
            return what
    if (
        varied
        and "wording" not in known
        and sum(len(text) for text in matched) / len(matched) >= 30
        and share(_is_sentence, matched) >= 0.3
    ):
        return "free text"
    if varied and "name" not in known and share(_PERSON.fullmatch, texts) >= 0.6:
        return "names of people"
    return "dates of birth" if _spans_a_generation(texts) else ""


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 4


def _spans_a_generation(texts: list[str]) -> bool:
    """Days of any month over twenty years or more: no survey is in the field for that long."""
    digits = [text for text in texts if any(mark.isdigit() for mark in text)]
    if len(digits) < 3 or len(digits) * 2 < len(texts):
        return False
    if propose_date(digits[:_GLANCE])[1] * 2 < len(digits[:_GLANCE]):
        return False
    form, read, _ = propose_date(digits)
    if read * 10 < len(texts) * 9 or "d" not in form.order:
        return False
    days = pd.Series([day for day in map(form.reader(), digits) if day is not None and day.year > 1])
    return bool(days.max() - days.min() > _GENERATION and days.dt.day.nunique() > min(5, len(days) - 1))


def _harmless(named: str, held: dict[str, int], known: Sequence[str]) -> bool:
    """Whether the content shows that a name alone has misled."""
    if not named:
        return True
    texts = [plain(text) for text in held]
    few = len(texts) <= 20 and len(texts) * 10 <= sum(held.values())
    if named == "postcodes":
        return all(re.fullmatch(r"[a-z]{1,2}([0-9][a-z0-9]?( ?[0-9])?)?", text) for text in texts) or few
    if named == "dates of birth":
        return all(re.fullmatch(r"[0-9]{4}|[0-9]{2,4}s?\s*(-|to|\+)\s*[0-9]{0,4}", text) for text in texts)
    return few or (named == "names of people" and bool({"code", "name"} & set(known)))


def refusal(header: str, what: str) -> str:
    """The sentence about a refused column. It quotes the header and no value.

    Examples
    --------
    >>> refusal("Contact ", "e-mail addresses")
    'Column Contact looks like e-mail addresses. It is ignored and not stored, unless it is declared not personal.'
    """
    shown = " ".join(header.split())
    return f"Column {shown} looks like {what}. It is ignored and not stored, unless it is declared not personal."
