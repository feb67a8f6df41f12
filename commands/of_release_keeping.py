"""What is asked of kept releases: a draft shared, published, withdrawn; a printed number corrected; the list."""

from __future__ import annotations

import argparse
import os
from typing import Any

import pandas as pd

from commands.arguments import Shared
from commands.output import write
from data.corrected import resting_on, twins_of
from data.errors import DataError
from data.people import LOCAL
from data.release_keeping import Keeper, Kept, keeper
from data.releases import data_root, load_release, release_states
from data.sign_in import VARIABLE
from data.states import before_print, state_words
from data.store import store_home

__all__ = ["add_keeping_commands", "keeper_for", "say_kept"]

_REVISIONS = ["revision", "state", "title", "changed", "stands"]
_LISTED = ["id", "state", "title", "published", "data_to", "where", "revisions", "corrections"]


def add_keeping_commands(family: Any, shared: Shared) -> None:
    """Add what can be done to a kept release to the commands of ``release``."""
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--data", metavar="DIR", help="the data folder, instead of EXPLORER_DATA or the bundled one")
    named = argparse.ArgumentParser(add_help=False, parents=[where])
    named.add_argument("id", metavar="ID", help="the year and month its data go to, such as 2023-06")
    command = family.add_parser("list", parents=[where, shared.formats], help="every release and how far it has come")
    command.set_defaults(run=list_releases)
    command = family.add_parser("share", parents=[named], help="let all who sign in see a draft, marked so")
    command.set_defaults(run=share)
    command = family.add_parser(
        "publish", parents=[named], help="publish a draft whose findings are settled",
        description="Publish a draft or shared release. It is held against the latest published report before it; with "
        "a serious finding neither mended nor confirmed it is refused (exit code 2).",
    )  # fmt: skip
    command.set_defaults(run=publish)
    command = family.add_parser("withdraw", parents=[named], help="make a release a draft again")
    command.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays in the trail")
    command.set_defaults(run=withdraw)
    command = family.add_parser(
        "revisions", parents=[named, shared.formats], help="what a release said before, as far as the store holds it"
    )
    command.set_defaults(run=list_revisions)
    command = family.add_parser(
        "bring-back", parents=[named], help="keep what an earlier revision said as a draft; the others stay"
    )
    command.add_argument("--revision", metavar="N", type=int, required=True, help="its number, as revisions lists it")
    command.set_defaults(run=bring_back)
    command = family.add_parser("correct", parents=[named], help="correct a printed number, which stays in sight")
    command.add_argument("number", metavar="NUMBER", help="the id of the number, as `figures` lists it")
    told = "what it should read, as it would be printed; what is printed takes a correction back"
    command.add_argument("--to", metavar="TEXT", required=True, help=told)
    command.add_argument("--why", metavar="TEXT", required=True, help="the reason, which stands beside the number")
    command.add_argument(
        "--who", metavar="NAME", default="", help="who corrects, as it is published; analyst unless named"
    )
    command.set_defaults(run=correct)


def list_releases(asked: argparse.Namespace) -> int:
    """Print every release: state, dates, where it lies, how many revisions and corrections."""
    rows = pd.DataFrame([vars(kept) for kept in keeper_for(asked).releases()], columns=_LISTED)
    for column in ("published", "data_to"):
        rows[column] = pd.to_datetime(rows[column])
    write(rows, asked.format, _LISTED)
    return 0


def share(asked: argparse.Namespace) -> int:
    """Share a draft."""
    say_kept(keeper_for(asked).share(asked.id), "Shared")
    return 0


def publish(asked: argparse.Namespace) -> int:
    """Publish a release, unless a serious finding is unsettled."""
    from analysis.unsettled import against_words, unsettled

    say_kept(keeper_for(asked).publish(asked.id, unsettled), "Published")
    print(against_words(before_print(release_states(data_root(asked.data), store_home()), asked.id)))
    return 0


def withdraw(asked: argparse.Namespace) -> int:
    """Make a release a draft again."""
    say_kept(keeper_for(asked).withdraw(asked.id, asked.reason), "Withdrawn")
    return 0


def list_revisions(asked: argparse.Namespace) -> int:
    """Print every whole revision of a release, oldest first, and which files it changed."""
    told = keeper_for(asked).revisions(asked.id)
    if not told:
        raise DataError(f"The store holds no revision of {asked.id}. `release list` says which releases there are.")
    rows = [
        (each.number, each.state, each.title, ", ".join(each.changed), "yes" if each.stands else "no") for each in told
    ]
    write(pd.DataFrame(rows, columns=_REVISIONS), asked.format, _REVISIONS)
    return 0


def bring_back(asked: argparse.Namespace) -> int:
    """Keep an earlier revision as the newest, a draft."""
    keeping = keeper_for(asked)
    kept = keeping.bring_back(asked.id, asked.revision)
    say_kept(kept, "Brought back")
    newest = keeping.revisions(asked.id)[-1].number
    stay = " Corrections of what it prints stay beside the print." if kept.corrections else ""
    print(f"It says what revision {asked.revision} said, as revision {newest}; those between stay.{stay}")
    return 0


def correct(asked: argparse.Namespace) -> int:
    """Correct a printed number."""
    from analysis.corrections import left_standing

    kept = keeper_for(asked).correct(asked.id, asked.number, asked.to, asked.why, asked.who)
    release = load_release(data_root(asked.data), asked.id, store_home())
    last = release.corrections.iloc[-1]
    back = last["corrected"] == last["printed"]
    say_kept(kept, "Taken back" if back else "Corrected")
    if not back and (more := left_standing(twins_of(release, last["id"]), resting_on(release, last["id"]))):
        print(more)
    return 0


def keeper_for(asked: argparse.Namespace) -> Keeper:
    """Whoever can run commands here may do all that an analyst may; a hosted explorer's data folder stays as it is."""
    hosted = bool(os.environ.get(VARIABLE) or os.environ.get("EXPLORER_HOSTED"))
    return keeper(data_root(asked.data), store_home(), LOCAL, hosted)


def say_kept(kept: Kept, done: str) -> None:
    """What became of a release, and where it lies."""
    state = state_words(kept.state) or "Published"
    told = "" if state == done else f" {state}."
    print(f"{done}: release {kept.id}, in the {kept.where}.{told}")
