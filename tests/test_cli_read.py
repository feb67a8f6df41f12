"""`python cli.py read` as a script would run it: what was understood of a file, in three formats, and refusals."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli import main

KEYS = [
    "name", "encoding", "delimiter", "quote", "sheet", "header_line", "columns", "rows_in", "rows_accepted",
    "rows_rejected", "rejected", "notes",
]  # fmt: skip
TEXT = "Crime report\n\nid;share;area\n1;2,5;North\n2;South\n\n3;=1;West\n=4;5\n"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "mine.csv"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    return str(path)


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["read", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_json_has_everything_but_the_rows(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, file, "--format", "json")
    told = json.loads(out)
    assert (code, err, list(told)) == (0, "", KEYS)
    assert told == {
        "name": "mine.csv",
        "encoding": "UTF-8 with byte order mark",
        "delimiter": ";",
        "quote": '"',
        "sheet": "",
        "header_line": 3,
        "columns": ["id", "share", "area"],
        "rows_in": 4,
        "rows_accepted": 2,
        "rows_rejected": 2,
        "rejected": [
            {"line": 5, "reason": "Found 2 cells, expected 3 as in the header."},
            {"line": 8, "reason": "Found 2 cells, expected 3 as in the header."},
        ],
        "notes": [
            "A blank line was skipped, line 6.",
            "Line 3 was taken as the header. Text above it was left out, line 1: 'Crime report'.",
        ],
    }


def test_a_table_says_the_same_in_words(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, file) == (
        0,
        "mine.csv: UTF-8 with byte order mark, cells parted by a semicolon; the header is on line 3.\n"
        "Columns: id, share, area.\n"
        "4 rows: 2 accepted, 2 rejected.\n"
        "A blank line was skipped, line 6.\n"
        "Line 3 was taken as the header. Text above it was left out, line 1: 'Crime report'.\n"
        "Line 5 rejected. Found 2 cells, expected 3 as in the header.\n"
        "Line 8 rejected. Found 2 cells, expected 3 as in the header.\n",
        "",
    )


def test_csv_is_the_rejected_rows(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, file, "--format", "csv")
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert (code, err, rows[0]) == (0, "", ["line", "reason", "text"])
    assert [(row[0], row[2]) for row in rows[1:]] == [("5", "2;South"), ("8", "'=4;5")]


def test_a_refusal_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"a,b\n")
    assert ran(capsys, str(path)) == (
        2, "", "mine.csv: there is no row under the header. Upload a table with a header and rows.\n",
    )  # fmt: skip
    assert ran(capsys, str(tmp_path / "none.csv"))[::2] == (2, f"There is no file {tmp_path / 'none.csv'}.\n")


def test_limits_can_be_lifted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n1," + b"x" * 2 * 1024**2 + b"\n")
    code, _, err = ran(capsys, str(path))
    assert code == 2 and err.startswith("long.csv, row 2: the line is longer than 1,048,576 bytes.")
    assert ran(capsys, str(path), "--no-limit")[0] == 0
