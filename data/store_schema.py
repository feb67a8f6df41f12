"""The tables of the control file, as steps: each brings a file of the version before it to the next."""

from __future__ import annotations

import sqlite3

__all__ = ["SCHEMA_VERSION", "bring_up", "schema_version"]

_VERSIONS = [
    """CREATE TABLE versions (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('survey', 'aggregated', 'monthly', 'events')),
        label TEXT NOT NULL,
        source_name TEXT NOT NULL,
        created TEXT NOT NULL,
        rows_in INTEGER NOT NULL,
        rows_accepted INTEGER NOT NULL CHECK (rows_accepted >= 0),
        rows_rejected INTEGER NOT NULL CHECK (rows_rejected >= 0),
        columns TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        profile TEXT NOT NULL,
        retain_until TEXT,
        withdrawn TEXT,
        status TEXT NOT NULL CHECK (status IN ('draft', 'shared', 'published')),
        CHECK (rows_in = rows_accepted + rows_rejected)
    ) STRICT""",
    """CREATE TABLE profiles (
        name TEXT PRIMARY KEY, headers TEXT NOT NULL, text TEXT NOT NULL, saved TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE events (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        version TEXT,
        count INTEGER
    ) STRICT""",
    "CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER events_hold BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
]
# Who is signed in. The id is the SHA-256 of what the browser holds, so the file alone signs nobody in.
_SESSIONS = [
    """CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        subject TEXT NOT NULL,
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        claimed TEXT NOT NULL,
        signed_in TEXT NOT NULL,
        revoked TEXT
    ) STRICT""",
]
# Links to a view. The hash is of what the link holds, so the file alone opens nothing. When a version is deleted for
# good, what was chosen of it and said of it goes too.
_SHARES = [
    """CREATE TABLE shares (
        id TEXT PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        page TEXT NOT NULL,
        filters TEXT NOT NULL,
        release TEXT NOT NULL,
        versions TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('draft', 'shared', 'published')),
        note TEXT NOT NULL,
        creator TEXT NOT NULL,
        created TEXT NOT NULL,
        ends TEXT NOT NULL,
        revoked TEXT,
        last_used TEXT,
        uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0)
    ) STRICT""",
    """CREATE TRIGGER shares_forget AFTER DELETE ON versions BEGIN
        UPDATE shares SET filters = '{}', note = '' WHERE instr(versions, OLD.id) > 0;
    END""",
]
# What somebody wrote beside the measures of a release: that person's own, and in nobody else's sight.
_NOTES = [
    """CREATE TABLE notes (
        person TEXT NOT NULL,
        release TEXT NOT NULL,
        measure TEXT NOT NULL,
        text TEXT NOT NULL,
        saved TEXT NOT NULL,
        PRIMARY KEY (person, release, measure)
    ) STRICT""",
]
# Why something was done, in the words of whoever did it: a release withdrawn or corrected.
_REASONS = ["ALTER TABLE events ADD COLUMN note TEXT"]
_STEPS = [_VERSIONS, _SESSIONS, _SHARES, _NOTES, _REASONS]
SCHEMA_VERSION = len(_STEPS)


def schema_version(connection: sqlite3.Connection) -> int:
    """How many steps a file has taken; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def bring_up(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing, within a transaction of the caller's."""
    for step in _STEPS[schema_version(connection) :]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
