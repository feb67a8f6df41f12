"""Errors that count the raking: R's, respondents' own arithmetic from cells alone, and what is said of them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.raking import rake
from analysis.raking_variance import raked_errors, say_raking
from analysis.survey import estimates
from data.engine import attach
from data.profile import Profile, Question
from data.raking_sums import raking_sums
from data.survey_sums import SurveySums, margin_cells, raked, survey_sums
from tests.surveys import ALIKE, ANSWERS, known, survey

VARIABLES = ["area", "age_band", "gender"]
KEYS = ["question", "group", "measure"]
WAVES = [(1, "2022-06"), (2, "2023-01")]


@cache
def wave_raked(number: int, wave: str, by: str | None = None) -> tuple[SurveySums, pd.DataFrame]:
    """The sums of one raked wave of the known survey, and its errors that count the raking."""
    profile, prepared = survey("survey_clean.csv")
    margins = pd.read_csv(ANSWERS / "inputs" / f"survey_clean_margins_w{number}.csv")
    rows = attach(prepared.frame[prepared.frame["wave"] == wave])
    weighed = raked(rows, rake(margin_cells(rows, VARIABLES), margins).factors)
    found = raking_sums(weighed, profile, VARIABLES, "raked_weight", by=by)
    errors = raked_errors(found.sums, found.cells, VARIABLES, KEYS)
    return survey_sums(weighed, profile, by=by, weight="raked_weight"), errors


@pytest.mark.parametrize(("number", "wave"), WAVES)
def test_errors_are_those_of_r(number: int, wave: str) -> None:
    _, errors = wave_raked(number, wave)
    top = errors[errors["measure"] == "top"].set_index("question")["standard_error"]
    expected = known(f"survey_raked_se_w{number}").set_index("question")["se_raked"]
    assert len(expected) == 12
    assert (top.reindex(expected.index) - expected).abs().max() <= ALIKE


@pytest.mark.parametrize(("number", "wave"), WAVES)
def test_counting_the_raking_never_widens_the_whole_sample(number: int, wave: str) -> None:
    counted, errors = wave_raked(number, wave)
    plain = estimates(counted.sums, counted.design, withhold=False)
    told = estimates(counted.sums, counted.design, withhold=False, errors=errors)
    assert len(told) == 48
    assert (told["standard_error"] <= plain["standard_error"] * (1 + 1e-9)).all()
    assert (told["n_effective"] >= plain["n_effective"] * (1 - 1e-9)).all()
    assert (told["upper"] - told["lower"] <= (plain["upper"] - plain["lower"]) * (1 + 1e-9)).all()
    assert (told["n_effective"] <= told["n"] / told["design_effect"] * (1 + 1e-9)).all(), "no more than Kish's base"
    pd.testing.assert_series_equal(told["estimate"], plain["estimate"])


def test_what_is_shown_does_not_depend_on_it() -> None:
    counted, errors = wave_raked(1, "2022-06", "area")
    plain, told = (estimates(counted.sums, counted.design, errors=each) for each in (None, errors))
    assert 0 < plain["withheld"].sum() < len(plain)
    pd.testing.assert_frame_equal(told[["withheld", "caveat"]], plain[["withheld", "caveat"]])
    whole = told[told["group"] == "ALL"].reset_index(drop=True)
    alone, its_errors = wave_raked(1, "2022-06")
    alike = estimates(alone.sums, alone.design, errors=its_errors)
    pd.testing.assert_frame_equal(whole, alike, rtol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_cells_tell_what_respondents_would(seed: int) -> None:
    """Design weights that differ within a cell, a group that crosses the margins, and answers that are missing."""
    chance, size = np.random.default_rng(seed), 240
    columns = {"sex": ["F", "M"], "age": ["old", "middle", "young"], "team": ["N", "S", None]}
    people = pd.DataFrame(
        {name: chance.choice(np.array(levels, dtype=object), size) for name, levels in columns.items()}
    )
    people["Q4"] = chance.choice(np.array(["Yes", "No", "Neither", "Don't know", None], dtype=object), size)
    people["w"] = chance.uniform(0.5, 3, size)
    order = ("Yes", "Neither", "No")
    question = Question("Q4", order=order, positive=("Yes",), negative=("No",), dont_know=("Don't know",))
    profile = Profile(columns={"weight": "w"}, groups=("team",), questions={"Q4": question})
    sex = pd.DataFrame({"variable": "sex", "level": ["F", "M"], "share": [0.4, 0.6]})
    age = pd.DataFrame({"variable": "age", "level": columns["age"], "share": [0.5, 0.2, 0.3]})
    rows = attach(people)
    weighed = raked(rows, rake(margin_cells(rows, ["age", "sex"], "w"), pd.concat([age, sex])).factors, "w")
    found = raking_sums(weighed, profile, ["age", "sex"], "raked_weight", by="team")
    errors = raked_errors(found.sums, found.cells, ["age", "sex"], KEYS).set_index(["group", "measure"])
    assert len(errors) == 3 * 4
    own = weighed.to_pyarrow().to_pandas()
    scores = {
        "top": {"Yes": 1, "Neither": 0, "No": 0},
        "bottom": {"Yes": 0, "Neither": 0, "No": 1},
        "net": {"Yes": 1, "Neither": 0, "No": -1},
        "dont_know": {"Yes": 0, "Neither": 0, "No": 0, "Don't know": 1},
    }
    for (group, measure), error in errors["standard_error"].items():
        inside = own["Q4"].map(scores[measure]).where((own["team"] == group) | (group == "ALL"))
        assert error == pytest.approx(by_respondent(own, inside, ["age", "sex"]), rel=1e-9)


def by_respondent(people: pd.DataFrame, y: pd.Series, variables: list[str]) -> float:
    """R's steps, one respondent at a time."""
    w = people["raked_weight"]
    base = w[y.notna()].sum()
    x = (w * (y - (w * y).sum() / base) / base).fillna(0.0)
    for _ in range(10):
        for name in variables:
            x = x - w * (x / w).groupby(people[name]).transform("mean")
    return float(np.sqrt(len(x) * x.var(ddof=1)))


def test_all_of_one_mind_have_no_error_and_keep_their_interval() -> None:
    cells = pd.DataFrame({"sex": ["F", "M"], "n": [60, 40], "sum_w": [50.0, 50.0], "sum_w2": [41.7, 62.5]})
    sums = pd.DataFrame(
        {"question": "Q4", "group": "ALL", "measure": "top", "cell": [0, 1], "n": [60, 40], "sum_y": [60, 40]}
        | {name: [50.0, 50.0] for name in ("sum_w", "sum_wy")}
        | {name: [41.7, 62.5] for name in ("psu_ww", "psu_wy", "psu_yy")}
    )
    errors = raked_errors(sums, cells, ["sex"], KEYS)
    assert errors["standard_error"].tolist() == [0.0]
    whole = sums.assign(wave="", psus=sums["n"], sum_w2=sums["psu_ww"])
    design = pd.DataFrame({"wave": [""], "n": [100], "psus": [100], "population": [np.nan]})
    pd.testing.assert_frame_equal(estimates(whole, design, errors=errors), estimates(whole, design))


@pytest.mark.parametrize(("rows", "sentence"), [([], "There is no error for"), ([0, 0], "There are two errors for")])
def test_every_cell_needs_one_error(rows: list[int], sentence: str) -> None:
    counted, errors = wave_raked(1, "2022-06")
    others = errors.iloc[[*rows, *range(1, len(errors))]]
    with pytest.raises(ValueError, match=f"^{sentence} {{'question': 'Q1', 'group': 'ALL', 'measure': 'top'}}.$"):
        estimates(counted.sums, counted.design, errors=others)


def test_nothing_is_said_of_an_error_that_is_not_shown() -> None:
    told = pd.DataFrame(
        {"estimate": [0.7, np.nan, np.nan], "method": ["Wilson", "Wilson", ""], "caveat": ["", "a", "b"]}
    )
    said = say_raking(told, ["area"], counted=False)
    assert said["method"].tolist() == [*["Wilson; error of the raked weights alone"] * 2, ""]
    assert said["caveat"].tolist() == [
        "The error takes the raked weights as given and does not count the raking.",
        "a",
        "b",
    ]
