"""`python cli.py areas` as a script would run it: columns, formats, known answers, disclosure, refusals."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from cli import main
from tests.surveys import ALIKE, known, written

COLUMNS = [
    "question", "measure", "area", "estimate", "lower", "upper", "rest", "difference", "p", "p_holm", "p_bh", "verdict",
    "rank_low", "rank_high", "shrunk", "caveat",
]  # fmt: skip


@pytest.fixture
def clean(tmp_path: Path) -> str:
    return written(tmp_path, "survey_clean.csv")


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["areas", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> pd.DataFrame:
    code, out, _ = ran(capsys, *words, "--format", "csv")
    assert code == 0
    return pd.read_csv(io.StringIO(out), keep_default_na=False, na_values=[""])


@pytest.mark.parametrize(("test", "p"), [("score", "p_score"), ("wald", "p_rest")])
def test_the_last_waves_areas_are_rs(clean: str, test: str, p: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, clean, "--test", test, "--unsuppressed")
    assert list(told) == COLUMNS
    own = told[told["measure"] == "top"]
    both = own.merge(known("survey_area_vs_rest"), on=["question", "area"], suffixes=("", "_r"))
    both = both.merge(known("survey_shrink_rank").drop(columns="p"), on=["question", "area"], suffixes=("", "_r"))
    assert len(both) == 120
    corrected = {"p_holm": "holm_score", "p_bh": "bh_score"} if test == "score" else {"p_holm": "holm", "p_bh": "bh"}
    columns = {"estimate": "p_area", "rest": "p_others", "difference": "vs_rest", "shrunk": "shrunk_r", "p": p}
    for mine, theirs in (columns | corrected | {"rank_low": "rank_lo", "rank_high": "rank_hi"}).items():
        assert (both[mine] - both[theirs]).abs().max() <= ALIKE, mine


def test_viewers_get_the_same_numbers_or_none(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown, open_ = rows(capsys, clean), rows(capsys, clean, "--unsuppressed")
    hidden = shown["estimate"].isna()
    assert 0 < hidden.sum() < len(shown)
    assert shown.loc[hidden, ["lower", "rest", "difference", "p", "p_holm", "rank_low", "shrunk"]].isna().all(axis=None)
    assert set(shown.loc[hidden, "verdict"]) == {"no verdict"}
    assert set(shown.loc[hidden, "caveat"].str.partition(":")[0]) == {
        "Too imprecise to show",
        "Withheld to protect respondents",
    }
    same = ["estimate", "lower", "upper", "rest", "difference", "p"]
    pd.testing.assert_frame_equal(shown.loc[~hidden, same], open_.loc[~hidden, same], check_dtype=False)
    assert (shown.loc[~hidden, "rank_low"] <= open_.loc[~hidden, "rank_low"]).all()  # a hidden area may hold any place
    assert (shown.loc[~hidden, "rank_high"] >= open_.loc[~hidden, "rank_high"]).all()
    assert (shown.loc[~hidden, "p_holm"] >= open_.loc[~hidden, "p_holm"] - ALIKE).all()


def test_another_wave_and_json(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, clean, "--wave", "2022-06", "--format", "json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert [list(row) for row in told] == [COLUMNS] * len(told)
    assert {type(row["rank_low"]) for row in told} == {int, type(None)}
    expected = known("survey_proportions").set_index(["wave", "measure", "question", "area"])["p"]
    first = next(row for row in told if row["measure"] == "top" and row["estimate"] is not None)
    assert first["estimate"] == pytest.approx(expected["2022-06", "top_excl_dk", first["question"], first["area"]])


def test_other_groups_than_areas(clean: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(rows(capsys, clean, "--by", "gender")["area"]) == {"Female", "Male", "Other"}


def test_a_printed_table_with_assumed_bases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "question,area,percent,base\nQ12,ALL,68,1602\nQ12,East,46,160\nQ12,Lich,59,160\nQ12,Moor,68,160\n",
        encoding="utf-8",
    )
    told = rows(capsys, str(path)).set_index("area")
    assert told["p"].round(4).to_dict() == {"East": 0.0, "Lich": 0.0214, "Moor": 1.0}
    assert told.loc["Lich", "verdict"] == "differs"  # of three teams
    of_ten = rows(capsys, str(path), "--areas", "10").set_index("area")
    assert of_ten["verdict"].to_dict() == {"East": "differs", "Lich": "likely differs", "Moor": "cannot tell"}
    assert told["caveat"].str.contains("Assumed: a design effect of 1.25.", regex=False).all()


def counts(folder: Path, people: str = 'area,population\nNorth,12000\nSouth,"110,000"\nWest,9000\n') -> list[str]:
    lines = ["2021-22,North,50", "2021-22,South,390", "2021-22,West,30"]
    lines += ["2022-23,North,60", "2022-23,South,400", "2022-23,West,3"]
    lines = [f"{line.rpartition(',')[0]},burglary,{line.rpartition(',')[2]}" for line in lines]
    (folder / "counts.csv").write_text("\n".join(["Period,Area,Measure,Value", *lines, ""]), encoding="utf-8")
    (folder / "people.csv").write_text(people, encoding="utf-8")
    return [str(folder / "counts.csv"), "--population", str(folder / "people.csv")]


def test_counts_become_rates_of_the_last_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, *counts(tmp_path))
    assert list(told) == COLUMNS
    assert set(told["measure"]) == {"rate per 1,000"}
    own = told.set_index("area")
    assert own["estimate"].tolist() == pytest.approx([5, 400 / 110, 3 / 9])
    assert own["rest"].tolist() == pytest.approx([403 / 119, 63 / 21, 460 / 122])
    assert own.loc["West", "verdict"] == "differs"
    before = rows(capsys, *counts(tmp_path), "--wave", "2021-22").set_index("area")
    assert before["estimate"].tolist() == pytest.approx([50 / 12, 390 / 110, 30 / 9])
    surer = rows(capsys, *counts(tmp_path), "--dispersion", "1").set_index("area")
    assert surer.loc["North", "p"] < own.loc["North", "p"]


def test_residents_may_differ_by_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = "period,area,population\n" + "".join(
        f"{period},{area},{1000 * (n + 1)}\n" for n, period in enumerate(["2021-22", "2022-23"]) for area in ["North", "South", "West"]
    )  # fmt: skip
    assert rows(capsys, *counts(tmp_path, people))["estimate"].tolist() == pytest.approx([30, 200, 1.5])


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("area,population\nNorth,12000\n", "people.csv: there is no population of South; West.\n"),
        (
            "area,population\nNorth,0\nSouth,1\nWest,1\n",
            "people.csv, row 2, column population: found '0', expected a number above 0.\n",
        ),
        ("area,people\nNorth,5\n", "people.csv: there is no column population. Expected area, population.\n"),
        ("area,population\nNorth,5\nnorth,6\n", "people.csv, row 3: north is there twice.\n"),
    ],
)
def test_mistakes_in_residents(tmp_path: Path, people: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, *counts(tmp_path, people)) == (2, "", sentence)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2022-23,North,burglary,many", "counts.csv, row 8, column value: found 'many', expected a number of 0 or more."),
        ("2022-23,North,Burglary,7", "counts.csv, row 8: 2022-23, North, Burglary is there twice."),
        ("2022-23,,burglary,7", "counts.csv, row 8, column area: nothing is there."),
        ("latest,East,burglary,7", "counts.csv: the names (2021-22, 2022-23, latest) do not tell which is the last. Name one with --wave."),
    ],
)  # fmt: skip
def test_mistakes_in_counts(tmp_path: Path, row: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = counts(tmp_path, "area,population\nNorth,1\nSouth,1\nWest,1\nEast,1\n")
    with Path(words[0]).open("a", encoding="utf-8") as handle:
        handle.write(f"{row}\n")
    assert ran(capsys, *words) == (2, "", f"{sentence}\n")


def test_counts_need_residents_and_surveys_do_not(
    tmp_path: Path, clean: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = counts(tmp_path)
    assert "counts are compared by rates" in ran(capsys, words[0])[2]
    assert "--population goes with counts" in ran(capsys, clean, *words[1:])[2]
    assert "there is no period '2020'" in ran(capsys, *words, "--wave", "2020")[2]
    assert "there is no group 'ward'" in ran(capsys, clean, "--by", "ward")[2]
