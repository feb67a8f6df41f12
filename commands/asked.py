"""The release that a command is asked about, kept ones too; one not yet published says so on standard error."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.errors import DataError
from data.releases import Release, data_root, load_release, release_before
from data.states import state_words
from data.store import store_home

__all__ = ["asked_before", "asked_home", "asked_release", "keeping_home", "say_state"]


def asked_home(asked: argparse.Namespace) -> Path | None:
    """The folder whose kept releases count; None where ``--data`` names a folder, which then counts alone."""
    return None if asked.data else keeping_home()


def keeping_home() -> Path | None:
    """The folder that releases are kept in, whatever data folder a command names; None where there can be none."""
    try:
        return store_home()
    except DataError:
        return None


def asked_release(asked: argparse.Namespace) -> Release:
    """The release that ``--data`` and ``--release`` name, the latest unless they do.

    Raises
    ------
    DataError
        When there is none, or it cannot be read.
    """
    release = load_release(data_root(asked.data), asked.release, asked_home(asked))
    say_state(release)
    return release


def asked_before(asked: argparse.Namespace, release: Release) -> Release:
    """The release before another one.

    Raises
    ------
    DataError
        When there is none, or it cannot be read.
    """
    root, home = data_root(asked.data), asked_home(asked)
    older = load_release(root, release_before(root, release.id, home), home)
    say_state(older)
    return older


def say_state(release: Release) -> None:
    """Say on standard error that a release is not yet published."""
    if words := state_words(release.info.state):
        print(f"Release {release.id}: {words[0].lower()}{words[1:]}.", file=sys.stderr)
