"""A role for every column: changed, changed back, and turned into the same profile each time."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.choices import GROUP, IGNORE, QUESTION, choices_of, choices_with
from data.forms import DateForm, NumberForm
from data.profile import Profile, Question
from data.profile_file import from_toml, to_toml
from data.reading import read_upload
from data.roles import propose
from data.templates import SAMPLE_NAME, sample_survey

READING = read_upload(sample_survey(), SAMPLE_NAME)
PROPOSED = propose(READING.rows, SAMPLE_NAME)


def chosen():
    return choices_of(PROPOSED, READING.columns)


def test_a_proposal_comes_back_as_it_was() -> None:
    assert chosen().profile() == PROPOSED
    assert chosen().problems("sample.csv") == []


def test_a_saved_profile_makes_the_same_text_again() -> None:
    """The text is part of what tells two versions apart: the same file must never become a second version."""
    text = to_toml(chosen().profile())
    again = choices_with(from_toml(text, "saved.toml"), chosen())
    assert to_toml(again.profile()) == text


@given(st.lists(st.tuples(st.sampled_from(READING.columns), st.integers(0, 11)), max_size=8))
def test_any_roles_and_back_lose_nothing(changes: list[tuple[str, int]]) -> None:
    choices = chosen()
    before = to_toml(choices.profile())
    roles = dict(choices.roles)
    for column, place in changes:
        choices.set_role(column, choices.options()[place % len(choices.options())], READING.rows[column])
        profile = choices.profile()
        told = [*profile.used(), *profile.ignore]
        twice = len(told) != len(READING.columns)
        assert twice == any("are all" in problem for problem in choices.problems("sample.csv"))
    for column in READING.columns:
        choices.set_role(column, roles[column], READING.rows[column])
    assert to_toml(choices.profile()) == before


def test_a_role_that_a_kind_needs_is_asked_for_in_the_words_of_the_page() -> None:
    def told(kind: str) -> list[str]:
        return choices_of(Profile(kind), ["a"]).problems("s.csv")

    asked = "one. Give a column that role, or choose another kind of file."
    assert told("monthly") == [
        f"s.csv: no column has the role “{role}”, and a file of kind “Monthly figures” needs {asked}"
        for role in ("month", "value")
    ]
    assert told("events") == [
        f"s.csv: no column has the role “date and time”, and a file of kind “Events” needs {asked}"
    ]
    assert told("aggregated") == [
        f"s.csv: no column has the role {roles}, and a file of kind “Aggregated survey” needs {asked}"
        for roles in ("“question”", "“per cent” or “count”")
    ]
    assert told("survey") == [
        f"s.csv: no column has the role “question, with its answers”, and a file of kind “Survey” needs {asked}"
    ]


def test_two_columns_of_one_role_are_told() -> None:
    choices = chosen()
    choices.set_role("area", "wave", READING.rows["area"])
    choices.set_role("age_band", "wave", READING.rows["age_band"])
    assert choices.problems("s.csv") == [
        "s.csv: columns wave, area and age_band are all wave. Give that role to one of them."
    ]


def test_a_role_brings_its_form_and_a_question_its_answers() -> None:
    rows = pd.DataFrame({"when": ["31/01/2023", "02/01/2023"], "much": ["1,5", "2,5"], "said": ["Agree", "Disagree"]})
    choices = choices_of(Profile(), list(rows.columns))
    for column, role in {"when": "date", "much": "weight", "said": QUESTION}.items():
        choices.set_role(column, role, rows[column])
    profile = choices.profile()
    assert profile.forms == {"date": DateForm("dmy"), "weight": NumberForm(",")}
    assert profile.questions["said"].positive == ("Agree",)


def test_a_profile_of_an_earlier_wave_settles_what_it_knows() -> None:
    earlier = Profile(
        columns={"weight": "Weight "}, groups=("AREA",), ignore=("wave",), not_personal=("AREA",),
        questions={"Q2": Question("q2", "Relied on", ("Yes", "No"), ("Yes",))}, forms={"weight": NumberForm(",")},
    )  # fmt: skip
    now = ["weight", "other_weight", "area", "wave", "q2", "new"]
    proposed = choices_of(Profile(columns={"weight": "other_weight", "wave": "wave"}, groups=("new",)), now)
    made = choices_with(earlier, proposed)
    assert made.roles == {
        "weight": "weight", "other_weight": IGNORE, "area": GROUP, "wave": IGNORE, "q2": QUESTION, "new": GROUP,
    }  # fmt: skip
    assert made.profile().forms == {"weight": NumberForm(",")}
    assert made.profile().questions["Q2"].column == "q2"
    assert made.profile().not_personal == ("area",)


def test_a_proposal_of_another_kind_does_not_mix_in() -> None:
    made = choices_with(
        Profile("monthly", {"month": "month", "value": "n"}), choices_of(PROPOSED, ["month", "n", "area"])
    )
    assert made.roles == {"month": "month", "n": "value", "area": IGNORE}


def test_a_saved_form_that_does_not_fit_gives_way_and_says_so() -> None:
    saved = Profile(
        "monthly", {"month": "month", "value": "n"}, forms={"month": DateForm("dmy"), "value": NumberForm(",")}
    )
    rows = pd.DataFrame({"month": ["2023-01", "2023-02", "2023-03"], "n": ["1.5", "2.5", "7"]})
    made = choices_with(saved, choices_of(propose(rows, "next.csv"), list(rows.columns)))
    assert made.fit_forms(rows) == [
        "Column month: its saved form, day/month/year, such as 31/01/2023, reads 0 of 3 different values. "
        "It is now read as year-month, such as 2023-01, which reads 3.",
        "Column n: its saved form, numbers such as 1234,5, reads 1 of 3 different values. "
        "It is now read as numbers such as 1234.5, which reads 3.",
    ]
    assert made.profile().forms == {"month": DateForm("ym"), "value": NumberForm()}
    assert made.fit_forms(rows) == []


def test_a_saved_form_stays_where_only_a_few_values_do_not_fit() -> None:
    rows = pd.DataFrame({"date": [f"0{day}/04/2023" for day in range(1, 10)] + ["2023-04-30"]})
    made = choices_of(Profile(columns={"date": "date"}, forms={"date": DateForm("mdy")}), ["date"])
    assert made.fit_forms(rows) == []
    assert made.forms["date"] == DateForm("mdy")


def test_percentages_and_shares_of_1_are_not_taken_for_each_other() -> None:
    def formed(saved: NumberForm, *cells: str) -> tuple[str, int]:
        made = choices_of(Profile("aggregated", {"percent": "p"}, forms={"percent": saved}), ["p"])
        told = made.fit_forms(pd.DataFrame({"p": cells}))
        return str(made.forms["p"]), len(told)

    assert formed(NumberForm(share=True), "45.2", "61", "0.5") == ("1234.5", 1)
    assert formed(NumberForm(), "0.45", "0.61") == ("0.45", 1)
    assert formed(NumberForm(), "45", "0.61") == ("1234.5", 0)
    assert formed(NumberForm(percent=True), "0.4%", "0.6%") == ("45.5%", 0)


def test_a_profile_without_forms_gets_those_of_the_file() -> None:
    made = choices_of(Profile(columns={"weight": "w"}), ["w"])
    assert made.fit_forms(pd.DataFrame({"w": ["0,5", "1,5"]})) == []
    assert made.forms == {"w": NumberForm(",")}
