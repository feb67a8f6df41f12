"""A release put to where it lives, the data folder or the store: whole as a draft, or with some files changed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from data.corrected import corrected_number
from data.errors import DataError
from data.release_corrections import correction_line
from data.release_files import check_files, with_state
from data.release_folders import can_write, put_own, put_revision
from data.release_info import INFO_FILE, read_info
from data.release_places import Place, places
from data.releases import CORRECTIONS, files_of, load_release, release_states
from data.states import PUBLISHED

__all__ = ["Put", "correction_files", "move", "put_draft", "refuse_published", "settle", "told_state"]


@dataclass
class Put:
    """Revisions put while the lock is held, undone when it fails; and whether the last is for the data folder."""

    revisions: list[Path] = field(default_factory=list)
    for_data_folder: bool = False


def move(
    root: Path, home: Path, place: Place, changes: Mapping[str, bytes], put: Put, publishing: bool, hosted: bool
) -> None:
    """Put a release with some files changed into the store; ``settle`` puts it into the data folder if it goes there.

    Parameters
    ----------
    root, home
        The data folder, and the folder of the store.
    place
        Where the release lies.
    changes
        The files that change, by name.
    put
        What is put meanwhile is added to it, so that the caller can undo it.
    publishing
        Whether it goes into the data folder where that can be written to.
    hosted
        Whether the data folder is left as it is.

    Raises
    ------
    DataError
        When the store cannot be written to.
    """
    files = files_of(root, place.id, home)
    in_data_folder = _in_data_folder(place)
    if not hosted and can_write(root) and (publishing or in_data_folder):
        if place.own:  # what stands in the data folder is kept too
            put.revisions.append(put_revision(home, place.id, files_of(root, place.id)))
        put.revisions.append(put_revision(home, place.id, {**files, **changes}))
        put.for_data_folder = True
    elif in_data_folder:
        over = {name: files[name] for name in (INFO_FILE, CORRECTIONS)}
        put.revisions.append(put_revision(home, place.id, {**over, **changes}))
    else:
        put.revisions.append(put_revision(home, place.id, {**files, **changes}))


def put_draft(root: Path, home: Path, release_id: str, files: Mapping[str, bytes], put: Put) -> None:
    """Put a whole draft into the store, after what stands in the data folder, so that the store can bring that back.

    Parameters
    ----------
    root, home, release_id
        Where the release lies, if there is one, and which it is.
    files
        The files of the draft.
    put
        What is put meanwhile is added to it, so that the caller can undo it.

    Raises
    ------
    DataError
        When what stands cannot be read, or the store cannot be written to.
    """
    place = places(root, home).get(release_id)
    if place and _in_data_folder(place):
        put.revisions.append(put_revision(home, release_id, files_of(root, release_id, home)))
    put.revisions.append(put_revision(home, release_id, files))


def _in_data_folder(place: Place) -> bool:
    """Whether a release lies there, with or without what the store puts over it."""
    return place.own is not None and (place.kept is None or place.is_over)


def refuse_published(root: Path, home: Path, release_id: str, then: str) -> None:
    """Refuse to write over a published release, whatever else of it cannot be read.

    Raises
    ------
    DataError
        When it is published; ``then`` says what to do once it is withdrawn.
    """
    if release_id in places(root, home) and release_states(root, home)[release_id] == PUBLISHED:
        raise DataError(f"The release {release_id} is published. Withdraw it first, with a reason, then {then}.")


def told_state(place: Place, state: str) -> dict[str, bytes]:
    """The facts of a release with another state."""
    file = place.file(INFO_FILE)
    return {INFO_FILE: with_state(file.read_bytes(), read_info(file), state)}


def correction_files(root: Path, home: Path, release_id: str, number: str, told: Mapping[str, str]) -> dict[str, bytes]:
    """The file that a correction changes, once the release keeps to its contract with it.

    Parameters
    ----------
    root, home, release_id
        Where the release lies, and which it is.
    number
        The id of the number.
    told
        What else its row says: ``corrected, date, who, why``.

    Raises
    ------
    DataError
        When there is no such number, or nothing to correct.
    """
    named, printed, reads = corrected_number(load_release(root, release_id, home), number, told["corrected"])
    files, line = files_of(root, release_id, home), {**told, "id": named, "printed": printed, "corrected": reads}
    changed = {CORRECTIONS: correction_line(files[CORRECTIONS], line)}
    check_files({**files, **changed})
    return changed


def settle(root: Path, home: Path, release_id: str, revision: Path) -> None:
    """Put a revision into the data folder and let the store give way, once the log tells of it and the lock is held.

    Without it, or where the data folder cannot be written to, the same release holds from the store. A revision that
    no longer holds, because somebody was quicker, is left as it is.
    """
    place = places(root, home).get(release_id)
    if place is None or place.kept != revision:
        return
    with suppress(OSError, DataError):
        put_own(root, release_id, files_of(root, release_id, home))
        put_revision(home, release_id, None)
