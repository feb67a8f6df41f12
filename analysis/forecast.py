"""What the next year may look like, and how far such forecasts have been wrong.

No model's 95% band holds 95%. So every origin of the past is forecast from again, the band is widened by what those
forecasts missed by, and the coverage it had is printed beside it. Where last year's months did as well, that is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.ets import Ahead, Values, ets_ahead, least_values, mase, naive_ahead
from analysis.intervals import tail_area
from analysis.numbers import half_up, in_words
from analysis.regular import Checked, days_in, listed, name_of, season_length, step_word

__all__ = ["Forecast", "forecast", "forecast_sentence"]

ORIGINS = 36  # the latest that are tried
TRIALS_NEEDED = 6  # before anything is said of them
ERRORS_NEEDED = 24  # before a band is widened by them


@dataclass(frozen=True)
class Forecast:
    """What lies ahead.

    Attributes
    ----------
    frame
        ``period, forecast, lower, upper, naive``: one row a step ahead; ``naive`` is the same step of last year.
    backtest
        ``origin, period, ahead, observed, forecast, lower, upper, naive``: what would have been said at each origin,
        with the band as it would have been drawn then.
    mase, naive_mase
        Mean absolute error of both in the backtest, over that of last year's steps within the training values.
    coverage
        Share of the backtest's values that lay within the band.
    plain_coverage
        The same for the model's own band, before it is widened.
    widened
        How many times wider the band is than the model's own.
    confidence
        The level that is aimed at.
    notes
        Sentences that belong with the forecast.
    """

    frame: pd.DataFrame
    backtest: pd.DataFrame
    mase: float
    naive_mase: float
    coverage: float
    plain_coverage: float
    widened: float
    confidence: float
    notes: tuple[str, ...]

    method = "ETS(A,Ad,A) of the logarithm, a day where days are known; band widened by the errors of a backtest"

    @property
    def beaten(self) -> bool:
        """Whether last year's steps did as well as the model in the backtest."""
        return math.isnan(self.naive_mase) or self.mase >= self.naive_mase


def forecast(checked: Checked, steps: int = 12, confidence: float = 0.95, origins: int = ORIGINS) -> Forecast:
    """Look ahead from the last value, and back at how well that would have done.

    Parameters
    ----------
    checked
        The series, looked through. The stretch without a gap that ends with the last value is used.
    steps
        How far to look ahead.
    confidence
        Level of the band.
    origins
        How many past origins are tried at most, the latest ones, each with enough values before it.

    Raises
    ------
    ValueError
        For fewer than three whole seasons, a value of 0 or less, or no step to look ahead.

    Examples
    --------
    >>> from analysis.regular import check_series
    >>> quarters = pd.period_range("2015Q1", periods=32, freq="Q")
    >>> counts = np.round(np.tile([40, 60, 90, 70], 8) * (1 + 0.05 * np.sin(np.arange(32) ** 2)))
    >>> found = forecast(check_series(pd.Series(counts, index=quarters)), steps=4)
    >>> found.frame.columns.tolist(), found.frame["naive"].tolist()
    (['period', 'forecast', 'lower', 'upper', 'naive'], [38.0, 58.0, 94.0, 69.0])
    """
    z = float(stats.norm.isf(tail_area(confidence) / 2))
    values = checked.latest()
    period = season_length(values.index)
    _check(values, checked, steps, period)
    ahead = pd.Index(values.index[-1] + np.arange(1, steps + 1))
    days, later = _days(values.index), _days(ahead)
    tried, fitted = _backtest(values, days, steps, period, origins, confidence)
    now = ets_ahead(np.log(values.to_numpy() / days), steps, period, fitted)
    widened = _wider(tried, z, confidence)
    frame = pd.DataFrame({"period": ahead, **_band(now, later, z * widened)})
    frame["naive"] = naive_ahead(values.to_numpy(), steps, period)
    notes = list(checked.notes)
    if len(values) < len(checked.values):
        notes.append(f"The forecast rests on {name_of(values.index[0])} to {name_of(values.index[-1])}, without a gap.")
    if tried.empty:
        notes.append("The series is too short to try the forecast on its own past: the band may be much too narrow.")
        none = math.nan
        return Forecast(frame, tried, none, none, none, none, widened, confidence, tuple(notes))
    inside = tried["observed"].between(tried["lower"], tried["upper"])
    plain = tried["score"].abs() <= z
    if len(tried) < ERRORS_NEEDED:
        notes.append(f"Only {len(tried)} errors are at hand, fewer than {ERRORS_NEEDED}: the band is the model's own.")
    error, naive = float(tried["error"].mean()), float(tried["naive_error"].mean())
    coverage, own = float(inside.mean()), float(plain.mean())
    shown = tried.drop(columns=["score", "error", "naive_error"])
    return Forecast(frame, shown, error, naive, coverage, own, widened, confidence, tuple(notes))


def _check(values: pd.Series, checked: Checked, steps: int, period: int) -> None:
    if steps < 1:
        raise ValueError(f"A forecast looks 1 step or more ahead, not {steps}.")
    if len(values) < least_values(period):
        told = (
            f"{len(values)} {step_word(values.index)}s in a row up to the last are fewer than {least_values(period)}:"
        )
        raise ValueError(" ".join([f"{told} what comes next cannot be told.", *checked.notes]))
    if (values <= 0).any():
        unfit = listed(list(values.index[values <= 0]))
        raise ValueError(f"The value is 0 or less for {unfit}, which has no logarithm, so nothing is forecast.")


def _days(index: pd.Index) -> Values:
    return days_in(index) if isinstance(index, pd.PeriodIndex) else np.ones(len(index))


def _band(ahead: Ahead, days: Values, reach: float) -> dict[str, Values]:
    ends = {"forecast": 0.0, "lower": -reach, "upper": reach}
    return {name: np.exp(ahead.middle + times * ahead.error) * days for name, times in ends.items()}


def _backtest(
    values: pd.Series, days: Values, steps: int, period: int, origins: int, confidence: float
) -> tuple[pd.DataFrame, Values | None]:
    """What would have been said at each origin, and what the last fit found. A band knows only errors made by then."""
    z = float(stats.norm.isf(tail_area(confidence) / 2))
    counts, logs = values.to_numpy(), np.log(values.to_numpy() / days)
    tried, fitted = [], None
    first = max(least_values(period), len(counts) - origins)
    done = pd.DataFrame({"place": [], "score": []})
    for origin in range(first, len(counts)):
        far = min(steps, len(counts) - origin)
        ahead = ets_ahead(logs[:origin], far, period, fitted)
        fitted = ahead.fitted
        observed, place = counts[origin : origin + far], np.arange(origin, origin + far)
        known = done[done["place"] < origin]
        rows = pd.DataFrame({"origin": values.index[origin - 1], "period": values.index[place], "place": place})
        rows["ahead"], rows["observed"] = np.arange(1, far + 1), observed
        rows = rows.assign(**_band(ahead, days[place], z * _wider(known, z, confidence)))
        rows["naive"] = naive_ahead(counts[:origin], far, period)
        rows["score"] = (logs[place] - ahead.middle) / np.maximum(ahead.error, 1e-12)
        for name, of in (("error", "forecast"), ("naive_error", "naive")):
            rows[name] = [mase(observed[[k]], rows[of].to_numpy()[[k]], counts[:origin], period) for k in range(far)]
        tried.append(rows)
        done = pd.concat([done, rows[["place", "score"]]]) if len(done) else rows[["place", "score"]]
    if not tried:
        return pd.DataFrame(), None
    return pd.concat(tried, ignore_index=True).drop(columns="place"), fitted


def _wider(tried: pd.DataFrame, z: float, confidence: float) -> float:
    """How many times wider than the model's own a band must be to hold as many past errors as it promises.

    Split conformal prediction (Vovk and others, 2005), over all distances together. Never narrower.
    """
    if len(tried) < ERRORS_NEEDED:
        return 1.0
    share = min(1.0, confidence * (1 + 1 / len(tried)))
    return max(1.0, float(np.quantile(tried["score"].abs(), share, method="higher")) / z)


def forecast_sentence(found: Forecast) -> str:
    """Whether the model beats last year, and how often its band has held."""
    if math.isnan(found.coverage):
        return "Whether a model beats last year's figures cannot be told: the series is too short to try it."
    if math.isnan(found.mase):
        return "Every year repeats the one before: last year's figures are the forecast."
    aim, had = half_up(found.confidence * 100), half_up(found.coverage * 100)
    trials = found.backtest["origin"].nunique()
    tail = f"In {trials} trials on the past its {aim:.0f}% band held {had:.0f}% of values."
    if trials < TRIALS_NEEDED:
        return (
            f"Only {_times(trials)} could be made on the past, too few to say how often the band holds, or whether the "
            "model does better than last year."
        )
    if found.beaten:
        word = step_word(pd.Index(found.frame["period"]))
        return f"No model beats last year: the best guess for a {word} is the same {word} a year before. {tail}"
    less = half_up((1 - found.mase / found.naive_mase) * 100)
    return f"The model's errors are {less:.0f}% smaller than those of taking last year's figures again. {tail}"


def _times(trials: int) -> str:
    return "one trial" if trials == 1 else f"{in_words(trials)} trials"
