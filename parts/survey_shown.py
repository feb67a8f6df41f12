"""What the views of the Surveys page show, whichever survey it is: published, uploaded or invented."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from analysis.survey_layout import change_notes, change_table, level_table, shared_note, survey_chart_rows
from analysis.survey_words import MEASURE_WORDS, change_said, rest_said
from charts.dots import dot_chart
from charts.palette import Chart
from data.states import PUBLISHED, state_words
from parts.blocks import download_csv, say, show_chart, stamped
from parts.filters import choose
from parts.remembered import remembered
from parts.table import html_of

__all__ = [
    "INVENTED",
    "NOT_PROTECTED",
    "Shown",
    "show_all",
    "show_levels",
    "show_notes",
    "show_opening",
    "show_sentences",
]

INVENTED = "Example with invented answers"
NOT_PROTECTED = "Not protected: for the analyst's eyes only"

_ORDERS = ["as asked", "by size of change"]


@dataclass(frozen=True)
class Shown:
    """One wave of one survey against another, ready for any view.

    Attributes
    ----------
    key
        Everything that made it, for what is remembered.
    own
        Whether only this visitor may see it.
    name
        For downloads.
    status
        ``published``, ``uploaded`` or ``illustrative``, with what stands in the way of publishing.
    opening
        The sentences above everything, the first said loudest.
    source
        Status and source in one line, for captions.
    assumed
        What verdicts rest on that is not known; "" where nothing is assumed.
    told
        Estimates of one measure: of the waves and the one group that are looked at, the later wave last.
    changes
        Between the two; without rows where there is one wave only.
    labels, directions
        Question to its label, and to its direction.
    method
        How the numbers were made, as paragraphs.
    counted
        What the shares are of, where it is not the measure that says so.
    unguarded
        Whether it shows what viewers may not see.
    exported
        Called with the number of rows of a download.
    state
        How far what it is made of has come, where that must be said: draft, shared or published.
    """

    key: tuple[object, ...]
    own: bool
    name: str
    status: str
    opening: list[str]
    source: str
    assumed: str
    told: pd.DataFrame
    changes: pd.DataFrame
    labels: Mapping[str, str]
    directions: Mapping[str, str] = field(default_factory=dict)
    method: list[str] = field(default_factory=list)
    counted: str = ""
    unguarded: bool = False
    exported: Callable[[int], None] | None = None
    state: str = PUBLISHED

    @property
    def stamp(self) -> str:
        """What must stand inside every chart and before every title."""
        words = state_words(self.state) if self.judged else INVENTED
        return NOT_PROTECTED if self.unguarded else words

    @property
    def judged(self) -> bool:
        """Whether a verdict may be told: never of invented answers."""
        return self.status != "illustrative"


@dataclass(frozen=True)
class _Levels:
    """Estimates ready to be shown: as a chart where there is one, as a table, and what holds of all of them."""

    chart: Chart | None
    table: str
    note: str


def show_opening(shown: Shown) -> None:
    """The sentences above everything, the first said loudest."""
    for place, sentence in enumerate(shown.opening):
        say(sentence) if place == 0 else st.text(sentence)


def show_all(shown: Shown) -> None:
    """Every question with its interval, the last wave behind it, and what really changed."""
    changes, told = shown.changes, shown.told
    if len(changes) and shown.judged:
        show_sentences(shown)
    noted = bool(len(changes)) and shown.judged
    notes = (
        remembered(("notes", shown.key), shown.own, lambda: change_notes(changes, shown.directions)) if noted else {}
    )
    if len(changes) and choose("Order of the questions", _ORDERS, "order") == _ORDERS[1]:
        places = list(changes.assign(size=changes["difference"].abs()).sort_values("size", ascending=False)["question"])
        told = told.assign(place=told["question"].map({name: at for at, name in enumerate(places)}))
        told = told.sort_values("place", kind="stable").drop(columns="place")
        changes = changes.set_index("question").loc[places].reset_index()
    show_levels(shown, told, shown.labels, "question", f"all questions, {shown.counted or _measure(told)}", notes)
    if len(changes):
        key = ("changes", shown.key, tuple(changes["question"]))
        table, note = remembered(key, shown.own, lambda: _changes(shown, changes))
        st.html(table)
        _below(note)
        download_csv(lambda: _marked_rows(shown, changes), f"{shown.name}_changes", "Download the changes (CSV)",
                     shown.exported, state=shown.state)  # fmt: skip


def show_levels(
    shown: Shown, told: pd.DataFrame, labels: Mapping[str, str], by: str, title: str,
    notes: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Estimates as a chart, its table and a download; a row a ``by``, question or group."""
    key = ("levels", shown.key, by, title, tuple(told["question"]), tuple(told["group"]), bool(notes))
    levels = remembered(key, shown.own, lambda: _levels(shown, told, labels, by, title, notes))
    if levels.chart is not None:
        show_chart(levels.chart, f"survey_{by}", shown.source)
    with st.expander(stamped(shown.stamp, f"The same numbers as a table: {title}"), expanded=by == "group"):
        st.html(levels.table)
        _below(levels.note)
    download_csv(lambda: _marked_rows(shown, told), f"{shown.name}_{by}s", f"Download {title} (CSV)", shown.exported,
                 state=shown.state)  # fmt: skip


def show_notes(shown: Shown) -> None:
    """How the numbers were made, one click away."""
    with st.expander("Method and caveats"):
        for each in shown.method:
            st.text(each)


def show_sentences(shown: Shown) -> None:
    """One sentence for each answer that really changed, and one for the others together."""
    st.html(remembered(("sentences", shown.key), shown.own, lambda: _sentences(shown)))


def _sentences(shown: Shown) -> str:
    real = shown.changes[shown.changes["verdict"] == "real change"]
    lines = [
        change_said(row, shown.labels.get(row.question, row.question), shown.directions.get(row.question, "neither"),
                    shown.assumed)
        for row in real.itertuples()
    ]  # fmt: skip
    lines += [rest_said(shown.changes, shown.labels)]
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines if line)
    return f'<ul class="sentences">{items}</ul>'


def _changes(shown: Shown, changes: pd.DataFrame) -> tuple[str, str]:
    """What changed, as a table, and what holds of all of it."""
    table = change_table(changes, shown.labels, shown.directions, shown.judged)
    title = f"What changed: {changes['first_wave'].iloc[0]} to {changes['second_wave'].iloc[0]}"
    return html_of(table, stamped(shown.stamp, title), "Question"), shared_note(changes["caveat"])


def _levels(
    shown: Shown, told: pd.DataFrame, labels: Mapping[str, str], by: str, title: str, notes: Mapping[str, str] | None
) -> _Levels:
    rows = survey_chart_rows(told, labels, by, notes)
    chart = None
    if rows["value"].notna().any():
        chart = dot_chart(rows, f"{title}, per cent", float(told["confidence"].iloc[0]), shown.stamp)
    table = html_of(level_table(told, labels, by), stamped(shown.stamp, title), by.capitalize())
    return _Levels(chart, table, shared_note(told["caveat"]))


def _measure(told: pd.DataFrame) -> str:
    return MEASURE_WORDS[str(told["measure"].iloc[0])]


def _marked_rows(shown: Shown, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows for a download, each with its status and source; of invented answers no verdict leaves."""
    rows = rows.drop(columns=["degrees"], errors="ignore").assign(
        label=[shown.labels.get(name, name) for name in rows["question"]], status=shown.status, source=shown.source
    )
    return rows if shown.judged else rows.drop(columns=["verdict", "p", "p_holm", "p_bh"], errors="ignore")


def _below(note: str) -> None:
    """What holds of every row of the table above."""
    if note:
        st.caption(note)
