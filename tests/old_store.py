"""The control file as its first version made it, with one version in it: never to be changed with the code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

__all__ = ["old_store"]

FIRST_VERSION = """
CREATE TABLE versions (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('survey', 'aggregated', 'monthly', 'events')),
    label TEXT NOT NULL, source_name TEXT NOT NULL, created TEXT NOT NULL, rows_in INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL CHECK (rows_accepted >= 0),
    rows_rejected INTEGER NOT NULL CHECK (rows_rejected >= 0), columns TEXT NOT NULL, sha256 TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE, profile TEXT NOT NULL, retain_until TEXT, withdrawn TEXT,
    status TEXT NOT NULL CHECK (status IN ('draft', 'shared', 'published')),
    CHECK (rows_in = rows_accepted + rows_rejected)
) STRICT;
CREATE TABLE profiles (name TEXT PRIMARY KEY, headers TEXT NOT NULL, text TEXT NOT NULL, saved TEXT NOT NULL) STRICT;
CREATE TABLE events (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, version TEXT, count INTEGER
) STRICT;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER events_hold BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
PRAGMA user_version = 1;
"""


def old_store(folder: Path) -> None:
    """Write such a file, with the version "June", whose id is "a"."""
    old = sqlite3.connect(folder / "store.sqlite")
    old.executescript(FIRST_VERSION)
    old.execute(
        "INSERT INTO versions VALUES ('a', 'survey', 'June', 'j.csv', '2026-01-01T00:00:00+00:00', 1, 1, 0, '[]', 'x', "
        "'k', '', NULL, NULL, 'draft')"
    )
    old.commit()
    old.close()
