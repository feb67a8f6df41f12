"""Areas with counts over twelve months: open district series, and uploaded months by area; as rates where possible."""

from __future__ import annotations

import pandas as pd

from analysis.area_changes import area_changes
from analysis.area_rates import rates_against_rest
from analysis.areas import compare_areas
from analysis.survey import ALL
from analysis.verdicts import breaks_between, touching_events
from data.area_series import AreaCounts, area_years, year_ends
from data.releases import Release
from data.states import uploaded_words
from parts.area_published import How, corrected_words
from parts.area_shown import Compared
from parts.audit import exporter, record_views
from parts.cached import load, open_data
from parts.demand import every_series
from parts.kept import is_public, store
from parts.made_from import note_rows, stamp_state, state_of
from parts.now import made_once

__all__ = ["KINDS", "open_areas", "open_kind", "open_year_ends", "uploaded_areas", "uploaded_year_ends"]

KINDS = {"district": "districts", "lpt": "teams", "part": "parts"}
_PLACES_DIFFER = (
    "A rate that differs from the rest's says that places differ: who lives, works and shops there, and who reports. "
    "It is no verdict on whoever polices them."
)
_RATES = (
    "Rates are per 1,000 residents in the middle of the year (open population estimates, mid-{year}); their intervals "
    "are those of chance alone (Byar, exact for under ten). The comparison with the rest allows for more spread than "
    "chance: a count's variance is 1 plus a hundredth of the count, at most 80, times the count. Held against 11 "
    "years of open counts of nine districts that is too little for some: they vary 1.0 to 3.9 times as much from year "
    "to year. The funnel, which takes its spread from the areas themselves, is the milder judge; both are shown."
)


def open_kind() -> str:
    """By what kind of area open series are told: district, lpt or part; "" where none is told by any."""
    frame = open_data().frame
    several = frame[frame["area_kind"] != "force"].groupby("area_kind")["area"].nunique()
    return next((kind for kind in KINDS if several.get(kind, 0) > 1), "")


def open_year_ends() -> dict[str, pd.Timestamp]:
    """The years that open series by area have whole, by the words a reader chooses, the newest first."""
    return _named(year_ends(_by_area()))


@made_once(show_spinner="Comparing areas", max_entries=32)
def open_areas(release_id: str, end: pd.Timestamp, how: How) -> Compared:
    """Open series by area, of one year, every measure."""
    release, series = load(release_id), open_data()
    counted = area_years(_by_area(), series.population, end)
    titles = dict(zip(series.measures["id"], series.measures["counted"], strict=True))
    sections = dict(zip(series.measures["id"], series.measures["section"], strict=True))
    shown = _compared(release, counted, how, KINDS[open_kind()], titles, sections)
    mapped = release.areas[(release.areas["mapping_assumed"] == "true")]
    method = [*shown["method"]]
    if len(mapped):
        method.append("Which district is the area of which team is assumed from the names; confirm it with the force.")
    return Compared(
        **{**shown, "method": method},
        key=("open", release_id, end, how),
        name=f"open_{KINDS[open_kind()]}_{end:%Y_%m}",
        status="open",
        source=f"Open data, not the report's figures. Source: {series.source}.",
        cautions={each: series.cautions_for(each) for each in shown["labels"]},
    )


def uploaded_year_ends(release: Release) -> dict[str, pd.Timestamp]:
    """The years that uploaded months by area have whole; none without such an upload or where it cannot be read."""
    return _named(year_ends(_uploaded(release)))


def uploaded_areas(release: Release, end: pd.Timestamp, how: How) -> Compared:
    """Uploaded months of one year by area, every measure whose areas' residents are known."""
    rows = _uploaded(release)
    mapping = {row.id: row.mapping.split() for row in release.areas.itertuples() if row.mapping}
    counted = area_years(rows, open_data().population, end, mapping)
    titles = dict(zip(rows["measure"], rows["title"], strict=True))
    sections = dict(zip(release.measures["id"], release.measures["section"], strict=True))
    shown = _compared(release, counted, how, "areas", titles, sections)
    versions = note_rows(rows)
    record_views(store(), versions)
    notes = "; ".join(dict.fromkeys(rows["note"]))
    unknown = sorted(set(counted.frame.loc[counted.frame["population"].isna(), "area"]))
    method = [*shown["method"]]
    if unknown:
        method.append(
            f"Without residents, so without a rate: {', '.join(unknown)}. Residents are known for the districts of the "
            "open data and for teams and parts that the release maps to them."
        )
    names = dict(zip(release.areas["id"], release.areas["name"], strict=True))
    teams = release.areas[release.areas["mapping_assumed"] == "true"]
    if counted.frame["area"].map(names).isin(teams["name"]).any():
        method.append("The residents of a team are those of the district it is assumed to cover.")
    return Compared(
        **{**shown, "method": method},
        name="uploaded_areas",
        status="uploaded",
        source=f"Uploaded, {uploaded_words(state_of(versions))}: {notes}.",
        state=stamp_state(versions),
        linked=not is_public(),
        exported=exporter(store(), versions),
    )


def _compared(
    release: Release, counted: AreaCounts, how: How, called: str, titles: dict[str, str], sections: dict[str, str]
) -> dict:
    """What both sources have in common."""
    names = dict(zip(release.areas["id"], release.areas["name"], strict=True))
    frame = counted.frame
    now = frame[(frame["wave"] == counted.now)]
    known = now.groupby("question")["population"].transform(lambda each: each.notna().all())
    rated = now[known.astype(bool)]
    told = pd.DataFrame(columns=["question", "area", "measure", "estimate", "verdict", "difference"])
    if len(rated):
        told = compare_areas(rates_against_rest(rated, confidence=how.confidence), correction=how.correction)
    changes = None
    if counted.before:
        changes = area_changes(frame[["wave", "question", "area", "value"]], counted.before, counted.now,
                               confidence=how.confidence, broken=_broken(release, counted, sections))  # fmt: skip
        changes = changes.assign(area=changes["area"].map(lambda each: names.get(each, each)))
    asked = list(dict.fromkeys([*rated["question"], *now["question"]]))
    return {
        "called": called,
        "period": counted.now,
        "told": told.assign(area_id=told["area"], area=told["area"].map(lambda each: names.get(each, each))),
        "labels": {each: titles.get(each, each) for each in asked},
        "areas": int(now["area"].nunique()),
        "assumed": f"Bars are what chance alone would do; verdicts allow for more. {corrected_words(how, len(told))}",
        "whole": f"all {called} together",
        "places": _places(release, set(now["area"])),
        "method": [_RATES.format(year=counted.residents_of), _PLACES_DIFFER,
                   "The force here is its areas together: what has no known place is in none of them."],
        "counts": rated.assign(area=rated["area"].map(lambda each: names.get(each, each))),
        "changes": changes,
    }  # fmt: skip


def _broken(release: Release, counted: AreaCounts, sections: dict[str, str]) -> dict[str, str]:
    """Why the two years of a measure cannot be compared, where recording changed between them.

    Crimes that others count are taken to be recorded as the force's validated ones of the same section are.
    """
    known = release.measures.set_index("id")
    told = {}
    for question in counted.frame["question"].unique():
        section = sections.get(question, "")
        basis = known["basis"][question] if question in known.index else "validated" if section else ""
        own = touching_events(release.events, question, section, str(basis))
        if why := breaks_between(own, *counted.periods):
            told[str(question)] = why
    return told


def _by_area() -> pd.DataFrame:
    frame = open_data().frame
    return frame[
        (frame["area_kind"] == open_kind()) & (frame["breakdown"].fillna("") == "") & (frame["unit"] == "count")
    ]


def _uploaded(release: Release) -> pd.DataFrame:
    """Uploaded months of areas, without the force's own."""
    frame = every_series(release).frame
    force = set(release.areas.loc[release.areas["kind"] == "force", "id"]) | {ALL, ALL.casefold()}
    own = frame[(frame["status"] == "uploaded") & ~frame["area"].isin(force)] if len(frame) else frame
    several = own.groupby("measure")["area"].transform("nunique") > 1 if len(own) else own
    return own[several] if len(own) else own


def _named(ends: list[pd.Timestamp]) -> dict[str, pd.Timestamp]:
    return {f"12 months to {end:%B %Y}": pd.Timestamp(end) for end in ends}


def _places(release: Release, areas: set[str]) -> pd.DataFrame:
    placed = release.areas[release.areas["id"].isin(areas) & release.areas["tile_row"].notna()]
    return placed[["name", "tile_row", "tile_column"]].rename(columns={"name": "area"})
