"""What is asked of kept releases: a draft saved, shared, published, withdrawn; a printed number corrected; the list."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import pandas as pd

from commands.arguments import Shared
from commands.output import write
from data.people import LOCAL
from data.release_keeping import Keeper, Kept, keeper
from data.release_places import checked_id
from data.releases import data_root
from data.sign_in import VARIABLE
from data.states import state_words
from data.store import store_home

__all__ = ["add_keeping_commands"]

_LISTED = ["id", "state", "title", "published", "data_to", "where", "revisions", "corrections"]


def add_keeping_commands(family: Any, shared: Shared) -> None:
    """Add ``list``, ``save``, ``share``, ``publish``, ``withdraw`` and ``correct`` to the commands of ``release``."""
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--data", metavar="DIR", help="the data folder, instead of EXPLORER_DATA or the bundled one")
    named = argparse.ArgumentParser(add_help=False, parents=[where])
    named.add_argument("id", metavar="ID", help="the year and month its data go to, such as 2023-06")
    command = family.add_parser("list", parents=[where, shared.formats], help="every release and how far it has come")
    command.set_defaults(run=list_releases)
    command = family.add_parser("save", parents=[named], help="keep a folder of CSV files as a draft")
    command.add_argument("folder", metavar="FOLDER", help="a folder laid out as a release, with release.toml")
    command.set_defaults(run=save)
    command = family.add_parser("share", parents=[named], help="let all who sign in see a draft, marked so")
    command.set_defaults(run=share)
    command = family.add_parser("publish", parents=[named], help="publish a draft whose findings are settled")
    command.set_defaults(run=publish)
    command = family.add_parser("withdraw", parents=[named], help="make a release a draft again")
    command.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays in the trail")
    command.set_defaults(run=withdraw)
    command = family.add_parser("correct", parents=[named], help="correct a printed number, which stays in sight")
    command.add_argument("number", metavar="NUMBER", help="the id of the number, as `figures` lists it")
    command.add_argument("--to", metavar="TEXT", required=True, help="what it should read, as it would be printed")
    command.add_argument("--why", metavar="TEXT", required=True, help="the reason, which stands beside the number")
    command.add_argument("--who", metavar="NAME", default="", help="who corrects; local analyst unless named")
    command.set_defaults(run=correct)


def list_releases(asked: argparse.Namespace) -> int:
    """Print every release: state, dates, where it lies, how many revisions and corrections."""
    rows = pd.DataFrame([vars(kept) for kept in _keeper(asked).releases()], columns=_LISTED)
    for column in ("published", "data_to"):
        rows[column] = pd.to_datetime(rows[column])
    write(rows, asked.format, _LISTED)
    return 0


def save(asked: argparse.Namespace) -> int:
    """Keep a folder as a draft; every sentence of the contract otherwise."""
    from data.release_files import folder_frames

    checked_id(asked.id)
    info, frames = folder_frames(Path(asked.folder))
    _say(_keeper(asked).save(asked.id, info, frames), "Saved")
    return 0


def share(asked: argparse.Namespace) -> int:
    """Share a draft."""
    _say(_keeper(asked).share(asked.id), "Shared")
    return 0


def publish(asked: argparse.Namespace) -> int:
    """Publish a release, unless a serious finding is unsettled."""
    from analysis.unsettled import unsettled

    _say(_keeper(asked).publish(asked.id, unsettled), "Published")
    return 0


def withdraw(asked: argparse.Namespace) -> int:
    """Make a release a draft again."""
    _say(_keeper(asked).withdraw(asked.id, asked.reason), "Withdrawn")
    return 0


def correct(asked: argparse.Namespace) -> int:
    """Correct a printed number."""
    _say(_keeper(asked).correct(asked.id, asked.number, asked.to, asked.why, asked.who), "Corrected")
    return 0


def _keeper(asked: argparse.Namespace) -> Keeper:
    """Whoever can run commands here may do all that an analyst may; a hosted explorer's data folder stays as it is."""
    hosted = bool(os.environ.get(VARIABLE) or os.environ.get("EXPLORER_HOSTED"))
    return keeper(data_root(asked.data), store_home(), LOCAL, hosted)


def _say(kept: Kept, done: str) -> None:
    state = state_words(kept.state) or "Published"
    print(f"{done}: release {kept.id}, in the {kept.where}. {state}.")
