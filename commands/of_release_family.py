"""The commands that begin with ``release``: from one report to the next, and what becomes of it."""

from __future__ import annotations

from commands.arguments import Shared
from commands.of_release_keeping import add_keeping_commands

__all__ = ["add_release_family"]


def add_release_family(shared: Shared) -> None:
    """Add ``release`` with its own commands."""
    command = shared.commands.add_parser("release", help="save, share, publish, withdraw or correct a release")
    add_keeping_commands(command.add_subparsers(required=True, metavar="COMMAND"), shared)
