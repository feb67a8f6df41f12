"""Raking: R's weights from cells alone, what it did to them, and what cannot be raked."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.raking import rake
from analysis.survey import estimates
from data.engine import attach
from data.survey_sums import margin_cells, raked, survey_sums
from tests.surveys import ALIKE, ANSWERS, estimated, known, survey

VARIABLES = ["area", "age_band", "gender"]


@pytest.mark.parametrize(("number", "wave"), [(1, "2022-06"), (2, "2023-01")])
def test_weights_and_shares_are_those_of_r(number: int, wave: str) -> None:
    profile, prepared = survey("survey_clean.csv")
    margins = pd.read_csv(ANSWERS / "inputs" / f"survey_clean_margins_w{number}.csv")
    rows = attach(prepared.frame[prepared.frame["wave"] == wave])
    raking = rake(margin_cells(rows, VARIABLES), margins)
    weighed = raked(rows, raking.factors)
    own = weighed.select("respondent", "raked_weight").to_pyarrow().to_pandas().set_index("respondent")["raked_weight"]
    theirs = known("survey_raked_weights").set_index("resp_id")["weight"].reindex(own.index)
    assert (own / theirs - 1).abs().max() <= 1e-6
    assert own.mean() == pytest.approx(1, abs=1e-12)
    counted = survey_sums(weighed, profile, weight="raked_weight")
    told = estimates(counted.sums, counted.design, withhold=False)
    told = told[told["measure"] == "top"].set_index("question")
    expected = known(f"survey_raked_se_w{number}").set_index("question")
    assert (told["estimate"] - expected["p"]).abs().max() <= ALIKE
    # R's error without calibration is that of the file's own weights, which are these rounded to four places
    filed = estimated(by=None)
    filed = filed[(filed["measure"] == "top") & (filed["wave"] == wave)].set_index("question")
    assert (filed["standard_error"] - expected["se_weights_only"]).abs().max() <= ALIKE
    assert (told["standard_error"] - expected["se_weights_only"]).abs().max() <= 1e-6
    assert (raking.margins["share"] - margins["share"]).abs().max() <= 1e-9
    [did] = raking.summary.itertuples()
    assert did.design_effect_after == pytest.approx(float((own**2).mean()), rel=1e-9)
    assert (did.least_after, did.most_after) == pytest.approx((own.min(), own.max()), rel=1e-9)


def test_design_weights_are_kept_within_a_cell() -> None:
    rows = attach(pd.DataFrame({"sex": ["F", "F", "M"], "w": [1.0, 3.0, 1.0]}))
    raking = rake(margin_cells(rows, ["sex"], "w"), halves())
    weights = raked(rows, raking.factors, "w").to_pyarrow()["raked_weight"].to_pylist()
    assert weights == pytest.approx([0.375, 1.125, 1.5])


def halves(**changed: object) -> pd.DataFrame:
    return pd.DataFrame({"variable": "sex", "level": ["F", "M"], "share": [0.5, 0.5]} | changed)


def cells(sexes: list[str | None]) -> pd.DataFrame:
    return margin_cells(attach(pd.DataFrame({"sex": pd.Series(sexes, dtype="str")})), ["sex"])


@pytest.mark.parametrize(
    ("sexes", "margins", "sentence"),
    [
        (["F", "M"], halves(share=[0.5, 0.6]), "The shares of sex sum to 1.1; they must sum to 1, none below 0."),
        (["F", "F"], halves(), "Level 'M' of sex is in the margins, but no respondent has it. Join it with another."),
        (["F", "M", "X"], halves(), "Level 'X' of sex has no share above 0 in the margins. Give its share."),
        (["F", "M", None], halves(), "1 of the respondents have no sex. Leave sex out of the margins, or fill it in."),
        (["F"], halves()[:0], "There are no margins to rake to."),
        (
            ["F", "M"],
            halves(level=["F", "F"]),
            "Level 'F' of sex stands twice in the margins. "
            "Level 'M' of sex has no share above 0 in the margins. Give its share.",
        ),
    ],
)
def test_what_cannot_be_raked(sexes: list[str | None], margins: pd.DataFrame, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        rake(cells(sexes), margins)


def test_margins_that_no_weights_give() -> None:
    frame = pd.DataFrame({"sex": ["F", "M"], "age": ["old", "young"]})
    margins = pd.concat([halves(), pd.DataFrame({"variable": "age", "level": ["old", "young"], "share": [0.9, 0.1]})])
    with pytest.raises(ValueError, match="No weights give these margins together"):
        rake(margin_cells(attach(frame), ["sex", "age"]), margins)
