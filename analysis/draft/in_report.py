"""A number of a draft looked up among the published ones of the measure that its sentence names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.audit.printed import exact, round_half_up, significant_digits
from analysis.draft.numbers_in_text import COUNT, DURATION, MONEY, PER_CENT, POINTS, RATE, Found

__all__ = ["Report", "report_of"]

_UNITS = {
    COUNT: ("count",), PER_CENT: ("percent",), POINTS: ("percentage_points",), RATE: ("per_1000",),
    DURATION: ("seconds", "minutes", "hours", "days"), MONEY: ("gbp", "gbp_thousand", "gbp_million"),
}  # fmt: skip
_SCALES = {"gbp_thousand": 1000, "gbp_million": 1_000_000}
_SHORT = {"sec": "seconds", "min": "minutes", "hour": "hours", "hr": "hours", "day": "days"}
_FEWEST_DIGITS = 2  # of a number, before it can be known by its value
_LITTLE = {
    "the", "and", "for", "with", "from", "that", "this", "its", "per", "all", "number", "share", "rate", "who", "are",
    "were", "was", "has", "have", "been", "their", "than", "each", "into", "total", "other", "average",
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """The published numbers by measure, and the words by which each measure is known."""

    figures: Mapping[str, Sequence[Any]]
    words: Mapping[str, frozenset[str]]

    def named(self, sentence: str) -> list[str]:
        """The measures whose words all stand in a sentence; of two, where one's words hold the other's, the longer."""
        said = _words(sentence)
        named = [measure for measure, words in self.words.items() if words and words <= said]
        return [each for each in named if not any(self.words[each] < self.words[other] for other in named)]

    def look_up(self, measures: Sequence[str], found: Found, alone: bool) -> str:
        """What the report has of a number: its place, or what it prints instead; "" where the words leave it open.

        A number of one digit equals too many to be known by it. What the report prints instead is told only where the
        sentence names one measure in two words or more, and the number is near what is printed.

        Parameters
        ----------
        measures
            Those that its sentence names.
        found
            The number, told as a level, not as a change.
        alone
            Whether it stands without another in brackets, as a part of a whole does not.
        """
        if significant_digits(found.value, found.places) < _FEWEST_DIGITS:
            return ""
        rows = [row for measure in measures for row in self.figures[measure] if _same_unit(found, str(row.unit))]
        printed = [(row, exact(row.value) * _SCALES.get(str(row.unit), 1)) for row in rows]
        own = found.value * found.scale
        for row, value in printed:
            if value == own:
                return f"stands in the report: {row.where}"
        for row, value in printed:
            if found.kind != COUNT and round_half_up(value / found.scale, found.places) == found.value:
                return f"stands in the report, there with more places ({row.printed}): {row.where}"
        near = [row for row, value in printed if own * 2 >= value >= own / 2 > 0]
        if not alone or len(measures) != 1 or len(self.words[measures[0]]) < 2 or found.vague or not near:
            return ""
        latest = max(rows, key=lambda row: (row.period_end, -row.Index))
        return f"The report prints {latest.printed} for {_period(latest.period_start, latest.period_end)}."


def report_of(published: pd.DataFrame) -> Report:
    """The published numbers with the words of their measures' titles.

    Parameters
    ----------
    published
        ``measure, value, unit, printed, where, period_start, period_end`` and ``title`` or ``label``.

    Raises
    ------
    ValueError
        When a column is missing.
    """
    title = "title" if "title" in published.columns else "label"
    needed = ["measure", title, "value", "unit", "printed", "where", "period_start", "period_end"]
    if missing := [name for name in needed if name not in published.columns]:
        raise ValueError(f"The published numbers have no column {', '.join(missing)}.")
    kept = published[published["value"].notna() & published["period_end"].notna()]
    titles = kept.drop_duplicates("measure").set_index("measure")[title]
    figures: dict[str, list[Any]] = {str(measure): [] for measure in titles.index}
    for row in kept.reset_index(drop=True).itertuples():
        figures[str(row.measure)].append(row)
    return Report(figures, {str(name): _words(re.sub(r"\([^)]*\)", "", str(told))) for name, told in titles.items()})


def _words(text: str) -> frozenset[str]:
    """The words by which a text is known: longer than two letters, without endings, and numbers such as 999."""
    found = re.findall(r"[a-z]+(?:-[a-z]+)*|[0-9]{3,}(?![0-9,.])", text.lower())
    return frozenset(_stem(word) for word in found if len(word) > 2 and word not in _LITTLE)


def _stem(word: str) -> str:
    return re.sub(r"(?:es|s|e|ing|ed)$", "", re.sub(r"(?:ies|y)$", "i", word)) if len(word) > 3 else word


def _same_unit(found: Found, unit: str) -> bool:
    if found.kind != DURATION:
        return unit in _UNITS.get(found.kind, ())
    return any(found.unit.startswith(short) and unit == long for short, long in _SHORT.items())


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    months = 1 if pd.isna(start) else (end.year - start.year) * 12 + end.month - start.month + 1
    return f"the {months} months to {end:%B %Y}" if months > 1 else f"{end:%B %Y}"
