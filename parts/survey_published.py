"""The surveys that the report prints, with what it does not print as sliders."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.corrections import beside
from analysis.numbers import in_words, write_number
from analysis.rolling import WHY_NO_TREND
from analysis.survey_published import DESIGN_EFFECTS, changes_assuming, printed_table, survive
from analysis.survey_tables import DESIGN_EFFECT
from analysis.survey_words import change_said, changes_said, range_words
from data.releases import Release
from parts.blocks import copy_sentence, say
from parts.corrected import corrected_of, notes_of
from parts.filters import choose, slide
from parts.judged import mark
from parts.prepared import source_of
from parts.remembered import remembered
from parts.survey_shown import Shown, show_levels
from parts.table import Link, address_of, anchor_of, html_of, show_table

__all__ = ["ask_assumptions", "published_shown", "published_surveys", "show_published_question", "show_survivors"]

_FEWEST, _MOST = 100, 6000  # answers a slider may assume
_ROLLING = "rolling"


def published_surveys(release: Release) -> dict[str, str]:
    """What the surveys of a release are called on the page, to their id."""
    return dict(remembered(("published surveys", release.id), False, lambda: _titles(release)))


def _titles(release: Release) -> dict[str, str]:
    titles = release.surveys.drop_duplicates("survey")
    return {f"{row.title} ({release.info.status})": row.survey for row in titles.itertuples()}


def ask_assumptions(release: Release, survey: str) -> tuple[dict[str, float], float]:
    """The sliders, and what they stand at: wave to the base to assume, where none is printed, and the design effect."""
    missing = remembered(("missing bases", release.id, survey), False, lambda: _missing_bases(release, survey))
    columns = st.columns(2)
    bases = {}
    for place, (wave, name, assumed) in enumerate(missing):
        with columns[place % 2]:
            bases[wave] = float(
                slide(f"Answers in {wave} (not published)", _FEWEST, max(_MOST, assumed), assumed, 50, f"base_{name}")
            )
    with columns[len(bases) % 2]:
        effect = slide(
            "Design effect (not published)", 1.0, 3.0, DESIGN_EFFECT, 0.05, "design_effect",
            "How many times more the answers vary than those of a simple random sample: what weights and design cost. "
            "1 is the most hopeful; 1.25 is usual for telephone surveys.",
        )  # fmt: skip
    return bases, float(effect)


def published_shown(
    release: Release, survey: str, assumed: tuple[dict[str, float], float], correction: str, confidence: float
) -> Shown:
    """A printed survey under stated assumptions, as ``ask_assumptions`` gives them. Shared: never changed by a page."""
    bases, effect = assumed
    key = ("published survey", release.id, survey, tuple(bases.items()), effect, correction, confidence)
    return remembered(key, False, lambda: _published(release, survey, assumed, correction, confidence, key))


def _published(
    release: Release, survey: str, assumed: tuple[dict[str, float], float], correction: str, confidence: float,
    key: tuple[object, ...],
) -> Shown:  # fmt: skip
    waves, table = _of(release, survey)
    bases, effect = assumed
    told, changes = changes_assuming(table, bases, effect, confidence=confidence, correction=correction)
    last = waves.sort_values("period_end").iloc[-1]
    rolling = last["kind"] == _ROLLING
    method = [
        "The report prints shares as whole per cents. Intervals are Wilson's at the effective base: the base divided "
        "by the design effect. Changes: Newcombe's interval, p from the pooled score test at effective bases, "
        f"corrected over all {in_words(table['question'].nunique())} questions.",
        "Rounding alone may move each share by half a point either way, and a change by one; intervals leave that out.",
        "What is not printed: " + "; ".join(_unprinted(waves)) + ".",
    ]
    return Shown(
        key=key,
        own=False,
        name=f"{release.id}_{survey}",
        status=release.info.status,
        state=release.info.state,
        opening=_opening(table, waves, bases, effect, changes, correction, confidence),
        source=source_of(release, last["where"]) + corrected_of(release, set(table["question"])),
        assumed="assumed base and design effect" if bases else "assumed design effect",
        told=told,
        changes=changes,
        labels=dict(zip(table["question"], table["label"], strict=True)),
        directions=dict(zip(table["question"], table["direction"], strict=True)),
        method=[*([WHY_NO_TREND] if rolling else []), *method],
        counted="as printed",
    )


def show_survivors(
    release: Release, survey: str, assumed: tuple[dict[str, float], float], correction: str, confidence: float
) -> None:
    """Which verdicts would stand under other assumptions."""
    waves = _waves(release, survey)
    if len(waves) < 2:
        st.info(
            f"The report prints one value for each question ({waves['wave'].iloc[0]}), so there is no change to test. "
            f"{WHY_NO_TREND if (waves['kind'] == _ROLLING).any() else ''}"
        )
        return
    bases, effect = assumed
    key = ("survivors", release.id, survey, tuple(bases.items()), effect, correction, confidence)
    said, *tables = remembered(key, False, lambda: _survivors(release, survey, assumed, correction, confidence))
    say(said)
    for table in tables:
        st.html(table)


def _survivors(
    release: Release, survey: str, assumed: tuple[dict[str, float], float], correction: str, confidence: float
) -> list[str]:
    """The sentence, and the tables as HTML."""
    _, table = _of(release, survey)
    bases, effect = assumed
    effects = sorted({*DESIGN_EFFECTS, effect})
    told = survive(table, bases, effects, confidence=confidence, correction=correction)
    real = {each: int((told[each] == "real change").sum()) for each in effects}
    always = int((told[effects] == "real change").all(axis="columns").sum())
    said = (
        f"{in_words(always).capitalize()} of {len(told)} changes are real under every design effect shown ("
        + "; ".join(f"at {_decimal(each)}, {number}" for each, number in real.items())
        + ")."
    )
    labels = dict(zip(table["question"], table["label"], strict=True))
    rows = pd.DataFrame({"row_label": [labels[name] for name in told["question"]]})
    for each in effects:
        rows[f"Design effect {_decimal(each)}"] = [mark(verdict) for verdict in told[each]]
    tables = [html_of(rows, "Which changes stand under which design effect (assumed)", "Question")]
    others = [base for base in (1000, 1500, 2000) if bases]
    if others:
        missing = next(iter(bases))
        rows = pd.DataFrame({"row_label": [labels[name] for name in told["question"]]})
        for base in others:
            verdicts = changes_assuming(
                table, dict.fromkeys(bases, base), effect, confidence=confidence, correction=correction
            )[1]["verdict"]
            rows[f"{base:,} answers"] = [mark(verdict) for verdict in verdicts]
        title = f"Which changes stand under which base of {missing} (assumed), at design effect {_decimal(effect)}"
        tables.append(html_of(rows, title, "Question"))
    return [said, *tables]


def show_published_question(release: Release, shown: Shown, survey: str, said: DeltaGenerator) -> None:
    """One printed question: its change, its waves, and what the report says of teams."""
    names = {label: question for question, label in shown.labels.items()}
    question = names[choose("Question", list(names), "question")]
    told = shown.told[shown.told["question"] == question]
    last = told.iloc[-1]
    own = shown.changes[shown.changes["question"] == question]
    sentence = (
        f"{shown.labels[question]}: {range_words(last['estimate'], last['lower'], last['upper'])} in {last['wave']}."
    )
    if len(own):
        row = next(own.itertuples())
        sentence = change_said(row, shown.labels[question], shown.directions.get(question, "neither"), shown.assumed)
    with said:
        say(sentence)
        copy_sentence(f"{sentence} {last['caveat']}", shown.source, "", f"question_{question}")
    show_levels(shown, told, shown.labels, "question", shown.labels[question])
    st.markdown(
        "The report prints one share for each wave: not the other answers, nor how many did not know. An uploaded "
        "survey shows them all, and every group."
    )
    _show_teams(release, question, survey)


def _show_teams(release: Release, question: str, survey: str) -> None:
    """What the report prints by team: named exceptions, and a range for the others."""
    section = release.surveys.loc[release.surveys["survey"] == survey, "section"].iloc[0]
    ranges = release.ranges[(release.ranges["measure"] == question) & (release.ranges["section"] == section)]
    names = release.areas.set_index("id")
    figures = release.figures[(release.figures["measure"] == question)]
    figures = figures[figures["area"].map(names["kind"]) == "lpt"]
    if ranges.empty and figures.empty:
        return
    notes = notes_of(release.id)
    rows = [(names["name"][row.area], beside(row.printed, notes.get(row.figure_id))) for row in figures.itertuples()]
    rows += [(f"{row.scope}", row.printed) for row in ranges.itertuples()]
    table = pd.DataFrame(rows, columns=["row_label", "As printed"])
    table_id = (ranges["table"] if len(ranges) else figures["table"]).iloc[0]
    priority = release.sections.set_index("id")["priority"][section]
    page = address_of(release.id, priority, anchor_of(table_id))
    show_table(table.assign(Where=[Link("in the report's table", page)] * len(table)),
               "By Local Policing Team, as published", "Team")  # fmt: skip
    st.markdown("Teams without a name lie inside the range.")
    st.page_link("pages/compare_teams.py", label="Which teams can be told apart from the rest: Compare teams")


def _of(release: Release, survey: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    waves = _waves(release, survey)
    return waves, printed_table(waves, release.figures, release.statements, release.measures)


def _waves(release: Release, survey: str) -> pd.DataFrame:
    return release.surveys[release.surveys["survey"] == survey].sort_values("period_end")


def _missing_bases(release: Release, survey: str) -> list[tuple[str, str, int]]:
    """Each wave without a printed base: what it is called, its id, and the base to assume."""
    return [(row.wave, row.id, int(row.assume)) for row in _missing(_waves(release, survey)).itertuples()]


def _missing(waves: pd.DataFrame) -> pd.DataFrame:
    return waves[waves["base"].isna()]


def _opening(
    table: pd.DataFrame, waves: pd.DataFrame, bases: dict[str, float], effect: float, changes: pd.DataFrame,
    correction: str, confidence: float,
) -> list[str]:  # fmt: skip
    """What is published of the bases, what is assumed, and how many changes stand."""
    printed = [
        f"{row.wave}: base not published." if pd.isna(row.base)
        else f"{row.wave}: {write_number(row.base)} {'surveys' if row.kind == _ROLLING else 'interviews'} (published)."
        for row in waves.iloc[::-1].itertuples()
    ]  # fmt: skip
    if not len(changes):
        row = waves.iloc[-1]
        return [
            f"{printed[0]} How many answered each question is not published. Intervals assume that every question had "
            f"{write_number(row['base'])} answers, and a design effect of {_decimal(effect)}. There is no earlier "
            "value to compare."
        ]
    others = []
    for each in (each for each in DESIGN_EFFECTS if each != effect):
        again = changes_assuming(table, bases, each, confidence=confidence, correction=correction)[1]
        others.append(f"at {_decimal(each)}, {int((again['verdict'] == 'real change').sum())}")
    given = [f"{write_number(base)} answers in {wave}" for wave, base in bases.items()]
    assumed = " and ".join([*given, f"a design effect of {_decimal(effect)}"])
    neither = "neither published" if given else "not published"
    return [f"{' '.join(printed)} Assuming {assumed} ({neither}), {changes_said(changes)}; {'; '.join(others)}."]


def _unprinted(waves: pd.DataFrame) -> list[str]:
    bases = [f"the base of {row.wave}" for row in _missing(waves).itertuples()]
    return [*bases, "the base of each question", "weights and the design effect", "the answers behind each share"]


def _decimal(effect: float) -> str:
    """A design effect as it is read: 1.0, 1.25."""
    return f"{effect:.1f}" if round(effect * 10) == effect * 10 else f"{effect:.2f}"
