"""Notes beside measures: whose they are, how they end, that they are backed up and stand nowhere else."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.backup import back_up, restore
from data.errors import DataError
from data.notes import LONGEST_NOTE, forget_notes, keep_note, notes_of
from data.notes_left import LEFT, LISTED, UNKNOWN, delete_notes_of, notes_held
from data.people import LOCAL, NOBODY, NotAllowedError, Person
from data.sessions import Sessions
from data.sign_in import SignIn
from data.store import Store, file_store, memory_store
from tests.command import command
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


# --- of people who left -----------------------------------------------------------------------------------------------

CANARY = "canary-7f3a"


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A store with notes of three: Ana by her address, Vera by her subject, and Zed, who never signed in here."""
    people = tmp_path / "people.csv"
    people.write_text("person,role\nana@example.org,analyst\n2,viewer\n", encoding="utf-8")
    store = file_store(tmp_path / "explorer", LOCAL)
    sessions = Sessions(store.control, SignIn("https://id.example.org", "explorer", "c", "s", allow_list=people))
    for claims in ({"sub": "1", "name": "Ana", "email": "Ana@example.org", "email_verified": True},
                   {"sub": "2", "name": "Vera"}):  # fmt: skip
        keep_note(store, sessions.begin(claims)[1], R, M, CANARY)
    keep_note(store, Person("9", "Zed", "viewer", "s"), R, M, CANARY)
    return people


def test_whose_notes_are_kept_and_who_left(left: Path) -> None:
    store = file_store(left.parent / "explorer", LOCAL)

    def standing(people: dict[str, str]) -> dict[str, str]:
        return {held.subject: held.standing for held in notes_held(store, LOCAL, people)}

    assert standing({"ana@example.org": "analyst", "2": "viewer"}) == {"1": LISTED, "2": LISTED, "9": UNKNOWN}
    assert standing({"2": "viewer"}) == {"1": LEFT, "2": LISTED, "9": UNKNOWN}
    with pytest.raises(NotAllowedError):
        notes_held(store, VERA, {})
    with pytest.raises(NotAllowedError):
        delete_notes_of(store, VERA, notes_held(store, LOCAL, {})[0])


def test_the_address_of_whoever_has_notes_is_known_long_after_the_session(left: Path) -> None:
    """Sessions that are over go when somebody else signs in; without the latest nobody could tell who left."""
    store = file_store(left.parent / "explorer", LOCAL)
    settings = SignIn("https://id.example.org", "explorer", "c", "s", allow_list=left)

    def vera_signs_in(days: int) -> None:
        moment = datetime.now(UTC) + timedelta(days=days)
        Sessions(store.control, settings, lambda: moment).begin({"sub": "2", "name": "Vera"})

    vera_signs_in(30)
    vera_signs_in(60)
    with store.control.reading() as rows:
        assert sorted(rows.ask("SELECT subject, email FROM sessions")) == [
            ("1", "Ana@example.org"),
            ("2", ""),
            ("2", ""),
        ]
    [ana] = [held for held in notes_held(store, LOCAL, {"2": "viewer"}) if held.standing == LEFT]
    delete_notes_of(store, LOCAL, ana)
    vera_signs_in(90)
    with store.control.reading() as rows:
        assert {subject for (subject,) in rows.ask("SELECT subject FROM sessions")} == {"2"}


def test_by_command_they_are_told_then_deleted_and_the_trail_says_whose_and_how_many(left: Path) -> None:
    home, left_over = left.parent, "Ana (1): 1 note on 1 report, the latest of "
    nowhere = command(home, "notes", EXPLORER_SIGN_IN="")
    assert nowhere.returncode == 2 and b"only where people sign in" in nowhere.stderr
    told = command(home, "notes", "--list", str(left))
    assert (told.returncode, told.stdout.decode().count("note")) == (0, 1), "Ana and Vera are on the list"
    left.write_text("person,role\n2,viewer\n", encoding="utf-8")
    told = command(home, "notes", "--list", str(left)).stdout.decode()
    assert left_over in told and "no longer on the list" in told
    done = command(home, "notes", "--list", str(left), "--delete").stdout.decode()
    assert "Deleted: 1 note of Ana (1)." in done and "Kept: notes of 9." in done
    assert CANARY not in done
    store = file_store(home / "explorer", LOCAL)
    assert [held.subject for held in notes_held(store, LOCAL, {})] == ["9", "2"]
    event = store.events()[-1]
    assert (event.actor, event.action, event.count, event.note) == (
        "local analyst", "delete notes", 1, "Notes of Ana (1)",
    )  # fmt: skip
    one = command(home, "notes", "--list", str(left), "--delete", "--person", "9").stdout.decode()
    assert "Deleted: 1 note of 9." in one
    left.write_text("person,role\n", encoding="utf-8")
    nobody = command(home, "notes", "--list", str(left), "--delete")
    assert nobody.returncode == 2 and b"Nobody is on the list of people" in nobody.stderr
    assert [held.subject for held in notes_held(store, LOCAL, {})] == ["2"], "an empty list deletes nothing"
    again = command(home, "notes", "--list", str(left), "--delete", "--person", "9")
    assert again.returncode == 2 and b"Nobody with the id 9 has notes" in again.stderr
    keep_note(store, VERA, R, M, "  ")
    assert CANARY.encode() not in b"".join(f.read_bytes() for f in (home / "explorer").rglob("*") if f.is_file())
