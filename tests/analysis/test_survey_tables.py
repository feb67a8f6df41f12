"""Printed tables: what is assumed is said in every row, and nothing is assumed that was not asked for."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.intervals import wilson
from analysis.survey_tables import table_estimates


def printed(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"question": ["Q12", "Q17"]} | columns)


def test_an_interval_stands_on_the_assumed_effective_base() -> None:
    told = table_estimates(printed(percent=[68.0, 69.0], base=[1602, 1602]), design_effect=1.5)
    assert (told["lower"][0], told["upper"][0]) == pytest.approx(wilson(0.68 * 1068, 1068))
    assert told["caveat"][0] == (
        "Assumed: a design effect of 1.5. Printed as a whole per cent: rounding alone may be half a point either way."
    )
    assert told["method"].tolist() == ["Wilson at an assumed effective base"] * 2


def test_rolling_satisfaction_needs_its_base_assumed() -> None:
    told = table_estimates(printed(percent=[78.0, 86.0]), base=5765, design_effect=1)
    assert told["caveat"][0].startswith("Assumed: 5,765 answers to every question, and a design effect of 1. Printed")


def test_a_base_that_is_printed_is_kept() -> None:
    told = table_estimates(printed(percent=[68.0, 69.0], base=[1602, None]), base=1500)
    assert told["n"].tolist() == [1602, 1500]
    assert ["1,500" in caveat for caveat in told["caveat"]] == [False, True]


@pytest.mark.parametrize(
    ("columns", "rounded"),
    [({"percent": [68.0, 69.0]}, True), ({"percent": [68.0, 69.4]}, False), ({"count": [680, 690]}, False)],
)
def test_rounding_is_told_where_every_per_cent_is_whole(columns: dict[str, list], rounded: bool) -> None:
    told = table_estimates(printed(base=[1000, 1000], **columns))
    assert told["caveat"].str.contains("half a point").tolist() == [rounded] * 2


def test_small_printed_bases_are_withheld_too() -> None:
    told = table_estimates(printed(percent=[68.0, 69.0], base=[35, 1602], area=["Leek", "all"]))
    assert told["group"].tolist() == ["Leek", "ALL"]
    assert told["caveat"][0].startswith("Too imprecise to show: the effective base is 28.0, under 30. Assumed:")
    assert told["estimate"].isna().tolist() == [True, False]


@pytest.mark.parametrize("method", ["wilson", "beta", "logit"])
def test_nobody_and_everybody(method: str) -> None:
    told = table_estimates(printed(percent=[0.0, 100.0], base=[1000, 1000]), method=method)
    assert (told["lower"][0], told["upper"][1]) == (0, 1)
    assert told["upper"][0] < 0.01 < 0.99 < told["lower"][1]


@pytest.mark.parametrize(
    ("columns", "asked", "sentence"),
    [
        ({"percent": [68.0, 69.0]}, {}, "Question Q12 has no base above 0. Say how many answers to assume."),
        (
            {"percent": [68.0, 69.0], "area": ["Leek", "Leek"], "base": [None, 9.0]},
            {},
            "Question Q12 in Leek has no base above 0. Say how many answers to assume.",
        ),
        ({"percent": [68.0, None]}, {"base": 100}, "Question Q17 has no per cent from 0 to 100."),
        ({"percent": [68.0, 101.0]}, {"base": 100}, "Question Q17 has no per cent from 0 to 100."),
        ({"percent": [1.0, 2.0]}, {"base": 0}, "A base and a design effect are above 0, not 0 and 1.25."),
    ],
)
def test_what_a_table_must_say(columns: dict[str, list], asked: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        table_estimates(printed(**columns), **asked)
