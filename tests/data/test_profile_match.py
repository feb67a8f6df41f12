"""Whether a saved profile fits the next file, and what is pointed at where it does not."""

from __future__ import annotations

import pandas as pd

from data.choices import choices_of, choices_with
from data.profile import Profile, Question
from data.profile_match import NewAnswer, differences, likeness, matches, moved_questions, new_answers
from data.roles import propose

SAVED = Profile(
    columns={"respondent": "resp_id", "weight": "Weight"},
    groups=("age_band",),
    questions={
        "Q4": Question("Q4", order=("Yes", "No"), positive=("Yes",), dont_know=("Don't know",), missing=("Refused",))
    },
    ignore=("Score %",),
)
HEADERS = [" weight", "Resp_ID", "Age_band", "Q4", "Score %"]


def test_the_same_headers_match_in_any_order_and_spelling() -> None:
    assert matches(SAVED, HEADERS)
    assert not matches(SAVED, HEADERS[1:])
    assert not matches(SAVED, [*HEADERS, "Q5"])


def test_the_nearest_profile_can_be_found() -> None:
    assert likeness(SAVED, [*HEADERS, "Q5"]) > likeness(SAVED, ["Q4", "Q5"]) > likeness(SAVED, ["x"]) == 0
    assert likeness(Profile(), []) == 0


def file(**cells: list[str]) -> pd.DataFrame:
    rows = {
        "resp_id": ["a", "b"],
        "Weight": ["1", "2"],
        "age_band": ["65+", "65+"],
        "Q4": ["YES", "no "],
        "Score %": ["", ""],
    }
    return pd.DataFrame(rows | cells, dtype=str)


def test_a_file_like_the_last_has_no_differences() -> None:
    assert differences(SAVED, file(), "next.csv") == []
    assert differences(SAVED, file(Q4=["Yes", "No"]).iloc[::-1], "next.csv") == []


def test_a_changed_header_is_pointed_at_with_its_nearest_name() -> None:
    assert differences(SAVED, file().rename(columns={"Weight": "Weights"}), "next.csv") == [
        "next.csv: there is no column Weight. Is it now 'Weights'? Check the roles.",
        "next.csv: column Weights is new. Check its role, or ignore it.",
    ]


def test_new_answers_are_pointed_at_and_gone_ones_told() -> None:
    assert differences(SAVED, file(Q4=["Maybe", "maybe "]), "next.csv") == [
        "next.csv, question Q4: the answer 'Maybe' (2 rows) is new. Until somebody says what it means, it is refused.",
        "next.csv, question Q4: nobody answered 'Yes'.",
        "next.csv, question Q4: nobody answered 'No'.",
    ]


def test_another_word_for_dont_know_or_refused_is_told_with_what_it_is_taken_for() -> None:
    rows = pd.concat([file(), file(resp_id=["c", "d"], Q4=["DK", "Prefer not to say"])])
    assert differences(SAVED, rows, "next.csv") == [
        "next.csv, question Q4: the answer 'DK' (1 row) is new. By its words it is taken as don't know.",
        "next.csv, question Q4: the answer 'Prefer not to say' (1 row) is new. By its words it is taken as missing.",
    ]


def test_a_question_that_lists_no_answers_takes_any_and_tells_only_what_it_leaves_out() -> None:
    cells = pd.Series(["Yes", "Perhaps", "Refused", ""])
    assert new_answers(Question("Q4", positive=("Yes",)), cells) == [NewAnswer("Refused", 1, "missing")]
    assert new_answers(Question("Q4", positive=("Yes",), missing=("refused",)), cells) == []


def test_two_headers_that_differ_in_case_alone_are_never_chosen_between() -> None:
    rows = file().rename(columns={"Weight": "WEIGHT", "Score %": " weight"})
    assert differences(SAVED, rows, "next.csv")[0] == ("next.csv: there is no column Weight. Check the roles.")


def test_a_question_under_another_number_is_followed_and_no_new_column() -> None:
    saved = Profile(questions={"Q4": Question("Q4. Rely on?", "Rely on?", ("Yes", "No"), ("No",))})
    rows = pd.DataFrame({"Q5. Rely on? ": ["Yes", "No", "DK"]})
    assert differences(saved, rows, "next.csv") == [
        "next.csv: question Q4 now stands in column Q5. Rely on?; its answers mean what they did.",
        "next.csv, question Q4: the answer 'DK' (1 row) is new. By its words it is taken as don't know.",
    ]
    assert moved_questions(saved, ["Q5. Rely on?", "Q6. Rely on?"]) == {}
    made = choices_with(saved, choices_of(propose(rows, "next.csv"), list(rows.columns)))
    assert made.profile().questions["Q5"] == Question("Q5. Rely on? ", "Rely on?", ("Yes", "No"), ("No",))
