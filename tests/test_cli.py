"""`python cli.py` as a script would run it: its columns, its filters, its formats, its errors, its exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import main
from tests.command import command
from tests.published import DATA, plant, release
from tests.serving import ROOT, clean_environment

COLUMNS = [
    "figure_id", "measure", "label", "basis", "priority", "section", "table", "area", "breakdown", "role",
    "period_start", "period_end", "value", "unit", "numerator", "denominator", "printed", "status", "source",
    "corrected", "corrected_on", "corrected_why",
]  # fmt: skip

Run = Callable[..., subprocess.CompletedProcess[bytes]]
_DONE: dict[tuple[str, ...], subprocess.CompletedProcess[bytes]] = {}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command line; the same words are run once. With an environment of its own it is a process of its own."""
    home = tmp_path_factory.mktemp("home")

    def once(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        key = (*words, *environment.values())
        if key not in _DONE:
            _DONE[key] = process(home, *words, **environment) if environment else command(home, *words)
        return _DONE[key]

    return once


def process(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "cli.py", *words],
        cwd=ROOT,
        env=clean_environment(home, **environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one figure changed, its print written with an arrow."""
    root = tmp_path_factory.mktemp("data")
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, root / name)
    plant(root / "releases" / "2023-03", "figures", 2, value="240000", printed="\u2191 240000")
    return root


def rows_of(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, str]]:
    """The rows of a CSV result; the process must have ended well, without a word on standard error."""
    assert (done.returncode, done.stderr) == (0, b"")
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def every(run: Run) -> list[dict[str, str]]:
    return rows_of(run("figures", "--format", "csv"))


# --- what is printed --------------------------------------------------------------------------------------------------


def test_columns_are_these_in_this_order(every: list[dict[str, str]]) -> None:
    assert list(every[0]) == COLUMNS


def test_every_number_is_a_row(every: list[dict[str, str]]) -> None:
    own = release()
    ids = [*own.figures["figure_id"], *own.statements["id"], *own.ranges["id"], *own.comparisons["id"]]
    assert [row["figure_id"] for row in every] == ids
    assert {"last_12_months", "previous_12_months", "baseline", "statement", "range", "rank"} <= {
        row["role"] for row in every
    }


def test_csv_is_utf8_with_plain_line_ends(run: Run, every: list[dict[str, str]]) -> None:
    content = run("figures", "--format", "csv").stdout
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")
    assert "\u00a39102.30 cash seized" in {row["printed"] for row in every}


def test_cells_are_as_a_script_expects_them(every: list[dict[str, str]]) -> None:
    by_id = {row["figure_id"]: row for row in every}
    row = by_id["abandoned_101_waits_percent.0_93_s.last_12_months"]
    assert row == {
        "figure_id": "abandoned_101_waits_percent.0_93_s.last_12_months",
        "measure": "abandoned_101_wait_share",
        "label": "Last 12 Months",
        "basis": "other",
        "priority": "local_and_responsive_service",
        "section": "contact",
        "table": "abandoned_101_waits_percent",
        "area": "staffordshire",
        "breakdown": "wait=0-93 s",
        "role": "last_12_months",
        "period_start": "2022-04-01",
        "period_end": "2023-03-31",
        "value": "27",
        "unit": "percent",
        "numerator": "29468",
        "denominator": "110825",
        "printed": "27%",
        "status": "published",
        "source": "Staffordshire Police, Public Performance Meeting Report, 17 May 2023, "
        "section 3.1, Abandoned 101 Call Rate, Data, first table",
        "corrected": "",
        "corrected_on": "",
        "corrected_why": "",
    }
    assert by_id["answer_time_999.answer_time_999.last_12_months"]["value"] == "21.49"
    assert by_id["revenue_outturn.income_subtotal.actual"]["value"] == "-21522"
    blank = by_id["contact_triage_hours"]
    assert (blank["value"], blank["numerator"], blank["role"]) == ("", "", "range")


def test_json_is_a_list_of_rows_with_null_and_whole_numbers(run: Run, every: list[dict[str, str]]) -> None:
    done = run("figures", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.loads(done.stdout.decode("utf-8"))
    assert isinstance(rows, list)
    assert list(rows[0]) == COLUMNS
    as_text = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]
    assert as_text == every, "one result, two formats"
    values = [row["value"] for row in rows]
    assert {type(value) for value in values} == {int, float, type(None)}
    assert not [value for value in values if isinstance(value, float) and value.is_integer()]
    assert b"NaN" not in done.stdout
    assert not any(cell == "" for row in rows for cell in row.values())


def test_a_table_is_printed_unless_a_format_is_named(run: Run) -> None:
    done = run("figures", "--measure", "homicide")
    assert (done.returncode, done.stderr) == (0, b"")
    head, *lines = done.stdout.decode("utf-8").splitlines()
    assert head.split() == [
        "figure_id", "label", "breakdown", "area", "role", "period_start", "period_end", "printed", "value", "unit", "status",
    ]  # fmt: skip
    assert len(lines) == 9
    assert [line.split()[0] for line in lines][6:] == [
        "homicide.homicide.previous_12_months",
        "homicide.homicide.last_12_months",
        "homicide.homicide.baseline",
    ]
    assert done.stdout == run("figures", "--measure", "homicide", "--format", "table", "--release", "2023-03").stdout


def test_a_process_of_its_own_says_the_same(run: Run, tmp_path: Path) -> None:
    """What the other tests see in their own process is what a script gets: the bytes, the code, and nothing beside."""
    for words in (("figures", "--measure", "homicide", "--format", "csv"), ("figures", "--colour", "red")):
        alone, here = process(tmp_path, *words), run(*words)
        assert (alone.returncode, alone.stdout, alone.stderr) == (here.returncode, here.stdout, here.stderr)


# --- filters ----------------------------------------------------------------------------------------------------------


def test_a_search_finds_both_years_the_baseline_and_the_text(run: Run) -> None:
    rows = rows_of(run("figures", "--search", "knife", "--format", "csv"))
    values = {row["figure_id"]: row["value"] for row in rows}
    table = "knife_gun_crime.serious_violence_knife_crime"
    assert values[f"{table}.last_12_months"] == "859"
    assert values[f"{table}.previous_12_months"] == "682"
    assert values[f"{table}.baseline"] == "722"
    assert {"statement", "rank"} <= {row["role"] for row in rows}
    assert "homicide.homicide.last_12_months" not in values


def test_a_priority_is_known_by_its_id_and_by_its_title(run: Run, every: list[dict[str, str]]) -> None:
    by_id = run("figures", "--priority", "prevent_harm", "--format", "csv")
    assert by_id.stdout == run("figures", "--priority", "Prevent Harm and protect people", "--format", "csv").stdout
    assert rows_of(by_id) == [row for row in every if row["priority"] == "prevent_harm"]


def test_series_are_added_with_their_status_when_asked_for(run: Run, every: list[dict[str, str]]) -> None:
    rows = rows_of(run("figures", "--series", "--format", "csv"))
    assert rows[: len(every)] == every
    added = rows[len(every) :]
    assert {row["status"] for row in added} == {"open", "illustrative"}
    assert {row["source"] for row in added if row["status"] == "illustrative"} == {"Example with invented figures"}
    assert all("Open Government Licence" in row["source"] for row in added if row["status"] == "open")
    assert len({row["figure_id"] for row in rows}) == len(rows)
    assert {row["status"] for row in every} == {"published"}, "and only then"


def test_another_data_folder_is_read_and_an_arrow_printed_on_an_old_windows_terminal(run: Run, own_data: Path) -> None:
    words = ("figures", "--measure", "calls_999", "--format", "csv", "--data", str(own_data))
    row = rows_of(run(*words, PYTHONIOENCODING="cp1252"))[0]
    assert row["figure_id"] == "calls_999.calls_999.last_12_months"
    assert (row["value"], row["printed"]) == ("240000", "\u2191 240000")


def test_nothing_found_is_said_and_is_no_mistake(run: Run) -> None:
    sentence = b"No figure fits. Try fewer words, or leave out a filter.\n"
    done = run("figures", "--search", "knife homicide zebra", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, sentence)
    assert done.stdout.decode("utf-8") == ",".join(COLUMNS) + "\n"


def test_nothing_found_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--search", "zebra", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["figures", "--search", "zebra"]) == 0
    assert capsys.readouterr().out == ""


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["figures", "--measure", "homicides"], "There is no measure 'homicides'. Did you mean homicide"),
        (["figures", "--priority", "Prevent"], "There is no priority 'Prevent'. Did you mean prevent_harm"),
        (["figures", "--release", "2030-01"], "There is no release 2030-01. Releases here: 2023-03."),
        (["figures", "--data", "no/such/folder"], "There is no data folder no"),
        (["figures", "--colour", "red"], "cli.py: unrecognized arguments: --colour red. See cli.py --help."),
    ],
)
def test_a_mistake_ends_with_two_and_one_line(run: Run, words: list[str], sentence: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == b""
    told = done.stderr.decode("utf-8")
    assert told.startswith(sentence)
    assert told.endswith("\n")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["figures", "--format", "xml"], "cli.py figures: argument --format: invalid choice: 'xml'"),
        (["figures", "--measure"], "cli.py figures: argument --measure: expected one argument."),
        (["numbers"], "cli.py: argument COMMAND: invalid choice: 'numbers'"),
        ([], "cli.py: the following arguments are required: COMMAND. See cli.py --help."),
    ],
)
def test_words_that_no_command_knows(capsys: pytest.CaptureFixture[str], words: list[str], sentence: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(sentence)
    assert told.err.count("\n") == 1


def test_a_broken_release_tells_every_problem_on_a_line(run: Run, tmp_path: Path) -> None:
    shutil.copytree(DATA / "releases", tmp_path / "releases")
    plant(tmp_path / "releases" / "2023-03", "figures", 2, value="many")
    plant(tmp_path / "releases" / "2023-03", "measures", 3, unit="\u2191")
    done = run("figures", EXPLORER_DATA=str(tmp_path), PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stdout) == (2, b"")
    first, second = done.stderr.decode("utf-8").splitlines()
    assert first.startswith("measures.csv, row 3, column unit: found '\u2191', expected one of count, ")
    assert second == "figures.csv, row 2, column value: found 'many', expected a plain number such as 1234 or -5.6."


@pytest.mark.parametrize("words", [(), ("--measure", "homicide")], ids=["much", "little"])
def test_a_reader_that_has_gone_is_no_mistake(tmp_path: Path, words: tuple[str, ...]) -> None:
    """As with ``| head``: the pipe is closed before a word is written, whether the result fits its buffer or not."""
    process = subprocess.Popen(
        [sys.executable, "cli.py", "figures", *words],
        cwd=ROOT,
        env=clean_environment(tmp_path, PYTHONUNBUFFERED=""),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=120), told) == (0, b"")
