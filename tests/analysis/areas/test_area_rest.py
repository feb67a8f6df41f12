"""Areas against the rest and the force: R's answers, designs, and what cannot be told apart."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis.area_rest import against_rest
from data.engine import attach
from data.profile import Profile, Question
from data.survey_sums import SurveySums, survey_sums
from tests.surveys import ALIKE, known, schools, survey

Q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), negative=("No",))


def clean(**asked: object) -> pd.DataFrame:
    profile, prepared = survey("survey_clean.csv")
    counted = survey_sums(attach(prepared.frame), profile, by="area", waves=["2023-01"])
    return against_rest(counted.sums, counted.design, **asked)


def counted_of(frame: pd.DataFrame, **roles: str) -> SurveySums:
    profile = Profile(columns=roles, groups=("team",), questions={"Q4": Q4})
    return survey_sums(attach(frame), profile, by="team")


@pytest.mark.parametrize(("test", "p"), [("score", "p_score"), ("wald", "p_rest")])
def test_rs_answers(test: str, p: str) -> None:
    own = clean(test=test)
    both = own[own["measure"] == "top"].merge(
        known("survey_area_vs_rest"), on=["question", "area"], suffixes=("", "_r")
    )
    assert len(both) == 120
    columns = {"estimate": "p_area", "rest": "p_others", "n_effective_rest": "n_eff_others", "difference": "vs_rest"}
    columns |= {
        "difference_error": "vs_rest_se",
        "from_force": "vs_whole",
        "from_force_error": "vs_whole_se",
        "p": f"{p}",
    }
    theirs = {mine: f"{name}_r" if f"{name}_r" in both else name for mine, name in columns.items()}
    worst = {mine: float((both[mine] - both[name]).abs().max()) for mine, name in theirs.items()}
    assert {name: gap for name, gap in worst.items() if not gap <= ALIKE} == {}


def test_rs_joint_limits_and_variances() -> None:
    own = clean()
    both = own[own["measure"] == "top"].merge(known("survey_shrink_rank"), on=["question", "area"])
    assert len(both) == 120
    for mine, theirs in {"joint_lower": "joint_lo", "joint_upper": "joint_hi", "variance": "var"}.items():
        assert (both[mine] - both[theirs]).abs().max() <= ALIKE, mine


def test_shared_respondents_make_the_difference_from_the_force_surer() -> None:
    """The area is part of the force: the distance is that from the rest times the rest's part, and so is its error."""
    own = clean()
    shares = own[own["measure"] == "top"]
    part = 1 - shares["sum_weights"] / shares["sum_weights_force"]
    assert shares["from_force"].to_numpy() == pytest.approx((shares["difference"] * part).to_numpy(), abs=1e-12)
    assert shares["from_force_error"].to_numpy() == pytest.approx(
        (shares["difference_error"] * part).to_numpy(), rel=2e-3
    )


def test_two_areas_are_each_others_rest() -> None:
    frame = pd.DataFrame({"Q4": ["Yes", "No", "No", "Yes"] * 50, "team": ["N"] * 120 + ["S"] * 80})
    frame.loc[:40, "Q4"] = "Yes"
    north, south = against_rest(*_both(counted_of(frame))).query("measure == 'top'").to_dict("records")
    assert north["rest"] == pytest.approx(south["estimate"], abs=1e-15)
    assert north["difference"] == pytest.approx(-south["difference"], abs=1e-15)
    assert north["p"] == pytest.approx(south["p"], abs=1e-12)
    assert north["difference_error"] == pytest.approx(
        np.hypot(north["standard_error"], south["standard_error"]), rel=1e-12
    )


def _both(counted: SurveySums) -> tuple[pd.DataFrame, pd.DataFrame]:
    return counted.sums, counted.design


def test_strata_that_cross_areas_are_counted_as_from_the_respondents() -> None:
    """The standard error from the sums is the one that linearised values of every respondent give."""
    frame, profile = schools(stratum="stratum", weight="weight")
    counted = survey_sums(attach(frame), profile, by="many_meals")
    told = against_rest(*_both(counted))
    own = told[(told["question"] == "y_awards") & (told["measure"] == "top")].iloc[0]
    w, inside = frame["weight"], frame["many_meals"].notna()
    y = (frame["y_awards"] == "Yes").astype(float)
    means = {side: np.average(y[inside == side], weights=w[inside == side]) for side in (True, False)}
    assert own["rest"] == pytest.approx(means[False], abs=1e-12)
    z = np.where(
        inside, w * (y - means[True]) / w[inside].sum(), -w * (y - means[False]) / w[~inside].sum()
    )  # fmt: skip
    strata = pd.Series(z).groupby(frame["stratum"])
    variance = (strata.size() * strata.var(ddof=1)).sum()
    assert own["difference_error"] == pytest.approx(np.sqrt(variance), rel=1e-10)


def test_those_without_an_area_are_part_of_the_rest() -> None:
    frame = pd.DataFrame({"Q4": ["Yes", "No"] * 150, "team": ["N"] * 100 + ["S"] * 100 + [None] * 100})
    told = against_rest(*_both(counted_of(frame)))
    assert set(told["n_rest"]) == {200}


def test_one_area_alone_has_no_rest() -> None:
    told = against_rest(*_both(counted_of(pd.DataFrame({"Q4": ["Yes", "No"] * 100, "team": ["N"] * 200}))))
    assert told[["rest", "difference", "p", "difference_lower"]].isna().all(axis=None)
    assert told["estimate"].notna().all()
    assert told["withheld"].all()


def test_a_rest_of_few_answers_is_not_compared() -> None:
    told = against_rest(
        *_both(counted_of(pd.DataFrame({"Q4": ["Yes", "No"] * 110, "team": ["N"] * 200 + ["S"] * 20})))
    ).query("area == 'N'")
    assert told["withheld"].all()
    assert told["caveat"].str.startswith("Too imprecise to compare: the rest has too few answers.").all()


def test_all_said_the_same() -> None:
    told = against_rest(*_both(counted_of(pd.DataFrame({"Q4": ["Yes"] * 200, "team": ["N", "S"] * 100}))))
    top = told[told["measure"] == "top"]
    assert (top["p"] == 1.0).all()
    assert (top["difference"] == 0.0).all()
    assert (top["variance"] > 0).all()


def test_clusters_inside_areas_are_counted_and_clusters_across_are_refused() -> None:
    answers = (["Yes"] * 10 + ["No"] * 10) * 20
    streets = [str(place // 10) for place in range(400)]
    frame = pd.DataFrame({"Q4": answers, "cluster": streets, "team": ["N"] * 200 + ["S"] * 200})
    told = against_rest(*_both(counted_of(frame, cluster="cluster"))).query("measure == 'top'")
    z = np.repeat([0.5, -0.5] * 20, 10).reshape(-1, 10).sum(axis=1) / 200
    assert told["difference_error"].tolist() == pytest.approx([np.sqrt(40 / 39 * (z**2).sum())] * 2, rel=1e-12)
    crossed = counted_of(frame.assign(team=["N", "S"] * 200), cluster="cluster")
    with pytest.raises(ValueError, match="lie in more than one area"):
        against_rest(*_both(crossed))


@pytest.mark.parametrize(
    ("asked", "keep", "sentence"),
    [
        ({"test": "t"}, True, "A test is one of score, wald, not t."),
        ({}, False, "To tell areas from the rest of their force, the sums need the whole sample, as group ALL."),
    ],
)
def test_what_cannot_be_compared(asked: dict[str, str], keep: bool, sentence: str) -> None:
    counted = counted_of(pd.DataFrame({"Q4": ["Yes", "No"] * 100, "team": ["N", "S"] * 100}))
    sums = counted.sums if keep else counted.sums[counted.sums["group"] != "ALL"]
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        against_rest(sums, counted.design, **asked)
