"""The table of national measures: what the nation measures, what a report uses instead, its figures, verdicts, gap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.briefing.about import About
from analysis.briefing.gather import briefing

__all__ = ["NATIONAL_COLUMNS", "national_table"]

NATIONAL_COLUMNS = [
    "national",
    "title",
    "national_source",
    "local_proxy",
    "gap",
    "measure",
    "measure_title",
    "figure_id",
]
NATIONAL_COLUMNS += ["printed", "period", "verdict", "better_or_worse", "sentence", "national_place", "source"]
NATIONAL_COLUMNS += ["corrected", "against", "assumptions"]


def national_table(
    frames: Mapping[str, pd.DataFrame],
    about: About,
    changes: pd.DataFrame,
    findings: pd.DataFrame,
    *,
    against: str = "previous",
    made: date,
    assumptions: str = "",
) -> pd.DataFrame:
    """One row a national measure and measure that stands in for it.

    Parameters
    ----------
    frames, about, changes, findings, against, made, assumptions
        As for ``analysis.briefing.briefing``.

    Returns
    -------
    DataFrame
        ``NATIONAL_COLUMNS``, in the order of the national measures, then of the report. ``printed`` is the latest
        value as it is written, ``figure_id`` its id, ``corrected`` what it was corrected to, when and why; ``against``
        what verdicts hold it against, and ``assumptions`` what they assume that is not usual. A national measure that
        nothing stands in for has one row.
    """
    told = []
    for national in frames["national_measures"].sort_values("order")["id"]:
        made_of = briefing(
            frames, about, changes, findings, against=against, made=made, national=national, assumptions=assumptions
        )
        own = made_of.national
        assert own is not None  # noqa: S101 - it was asked for
        head = {"national": own.id, "title": own.title, "national_source": own.source, "local_proxy": own.proxy,
                "gap": own.gap, "against": made_of.against, "assumptions": made_of.assumptions}  # fmt: skip
        told += [head] if not made_of.items else []
        for item in made_of.items:
            first = item.figures[0] if item.figures else None
            change = item.changes[0] if item.changes else None
            told.append(
                head
                | {
                    "measure": item.measure,
                    "measure_title": item.title,
                    "figure_id": first.id if first else "",
                    "printed": first.text if first else "",
                    "period": first.period if first else "",
                    "verdict": change.verdict if change else "",
                    "better_or_worse": change.better_or_worse if change else "",
                    "sentence": item.said[0].text if item.said else "",
                    "national_place": " ".join(said.text for said in item.places),
                    "source": item.source,
                    "corrected": first.note if first else "",
                }
            )
    return pd.DataFrame(told, columns=NATIONAL_COLUMNS).fillna("").astype(str)
