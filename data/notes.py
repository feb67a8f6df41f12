"""What somebody notes beside the measures of a release: that person's own, and in nobody else's sight.

A note is in the store and its backups, never in the log, in a link or on another person's page. Whoever may look may
keep notes; only their owner reads, changes or deletes them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from data.errors import DataError
from data.people import VIEWER, Person, require
from data.store import Store

__all__ = ["LONGEST_NOTE", "as_lines", "forget_notes", "keep_note", "notes_of"]

LONGEST_NOTE = 2000  # characters
_RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,79}")
_MEASURE = re.compile(r"[a-z0-9_.]{1,200}")


def notes_of(store: Store, person: Person, release: str) -> dict[str, str]:
    """A person's own notes on a release, by measure.

    Parameters
    ----------
    store, person
        Where they are kept, and whose they are: anybody who may look.
    release
        The id of a release.

    Raises
    ------
    NotAllowedError
        When the person may not look.
    """
    require(person, VIEWER)
    with store.control.reading() as rows:
        asked = "SELECT measure, text FROM notes WHERE person = ? AND release = ? ORDER BY measure"
        return dict(rows.ask(asked, person.subject, release))


def keep_note(store: Store, person: Person, release: str, measure: str, text: str) -> str:
    """Keep a note in place of the one there was; an empty one deletes it.

    Parameters
    ----------
    store, person, release
        As for ``notes_of``.
    measure
        The id of a measure.
    text
        The person's own words.

    Returns
    -------
    str
        The note as it is kept.

    Raises
    ------
    NotAllowedError
        When the person may not look.
    DataError
        When it is too long; the one there was stays then.
    ValueError
        When release or measure are none of ours.
    """
    require(person, VIEWER)
    if not _RELEASE.fullmatch(release) or not _MEASURE.fullmatch(measure):
        raise ValueError(f"{release!r} and {measure!r} are no release and measure.")
    kept = as_lines(text)
    if len(kept) > LONGEST_NOTE:
        raise DataError(f"The note has {len(kept):,} letters. Shorten it to {LONGEST_NOTE:,}.")
    with store.control.writing() as rows:
        rows.ask("DELETE FROM notes WHERE person = ? AND release = ? AND measure = ?", person.subject, release, measure)
        if kept:
            now = datetime.now(UTC).isoformat()
            rows.ask("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", person.subject, release, measure, kept, now)
    if not kept:
        store.control.tidy()
    return kept


def forget_notes(store: Store, person: Person, release: str) -> int:
    """Delete all of a person's own notes on a release, for good; how many there were.

    Parameters
    ----------
    store, person, release
        As for ``notes_of``.

    Raises
    ------
    NotAllowedError
        When the person may not look.
    """
    require(person, VIEWER)
    with store.control.writing() as rows:
        asked = "DELETE FROM notes WHERE person = ? AND release = ? RETURNING measure"
        gone = len(rows.ask(asked, person.subject, release))
    store.control.tidy()
    return gone


def as_lines(text: str) -> str:
    r"""Text as lines without control or invisible characters and without blanks at its ends; may be empty.

    >>> as_lines("  Ask first.\r\nThen\u202e wait.\x00 \n"), as_lines(" \n ")
    ('Ask first.\nThen wait.', '')
    """
    plain = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text)).replace("\t", " ")
    return "".join(
        letter for letter in plain if letter == "\n" or not unicodedata.category(letter).startswith("C")
    ).strip()
