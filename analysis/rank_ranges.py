"""Places as ranges: how high and how low each area may stand when every interval is true at once.

A bare rank takes chance for order: of ten areas the one seen lowest is truly the lowest in about half of the surveys.
Joint intervals give, for each area, every place that it may hold. Klein, Wright and Wieczorek (2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import tail_area
from analysis.numbers import ordinal

__all__ = ["place_words", "rank_ranges", "sidak"]


def sidak(confidence: float, areas: int) -> float:
    """Level of each interval at which all of them hold together at ``confidence``. Sidak (1967).

    Raises
    ------
    ValueError
        For a level outside 0 to 1, or no area.

    Examples
    --------
    >>> round(sidak(0.95, 10), 6)
    0.994884
    """
    tail_area(confidence)
    if areas < 1:
        raise ValueError(f"Joint intervals need one area or more, not {areas}.")
    return float(confidence ** (1 / areas))


def rank_ranges(
    lower: Sequence[float] | NDArray[np.float64], upper: Sequence[float] | NDArray[np.float64]
) -> NDArray[np.int64]:
    """Highest and lowest place that each area may hold; the first is that of the largest value.

    An area surely stands above another when its whole joint interval does. One whose limits are missing may stand
    anywhere, and counts for the others as if it did.

    Parameters
    ----------
    lower, upper
        Joint limits of each area's value; see ``sidak``.

    Returns
    -------
    array
        A row an area: the highest place, from 1, and the lowest.

    Raises
    ------
    ValueError
        When limits and areas are not equally many.

    Examples
    --------
    >>> rank_ranges([0.40, 0.60, 0.62], [0.50, 0.70, 0.75]).tolist()
    [[3, 3], [1, 2], [1, 2]]
    """
    low = np.nan_to_num(np.asarray(lower, dtype=float), nan=-np.inf)
    high = np.nan_to_num(np.asarray(upper, dtype=float), nan=np.inf)
    if low.shape != high.shape:
        raise ValueError(f"Each area needs a lower and an upper limit, not {low.size} and {high.size} of them.")
    surely_above = low[None, :] > high[:, None]  # of each row's area, the areas that are
    surely_below = high[None, :] < low[:, None]
    return np.column_stack([1 + surely_above.sum(axis=1), low.size - surely_below.sum(axis=1)])


def place_words(highest: int, lowest: int, areas: int) -> str:
    """A range of places as it is said: never one bare rank where another is possible.

    >>> place_words(2, 8, 10), place_words(1, 10, 10), place_words(10, 10, 10)
    ('somewhere between 2nd and 8th of 10', 'cannot be ranked', '10th of 10')
    """
    if highest == lowest:
        return f"{ordinal(highest, words=False)} of {areas}"
    if (highest, lowest) == (1, areas):
        return "cannot be ranked"
    return f"somewhere between {ordinal(highest, words=False)} and {ordinal(lowest, words=False)} of {areas}"
