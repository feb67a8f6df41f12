"""How many to ask: R's own example, and what the planner promises by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.planner import plan, respondents_needed
from analysis.survey_waves import score_test


def test_rs_own_example() -> None:
    """The help page of R's power.prop.test: p1 = .50, p2 = .75, power = .90 needs n = 76.7."""
    assert respondents_needed(0.5, 25, power=0.9) == pytest.approx(76.7, abs=0.05)


def test_either_way_is_found_and_the_dearer_one_is_told() -> None:
    assert respondents_needed(0.68, 5) > respondents_needed(0.73, 5, power=0.79)
    assert respondents_needed(0.98, 5) == pytest.approx(respondents_needed(0.02, 5))


def test_weights_cost_respondents_in_proportion() -> None:
    assert respondents_needed(0.68, 5, design_effect=1.5) == pytest.approx(1.5 * respondents_needed(0.68, 5))


def test_every_team_needs_what_the_force_needs() -> None:
    planned = plan(0.68, teams=9)
    assert planned["points"].tolist() == [3.0, 5.0, 7.0] * 2
    force, teams = planned[planned["scope"] == "force"], planned[planned["scope"] == "each team"]
    assert (teams["per_team"].to_numpy() == force["respondents"].to_numpy()).all()
    assert (teams["respondents"].to_numpy() == 9 * force["respondents"].to_numpy()).all()


@pytest.mark.parametrize(("share", "points"), [(1.2, 3), (0.5, 0), (0.5, 60)])
def test_plans_that_cannot_be(share: float, points: float) -> None:
    with pytest.raises(ValueError, match=r"^A (plan|share) "):
        respondents_needed(share, points)


def test_the_promised_power_is_there(full: bool) -> None:
    chance = np.random.default_rng(5)
    base = int(np.ceil(respondents_needed(0.68, 5)))
    repeats = 20_000 if full else 2_000
    first, second = chance.binomial(base, 0.68, repeats) / base, chance.binomial(base, 0.63, repeats) / base
    found = np.mean([score_test(p1, base, p2, base) < 0.05 for p1, p2 in zip(first, second, strict=True)])
    assert 0.77 < found < 0.83
