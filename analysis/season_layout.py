"""A decomposition, an expectation, a control chart and a forecast as rows that charts and tables show, rounded last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.control import Control, xmr_limits
from analysis.decompose import Decomposition
from analysis.forecast import Forecast
from analysis.numbers import half_up, write_number
from analysis.regular import Checked, days_in, name_of, season_length
from analysis.step import Beyond

__all__ = [
    "control_rows", "expected_rows", "forecast_rows", "left_over_rows", "parts_table", "path_rows", "period_ends",
    "season_frame", "season_rows", "year_rows",
]  # fmt: skip

_SHORT = [None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def period_ends(periods: Sequence[pd.Period]) -> pd.DataFrame:
    """First and last day of each step.

    >>> period_ends(pd.period_range("2023-01", periods=1, freq="M")).astype(str).values.tolist()
    [['2023-01-01', '2023-01-31']]
    """
    return pd.DataFrame(
        {
            "period_start": [each.start_time.normalize() for each in periods],
            "period_end": [each.end_time.normalize() for each in periods],
        }
    )


def path_rows(parts: Decomposition, columns: Sequence[str]) -> pd.DataFrame:
    """Parts of a series on the scale of its values, a day where they were divided by days.

    Parameters
    ----------
    parts
        A decomposition of logarithms or of values.
    columns
        Which of ``observed``, ``adjusted`` and ``trend``.

    Returns
    -------
    DataFrame
        ``series, value, unit, text, period_start, period_end``, as ``charts.lines.line_chart`` takes them.
    """
    rows = parts.inside()
    told = []
    for name in columns:
        values = np.exp(rows[name].to_numpy(dtype=float)) if parts.log else rows[name].to_numpy(dtype=float)
        told.append(
            period_ends(list(rows["period"])).assign(
                series=_NAMES[name], value=values, unit="per_day" if parts.per_day else "count",
                text=[_number(value, parts.per_day) for value in values],
            )
        )  # fmt: skip
    return pd.concat(told, ignore_index=True)


_NAMES = {"observed": "Observed", "adjusted": "Without its season", "trend": "Trend"}


def season_rows(season: pd.DataFrame) -> pd.DataFrame:
    """A season step by step as rows of a bar chart, in per cent above or below an average step.

    Parameters
    ----------
    season
        As ``analysis.season.season_by_step`` gives it, of logarithms.

    Returns
    -------
    DataFrame
        ``label, value, lower, upper, text``: the limits are the lowest and highest of all years.
    """
    short = [
        _SHORT[place] if len(season) == 12 else name
        for place, name in zip(season["place"], season["name"], strict=True)
    ]
    text = [f"{half_up(abs(each)):.0f}% {'above' if each >= 0 else 'below'}" for each in season["estimate"]]
    return pd.DataFrame(
        {
            "label": short, "name": season["name"], "value": season["estimate"], "lower": season["lowest"],
            "upper": season["highest"], "text": text,
        }
    )  # fmt: skip


def left_over_rows(parts: Decomposition) -> pd.DataFrame:
    """What neither trend nor season explains, in per cent, with limits of 2.66 mean moving ranges.

    Returns
    -------
    DataFrame
        ``period_start, period_end, value, middle, lower, upper, text, mark``, as ``charts.bands.band_chart`` takes
        them; ``mark`` says what is outside.
    """
    rows = parts.inside()
    left = rows["remainder"].to_numpy(dtype=float)
    limits = xmr_limits(left)

    def percent(value: Any) -> Any:
        return (np.exp(value) - 1) * 100 if parts.log else value

    outside = (left < limits.lower) | (left > limits.upper)
    return period_ends(list(rows["period"])).assign(
        value=percent(left), middle=0.0, lower=percent(limits.lower), upper=percent(limits.upper),
        text=[f"{half_up(each, 1):+.1f}%".replace("-", "−") for each in percent(left)],
        mark=np.where(outside, "outside the limits", ""),
    )  # fmt: skip


def expected_rows(found: Beyond, recent: int = 24) -> pd.DataFrame:
    """The steps before a date as fitted, the latest ``recent`` of them, and those since with their expected band."""
    before = found.before.tail(recent).assign(month_lower=np.nan, month_upper=np.nan)
    rows = pd.concat([before, found.months], ignore_index=True)
    outside = (rows["observed"] < rows["month_lower"]) | (rows["observed"] > rows["month_upper"])
    return period_ends(list(rows["period"])).assign(
        value=rows["observed"], middle=rows["expected"], lower=rows["month_lower"], upper=rows["month_upper"],
        text=[write_number(each) for each in rows["observed"]],
        mark=np.where(outside, "outside its month's band", ""),
    )  # fmt: skip


def control_rows(chart: Control) -> pd.DataFrame:
    """A control chart as rows of a band chart; ``mark`` names the rules that a point meets."""
    rows = chart.frame
    return period_ends(list(rows["period"])).assign(
        value=rows["value"], middle=rows["mean"], lower=rows["lower"], upper=rows["upper"],
        text=["no value" if pd.isna(each) else _number(each, not chart.raw) for each in rows["value"]],
        mark=rows["rules"],
    )  # fmt: skip


def forecast_rows(found: Forecast, checked: Checked, recent: int = 24) -> pd.DataFrame:
    """The latest values and what may follow them with its band; ``other`` is last year's value again."""
    past = checked.latest().tail(recent)
    seen = pd.DataFrame({"period": past.index, "value": past.to_numpy()})
    ahead = found.frame.rename(columns={"forecast": "middle", "naive": "other"})
    rows = pd.concat([seen, ahead], ignore_index=True)
    text = [
        write_number(row.value) if pd.notna(row.value)
        else f"{write_number(row.middle)} ({write_number(row.lower)} to {write_number(row.upper)})"
        for row in rows.itertuples()
    ]  # fmt: skip
    ends = period_ends(list(rows["period"]))
    return ends.assign(
        **{name: rows[name] for name in ("value", "middle", "lower", "upper", "other")}, text=text, mark=""
    )


def year_rows(checked: Checked, years: int = 4) -> pd.DataFrame:
    """The same months of the latest years, a day where days are known, each year a series ending with the last value.

    Returns
    -------
    DataFrame
        ``series`` (the year's last month), ``place`` (1 to 12, or 4 quarters), ``label, value, text``.
    """
    values = checked.values
    per_day = values.to_numpy(dtype=float) / days_in(values.index)
    season = season_length(values.index)
    last = len(values)
    told = []
    for back in range(years):
        end = last - back * season
        if end - season < 0:
            break
        part = values.index[end - season : end]
        told.append(
            pd.DataFrame(
                {
                    "series": f"{'12 months' if season == 12 else 'Year'} to {part[-1].strftime('%B %Y')}",
                    "place": range(1, season + 1),
                    "label": [_SHORT[each.month] if season == 12 else f"Q{each.quarter}" for each in part],
                    "value": per_day[end - season : end],
                    "text": [_number(each, per_day=True) for each in per_day[end - season : end]],
                }
            )
        )
    return pd.concat(told[::-1], ignore_index=True) if told else pd.DataFrame(columns=["series"])


def season_frame(parts: Decomposition, checked: Checked, chart: Control | None) -> pd.DataFrame:
    """Every step as numbers, on the scale of its values: for a download, and for the table that is read.

    Returns
    -------
    DataFrame
        ``period, value`` (as counted), ``per_day, adjusted_per_day, trend_per_day`` (without the season, and the
        trend), ``season_percent, left_over_percent``, then of the control chart ``control_value, control_mean,
        control_lower, control_upper, rules``. What a step does not have is missing.
    """
    values = checked.values
    frame = pd.DataFrame({"period": values.index, "value": values.to_numpy(dtype=float)})
    frame["per_day"] = frame["value"] / days_in(values.index)
    inside = parts.inside().set_index("period").reindex(values.index)
    for name, told in (("adjusted", "adjusted_per_day"), ("trend", "trend_per_day")):
        part = inside[name].to_numpy(dtype=float)
        frame[told] = np.exp(part) if parts.log else part
    for name, told in (("seasonal", "season_percent"), ("remainder", "left_over_percent")):
        frame[told] = (np.exp(inside[name].to_numpy(dtype=float)) - 1) * 100 if parts.log else np.nan
    own = chart.frame.set_index("period").reindex(values.index) if chart is not None else None
    for name in ("value", "mean", "lower", "upper"):
        frame[f"control_{name}"] = np.nan if own is None else own[name].to_numpy(dtype=float)
    frame["rules"] = "" if own is None else own["rules"].fillna("").to_numpy()
    return frame


def parts_table(parts: Decomposition, checked: Checked, chart: Control | None) -> pd.DataFrame:
    """Every step for reading: as counted, a day, without its season, and in the control chart."""
    frame = season_frame(parts, checked, chart)
    table = pd.DataFrame(
        {
            "row_label": [name_of(step) for step in frame["period"]],
            "As counted": ["no value" if pd.isna(each) else write_number(each) for each in frame["value"]],
            "A day": [_blank(each) for each in frame["per_day"]],
            "A day, without its season": [_blank(each) for each in frame["adjusted_per_day"]],
            "In the control chart": [_blank(each) for each in frame["control_value"]],
            "Rules met": frame["rules"],
        }
    )
    empty = [name for name in ("In the control chart", "Rules met") if not (table[name] != "").any()]
    return table.drop(columns=empty)


def _blank(value: float) -> str:
    return "" if pd.isna(value) else _number(float(value), per_day=True)


def _number(value: float, per_day: bool) -> str:
    return write_number(value, places=1 if per_day and abs(value) < 1000 else 0)
