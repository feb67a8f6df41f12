"""Estimates as viewers see them: no figure, base or caveat that a withheld count could be had from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import Thresholds, suppress
from analysis.disclosure_shown import WITHHELD, withhold_changes, withhold_estimates
from analysis.survey import NUMBERS, estimates
from analysis.survey_waves import wave_changes
from data.engine import attach
from data.profile import Profile, Question
from data.survey_answers import survey_answers
from data.survey_sums import survey_sums

Q4 = Question("Q4", order=("Yes", "Partly", "No"), positive=("Yes",), negative=("No",), dont_know=("Don't know",))
PROFILE = Profile(columns={"wave": "wave", "area": "area"}, questions={"Q4": Q4})
ANSWERS = ["Yes", "Partly", "No", "Don't know"]


def asked(teams: dict[str, list[int]], wave: str = "1") -> pd.DataFrame:
    told = [
        (wave, team, answer)
        for team, own in teams.items()
        for answer, n in zip(ANSWERS, own, strict=True)
        for _ in range(n)
    ]
    return pd.DataFrame(told, columns=["wave", "area", "Q4"])


def shown(frame: pd.DataFrame, *, include_dont_know: bool = False, withhold: bool = True, **how) -> pd.DataFrame:
    rows = attach(frame)
    counted = survey_sums(rows, PROFILE, by="area", include_dont_know=include_dont_know)
    told = estimates(counted.sums, counted.design, include_dont_know=include_dont_know, withhold=withhold)
    return withhold_estimates(
        told, suppress(survey_answers(rows, PROFILE, by="area"), **how), include_dont_know=include_dont_know
    )


def cells(told: pd.DataFrame) -> pd.DataFrame:
    return told.set_index(["group", "measure"])


TEAMS = {"North": [90, 60, 50, 20], "South": [80, 70, 60, 30], "East": [90, 80, 70, 25]}


def test_nothing_changes_where_nothing_is_small() -> None:
    frame = asked(TEAMS)
    rows = attach(frame)
    counted = survey_sums(rows, PROFILE, by="area")
    told = estimates(counted.sums, counted.design)
    pd.testing.assert_frame_equal(shown(frame), told, check_dtype=False)
    assert "did not know" in told.loc[0, "caveat"]


def test_few_who_did_not_know_are_in_no_base_and_no_sentence() -> None:
    """Two bases, or a share with them and one without, would tell how many they are."""
    teams = TEAMS | {"West": [25, 20, 15, 4]}  # 4 of 64 is more than 5%, so the caveats would say it
    told = cells(shown(asked(teams)))
    assert told.loc[("West", "top"), "n"] == 60
    assert told.loc[("West", "dont_know"), ["n", *NUMBERS, "n_effective", "sum_weights", "degrees"]].isna().all()
    assert "did not know" not in told.loc[("West", "top"), "caveat"]
    others = told.xs("dont_know", level="measure").drop(["West", "ALL"])
    assert others["withheld"].sum() == 1  # or the whole less the others would tell
    included = cells(shown(asked(teams), include_dont_know=True))
    assert included.loc["West", ["n", *NUMBERS]].isna().all(axis=None)
    assert not included.loc[("ALL", "top"), ["n", *NUMBERS]].isna().any()


def test_a_side_that_nobody_is_on_leaves_no_trace() -> None:
    """Neither its numbers nor the effective base, the method or the caveat, which are another's where nobody is."""
    teams = TEAMS | {"West": [60, 60, 0, 20]}
    told = cells(shown(asked(teams)))
    gone = told.loc[("West", "bottom")]
    assert gone[[*NUMBERS, "n_effective"]].isna().all() and gone["n"] == 120
    assert (gone["method"], gone["caveat"]) == ("", WITHHELD + "fewer than 5 gave such an answer.")
    assert told.loc[("West", "net"), "caveat"] == WITHHELD + "another number could be worked out from it."
    assert gone["withheld"] and told.loc[("West", "net"), "withheld"]


def test_changes_lose_what_either_wave_withholds_and_keep_their_family() -> None:
    teams = TEAMS | {"West": [60, 60, 40, 20]}
    frame = pd.concat([asked(teams), asked(teams | {"West": [80, 79, 1, 20]}, wave="2")])
    rows = attach(frame)
    counted = survey_sums(rows, PROFILE, by="area")
    estimated = estimates(counted.sums, counted.design, withhold=False)
    protected = withhold_estimates(estimated, suppress(survey_answers(rows, PROFILE, by="area")))
    before = wave_changes(estimated, "1", "2", shown=protected)
    after = withhold_changes(before, protected)
    gone = after["caveat"].str.contains(WITHHELD, regex=False)
    assert gone[(after["group"] == "West") & (after["measure"] == "bottom")].all()
    assert after.loc[gone, ["difference", "lower", "upper", "p", "p_holm", "p_bh"]].isna().all(axis=None)
    levels = protected.set_index(["wave", "question", "group", "measure"])["estimate"]
    for row in after[gone].itertuples():  # a wave that is shown by itself keeps its level, the other loses it
        for wave, told in (("1", row.first), ("2", row.second)):
            assert told == pytest.approx(levels[wave, row.question, row.group, row.measure], nan_ok=True)
    unguarded = wave_changes(estimated, "1", "2")
    secret = unguarded.loc[gone, "p"].dropna()
    for _, family in after.groupby("family"):  # no corrected p value is that of a row that is withheld
        told = family.loc[~gone, ["p_holm", "p_bh"]].stack()
        worked_out = [p * len(family) / place for p in secret[secret > 0] for place in range(1, len(family) + 1)]
        assert not np.isclose(told[told < 1].to_numpy()[:, None], worked_out, rtol=1e-9, atol=0).any()
    assert set(after.loc[gone, "verdict"]) == {"no verdict"} and after.loc[gone, "withheld"].all()
    kept = ["question", "group", "measure", "difference", "p_holm", "verdict", "family"]
    pd.testing.assert_frame_equal(after.loc[~gone, kept], before.loc[~gone, kept])
    assert 0 < gone.sum() < len(after)


def test_thresholds_reach_the_estimates() -> None:
    told = cells(shown(asked(TEAMS), thresholds=Thresholds(base=230)))
    assert told.loc[("North", "top"), "caveat"] == WITHHELD + "fewer than 230 answered."
    assert pd.isna(told.loc[("North", "top"), "n"])


def test_estimates_without_counts_are_not_let_through() -> None:
    told = shown(asked(TEAMS))
    counts = survey_answers(attach(asked(TEAMS)), PROFILE)
    with pytest.raises(ValueError, match="Question Q4 in East has no counts"):
        withhold_estimates(told, suppress(counts))
    with pytest.raises(ValueError, match="no column side"):
        withhold_estimates(told, suppress(counts.drop(columns="side")))
