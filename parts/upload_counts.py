"""What became of a file's rows, as a sum and in sentences, and what to mend where none of them can be used."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.prepare import Prepared
from data.reading import Reading
from data.role_words import ROLE_WORDS
from parts.blocks import say
from parts.table import show_table
from parts.upload_words import counted, label_of, list_sentences

__all__ = ["count_sentences", "reasons_aside", "show_sum", "what_to_mend"]

_ASIDE = {
    "blank_rows": "blank",
    "rows_of_totals": "totals, not respondents",
    "rows_respondent_missing": "no respondent's number",
    "exact_duplicate_rows": "they repeat others",
    "rows_conflicting": "they contradict each other",
}
_WHY = {
    "missing": "is missing", "unreadable": "cannot be read", "not_positive": "is not above 0", "below_0": "is below 0",
    "above_100": "is above 100", "above_base": "is above the base",
}  # fmt: skip
_BESIDES = {
    "distinct_respondents": ("respondent", "different respondents"),
    "cells_refused": ("value does not fit and counts as missing", "values do not fit and count as missing"),
}
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


def show_sum(reading: Reading, prepared: Prepared) -> None:
    """Every row of the file in one sum: used, set aside with the reason, or rejected. Then what else was counted."""
    used, aside, rejected = len(prepared.frame), len(prepared.set_aside), len(reading.rejected)
    rows_in = counted(reading.rows_in, "row", "rows")
    say(f"{rows_in} in the file = {used:,} used + {aside:,} set aside + {rejected:,} rejected as unreadable.")
    parts = {"Used": used}
    parts |= {f"Set aside: {words}": number for words, number in reasons_aside(prepared.counts).values()}
    parts |= {"Rejected as unreadable": rejected} if rejected else {}
    rows = [{"row_label": words, "Rows": f"{number:,}"} for words, number in parts.items()]
    rows.append({"row_label": "In the file", "Rows": f"{reading.rows_in:,}", "row_kind": "total"})
    if used < reading.rows_in:
        show_table(pd.DataFrame(rows).fillna({"row_kind": "part"}), "Where the rows of the file went", "Rows that are")
    for told in prepared.warnings:
        st.warning(label_of(f"△ {told}"))
    list_sentences([*count_sentences(prepared.counts), *prepared.notes])


def reasons_aside(counts: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """Why rows were set aside and how many for each reason: together they are all that were.

    >>> reasons_aside({"rows_in": 9, "exact_duplicate_rows": 2, "rows_weight_not_positive": 1})
    {'exact_duplicate_rows': ('they repeat others', 2), 'rows_weight_not_positive': ('weight is not above 0', 1)}
    >>> counts = {"respondents_with_conflicting_answers": 1, "rows_conflicting": 2, "cells_refused": 4}
    >>> reasons_aside(counts)["rows_conflicting"]
    ('they contradict each other, 2 rows of 1 respondent', 2)
    """
    told = {}
    people = counts.get("respondents_with_conflicting_answers", 0)
    for name, number in counts.items():
        found = re.fullmatch(rf"rows_(\w+)_({'|'.join(_WHY)})", name)
        words = _ASIDE.get(name) or (f"{ROLE_WORDS[found[1]]} {_WHY[found[2]]}" if found else "")
        if name == "rows_conflicting" and not people:
            words = "more than one row gives the same figure"
        elif name == "rows_conflicting":
            words += f", {counted(number, 'row', 'rows')} of {counted(people, 'respondent', 'respondents')}"
        if number and words:
            told[name] = words, number
    return told


def count_sentences(counts: Mapping[str, int]) -> list[str]:
    """What preparing a file counted beside its rows, one sentence for each count that is not 0.

    >>> count_sentences({"rows_in": 9, "distinct_respondents": 9, "cells_refused": 1})
    ['9 different respondents.', '1 value does not fit and counts as missing.']
    """
    return [f"{counted(counts[name], *words)}." for name, words in _BESIDES.items() if counts.get(name)]


def what_to_mend(counts: Mapping[str, int]) -> list[str]:
    """Where no row of a file can be used: why not, the commonest reason first, and what to do about it.

    >>> what_to_mend({"rows_in": 9, "rows_value_unreadable": 9, "blank_rows": 0})
    ['9 rows: value cannot be read. Choose the form in which it is written, under “How numbers and dates are written”, \
or give the role to another column.']
    """
    told = []
    for name, (words, number) in sorted(reasons_aside(counts).items(), key=lambda item: -item[1][1]):
        why = name.rsplit("_", 1)[-1]
        mend = _MEND_ROWS.get(name) or _MEND.get(why, _MEND_NUMBERS)
        if name in ("rows_conflicting", "exact_duplicate_rows"):
            mend = _TWICE["distinct_respondents" in counts]
        told.append(f"{counted(number, 'row', 'rows')}: {words}. {mend}")
    return told
