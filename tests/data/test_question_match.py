"""Questions that are one and the same in two waves, whatever each wave calls them."""

from __future__ import annotations

from data.profile import Profile, Question
from data.question_match import reworded, same_questions

RELY, SAFE = "The police can be relied on", "How safe do you feel after dark?"
AGREE, YES = ("Agree", "Neither", "Disagree"), ("Yes", "No")


def asked(**questions: tuple[str, tuple[str, ...]]) -> Profile:
    return Profile(questions={key: Question(key.lower(), words, order) for key, (words, order) in questions.items()})


def test_the_same_words_are_the_same_question_even_where_names_have_moved() -> None:
    before = asked(Q4=(RELY, AGREE), Q5=(SAFE, YES), Q6=("", YES))
    after = asked(Q5=(f" {RELY.upper()}", AGREE), Q6=(SAFE, YES), Q7=("New", AGREE))
    assert same_questions(before, after) == {"Q4": "Q5", "Q5": "Q6"}
    assert reworded(before, after) == []


def test_one_name_stays_one_question_and_other_words_are_told() -> None:
    before, after = asked(Q4=(RELY, AGREE)), asked(Q4=("The police can always be relied on", AGREE))
    assert same_questions(before, after) == {"Q4": "Q4"}
    assert reworded(before, after)[0][1].startswith("Question 'Q4' asks “The police can always be relied on”; it asked")


def test_the_same_answers_count_only_with_much_the_same_words_and_no_rival() -> None:
    before = asked(rely=("Police can be relied on", AGREE))
    assert same_questions(before, asked(Q4=(RELY, AGREE))) == {"rely": "Q4"}
    assert same_questions(before, asked(Q4=("Crime has gone up lately", AGREE))) == {}
    assert same_questions(before, asked(Q4=(RELY, AGREE), Q5=("Police are polite", AGREE))) == {}
    assert same_questions(asked(rely=("", AGREE)), asked(Q4=("", AGREE))) == {"rely": "Q4"}


def test_profiles_without_questions_have_none_in_common() -> None:
    assert same_questions(Profile("monthly"), Profile("monthly")) == {}
