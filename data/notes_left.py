"""Notes of people who are no longer on the list: whose, how many, and their end. What they say is never read here.

Notes are kept by the subject by which the sign-in service knows somebody, and the list may name an e-mail address
instead. The two meet in the person's latest session, which therefore stays in the table as long as the notes do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.allow_list import listed_role
from data.errors import DataError
from data.people import ANALYST, Person, require
from data.store import Store
from data.store_control import Rows
from data.store_records import as_label

__all__ = ["LEFT", "LISTED", "UNKNOWN", "Held", "delete_notes_of", "notes_held"]

LISTED, LEFT, UNKNOWN = "on the list", "no longer on the list", "cannot be told: the store does not know the address"


@dataclass(frozen=True)
class Held:
    """How many notes somebody has.

    Attributes
    ----------
    subject
        What the sign-in service knows the person by.
    name
        As the trail names the person.
    notes, reports
        How many, and on how many reports.
    last
        When the latest was kept, UTC.
    standing
        ``LISTED``, ``LEFT`` or ``UNKNOWN``.
    """

    subject: str
    name: str
    notes: int
    reports: int
    last: datetime
    standing: str


def notes_held(store: Store, person: Person, people: Mapping[str, str]) -> list[Held]:
    """Everybody who has notes, by name.

    Parameters
    ----------
    store, person
        Where they are kept, and who asks: an analyst, or whoever can run commands.
    people
        The list, as ``data.allow_list.read_allow_list`` gives it.

    Raises
    ------
    NotAllowedError
        When the person is no analyst.
    """
    require(person, ANALYST)
    with store.control.reading() as rows:
        asked = "SELECT person, COUNT(*), COUNT(DISTINCT release), MAX(saved) FROM notes GROUP BY person"
        return sorted((_held(rows, people, *row) for row in rows.ask(asked)), key=lambda held: held.name)


def delete_notes_of(store: Store, person: Person, held: Held) -> int:
    """Delete all notes of somebody for good; how many there were. The trail says whose and how many, not what.

    Parameters
    ----------
    store, person
        As for ``notes_held``.
    held
        Whose, as ``notes_held`` gives it.

    Raises
    ------
    NotAllowedError
        When the person is no analyst.
    DataError
        When there are none any more.
    """
    require(person, ANALYST)
    with store.control.writing() as rows:
        gone = len(rows.ask("DELETE FROM notes WHERE person = ? RETURNING measure", held.subject))
        if not gone:
            raise DataError(f"{held.name} has no notes any more.")
        rows.log(person.in_log, "delete notes", None, gone, f"Notes of {held.name}")
    store.control.tidy()
    return gone


def _held(rows: Rows, people: Mapping[str, str], subject: str, notes: int, reports: int, last: str) -> Held:
    asked = "SELECT name, email FROM sessions WHERE subject = ? ORDER BY signed_in DESC LIMIT 1"
    found = rows.ask(asked, subject)
    name, email = found[0] if found else (subject, "")
    standing = LISTED if listed_role(people, subject, email) else LEFT if found else UNKNOWN
    named = as_label(Person(subject, name, session="signed in").in_log) if found else _in_trail(rows, subject)
    return Held(subject, named, notes, reports, datetime.fromisoformat(last), standing)


def _in_trail(rows: Rows, subject: str) -> str:
    """How the trail names somebody of whom no session is left."""
    asked = "SELECT actor FROM events WHERE action = 'sign in' AND actor LIKE ? ESCAPE '!' ORDER BY number DESC LIMIT 1"
    plain = "".join(f"!{letter}" if letter in "!%_" else letter for letter in subject)
    found = rows.ask(asked, f"%({plain})")
    return str(found[0][0]) if found else subject
