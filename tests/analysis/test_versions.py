"""Two versions side by side: everything that differs is said, and nothing of a respondent is."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.versions import MOST_ANSWERS, compare_versions


def told(older: pd.DataFrame, newer: pd.DataFrame, **words: list[str]) -> list[str]:
    return list(compare_versions(older, newer, **words)["sentence"])


def test_the_same_rows_differ_in_nothing() -> None:
    frame = pd.DataFrame({"Q": ["Yes", "Yes", None], "w": [1.5, None, 2.0]})
    assert told(frame, frame.copy()) == ["3 rows, as before.", "Column 'w': the total is still 3.5."]


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        (1510, 1602, "1,602 rows, 92 more than the 1,510 before."),
        (2, 1, "1 row, 1 fewer than the 2 before."),
        (0, 0, "0 rows, as before."),
    ],
)
def test_rows(was: int, now: int, sentence: str) -> None:
    frame = pd.DataFrame({"a": ["x"] * 2000})
    assert told(frame[:was], frame[:now])[0] == sentence


def test_columns_that_came_went_or_changed_their_kind() -> None:
    older = pd.DataFrame({"gone": ["x"], "base": ["100"], "day": ["1 June"]})
    newer = pd.DataFrame({"base": [100], "day": pd.to_datetime(["2022-06-01"]), "new": ["x"], "asked": [True]})
    assert told(older, newer)[1:] == [
        "Column 'new' is new.",
        "Column 'asked' is new.",
        "Column 'gone' is gone.",
        "Column 'base' holds numbers; it held text.",
        "Column 'day' holds dates; it held text.",
    ]


def test_answers_and_totals_with_their_numbers() -> None:
    older = pd.DataFrame({"Q": ["Yes"] * 3 + ["No"] * 2 + ["Refused"] * 2, "n": [1] * 7})
    newer = pd.DataFrame({"Q": ["Yes"] * 3 + ["no"] * 1 + ["Don't know"] * 2 + [None], "n": [1_000_000] * 7})
    found = compare_versions(older, newer)
    assert found[["what", "answer", "older", "newer"]].to_numpy().tolist() == [
        ["rows", "", 7, 7],
        ["answer new", "Don't know", 0, 2],
        ["answer new", "no", 0, 1],
        ["answer gone", "No", 2, 0],
        ["answer gone", "Refused", 2, 0],
        ["total", "", 7, 7_000_000],
    ]
    assert found["sentence"].iloc[-1] == "Column 'n': the total is 7,000,000; it was 7."


def test_a_renamed_column_is_followed_and_one_that_took_its_name_is_not_mixed_in() -> None:
    older = pd.DataFrame({"Q4": ["Yes", "Yes", "No", "No"], "Q5": ["red", "red", "blue", "blue"]})
    newer = pd.DataFrame({"Q5": ["Yes", "Yes", "Maybe", "Maybe"]})
    found = compare_versions(older, newer, renamed={"Q4": "Q5"})
    assert found["sentence"].tolist() == [
        "4 rows, as before.",
        "Column 'Q5' was called 'Q4'; they are compared as one.",
        "Column 'Q5 (before)' is gone.",
        "Column 'Q5': the answer 'Maybe' is new, in 2 rows.",
        "Column 'Q5': the answer 'No' is gone; it was in 2 rows.",
    ]
    moved = compare_versions(older, older.rename(columns={"Q4": "Q5", "Q5": "Q6"}), renamed={"Q4": "Q5", "Q5": "Q6"})
    assert set(moved["what"]) == {"rows", "column renamed"}


def test_a_wave_is_no_answer() -> None:
    older, newer = (pd.DataFrame({"wave": [wave] * 3, "Q": ["Yes"] * 3}) for wave in ("2022-06", "2023-01"))
    found = compare_versions(older, newer, words={"wave": "wave"})
    assert found["what"].tolist() == ["rows", "wave new", "wave gone"]
    assert found["sentence"].tolist()[1] == "Column 'wave': the wave '2023-01' is new, in 3 rows."


def test_an_id_or_free_text_is_never_quoted() -> None:
    """Not what is different in every row, nor what has too many answers, unless it is named as a question."""
    ids = pd.DataFrame({"id": [f"R{number}" for number in range(20)]})
    others = pd.DataFrame({"id": [f"S{number}" for number in range(20)]})
    assert told(ids, others) == ["20 rows, as before."]
    many = pd.DataFrame({"area": [f"A{number}" for number in range(MOST_ANSWERS + 1)] * 2})
    few = pd.DataFrame({"area": [f"A{number}" for number in range(1, MOST_ANSWERS + 1)] * 2})
    assert told(many, few) == ["60 rows, 2 fewer than the 62 before."]
    assert told(many, few, questions=["area"])[1:] == ["Column 'area': the answer 'A0' is gone; it was in 2 rows."]
    assert told(many, few, questions=[]) == told(many, few)


def test_an_unknown_question_is_told() -> None:
    with pytest.raises(ValueError, match=r"^Column 'Q9' is not in both versions, so its answers cannot be compared\.$"):
        compare_versions(pd.DataFrame({"Q9": ["a"]}), pd.DataFrame({"Q8": ["a"]}), ["Q9"])


def test_what_does_not_apply_is_missing() -> None:
    found = compare_versions(pd.DataFrame({"a": ["x"]}), pd.DataFrame({"b": ["x"]}))
    assert all(
        math.isnan(number) for number in found.loc[found["what"] != "rows", ["older", "newer"]].to_numpy().ravel()
    )
