"""The rows about versions, in SQLite: what there is, what it was made of, what was done to it.

On disk the file is in write-ahead mode with every commit forced to disk, and each call has a connection of its own, so
threads and processes may share it. In memory there is one connection and a lock.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.errors import DataError
from data.shelves import cannot_write, for_owner
from data.store_records import Event, SavedProfile, Version
from data.store_schema import SCHEMA_VERSION, bring_up, schema_version

__all__ = ["BUSY_SECONDS", "Control", "Rows"]

BUSY_SECONDS = 30.0  # how long a writer waits for the one before it
_COLUMNS = list(Version.__dataclass_fields__)
_CHANGEABLE = {"label", "withdrawn", "retain_until", "status"}


class Rows:
    """What can be asked and done within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        """Put a statement of another module's own table; what it gives."""
        return self._connection.execute(statement, values).fetchall()

    def versions(self) -> list[Version]:
        """All versions, newest first."""
        return self._versions("ORDER BY rowid DESC")

    def version(self, version_id: str) -> Version | None:
        """The version of an id."""
        return next(iter(self._versions("WHERE id = ?", version_id)), None)

    def version_of_key(self, key: str) -> Version | None:
        """The version made of this content and profile."""
        return next(iter(self._versions("WHERE key = ?", key)), None)

    def add(self, version: Version) -> None:
        """Add a version."""
        cells = [_as_cell(getattr(version, name)) for name in _COLUMNS]
        marks = ", ".join("?" * len(_COLUMNS))
        self._connection.execute(f"INSERT INTO versions ({', '.join(_COLUMNS)}) VALUES ({marks})", cells)  # noqa: S608

    def change(self, version_id: str, cells: dict[str, str | None]) -> bool:
        """Change what may change of a version; whether there is one."""
        if unknown := set(cells) - _CHANGEABLE:
            raise ValueError(f"Of a version {', '.join(sorted(unknown))} never changes.")
        settings = ", ".join(f"{name} = ?" for name in cells)
        statement = f"UPDATE versions SET {settings} WHERE id = ?"  # noqa: S608
        return self._connection.execute(statement, [*cells.values(), version_id]).rowcount == 1

    def remove(self, version_id: str) -> None:
        """Remove a version's row."""
        self._connection.execute("DELETE FROM versions WHERE id = ?", [version_id])

    def profiles(self) -> list[SavedProfile]:
        """All saved profiles, newest first."""
        found = self._connection.execute("SELECT name, headers, text, saved FROM profiles ORDER BY saved DESC, name")
        return [
            SavedProfile(name, tuple(json.loads(headers)), text, datetime.fromisoformat(saved))
            for name, headers, text, saved in found
        ]

    def keep_profile(self, profile: SavedProfile) -> None:
        """Keep a profile in place of the one of its name."""
        self._connection.execute(
            "INSERT OR REPLACE INTO profiles (name, headers, text, saved) VALUES (?, ?, ?, ?)",
            [profile.name, _as_cell(profile.headers), profile.text, _as_cell(profile.saved)],
        )

    def drop_profile(self, name: str) -> bool:
        """Forget a profile; whether there was one."""
        return self._connection.execute("DELETE FROM profiles WHERE name = ?", [name]).rowcount == 1

    def events(self) -> list[Event]:
        """The log, oldest first."""
        found = self._connection.execute("SELECT at, actor, action, version, count, note FROM events ORDER BY number")
        return [Event(datetime.fromisoformat(at), *others) for at, *others in found]

    def log(self, actor: str, action: str, version_id: str | None, count: int | None, note: str = "") -> None:
        """Add a line to the log."""
        self._connection.execute(
            "INSERT INTO events (at, actor, action, version, count, note) VALUES (?, ?, ?, ?, ?, ?)",
            [_as_cell(datetime.now(UTC)), actor, action, version_id, count, note or None],
        )

    def _versions(self, rest: str, *values: str) -> list[Version]:
        statement = f"SELECT {', '.join(_COLUMNS)} FROM versions {rest}"  # noqa: S608
        return [_as_version(row) for row in self._connection.execute(statement, values)]


class Control:
    """The control file, or its like in memory where ``path`` is None.

    Raises
    ------
    DataError
        When the file cannot be opened or is none of this explorer's.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._kept = _connected(None) if path is None else None
        with _told(), self._connection() as connection:
            if path is not None:
                for own in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                    for_owner(own, 0o600)  # before anything is written: what SQLite puts beside it is as open as it is
                connection.execute("PRAGMA journal_mode = WAL")
            if schema_version(connection) < SCHEMA_VERSION:
                with _transaction(connection):
                    if schema_version(connection) < SCHEMA_VERSION:  # another may have been first
                        bring_up(connection)
            if schema_version(connection) > SCHEMA_VERSION:
                raise DataError("The saved versions were written by a newer explorer. Update this one to open them.")

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Ask, at one moment in time."""
        with _told(), self._connection() as connection:
            connection.execute("BEGIN")
            try:
                yield Rows(connection)
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Change, alone: other writers wait. Kept when the block ends, undone when it raises."""
        with _told(), self._connection() as connection, _transaction(connection):
            yield Rows(connection)

    def versions(self) -> list[Version]:
        """All versions, newest first."""
        with self.reading() as rows:
            return rows.versions()

    def version(self, version_id: str) -> Version | None:
        """The version of an id."""
        with self.reading() as rows:
            return rows.version(version_id)

    def version_of_key(self, key: str) -> Version | None:
        """The version made of this content and profile."""
        with self.reading() as rows:
            return rows.version_of_key(key)

    def profiles(self) -> list[SavedProfile]:
        """All saved profiles, newest first."""
        with self.reading() as rows:
            return rows.profiles()

    def events(self) -> list[Event]:
        """The log, oldest first."""
        with self.reading() as rows:
            return rows.events()

    def tidy(self) -> None:
        """Empty the write-ahead file, so that it holds nothing of what was deleted."""
        with _told(), self._connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._kept is not None:
            with self._lock:
                yield self._kept
            return
        connection = _connected(self._path)
        try:
            yield connection
        finally:
            connection.close()


def _connected(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path or ":memory:",
        timeout=BUSY_SECONDS,
        isolation_level=None,  # transactions are ours to begin and end
        check_same_thread=False,  # a lock guards the one in memory
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's troubles with a disk or a lock as sentences; a wrong statement of ours stays a bug."""
    try:
        yield
    except sqlite3.OperationalError as error:
        name = _name(error)
        if name.startswith("SQLITE_BUSY"):
            raise DataError("Another program is writing to the saved versions. Try again in a moment.") from None
        if name.startswith("SQLITE_FULL"):
            raise cannot_write(OSError(errno.ENOSPC, "")) from None
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")):
            raise cannot_write(OSError(str(error))) from None
        raise
    except sqlite3.DatabaseError as error:
        if _name(error) in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            raise DataError(
                "The control file of the saved versions is damaged. Put store.sqlite back from a backup; the files of "
                "the versions are not touched."
            ) from None
        raise


def _as_cell(value: object) -> object:
    """A value as SQLite keeps it."""
    if isinstance(value, tuple):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _as_version(row: tuple[Any, ...]) -> Version:
    cells = dict(zip(_COLUMNS, row, strict=True))
    cells["columns"] = tuple(json.loads(cells["columns"]))
    cells["created"] = datetime.fromisoformat(cells["created"])
    cells["withdrawn"] = cells["withdrawn"] and datetime.fromisoformat(cells["withdrawn"])
    cells["retain_until"] = cells["retain_until"] and date.fromisoformat(cells["retain_until"])
    return Version(**cells)


def _name(error: sqlite3.DatabaseError) -> str:
    """SQLite's own name of an error; blank for a misuse that never reached it."""
    return getattr(error, "sqlite_errorname", "")
