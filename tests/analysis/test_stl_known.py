"""STL and MSTL give what R's stl and forecast::mstl give. Robust fits are compared on odd lengths alone, where R is exact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.stl import mstl, stl, windows

KNOWN = Path(__file__).resolve().parent.parent / "known_answers"
SERIES = ["AirPassengers", "USAccDeaths", "co2"]
HOW: dict[str, dict[str, Any]] = {
    "periodic": {},
    "periodic_robust_odd": {"robust": True},
    "s7": {"seasonal": 7},
    "s13_robust_odd": {"seasonal": 13, "robust": True},
    "s13_robust_nojump_odd": {"seasonal": 13, "robust": True, "jump": 1},
    "log_s13_robust_nojump_odd": {"seasonal": 13, "robust": True, "jump": 1},
}


def known(name: str) -> pd.DataFrame:
    return pd.read_csv(KNOWN / "expected" / name)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", SERIES)
def test_stl_is_rs(name: str, how: str) -> None:
    told = known(f"{name}_stl.csv")
    rows = told[told[f"{how}_trend"].notna()]
    assert len(rows) == len(told) - (how.endswith("_odd") and len(told) % 2 == 0)
    values = rows["value"].to_numpy(float)
    values = np.log(values) if how.startswith("log_") else values
    parts = stl(values, 12, **HOW[how])
    close = 1e-7 * values.std()
    for part, mine in parts._asdict().items():
        assert np.abs(mine - rows[f"{how}_{part}"].to_numpy()).max() < close, part
    assert np.abs(sum(parts) - values).max() < 1e-9 * values.max()


@pytest.mark.parametrize("name", SERIES)
def test_mstl_of_one_season_is_rs(name: str) -> None:
    told = known(f"{name}_stl.csv")
    trend, (season,), _ = mstl(told["value"].to_numpy(float), [12], [13])
    close = 1e-7 * told["value"].std()
    assert np.abs(trend - told["mstl_s13_trend"]).max() < close
    assert np.abs(season - told["mstl_s13_seasonal"]).max() < close


def test_mstl_of_two_seasons_is_rs() -> None:
    told = known("taylor_a_mstl.csv")
    values = pd.read_csv(KNOWN / "inputs" / "taylor_a.csv")["value"].to_numpy(float)
    trend, (day, week), rest = mstl(values, [48, 336])
    rows, close = told["i"] - 1, 1e-7 * values.std()
    for mine, name in ((trend, "trend"), (day, "s48"), (week, "s336"), (rest, "remainder")):
        assert np.abs(mine[rows] - told[name]).max() < close, name


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"seasonal": 8}, r"^The seasonal window is an odd number of 3 or more, not 8\.$"),
        ({"seasonal": "yearly"}, r"^The seasonal window is 'periodic' or an odd number of 3 or more, not 'yearly'\.$"),
        ({"trend": 11}, r"^The trend window is an odd number of 13 or more, not 11\.$"),
        ({"low_pass": 14}, r"^The low-pass window is an odd number of 13 or more, not 14\.$"),
        ({"jump": 0}, r"^A smoother jumps 1 step or more, not 0\.$"),
    ],
)
def test_a_window_that_does_not_fit_is_refused(how: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        windows(120, 12, **how)


def test_too_little_is_not_decomposed() -> None:
    with pytest.raises(ValueError, match=r"^A season of 12 is seen in more than 24 steps in a row; here are 24\.$"):
        stl(np.arange(24.0), 12)
    with pytest.raises(ValueError, match="missing or endless"):
        stl(np.r_[np.arange(30.0), np.nan], 12)
