"""A change said in plain words: how much, how sure, better or worse, and what must be known beside it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.numbers import half_up, places_printed, write_number
from analysis.periods import name_period

__all__ = ["MARKS", "change_phrase", "change_sentence", "count_sentence", "interval_phrase", "mark",
           "within_sentence"]  # fmt: skip

_NO_SPREAD = "the report prints neither a base nor a spread for it, so only the difference is told."
MARKS = {
    "real change": "▲",
    "likely change": "△",
    "cannot tell": "○",
    "no change": "=",
    "not comparable": "◆",
    "no verdict": "–",
}


def change_phrase(difference: float, percent: float | None, unit: str, places: int = 1) -> str:
    """How much something moved.

    >>> change_phrase(3350, 47.3030, "count"), change_phrase(12, None, "count"), change_phrase(5, None, "percent")
    ('up 47.3%', '12 more', 'up 5.0 points')
    >>> change_phrase(-3.36, None, "seconds", 2), change_phrase(0, None, "count")
    ('down 3.36 seconds', 'unchanged')
    """
    if percent is not None and not pd.isna(percent):
        if half_up(percent, 1) == 0:
            return "unchanged" if difference == 0 else f"{'up' if difference > 0 else 'down'} by less than 0.1%"
        return f"{'up' if percent > 0 else 'down'} {abs(half_up(percent, 1)):,.1f}%"
    if difference == 0:
        return "unchanged"
    if unit == "count":
        return f"{write_number(abs(difference))} {'more' if difference > 0 else 'fewer'}"
    way = "up" if difference > 0 else "down"
    if unit == "percent":
        places = max(places, 1)
        moved = abs(half_up(difference, places))
        return f"{way} {moved:.{places}f} points" if moved else f"{way} by less than {10**-places:g} points"
    return f"{way} {write_number(abs(difference), unit, places)}"


def interval_phrase(lower: float, upper: float, percent: float | None, unit: str) -> str:
    """The limits of a change, in its own terms.

    >>> interval_phrase(-11.9, -3.96, -8.0, "count"), interval_phrase(-4.43, 28.79, None, "count")
    ('down 11.9% to down 4.0%', '4 fewer to 29 more')
    """
    if percent is None or pd.isna(percent):
        low, high = (lower, upper) if unit != "count" else (half_up(lower), half_up(upper))
        return f"{change_phrase(low, None, unit)} to {change_phrase(high, None, unit)}"
    return f"{_signed_percent(lower)} to {_signed_percent(upper)}"


def change_sentence(row: Any, family: int, name: str = "") -> str:
    """One change in plain words with its verdict; true of the numbers, and no more than the verdict allows.

    Parameters
    ----------
    row
        One row of ``analysis.verdicts.judge``, with ``nearest``.
    family
        How many comparisons the correction was made over.
    name
        What the number is called; the measure's title and part unless given.
    """
    places, before = places_printed(row.later_printed), places_printed(row.earlier_printed)
    part = str(row.breakdown).partition("=")[2]
    called = name or (f"{row.title}, {part.lower()}" if part else row.title)
    moved = change_phrase(row.difference, row.percent, row.unit, max(places, before))
    said = (
        f"{called}: {write_number(row.later_value, row.unit, places)} in {_period(row.later_start, row.later_end)}, "
        f"{moved} {_than(moved)} {_earlier(row)} ({write_number(row.earlier_value, row.unit, before)})."
    )
    return f"{said} {_verdict_words(row, family)}"


def count_sentence(judged: pd.DataFrame) -> str:
    """How many measures and their parts carry which word, for the top of a page."""
    counts = judged["verdict"].value_counts()
    tested = int((~judged["verdict"].isin(["no verdict", "not comparable"])).sum())
    real, broken = int(counts.get("real change", 0)), int(counts.get("not comparable", 0))
    return (
        f"{real} of {tested} measures and parts that can be tested really changed; {broken} more cannot be compared "
        f"because recording changed."
    )


def mark(verdict: str, better_or_worse: str = "") -> str:
    """A verdict as shape and words, never colour alone.

    >>> mark("real change", "worse"), mark("cannot tell")
    ('▲ real change, worse', '○ cannot tell')
    """
    return f"{MARKS[verdict]} {verdict}{', ' + better_or_worse if better_or_worse else ''}"


def within_sentence(text: str) -> str:
    """A sentence or title as it goes on after a colon: a small first letter, unless the word is an acronym.

    >>> within_sentence("Crime validation backlog cleared"), within_sentence("ASB counted anew")
    ('crime validation backlog cleared', 'ASB counted anew')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _verdict_words(row: Any, family: int) -> str:
    level = f"{row.confidence * 100:g}%"
    worded = f", for the {row.better_or_worse}" if row.better_or_worse else ""
    if row.verdict == "not comparable":
        events = "; ".join(within_sentence(title) for title in row.broken_by.split("; "))
        return f"Not comparable: {events}. {row.nearest}".strip()
    if row.verdict == "no verdict":
        return f"No verdict: {within_sentence(row.untested or _NO_SPREAD)}"
    limits = interval_phrase(row.lower, row.upper, row.percent, row.unit)
    if row.verdict == "real change":
        return f"Real change{worded}: an unchanged rate would hardly give this ({level} interval {limits})."
    if row.verdict == "likely change":
        return (
            f"Likely change{worded}: unusual for an unchanged rate ({level} interval {limits}), but not beyond doubt "
            f"among {family} comparisons."
        )
    if row.verdict == "no change":
        return f"No change to speak of ({level} interval {limits})."
    return f"Cannot tell: an unchanged rate could give this ({level} interval {limits})."


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    name = name_period(start, end)
    return f"the {name}" if name.startswith("12 months") else name


def _earlier(row: Any) -> str:
    adjoining = row.later_start - row.earlier_end == pd.Timedelta(days=1)
    if adjoining and name_period(row.later_start, row.later_end).startswith("12 months"):
        return "the 12 months before"
    return _period(row.earlier_start, row.earlier_end)


def _than(moved: str) -> str:
    if moved == "unchanged":
        return "from"
    return "than in" if moved.endswith(("more", "fewer")) else "on"


def _signed_percent(value: float) -> str:
    rounded = half_up(value, 1)
    return "0.0%" if rounded == 0 else f"{'up' if rounded > 0 else 'down'} {abs(rounded):,.1f}%"
