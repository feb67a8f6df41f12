"""The other views of Demand and season: what may come next, and calls given up by choice or after waiting."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analysis.abandoned import abandoned_sentence, wait_bands
from analysis.change_words import change_phrase
from analysis.forecast import Forecast, forecast, forecast_sentence
from analysis.numbers import half_up, write_number
from analysis.periods import short_period
from analysis.regular import Checked, name_of
from analysis.season_layout import forecast_rows
from charts.bands import band_chart
from charts.dots import dot_chart
from data.releases import Release
from data.states import state_words
from parts.blocks import copy_sentence, download_csv, say, show_chart, stamped
from parts.corrected import corrected_source
from parts.demand import INVENTED, Series
from parts.judged import judged, mark
from parts.prepared import source_of
from parts.remembered import remembered
from parts.table import Link, address_of, anchor_of, show_table

__all__ = ["show_abandoned", "show_forecast", "show_gone"]


def show_forecast(series: Series) -> None:
    """What next year may look like, beside last year, and how far such forecasts have been wrong."""
    steps = 12 if series.checked.values.index.freqstr.startswith("M") else 4
    with st.spinner("Trying forecasts on the past, which takes a while"):
        found = series.once(("forecast", steps), lambda: _forecast(series.checked, steps))
    if isinstance(found, str):
        st.info(found)
        return
    if series.judged:
        sentence = f"{series.name}. {forecast_sentence(found)}"
        say(sentence)
        inside = series.events[series.events["effect"] == "break"]
        caveat = (
            f"Recording changed ({', '.join(inside['title'])}): the model takes that for a trend. "
            if len(inside)
            else ""
        )
        if caveat:
            st.text(caveat.strip())
        copy_sentence(f"{sentence} {caveat}".strip(), series.source, "", "forecast")
    else:
        say(f"{INVENTED}: shows what this page will say once an extract is uploaded.")
    tried = not math.isnan(found.coverage)
    held = f"aims at {found.confidence * 100:g}%"
    held += f", held {half_up(found.coverage * 100):.0f}% of past values" if tried else ", not tried on the past"
    chart = series.once(("forecast chart", steps), lambda: band_chart(
        forecast_rows(found, series.checked), f"{series.name}, what may come next", "count", "forecast",
        f"band ({held})", other="last year again", events=series.events, stamp=series.stamp,
    ))  # fmt: skip
    show_chart(chart, "demand_forecast", series.source)
    rows = pd.DataFrame(
        {
            "row_label": [name_of(step) for step in found.frame["period"]],
            "Forecast": [write_number(each) for each in found.frame["forecast"]],
            "Band": [f"{write_number(row.lower)} to {write_number(row.upper)}" for row in found.frame.itertuples()],
            "Last year again": [write_number(each) for each in found.frame["naive"]],
        }
    )
    title = f"{series.name}, what may come next"
    show_table(rows, stamped(series.stamp, title), "Period")
    frame = found.frame.assign(
        period=found.frame["period"].astype(str), series=series.name, status=series.status, method=found.method
    )
    download_csv(frame, f"{series.file_name}_forecast", "Download the forecast (CSV)", series.exported,
                 state=series.state)  # fmt: skip
    with st.expander("Method and caveats"):
        st.text(f"{found.method}.")
        if tried:
            st.text(
                f"Mean absolute scaled error in trials on the past: {found.mase:.2f}; of last year's figures taken "
                f"again, {found.naive_mase:.2f}. The model's own band held {half_up(found.plain_coverage * 100):.0f}%; "
                f"it was made {found.widened:.2f} times as wide."
            )
        for note in found.notes:
            st.text(note)
        for caution in series.cautions:
            st.text(caution)


def _forecast(checked: Checked, steps: int) -> Forecast | str:
    try:
        return forecast(checked, steps)
    except ValueError as error:
        return str(error)


def show_abandoned(release: Release) -> None:
    """Calls given up within the first wait band against those after it, from the printed bands."""
    bands = wait_bands(release.figures)
    if bands.empty:
        st.info("This release prints no calls by how long callers waited.")
        return
    table = release.figures[release.figures["breakdown"].str.startswith("wait=")].iloc[0]
    where = release.tables.set_index("id").loc[table["table"], "where"]
    ids = release.figures.loc[release.figures["breakdown"].str.startswith("wait="), "figure_id"]
    source = source_of(release, where) + corrected_source(release, list(ids))
    sentence = abandoned_sentence(bands)
    say(sentence)
    copy_sentence(sentence, source, "", "abandoned")
    series = [short_period(*each) for each in zip(bands["period_start"], bands["period_end"], strict=True)]
    rows = pd.DataFrame(
        {
            "label": bands["band"] + bands["by_choice"].map({True: " (by choice)", False: ""}), "series": series,
            "value": bands["value"], "unit": "count", "period_start": bands["period_start"],
            "text": [write_number(each) for each in bands["value"]], "lower": float("nan"), "upper": float("nan"),
        }
    )  # fmt: skip
    stamp = state_words(release.info.state)
    chart = remembered(
        ("abandoned", release.id), False,
        lambda: dot_chart(rows, "calls given up, by how long callers waited", stamp=stamp),
    )  # fmt: skip
    show_chart(chart, "demand_abandoned", source)
    wide = {}
    for name, own in bands.assign(series=series).groupby("series", sort=False):
        counted = [f"{write_number(row.value)} ({half_up(row.share * 100, 1):.1f}%)" for row in own.itertuples()]
        wide[str(name)] = [*counted, write_number(own["value"].sum())]
    labels = [*bands["band"].drop_duplicates(), "All"]
    title = stamped(state_words(release.info.state), "Calls given up, by how long callers waited")
    show_table(pd.DataFrame({"row_label": labels} | wide), title, "Waited")
    download_csv(
        bands.assign(status=release.info.status), f"{release.id}_abandoned_by_wait", "Download calls given up (CSV)",
        state=release.info.state,
    )  # fmt: skip
    st.markdown(
        "Calls given up in the first band are counted as given up by choice, for instance after a recorded message; "
        "nobody asked the callers why. Shares are of all calls given up, not of all calls made."
    )
    section = release.tables.set_index("id")["section"][table["table"]]
    priority = release.sections.set_index("id")["priority"][section]
    address = address_of(release.id, priority, anchor_of(table["table"]))
    st.html(f'<ul class="anchors"><li><a href="{address}">The printed table, with its verdicts</a></li></ul>')


def show_gone(release: Release, series: Series) -> None:
    """Where it might have gone: what rose as recording changed, which cannot be matched incident by incident."""
    breaks = series.events[(series.events["effect"] == "break") & series.events["to"].isna()]
    force = set(release.areas.loc[release.areas["kind"] == "force", "name"])
    inside = breaks["from"].between(series.checked.values.index[0].start_time, series.checked.values.index[-1].end_time)
    if not inside.any() or series.area_name not in force:
        return
    days = set(breaks["from"])
    others = release.events[release.events["from"].isin(days) & (release.events["effect"] == "part")]
    named = {word for row in others["measures"] for word in row.split()}
    changes = judged(release.id, "previous")
    sections = {word.removeprefix("section:") for word in named if word.startswith("section:")}
    known = release.measures.set_index("id")
    rows = changes[changes["measure"].isin(named) | changes["measure"].map(known["section"]).isin(sections)]
    rows = rows[(rows["difference"] > 0) & (rows["breakdown"] == "") & (rows["basis"] == "reported")]
    rows = rows.drop_duplicates("measure")
    if rows.empty:
        return
    st.header("Where might it have gone?", anchor="gone")
    st.markdown(
        f"{', '.join(breaks['title'])}: recording changed. These groups of the report, which may have taken some of it "
        "in, rose over its 12 months, which begin before the change. They cannot be matched incident by incident."
    )
    pages = release.sections.set_index("id")["priority"]
    table = pd.DataFrame(
        {
            "row_label": [
                Link(str(row.title), address_of(release.id, pages[known["section"][row.measure]], anchor_of(row.table)))
                for row in rows.itertuples()
            ],
            "Change": [change_phrase(row.difference, row.percent, row.unit) for row in rows.itertuples()],
            "More": [write_number(row.difference) for row in rows.itertuples()],
            "Verdict": [mark(row.verdict, row.better_or_worse) for row in rows.itertuples()],
        }
    )
    show_table(table, "Reported groups that rose, 12 months against the 12 before (published)", "Group")
