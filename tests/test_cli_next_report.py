"""`python cli.py release new` and `release read` as an analyst would run them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command import command
from tests.filled_workbook import june, next_quarter, with_cells
from tests.printed_document import june_release, printed_report, printed_tables
from tests.published import release
from tests.second_release import second_release


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return second_release(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def filled(root: Path) -> Path:
    """The invented quarter as a file."""
    file = root / "filled.xlsx"
    file.write_bytes(with_cells(next_quarter(release()), june(root)))
    return file


def test_new_writes_a_workbook_and_says_how_much_it_asks(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "june.xlsx"
    words = ["release", "new", "2023-06", "--from", "2023-03", "--out", str(out)]
    done = command(home, *words)
    assert done.returncode == 0
    told = done.stdout.decode()
    assert "the report 2023-06 with figures to 2023-06-30, laid out from 2023-03." in told
    assert "302 cells of 41 tables are to fill" in told
    assert openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["Start"]["A1"].value == "Workbook of the report 2023-06"
    again = command(home, *words)
    assert again.returncode == 2
    assert "the file is there already" in again.stderr.decode()
    assert command(home, *words, "--replace").returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "june"], "june is no month such as 2023-06. Name the last day of the figures with --data-to."),
        (["new", "2023-02"], "expected those of the next report to go at least a month further, found 2023-02-28"),
        (["new", "2023-06", "--from", "2020-01"], "There is no release 2020-01."),
        (["new", "2023-06", "--document", "nowhere.docx"], "nowhere.docx: cannot be read"),
        (
            ["new", "2023-06", "--document", "README.md"],
            "README.md: this is a text file, where a Word document (.docx)",
        ),
        (["read", "nowhere.xlsx"], "nowhere.xlsx: cannot be read"),
        (["read", "README.md"], "README.md: this is no Excel workbook."),
    ],
)
def test_mistakes_are_one_sentence(home: Path, tmp_path: Path, words: list[str], told: str) -> None:
    done = command(home, "release", *words, *(["--out", str(tmp_path / "x.xlsx")] if words[0] == "new" else []))
    assert done.returncode == 2
    assert told in done.stderr.decode()


def test_new_comes_filled_from_the_report_itself(home: Path, root: Path, tmp_path: Path) -> None:
    frames = june_release(root).frames
    document, out = tmp_path / "june.docx", tmp_path / "june.xlsx"
    document.write_bytes(printed_report(frames, printed_tables(frames)))
    done = command(
        home, "release", "new", "2023-06", "--from", "2023-03", "--document", str(document), "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.decode()
    assert "- 300 of 302 cells of 41 tables are filled; what is left is counted on Contents." in told
    assert "2 of 302 cells of 41 tables are to fill; its sheet Contents counts what is left." in told
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()), data_only=True)
    asb = book["10 Anti-social behaviour"]
    (head,) = [row for row in asb.iter_rows(values_only=True) if row[0] == "Row"]
    (row,) = [row for row in asb.iter_rows(values_only=True) if row[0] == "ASB - Environmental - E3"]
    assert row[4] == row[3] - row[2], f"{head[4]}: what follows is worked out for whoever only looks"
    left = {each[0]: each[3] for each in book["Contents"].iter_rows(values_only=True)}
    assert (left["10 Anti-social behaviour"], left["13 Motoring offences"]) == (0, 2)
    back = command(home, "release", "read", str(out), "--format", "json")
    problems = [each["what"] for each in json.loads(back.stdout) if each["kind"] == "problem"]
    assert len(problems) == 3, "what Start asks for, and what the new row counts"
    document.write_bytes(printed_report(frames, {}, "31 March 2023"))
    other = command(home, "release", "new", "2023-06", "--document", str(document), "--out", str(tmp_path / "no.xlsx"))
    assert other.returncode == 2
    assert (
        "june.docx: The document says that its data go to 31 March 2023, and the workbook's go to"
        in other.stderr.decode()
    )
    assert not (tmp_path / "no.xlsx").exists()


def test_read_tells_what_the_report_check_finds(home: Path, root: Path, filled: Path) -> None:
    done = command(home, "release", "read", str(filled), "--data", str(root), "--strict", "--format", "json")
    assert done.returncode == 1
    rows = json.loads(done.stdout)
    assert {row["kind"] for row in rows} == {"finding", "look", "note"}
    assert any("31,100" in row["what"] and "31,094" in row["what"] for row in rows if row["kind"] == "finding")
    sheet, cell = next(place for place, value in june(root).items() if value == "31,100")
    own = [row["in_workbook"] for row in rows if row["kind"] == "finding" and "(asb.asb.baseline)" in row["where"]]
    assert own
    assert all(each.startswith(f"{sheet}, cell {cell}") for each in own), own
    assert all(row["key"] for row in rows if row["kind"] != "note"), "what the sheet Reasons asks for"
    assert any(row["what"] == "the row “Seatbelt” was left blank; it is left out." for row in rows)
    assert any(row["what"] == "Held against 2023-03, the published report before it." for row in rows)
    done = command(home, "release", "read", str(filled), "--data", str(root))
    assert done.returncode == 0, "findings alone do not keep it from being saved"


def test_read_tells_all_problems_together(home: Path, root: Path, filled: Path) -> None:
    slips = root / "slips.xlsx"
    slips.write_bytes(with_cells(filled.read_bytes(), {("1 999 calls", "C6"): "many", ("Start", "B10"): None}))
    done = command(home, "release", "read", str(slips), "--data", str(root))
    told = done.stdout.decode()
    assert done.returncode == 1, "it cannot be saved as it is"
    assert "To mend (2)" in told
    assert "- 1 999 calls, cell C6: found 'many', expected a count such as 227486. Type one number in figures" in told
    assert command(home, "release", "save", str(slips), "--data", str(root)).returncode == 2


def test_a_reason_given_before_stays_when_the_workbook_is_saved_again(home: Path, root: Path, filled: Path) -> None:
    reason = {("Reasons", "A4"): "copied calls_999.calls_999.last_12_months 227486", ("Reasons", "B4"): "It is so."}
    answered = filled.with_name("answered.xlsx")
    answered.write_bytes(with_cells(next_quarter(release()), {**june(root), **reason}))
    first = command(home, "release", "save", str(answered)).stdout.decode()
    assert "serious findings are unsettled" in first
    again = command(home, "release", "save", str(filled)).stdout.decode()
    assert again.splitlines()[-1] == first.splitlines()[-1], "one fewer than are found, both times"
    [row] = csv.DictReader(next(home.rglob("000002/confirmed.csv")).read_text("utf-8").splitlines())
    assert (row["finding"], row["reason"]) == tuple(reason.values())


def test_it_is_held_against_the_latest_published_report_whichever_the_workbook_was_made_from(
    home: Path, root: Path, filled: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "releases", tmp_path / "data" / "releases")
    told = tmp_path / "data" / "releases" / "2023-03" / "release.toml"
    told.write_text(told.read_text("utf-8") + 'state = "draft"\n', "utf-8")
    words = ["release", "read", str(filled), "--data", str(tmp_path / "data")]
    assert "- Held against no other report: none before it is published." in command(home, *words).stdout.decode()


def test_new_and_read_look_at_kept_releases_beside_the_data_folder_that_is_named(root: Path, tmp_path: Path) -> None:
    data, home, out = tmp_path / "data", tmp_path / "home", tmp_path / "september.xlsx"
    shutil.copytree(root / "releases" / "2023-03", data / "releases" / "2023-03")
    own = ["--data", str(data)]
    assert command(home, "release", "save", str(root / "releases" / "2023-06"), "--as", "2023-06", *own).returncode == 0
    done = command(home, "release", "new", "2023-09", "--from", "2023-06", *own, "--out", str(out))
    assert "the report 2023-09 with figures to 2023-09-30, laid out from 2023-06." in done.stdout.decode()
    done = command(home, "release", "read", str(out), *own)
    assert (done.returncode, done.stderr) == (1, b""), "blank cells are to be filled, and what it follows is found"


def test_a_published_report_that_cannot_be_read_is_no_problem_of_the_workbook(
    root: Path, filled: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(root / "releases" / "2023-03", data / "releases" / "2023-03")
    shutil.copytree(root / "releases" / "2023-03", data / "releases" / "2023-04")
    (data / "releases" / "2023-04" / "glossary.csv").write_bytes(b"")
    done = command(tmp_path / "home", "release", "read", str(filled), "--data", str(data))
    assert (done.returncode, done.stdout) == (2, b"")
    told = done.stderr.decode()
    assert "The release 2023-04, which 2023-06 is held against, cannot be read. Mend it first." in told
    assert "glossary.csv: the file is empty" in told
