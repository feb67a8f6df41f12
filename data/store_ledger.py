"""What the store keeps beside versions: survey profiles for the next wave, and the log of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from data.errors import DataError
from data.people import ANALYST, VIEWER, Person, require
from data.store_control import Control
from data.store_records import Event, SavedProfile, as_label

__all__ = ["Ledger"]


class Ledger:
    """Saved profiles and the log of events, as far as a person's role reaches."""

    def __init__(self, control: Control, person: Person) -> None:
        self._control = control
        self._person = person

    def _acts(self, role: str = ANALYST) -> str:
        """Refuse whoever may not; the name for the log of whoever may."""
        return as_label(require(self._person, role).in_log)

    @property
    def control(self) -> Control:
        """The control file, for other modules of this room that keep a table of their own in it."""
        return self._control

    def save_profile(self, name: str, headers: Sequence[str], text: str) -> SavedProfile:
        """Keep a survey profile under a name, in place of the one of that name."""
        actor = self._acts()
        profile = SavedProfile(as_label(name), tuple(headers), text, datetime.now(UTC))
        with self._control.writing() as rows:
            rows.keep_profile(profile)
            rows.log(actor, "save profile", None, None)
        return profile

    def profiles(self) -> list[SavedProfile]:
        """All saved profiles, newest first."""
        self._acts()
        return self._control.profiles()

    def profile_for(self, headers: Sequence[str]) -> SavedProfile | None:
        """The newest profile saved for exactly these headers, in any order."""
        wanted = sorted(headers)
        return next((profile for profile in self.profiles() if sorted(profile.headers) == wanted), None)

    def delete_profile(self, name: str) -> None:
        """Forget a profile; versions saved with it keep their own copy.

        Raises
        ------
        DataError
            When there is none of that name.
        """
        actor = self._acts()
        with self._control.writing() as rows:
            if not rows.drop_profile(as_label(name)):
                raise DataError(f"There is no saved profile '{as_label(name)}'.")
            rows.log(actor, "delete profile", None, None)

    def log(self, action: str, version_id: str | None = None, count: int | None = None) -> None:
        """Add to the log what was done, such as a download, to which version and to how many rows.

        ``action`` is the explorer's own word, never text of a file.
        """
        actor = self._acts(VIEWER)
        with self._control.writing() as rows:
            rows.log(actor, as_label(action), version_id, count)

    def events(self, version_id: str | None = None) -> list[Event]:
        """The log, oldest first: all of it, or what was done to one version, also after its end."""
        self._acts()
        return [event for event in self._control.events() if version_id is None or event.version == version_id]
