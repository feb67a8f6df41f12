"""Places as ranges: R's answers, what every set of ranges must hold, and the words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rank_ranges import place_words, rank_ranges, sidak
from tests.surveys import known

LIMITS = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


def test_the_ranges_of_rs_joint_limits() -> None:
    for _, own in known("survey_shrink_rank").groupby("question"):
        ranges = rank_ranges(own["joint_lo"].tolist(), own["joint_hi"].tolist())
        assert ranges.tolist() == own[["rank_lo", "rank_hi"]].to_numpy().tolist()


@given(st.lists(LIMITS, min_size=1, max_size=12), st.data())
def test_whatever_the_true_values_inside_the_limits_their_places_are_in_the_ranges(
    limits: list[list[float]], data: st.DataObject
) -> None:
    truth = np.array([data.draw(st.floats(low, high)) for low, high in limits])
    ranges = rank_ranges(*zip(*limits, strict=True))
    above = np.array([(truth > own).sum() for own in truth])
    below = np.array([(truth < own).sum() for own in truth])
    assert (ranges[:, 0] <= above + 1).all()
    assert (len(limits) - below <= ranges[:, 1]).all()
    assert ((ranges[:, 0] >= 1) & (ranges[:, 0] <= ranges[:, 1]) & (ranges[:, 1] <= len(limits))).all()


@pytest.mark.parametrize(
    ("first", "places"), [((0.8, 0.9), [[1, 1], [2, 3], [2, 3]]), ((0.1, 0.2), [[3, 3], [1, 2], [1, 2]])]
)
def test_a_gap_parts_the_places(first: tuple[float, float], places: list[list[int]]) -> None:
    assert rank_ranges([first[0], 0.4, 0.5], [first[1], 0.6, 0.7]).tolist() == places


def test_an_area_without_limits_may_stand_anywhere_and_shifts_nobody() -> None:
    assert rank_ranges([0.8, np.nan, 0.1], [0.9, np.nan, 0.2]).tolist() == [[1, 2], [1, 3], [2, 3]]


def test_joint_levels_multiply_to_the_whole() -> None:
    assert sidak(0.95, 10) ** 10 == pytest.approx(0.95, abs=1e-15)
    with pytest.raises(ValueError, match="one area or more, not 0"):
        sidak(0.95, 0)
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        sidak(1.0, 3)


def test_limits_must_belong_together() -> None:
    with pytest.raises(ValueError, match="not 2 and 1 of them"):
        rank_ranges([0.1, 0.2], [0.3])


def test_a_place_is_said_as_a_range() -> None:
    assert place_words(1, 3, 10) == "somewhere between 1st and 3rd of 10"
