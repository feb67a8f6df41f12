"""A series parted into trend, season and what is left over, with its gaps respected.

Decomposition is for looking. A fit through the whole series swallows a sudden fall, so it tests nothing: that is
``analysis.step``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.regular import Checked, days_in, listed, name_of, season_length
from analysis.stl import PERIODIC, Seasonal, Windows, mstl, spans_of, windows

__all__ = ["Decomposition", "decompose"]


@dataclass(frozen=True)
class Decomposition:
    """A series in its parts.

    Attributes
    ----------
    frame
        ``period, observed, trend, seasonal, remainder, adjusted`` on the analysed scale, so that observed = trend +
        seasonal + remainder and adjusted = observed - seasonal; several seasons are ``seasonal_7``, ``seasonal_365``.
        A row for each step of the series; the parts are missing outside ``first`` to ``last``.
    periods
        Steps in each season.
    windows
        Of each season.
    log, per_day, robust
        What was asked for.
    first, last
        The stretch that was decomposed.
    notes
        Sentences: gaps, and what was left out.
    """

    frame: pd.DataFrame
    periods: tuple[int, ...]
    windows: tuple[Windows, ...]
    log: bool
    per_day: bool
    robust: bool
    first: object
    last: object
    notes: tuple[str, ...]

    def inside(self) -> pd.DataFrame:
        """The rows that were decomposed."""
        return self.frame[self.frame["trend"].notna()]

    def method(self) -> str:
        """How it was made, for a caption or a download."""
        spans = "; ".join(
            f"season of {period}: {PERIODIC if each.periodic else f'window {each.seasonal}'}, trend window {each.trend}"
            for period, each in zip(self.periods, self.windows, strict=True)
        )
        scale = f"{'logarithm of the ' if self.log else ''}value{' a day' if self.per_day else ''}"
        name = "STL" if len(self.periods) == 1 else "MSTL"
        return f"{name}{', robust' if self.robust else ''}, of the {scale} ({spans})"


def decompose(
    checked: Checked,
    periods: Sequence[int] | None = None,
    seasonal: Sequence[Seasonal] | None = None,
    *,
    log: bool = False,
    per_day: bool = False,
    robust: bool = False,
    trend: int | None = None,
    low_pass: int | None = None,
    jump: int | None = None,
) -> Decomposition:
    """Part the longest stretch without a gap into trend, season and remainder.

    Parameters
    ----------
    checked
        The series, looked through.
    periods
        Steps in a season, or in several; that of the series' own steps unless given.
    seasonal
        A window for all seasons or one for each; "periodic" for one season, those of ``mstl`` for several.
    log
        Take logarithms first, so that a season is a percentage.
    per_day
        Divide by the days of each step first.
    robust, trend, low_pass, jump
        As in ``stl``.

    Raises
    ------
    ValueError
        When the stretch is too short, a value has no logarithm, or a window does not fit.

    Examples
    --------
    >>> from analysis.regular import check_series
    >>> months = pd.period_range("2020-01", periods=48, freq="M")
    >>> parts = decompose(check_series(pd.Series(range(100, 148), index=months)), per_day=True)
    >>> parts.frame.columns.tolist()
    ['period', 'observed', 'trend', 'seasonal', 'remainder', 'adjusted']
    >>> parts.method()
    'STL, of the value a day (season of 12: periodic, trend window 19)'
    """
    stretch = checked.unbroken()
    seasons = sorted(set(periods)) if periods else [season_length(stretch.index)]
    given = [PERIODIC] if seasonal is None and len(seasons) == 1 else seasonal
    if len(stretch) <= 2 * max(seasons):
        raise ValueError(_too_short(checked, stretch, max(seasons)))
    scaled = _scaled(checked.values, log, per_day)
    values = scaled.loc[stretch.index].to_numpy()
    how = {"robust": robust, "trend": trend, "low_pass": low_pass, "jump": jump}
    level, found, rest = mstl(values, seasons, given, **how)
    names = ["seasonal"] if len(seasons) == 1 else [f"seasonal_{period}" for period in seasons]
    parts = pd.DataFrame({"trend": level, **dict(zip(names, found, strict=True)), "remainder": rest})
    parts["adjusted"] = values - sum(found)
    frame = parts.set_index(stretch.index).reindex(checked.values.index)
    frame.insert(0, "observed", scaled)
    frame.insert(0, "period", frame.index)
    own = [windows(len(stretch), each, span, trend, low_pass, jump)
           for each, span in zip(seasons, spans_of(len(seasons), given), strict=True)]  # fmt: skip
    first, last = stretch.index[0], stretch.index[-1]
    notes = list(checked.notes)
    if len(stretch) < len(checked.values):
        notes.append(f"Decomposed is the longest stretch without a gap: {name_of(first)} to {name_of(last)}.")
    return Decomposition(
        frame.reset_index(drop=True), tuple(seasons), tuple(own), log, per_day, robust, first, last, tuple(notes)
    )


def _scaled(values: pd.Series, log: bool, per_day: bool) -> pd.Series:
    if log and (values <= 0).any():
        unfit = listed(list(values.index[values <= 0]))
        raise ValueError(f"The value is 0 or less for {unfit}, which has no logarithm. Leave log out.")
    scaled = values / days_in(values.index) if per_day else values
    return pd.Series(np.log(scaled), index=values.index) if log else scaled


def _too_short(checked: Checked, stretch: pd.Series, period: int) -> str:
    told = f"A season of {period} is seen in more than {2 * period} steps in a row; "
    if len(stretch) == len(checked.values):
        return f"{told}here are {len(stretch)}."
    return " ".join([f"{told}the longest stretch without a gap has {len(stretch)}.", *checked.notes])
