"""The funnel: another library's variance between areas, its own promise by simulation, and its ends."""

from __future__ import annotations

import re

import numpy as np
import pytest

from analysis.funnel import Funnel, funnel, funnel_limits, outside


def test_the_variance_between_is_dersimonian_and_lairds_about_the_forces_rate() -> None:
    """statsmodels 0.15, combine_effects(sqrt(x / 124), 1 / 496, method_re="dl"), whose centre is the weighted mean."""
    theirs, centre = 0.055416642386468366, 0.9767567675040799
    found = funnel([120, 80, 150, 60, 210], [1000] * 5, drawn_in=0.0)
    about_the_force = theirs + 2480 * (centre - 1) ** 2 / 1984
    assert found.between == pytest.approx(about_the_force, abs=1e-12)
    assert found.dispersion == pytest.approx((113.94661849475324 + 2480 * (centre - 1) ** 2) / 5, abs=1e-9)


def test_one_area_far_out_does_not_widen_the_funnel_for_itself() -> None:
    counts = [100, 104, 97, 101, 95, 103, 99, 102, 98, 180]
    people = [1000] * 10
    assert funnel(counts, people).between < funnel(counts, people, drawn_in=0.0).between / 2
    found = funnel(counts, people)
    assert outside(180, 1000, found) == "above the funnel"
    assert [outside(count, 1000, found) for count in counts[:-1]] == ["inside the funnel"] * 9


@pytest.mark.parametrize(("spread", "levels"), [(0.0, (0.93, 0.97)), (0.15, (0.92, 0.97))])
def test_about_as_many_lie_inside_as_its_level_says(spread: float, levels: tuple[float, float]) -> None:
    chance = np.random.default_rng(20230517)
    inside = []
    for _ in range(200):
        people = chance.integers(2000, 200000, 40)
        truth = 0.02 * (chance.gamma(1 / spread**2, spread**2, 40) if spread else np.ones(40))
        counts = chance.poisson(truth * people)
        limits = funnel_limits(funnel(counts.tolist(), people.tolist(), drawn_in=0.0), people.tolist())
        rates = counts / people * 1000
        inside.append(((limits["wider_lower"] <= rates) & (rates <= limits["wider_upper"])).mean())
    assert levels[0] <= np.mean(inside) <= levels[1]


def test_limits_meet_the_rate_as_areas_grow_and_never_pass_below_0() -> None:
    limits = funnel_limits(Funnel(2.0, 1.0, 0.0, 10), [10, 1000, 1e9], 0.998)
    assert limits["lower"].tolist()[0] == 0.0
    assert limits[["lower", "upper"]].iloc[-1].tolist() == pytest.approx([2.0, 2.0], abs=0.01)
    assert (limits["lower"] == limits["wider_lower"]).all()


def test_a_rate_that_is_missing_stands_nowhere() -> None:
    assert outside(float("nan"), 1000, Funnel(2.0, 1.0, 0.0, 10)) == ""


@pytest.mark.parametrize(
    ("counts", "people", "sentence"),
    [
        ([1, 2], [10, 0], "A rate needs a population above 0, not 0."),
        ([1], [10], "A funnel needs two areas or more, and at least one event."),
        ([0, 0], [10, 10], "A funnel needs two areas or more, and at least one event."),
        ([1, -2], [10, 10], "A count is 0 or more, not -2."),
    ],
)
def test_what_is_no_funnel(counts: list[float], people: list[float], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        funnel(counts, people)
