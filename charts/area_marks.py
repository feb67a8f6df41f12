"""What the charts of areas share: a verdict's mark and words, a value as it is written, and why there is none."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.areas import difference_word
from analysis.numbers import write_number
from analysis.survey_words import share_words
from charts.palette import CATEGORICAL

__all__ = [
    "AREA_UNITS", "Side", "area_value", "in_lines", "interval_words", "on_axis", "range_said", "side_of",
    "why_withheld",
]  # fmt: skip

AREA_UNITS = {"percent": "%", "per_1000": "per 1,000 residents", "count": "count"}
_ABOVE, _BELOW, _NEITHER = CATEGORICAL[0], CATEGORICAL[2], CATEGORICAL[4]


@dataclass(frozen=True)
class Side:
    """On which side of the rest an area stands: the words, a character, the marker of the same shape, its colour."""

    words: str
    character: str
    symbol: str
    colour: str

    @property
    def told(self) -> str:
        """Character and words together; "" where nothing is claimed or denied."""
        return f"{self.character} {self.words}" if self.words else ""


_SIDES = [
    Side("above the rest", "▲", "triangle-up", _ABOVE),
    Side("likely above the rest", "△", "triangle-up-open", _ABOVE),
    Side("below the rest", "▼", "triangle-down", _BELOW),
    Side("likely below the rest", "▽", "triangle-down-open", _BELOW),
    Side("cannot be told apart from the rest", "○", "circle-open", _NEITHER),
    Side("no verdict", "–", "line-ew-open", _NEITHER),
]
_BY_WORDS = {side.words: side for side in _SIDES}
_UNJUDGED = Side("", "●", "circle", _NEITHER)


def side_of(row: Any) -> Side:
    """The mark of an area: filled where it differs, hollow where it likely does, its tip on the side it stands.

    Parameters
    ----------
    row
        A row of ``analysis.areas.compare_areas``; without a ``verdict``, as invented data are, it has no words.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> side_of(SimpleNamespace(verdict="likely differs", difference=-0.1)).told
    '▽ likely below the rest'
    >>> side_of(SimpleNamespace(difference=-0.1)).told
    ''
    """
    verdict = getattr(row, "verdict", None)
    return _UNJUDGED if verdict is None else _BY_WORDS[difference_word(verdict, row.difference)]


def area_value(value: float, unit: str = "percent", measure: str = "top") -> str:
    """An area's value as it is written; shares are 0 to 1.

    >>> area_value(0.678), area_value(-0.05, measure="net"), area_value(3.64, "per_1000"), area_value(1602, "count")
    ('68%', '−5', '3.6', '1,602')
    """
    if unit == "percent":
        return share_words(value, measure)
    return "withheld" if pd.isna(value) else write_number(value, "count", 1 if unit == "per_1000" else 0)


def interval_words(row: Any, unit: str = "percent") -> str:
    """A value with its interval, where there is one.

    >>> from types import SimpleNamespace
    >>> interval_words(SimpleNamespace(estimate=5.0, lower=3.815, upper=6.436), "per_1000")
    '5.0 (3.8 to 6.4)'
    """
    measure = getattr(row, "measure", "top")
    told = area_value(row.estimate, unit, measure)
    if pd.isna(row.estimate) or pd.isna(row.lower):
        return told
    return f"{told} ({area_value(row.lower, unit, measure)} to {area_value(row.upper, unit, measure)})"


def range_said(low: float, high: float, unit: str = "percent") -> str:
    """A range without a value, as a report prints it for areas that it does not tell one by one.

    >>> nan = float("nan")
    >>> range_said(0.64, 0.74), range_said(0.9, nan), range_said(nan, 7, "count")
    ('64% to 74%', 'above 90%', 'up to 7')
    """
    if pd.isna(high):
        return f"above {area_value(low, unit)}"
    if pd.isna(low):
        return f"up to {area_value(high, unit)}"
    return f"{area_value(low, unit)} to {area_value(high, unit)}"


def why_withheld(row: Any) -> str:
    """The caveat of a withheld row, or that it is withheld.

    >>> from types import SimpleNamespace
    >>> why_withheld(SimpleNamespace(caveat="")), why_withheld(SimpleNamespace(caveat="Under 50 answers."))
    ('Not shown, to protect those who answered or because it is too imprecise.', 'Under 50 answers.')
    """
    caveat = str(getattr(row, "caveat", "") or "")
    return caveat or "Not shown, to protect those who answered or because it is too imprecise."


def on_axis(values: pd.Series, unit: str) -> pd.Series:
    """Values as an axis has them: shares as per cent."""
    return values.astype(float) * (100 if unit == "percent" else 1)


def in_lines(text: str, letters: int) -> list[str]:
    """Text in lines of at most so many letters, where words allow."""
    return textwrap.wrap(text, letters)
