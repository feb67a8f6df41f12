"""Areas compared: R's corrections, places and shrinkage; families; what is hidden and what that must not move."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.area_rest import against_rest
from analysis.areas import AREA_NUMBERS, areas_alike, compare_areas, difference_word
from analysis.intervals import benjamini_hochberg, holm
from data.engine import attach
from data.survey_sums import survey_sums
from tests.surveys import ALIKE, known, survey


@pytest.fixture(scope="module")
def clean() -> pd.DataFrame:
    profile, prepared = survey("survey_clean.csv")
    counted = survey_sums(attach(prepared.frame), profile, by="area", waves=["2023-01"])
    return against_rest(counted.sums, counted.design)


def top(told: pd.DataFrame, name: str) -> pd.DataFrame:
    both = told[told["measure"] == "top"].merge(known(name), on=["question", "area"], suffixes=("", "_r"))
    assert len(both) == 120
    return both


def test_rs_corrections_of_the_score_test(clean: pd.DataFrame) -> None:
    both = top(compare_areas(clean, withhold=False), "survey_area_vs_rest")
    assert (both["p_holm"] - both["holm_score"]).abs().max() <= ALIKE
    assert (both["p_bh"] - both["bh_score"]).abs().max() <= ALIKE
    assert ((both["verdict"] == "differs") == (both["flag_holm_score"] == 1)).all()
    assert set(both["family"]) == {"120 comparisons: top of every question, every area"}
    by_bh = top(compare_areas(clean, correction="bh", withhold=False), "survey_area_vs_rest")
    assert ((by_bh["verdict"] == "differs") == (by_bh["flag_bh_score"] == 1)).all()


def test_rs_places_and_shrinkage(clean: pd.DataFrame) -> None:
    both = top(compare_areas(clean, withhold=False), "survey_shrink_rank")
    assert (both["shrunk"] - both["shrunk_r"]).abs().max() <= ALIKE
    assert both[["rank_low", "rank_high"]].to_numpy().tolist() == both[["rank_lo", "rank_hi"]].to_numpy().tolist()


def test_rs_test_that_all_are_alike(clean: pd.DataFrame) -> None:
    alike = areas_alike(clean).query("measure == 'top'").set_index("question")
    expected = known("survey_shrink_rank").groupby("question").first()
    assert (alike["q"] - expected["cochran_q"]).abs().max() <= ALIKE
    assert (alike["p"] - expected["q_p"]).abs().max() <= ALIKE
    assert (alike["between"] ** 2 - expected["tau2"]).abs().max() <= ALIKE
    assert alike["p_holm"].tolist() == pytest.approx(holm(alike["p"].tolist()))


def test_one_question_is_a_family_of_its_areas(clean: pd.DataFrame) -> None:
    told = compare_areas(clean, family="question", withhold=False)
    own = told[(told["measure"] == "top") & (told["question"] == "Q12")]
    assert own["p_holm"].tolist() == pytest.approx(holm(own["p"].tolist()))
    assert set(own["family"]) == {"10 comparisons: top of one question, every area"}


def rows(p: list[float], **columns: object) -> pd.DataFrame:
    told = pd.DataFrame({"wave": "", "question": "Q4", "measure": "top", "area": [f"team {n}" for n in range(len(p))]})
    told = told.assign(estimate=0.5, joint_lower=0.4, joint_upper=0.6, variance=0.001, p=p, difference=0.1, lower=0.4)
    return told.assign(confidence=0.95, method="score", caveat="", withheld=False, **columns)


def test_areas_that_are_not_listed_count_in_the_family_and_may_hold_any_place() -> None:
    told = compare_areas(rows([0.001, 0.02]), areas=10)
    assert told["p_holm"].tolist() == pytest.approx([0.01, 0.18])
    assert told["p_bh"].tolist() == pytest.approx([0.01, 0.1])
    assert told["family"][0].startswith("10 comparisons")
    assert told[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 10], [1, 10]]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=12))
def test_what_is_shown_rests_on_no_hidden_p_and_claims_no_more(numbers: list[tuple[float, bool]]) -> None:
    p, hidden = [number for number, _ in numbers], pd.Series([secret for _, secret in numbers])
    told, open_ = compare_areas(rows(p), secret=hidden), compare_areas(rows(p))
    for name in ("p_holm", "p_bh"):
        shown = told.loc[~hidden, name]
        assert (shown >= open_.loc[~hidden, name] - 1e-12).all()
        others = np.array([other for other, secret in numbers if not secret])
        if len(others):
            multiples = np.outer(others, [*range(1, len(p) + 1), *(len(p) / np.arange(1, len(p) + 1))]).ravel()
            assert all(np.isclose(multiples, each, rtol=1e-9, atol=0).any() or each == 1 for each in shown)
    assert told.loc[hidden, ["estimate", "p", "p_holm", "rank_low", "shrunk"]].isna().all(axis=None)
    assert (told.loc[hidden, "verdict"] == "no verdict").all()


def test_nothing_shown_moves_when_a_hidden_share_does() -> None:
    """Ranges of places and shrunken values of the others stand on what is shown alone."""
    told, secret = rows([0.2, 0.3, 0.4]), pd.Series([False, False, True])
    moved = told.assign(estimate=[0.5, 0.5, 0.9], joint_lower=[0.4, 0.4, 0.85], joint_upper=[0.6, 0.6, 0.95])
    columns = ["rank_low", "rank_high", "shrunk"]
    assert compare_areas(told, secret=secret)[columns].equals(compare_areas(moved, secret=secret)[columns])
    assert areas_alike(told, secret=secret).equals(areas_alike(moved, secret=secret))
    assert not compare_areas(told)[columns].equals(compare_areas(moved)[columns])


def test_what_is_too_imprecise_stays_in_its_family(clean: pd.DataFrame) -> None:
    open_, shown = compare_areas(clean, withhold=False), compare_areas(clean)
    gone = shown["withheld"]
    assert 0 < gone.sum() < len(shown)
    assert shown.loc[gone, AREA_NUMBERS].isna().all(axis=None)
    assert shown.loc[~gone, "p_holm"].equals(open_.loc[~gone, "p_holm"])


@pytest.mark.parametrize(
    ("p", "correction", "verdict"),
    [
        ([0.001, *[0.9] * 9], "holm", "differs"),
        ([0.02, *[0.9] * 9], "holm", "likely differs"),
        ([0.06, *[0.9] * 9], "holm", "cannot tell"),
        ([0.02, *[0.03] * 9], "holm", "likely differs"),
        ([0.02, *[0.03] * 9], "bh", "differs"),
        ([np.nan, 0.5], "holm", "no verdict"),
    ],
)
def test_the_ladder_of_verdicts(p: list[float], correction: str, verdict: str) -> None:
    told = compare_areas(rows(p), correction=correction)
    assert told["verdict"][0] == verdict
    tested = [each for each in p if each == each]
    assert told["p_bh"].dropna().tolist() == pytest.approx(benjamini_hochberg(tested))


def test_the_side_is_said_only_of_what_differs() -> None:
    assert difference_word("no verdict", 0.3) == "no verdict"
    assert difference_word("likely differs", -0.3) == "likely below the rest"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"correction": "none"}, "A correction is one of holm, bh, not none."),
        ({"family": "all"}, "A family is one of table, question, not all."),
    ],
)
def test_what_is_not_known(asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        compare_areas(rows([0.5]), **asked)
