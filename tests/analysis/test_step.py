"""Beyond the season: R's known answers, what breaks a series, and what the date's origin does to the claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.regular import check_series
from analysis.step import Beyond, beyond_season
from analysis.step_words import beyond_sentence

KNOWN = Path(__file__).resolve().parent.parent / "known_answers"
SINCE = pd.Period("2022-11", "M")
COVID = (pd.Period("2020-03", "M"), pd.Period("2021-03", "M"))
COUNTS = ["asb", "calls_999", "calls_101"]


def known(name: str) -> Any:
    return json.loads((KNOWN / "expected" / name).read_text(encoding="utf-8"))


def series(name: str) -> pd.Series:
    rows = pd.read_csv(KNOWN / "inputs" / "monthly_counts.csv")
    return pd.Series(rows[name].to_numpy(float), index=pd.PeriodIndex(rows["month"], freq="M"))


def found(values: pd.Series, **how: Any) -> Beyond:
    return beyond_season(check_series(values, [COVID]), SINCE, [COVID], **{"origin": "beforehand", **how})


@pytest.mark.parametrize("name", COUNTS)
def test_months_and_size_are_rs(name: str) -> None:
    told, mine = known("counts.json")[name], found(series(name))
    months = told["beyond_season"]
    assert mine.months["period"].astype(str).tolist() == months["months"]
    assert mine.months["observed"].tolist() == months["observed"]
    for column, theirs in {"expected": "expected", "month_lower": "month_lo", "month_upper": "month_hi"}.items():
        assert mine.months[column].tolist() == pytest.approx(months[theirs], rel=1e-6), column
    size = (told["quasi"]["step_ratio"], told["quasi"]["step_lo"], told["quasi"]["step_hi"])
    assert (mine.ratio, mine.ratio_lower, mine.ratio_upper) == pytest.approx(size, rel=1e-6)


@pytest.mark.parametrize("name", COUNTS)
def test_the_joint_test_is_the_known_one(name: str) -> None:
    told, mine = known("counts_ar1.json")[name], found(series(name))
    own = (mine.dispersion, mine.sum_observed, mine.sum_expected, mine.standard_error, mine.t, mine.degrees, mine.p)
    theirs = [told[key] for key in ("pre_step_dispersion", "sum_observed", "sum_expected", "sum_se_ar1", "t_ar1", "df")]
    assert own == pytest.approx((*theirs, told["p_ar1"]), rel=1e-6)
    assert mine.rho == pytest.approx(told["rho"], abs=1e-8)
    assert mine.verdict == ("real change" if told["p_ar1"] < 0.05 else "cannot tell")


def test_a_break_at_the_date_is_not_comparable_and_the_test_still_stands() -> None:
    events = pd.DataFrame(
        {
            "title": ["Closer scrutiny", "Restrictions", "Later"],
            "from": pd.to_datetime(["2022-11-01", "2020-03-23", "2023-06-01"]),
            "to": pd.to_datetime([None, "2021-03-10", None]),
            "effect": ["break", "break", "break"],
            "note": ["Some reports now count as crime.", "", "After the figures."],
        }
    )
    mine, plain = found(series("asb"), events=events), found(series("asb"))
    assert (mine.verdict, mine.broken_by) == ("not comparable", "Closer scrutiny")
    assert mine.p == plain.p
    assert "Some reports now count as crime." in mine.caveats
    assert "After the figures." not in mine.caveats
    part = events.assign(effect="part")
    assert found(series("asb"), events=part).verdict == "real change"
    without = beyond_season(check_series(series("asb")), SINCE, events=events)
    assert without.broken_by == "Closer scrutiny; Restrictions"


def test_where_the_date_comes_from_is_said_and_counts() -> None:
    assert found(series("asb"), origin="after-looking").verdict == "likely change"
    assert any("picked after looking" in told for told in found(series("asb"), origin="after-looking").caveats)
    assert found(series("asb")).caveats == ("The date was named before the figures were seen.",)
    with pytest.raises(ValueError, match="not guessed"):
        found(series("asb"), origin="guessed")


def test_an_unpublished_month_is_left_out_of_fit_and_sum() -> None:
    values = series("asb")
    values["2019-06"], values["2022-12"] = 20, 11
    mine = found(values)
    assert len(mine.months) == 4
    assert len(mine.before) == 54
    assert "June 2019 (20) and December 2022 (11)" in mine.caveats[0]
    assert mine.ratio == pytest.approx(found(series("asb")).ratio, abs=0.03)


def test_quarters_are_tested_too() -> None:
    quarters = pd.period_range("2015Q2", periods=44, freq="Q")
    chance = np.random.default_rng(5)
    level = 12 * np.exp(0.15 * np.cos(np.pi * quarters.quarter / 2)) * np.where(quarters >= "2025Q1", 0.8, 1)
    days = (quarters + 1).to_timestamp() - quarters.to_timestamp()
    counts = pd.Series(chance.poisson(level * days.days), index=quarters)
    mine = beyond_season(check_series(counts), pd.Period("2025Q1", "Q"), origin="beforehand")
    assert mine.verdict == "real change"
    assert mine.ratio_lower < 0.8 < mine.ratio_upper
    assert mine.degrees == 39 - 5


def test_a_short_time_before_claims_nothing() -> None:
    values = series("asb")["2020-06":]
    values[SINCE:] //= 2
    mine = beyond_season(check_series(values), SINCE)
    assert mine.p < 0.05
    assert mine.verdict == "cannot tell"
    assert any("fewer than 3 years" in told for told in mine.caveats)


@pytest.mark.parametrize(
    ("values", "since", "shocks", "said"),
    [
        (series("asb")["2021-01":], SINCE, [], "^22 months with a value before November 2022 are fewer than 2 years"),
        (series("asb"), pd.Period("2023-04", "M"), [], r"^There is no value from April 2023 on\.$"),
        (series("asb"), SINCE, [(COVID[0], SINCE)], "^The shock to November 2022 reaches November 2022 or past it"),
        (series("asb"), SINCE, [COVID[::-1]], "^The shock ends with March 2020, before it begins with March 2021"),
        (series("asb") - 1200, SINCE, [], "^A count is 0 or more, which "),
        (series("asb").reset_index(drop=True), SINCE, [], "^Beyond the season is asked of months or quarters"),
        (series("asb"), SINCE, [(series("asb").index[0], SINCE - 1)], "^The declared shocks leave no ordinary months"),
    ],
)
def test_what_cannot_be_tested_is_refused(values: pd.Series, since: Any, shocks: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        beyond_season(check_series(values, keep_low=True), since, shocks)


def test_a_shock_without_a_single_count_is_left_out() -> None:
    values = series("calls_999")
    values[COVID[0] : COVID[1]] = 0
    without = values.drop(pd.period_range(*COVID, freq="M"))
    assert found(values).p == pytest.approx(beyond_season(check_series(without), SINCE).p, rel=1e-9)


def test_a_shock_before_the_figures_changes_nothing_and_is_said() -> None:
    early = (pd.Period("2015-01", "M"), pd.Period("2015-02", "M"))
    mine = beyond_season(check_series(series("asb")), SINCE, [COVID, early])
    assert mine.p == found(series("asb")).p
    assert any("January 2015 to February 2015" in told for told in mine.caveats)


def test_the_sentence_says_size_limits_and_what_it_is_worth() -> None:
    assert beyond_sentence(found(series("asb"))) == (
        "Compared with what season and trend before November 2022 led one to expect, the five months since are 18% lower "
        "(12% to 23%). That is more than season, trend and chance make."
    )
    assert beyond_sentence(found(series("calls_101"))).partition("since are ")[2] == (
        "4% higher (2% lower to 9% higher). Whether that is more than chance cannot be told."
    )
    few = found((series("asb") / 300).round())
    assert beyond_sentence(few).startswith(
        "Season and trend before November 2022 led one to expect 24 in the five months since, by chance 12 to 36; there "
        "were 20. Whether that is more than chance cannot be told."
    )


@pytest.mark.parametrize("name", COUNTS)
def test_the_range_to_be_expected_leaves_out_what_is_claimed(name: str) -> None:
    mine = found(series(name))
    assert (mine.p < 0.05) == (not mine.sum_lower <= mine.sum_observed <= mine.sum_upper)


@pytest.mark.parametrize("later", [5.0, 0.0, 500.0])
def test_a_series_without_any_spread_is_tested_as_poisson(later: float) -> None:
    months = pd.period_range("2018-04", periods=60, freq="M")
    values = pd.Series(np.where(months >= SINCE, later, 5.0), index=months)
    mine = beyond_season(check_series(values, keep_low=True), SINCE, origin="beforehand")
    assert mine.dispersion == 1.0
    assert mine.sum_expected == pytest.approx(25, abs=0.5)
    assert mine.verdict == ("cannot tell" if later == 5 else "real change")
    assert (mine.p < 0.05) == (not mine.sum_lower <= mine.sum_observed <= mine.sum_upper)


def test_nothing_counted_before_the_date_is_refused() -> None:
    months = pd.period_range("2018-04", periods=60, freq="M")
    with pytest.raises(ValueError, match=r"^Nothing was counted in this time"):
        beyond_season(check_series(pd.Series(np.where(months >= SINCE, 5.0, 0.0), index=months)), SINCE)
