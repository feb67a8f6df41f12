"""The season view: four panels, what lies beyond the season since a date, year on year, control chart, table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.control import Control, control_chart
from analysis.decompose import Decomposition, decompose
from analysis.numbers import write_number
from analysis.regular import name_of, season_length
from analysis.rolling import looks_rolling
from analysis.season import season_by_step, season_sentence, season_tests
from analysis.season_layout import (
    control_rows,
    expected_rows,
    left_over_rows,
    parts_table,
    path_rows,
    season_frame,
    season_rows,
    year_rows,
)
from analysis.step import Beyond, beyond_season
from analysis.step_words import beyond_sentence
from analysis.survey_words import p_words
from charts.bands import band_chart, season_chart, year_chart
from charts.lines import line_chart
from parts.blocks import copy_sentence, download_csv, say, show_chart, stamped
from parts.demand import INVENTED, Series, ask_since
from parts.filters import choose
from parts.judged import mark
from parts.table import html_of, show_table

__all__ = ["show_season"]

_WINDOWS = ["13", "7", "21", "periodic"]  # of the seasonal smoother, in years; periodic makes every year alike
_A_DAY = "a day"


def show_season(series: Series) -> None:
    """Everything about the season of one series."""
    asked = ask_since(series)
    said = st.container()
    for note in series.checked.notes:
        st.info(note)
    window = choose("Years that shape the season", _WINDOWS, "window", help="How many years the season of a month is "
                    "smoothed over. With periodic every year has the same season.")  # fmt: skip
    parts = _told(lambda: series.once(("parts", window), lambda: _decomposed(series, window)))
    found = _told(lambda: series.once(("beyond", *asked), lambda: _beyond(series, *asked))) if asked else None
    chart = _told(lambda: series.once(("control",), lambda: _controlled(series)))
    with said:
        _show_sentences(series, parts, found)
    if parts is not None:
        for note in parts.notes[len(series.checked.notes) :]:
            st.info(note)
        _show_panels(series, parts, window)
    if found is not None:
        _show_beyond(series, found, asked)
    _show_years(series)
    if chart is not None:
        _show_control(series, chart)
    if parts is not None:
        with st.expander(f"The same numbers as a table: {series.name}"):
            st.html(series.once(("season table", window), lambda: html_of(
                parts_table(parts, series.checked, chart), stamped(series.stamp, series.name), "Period",
            )))  # fmt: skip
            if chart is not None:
                row = chart.frame.dropna(subset=["mean"]).iloc[-1]
                st.caption(
                    f"Control chart, a day: mean {write_number(row['mean'], places=1)}, limits "
                    f"{write_number(row['lower'], places=1)} to {write_number(row['upper'], places=1)}."
                )
        rows = season_frame(parts, series.checked, chart)
        download_csv(_marked_rows(series, rows), f"{series.file_name}_season", f"Download {series.name} (CSV)",
                     series.exported, state=series.state)  # fmt: skip
        _show_method(series, parts, found, chart, window)


def _show_sentences(series: Series, parts: Decomposition | None, found: Beyond | None) -> None:
    if not series.judged:
        say(f"{INVENTED}: shows what this page will say once an extract is uploaded.")
        return
    if found is not None:
        sentence = f"{series.name}. {beyond_sentence(found)}"
        say(sentence)
        for caveat in found.caveats:
            if caveat not in series.checked.notes:
                st.text(caveat)
        copy_sentence(f"{sentence} {' '.join(found.caveats)}", series.source, "", "beyond")
    if parts is not None:
        st.text(season_sentence(parts))


def _show_panels(series: Series, parts: Decomposition, window: str) -> None:
    """Observed, trend, season and what is left, two and two; one below the other on a phone."""
    left, right = st.columns(2)
    with left:
        st.header("Observed, and without its season", anchor="observed")
        chart = series.once(("observed", window), lambda: line_chart(
            path_rows(parts, ["observed", "adjusted"]),
            f"{series.name}, {_unit(parts)}, observed and without its season", series.events, series.stamp,
        ))  # fmt: skip
        show_chart(chart, "demand_observed", series.source)
    with right:
        st.header("Trend", anchor="trend")
        chart = series.once(("trend", window), lambda: line_chart(
            path_rows(parts, ["trend"]), f"{series.name}, {_unit(parts)}, its trend", series.events, series.stamp,
        ))  # fmt: skip
        show_chart(chart, "demand_trend", series.source)
    left, right = st.columns(2)
    with left:
        st.header("Season", anchor="season")
        chart = series.once(("season", window), lambda: season_chart(
            season_rows(season_by_step(parts)), f"{series.name}, its season", series.stamp,
        ))  # fmt: skip
        show_chart(chart, "demand_season", series.source)
    with right:
        st.header("What is left over", anchor="left_over")
        chart = series.once(("left over", window), lambda: band_chart(
            left_over_rows(parts), f"{series.name}, what neither trend nor season explains", "%", "nothing left",
            "limits of 2.66 mean moving ranges", events=series.events, stamp=series.stamp, from_zero=False,
        ))  # fmt: skip
        show_chart(chart, "demand_left", series.source)


def _show_beyond(series: Series, found: Beyond, asked: tuple[pd.Period, str]) -> None:
    st.header(f"Expected and observed since {name_of(found.since)}", anchor="since")
    chart = series.once(("expected", *asked), lambda: band_chart(
        expected_rows(found), f"{series.name}, observed and expected since {name_of(found.since)}", "count", "expected",
        f"each one's own {found.confidence * 100:g}% band", events=series.events, stamp=series.stamp,
    ))  # fmt: skip
    show_chart(chart, "demand_beyond", series.source)
    rows = pd.DataFrame(
        {
            "row_label": [name_of(step) for step in found.months["period"]],
            "Observed": [write_number(each) for each in found.months["observed"]],
            "Expected": [write_number(each) for each in found.months["expected"]],
            "Band": [
                f"{write_number(row.month_lower)} to {write_number(row.month_upper)}"
                for row in found.months.itertuples()
            ],
        }
    )
    show_table(rows, stamped(series.stamp, f"{series.name}, since {name_of(found.since)}"), "Period")
    if series.judged:
        st.markdown(f"Verdict: {mark(found.verdict)} (p {p_words(found.p)}, all steps since the date tested together).")
    download_csv(_marked_rows(series, found.months), f"{series.file_name}_since", "Download the expected band (CSV)",
                 series.exported, state=series.state)  # fmt: skip


def _show_years(series: Series) -> None:
    rows = year_rows(series.checked)
    if rows.empty or not rows["value"].notna().any():
        return
    st.header("Year on year", anchor="years")
    chart = series.once(("years",), lambda: year_chart(rows, f"{series.name}, year on year", _A_DAY, series.stamp))
    show_chart(chart, "demand_years", series.source)


def _show_control(series: Series, chart: Control) -> None:
    st.header("Control chart", anchor="control")
    drawn = series.once(("control chart",), lambda: band_chart(
        control_rows(chart), f"{series.name}, control chart", _A_DAY, "mean", "limits", events=series.events,
        stamp=series.stamp, from_zero=False,
    ))  # fmt: skip
    show_chart(drawn, "demand_control", series.source)
    for note in chart.notes[len(series.checked.notes) :]:
        st.text(note)


def _show_method(
    series: Series, parts: Decomposition, found: Beyond | None, chart: Control | None, window: str
) -> None:
    with st.expander("Method and caveats"):
        st.text(f"{parts.method()}.")
        tests = series.once(("season tests", window), lambda: season_tests(parts))
        for row in tests.itertuples() if series.judged else ():
            p = "" if pd.isna(row.p) else f", p {p_words(row.p)}"
            st.text(f"{row.test}: {row.verdict}{p}.")
        if found is not None:
            st.text(f"Since the date: {found.method}. Dispersion {found.dispersion:.1f}, link between neighbouring "
                    f"steps {found.rho:.2f}.")  # fmt: skip
        if chart is not None:
            st.text(f"Control chart: {chart.method}.")
        st.text(
            "A decomposition is for looking: it is fitted through the whole series, so it swallows a sudden fall. The "
            "test since a date is fitted before the date only."
        )
        for caution in series.cautions:
            st.text(caution)


def _decomposed(series: Series, window: str) -> Decomposition:
    span = int(window) if window.isdigit() else window
    length = season_length(series.checked.values.index)
    return decompose(series.checked, [length], [span], log=True, per_day=True, robust=bool(series.shocks))


def _controlled(series: Series) -> Control:
    each = 12 if looks_rolling(series.title) else 1
    return control_chart(series.checked, shocks=list(series.shocks), months_in_each=each)


def _beyond(series: Series, since: pd.Period, origin: str) -> Beyond:
    shocks = [shock for shock in series.shocks if shock[1] < since]
    return beyond_season(series.checked, since, shocks, events=series.events, origin=origin)


def _told(work):
    """What analysis gives, or None with its sentence of refusal on the page."""
    try:
        return work()
    except ValueError as error:
        st.info(str(error))
        return None


def _unit(parts: Decomposition) -> str:
    return _A_DAY if parts.per_day else "count"


def _marked_rows(series: Series, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        period=rows["period"].astype(str), series=series.name, status=series.status, source=series.source
    )
