"""What is asked of the folder that keeps what users save: a backup, a backup put back, notes of those who left."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from commands.arguments import Shared
from data.allow_list import read_allow_list
from data.errors import DataError
from data.people import LOCAL
from data.sign_in import VARIABLE, sign_in_settings
from data.store import file_store, store_home

if TYPE_CHECKING:
    from data.backup import Backup

__all__ = ["add_store_commands"]


def add_store_commands(shared: Shared) -> None:
    """Add ``backup``, ``restore`` and ``notes``."""
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
    command = shared.commands.add_parser(
        "notes",
        help="who keeps notes on briefings without being on the list of people any more, and --delete",
        description="Notes on a briefing are kept for each person who signs in. This says whose are kept though the "
        "person is no longer on the list, and how many; with --delete it deletes them for good and writes so in the "
        "trail. It never shows what a note says. Backups made before hold them until they are removed.",
    )
    command.add_argument(
        "--list", metavar="FILE", help=f"the list of people, instead of the one that the settings of {VARIABLE} name"
    )
    command.add_argument("--person", metavar="ID", help="one person, on the list or not, by the id that stands in ()")
    command.add_argument(
        "--delete", action="store_true", help="delete them for good; only said who and how many unless"
    )
    command.set_defaults(run=notes)


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


def notes(asked: argparse.Namespace) -> int:
    """Say whose notes are kept though they left, or whose of one person; delete them where asked."""
    from data.notes_left import LEFT, LISTED, delete_notes_of, notes_held

    if not (store_home() / "store.sqlite").exists():
        raise DataError(
            f"There is no store in {store_home()}. Set EXPLORER_HOME to the folder of the explorer's store."
        )
    store = file_store(store_home(), LOCAL)
    file = _list_of(asked)
    people = read_allow_list(file)
    if asked.delete and not people and not asked.person:
        raise DataError(
            f"Nobody is on the list of people {file}, so everybody would have left. Name a list of those who may enter "
            "with --list, or one person with --person."
        )
    everybody = notes_held(store, LOCAL, people)
    chosen = [held for held in everybody if held.standing != LISTED]
    if asked.person:
        chosen = [held for held in everybody if held.subject == asked.person]
        if not chosen:
            raise DataError(f"Nobody with the id {asked.person} has notes. Leave --person out to see who has.")
    for held in chosen:
        words = f"{held.name}: {_counted(held.notes, 'note')} on {_counted(held.reports, 'report')}, "
        print(f"{words}the latest of {held.last:%Y-%m-%d}; {held.standing}.")
    if not chosen:
        print("Nobody has notes who is not on the list.")
    for held in chosen if asked.delete else []:
        if asked.person or held.standing == LEFT:
            print(f"Deleted: {_counted(delete_notes_of(store, LOCAL, held), 'note')} of {held.name}.")
        else:
            print(f"Kept: notes of {held.name}. To delete them all the same, add --person {held.subject}")
    return 0


def _list_of(asked: argparse.Namespace) -> Path:
    """The file of the people who may enter."""
    if asked.list:
        return Path(asked.list)
    settings = sign_in_settings()
    if settings is None:
        raise DataError(
            f"Notes are kept only where people sign in. Set {VARIABLE} to the settings of that explorer, or name its "
            "list of people with --list."
        )
    return settings.allow_list


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _held(backup: Backup) -> str:
    versions = f"{backup.versions} {'version' if backup.versions == 1 else 'versions'}"
    kept = f" and {backup.releases} kept {'release' if backup.releases == 1 else 'releases'}"
    return f"{versions}{kept if backup.releases else ''}"


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text}, expected a whole number from 1")
    return int(text)
