"""The report's own table of teams: exceptions, ranges, what is assumed, and what may be said of all that."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.area_claims import claims_said
from analysis.area_published import ONLY_RANGE, RANGE_ALIKE, RANGE_OPEN, areas_assuming, printed_areas
from analysis.area_tables import table_against_rest
from analysis.survey_tables import table_estimates
from tests.published import release


@pytest.fixture(scope="module")
def printed() -> pd.DataFrame:
    shipped = release()
    return printed_areas(shipped.figures, shipped.ranges, shipped.areas)


@pytest.fixture(scope="module")
def told(printed: pd.DataFrame) -> pd.DataFrame:
    """As statistics of the report were worked out by hand: 160 answers in each of ten teams, design effect 1.25."""
    return areas_assuming(printed, base=160, areas=10, force_base=1602)


def cell(told: pd.DataFrame, question: str, area: str) -> pd.Series:
    return told.set_index(["question", "area"]).loc[(f"confidence_{question}", f"lpt_{area}")]


def test_every_team_and_question_is_there_and_nothing_else(printed: pd.DataFrame) -> None:
    assert printed.groupby("question")["area"].nunique().eq(9).all()
    assert printed["question"].nunique() == 12
    assert printed["percent"].notna().sum() == 20
    assert printed.loc[printed["percent"].isna(), ["low", "high"]].notna().any(axis=None)
    assert set(printed.loc[printed["question"] == "confidence_q12", "force"]) == {68}
    assert printed.loc[printed["question"] == "confidence_q18", "force"].isna().all()  # not printed for the force


def test_known_answers_of_the_report(told: pd.DataFrame) -> None:
    """East Staffs 46%: z -5.6, stands under any correction; Lichfield 59%: z -2.3, p 0.02, does not."""
    east, lichfield = cell(told, "q12", "east_staffs"), cell(told, "q12", "lichfield")
    assert east["verdict"] == "differs"
    assert norm.isf(east["p"] / 2) == pytest.approx(5.6, abs=0.05)
    assert lichfield["verdict"] == "likely differs"
    assert norm.isf(lichfield["p"] / 2) == pytest.approx(2.3, abs=0.05)
    assert "120 comparisons" in lichfield["family"]


def test_a_force_that_is_printed_gives_the_same_as_a_table_of_shares(told: pd.DataFrame) -> None:
    table = pd.DataFrame({"question": "q", "area": ["ALL", "a"], "percent": [77.0, 64], "base": [1602, 160]})
    alone = table_against_rest(table_estimates(table, withhold=False), areas=10).iloc[0]
    south = cell(told, "q4", "south_staffs")
    for name in ("rest", "difference", "difference_lower", "difference_upper", "p", "joint_lower"):
        assert south[name] == pytest.approx(alone[name], abs=1e-12)


def test_a_range_has_no_value_and_at_most_cannot_tell(told: pd.DataFrame) -> None:
    inside = told[told["low"].notna() | told["high"].notna()]
    assert len(inside) == 88
    assert inside[["estimate", "lower", "upper", "p", "p_holm", "rank_low"]].isna().all(axis=None)
    assert set(inside["verdict"]) == {"cannot tell", "no verdict"}
    assert cell(told, "q12", "newcastle")["caveat"] == RANGE_ALIKE
    assert cell(told, "q9", "newcastle")["caveat"] == RANGE_OPEN  # 72% would lie 12 points above the rest
    assert cell(told, "q1", "city")["caveat"] == ONLY_RANGE  # above 90%: no upper end


def test_the_rest_is_bounded_where_the_force_is_not_printed(told: pd.DataFrame) -> None:
    """Q3a: Tamworth 10%, East Staffs 14%, eight teams within 17% to 24%: the rest of Tamworth is 16.7% or more."""
    tamworth = cell(told, "q3a", "tamworth")
    assert tamworth["rest"] == pytest.approx((14 + 8 * 17) / 9 / 100)
    assert tamworth["caveat"].startswith("The force's share is not printed")
    assert tamworth["verdict"] == "cannot tell"


def test_claims_are_held_against_the_numbers(told: pd.DataFrame) -> None:
    shipped = release()
    names = dict(zip(shipped.areas["id"], shipped.areas["name"], strict=True))
    assert claims_said(shipped.area_claims, told, names) == [
        "The report says that Newcastle has “higher levels of confidence”. All it prints is that Newcastle is within "
        "64% to 74%, and no value in that range could be told apart from the rest: the published numbers do not bear "
        "it out.",
        "The report says that Moorlands has “higher levels of confidence”. All it prints is that Moorlands is within "
        "64% to 74%, and no value in that range could be told apart from the rest: the published numbers do not bear "
        "it out.",
        "The report says that Lichfield has “lower levels of confidence”. The printed 59% would stand out "
        "alone, but not among so many comparisons, some of which stand out by chance: it is likely below the rest.",
        "The report says that East Staffs has “lower levels of confidence”. The printed 46% bears that out: it is "
        "below the rest.",
    ]


def test_larger_assumed_bases_turn_a_claim(printed: pd.DataFrame) -> None:
    told = areas_assuming(printed, base=500, areas=10, force_base=5000)
    assert cell(told, "q12", "lichfield")["verdict"] == "differs"
    assert cell(told, "q12", "newcastle")["verdict"] == "no verdict"  # 74% of 500 could be told apart


def test_fewer_areas_than_are_named_are_refused(printed: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="The report names 9 areas, so there are not 8 of them"):
        areas_assuming(printed, base=160, areas=8, force_base=1602)


@settings(max_examples=30)
@given(
    value=st.integers(min_value=10, max_value=90), low=st.integers(min_value=1, max_value=98),
    width=st.integers(min_value=0, max_value=60), areas=st.integers(min_value=3, max_value=15),
    part=st.floats(min_value=0, max_value=1),
)  # fmt: skip
def test_the_nearer_bound_never_tells_more_than_the_truth(
    value: int, low: int, width: int, areas: int, part: float
) -> None:
    """Wherever the areas of a range truly lie, an area stands no farther from the bound than from their mean."""
    high = min(99, low + width)
    printed = pd.DataFrame(
        {"question": "q", "area": ["a", "b", "c"], "percent": [value, None, None], "low": [None, low, low],
         "high": [None, high, high], "force": None}
    ).astype(dict.fromkeys(["percent", "low", "high", "force"], float))  # fmt: skip
    told = areas_assuming(printed, base=200, areas=areas, force_base=0).iloc[0]
    truly = (value - (low + part * (high - low))) / 100
    assert abs(told["difference"]) <= abs(truly) + 1e-9
    if not low <= value <= high:
        assert told["difference"] * truly >= 0
    else:
        assert told["difference"] == pytest.approx(0)
