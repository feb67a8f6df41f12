"""Missing, damaged and foreign files: found, told in a sentence, and nothing else affected."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from data.errors import DataError
from data.people import LOCAL
from data.store import file_store
from tests.store_writer import rows_of, save


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "versions").iterdir()}


def broken(label: str, what: str) -> str:
    return (
        f"The file of the version '{label}' {what}. Put it back from a backup, or delete the version and upload its "
        "file again. Other versions are not touched."
    )


def test_missing_and_damaged_files_are_found_by_their_hash_and_the_others_stay_readable(tmp_path: Path) -> None:
    store = file_store(tmp_path, LOCAL)
    missing, short, changed, whole = (save(store, number, rows=50)[0] for number in range(4))
    place = {version.id: tmp_path / "versions" / f"{version.id}.parquet" for version in store.versions()}
    was = {version_id: path.read_bytes() for version_id, path in place.items()}
    place[missing.id].unlink()
    place[short.id].write_bytes(was[short.id][:-1])
    place[changed.id].write_bytes(was[changed.id].replace(b"PAR1", b"PAR2", 1))
    damaged = "is damaged: it is not what was saved"
    told = {
        missing.id: broken("0", "is missing"),
        short.id: broken("1", damaged),
        changed.id: broken("2", damaged),
    }
    assert sorted(store.check()) == sorted(told.values())
    assert len(store.versions()) == 4
    assert store.read(whole.id).equals(rows_of(3, rows=50))
    for version_id, sentence in told.items():
        for reading in (store.read, store.table):
            with pytest.raises(DataError) as error:
                reading(version_id)
            assert error.value.problems == [sentence]
    place[short.id].write_bytes(was[short.id])
    assert store.read(short.id).equals(rows_of(1, rows=50))
    assert store.delete(missing.id).had_file is False
    assert store.delete(changed.id).had_file is True
    assert store.check() == []


def test_a_damaged_control_file_is_told_and_the_versions_files_stay(tmp_path: Path) -> None:
    save(file_store(tmp_path, LOCAL), 1)
    before = files(tmp_path)
    (tmp_path / "store.sqlite").write_bytes(b"not a database" * 1000)
    with pytest.raises(DataError) as told:
        file_store(tmp_path, LOCAL)
    assert told.value.problems == [
        "The control file of the saved versions is damaged. Put store.sqlite back from a backup; the files of the "
        "versions are not touched."
    ]
    assert files(tmp_path) == before


def test_a_store_of_a_newer_explorer_is_told(tmp_path: Path) -> None:
    file_store(tmp_path, LOCAL)
    control = sqlite3.connect(tmp_path / "store.sqlite")
    control.execute("PRAGMA user_version = 99")
    control.close()
    with pytest.raises(DataError) as told:
        file_store(tmp_path, LOCAL)
    assert told.value.problems == ["The saved versions were written by a newer explorer. Update this one to open them."]


def test_the_control_file_itself_refuses_what_must_never_be(tmp_path: Path) -> None:
    store = file_store(tmp_path, LOCAL)
    save(store, 1)
    control = sqlite3.connect(tmp_path / "store.sqlite")
    for statement in [
        "UPDATE versions SET rows_rejected = rows_rejected + 1",
        "UPDATE versions SET kind = 'poll'",
        "UPDATE events SET actor = 'someone else'",
        "DELETE FROM events",
    ]:
        with pytest.raises(sqlite3.IntegrityError):
            control.execute(statement)
    assert control.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    control.close()
