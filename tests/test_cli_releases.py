"""The commands of kept releases, and what other commands say of a release that is not yet published."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.command import command
from tests.published import FOLDER
from tests.second_release import FIRST, MARKING, SECOND, second_release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return second_release(tmp_path_factory.mktemp("made")) / "releases" / SECOND


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of one's own, with the first release."""
    shutil.copytree(FOLDER, tmp_path / "data" / "releases" / FIRST)
    return tmp_path / "data"


FOLDER_WORDS = str(FOLDER)


def run(tmp_path: Path, *words: str) -> tuple[int, str, str]:
    done = command(tmp_path, *words, EXPLORER_DATA=str(tmp_path / "data"))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def listed(tmp_path: Path) -> dict[str, str]:
    code, out, _ = run(tmp_path, "release", "list", "--format", "csv")
    assert code == 0
    return {row["id"]: f"{row['state']}, {row['where']}" for row in csv.DictReader(io.StringIO(out))}


def test_a_draft_is_saved_shared_and_withdrawn_and_says_what_it_is(tmp_path: Path, data: Path, made: Path) -> None:
    assert run(tmp_path, "release", "save", str(made), "--as", SECOND) == (
        0, f"Saved: release {SECOND}, in the store. Draft, not yet published.\n", "",
    )  # fmt: skip
    code, out, err = run(tmp_path, "figures", "--measure", "homicide", "--format", "csv")
    assert (code, err) == (0, f"Release {SECOND}: draft, not yet published.\n")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["status"] for row in rows} == {"draft, not yet published"}
    assert MARKING in rows[0]["source"]
    assert run(tmp_path, "figures", "--measure", "homicide", "--release", FIRST)[2] == ""
    assert run(tmp_path, "figures", "--data", str(data), "--measure", "homicide")[2] == "", (
        "a named folder counts alone"
    )
    run(tmp_path, "release", "share", SECOND)
    assert listed(tmp_path) == {FIRST: "published, data folder", SECOND: "shared, store"}
    assert "not yet published" in run(tmp_path, "changes", "--against", "last-report", "--format", "csv")[2]
    code, out, _ = run(tmp_path, "release", "withdraw", SECOND, "--reason", "A test.")
    assert (code, out) == (0, f"Withdrawn: release {SECOND}, in the store. Draft, not yet published.\n")


def test_a_correction_stands_in_what_commands_print(tmp_path: Path, data: Path) -> None:
    number = "asb.asb.last_12_months"
    why = f"{MARKING}: a slip"
    code, out, _ = run(tmp_path, "release", "correct", FIRST, number, "--to", "12,345", "--why", why)
    assert (code, out.splitlines()) == (0, [
        f"Corrected: release {FIRST}, in the data folder. Published.",
        "The same number stands in 1 other place, which is not corrected with it: “19,640 ASB occurrences” (section "
        "3.3; id asb_01_total).",
        "7 numbers are worked out from it: asb.asb.difference, asb.asb.percent_change, asb.asb.baseline_difference, "
        "asb.asb.baseline_percent, asb_02_total_percent, and 2 more. Check the figures tells whether they still follow.",
    ])  # fmt: skip
    rows = json.loads(run(tmp_path, "figures", "--measure", "asb", "--format", "json")[1])
    told = {row["figure_id"]: (row["corrected"], row["corrected_why"]) for row in rows}
    assert told.pop(number) == ("12,345", why)
    assert set(told.values()) == {(None, None)}
    assert "12,345" in run(tmp_path, "figures", "--measure", "asb")[1]
    changes = csv.DictReader(io.StringIO(run(tmp_path, "changes", "--format", "csv")[1]))
    [said] = [row for row in changes if row["corrected"]]
    assert said["corrected"] in said["sentence"]
    assert said["measure"] == "asb"


def test_a_correction_is_taken_back_by_correcting_to_the_print(tmp_path: Path, data: Path) -> None:
    number, why = "asb.asb.last_12_months", f"{MARKING}: it was right"
    run(tmp_path, "release", "correct", FIRST, number, "--to", "12,345", "--why", f"{MARKING}: a slip")
    back = ("release", "correct", FIRST, number, "--to", "19640", "--why", why)
    assert run(tmp_path, *back) == (0, f"Taken back: release {FIRST}, in the data folder. Published.\n", "")
    rows = json.loads(run(tmp_path, "figures", "--measure", "asb", "--format", "json")[1])
    assert {(row["corrected"], row["corrected_why"]) for row in rows} == {(None, None)}
    changes = csv.DictReader(io.StringIO(run(tmp_path, "changes", "--format", "csv")[1]))
    assert not [row for row in changes if row["corrected"]]
    audited = json.loads(run(tmp_path, "audit", "--format", "json")[1])
    assert not [row for row in audited if row["corrected"]]
    assert run(tmp_path, *back)[::2] == (
        2, f"The number {number} reads 19,640 already. Give what it should read, as it would be printed.\n",
    )  # fmt: skip


def test_a_correction_below_0_needs_no_equals_sign(tmp_path: Path, data: Path) -> None:
    number, why = "asb.asb.percent_change", f"{MARKING}: a slip"
    code, out, err = run(tmp_path, "release", "correct", FIRST, number, "--to", "-22.4%", "--why", why)
    assert (code, err) == (0, "")
    assert out.splitlines()[1].startswith("The same number stands in 1 other place, which is not corrected with it: “")


def test_an_earlier_revision_is_listed_and_brought_back(tmp_path: Path, data: Path, made: Path) -> None:
    run(tmp_path, "release", "save", str(made), "--as", SECOND)
    mended = tmp_path / "mended"
    shutil.copytree(made, mended)
    (mended / "glossary.csv").write_text("term,meaning,where\n", encoding="utf-8")
    run(tmp_path, "release", "save", str(mended), "--as", SECOND)
    code, out, err = run(tmp_path, "release", "revisions", SECOND, "--format", "json")
    assert (code, err) == (0, "")
    rows = [(row["revision"], row["state"], row["changed"], row["stands"]) for row in json.loads(out)]
    assert rows == [(1, "draft", None, "no"), (2, "draft", "glossary", "yes")]
    assert run(tmp_path, "release", "bring-back", SECOND, "--revision", "1") == (
        0,
        f"Brought back: release {SECOND}, in the store. Draft, not yet published.\n"
        "It says what revision 1 said, as revision 3; those between stay.\n",
        "",
    )
    assert run(tmp_path, "release", "revisions", FIRST)[::2] == (
        2, f"The store holds no revision of {FIRST}. `release list` says which releases there are.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["save", FOLDER_WORDS, "--as", "../x"], "'../x' is no name of a release. Give the year and month its data go to: 2023-06.\n"),
        (["share", "2030-01"], f"There is no release 2030-01. Releases here: {FIRST}.\n"),
        (["share", FIRST], f"The release {FIRST} is published already; only a draft can be shared.\n"),
        (["withdraw", FIRST, "--reason", " "], "Say why the release is withdrawn: a few words that others will read.\n"),
        (["correct", FIRST, "nowhere", "--to", "1", "--why", "x"],
         f"The release {FIRST} prints no number 'nowhere'. The commands `figures` and `audit` list the ids.\n"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_sentence(tmp_path: Path, data: Path, words: list[str], told: str) -> None:
    assert run(tmp_path, "release", *words) == (2, "", told)


def test_a_folder_that_breaks_the_contract_is_not_saved(tmp_path: Path, data: Path, made: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(made, broken)
    (broken / "glossary.csv").unlink()
    code, out, err = run(tmp_path, "release", "save", str(broken), "--as", SECOND)
    assert (code, out, err) == (2, "", "glossary.csv: the file is missing from broken.\n")
    assert listed(tmp_path) == {FIRST: "published, data folder"}
