"""A number of a draft looked up among the published ones of the measure that its sentence names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.printed import exact, places_for, round_half_up, significant_digits
from analysis.draft.numbers_in_text import COUNT, DURATION, MONEY, PER_CENT, POINTS, RATE, Found
from analysis.numbers import POUNDS

__all__ = ["Report", "report_of", "words_of"]

_UNITS = {
    COUNT: ("count",), PER_CENT: ("percent",), POINTS: ("percentage_points",), RATE: ("per_1000",),
    DURATION: ("seconds", "minutes", "hours", "days"), MONEY: tuple(POUNDS),
}  # fmt: skip
_SHORT = {"sec": "seconds", "min": "minutes", "hour": "hours", "hr": "hours", "day": "days"}
_FEWEST_DIGITS = 2  # of a number, before it can be known by its value
_FEWEST_WORDS = 2  # of a measure's title
_CHANGES = {
    "difference", "percent_change", "baseline_difference", "baseline_percent", "point_change", "statement",
}  # fmt: skip
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
        said = words_of(sentence)
        named = [measure for measure, words in self.words.items() if words and words <= said]
        return [each for each in named if not any(self.words[each] < self.words[other] for other in named)]

    def look_up(self, measures: Sequence[str], found: Found, alone: bool, way: int | None = None) -> tuple[bool, str]:
        """What the report has of a number: whether it stands there undoubted, and its place or what it prints instead.

        A number of one digit equals too many to be known by it. What the report prints instead is told only where the
        sentence names one measure in two words or more, and the number is near what is printed.

        Parameters
        ----------
        measures
            Those that its sentence names.
        found
            The number.
        alone
            Whether it stands without another in brackets, as a part of a whole does not.
        way
            None of a level. Of a change 1 for a rise, -1 for a fall, 0 where the words leave it open: the words give
            the sign, and only differences and per cents of change are looked at, where the rows say what they are.

        Returns
        -------
        tuple
            The words are "" where they leave it open.
        """
        if significant_digits(found.value, found.places) < _FEWEST_DIGITS:
            return False, ""
        rows = [row for measure in measures for row in self.figures[measure] if _same_unit(found, str(row.unit))]
        rows = [row for row in rows if way is None or getattr(row, "role", "statement") in _CHANGES]
        printed = [(row, _turned(exact(row.value) * POUNDS.get(str(row.unit), 1), found, way)) for row in rows]
        own = found.value if way is None else abs(found.value)
        if same := [row for row, value in printed if value == own * found.scale]:
            return _standing(same, "as the report prints it")
        rounded = [row for row, value in printed if round_half_up(value / found.scale, found.places) == own]
        if rounded and found.kind != COUNT:
            return _standing(rounded, f"as the report prints it but for its places ({rounded[0].printed})")
        near = [(row, value) for row, value in printed if own * found.scale * 2 >= value >= own * found.scale / 2 > 0]
        named = len(measures) == 1 and len(self.words[measures[0]]) >= _FEWEST_WORDS
        if way is not None or not alone or not named or found.vague or not near:
            return False, ""
        for row, value in near:
            if found.kind != COUNT and value == round_half_up(own, places_for(str(row.printed), exact(row.value))):
                return False, f"The report prints it with fewer places: {row.printed} ({row.where})."
        latest = max(rows, key=lambda row: (row.period_end, -row.Index))
        return False, f"The report prints {latest.printed} for {_period(latest.period_start, latest.period_end)}."


def _turned(value: Fraction, found: Found, way: int | None) -> Fraction:
    """A printed change as the words tell it, a fall as a size; one that goes the other way is less than nothing."""
    if way is None:
        return value
    way = way or (-1 if found.value < 0 else 0)
    return value * way if way else abs(value)


def _standing(rows: Sequence[Any], how: str) -> tuple[bool, str]:
    """Where a number stands; of several places one that the report check marks, for it may be that one."""
    doubted = next((row for row in rows if getattr(row, "doubtful", False) is True), None)
    if doubted is not None:
        return False, f"it stands in the report ({doubted.where}), but the check of the report marks it there"
    return True, f"it is {how} ({rows[0].where})"


def report_of(published: pd.DataFrame) -> Report:
    """The published numbers with the words of their measures' titles.

    Parameters
    ----------
    published
        ``measure, value, unit, printed, where, period_start, period_end`` and ``title`` or ``label``; it may have
        ``doubtful``, True where the report check marks a number, and ``role``, which tells changes from levels.

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
    if "doubtful" in kept.columns:
        kept = kept.assign(doubtful=kept["doubtful"].eq(True).fillna(False).astype(bool))
    titles = kept.drop_duplicates("measure").set_index("measure")[title]
    figures: dict[str, list[Any]] = {str(measure): [] for measure in titles.index}
    for row in kept.reset_index(drop=True).itertuples():
        figures[str(row.measure)].append(row)
    return Report(figures, {str(name): words_of(re.sub(r"\([^)]*\)", "", str(told))) for name, told in titles.items()})


def words_of(text: str) -> frozenset[str]:
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
