"""The parts of Data and methods: catalogue, definitions, statuses, glossary, downloads, licence."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.corrections import beside
from analysis.numbers import UNIT_WORDS
from analysis.periods import name_day, name_period
from data.catalogue import COLUMNS, filter_catalogue
from data.releases import Release, archive, data_root
from parts.blocks import download_csv, file_stem
from parts.cached import all_figures, examples, open_data
from parts.corrected import notes_of, show_corrections
from parts.filters import choose, search_box
from parts.listing import glossary_rows, search_example
from parts.now import kept_home
from parts.table import show_table

__all__ = ["show_catalogue", "show_definitions", "show_downloads", "show_glossary", "show_licence", "show_method",
           "show_statuses"]  # fmt: skip

_ROWS_A_PAGE = 50
_LADDER = [
    ("◆ not comparable", "A change of recording separates the periods. The nearest usable figure is told instead."),
    ("▲ real change", "The corrected p value is under 0.05."),
    ("△ likely change", "The p value is under 0.05 before the correction only."),
    ("= no change", "It is not, and the 95% interval lies inside 5% either way (counts) or 2 points (shares)."),
    ("○ cannot tell", "Anything else: an unchanged rate could give this, and so could a real change."),
    ("– no verdict", "Averages, money, hours, staffing, and shares without a printed base: only the difference."),
]


def show_catalogue(release: Release) -> None:
    """Every number of the release, searched and in pages."""
    st.header("Catalogue", anchor="catalogue")
    st.markdown("Every number the report prints: table figures, numbers in running text, ranges, and places.")
    left, right = st.columns([2, 1])
    with left:
        wanted = search_box("Search the catalogue", "q", search_example(release))
    titles = {"All priorities": None} | dict(zip(release.priorities["title"], release.priorities["id"], strict=True))
    with right:
        priority = choose("Priority", list(titles), "priority")
    rows = filter_catalogue(all_figures(release.id), release, priority=titles[priority], search=wanted)
    if rows.empty:
        st.info("Nothing fits. Try one word, or all priorities.")
        return
    pages = math.ceil(len(rows) / _ROWS_A_PAGE)
    page = int(choose("Page of the catalogue", [str(number) for number in range(1, pages + 1)], "page"))
    part = rows.iloc[(page - 1) * _ROWS_A_PAGE : page * _ROWS_A_PAGE]
    areas, notes = release.areas.set_index("id")["name"], notes_of(release.id)
    table = pd.DataFrame(
        {
            "row_label": _with_part(part),
            "As printed": [
                beside(printed, notes.get(name))
                for printed, name in zip(part["printed"], part["figure_id"], strict=True)
            ],
            "Unit": part["unit"].map(UNIT_WORDS),
            "Area": part["area"].map(areas).fillna(""),
            "Period": [_period(*each) for each in zip(part["period_start"], part["period_end"], strict=True)],
            "Role": part["role"].str.replace("_", " "),
            "Where": part["source"].str.split(", ").str[3:].str.join(", "),
        }
    )
    st.markdown(f"{len(rows):,} numbers; page {page} of {pages}.")
    show_table(table, "Catalogue of published numbers", "What it is")
    download_csv(rows[COLUMNS], f"{release.id}_catalogue", "Download these numbers (CSV)", state=release.info.state)


def show_definitions(release: Release) -> None:
    """What each measure counts, and whether more is better."""
    st.header("Definitions", anchor="definitions")
    titles = release.sections.set_index("id")["title"]
    wanted = {"All sections": ""} | {title: section for section, title in titles.items()}
    section = wanted[choose("Section of the report", list(wanted), "section")]
    measures = release.measures if not section else release.measures[release.measures["section"] == section]
    directions = {"up_is_better": "more is better", "up_is_worse": "more is worse", "neither": "neither"}
    table = pd.DataFrame(
        {
            "row_label": measures["title"],
            "Definition": measures["definition"] + (" " + measures["notes"]).where(measures["notes"] != "", ""),
            "Unit": measures["unit"].map(UNIT_WORDS),
            "Basis": measures["basis"],
            "Direction": measures["direction"].map(directions) + ": " + measures["direction_reason"],
        }
    )
    with st.expander(f"Definitions of {len(table)} measures", expanded=bool(section)):
        show_table(table, "What each measure counts", "Measure")


def show_statuses(release: Release) -> None:
    """Where figures come from, and the events that may break a series."""
    st.header("Sources and statuses", anchor="statuses")
    info = release.info
    rows = [
        (
            release.info.status.capitalize(),
            f"{info.force}, {info.title}, {name_day(pd.Timestamp(info.published))}. {info.source}",
        )
    ]
    rows += [("Open", f"{series.source}. Not the report's figures.") for series in [open_data()] if series.source]
    if not examples().frame.empty:
        rows += [("Illustrative", "Example with invented figures. No sentence about the force ever rests on it.")]
    show_table(pd.DataFrame(rows, columns=["row_label", "Source"]), "Every figure has one status", "Status")
    st.subheader("Events", anchor="events")
    st.markdown("A recording event can change a series without anything changing on the street.")
    events = release.events.sort_values("from")
    table = pd.DataFrame(
        {
            "row_label": events["title"],
            "From": [name_day(day) for day in events["from"]],
            "To": ["still in force" if pd.isna(day) else name_day(day) for day in events["to"]],
            "Kind": events["kind"],
            "Effect": events["effect"].map({"break": "breaks comparisons", "part": "explains part"}),
            "What happened": events["note"],
        }
    )
    show_table(table, "Events that touch the figures", "Event")


def show_method(release: Release) -> None:
    """How a figure travels from the report to the screen."""
    st.header("How figures are handled", anchor="method")
    st.markdown(
        "- Figures are copied from the report as printed; nothing is corrected by hand. A later correction stands "
        "beside the printed value, with its date and reason.\n"
        "- Differences, percentages, shares and totals are the report's own arithmetic and are marked “as printed”.\n"
        "- Each table keeps its own periods: a baseline is named by its dates.\n"
        "- Reported and validated crime are different measures. The first counts crimes by the day they were reported, "
        "the second by the day they were checked and recorded.\n"
        "- What we say of a change of a percentage is in percentage points; the report's own words stay as printed.\n"
        "- Counts are taken as exact. Other values are rounded as the report rounds them; parts may not sum due to "
        "rounding.\n"
        "- Where two places print the same measure, area and period differently, both stay, and the page says so."
    )
    show_corrections(release)
    st.subheader("Verdicts", anchor="verdicts")
    st.markdown(
        "The count is exact; the interval asks whether an unchanged rate could give it. Two counts are compared on the "
        "log scale, with more spread than chance alone (the dispersion: 1 plus a hundredth of the yearly count, at "
        "most 80; 1 for deaths), and exactly when either is under 10. Shares are compared by Newcombe's interval on "
        "their own printed bases, with Fisher's exact test. On a base under 50 no per cent is told, but the "
        "difference. Holm's correction is made over all comparisons of a release, whatever a page shows of them."
    )
    show_table(pd.DataFrame(_LADDER, columns=["row_label", "When"]), "What each verdict means", "Verdict")
    st.subheader("Surveys", anchor="survey_methods")
    st.markdown(
        "A share's interval is Wilson's at the effective base: the answers that would tell as much if all weighed the "
        "same. It is the smallest of the base, the base divided by Kish's design effect, and the base that the "
        "linearised (Taylor) standard error stands for, groups taken as parts of the whole sample. Two waves are "
        "compared by Newcombe's interval and the pooled score test at effective bases, with Holm's correction over one "
        "measure of every question. Whether intervals overlap is no test. The base shown is always unweighted. Don't "
        "know is left out of the base unless asked for. Where the report prints no base or design effect, both are "
        "assumed, and every result says so. Figures over a rolling 12 months are compared as separate years only."
    )
    st.markdown(
        "Nobody sees a share whose effective base is under 30, or whose interval is 30 points wide, or over 5 points "
        "and over 1.3 times the share. Of uploaded answers, viewers do not see groups of under 30, answers given by "
        "under 5 (under 10 where a question is marked sensitive), or what those could be worked out from."
    )


def show_glossary(release: Release) -> None:
    """What the report's words mean, in ours."""
    st.header("Glossary", anchor="glossary")
    words = glossary_rows(release)
    with st.expander(f"Glossary of {len(words)} terms"):
        show_table(words, "Glossary", "Word")


def show_downloads(release: Release, workbook: Callable[[], bytes]) -> None:
    """The whole release, as CSV files in one archive and as the workbook that ``workbook`` makes when asked."""
    st.header("Downloads", anchor="downloads")
    name = file_stem(f"{release.id}_release", release.info.state)
    st.download_button(
        "Download the whole release (CSV files, zipped)", data=lambda: archive(data_root(), release.id, kept_home()),
        file_name=f"{name}.zip", mime="application/zip", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        "Download the whole release (one workbook)", data=workbook, file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", on_click="ignore",
    )  # fmt: skip
    if not open_data().frame.empty:
        download_csv(open_data().frame, "open_series", "Download the open series (CSV)")
    if not examples().frame.empty:
        download_csv(
            examples().frame, "illustrative_invented_months", "Download the example with invented figures (CSV)"
        )


def show_licence(release: Release) -> None:
    """Under what terms all this may be used."""
    st.header("Licence", anchor="licence")
    st.markdown(
        f"Figures: {release.info.force}, {release.info.title}. Contains public sector information licensed under the "
        "Open Government Licence v3.0. Definitions and sentences are the explorer's own. This is not an official "
        "statistics product: the figures are the force's own management information. National statistics on police "
        "recorded crime are official statistics, not accredited."
    )
    for attribution in open_data().about["attribution"]:
        st.markdown(f"Open series: {attribution}")


def _with_part(rows: pd.DataFrame) -> pd.Series:
    """What a number is, with the part of the measure that it counts."""
    named = rows["breakdown"].str.partition("=")[2]
    return rows["label"].where(named == "", rows["label"] + ": " + named)


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    return "" if pd.isna(start) else name_period(start, end)
