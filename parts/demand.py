"""The Demand and season page: which series, since when, which view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st

from analysis.regular import Checked, Shock, check_series, name_of
from analysis.step import ORIGINS
from analysis.verdicts import touching_events
from data.demand_series import DemandSeries, demand_series, series_values
from data.errors import DataError
from data.people import LOCAL
from data.releases import Release
from data.states import PUBLISHED, state_words, uploaded_words
from data.store import memory_store
from parts.audit import exporter, record_views
from parts.cached import examples, load, open_data
from parts.filters import choose, switch
from parts.kept import is_hosted, is_public, store
from parts.made_from import note_rows, stamp_state, state_of, view
from parts.now import releases_now
from parts.remembered import remembered

__all__ = ["INVENTED", "Series", "ask_series", "ask_since", "every_series"]

Result = TypeVar("Result")
INVENTED = "Example with invented monthly figures"
_MARKS = {"uploaded": "uploaded", "open": "open data", "illustrative": "invented"}
_LEAST_SEEN = 36  # steps from which a season is looked for
_LEAST_BEFORE = 24  # months before a date that a test needs
_LONG = pd.Timedelta(days=89)  # an event at least so long is a time when nothing was as usual
_NONE, _OWN = "none", "months of my choice"
_ORIGIN_WORDS = {
    "not-said": "not said",
    "beforehand": "named before the figures were seen",
    "after-looking": "picked after looking",
}


@dataclass(frozen=True)
class Series:
    """One series that is looked at.

    Attributes
    ----------
    key
        Everything that made it, for what is remembered.
    own
        Whether only this visitor may see it.
    measure, title, area_name, status
        What it is; the status is ``uploaded``, ``open`` or ``illustrative``.
    checked
        Its values, looked through.
    shocks
        Times when nothing was as usual.
    events
        Those that touch it.
    source
        Status and source in one line.
    cautions
        What a reader must know of it.
    state
        How far what it is made of has come, where that must be said: draft, shared or published.
    exported
        Called with the number of rows of a download.
    """

    key: tuple[object, ...]
    own: bool
    measure: str
    title: str
    area_name: str
    status: str
    checked: Checked
    shocks: tuple[Shock, ...]
    events: pd.DataFrame
    source: str
    cautions: tuple[str, ...]
    state: str = PUBLISHED
    exported: Callable[[int], None] | None = None

    def once(self, asked: tuple[object, ...], make: Callable[[], Result]) -> Result:
        """What ``make`` works out of this series and of what is ``asked``, remembered for everybody who may see it."""
        return remembered(("series", *asked, self.key), self.own, make)

    @property
    def judged(self) -> bool:
        """Whether anything may be said of it: never of invented figures."""
        return self.status != "illustrative"

    @property
    def stamp(self) -> str:
        """What must stand inside its charts."""
        return state_words(self.state) if self.judged else INVENTED

    @property
    def name(self) -> str:
        """For titles."""
        return f"{self.title}, {self.area_name}"

    @property
    def file_name(self) -> str:
        """For downloads; an invented one says so."""
        word = "".join(letter if letter.isalnum() else "_" for letter in self.name.lower())
        return word if self.judged else f"illustrative_invented_{word}"


def ask_series(release: Release) -> Series | None:
    """Ask for a measure, an area and the shock months; None where there is no series."""
    every = every_series(release)
    measures = every.measures()
    if is_hosted():  # invented figures stand last where visitors share a server
        place = measures["status"].map({"uploaded": 0, "open": 1, "illustrative": 2})
    else:
        place = measures["status"].map({"uploaded": 0, "illustrative": 1, "open": 2})
    short = measures["steps"] < _LEAST_SEEN  # what is long enough for a season stands before what is not
    measures = measures.assign(place=place, short=short).sort_values(["place", "short"], kind="stable")
    if measures.empty:
        st.info("There is no series yet. Upload a monthly extract on the Upload page.")
        return None
    names = {f"{row.title} ({_MARKS[row.status]})": row for row in measures.itertuples()}
    first, second, third = st.columns(3)
    with first:
        row = names[choose("Measure", list(names), "series", resets=["area", "since", "shock"])]
    rows = every.frame
    rows = rows[
        (rows["status"] == row.status) & (rows["measure"] == row.measure) & (rows["breakdown"].fillna("") == "")
    ]
    force = set(release.areas.loc[release.areas["kind"] == "force", "name"])
    areas = sorted(rows["area_name"].unique(), key=lambda name: (name not in force, name))
    with second:
        area = choose("Area", areas, "area")
    values = series_values(rows[rows["area_name"] == area])
    with third:
        shocks = _ask_shocks(release, values)
    try:
        checked = check_series(values, shocks)
        low = bool(checked.low)
        keep_low = low and switch("Use periods that look unpublished as they stand", "keep_low", False)
        if keep_low:
            checked = check_series(values, shocks, keep_low=True)
    except ValueError as error:
        st.warning(str(error))
        return None
    uploaded = row.status == "uploaded"
    own_rows = rows[rows["area_name"] == area]
    versions = note_rows(own_rows) if uploaded else []
    state = stamp_state(versions)
    record_views(store(), versions)
    key = (release.id, str(row.status), str(row.measure), area, tuple(shocks), keep_low)
    return Series(
        key=(*key, _versions(), state) if uploaded else key,
        own=uploaded and is_public(),
        measure=str(row.measure),
        title=str(row.title),
        area_name=area,
        status=str(row.status),
        checked=checked,
        shocks=tuple(shocks),
        events=_events(release, str(row.measure)),
        source=_source(row.status, own_rows),
        cautions=tuple(_cautions(row.status, row.measure)),
        state=state,
        exported=exporter(store(), versions) if versions else None,
    )


def ask_since(series: Series) -> tuple[pd.Period, str] | None:
    """Ask for the date that is tested and where it comes from; None where too little stands before any."""
    steps = series.checked.values.index
    least = _LEAST_BEFORE if steps.freqstr.startswith("M") else _LEAST_BEFORE // 3
    options = list(steps[least:])
    if not options:
        return None
    names = {name_of(step): step for step in options[::-1]}
    usual = name_of(_usual(series, options))
    names = {usual: names[usual]} | names
    left, right = st.columns(2)
    with left:
        since = names[choose("Since", list(names), "since")]
    words = {told: origin for origin, told in _ORIGIN_WORDS.items() if origin in ORIGINS}
    with right:
        origin = words[choose("Where the date comes from", list(words), "origin")]
    return since, origin


def _usual(series: Series, options: list[pd.Period]) -> pd.Period:
    """The date of the latest event that breaks the series, else the last twelve months' first."""
    breaks = series.events[(series.events["effect"] == "break") & series.events["to"].isna()]
    starts = [pd.Period(day, options[0].freqstr) for day in breaks["from"].sort_values()]
    known = [step for step in starts if step in options]
    if known:
        return known[-1]
    return options[-min(len(options), 12 if options[0].freqstr.startswith("M") else 4)]


def _ask_shocks(release: Release, values: pd.Series) -> list[Shock]:
    """Long passing events inside the series, to be set apart or not."""
    events = release.events
    long = events[events["to"].notna() & (events["kind"] == "operational") & (events["to"] - events["from"] > _LONG)]
    frequency = values.index.freqstr
    found = {}
    for row in long.sort_values("from").to_dict("records"):
        first, last = pd.Period(row["from"], frequency), pd.Period(row["to"], frequency)
        if last > values.index[0] and first < values.index[-1] and last < values.index[-1]:
            first = max(first, values.index[0])
            found[f"{name_of(first)} to {name_of(last)}"] = (first, last)
    chosen = choose("Shock months, set apart", [*found, _NONE, _OWN], "shock")
    if chosen == _OWN:
        names = {name_of(step): step for step in values.index}
        first = names[choose("First shock month", list(names), "shock_first")]
        last = names[choose("Last shock month", [name for name in names if names[name] >= first], "shock_last")]
        return [(first, last)]
    return [] if chosen == _NONE else [found[chosen]]


def _events(release: Release, measure: str) -> pd.DataFrame:
    known = release.measures.set_index("id")
    if measure in known.index:
        row = known.loc[measure]
        return touching_events(release.events, measure, str(row["section"]), str(row["basis"]))
    series = [own.measures for own in (examples(), open_data()) if len(own.measures)]
    sections = pd.concat(series).set_index("id")["section"].to_dict() if series else {}
    return touching_events(release.events, measure, str(sections.get(measure, "")), "")


def every_series(release: Release) -> DemandSeries:
    """All series, gathered once for a visitor; without uploads where the store cannot be read, which is said."""
    try:
        return _gathered(release.id, releases_now(), _versions())
    except DataError as error:
        for problem in error.problems:
            st.warning(problem)
        return demand_series(memory_store(LOCAL), open_data(), examples(), release.areas, release.measures)


def _versions() -> tuple[tuple[str, str, str], ...]:
    return tuple((version.id, version.label, version.status) for version in view().versions())


@st.cache_data(show_spinner="Gathering the series", max_entries=16, scope="session")
def _gathered(release_id: str, seen: str, versions: tuple[tuple[str, str, str], ...]) -> DemandSeries:
    release = load(release_id)
    return demand_series(view(), open_data(), examples(), release.areas, release.measures)


def _source(status: str, rows: pd.DataFrame) -> str:
    if status == "open":
        return f"Open data, not the report's figures. Source: {open_data().source}."
    if status == "uploaded":
        return (
            f"Uploaded, {uploaded_words(state_of(note_rows(rows)))}: {'; '.join(rows['note'].dropna().unique()[:3])}."
        )
    return f"Illustrative: {INVENTED.lower()}. Not published, not the force's monthly figures."


def _cautions(status: str, measure: str) -> list[str]:
    known = {"open": open_data, "illustrative": examples}
    return known[status]().cautions_for(measure) if status in known else []
