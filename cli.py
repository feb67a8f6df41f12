"""The second front door: the same work for scripts. Results go to standard output, errors to standard error."""

from __future__ import annotations

import argparse
import os
import sys

from commands.arguments import Parser, Shared, between
from commands.of_areas import add_area_commands
from commands.of_files import add_file_commands
from commands.of_next_report import add_release_family
from commands.of_releases import add_release_commands
from commands.of_series import add_series_commands
from commands.of_store import add_store_commands
from commands.of_surveys import add_survey_commands
from data.errors import DataError


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 done, 1 a check found something, 2 a user's mistake.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    asked = parser().parse_args(arguments)
    try:
        done = asked.run(asked)
        sys.stdout.flush()  # a reader that has gone is met here, not while Python shuts down
        return done
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return getattr(asked, "found", 0)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    whole = Parser(prog="cli.py", description="The Performance Explorer for scripts.")
    formats = argparse.ArgumentParser(add_help=False)
    formats.add_argument("--format", choices=["table", "csv", "json"], default="table", help="table unless named")
    release = argparse.ArgumentParser(add_help=False, parents=[formats])
    release.add_argument("--data", metavar="DIR", help="the data folder, instead of EXPLORER_DATA or the bundled one")
    release.add_argument("--release", metavar="R", help="a release such as 2023-03; the latest unless named")
    tested = argparse.ArgumentParser(add_help=False)
    tested.add_argument("--confidence", metavar="C", type=between(0, 1), default=0.95, help="0.95 unless named")
    shared = Shared(whole.add_subparsers(required=True, metavar="COMMAND"), formats, release, tested)
    families = (
        add_release_commands, add_file_commands, add_survey_commands, add_area_commands, add_series_commands,
        add_store_commands, add_release_family,
    )  # fmt: skip
    for add in families:
        add(shared)
    return whole


if __name__ == "__main__":
    sys.exit(main())
