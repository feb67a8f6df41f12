"""What is told of a change to a release: why, why it cannot be made, and who made the last one."""

from __future__ import annotations

from collections.abc import Iterable

from data.errors import DataError
from data.store_records import Event, as_note

__all__ = ["LONGEST_REASON", "NOT_NOW", "last_change", "reason_of"]

LONGEST_REASON = 400  # characters

_DID = {"save": "saved", "share": "shared", "publish": "published", "withdraw": "withdrew", "correct": "corrected"}
_DID |= {"bring-back": "brought an earlier revision back into"}
NOT_NOW = {
    "share": "The release {release_id} is {state} already; only a draft can be shared.",
    "publish": "The release {release_id} is published already.",
    "withdraw": "The release {release_id} is a draft already, for analysts alone.",
    "correct": "The release {release_id} is still a draft. Mend the number in its workbook and save the draft again.",
}


def last_change(events: Iterable[Event], release_id: str) -> str:
    """Who did what to a release last, and when; somebody, where the log does not tell.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2023, 8, 1, 9, 5, tzinfo=UTC)
    >>> last_change([Event(at, "Ben", "save release 2023-06", None, None)], "2023-06")
    'Ben saved it on 1 August 2023 at 09:05 UTC'
    >>> last_change([], "2023-06")
    'Somebody changed it'
    """
    done = {f"{action} release {release_id}": past for action, past in _DID.items()}
    last = next((event for event in reversed(list(events)) if event.action in done), None)
    if last is None:
        return "Somebody changed it"
    return f"{last.actor} {done[last.action]} it on {last.at.day} {last.at:%B %Y} at {last.at:%H:%M} UTC"


def reason_of(text: str, ask: str) -> str:
    """A reason as it is kept, on one line; ``ask`` begins the sentence where there is none.

    Raises
    ------
    DataError
        When it is blank or too long.

    Examples
    --------
    >>> reason_of(" A slip. ", "Say why the number is corrected")
    'A slip.'
    """
    told = as_note(text)
    if not told:
        raise DataError(f"{ask}: a few words that others will read.")
    if len(told) > LONGEST_REASON:
        raise DataError(f"The reason has {len(told):,} letters. Shorten it to {LONGEST_REASON}.")
    return told
