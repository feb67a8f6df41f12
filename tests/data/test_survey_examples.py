"""The invented surveys: what the report prints is met through the product's own path, and nobody takes them for real."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from math import floor
from pathlib import Path

import pandas as pd
import pytest

from analysis.survey import estimates
from data.engine import attach
from data.errors import DataError
from data.prepare import prepare
from data.profile_file import from_toml
from data.reading import read_upload
from data.roles import propose
from data.survey_examples import ExampleSurveys, example_file_name, example_template, illustrative_surveys
from data.survey_file import open_survey, two_waves
from data.survey_sums import check_independent, survey_sums
from tests.shipped import DATA, RELEASE, changed, copied_data, rows

FOLDER = DATA / "illustrative"
PROFILE = FOLDER / "survey_profile.toml"
JUNE, JANUARY = "June 2022", "January 2023"
FILES = {JUNE: "survey_2022_06.csv", JANUARY: "survey_2023_01.csv"}
BASES = {JUNE: 1500, JANUARY: 1602}
TEAMS = {row["id"]: row["name"] for row in rows("areas") if row["kind"] == "lpt"}
FIGURES = [row for row in rows("figures") if row["table"].startswith("confidence_")]
RANGES = [row for row in rows("ranges") if row["table"] == "confidence_by_team"]


@cache
def example() -> ExampleSurveys:
    found = illustrative_surveys(DATA)
    assert found is not None
    return found


@cache
def shares() -> pd.Series:
    """Every share in whole per cents, half a point upwards, by measure of the report, wave and team or ALL."""
    survey = example().survey
    counted = survey_sums(attach(survey.prepared.frame), survey.profile, by=survey.group("Local Policing Team"))
    told = estimates(counted.sums, counted.design, withhold=False)
    # The report's Q5a is the other side of Q5: those who saw fewer officers.
    fewer = (told["question"] == "Q5") & (told["measure"] == "bottom")
    told.loc[fewer, ["question", "measure"]] = ["Q5a", "top"]
    top = told[told["measure"] == "top"]
    keys = pd.MultiIndex.from_arrays(["confidence_" + top["question"].str.lower(), top["wave"], top["group"]])
    return pd.Series([floor(100 * share + 0.5) for share in top["estimate"]], keys)


def printed(table: str) -> list[dict[str, str]]:
    return [row for row in FIGURES if row["table"] == table]


@pytest.mark.parametrize("row", printed("confidence_questions"), ids=lambda row: row["figure_id"])
def test_every_printed_share_of_the_force_is_met(row: dict[str, str]) -> None:
    assert shares()[row["measure"], row["column_label"], "ALL"] == int(row["value"])


@pytest.mark.parametrize("row", printed("confidence_by_team"), ids=lambda row: row["figure_id"])
def test_every_printed_share_of_a_team_is_met(row: dict[str, str]) -> None:
    assert shares()[row["measure"], JANUARY, TEAMS[row["area"]]] == int(row["value"])


@pytest.mark.parametrize("row", RANGES, ids=lambda row: row["id"])
def test_all_other_teams_are_in_the_printed_range(row: dict[str, str]) -> None:
    named = {TEAMS[each["area"]] for each in printed("confidence_by_team") if each["measure"] == row["measure"]}
    low, high = int(row["low"]), int(row["high"] or 100)
    low += not row["high"]  # "above 90%"
    found = {team: shares()[row["measure"], JANUARY, team] for team in TEAMS.values() if team not in named}
    assert len(found) == 9 - len(named)
    assert {team: share for team, share in found.items() if not low <= share <= high} == {}


def test_what_the_report_prints_is_all_of_it() -> None:
    assert (len(printed("confidence_questions")), len(printed("confidence_by_team")), len(RANGES)) == (22, 20, 12)


def test_bases_teams_and_design_effect() -> None:
    interviews = next(row for row in rows("statements") if row["id"] == "public_confidence_01_interviews")
    assert BASES[JANUARY] == int(interviews["value"])
    frame = example().survey.prepared.frame
    for wave, base in BASES.items():
        own = frame[frame["wave"] == wave]
        assert len(own) == base
        assert set(own["area"]) == set(TEAMS.values()) and len(TEAMS) == 9
        assert base * (own["weight"] ** 2).sum() / own["weight"].sum() ** 2 == pytest.approx(1.25, abs=0.02)
        first, last = {JUNE: ("2022-06-01", "2022-06-30"), JANUARY: ("2023-01-01", "2023-01-31")}[wave]
        assert own["date"].between(first, last).all()


def test_nothing_printed_of_a_team_is_too_imprecise_to_show() -> None:
    survey = example().survey
    counted = survey_sums(attach(survey.prepared.frame), survey.profile, by="area", waves=[JANUARY])
    told = estimates(counted.sums, counted.design)
    hidden = set(told.loc[told["withheld"] & (told["measure"] == "top"), ["question", "group"]].itertuples(index=False))
    named = {(row["measure"].split("_q")[1], TEAMS[row["area"]]) for row in printed("confidence_by_team")}
    assert not {(key.lower().removeprefix("q"), team) for key, team in hidden} & named
    assert not told.loc[told["group"] == "ALL", "withheld"].where(told["measure"] == "top", False).any()


def test_who_trusts_in_one_answer_trusts_in_others() -> None:
    """Answers hang together as those of people do, or groups and raking would show nothing."""
    survey = example().survey
    frame = survey.prepared.frame
    found = {key: frame[key].isin(question.positive) for key, question in survey.profile.questions.items()}
    confident = pd.DataFrame(found).corr()["Q12"]
    assert (confident[["Q4", "Q6a", "Q6b", "Q16", "Q17", "Q23"]] > 0.2).all()
    assert (confident[["Q11", "Q18"]] < 0).all()
    assert (
        found["Q12"].groupby(frame["Age band"]).mean()["65+"] > found["Q12"].groupby(frame["Age band"]).mean()["16-34"]
    )
    known = [frame.loc[frame[key] != "Don't know", key] for key in survey.profile.questions]
    assert (frame["Q17"] == "Don't know").mean() == pytest.approx(0.2, abs=0.03)
    assert all(
        set(question.order) <= set(own) for question, own in zip(survey.profile.questions.values(), known, strict=True)
    )


@pytest.mark.parametrize("wave", FILES)
def test_a_file_is_read_whole_with_and_without_its_profile(wave: str) -> None:
    declared, proposed = open_survey(FOLDER / FILES[wave], PROFILE), open_survey(FOLDER / FILES[wave])
    assert declared.profile == proposed.profile  # the columns and answers say all by themselves
    for survey in (declared, proposed):
        assert [note for note in survey.notes if "Q18 is about having been a victim" not in note] == []
        assert len(survey.prepared.frame) == BASES[wave] == survey.prepared.counts["distinct_respondents"]
        assert (len(survey.prepared.set_aside), len(survey.prepared.refused)) == (0, 0)


def test_waves_are_two_samples_in_order_of_time() -> None:
    found = example()
    assert found.waves == (JUNE, JANUARY) == two_waves(found.survey)
    check_independent(attach(found.survey.prepared.frame), found.survey.profile, JUNE, JANUARY)


def test_nobody_takes_them_for_real() -> None:
    found = example()
    assert (found.status, found.title) == ("illustrative", "Example with invented figures")
    assert found.survey.prepared.frame["respondent"].str.startswith("INVENTED-").all()
    for wave in found.waves:
        assert "nvented" in found.titles[wave] and "invented people" in found.cautions[wave]
        assert f"{BASES[wave]:,}" in found.cautions[wave]
        assert found.files[wave] == (FOLDER / FILES[wave]).read_bytes()
        assert example_file_name(wave).startswith("illustrative_invented_")


def made(folder: Path, *words: str | Path) -> None:
    subprocess.run([sys.executable, FOLDER / "make_surveys.py", "--out", folder, *words], check=True, cwd=folder)


def test_script_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    made(tmp_path)
    for name in FILES.values():
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name
        assert (tmp_path / name).stat().st_size < 450_000


def test_script_follows_the_release_it_is_given(tmp_path: Path) -> None:
    """The per cents have one home: change the release's figure and the answers follow."""
    release = copied_data(tmp_path) / "releases" / RELEASE.name
    changed(release / "figures.csv", "2023-01-01,2023-01-31,68,68%", "2023-01-01,2023-01-31,67,67%")
    made(tmp_path, "--release", release)
    with (tmp_path / FILES[JANUARY]).open(encoding="utf-8", newline="") as handle:
        told = [(float(row["Weight"]), row["Q12 Confidence in Staffordshire Police"]) for row in csv.DictReader(handle)]
    base = sum(weight for weight, answer in told if answer not in ("Don't know", "Refused"))
    agreed = sum(weight for weight, answer in told if answer in ("Strongly agree", "Tend to agree"))
    assert floor(100 * agreed / base + 0.5) == 67


def test_the_template_is_an_example_that_names_no_team() -> None:
    content = example_template(DATA)
    assert content is not None
    reading = read_upload(content, "template.csv")
    assert (reading.rows_in, len(reading.rejected), reading.notes) == (200, 0, [])
    assert reading.columns == read_upload(example().files[JANUARY], FILES[JANUARY]).columns
    assert not [team for team in TEAMS.values() if f",{team}," in content.decode()]
    assert all("INVENTED" in row and "Invented area" in row for row in content.decode().splitlines()[1:])
    proposed = propose(reading.rows, reading.name)
    assert [note for note in proposed.notes if "Q18 is about having been a victim" not in note] == []
    assert proposed.columns == example().survey.profile.columns
    declared = from_toml(PROFILE.read_text(encoding="utf-8"), PROFILE.name)
    prepared = prepare(declared, reading.rows, reading.lines, reading.name)
    assert (len(prepared.frame), len(prepared.refused)) == (200, 0)


def test_a_data_folder_without_examples_has_none(tmp_path: Path) -> None:
    assert illustrative_surveys(tmp_path) is None
    assert example_template(tmp_path) is None
    (tmp_path / "illustrative").mkdir()
    (tmp_path / "illustrative" / "about.toml").write_text('title = "Months only"\n', encoding="utf-8")
    assert illustrative_surveys(tmp_path) is None


def written(old: str, new: str, name: str = "about.toml") -> Callable[[Path], None]:
    return lambda folder: changed(folder / name, old, new)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (written('file = "survey_2022_06.csv"', 'file = "survey.csv"'), "illustrative/survey.csv: the file is missing. about.toml names it under [[surveys]]."),
        (written('title = "Invented survey of June 2022"', ""), "illustrative/about.toml, surveys 1: title is missing or blank, expected text."),
        (written('wave = "June 2022"', 'wave = "January 2023"'), "illustrative/about.toml: two surveys have the same wave. Give each its own."),
        (written('wave = "June 2022"', 'wave = "July 2022"'), "illustrative/survey_2022_06.csv: found wave June 2022, expected July 2022, as about.toml says. Make them the same."),
        (written("INVENTED-7,", "INVENTED-7,,", "survey_2022_06.csv"), "illustrative/survey_2022_06.csv: 1 cannot be used; the first, line 8: Found 23 cells, expected 22 as in the header."),
        (written('order = ["Yes", "No"]', 'order = ["Yes", "Never"]', "survey_profile.toml"), "illustrative/survey_profile.toml: question Q3a counts 'No', which is not in its order. Add it there, or mend its spelling."),
        (written('wave = "Wave"\n', "", "survey_profile.toml"), "illustrative/survey_profile.toml: no column is the wave. Declare one, as wave under columns."),
    ],
)  # fmt: skip
def test_a_broken_example_says_what_to_mend(tmp_path: Path, spoil: Callable[[Path], None], told: str) -> None:
    spoil(copied_data(tmp_path) / "illustrative")
    with pytest.raises(DataError) as error:
        illustrative_surveys(tmp_path)
    assert error.value.problems[0].startswith(told)
