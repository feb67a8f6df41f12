"""What came after a date, in the words of a page."""

from __future__ import annotations

import pandas as pd

from analysis.numbers import half_up, in_words, write_number
from analysis.regular import name_of, step_word
from analysis.step import Beyond

__all__ = ["beyond_sentence"]

SMALL_BASE = 50  # below it no per cent is written
_ENDS = {
    "real change": "That is more than season, trend and chance make.",
    "likely change": "That is more than season, trend and chance make, but the date was picked after looking.",
    "no change": "That is no more than 5% either way.",
    "cannot tell": "Whether that is more than chance cannot be told.",
    "not comparable": "What is recorded changed, so how much of it is real cannot be told from counts.",
}


def beyond_sentence(found: Beyond) -> str:
    """How far the steps since a date lie from what was to be expected, and whether it is real.

    Never for illustrative figures: of those nothing is said.

    Examples
    --------
    >>> import numpy as np
    >>> from analysis.regular import check_series
    >>> from analysis.step import beyond_season
    >>> months = pd.period_range("2018-01", periods=62, freq="M")
    >>> rate = 100 + 20 * np.cos(np.pi * months.month / 6) + 5 * np.sin(np.arange(62) ** 2)
    >>> counts = pd.Series(np.round(rate * np.where(months >= "2022-11", 0.8, 1) * months.days_in_month), index=months)
    >>> print(beyond_sentence(beyond_season(check_series(counts), pd.Period("2022-11", "M"), origin="beforehand")))
    Compared with what season and trend before November 2022 led one to expect, the four months since are 19% lower
    (16% to 23%). That is more than season, trend and chance make.
    """
    word, many = step_word(pd.Index(found.months["period"])), len(found.months)
    since = f"the {in_words(many)} {word}s since" if many > 1 else f"the {word} since"
    if found.sum_expected < SMALL_BASE:
        total, expected, lower, upper = (
            write_number(each) for each in (found.sum_observed, found.sum_expected, found.sum_lower, found.sum_upper)
        )
        said = (
            f"Season and trend before {name_of(found.since)} led one to expect {expected} in {since}, by chance "
            f"{lower} to {upper}; there were {total}."
        )
    else:
        said = (
            f"Compared with what season and trend before {name_of(found.since)} led one to expect, {since} "
            f"{'are' if many > 1 else 'is'} {_size(found)}."
        )
    return f"{said} {_ENDS[found.verdict]}"


def _size(found: Beyond) -> str:
    """The size with its limits."""
    size, lower, upper = (half_up((ratio - 1) * 100) for ratio in (found.ratio, found.ratio_lower, found.ratio_upper))
    if lower <= 0 <= upper and lower < upper:
        middle = "as was to be expected" if size == 0 else _off(size)
        return f"{middle} ({_off(lower)} to {_off(upper)})"
    near, far = sorted((abs(lower), abs(upper)))
    return f"{_off(size)} ({near:.0f}% to {far:.0f}%)"


def _off(percent: float) -> str:
    return "no change" if percent == 0 else f"{abs(percent):.0f}% {'higher' if percent > 0 else 'lower'}"
