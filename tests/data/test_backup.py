"""A backup taken while the store is in use is whole, is checked, and can be read where it is restored."""

from __future__ import annotations

import hashlib
import itertools
import os
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest

from data.backup import back_up, prune, restore
from data.errors import DataError
from data.people import LOCAL
from data.salt import store_salt
from data.store import Store, file_store
from tests.command import command
from tests.store_writer import rows_of, save


def read_back(store: Store) -> dict[str, bool]:
    """Each version by its label, and whether it holds the rows that this label stands for."""
    return {
        version.label: store.read(version.id).equals(rows_of(int(version.label), rows=200))
        for version in store.versions(withdrawn=True)
    }


def test_a_store_in_use_is_backed_up_restored_elsewhere_and_read(tmp_path: Path) -> None:
    """Versions are saved and deleted all the while; whatever the backup lists, it holds whole."""
    home, ended, troubles = tmp_path / "home", threading.Event(), []
    store = file_store(home, LOCAL)
    first = [save(store, number, rows=200)[0] for number in range(5)]
    store.withdraw(first[1].id)
    store.save_profile("June", ["q1"], "[columns]\n")
    salt = store_salt(home)

    def work() -> None:
        try:
            for number in itertools.count(100):
                if ended.is_set():
                    return
                made = save(store, number, rows=200)[0]
                if number % 2:
                    store.delete(made.id)
        except DataError as error:
            troubles.append(str(error))

    writer = threading.Thread(target=work)
    writer.start()
    try:
        backups = [back_up(home, tmp_path / "kept").folder for _ in range(4)]
    finally:
        ended.set()
        writer.join()
    assert troubles == []
    for number, backup in enumerate(backups):
        place = tmp_path / f"restored-{number}"
        done = restore(backup, place)
        there = file_store(place, LOCAL)
        told = read_back(there)
        assert set(told.values()) == {True}
        assert {"0", "1", "2", "3", "4"} <= set(told)
        assert done.versions == len(told)
        assert there.version(first[1].id).withdrawn is not None
        assert [profile.name for profile in there.profiles()] == ["June"]
        assert there.events()[0].actor == "local analyst"
        assert store_salt(place) == salt
        assert there.sweep() == []
        assert save(there, 999, rows=200)[1], "a restored store takes new versions"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A home with one version in it."""
    save(file_store(tmp_path / "home", LOCAL), 1, rows=200)
    return tmp_path / "home"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owner's mode")
def test_a_backup_is_for_its_owners_eyes_and_can_be_checked_without_us(saved: Path, tmp_path: Path) -> None:
    store_salt(saved)
    folder = back_up(saved, tmp_path / "kept").folder
    place = restore(folder, tmp_path / "elsewhere").folder
    every = [tmp_path / "kept", folder, *folder.rglob("*"), place, place / "salt", *(place / "versions").iterdir()]
    assert {path.stat().st_mode & 0o077 for path in every} == {0}
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)


def test_who_is_signed_in_is_not_backed_up(saved: Path, tmp_path: Path) -> None:
    """A session that is ended after the backup must not live again when it is restored."""
    control = sqlite3.connect(saved / "store.sqlite")
    if not control.execute("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").fetchone():
        control.execute("CREATE TABLE sessions (id TEXT)")
    named = [row[1] for row in control.execute("PRAGMA table_info(sessions)")]
    marks = ", ".join("?" * len(named))
    control.execute(f"INSERT INTO sessions VALUES ({marks})", ["a session that was open"] * len(named))
    control.commit()
    folder = back_up(saved, tmp_path / "kept").folder
    copy = sqlite3.connect(folder / "store.sqlite")
    assert copy.execute("SELECT COUNT(*) FROM sessions").fetchone() == (0,)
    assert control.execute("SELECT COUNT(*) FROM sessions").fetchone() == (1,)
    copy.close()
    control.close()
    assert not any(b"a session that was open" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["store.sqlite", "versions", "SHA256SUMS"])
def test_a_damaged_backup_is_refused_and_nothing_is_changed(saved: Path, tmp_path: Path, name: str) -> None:
    folder = back_up(saved, tmp_path / "kept").folder
    place = next((folder / name).iterdir()) if name == "versions" else folder / name
    place.write_bytes(place.read_bytes()[:-1] + b"?")
    with pytest.raises(DataError, match="is damaged"):
        restore(folder, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / "store.sqlite").exists()
    place.unlink()
    with pytest.raises(DataError, match=r"is damaged|no backup"):
        restore(folder, tmp_path / "elsewhere")


def test_a_backup_that_names_files_elsewhere_is_refused(saved: Path, tmp_path: Path) -> None:
    folder = back_up(saved, tmp_path / "kept").folder
    (tmp_path / "kept" / "other").write_bytes(b"")
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{hashlib.sha256(b'').hexdigest()}  ../other\n")
    with pytest.raises(DataError, match="is damaged"):
        restore(folder, tmp_path / "elsewhere")


def test_a_damaged_store_is_never_a_backup(saved: Path, tmp_path: Path) -> None:
    next((saved / "versions").iterdir()).write_bytes(b"PAR1")
    with pytest.raises(DataError) as told:
        back_up(saved, tmp_path / "kept")
    assert told.value.problems[0] == "The backup was not made: a version is not whole."
    assert "The file of the version '1' is damaged" in told.value.problems[1]
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_store_that_stands_there_is_moved_aside_only_when_asked(saved: Path, tmp_path: Path) -> None:
    folder = back_up(saved, tmp_path / "kept").folder
    save(file_store(saved, LOCAL), 2, rows=200)
    with pytest.raises(DataError, match=r"There is a store in .* already"):
        restore(folder, saved)
    assert set(read_back(file_store(saved, LOCAL))) == {"1", "2"}
    done = restore(folder, saved, replace=True)
    assert set(read_back(file_store(saved, LOCAL))) == {"1"}
    assert done.aside is not None
    assert set(read_back(file_store(done.aside, LOCAL))) == {"1", "2"}


def test_the_oldest_backups_are_removed_and_nothing_else(saved: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    made = [back_up(saved, kept).folder for _ in range(3)]
    (kept / "explorer-of-somebody").mkdir()
    (kept / "explorer-20200101-000000").mkdir()  # without its sums it is no backup of ours
    assert sorted(prune(kept, 1)) == sorted(made)[:2]
    assert {path.name for path in kept.iterdir()} == {
        sorted(made)[2].name, "explorer-of-somebody", "explorer-20200101-000000",
    }  # fmt: skip


def test_by_command(tmp_path: Path) -> None:
    """On a laptop as on a server: back up, restore elsewhere, and every mistake in one sentence."""
    kept = str(tmp_path / "kept")
    none = command(tmp_path, "backup", "--to", kept)
    assert (none.returncode, none.stdout) == (2, b"")
    assert b"There is no store in" in none.stderr
    save(file_store(tmp_path / "explorer", LOCAL), 7, rows=200)
    done = command(tmp_path, "backup", "--to", kept, "--keep", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    folder = done.stdout.decode().strip().rpartition(": ")[2]
    assert done.stdout.startswith(b"Backed up 1 version, ")
    other = tmp_path / "other"
    put = command(other, "restore", folder)
    assert (put.returncode, put.stderr) == (0, b"")
    assert read_back(file_store(other / "explorer", LOCAL)) == {"7": True}
    again = command(other, "restore", folder)
    assert again.returncode == 2
    assert b"use --replace" in again.stderr
    assert command(other, "restore", kept).returncode == 2
    assert command(other, "backup", "--to", kept, "--keep", "0").returncode == 2
