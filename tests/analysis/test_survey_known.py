"""Every estimate of the surveys with known answers is R's, counted by the engine and inferred from sums alone."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.survey import estimates
from data.engine import attach
from data.survey_sums import survey_sums
from tests.surveys import ALIKE, ANSWERS, estimated, known, schools, survey

CELL = ["wave", "question", "group"]
COLUMNS = {"n": "n", "sum_weights": "sum_w", "estimate": "p", "standard_error": "se", "degrees": "degf"}
COLUMNS |= {"n_effective": "n_eff_min", "design_effect": "deff_kish"}
THEIRS = {"wilson": "wilson_min", "beta": "beta", "logit": "xlogit"}


def off(mine: pd.DataFrame, theirs: pd.DataFrame, columns: dict[str, str]) -> dict[str, float]:
    """The largest difference of each column whose tolerance is passed; blanks on their side are not compared."""
    assert len(mine) == len(theirs) > 0
    joined = mine.merge(theirs.rename(columns={"area": "group"}), on=CELL, suffixes=("", "_r"))
    assert len(joined) == len(theirs)
    pairs = {
        own: (joined[own], joined[f"{other}_r" if f"{other}_r" in joined else other]) for own, other in columns.items()
    }
    assert all(one[other.notna()].notna().all() for one, other in pairs.values())
    most = {own: float((one - other).abs().max()) for own, (one, other) in pairs.items()}
    return {own: worst for own, worst in most.items() if not worst <= ALIKE}


@pytest.mark.parametrize("method", THEIRS)
@pytest.mark.parametrize(("base", "measure"), [(False, "top_excl_dk"), (True, "top_incl_dk"), (True, "dont_know")])
def test_shares_of_waves_areas_and_the_whole_sample(method: str, base: bool, measure: str) -> None:
    told = estimated(include_dont_know=base, method=method)
    own = told[told["measure"] == ("dont_know" if measure == "dont_know" else "top")]
    expected = known("survey_proportions")
    limits = {"lower": f"{THEIRS[method]}_lo", "upper": f"{THEIRS[method]}_hi"}
    assert off(own, expected[expected["measure"] == measure], COLUMNS | limits) == {}


@pytest.mark.parametrize(("method", "theirs"), [("wilson", "wilson_min"), ("beta", "cp_min"), ("logit", "wilson_min")])
def test_at_0_and_100_per_cent_every_method_has_limits(method: str, theirs: str) -> None:
    """R's svyciprop has none there: logit falls back on Wilson, beta on Clopper-Pearson at the same base."""
    expected = known("survey_proportions")
    expected = expected[expected["p"].isin([0, 1]) & (expected["measure"] == "dont_know")]
    told = estimated(method=method)
    told = told[(told["measure"] == "dont_know") & told["estimate"].isin([0, 1])]
    assert off(told, expected, {"lower": f"{theirs}_lo", "upper": f"{theirs}_hi"}) == {}


def test_net_scores_have_their_own_standard_error() -> None:
    told = estimated()
    columns = {"n": "n", "estimate": "net", "standard_error": "se", "lower": "lo", "upper": "hi"}
    assert off(told[told["measure"] == "net"], known("survey_net"), columns) == {}


@pytest.mark.parametrize(
    ("design", "roles"),
    [
        ("weights_only", {}),
        ("strat_nofpc", {"stratum": "stratum"}),
        ("strat_fpc", {"stratum": "stratum", "population": "population"}),
    ],
)
@pytest.mark.parametrize("method", THEIRS)
def test_strata_and_finite_populations(design: str, roles: dict[str, str], method: str) -> None:
    frame, profile = schools(**roles)
    rows = attach(frame[["weight", "stratum", "population", "kind", "many_meals", *profile.questions]])
    told = []
    for by in ("kind", "many_meals"):
        counted = survey_sums(rows, profile, by=by)
        told.append(estimates(counted.sums, counted.design, method=method, withhold=False))
    own = pd.concat(told).drop_duplicates(["question", "group", "measure"])
    expected = known(f"apistrat_{design}").rename(columns={"outcome": "question", "domain": "group"}).assign(wave="")
    limits = {"lower": f"{THEIRS[method]}_lo", "upper": f"{THEIRS[method]}_hi"}
    assert off(own[own["measure"] == "top"], expected, COLUMNS | limits) == {}


def test_the_spoilt_survey() -> None:
    expected = json.loads((ANSWERS / "expected" / "messy.json").read_text(encoding="utf-8"))
    _, prepared = survey("survey_messy.csv")
    counts = ["distinct_respondents", "exact_duplicate_rows", "respondents_with_conflicting_answers", "rows_used"]
    counts += ["rows_weight_missing", "rows_weight_not_positive"]
    assert {name: prepared.counts[name] for name in counts} == {name: expected[name] for name in counts}
    told = estimated("survey_messy.csv", by=None)
    told = told[told["measure"] == "top"].set_index("question")
    assert set(told.index) == set(expected["top_excl_dk"])
    for question, answers in expected["top_excl_dk"].items():
        mine = told.loc[question]
        assert mine["n"] == answers["n"]
        limits = (mine["lower"], mine["upper"])
        assert limits == pytest.approx((answers["wilson_min_lo"], answers["wilson_min_hi"]), abs=ALIKE)
        assert mine["estimate"] == pytest.approx(answers["p"], abs=ALIKE)
        assert mine["standard_error"] == pytest.approx(answers["se"], abs=ALIKE)
        assert mine["n"] / mine["design_effect"] == pytest.approx(answers["n_eff_kish"], abs=ALIKE)
