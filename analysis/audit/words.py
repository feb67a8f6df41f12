"""Words: what the text calls a change, held against the sign and the size of the numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.findings import Finding, spelled_inputs
from analysis.audit.grades import AGREES, DISAGREES, UNCHECKED
from analysis.audit.sheet import Number, Sheet

__all__ = ["FALL_TWICE", "check_signs", "check_wordings", "turned_sign"]

FALL_TWICE = "says the fall twice: beside a word of falling the number needs no minus, which would make it a rise"
_FALLS = r"(?:decreas|reduc|fall|fell|drop|declin|lower|down\b)"
_TURNED = re.compile(
    rf"{_FALLS}\w*(?:\s+(?:of|by))?\s+[-−–]\s?£?\d|[-−–]\s?£?\d[\d.,]*\s?%?\s*(?:\([^)]*\)\s*)?{_FALLS}", re.IGNORECASE
)
_WAYS = ("rise", "fall")
STABLE, SLIGHT = 5, 10  # per cent of the earlier value that each word still covers
STABLE_POINTS, SLIGHT_POINTS = 2, 5  # and percentage points, where the values are percentages


def turned_sign(text: str) -> bool:
    """Does a phrase turn its own number round: "a decrease of -23%"? A number in brackets after it does not.

    >>> [turned_sign(text) for text in ("decrease of -23%", "-60.2% decrease", "fell by 23% (-5,781)", "reduced (-4%)")]
    [True, True, False, False]
    """
    return bool(_TURNED.search(text))


def check_signs(statements: pd.DataFrame) -> list[Finding]:
    """A finding for each quoted number whose words and sign say the fall twice.

    Parameters
    ----------
    statements
        The release's own.
    """
    return [
        Finding(
            id=f"words.{row.id}", kind="words", grade=DISAGREES, as_printed=row.printed, where=row.where,
            measure=row.measure, area=row.area, section=row.section, label=row.claim, about=(row.id,),
            cause=FALL_TWICE,
        )
        for row in statements.itertuples()
        if turned_sign(row.printed)
    ]  # fmt: skip


def check_wordings(wordings: pd.DataFrame, sheet: Sheet) -> list[Finding]:
    """One finding for each word such as "stable", "slight" or "highest" that the text puts on numbers.

    "Stable" and "same" cover a change of up to 5%, or of up to 2 points where the values are percentages; "slight" one
    of up to 10% of the earlier value, and of no more than 5 points. "Rise" and "fall" ask which way. "Highest" and
    "lowest" are held against the other numbers that are printed.

    Parameters
    ----------
    wordings
        ``id, section, where, printed, word, measure, inputs``: the number spoken of, then those it is held against. An
        input that is not a number of the release counts as not printed.
    sheet
        The release's numbers.
    """
    return [_wording(row, sheet) for row in wordings.itertuples()]


def _wording(row: Any, sheet: Sheet) -> Finding:
    names = row.inputs.split()
    inputs = [sheet.numbers[name] for name in names if name in sheet.numbers]
    shared = {
        "id": row.id, "kind": "words", "as_printed": row.printed, "where": row.where, "measure": row.measure,
        "section": row.section, "label": f"called “{row.word}”", "inputs": spelled_inputs(inputs), "about": (row.id,),
    }  # fmt: skip
    if len(inputs) < 2:
        return Finding(**shared, grade=UNCHECKED, cause="the report does not print what this is held against")
    told = _extreme(row.word, inputs) if row.word in ("highest", "lowest") else _size(row.word, inputs)
    of = f"{sheet.titles.get(row.measure, row.measure)} is " if row.word in _WAYS else ""  # one of a list, it may be
    told = f"“{row.printed}”, but {of}{told}" if told else ""
    if not told and len(inputs) < len(names):
        return Finding(**shared, grade=UNCHECKED, cause="the printed numbers fit the word, but not all are printed")
    return Finding(**shared, grade=DISAGREES if told else AGREES, cause=told)


def _size(word: str, inputs: Sequence[Number]) -> str:
    """The sentence on a change that is larger than its word; "" where the word fits."""
    later, earlier = inputs[0], inputs[1]
    change = later.value - earlier.value
    share = later.unit == "percent"
    relative = abs(change) / abs(earlier.value) * 100 if earlier.value else Fraction(0)
    if word in _WAYS:
        fits = change > 0 if word == "rise" else change < 0
    elif word == "slight":
        fits = relative <= SLIGHT and (not share or abs(change) <= SLIGHT_POINTS)
    else:
        fits = abs(change) <= STABLE_POINTS if share else relative <= STABLE
    if fits:
        return ""
    if not change:
        return f"unchanged at {later.printed}"
    way = "up" if change > 0 else "down"
    size = f"{float(relative):.1f}%"
    if share:
        size = f"{float(abs(change)):.{max(later.places, earlier.places)}f} points, which is {size} of what it was"
    return f"{way} {size}: from {earlier.printed} to {later.printed}"


def _extreme(word: str, inputs: Sequence[Number]) -> str:
    first, *others = inputs
    beyond = [
        each for each in others if (each.value > first.value) == (word == "highest") and each.value != first.value
    ]
    if not beyond:
        return ""
    return f"{beyond[0].when} is {beyond[0].printed} and this is {first.printed}"
