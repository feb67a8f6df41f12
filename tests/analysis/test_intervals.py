"""Intervals and tests against R's answers, and the rules that every interval must keep."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from analysis.intervals import (
    benjamini_hochberg,
    byar,
    clopper_pearson,
    conditional_ratio,
    count_difference,
    exact_poisson,
    fisher,
    holm,
    instead_of_hidden,
    jeffreys,
    log_rate_ratio,
    newcombe,
    rate,
    wilson,
)
from tests.serving import ROOT

ANSWERS = ROOT / "tests" / "known_answers"
PAIRS = pd.read_csv(ANSWERS / "expected" / "proportion_pairs.csv")
RATES = pd.read_csv(ANSWERS / "expected" / "rates.csv")


def close(value: float, expected: float) -> bool:
    """Within 1e-8, or within half of the twelfth digit, the last that R's file holds."""
    return math.isclose(value, expected, rel_tol=5e-12, abs_tol=1e-8)


# --- R's answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", list(PAIRS.itertuples()), ids=PAIRS["item"])
def test_shares_are_as_r_gives_them(row: tuple) -> None:
    found = {
        "wilson1": wilson(row.x1, row.n1),
        "wilson2": wilson(row.x2, row.n2),
        "cp1": clopper_pearson(row.x1, row.n1),
        "jef1": jeffreys(row.x1, row.n1),
        "newcombe": newcombe(row.x1, row.n1, row.x2, row.n2),
    }
    for name, (lower, upper) in found.items():
        assert close(lower, getattr(row, f"{name}_lo")), name
        assert close(upper, getattr(row, f"{name}_hi")), name
    assert close(wilson(row.x1, row.n1)[0], row.prop_test_wilson_lo)
    assert close(fisher(row.x1, row.n1, row.x2, row.n2), row.fisher_p)


def test_corrections_are_as_r_gives_them() -> None:
    p = list(PAIRS["fisher_p"])
    assert all(map(close, holm(p), PAIRS["holm"]))
    assert all(map(close, benjamini_hochberg(p), PAIRS["bh"]))


@pytest.mark.parametrize("row", list(RATES.itertuples()), ids=RATES["item"])
def test_rates_are_as_r_gives_them(row: tuple) -> None:
    assert all(map(close, byar(row.count), (row.byar_lo, row.byar_hi)))
    assert all(map(close, exact_poisson(row.count), (row.exact_lo, row.exact_hi)))
    expected = (row.rate_per_1000, row.phe_lo_per_1000, row.phe_hi_per_1000)
    assert all(map(close, rate(row.count, row.pop), expected))


@pytest.mark.parametrize("series", ["asb", "calls_999", "calls_101"])
def test_change_of_twelve_months_is_as_r_gives_it(series: str) -> None:
    expected = json.loads((ANSWERS / "expected" / "counts.json").read_text(encoding="utf-8"))[series]["change12"]
    spread = json.loads((ANSWERS / "expected" / "counts_ar1.json").read_text(encoding="utf-8"))[series]
    months = pd.read_csv(ANSWERS / "inputs" / "monthly_counts.csv")[series]
    earlier, later = months.iloc[-24:-12].sum(), months.iloc[-12:].sum()
    assert (earlier, later) == (expected["prev12"], expected["last12"])
    assert later - earlier == expected["diff"]
    assert close((later / earlier - 1) * 100, expected["pct"])
    for dispersion, kind in ((1.0, "poisson"), (spread["pre_step_dispersion"], "overdispersed")):
        low, high, _ = log_rate_ratio(earlier, later, dispersion)
        assert close((low - 1) * 100, expected[f"{kind}_pct_lo"]), kind
        assert close((high - 1) * 100, expected[f"{kind}_pct_hi"]), kind


# --- answers known from elsewhere -------------------------------------------------------------------------------------


def test_published_examples() -> None:
    """Newcombe (1998) prints 0.0524 to 0.3339; R's binom.test and poisson.test print the others."""
    assert [round(limit, 4) for limit in newcombe(48, 80, 56, 70)] == [0.0524, 0.3339]
    assert [round(limit, 4) for limit in clopper_pearson(7, 20)] == [0.1539, 0.5922]
    assert [round(limit, 4) for limit in exact_poisson(10)] == [4.7954, 18.3904]


def test_conditional_ratio_by_hand() -> None:
    """Given a sum of 6, all 6 later: p is 2 / 64, and the lower limit solves share ** 6 = 0.025."""
    lower, upper, p = conditional_ratio(0, 6)
    share = 0.025 ** (1 / 6)
    assert math.isclose(lower, share / (1 - share))
    assert (upper, p) == (math.inf, pytest.approx(2 / 64))
    assert conditional_ratio(6, 0)[0] == 0
    assert conditional_ratio(5, 5)[2] == pytest.approx(1)
    assert conditional_ratio(0, 0) == (0, math.inf, 1)


def test_holm_by_hand() -> None:
    """Each p by how many are left, never less than the one before, never above 1; ties and order kept."""
    assert holm([0.04, 0.01, 0.01, 0.9]) == pytest.approx([0.08, 0.04, 0.04, 0.9])
    assert holm([0.6, 0.7]) == [1, 1]
    assert holm([]) == []
    assert benjamini_hochberg([]) == []


# --- what every interval must keep ------------------------------------------------------------------------------------

COUNT = st.integers(min_value=0, max_value=100_000)
SOME = st.integers(min_value=1, max_value=100_000)
LEVEL = st.floats(min_value=0.5, max_value=0.999)
SPREAD = st.floats(min_value=0.1, max_value=200)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    """A count and its base."""
    base = draw(st.integers(min_value=1, max_value=20_000))
    return draw(st.integers(min_value=0, max_value=base)), base


@given(shares(), LEVEL)
@example((0, 30), 0.95)
@example((30, 30), 0.95)
def test_limits_of_a_share_stand_around_it(share: tuple[int, int], level: float) -> None:
    x, n = share
    for method in (wilson, clopper_pearson, jeffreys):
        lower, upper = method(x, n, level)
        assert 0 <= lower <= x / n + 1e-12, method.__name__
        assert x / n - 1e-12 <= upper <= 1, method.__name__
        assert lower < upper
    assert (wilson(x, n, level)[0] == 0) == (x == 0)
    assert (wilson(x, n, level)[1] == 1) == (x == n)
    exact, score = clopper_pearson(x, n, level), jeffreys(x, n, level)
    assert exact[0] <= score[0] + 1e-12, "the exact limits are the wider ones"
    assert score[1] <= exact[1] + 1e-12


@given(shares(), LEVEL)
def test_what_is_not_counted_has_the_mirrored_limits(share: tuple[int, int], level: float) -> None:
    x, n = share
    for method in (wilson, clopper_pearson, jeffreys):
        lower, upper = method(x, n, level)
        other = method(n - x, n, level)
        assert (1 - upper, 1 - lower) == pytest.approx(other, abs=1e-9), method.__name__


@given(shares(), shares(), LEVEL)
def test_difference_of_shares_turns_its_sign_when_swapped(
    first: tuple[int, int], second: tuple[int, int], level: float
) -> None:
    lower, upper = newcombe(*first, *second, level)
    back = newcombe(*second, *first, level)
    assert (lower, upper) == pytest.approx((-back[1], -back[0]), abs=1e-12)
    difference = second[0] / second[1] - first[0] / first[1]
    assert -1 <= lower <= difference <= upper <= 1
    assert fisher(*first, *second) == pytest.approx(fisher(*second, *first), abs=1e-9)


@given(COUNT, LEVEL)
def test_limits_of_a_count_stand_around_it(count: int, level: float) -> None:
    for method in (byar, exact_poisson):
        lower, upper = method(count, level)
        assert lower <= count < upper, method.__name__
        assert (lower == 0) == (count == 0) or count < 3
    assert byar(count, 0.95) == pytest.approx(exact_poisson(count, 0.95), abs=0.07), "Byar stays close at 95%"


@given(SOME, SOME, SPREAD, LEVEL)
def test_ratio_of_counts_contains_itself_and_turns_over(earlier: int, later: int, spread: float, level: float) -> None:
    low, high, p = log_rate_ratio(earlier, later, spread, level)
    back = log_rate_ratio(later, earlier, spread, level)
    assert low < later / earlier < high
    assert (1 / high, 1 / low, p) == pytest.approx(back)
    assert 0 <= p <= 1


@given(SOME, SOME, SPREAD, LEVEL)
def test_test_and_interval_of_a_ratio_agree(earlier: int, later: int, spread: float, level: float) -> None:
    low, high, p = log_rate_ratio(earlier, later, spread, level)
    assume(abs(p - (1 - level)) > 1e-9)
    assert (p < 1 - level) == (not low <= 1 <= high)


@given(st.integers(0, 400), st.integers(0, 400), LEVEL)
@example(0, 0, 0.95)
@example(0, 7, 0.95)
def test_exact_ratio_contains_itself_and_turns_over(earlier: int, later: int, level: float) -> None:
    low, high, p = conditional_ratio(earlier, later, level)
    back = conditional_ratio(later, earlier, level)
    assert p == pytest.approx(back[2])
    if earlier:
        assert low <= later / earlier <= high
        assert high < math.inf
    if earlier and later:
        assert (1 / high, 1 / low) == pytest.approx(back[:2])
        assume(abs(p - (1 - level)) > 1e-9)
        assert (p < 1 - level) == (not low <= 1 <= high), "the exact interval and the exact test agree"


@given(COUNT, COUNT, SPREAD, LEVEL)
def test_difference_of_counts_contains_itself_and_turns_over(
    earlier: int, later: int, spread: float, level: float
) -> None:
    lower, upper = count_difference(earlier, later, spread, level)
    back = count_difference(later, earlier, spread, level)
    assert lower <= later - earlier <= upper
    assert (lower, upper) == pytest.approx((-back[1], -back[0]), rel=1e-9, abs=1e-6)


@given(shares(), shares(), st.floats(0.5, 0.99), st.floats(0.001, 0.009))
def test_more_confidence_is_wider(first: tuple[int, int], second: tuple[int, int], level: float, more: float) -> None:
    (x1, n1), (x2, n2) = first, second
    for narrow, wide in (
        (wilson(x1, n1, level), wilson(x1, n1, level + more)),
        (clopper_pearson(x1, n1, level), clopper_pearson(x1, n1, level + more)),
        (newcombe(x1, n1, x2, n2, level), newcombe(x1, n1, x2, n2, level + more)),
        (byar(x1, level), byar(x1, level + more)),
        (exact_poisson(x1, level), exact_poisson(x1, level + more)),
        (count_difference(x1, x2, 2, level), count_difference(x1, x2, 2, level + more)),
        (log_rate_ratio(n1, n2, 2, level)[:2], log_rate_ratio(n1, n2, 2, level + more)[:2]),
        (conditional_ratio(n1, n2, level)[:2], conditional_ratio(n1, n2, level + more)[:2]),
    ):
        assert wide[0] <= narrow[0] + 1e-12
        assert wide[1] >= narrow[1] - 1e-12
        assert wide[1] - wide[0] > narrow[1] - narrow[0]


@given(SOME, SOME, SPREAD, st.floats(1.01, 5))
def test_more_dispersion_is_wider(earlier: int, later: int, spread: float, times: float) -> None:
    narrow, wide = log_rate_ratio(earlier, later, spread), log_rate_ratio(earlier, later, spread * times)
    assert wide[0] < narrow[0]
    assert narrow[1] < wide[1]
    assert wide[2] >= narrow[2]
    small, large = count_difference(earlier, later, spread), count_difference(earlier, later, spread * times)
    assert large[0] < small[0]
    assert small[1] < large[1]


@given(st.lists(st.floats(0, 1), max_size=80))
def test_corrections_only_raise_p_and_keep_its_order(p: list[float]) -> None:
    for corrected in (holm(p), benjamini_hochberg(p)):
        assert len(corrected) == len(p)
        assert all(before <= after + 1e-15 <= 1 + 1e-15 for before, after in zip(p, corrected, strict=True))
        ordered = [after for _, after in sorted(zip(p, corrected, strict=True))]
        assert ordered == sorted(ordered)
    assert all(strict + 1e-15 >= mild for strict, mild in zip(holm(p), benjamini_hochberg(p), strict=True))


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: wilson(5, 4), "A share needs a count from 0 to its base and a base above 0, not 5 of 4."),
        (lambda: wilson(0, 0), "A share needs a count from 0 to its base and a base above 0, not 0 of 0."),
        (lambda: clopper_pearson(-1, 4), "A share needs a count from 0 to its base and a base above 0, not -1 of 4."),
        (lambda: jeffreys(math.nan, 4), "A share needs a count from 0 to its base and a base above 0, not nan of 4."),
        (lambda: newcombe(1, 2, 3, 2), "A share needs a count from 0 to its base and a base above 0, not 3 of 2."),
        (lambda: fisher(3, 2, 1, 2), "A share needs a count from 0 to its base and a base above 0, not 3 of 2."),
        (lambda: wilson(1, 2, 95), "A confidence level lies between 0 and 1, not at 95."),
        (lambda: clopper_pearson(1, 2, 1), "A confidence level lies between 0 and 1, not at 1."),
        (lambda: jeffreys(1, 2, 0), "A confidence level lies between 0 and 1, not at 0."),
        (lambda: byar(3, -1), "A confidence level lies between 0 and 1, not at -1."),
        (lambda: exact_poisson(3, 1.5), "A confidence level lies between 0 and 1, not at 1.5."),
        (lambda: conditional_ratio(3, 4, 2), "A confidence level lies between 0 and 1, not at 2."),
        (lambda: conditional_ratio(0, 0, 2), "A confidence level lies between 0 and 1, not at 2."),
        (lambda: byar(-1), "A count is 0 or more, not -1."),
        (lambda: exact_poisson(-1), "A count is 0 or more, not -1."),
        (lambda: conditional_ratio(-1, 2), "A count is 0 or more, not -1."),
        (lambda: count_difference(1, -2), "A count is 0 or more, not -2."),
        (lambda: log_rate_ratio(-1, 2), "A count is 0 or more, not -1."),
        (lambda: log_rate_ratio(0, 2), "A log rate ratio needs two counts above 0; use conditional_ratio."),
        (lambda: log_rate_ratio(1, 2, 0), "A dispersion is above 0, not 0."),
        (lambda: count_difference(1, 2, -1), "A dispersion is above 0, not -1."),
        (lambda: rate(1, 0), "A rate needs a population above 0, not 0."),
        (lambda: rate(-1, 10), "A count is 0 or more, not -1."),
        (lambda: holm([0.1, math.nan]), "A p value lies from 0 to 1, not at nan."),
        (lambda: benjamini_hochberg([1.2]), "A p value lies from 0 to 1, not at 1.2."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(call, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        call()


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=30),
    st.lists(st.floats(0, 1), min_size=30, max_size=30),
)
def test_what_is_hidden_leaves_no_trace_in_corrected_p(told: list[tuple[float, bool]], others: list[float]) -> None:
    """Other hidden numbers give the same corrected ones, and never smaller ones than with all of them in sight."""
    p, hidden = np.array([each for each, _ in told]), np.array([each for _, each in told])
    swapped = np.where(hidden, others[: len(p)], p)
    for correct in (holm, benjamini_hochberg):
        shown = np.array(correct(instead_of_hidden(p, hidden).tolist()))[~hidden]
        again = np.array(correct(instead_of_hidden(swapped, hidden).tolist()))[~hidden]
        assert shown.tolist() == again.tolist()
        assert (shown >= np.array(correct(p.tolist()))[~hidden] - 1e-12).all()
