"""The areas of kept surveys, and of the invented one that stands in for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.area_rest import against_rest
from analysis.area_tables import table_against_rest
from analysis.areas import compare_areas
from analysis.disclosure_areas import compare_shown_areas
from analysis.disclosure_shown import withhold_estimates, withhold_table
from analysis.survey import estimates
from analysis.survey_tables import DESIGN_EFFECT, table_estimates
from analysis.survey_words import MEASURE_WORDS
from data.releases import Release
from data.saved_surveys import Wave
from data.states import uploaded_words
from data.survey_sums import ALL
from data.uploaded import ids_by_name
from data.wave_names import wave_id
from parts.area_published import How, corrected_words
from parts.area_shown import Compared
from parts.audit import exporter, record_views
from parts.filters import choose, choose_kept, note_lasting, slide
from parts.kept import is_public, store, thresholds
from parts.made_from import note, stamp_state, state_of
from parts.remembered import remembered
from parts.survey_asked import MEASURES, UNSURE, ask_guard
from parts.survey_counted import (
    is_invented,
    is_own,
    labels_of,
    printed_of,
    profile_for,
    saved_versions,
    sums_of,
    suppressed_of,
    versions_at_hand,
)
from parts.survey_shown import INVENTED, NOT_PROTECTED

__all__ = ["AreaAsked", "ask_survey", "survey_areas", "waves_by_area"]

_AREA = "area"


@dataclass(frozen=True)
class AreaAsked:
    """What a reader chose of a kept survey.

    Attributes
    ----------
    wave
        Which wave.
    measure
        ``top``, ``bottom``, ``net`` or ``dont_know``.
    include_dont_know
        Whether don't know stays in the base.
    base, effect
        To assume for a printed table; the base is None where all rows have one.
    guarded
        Whether what viewers may not see is withheld.
    """

    wave: Wave
    measure: str = "top"
    include_dont_know: bool = False
    base: float | None = None
    effect: float = DESIGN_EFFECT
    guarded: bool = True


def waves_by_area(waves: Sequence[Wave]) -> list[Wave]:
    """Those waves that know their respondents' areas."""
    return [wave for wave in waves if _AREA in profile_for(wave.version).columns]


def ask_survey(waves: Sequence[Wave]) -> AreaAsked:
    """The filters of a kept survey: which wave, what is counted, and what a printed table leaves open."""
    names = {wave.name: wave for wave in list(waves)[::-1]}
    first, second, third = st.columns(3)
    with first:
        wave = names[choose_kept("Wave", list(names), "wave")]
        if not is_invented(wave):
            note_lasting("wave", wave_id(wave))
    if wave.kind != "survey":
        effect = float(slide("Design effect (assumed)", 1.0, 3.0, DESIGN_EFFECT, 0.05, "design_effect"))
        table = printed_of(wave, "")
        printed = "base" in table and table["base"].notna().all()
        base = None if printed else float(slide("Answers of each area (assumed)", 30, 2000, 150, 10, "team_base"))
        return AreaAsked(wave, base=base, effect=effect)
    with second:
        measure = MEASURES[choose("What is counted", list(MEASURES), "measure_of")]
    with third:
        unsure = choose("Don't know", UNSURE, "dont_know")
    return AreaAsked(wave, measure, unsure == UNSURE[1], guarded=ask_guard(wave))


def survey_areas(release: Release, asked: AreaAsked, how: How) -> Compared:
    """The areas of one wave against the rest, as whoever looks may see them; shared by all who may.

    Raises
    ------
    DataError
        When the version cannot be read.
    ValueError
        When nothing of what is asked for is there, or it cannot be compared.
    """
    versions = saved_versions([asked.wave])
    note(versions)
    key, own = (release.id, asked, how, thresholds(), versions_at_hand()), is_own([asked.wave])
    shown = remembered(("areas of a survey", *key), own, lambda: _compared(release, asked, how, key, own))
    # whose export it is depends on who looks, so it is no part of what is shared
    record_views(store(), versions, shown.unguarded)
    return replace(shown, exported=exporter(store(), versions, shown.unguarded))


def _compared(release: Release, asked: AreaAsked, how: How, key: tuple[object, ...], own: bool) -> Compared:
    invented, versions = is_invented(asked.wave), saved_versions([asked.wave])
    told = _of_table(asked, how) if asked.wave.kind == "aggregated" else _of_respondents(asked, how, invented)
    told = told[told["measure"] == asked.measure].reset_index(drop=True)
    if told.empty:
        raise ValueError(
            f"No question here has {MEASURE_WORDS[asked.measure]}. Choose something else under “What is counted”."
        )
    areas, unnamed = int(told["area"].nunique()), ""
    if asked.guarded and asked.wave.kind == "survey" and not invented:
        told, unnamed = _without_small(told)
    known = ids_by_name(release.areas, "name")
    told["area_id"] = [known(name) or "" for name in told["area"]]
    unguarded = not asked.guarded and not invented and asked.wave.kind == "survey"
    names = list(told["question"].drop_duplicates())
    return Compared(
        name="illustrative_invented_areas" if invented else "uploaded_areas",
        status="illustrative" if invented else "uploaded, not protected" if unguarded else "uploaded",
        source=f"{INVENTED}: {asked.wave.name}. Not the force's survey." if invented
        else f"{NOT_PROTECTED + '. ' if unguarded else ''}Uploaded, {uploaded_words(state_of(versions))}: "
        f"{asked.wave.label}.",
        called="teams",
        period=asked.wave.name,
        told=told,
        labels=labels_of(asked.wave.version, names),
        areas=areas,
        places=_places(release, told),
        assumed="" if invented else _assumed(asked, how, len(told)),
        opening="assuming bases that are not printed" if asked.base is not None else "",
        method=[*([unnamed] if unnamed else []), *_method(asked, told, invented)],
        unguarded=unguarded,
        linked=not is_public(),
        state=stamp_state(versions),
        key=key,
        own=own,
    )  # fmt: skip


def _without_small(told: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Areas of which so few answered that even how many is withheld are not named: their names may tell of somebody."""
    small = told.groupby("area")["n"].transform(lambda each: each.isna().all()).astype(bool)
    number = told.loc[small, "area"].nunique()
    if small.all():
        raise ValueError(f"No area of this wave has {thresholds().base} answers or more, so none can be shown.")
    words = f"Not named, for fewer than {thresholds().base} answered: {number} of the areas." if number else ""
    return told[~small].reset_index(drop=True), words


def _of_respondents(asked: AreaAsked, how: How, invented: bool) -> pd.DataFrame:
    counted = sums_of(asked.wave, _AREA, asked.include_dont_know)
    options = {"confidence": how.confidence, "include_dont_know": asked.include_dont_know}
    told = against_rest(counted.sums, counted.design, **options)
    if invented or not asked.guarded:
        return compare_areas(told, correction=how.correction)
    shown = withhold_estimates(
        estimates(counted.sums, counted.design, **options), suppressed_of(asked.wave, _AREA),
        include_dont_know=asked.include_dont_know,
    )  # fmt: skip
    return compare_shown_areas(told, shown, correction=how.correction)


def _of_table(asked: AreaAsked, how: How) -> pd.DataFrame:
    """A printed table's areas; an area too small to show goes, and with it what could give it away."""
    estimated = table_estimates(
        printed_of(asked.wave, _AREA), base=asked.base, design_effect=asked.effect, confidence=how.confidence,
        withhold=False,
    )  # fmt: skip
    told = table_against_rest(estimated)
    shown = withhold_table(estimated, asked.base is not None, thresholds())
    if (shown["group"] == ALL).any():
        return compare_shown_areas(told, shown, correction=how.correction)
    if (shown["withheld"] & ~estimated["withheld"]).any():
        raise ValueError(
            "This table has areas too small to show, and no row for the whole force, so what is left could give them "
            "away. Add a row with area ALL, then upload it again."
        )
    return compare_areas(told, correction=how.correction)


def _places(release: Release, told: pd.DataFrame) -> pd.DataFrame:
    """The tiles of the areas that the release knows, under the survey's own names."""
    tiles = release.areas[release.areas["tile_row"].notna()][["id", "tile_row", "tile_column"]]
    named = told[["area", "area_id"]].drop_duplicates()
    return named.merge(tiles, left_on="area_id", right_on="id")[["area", "tile_row", "tile_column"]]


def _assumed(asked: AreaAsked, how: How, comparisons: int) -> str:
    told = f"Assumed: a design effect of {asked.effect:g}. " if asked.wave.kind == "aggregated" else ""
    return f"{told}{corrected_words(how, comparisons)}"


def _method(asked: AreaAsked, told: pd.DataFrame, invented: bool) -> list[str]:
    made = [method for method in told["method"].unique() if method]
    lines = [f"Interval and test: {made[0]}."] if made and not invented else []
    lines.append(
        "The rest is everybody outside the area. Corrected over one measure of every question in every area; a "
        "withheld area stays in that family."
    )
    if asked.wave.kind == "survey" and asked.guarded and not invented:
        least = thresholds()
        lines.append(
            f"Withheld from viewers to protect respondents: areas of under {least.base} and answers given by under "
            f"{least.answers} ({least.sensitive} to a question marked sensitive), and what else would give those away."
        )
    return [*lines, *profile_for(asked.wave.version).notes]
