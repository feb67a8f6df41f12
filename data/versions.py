"""The life of a version: saved once, labelled, shared, withdrawn, kept until a day, deleted for good."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import UTC, date, datetime

import pandas as pd

from data.errors import DataError
from data.parquet import as_parquet
from data.people import Person
from data.shelves import Shelf
from data.store_control import Control
from data.store_records import KINDS, STATUSES, Receipt, Version, as_label, as_source_name
from data.versions_shown import NO_VERSION, SHARED, Shown, broken

__all__ = ["Store", "key_of"]


class Store(Shown):
    """Versions, with saved profiles and the log of what was done. Safe to use from many threads and processes.

    An analyst may do everything. A viewer may see which versions are shared, and have them counted; a viewer never gets
    the rows of a survey, nor anything of an extract of events, for which there are no rules of disclosure. All else
    raises NotAllowedError, whoever asks without a role included.

    Parameters
    ----------
    control
        The rows about versions.
    shelf
        Where the bytes of versions lie.
    person
        Who acts.
    """

    def __init__(self, control: Control, shelf: Shelf, person: Person) -> None:
        super().__init__(control, shelf, person)

    def of(self, person: Person) -> Store:
        """The same store, as another person may use it."""
        return Store(self._control, self._shelf, person)

    def save(
        self,
        frame: pd.DataFrame,
        *,
        kind: str,
        label: str,
        source_name: str,
        content: bytes,
        profile: str,
        rows_in: int,
        rows_rejected: int,
        retain_until: date | None = None,
    ) -> tuple[Version, bool]:
        """Keep the accepted rows of an upload as one version, or find the version they already are.

        Parameters
        ----------
        frame
            The accepted, typed rows; the index is not kept.
        kind
            One of ``KINDS``.
        label, source_name
            The user's name for it, and the name the browser sent: both only ever shown.
        content
            The uploaded bytes, with whatever else chose the rows (the name of a workbook's sheet). With the profile
            they are the key: the same content under the same profile is the same version.
        profile
            The survey profile, TOML text.
        rows_in, rows_rejected
            Rows read and rows refused; with the accepted ones they must add up.
        retain_until
            The last day the version may be kept.

        Returns
        -------
        tuple
            The version, and whether it was made just now.

        Raises
        ------
        DataError
            When it cannot be written; nothing is saved then.
        ValueError
            When the rows do not add up, or a column holds values of several kinds.
        """
        actor = self._acts()
        if kind not in KINDS:
            raise ValueError(f"A version is one of {', '.join(KINDS)}, not {kind}.")
        if rows_in != len(frame) + rows_rejected:
            raise ValueError(f"{rows_in} rows in are not {len(frame)} accepted and {rows_rejected} rejected.")
        key = key_of(content, profile)
        if found := self._control.version_of_key(key):
            return found, False
        parquet = as_parquet(frame)
        version = Version(
            id=secrets.token_hex(16),
            kind=kind,
            label=as_label(label),
            source_name=as_source_name(source_name),
            created=datetime.now(UTC),
            rows_in=rows_in,
            rows_accepted=len(frame),
            rows_rejected=rows_rejected,
            columns=tuple(str(name) for name in frame.columns),
            sha256=hashlib.sha256(parquet).hexdigest(),
            key=key,
            profile=profile,
            retain_until=retain_until,
        )
        self._shelf.check_space(max(len(content), len(parquet)))
        # The write lock is held from the first byte to the row: a file without a row is then debris, never a writer's.
        try:
            with self._control.writing() as rows:
                if found := rows.version_of_key(key):
                    return found, False
                self._shelf.put(version.id, parquet)
                rows.add(version)
                rows.log(actor, "save", version.id, version.rows_accepted)
        except DataError:
            with suppress(DataError, OSError):  # a full disk needs the room back; the next sweep finds what is left
                self.sweep()
            raise
        return version, True

    def rename(self, version_id: str, label: str) -> Version:
        """Give a version another label."""
        return self._change(version_id, "rename", label=as_label(label))

    def withdraw(self, version_id: str) -> Version:
        """Take a version out of use; it stays and can be restored."""
        return self._change(version_id, "withdraw", withdrawn=datetime.now(UTC).isoformat())

    def restore(self, version_id: str) -> Version:
        """Bring a withdrawn version back."""
        return self._change(version_id, "restore", withdrawn=None)

    def retain(self, version_id: str, until: date | None) -> Version:
        """Set the last day a version may be kept; None for no such day."""
        return self._change(version_id, "retain", retain_until=until.isoformat() if until else None)

    def set_status(self, version_id: str, status: str) -> Version:
        """Say who may see a version: a draft analysts alone, a shared or published one viewers too.

        Raises
        ------
        DataError
            When there is none of that id, or it is an extract of events: no rule protects who stands in one.
        """
        if status not in STATUSES:
            raise ValueError(f"A status is one of {', '.join(STATUSES)}, not {status}.")
        self._acts()
        if status in SHARED and self.version(version_id).kind == "events":
            raise DataError("An extract of events stays with analysts: nothing protects yet who stands in one.")
        return self._change(version_id, f"status {status}", status=status)

    def delete(self, version_id: str) -> Receipt:
        """Remove a version for good: its row, its file and any debris, with a receipt that holds no cell of it.

        Raises
        ------
        DataError
            When there is none of that id, or the file cannot be removed; the sentence says which.
        """
        return self._delete(version_id, "delete")

    def expire(self, today: date) -> list[Receipt]:
        """Delete for good every version whose last day is over."""
        self._acts()
        over = [each for each in self._control.versions() if each.retain_until and each.retain_until < today]
        return [self._delete(version.id, "expire") for version in over]

    def _delete(self, version_id: str, action: str) -> Receipt:
        actor = self._acts()
        with self._control.writing() as rows:
            version = rows.version(version_id)
            if version is None:
                raise DataError(NO_VERSION)
            rows.remove(version_id)
            rows.log(actor, action, version_id, version.rows_accepted)
        # The row goes first: a reader then finds no version rather than a broken one.
        try:
            had_file = self._shelf.remove(version_id)
            swept = self.sweep()
        except OSError as error:
            raise DataError(
                f"The version '{version.label}' is no longer listed, but its file could not be removed "
                f"({error.strerror}). Make the folder writable and sweep the store."
            ) from None
        self._control.tidy()
        return Receipt(
            version=version_id,
            label=version.label,
            kind=version.kind,
            rows=version.rows_accepted,
            sha256=version.sha256,
            created=version.created,
            removed=datetime.now(UTC),
            had_file=had_file,
            swept=tuple(swept),
        )

    def sweep(self) -> list[str]:
        """Remove what a crash left: unfinished files, and files of no version. Returns their names."""
        self._acts()
        with self._control.writing() as rows:
            known = {version.id for version in rows.versions()}
            return self._shelf.sweep(known)

    def check(self) -> list[str]:
        """One sentence for each version whose file is missing or damaged, by its hash. Empty means whole."""
        self._acts()
        problems = []
        for version in self._control.versions():
            content = self._shelf.get(version.id)
            if content is None or hashlib.sha256(content).hexdigest() != version.sha256:
                problems.append(broken(version, content))
        return problems

    def _change(self, version_id: str, action: str, **cells: str | None) -> Version:
        actor = self._acts()
        with self._control.writing() as rows:
            if not rows.change(version_id, cells):
                raise DataError(NO_VERSION)
            rows.log(actor, action, version_id, None)
        return self.version(version_id)


def key_of(content: bytes, profile: str) -> str:
    """What tells one upload from another: the same bytes under the same profile have the same key.

    >>> key_of(b"a", "x") == key_of(b"a", "x"), key_of(b"a", "x") == key_of(b"a", "y")
    (True, False)
    """
    return hashlib.sha256(hashlib.sha256(content).digest() + profile.encode()).hexdigest()
