"""Each printed value of a new report beside what the last report prints for it: the same period, or the same column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.colleague.finding import Place
from analysis.numbers import places_printed, write_number
from analysis.periods import name_period

__all__ = ["THING", "cells_beside", "place_of", "sections_of", "tables_of", "value_words", "where_words"]

Frames = Mapping[str, pd.DataFrame]

THING = ["measure", "area", "breakdown"]
_ROW = ["table", *THING]
_PERIOD = ["period_start", "period_end"]
_SAME_LENGTH = pd.Timedelta(days=4)  # months, quarters and years differ by so much at most
_SAME = {"value": "same", "printed": "same_printed"}
_SAME |= {"numerator": "same_numerator", "denominator": "same_denominator"}
_POINTS_IN_TIME = ["wave", "snapshot"]


def cells_beside(older: Frames, newer: Frames) -> pd.DataFrame:
    """Every published figure of the newer release with its counterparts in the older one.

    Parameters
    ----------
    older, newer
        The frames of two releases by file name, as ``data.releases.Release.frames`` gives them.

    Returns
    -------
    DataFrame
        The newer figures in the order of the report, with ``title`` (of the table), ``section``, ``place``; ``same``
        (with ``_printed``, ``_numerator``, ``_denominator``): the older value of the same period, from the same table
        where it can be; ``before``,
        ``before_printed``, ``before_start``, ``before_end``: the older value of the same column and length of time, the
        latest where a row has several; ``reference``: the same period's value, else the one before. Missing where the
        older release prints none.
    """
    figures = _placed(newer)
    past = _placed(older)
    figures = figures.merge(_latest(past), on=[*_ROW, "role", "unit"], how="left")
    length = figures["period_end"] - figures["period_start"]
    other_length = (length - (figures["before_end"] - figures["before_start"])).abs() > _SAME_LENGTH
    unlike = other_length & ~figures["role"].isin(_POINTS_IN_TIME)
    figures.loc[unlike, ["before", "before_printed", "before_start", "before_end"]] = None
    figures = _with_same(figures, past)
    return figures.assign(reference=figures["same"].fillna(figures["before"]))


def _placed(frames: Frames) -> pd.DataFrame:
    """Published figures in the order of the report."""
    sections = frames["sections"].set_index("id")["order"]
    tables = frames["tables"].set_index("id")
    figures = frames["figures"][frames["figures"]["status"] == "published"]
    section = figures["table"].map(tables["section"])
    placed = figures.assign(
        title=figures["table"].map(tables["title"]),
        section=section,
        section_order=section.map(sections),
        table_order=figures["table"].map(tables["order"]),
    )
    return placed.sort_values(["section_order", "table_order", "row_order", "column_order"], kind="stable").reset_index(
        drop=True
    )


def _latest(past: pd.DataFrame) -> pd.DataFrame:
    """The latest value of each row and role."""
    last = past.sort_values("period_end", kind="stable").drop_duplicates([*_ROW, "role", "unit"], keep="last")
    names = {"value": "before", "printed": "before_printed", "period_start": "before_start", "period_end": "before_end"}
    return last[[*_ROW, "role", "unit", *names]].rename(columns=names)


def _with_same(figures: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """Add the older value of the same thing and period; a budget is no earlier print of what was spent."""
    key = [*THING, *_PERIOD, "unit", "planned"]
    kept = past.assign(planned=past["role"] == "budget")[[*key, "table", *_SAME]].rename(columns=_SAME)
    asked = figures.assign(planned=figures["role"] == "budget", number=range(len(figures)))
    found = asked[[*key, "table", "number"]].merge(kept, on=key, how="inner", suffixes=("", "_older"))
    found = found.assign(elsewhere=found["table"] != found["table_older"]).sort_values("elsewhere", kind="stable")
    found = found.drop_duplicates("number").set_index("number")[list(_SAME.values())]
    return asked.join(found, on="number").drop(columns=["number"])


@dataclass(frozen=True)
class Table:
    """A printed table: its title, its section's id, and the order of both in the report."""

    title: str
    section: str
    place: tuple[float, float]


def tables_of(frames: Frames) -> dict[str, Table]:
    """Every table of a release by its id."""
    sections = sections_of(frames)
    return {
        row.id: Table(row.title, row.section, (sections[row.section], float(row.order)))
        for row in frames["tables"].itertuples()
    }


def sections_of(frames: Frames) -> dict[str, float]:
    """The order of each section by its id."""
    return {row.id: float(row.order) for row in frames["sections"].itertuples()}


def place_of(row: Any) -> Place:
    """Where a figure stands in the order of the report."""
    return (float(row.section_order), float(row.table_order), float(row.row_order), float(row.column_order))


def where_words(row: Any) -> str:
    """Where a figure stands, as printed: table, row, column, and its id.

    >>> from types import SimpleNamespace
    >>> cell = SimpleNamespace(title="Calls", row_label="999 Calls", column_label="12 Months", figure_id="calls.a")
    >>> where_words(cell)
    'Calls: 999 Calls, 12 Months (calls.a)'
    """
    return f"{row.title}: {row.row_label}, {row.column_label} ({row.figure_id})"


def value_words(value: float, unit: str, *printed: object) -> str:
    """A value in the house style, to the places of its print.

    >>> value_words(21.49, "seconds", "21.49"), value_words(227486, "count", "227486")
    ('21.49 seconds', '227,486')
    """
    places = max((places_printed(text) for text in printed if isinstance(text, str)), default=0)
    return write_number(value, unit, 0 if unit == "gbp_thousand" else places)


def period_words(row: Any) -> str:
    """The period of a figure in words."""
    return name_period(row.period_start, row.period_end)
