"""A pasted paragraph: what is wrong is told, and nothing that could be right is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit.printed import round_half_up
from analysis.draft import (
    CHECKED,
    NOT_A_FIGURE,
    NOT_CHECKABLE,
    RESULTS,
    USED,
    WRONG,
    check_paragraph,
)

NOTHING = "Nothing was found in the text that gives it."


def told(text: str) -> dict[str, tuple[str, str]]:
    """Grade and reason by the number's words, those of no figure left out."""
    found = check_paragraph(text)
    found = found[found["grade"] != ""]
    return {row.text: (row.grade, row.why) for row in found.itertuples()}


def wrong(text: str) -> list[str]:
    found = check_paragraph(text)
    return list(found.loc[found["result"] == "wrong", "text"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Arson went from 421 to 466, up 10.7% (45).", "10.7%"),
        ("Arson went from 421 to 466, up 10.7% (45).", "45"),
        ("Arson rose by 45 (10.7%) to 466.", "10.7%"),
        ("There were 466 compared with 421 in the previous year, an increase of 10.7%.", "10.7%"),
        ("A 22% increase (+82) to 455.", "22%"),
        ("Arson fell by 45 (9.7%) to 421.", "9.7%"),
        ("22% (1,094) of 4,970 suspects.", "22%"),
        ("We closed 31 of 40 cases (78%).", "78%"),
        ("We closed 31 out of 40 cases, 78%.", "78%"),
        ("15% (6) of the 40 victims replied.", "15%"),
        ("Of the 289 complaints recorded, sixteen (6%) went to review.", "6%"),
        ("It is one in four (12,401 of 49,604).", "one in four"),
        ("It was 52% men and 48% women.", "48%"),
        ("20 people were safeguarded (14 children / 6 adults).", "20"),
        (
            "There are 60 cases: nine were local, one was directed, 28 were closed, 21 were open and one was neither.",
            "60",
        ),
        ("It rose by 8% (16,529) in the last 12 months, an average of 45 extra a day.", "45"),
        ("Confidence rose from 63% to 68%, up 5 points.", "5 points"),
        ("Confidence rose from 63% to 68%, up 7.9%.", "7.9%"),
        ("The wait fell from 24.85 seconds to 21.49 seconds, a fall of 13.5%.", "13.5%"),
        ("Robbery doubled from 40 to 82.", "82"),
        ("There were 5 times as many calls, up from 100 to 500 (400%).", "5 times"),
        ("There were 5 times as many calls, up from 100 to 500 (400%).", "400%"),
        ("Volume crime stood at 1,234, up from 1,000 (23.4%).", "23.4%"),
        ("Calls went up 5 times, from 100 to 500.", "5 times"),
        ("Arrests were down 25 per cent on last year, from 200 to 150.", "25 per cent"),
        ("Arrests rose 10% to 110 from 100.", "10%"),
        ("There were 12 cases, 4 more than 8 last year, a rise of 50%.", "50%"),
        ("There were 4 more than 8 last year, a rise of 50%.", "50%"),
        ("Confidence is 68%, up five percentage points from 63%.", "five percentage points"),
        ("We took 270,091 calls last year. 74.2% (200,465) of these were closed.", "74.2%"),
        ("One third of 90 cases (30) were closed.", "One third"),
        ("A quarter of victims (24%) replied.", "A quarter"),
        ("Seizures fell from £1.2m to £0.9m, down £0.3m (25%).", "£0.3m"),
        ("Waits fell from 12.5 minutes to 10 minutes, down 2.5 minutes.", "2.5 minutes"),
    ],
)
def test_what_follows_agrees(text: str, number: str) -> None:
    assert told(text)[number][0] == "agrees"
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "number", "grade", "why"),
    [
        ("Arson went from 421 to 466, up 12.7% (45).", "12.7%", "disagrees", "it should be 10.7%; one digit is mistyped: 2 for 0"),
        ("Arson went from 421 to 466, up 10.7% (54).", "54", "disagrees", "it should be 45; two digits are turned round"),
        (
            "Arson rose from 400 to 500, up 20% (100).", "20%", "disagrees",
            "it should be 25%; 20% would be right if divided by 500 instead of 400",
        ),
        (
            "Arson rose by 100 (20%) to 500.", "20%", "disagrees",
            "it should be 25%; 20% would be right if divided by 500 instead of 400",
        ),
        (
            "Arson fell from 500 to 400, down 25%.", "25%", "disagrees",
            "it should be 20%; 25% would be right if divided by 400 instead of 500",
        ),
        (
            "Arson fell by 100 (25%) to 400.", "25%", "disagrees",
            "it should be 20%; 25% would be right if divided by 400 instead of 500",
        ),
        ("Arson went from 500 to 400, up 20%.", "20%", "disagrees", "it should be −20%; the sign is turned round"),
        ("Arson rose by 45 (12.0%) to 466.", "12.0%", "disagrees", "it should be 10.7%"),
        (
            "We took 270,091 calls last year, which is 38% of all. 53.5% (200,465) of these have been closed.",
            "53.5%", "disagrees", "it should be 74.2%",
        ),
        ("Confidence is 68%, up nine points from 63%.", "nine points", "disagrees", "it should be 5"),
        ("Arrests rose to 90 from 100.", "90", "disagrees", "the words say a rise, but 100 to 90 is none"),
        ("One in four (30 of 150) agreed.", "One in four", "disagrees", "the numbers beside it make 20.0%"),
        ("Officers were 1,805, and increased by 131 to 1,971.", "131", "disagrees", "it should be 166"),
        ("22% (1,094) of 5,970 suspects.", "22%", "disagrees", "it should be 18%"),
        ("It is one in three (12,401 of 49,604).", "one in three", "disagrees", "the numbers beside it make 25.0%"),
        ("20 people were safeguarded (14 children / 5 adults).", "20", "disagrees", "the parts make 19, not 20"),
        ("There are 61 cases: nine were local, 30 were closed, 21 were open.", "61", "disagrees", "the parts make 60, not 61"),
        ("It rose by 16,529 in the year, an average of 55 a day.", "55", "disagrees", "it should be 45"),
        (
            "Confidence rose from 63% to 68%, a five per cent improvement.", "five per cent", "unit slip",
            "a change of a percentage is printed as per cent: it is 5 percentage points; as per cent it would be 7.9%",
        ),
        (
            "There was a decrease of -23% (-5,781).", "-23%", "disagrees",
            "the sign is turned round: the words say a fall already, and a fall by less than nothing is a rise",
        ),
        ("Arson increased from 50 to 40.", "40", "disagrees", "the words say a rise, but 50 to 40 is none"),
        ("Robbery doubled from 40 to 52.", "52", "disagrees", "“doubled”: 52 is 1.30 times 40"),
        ("We are 44th out of 43 forces.", "44th out of 43", "disagrees", "no place is beyond the last, 43"),
        ("Most are between 88% and 82%.", "82%", "disagrees", "a range runs from low to high: 88% is more than 82%"),
        ("120% of victims replied.", "120%", "disagrees", "a share of a whole cannot be more than 100%"),
        ("It saw a 13.5% (2) increase.", "13.5%", "disagrees", "no whole number exists of which 2 is 13.5%"),
        ("45 of the 40 cases were closed.", "45", "disagrees", "a part is more than its whole, 40"),
        ("52% agreed and the remaining 58% did not.", "58%", "disagrees", "with the shares before it, it makes 110%, not 100%"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_reason(text: str, number: str, grade: str, why: str) -> None:
    assert told(text)[number] == (grade, why)
    assert wrong(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Burglary fell from 421 to 400, while robbery rose by 12.5% (25).",
        "There were 466 arrests compared with 421 last year, and burglary increased by 9% (30) to 363.",
        "Arrests rose from 421 to 466, an increase of 12% on the baseline.",
        "Arrests rose from 421 in 2021/22 to 466 in 2022/23; this is 25% higher than the national average.",
        "Of 250 people arrested, 45 (18%) were charged and 30 (67%) of those were convicted.",
        "63% (8 respondents) agreed.",
        "Of the 200 calls, 150 were answered, 40 were abandoned and 30 came from one caller.",
        "20 arrests (14 charged, 3 bailed) were made.",
        "Response times reduced from 12.5 minutes to 11 minutes, an improvement of 12%.",
        "The difference between 88% and 82% is 6 points.",
        "Officers doubled from 100 to 205 and the rate of decline fell from 12% to 6%.",
        "An average of 45 calls a day were received in the year; 12,000 of them were about parking.",
        "The force received 227,486 calls in the last year, an average of 30 a day from Tamworth.",
        "120% of the budget was spent and arrests were 150% of the target.",
        "Seizures fell from £1.2m to £950k, down 21%.",
        "Seizures fell from £1.2m to £0.9m, down £300k.",
        "We saw 900 thousand of the 2 million people, 45%.",
        "It takes between 90 seconds and 2 minutes.",
        "Waits fell from 2 hours to 90 minutes, down 25%.",
        "Waits doubled from 30 minutes to 1 hour.",
        "The backlog was reduced from more than 7,000 to just over 650, a fall of 91%.",
        "Members increased from 12 (8 men and 4 women) to 20 (12 men and 8 women).",
        "8 out of 10 people (80%) agreed and 2 out of 10 (21%) did not know.",
        "Arrests decreased by 12 to 228 (−5%).",
        "Of which 60% were men, and the remaining 45% were young.",
        "Lines fell from 12 in April 2022 to 9 in April 2023, with a 24% decrease in the number of arrests.",
        "Robbery more than halved from 100 to 40.",
        "Calls went up 3 times, from 100 to 500.",
        "Women 63.88% and men 37.12%.",
        "We took 270,091 calls. 53.5% (200,465) of these incidents were closed.",
        "Of 900 calls, 400 came at night. 30% (90) of these were abandoned.",
        "There were 30 burglaries while robbery was up 12% from 400.",
        "Burglary stood at 30, robbery up 12% from 400.",
        "There were 30 arrests, an increase of 5% on 2021.",
        "One in four (22 of 100) agreed.",
        "Nearly half of them (60 of 100) agreed.",
    ],
)
def test_what_may_be_right_is_not_told_wrong(text: str) -> None:
    assert wrong(text) == []


def test_what_cannot_be_checked_says_what_is_missing() -> None:
    found = told("The force made 1,099 arrests and this has increased by 5%.")
    assert found["5%"] == ("cannot be checked", NOTHING)
    assert found["1,099"] == ("cannot be checked", NOTHING)


def test_a_share_in_words_that_is_neither_near_nor_another_is_left_open() -> None:
    assert told("One in four (22 of 100) agreed.")["One in four"] == (
        "cannot be checked",
        "the numbers beside it make 22.0%",
    )
    assert told("Nearly a quarter of victims (22%) replied.")["a quarter"][0] == "rounding"
    assert told("About a quarter of victims (21%) replied.")["a quarter"][0] == "cannot be checked"
    assert told("Calls went up 3 times, from 100 to 500.")["3 times"] == ("cannot be checked", "500 is 5.00 times 100")


def test_two_shares_of_opposites_say_what_they_make() -> None:
    found = told("Women 63.88% and men 37.12%.")
    assert found == dict.fromkeys(["63.88%", "37.12%"], ("cannot be checked", "the two shares make 101%"))
    assert told("It is 63.9% male and 36.0% female.")["36.0%"][0] == "rounding"
    assert told("It is 80% male and 40% female.")["40%"] == ("cannot be checked", NOTHING)


def test_an_input_says_what_rests_on_it() -> None:
    found = check_paragraph("Arson went from 421 to 466, up 10.7%. The force has 12 dogs.")
    assert list(found["result"]) == ["used", "used", "checked", "not checkable"]
    assert found["why"].iloc[0] == "it is used to work out “10.7%”"
    assert RESULTS == (CHECKED, USED, NOT_CHECKABLE, WRONG, NOT_A_FIGURE)


def test_the_recomputed_value_is_given_to_the_same_places_and_in_full() -> None:
    row = check_paragraph("Arson went from 421 to 466, up 12.7%.").iloc[2]
    assert row["recomputed"] == 10.7
    assert row["recomputed_in_full"] == pytest.approx(10.688836)
    assert (row["formula"], row["inputs"]) == ("(a − b) ÷ b × 100", "a = 466; b = 421")


def test_a_text_longer_than_a_report_is_refused() -> None:
    with pytest.raises(ValueError, match="The text has 200,001 characters: paste at most 200,000 at a time"):
        check_paragraph("a" * 200_001)


def test_a_place_out_of_two_totals_is_told_without_blame() -> None:
    found = told("We are 15th out of 42 forces. Before it was 20th out of 43 forces.")
    assert found["15th out of 42"] == (
        "cannot be checked", "It is out of 42 here and out of 43 elsewhere in the text.",
    )  # fmt: skip


_FEWER = settings(max_examples=settings.default.max_examples // 2)  # each checks several texts


@_FEWER
@given(st.integers(1, 99_999), st.integers(1, 99_999), st.integers(0, 2))
def test_a_true_change_is_never_wrong_and_a_false_one_always(earlier: int, later: int, places: int) -> None:
    per_cent = round_half_up(Fraction(later - earlier, earlier) * 100, places)
    words = "fell" if later < earlier else "rose"
    size = f"{float(abs(per_cent)):.{places}f}%"
    text = f"Arson {words} from {earlier:,} to {later:,}, {'down' if later < earlier else 'up'} {size} ({abs(later - earlier):,})."
    assert wrong(text) == []
    planted = text.replace(size, f"{float(abs(per_cent)) + 3:.{places}f}%")
    assert len(wrong(planted)) == 1
    assert wrong(text.replace(f"({abs(later - earlier):,})", f"({abs(later - earlier) + 1:,})"))


@_FEWER
@given(st.integers(1, 9_999), st.integers(0, 9_999), st.integers(0, 2))
def test_a_true_share_is_never_wrong(part: int, rest: int, places: int) -> None:
    share = round_half_up(Fraction(part, part + rest) * 100, places)
    text = f"{float(share):.{places}f}% ({part:,}) of {part + rest:,} cases were closed."
    assert wrong(text) == []
    assert told(text)[f"{float(share):.{places}f}%"][0] == "agrees"
