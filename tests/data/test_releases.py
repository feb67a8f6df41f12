"""Reading a release: one frozen set of frames, or every problem of every file at once."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue import catalogue
from data.contracts import SCHEMAS
from data.errors import DataError
from data.releases import data_root, load_release, release_ids, release_states
from tests.published import DATA, plant, release


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder of one's own, to plant mistakes in."""
    shutil.copytree(DATA / "releases" / "2023-03", tmp_path / "releases" / "2023-03")
    return tmp_path


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "releases" / "2023-03"


def problems_of(root: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load_release(root)
    return caught.value.problems


# --- where the data is ------------------------------------------------------------------------------------------------


def test_the_folder_named_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_root() == DATA
    monkeypatch.setenv("EXPLORER_DATA", str(tmp_path))
    assert data_root() == tmp_path
    assert data_root(DATA) == DATA
    monkeypatch.setenv("EXPLORER_DATA", "")
    assert data_root() == DATA


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        data_root(tmp_path / "gone")
    assert caught.value.problems == [
        f"There is no data folder {tmp_path / 'gone'}. Name a folder that holds 'releases'."
    ]


def test_a_folder_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        release_ids(tmp_path)
    assert caught.value.problems == [
        f"There is no release in {tmp_path}. Expected a folder such as releases/2023-03 with release.toml."
    ]


def test_the_latest_release_is_taken_unless_one_is_named(root: Path, folder: Path) -> None:
    shutil.copytree(folder, root / "releases" / "2023-06")
    (root / "releases" / "drafts").mkdir()
    assert release_ids(root) == ["2023-03", "2023-06"]
    assert load_release(root).id == "2023-06"
    assert load_release(root, "2023-03").id == "2023-03"
    with pytest.raises(DataError) as caught:
        load_release(root, "2030-01")
    assert caught.value.problems == ["There is no release 2030-01. Releases here: 2023-03, 2023-06."]


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_release_says_what_it_is() -> None:
    assert dataclasses.asdict(release().info) == {
        "title": "Public Performance Meeting Report",
        "force": "Staffordshire Police",
        "published": date(2023, 5, 17),
        "data_to": date(2023, 3, 31),
        "marking": "OFFICIAL",
        "transparency": "Full \u2013 proactively published",
        "source": "Staffordshire Police, Public Performance Meeting Report, May 2023",
        "next_release": None,
        "state": "published",
    }


def test_a_release_holds_every_file_in_its_contracts_order() -> None:
    frames = release().frames()
    assert list(frames) == list(SCHEMAS)
    assert {name: list(frame.columns) for name, frame in frames.items()} == {
        name: list(schema.columns) for name, schema in SCHEMAS.items()
    }
    with pytest.raises(dataclasses.FrozenInstanceError):
        release().id = "other"  # type: ignore[misc]


def test_reasons_given_before_publication_are_read_where_there_are_any(root: Path, folder: Path) -> None:
    assert load_release(root).confirmed.empty
    row = "revised asb.asb.baseline 31094 31100,revised,It was 31 094.,Late reports came in.,2023-08-01,an analyst\n"
    (folder / "confirmed.csv").write_text(f"finding,kind,what,reason,date,who\n{row}", "utf-8")
    kept = load_release(root).confirmed
    assert kept["finding"].tolist() == ["revised asb.asb.baseline 31094 31100"]
    assert kept["date"].tolist() == [pd.Timestamp("2023-08-01")]
    (folder / "confirmed.csv").write_text(f"finding,kind,what,reason,date,who\n{row}{row}", "utf-8")
    assert problems_of(root) == [
        "confirmed.csv, row 3, column finding: found 'revised asb.asb.baseline 31094 31100' again, expected it only once."
    ]


# --- what is wrong ----------------------------------------------------------------------------------------------------


def test_every_problem_of_every_file_is_told_at_once(folder: Path, root: Path) -> None:
    plant(folder, "priorities", 3, order="first")
    plant(folder, "figures", 2, value="", unit="calls")
    plant(folder, "figures", 644, period_end="31/03/2023")
    plant(folder, "statements", 9, printed="")
    (folder / "glossary.csv").unlink()
    (folder / "areas.csv").write_bytes(b"")
    (folder / "ranges.csv").write_bytes("id\n\u00e9\n".encode("latin-1"))
    told = folder / "release.toml"
    told.write_text(told.read_text("utf-8").replace("force =", "police ="), "utf-8")
    units = ", ".join(["count", "percent", "percentage_points", "seconds", "minutes", "hours", "days", "gbp"])
    units += ", gbp_thousand, gbp_million, per_1000, grams, kilograms, rank, not_stated"
    assert problems_of(root) == [
        "release.toml: force is missing or not a text.",
        "release.toml: police is not known here. Expected title, force, marking, transparency, source, published, "
        "data_to, next_release, state.",
        "priorities.csv, row 3, column order: found 'first', expected a whole number.",
        "areas.csv: the file is empty, expected a header row.",
        f"figures.csv, row 2, column unit: found 'calls', expected one of {units}.",
        "figures.csv, row 2, column value: found nothing, expected a plain number such as 1234 or -5.6.",
        "figures.csv, row 644, column period_end: found '31/03/2023', expected a date such as 2023-03-31.",
        "statements.csv, row 9, column printed: found nothing, expected words without spaces at either end.",
        "ranges.csv: byte 3 is not UTF-8. Save the file as 'CSV UTF-8'.",
        "glossary.csv: the file is missing from 2023-03.",
    ]


def test_ids_that_lead_nowhere_are_told_with_the_facts_of_the_report(folder: Path, root: Path) -> None:
    plant(folder, "tables", 2, section="nowhere")
    plant(folder, "events", 2, measures="nowhere section:asb")
    told = folder / "release.toml"
    told.write_text(told.read_text("utf-8").replace("2023-03-31", '"March"'), "utf-8")
    assert problems_of(root) == [
        "release.toml: data_to is missing or not a date such as 2023-03-31.",
        "tables.csv, row 2, column section: found 'nowhere', expected an id that stands in sections.csv.",
        "events.csv, row 2, column measures: found 'nowhere', expected an id that stands in measures.csv.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title = ", "release.toml: cannot be read as TOML (Invalid value (at end of document))."),
        (b"title = '\xe9'", "release.toml: cannot be read as TOML ('utf-8' codec can't decode byte 0xe9 "),
    ],
    ids=["not TOML", "not UTF-8"],
)
def test_a_broken_toml_file(folder: Path, root: Path, content: bytes, sentence: str) -> None:
    (folder / "release.toml").write_bytes(content)
    (problem,) = problems_of(root)
    assert problem.startswith(sentence)


@pytest.mark.parametrize(("said", "sentences"), [("2023-08-16", []), ("true", 1), ('"August"', 1)])
def test_the_next_release_is_a_date_when_it_is_known(folder: Path, root: Path, said: str, sentences: object) -> None:
    with (folder / "release.toml").open("a", encoding="utf-8") as handle:
        handle.write(f"next_release = {said}\n")
    if not sentences:
        assert load_release(root).info.next_release == date(2023, 8, 16)
    else:
        assert problems_of(root) == ["release.toml: next_release is not a date such as 2023-03-31."]


@pytest.mark.parametrize(
    ("state", "status", "heading"),
    [
        ("published", "published", "Published figures"),
        ("shared", "not yet published", "Not yet published"),
        ("draft", "draft, not yet published", "Draft, not yet published"),
    ],
)
def test_a_release_says_how_far_it_has_come(folder: Path, root: Path, state: str, status: str, heading: str) -> None:
    with (folder / "release.toml").open("a", encoding="utf-8") as handle:
        handle.write(f'state = "{state}"\n')
    assert release_states(root) == {"2023-03": state}
    made = load_release(root)
    assert (made.info.state, made.info.status, made.info.heading) == (state, status, heading)
    assert set(catalogue(made)["status"]) == {status}


@pytest.mark.parametrize("said", ['"final"', "3"])
def test_a_state_that_is_none_is_told_and_only_analysts_meet_it(folder: Path, root: Path, said: str) -> None:
    with (folder / "release.toml").open("a", encoding="utf-8") as handle:
        handle.write(f"state = {said}\n")
    assert release_states(root) == {"2023-03": "draft"}
    told = said.replace('"', "'")
    assert problems_of(root) == [
        f"release.toml: state is {told}. Expected draft, shared, published; published when absent."
    ]


def test_a_planted_mistake_mended_is_no_mistake(folder: Path, root: Path) -> None:
    """The copies that these tests break are whole before."""
    plant(folder, "figures", 2, value="227486")
    assert load_release(root).figures.equals(release().figures)
