"""Rates: R's limits of each, statsmodels' tests against the rest, dispersion, and the shape shared with surveys."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis.area_rates import rates_against_rest
from analysis.area_rest import against_rest
from analysis.areas import compare_areas
from analysis.intervals import count_difference
from data.engine import attach
from data.survey_sums import survey_sums
from tests.surveys import ALIKE, ANSWERS, known, survey


def two(value: float, population: float, other: float, others: float, **asked: object) -> pd.Series:
    counts = pd.DataFrame({"wave": "2022", "question": "burglary", "area": ["North", "South"], "value": [value, other]})
    return rates_against_rest(counts.assign(population=[population, others]), **asked).iloc[0]


def test_rs_limits_exact_below_ten_events_and_byars_from_ten_on() -> None:
    counts = pd.read_csv(ANSWERS / "inputs" / "rates.csv").rename(columns={"item": "area", "count": "value"})
    counts = counts.rename(columns={"pop": "population"}).assign(wave="", question="all")
    told, expected = rates_against_rest(counts), known("rates")
    for mine, theirs in {"estimate": "rate_per_1000", "lower": "phe_lo_per_1000", "upper": "phe_hi_per_1000"}.items():
        assert (told[mine] - expected[theirs]).abs().max() <= ALIKE, mine


@pytest.mark.parametrize(
    ("numbers", "score", "exact"),
    [
        ((60, 12000, 400, 110000), 0.02088973144232036, None),
        ((315, 113900, 3150, 900000), 6.480250726547048e-05, None),
        ((3, 5000, 80, 60000), None, 0.214629764773905),
    ],
)
def test_another_librarys_tests(numbers: tuple[float, ...], score: float | None, exact: float | None) -> None:
    """statsmodels 0.15, test_poisson_2indep: method "score", and "exact-cond" below ten."""
    assert two(*numbers, dispersion=1)["p"] == pytest.approx(score or exact, abs=1e-10)


def test_another_librarys_wald_test() -> None:
    """statsmodels 0.15, test_poisson_2indep(method="wald", compare="diff")."""
    assert two(60, 12000, 400, 110000, dispersion=1, test="wald")["p"] == pytest.approx(0.042010958876449865, abs=1e-10)


def test_equal_populations_give_the_limits_of_two_counts() -> None:
    for dispersion in (1.0, 7.0):
        told = two(38, 1000, 26, 1000, dispersion=dispersion)
        limits = count_difference(26, 38, dispersion)
        assert told[["difference_lower", "difference_upper"]].tolist() == pytest.approx(limits, abs=1e-12)


def test_dispersion_makes_a_difference_less_sure_and_leaves_the_rates_own_interval() -> None:
    usual, alone = two(3000, 100000, 25000, 900000), two(3000, 100000, 25000, 900000, dispersion=1)
    assert alone["p"] < 0.0001 < usual["p"]
    assert usual[["lower", "upper"]].tolist() == alone[["lower", "upper"]].tolist()
    assert usual["difference_upper"] > alone["difference_upper"]
    assert "allows 31 times its variance" in usual["caveat"]
    assert usual["n_effective"] == pytest.approx(3000 / 31)


def test_the_force_may_be_more_than_its_areas() -> None:
    counts = pd.DataFrame(
        {"wave": "", "question": "b", "area": ["ALL", "N"], "value": [100.0, 30], "population": [9e3, 3e3]}
    )
    told = rates_against_rest(counts).iloc[0]
    assert told[["estimate", "rest", "force"]].tolist() == pytest.approx([10, 70 / 6, 100 / 9])
    assert told["from_force"] == pytest.approx(10 - 100 / 9)
    assert told["caveat"].endswith("times its variance.")
    with pytest.raises(ValueError, match="a part of it"):
        rates_against_rest(counts.assign(value=[20.0, 30]))


def test_nothing_anywhere_is_no_difference() -> None:
    assert two(0, 1000, 0, 1000)["p"] == 1.0


def test_rates_leave_in_the_shape_of_surveys() -> None:
    profile, prepared = survey("survey_clean.csv")
    counted = survey_sums(attach(prepared.frame), profile, by="area", waves=["2023-01"])
    of_survey = compare_areas(against_rest(counted.sums, counted.design))
    counts = pd.DataFrame(
        {"wave": "", "question": "b", "area": [*"ABCDE"], "value": [50.0, 60, 55, 52, 300], "population": 1e4}
    )
    told = compare_areas(rates_against_rest(counts))
    weights = {"sum_weights", "sum_weights_force", "design_effect", "degrees"}
    assert set(of_survey) - weights <= set(told)
    assert told["verdict"].tolist()[-1] == "differs"
    assert told[["rank_low", "rank_high"]].iloc[-1].tolist() == [1, 1]
    assert set(told["family"]) == {"5 comparisons: rate per 1,000 of every question, every area"}


def test_one_area_has_no_rest() -> None:
    counts = pd.DataFrame({"wave": "", "question": "b", "area": ["N"], "value": [5.0], "population": [1e3]})
    told = compare_areas(rates_against_rest(counts))
    assert told["verdict"].tolist() == ["no verdict"]
    assert told["withheld"].all()


@pytest.mark.parametrize(
    ("asked", "numbers", "sentence"),
    [
        ({"test": "t"}, (5, 1, 5, 1), "A test is one of score, wald, not t."),
        ({}, (5, 0, 5, 1), "The rate of North needs a population above 0, not 0."),
        ({}, (-1, 1, 5, 1), "A count is 0 or more, not -1."),
        ({"dispersion": 0.0}, (5, 1, 5, 1), "A dispersion is above 0, not 0.0."),
    ],
)
def test_what_cannot_be_a_rate(asked: dict[str, object], numbers: tuple[int, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        two(*numbers, **asked)


def test_missing_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="not nan"):
        two(np.nan, 10, 5, 10)
