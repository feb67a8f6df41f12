"""Links to a view: which page, with which filters, made from what; who made it, until when, and whether it still holds.

A link is a bookmark and no key: whoever opens it must be signed in, and sees what the rules of today let that person
see. It holds 128 random bits, of which the store keeps the SHA-256 alone.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from data.errors import DataError
from data.people import ANALYST, VIEWER, Person, require
from data.share_rows import Share, add_share, all_shares, day_words, share_by, states_of
from data.states import DRAFT, PUBLISHED, lowest_state, may_see
from data.store import Store
from data.store_control import Rows
from data.store_records import as_note

__all__ = ["DAYS", "LONGEST_DAYS", "LONGEST_NOTE", "Share", "make_share", "open_share", "revoke_share", "share_of",
           "shares"]  # fmt: skip

DAYS, LONGEST_DAYS = 30, 365
LONGEST_NOTE = 400  # characters
_MOST_FILTERS, _LONGEST_FILTER = 60, 2000
_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_UNKNOWN = "This link leads nowhere. Check that all of it was copied, or ask whoever sent it for another."


def make_share(
    store: Store,
    person: Person,
    page: str,
    *,
    releases: Mapping[str, str],
    filters: Mapping[str, str] | None = None,
    release: str = "",
    versions: Sequence[str] = (),
    note: str = "",
    days: int = DAYS,
    now: datetime | None = None,
) -> tuple[Share, str]:
    """Make a link to a view.

    Parameters
    ----------
    store, person
        Where it is kept, and who makes it: an analyst.
    page
        The page's address, such as ``surveys``.
    releases
        The releases at hand, each with its state.
    filters
        Address parameters, such as ``view``.
    release, versions
        What the view is made from.
    note
        A line for whoever opens it.
    days
        How long it opens, 1 to ``LONGEST_DAYS``.
    now
        The time, UTC.

    Returns
    -------
    tuple
        The link as the list shows it, and what opens it. Nobody can be told the second again.

    Raises
    ------
    NotAllowedError
        When the person is no analyst.
    DataError
        When the days or the note are too many, or the view is made from what is not here.
    ValueError
        When page or filters are no address of ours.
    """
    require(person, ANALYST)
    chosen = dict(filters or {})
    _check_view(page, chosen)
    if not 1 <= days <= LONGEST_DAYS:
        raise DataError(f"A link can be open for 1 to {LONGEST_DAYS} days, not {days:,}. Choose a number between.")
    if len(as_note(note)) > LONGEST_NOTE:
        raise DataError(f"The note has {len(as_note(note)):,} letters. Shorten it to {LONGEST_NOTE}.")
    moment = now or datetime.now(UTC)
    token, share_id = secrets.token_urlsafe(_BYTES), secrets.token_hex(8)
    with store.control.writing() as rows:
        made = Share(
            id=share_id, page=page, filters=chosen, release=release, versions=tuple(versions),
            state=lowest_state(states_of(rows, release, versions, releases)), note=as_note(note),
            creator=person.name, created=moment, ends=moment.date() + timedelta(days=days),
        )  # fmt: skip
        add_share(rows, made, _hashed(token))
        _log(rows, person, "make", share_id, versions)
    return made, token


def open_share(
    store: Store,
    person: Person,
    token: str,
    *,
    releases: Mapping[str, str],
    counted: bool = True,
    now: datetime | None = None,
) -> Share:
    """Open a link: the view it stands for, counted as one use.

    Parameters
    ----------
    store, person
        Where it is kept, and who opens it: anybody signed in.
    token
        What the link holds.
    releases, now
        As in ``make_share``.
    counted
        Whether it is a use of its own, and not the same one's page loaded again.

    Raises
    ------
    NotAllowedError
        When nobody is signed in.
    DataError
        With a kind sentence: the link is unknown, withdrawn, over, or what it was made from is no longer there, not for
        this person, or published since it was a draft.
    """
    require(person, VIEWER)
    if not _TOKEN.fullmatch(token):
        raise DataError(_UNKNOWN)
    moment = now or datetime.now(UTC)
    with store.control.writing() as rows:  # whoever withdraws it meanwhile comes before or after, never between
        share = _checked(rows, person, share_by(rows, "hash", _hashed(token)), releases, moment)
        if counted:
            rows.ask("UPDATE shares SET uses = uses + 1, last_used = ? WHERE id = ?", moment.isoformat(), share.id)
            _log(rows, person, "open", share.id, share.versions)
        return _checked(rows, person, share_by(rows, "id", share.id), releases, moment)


def share_of(
    store: Store, person: Person, share_id: str, *, releases: Mapping[str, str], now: datetime | None = None
) -> Share:
    """Look at a link that was opened before, as the page does at every run; not counted.

    Parameters
    ----------
    share_id
        Its ``id``.
    store, person, releases, now
        As in ``open_share``.

    Raises
    ------
    NotAllowedError, DataError
        As ``open_share``.
    """
    require(person, VIEWER)
    with store.control.reading() as rows:
        return _checked(rows, person, share_by(rows, "id", share_id), releases, now or datetime.now(UTC))


def shares(store: Store, person: Person) -> list[Share]:
    """All links, also those that are over, the newest first: for analysts.

    Raises
    ------
    NotAllowedError
        When the person is no analyst.
    """
    require(person, ANALYST)
    with store.control.reading() as rows:
        return all_shares(rows)


def revoke_share(store: Store, person: Person, share_id: str, *, now: datetime | None = None) -> Share:
    """Withdraw a link, for good and at once. One that is withdrawn stays as it is.

    Raises
    ------
    NotAllowedError
        When the person is no analyst.
    DataError
        When there is no such link.
    """
    require(person, ANALYST)
    moment = (now or datetime.now(UTC)).isoformat()
    with store.control.writing() as rows:
        done = rows.ask("UPDATE shares SET revoked = ? WHERE id = ? AND revoked IS NULL RETURNING id", moment, share_id)
        share = share_by(rows, "id", share_id)
        if share is None:
            raise DataError("There is no such link. Load the list of links again.")
        if done:
            _log(rows, person, "withdraw", share_id, share.versions)
        return share


def _check_view(page: str, filters: Mapping[str, str]) -> None:
    """Refuse what no page of ours can have asked for: it is a slip in the code."""
    if not _NAME.fullmatch(page):
        raise ValueError(f"{page!r} is no page's address.")
    wrong = [name for name, value in filters.items() if not _NAME.fullmatch(name) or len(value) > _LONGEST_FILTER]
    if wrong or len(filters) > _MOST_FILTERS:
        raise ValueError(f"{len(filters)} filters, of which {len(wrong)} are none of a page's.")


def _checked(rows: Rows, person: Person, share: Share | None, releases: Mapping[str, str], now: datetime) -> Share:
    """The link if it holds for this person at this moment."""
    if share is None:
        raise DataError(_UNKNOWN)
    ask = f"Ask {share.creator}, who shared it, for another."
    if share.revoked:
        raise DataError(f"This link was withdrawn on {day_words(share.revoked)}. {ask}")
    if now.date() > share.ends:
        raise DataError(f"This link ended on {day_words(share.ends)}. {ask}")
    try:
        state = lowest_state(states_of(rows, share.release, share.versions, releases))
    except DataError as error:
        raise DataError(f"This link no longer opens. {error} {ask}") from None
    if share.state == DRAFT and state == PUBLISHED:
        raise DataError("This link was to a draft, which has been published since. Open the page from the menu.")
    if not may_see(person, state):
        raise DataError(f"What this link shows is still a draft, for analysts alone. {ask}")
    return share


def _log(rows: Rows, person: Person, action: str, share_id: str, versions: Sequence[str]) -> None:
    """A line for each version that the link shows, so that a version's own log names its links."""
    each: list[str | None] = [*versions] or [None]
    for version_id in each:
        rows.log(person.in_log, f"{action} link {share_id}", version_id, None)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
