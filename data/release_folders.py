"""Folders of releases, written whole or not at all: beside first, forced to disk, then given their name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from data.release_places import ELSEWHERE, FOLDER, checked_id, revisions
from data.shelves import cannot_write

__all__ = ["can_write", "drop_revision", "put_own", "put_revision"]

_UNFINISHED, _BEFORE = ".unfinished", ".before"
_HISTORY = 200  # revisions of a release that are kept: a correction of a published one makes three
_MOVED = {ELSEWHERE: b"This release lies in the data folder, where it was published.\n"}


def put_revision(home: Path, release_id: str, files: Mapping[str, bytes] | None) -> Path:
    """Keep a new revision in the store, which then holds; the older ones stay. The caller sees that no other writes.

    Parameters
    ----------
    home
        The folder of the store.
    release_id
        Such as ``2023-06``.
    files
        The bytes of every file by its name; None to give way to the data folder.

    Raises
    ------
    DataError
        When it cannot be written. The revision before then holds.
    """
    folder = home / FOLDER / checked_id(release_id)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob(f"*{_UNFINISHED}"):  # what a crash left
            shutil.rmtree(left)
        before = revisions(home, release_id)
        number = int(before[-1].name) + 1 if before else 1
        made = folder / f"{number:06}"
        _write(made.with_name(made.name + _UNFINISHED), _MOVED if files is None else files, 0o700)
        made.with_name(made.name + _UNFINISHED).rename(made)
        _force_to_disk(folder)
    except OSError as error:
        raise cannot_write(error) from None
    for old in before[: 1 - _HISTORY]:
        with suppress(OSError):
            drop_revision(old)
    return made


def drop_revision(revision: Path) -> None:
    """Remove a revision, at once for whoever looks: put just now, so that the one before it holds again, or old."""
    doomed = revision.with_name(revision.name + _UNFINISHED)
    revision.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def put_own(root: Path, release_id: str, files: Mapping[str, bytes]) -> Path:
    """Put a release into the data folder, in place of the one of its id.

    Between two renames there is none of that id in the data folder: the store must hold it meanwhile.

    Raises
    ------
    OSError
        When it cannot be written. What stood there stands there again.
    """
    made = root / FOLDER / checked_id(release_id)
    beside, before = (made.with_name(f".{made.name}{ending}") for ending in (_UNFINISHED, _BEFORE))
    for left in (beside, before):  # what a crash left
        if left.exists():
            shutil.rmtree(left)
    try:
        _write(beside, files, 0o755)
        if made.exists():
            made.rename(before)
        beside.rename(made)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if before.exists() and not made.exists():
            before.rename(made)
        raise
    shutil.rmtree(before, ignore_errors=True)
    _force_to_disk(made.parent)
    return made


def can_write(root: Path) -> bool:
    """Whether releases can be put into the data folder."""
    return os.access(root / FOLDER, os.W_OK)


def _write(folder: Path, files: Mapping[str, bytes], mode: int) -> None:
    folder.mkdir(mode=mode)
    for name, content in files.items():
        with (folder / name).open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    _force_to_disk(folder)


def _force_to_disk(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folder; its rename is already in the journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
