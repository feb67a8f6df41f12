"""Changes of areas and their parts of the force's: known answers of one pair, sums that must hold, what is said of them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.area_changes import area_changes
from analysis.intervals import holm

WHOLE = st.integers(0, 5000)


def changed(*pairs: tuple[float, float], **asked: object) -> pd.DataFrame:
    rows = [
        {"wave": wave, "question": "burglary", "area": f"team {place}", "value": float(pair[period])}
        for place, pair in enumerate(pairs)
        for period, wave in enumerate(["1", "2"])
    ]
    return area_changes(pd.DataFrame(rows), "1", "2", **asked).set_index("area")


def test_one_areas_change_is_that_of_two_counts() -> None:
    """The known answer of 22,617 against 20,803 at the dispersion of tests/known_answers/expected/counts_ar1.json."""
    own = changed((22617, 20803), (500, 500), dispersion=5.2534602788163625).loc["team 0"]
    assert own[["percent", "lower", "upper"]].astype(float).round(4).tolist() == [-8.0205, -11.9055, -3.9642]


@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=8))
def test_parts_add_up_to_the_forces(pairs: list[tuple[int, int]]) -> None:
    told = changed(*pairs)
    areas, force = told.drop(index="ALL"), told.loc["ALL"]
    assert areas["difference"].sum() == pytest.approx(force["difference"])
    if force["difference"]:
        assert areas["share_of_change"].sum() == pytest.approx(1)
    else:
        assert told["share_of_change"].isna().all()
    assert areas["p_holm"].tolist() == pytest.approx(holm(areas["p"].tolist()))
    assert told["family"].iloc[-1] == f"{len(pairs)} comparisons: every measure, every area"


def test_what_is_said_beside_a_share() -> None:
    surely = changed((1000, 2000), (1000, 900))
    assert surely.loc["team 0", "share_of_change"] == pytest.approx(1000 / 900)
    assert "went both ways" in surely.loc["team 0", "caveat"]
    assert surely.loc["team 0", "verdict"] == "real change"
    assert "may be chance" in changed((1000, 1010), (1000, 1000)).loc["team 0", "caveat"]


def test_a_force_that_is_more_than_its_areas() -> None:
    counts = pd.DataFrame(
        {"wave": ["1", "1", "2", "2"], "question": "b", "area": ["ALL", "N"] * 2, "value": [90.0, 40, 120, 50]}
    )
    told = area_changes(counts, "1", "2").set_index("area")
    assert told.loc["N", ["share_of_first", "share_of_change"]].astype(float).tolist() == pytest.approx(
        [40 / 90, 1 / 3]
    )


def test_periods_must_be_there() -> None:
    with pytest.raises(ValueError, match="There is no period '3'; the periods are 1, 2"):
        area_changes(pd.DataFrame({"wave": ["1", "2"], "question": "b", "area": "N", "value": 5.0}), "1", "3")
