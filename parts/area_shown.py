"""One comparison of areas, ready for any view of the page: from a report, a survey, or counts with residents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd
import streamlit as st

from data.states import PUBLISHED, state_words
from parts.remembered import remembered
from parts.survey_shown import INVENTED, NOT_PROTECTED

__all__ = ["Compared", "marked", "show_method"]

Result = TypeVar("Result")
_OF_A_VERDICT = ["verdict", "p", "p_holm", "p_bh", "rank_low", "rank_high", "family", "shrunk"]


@dataclass(frozen=True)
class Compared:
    """Areas beside the rest of their force, on every question of one source.

    Attributes
    ----------
    name
        For downloads.
    status
        ``published``, ``open``, ``uploaded`` or ``illustrative``.
    source
        Status and source in one line, for captions.
    called
        What the areas are called, in the plural.
    period
        Which wave or year it is of.
    told
        Rows of ``analysis.areas.compare_areas`` of one measure, with ``area`` by name, ``area_id`` (of the release, ""
        where it names none), and ``low, high`` where a report prints only ranges.
    labels
        Question to its label, in the order shown.
    areas
        How many areas there are, named or not.
    places
        ``area, tile_row, tile_column`` of those that have a place on the tile map.
    assumed
        What verdicts rest on, in a sentence that stands wherever they do, on paper too.
    opening
        The same, short enough to open a sentence with; "" where nothing is assumed.
    whole
        What the line of all areas stands for.
    method
        How the numbers were made, as paragraphs.
    cautions
        Of a question, what a reader must know.
    claims
        Of a question, what the report says of single areas, held against its numbers.
    counts
        ``question, area, value, population``, where the values are rates.
    changes
        Rows of ``analysis.area_changes.area_changes``, areas by name, where there is a year before.
    unguarded
        Whether it shows what viewers may not see.
    linked
        Whether a link to it opens the same: not where it is in the visitor's own memory.
    exported
        Called with the number of rows of a download.
    state
        How far what it is made of has come, where that must be said: draft, shared or published.
    key
        What it depends on, as plain values: what is drawn of it is remembered under that. () where it is drawn anew.
    own
        Whether it is made of what this visitor alone may see.
    """

    name: str
    status: str
    source: str
    called: str
    period: str
    told: pd.DataFrame
    labels: Mapping[str, str]
    areas: int
    places: pd.DataFrame
    assumed: str = ""
    opening: str = ""
    whole: str = "whole force"
    method: Sequence[str] = ()
    cautions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    claims: Mapping[str, Sequence[str]] = field(default_factory=dict)
    counts: pd.DataFrame | None = None
    changes: pd.DataFrame | None = None
    unguarded: bool = False
    linked: bool = True
    exported: Callable[[int], None] | None = None
    state: str = PUBLISHED
    key: tuple[object, ...] = ()
    own: bool = False

    @property
    def judged(self) -> bool:
        """Whether a verdict may be told: never of invented answers."""
        return self.status != "illustrative"

    @property
    def stamp(self) -> str:
        """What must stand inside every chart and before every title."""
        words = state_words(self.state) if self.judged else INVENTED
        return NOT_PROTECTED if self.unguarded else words

    @property
    def comparisons(self) -> int:
        """How many areas by questions were looked at, tested or not."""
        return self.areas * len(self.labels)

    def once(self, asked: tuple[object, ...], make: Callable[[], Result]) -> Result:
        """What ``make`` makes of this and of what is ``asked``, remembered for everybody who may see it."""
        return remembered(("areas", *asked, self.key), self.own, make) if self.key else make()

    def of_question(self, question: str) -> pd.DataFrame:
        """The areas of one question, the largest value first, those without a value last."""
        own = self.told[self.told["question"] == question]
        return own.sort_values("estimate", ascending=False, kind="stable", ignore_index=True)


def marked(shown: Compared, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows for a download, each with its label, status and source; of invented answers no verdict leaves."""
    if shown.counts is not None and "estimate" in rows:
        people = shown.counts[["question", "area", "population"]].drop_duplicates(["question", "area"])
        rows = rows.merge(people, on=["question", "area"], how="left")
    rows = rows.assign(
        label=[shown.labels.get(name, name) for name in rows["question"]], period=shown.period, status=shown.status,
        source=shown.source,
    ).drop(columns=["degrees", "kish", "taylor"], errors="ignore")  # fmt: skip
    return rows if shown.judged else rows.drop(columns=_OF_A_VERDICT, errors="ignore")


def show_method(shown: Compared) -> None:
    """How the numbers were made, one click away."""
    with st.expander("Method and caveats"):
        for each in shown.method:
            st.text(each)
