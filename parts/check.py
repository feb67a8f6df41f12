"""The page of the report check: a summary, filters, and the findings with their evidence."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analysis.audit import GRADES, KINDS, different_measures
from analysis.audit.formula import spell
from analysis.audit.summary import GRADE_WORDS, by_section, check_sentence
from analysis.numbers import half_up, places_printed, write_number
from data.releases import Release
from parts.blocks import download_csv, say
from parts.filters import choose
from parts.findings import findings_of
from parts.table import Details, Link, address_of, anchor_of, show_table

__all__ = ["show_findings", "show_rules"]

_MARKS = {"agrees": "✓", "rounding": "≈", "unit slip": "◇", "disagrees": "✕", "cannot be checked": "–"}
_ROWS_A_PAGE = 50
_NO_CAUSE = "none found among the slips that are looked for"
_ALL, _DOUBTFUL = "everything", "what disagrees"
_NOT_AGREED = "all that does not agree"


def _grade_mark(grade: str) -> str:
    """A grade as shape and words, never colour alone."""
    return f"{_MARKS[grade]} {grade}"


def show_findings(release: Release) -> None:
    """The summary, the filters, and the findings that they leave, each with its evidence."""
    findings = findings_of(release.id)
    say(check_sentence(findings))
    left, middle, right = st.columns(3)
    with left:
        shown = choose("Show", [_DOUBTFUL, _NOT_AGREED, *GRADES[:3], GRADES[4], _ALL], "grade", resets=["page"])
    titles = release.sections.sort_values("order").set_index("id")["title"]
    with middle:
        section = choose("Section of the report", ["all sections", *titles], "section", resets=["page"])
    with right:
        kind = choose("Kind of check", ["all kinds", *KINDS.values()], "kind", resets=["page"])
    order = findings["section"].map(release.sections.set_index("id")["order"])
    chosen = _chosen(findings.assign(place=order).sort_values("place", kind="stable"), shown)
    if section != "all sections":
        name = titles.index[titles == section][0]
        hit = [name in sections.split() for sections in chosen["sections"]]
        chosen = chosen[pd.Series(hit, index=chosen.index, dtype=bool)]
    if kind != "all kinds":
        chosen = chosen[chosen["kind"].map(KINDS) == kind]
    st.header("Findings", anchor="findings")
    if chosen.empty:
        st.info(f"Nothing here is “{shown}”. Choose “{_ALL}”, or all sections and kinds.")
    else:
        _show_rows(release, chosen)
    download_csv(findings, f"{release.id}_check", "Download all findings (CSV)", state=release.info.state)
    st.header("By section", anchor="by_section")
    table = by_section(findings, release.sections).rename(columns={"section": "row_label"})
    show_table(table.rename(columns=lambda name: name.capitalize() if name in GRADES else name),
               "How many findings of each grade", "Section")  # fmt: skip


def _chosen(findings: pd.DataFrame, shown: str) -> pd.DataFrame:
    if shown == _ALL:
        return findings
    if shown == _NOT_AGREED:
        return findings[~findings["grade"].isin(["agrees", "cannot be checked"])]
    return findings[findings["grade"] == ("disagrees" if shown == _DOUBTFUL else shown)]


def _show_rows(release: Release, chosen: pd.DataFrame) -> None:
    pages = math.ceil(len(chosen) / _ROWS_A_PAGE)
    page = int(
        choose("Page of the findings", [str(number) for number in range(1, pages + 1)], "page") if pages > 1 else 1
    )
    part = chosen.iloc[(page - 1) * _ROWS_A_PAGE : page * _ROWS_A_PAGE]
    counted = "One finding" if len(chosen) == 1 else f"{len(chosen):,} findings"
    st.markdown(f"{counted}; page {page} of {pages}." if pages > 1 else f"{counted}.")
    priority = release.sections.set_index("id")["priority"]
    rows = pd.DataFrame(
        {
            "row_label": [Link(_place(row), _address(release, row, priority)) for row in part.itertuples()],
            "As printed": part["as_printed"],
            "Recomputed": [_recomputed(row) for row in part.itertuples()],
            "Likely cause": [row.cause or _NO_CAUSE * (row.grade == "disagrees") for row in part.itertuples()],
            "Finding": part["grade"].map(_grade_mark),
            "Corrected": part["corrected"],
            "Evidence": [Details("Evidence", _evidence(row)) for row in part.itertuples()],
        }
    )
    needless = [name for name in ("Corrected", "Finding") if rows[name].nunique() < 2 and name != "Corrected"]
    needless += ["Corrected"] if not (rows["Corrected"] != "").any() else []
    rows = rows.drop(columns=needless)
    show_table(rows, "Findings of the check", "Where")


def _address(release: Release, row, priority: pd.Series) -> str:
    page = priority[row.section]
    if page == "headlines":
        return address_of(release.id, "headlines", "foreword")
    return address_of(release.id, page, anchor_of(row.table) if row.table else row.section)


def _place(row) -> str:
    """Where a finding stands and, outside tables, what is said there."""
    return _upper(row.where if row.kind == "cell" or not row.label else f"{row.where}: {row.label}")


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _recomputed(row) -> str:
    if pd.isna(row.recomputed):
        return ""
    places = 0 if float(row.recomputed).is_integer() else len(repr(row.recomputed).partition(".")[2])
    return write_number(
        row.recomputed, "count", max(places, places_printed(row.as_printed) if row.kind == "cell" else 0)
    )


def _evidence(row) -> list[str]:
    """What a reader needs to do the sum again."""
    told = []
    if spelled := spell(row.formula):
        told.append(f"Worked out as {spelled}")
    told += [row.inputs] if row.inputs else []
    if not pd.isna(row.recomputed_in_full):
        told.append(f"In full: {half_up(row.recomputed_in_full, 6):,.6f}".rstrip("0").rstrip("."))
    told += [f"Also possible: {row.other_causes}"] if row.other_causes else []
    return told or ["Nothing more is printed."]


def show_rules(release: Release) -> None:
    """What each grade means, what is checked, and which values differ without contradicting each other."""
    st.header("How the numbers are checked", anchor="rules")
    rows = [{"row_label": _grade_mark(grade), "When": words} for grade, words in GRADE_WORDS.items()]
    show_table(pd.DataFrame(rows), "What each grade means", "Grade")
    st.markdown(
        "- **Table cells and text:** each number is worked out again from the numbers the report itself prints.\n"
        "- **Likely cause:** searched for among the other numbers of the row, the table and the tables beside it, "
        "wrong signs, swapped periods, levels told as changes and mistyped digits. It is offered only when it gives "
        "the printed number to its last place; the closest comes first. It is a likely cause, not a proof.\n"
        "- **Printed in two places:** the same measure, area and period must be equal.\n"
        "- **Bounds:** a share lies between 0% and 100%, a value inside its range, a year between its parts; each "
        "part of a year is given at least a third of an equal share of the cases.\n"
        "- **Parts and wholes:** categories add up, unless they overlap or are told as a selection.\n"
        "- **Words:** “stable” and “same” cover a change of up to 5%, or 2 points of a percentage; “slight” up to 10% "
        "of the earlier value and 5 points; a rise or a fall must go that way. “A decrease of -5%” says the fall twice."
    )
    several = different_measures(release.measures, release.figures)
    if len(several):
        table = pd.DataFrame(
            {"row_label": several["title"], "Basis": several["basis"], "Last 12 months": several["printed"]}
        )
        with st.expander(f"Different measures, not contradictions ({several['offence'].nunique()} offences)"):
            st.markdown(
                "Reported crime is counted by the day it was reported, validated crime by the day it was checked. The "
                "report prints both for these offences; that they differ is no error."
            )
            show_table(table, "The same offences counted in two ways", "Measure")
