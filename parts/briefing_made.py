"""Briefings made once for all who choose the same; what somebody notes is added afterwards, for that person alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.briefing import (
    About,
    Briefing,
    Item,
    about_report,
    assumption_words,
    briefing,
    in_report_order,
    item_of,
    measures_in_need,
    national_table,
)
from analysis.briefing.sources import Sources, sources_of
from analysis.change_words import mark
from charts.of_item import item_chart
from charts.palette import Chart
from data.releases import Release
from data.states import state_words
from data.today import today
from parts.cached import load, states_of_releases
from parts.findings import findings_of
from parts.judged import Assumptions, judged
from parts.remembered import remembered
from parts.upload_words import label_of

__all__ = ["Choice", "about_of", "chart_of", "choices", "in_need", "made_briefing", "national_rows_of", "today"]


@dataclass(frozen=True)
class Choice:
    """A measure that may be ticked: its id, and its name with its verdict beside it."""

    measure: str
    label: str


def about_of(release: Release, address: str = "") -> About:
    """Which report a briefing is made from, and where the explorer is."""
    latest = release.id == list(states_of_releases())[-1]
    return about_report(release.id, release.info, state_words(release.info.state), address, latest)


def in_need(release_id: str, against: str, how: Assumptions) -> tuple[str, ...]:
    """The measures that most need a question, in the order of the report."""

    def make() -> tuple[str, ...]:
        release = load(release_id)
        found = measures_in_need(judged(release_id, against, how), release.comparisons, findings_of(release_id))
        return tuple(in_report_order(release.frames(), found))

    return remembered(("needs a question", release_id, against, how), False, make)


def choices(release_id: str, against: str, how: Assumptions) -> list[tuple[str, list[Choice]]]:
    """What may be ticked, by priority and in the order of the report."""
    return remembered(
        ("may be ticked", release_id, against, how), False, lambda: _choices(load(release_id), against, how)
    )


def made_briefing(
    release_id: str, measures: tuple[str, ...], national: str, against: str, how: Assumptions, day: date
) -> Briefing:
    """A briefing of some measures, or of a national measure (its id, else ""), as of a day."""
    release = load(release_id)
    key = ("briefing", release_id, measures, national, against, how, day.isoformat())
    return remembered(
        key, False,
        lambda: briefing(
            release.frames(), about_of(release), judged(release_id, against, how), findings_of(release_id),
            None if national else measures, against=against, confidence=how.confidence, made=day, national=national,
            assumptions=assumption_words(how.dispersion, how.factor, how.confidence),
            make=lambda measure, whole: _made_item(release, measure, whole, against, how, day),
        ),
    )  # fmt: skip


def _made_item(release: Release, measure: str, whole: bool, against: str, how: Assumptions, day: date) -> Item:
    """One measure, made once whatever is ticked beside it."""
    key = ("briefing item", release.id, measure, whole, against, how, day.isoformat())
    return remembered(
        key, False,
        lambda: item_of(
            _sources(release, against, how), about_of(release), measure, whole, how.confidence, day
        ),
    )  # fmt: skip


def _sources(release: Release, against: str, how: Assumptions) -> Sources:
    """What the items of a release are made from, laid ready once."""
    key = ("briefing sources", release.id, against, how)
    return remembered(
        key, False, lambda: sources_of(release.frames(), judged(release.id, against, how), findings_of(release.id))
    )


def national_rows_of(release_id: str, against: str, how: Assumptions, day: date) -> pd.DataFrame:
    """The table of national measures, as its download has it."""
    release = load(release_id)
    return national_table(
        release.frames(), about_of(release), judged(release_id, against, how), findings_of(release_id),
        against=against, made=day, assumptions=assumption_words(how.dispersion, how.factor, how.confidence),
    )  # fmt: skip


def chart_of(item: Item, about: About, confidence: float) -> Chart | None:
    """The chart of a measure; None where one would not help."""
    key = ("briefing chart", about.release, item.measure, confidence, about.stamp)
    return remembered(key, False, lambda: item_chart(item, confidence, about.stamp))


def _choices(release: Release, against: str, how: Assumptions) -> list[tuple[str, list[Choice]]]:
    changes = judged(release.id, against, how)
    whole = changes[changes["breakdown"] == ""].drop_duplicates("measure").set_index("measure")
    verdicts = {row.Index: mark(row.verdict, row.better_or_worse) for row in whole.itertuples()}
    known = release.measures.set_index("id")
    titles = release.priorities.set_index("id")["title"]
    grouped: dict[str, list[Choice]] = {}
    for measure in in_report_order(release.frames(), known.index):
        name = label_of(known.loc[measure, "title"])
        label = f"{name}, {verdicts[measure]}" if measure in verdicts else name
        grouped.setdefault(titles[known.loc[measure, "priority"]], []).append(Choice(measure, label))
    return list(grouped.items())
