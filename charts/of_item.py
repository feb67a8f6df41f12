"""The chart of one measure of a briefing: its periods as dots with intervals, or its path as a line."""

from __future__ import annotations

from analysis.briefing import Item
from analysis.numbers import UNIT_WORDS
from charts.dots import dot_chart
from charts.lines import line_chart
from charts.palette import Chart

__all__ = ["item_chart"]


def item_chart(item: Item, confidence: float = 0.95, stamp: str = "") -> Chart | None:
    """Draw what an item has to draw; None where a chart would not help.

    Parameters
    ----------
    item
        A measure of ``analysis.briefing.briefing``.
    confidence
        Level of its intervals, for the words.
    stamp
        What must stand inside the chart until its figures are published.
    """
    if item.drawn.empty:
        return None
    title = f"{item.title}, {UNIT_WORDS[item.drawn['unit'].iloc[0]]}"
    if item.drawn["kind"].iloc[0] == "time":
        return line_chart(item.drawn, title, item.marked, stamp)
    return dot_chart(item.drawn, title, confidence, stamp)
