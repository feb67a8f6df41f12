"""Where the bytes of versions lie: a folder of a local disk, or memory. They are put once and never changed."""

from __future__ import annotations

import errno
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from data.errors import DataError

__all__ = ["SPACE_FACTOR", "FolderShelf", "MemoryShelf", "Shelf", "cannot_write", "for_owner"]

SPACE_FACTOR = 3  # free space asked for, as a multiple of the larger of upload and stored file
_ENDING = ".parquet"
_UNFINISHED = ".tmp"
_OURS = re.compile(r"[0-9a-f]{32}\.(parquet|tmp)")
_FULL = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}
_MEGABYTE = 1_000_000


class Shelf(Protocol):
    """Bytes by version id."""

    def check_space(self, size: int) -> None:
        """Refuse before anything is written when ``size`` bytes have too little room."""

    def put(self, version_id: str, content: bytes) -> None:
        """Keep the bytes: whole once this returns, and not at all when it raises."""

    def get(self, version_id: str) -> bytes | None:
        """The bytes, or None when there are none."""

    def remove(self, version_id: str) -> bool:
        """Remove the bytes; whether there were any."""

    def sweep(self, known: set[str]) -> list[str]:
        """Remove what belongs to no known version; the names of what was removed."""


class MemoryShelf:
    """Bytes that are gone with this object."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def check_space(self, size: int) -> None:
        """Memory is given by the system or not at all."""

    def put(self, version_id: str, content: bytes) -> None:
        """Hold the bytes."""
        self._held[version_id] = content

    def get(self, version_id: str) -> bytes | None:
        """The bytes, or None."""
        return self._held.get(version_id)

    def remove(self, version_id: str) -> bool:
        """Let go of the bytes; whether there were any."""
        return self._held.pop(version_id, None) is not None

    def sweep(self, known: set[str]) -> list[str]:
        """Let go of what belongs to no known version."""
        return sorted(f"{each}{_ENDING}" for each in set(self._held) - known if self.remove(each))


class FolderShelf:
    """One file a version in a folder, made with the one above it if need be; both for their owner's eyes only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise cannot_write(error) from None
        for_owner(folder.parent, 0o700)
        for_owner(folder, 0o700)

    def check_space(self, size: int) -> None:
        """Refuse when less than ``SPACE_FACTOR`` times ``size`` bytes are free.

        Raises
        ------
        DataError
            Saying how much is free and how much is needed.
        """
        free, needed = shutil.disk_usage(self._folder).free, SPACE_FACTOR * size
        if free < needed:
            raise DataError(
                f"Nothing was saved: the disk has {free / _MEGABYTE:,.1f} MB free and {needed / _MEGABYTE:,.1f} MB are "
                "needed. Free some space, or delete versions that are no longer needed."
            )

    def put(self, version_id: str, content: bytes) -> None:
        """Write beside, force to disk, rename, force the folder to disk: a name never stands for half a file.

        Raises
        ------
        DataError
            When it cannot be written; what was begun is removed.
        """
        unfinished = self._folder / f"{version_id}{_UNFINISHED}"
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(self._file(version_id))
            self._force_folder()
        except OSError as error:
            for path in (unfinished, self._file(version_id)):
                path.unlink(missing_ok=True)
            raise cannot_write(error) from None

    def get(self, version_id: str) -> bytes | None:
        """The bytes, or None where there is no file.

        Raises
        ------
        DataError
            When the file is there but cannot be read.
        """
        try:
            return self._file(version_id).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(f"A saved file cannot be read ({error.strerror}). Check the disk it lies on.") from None

    def remove(self, version_id: str) -> bool:
        """Remove the file; whether there was one."""
        try:
            self._file(version_id).unlink()
        except FileNotFoundError:
            return False
        self._force_folder()
        return True

    def sweep(self, known: set[str]) -> list[str]:
        """Remove unfinished files, and files of no known version. Files that are not ours are left alone."""
        swept = []
        for path in sorted(self._folder.iterdir()):
            if _OURS.fullmatch(path.name) and (path.suffix == _UNFINISHED or path.stem not in known):
                path.unlink(missing_ok=True)
                swept.append(path.name)
        return swept

    def _file(self, version_id: str) -> Path:
        return self._folder / f"{version_id}{_ENDING}"

    def _force_folder(self) -> None:
        if os.name == "nt":  # Windows opens no folder; its rename is already in the journal
            return
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def for_owner(path: Path, mode: int) -> None:
    """Shut everybody but its owner out of what is there already, where it is ours to say who may come in."""
    with suppress(OSError):
        if os.name != "nt" and path.stat().st_mode & 0o077:  # Windows has no such permissions
            path.chmod(mode)


def cannot_write(error: OSError) -> DataError:
    """Why nothing was saved, in a sentence, and what to do. Names no path: a hosted visitor may read it."""
    if error.errno in _FULL:
        return DataError(
            "Nothing was saved: the disk is full. Free some space, or delete versions that are no longer needed."
        )
    return DataError(
        f"The explorer's folder cannot be written to ({error.strerror or error}), so nothing was changed. Make it "
        "writable, or set EXPLORER_HOME to a folder that is."
    )
