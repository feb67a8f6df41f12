"""`python cli.py decompose`, `beyond-season`, `control` and `forecast` as a script would run them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from cli import main

KNOWN = Path(__file__).resolve().parent / "known_answers"
COUNTS = str(KNOWN / "inputs" / "monthly_counts.csv")
ASB = ["--value", "asb"]
BEYOND = [COUNTS, *ASB, "--since", "2022-11", "--shock", "2020-03:2021-03"]


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = main(list(words))
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> pd.DataFrame:
    code, out, _ = ran(capsys, *words, "--format", "csv")
    assert code == 0
    return pd.read_csv(io.StringIO(out), keep_default_na=False, na_values=[""])


def test_decompose_is_rs_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "decompose", str(KNOWN / "inputs" / "co2.csv"))
    assert list(told) == ["period", "observed", "trend", "seasonal", "remainder", "adjusted"]
    known = pd.read_csv(KNOWN / "expected" / "co2_stl.csv")
    assert told["period"].tolist() == known["period"].tolist()
    for part in ("trend", "seasonal", "remainder"):
        assert (told[part] - known[f"periodic_{part}"]).abs().max() < 1e-7 * known["value"].std(), part
    assert (told["trend"] + told["seasonal"] + told["remainder"] - told["observed"]).abs().max() < 1e-9


def test_decompose_takes_windows_and_several_seasons(capsys: pytest.CaptureFixture[str]) -> None:
    known = pd.read_csv(KNOWN / "expected" / "USAccDeaths_stl.csv")
    told = rows(capsys, "decompose", str(KNOWN / "inputs" / "USAccDeaths.csv"), "--seasonal", "7")
    assert (told["seasonal"] - known["s7_seasonal"]).abs().max() < 1e-7 * known["value"].std()
    several = rows(capsys, "decompose", str(KNOWN / "inputs" / "taylor_a.csv"), "--period", "48,336")
    assert list(several)[3:5] == ["seasonal_48", "seasonal_336"]
    assert several.loc[6, "seasonal_48"] == pytest.approx(-6938.14947449, abs=1e-3)


def test_decompose_per_day_on_the_log_scale(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "decompose", COUNTS, *ASB, "--log", "--per-day", "--seasonal", "13", "--robust")
    assert told["observed"].iloc[0] == pytest.approx(4.406719247264253)
    assert (told["observed"] - told["seasonal"] - told["adjusted"]).abs().max() < 1e-12


def test_decompose_leaves_parts_blank_beyond_a_gap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = pd.read_csv(COUNTS)[["month", "calls_999"]]
    table.loc[3, "calls_999"] = None
    file = tmp_path / "mine.csv"
    table.drop(index=10).to_csv(file, index=False)
    code, out, err = ran(capsys, "decompose", str(file), "--format", "json")
    told = json.loads(out)
    assert (code, len(told)) == (0, 60)
    assert [told[10]["observed"], told[9]["trend"], told[3]["observed"]] == [None, None, None]
    assert isinstance(told[11]["trend"], float)
    assert err.splitlines()[:2] == [
        "mine.csv, row 5: there is no value for 2018-07.",
        "mine.csv, between rows 11 and 12: there is no row for 2019-02.",
    ]
    assert "Decomposed is the longest stretch without a gap: March 2019 to March 2023." in err


def test_beyond_season_tells_the_known_answer(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "beyond-season", *BEYOND, "--origin", "beforehand", "--format", "json")
    told, known = json.loads(out), json.loads((KNOWN / "expected" / "counts.json").read_text(encoding="utf-8"))["asb"]
    assert (code, err) == (0, "")
    assert list(told)[:10] == [
        "months", "sum_observed", "sum_expected", "ratio", "ratio_lower", "ratio_upper", "rho", "p", "verdict", "caveats",
    ]  # fmt: skip
    assert list(told["months"][0]) == ["period", "observed", "expected", "month_lower", "month_upper"]
    assert [month["expected"] for month in told["months"]] == pytest.approx(
        known["beyond_season"]["expected"], rel=1e-6
    )
    assert told["ratio_lower"] == pytest.approx(known["quasi"]["step_lo"], rel=1e-6)
    assert told["verdict"] == "real change"
    assert told["caveats"] == ["The date was named before the figures were seen."]


def test_beyond_season_knows_the_events_of_a_measure(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "beyond-season", *BEYOND, "--measure", "asb")
    assert code == 0
    assert "Verdict: not comparable (p 2.1e-06" in out
    assert "A fall in ASB from that month may be a change of label." in out
    assert "It is not said whether the date was named beforehand" in out
    code, _, err = ran(capsys, "beyond-season", *BEYOND, "--measure", "nothing")
    assert (code, err[:28]) == (2, "There is no measure nothing ")


def test_control_shows_limits_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    known = json.loads((KNOWN / "expected" / "xmr.json").read_text(encoding="utf-8"))["calls_101"]
    told = rows(capsys, "control", COUNTS, "--value", "calls_101", "--raw")
    assert list(told) == ["period", "value", "mean", "lower", "upper", "rules"]
    assert (told["upper"] - known["upper"]).abs().max() < 1e-8
    assert told["rules"].fillna("").str.contains("outside").astype(int).tolist() == known["outside"]
    _, _, err = ran(capsys, "control", COUNTS, "--value", "calls_101", "--raw", "--rebase", "2022-08=Triage begins")
    assert "charted as given, with their season" in err
    assert "Limits start anew with August 2022: Triage begins" in err


def test_control_refuses_rolling_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rolling.csv"
    table = pd.read_csv(COUNTS)[["month", "asb"]].rename(columns={"asb": "ASB, rolling 12 months"})
    table.to_csv(file, index=False)
    for more in ([], ["--raw"]):
        code, out, err = ran(capsys, "control", str(file), *more)
        assert (code, out) == (2, "")
        assert err.startswith("No trend line and no control limits are drawn through rolling 12-month figures.")


def test_forecast_and_its_trials(capsys: pytest.CaptureFixture[str]) -> None:
    file = [COUNTS, "--value", "calls_999", "--months", "4"]
    code, out, err = ran(capsys, "forecast", *file, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert list(told)[:4] == ["rows", "mase", "naive_mase", "coverage"]
    assert [row["period"] for row in told["rows"]] == ["2023-04", "2023-05", "2023-06", "2023-07"]
    assert list(told["rows"][0]) == ["period", "forecast", "lower", "upper", "naive"]
    assert 0 < told["coverage"] <= 1
    assert "In 24 trials on the past its 95% band held" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["decompose", COUNTS], "there are several columns of values: days, asb, calls_999, calls_101. Name one with"),
        (["decompose", COUNTS, *ASB, "--seasonal", "8"], "The seasonal window is an odd number of 3 or more, not 8."),
        (["decompose", COUNTS, *ASB, "--seasonal", "x"], "found x, expected periodic or an odd number of 3 or more"),
        (["decompose", COUNTS, *ASB, "--period", "1"], "found 1, expected whole numbers of 2 or more"),
        (["decompose", COUNTS, *ASB, "--period", "40"], "A season of 40 is seen in more than 80 steps in a row"),
        (["beyond-season", COUNTS, *ASB, "--since", "soon"], "Found soon, expected a period such as 2018-04."),
        (["beyond-season", COUNTS, *ASB, "--since", "2019-11"], "19 months with a value before November 2019 are"),
        (["control", COUNTS, *ASB, "--rebase", "2022-11"], "Limits start anew only for a stated event"),
        (["forecast", COUNTS, *ASB, "--months", "0"], "A forecast looks 1 step or more ahead, not 0."),
        (["forecast", "nowhere.csv"], "There is no file nowhere.csv."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_table_and_a_csv_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    _, table, _ = ran(capsys, "control", COUNTS, *ASB)
    _, text, _ = ran(capsys, "control", COUNTS, *ASB, "--format", "csv")
    assert table.split()[:6] == next(csv.reader(io.StringIO(text)))
    assert len(table.splitlines()) == len(text.splitlines()) == 61
