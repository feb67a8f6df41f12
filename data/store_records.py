"""What the store tells about what it holds: a version, a receipt, a saved profile, an event. Never a cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["KINDS", "LONGEST_LABEL", "STATUSES", "Event", "Receipt", "SavedProfile", "Version", "as_label"]
__all__ += ["as_note", "as_source_name"]

KINDS = ["survey", "aggregated", "monthly", "events"]
STATUSES = ["draft", "shared", "published"]
LONGEST_LABEL = 120  # characters


@dataclass(frozen=True)
class Version:
    """One accepted upload, whose rows never change afterwards.

    Attributes
    ----------
    id
        32 random hexadecimal digits, safe as a file name.
    kind
        survey, aggregated, monthly or events.
    label, source_name
        The user's name for it and the uploaded file's name. Labels only, never a path.
    created, withdrawn
        UTC; withdrawn is None while the version is in use.
    rows_in, rows_accepted, rows_rejected
        The first is always the sum of the others.
    columns
        Names of the stored columns, in order.
    sha256
        Of the bytes of its Parquet file.
    key
        SHA-256 over the uploaded content and the profile.
    profile
        The survey profile it was read with, TOML text.
    retain_until
        The last day it may be kept, or None.
    status
        draft, shared or published.
    """

    id: str
    kind: str
    label: str
    source_name: str
    created: datetime
    rows_in: int
    rows_accepted: int
    rows_rejected: int
    columns: tuple[str, ...]
    sha256: str
    key: str
    profile: str
    retain_until: date | None = None
    withdrawn: datetime | None = None
    status: str = "draft"


@dataclass(frozen=True)
class Receipt:
    """That a version was deleted for good.

    Attributes
    ----------
    version, label, kind, rows, sha256, created
        What it was; the hash is that of the removed file.
    removed
        When, UTC.
    had_file
        Whether there was still a file to remove.
    swept
        Names of the debris removed on the same occasion.
    """

    version: str
    label: str
    kind: str
    rows: int
    sha256: str
    created: datetime
    removed: datetime
    had_file: bool
    swept: tuple[str, ...] = ()


@dataclass(frozen=True)
class SavedProfile:
    """A survey profile kept for the next wave: its name, the headers it is for, its TOML text, and when (UTC)."""

    name: str
    headers: tuple[str, ...]
    text: str
    saved: datetime


@dataclass(frozen=True)
class Event:
    """One line of the log: when (UTC), who, what, to which version, how many rows, why. The last three may be None."""

    at: datetime
    actor: str
    action: str
    version: str | None
    count: int | None
    note: str | None = None


def as_label(text: str) -> str:
    r"""Text as a label of one line: no control or invisible characters, at most ``LONGEST_LABEL``, never empty.

    >>> as_label("  Wave 2\n(June)\u202e "), as_label("\x00")
    ('Wave 2 (June)', 'unnamed')
    """
    return _one_line(text)[:LONGEST_LABEL].strip() or "unnamed"


def as_note(text: str) -> str:
    r"""Text as one line without control or invisible characters; may be empty, and is as long as it is.

    >>> as_note(" See Q12.\n\nIt fell. "), as_note("\x00")
    ('See Q12. It fell.', '')
    """
    return _one_line(text)


def as_source_name(name: str) -> str:
    r"""The last part of whatever a browser calls the file, as a label.

    >>> as_source_name("../../etc/passwd"), as_source_name("C:\\surveys\\wave 2.csv")
    ('passwd', 'wave 2.csv')
    """
    return as_label(re.split(r"[/\\]", _one_line(name))[-1])


def _one_line(text: str) -> str:
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in spaced if not unicodedata.category(letter).startswith("C")).strip()
