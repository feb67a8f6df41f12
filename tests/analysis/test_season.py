"""The season: R's known answers, what is claimed and what is not, and the words for it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.decompose import decompose
from analysis.regular import check_series
from analysis.season import friedman, qs, season_by_step, season_sentence, season_strength, season_tests
from analysis.stl import stl

KNOWN = Path(__file__).resolve().parent.parent / "known_answers"
HOW = {
    "periodic": {},
    "s7": {"seasonal": 7},
    "s13_robust_odd": {"seasonal": 13, "robust": True},
}


@pytest.mark.parametrize("name", ["AirPassengers", "USAccDeaths", "co2"])
def test_tests_and_strength_are_rs(name: str) -> None:
    values = pd.read_csv(KNOWN / "inputs" / f"{name}.csv")["value"].to_numpy(float)
    told = json.loads((KNOWN / "expected" / f"{name}_tests.json").read_text(encoding="utf-8"))
    assert friedman(values, 12) == pytest.approx((told["friedman"], 11, told["friedman_p"]), rel=1e-8)
    assert qs(values, 12) == pytest.approx((told["qs"], 2, told["qs_p"]), rel=1e-8)
    for how, arguments in HOW.items():
        odd = values[: len(values) - 1] if how.endswith("_odd") and len(values) % 2 == 0 else values
        parts = stl(odd, 12, **arguments)
        assert season_strength(parts.seasonal, parts.remainder) == pytest.approx(told["stl"][how]["Fs"], abs=1e-8)


def seasonal(years: int, noise: float = 0.01) -> pd.Series:
    """Counts a day that run 20% high in July and low in January, over months of 28 to 31 days."""
    chance, index = np.random.default_rng(years), pd.period_range("2018-04", periods=12 * years, freq="M")
    level = 100 * np.exp(0.2 * np.cos(2 * np.pi * (index.month - 7) / 12) + chance.normal(0, noise, len(index)))
    return pd.Series(np.round(level * index.days_in_month), index=index)


def test_the_season_in_words_is_per_day() -> None:
    parts = decompose(check_series(seasonal(6)), seasonal=[13], log=True, per_day=True)
    told = season_by_step(parts).set_index("name")["estimate"]
    assert told["July"] == pytest.approx(100 * (np.exp(0.2) - 1), abs=2)
    assert told["January"] == pytest.approx(100 * (np.exp(-0.2) - 1), abs=2)
    assert season_sentence(parts).startswith("Counted per day, July runs 2")
    assert season_tests(parts)["verdict"].tolist() == ["season", "season"]


def test_below_three_years_nothing_is_claimed() -> None:
    short = seasonal(3).iloc[:-1]
    told = season_tests(decompose(check_series(short)))
    assert told["verdict"].tolist() == ["cannot tell"] * 2
    assert told["p"].isna().all()
    assert season_sentence(decompose(check_series(short))) == (
        "Cannot tell whether there is a season: 35 months in a row are fewer than 3 whole seasons of 12."
    )


def test_a_series_without_season_has_none_told() -> None:
    index = pd.period_range("2018-04", periods=72, freq="M")
    flat = pd.Series(np.random.default_rng(4).poisson(100 * index.days_in_month), index=index)
    parts = decompose(check_series(flat), per_day=True, log=True)
    assert season_tests(parts).loc[0, "verdict"] == "no season seen"
    assert season_sentence(parts).startswith("No season stands out: every month ranks much as the others do")


def test_false_seasons_come_one_time_in_twenty(full: bool) -> None:
    repeats = 2_000 if full else 300
    chance = np.random.default_rng(11)
    found = [friedman(chance.normal(0, 1, 84), 12)[2] < 0.05 for _ in range(repeats)]
    assert np.mean(found) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / repeats)


def test_days_of_the_week_and_quarters_have_names() -> None:
    days = pd.Series(np.tile([9, 8, 7, 6, 5, 1, 2], 8), index=pd.period_range("2023-01-02", periods=56, freq="D"))
    assert season_by_step(decompose(check_series(days)))["name"].tolist()[::6] == ["Monday", "Sunday"]
    parts = decompose(check_series(days), per_day=True)
    assert season_sentence(parts) == "Monday runs 3.6 above an average day, Saturday 4.4 below."


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_a_series_that_never_moves_has_no_season(value: float) -> None:
    parts = decompose(
        check_series(pd.Series(np.full(60, value), index=pd.period_range("2018-04", periods=60, freq="M")))
    )
    assert season_tests(parts)["p"].tolist() == [1.0, 1.0]
    assert season_sentence(parts).startswith("No season stands out")
