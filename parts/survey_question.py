"""One question of a kept survey in depth: every answer, both bases, every group."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.disclosure_shown import WITHHELD
from analysis.numbers import write_number
from analysis.survey_layout import answer_rows, answer_table, level_table
from analysis.survey_words import change_said, group_said
from charts.answers import answer_chart
from data.survey_sums import ALL
from data.wording import tidy
from parts.blocks import copy_sentence, download_csv, say, show_chart, stamped
from parts.filters import choose
from parts.remembered import remembered
from parts.survey_asked import Asked
from parts.survey_counted import profile_for
from parts.survey_kept import distribution, estimates_of
from parts.survey_shown import INVENTED, Shown, show_levels
from parts.table import show_table

__all__ = ["show_question"]


def show_question(shown: Shown, asked: Asked, said: DeltaGenerator) -> None:
    """The sentence, the answers, the share with don't know in and out of the base, and the groups.

    Parameters
    ----------
    shown, asked
        What is looked at.
    said
        Where the sentence stands, above the filters.
    """
    names = {shown.labels.get(name, name): name for name in shown.told["question"].drop_duplicates()}
    label = choose("Question", list(names), "question")
    name = names[label]
    told = shown.told[shown.told["question"] == name]
    with said:
        if shown.judged:
            sentence = _sentence(shown, asked, told, name, label)
            say(sentence)
            copy_sentence(f"{sentence} {_caveats(told, sentence)}".strip(), shown.source, "", f"question_{name}")
        else:
            say(f"{INVENTED}: {label}. No sentence is drawn from invented answers.")
    if asked.wave.kind == "survey":
        # Where the sentence says that the share is withheld, there is no more to be said of its answers.
        if not told["caveat"].str.startswith(WITHHELD).all():
            _show_answers(shown, asked, name, label)
        _show_bases(shown, asked, name, label)
    if asked.by:
        told = estimates_of(asked)
        told = told[told["question"] == name]
        st.header("By group", anchor="groups")
        named = {ALL: "Everybody asked"}
        show_levels(shown, told, named, "group", f"{label}, by group")
        st.markdown(
            "Groups differ by chance alone. An example: of ten teams with 160 answers each and no difference between "
            "them, the highest and the lowest lie about 13 points apart. Whether intervals overlap is no test."
        )


def _sentence(shown: Shown, asked: Asked, told: pd.DataFrame, name: str, label: str) -> str:
    """The level of the later wave and, where there are two, the change."""
    who = "" if asked.group == ALL else f", {asked.group}"
    later = told[told["wave"] == asked.wave.name]
    if later.empty:
        return f"{label} was not asked in {asked.wave.name}."
    own = shown.changes[shown.changes["question"] == name]
    if own.empty or own["difference"].isna().all():
        reason = f" {own['caveat'].iloc[0]}" if len(own) else ""
        return f"{group_said(later.assign(group=ALL), f'{label}{who}', asked.wave.name)}{reason}"
    row = later.iloc[0]
    base = "" if pd.isna(row["n"]) else f" Of {write_number(row['n'])} answers{_base_words(asked)}."
    return f"{change_said(next(own.itertuples()), f'{label}{who}', assumed=shown.assumed)}{base}"


def _caveats(told: pd.DataFrame, sentence: str) -> str:
    """What must be said beside the sentence and does not stand in it, once."""
    return " ".join(dict.fromkeys(caveat for caveat in told["caveat"] if caveat and caveat not in sentence))


def _base_words(asked: Asked) -> str:
    if asked.measure == "dont_know" or asked.wave.kind != "survey":
        return ""
    return ", don't know counted" if asked.include_dont_know else ", don't know left out"


def _show_answers(shown: Shown, asked: Asked, name: str, label: str) -> None:
    """The whole distribution as diverging bars, and the same as a table."""
    st.header("Every answer", anchor="answers")
    counts = distribution(asked, name)
    if counts.empty:
        st.info("Too few gave some of the answers, so the answers are withheld to protect respondents.")
        return
    known = [profile_for(wave.version).questions for wave in asked.waves]
    order = next(questions[name].order for questions in reversed(known) if name in questions)
    rows = answer_rows(counts, [*map(tidy, order)])
    sides = dict(zip(counts["answer"], counts["side"], strict=True))
    chart = remembered(
        ("answers", shown.key, name), shown.own,
        lambda: answer_chart(rows, sides, f"{label}, every answer", stamp=shown.stamp),
    )  # fmt: skip
    show_chart(chart, "survey_answers", shown.source)
    if rows["wave"].nunique() < len(asked.waves):
        st.markdown("One of the two waves is left out: it was not asked then, or too few gave some of its answers.")
    show_table(
        answer_table(rows), stamped(shown.stamp, f"{label}: every answer, weighted, don't know counted"), "Answer"
    )
    download_csv(rows.assign(question=name, label=label, status=shown.status), f"{shown.name}_answers",
                 "Download every answer (CSV)", shown.exported, state=shown.state)  # fmt: skip


def _show_bases(shown: Shown, asked: Asked, name: str, label: str) -> None:
    """The share with don't know left out of the base, and counted in it."""
    if asked.measure == "dont_know":
        return
    parts = []
    for include, words in ((False, "don't know left out"), (True, "don't know counted in the base")):
        told = estimates_of(replace(asked, include_dont_know=include))
        parts.append(told[(told["question"] == name) & (told["group"] == asked.group)].assign(question=words))
    lines = pd.concat(parts, ignore_index=True)
    if lines.empty:
        return
    with st.expander("Both bases: don't know left out, and counted"):
        show_table(level_table(lines, {}), stamped(shown.stamp, f"{label}, on both bases"), "Base")
