"""Notes beside measures: whose they are, how they end, that they are backed up and stand nowhere else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from data.backup import back_up, restore
from data.errors import DataError
from data.notes import LONGEST_NOTE, forget_notes, keep_note, notes_of
from data.people import LOCAL, NOBODY, NotAllowedError, Person
from data.store import Store, file_store, memory_store
from tests.old_store import old_store

ANA, VERA = Person("1", "Ana", "analyst", "s1"), Person("2", "Vera", "viewer", "s2")
R, M = "2023-03", "calls_999"


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return file_store(tmp_path, ANA) if request.param == "file" else memory_store(ANA)


def test_each_person_has_notes_of_their_own(store: Store) -> None:
    assert keep_note(store, VERA, R, M, " Ask first.\r\nThen wait. ") == "Ask first.\nThen wait."
    keep_note(store, ANA, R, M, "Of Ana")
    keep_note(store, VERA, R, "asb", "Second")
    keep_note(store, VERA, "2023-06", M, "Another report")
    assert notes_of(store, VERA, R) == {"asb": "Second", M: "Ask first.\nThen wait."}
    assert notes_of(store, ANA, R) == {M: "Of Ana"}


def test_a_note_is_changed_and_deleted_by_its_owner_alone(store: Store) -> None:
    for person in (ANA, VERA):
        keep_note(store, person, R, M, "first")
    keep_note(store, VERA, R, M, "second")
    assert (notes_of(store, VERA, R), notes_of(store, ANA, R)) == ({M: "second"}, {M: "first"})
    keep_note(store, VERA, R, M, "  ")
    assert (notes_of(store, VERA, R), notes_of(store, ANA, R)) == ({}, {M: "first"})
    keep_note(store, VERA, R, "asb", "third")
    assert forget_notes(store, ANA, R) == 1
    assert forget_notes(store, ANA, R) == 0
    assert notes_of(store, VERA, R) == {"asb": "third"}


@pytest.mark.parametrize("person", [NOBODY, None, Person("x", "Xan", "administrator", "s")])
def test_whoever_may_not_look_keeps_and_reads_none(store: Store, person: Person) -> None:
    keep_note(store, VERA, R, M, "kept")
    for act in (
        lambda: notes_of(store, person, R),
        lambda: keep_note(store, person, R, M, "planted"),
        lambda: forget_notes(store, person, R),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert notes_of(store, VERA, R) == {M: "kept"}


def test_too_long_a_note_says_how_long_it_may_be_and_leaves_the_one_before(store: Store) -> None:
    keep_note(store, VERA, R, M, "kept")
    with pytest.raises(DataError, match=f"The note has 2,001 letters. Shorten it to {LONGEST_NOTE:,}."):
        keep_note(store, VERA, R, M, "x" * (LONGEST_NOTE + 1))
    assert notes_of(store, VERA, R) == {M: "kept"}
    with pytest.raises(ValueError, match="no release and measure"):
        keep_note(store, VERA, "../other", M, "x")


def test_a_note_leaves_no_line_in_the_trail_and_nothing_behind_when_it_goes(tmp_path: Path) -> None:
    store = file_store(tmp_path, ANA)
    before = len(store.events())
    keep_note(store, VERA, R, M, "canary-7f3a")
    assert len(store.events()) == before
    forget_notes(store, VERA, R)
    left = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"canary-7f3a" not in left


def test_a_backup_holds_notes(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    keep_note(file_store(home, ANA), VERA, R, M, "kept")
    restore(back_up(home, tmp_path / "backups").folder, other)
    assert notes_of(file_store(other, ANA), VERA, R) == {M: "kept"}


def test_a_store_of_the_first_version_takes_notes(tmp_path: Path) -> None:
    old_store(tmp_path)
    store = file_store(tmp_path, LOCAL)
    keep_note(store, LOCAL, R, M, "kept")
    assert [version.label for version in store.versions()] == ["June"]
    with sqlite3.connect(tmp_path / "store.sqlite") as control:
        assert control.execute("SELECT person, text FROM notes").fetchall() == [("local", "kept")]
    control.close()
