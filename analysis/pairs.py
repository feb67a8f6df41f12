"""Which figures are held against which: last 12 months against the year before or the baseline, year against year."""

from __future__ import annotations

import pandas as pd

__all__ = ["AGAINST", "find_pairs", "own_rows"]

AGAINST = {"previous": "previous_12_months", "baseline": "baseline"}
_THING = ["table", "measure", "area", "breakdown"]
_REPEATED = ["year", "quarter", "wave"]
_SIDE = ["period_start", "period_end", "value", "printed", "numerator", "denominator"]
_KEPT = ["row_label", "row_kind", "row_order", "column_order", "role", "unit"]


def find_pairs(figures: pd.DataFrame, measures: pd.DataFrame, tables: pd.DataFrame, against: str) -> pd.DataFrame:
    """Every pair of a release for one comparator, one row a measure, area and breakdown.

    A pair is a row of a table with both roles. Years and quarters pair the last full one with the same one a year
    before, waves the last two; these belong to "previous". Budget against actual is a variance, not a change. What
    stands in several tables is taken from its own section's. Only published figures are paired: nothing is claimed of
    open, illustrative or uploaded ones here.

    Parameters
    ----------
    figures, measures, tables
        The release's own.
    against
        "previous" or "baseline".

    Returns
    -------
    DataFrame
        ``measure, table, area, breakdown, row_label, row_kind, row_order, role, unit, new_months`` and, for
        ``earlier_`` and ``later_``, ``start, end, value, printed, numerator, denominator``; in the order of
        ``measures``.

    Raises
    ------
    ValueError
        For a comparator that is not known.
    """
    if against not in AGAINST:
        raise ValueError(f"Comparators are {', '.join(AGAINST)}, not {against}.")
    published = figures[figures["status"] == "published"]
    last = published[published["role"] == "last_12_months"]
    found = [_joined(published[published["role"] == AGAINST[against]], last)]
    if against == "previous":
        found += [_repeated(published[published["role"] == role], role) for role in _REPEATED]
    pairs = _one_a_thing(pd.concat(found, ignore_index=True), measures, tables)
    return pairs.drop(columns="column_order").assign(new_months=12)


def own_rows(figures: pd.DataFrame, measures: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """The published last 12 months of a release, one row a measure, area and breakdown: its own section's table."""
    wanted = (figures["status"] == "published") & (figures["role"] == "last_12_months")
    return _one_a_thing(figures.loc[wanted, [*_THING, *_KEPT, *_SIDE]], measures, tables)


def _one_a_thing(rows: pd.DataFrame, measures: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of ``measures``; of what several tables print, the first of the measure's own section."""
    section = rows["table"].map(tables.set_index("id")["section"])
    own = section == rows["measure"].map(measures.set_index("id")["section"])
    order = pd.Series(range(len(measures)), index=measures["id"])
    placed = rows.assign(
        other=~own,
        table_order=rows["table"].map(tables.set_index("id")["order"]),
        measure_order=rows["measure"].map(order),
    ).sort_values(["measure_order", "other", "table_order", "row_order", "column_order"], kind="stable")
    first = placed.drop_duplicates(["measure", "area", "breakdown"])
    return first.drop(columns=["other", "table_order", "measure_order"]).reset_index(drop=True)


def _joined(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    sides = {name: f"earlier_{name.removeprefix('period_')}" for name in _SIDE}
    left = earlier[[*_THING, *_SIDE]].rename(columns=sides)
    sides = {name: f"later_{name.removeprefix('period_')}" for name in _SIDE}
    right = later[[*_THING, *_KEPT, *_SIDE]].rename(columns=sides)
    return right.merge(left, on=_THING, how="inner")


def _repeated(figures: pd.DataFrame, role: str) -> pd.DataFrame:
    """The last period of each thing beside the one it is fairly held against."""
    ordered = figures.sort_values("period_start", kind="stable")
    last = ordered.drop_duplicates(_THING, keep="last")
    if role == "wave":
        rest = ordered[~ordered["figure_id"].isin(last["figure_id"])]
        return _joined(rest.drop_duplicates(_THING, keep="last"), last)
    before = last[_THING].assign(period_start=last["period_start"] - pd.DateOffset(years=1))
    return _joined(ordered.merge(before, on=[*_THING, "period_start"]), last)
