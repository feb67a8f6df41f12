"""What is asked of the folder that keeps what users save: a backup of it, and a backup put back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from commands.arguments import Shared
from data.store import store_home

if TYPE_CHECKING:
    from data.backup import Backup

__all__ = ["add_store_commands"]


def add_store_commands(shared: Shared) -> None:
    """Add ``backup`` and ``restore``."""
    command = shared.commands.add_parser(
        "backup", help="copy all that is saved, while it is in use, and check the copy"
    )
    command.add_argument("--to", metavar="FOLDER", required=True, help="where a new dated folder is made")
    command.add_argument("--keep", metavar="N", type=_count, help="remove the oldest there, so that N are left")
    command.set_defaults(run=backup)
    command = shared.commands.add_parser("restore", help="put a backup in EXPLORER_HOME, with the explorer stopped")
    command.add_argument("backup", metavar="FROM", help="the dated folder of a backup")
    command.add_argument("--replace", action="store_true", help="move a store that stands there aside first")
    command.set_defaults(run=restore)


def backup(asked: argparse.Namespace) -> int:
    """Back up the store of EXPLORER_HOME; the sentence names the folder."""
    from data.backup import back_up, prune

    made = back_up(store_home(), Path(asked.to))
    print(f"Backed up {_held(made)}, {made.size:,} bytes, and checked: {made.folder}")
    for removed in prune(Path(asked.to), asked.keep) if asked.keep else []:
        print(f"Removed: {removed}")
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Restore a backup to EXPLORER_HOME; the sentence names the folder, and where the old store went."""
    from data.backup import restore as put_back

    done = put_back(Path(asked.backup), store_home(), asked.replace)
    print(f"Restored {_held(done)}, {done.size:,} bytes, and checked: {done.folder}")
    if done.aside:
        print(f"What stood there before: {done.aside}")
    return 0


def _held(backup: Backup) -> str:
    versions = f"{backup.versions} {'version' if backup.versions == 1 else 'versions'}"
    kept = f" and {backup.releases} kept {'release' if backup.releases == 1 else 'releases'}"
    return f"{versions}{kept if backup.releases else ''}"


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text}, expected a whole number from 1")
    return int(text)
