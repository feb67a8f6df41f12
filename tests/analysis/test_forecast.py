"""Forecasts: the naive rival's known answers, spreads as the library's, bands that know only what was known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.ets import ets_ahead, mase, naive_ahead, spread_ahead
from analysis.forecast import forecast, forecast_sentence
from analysis.regular import check_series

KNOWN = Path(__file__).resolve().parent.parent / "known_answers"


@pytest.mark.parametrize("name", ["AirPassengers", "USAccDeaths", "co2"])
def test_last_year_and_its_error_are_rs(name: str) -> None:
    values = pd.read_csv(KNOWN / "inputs" / f"{name}.csv")["value"].to_numpy(float)
    told = json.loads((KNOWN / "expected" / f"{name}_tests.json").read_text(encoding="utf-8"))
    training, last = values[:-12], values[-12:]
    assert naive_ahead(training, 12, 12).tolist() == told["snaive_forecast"]
    assert mase(last, naive_ahead(training, 12, 12), training, 12) == pytest.approx(told["snaive_mase"], abs=1e-8)
    one = mase(np.array([0.0]), np.array([1.0]), training, 12)
    assert 1 / one == pytest.approx(told["mase_denominator_train"], abs=1e-8)


def test_the_spread_ahead_is_the_librarys() -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = pd.Series(np.log(pd.read_csv(KNOWN / "inputs" / "AirPassengers.csv")["value"].to_numpy(float)))
    ahead = ets_ahead(values.to_numpy(), 30, 12)
    model = ETSModel(
        values, error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=12,
        initialization_method="heuristic",
    )  # fmt: skip
    theirs = model.smooth(ahead.fitted).get_prediction(start=144, end=173)
    assert ahead.middle == pytest.approx(theirs.predicted_mean.to_numpy(), rel=1e-9)
    times = np.sqrt(np.asarray(theirs.forecast_variance))
    assert ahead.error / ahead.error[0] == pytest.approx(times / times[0], rel=1e-9)
    assert spread_ahead(1, 12, 0.9, 0.1, 0.1, 0.9).tolist() == [1.0]


def counts(name: str) -> pd.Series:
    rows = pd.read_csv(KNOWN / "inputs" / "monthly_counts.csv")
    return pd.Series(rows[name].to_numpy(float), index=pd.PeriodIndex(rows["month"], freq="M"))


def test_a_forecast_with_its_trials() -> None:
    found = forecast(check_series(counts("asb")), 12)
    assert found.frame["period"].astype(str).tolist()[::11] == ["2023-04", "2024-03"]
    assert (found.frame["lower"] < found.frame["forecast"]).all()
    assert (found.frame["forecast"] < found.frame["upper"]).all()
    assert found.frame["naive"].tolist() == counts("asb").tolist()[-12:]
    trials = found.backtest
    assert trials["origin"].nunique() == 24
    assert len(trials) == sum(min(12, left) for left in range(1, 25))
    assert found.mase < found.naive_mase
    assert not found.beaten
    assert found.coverage == pytest.approx(trials["observed"].between(trials["lower"], trials["upper"]).mean())
    assert found.plain_coverage <= found.coverage
    assert forecast_sentence(found).startswith("The model's errors are ")
    assert f"band held {found.coverage * 100:.0f}% of values" in forecast_sentence(found)


def test_an_origin_knows_nothing_that_came_later() -> None:
    """What was said at an origin is the same when the later values are other ones."""
    values, other = counts("calls_999"), counts("calls_999")
    other["2022-01":] *= 1.3
    mine, theirs = (forecast(check_series(each), 6).backtest for each in (values, other))
    columns = ["period", "forecast", "lower", "upper", "naive"]
    before = mine["origin"] < pd.Period("2022-01", "M")
    assert before.sum() > 50
    pd.testing.assert_frame_equal(mine.loc[before, columns], theirs.loc[before, columns])


def test_it_is_said_when_last_year_is_not_beaten() -> None:
    rows = pd.read_csv(KNOWN / "inputs" / "USAccDeaths.csv")
    deaths = pd.Series(rows["value"].to_numpy(float), index=pd.PeriodIndex(rows["period"], freq="M"))
    found = forecast(check_series(deaths), 12)
    assert found.beaten
    assert forecast_sentence(found).startswith("No model beats last year")


def test_the_band_of_three_years_is_called_too_narrow() -> None:
    found = forecast(check_series(counts("asb").iloc[:36]), 3)
    assert np.isnan(found.mase)
    assert found.notes[-1].startswith("The series is too short to try the forecast on its own past")
    assert forecast_sentence(found).startswith("Whether a model beats last year's figures cannot be told")


def test_what_cannot_be_forecast_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^35 months in a row up to the last are fewer than 36: what comes next"):
        forecast(check_series(counts("asb").iloc[:35]))
    with pytest.raises(ValueError, match="not 0"):
        forecast(check_series(counts("asb")), 0)
    zero = counts("asb")
    zero.iloc[-1] = 0
    with pytest.raises(ValueError, match="which has no logarithm"):
        forecast(check_series(zero, keep_low=True))


def test_a_series_that_repeats_itself_is_forecast_as_it_is() -> None:
    steps = pd.Series(np.tile([40.0, 60, 90, 70, 40, 60, 90, 70, 50, 30, 20, 60], 5), index=pd.RangeIndex(60))
    found = forecast(check_series(steps), 4, origins=2)
    assert found.frame["forecast"].tolist() == pytest.approx(steps.tolist()[:4], rel=1e-3)
    assert found.frame["period"].tolist() == [60, 61, 62, 63]
