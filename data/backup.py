"""Backups of the store: taken while it is in use, checked before they are called done, restored beside or in its place.

A backup is a folder: ``store.sqlite`` as it was at one moment, the files of the versions it names, the kept releases,
the salt, and ``SHA256SUMS``, which ``sha256sum -c`` reads too. It is as confidential as the store itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.errors import DataError
from data.in_use import alone, using
from data.people import LOCAL
from data.release_info import INFO_FILE
from data.release_places import FOLDER, is_release_id, revisions
from data.store import file_store

__all__ = ["Backup", "back_up", "prune", "restore"]

_CONTROL, _VERSIONS, _SALT, _SUMS = "store.sqlite", "versions", "salt", "SHA256SUMS"
_OURS = re.compile(
    r"store\.sqlite|salt|versions/[0-9a-f]{32}\.parquet|releases/[0-9]{4}-[0-9]{2}/[0-9]{6}/[a-z_]+\.(csv|toml|txt)"
)
_UNFINISHED = ".unfinished"
_NAME = re.compile(r"explorer-\d{8}-\d{6}(-\d+)?")
_TRIES = 5  # a version deleted while it is copied asks for another look at the list


@dataclass(frozen=True)
class Backup:
    """What was backed up or restored.

    Attributes
    ----------
    folder
        Where it now lies.
    versions
        How many versions it holds.
    releases
        How many releases it holds, whatever their state.
    size
        Bytes of all its files.
    aside
        Where the store lies that stood in its place, if one did.
    """

    folder: Path
    versions: int
    releases: int
    size: int
    aside: Path | None = None


def back_up(home: Path, to: Path) -> Backup:
    """Copy the store of a folder into a new, dated folder inside another, and check the copy.

    The store may be read and written meanwhile: what was saved before this began is in the backup, what is deleted
    before it ends is not. Sessions of signed-in visitors are left out, for one that has been ended must not come back.

    Raises
    ------
    DataError
        When there is no store, the place cannot be written to, or a version's file is missing or damaged. No backup
        is left then.
    """
    if not (home / _CONTROL).is_file():
        raise DataError(f"There is no store in {home}, so nothing to back up. EXPLORER_HOME names its folder.")
    unfinished = None
    try:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = _free(to / f"explorer-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        unfinished = done.with_name(done.name + _UNFINISHED)
        _new_folder(unfinished / _VERSIONS)
        with using(home):
            _copy_store(home, unfinished)
            _copy_releases(home, unfinished)
            if (home / _SALT).is_file():
                _copy(home / _SALT, unfinished / _SALT)
        _check_versions(unfinished, "The backup was not made")
        _write_sums(unfinished)
        unfinished.rename(done)
        return _described(done)
    except OSError as error:
        raise DataError(f"The backup was not made: {to} cannot be written to ({error.strerror or error}).") from None
    finally:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)


def restore(backup: Path, home: Path, replace: bool = False) -> Backup:
    """Put a backup in a folder as its store, once every byte of it has been checked.

    ``replace`` moves a store that stands there into a folder beside it.

    Raises
    ------
    DataError
        When the backup is none or damaged, an explorer uses the store, or a store stands there already. Nothing is
        changed then.
    """
    names = _check_sums(backup)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"Nothing was restored: {home} cannot be written to ({error.strerror or error}).") from None
    with alone(home):
        return _put_back(backup, names, home, replace)


def _put_back(backup: Path, names: list[str], home: Path, replace: bool) -> Backup:
    """Put the checked files of a backup in a folder that nobody uses meanwhile."""
    there = [home / name for name in (_CONTROL, f"{_CONTROL}-wal", f"{_CONTROL}-shm", _VERSIONS, FOLDER, _SALT)]
    there = [path for path in there if path.exists()]
    if (home / _CONTROL).exists() and not replace:
        raise DataError(
            f"There is a store in {home} already. Stop the explorer and use --replace, which moves that store aside, "
            "or set EXPLORER_HOME to another folder."
        )
    incoming = home / f"restoring{_UNFINISHED}"
    aside = _free(home / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}") if there else None
    try:
        shutil.rmtree(incoming, ignore_errors=True)
        _new_folder(incoming / _VERSIONS)
        for name in names:
            (incoming / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(backup / name, incoming / name)
        _check_versions(incoming, "Nothing was restored")
        if aside:
            _new_folder(aside)
            for path in there:
                path.rename(aside / path.name)
        for path in sorted(incoming.iterdir()):
            path.rename(home / path.name)
        return _described(home, aside)
    except OSError as error:
        raise DataError(f"The restore did not end: {error.strerror or error} ({error.filename or home}).") from None
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest finished backups of a folder, so that ``keep`` are left; which were removed."""
    found = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and (path / _SUMS).is_file())
    removed = found[: max(0, len(found) - keep)]
    for path in removed:
        shutil.rmtree(path)
    return removed


def _copy_store(home: Path, copy: Path) -> None:
    """The control file at one moment and the files of all its versions, none of which was deleted since."""
    store = file_store(home, LOCAL)
    for _ in range(_TRIES):
        (copy / _CONTROL).unlink(missing_ok=True)
        _copy_control(home / _CONTROL, copy / _CONTROL)
        named = {version.id for version in file_store(copy, LOCAL).versions(withdrawn=True)}
        held = {path.stem for path in (copy / _VERSIONS).iterdir()}
        for version_id in named - held:
            with suppress(FileNotFoundError):
                name = f"{version_id}.parquet"
                _copy(home / _VERSIONS / name, copy / _VERSIONS / name)
        for version_id in held - named:
            (copy / _VERSIONS / f"{version_id}.parquet").unlink()
        if named <= {version.id for version in store.versions(withdrawn=True)}:
            return
    raise DataError("The backup was not made: versions were deleted all the while. Try again in a moment.")


def _copy_releases(home: Path, copy: Path) -> None:
    """Every revision of every kept release: they never change, so none is met half written; old ones may go."""
    for folder in sorted((home / FOLDER).glob("*")):
        for revision in revisions(home, folder.name) if folder.is_dir() and is_release_id(folder.name) else []:
            made = copy / FOLDER / folder.name / revision.name
            try:
                made.mkdir(mode=0o700, parents=True)
                for file in sorted(revision.iterdir()):
                    _copy(file, made / file.name)
            except FileNotFoundError:
                if revision.exists():
                    raise
                shutil.rmtree(made, ignore_errors=True)


def _copy_control(control: Path, copy: Path) -> None:
    """The control file as it is at this moment, without who is signed in."""
    try:
        with closing(sqlite3.connect(control, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", [str(copy)])
        copy.chmod(0o600)
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").fetchone():
                connection.execute("DELETE FROM sessions")
            problem = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        problem = error
    if str(problem) != "ok":
        raise DataError(f"The backup was not made: the control file could not be copied whole ({problem}).")


def _check_versions(folder: Path, outcome: str) -> None:
    if problems := file_store(folder, LOCAL).check():
        raise DataError([f"{outcome}: a version is not whole.", *problems])


def _check_sums(backup: Path) -> list[str]:
    """The files of a backup; refused where they are not those that were written."""
    try:
        lines = (backup / _SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise DataError(
            f"There is no backup in {backup}: it has no {_SUMS}. Name the dated folder, such as "
            "explorer-20260401-020000."
        ) from None
    told = {name: summed for summed, _, name in (line.partition("  ") for line in lines)}
    wrong = [name for name, summed in told.items() if not _OURS.fullmatch(name) or _sum(backup / name) != summed]
    if wrong or _CONTROL not in told:
        raise DataError(
            f"Nothing was restored: the backup {backup.name} is damaged ({', '.join(wrong) or _SUMS}). Use an earlier "
            "one."
        )
    return list(told)


def _write_sums(folder: Path) -> None:
    lines = [f"{_sum(folder / name)}  {name}\n" for name in _files(folder)]
    (folder / _SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    (folder / _SUMS).chmod(0o600)


def _sum(file: Path) -> str:
    """The SHA-256 of a file; "" where there is none."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path) -> None:
    """Copy for the owner's eyes only, forced to disk."""
    with source.open("rb") as read, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600),
                                              "wb") as written:  # fmt: skip
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends


def _new_folder(folder: Path) -> None:
    """A folder and the one above it, for their owner's eyes only."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)


def _free(folder: Path) -> Path:
    """A name that nothing has: two backups may be asked for within a second."""
    names = [folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 100))]
    return next(name for name in names if not name.exists() and not name.with_name(name.name + _UNFINISHED).exists())


def _described(folder: Path, aside: Path | None = None) -> Backup:
    versions = list((folder / _VERSIONS).iterdir())
    files = [folder / _CONTROL, *versions, *(path for path in (folder / FOLDER).rglob("*") if path.is_file())]
    kept = {path.parent.parent.name for path in files if path.name == INFO_FILE}
    return Backup(folder, len(versions), len(kept), sum(path.stat().st_size for path in files), aside)
