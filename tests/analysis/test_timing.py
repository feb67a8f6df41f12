"""Hours of the week and waits: empty is not zero, intervals hold what they promise, a tail is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.intervals import wilson
from analysis.timing import hour_table, hours_sentence, interval_shares, tail_sentence, wait_table, weekdays_between
from data.engine import attach
from data.event_queries import event_counts, quantiles, waits


def counts(cells: dict[tuple[int, int], int]) -> pd.DataFrame:
    return pd.DataFrame([(day, hour, n) for (day, hour), n in cells.items()], columns=["weekday", "hour", "n"])


def test_an_empty_hour_is_not_zero() -> None:
    table = hour_table(counts({(1, 9): 40, (2, 9): 20, (3, 9): 0}), {1: 4, 2: 2, 3: 0})
    assert len(table) == 168
    assert table["n"].notna().sum() == 2
    there = table[table["n"].notna()]
    assert there["mean"].tolist() == [10, 10]
    assert there["share"].sum() == 1
    assert (there["caveat"] == "").all()
    empty = table[table["n"].isna()]
    assert empty[["share", "mean"]].isna().all(axis=None)
    assert set(empty["caveat"]) == {"empty: no event is in the extract, which is not the same as 0"}


def test_events_without_a_time_are_left_out_and_groups_are_refused() -> None:
    times = pd.to_datetime(["2023-01-02 09:30", "2023-01-02 09:45", None])
    table = hour_table(event_counts(attach(pd.DataFrame({"at": times})), "at"))
    assert table["n"].sum() == 2
    with pytest.raises(ValueError, match="No event has a time of day"):
        hour_table(pd.DataFrame({"weekday": [None], "hour": [None], "n": [3]}))
    with pytest.raises(ValueError, match="Give one group at a time"):
        hour_table(pd.concat([counts({(1, 9): 1})] * 2))


def test_what_is_empty_is_told() -> None:
    week = {(day, hour): 5 for day in range(1, 8) for hour in range(24)}
    assert hours_sentence(hour_table(counts(week | {(7, 23): 9}))) == (
        "Sunday from 23:00 to 0:00 is the busiest hour of the week, with 9 events (1.1% of all)."
    )
    del week[3, 4]
    assert hours_sentence(hour_table(counts(week))).endswith("1 of 168 hours are empty, which is not the same as 0.")
    night = {cell: n for cell, n in week.items() if 7 <= cell[1] < 21 and cell[0] < 6}
    assert "No event on Saturday and Sunday, and none from 21:00 to 7:00" in hours_sentence(hour_table(counts(night)))


def test_weekdays_of_a_month() -> None:
    days = weekdays_between(pd.Timestamp("2023-03-01 12:00"), pd.Timestamp("2023-03-31"))
    assert (sum(days.values()), days[3], days[1]) == (31, 5, 4)


def test_the_median_interval_is_scipys() -> None:
    """scipy's one-sided limits at 97.5% each are the ends of a two-sided 95% interval."""
    for seed, n in enumerate((20, 101, 500)):
        values = np.random.default_rng(seed).exponential(40, n)
        for share in (0.5, 0.9):
            lower, upper = interval_shares(n, share)
            test = {"q": 0.0, "p": share}
            least = stats.quantile_test(values, **test, alternative="greater").confidence_interval(0.975).low
            most = stats.quantile_test(values, **test, alternative="less").confidence_interval(0.975).high
            if np.isnan(lower):
                assert np.isnan(least) or np.isinf(least) or np.isinf(most) or np.isnan(most)
            else:
                assert np.quantile(values, [lower, upper]).tolist() == pytest.approx([least, most])


@pytest.mark.parametrize("n", [30, 200])
def test_median_intervals_hold_the_truth(n: int, full: bool) -> None:
    chance = np.random.default_rng(n)
    values = chance.lognormal(3, 1.2, (20_000 if full else 2_000, n))
    limits = np.quantile(values, interval_shares(n, 0.5), axis=1)
    held = ((limits[0] <= np.exp(3)) & (np.exp(3) <= limits[1])).mean()
    assert 0.94 < held < 0.98


def test_waits_from_the_engine_to_the_table() -> None:
    values = np.round(np.random.default_rng(2).lognormal(3, 1.2, 400), 1)
    rows = attach(pd.DataFrame({"wait": [*values, None]}))
    (counted,) = waits(rows, "wait", within=10).to_dict("records")
    assert (counted["n"], counted["missing"], counted["within"]) == (400, 1, (values <= 10).sum())
    asked = [share for each in (0.5, 0.9) for share in (each, *interval_shares(400, each))]
    found = quantiles(rows, "wait", asked).set_index("quantile")["value"].to_dict()
    table = wait_table(400, counted["mean"], counted["variance"], found, within=counted["within"])
    assert table["what"].tolist() == ["mean", "median", "90th percentile", "share within"]
    mean = stats.t.interval(0.95, 399, values.mean(), stats.sem(values))
    assert table.loc[0, ["lower", "upper"]].tolist() == pytest.approx(mean)
    assert table.loc[1:2, "estimate"].tolist() == pytest.approx(np.quantile(values, [0.5, 0.9]))
    assert table.loc[3, ["lower", "upper"]].tolist() == pytest.approx(wilson(counted["within"], 400))
    ordered = np.sort(values)
    assert {*table.loc[1:2, ["lower", "upper"]].to_numpy().ravel()} <= {*ordered}


def test_waits_of_nothing_and_of_next_to_nothing() -> None:
    none = waits(attach(pd.DataFrame({"wait": pd.Series([None], dtype=float)})), "wait", within=1).iloc[0]
    assert (none["n"], none["missing"]) == (0, 1)
    empty = wait_table(0, np.nan, np.nan, {}, within=0)
    assert empty[["estimate", "lower", "upper"]].isna().all(axis=None)
    few = wait_table(3, 2.0, 1.0, {0.5: 2.0}, [0.5])
    assert few.loc[1, "caveat"] == "Too few values for limits."
    assert few.loc[0, "caveat"].startswith("Fewer than 30 values")
    with pytest.raises(ValueError, match=r"^The quantiles at 0\.5, 0\.4 and 0\.6 are needed\.$"):
        wait_table(101, 2.0, 1.0, {0.5: 2.0}, [0.5])
    with pytest.raises(ValueError, match="between 0 and 1, not at 1"):
        interval_shares(10, 1)


def test_a_tail_is_told_either_way() -> None:
    assert tail_sentence(5, 0) == (
        "Half waited 0 seconds or less, yet the mean is 5 seconds: a few waits are very long and pull the mean up."
    )
    assert tail_sentence(10, 20, "minutes").startswith("Half waited 20 minutes or more, yet the mean is 10 minutes")


def test_nights_of_a_real_call_centre_are_empty(reference: Path | None) -> None:
    file = (reference or Path()) / "data/call-arrivals/bank_calls_hourly.csv"
    if not file.is_file():
        pytest.skip(f"{file} is not there")
    hourly = pd.read_csv(file, parse_dates=["date"])
    rows = hourly.groupby([hourly["date"].dt.day_of_week + 1, "hour"])["calls"].sum().rename_axis(["weekday", "hour"])
    table = hour_table(rows.rename("n").reset_index(), weekdays_between(hourly["date"].min(), hourly["date"].max()))
    assert table.loc[table["hour"].between(7, 20) & (table["weekday"] <= 5), "n"].notna().all()
    assert table.loc[(table["hour"] < 7) | (table["weekday"] > 5), "n"].isna().all()
    assert "No event on Saturday and Sunday, and none from 22:00 to 7:00" in hours_sentence(table)
