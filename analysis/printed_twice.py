"""The same thing printed twice and differently: found by measure, area, breakdown and period, told side by side."""

from __future__ import annotations

import pandas as pd

from analysis.numbers import VAGUE, half_up, places_printed

__all__ = ["printed_twice"]

_SAME = ["measure", "area", "breakdown", "period_start", "period_end", "unit"]


def printed_twice(rows: pd.DataFrame) -> pd.DataFrame:
    """Values of one measure, area, breakdown and period that differ between two places of a report.

    Parameters
    ----------
    rows
        ``measure, area, breakdown, period_start, period_end, unit, value, printed, where``: levels only. Rows without a
        measure or a period are left aside, and so are vague ones ("more than 7,000").

    Returns
    -------
    DataFrame
        The rows that disagree, beside each other. Values that are equal once rounded to the coarser print agree.

    Examples
    --------
    >>> day = pd.Timestamp("2023-03-31")
    >>> rows = pd.DataFrame({"measure": "officers", "area": "force", "breakdown": "", "period_start": day,
    ...     "period_end": day, "unit": "count", "value": [1973.0, 1971.0, 1971.0],
    ...     "printed": ["1,973", "1,971", "1,971"], "where": ["section 1", "section 8", "section 9"]})
    >>> printed_twice(rows)["where"].tolist()
    ['section 1', 'section 8', 'section 9']
    >>> printed_twice(rows.iloc[1:]).empty
    True
    """
    known = rows[(rows["measure"] != "") & rows["period_start"].notna()]
    vague = known["printed"].map(VAGUE.search).notna()
    known = known[~vague]
    differing = [group for _, group in known.groupby(_SAME, sort=False, dropna=False) if _differ(group)]
    return pd.concat(differing) if differing else known.iloc[:0]


def _differ(group: pd.DataFrame) -> bool:
    if group["value"].nunique() < 2:
        return False
    places = min(places_printed(printed) for printed in group["printed"])
    return len({half_up(value, places) for value in group["value"]}) > 1
