"""A survey's sums by wave, group and measure: nothing counted twice, nobody lost, and the same on either engine."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis.survey
import data.survey_sums
from data.engine import attach, connect
from data.errors import DataError
from data.profile import Profile, Question
from data.survey_sums import check_independent, margin_cells, raked, survey_sums
from tests.surveys import survey

Q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), negative=("No",))


def profile(question: Question = Q4, **roles: str) -> Profile:
    return Profile(columns=roles, groups=("team",), questions={"Q4": question})


def frame(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"Q4": ["Yes", "No", "Don't know", "Yes"], "team": ["N", "S", "S", None]} | columns)


def bases(rows: pd.DataFrame, meant: Profile, **asked: object) -> dict[tuple[str, str], int]:
    sums = survey_sums(attach(rows), meant, **asked).sums
    return {(row.group, row.measure): row.n for row in sums.itertuples()}


def test_dont_know_is_in_the_base_only_when_asked_for() -> None:
    assert bases(frame(), profile()) == {
        ("ALL", "top"): 3,
        ("ALL", "bottom"): 3,
        ("ALL", "net"): 3,
        ("ALL", "dont_know"): 4,
    }
    assert set(bases(frame(), profile(), include_dont_know=True).values()) == {4}


def test_a_question_whose_answers_are_not_listed_counts_every_answer_found() -> None:
    rows = pd.DataFrame({"Q4": ["Yes", "No", "Perhaps", None], "team": "N"})
    meant = profile(Question("Q4", positive=("Yes",)))
    assert bases(rows, meant) == {("ALL", "top"): 3}, "no negative answer, no bottom and no net; nobody did not know"


def test_waves_are_samples_of_their_own() -> None:
    rows = frame(wave=["1", "1", "2", None])
    counted = survey_sums(attach(rows), profile(wave="wave"), by="team")
    assert counted.design[["wave", "psus"]].values.tolist() == [["1", 2], ["2", 1]]
    assert list(dict.fromkeys(counted.sums["wave"])) == ["1", "2"]
    only = survey_sums(attach(rows), profile(wave="wave"), waves=["2"])
    assert (only.sums["wave"].tolist(), only.design["wave"].tolist()) == (["2"], ["2"])


def test_a_group_may_be_the_stratum_or_be_called_like_a_result() -> None:
    rows = frame(stratum=["a", "b", "b", "b"], n=["x", "y", "y", "y"])
    counted = survey_sums(attach(rows), profile(stratum="stratum"), by="stratum").sums
    assert counted[counted["group"] == "b"][["stratum", "n"]].values.tolist()[0] == ["b", 2]
    assert bases(rows, profile(), by="n")[("y", "top")] == 2


def test_the_whole_sample_is_called_the_same_in_both_rooms() -> None:
    assert data.survey_sums.ALL == analysis.survey.ALL


def test_order_is_wave_question_whole_sample_group_measure() -> None:
    rows = frame(wave=["2", "1", "1", "1"])
    sums = survey_sums(attach(rows), profile(wave="wave"), by="team").sums
    assert sums[["wave", "group", "measure"]].drop_duplicates().values.tolist()[:5] == [
        ["1", "ALL", "top"],
        ["1", "ALL", "bottom"],
        ["1", "ALL", "net"],
        ["1", "ALL", "dont_know"],
        ["1", "S", "top"],
    ]


def test_adding_up_groups_is_the_whole_sample() -> None:
    meant, prepared = survey("survey_clean.csv")
    rows = attach(prepared.frame)
    by_area, alone = survey_sums(rows, meant, by="area").sums, survey_sums(rows, meant).sums
    whole = by_area[by_area["group"] == "ALL"].reset_index(drop=True)
    pd.testing.assert_frame_equal(whole, alone, rtol=1e-12)


def test_sqlite_gives_the_same() -> None:
    meant, prepared = survey("survey_clean.csv")
    few = prepared.frame.head(400)
    one = survey_sums(attach(few), meant, by="area")
    other = survey_sums(attach(few, connect("sqlite")), meant, by="area")
    pd.testing.assert_frame_equal(one.sums, other.sums, rtol=1e-12)
    pd.testing.assert_frame_equal(one.design, other.design)
    variables = ["gender", "age_band"]
    cells = [margin_cells(rows, variables, "weight") for rows in (attach(few), attach(few, connect("sqlite")))]
    pd.testing.assert_frame_equal(*cells, rtol=1e-12)


@pytest.mark.parametrize(
    ("columns", "roles", "asked", "sentence"),
    [
        (
            {"team": ["ALL", "N", "N", "N"]},
            {},
            {"by": "team"},
            "Column 'team' has a group named ALL, as the whole sample is. Give it another name.",
        ),
        ({"wave": ["1"] * 4}, {"wave": "wave"}, {"waves": ["1", "3"]}, "There is no wave '3'."),
        ({}, {}, {"by": "area"}, "There is no column 'area'."),
    ],
)
def test_what_cannot_be_counted(
    columns: dict[str, list], roles: dict[str, str], asked: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DataError) as raised:
        survey_sums(attach(frame(**columns)), profile(**roles), **asked)
    assert str(raised.value) == sentence


def test_people_asked_twice_are_no_second_sample() -> None:
    meant = Profile(columns={"respondent": "id", "wave": "wave"})
    rows = pd.DataFrame({"respondent": [f"a{place}" for place in range(40)] * 2, "wave": ["1"] * 40 + ["2"] * 40})
    fresh = rows["respondent"].where(rows.index < 42, "b" + rows.index.astype("str"))
    check_independent(attach(rows.assign(respondent=fresh)), meant, "1", "2")
    check_independent(attach(rows), Profile(columns={"wave": "wave"}), "1", "2")
    with pytest.raises(DataError) as raised:
        check_independent(attach(rows), meant, "1", "2")
    assert str(raised.value) == (
        "40 of the respondents answered in both waves, 1 and 2, so they are no independent samples. "
        "If a number stands for another person in each wave, ignore the column of numbers in the profile."
    )


def test_raked_weights_are_products_to_the_last_digit() -> None:
    rows = attach(pd.DataFrame({"sex": ["F", "M"], "age": ["old", "young"], "w": [3, 2]}))
    factors = {"sex": {"F": 1.2345678901234567, "M": 1e-7}, "age": {"old": 123456.789, "young": 1 / 3}}
    got = raked(rows, factors, "w").to_pyarrow()["raked_weight"].to_pylist()
    assert got == pytest.approx([3 * 1.2345678901234567 * 123456.789, 2e-7 / 3], rel=1e-15)
    got = raked(rows, factors).to_pyarrow()["raked_weight"].to_pylist()
    assert got == pytest.approx([1.2345678901234567 * 123456.789, 1e-7 / 3], rel=1e-15)
