"""`python cli.py estimate` and `waves` as a script would run them: columns, formats, known answers, refusals."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from cli import main
from tests.surveys import ALIKE, known, written

ESTIMATE = [
    "wave", "question", "group", "measure", "n", "sum_weights", "estimate", "standard_error", "n_effective",
    "design_effect", "lower", "upper", "confidence", "method", "caveat",
]  # fmt: skip
WAVES = [
    "question", "group", "measure", "first_wave", "second_wave", "difference", "lower", "upper", "p", "p_holm", "p_bh",
    "verdict", "caveat",
]  # fmt: skip

DRAWN = """kind = "survey"
[columns]
stratum = "stratum"
groups = ["sex"]
[questions.Q4]
column = "Q4"
order = ["Yes", "No"]
positive = ["Yes"]
"""


@pytest.fixture
def clean(tmp_path: Path) -> str:
    return written(tmp_path, "survey_clean.csv")


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    told = capsys.readouterr()
    return code, told.out, told.err


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> pd.DataFrame:
    code, out, _ = ran(capsys, *words, "--format", "csv")
    assert code == 0
    return pd.read_csv(io.StringIO(out), keep_default_na=False, na_values=[""])


def test_estimates_by_area_are_rs(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "estimate", clean, "--by", "Area", "--wave", "2023-01", "--method", "logit", "--unsuppressed")
    assert list(told) == ESTIMATE
    assert set(told["wave"]) == {"2023-01"}
    expected = known("survey_proportions")
    expected = expected[(expected["measure"] == "top_excl_dk") & (expected["wave"] == "2023-01")]
    both = told[told["measure"] == "top"].merge(
        expected.rename(columns={"area": "group", "n": "base"}), on=["question", "group"]
    )
    assert len(both) == 132
    columns = {"n": "base", "sum_weights": "sum_w", "estimate": "p", "standard_error": "se", "lower": "xlogit_lo"}
    columns |= {"upper": "xlogit_hi", "n_effective": "n_eff_min", "design_effect": "deff_kish"}
    for mine, theirs in columns.items():
        assert (both[mine] - both[theirs]).abs().max() <= ALIKE, mine


def test_dont_know_may_be_counted(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "estimate", clean, "--include-dont-know", "--wave", "2022-06")
    [q17] = told[(told["question"] == "Q17") & (told["measure"] == "top")].to_dict("records")
    expected = known("survey_proportions").set_index(["wave", "question", "area", "measure"])
    assert q17["estimate"] == pytest.approx(expected.loc[("2022-06", "Q17", "ALL", "top_incl_dk"), "p"], abs=ALIKE)


def test_withheld_cells_keep_their_row_and_reason(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "estimate", clean, "--by", "area", "--format", "json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert [list(row) for row in told] == [ESTIMATE] * len(told)
    hidden = [row for row in told if row["estimate"] is None]
    assert hidden
    assert {row["caveat"].partition(":")[0] for row in hidden} == {
        "Too imprecise to show",
        "Withheld to protect respondents",
    }
    assert {row[name] for row in hidden for name in ("standard_error", "lower", "upper")} == {None}
    code, out, err = ran(capsys, "estimate", clean, "--by", "area", "--unsuppressed", "--format", "json")
    assert err == (
        "Warning: some of these cells are too imprecise to show, or would tell about single respondents. Do not publish them.\n"
    )
    shown = json.loads(out)
    assert (len(shown), sum(row["estimate"] is None for row in shown)) == (len(told), 0)


def test_waves_are_rs(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "waves", clean, "--by", "area", "--unsuppressed")
    assert list(told) == WAVES
    assert set(told["first_wave"] + " " + told["second_wave"]) == {"2022-06 2023-01"}
    own = told[told["measure"] == "top"].merge(
        known("survey_wave_score").rename(columns={"area": "group"}), on=["question", "group"]
    )
    assert len(own) == 132
    for mine, theirs in {"p": "p_score", "p_holm": "holm_score", "p_bh": "bh_score"}.items():
        assert (own[mine] - own[theirs]).abs().max() <= ALIKE, mine
    back = rows(capsys, "waves", clean, "--waves", "2023-01,2022-06", "--test", "wald")
    wald = known("survey_wave_difference").query("area == 'ALL'").set_index("question")
    back = back[back["measure"] == "top"].set_index("question")
    assert (back["difference"] + wald["diff"]).abs().max() <= ALIKE
    assert (back["p"] - wald["p_z"]).abs().max() <= ALIKE


def small_survey(folder: Path, question: str = "Q4") -> str:
    """Two waves of four teams: West has 20 answers, and nobody in North says no in the second."""
    teams = {"East": (25, 15), "North": (60, 60), "South": (80, 50), "West": (12, 8)}
    people = [
        (wave, team, answer)
        for wave, own in {"1": teams, "2": teams | {"North": (120, 0)}}.items()
        for team, numbers in own.items()
        for answer, number in zip(("Yes", "No"), numbers, strict=True)
        for _ in range(number)
    ]
    path = folder / "small.csv"
    lines = [f"{number},{wave},{team},1.0,{answer}" for number, (wave, team, answer) in enumerate(people)]
    path.write_text("\n".join([f"resp_id,wave,area,weight,{question}", *lines, ""]), encoding="utf-8")
    return str(path)


def test_respondents_are_protected_unless_an_analyst_asks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small_survey(tmp_path)
    told = rows(capsys, "estimate", path, "--by", "area", "--wave", "2").set_index(["group", "measure"])
    few = told.loc[("West", "top")]
    assert few["caveat"] == "Withheld to protect respondents: fewer than 30 answered."
    numbers = ["n", "sum_weights", "estimate", "standard_error", "n_effective", "design_effect", "lower", "upper"]
    assert few[numbers].isna().all()
    nobody = told.loc[("North", "bottom")]
    assert nobody["caveat"] == "Withheld to protect respondents: fewer than 5 gave such an answer."
    assert nobody[["estimate", "lower", "n_effective"]].isna().all()
    assert told.loc[("North", "top"), "caveat"].startswith("Withheld to protect respondents: another number")
    bases = told.xs("top", level="measure")["n"]
    assert bases[bases.isna()].index.tolist() == ["East", "West"]  # East's base would tell West's
    open_ = rows(capsys, "estimate", path, "--by", "area", "--wave", "2", "--unsuppressed")
    assert (open_["estimate"].isna().sum(), open_["n"].isna().sum(), len(open_)) == (0, 0, len(told))


def test_changes_are_protected_in_either_wave(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "waves", small_survey(tmp_path), "--by", "area").set_index(["group", "measure"])
    west, north = told.loc[("West", "top")], told.loc[("North", "bottom")]
    assert west["caveat"] == "Withheld to protect respondents: fewer than 30 answered."
    assert "2: Withheld to protect respondents: fewer than 5 gave such an answer." in north["caveat"]
    for row in (west, north):
        assert row[["difference", "lower", "upper", "p", "p_holm", "p_bh"]].isna().all()
        assert row["verdict"] == "no verdict"
    assert told.loc[("ALL", "top"), "difference"] > 0


def test_a_question_about_victims_has_the_higher_threshold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small_survey(tmp_path, "V1. Have you been a victim of crime?")
    code, _, err = ran(capsys, "estimate", path, "--wave", "1", "--by", "area")
    assert code == 0
    assert "V1. Have you been a victim of crime? is about having been a victim, so it is marked sensitive" in err


def test_raking_first(clean: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    margins = written(tmp_path, "survey_clean_margins_w1.csv")
    code, out, err = ran(capsys, "estimate", clean, "--margins", margins, "--wave", "2022-06", "--format", "csv")
    assert code == 0
    top = pd.DataFrame(row for row in csv.DictReader(io.StringIO(out)) if row["measure"] == "top").set_index("question")
    expected = known("survey_raked_se_w1").set_index("question")
    assert (top["estimate"].astype(float) - expected["p"]).abs().max() <= ALIKE
    assert (top["standard_error"].astype(float) - expected["se_weights_only"]).abs().max() <= 1e-6, "unless asked"
    assert top["method"].str.endswith("; error of the raked weights alone").all()
    assert top["caveat"].str.endswith("takes the raked weights as given and does not count the raking.").all()
    assert err == (
        "Wave 2022-06: 1,510 respondents raked to area, age_band, gender, from equal weights. Weights run from 0.45 to "
        "2.58 times their mean (before: 1.00 to 1.00), the design effect is 1.18 (before: 1.00); none is trimmed.\n"
    )
    _, _, err = ran(capsys, "estimate", clean, "--margins", margins, "--rake-from", "weights")
    assert err.splitlines()[1].startswith(
        "Wave 2023-01: 1,602 respondents raked to area, age_band, gender, from the weights of the file."
    )


def test_the_raking_may_be_counted(clean: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    margins = written(tmp_path, "survey_clean_margins_w2.csv")
    words = ["--margins", margins, "--wave", "2023-01", "--by", "area", "--rake-variance", "counted"]
    told = rows(capsys, "estimate", clean, *words)
    assert list(told) == ESTIMATE
    whole = told[(told["group"] == "ALL") & (told["measure"] == "top")].set_index("question")
    expected = known("survey_raked_se_w2").set_index("question")
    assert (whole["standard_error"] - expected["se_raked"]).abs().max() <= ALIKE
    shown, hidden = told[told["estimate"].notna()], told[told["estimate"].isna()]
    assert shown["method"].str.endswith("; error counts the raking to area, age_band, gender").all()
    assert shown["caveat"].str.contains("The error counts the raking and takes its margins as exact").all()
    assert len(hidden) and not hidden["caveat"].str.contains("raking").any()


def test_what_cannot_be_counted_or_raked(clean: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "estimate", clean, "--rake-variance", "counted") == (
        2,
        "",
        "Nothing is raked, so no raking can be counted in the errors. Name margins with --margins.\n",
    )
    printed = tmp_path / "table.csv"
    printed.write_text("question,wave,percent,base\nQ12,2022-06,63,1500\n", encoding="utf-8")
    margins = written(tmp_path, "survey_clean_margins_w1.csv")
    assert ran(capsys, "estimate", str(printed), "--margins", margins) == (
        2,
        "",
        "table.csv: a printed table has no respondents to rake. Leave --margins out.\n",
    )
    drawn = tmp_path / "drawn.csv"
    people = [f"{sex},{place % 2},{('Yes', 'No')[place % 3 == 0]}" for place in range(60) for sex in "FM"]
    drawn.write_text("\n".join(["sex,stratum,Q4", *people]), encoding="utf-8")
    halves = tmp_path / "margins.csv"
    halves.write_text("variable,level,share\nsex,F,0.6\nsex,M,0.4\n", encoding="utf-8")
    profile = tmp_path / "profile.toml"
    profile.write_text(DRAWN, encoding="utf-8")
    asked = ["estimate", str(drawn), "--profile", str(profile), "--margins", str(halves)]
    assert len(rows(capsys, *asked)), "the error of the weights alone counts strata"
    code, out, err = ran(capsys, *asked, "--rake-variance", "counted")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        "The raking cannot be counted in the error of a sample with strata. "
        "Take the error of the weights alone, which counts the design."
    )


def test_a_spoilt_file_says_what_was_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "estimate", written(tmp_path, "survey_messy.csv"))
    assert code == 0
    assert out.splitlines()[0].split() == [
        "wave",
        "question",
        "group",
        "measure",
        "n",
        "estimate",
        "lower",
        "upper",
        "caveat",
    ]
    assert err.splitlines()[-1] == "survey_messy.csv: Rows set aside: 40."


def test_printed_tables_need_what_they_do_not_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "question,wave,percent,base\nQ12,2022-06,63,\nQ12,2023-01,68,1602\nQ17,2022-06,62,\nQ17,2023-01,69,1602\n",
        encoding="utf-8",
    )
    assert ran(capsys, "waves", str(path)) == (
        2,
        "",
        "Question Q12 has no base above 0. Say how many answers to assume.\n",
    )
    told = rows(capsys, "waves", str(path), "--base", "1500", "--test", "wald").set_index("question")
    expected = known("published_table").set_index("question")
    for question in ("Q12", "Q17"):
        assert told.loc[question, "lower"] == pytest.approx(expected.loc[question, "diff_lo_deff1.25"], abs=ALIKE)
        assert told.loc[question, "p"] == pytest.approx(expected.loc[question, "p_deff1.25"], abs=ALIKE)
        assert "Assumed: 1,500 answers to every question, and a design effect of 1.25." in told.loc[question, "caveat"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--by", "ward"],
            "survey_clean.csv: there is no group 'ward'. The columns of groups are: area, age_band, gender.\n",
        ),
        (["--wave", "2021"], "survey_clean.csv: there is no wave '2021'. The waves are: 2022-06, 2023-01.\n"),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    clean: str, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "estimate", clean, *words) == (2, "", sentence)
