"""The control chart: known limits and signals, no season in it, no rolling figures, no new limits without a reason."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.control import RULES, control_chart, signals, xmr_limits
from analysis.regular import check_series

KNOWN = Path(__file__).resolve().parent.parent / "known_answers"
ANSWERS = json.loads((KNOWN / "expected" / "xmr.json").read_text(encoding="utf-8"))
COLUMNS = {"outside": "outside", "shift": "shift7", "trend": "trend7", "two of three": "two_of_three"}


def series(name: str) -> pd.Series:
    rows = pd.read_csv(KNOWN / "inputs" / "monthly_counts.csv")
    return pd.Series(rows[name].to_numpy(float), index=pd.PeriodIndex(rows["month"], freq="M"))


@pytest.mark.parametrize("name", ANSWERS)
def test_limits_and_signals_are_the_known_ones(name: str) -> None:
    told, values = ANSWERS[name], series(name.partition("_per_day")[0])
    if "per_day" in name:
        values = (values / values.index.days_in_month).iloc[:24]
    limits = xmr_limits(values.to_numpy())
    own = (limits.mean, limits.lower, limits.upper, limits.mean_range)
    assert own == pytest.approx([told[key] for key in ("mean", "lower", "upper", "mr_mean")], abs=1e-8)
    found = signals(values.to_numpy(), limits)
    for rule, theirs in COLUMNS.items():
        assert found[rule].astype(int).tolist() == told[theirs], rule


def test_a_wide_moving_range_is_screened_out_once() -> None:
    values = np.array([10.0, 11, 10, 11, 10, 11, 40, 41, 40, 41, 40, 41])
    assert xmr_limits(values).mean_range == 1.0


def test_raw_values_are_charted_as_given_with_a_caveat() -> None:
    chart = control_chart(check_series(series("asb")), raw=True)
    assert chart.frame["value"].tolist() == series("asb").tolist()
    assert (chart.frame["rules"].str.contains("outside")).astype(int).tolist() == ANSWERS["asb"]["outside"]
    assert chart.notes[-1].startswith("The values are charted as given, with their season")


def test_the_season_is_no_signal() -> None:
    """On raw counts with a season a point is outside in nearly every chart; without it in few."""
    chance, months = np.random.default_rng(6), pd.period_range("2018-04", periods=60, freq="M")
    outside = {True: 0, False: 0}
    for _ in range(20):
        noise = chance.normal(0, 0.04, 60)
        rate = 80 * np.exp(0.25 * np.cos(2 * np.pi * (months.month - 7) / 12) + noise)
        checked = check_series(pd.Series(np.round(rate * months.days_in_month), index=months))
        for raw in outside:
            outside[raw] += control_chart(checked, raw=raw).frame["rules"].str.contains("outside").any()
    assert outside[True] >= 18
    assert outside[False] <= 10


def test_a_declared_shock_leaves_season_and_limits_alone() -> None:
    chance, months = np.random.default_rng(7), pd.period_range("2018-04", periods=60, freq="M")
    shock = (pd.Period("2020-04", "M"), pd.Period("2020-06", "M"))
    usual = 80 * np.exp(0.25 * np.cos(2 * np.pi * (months.month - 7) / 12) + chance.normal(0, 0.04, 60))
    rate = usual * np.where((months >= shock[0]) & (months <= shock[1]), 1.8, 1)
    checked = check_series(pd.Series(np.round(rate * months.days_in_month), index=months), [shock])
    known = control_chart(checked, shocks=[shock]).frame.set_index("period")
    unknown = control_chart(checked).frame.set_index("period")
    assert known.loc[shock[0] : shock[1], "rules"].str.contains("outside").all()
    spread = (known.loc["2022-04":, "value"] / 80 - 1).abs().mean()
    assert spread < (unknown.loc["2022-04":, "value"] / 80 - 1).abs().mean()


def test_rolling_figures_are_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="no control limits are drawn through rolling 12-month figures"):
        control_chart(check_series(series("asb")), months_in_each=12)


def test_limits_start_anew_only_for_a_stated_event() -> None:
    start, checked = pd.Period("2022-11", "M"), check_series(series("asb"))
    chart = control_chart(checked, rebase={start: "Closer scrutiny of what is recorded"})
    rows = chart.frame.set_index("period")
    assert rows.loc[:"2022-10", "mean"].nunique() == rows.loc["2022-11":, "mean"].nunique() == 1
    assert rows.loc["2022-11", "mean"] < rows.loc["2022-10", "mean"]
    assert chart.notes[-1] == "Limits start anew with November 2022: Closer scrutiny of what is recorded"
    with pytest.raises(ValueError, match=r"^Limits start anew only for a stated event; none is given for November"):
        control_chart(checked, rebase={start: " "})
    with pytest.raises(ValueError, match="no step before it"):
        control_chart(checked, rebase={pd.Period("2018-04", "M"): "First"})


def test_a_run_ends_at_a_gap() -> None:
    values = np.array([1.0, 2, 3, np.nan, 4, 5, 6, 7])
    found = signals(values, xmr_limits(np.r_[values, 1]))
    assert not found[["shift", "trend"]].to_numpy().any()
    assert list(found) == list(RULES)


def test_too_short_a_series_is_charted_raw_or_not_at_all() -> None:
    short = check_series(series("asb").iloc[:35])
    with pytest.raises(
        ValueError, match=r"has 35 months; a season is taken out from 36 on\. Chart the values as given"
    ):
        control_chart(short)
    assert len(control_chart(short, raw=True).frame) == 35


def test_a_series_that_never_moves_has_no_signal() -> None:
    chart = control_chart(check_series(pd.Series(np.tile([40.0, 60, 90, 70], 15), index=pd.RangeIndex(60))))
    assert set(chart.frame["rules"]) == {""}
