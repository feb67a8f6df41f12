"""How much something changed: which method is taken when, per cent or difference, and what is never claimed."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from analysis.change import (
    Change,
    compare_counts,
    compare_rolling,
    compare_shares,
    compare_values,
    default_dispersion,
)
from analysis.intervals import conditional_ratio, count_difference, fisher, log_rate_ratio, newcombe

COUNT = st.integers(min_value=0, max_value=500_000)
LARGE = st.integers(min_value=50, max_value=500_000)


# --- how much counts vary ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "spread"),
    [(0, 0, 1), (100, 100, 2), (0, 300, 2.5), (7899, 7899, 79.99), (7900, 7900, 80), (7900, 7902, 80), (9e5, 9e5, 80)],
)
def test_default_dispersion_is_one_and_a_hundredth_of_the_mean_up_to_eighty(
    earlier: float, later: float, spread: float
) -> None:
    assert default_dispersion(earlier, later) == pytest.approx(spread)


@given(COUNT, COUNT)
def test_the_default_rule_is_used_unless_a_dispersion_is_given(earlier: int, later: int) -> None:
    told = compare_counts(earlier, later)
    if min(earlier, later) >= 10:
        assert told.dispersion == default_dispersion(earlier, later)
        assert compare_counts(earlier, later, 3.5).dispersion == 3.5
    else:
        assert told == compare_counts(earlier, later, 3.5), "exact limits know no dispersion"
        assert told.dispersion == 1


# --- which method -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "exact"),
    [(9, 200, True), (200, 9, True), (9, 9, True), (10, 10, False), (10, 200, False), (200, 10, False), (0, 60, True)],
)
def test_either_count_under_ten_is_tested_exactly(earlier: int, later: int, exact: bool) -> None:
    told = compare_counts(earlier, later, 2)
    if exact:
        assert told.method.startswith("exact test of the two counts given their sum")
        assert told.p == conditional_ratio(earlier, later)[2]
    else:
        assert told.method.startswith("log rate ratio, variance 2 times the count")
        assert told.p == log_rate_ratio(earlier, later, 2)[2]


def test_no_per_cent_on_a_base_under_fifty() -> None:
    below, at = compare_counts(49, 60, 1), compare_counts(50, 60, 1)
    assert (below.percent, below.difference, below.caveat) == (None, 11, "No per cent on a base under 50.")
    assert (below.lower, below.upper) == count_difference(49, 60, 1)
    assert (
        below.method == "log rate ratio, variance 1 times the count; difference with limits by MOVER from Byar's limits"
    )
    low, high, _ = log_rate_ratio(50, 60, 1)
    assert (at.percent, at.difference, at.caveat) == (pytest.approx(20), 10, "")
    assert (at.lower, at.upper) == ((low - 1) * 100, (high - 1) * 100)


def test_a_small_later_count_on_a_base_of_fifty_has_exact_limits_in_per_cent() -> None:
    told = compare_counts(60, 6)
    low, high, p = conditional_ratio(60, 6)
    assert (told.percent, told.lower, told.upper, told.p) == (
        pytest.approx(-90), (low - 1) * 100, (high - 1) * 100, p,
    )  # fmt: skip


@pytest.mark.parametrize(("earlier", "later"), [(0, 0), (0, 1), (0, 5000), (1, 0), (5000, 0)])
def test_zero_is_a_count_like_any_other(earlier: int, later: int) -> None:
    told = compare_counts(earlier, later)
    assert told.difference == later - earlier
    assert told.percent == (-100 if earlier >= 50 else None)
    assert told.lower is not None
    assert told.upper is not None
    assert told.p is not None
    told_in = told.difference if told.percent is None else told.percent
    assert -math.inf < told.lower <= told_in <= told.upper < math.inf
    assert 0 <= told.p <= 1


@given(COUNT, COUNT, st.floats(0.2, 100), st.floats(0.5, 0.999))
@example(0, 0, 1.0, 0.95)
@example(49, 9, 1.0, 0.95)
@example(50, 0, 1.0, 0.95)
def test_a_change_of_counts_lies_in_its_interval(earlier: int, later: int, spread: float, level: float) -> None:
    told = compare_counts(earlier, later, spread, level)
    value = told.difference if told.percent is None else told.percent
    assert told.difference == later - earlier
    assert (told.percent is None) == (earlier < 50)
    assert told.lower is not None
    assert told.upper is not None
    assert told.lower - 1e-9 <= value <= told.upper + 1e-9
    assert told.confidence == level


@given(LARGE, LARGE, st.floats(0.2, 50))
def test_an_interval_in_per_cent_and_its_test_agree(earlier: int, later: int, spread: float) -> None:
    told = compare_counts(earlier, later, spread)
    assert told.p is not None
    assert told.lower is not None
    assert told.upper is not None
    if abs(told.p - 0.05) > 1e-9:
        assert (told.p < 0.05) == (not told.lower <= 0 <= told.upper)


# --- years that overlap -----------------------------------------------------------------------------------------------


def test_rolling_years_count_only_what_is_new() -> None:
    """Three new months replace three old ones: the variance is a quarter of that of two separate years."""
    told = compare_rolling(20000, 19000, 3, dispersion=10)
    error = math.sqrt(10 * 39000 / 4)
    excess = 6 * 9 / 4875 + 1 / 48750  # of one gamma-Poisson quarter with mean 4875; half of it for a difference
    t = stats.t(4 + 6 / (excess / 2))
    half = t.ppf(0.975) * error
    assert half == pytest.approx(1.961 * error, rel=1e-3), "so many that the tails are nearly normal"
    assert told.difference == -1000
    assert (told.percent, told.lower, told.upper) == (
        pytest.approx(-5),
        pytest.approx((-1000 - half) / 200),
        pytest.approx((-1000 + half) / 200),
    )
    assert told.p == pytest.approx(2 * t.sf(1000 / error))
    assert told.method == "overlapping years, 3 of 12 months new, variance 10 times the count"
    assert told.caveat == "The two periods share months; if those were revised since, the difference holds that too."


def test_rolling_years_keep_the_rules_of_small_numbers() -> None:
    below = compare_rolling(49, 60, 3)
    assert below.percent is None
    assert below.lower < 11 < below.upper
    assert below.caveat.endswith("No per cent on a base under 50.")
    assert compare_rolling(50, 60, 3).percent == pytest.approx(20)
    few = compare_rolling(9, 60, 3)
    assert (few.p, few.lower, few.upper, few.percent, few.difference) == (None, None, None, None, 51)
    assert few.untested == "A count under 10 over years that overlap is too small to tell what is new."
    assert compare_rolling(10, 60, 3).p is not None


def test_few_new_months_of_a_varying_count_have_long_tails() -> None:
    """A difference of two gamma-Poisson counts strays further than a normal one: its kurtosis is drawn here."""
    draw = np.random.default_rng(1)
    mean, spread = 2000.0, 80.0  # a quarter of 8,000 a year
    quarters = draw.poisson(draw.gamma(mean / (spread - 1), spread - 1, size=(2, 1_000_000)))
    excess = 6 * (spread - 1) / mean + 1 / (spread * mean)
    assert stats.kurtosis(quarters[0] - quarters[1]) == pytest.approx(excess / 2, abs=0.015)
    told = compare_rolling(8000, 8000, 3)
    assert told.upper is not None
    normal = 1.959963984540054 * math.sqrt(spread * 16000 / 4) / 80
    assert told.upper == pytest.approx(stats.t(4 + 12 / excess).ppf(0.975) / 1.959963984540054 * normal)
    assert 1.01 < told.upper / normal < 1.05


@given(st.integers(10, 200_000), st.integers(10, 200_000), st.integers(1, 10))
def test_more_new_months_are_a_wider_interval(earlier: int, later: int, months: int) -> None:
    few, more = compare_rolling(earlier, later, months), compare_rolling(earlier, later, months + 1)
    assert few.lower is not None
    assert few.upper is not None
    assert more.lower is not None
    assert more.upper is not None
    assert few.upper - few.lower < more.upper - more.lower
    assert few.dispersion == default_dispersion(earlier, later)


# --- shares and values ------------------------------------------------------------------------------------------------


def test_shares_change_in_points_and_never_in_per_cent() -> None:
    told = compare_shares(48, 80, 56, 70)
    lower, upper = newcombe(48, 80, 56, 70)
    expected = Change(
        difference=20.000000000000007, percent=None, lower=lower * 100, upper=upper * 100, p=fisher(48, 80, 56, 70),
        dispersion=None, confidence=0.95, method="Newcombe interval of the difference, Fisher's exact test",
    )  # fmt: skip
    assert told == expected


def test_values_of_unknown_spread_have_a_difference_and_nothing_else() -> None:
    told = compare_values(24.85, 21.49, untested="Nobody printed how they vary.")
    assert told.difference == -3.36, "as printed, without what floats add"
    assert (told.percent, told.lower, told.upper, told.p, told.dispersion) == (None, None, None, None, None)
    assert (told.method, told.untested) == ("difference only", "Nobody printed how they vary.")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: compare_counts(-1, 5), "A count is 0 or more, not -1."),
        (lambda: compare_counts(60, 70, dispersion=0), "A dispersion is above 0, not 0."),
        (lambda: compare_counts(6, 7, dispersion=-2), "A dispersion is above 0, not -2."),
        (lambda: compare_counts(60, 70, confidence=95), "A confidence level lies between 0 and 1, not at 95."),
        (lambda: compare_counts(600, 7, confidence=1), "A confidence level lies between 0 and 1, not at 1."),
        (lambda: compare_rolling(60, 70, 12), "Rolling years overlap when 1 to 11 months are new, not 12."),
        (lambda: compare_rolling(60, 70, 0), "Rolling years overlap when 1 to 11 months are new, not 0."),
        (lambda: compare_rolling(60, 70, 3, dispersion=0), "A dispersion is above 0, not 0."),
        (lambda: compare_rolling(60, 70, 3, confidence=2), "A confidence level lies between 0 and 1, not at 2."),
        (lambda: compare_rolling(-1, 70, 3), "A count is 0 or more, not -1."),
        (
            lambda: compare_shares(5, 4, 1, 2),
            "A share needs a count from 0 to its base and a base above 0, not 5 of 4.",
        ),
        (lambda: compare_values(math.nan, 2), "Both values are needed to say how much changed."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(call, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        call()
