"""The invented month of calls beside the releases: read as an upload is read, by the profile that stands with it.

It is what the ``[[events]]`` of ``illustrative/about.toml`` name. A data folder without any has no example, which is no
mistake. No verdict, and no sentence about the force or a named team, may rest on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.errors import DataError
from data.example_files import ABOUT, FOLDER, STATUS, listed, named_profile, read_whole, words_about
from data.prepare import Prepared
from data.profile import Profile

__all__ = ["EVENT_KEYS", "STATUS", "ExampleEvents", "illustrative_events"]

EVENT_KEYS = ["title", "file", "profile", "caution"]
_MARK = "INVENTED-"


@dataclass(frozen=True)
class ExampleEvents:
    """An invented extract of events. Treat its frame as read-only: it is shared by every visitor.

    Attributes
    ----------
    name
        What the example is called wherever it is shown.
    title
        What this extract is called.
    caution
        What must be said beside anything made of it.
    profile, prepared
        What its columns mean; ``prepared.frame`` is what ``data.engine.attach`` takes.
    status
        What every row counts as.
    """

    name: str
    title: str
    caution: str
    profile: Profile
    prepared: Prepared
    status: str = STATUS


def illustrative_events(root: Path) -> ExampleEvents | None:
    """Read the invented events of a data folder; None where it has none. The caller keeps what comes back.

    Raises
    ------
    DataError
        When a file is missing or has a row or a cell that cannot be used, its profile is none of events, a row does not
        say that it is invented, or there are several.
    """
    about = words_about(root)
    found = listed(about, "events", EVENT_KEYS)
    if not found:
        return None
    if len(found) > 1:
        raise DataError(f"{FOLDER}/{ABOUT}: there are {len(found)} [[events]], expected one. Keep one.")
    own = found[0]
    profile = named_profile(root, own["profile"], "events")
    if profile.kind != "events":
        raise DataError(f"{FOLDER}/{own['profile']}: found kind {profile.kind}, expected events.")
    reading, prepared = read_whole(root, own["file"], profile, "events")
    marked = [reading.rows[column].str.startswith(_MARK) for column in reading.columns]
    told = max(marked, key=lambda column: int(column.sum()))
    if not told.all():
        line = reading.lines[~told].iloc[0]
        raise DataError(
            f"{FOLDER}/{own['file']}, line {line}: no cell says that the row is invented. Expected one in every "
            f"row that begins with {_MARK}"
        )
    return ExampleEvents(str(about.get("title", FOLDER)), own["title"], own["caution"], profile, prepared)
