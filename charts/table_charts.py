"""The charts of a printed table: periods side by side as dots, a path through time as a line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.numbers import UNIT_WORDS
from charts.dots import dot_chart
from charts.lines import line_chart
from charts.palette import Chart

__all__ = ["table_charts"]


def table_charts(
    drawn: Sequence[pd.DataFrame], title: str, events: pd.DataFrame, confidence: float = 0.95, stamp: str = ""
) -> list[Chart]:
    """A chart for each unit of a table.

    Parameters
    ----------
    drawn
        As ``analysis.table_told.table_told`` gives it: one frame a unit, in the columns of
        ``analysis.printed_tables.chart_rows``.
    title
        The table's.
    events
        Those that touch its measures: ``title, from``.
    confidence
        Level of the intervals.
    stamp
        Words that must stand inside each chart, such as "Not yet published".
    """
    charts = []
    for rows in drawn:
        named = f"{title}, {UNIT_WORDS[rows['unit'].iloc[0]]}"
        if rows["kind"].iloc[0] == "time":
            charts.append(line_chart(rows, named, events, stamp))
        else:
            charts.append(dot_chart(rows, named, confidence, stamp))
    return charts
