"""`python cli.py audit` as a pipeline would run it: its columns, its grades, a planted error, and when it holds a report back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import command
from tests.published import DATA, plant, text_frame, write_csv

COLUMNS = ["id", "kind", "where", "measure", "as_printed", "recomputed", "grade", "cause", "formula"]


def audit(home: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return command(home, "audit", *words)


def csv_of(done: subprocess.CompletedProcess[bytes]) -> dict[str, dict[str, str]]:
    assert done.stderr == b""
    return {row["id"]: row for row in csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline=""))}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A data folder of one's own."""
    shutil.copytree(DATA / "releases", tmp_path / "releases")
    return tmp_path


def test_the_shipped_report_is_held_back(tmp_path: Path) -> None:
    done = audit(tmp_path, "--strict", "--format", "csv")
    rows = csv_of(done)
    assert done.returncode == 1
    assert list(next(iter(rows.values())))[: len(COLUMNS)] == COLUMNS
    mobile = rows["motoring_offences.mobile_phone.baseline_percent"]
    assert [mobile[name] for name in COLUMNS[1:]] == [
        "cell", "section 3.5, Motoring Offences: Mobile Phone, % Change From Baseline", "mobile_phone_offences", "59.3%",
        "66.3", "disagrees", "divided by the previous 12 months (730) instead of the baseline (653)", "(a - b) / b * 100",
    ]  # fmt: skip


def test_json_and_the_table_say_the_same_and_nothing_is_held_back_unasked(tmp_path: Path) -> None:
    done = audit(tmp_path, "--format", "json")
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert (done.returncode, done.stderr) == (0, b"")
    assert rows["calls_999.calls_999.difference"]["recomputed"] == 16529
    assert rows["foreword_02_answered_10s"]["recomputed"] is None
    table = audit(tmp_path)
    assert table.returncode == 0
    assert len(table.stdout.decode("utf-8").splitlines()) == len(rows) + 1


def test_one_planted_error_is_one_finding_more(copied: Path) -> None:
    before = csv_of(audit(copied, "--data", str(copied), "--format", "csv"))
    asb = text_frame("as_published")["id"].tolist().index("asb.asb.percent_change")
    plant(copied / "releases" / "2023-03", "as_published", asb + 2, printed="-27.2%")
    after = csv_of(audit(copied, "--data", str(copied), "--format", "csv"))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"asb.asb.percent_change"}
    row = after["asb.asb.percent_change"]
    assert (row["grade"], row["recomputed"], row["cause"]) == ("disagrees", "-22.7", "two digits are turned round")


def test_a_report_without_an_error_goes_out(copied: Path) -> None:
    """Only the table of anti-social behaviour is left, in which nothing is wrong."""
    folder = copied / "releases" / "2023-03"
    for name, column in {"figures": "table", "as_published": "table"}.items():
        frame = text_frame(name)
        write_csv(folder / f"{name}.csv", frame[frame[column] == "asb"])
    for name in ("statements", "ranges", "comparisons"):
        write_csv(folder / f"{name}.csv", text_frame(name)[:0])
    for name in ("wordings", "overlaps", "surveys", "area_claims"):
        (folder / f"{name}.csv").unlink()
    done = audit(copied, "--data", str(copied), "--strict", "--format", "csv")
    assert {row["grade"] for row in csv_of(done).values()} == {"agrees"}
    assert done.returncode == 0


def test_a_release_that_is_not_there(tmp_path: Path) -> None:
    done = audit(tmp_path, "--release", "1999-12")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"There is no release 1999-12. Releases here: 2023-03.\n"
