"""Which few lines most need a question, chosen by a rule that the page prints."""

from __future__ import annotations

import pandas as pd

__all__ = ["MOST", "RULE", "most_in_need"]

MOST = 8
_REAL_WORSE, _PLACES, _CHECKS, _BROKEN = 3, 2, 1, 3  # at most this many of each kind, so that none crowds out another

RULE = (
    "In this order: real changes for the worse (at most three), places in the last third of the forces where first is "
    "best (at most two), the table with the most printed numbers that do not follow from their inputs, totals that "
    "cannot be compared (at most three), likely changes for the worse, then real changes that are neither better nor "
    "worse. Within a kind the largest per cent comes first. Only whole measures, no parts."
)


def most_in_need(judged: pd.DataFrame, places: pd.DataFrame, doubtful: pd.Series) -> pd.DataFrame:
    """At most eight lines, in the order of the rule.

    Parameters
    ----------
    judged
        As ``analysis.changes.changes`` gives it.
    places
        The release's comparisons: ``measure, rank, of_how_many, first_is, period_start, claim``.
    doubtful
        How many derived cells of a table disagree, the most first, as ``analysis.audit.summary.doubtful_tables`` tells.

    Returns
    -------
    DataFrame
        ``kind`` ("change", "place" or "check") and ``row``: a position in ``judged`` or ``places``, or a table's id.
    """
    whole = judged[judged["breakdown"] == ""].assign(size=judged["percent"].abs().fillna(0))
    whole = whole.sort_values("size", ascending=False, kind="stable")
    worse = whole["better_or_worse"] == "worse"
    picked = [("change", row) for row in whole.index[(whole["verdict"] == "real change") & worse][:_REAL_WORSE]]
    picked += [("place", row) for row in _weak(places)[:_PLACES]]
    picked += [("check", table) for table in doubtful.index[:_CHECKS]]
    broken = (whole["verdict"] == "not comparable") & (whole["row_kind"] == "total")
    picked += [("change", row) for row in whole.index[broken][:_BROKEN]]
    picked += [("change", row) for row in whole.index[(whole["verdict"] == "likely change") & worse]]
    neither = (whole["verdict"] == "real change") & (whole["better_or_worse"] == "")
    picked += [("change", row) for row in whole.index[neither]]
    return pd.DataFrame(picked[:MOST], columns=["kind", "row"])


def _weak(places: pd.DataFrame) -> list[object]:
    """Places in the last third, one a measure, the latest and shortest period, weakest first."""
    known = places[(places["first_is"] == "best") & places["rank"].notna() & places["of_how_many"].notna()]
    share = known["rank"].astype(float) / known["of_how_many"].astype(float)
    weak = known.assign(share=share)[share > 2 / 3]
    latest = weak.sort_values("period_start", ascending=False).drop_duplicates("measure")
    return list(latest.sort_values("share", ascending=False).index)
