"""Who is signed in: kept here and not in the browser, so that leaving, and being taken off the list, hold at once.

A browser holds a random number and nothing else. What is kept is its SHA-256, with who signed in and when.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from data.allow_list import claimed_role, listed_role, lower_role, read_allow_list, trusted_email
from data.people import NOBODY, NotAllowedError, Person
from data.shelves import cannot_write
from data.sign_in import SignIn
from data.store_control import Control, Rows
from data.store_records import as_label

__all__ = ["LONGEST", "Sessions", "open_sessions"]

LONGEST = timedelta(hours=8)  # from signing in, whatever was done since
_KEPT = timedelta(days=1)  # how long a session that is over stays in the table
# Of whoever has notes the latest stays: without it nobody could tell whether their owner is still on the list.
_FORGET = """DELETE FROM sessions WHERE signed_in < ? AND NOT (
    subject IN (SELECT person FROM notes)
    AND signed_in = (SELECT MAX(latest.signed_in) FROM sessions AS latest WHERE latest.subject = sessions.subject)
)"""
_BYTES = 32
_HELD = 2 * _BYTES  # hexadecimal digits
EXPIRED, REMOVED, SIGNED_OUT = "eight hours are over", "no longer on the list", "signed out before"
NOT_LISTED, NOT_CLAIMED = "not on the list of people", "the sign-in service gives no role"
NO_SUBJECT = "the sign-in service names nobody"


def _now() -> datetime:
    return datetime.now(UTC)


class Sessions:
    """The signed-in sessions of one store. Safe to use from many threads and processes.

    Parameters
    ----------
    control
        The store's control file.
    settings
        Who may enter, and with what role.
    now
        The clock, UTC.
    """

    def __init__(self, control: Control, settings: SignIn, now: Callable[[], datetime] = _now) -> None:
        self._control = control
        self._settings = settings
        self._now = now
        self._told_out: dict[str, str] = {}  # sessions that were shut out, and why
        self._telling = threading.Lock()

    def begin(self, claims: Mapping[str, Any]) -> tuple[str, Person]:
        """Sign somebody in whom the provider has named.

        Parameters
        ----------
        claims
            Of an ID token that has been checked.

        Returns
        -------
        tuple
            What the browser is to hold, and who it is.

        Raises
        ------
        NotAllowedError
            When the list or the claim gives no role. Nothing is kept then but a line in the log: who, by what rule.
        DataError
            When the list cannot be read.
        """
        subject, email = str(claims.get("sub", "")), trusted_email(claims, self._settings)
        name = next((str(claims[key]) for key in ("name", "preferred_username", "email") if claims.get(key)), subject)
        claimed = claimed_role(claims, self._settings)
        name = as_label(name)
        if why := self._refusal(subject, email, claimed):
            with self._control.writing() as rows:
                rows.log(_in_log(subject, name), f"refused: {why}", None, None)
            raise NotAllowedError(
                f"{name} is not on the list of people who may use this explorer. Ask whoever runs it to be added."
            )
        held = secrets.token_hex(_BYTES)
        moment = self._now()
        with self._control.writing() as rows:
            rows.ask(_FORGET, (moment - LONGEST - _KEPT).isoformat())
            rows.ask(
                "INSERT INTO sessions (id, subject, name, email, claimed, signed_in) VALUES (?, ?, ?, ?, ?, ?)",
                _hashed(held), subject, name, email, claimed, moment.isoformat(),
            )  # fmt: skip
            rows.log(_in_log(subject, name), "sign in", None, None)
        return held, self.person(held)

    def person(self, held: str | None) -> Person:
        """Who holds this, right now: NOBODY when it is unknown, over, left, or its person is off the list.

        Raises
        ------
        DataError
            When the list or the store cannot be read; nobody is let in then.
        """
        return self._asked([held or ""])[held or ""][0]

    def admit(self, held: Collection[str]) -> dict[str, Person]:
        """The same of several, as the door asks it. Who is shut out is written to the log, once each time and why.

        Raises
        ------
        DataError
            As ``person``.
        """
        found = self._asked(held)
        news = []
        with self._telling:
            for _, session, who, why in found.values():
                if session and why != self._told_out.get(session, ""):
                    self._told_out[session] = why
                    news += [(who, why)] if why else []
        if news:
            with self._control.writing() as rows:
                for who, why in news:
                    rows.log(who, f"shut out: {why}", None, None)
        return {each: person for each, (person, *_) in found.items()}

    def _asked(self, held: Collection[str]) -> dict[str, tuple[Person, str, str, str]]:
        """Of each: who it is, the session, who the log names, and why it is over where it is; blank if unknown."""
        told = dict.fromkeys(held, (NOBODY, "", "", ""))
        likely = [each for each in held if len(each) == _HELD]
        if not likely:
            return told
        with self._control.reading() as rows:
            found = {each: _session_of(rows, each) for each in likely}
        people = read_allow_list(self._settings.allow_list) if any(found.values()) else {}
        for each, row in found.items():
            if row:
                session, subject, name, email, claimed, signed_in, revoked = row
                role = lower_role(listed_role(people, subject, email), claimed, self._settings)
                age = self._now() - datetime.fromisoformat(signed_in)
                in_time = timedelta(0) <= age < LONGEST
                why = SIGNED_OUT if revoked else EXPIRED if not in_time else "" if role else REMOVED
                told[each] = (
                    NOBODY if why else Person(subject, name, role, session),
                    session,
                    _in_log(subject, name),
                    why,
                )
        return told

    def end(self, held: str | None) -> None:
        """Sign out, for every browser that holds a copy of it."""
        if not held or len(held) != _HELD:
            return
        with self._control.writing() as rows:
            ended = rows.ask(
                "UPDATE sessions SET revoked = ? WHERE id = ? AND revoked IS NULL RETURNING subject, name",
                self._now().isoformat(), _hashed(held),
            )  # fmt: skip
            for subject, name in ended:
                rows.log(_in_log(subject, name), "sign out", None, None)

    def _refusal(self, subject: str, email: str, claimed: str) -> str:
        """The rule by which somebody may not enter; blank for whoever may."""
        if not subject:
            return NO_SUBJECT
        listed = listed_role(read_allow_list(self._settings.allow_list), subject, email)
        if not listed:
            return NOT_LISTED
        return "" if lower_role(listed, claimed, self._settings) else NOT_CLAIMED


def open_sessions(folder: Path, settings: SignIn) -> Sessions:
    """The sessions of the store in a folder, which is made where there is none.

    Raises
    ------
    DataError
        As ``data.store.file_store``, and when the list of people cannot be read.
    """
    read_allow_list(settings.allow_list)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(error) from None
    return Sessions(Control(folder / "store.sqlite"), settings)


def _session_of(rows: Rows, held: str) -> tuple[str, ...] | None:
    found = rows.ask(
        "SELECT id, subject, name, email, claimed, signed_in, revoked FROM sessions WHERE id = ?", _hashed(held)
    )
    return found[0] if found else None


def _in_log(subject: str, name: str) -> str:
    return as_label(Person(subject, name, session="signed in").in_log)


def _hashed(held: str) -> str:
    return hashlib.sha256(held.encode()).hexdigest()
