"""Waves of saved surveys: found, named apart, in order, and counted as the command line counts them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.survey import estimates
from data.engine import attach
from data.people import LOCAL
from data.profile import Profile, Question
from data.profile_file import to_toml
from data.saved_surveys import (
    group_columns,
    profile_of,
    rows_of,
    same_meaning,
    saved_waves,
    versions_of_one,
    wave_answers,
    wave_sums,
    waves_of,
)
from data.store import Store, Version, memory_store
from tests.surveys import estimated, survey

Q4 = Question("Q4", order=("Yes", "No"), positive=("Yes",), negative=("No",))
PROFILE = Profile(columns={"wave": "Wave", "area": "Team"}, questions={"Q4": Q4})


def kept(store: Store, label: str, frame: pd.DataFrame, profile: Profile = PROFILE, kind: str = "survey") -> Version:
    version, _ = store.save(
        frame, kind=kind, label=label, source_name=f"{label}.csv", content=label.encode(), profile=to_toml(profile),
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    return version


def rows(wave: str, yes: int = 3, no: int = 2) -> pd.DataFrame:
    return pd.DataFrame({"wave": wave, "area": "North", "Q4": ["Yes"] * yes + ["No"] * no})


def test_waves_of_several_versions_stand_in_the_order_of_their_names() -> None:
    store = memory_store(LOCAL)
    kept(store, "second", rows("January 2023"))
    kept(store, "first", rows("June 2022"))
    assert [(wave.name, wave.label) for wave in saved_waves(store)] == [
        ("June 2022", "first"), ("January 2023", "second"),
    ]  # fmt: skip


def test_without_telling_names_the_order_of_saving_holds() -> None:
    store = memory_store(LOCAL)
    kept(store, "b", rows("Pilot"))
    kept(store, "a", rows("Main"))
    assert [wave.name for wave in saved_waves(store)] == ["Pilot", "Main"]


def test_one_wave_saved_twice_is_told_apart_and_known_as_one() -> None:
    store = memory_store(LOCAL)
    kept(store, "as sent", rows("June 2022"))
    kept(store, "mended", rows("June 2022", yes=4))
    waves = saved_waves(store)
    assert [wave.name for wave in waves] == ["June 2022, as sent", "June 2022, mended"]
    assert versions_of_one(waves[1], waves) == [waves[0]]
    assert versions_of_one(waves[0], waves) == []


def test_what_is_no_survey_or_is_withdrawn_has_no_wave() -> None:
    store = memory_store(LOCAL)
    kept(store, "months", pd.DataFrame({"month": pd.to_datetime(["2023-01-01"]), "value": [1.0]}), kind="monthly")
    version = kept(store, "gone", rows("June 2022"))
    store.withdraw(version.id)
    assert saved_waves(store) == []


def test_a_survey_without_waves_is_one_by_its_label() -> None:
    [wave] = waves_of(pd.DataFrame({"Q4": ["Yes"]}), "v", "Victims", "survey")
    assert (wave.name, wave.value, wave.start) == ("Victims", None, None)


@pytest.mark.parametrize(("months", "names"), [
    (12, ["Victims"]), (23, ["Victims"]), (24, ["12 months to March 2022", "12 months to March 2023"]),
    (30, ["12 months to March 2022", "12 months to March 2023"]),
])  # fmt: skip
def test_a_survey_asked_all_the_time_is_cut_into_years_that_share_nothing(months: int, names: list[str]) -> None:
    days = pd.date_range(end="2023-03-31", periods=months, freq="ME")
    assert [wave.name for wave in waves_of(pd.DataFrame({"date": days}), "v", "Victims", "survey")] == names


def test_years_that_share_nothing_count_every_answer_once() -> None:
    days = pd.date_range("2021-04-01", "2023-03-31", freq="D")
    frame = pd.DataFrame({"date": days, "Q4": ["Yes"] * len(days)})
    profile = Profile(columns={"date": "Day"}, questions={"Q4": Q4})
    waves = waves_of(frame, "v", "Victims", "survey")
    counted = [wave_sums(attach(frame), profile, wave).sums.query("measure == 'top'")["n"].iloc[0] for wave in waves]
    assert counted == [365, 365]


def test_a_saved_wave_gives_the_known_answers() -> None:
    """Through the store and one wave at a time, what the whole file gives at once."""
    profile, prepared = survey("survey_clean.csv")
    store = memory_store(LOCAL)
    version = kept(store, "clean", prepared.frame, profile)
    whole = estimated("survey_clean.csv", "area")
    for wave in saved_waves(store):
        counted = wave_sums(rows_of(store, version.id), profile_of(version), wave, "area")
        own = estimates(counted.sums, counted.design, withhold=False)
        expected = whole[whole["wave"] == wave.name].reset_index(drop=True)
        pd.testing.assert_frame_equal(own, expected, check_dtype=False)


def test_answers_add_up_to_the_bases() -> None:
    frame = pd.concat([rows("June 2022"), rows("January 2023", 1, 1)], ignore_index=True)
    wave = waves_of(frame, "v", "c", "survey")[0]
    counts = wave_answers(attach(frame), PROFILE, wave, "area")
    assert counts[["wave", "group", "answer", "n"]].values.tolist() == [
        ["June 2022", "ALL", "Yes", 3], ["June 2022", "ALL", "No", 2], ["June 2022", "North", "Yes", 3],
        ["June 2022", "North", "No", 2],
    ]  # fmt: skip


def test_questions_that_count_other_answers_are_named() -> None:
    other = Profile(questions={"Q4": Question("Q4", order=("Yes", "No"), positive=("No",))})
    assert same_meaning(PROFILE, other, ["Q4"]) == [
        "Q4 does not count the same answers as positive in both waves: Yes; then No. It is not compared.",
        "Q4 does not count the same answers as negative in both waves: No; then none. It is not compared.",
    ]  # fmt: skip
    assert same_meaning(PROFILE, PROFILE, ["Q4"]) == []


def test_groups_are_the_area_and_what_the_profile_names() -> None:
    profile = Profile(columns={"area": " Local  Policing Team"}, groups=("Age band",))
    assert list(group_columns(profile).values()) == ["area", "Age band"]


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    from data.errors import DataError
    from data.store import file_store

    store = file_store(tmp_path, LOCAL)
    version = kept(store, "first", rows("June 2022"))
    (tmp_path / "versions" / f"{version.id}.parquet").write_bytes(b"x")
    with pytest.raises(DataError, match="The file of the version 'first' is damaged"):
        saved_waves(store)
