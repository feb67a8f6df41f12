"""That a store is in use: said by every explorer for as long as it lives, and asked by whoever would put another there.

It is a lock on an empty SQLite file beside the store, for SQLite knows locks that several may share, on every system
that Python runs on. The system itself lets go of it when a process ends, however that comes about.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.errors import DataError
from data.shelves import cannot_write

__all__ = ["alone", "hold", "using"]

_NAME = "in-use.sqlite"
_PATIENCE = 5.0  # seconds that a start waits for a restore to end
_lock = threading.Lock()
_held: dict[Path, sqlite3.Connection] = {}  # of one store, for a process serves one


def hold(folder: Path) -> None:
    """Say that this process uses the store of a folder, which is made if need be, until it ends or uses another.

    Raises
    ------
    DataError
        When a backup is being restored there, or the folder cannot be written to.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = folder.resolve()
    except OSError as error:
        raise cannot_write(error) from None
    with _lock:
        if place in _held:
            return
        connection = _taken(place, "BEGIN", _PATIENCE)
        for other in _held.values():
            other.close()
        _held.clear()
        _held[place] = connection


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Use the store of a folder within a block.

    Raises
    ------
    DataError
        As ``hold``.
    """
    with closing(_taken(folder, "BEGIN", _PATIENCE)):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Have the store of a folder for oneself within a block.

    Raises
    ------
    DataError
        When somebody uses it, or the folder cannot be written to.
    """
    with closing(_taken(folder, "BEGIN EXCLUSIVE", 0.0)):
        yield


def _taken(folder: Path, begin: str, patience: float) -> sqlite3.Connection:
    connection = None
    try:
        connection = sqlite3.connect(
            folder / _NAME, timeout=patience, isolation_level=None, check_same_thread=False
        )  # fmt: skip
        connection.execute(begin)
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # a lock that is shared is taken here
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise DataError(_why(folder, alone=begin != "BEGIN")) from None
        raise cannot_write(OSError(str(error))) from None
    return connection


def _why(folder: Path, alone: bool) -> str:
    if alone:
        return (
            f"An explorer is using the store in {folder}, and would go on with what it remembers of it. Stop the "
            "explorer, then restore again."
        )
    return f"A backup is being restored to {folder} just now. Try again once that has ended."
