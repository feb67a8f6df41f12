"""Which versions a person may see, and what is given of their rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.errors import DataError
from data.parquet import as_frame, as_table
from data.people import ANALYST, VIEWER, Person, may
from data.shelves import Shelf
from data.store_control import Control
from data.store_ledger import Ledger
from data.store_records import Version

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["NO_VERSION", "SHARED", "Shown", "broken"]

SHARED = {"shared", "published"}
_TELLS_WAVES = {"wave", "date"}  # columns of a survey that say nothing of what anybody answered
NO_VERSION = "There is no such saved version. It may have been deleted; choose another from the list of versions."


class Shown(Ledger):
    """Versions to be seen and read, as far as a person's role reaches."""

    def __init__(self, control: Control, shelf: Shelf, person: Person) -> None:
        super().__init__(control, person)
        self._shelf = shelf

    def versions(self, kind: str | None = None, withdrawn: bool = False) -> list[Version]:
        """All versions that the person may see, newest first; those withdrawn only when asked for."""
        self._acts(VIEWER)
        return [
            version
            for version in self._control.versions()
            if (kind is None or version.kind == kind)
            and (withdrawn or version.withdrawn is None)
            and self._sees(version)
        ]

    def version(self, version_id: str) -> Version:
        """One version, withdrawn or not.

        Raises
        ------
        DataError
            When there is none of that id.
        """
        self._acts(VIEWER)
        found = self._control.version(version_id)
        if found is None or not self._sees(found):
            raise DataError(NO_VERSION)
        return found

    def table(self, version_id: str, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a version for the engine, text as dictionaries; every byte checked against the hash first.

        Raises
        ------
        DataError
            When there is no such version or column, or its file is missing or damaged.
        """
        return as_table(self._content(version_id, columns), columns)

    def read(self, version_id: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The rows of a version as they were saved, or some of its columns in the order asked for.

        Raises
        ------
        NotAllowedError
            When a viewer asks for the rows of a survey.
        DataError
            As ``table``.
        """
        if self.version(version_id).kind == "survey" and not _TELLS_WAVES.issuperset(columns or ["all of them"]):
            self._acts()
        return as_frame(self._content(version_id, columns), columns)

    def _content(self, version_id: str, columns: Sequence[str] | None) -> bytes:
        """The bytes of a version's file, checked against its hash."""
        version = self.version(version_id)
        if lost := [name for name in columns or [] if name not in version.columns]:
            raise DataError([f"The version '{version.label}' has no column '{name}'." for name in lost])
        content = self._shelf.get(version_id)
        if content is None or hashlib.sha256(content).hexdigest() != version.sha256:
            self.version(version_id)  # deleted while we read is not damage
            raise DataError(broken(version, content))
        return content

    def _sees(self, version: Version) -> bool:
        """Whether a version is there for the person at all."""
        shown = version.status in SHARED and version.withdrawn is None and version.kind != "events"
        return may(self._person, ANALYST) or shown


def broken(version: Version, content: bytes | None) -> str:
    """The sentence on a version whose file is missing, or is not what was saved."""
    what = "is missing" if content is None else "is damaged: it is not what was saved"
    return (
        f"The file of the version '{version.label}' {what}. Put it back from a backup, or delete the version and "
        "upload its file again. Other versions are not touched."
    )
