"""What every estimate must hold beyond the known answers: rules of precision, don't know, designs, and odd samples."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey import estimates
from data.engine import attach
from data.profile import Profile, Question
from data.survey_sums import survey_sums
from tests.surveys import estimated

Q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), negative=("No",), dont_know=("Don't know",))


def told_of(answers: list[str | None], by: str | None = None, **columns: list) -> pd.DataFrame:
    """Estimates of one question; each further column has the role of its name, or is a group."""
    roles = {name: name for name in columns if name in ("weight", "stratum", "cluster", "population", "wave")}
    frame = pd.DataFrame({"Q4": pd.Series(answers, dtype="str"), **columns})
    groups = tuple(name for name in columns if name not in roles)
    profile = Profile(columns=roles, groups=groups, questions={"Q4": Q4})
    counted = survey_sums(attach(frame), profile, by=by)
    return estimates(counted.sums, counted.design)


def top(told: pd.DataFrame, group: str = "ALL") -> pd.Series:
    return told[(told["measure"] == "top") & (told["group"] == group)].iloc[0]


@pytest.mark.parametrize(
    ("yes", "no", "caveat"),
    [
        (15, 15, "Too imprecise to show: the effective base is 29.0, under 30."),
        (16, 15, "Too imprecise to show: its 95% interval is 34 points wide."),
        (42, 2, "Very small base: 43.0 effective answers."),
        (48, 2, "Very small base: 49.0 effective answers."),
        (49, 2, "Small base: 50.0 effective answers."),
        (96, 4, "Small base: 99.0 effective answers."),
        (97, 4, ""),
        (4, 96, "Too imprecise to show: its 95% interval is 8 points wide, more than 130% of the share."),
        (10, 990, ""),
    ],
)
def test_small_bases_are_marked_and_imprecise_cells_withheld(yes: int, no: int, caveat: str) -> None:
    cell = top(told_of(["Yes"] * yes + ["No"] * no))
    assert cell["caveat"] == caveat
    numbers = cell[["estimate", "standard_error", "lower", "upper"]].astype(float)
    assert numbers.isna().all() == caveat.startswith("Too imprecise")
    assert not cell[["n", "n_effective", "design_effect"]].isna().any()


def test_uneven_weights_make_a_base_small() -> None:
    cell = top(told_of(["Yes"] * 30 + ["No"] * 30, weight=[0.1, 4.0] * 30))
    assert cell["n"] == 60
    assert 60 / cell["design_effect"] == pytest.approx(60 * 2.05**2 / ((0.01 + 16) / 2))
    assert cell["n_effective"] < 60 / cell["design_effect"]
    assert cell["caveat"].startswith("Too imprecise to show: its 95% interval")


def test_which_interval_and_which_level_are_asked_for_does_not_change_what_is_withheld() -> None:
    usual = estimated(withhold=True)["withheld"]
    for asked in ({"method": "logit"}, {"confidence": 0.5}, {"confidence": 0.999}):
        assert usual.equals(estimated(withhold=True, **asked)["withheld"])


def test_many_who_did_not_know_are_told_beside_the_answer() -> None:
    told = told_of(["Yes"] * 200 + ["No"] * 100 + ["Don't know"] * 100)
    assert top(told)["caveat"] == "25% did not know and are left out of the base."
    assert told.set_index("measure").loc["dont_know", ["n", "estimate", "caveat"]].tolist() == [400, 0.25, ""]
    assert top(told)["method"].endswith("; don't know is out of the base")
    clean = estimated(include_dont_know=True)
    [q17] = clean[(clean["question"] == "Q17") & (clean["group"] == "ALL") & (clean["measure"] == "top")][
        :1
    ].itertuples()
    assert q17.caveat == "20% did not know and are counted in the base."
    assert q17.method.endswith("; don't know is in the base")


def test_refused_and_blank_are_in_no_base() -> None:
    told = told_of(["Yes", "No", "No", None, "Refused"])
    assert told["n"].tolist() == [3, 3, 3, 3]


def test_those_without_a_group_count_in_the_whole_sample_alone() -> None:
    told = told_of(["Yes"] * 150 + ["No"] * 150, by="team", team=(["N"] * 100 + ["S"] * 100 + [None] * 100))
    assert told.groupby("group")["n"].first().to_dict() == {"ALL": 300, "N": 100, "S": 100}


def test_a_group_is_a_subset_of_the_whole_sample() -> None:
    """Its error counts the rest of its stratum as zeros: with half a stratum outside, the group's size is uncertain."""
    answers = ["Yes", "No"] * 200
    told = told_of(answers, by="half", stratum=["a"] * 400, half=["in"] * 200 + ["out"] * 200)
    cell = top(told, "in")
    z = np.where(np.arange(400) < 200, (np.tile([1, 0], 200) - 0.5) / 200, 0)
    assert cell["standard_error"] == pytest.approx(math.sqrt(400 / 399 * (z**2).sum()), rel=1e-12)


def test_people_of_one_street_who_answer_alike_are_worth_less() -> None:
    answers = (["Yes"] * 10 + ["No"] * 10) * 20
    alone = top(told_of(answers))
    streets = [str(place // 10) for place in range(400)]
    together = top(told_of(answers, cluster=streets))
    assert together["standard_error"] == pytest.approx(0.5 / math.sqrt(39), rel=1e-12)
    assert together["n_effective"] == pytest.approx(39)
    assert alone["n_effective"] > 390


def test_a_street_in_two_teams_counts_once_in_the_whole_sample() -> None:
    answers = (["Yes"] * 10 + ["No"] * 10) * 20
    streets, teams = [str(place // 10) for place in range(400)], ["N", "S"] * 200
    parted = top(told_of(answers, by="team", cluster=streets, team=teams))
    assert parted["standard_error"] == pytest.approx(
        top(told_of(answers, cluster=streets))["standard_error"], rel=1e-12
    )


def test_a_whole_population_has_no_error() -> None:
    told = told_of(["Yes", "No"] * 100, population=[200.0] * 200)
    assert top(told)["standard_error"] == 0


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            {"stratum": ["a"] * 199 + ["b"]},
            "Stratum 'b' has one sampling unit only, so its spread is unknown. Join it with another.",
        ),
        (
            {"population": [150.0] * 200},
            "The sample has 200 sampling units, more than its population of 150. "
            "Give the number of units that could have been drawn.",
        ),
    ],
)
def test_a_design_that_cannot_be(columns: dict[str, list], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        told_of(["Yes", "No"] * 100, **columns)


def test_a_sample_of_one_is_withheld_and_has_no_error() -> None:
    cell = top(told_of(["Yes"]))
    assert cell["caveat"] == "Too imprecise to show: the effective base is 1.0, under 30."


def test_a_net_score_on_which_all_agree_still_has_an_interval() -> None:
    told = told_of(["Yes"] * 200).set_index("measure").loc["net"]
    assert (told["estimate"], told["upper"]) == (1, 1)
    assert told["lower"] == pytest.approx(1 - 2 * (1 - 200 / (200 + 1.959963984540054**2)), abs=1e-12)


def test_an_unknown_method() -> None:
    with pytest.raises(ValueError, match=r"^An interval's method is one of wilson, beta, logit, not wald\.$"):
        estimated(method="wald")


@settings(max_examples=settings().max_examples // 4)  # each estimates a whole small survey
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Yes", "No", "Don't know", None]),
            st.floats(0.05, 20),
            st.sampled_from(["N", "S"]),
        ),
        min_size=2,
        max_size=60,
    ),
    st.sampled_from(["wilson", "beta", "logit"]),
)
def test_every_sample_gives_limits_around_its_share(people: list[tuple[str | None, float, str]], method: str) -> None:
    frame = pd.DataFrame(people, columns=["answer", "w", "group"])
    sums, design = sums_of(frame)
    told = estimates(sums, design, method=method, withhold=False)
    assert (told["lower"] <= told["estimate"] + 1e-9).all()
    assert (told["estimate"] <= told["upper"] + 1e-9).all()
    assert (told["n_effective"] <= told["n"] + 1e-9).all()
    shares = told[told["measure"] != "net"]
    assert shares[["lower", "upper"]].apply(lambda column: column.between(0, 1)).all(axis=None)
    for _, cell in told.set_index("measure").groupby("group"):
        apart = cell.loc["top", "estimate"] - cell.loc["bottom", "estimate"] if "top" in cell.index else None
        assert apart is None or cell.loc["net", "estimate"] == pytest.approx(apart, abs=1e-9)


def sums_of(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sums that the engine gives, by pandas: a hundred samples are wanted here."""
    rows = []
    for measure, yes, no, unsure in (
        ("top", 1, 0, None),
        ("bottom", 0, 1, None),
        ("net", 1, -1, None),
        ("dont_know", 0, 0, 1),
    ):
        y = people["answer"].map({"Yes": yes, "No": no, "Don't know": unsure}).astype(float)
        base = people.assign(y=y, ww=people["w"] ** 2)[y.notna()]
        for group, own in [("ALL", base), *base.groupby("group")]:
            w, ww, y = own["w"], own["ww"], own["y"]
            sums = [len(own), w.sum(), ww.sum(), (w * y).sum(), len(own), ww.sum(), (ww * y).sum(), (ww * y * y).sum()]
            if len(own):
                rows.append(("", "Q4", group, measure, *sums))
    columns = ["wave", "question", "group", "measure", "n", "sum_w", "sum_w2", "sum_wy"]
    design = pd.DataFrame({"wave": [""], "n": len(people), "psus": len(people), "population": math.nan})
    return pd.DataFrame(rows, columns=[*columns, "psus", "psu_ww", "psu_wy", "psu_yy"]), design
