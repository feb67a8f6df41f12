"""Rolling years: overlap is counted, and only years apart are told as separate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.intervals import newcombe
from analysis.rolling import rolling_difference, separate_periods, variance_factor
from analysis.survey_waves import score_test


def test_years_apart_are_two_independent_samples() -> None:
    lower, upper, p = rolling_difference(0.78, 4612, 0.76, 4612, 12)
    assert (lower, upper) == pytest.approx(newcombe(0.78 * 4612, 4612, 0.76 * 4612, 4612))
    assert p == score_test(0.78, 4612, 0.76, 4612)
    assert rolling_difference(0.78, 4612, 0.76, 4612, 40) == (lower, upper, p)


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_false_alarms_come_one_time_in_twenty_at_every_lag(months: int, full: bool) -> None:
    chance = np.random.default_rng(months)
    repeats, each = 20_000 if full else 3_000, 400
    yes = chance.binomial(each, 0.78, (repeats, 12 + months))
    first, second = yes[:, :12].sum(axis=1), yes[:, months:].sum(axis=1)
    base = 12 * each
    p = [rolling_difference(a / base, base, b / base, base, months)[2] for a, b in zip(first, second, strict=True)]
    assert 0.036 < np.mean(np.array(p) < 0.05) < 0.064


def test_less_than_a_month_apart_is_no_difference() -> None:
    with pytest.raises(ValueError, match=r"^Two rolling figures lie at least one month apart, not 0\.$"):
        variance_factor(0)


def test_periods_that_share_a_month_are_left_out() -> None:
    ends = [pd.Timestamp(day) for day in ("2021-12-31", "2022-03-31", "2022-04-30", "2023-03-31")]
    assert separate_periods(ends) == [pd.Timestamp("2022-03-31"), pd.Timestamp("2023-03-31")]
    assert separate_periods([]) == []
