"""What became of a file's rows, in sentences, and what to mend where none of them can be used."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data.role_words import ROLE_WORDS
from parts.upload_words import counted

__all__ = ["count_sentences", "what_to_mend"]

_COUNTS = {
    "distinct_respondents": ("respondent", "different respondents"),
    "blank_rows": ("row is set aside: blank", "rows are set aside: blank"),
    "rows_of_totals": ("row is set aside: a total", "rows are set aside: totals"),
    "rows_respondent_missing": (
        "row is set aside: no respondent's number",
        "rows are set aside: no respondent's number",
    ),
    "exact_duplicate_rows": ("row is set aside: it repeats another", "rows are set aside: they repeat others"),
    "respondents_with_conflicting_answers": (
        "respondent has rows that contradict each other: all of them are set aside",
        "respondents have rows that contradict each other: all of them are set aside",
    ),
    "rows_conflicting": ("row is set aside: it contradicts another", "rows are set aside: they contradict each other"),
    "cells_refused": ("cell does not fit and counts as missing", "cells do not fit and count as missing"),
}
_WHY = {
    "missing": "is missing", "unreadable": "cannot be read", "not_positive": "is not above 0", "below_0": "is below 0",
    "above_100": "is above 100", "above_base": "is above the base",
}  # fmt: skip
_FORMS_AT = "under “How numbers and dates are written”"
_MEND = {
    "missing": "Give the role to a column that is filled.",
    "unreadable": f"Choose the form in which it is written, {_FORMS_AT}, or give the role to another column.",
}
_MEND_NUMBERS = f"Look at its form, {_FORMS_AT}, or give the role to another column."
_MEND_ROWS = {
    "blank_rows": "Mend the file and drop it again.",
    "rows_of_totals": "Mend the file and drop it again.",
    "rows_respondent_missing": "Give the role “respondent's number” to a column that is filled, or to none.",
}
_TWICE = {
    True: "Give the role “respondent's number” to the column that numbers the respondents, or to none.",
    False: "Give the columns that tell such rows apart a role, or make them groups.",
}


def count_sentences(counts: Mapping[str, int]) -> list[str]:
    """What preparing a file counted, one sentence for each count that is not 0.

    >>> count_sentences({"rows_in": 9, "exact_duplicate_rows": 2, "rows_weight_not_positive": 1})
    ['2 rows are set aside: they repeat others.', '1 row is set aside: weight is not above 0.']
    """
    told = [
        f"{counted(number, *_COUNTS[name])}."
        for name, number in counts.items()
        if number and name in _COUNTS and not (name == "rows_conflicting" and "distinct_respondents" in counts)
    ]
    for name, number in counts.items():
        found = re.fullmatch(rf"rows_(\w+)_({'|'.join(_WHY)})", name)
        if number and found and name not in _COUNTS:
            told.append(f"{counted(number, 'row is', 'rows are')} set aside: {ROLE_WORDS[found[1]]} {_WHY[found[2]]}.")
    return told


def what_to_mend(counts: Mapping[str, int]) -> list[str]:
    """Where no row of a file can be used: why not, the commonest reason first, and what to do about it.

    >>> what_to_mend({"rows_in": 9, "rows_value_unreadable": 9, "blank_rows": 0})
    ['9 rows are set aside: value cannot be read. Choose the form in which it is written, under “How numbers and dates \
are written”, or give the role to another column.']
    """
    told = []
    for name, number in sorted(counts.items(), key=lambda item: -item[1]):
        found = re.fullmatch(rf"rows_(\w+)_({'|'.join(_WHY)})", name)
        if name == "rows_conflicting":
            mend = _TWICE["distinct_respondents" in counts]
        elif name in _MEND_ROWS:
            mend = _MEND_ROWS[name]
        elif found:
            mend = _MEND.get(found[2], _MEND_NUMBERS)
        else:
            continue
        told += [f"{sentence} {mend}" for sentence in count_sentences({name: number})]
    return told
