"""The areas that a report prints: teams of a survey as exceptions and ranges, and the parts of the force as counts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.area_claims import claims_said
from analysis.area_published import areas_assuming, printed_areas
from analysis.area_rates import rates_against_rest
from analysis.areas import compare_areas
from analysis.numbers import in_words
from analysis.periods import name_period
from analysis.survey_tables import DESIGN_EFFECT
from data.area_series import part_counts
from data.releases import Release
from parts.area_shown import Compared
from parts.cached import load, open_data
from parts.corrected import corrected_of
from parts.filters import slide
from parts.now import made_once
from parts.prepared import source_of

__all__ = ["How", "TeamsAssumed", "ask_teams", "corrected_words", "has_parts", "has_teams", "parts_of_force",
           "published_teams"]  # fmt: skip

_MOST_TEAMS = 30
_FEWEST, _MOST = 30, 1000
_USUAL_BASE = 150  # where neither the survey's base nor how many areas it has is known


@dataclass(frozen=True)
class How:
    """By what correction verdicts go, and the level of the intervals."""

    correction: str = "holm"
    confidence: float = 0.95


@dataclass(frozen=True)
class TeamsAssumed:
    """What a report does not say of its teams."""

    base: float
    areas: int
    effect: float


def has_teams(release: Release) -> bool:
    """Whether the report prints a survey by team."""
    return bool(len(_printed(release.id)))


def ask_teams(release: Release) -> TeamsAssumed:
    """The sliders of what is not printed: answers of a team, how many teams there are, the design effect."""
    usual = _usual(release)
    named = _printed(release.id)["area"].nunique()
    first, second, third = st.columns(3)
    with first:
        family = f"The report names {named}. The family of comparisons is every question in every team."
        most = max(_MOST_TEAMS, usual.areas)
        areas = int(slide("Teams in the force (not published)", named, most, usual.areas, 1, "teams", family))
    with second:
        highest = _most(release, areas)
        base = slide("Answers in each team (not published)", _FEWEST, highest, min(int(usual.base), highest), 10,
                     "team_base")  # fmt: skip
    with third:
        effect = slide("Design effect (not published)", 1.0, 3.0, DESIGN_EFFECT, 0.05, "design_effect")
    return TeamsAssumed(float(base), areas, float(effect))


@made_once(max_entries=64)
def published_teams(release_id: str, assumed: TeamsAssumed | None = None, how: How = How()) -> Compared:
    """The report's survey by team, under what is assumed; the release's own assumptions unless others are given."""
    release = load(release_id)
    printed = _printed(release_id)
    assumed = assumed or _usual(release)
    wave = _wave(release, printed)
    told = areas_assuming(
        printed, base=assumed.base, areas=assumed.areas, force_base=_force_base(wave, assumed),
        design_effect=assumed.effect, confidence=how.confidence, correction=how.correction,
    )  # fmt: skip
    names = dict(zip(release.areas["id"], release.areas["name"], strict=True))
    measures = release.measures.set_index("id").sort_values("order")
    labels = {each: measures["title"][each] for each in measures.index if each in set(printed["question"])}
    claims = release.area_claims
    where = release.tables.set_index("id")["where"][printed["table"].iloc[0]]
    unnamed = assumed.areas - printed["area"].nunique()
    return Compared(
        key=("teams", release.id, assumed, how),
        name=f"{release.id}_teams",
        status="published",
        state=release.info.state,
        source=source_of(release, where) + corrected_of(release, labels),
        called="teams",
        period=str(wave["wave"]) if wave is not None else name_period(*_days(printed)),
        told=told.assign(area_id=told["area"], area=told["area"].map(names)),
        labels=labels,
        areas=assumed.areas,
        places=_places(release),
        assumed=f"Assumed, not published: {assumed.base:,.0f} answers in each of {assumed.areas} teams and a design "
        f"effect of {assumed.effect:g}. {corrected_words(how, assumed.areas * len(labels))}",
        opening=f"assuming {assumed.base:,.0f} answers in each of {assumed.areas} teams",
        method=[
            "The report names teams outside a range and gives the others only as lying within it. It prints no base "
            f"for a team, not how many teams there are, and no design effect: assumed are {assumed.base:,.0f} answers "
            f"in each of {assumed.areas} teams and a design effect of {assumed.effect:g}.",
            *([f"{in_words(unnamed).capitalize()} of the {assumed.areas} teams assumed "
               f"{'is' if unnamed == 1 else 'are'} named nowhere in the report."] if unnamed else []),
            "A team with a printed value is compared with the rest of the force: the force's share less the team's own "
            "part, or, where the force's share is not printed, the nearer end of the bounds that the ranges give. p "
            "comes from the pooled score test at effective bases; intervals are Wilson's and Newcombe's.",
            "A team within a range has no value and gets none. Where no value of the range could be told apart from "
            "the rest, even without a correction, the page says so; elsewhere it says nothing.",
            "The corrected words count every question in every team, the ones without a value too, for they were "
            "looked at. Rounding alone may move each share by half a point either way; intervals leave that out.",
        ],
        claims={each: claims_said(claims[claims["measure"] == each], told, names) for each in labels},
    )  # fmt: skip


def has_parts(release: Release) -> bool:
    """Whether the report prints counts by part of the force, and their residents are known."""
    counts, _, year = part_counts(release.statements, release.areas, release.measures, open_data())
    return bool(len(counts) and year and counts["population"].notna().all())


@made_once(max_entries=16)
def parts_of_force(release_id: str, how: How) -> Compared:
    """The counts that the report prints by part of the force, as rates."""
    release = load(release_id)
    counts, stated, year = part_counts(release.statements, release.areas, release.measures, open_data())
    told = compare_areas(rates_against_rest(counts, confidence=how.confidence), correction=how.correction)
    names = dict(zip(release.areas["id"], release.areas["name"], strict=True))
    titles = dict(zip(release.measures["id"], release.measures["title"], strict=True))
    return Compared(
        key=("parts", release.id, how),
        name=f"{release.id}_parts",
        status="published",
        state=release.info.state,
        source=f"{source_of(release, stated['where'].iloc[0])} Residents: open data, mid-{year}."
        + corrected_of(release, set(counts["question"])),
        called="parts",
        period=str(counts["wave"].iloc[0]),
        told=told.assign(area_id=told["area"], area=told["area"].map(names)),
        assumed=corrected_words(how, len(told)),
        whole="both together" if counts["area"].nunique() == 2 else "all parts together",
        labels={each: titles[each] for each in counts["question"].drop_duplicates()},
        areas=counts["area"].nunique(),
        places=_places(release)[:0],
        method=[
            "Counts as the report prints them in its text; rates are ours, per 1,000 residents of the middle of the "
            "year (open population estimates). Crimes without a known place are in no part.",
            "Residents are not those who pass through: a city that many come to has a higher rate for that alone. A "
            "difference between places is not a verdict on whoever polices them.",
        ],
        counts=counts.assign(area=counts["area"].map(names)),
    )


@made_once(max_entries=16)
def _printed(release_id: str) -> pd.DataFrame:
    """The last wave that is printed by team."""
    release = load(release_id)
    printed = printed_areas(release.figures, release.ranges, release.areas)
    return printed[printed["period_end"] == printed["period_end"].max()].reset_index(drop=True)


def corrected_words(how: How, comparisons: int) -> str:
    """How verdicts were corrected, in a sentence."""
    name = {"holm": "Holm", "bh": "Benjamini and Hochberg"}[how.correction]
    return f"Verdicts hold after the correction of {name} over {comparisons:,} comparisons."


def _wave(release: Release, printed: pd.DataFrame) -> pd.Series | None:
    """The survey's wave that the teams were asked in, as ``surveys.csv`` has it."""
    start, end = _days(printed)
    found = release.surveys[(release.surveys["period_start"] == start) & (release.surveys["period_end"] == end)]
    return None if found.empty else found.iloc[0]


def _days(printed: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    return printed["period_start"].iloc[0], printed["period_end"].iloc[0]


def _usual(release: Release) -> TeamsAssumed:
    """What is assumed unless somebody asks for something else: the survey's answers, shared out evenly."""
    printed = _printed(release.id)
    wave, named = _wave(release, printed), int(printed["area"].nunique())
    if wave is None:
        return TeamsAssumed(float(_USUAL_BASE), named, DESIGN_EFFECT)
    areas = named if pd.isna(wave["assume_areas"]) else max(named, int(wave["assume_areas"]))
    return TeamsAssumed(float(max(_FEWEST, round(wave["assume"] / areas / 10) * 10)), areas, DESIGN_EFFECT)


def _most(release: Release, areas: int) -> int:
    """The most answers that each team can have had: their share of a printed base, in tens."""
    wave = _wave(release, _printed(release.id))
    base = _MOST * areas if wave is None or pd.isna(wave["base"]) else int(wave["base"])
    return max(_FEWEST + 10, base // areas // 10 * 10)


def _force_base(wave: pd.Series | None, assumed: TeamsAssumed) -> float:
    """Answers of the whole force: as printed, else its teams' together."""
    return assumed.base * assumed.areas if wave is None or pd.isna(wave["base"]) else float(wave["base"])


def _places(release: Release) -> pd.DataFrame:
    placed = release.areas[(release.areas["kind"] == "lpt") & release.areas["tile_row"].notna()]
    return placed[["name", "tile_row", "tile_column"]].rename(columns={"name": "area"})
