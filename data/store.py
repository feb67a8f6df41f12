"""The store of uploads: one immutable version an upload, never torn and never silently changed.

A small SQLite file says which versions there are; a version's rows are one Parquet file, found by its id and known by
its SHA-256. Where nothing may be kept on disk, the same store holds both in memory. Neither SQLite, nor the log, nor an
error ever holds a cell of an upload.
"""

from __future__ import annotations

import os
from pathlib import Path

from data.errors import DataError
from data.people import Person
from data.shelves import FolderShelf, MemoryShelf
from data.store_control import Control
from data.store_records import Event, Receipt, SavedProfile, Version
from data.versions import Store

__all__ = ["Event", "Receipt", "SavedProfile", "Store", "Version", "file_store", "memory_store", "store_home"]


def store_home() -> Path:
    """The folder that keeps what users save: EXPLORER_HOME, else one in the user's own folder.

    Raises
    ------
    DataError
        When neither can be told.
    """
    if named := os.environ.get("EXPLORER_HOME"):
        return Path(named)
    try:
        return Path.home() / ".performance-explorer"
    except RuntimeError:
        raise DataError("There is no folder of your own to save in. Set EXPLORER_HOME to a folder.") from None


def file_store(folder: Path, person: Person) -> Store:
    """Open the store in a folder of a local disk, making it where there is none, as a person may use it.

    Raises
    ------
    DataError
        When the folder cannot be written to, or its control file is damaged or newer than this explorer.
    """
    shelf = FolderShelf(folder / "versions")
    return Store(Control(folder / "store.sqlite"), shelf, person)


def memory_store(person: Person) -> Store:
    """Make a store that keeps nothing once the object is gone, as a person may use it."""
    return Store(Control(None), MemoryShelf(), person)
