"""`python cli.py changes` and `compare` as a script would run them: columns, formats, results, errors, exit codes."""

from __future__ import annotations

import csv
import io
import json
import math
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import main
from tests.command import command
from tests.second_release import FIRST, NEW, SECOND, second_release
from tests.serving import ROOT

COLUMNS = [
    "measure", "basis", "table", "area", "breakdown", "earlier_start", "later_start", "earlier", "later", "difference",
    "percent", "lower", "upper", "unit", "p", "p_holm", "verdict", "direction", "better_or_worse", "dispersion",
    "events", "nearest", "sentence", "caveat", "corrected",
]  # fmt: skip
ANSWERS = ROOT / "tests" / "known_answers"

Run = Callable[..., subprocess.CompletedProcess[bytes]]
_DONE: dict[tuple[str, ...], subprocess.CompletedProcess[bytes]] = {}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command line; the same words are run once."""
    home = tmp_path_factory.mktemp("home")

    def once(*words: str) -> subprocess.CompletedProcess[bytes]:
        if words not in _DONE:
            _DONE[words] = command(home, *words)
        return _DONE[words]

    return once


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with the shipped release and an invented one."""
    return str(second_release(tmp_path_factory.mktemp("data")))


def rows_of(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, str]]:
    """The rows of a CSV result; the process must have ended well, without a word on standard error."""
    assert (done.returncode, done.stderr) == (0, b"")
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))


def told(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """The lines of a mistake: exit 2, nothing on standard output."""
    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode("utf-8").splitlines()


@pytest.fixture(scope="module")
def every(run: Run) -> list[dict[str, str]]:
    return rows_of(run("changes", "--format", "csv"))


# --- changes ----------------------------------------------------------------------------------------------------------


def test_columns_are_these_in_this_order(every: list[dict[str, str]]) -> None:
    assert list(every[0]) == COLUMNS


def test_cells_are_as_a_script_expects_them(every: list[dict[str, str]]) -> None:
    rows = {(row["measure"], row["breakdown"]): row for row in every}
    row = rows[("calls_999", "")]
    assert (row["earlier_start"], row["later_start"]) == ("2021-04-01", "2022-04-01")
    assert (row["earlier"], row["later"], row["difference"]) == ("210957", "227486", "16529")
    assert float(row["percent"]) == pytest.approx((227486 / 210957 - 1) * 100, abs=1e-9), "unrounded, in per cent"
    half = 1.959963984540054 * math.sqrt(80 / 210957 + 80 / 227486)
    assert float(row["lower"]) == pytest.approx((227486 / 210957 * math.exp(-half) - 1) * 100, abs=1e-9)
    assert float(row["upper"]) == pytest.approx((227486 / 210957 * math.exp(half) - 1) * 100, abs=1e-9)
    assert (row["unit"], row["dispersion"], row["verdict"], row["better_or_worse"]) == (
        "count",
        "80",
        "likely change",
        "",
    )
    small = rows[("fatal_collisions", "")]
    assert (small["percent"], small["difference"], small["dispersion"]) == ("", "12", "1")
    assert (float(small["lower"]), float(small["upper"])) == pytest.approx((-4.4266, 28.7885), abs=1e-4)
    assert small["caveat"].startswith("No per cent on a base under 50.")
    share = rows[("abandoned_101_wait_share", "wait=0-93 s")]
    points = (29468 / 110825 - 33289 / 88440) * 100
    assert (share["earlier"], share["later"], share["unit"], share["percent"]) == ("38", "27", "percent", "")
    assert float(share["difference"]) == pytest.approx(points, abs=1e-9), "in points, from the counts and not the print"
    assert float(share["lower"]) < points < float(share["upper"])
    none = rows[("answer_time_999", "")]
    assert [none[name] for name in ("percent", "lower", "upper", "p", "p_holm", "dispersion")] == [""] * 6
    assert (none["verdict"], none["difference"]) == ("no verdict", "-3.36")


def test_limits_are_in_per_cent_on_a_base_of_fifty_and_else_bound_the_difference(every: list[dict[str, str]]) -> None:
    for row in every:
        if row["p"]:
            value = float(row["percent"] or row["difference"])
            assert float(row["lower"]) <= value <= float(row["upper"])
            assert bool(row["percent"]) == (row["unit"] == "count" and float(row["earlier"]) >= 50)


def test_what_is_not_comparable_has_its_nearest_usable_figure(every: list[dict[str, str]]) -> None:
    for row in every:
        assert bool(row["nearest"]) == (row["verdict"] == "not comparable")
        assert row["nearest"] in row["sentence"]
        if row["verdict"] == "not comparable":
            assert (row["p_holm"], row["better_or_worse"]) == ("", "")
            assert row["events"]
            assert row["caveat"]


def test_csv_and_json_are_one_result(run: Run, every: list[dict[str, str]]) -> None:
    done = run("changes", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.loads(done.stdout.decode("utf-8"))
    assert [list(row) for row in rows] == [COLUMNS] * len(every)
    as_text = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]
    assert as_text == every
    assert b"NaN" not in done.stdout
    assert b"Infinity" not in done.stdout
    assert b"\r" not in run("changes", "--format", "csv").stdout


def test_a_table_is_printed_unless_a_format_is_named(run: Run, every: list[dict[str, str]]) -> None:
    done = run("changes")
    assert (done.returncode, done.stderr) == (0, b"")
    head, *lines = done.stdout.decode("utf-8").splitlines()
    assert head.split() == [
        "measure", "breakdown", "earlier", "later", "difference", "percent", "lower", "upper", "unit", "verdict",
        "better_or_worse",
    ]  # fmt: skip
    assert len(lines) == len(every)
    assert lines[0].split() == [
        "calls_999", "210957", "227486", "16529", "7.8352", "2.27", "13.7033", "count", "likely", "change",
    ]  # fmt: skip


def test_the_baseline_is_another_comparison(run: Run, every: list[dict[str, str]]) -> None:
    rows = rows_of(run("changes", "--against", "baseline", "--format", "csv"))
    assert list(rows[0]) == COLUMNS
    assert len(rows) < len(every)
    asb = next(row for row in rows if (row["measure"], row["breakdown"]) == ("asb", ""))
    assert (asb["earlier_start"], asb["earlier"], asb["later"]) == ("2019-04-01", "31094", "19640")


def test_dispersion_and_confidence_are_the_readers(run: Run, every: list[dict[str, str]]) -> None:
    wide = rows_of(run("changes", "--dispersion", "400", "--confidence", "0.99", "--format", "csv"))
    assert [row["measure"] for row in wide] == [row["measure"] for row in every]
    for usual, row in zip(every, wide, strict=True):
        if row["dispersion"] and min(float(row["earlier"]), float(row["later"])) >= 10:
            assert row["dispersion"] == "400"
            assert float(row["lower"]) < float(usual["lower"])
            assert float(row["upper"]) > float(usual["upper"])
        assert "95% interval" not in row["sentence"]
    claimed = [row for row in wide if row["verdict"] == "real change"]
    assert {row["unit"] for row in claimed} == {"percent"}, "no count stands at that dispersion"


def test_since_the_last_report(run: Run, both: str) -> None:
    rows = rows_of(run("changes", "--data", both, "--against", "last-report", "--format", "csv"))
    assert list(rows[0]) == COLUMNS
    row = next(row for row in rows if row["measure"] == "calls_101")
    assert (row["earlier_start"], row["later_start"]) == ("2022-04-01", "2022-07-01")
    assert (row["earlier"], row["later"], row["verdict"]) == ("305486", "336035", "real change")
    assert "share months" in row["caveat"]
    named = rows_of(run("changes", "--data", both, "--release", SECOND, "--against", "last-report", "--format", "csv"))
    assert named == rows, "the latest release unless named"


def test_a_release_is_chosen_by_its_name(run: Run, both: str, every: list[dict[str, str]]) -> None:
    assert rows_of(run("changes", "--data", both, "--release", FIRST, "--format", "csv")) == every
    second = rows_of(run("changes", "--data", both, "--format", "csv"))
    assert NEW in {row["measure"] for row in second}
    assert NEW not in {row["measure"] for row in every}


def test_without_a_release_before_there_is_no_last_report(run: Run, both: str) -> None:
    sentence = f"There is no release before {FIRST} to hold it against. Add the earlier one's folder."
    assert told(run("changes", "--against", "last-report")) == [sentence]
    assert told(run("changes", "--data", both, "--release", FIRST, "--against", "last-report")) == [sentence]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["changes", "--release", "2030-01"], "There is no release 2030-01. Releases here: 2023-03."),
        (["changes", "--data", "no/such"], "There is no data folder no"),
        (["changes", "--against", "peers"], "cli.py changes: argument --against: invalid choice: 'peers'"),
        (
            ["changes", "--confidence", "95"],
            "cli.py changes: argument --confidence: found 95, expected a number between 0 and 1.",
        ),
        (["changes", "--confidence", "nan"], "cli.py changes: argument --confidence: found nan, expected a number"),
        (
            ["changes", "--dispersion", "0"],
            "cli.py changes: argument --dispersion: found 0, expected a number between 0 and 10000.",
        ),
        (["changes", "--dispersion", "much"], "cli.py changes: argument --dispersion: found much, expected a number"),
        (["changes", "--dispersion", "-4"], "cli.py changes: argument --dispersion: found -4, expected a number"),
        (["compare"], "cli.py compare: the following arguments are required: FILE."),
        (["compare", "no.csv"], "There is no file no.csv."),
        (["compare", "a.csv", "--confidence", "1"], "cli.py compare: argument --confidence: found 1, expected"),
        (["compare", "a.csv", "--release", "2023-03"], "cli.py: unrecognized arguments: --release 2023-03."),
    ],
)
def test_a_mistake_is_one_line_and_ends_with_two(
    capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    try:
        code = main(words)
    except SystemExit as ended:
        code = ended.code
    out = capsys.readouterr()
    assert (code, out.out) == (2, "")
    assert out.err.startswith(sentence)
    assert out.err.count("\n") == 1


def test_nothing_to_hold_against_is_said_and_is_no_mistake(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("analysis.pairs.AGAINST", {"previous": "previous_12_months", "baseline": "no_such_role"})
    assert main(["changes", "--against", "baseline", "--format", "json"]) == 0
    out = capsys.readouterr()
    assert json.loads(out.out) == []
    assert out.err == "Nothing is printed for both periods. Try another --against.\n"


# --- compare ----------------------------------------------------------------------------------------------------------


def answers(name: str) -> list[dict[str, str]]:
    with (ANSWERS / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_compare_shares_as_r_does(run: Run) -> None:
    rows = rows_of(run("compare", str(ANSWERS / "inputs" / "proportion_pairs.csv"), "--format", "csv"))
    assert list(rows[0]) == ["item", "x1", "n1", "x2", "n2", "estimate", "lower", "upper", "p", "method"]
    for row, known in zip(rows, answers("proportion_pairs"), strict=True):
        assert [row[name] for name in ("item", "x1", "n1", "x2", "n2")] == [
            known[name] for name in ("item", "x1", "n1", "x2", "n2")
        ]
        found = [float(row[name]) for name in ("estimate", "lower", "upper", "p")]
        expected = [float(known[name]) for name in ("diff", "newcombe_lo", "newcombe_hi", "fisher_p")]
        assert found == pytest.approx(expected, abs=1e-8, rel=0)


def test_compare_rates_as_r_does(run: Run) -> None:
    rows = rows_of(run("compare", str(ANSWERS / "inputs" / "rates.csv"), "--format", "csv"))
    assert list(rows[0]) == ["item", "count", "pop", "estimate", "lower", "upper", "p", "method"]
    for row, known in zip(rows, answers("rates"), strict=True):
        found = [float(row[name]) for name in ("estimate", "lower", "upper")]
        expected = [float(known[name]) for name in ("rate_per_1000", "phe_lo_per_1000", "phe_hi_per_1000")]
        assert found == pytest.approx(expected, abs=1e-8, rel=0)
        assert row["p"] == ""


def test_compare_counts_as_r_does(run: Run, tmp_path: Path) -> None:
    known = json.loads((ANSWERS / "expected" / "counts.json").read_text(encoding="utf-8"))
    spread = json.loads((ANSWERS / "expected" / "counts_ar1.json").read_text(encoding="utf-8"))
    lines = ["series,earlier,later,dispersion"]
    for name, told in known.items():
        change = told["change12"]
        lines.append(f"{name},{change['prev12']},{change['last12']},{spread[name]['pre_step_dispersion']}")
        lines.append(f"{name},{change['prev12']},{change['last12']},1")
    file = tmp_path / "counts.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = rows_of(run("compare", str(file), "--format", "csv"))
    assert list(rows[0]) == ["series", "earlier", "later", "dispersion", "estimate", "lower", "upper", "p", "method"]
    for number, row in enumerate(rows):
        change = known[row["series"]]["change12"]
        kind = "poisson" if number % 2 else "overdispersed"
        expected = [change["pct"], change[f"{kind}_pct_lo"], change[f"{kind}_pct_hi"]]
        found = [float(row[name]) for name in ("estimate", "lower", "upper")]
        assert found == pytest.approx(expected, abs=1e-8, rel=0)
        assert row["method"].startswith("per cent change, log rate ratio, variance ")


def test_compare_gives_the_same_as_changes(run: Run, tmp_path: Path, every: list[dict[str, str]]) -> None:
    tested = [row for row in every if row["unit"] == "count" and row["p"]]
    file = tmp_path / "again.csv"
    file.write_text(
        "measure,earlier,later,dispersion\n"
        + "".join(f"{row['measure']},{row['earlier']},{row['later']},{row['dispersion']}\n" for row in tested),
        encoding="utf-8",
    )
    again = rows_of(run("compare", str(file), "--format", "csv"))
    assert len(again) == len(tested) > 80
    for row, known in zip(again, tested, strict=True):
        assert row["measure"] == known["measure"]
        assert row["estimate"] == (known["percent"] or known["difference"])
        assert [row[name] for name in ("lower", "upper", "p")] == [known[name] for name in ("lower", "upper", "p")]


def test_compare_in_every_format_and_at_another_level(run: Run) -> None:
    file = str(ANSWERS / "inputs" / "proportion_pairs.csv")
    rows = json.loads(run("compare", file, "--format", "json").stdout)
    assert (rows[0]["item"], rows[0]["x1"], rows[0]["p"]) == ("I01", 0, 1)
    table = run("compare", file).stdout.decode("utf-8").splitlines()
    assert table[0].split() == ["item", "x1", "n1", "x2", "n2", "estimate", "lower", "upper", "p", "method"]
    assert len(table) == 15
    sure = json.loads(run("compare", file, "--confidence", "0.99", "--format", "json").stdout)
    assert all(
        wide["lower"] <= row["lower"] < row["upper"] <= wide["upper"] for row, wide in zip(rows, sure, strict=True)
    )


def test_every_bad_cell_of_a_file_is_told_on_its_own_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("item,earlier,later\na,5,many\nb,-1,4\n", encoding="utf-8")
    assert told(run("compare", str(file))) == [
        "mine.csv, row 2, column later: found 'many', expected a whole number of 0 or more.",
        "mine.csv, row 3, column earlier: found '-1', expected a whole number of 0 or more.",
    ]
