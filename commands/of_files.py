"""What is asked of a file of one's own: what is understood of it, and whether its numbers differ."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pandas as pd

from commands.arguments import Shared
from commands.output import write
from data.pairs_file import read_pairs
from data.reading import LIMITS, NO_LIMITS, read_file, rejected_csv

__all__ = ["add_file_commands"]


def add_file_commands(shared: Shared) -> None:
    """Add ``compare`` and ``read``."""
    command = shared.commands.add_parser(
        "compare", parents=[shared.formats, shared.tested], help="the same for your own numbers"
    )
    command.add_argument("file", metavar="FILE", help="CSV of count,pop or x1,n1,x2,n2 or earlier,later[,dispersion]")
    command.set_defaults(run=compare)
    command = shared.commands.add_parser(
        "read", parents=[shared.formats], help="what is understood of a file before it is uploaded"
    )
    command.add_argument("file", metavar="FILE", help="a table as text of any dialect, or a workbook (.xlsx)")
    command.add_argument("--sheet", metavar="S", help="a sheet of the workbook; the first unless named")
    command.add_argument("--no-limit", action="store_true", help="take a file of any size")
    command.set_defaults(run=read)


def compare(asked: argparse.Namespace) -> int:
    """Print estimate, limits, p value and method for anyone's own numbers."""
    from analysis.own_numbers import compare_numbers

    kind, others, numbers = read_pairs(Path(asked.file))
    rows = pd.concat([others, numbers, compare_numbers(kind, numbers, asked.confidence)], axis="columns")
    write(rows, asked.format, list(rows.columns))
    return 0


def read(asked: argparse.Namespace) -> int:
    """Print what was understood of a file and what was not: the same reader as an upload's."""
    reading = read_file(Path(asked.file), asked.sheet, NO_LIMITS if asked.no_limit else LIMITS)
    if asked.format == "csv":
        print(rejected_csv(reading).decode("utf-8-sig"), end="")
    elif asked.format == "json":
        print(json.dumps(reading.summary(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(reading.in_words()))
    return 0
