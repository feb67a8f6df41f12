"""Waves against each other: R's answers, families, verdicts, and what is too imprecise to be compared aloud."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.survey_tables import table_estimates
from analysis.survey_waves import wave_changes
from tests.surveys import ALIKE, ANSWERS, estimated, known


def changes(**asked: Any) -> pd.DataFrame:
    return wave_changes(estimated(), "2022-06", "2023-01", **({"withhold": False} | asked))


def differ(mine: pd.DataFrame, name: str, columns: dict[str, str]) -> dict[str, float]:
    own = mine[mine["measure"] == "top"].merge(
        known(name).rename(columns={"area": "group"}), on=["question", "group"], suffixes=("", "_r")
    )
    assert len(own) == 132
    most = {left: float((own[left] - own[right]).abs().max()) for left, right in columns.items()}
    return {left: worst for left, worst in most.items() if not worst <= ALIKE}


def test_the_score_test_and_its_corrections() -> None:
    assert differ(changes(), "survey_wave_score", {"p": "p_score", "p_holm": "holm_score", "p_bh": "bh_score"}) == {}


def test_walds_test_and_its_corrections() -> None:
    columns = {"p": "p_z", "p_holm": "holm", "p_bh": "bh"}
    assert differ(changes(test="wald"), "survey_wave_difference", columns) == {}


@pytest.mark.parametrize("test", ["score", "wald"])
def test_the_difference_has_newcombes_interval_whichever_test(test: str) -> None:
    columns = {"difference": "diff", "standard_error": "se", "lower": "newcombe_lo", "upper": "newcombe_hi"}
    assert differ(changes(test=test), "survey_wave_difference", columns) == {}


@pytest.mark.parametrize("design_effect", [1, 1.25, 1.5])
def test_a_published_table_under_assumptions(design_effect: float) -> None:
    wide = pd.read_csv(ANSWERS / "inputs" / "published_table.csv")
    waves = [
        pd.DataFrame({
            "question": wide["question"], "wave": str(wave), "percent": wide[f"wave{wave}_pct"], "base": wide[f"n{wave}"]
        })
        for wave in (1, 2)
    ]  # fmt: skip
    table = pd.concat(waves, ignore_index=True)
    told = wave_changes(table_estimates(table, design_effect=design_effect), "1", "2", test="wald").set_index(
        "question"
    )
    expected = known("published_table").set_index("question")
    for mine, theirs in {"lower": "diff_lo", "upper": "diff_hi", "p": "p", "p_holm": "holm", "p_bh": "bh"}.items():
        gap = (told[mine] - expected[f"{theirs}_deff{design_effect:g}"]).abs().max()
        assert gap <= ALIKE, mine
    assert told["caveat"].str.contains(f"Assumed: a design effect of {design_effect:g}.", regex=False).all()
    assert told["caveat"].str.contains("half a point").all()


def test_each_family_is_one_measure_of_the_whole_sample_or_of_the_groups_and_says_so() -> None:
    told = changes()
    families = told.groupby(["measure", told["group"] == "ALL"])["family"].unique()
    assert families[("top", True)].tolist() == ["12 comparisons: top of every question, the whole sample"]
    assert families[("net", False)].tolist() == ["120 comparisons: net of every question, every group"]
    assert told["method"].str.contains("Holm over").all()


def test_what_is_withheld_leaves_the_family_as_it_is() -> None:
    open_, shown = changes(), changes(withhold=True)
    hidden = shown["withheld"]
    assert 0 < hidden.sum() < len(shown)
    assert shown.loc[hidden, ["first", "second", "difference", "lower", "upper", "p", "p_holm"]].isna().all(axis=None)
    assert (shown.loc[hidden, "verdict"] == "no verdict").all()
    assert shown.loc[hidden, "caveat"].str.contains("Too imprecise to show").all()
    assert np.array_equal(shown.loc[~hidden, "p_holm"], open_.loc[~hidden, "p_holm"])


def rows(first: float, second: float, base: float = 1000.0, questions: int = 1) -> pd.DataFrame:
    """Two waves of the same share; a first question that changes among others that do not."""
    shares = [(first, second), *[(0.5, 0.5)] * (questions - 1)]
    listed = [
        {"wave": wave, "question": f"Q{place}", "group": "ALL", "measure": "top", "n": base, "estimate": pair[index]}
        for place, pair in enumerate(shares)
        for index, wave in enumerate(["1", "2"])
    ]
    same = {"standard_error": 0.01, "n_effective": base, "confidence": 0.95, "caveat": "", "withheld": False}
    return pd.DataFrame(listed).assign(**same)


@pytest.mark.parametrize(
    ("second", "base", "questions", "verdict"),
    [
        (0.56, 1000.0, 1, "real change"),
        (0.56, 1000.0, 12, "likely change"),
        (0.53, 1000.0, 1, "cannot tell"),
        (0.501, 10000.0, 1, "no change"),
    ],
)
def test_the_ladder_of_verdicts(second: float, base: float, questions: int, verdict: str) -> None:
    assert wave_changes(rows(0.5, second, base, questions), "1", "2")["verdict"][0] == verdict


def test_benjamini_and_hochberg_when_asked_for() -> None:
    told = rows(0.5, 0.56, questions=12)
    told.loc[(told["question"] != "Q11") & (told["wave"] == "2"), "estimate"] = 0.56
    assert wave_changes(told, "1", "2")["verdict"][0] == "likely change"
    assert wave_changes(told, "1", "2", correction="bh")["verdict"][0] == "real change"
    assert "Benjamini-Hochberg over 12" in wave_changes(told, "1", "2", correction="bh")["method"][0]


def test_an_increase_and_a_decrease_are_never_taken_for_one_question() -> None:
    table = pd.DataFrame({"question": ["Q5", "Q5a"], "wave": ["1", "2"], "percent": [4.0, 30.0], "base": 1500})
    assert wave_changes(table_estimates(table), "1", "2").empty


def test_two_waves_that_all_said_the_same_did_not_change() -> None:
    told = wave_changes(rows(1.0, 1.0), "1", "2")
    assert (told["p"][0], told["verdict"][0]) == (1.0, "no change")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"test": "t"}, "A test is one of score, wald, not t."),
        ({"correction": "none"}, "A correction is one of holm, bh, not none."),
        ({"second": "3"}, "There is no wave '3'; the waves are 1, 2."),
        ({"second": "1"}, "Two different waves are needed, not 1 twice."),
    ],
)
def test_what_cannot_be_compared(asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        wave_changes(rows(0.5, 0.5), **({"first": "1", "second": "2"} | asked))
