"""A number of a draft looked up among the published ones of the measure that its sentence names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from analysis.audit.printed import exact
from analysis.draft.numbers_in_text import COUNT, DURATION, MONEY, PER_CENT, POINTS, RATE, Found

__all__ = ["Report", "report_of"]

_UNITS = {
    COUNT: ("count",), PER_CENT: ("percent",), POINTS: ("percentage_points",), RATE: ("per_1000",),
    DURATION: ("seconds", "minutes", "hours", "days"), MONEY: ("gbp", "gbp_thousand", "gbp_million"),
}  # fmt: skip
_SCALES = {"gbp_thousand": 1000, "gbp_million": 1_000_000}
_SHORT = {"sec": "seconds", "min": "minutes", "hour": "hours", "hr": "hours", "day": "days"}
_LITTLE = {
    "the", "and", "for", "with", "from", "that", "this", "its", "per", "all", "number", "share", "rate", "who", "are",
    "were", "was", "has", "have", "been", "their", "than", "each", "into", "total", "other", "average",
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """The published numbers, and the words by which each measure is known."""

    figures: pd.DataFrame
    words: dict[str, frozenset[str]]

    def named(self, sentence: str) -> list[str]:
        """The measures whose words all stand in a sentence; of two, where one's words hold the other's, the longer."""
        said = _words(sentence)
        named = [measure for measure, words in self.words.items() if words and words <= said]
        return [each for each in named if not any(self.words[each] < self.words[other] for other in named)]

    def look_up(self, sentence: str, found: Found, level: bool) -> str:
        """What the report has of a number: its place, or what it prints instead; "" where the sentence leaves it open.

        Parameters
        ----------
        sentence
            The sentence that holds the number.
        found
            The number.
        level
            Whether it is told as a level, not as a change.
        """
        measures = self.named(sentence)
        rows = self.figures[
            self.figures["measure"].isin(measures) & self.figures["unit"].isin(_UNITS.get(found.kind, ()))
        ]
        rows = rows[[_same_unit(found, unit) for unit in rows["unit"]]] if len(rows) else rows
        for row in rows.itertuples():
            if exact(row.value) * _SCALES.get(str(row.unit), 1) == found.value * found.scale:
                return f"stands in the report: {row.where}"
        if len(measures) != 1 or not level or found.vague or rows.empty:
            return ""
        latest = rows.sort_values("period_end", kind="stable").iloc[-1]
        until = "" if pd.isna(latest["period_end"]) else f" for {_period(latest)}"
        return f"Not checkable from the text: the report prints {latest['printed']}{until}."


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
    kept = published[published["value"].notna()]
    titles = kept.drop_duplicates("measure").set_index("measure")[title]
    return Report(kept, {str(measure): _words(str(name)) for measure, name in titles.items()})


def _words(text: str) -> frozenset[str]:
    """The words by which a text is known: longer than two letters, without endings, and numbers such as 999."""
    found = re.findall(r"[a-z]+(?:-[a-z]+)*|[0-9]{3,}(?![0-9,.])", text.lower())
    return frozenset(_stem(word) for word in found if len(word) > 2 and word not in _LITTLE)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed)$", "", word) if len(word) > 4 else word


def _same_unit(found: Found, unit: str) -> bool:
    if found.kind != DURATION:
        return True
    return any(found.unit.startswith(short) and unit == long for short, long in _SHORT.items())


def _period(row: pd.Series) -> str:
    start, end = row["period_start"], row["period_end"]
    month = f"{end:%B %Y}"
    if pd.isna(start):
        return month
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return f"the {months} months to {month}" if months > 1 else month
