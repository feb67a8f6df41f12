"""Anyone's own numbers are compared by the same methods as the report's."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.change import compare_counts
from analysis.own_numbers import compare_numbers


def test_counts_tell_per_cent_on_a_base_of_fifty_and_the_difference_below() -> None:
    numbers = pd.DataFrame({"earlier": [50.0, 49.0, 60.0, 0.0], "later": [60.0, 60.0, 9.0, 0.0]}, index=[5, 6, 7, 8])
    rows = compare_numbers("counts", numbers)
    assert rows.index.tolist() == [5, 6, 7, 8]
    assert rows["estimate"].tolist() == pytest.approx([20, 11, -85, 0])
    for row, (earlier, later) in zip(rows.itertuples(), numbers.to_numpy(), strict=True):
        change = compare_counts(earlier, later)
        assert (row.lower, row.upper, row.p) == (change.lower, change.upper, change.p)
    assert [method.split(",")[0] for method in rows["method"]] == [
        "per cent change", "difference", "per cent change", "difference",
    ]  # fmt: skip
    assert "exact test" in rows["method"].iloc[2]


def test_a_dispersion_of_ones_own_is_used_and_a_blank_one_is_the_rule() -> None:
    numbers = pd.DataFrame({"earlier": [1000.0, 1000.0], "later": [1100.0, 1100.0], "dispersion": [3.0, math.nan]})
    methods = compare_numbers("counts", numbers)["method"].tolist()
    assert methods[0] == "per cent change, log rate ratio, variance 3 times the count"
    assert methods[1] == "per cent change, log rate ratio, variance 11.5 times the count"


def test_rates_have_no_p_and_name_their_limits() -> None:
    rows = compare_numbers("rates", pd.DataFrame({"count": [9.0, 10.0], "pop": [9000.0, 12000.0]}))
    assert rows["p"].isna().all()
    assert rows["method"].tolist() == ["rate per 1,000, exact Poisson limits", "rate per 1,000, Byar's limits"]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("rates", {"count": [20.0], "pop": [9000.0]}),
        ("shares", {"x1": [20.0], "n1": [90.0], "x2": [40.0], "n2": [80.0]}),
        ("counts", {"earlier": [200.0], "later": [240.0]}),
        ("counts", {"earlier": [20.0], "later": [24.0]}),
    ],
)
def test_more_confidence_is_a_wider_interval_around_the_same_estimate(
    kind: str, numbers: dict[str, list[float]]
) -> None:
    usual, sure = (compare_numbers(kind, pd.DataFrame(numbers), level).iloc[0] for level in (0.95, 0.99))
    assert sure["lower"] < usual["lower"] < usual["estimate"] < usual["upper"] < sure["upper"]
    assert usual["estimate"] == sure["estimate"]
