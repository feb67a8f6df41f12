"""What stands in the store's folder: a version's rows in its one file and nowhere else, gone when it is deleted."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.people import LOCAL
from data.store import Store, Version, file_store, store_home

TOKEN = "canary-7f3a"


def save(store: Store) -> Version:
    frame = pd.DataFrame({"answer": [f"{TOKEN} {number}" for number in range(3)]})
    return store.save(
        frame, kind="survey", label="label of 7f3b", source_name="x.csv", content=TOKEN.encode(),
        profile="# profile of 7f3b", rows_in=3, rows_rejected=0,
    )[0]  # fmt: skip


def test_another_process_of_tomorrow_finds_what_was_saved(tmp_path: Path) -> None:
    version = save(file_store(tmp_path, LOCAL))
    later = file_store(tmp_path, LOCAL)
    assert later.versions() == [version]
    assert later.read(version.id)["answer"].tolist() == [f"{TOKEN} {number}" for number in range(3)]


def test_what_stands_on_disk_is_one_file_of_that_hash_and_no_cell_outside_it(tmp_path: Path) -> None:
    store = file_store(tmp_path, LOCAL)
    version = save(store)
    [file] = (tmp_path / "versions").iterdir()
    assert file.name == f"{version.id}.parquet"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == version.sha256
    others = [path for path in tmp_path.rglob("*") if path.is_file() and path != file]
    assert others
    assert not any(TOKEN.encode() in path.read_bytes() for path in others)


def test_nothing_of_a_deleted_version_is_left_on_disk(tmp_path: Path) -> None:
    store = file_store(tmp_path, LOCAL)
    store.delete(save(store).id)
    assert list((tmp_path / "versions").iterdir()) == []
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert left
    assert TOKEN.encode() not in left
    assert b"7f3b" not in left


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_home_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    file_store(tmp_path / "home", LOCAL)
    for folder in (tmp_path / "home", tmp_path / "home" / "versions"):
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_home_that_was_open_to_others_is_closed_with_all_that_is_in_it(tmp_path: Path) -> None:
    """A folder made by hand, or a store of an explorer that did not see to it."""
    home = tmp_path / "home"
    version = save(file_store(home, LOCAL))
    for path in (home, home / "versions"):
        path.chmod(0o755)
    (home / "store.sqlite").chmod(0o644)
    save(store := file_store(home, LOCAL))
    every = [home, home / "versions", *home.glob("store.sqlite*")]
    assert {path.name: path.stat().st_mode & 0o077 for path in every} == dict.fromkeys([each.name for each in every], 0)
    assert store.versions() == [version]


def test_the_home_is_the_one_named_or_a_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path / "named"))
    assert store_home() == tmp_path / "named"
    monkeypatch.delenv("EXPLORER_HOME")
    assert store_home() == Path.home() / ".performance-explorer"
