"""When calls come: hours and weekdays, how long callers wait, and why mean and median differ."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.numbers import write_number
from analysis.periods import name_period
from analysis.timing import (
    DAYS,
    hour_table,
    hours_sentence,
    interval_shares,
    tail_sentence,
    wait_table,
    weekdays_between,
)
from charts.bands import week_chart
from data.engine import attach
from data.errors import DataError
from data.public_files import PUBLIC_SOURCES
from data.saved_events import EventView, Extract, Waits, event_rows, event_view, extract_of
from parts import made_from
from parts.audit import exporter, record_views
from parts.blocks import copy_sentence, download_csv, say, show_chart, stamped
from parts.cached import invented_events
from parts.caller import link_to_upload
from parts.filters import choose, slide
from parts.kept import is_public, store
from parts.remembered import remembered
from parts.table import show_table

__all__ = ["show_calls"]

EXAMPLE = "Example with invented calls"
_EXAMPLE_ID = "example"
_ALL_KINDS, _ALL_AREAS = "all kinds", "all areas"
_SHARES = (0.5, 0.9)
_TARGET = 10  # seconds in which 999 calls are to be answered
_WAITS = {"answered": ("Until answered", "seconds"), "attended": ("Until attended", "minutes")}


def show_calls() -> None:
    """Choose an extract, a kind and an area, then show their week and their waits."""
    extracts = _extracts()
    if not extracts:
        st.info("There is no extract of events yet. Upload one, a row a call with date and time, on the Upload page.")
        _show_sources()
        return
    first, second, third = st.columns(3)
    with first:
        name = choose("Extract", list(extracts), "extract", resets=["kind", "where"])
    version = extracts[name]
    made_from.note([version] if version != _EXAMPLE_ID else [])
    found = _extract(version)
    if not found.has_times:
        st.info("The events of this extract have no time of day, so the hours cannot be told.")
        return
    with second:
        kind = choose("Kind", [_ALL_KINDS, *found.kinds], "kind") if found.kinds else _ALL_KINDS
    with third:
        area = choose("Where", [_ALL_AREAS, *found.areas], "where") if found.areas else _ALL_AREAS
    target = (
        slide("Target for answering, seconds", 5, 600, _TARGET, 5, "target") if _has(found, "answered_after") else None
    )
    view = _view(version, None if kind == _ALL_KINDS else kind, None if area == _ALL_AREAS else area, target)
    if version != _EXAMPLE_ID:
        record_views(store(), [version])
    _show_week(view, found, version, name, f"{kind}, {area}")
    for role, (title, unit) in _WAITS.items():
        waits = getattr(view, role)
        if waits is not None and waits.n:
            _show_waits(waits, title, unit, target if role == "answered" else None, version, name)
    if view.given_up is not None:
        mark = f"{EXAMPLE}: given" if version == _EXAMPLE_ID else "Given"
        st.markdown(
            f"{mark} up before an answer: {write_number(view.given_up.yes)}; not given up: "
            f"{write_number(view.given_up.no)}; not said: {write_number(view.given_up.unknown)}."
        )
    _show_sources()


def _show_week(view: EventView, found: Extract, version: str, name: str, who: str) -> None:
    if view.hours.empty:
        st.info("No event of this kind has a time of day here.")
        return
    invented = version == _EXAMPLE_ID
    table = hour_table(view.hours, weekdays_between(found.first, found.last))
    source = f"{EXAMPLE}. Not the force's calls." if invented else f"Uploaded, not published: {name}."
    period = name_period(found.first, found.last)
    if invented:
        say(f"{EXAMPLE}: shows what this page will say once an extract of calls is uploaded.")
    else:
        sentence = f"{period}, {who}: {hours_sentence(table)}"
        say(sentence)
        copy_sentence(sentence, source, "", "calls")
    title = f"events by hour and weekday, {who}, {period}"
    chart = remembered(
        ("week", version, who), is_public() and not invented,
        lambda: week_chart(table, title, EXAMPLE if invented else ""),
    )  # fmt: skip
    show_chart(chart, "demand_week", source)
    wide = table.pivot(index="hour", columns="day", values="n")[list(DAYS)]
    rows = pd.DataFrame({"row_label": [f"{hour}:00" for hour in wide.index]})
    for day in DAYS:
        rows[day] = ["none" if pd.isna(each) else write_number(each) for each in wide[day]]
    with st.expander("The same numbers as a table: hours and weekdays"):
        show_table(rows, f"{EXAMPLE}: {title}" if invented else title[0].upper() + title[1:], "Hour")
    status = "illustrative" if invented else "uploaded"
    prefix = "illustrative_invented_" if invented else ""
    download_csv(table.assign(status=status), f"{prefix}calls_by_hour", "Download hours and weekdays (CSV)",
                 None if invented else exporter(store(), [version]))  # fmt: skip


def _show_waits(waits: Waits, title: str, unit: str, target: float | None, version: str, name: str) -> None:
    invented = version == _EXAMPLE_ID
    st.header(title, anchor=title.lower().replace(" ", "_"))
    told = wait_table(waits.n, waits.mean, waits.variance, waits.quantiles, _SHARES, waits.within)
    median = float(told.loc[told["what"] == "median", "estimate"].iloc[0])
    if not invented:
        st.text(tail_sentence(waits.mean, median, unit, places=0 if unit == "seconds" else 1))
    rows = []
    for row in told.itertuples():
        share = row.what == "share within"
        what = f"share within {target:g} {unit}" if share else row.what
        cells = [_told(each, share, unit) for each in (row.estimate, row.lower, row.upper)]
        rows.append({"row_label": what.capitalize(), "Value": cells[0], "95% interval": f"{cells[1]} to {cells[2]}"})
    caption = f"{title}, {unit}, of {write_number(waits.n)} that have it; given up ones are left out"
    show_table(pd.DataFrame(rows), stamped(EXAMPLE if invented else "", caption), "Measure")
    if waits.missing:
        st.caption(f"{write_number(waits.missing)} more that were not given up have no such time.")


def _told(value: float, share: bool, unit: str) -> str:
    if pd.isna(value):
        return "not known"
    return write_number(value * 100, "percent", 1) if share else write_number(value, unit, 1)


def _show_sources() -> None:
    with st.expander("Where to get such files"):
        st.markdown(
            "- **Calls:** an extract of the force's own system: a row a call, with date and time and, if known, its "
            "kind, area, seconds until it was answered, minutes until it was attended, and whether it was given up."
        )
        for source in PUBLIC_SOURCES:
            st.markdown(f"- **{source.title}:** <{source.address}>. {source.how} {source.caution}")
        link_to_upload("Upload a file")


def _has(found: Extract, role: str) -> bool:
    return role in found.roles


def _extracts() -> dict[str, str]:
    """What there is to look at, by name: saved extracts, the newest first; the example where there is none."""
    try:
        saved = [version for version in made_from.view().versions("events") if _extract(version.id).has_times]
    except DataError as error:
        for problem in error.problems:
            st.warning(problem)
        saved = []
    if saved:
        names = [version.label for version in saved]
        return {
            version.label if names.count(version.label) == 1 else f"{version.label} ({version.id[:6]})": version.id
            for version in saved
        }
    return {EXAMPLE: _EXAMPLE_ID} if invented_events() is not None else {}


def _rows(version: str):
    if version == _EXAMPLE_ID:
        return attach(invented_events().prepared.frame)
    return event_rows(made_from.view(), version)


@st.cache_data(show_spinner="Counting events", max_entries=64, scope="session")
def _extract(version: str) -> Extract:
    return extract_of(_rows(version))


@st.cache_data(show_spinner="Counting events", max_entries=64, scope="session")
def _view(version: str, kind: str | None, area: str | None, target: float | None) -> EventView:
    return event_view(_rows(version), kind=kind, area=area, at=_asked_shares, answer_within=target)


def _asked_shares(n: int) -> list[float]:
    """The quantiles that the table of waits needs, with those that limit them."""
    return [share for each in _SHARES for share in (each, *interval_shares(n, each))]
