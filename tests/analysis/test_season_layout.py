"""Rows of the season's charts: on the scale a reader knows, rounded last, nothing lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.control import control_chart
from analysis.decompose import decompose
from analysis.forecast import forecast
from analysis.regular import check_series
from analysis.season import season_by_step
from analysis.season_layout import (
    control_rows,
    expected_rows,
    forecast_rows,
    left_over_rows,
    parts_table,
    path_rows,
    season_rows,
    year_rows,
)
from analysis.step import beyond_season

MONTHS = pd.period_range("2018-01", periods=62, freq="M")
RATE = 100 + 20 * np.cos(2 * np.pi * (MONTHS.month - 7) / 12) + 3 * np.sin(np.arange(62) ** 2)
COUNTS = pd.Series(np.round(RATE * MONTHS.days_in_month * np.where(MONTHS >= "2022-11", 0.7, 1)), index=MONTHS)
CHECKED = check_series(COUNTS)
PARTS = decompose(CHECKED, [12], [13], log=True, per_day=True)


def test_a_path_is_a_day_and_observed_is_what_was_counted() -> None:
    rows = path_rows(PARTS, ["observed", "trend"])
    own = rows[rows["series"] == "Observed"]
    assert np.allclose(own["value"].to_numpy() * MONTHS.days_in_month, COUNTS.to_numpy())
    assert set(rows["unit"]) == {"per_day"}
    assert own["period_start"].iloc[0] == pd.Timestamp("2018-01-01")
    assert own["period_end"].iloc[0] == pd.Timestamp("2018-01-31")


def test_a_season_has_twelve_months_and_its_words() -> None:
    rows = season_rows(season_by_step(PARTS))
    assert rows["label"].tolist()[:3] == ["Jan", "Feb", "Mar"]
    july = rows[rows["name"] == "July"].iloc[0]
    assert 15 < july["value"] < 25
    assert july["text"].endswith("% above")
    assert (rows["lower"] <= rows["value"]).all()
    assert (rows["value"] <= rows["upper"]).all()


def test_what_is_left_over_is_in_per_cent_with_one_pair_of_limits() -> None:
    rows = left_over_rows(PARTS)
    assert rows["lower"].nunique() == rows["upper"].nunique() == 1
    assert rows["lower"].iloc[0] < 0 < rows["upper"].iloc[0]
    outside = (rows["value"] < rows["lower"]) | (rows["value"] > rows["upper"])
    assert (rows.loc[outside, "mark"] == "outside the limits").all()
    assert (rows.loc[~outside, "mark"] == "").all()


def test_expected_rows_keep_the_band_to_the_months_since() -> None:
    found = beyond_season(CHECKED, pd.Period("2022-11", "M"))
    rows = expected_rows(found, recent=12)
    assert len(rows) == 12 + 4
    assert rows["lower"].notna().sum() == 4
    assert rows["mark"].tail(4).tolist() == ["outside its month's band"] * 4
    assert rows["value"].tail(4).tolist() == COUNTS.tail(4).tolist()


def test_control_rows_name_the_rules() -> None:
    chart = control_chart(CHECKED)
    rows = control_rows(chart)
    assert len(rows) == 62
    assert "outside" in rows["mark"].iloc[-1]


def test_forecast_rows_join_what_was_and_what_may_come() -> None:
    found = forecast(check_series(COUNTS.iloc[:48]), 12)
    rows = forecast_rows(found, check_series(COUNTS.iloc[:48]), recent=6)
    assert rows["value"].notna().sum() == 6
    assert rows["middle"].notna().sum() == rows["other"].notna().sum() == 12
    assert "(" in rows["text"].iloc[-1]


def test_years_end_with_the_last_value() -> None:
    rows = year_rows(CHECKED, years=3)
    assert list(dict.fromkeys(rows["series"])) == [
        "12 months to February 2021", "12 months to February 2022", "12 months to February 2023",
    ]  # fmt: skip
    assert rows["label"].tolist()[:2] == ["Mar", "Apr"]
    assert rows["value"].iloc[-1] == pytest.approx(COUNTS.iloc[-1] / 28)


def test_quarters_are_named_as_quarters() -> None:
    quarters = pd.period_range("2019Q1", periods=12, freq="Q")
    rows = year_rows(check_series(pd.Series(range(10, 22), index=quarters)), years=2)
    assert rows["label"].tolist() == ["Q1", "Q2", "Q3", "Q4"] * 2
    assert rows["series"].iloc[0] == "Year to December 2020"


def test_the_table_holds_every_step_gaps_too() -> None:
    gappy = COUNTS.copy()
    gappy.iloc[5] = np.nan
    checked = check_series(gappy)
    table = parts_table(decompose(checked, [12], [13], log=True, per_day=True), checked, None)
    assert len(table) == 62
    assert table["As counted"].iloc[5] == "no value"
    assert table["A day"].iloc[5] == table["A day, without its season"].iloc[5] == ""
    assert table["row_label"].iloc[0] == "January 2018"
    assert "Rules met" not in table
