"""A raked sample's sums by cell: nobody lost, any name of a column, either engine, and what cannot be counted."""

from __future__ import annotations

import pandas as pd
import pytest

from data.engine import attach, connect
from data.errors import DataError
from data.profile import Profile, Question
from data.raking_sums import raking_sums
from data.survey_sums import survey_sums
from tests.surveys import survey

Q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), negative=("No",))


def test_cells_add_up_to_the_surveys_sums() -> None:
    profile, prepared = survey("survey_clean.csv")
    rows = attach(prepared.frame[prepared.frame["wave"] == "2022-06"])
    found = raking_sums(rows, profile, ["age_band", "gender"], "weight", by="area")
    assert found.cells["n"].sum() == 1510
    keys, columns = ["question", "group", "measure"], ["n", "sum_w", "sum_wy", "psu_ww", "psu_wy", "psu_yy"]
    mine = found.sums.groupby(keys)[columns].sum()
    theirs = survey_sums(rows, profile, by="area").sums.set_index(keys)[columns].sort_index()
    pd.testing.assert_frame_equal(mine, theirs, rtol=1e-12)


def test_columns_may_be_called_like_results_and_weights_may_be_missing() -> None:
    people = pd.DataFrame(
        {
            "group": ["F", "M", "F", "M"],
            "measure": ["x", "x", None, "y"],
            "w": [0.5, 1.5, 1.0, None],
            "Q4": ["Yes", "No", "No", "Yes"],
        }
    )
    found = raking_sums(attach(people), Profile(questions={"Q4": Q4}), ["group"], "w", by="measure")
    assert found.cells[["group", "n", "sum_w2"]].values.tolist() == [["F", 2, 1.25], ["M", 1, 2.25]]
    top = found.sums[found.sums["measure"] == "top"]
    assert top[["group", "cell", "n", "sum_y", "sum_wy"]].values.tolist() == [
        ["ALL", 0, 2, 1.0, 0.5],
        ["ALL", 1, 1, 0.0, 0.0],
        ["x", 0, 1, 1.0, 0.5],
        ["x", 1, 1, 0.0, 0.0],
    ]


def test_sqlite_gives_the_same() -> None:
    profile, prepared = survey("survey_clean.csv")
    few = prepared.frame.head(400)
    one, other = (
        raking_sums(rows, profile, ["gender"], "weight", by="area")
        for rows in (attach(few), attach(few, connect("sqlite")))
    )
    pd.testing.assert_frame_equal(one.sums, other.sums, rtol=1e-12)
    pd.testing.assert_frame_equal(one.cells, other.cells, rtol=1e-12)


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        (["stratum"], "strata. Take the error of the weights alone, which counts the design."),
        (["stratum", "cluster"], "strata and clusters. Take the error of the weights alone, which counts the design."),
        (["population"], "a finite population. Take the error of the weights alone, which counts the design."),
    ],
)
def test_a_design_of_its_own_is_refused(roles: list[str], sentence: str) -> None:
    profile = Profile(columns={role: role for role in roles}, questions={"Q4": Q4})
    people = pd.DataFrame({"sex": ["F", "M"], "w": 1.0, "Q4": "Yes", **{role: [1, 2] for role in roles}})
    with pytest.raises(DataError) as raised:
        raking_sums(attach(people), profile, ["sex"], "w")
    assert str(raised.value) == f"The raking cannot be counted in the error of a sample with {sentence}"
