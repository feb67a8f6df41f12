"""How many people must be asked to find a change of so many points: for the whole force and for each team."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from scipy import stats

from analysis.intervals import tail_area

__all__ = ["POINTS", "plan", "respondents_needed"]

POINTS = (3.0, 5.0, 7.0)
_METHOD = "normal approximation of the two-sided test of two shares, equal bases in both waves"


def respondents_needed(
    share: float, points: float, power: float = 0.8, confidence: float = 0.95, design_effect: float = 1.0
) -> float:
    """Respondents in each of two equal waves that find a change with so much power, not rounded.

    The change may go up or down: the answer is for the way that needs more.

    Parameters
    ----------
    share
        Where the share stands now, 0 to 1.
    points
        The change to be found, in percentage points.
    power
        The chance to find it.
    confidence
        1 less the level of the two-sided test.
    design_effect
        What weights and design cost: respondents are so many times the effective base.

    Raises
    ------
    ValueError
        When neither way stays within 0 and 1, or a number is out of its range.

    Examples
    --------
    >>> round(respondents_needed(0.5, 25, power=0.9), 1)
    76.7
    """
    if not (0 <= share <= 1 and points > 0 and design_effect > 0):
        raise ValueError(
            "A plan needs a share from 0 to 1 and a change and a design effect above 0, "
            f"not {share:g}, {points:g} and {design_effect:g}."
        )
    change = points / 100
    ends = [other for other in (share - change, share + change) if -1e-12 <= other <= 1 + 1e-12]
    if not ends:
        raise ValueError(f"A share of {share:.0%} cannot move by {points:g} points. Choose a smaller change.")
    z, z_power = stats.norm.isf(tail_area(confidence) / 2), stats.norm.ppf(1 - tail_area(power))
    return float(max(_base(share, min(max(other, 0), 1), z, z_power) for other in ends) * design_effect)


def plan(
    share: float,
    teams: int,
    points: Sequence[float] = POINTS,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    design_effect: float = 1.25,
) -> pd.DataFrame:
    """Respondents for each wave, for the force as one and for every team on its own.

    Parameters
    ----------
    share
        Where the share stands now, 0 to 1.
    teams
        How many teams are to be told apart from their own last wave.
    points, power, confidence, design_effect
        As in ``respondents_needed``.

    Returns
    -------
    DataFrame
        ``scope`` (force or each team), ``points, per_team`` (missing for the force), ``respondents`` for each wave,
        ``power, confidence, design_effect, method, caveat``.

    Examples
    --------
    >>> plan(0.68, teams=10)[["scope", "points", "respondents"]].values.tolist()
    [['force', 3.0, 4856], ['force', 5.0, 1773], ['force', 7.0, 916],
     ['each team', 3.0, 48560], ['each team', 5.0, 17730], ['each team', 7.0, 9160]]
    """
    if teams < 1:
        raise ValueError(f"A plan is for one team or more, not {teams}.")
    rows = []
    for scope, groups in (("force", 1), ("each team", teams)):
        for change in points:
            each = math.ceil(respondents_needed(share, change, power, confidence, design_effect) - 1e-9)
            rows.append((scope, float(change), each if scope == "each team" else pd.NA, each * groups))
    planned = pd.DataFrame(rows, columns=["scope", "points", "per_team", "respondents"])
    return planned.astype({"per_team": "Int64"}).assign(
        power=power, confidence=confidence, design_effect=design_effect, method=_METHOD,
        caveat=f"Assumes a design effect of {design_effect:g} and one comparison; many at once need more.",
    )  # fmt: skip


def _base(p1: float, p2: float, z: float, z_power: float) -> float:
    """The base of each of two samples, as R's power.prop.test finds it."""
    middle = (p1 + p2) / 2
    spread = z * math.sqrt(2 * middle * (1 - middle)) + z_power * math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return (spread / (p2 - p1)) ** 2
