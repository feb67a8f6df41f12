"""Step 4: what the answers of a survey mean. All questions in one table, one at a time to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from data.choices import IGNORE, Choices
from data.errors import DataError
from data.profile import Question
from data.profile_check import answer_problems
from data.profile_match import new_answers
from data.scales import is_dont_know, is_missing
from data.store import Store
from data.wording import best_spelling, plain, tidy
from data.wording import counted as variants_of
from parts.blocks import say
from parts.table import show_table
from parts.upload_draft import Draft
from parts.upload_words import counted, label_of, list_problems, list_sentences, show_merges

__all__ = ["show_answers"]

_PARTS = {
    "order": "Answers, in their order",
    "positive": "Positive: counted",
    "negative": "Negative",
    "dont_know": "Don't know",
    "missing": "Missing: no answer",
}
_MEANINGS = {
    "missing": "missing: no answer",
    "dont_know": "don't know",
    "positive": "positive: counted",
    "negative": "negative",
    "order": "an answer on neither side",
}
_UNLISTED_AT_ONCE = 12


def show_answers(_: Store, draft: Draft) -> bool:
    """Ask what the answers of each question mean. Whether every question can be used."""
    choices = draft.choices
    assert choices is not None and draft.reading is not None  # noqa: S101 - read before
    asked = choices.asked()
    open_ones = [column for column in asked if not choices.questions[column][1].positive]
    say(
        f"{counted(len(asked), 'question', 'questions')}; {len(asked) - len(open_ones):,} with answers to be counted."
        if asked else "No column is a question. Go back and give a column that role."
    )  # fmt: skip
    if not asked:
        return False
    with st.container():  # always there: what comes and goes inside it folds nothing below
        if open_ones:
            _offer_to_ignore(draft, choices, open_ones)
        unlisted = _ask_unlisted(draft, choices, asked)
    keys = {column: choices.questions[column][0] for column in asked}
    start = draft.question if draft.question in asked else (open_ones or asked)[0]
    column = st.selectbox(
        "Question to look at", asked, index=asked.index(start), key=f"up_question_{draft.round}",
        format_func=lambda name: _named(keys[name], name),
    )  # fmt: skip
    draft.question = column
    _ask(draft, choices, column)
    st.subheader("All questions", anchor="questions")
    rows = [{"row_label": keys[name], **_told(choices.questions[name][1])} for name in asked]
    show_table(pd.DataFrame(rows), "What the answers of each question mean", "Question")
    _show_merges(draft)
    named = {part: f"“{words}”" for part, words in _PARTS.items()}
    if told := answer_problems(choices.profile(), draft.name, named):
        list_problems(told, "Some questions cannot be used yet.")
    return not told and not unlisted


def _named(key: str, column: str) -> str:
    """A question in a list: its column, after its short name where the column does not begin with it.

    >>> _named("Q4", "Q4. Rely on?"), _named("Q4", "rely")
    ('Q4. Rely on?', 'Q4: rely')
    """
    return tidy(column) if plain(column).startswith(plain(key)) else f"{key}: {tidy(column)}"


def _told(question: Question) -> dict[str, str]:
    neither = [answer for answer in question.order if answer not in (*question.positive, *question.negative)]
    return {
        "Positive": ", ".join(question.positive) or "△ none: say which, or ignore it",
        "Negative": ", ".join(question.negative),
        "Neither": ", ".join(neither),
        "Don't know": ", ".join(question.dont_know),
        "Missing": ", ".join(question.missing),
    }


def _offer_to_ignore(draft: Draft, choices: Choices, columns: list[str]) -> None:
    names = ", ".join(choices.questions[column][0] for column in columns[:8])
    more = f" and {len(columns) - 8} more" if len(columns) > 8 else ""
    st.warning(label_of(f"△ No answer is known to be positive in: {names}{more}. Say which are, or ignore them."))
    if st.button(f"Ignore {counted(len(columns), 'such question', 'such questions')}", key="upload_ignore_open"):
        for column in columns:
            choices.roles[column] = IGNORE
        draft.round += 1
        st.rerun()


def _ask_unlisted(draft: Draft, choices: Choices, asked: list[str]) -> bool:
    """Ask what answers mean that no list of their question holds. Whether there are any."""
    found = [
        (column, each) for column in asked
        for each in new_answers(choices.questions[column][1], draft.reading.rows[column])
    ]  # fmt: skip
    if not found:
        return False
    one, more = "answer is not in the lists of its question", "answers are not in the lists of their questions"
    st.warning(f"△ {counted(len(found), one, more)}. Say what is meant, then go on.")
    chosen = {}
    for column, each in found[:_UNLISTED_AT_ONCE]:
        named = f"{choices.questions[column][0]}: “{each.answer}” ({counted(each.rows, 'row', 'rows')})"
        chosen[column, each.answer] = st.selectbox(
            label_of(named), [*_MEANINGS], index=[*_MEANINGS].index(each.taken) if each.taken else None,
            format_func=_MEANINGS.get, placeholder="say what it means",
            key=f"up_new_{draft.round}_{choices.columns.index(column)}_{plain(each.answer)}",
        )  # fmt: skip
    said = {place: part for place, part in chosen.items() if part}
    with st.container(horizontal=True):
        if st.button("Take these answers so", key="upload_take_new", type="primary", disabled=not said):
            _settle(draft, choices, said)
        others = {(column, each.answer): "missing" for column, each in found if not each.taken}
        others = {place: part for place, part in others.items() if place not in said}
        if len(others) > 1 and st.button(f"Take {len(others)} others as missing", key="upload_take_missing"):
            _settle(draft, choices, others)
    return True


def _settle(draft: Draft, choices: Choices, said: Mapping[tuple[str, str], str]) -> None:
    """Put answers where somebody has said that they belong."""
    for (column, answer), part in said.items():
        choices.add_answer(column, answer, part)
    draft.round += 1
    st.rerun()


def _ask(draft: Draft, choices: Choices, column: str) -> None:
    """One question: its words, the answers found, and what each of them means."""
    key, question = choices.questions[column]
    named = f"{draft.round}_{choices.columns.index(column)}"
    found = {best_spelling(each): sum(each.values()) for each in variants_of(draft.reading.rows[column]).values()}
    found.pop("", None)
    label = st.text_input("The question's words", question.label, key=f"up_label_{named}", max_chars=300)
    listed: dict[str, list[str]] = {}
    offered = _offered(question, list(found))
    for part, words in _PARTS.items():
        listed[part] = st.multiselect(
            words, offered, default=_spelled(getattr(question, part), offered), key=f"up_{part}_{named}",
            placeholder="none",
        )  # fmt: skip
    changed = replace(question, label=tidy(label), **{part: tuple(answers) for part, answers in listed.items()})
    if changed != question:
        choices.questions[column] = key, changed
        st.rerun()  # what stands above has to know it too
    rows = [
        {"row_label": answer, "Rows": f"{found.get(answer, 0):,}", "Taken as": _meaning(changed, answer)}
        for answer in offered
    ]
    if rows:
        show_table(pd.DataFrame(rows), f"Answers found to {key}", "Answer")
    if st.button("Ignore this question", key=f"up_ignore_{named}"):
        choices.roles[column] = IGNORE
        draft.round += 1
        st.rerun()


def _offered(question: Question, found: list[str]) -> list[str]:
    """Every answer once: those of the profile in their order, then any other found."""
    known = {plain(answer): answer for part in ("order", "dont_know", "missing") for answer in getattr(question, part)}
    for answer in found:
        known.setdefault(plain(answer), answer)
    return list(known.values())


def _spelled(answers: tuple[str, ...], offered: list[str]) -> list[str]:
    """Answers as they are offered."""
    by_match = {plain(answer): answer for answer in offered}
    return list(dict.fromkeys(by_match[plain(answer)] for answer in answers if plain(answer) in by_match))


def _meaning(question: Question, answer: str) -> str:
    for part, words in {"positive": "positive", "negative": "negative", "dont_know": "don't know"}.items():
        if answer in getattr(question, part):
            return words
    if answer in question.missing:
        return "missing"
    if answer in question.order:
        return "neither, in the base"
    if is_missing(answer):
        return "missing, by its words"
    if is_dont_know(answer):
        return "don't know, by its words"
    return "△ refused: not among the question's answers" if question.order else "neither, in the base"


def _show_merges(draft: Draft) -> None:
    """Every spelling that was made like another."""
    try:
        with st.spinner("Typing every value"):
            merges = draft.prepared().merges
    except DataError as error:
        list_sentences(error.problems)
        return
    show_merges(merges)
