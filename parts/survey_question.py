"""One question of a kept survey in depth: every answer, both bases, every group."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.survey_layout import answer_rows, answer_table
from analysis.survey_words import change_said, group_said
from charts.answers import answer_chart
from data.profile import Question
from data.survey_sums import ALL
from data.wording import tidy
from parts.blocks import copy_sentence, download_csv, say, show_chart
from parts.filters import choose
from parts.survey_kept import Asked, by_group, distribution, kept_shown, question_of
from parts.survey_shown import Shown, show_levels
from parts.table import show_table

__all__ = ["show_question"]


def show_question(shown: Shown, asked: Asked) -> None:
    """The sentence, the answers, the share with don't know in and out of the base, and the groups."""
    names = {shown.labels.get(name, name): name for name in shown.told["question"].drop_duplicates()}
    label = choose("Question", list(names), "question")
    name = names[label]
    told = shown.told[shown.told["question"] == name]
    sentence = group_said(told.assign(group=ALL), label, asked.wave.name) if len(told) else f"{label} was not asked."
    own = shown.changes[shown.changes["question"] == name]
    if shown.judged and len(own):
        row = next(own.itertuples())
        sentence = f"{sentence} {change_said(row, label, assumed=shown.assumed)}"
    say(f"{'Example with invented answers. ' if not shown.judged else ''}{sentence}")
    if shown.judged:
        copy_sentence(sentence, shown.source, "", f"question_{name}")
    if asked.wave.kind == "survey":
        _show_answers(shown, asked, name, label)
        _show_bases(shown, asked, name, label)
    if asked.by:
        told = by_group(asked)
        told = told[told["question"] == name]
        st.subheader("By group", anchor="groups")
        named = {ALL: "Everybody asked"}
        show_levels(shown, told, named, "group", "Group", f"{label}, by group")
        st.markdown(
            "Groups differ by chance alone: with ten teams of 160 answers each and no difference between them, highest "
            "and lowest lie about 13 points apart. Intervals that overlap are not a test."
        )


def _show_answers(shown: Shown, asked: Asked, name: str, label: str) -> None:
    """The whole distribution as diverging bars, and the same as a table."""
    question = question_of(asked, name)
    counts = distribution(asked, name)
    counts = counts[counts["group"] == asked.group]
    rows = answer_rows(counts, [*map(tidy, question.order)])
    if rows.empty:
        return
    st.subheader("Every answer", anchor="answers")
    marked = label if shown.judged else f"Example with invented answers: {label}"
    show_chart(answer_chart(rows, _sides(question, rows), f"{marked}, every answer"), "survey_answers", shown.source)
    show_table(answer_table(rows), f"{marked}: every answer, weighted", "Answer")
    download_csv(rows.assign(question=name, label=label, status=shown.status), f"{shown.name}_answers",
                 "Download every answer (CSV)")  # fmt: skip


def _show_bases(shown: Shown, asked: Asked, name: str, label: str) -> None:
    """The share with don't know left out of the base, and counted in it."""
    if asked.measure == "dont_know":
        return
    rows = []
    for include in (False, True):
        told = kept_shown(replace(asked, include_dont_know=include)).told
        for row in told[told["question"] == name].itertuples():
            rows.append((include, row))
    lines = pd.DataFrame([row for _, row in rows])
    if lines.empty:
        return
    lines["question"] = ["don't know counted in the base" if include else "don't know left out" for include, _ in rows]
    with st.expander("Both bases: don't know left out, and counted"):
        from analysis.survey_layout import level_table

        show_table(level_table(lines, {}), f"{label}, on both bases", "Base")


def _sides(question: Question, rows: pd.DataFrame) -> dict[str, str]:
    """What each answer counts as."""
    told = {tidy(answer): "positive" for answer in question.positive}
    told |= {tidy(answer): "negative" for answer in question.negative}
    unsure = {tidy(answer) for answer in (*question.dont_know, "Don't know")}
    return {answer: "dont_know" if answer in unsure else told.get(answer, "neither") for answer in rows["answer"]}
