"""The second front door: the same work for scripts. Results go to standard output, errors to standard error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pandas as pd

from data.catalogue import COLUMNS, catalogue, filter_catalogue, plain_cells, series_catalogue
from data.errors import DataError
from data.pairs_file import MOST_DISPERSION, read_pairs
from data.reading import LIMITS, NO_LIMITS, read_file, rejected_csv
from data.releases import data_root, load_release, release_before
from data.series import illustrative_series, open_series

_ON_SCREEN = ["figure_id", "label", "breakdown", "area", "role", "period_start", "period_end", "printed", "value"]
_ON_SCREEN += ["unit", "status"]
_CHANGES_ON_SCREEN = ["measure", "breakdown", "earlier", "later", "difference", "percent", "lower", "upper", "unit"]
_CHANGES_ON_SCREEN += ["verdict", "better_or_worse"]
_AUDIT = ["id", "kind", "where", "measure", "as_printed", "recomputed", "grade", "cause", "formula"]
_AUDIT += ["recomputed_in_full", "inputs", "other_causes", "corrected"]
_AUDIT_ON_SCREEN = ["id", "kind", "as_printed", "recomputed", "grade", "cause", "formula"]
_AGAINST = ["previous", "baseline", "last-report"]
_WIDEST = 60  # letters of one cell on the screen


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
    asked = _parser().parse_args(arguments)
    try:
        done = asked.run(asked)
        sys.stdout.flush()  # a reader that has gone is met here, not while Python shuts down
        return done
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def figures(asked: argparse.Namespace) -> int:
    """Print every number of a release that fits the filters."""
    root = data_root(asked.data)
    release = load_release(root, asked.release)
    rows = catalogue(release)
    if asked.series:
        extra = series_catalogue(release, [open_series(root), illustrative_series(root)])
        rows = pd.concat([rows, extra], ignore_index=True)
    rows = filter_catalogue(rows, release, asked.measure, asked.priority, asked.search)
    if rows.empty:
        print("No figure fits. Try fewer words, or leave out a filter.", file=sys.stderr)
    _write(rows[COLUMNS], asked.format, _ON_SCREEN)
    return 0


def changes(asked: argparse.Namespace) -> int:
    """Print every change of a release with its interval, verdict and sentence."""
    from analysis.changes import as_told
    from analysis.changes import changes as judged  # scipy is slow to load; `figures` does without

    root = data_root(asked.data)
    release = load_release(root, asked.release)
    older = load_release(root, release_before(root, release.id)).figures if asked.against == "last-report" else None
    told = judged(
        release.figures, release.measures, release.tables, release.events, release.statements,
        asked.against, asked.dispersion, asked.confidence, older,
    )  # fmt: skip
    if told.empty:
        print("Nothing is printed for both periods. Try another --against.", file=sys.stderr)
    _write(as_told(told), asked.format, _CHANGES_ON_SCREEN)
    return 0


def audit(asked: argparse.Namespace) -> int:
    """Print every finding of the report check; with ``--strict``, 1 when something disagrees and is not corrected."""
    from analysis.audit import audit as checked
    from analysis.audit import open_findings

    found = checked(load_release(data_root(asked.data), asked.release).frames())
    _write(found[_AUDIT], asked.format, _AUDIT_ON_SCREEN)
    return 1 if asked.strict and len(open_findings(found)) else 0


def compare(asked: argparse.Namespace) -> int:
    """Print estimate, limits, p value and method for anyone's own numbers."""
    from analysis.own_numbers import compare_numbers

    kind, others, numbers = read_pairs(Path(asked.file))
    rows = pd.concat([others, numbers, compare_numbers(kind, numbers, asked.confidence)], axis="columns")
    _write(rows, asked.format, list(rows.columns))
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


def _write(rows: pd.DataFrame, form: str, on_screen: list[str]) -> None:
    """Print a result as an aligned table, CSV or JSON. Missing is blank, in JSON null."""
    plain = plain_cells(rows)
    if form == "json":
        print(json.dumps(plain.to_dict("records"), ensure_ascii=False, indent=1))
    elif form == "csv":
        print(plain.to_csv(index=False, lineterminator="\n"), end="")
    else:
        shown = plain[on_screen].map(_on_screen)
        if len(shown):
            print(shown.to_string(index=False))


def _on_screen(cell: object) -> str:
    """A plain cell as a person reads it in a column: short, and not with more decimals than anyone needs."""
    if isinstance(cell, float) and abs(cell) < 0.0001:
        return f"{cell:.1e}"
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return "" if cell is None else str(cell)[:_WIDEST]


class _Parser(argparse.ArgumentParser):
    """A parser that tells a mistake in one sentence, without the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="cli.py", description="The Performance Explorer for scripts.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    formats = argparse.ArgumentParser(add_help=False)
    formats.add_argument("--format", choices=["table", "csv", "json"], default="table", help="table unless named")
    shared = argparse.ArgumentParser(add_help=False, parents=[formats])
    shared.add_argument("--data", metavar="DIR", help="the data folder, instead of EXPLORER_DATA or the bundled one")
    shared.add_argument("--release", metavar="R", help="a release such as 2023-03; the latest unless named")
    command = commands.add_parser("figures", parents=[shared], help="every number of a release, with its source")
    command.add_argument("--measure", metavar="M", help="only this measure id")
    command.add_argument("--priority", metavar="P", help="only this priority, by id or title")
    command.add_argument("--search", metavar="TEXT", help="only rows with every word, in names, areas or definitions")
    command.add_argument("--series", action="store_true", help="add the open and the illustrative series")
    command.set_defaults(run=figures)
    tested = argparse.ArgumentParser(add_help=False)
    tested.add_argument("--confidence", metavar="C", type=_between(0, 1), default=0.95, help="0.95 unless named")
    command = commands.add_parser("changes", parents=[shared, tested], help="what changed, and is it real")
    command.add_argument("--against", choices=_AGAINST, default="previous", help="the 12 months before unless named")
    command.add_argument(
        "--dispersion", metavar="D", type=_between(0, MOST_DISPERSION),
        help="how many times more than chance counts vary; each measure's own, else the default rule, unless named",
    )  # fmt: skip
    command.set_defaults(run=changes)
    command = commands.add_parser("audit", parents=[shared], help="the report's own numbers, worked out again")
    command.add_argument("--strict", action="store_true", help="exit with 1 when a printed number disagrees")
    command.set_defaults(run=audit)
    command = commands.add_parser("compare", parents=[formats, tested], help="the same for your own numbers")
    command.add_argument("file", metavar="FILE", help="CSV of count,pop or x1,n1,x2,n2 or earlier,later[,dispersion]")
    command.set_defaults(run=compare)
    command = commands.add_parser("read", parents=[formats], help="what is understood of a file before it is uploaded")
    command.add_argument("file", metavar="FILE", help="a table as text of any dialect, or a workbook (.xlsx)")
    command.add_argument("--sheet", metavar="S", help="a sheet of the workbook; the first unless named")
    command.add_argument("--no-limit", action="store_true", help="take a file of any size")
    command.set_defaults(run=read)
    return parser


def _between(lowest: float, highest: float) -> Callable[[str], float]:
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


if __name__ == "__main__":
    sys.exit(main())
