"""The answers that disclosure is judged by are those of the estimates: same people, same bases, zeros in their places."""

from __future__ import annotations

import pandas as pd
import pytest

from data.engine import attach
from data.errors import DataError
from data.profile import Profile, Question
from data.survey_answers import survey_answers
from tests.surveys import estimated, survey


@pytest.mark.parametrize("by", [None, "area", "age_band"])
def test_bases_and_shares_are_those_of_the_estimates(by: str | None) -> None:
    profile, prepared = survey("survey_clean.csv")
    told = survey_answers(attach(prepared.frame), profile, by=by)
    key = ["wave", "question", "group"]
    sides = told.pivot_table(index=key, columns="side", values=["n", "sum_w"], aggfunc="sum", fill_value=0)
    expected = estimated(by=by).set_index([*key, "measure"])
    for measure, side in {"top": "positive", "bottom": "negative"}.items():
        own = expected.xs(measure, level="measure")
        base = sides["n"].drop(columns="dont_know").sum(axis="columns").loc[own.index]
        assert (base == own["n"]).all()
        share = sides["sum_w"][side] / sides["sum_w"].drop(columns="dont_know").sum(axis="columns")
        assert (share.loc[own.index] - own["estimate"]).abs().max() < 1e-12
    unsure = expected.xs("dont_know", level="measure")
    assert (sides["n"].sum(axis="columns").loc[unsure.index] == unsure["n"]).all()


def test_every_answer_has_a_row_in_each_group_that_was_asked() -> None:
    q4 = Question("Q4", order=("Yes", "Partly", "No"), positive=("Yes",), negative=("No",), dont_know=("DK",))
    profile = Profile(
        columns={"area": "area"}, questions={"Q4": q4, "Q5": Question("Q5", order=("a", "b"), positive=("a",))}
    )
    frame = pd.DataFrame({"area": ["N", "S", None], "Q4": ["Yes", None, "No"], "Q5": ["a", "b", None]})
    told = survey_answers(attach(frame), profile, by="area")
    assert told[told["question"] == "Q4"][["group", "answer", "side", "n"]].values.tolist() == [
        ["ALL", "Yes", "positive", 1], ["ALL", "Partly", "neither", 0], ["ALL", "No", "negative", 1],
        ["ALL", "DK", "dont_know", 0], ["N", "Yes", "positive", 1], ["N", "Partly", "neither", 0],
        ["N", "No", "negative", 0], ["N", "DK", "dont_know", 0],
    ]  # fmt: skip
    assert told[told["question"] == "Q5"]["group"].unique().tolist() == ["ALL", "N", "S"]


def test_waves_weights_and_a_group_named_as_the_whole() -> None:
    profile = Profile(
        columns={"wave": "wave", "weight": "weight"},
        questions={"Q4": Question("Q4", order=("Yes", "No"), positive=("Yes",))},
    )
    frame = pd.DataFrame({"wave": ["1", "2", None], "weight": [2.0, 0.5, 1.0], "Q4": ["Yes", "No", "No"]})
    told = survey_answers(attach(frame), profile, waves=["2"])
    assert told[["wave", "answer", "n", "sum_w"]].values.tolist() == [["2", "Yes", 0, 0.0], ["2", "No", 1, 0.5]]
    with pytest.raises(DataError, match="has a group named ALL"):
        survey_answers(attach(frame.assign(team="ALL")), profile, by="team")
