"""The rows about links, in the control file: what a link is, and what it is made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from data.errors import DataError
from data.store_control import Rows

__all__ = ["Share", "add_share", "all_shares", "day_words", "share_by", "states_of"]

_COLUMNS = "id, page, filters, release, versions, state, note, creator, created, ends, revoked, last_used, uses"


@dataclass(frozen=True)
class Share:
    """One link.

    Attributes
    ----------
    id
        What the list of links and the log call it; it opens nothing.
    page, filters
        The page, and what was chosen on it: address parameters. Without filters once a version of it is deleted.
    release, versions
        What the view is made from: id of the release, "" for none, and ids of versions.
    state
        That of the least far of them when the link was made.
    note
        The sharer's own words, one line, or "".
    creator, created
        Who made it, and when, UTC.
    ends
        The last day, UTC, on which it opens.
    revoked, last_used
        When, UTC, or None.
    uses
        How often it was opened.
    """

    id: str
    page: str
    filters: Mapping[str, str]
    release: str
    versions: tuple[str, ...]
    state: str
    note: str
    creator: str
    created: datetime
    ends: date
    revoked: datetime | None = None
    last_used: datetime | None = None
    uses: int = 0


def add_share(rows: Rows, share: Share, hashed: str) -> None:
    """Add a new link, under the hash of what opens it."""
    rows.ask(
        "INSERT INTO shares (hash, id, page, filters, release, versions, state, note, creator, created, ends) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        hashed, share.id, share.page, json.dumps(dict(share.filters)), share.release, json.dumps(share.versions),
        share.state, share.note, share.creator, share.created.isoformat(), share.ends.isoformat(),
    )  # fmt: skip


def share_by(rows: Rows, column: Literal["id", "hash"], value: str) -> Share | None:
    """The link of an id or a hash."""
    found = rows.ask(f"SELECT {_COLUMNS} FROM shares WHERE {column} = ?", value)  # noqa: S608 - a column of ours
    return _as_share(found[0]) if found else None


def all_shares(rows: Rows) -> list[Share]:
    """All links, the newest first."""
    return [_as_share(row) for row in rows.ask(f"SELECT {_COLUMNS} FROM shares ORDER BY rowid DESC")]  # noqa: S608


def states_of(rows: Rows, release: str, versions: Sequence[str], releases: Mapping[str, str]) -> list[str]:
    """The state of each thing that a view is made from.

    Raises
    ------
    DataError
        When one of them is no longer there, or withdrawn.
    """
    if release and release not in releases:
        raise DataError(f"The release {release} is no longer here.")
    states = [releases[release]] if release else []
    for version_id in versions:
        version = rows.version(version_id)
        if version is None:
            raise DataError("A version that the view is made from was deleted.")
        if version.withdrawn:
            raise DataError(f"A version that the view is made from was withdrawn on {day_words(version.withdrawn)}.")
        states.append(version.status)
    return states


def day_words(day: date) -> str:
    """A day in words.

    >>> day_words(date(2026, 3, 2))
    '2 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def _as_share(row: tuple[Any, ...]) -> Share:
    cells: dict[str, Any] = dict(zip(_COLUMNS.split(", "), row, strict=True))
    cells["filters"], cells["versions"] = json.loads(cells["filters"]), tuple(json.loads(cells["versions"]))
    cells["ends"] = date.fromisoformat(cells["ends"])
    for name in ("created", "revoked", "last_used"):
        cells[name] = cells[name] and datetime.fromisoformat(cells[name])
    return Share(**cells)
