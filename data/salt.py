"""The secret with which a store hashes respondents' numbers: made once, kept beside the versions, never shown."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from data.errors import DataError
from data.shelves import cannot_write

__all__ = ["new_salt", "store_salt"]

_BYTES = 32


def new_salt() -> bytes:
    """Make a random secret.

    Examples
    --------
    >>> len(new_salt()), new_salt() == new_salt()
    (32, False)
    """
    return secrets.token_bytes(_BYTES)


def store_salt(folder: Path) -> bytes:
    """The secret of a store's folder, made where there is none: the same for every process, for its owner's eyes only.

    With the same secret a respondent who answers twice gets the same number twice; without it nobody can work out whose
    number it is.

    Raises
    ------
    DataError
        When it cannot be kept, or the file is damaged.
    """
    file = folder / "salt"
    try:
        if not file.exists():
            _make(file)
        salt = file.read_bytes()
    except OSError as error:
        raise cannot_write(error) from None
    if len(salt) != _BYTES:
        raise DataError(
            "The file salt in the explorer's folder is damaged. Put it back from a backup, or remove it: respondents "
            "of later uploads then get other numbers than those of earlier ones."
        )
    return salt


def _make(file: Path) -> None:
    """Write beside and link: of two processes one wins, and both then read a whole file."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_name(f"salt-{secrets.token_hex(8)}.tmp")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(new_salt())
            written.flush()
            os.fsync(written.fileno())
        os.link(unfinished, file)
    except FileExistsError:
        return
    finally:
        unfinished.unlink(missing_ok=True)
