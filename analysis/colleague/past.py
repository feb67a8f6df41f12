"""What the past would give: how surprising a new count is, and how far other values moved within the last report.

A rolling 12-month count holds 12 - k of the months of the one before, so only its k new months can surprise. They are
held against the k months that dropped out, with the dispersion rule of the verdicts, after a drift is taken off: what
is asked is not whether anything changed, which ordinary quarters do, but whether more changed than they bring.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.change import compare_counts, compare_rolling
from analysis.colleague.cells import THING
from analysis.intervals import EXACT_BELOW, check_counts

__all__ = ["DRIFT", "LEVEL", "Spread", "spread_of", "step_size", "surprise"]

MONTHS = 12
LEVEL = 0.01  # of a whole report: divided by the number of counts that are looked at
DRIFT = 0.2  # the new months may differ by so much from those they replace before chance is asked for the rest
FEWEST_STEPS = 10  # of a kind of value, before its usual steps can be told
USUAL = 0.9  # so many of the steps of a kind are usual
_KINDS = {"percent": "share", "percentage_points": "share", "count": "count", "per_1000": "rate"}
_KINDS |= dict.fromkeys(("seconds", "minutes", "hours", "days", "not_stated"), "time or average")
_KINDS |= dict.fromkeys(("gbp", "gbp_thousand", "gbp_million"), "sum of money")
_YEARS = ["last_12_months", "previous_12_months"]
_LINE = ["table", *THING, "unit"]


def surprise(
    earlier: float, later: float, new_months: int, dispersion: float | None = None, drift: float = DRIFT
) -> float:
    """How seldom the past would give a rolling 12-month count: a p value, after a drift of its new months.

    Counts of ten or more are held against each other as ``analysis.change.compare_rolling`` does, with ``drift`` times
    the months that dropped out taken off the difference. Of smaller ones the months in common are exact: a rise must
    fit into the new months, of which the earlier count foretells a gamma-Poisson number, and a fall into those that
    dropped out, of which each earlier case is one with probability ``new_months`` / 12.

    Parameters
    ----------
    earlier, later
        The counts of two rolling years.
    new_months
        Months from the one's end to the other's; 12 or more share nothing.
    dispersion
        Variance as a multiple of the count; by the rule when None.
    drift
        As a share of the months that dropped out.

    Raises
    ------
    ValueError
        For a count below 0 or less than one new month.

    Examples
    --------
    >>> round(surprise(20000, 19000, 3), 3), round(surprise(20000, 26000, 3), 8)
    (1.0, 4.8e-07)
    >>> round(surprise(3, 4, 3), 3), round(surprise(3, 30, 3), 12)
    (1.0, 0.0)
    """
    check_counts(earlier, later)
    if not new_months >= 1:
        raise ValueError(f"Two rolling years lie at least one month apart, not {new_months}.")
    part = min(new_months, MONTHS) / MONTHS
    if min(earlier, later) < EXACT_BELOW:
        return _surprise_of_few(earlier, later, part)
    allowed = drift * earlier * part
    moved = math.copysign(max(0.0, abs(later - earlier) - allowed), later - earlier)
    if moved == 0:
        return 1.0
    if new_months >= MONTHS:
        change = compare_counts(earlier, earlier + moved, dispersion)
    else:
        change = compare_rolling(earlier, max(earlier + moved, EXACT_BELOW), new_months, dispersion)
    return 1.0 if change.p is None else change.p


def _surprise_of_few(earlier: float, later: float, part: float) -> float:
    from scipy import stats

    if later > earlier:
        more = later - earlier if part < 1 else later
        one_sided = stats.nbinom.sf(math.ceil(more) - 1, earlier + 0.5, 1 / (1 + part))
    elif part < 1:
        one_sided = stats.binom.sf(math.ceil(earlier - later) - 1, math.ceil(earlier), part)
    else:
        one_sided = stats.nbinom.cdf(math.floor(later), earlier + 0.5, 1 / (1 + part))
    return min(1.0, 2 * float(one_sided))


def step_size(first: float, second: float, unit: str) -> float:
    """How far a value moved: in points for shares, else as the size of its log ratio; missing where there is none.

    >>> step_size(63, 68, "percent"), round(step_size(20, 25, "seconds"), 3), step_size(0, 3, "hours")
    (5, 0.223, nan)
    """
    if _KINDS.get(unit) == "share":
        return abs(second - first)
    if not (first * second > 0):
        return math.nan
    return abs(math.log(second / first))


@dataclass(frozen=True)
class Spread:
    """How far values moved from one column to the next within one report."""

    own: Mapping[tuple[str, ...], float]
    usual: Mapping[tuple[str, str], float]

    def limit(self, line: tuple[str, ...], unit: str, role: str) -> float:
        """The larger of the line's own largest step and what nine in ten of its kind stay under; missing if unknown."""
        family = "12 months" if role in _YEARS else role
        usual = self.usual.get((_KINDS.get(unit, unit), family), math.nan)
        return max(usual, self.own.get((*line, unit, family), 0.0)) if not math.isnan(usual) else math.nan

    def kind(self, unit: str) -> str:
        """What kind of value a unit makes, in words."""
        return _KINDS.get(unit, unit)


def spread_of(figures: pd.DataFrame) -> Spread:
    """The steps that one report prints: last against previous 12 months, month against month, wave against wave.

    Actual is held against budget where money is. The steps of a kind are pooled; fewer than ten tell nothing.

    Parameters
    ----------
    figures
        Published figures of a release.
    """
    own: dict[tuple[str, ...], float] = {}
    pooled: dict[tuple[str, str], list[float]] = {}
    family = figures["role"].where(~figures["role"].isin(_YEARS), "12 months")
    family = family.where(~family.isin(["budget", "actual"]), "actual")
    ordered = figures.assign(family=family).sort_values(["period_end", "role"], ascending=[True, False], kind="stable")
    for key, line in ordered.groupby([*_LINE, "family"], sort=False):
        *_, unit, name = (str(word) for word in key)
        sizes = [step_size(*pair, unit) for pair in itertools.pairwise(line["value"])]
        known = [size for size in sizes if not math.isnan(size)]
        if known:
            own[tuple(str(word) for word in key)] = max(known)
            pooled.setdefault((_KINDS.get(unit, unit), name), []).extend(known)
    usual = {name: float(np.quantile(sizes, USUAL)) for name, sizes in pooled.items() if len(sizes) >= FEWEST_STEPS}
    return Spread(own, usual)
