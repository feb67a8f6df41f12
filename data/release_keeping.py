"""From a draft to a published release and back: kept, shared, published, withdrawn, corrected, and always told.

What is kept is never changed in place, so nobody meets half of it, and the revision before stays. On a computer of
one's own a release is published into the data folder; where people share an explorer, or the data folder cannot be
written to, it stays in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from data.errors import DataError
from data.people import ANALYST, Person, require
from data.release_corrections import corrections_stay
from data.release_files import content_stamp, held_against, release_files
from data.release_folders import drop_revision
from data.release_info import INFO_FILE, read_info
from data.release_list import Kept, described
from data.release_moves import Put, correction_files, move, put_draft, refuse_published, settle, told_state
from data.release_places import Place, places, refuse_other_force
from data.release_revisions import Revision, earlier_files, revisions_of
from data.release_trail import LONGEST_REASON, NOT_NOW, last_change, reason_of
from data.releases import files_of, load_release
from data.states import DRAFT, PUBLISHED, SHARED
from data.store import file_store
from data.store_control import Control
from data.store_records import as_label, as_note

__all__ = ["LONGEST_REASON", "Keeper", "Kept", "Unsettled", "keeper"]

Frames = Mapping[str, pd.DataFrame]
# Of the release before, if there is one, and of the one to be published: frames, and the day their data go to.
Unsettled = Callable[[tuple[Frames, date] | None, tuple[Frames, date]], Sequence[str]]


class Keeper:
    """Releases, as an analyst keeps them. Whoever is none may do nothing; every change is written to the log.

    Parameters
    ----------
    control
        The store's control file: its lock is held while a release is written.
    home, root
        The folder of the store, and the data folder.
    person
        Who acts.
    hosted
        Whether people share this explorer: the data folder is then left as it is.
    """

    def __init__(self, control: Control, home: Path, root: Path, person: Person, hosted: bool = False) -> None:
        self._control = control
        self._home = home
        self._root = root
        self._person = person
        self._hosted = hosted

    def releases(self) -> list[Kept]:
        """Every release there is, oldest first, drafts too."""
        require(self._person, ANALYST)
        return [described(place, self._root, self._home) for place in places(self._root, self._home).values()]

    def save(self, release_id: str, info: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> Kept:
        """Keep a draft, in place of the draft or shared release of its id; corrections of the same prints stay.

        Parameters
        ----------
        release_id
            The year and month its data go to, such as ``2023-06``.
        info
            What ``release.toml`` says, without the state.
        frames
            Every table as text, by the name of its file; optional ones may be left out.

        Raises
        ------
        NotAllowedError
            When the person is no analyst.
        DataError
            With every sentence of the contract; when the id is another month than the data go to; when the force is
            another than the data folder's; when a release of that id is published; or when corrections of it cannot
            be read. Nothing is kept then.
        """
        require(self._person, ANALYST)
        with self._writing("save", release_id) as put:
            refuse_published(self._root, self._home, release_id, "save the draft")
            frames = corrections_stay(frames, self._root, release_id, self._home)
            files = release_files(release_id, {**info, "state": DRAFT}, frames)
            refuse_other_force(self._root, self._home, release_id, info["force"])
            put_draft(self._root, self._home, release_id, files, put)
        return replace(self._kept(release_id), stamp=content_stamp(files))

    def revisions(self, release_id: str) -> list[Revision]:
        """Every whole revision that the store holds of a release, oldest first."""
        require(self._person, ANALYST)
        return revisions_of(self._root, self._home, release_id)

    def bring_back(self, release_id: str, number: int) -> Kept:
        """Keep what an earlier revision said as the newest one, a draft; corrections of the same prints stay.

        Raises
        ------
        DataError
            As ``data.release_revisions.earlier_files``, or when a release of that id is published; nothing is done.
        """
        require(self._person, ANALYST)
        with self._writing("bring-back", release_id, f"revision {number}") as put:
            files = earlier_files(self._root, self._home, release_id, number)
            refuse_published(self._root, self._home, release_id, "bring the revision back")
            put_draft(self._root, self._home, release_id, files, put)
        return replace(self._kept(release_id), stamp=content_stamp(files))

    def stamp(self, release_id: str) -> str:
        """What tells whether a release still says what it said; "" where there is none."""
        require(self._person, ANALYST)
        known = places(self._root, self._home)
        return content_stamp(files_of(self._root, release_id, self._home)) if release_id in known else ""

    def last_change(self, release_id: str) -> str:
        """Who changed a release last, and when, as a sentence without its full stop."""
        require(self._person, ANALYST)
        return last_change(self._control.events(), release_id)

    def share(self, release_id: str) -> Kept:
        """Let all who sign in see a draft, marked as not yet published.

        Raises
        ------
        NotAllowedError
            When the person is no analyst.
        DataError
            When there is no such draft.
        """
        with self._moving("share", release_id, {DRAFT}) as (place, put):
            self._move(release_id, told_state(place, SHARED), put)
        return self._kept(release_id)

    def publish(self, release_id: str, unsettled: Unsettled, stamp: str = "") -> Kept:
        """Publish a draft or shared release; links to the draft end.

        Parameters
        ----------
        release_id
            Such as ``2023-06``.
        unsettled
            Gives a sentence for every serious finding that is neither mended nor confirmed, from frames and data-to
            date of the published release before (None for the first) and of this one.
        stamp
            Of what was looked at, as ``save`` gave it: nothing else is published. "" for whatever is there.

        Raises
        ------
        NotAllowedError
            When the person is no analyst.
        DataError
            When there is no such release, it is published already, something is unsettled, or it was changed since
            it was looked at or while that was found out. Nothing is changed then.
        """
        require(self._person, ANALYST)
        looked_at = self._place(release_id).stamp()
        if stamp and self.stamp(release_id) != stamp:
            raise DataError(
                f"The release {release_id} was not published: it is no longer what you looked at. "
                f"{self.last_change(release_id)}. Look at it again, or save yours anew."
            )
        now = load_release(self._root, release_id, self._home)
        before = held_against(self._root, release_id, self._home)
        older = (before.frames(), before.info.data_to) if before else None
        found = list(unsettled(older, (now.frames(), now.info.data_to)))
        if found:
            serious = "One serious finding is" if len(found) == 1 else f"{len(found)} serious findings are"
            raise DataError(
                [
                    f"The release {release_id} was not published. {serious} neither mended nor confirmed"
                    f"{f', held against the release {before.id}' if before else ''}. Mend it in the workbook and save "
                    "again, or confirm it with a reason.",
                    *found,
                ]
            )
        with self._moving("publish", release_id, {DRAFT, SHARED}) as (place, put):
            if place.stamp() != looked_at:
                raise DataError(f"The release {release_id} was changed by somebody just now. Look at it again first.")
            self._move(release_id, told_state(place, PUBLISHED), put, publishing=True)
        return self._kept(release_id)

    def withdraw(self, release_id: str, reason: str) -> Kept:
        """Make a shared or published release a draft again, for analysts alone; the reason stays in the log.

        Raises
        ------
        NotAllowedError
            When the person is no analyst.
        DataError
            When there is no such release, or no reason.
        """
        why = reason_of(reason, "Say why the release is withdrawn")
        with self._moving("withdraw", release_id, {SHARED, PUBLISHED}, why) as (place, put):
            self._move(release_id, told_state(place, DRAFT), put)
        return self._kept(release_id)

    def correct(
        self, release_id: str, number: str, corrected: str, why: str, who: str = "", today: date | None = None
    ) -> Kept:
        """Correct a printed number of a shared or published release. The printed one stays, and stays in sight.

        Parameters
        ----------
        release_id
            Such as ``2023-03``.
        number
            The id of a figure, a derived number or a statement.
        corrected
            What it should have read, as it would be printed.
        why
            The reason, which stands beside the number.
        who
            Who says so, for all to read; the person's role unless given. The name stands in the log alone.
        today
            The day of the correction.

        Raises
        ------
        NotAllowedError
            When the person is no analyst.
        DataError
            When there is no such number, nothing to correct, or no reason.
        """
        reason = reason_of(why, "Say why the number is corrected")
        with self._moving("correct", release_id, {SHARED, PUBLISHED}, f"{number}: {reason}") as (_, put):
            day, by = today or datetime.now(UTC).date(), as_label(who or self._person.in_print)
            told = {"corrected": as_note(corrected), "date": f"{day:%Y-%m-%d}", "who": by, "why": reason}
            self._move(release_id, correction_files(self._root, self._home, release_id, number, told), put)
        return self._kept(release_id)

    @contextmanager
    def _writing(self, action: str, release_id: str, note: str = "") -> Iterator[Put]:
        """The lock of the store with a line in the log, and the revisions put meanwhile: undone when it fails."""
        put = Put()
        try:
            with self._control.writing() as rows:
                rows.log(as_label(self._person.in_log), f"{action} release {release_id}", None, None, note)
                yield put
        except BaseException:
            for revision in reversed(put.revisions):
                with suppress(OSError):
                    drop_revision(revision)
            raise
        if put.for_data_folder:  # only now that the log tells of it; else the same release holds from the store
            with suppress(DataError), self._control.writing():
                settle(self._root, self._home, release_id, put.revisions[-1])

    @contextmanager
    def _moving(self, action: str, release_id: str, states: set[str], note: str = "") -> Iterator[tuple[Place, Put]]:
        """The same for a release that is there and has come as far as it must have."""
        require(self._person, ANALYST)
        with self._writing(action, release_id, note) as put:
            place = self._place(release_id)
            state = read_info(place.file(INFO_FILE)).state
            if state not in states:
                raise DataError(NOT_NOW[action].format(release_id=release_id, state=state))
            yield place, put

    def _move(self, release_id: str, changes: dict[str, bytes], put: Put, publishing: bool = False) -> None:
        move(self._root, self._home, self._place(release_id), changes, put, publishing, self._hosted)

    def _place(self, release_id: str) -> Place:
        known = places(self._root, self._home)
        if release_id not in known:
            raise DataError(f"There is no release {release_id}. Releases here: {', '.join(known) or 'none'}.")
        return known[release_id]

    def _kept(self, release_id: str) -> Kept:
        return described(self._place(release_id), self._root, self._home)


def keeper(root: Path, home: Path, person: Person, hosted: bool = False) -> Keeper:
    """Keep releases in the store of a folder, which is made where there is none.

    Raises
    ------
    DataError
        As ``data.store.file_store``.
    """
    return Keeper(file_store(home, person).control, home, root, person, hosted)
