"""Gaps, zeros and steps that were not fully published are found, said, and never worked through."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.decompose import decompose
from analysis.regular import Checked, check_series, days_in, name_of, regular

MONTHS = pd.period_range("2018-01", periods=60, freq="M")


def counts(mean: float = 60, seed: int = 3) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).poisson(mean, 60).astype(float), index=MONTHS)


def test_an_unpublished_month_is_named_and_left_out() -> None:
    series = counts()
    series["2020-10"], series["2021-01"] = 5, 3
    found = check_series(series)
    assert [str(month) for month in found.low] == ["2020-10", "2021-01"]
    assert found.values[["2020-10", "2021-01"]].isna().all()
    (note,) = found.notes
    assert note.startswith("October 2020 (5) and January 2021 (3): under a quarter of what is usual")
    assert note.endswith("They are left out; keep them, or declare a shock, if real.")
    kept = check_series(series, keep_low=True)
    assert (kept.low, kept.values["2021-01"]) == (found.low, 3)
    assert check_series(series, [(pd.Period("2020-09", "M"), pd.Period("2021-02", "M"))]).low == ()


def test_what_recurs_every_year_is_a_season_and_no_gap() -> None:
    series = counts(300)
    series[series.index.month == 1] = 60
    assert check_series(series).low == ()


def test_a_lasting_fall_is_another_level_and_no_gap() -> None:
    series = counts(300)
    series["2022-08":] = 60
    assert check_series(series).low == ()


def test_chance_alone_names_no_month(full: bool) -> None:
    repeats = 2_000 if full else 50
    chance = np.random.default_rng(8)
    for mean in (3, 20):
        found = [check_series(pd.Series(chance.poisson(mean, 60), index=MONTHS)).low for _ in range(repeats)]
        assert np.mean([len(low) > 0 for low in found]) < 0.05, mean


def test_gaps_and_zeros_are_said() -> None:
    series = counts(2).drop(pd.period_range("2019-03", "2019-04", freq="M"))
    series[:] = 2.0
    series["2020-05"] = 0
    found = check_series(series)
    assert found.notes == (
        "There is no value for March 2019 and April 2019.",
        "The value is 0 for May 2020.",
    )
    with pytest.raises(ValueError, match=r"^The value is 0 or less for May 2020, which has no logarithm\. Leave log"):
        decompose(found, log=True)


def test_nothing_is_decomposed_through_a_gap() -> None:
    series = counts().drop(pd.Period("2020-01", "M"))
    parts = decompose(check_series(series), per_day=True)
    rows = parts.frame.set_index("period")
    assert rows.loc[:"2020-01", "trend"].isna().all()
    assert rows.loc["2020-02":, "adjusted"].notna().all()
    assert rows.loc["2019-12", "observed"] == series["2019-12"] / 31
    assert parts.notes[-1] == "Decomposed is the longest stretch without a gap: February 2020 to December 2022."
    added = rows["trend"] + rows["seasonal"] + rows["remainder"] - rows["observed"]
    assert added.abs().max() < 1e-12


def test_too_short_a_stretch_says_why() -> None:
    series = counts().drop([pd.Period("2019-07", "M"), pd.Period("2021-01", "M")])
    with pytest.raises(ValueError, match=r"has 23\. There is no value for July 2019 and January 2021\.$"):
        decompose(check_series(series))


@given(st.lists(st.booleans(), min_size=1, max_size=40).filter(any))
def test_the_unbroken_stretch_is_the_longest(there: list[bool]) -> None:
    series = pd.Series(np.where(there, 1.0, np.nan), index=pd.RangeIndex(len(there)))
    found = Checked(series).unbroken()
    runs = "".join("x" if each else " " for each in there).split()
    assert len(found) == max(len(run) for run in runs)
    assert found.notna().all()
    assert len(Checked(series).latest()) == len(runs[-1])


def test_days_of_every_step() -> None:
    assert days_in(pd.period_range("2023Q1", periods=2, freq="Q")).tolist() == [90, 91]
    assert days_in(pd.period_range("2023-01-02", periods=2, freq="W")).tolist() == [7, 7]
    assert name_of(pd.Period("2023-01-02 05:00", "h")) == "2 January 2023, 5:00"
    with pytest.raises(ValueError, match="have no known days"):
        days_in(pd.RangeIndex(3))


def test_what_is_no_series_is_refused() -> None:
    twice = pd.PeriodIndex(["2023-01", "2023-01"], freq="M")
    with pytest.raises(ValueError, match=r"^January 2023 stands twice in the series\.$"):
        regular(pd.Series([1, 2], index=twice))
    with pytest.raises(ValueError, match=r"^The series holds no value\.$"):
        regular(pd.Series([np.nan], index=twice[:1]))
    with pytest.raises(ValueError, match="periods or whole numbers"):
        regular(pd.Series([1.0], index=[0.5]))


def test_unpublished_months_of_a_real_neighbourhood_are_noticed(reference: Path | None) -> None:
    file = (reference or Path()) / "data/police-uk-neighbourhood-monthly/neighbourhood_crime_monthly.csv"
    if not file.is_file():
        pytest.skip(f"{file} is not there")
    rows = pd.read_csv(file)
    asb = rows[rows["area"].str.startswith("Sherwood") & (rows["measure"] == "Anti-social behaviour")]
    found = check_series(pd.Series(asb["value"].to_numpy(), index=pd.PeriodIndex(asb["month"], freq="M")))
    assert [str(month) for month in found.low] == [
        "2021-10", "2022-01", "2022-06", "2022-07", "2022-09", "2022-10", "2023-01", "2023-08",
    ]  # fmt: skip
