"""Is this fall more than the season? What came after a date against what trend and season before it led one to expect.

The joint test of the later months counts how neighbouring months go together; without that a quiet spell looks like a
fall. Counts alone cannot tell a real fall from a change of what is recorded: an event that breaks the series makes the
two times not comparable, whatever the test says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import stats

from analysis.intervals import exact_poisson, tail_area
from analysis.pre_period import Fit, design, fit_counts, residual_link
from analysis.regular import Checked, Shock, days_in, in_shock, listed, name_of, season_length, step_word
from analysis.season import YEARS_NEEDED
from analysis.verdicts import separates, verdict_word

__all__ = ["ORIGINS", "Beyond", "beyond_season"]

ORIGINS = {
    "beforehand": "The date was named before the figures were seen.",
    "after-looking": "The date was picked after looking at the figures, so the p value is too small: it counts one "
    "date as if no other could have been picked.",
    "not-said": "It is not said whether the date was named beforehand or picked after looking; if picked, the p value "
    "is too small.",
}
LEAST_YEARS = 2
FAR = 1  # years after the date beyond which the trend is carried far
_SMALL = 0.05  # a total that surely moved less than this did not change


@dataclass(frozen=True)
class Beyond:
    """What came after a date, beside what was to be expected.

    Attributes
    ----------
    months
        ``period, observed, expected, month_lower, month_upper``: each step since the date with its own limits.
    before
        ``period, observed, expected``: the steps that were fitted.
    sum_observed, sum_expected, standard_error, sum_lower, sum_upper
        Of all steps since, together; the limits hold what trend, season and chance give.
    ratio, ratio_lower, ratio_upper
        The size: later level over earlier, from a step in the model of the whole series. Its limits count no link
        between neighbouring months.
    rho, dispersion
        The link between neighbouring months, and how many times more than Poisson they vary, before the date.
    t, degrees, p
        The joint test.
    verdict
        One of ``analysis.verdicts.VERDICTS``.
    broken_by
        Titles of the events that break the series.
    origin
        One of ``ORIGINS``.
    caveats
        Sentences that belong with the verdict.
    """

    since: pd.Period
    months: pd.DataFrame
    before: pd.DataFrame
    sum_observed: float
    sum_expected: float
    standard_error: float
    sum_lower: float
    sum_upper: float
    ratio: float
    ratio_lower: float
    ratio_upper: float
    rho: float
    dispersion: float
    t: float
    degrees: int
    p: float
    verdict: str
    broken_by: str
    origin: str
    confidence: float
    caveats: tuple[str, ...]

    method = (
        "quasi-Poisson counts a day with trend, two harmonics and declared shocks, fitted before the date; joint t "
        "test of the sum since, with AR(1); size by a step in the same model of the whole series"
    )


def beyond_season(
    checked: Checked,
    since: pd.Period,
    shocks: Sequence[Shock] = (),
    *,
    events: pd.DataFrame | None = None,
    origin: str = "not-said",
    confidence: float = 0.95,
) -> Beyond:
    """Test whether the steps since a date differ from what was to be expected.

    With Pearson residuals r of the n earlier steps and phi the dispersion, not under 1: rho = sum r_t r_(t-1) / sum
    r_t^2 + 1.5/n, held to 0 to 0.8; the variance of the sum is D'CD + (1 + rho) / (1 - rho) mu'V mu, where D = sqrt(phi
    mu), C_ij = rho^abs(i - j), and V is the covariance of the linear predictor.

    Parameters
    ----------
    checked
        Months or quarters of counts, looked through. Steps without a value are left out of fit and sum.
    since
        The first step after the date.
    shocks
        Times before the date with a level of their own.
    events
        Those that touch the measure: ``title, from, to, effect, note``. A ``break`` makes it not comparable, unless a
        temporary one lies wholly within a declared shock.
    origin
        One of ``ORIGINS``; a date picked after looking is at most a "likely change".
    confidence
        Level of limits and verdict.

    Raises
    ------
    ValueError
        For steps other than months or quarters, values below 0, fewer than two years before the date, no value since,
        a shock after the date, or an unknown origin.

    Examples
    --------
    >>> from analysis.regular import check_series
    >>> months = pd.period_range("2018-01", periods=63, freq="M")
    >>> counts = np.round((100 + 20 * np.cos(np.pi * months.month / 6)) * months.days_in_month)
    >>> counts = pd.Series(np.where(months >= "2023-01", np.round(counts * 0.8), counts), index=months)
    >>> found = beyond_season(check_series(counts), pd.Period("2023-01", "M"), origin="beforehand")
    >>> round(found.ratio, 3), found.verdict
    (0.8, 'real change')
    """
    alpha = tail_area(confidence)
    values = _without_still(_counts(checked, since, shocks, origin), shocks)
    earlier, later = values[values.index < since], values[values.index >= since]
    period = season_length(values.index)
    if len(earlier) < LEAST_YEARS * period:
        raise ValueError(
            f"{len(earlier)} {step_word(values.index)}s with a value before {name_of(since)} are fewer than "
            f"{LEAST_YEARS} years, which is too short a time to know the season."
        )
    if later.empty:
        raise ValueError(f"There is no value from {name_of(since)} on.")
    used = [shock for shock in shocks if any(in_shock(step, [shock]) for step in earlier.index)]
    first = values.index[0]
    fit = fit_counts(earlier, design(pd.PeriodIndex(earlier.index), first, used))
    ahead = design(pd.PeriodIndex(later.index), first, used)
    rho = residual_link(earlier, fit.expected)
    months, error = _expected(later, ahead, fit, rho, alpha)
    total, expected = float(later.sum()), float(months["expected"].sum())
    if total > 0:
        whole = design(pd.PeriodIndex(values.index), first, used).assign(step=(values.index >= since).astype(float))
        ratio, lower, upper = _step(fit_counts(values, whole), alpha)
    else:  # a step down to nothing has no logarithm: the limits of a count of 0, as wide as counts vary
        ratio, lower, upper = 0.0, 0.0, exact_poisson(0, confidence)[1] * fit.dispersion / expected
    t = (total - expected) / error
    p, reach = float(2 * stats.t.sf(abs(t), fit.degrees)), float(stats.t.isf(alpha / 2, fit.degrees)) * error
    breaks, told = _breaks(events, values.index, since, shocks)
    caveats = [*checked.notes, *told, ORIGINS[origin], *_cautions(earlier, values, since, shocks, used)]
    word = verdict_word(p, p, lower > 1 - _SMALL and upper < 1 + _SMALL, confidence)
    if rho > 0 and (p < alpha) != (not lower <= 1 <= upper):
        caveats.append("The limits of the size count no link between neighbouring months; the test does, and decides.")
    if word == "real change" and origin == "after-looking":
        word = "likely change"
    if len(earlier) < YEARS_NEEDED * period:
        word = "cannot tell"
    before = pd.DataFrame({"period": earlier.index, "observed": earlier.to_numpy(), "expected": fit.expected})
    return Beyond(
        since, months, before, total, expected, error, max(0.0, expected - reach), expected + reach,
        ratio, lower, upper, rho, fit.dispersion, t, fit.degrees, p,
        "not comparable" if breaks else word, breaks, origin, confidence, tuple(caveats),
    )  # fmt: skip


def _counts(checked: Checked, since: pd.Period, shocks: Sequence[Shock], origin: str) -> pd.Series:
    """The steps with a value; refuses what cannot be tested."""
    values = checked.values.dropna()
    if not isinstance(values.index, pd.PeriodIndex) or values.index.freqstr[0] not in "MQ":
        raise ValueError("Beyond the season is asked of months or quarters. Count the series by month first.")
    if (values < 0).any():
        raise ValueError(f"A count is 0 or more, which {listed(list(values.index[values < 0]))} is not.")
    if since.freqstr != values.index.freqstr:
        raise ValueError(f"The date is a {since.freqstr} step, the series has {values.index.freqstr} steps.")
    if origin not in ORIGINS:
        raise ValueError(f"The origin of the date is one of {', '.join(ORIGINS)}, not {origin}.")
    for start, end in shocks:
        if end < start:
            raise ValueError(f"The shock ends with {name_of(end)}, before it begins with {name_of(start)}.")
        if end >= since:
            raise ValueError(
                f"The shock to {name_of(end)} reaches {name_of(since)} or past it, and what comes since then is tested."
            )
    return values


def _without_still(values: pd.Series, shocks: Sequence[Shock]) -> pd.Series:
    """The steps less those of shocks in which nothing at all was counted: their level would be endlessly low."""
    for shock in shocks:
        inside = np.array([in_shock(step, [shock]) for step in values.index])
        values = values if values[inside].sum() > 0 else values[~inside]
    return values


def _expected(later: pd.Series, ahead: pd.DataFrame, fit: Fit, rho: float, alpha: float) -> tuple[pd.DataFrame, float]:
    """Each later step's expectation with its own limits, and the standard error of the sum."""
    rows = ahead.to_numpy()
    mu = np.exp(rows @ fit.coefficients) * days_in(later.index)
    predictor = rows @ fit.covariance @ rows.T
    reach = stats.t.isf(alpha / 2, fit.degrees) * np.sqrt(fit.dispersion * mu + mu**2 * np.diag(predictor))
    spread, place = np.sqrt(fit.dispersion * mu), np.asarray(later.index.astype("int64"))
    together = rho ** np.abs(place[:, None] - place[None, :])
    variance = spread @ together @ spread + (1 + rho) / (1 - rho) * (mu @ predictor @ mu)
    months = {"period": later.index, "observed": later.to_numpy(), "expected": mu}
    months |= {"month_lower": np.maximum(0.0, mu - reach), "month_upper": mu + reach}
    return pd.DataFrame(months), float(np.sqrt(variance))


def _step(fit: Fit, alpha: float) -> tuple[float, float, float]:
    """Later level over earlier with its limits: the last coefficient of the model of the whole series."""
    size, error = fit.coefficients[-1], np.sqrt(fit.covariance[-1, -1])
    reach = stats.t.isf(alpha / 2, fit.degrees) * error
    return float(np.exp(size)), float(np.exp(size - reach)), float(np.exp(size + reach))


def _breaks(
    events: pd.DataFrame | None, index: pd.Index, since: pd.Period, shocks: Sequence[Shock]
) -> tuple[str, list[str]]:
    """Titles of the events that break the series, and the notes of all that stand between the two times."""
    if events is None or events.empty:
        return "", []
    pair = SimpleNamespace(
        earlier_start=index[0].start_time, earlier_end=(since - 1).end_time.normalize(),
        later_start=since.start_time, later_end=index[-1].end_time.normalize(),
    )  # fmt: skip
    between = [event for event in events.to_dict("records") if separates(event, pair)]
    breaks = [
        str(event["title"])
        for event in between
        if event["effect"] == "break"
        and not any(a.start_time <= event["from"] and event["to"] <= b.end_time for a, b in shocks)
    ]
    return "; ".join(breaks), [str(event["note"]) for event in between if event["note"]]


def _cautions(
    earlier: pd.Series, values: pd.Series, since: pd.Period, shocks: Sequence[Shock], used: Sequence[Shock]
) -> list[str]:
    period, told = season_length(values.index), []
    if len(earlier) < YEARS_NEEDED * period:
        told.append(f"There are fewer than {YEARS_NEEDED} years with values before the date, too few to know a season.")
    if len(values) - len(earlier) > FAR * period:
        told.append(
            f"The trend before {name_of(since)} is carried on for more than a year, which no trend need keep to."
        )
    for start, end in shocks:
        if (start, end) not in used:
            told.append(
                f"The shock {name_of(start)} to {name_of(end)} holds no count before the date and changes nothing."
            )
    return told
