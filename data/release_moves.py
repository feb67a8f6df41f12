"""A release with some of its files changed, put to where it lives: the data folder, or the store."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from data.errors import DataError
from data.release_folders import can_write, put_own, put_revision
from data.release_info import INFO_FILE
from data.release_places import Place
from data.releases import CORRECTIONS, files_of

__all__ = ["move"]


def move(
    root: Path, home: Path, place: Place, changes: Mapping[str, bytes], put: list[Path], publishing: bool, hosted: bool
) -> None:
    """Put a release with some files changed to where it lives, or into the data folder when it is published there.

    Parameters
    ----------
    root, home
        The data folder, and the folder of the store.
    place
        Where the release lies.
    changes
        The files that change, by name.
    put
        Revisions that are put meanwhile are added to it, so that the caller can undo them.
    publishing
        Whether it goes into the data folder where that can be written to.
    hosted
        Whether the data folder is left as it is.

    Raises
    ------
    DataError
        When neither can be written to.
    """
    files = files_of(root, place.id, home)
    in_data_folder = place.own is not None and (place.kept is None or place.is_over)
    if not hosted and can_write(root) and (publishing or in_data_folder):
        _into_data_folder(root, home, place, {**files, **changes}, put)
    elif in_data_folder:
        over = {name: files[name] for name in (INFO_FILE, CORRECTIONS)}
        put.append(put_revision(home, place.id, {**over, **changes}))
    else:
        put.append(put_revision(home, place.id, {**files, **changes}))


def _into_data_folder(root: Path, home: Path, place: Place, files: Mapping[str, bytes], put: list[Path]) -> None:
    """The store holds the release until the data folder does, and keeps what stood in the data folder before."""
    if place.own:
        put.append(put_revision(home, place.id, files_of(root, place.id)))
    put.append(put_revision(home, place.id, files))
    try:
        put_own(root, place.id, files)
    except OSError:
        return
    with suppress(DataError):  # without it the same release holds, from the store
        put.append(put_revision(home, place.id, None))
