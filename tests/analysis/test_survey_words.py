"""What is said of surveys: true of the numbers, and no more than the verdict allows."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.survey_layout import answer_rows, answer_table, change_table, level_table, shared_note
from analysis.survey_words import (
    better_or_worse,
    change_said,
    changes_said,
    p_words,
    range_words,
    rest_said,
    share_words,
)


def change(**given: object) -> SimpleNamespace:
    usual = {
        "question": "q12", "measure": "top", "first": 0.63, "second": 0.68, "difference": 0.05, "lower": 0.013,
        "upper": 0.087, "first_wave": "June 2022", "second_wave": "January 2023", "verdict": "likely change",
        "confidence": 0.95, "p_holm": 0.0528, "caveat": "",
    }  # fmt: skip
    return SimpleNamespace(**(usual | given))


@pytest.mark.parametrize(
    ("share", "measure", "told"),
    [
        (0.675, "top", "68%"), (0.6749999, "top", "67%"), (0.0, "top", "0%"), (1.0, "top", "100%"),
        (-0.126, "net", "−13"), (0.126, "net", "+13"), (0.001, "net", "0"), (float("nan"), "top", "withheld"),
    ],
)  # fmt: skip
def test_a_share_is_rounded_half_up_and_last(share: float, measure: str, told: str) -> None:
    assert share_words(share, measure) == told


def test_a_range_without_limits_is_the_share_alone() -> None:
    assert range_words(0.5, float("nan"), float("nan")) == "50%"
    assert range_words(-0.05, -0.1, 0.0, "net") == "−5 (−10 to 0)"


@pytest.mark.parametrize(
    ("measure", "direction", "difference", "word"),
    [
        ("top", "up_is_better", 0.05, "better"), ("top", "up_is_better", -0.05, "worse"),
        ("top", "up_is_worse", 0.05, "worse"), ("bottom", "up_is_better", 0.05, "worse"),
        ("net", "up_is_better", -0.05, "worse"), ("dont_know", "up_is_better", 0.05, ""), ("top", "neither", 0.05, ""),
    ],
)  # fmt: skip
def test_better_and_worse_follow_direction_and_side(measure: str, direction: str, difference: float, word: str) -> None:
    assert better_or_worse("real change", difference, measure, direction) == word
    assert better_or_worse("cannot tell", difference, measure, direction) == ""


def test_a_withheld_change_gives_its_reason_and_no_number() -> None:
    hidden = change(difference=float("nan"), caveat="Too imprecise to show: the effective base is 20.0, under 30.")
    said = change_said(hidden, "Q12")
    assert said == "Q12: no verdict. Too imprecise to show: the effective base is 20.0, under 30."


def test_no_difference_is_unchanged() -> None:
    said = change_said(change(difference=0.0, second=0.63, verdict="cannot tell", lower=-0.03, upper=0.03), "Q12")
    assert said.startswith("Q12: 63% in January 2023, unchanged from June 2022 (63%). Cannot tell (95% interval")


def test_the_others_are_each_named_once() -> None:
    changes = pd.DataFrame(
        {
            "question": list("abcde"),
            "verdict": ["real change", "likely change", "cannot tell", "no change", "no verdict"],
        }
    )
    assert rest_said(changes, {"b": "Q2 Seen"}) == (
        "The others: one likely, but not beyond doubt among so many (Q2 Seen); one cannot be told from no change (c); "
        "one hardly changed (d); one has too few answers to say, or is withheld (e)."
    )
    assert rest_said(changes.head(1), {}) == ""
    assert changes_said(changes) == "1 of 4 answers that can be tested really changed"


def test_a_p_value_is_never_nought() -> None:
    assert [p_words(p) for p in (0.0, 0.00009, 0.0001, 1.0)] == ["under 0.0001", "under 0.0001", "0.0001", "1.0000"]


def test_invented_answers_have_no_verdict_in_a_table() -> None:
    changes = pd.DataFrame([vars(change()), vars(change(question="q8"))])
    assert "Verdict" in change_table(changes, {}, {})
    told = change_table(changes, {}, {}, judged=False)
    assert not {"Verdict", "p after correction"} & set(told)


def test_a_note_that_all_rows_share_stands_once_below() -> None:
    told = pd.DataFrame(
        {
            "wave": "2023", "question": ["q1", "q2"], "group": "ALL", "measure": "top", "estimate": [0.5, 0.6],
            "lower": [0.4, 0.5], "upper": [0.6, 0.7], "n": 100.0, "n_effective": 80.0, "design_effect": 1.25,
            "confidence": 0.9, "caveat": "Small base.",
        }
    )  # fmt: skip
    assert "Note" not in level_table(told, {})
    assert "Share (90% interval)" in level_table(told, {})
    assert shared_note(told["caveat"]) == "Small base."
    assert level_table(told.assign(caveat=["", "Small base."]), {})["Note"].tolist() == ["", "Small base."]


def test_the_distribution_counts_all_who_answered_and_keeps_the_order() -> None:
    counts = pd.DataFrame(
        {
            "wave": ["1", "1", "1", "2", "2"], "group": "ALL", "answer": ["No", "Yes", "Don't know", "Yes", "No"],
            "n": [10, 30, 10, 1, 1], "sum_w": [12.0, 28.0, 10.0, 1.0, 3.0],
        }
    )  # fmt: skip
    rows = answer_rows(counts, ["Yes", "No"])
    assert rows[["wave", "answer", "share", "base"]].values.tolist() == [
        ["1", "Yes", 0.56, 50], ["1", "No", 0.24, 50], ["1", "Don't know", 0.2, 50], ["2", "Yes", 0.25, 2],
        ["2", "No", 0.75, 2],
    ]  # fmt: skip
    table = answer_table(rows)
    assert table.iloc[-1].tolist() == ["Unweighted base", "50", "2"]
    assert table.set_index("row_label").loc["Don't know"].tolist() == ["20%", "0%"]
