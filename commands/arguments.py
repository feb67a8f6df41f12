"""What commands share in reading what they are asked."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from data.errors import DataError

if TYPE_CHECKING:
    from analysis.disclosure_thresholds import Thresholds

__all__ = ["UNSUPPRESSED", "Parser", "Shared", "between", "thresholds"]

UNSUPPRESSED = (
    "Warning: some of these cells are too imprecise to show, or would tell about single respondents. "
    "Do not publish them."
)


_FALL = re.compile(r"-\s?£?\d")  # a number below 0, which no option is called


class Parser(argparse.ArgumentParser):
    """A parser that tells a mistake in one sentence, without the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with 2."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As ever, but for the value of an option that begins with a minus, such as ``--to -22.4%``."""
        words: list[str] = []
        for word in sys.argv[1:] if args is None else args:
            if words and _FALL.match(word) and words[-1].startswith("--") and "=" not in words[-1]:
                words[-1] += f"={word}"
            else:
                words.append(word)
        return super().parse_known_args(words, namespace)


@dataclass(frozen=True)
class Shared:
    """Where commands are added, and the arguments that several have in common.

    Attributes
    ----------
    commands
        What ``add_parser`` is called on.
    formats
        ``--format``.
    release
        ``--data`` and ``--release``, with ``--format``.
    tested
        ``--confidence``.
    """

    commands: Any
    formats: argparse.ArgumentParser
    release: argparse.ArgumentParser
    tested: argparse.ArgumentParser


def between(lowest: float, highest: float) -> Callable[[str], float]:
    """A reader of numbers between two others, for argparse."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = lowest
        if not lowest < value < highest:
            raise argparse.ArgumentTypeError(f"found {text}, expected a number between {lowest:g} and {highest:g}")
        return value

    return number


def thresholds() -> Thresholds:
    """How many respondents a shown number must be of, as EXPLORER_THRESHOLDS says.

    Raises
    ------
    DataError
        When that says something else.
    """
    from analysis.disclosure_thresholds import THRESHOLDS_VARIABLE, Thresholds

    try:
        return Thresholds.said(os.environ.get(THRESHOLDS_VARIABLE, ""))
    except ValueError as error:
        raise DataError(str(error)) from None
