"""Areas compared for viewers: what is withheld of an estimate is in no column of the comparison."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.area_rest import FEW_IN_REST, against_rest
from analysis.disclosure import suppress
from analysis.disclosure_areas import compare_shown_areas, secret_areas
from analysis.disclosure_shown import WITHHELD, withhold_estimates
from analysis.survey import estimates
from data.engine import attach
from data.profile import Profile, Question
from data.survey_answers import survey_answers
from data.survey_sums import survey_sums

TEAMS = {"East": (160, 90), "North": (120, 80), "South": (150, 100), "West": (14, 10), "Mid": (170, 2)}
Q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), negative=("No",))
PROFILE = Profile(columns={"area": "area"}, questions={"Q4": Q4})


def compared(teams: dict[str, tuple[int, int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = [
        (team, answer) for team, own in teams.items() for answer, n in zip(("Yes", "No"), own, strict=True) for _ in range(n)
    ]  # fmt: skip
    rows = attach(pd.DataFrame(people, columns=["area", "Q4"]))
    counted = survey_sums(rows, PROFILE, by="area")
    shown = withhold_estimates(
        estimates(counted.sums, counted.design), suppress(survey_answers(rows, PROFILE, by="area"))
    )
    return against_rest(counted.sums, counted.design), shown


def test_an_area_of_few_answers_and_the_one_that_would_tell_them_are_withheld() -> None:
    told, shown = compared(TEAMS)
    seen = compare_shown_areas(told, shown).set_index(["area", "measure"])
    west = seen.loc[("West", "top")]
    assert west["caveat"] == WITHHELD + "fewer than 30 answered."
    numbers = west.drop(["wave", "question", "family", "verdict", "method", "caveat", "withheld", "confidence"])
    assert numbers.isna().all()
    assert (west["verdict"], west["method"]) == ("no verdict", "")
    gone = secret_areas(told, shown)
    assert 2 < gone.sum() < len(gone)  # West, and who would tell West's base
    assert seen.loc[("Mid", "bottom"), ["estimate", "difference", "rest", "p"]].isna().all()
    north = seen.loc[("North", "top")]
    assert north["estimate"] == pytest.approx(0.6)
    assert north[["rest", "difference", "p_holm", "rank_low", "shrunk"]].notna().all()


def test_what_is_shown_does_not_depend_on_what_the_few_answered() -> None:
    """Ranges, shrunken values and corrections of the others are the same whatever West said."""
    columns = ["area", "measure", "rank_low", "rank_high"]
    one, other = (compare_shown_areas(*compared(TEAMS | {"West": west})) for west in ((14, 10), (15, 9)))
    assert one[columns].equals(other[columns])


def test_nothing_is_withheld_where_all_have_enough() -> None:
    told, shown = compared({"North": (120, 80), "South": (150, 100), "East": (200, 110)})
    assert not secret_areas(told, shown).any()
    seen = compare_shown_areas(told, shown)
    assert seen.loc[seen["measure"].isin(["top", "bottom", "net"]), "p_holm"].notna().all()


def test_a_rest_of_few_is_still_said() -> None:
    told, shown = compared({"North": (120, 80), "South": (17, 15)})
    seen = compare_shown_areas(told, shown)
    assert seen.loc[seen["area"] == "North", "verdict"].eq("no verdict").all()
    assert seen["caveat"].str.startswith((FEW_IN_REST, "Too imprecise", WITHHELD)).all()


def test_every_comparison_needs_its_estimate() -> None:
    told, shown = compared({"North": (120, 80), "South": (150, 100)})
    with pytest.raises(ValueError, match="to judge disclosure by"):
        secret_areas(told, shown[shown["group"] != "South"])
