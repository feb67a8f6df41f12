"""The field's answer scales: every wording in its order and on its side, and nothing taken for a scale that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.scales import is_dont_know, is_missing, known_scale

# The answers in their order, with | after the positive ones and | before the negative ones.
SCALES = [
    "Strongly agree, Tend to agree | Neither agree nor disagree | Tend to disagree, Strongly disagree",
    "Agree strongly, Agree slightly | Neither | Disagree slightly, Disagree strongly",
    "Strongly agree, Agree, Slightly agree | | Slightly disagree, Disagree, Strongly disagree",
    "Very safe, Fairly safe | | A bit unsafe, Very unsafe",
    "Very safe, Safe | Neither safe nor unsafe | Unsafe, Very unsafe",
    "Very confident, Fairly confident | | Not very confident, Not at all confident",
    "Completely satisfied, Very satisfied, Fairly satisfied | Neither satisfied nor dissatisfied | Fairly dissatisfied, "
    "Very dissatisfied, Completely dissatisfied",
    "Very well informed, Fairly well informed | | Not very well informed, Not at all informed",
    "Very important, Fairly important | Neither important nor unimportant | Not very important, Not at all important",
    "Very likely, Fairly likely | | Not very likely, Not at all likely",
    "Likely | Neither likely nor unlikely | Unlikely, Very unlikely",
    "Very worried, Fairly worried | | Not very worried, Not at all worried",
    "Very common, Fairly common | | Not very common, Not at all common",
    "Yes | | No",
    "Increase | Stayed the same | Decrease",
    "Increased a lot | About the same | Decreased a lot",
    "Much better, Better | About the same | Worse, Much worse",
    "Excellent, Very good, Good | Fair | Poor, Very poor",
    "Very good, Good | Average | Poor",
    "A great deal, A fair amount | | Not very much, Not at all",
    "Always, Often | Sometimes | Rarely, Never",
    "More positive | Stayed the same | More negative",
    "Very important, Quite important | | Not very important, Not important at all",
    "Daily, At least weekly, At least monthly | | Less than monthly, Less often, Never",
    "1 | | 0",
    "Victim of crime | | Not a victim of crime",
]


def parted(text: str) -> list[list[str]]:
    return [[answer.strip() for answer in part.split(", ") if answer.strip()] for part in text.split("|")]


@pytest.mark.parametrize("text", SCALES)
@given(data=st.data())
def test_a_scale_is_known_in_whatever_order_and_case_its_answers_are_found(text: str, data: st.DataObject) -> None:
    positive, between, negative = ([answer.lower() for answer in part] for part in parted(text))
    whole = [*positive, *between, *negative]
    found = data.draw(st.permutations(whole))
    shout = data.draw(st.sampled_from([str.upper, str.title, lambda answer: f" {answer.replace(' ', '  ')} "]))
    scale = known_scale(map(shout, found))
    assert scale is not None
    assert (list(scale.order), list(scale.positive), list(scale.negative)) == (whole, positive, negative)


@pytest.mark.parametrize("answers", [["Very safe"], ["Tend to agree"], ["Yes"], ["A bit unsafe", "Very unsafe"]])
def test_part_of_a_scale_is_known_where_its_words_leave_no_doubt(answers: list[str]) -> None:
    assert known_scale(answers) is not None


@pytest.mark.parametrize(
    "answers",
    [
        [], ["Good"], ["Neither"], ["About the same", "No change"], ["Very safe", "Very likely"], ["Yes", "No", "Maybe"],
        ["16-24", "25-34"], ["Male", "Female"], ["Urban", "Rural"], ["1", "2"], ["0", "1", "2"], ["Granby", "Not Hartwell"],
        ["White", "Mixed"], ["E. Drugs", "G. Unemployment"],
    ],
)  # fmt: skip
def test_what_is_no_scale_is_not_taken_for_one(answers: list[str]) -> None:
    assert known_scale(answers) is None


@pytest.mark.parametrize(
    "answer", ["DK", "dk", "Don\u2019t  know", "DONT KNOW", "Do not know", "Don't know/can't say", "Not sure"]
)
def test_dont_know(answer: str) -> None:
    assert is_dont_know(answer)
    assert not is_missing(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "  ",
        "Refused",
        "REFUSAL",
        "Prefer not to say",
        "Not applicable",
        "N/A",
        "Not asked",
        "(Refused)",
        "-",
        "\u2013",
    ],
)
def test_missing(answer: str) -> None:
    assert is_missing(answer)
    assert not is_dont_know(answer)


@pytest.mark.parametrize("answer", ["None", "No", "0", "Never", "Not at all", "Neither", "Knows", "Not a victim"])
def test_answers_that_are_answers(answer: str) -> None:
    assert not is_missing(answer)
    assert not is_dont_know(answer)
