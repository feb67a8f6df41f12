"""A change said in words: every sentence of the release reads well and says no more than its verdict allows."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.change_words import MARKS, change_phrase, change_sentence, count_sentence, interval_phrase
from analysis.changes import changes
from analysis.verdicts import VERDICTS
from tests.published import release

# Typed by hand from the report's tables; the limits were worked out apart from this code (log rate ratio with the
# default dispersion, Newcombe, MOVER from Byar's limits).
SAID = {
    ("previous", "calls_999", ""): (
        "999 calls: 227,486 in the 12 months to 31 March 2023, up 7.8% on the 12 months before (210,957). "
        "Likely change: unusual for an unchanged rate (95% interval up 2.3% to up 13.7%), but not beyond doubt among "
        "63 comparisons."
    ),
    ("previous", "answer_time_999", ""): (
        "Average time to answer 999 calls: 21.49 seconds in the 12 months to 31 March 2023, down 3.36 seconds on the "
        "12 months before (24.85 seconds). No verdict: the report prints neither a base nor a spread for it, so only "
        "the difference is told."
    ),
    ("previous", "abandoned_101_waits", ""): (
        "Abandoned 101 calls by wait: 110,825 in the 12 months to 31 March 2023, up 25.3% on the 12 months before "
        "(88,440). Real change, for the worse: an unchanged rate would hardly give this (95% interval up 15.8% to up "
        "35.6%)."
    ),
    ("previous", "abandoned_101_wait_share", "wait=94 s-5 min"): (
        "Abandoned 101 calls by wait, share, 94 s-5 min: 35% in the 12 months to 31 March 2023, up 4.8 points on the "
        "12 months before (30%). Real change: an unchanged rate would hardly give this (95% interval up 4.4 points to "
        "up 5.3 points)."
    ),
    ("previous", "fatal_collisions", ""): (
        "Fatal collisions: 38 in the 12 months to 31 March 2023, 12 more than in the 12 months before (26). Cannot "
        "tell: an unchanged rate could give this (95% interval 4 fewer to 29 more)."
    ),
    ("previous", "homicide", "offence=Manslaughter"): (
        "Homicide, manslaughter: 3 in the 12 months to 31 March 2023, unchanged from the 12 months before (3). Not "
        "comparable: crime validation backlog cleared. The report prints no reported count of its own for this."
    ),
    ("previous", "more_serious_violence_validated", ""): (
        "More serious violence with injury (validated): 1,597 in the 12 months to 31 March 2023, up 93.3% on the 12 "
        "months before (826). Not comparable: crime validation backlog cleared; strangulation and suffocation become "
        "an offence of their own. Without the new offence (512): 1,085, up 31.4%. Still touched by: crime validation "
        "backlog cleared."
    ),
    ("previous", "speedwatch_groups", ""): (
        "Speedwatch groups: 77 in 2022, 11 more than in 2021 (66). No verdict: a standing number, not events that "
        "happen."
    ),
    ("previous", "confidence_q12", ""): (
        "Q12 Confidence in Staffordshire Police: 68% in January 2023, up 5.0 points on June 2022 (63%). No verdict: "
        "the report prints neither a base nor a spread for it, so only the difference is told."
    ),
    ("baseline", "asb", ""): (
        "Anti-social behaviour: 19,640 in the 12 months to 31 March 2023, down 36.8% on the 12 months to 31 March 2020 "
        "(31,094). Not comparable: closer scrutiny of what is recorded as ASB. The report prints no count that both "
        "periods record alike."
    ),
    ("baseline", "handling_stolen_goods_reported", ""): (
        "Handling stolen goods (reported): 6 in the 12 months to 31 March 2023, down 91.5% on the 12 months to 31 "
        "March 2020 (71). Real change: an unchanged rate would hardly give this (95% interval down 97.0% to "
        "down 80.7%)."
    ),
    ("baseline", "drink_driving_arrests", ""): (
        "Drink driving arrests: 1,099 in the 12 months to 31 March 2023, up 3.7% on the 12 months to 31 March 2020 "
        "(1,060). Cannot tell: an unchanged rate could give this (95% interval down 22.4% to up 38.5%)."
    ),
}  # fmt: skip


def told(against: str, **more: Any) -> pd.DataFrame:
    own = release()
    return changes(own.figures, own.measures, own.tables, own.events, own.statements, against, **more)


@pytest.fixture(scope="module")
def every() -> dict[str, pd.DataFrame]:
    """Both comparators as they stand, and with assumptions that turn many verdicts over."""
    frames = {against: told(against) for against in ("previous", "baseline")}
    frames["sure of everything"] = told("previous", dispersion=0.01)
    frames["99% interval"] = told("baseline", confidence=0.99)
    return frames


@pytest.mark.parametrize("key", SAID, ids=lambda key: f"{key[1]}{key[2]}")
def test_these_sentences_are_as_a_person_wrote_them(every: dict[str, pd.DataFrame], key: tuple[str, str, str]) -> None:
    against, measure, breakdown = key
    rows = every[against]
    found = rows[(rows["measure"] == measure) & (rows["breakdown"] == breakdown)]
    assert found["sentence"].tolist() == [SAID[key]]


# --- every sentence ---------------------------------------------------------------------------------------------------

WRONG = [
    r"\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|\binf\b",
    r"(up|down|by|more|fewer) [-−]",
    r"(increase|decrease|rise|fall) of [-−]",
    r"  |\s[.,;:)]|\(\s|\.\.|,,|;;",
    r"\b0 (more|fewer)\b|(up|down) 0\.0+( |%)|-0\b|−0\.0",
    r"(?i)\bsignifican",
    r"\bunchanged on\b|\bmore on\b|\bfewer on\b",
    r"points%|% points|percent\b",
    r"(more|fewer|points|%|seconds|minutes|hours) than (the|2)",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_no_sentence_reads_badly(every: dict[str, pd.DataFrame], wrong: str) -> None:
    for name, rows in every.items():
        for text in ("sentence", "nearest"):
            assert [said for said in rows[text] if re.search(wrong, said)] == [], name


def test_every_sentence_opens_with_its_name_and_value_and_ends_with_a_full_stop(every: dict[str, pd.DataFrame]) -> None:
    shape = re.compile(
        r"^.+: (£?[\d,.]+(%|( [a-z]+)*)) in (the 12 months to \d+ \w+ \d{4}|[A-Z]\w+ \d{4}|\d{4}), "
        r"(unchanged from|(up|down) [£\d,.a-z% ]+ on|[\d,]+ (more|fewer) than in) .+ \(.+\)\. "
        r"(Real change|Likely change|Cannot tell|No change|Not comparable|No verdict)\b.*\.$"
    )
    for rows in every.values():
        for row in rows.itertuples():
            assert row.sentence.startswith(row.title), row.sentence
            assert shape.match(row.sentence), row.sentence


def test_each_verdict_is_said_once_and_in_its_own_words(every: dict[str, pd.DataFrame]) -> None:
    opening = {verdict: verdict.capitalize() for verdict in VERDICTS}
    for rows in every.values():
        for row in rows.itertuples():
            said = re.findall(
                r"(?<=\. )(Real change|Likely change|Cannot tell|No change|Not comparable|No verdict)", row.sentence
            )
            assert said == [opening[row.verdict]], row.sentence
    seen = {verdict for rows in every.values() for verdict in rows["verdict"]}
    assert seen >= {"real change", "likely change", "cannot tell", "not comparable", "no verdict"}


def test_percentages_move_in_points_and_counts_under_fifty_in_counts(every: dict[str, pd.DataFrame]) -> None:
    for rows in every.values():
        for row in rows.itertuples():
            moved = re.search(r", (unchanged|(up|down) .*?|[\d,]+ (more|fewer)) (from|on|than in) ", row.sentence)
            assert moved, row.sentence
            if row.unit == "percent":
                assert "%" not in moved[1], row.sentence
                assert moved[1] == "unchanged" or moved[1].endswith(" points")
            if row.unit == "count" and row.earlier_value < 50:
                assert "%" not in moved[1], row.sentence


def test_better_and_worse_are_said_where_the_verdict_has_them(every: dict[str, pd.DataFrame]) -> None:
    for rows in every.values():
        for row in rows.itertuples():
            said = re.findall(r"change, for the (better|worse):", row.sentence)
            assert said == ([row.better_or_worse] if row.better_or_worse else []), row.sentence


def test_the_level_and_the_family_are_those_of_the_result(every: dict[str, pd.DataFrame]) -> None:
    level = every["99% interval"]
    assert level["sentence"].str.contains("99% interval").sum() == (level["p_holm"].notna()).sum()
    assert not level["sentence"].str.contains("95% interval").any()
    for rows in every.values():
        likely = rows[rows["verdict"] == "likely change"]
        assert likely["sentence"].str.contains(f"among {rows['family'].iloc[0]} comparisons.", regex=False).all()


# --- the phrases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("difference", "percent", "unit", "places", "said"),
    [
        (3350, 47.303, "count", 0, "up 47.3%"),
        (-3350, -47.35, "count", 0, "down 47.4%"),
        (20, 0.04, "count", 0, "up by less than 0.1%"),
        (-20, -0.0499, "count", 0, "down by less than 0.1%"),
        (0, 0.0, "count", 0, "unchanged"),
        (0, None, "count", 0, "unchanged"),
        (-1, None, "count", 0, "1 fewer"),
        (1234, float("nan"), "count", 0, "1,234 more"),
        (20000, 2381.0, "count", 0, "up 2,381.0%"),
        (5, None, "percent", 0, "up 5.0 points"),
        (-11.0505, None, "percent", 0, "down 11.1 points"),
        (-1.125, None, "percent", 2, "down 1.13 points"),
        (0.04, None, "percent", 0, "up by less than 0.1 points"),
        (-0.004, None, "percent", 2, "down by less than 0.01 points"),
        (0, None, "percent", 2, "unchanged"),
        (-3.36, None, "seconds", 2, "down 3.36 seconds"),
        (500, None, "gbp_thousand", 0, "up £500,000"),
        (3.9, None, "not_stated", 1, "up 3.9"),
    ],
)
def test_how_much_something_moved(difference: float, percent: float | None, unit: str, places: int, said: str) -> None:
    assert change_phrase(difference, percent, unit, places) == said


@pytest.mark.parametrize(
    ("lower", "upper", "percent", "unit", "said"),
    [
        (-11.9, -3.96, -8.0, "count", "down 11.9% to down 4.0%"),
        (-0.04, 2.0, 1.0, "count", "0.0% to up 2.0%"),
        (-0.4, 8.5, None, "count", "unchanged to 9 more"),
        (0.03, 0.5, None, "percent", "up by less than 0.1 points to up 0.5 points"),
        (-2.04, 0.0, None, "percent", "down 2.0 points to unchanged"),
    ],
)
def test_limits_are_said_in_the_terms_of_the_change(
    lower: float, upper: float, percent: float | None, unit: str, said: str
) -> None:
    assert interval_phrase(lower, upper, percent, unit) == said


@given(
    st.floats(-1e6, 1e6),
    st.one_of(st.none(), st.floats(-100, 1e5)),
    st.sampled_from(["count", "percent", "seconds", "gbp_thousand"]),
)
def test_a_phrase_never_carries_a_sign(difference: float, percent: float | None, unit: str) -> None:
    said = change_phrase(difference, percent, unit)
    assert not re.search(r"[-−]\d|nan", said)
    assert said == "unchanged" or re.match(r"(up|down) |[\d,]+ (more|fewer)$", said)


def made(**more: Any) -> SimpleNamespace:
    row = {
        "title": "Time in custody", "breakdown": "", "unit": "hours", "difference": 0.4, "percent": None,
        "later_value": 21.0, "later_printed": "21", "earlier_value": 20.6, "earlier_printed": "20.6",
        "later_start": pd.Timestamp("2022-04-01"), "later_end": pd.Timestamp("2023-03-31"),
        "earlier_start": pd.Timestamp("2021-04-01"), "earlier_end": pd.Timestamp("2022-03-31"), "verdict": "no verdict",
        "untested": "", "confidence": 0.95, "better_or_worse": "",
    }  # fmt: skip
    return SimpleNamespace(**(row | more))


def test_each_value_keeps_the_decimals_it_was_printed_with() -> None:
    moved = "up 0.4 hours on the 12 months before (20.6 hours)."
    said = change_sentence(made(), 5)
    assert said.startswith(f"Time in custody: 21 hours in the 12 months to 31 March 2023, {moved} ")


def test_a_name_may_be_given_and_overlapping_years_are_called_by_their_ends() -> None:
    rolling = made(earlier_start=pd.Timestamp("2022-01-01"), earlier_end=pd.Timestamp("2022-12-31"))
    said = change_sentence(rolling, 5, name="This")
    assert said.startswith("This: 21 hours in the 12 months to 31 March 2023, up 0.4 hours on 2022 (20.6 hours).")


def test_a_reason_that_opens_with_an_acronym_keeps_its_capitals() -> None:
    said = change_sentence(made(verdict="not comparable", broken_by="ASB counted anew; Other codes", nearest=""), 5)
    assert said.endswith("Not comparable: ASB counted anew; other codes.")


def test_every_verdict_has_a_mark_of_its_own() -> None:
    assert list(MARKS) == VERDICTS
    assert len(set(MARKS.values())) == len(VERDICTS)


def test_the_opening_sentence_counts_what_it_says(every: dict[str, pd.DataFrame]) -> None:
    rows = every["previous"]
    numbers = [int(number) for number in re.findall(r"\d+", count_sentence(rows))]
    real, broken = (rows["verdict"] == "real change").sum(), (rows["verdict"] == "not comparable").sum()
    assert (numbers[0], numbers[-1]) == (real, broken)
