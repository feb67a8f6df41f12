"""What the charts of areas share: a verdict's mark and words, a value as it is written, and why there is none."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.area_layout import AREA_MARKS
from analysis.areas import difference_word
from charts.palette import CATEGORICAL

__all__ = ["Side", "in_lines", "on_axis", "side_of", "why_withheld"]  # fmt: skip

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


def _side(words: str, symbol: str, colour: str) -> Side:
    return Side(words, AREA_MARKS[words], symbol, colour)


_SIDES = [
    _side("above the rest", "triangle-up", _ABOVE),
    _side("likely above the rest", "triangle-up-open", _ABOVE),
    _side("below the rest", "triangle-down", _BELOW),
    _side("likely below the rest", "triangle-down-open", _BELOW),
    _side("cannot be told apart from the rest", "circle-open", _NEITHER),
    _side("no verdict", "line-ew-open", _NEITHER),
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
