"""Signed-in sessions: who gets in, with what role, for how long, and what ends it at once."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.allow_list import read_allow_list
from data.errors import DataError
from data.people import NOBODY, NotAllowedError
from data.sessions import LONGEST, Sessions, open_sessions
from data.sign_in import SignIn
from data.store_control import Control
from tests.old_store import old_store

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANA = {"sub": "1", "name": "Ana", "email": "Ana@Example.org", "email_verified": True, "role": ["leads", "other"]}
VERA = {"sub": "2", "name": "Vera", "role": "staff"}


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text("person,role\nana@example.org,analyst\n2,viewer\n", encoding="utf-8")
    return file


@pytest.fixture
def sessions(tmp_path: Path, people: Path, clock: Clock) -> Sessions:
    return Sessions(Control(tmp_path / "store.sqlite"), settings(people), clock)


def settings(people: Path, **other: object) -> SignIn:
    return SignIn("https://id.example.org", "explorer", "c", "s", allow_list=people, **other)  # type: ignore[arg-type]


CLAIM = {"role_claim": "role", "roles": {"staff": "viewer", "leads": "analyst"}}


def test_who_is_listed_gets_in_and_the_browser_holds_nothing_that_is_kept(sessions: Sessions, tmp_path: Path) -> None:
    held, ana = sessions.begin(ANA)
    assert (ana.name, ana.role) == ("Ana", "analyst")
    assert sessions.person(held) == ana
    assert sessions.begin(VERA)[1].role == "viewer"
    kept = "".join(str(row) for row in sqlite3.connect(tmp_path / "store.sqlite").execute("SELECT * FROM sessions"))
    assert held not in kept
    assert ana.session in kept
    assert sessions.person(ana.session) == NOBODY, "what is kept must sign nobody in"


@pytest.mark.parametrize("held", [None, "", "x", "0" * 64, "' OR 1 --".ljust(64)])
def test_whatever_else_is_held_is_nobody(sessions: Sessions, held: str | None) -> None:
    sessions.begin(ANA)
    assert sessions.person(held) == NOBODY


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "3", "name": "Xan"},
        {"sub": "3", "email": "ana@example.org"},  # not verified
        {"sub": "3", "email": "ana@example.org", "email_verified": "true"},
        {"sub": "ana@example.org"},  # a subject that looks like somebody's address
        {"email": "ana@example.org", "email_verified": True},  # no subject
        {},
    ],
)
def test_who_is_not_listed_stays_out_and_nothing_is_kept(sessions: Sessions, claims: dict, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="not on the list"):
        sessions.begin(claims)
    assert not list(sqlite3.connect(tmp_path / "store.sqlite").execute("SELECT * FROM sessions"))


def test_a_session_ends_eight_hours_after_signing_in(sessions: Sessions, clock: Clock) -> None:
    held, ana = sessions.begin(ANA)
    clock.at += LONGEST - timedelta(seconds=1)
    assert sessions.person(held) == ana
    clock.at += timedelta(seconds=1)
    assert sessions.person(held) == NOBODY
    clock.at = START - timedelta(minutes=1)  # a clock set back is no longer life
    assert sessions.person(held) == NOBODY


def test_signing_out_ends_every_copy_and_no_other_session(sessions: Sessions) -> None:
    first, _ = sessions.begin(ANA)
    second, _ = sessions.begin(ANA)
    sessions.end(first)
    assert sessions.person(first) == NOBODY
    assert sessions.person(second).name == "Ana"
    sessions.end("x")
    sessions.end(None)


def test_the_list_holds_at_once(sessions: Sessions, people: Path) -> None:
    held, _ = sessions.begin(ANA)
    people.write_text("person,role\nana@example.org,viewer\n", encoding="utf-8")
    assert sessions.person(held).role == "viewer"
    people.write_text("person,role\n", encoding="utf-8")
    assert sessions.person(held) == NOBODY


@pytest.mark.parametrize(
    "text",
    ["", "name,role\n", "person,role\nana@example.org,admin\n", "person,role\nana@example.org\n",
     "person,role\nana@example.org,viewer\nANA@example.org,analyst\n"],
)  # fmt: skip
def test_a_list_that_is_not_understood_lets_nobody_in(sessions: Sessions, people: Path, text: str) -> None:
    held, _ = sessions.begin(ANA)
    people.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"people\.csv, line [123]"):
        sessions.person(held)


def test_a_list_that_is_gone_lets_nobody_in(sessions: Sessions, people: Path) -> None:
    held, _ = sessions.begin(ANA)
    people.unlink()
    with pytest.raises(DataError, match="cannot be read"):
        sessions.person(held)


def test_blank_lines_are_no_people(people: Path) -> None:
    people.write_text("person,role\r\n\r\n sam@example.org , viewer \r\n", encoding="utf-8")
    assert read_allow_list(people) == {"sam@example.org": "viewer"}


@pytest.mark.parametrize(
    ("claims", "role"),
    [(ANA, "analyst"), (ANA | {"role": "staff"}, "viewer"), (ANA | {"role": "x"}, ""), ({**ANA, "role": None}, ""),
     (VERA, "viewer"), (VERA | {"role": ["leads"]}, "viewer")],
)  # fmt: skip
def test_a_claim_never_gives_more_than_the_list_nor_the_list_more_than_the_claim(
    tmp_path: Path, people: Path, claims: dict, role: str
) -> None:
    asked = Sessions(Control(tmp_path / "store.sqlite"), settings(people, **CLAIM))
    if role:
        assert asked.begin(claims)[1].role == role
    else:
        with pytest.raises(NotAllowedError):
            asked.begin(claims)


def test_a_copied_store_of_the_first_version_gains_sessions_and_keeps_its_versions(
    tmp_path: Path, people: Path
) -> None:
    old_store(tmp_path)
    opened = open_sessions(tmp_path, settings(people))
    held, _ = opened.begin(ANA)
    again = Control(tmp_path / "store.sqlite")
    assert [version.label for version in again.versions()] == ["June"]
    assert Sessions(again, settings(people)).person(held).name == "Ana"


def test_who_signed_in_and_out_is_in_the_log(sessions: Sessions, tmp_path: Path) -> None:
    held, _ = sessions.begin(ANA)
    sessions.end(held)
    sessions.end(held)
    told = [(event.actor, event.action) for event in Control(tmp_path / "store.sqlite").events()]
    assert told == [("Ana (1)", "sign in"), ("Ana (1)", "sign out")]


def log_of(folder: Path) -> list[tuple[str, str]]:
    return [(event.actor, event.action) for event in Control(folder / "store.sqlite").events()]


def test_who_was_refused_is_in_the_log_with_the_rule(tmp_path: Path, people: Path) -> None:
    asked = Sessions(Control(tmp_path / "store.sqlite"), settings(people, **CLAIM))
    for claims in ({"sub": "3", "name": "Xan\nStranger"}, VERA | {"role": "x"}, {"name": "No One"}):
        with pytest.raises(NotAllowedError):
            asked.begin(claims)
    assert log_of(tmp_path) == [
        ("Xan Stranger (3)", "refused: not on the list of people"),
        ("Vera (2)", "refused: the sign-in service gives no role"),
        ("No One ()", "refused: the sign-in service names nobody"),
    ]


def test_why_somebody_is_shut_out_is_in_the_log_once_and_told_apart(
    sessions: Sessions, people: Path, clock: Clock, tmp_path: Path
) -> None:
    everybody = people.read_text(encoding="utf-8")
    left, removed, late = (sessions.begin(claims)[0] for claims in (ANA, VERA, ANA))
    held = [left, removed, late, "x", ""]
    assert [person.role for person in sessions.admit(held).values()] == ["analyst", "viewer", "analyst", "", ""]
    begun = len(log_of(tmp_path))
    sessions.end(left)
    people.write_text("person,role\nana@example.org,analyst\n", encoding="utf-8")
    for _ in range(2):
        assert [person.role for person in sessions.admit(held).values()] == ["", "", "analyst", "", ""]
    assert log_of(tmp_path)[begun:] == [
        ("Ana (1)", "sign out"),
        ("Ana (1)", "shut out: signed out before"),
        ("Vera (2)", "shut out: no longer on the list"),
    ]
    people.write_text(everybody, encoding="utf-8")
    assert sessions.admit([removed])[removed].name == "Vera", "whoever is put back on the list is in again"
    clock.at += LONGEST
    sessions.admit([late])
    sessions.person(left)
    assert log_of(tmp_path)[begun + 3 :] == [("Ana (1)", "shut out: eight hours are over")]
