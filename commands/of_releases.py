"""What is asked of a release: its figures, what changed, and whether its own numbers agree."""

from __future__ import annotations

import argparse
import sys

import pandas as pd

from commands.arguments import Shared, between
from commands.asked import asked_before, asked_release
from commands.output import write
from data.catalogue import COLUMNS, catalogue, filter_catalogue, series_catalogue
from data.pairs_file import MOST_DISPERSION
from data.releases import data_root
from data.series import illustrative_series, open_series

__all__ = ["add_release_commands"]

_ON_SCREEN = ["figure_id", "label", "breakdown", "area", "role", "period_start", "period_end", "printed", "value"]
_ON_SCREEN += ["unit", "status"]
_CHANGES_ON_SCREEN = ["measure", "breakdown", "earlier", "later", "difference", "percent", "lower", "upper", "unit"]
_CHANGES_ON_SCREEN += ["verdict", "better_or_worse"]
_AUDIT = ["id", "kind", "where", "measure", "as_printed", "recomputed", "grade", "cause", "formula"]
_AUDIT += ["recomputed_in_full", "inputs", "other_causes", "corrected", "grade_corrected"]
_AUDIT_ON_SCREEN = ["id", "kind", "as_printed", "recomputed", "grade", "cause", "formula"]
_AGAINST = ["previous", "baseline", "last-report"]


def add_release_commands(shared: Shared) -> None:
    """Add ``figures``, ``changes`` and ``audit``."""
    command = shared.commands.add_parser(
        "figures", parents=[shared.release], help="every number of a release, with its source"
    )
    command.add_argument("--measure", metavar="M", help="only this measure id")
    command.add_argument("--priority", metavar="P", help="only this priority, by id or title")
    command.add_argument("--search", metavar="TEXT", help="only rows with every word, in names, areas or definitions")
    command.add_argument("--series", action="store_true", help="add the open and the illustrative series")
    command.set_defaults(run=figures)
    command = shared.commands.add_parser(
        "changes", parents=[shared.release, shared.tested], help="what changed, and is it real"
    )
    command.add_argument("--against", choices=_AGAINST, default="previous", help="the 12 months before unless named")
    command.add_argument(
        "--dispersion", metavar="D", type=between(0, MOST_DISPERSION),
        help="how many times more than chance counts vary; each measure's own, else the default rule, unless named",
    )  # fmt: skip
    command.set_defaults(run=changes)
    command = shared.commands.add_parser(
        "audit", parents=[shared.release], help="the report's own numbers, worked out again"
    )
    command.add_argument("--strict", action="store_true", help="exit with 1 when a printed number disagrees")
    command.set_defaults(run=audit)


def figures(asked: argparse.Namespace) -> int:
    """Print every number of a release that fits the filters."""
    root = data_root(asked.data)
    release = asked_release(asked)
    rows = catalogue(release)
    if asked.series:
        extra = series_catalogue(release, [open_series(root), illustrative_series(root)])
        rows = pd.concat([rows, extra], ignore_index=True)
    rows = filter_catalogue(rows, release, asked.measure, asked.priority, asked.search)
    if rows.empty:
        print("No figure fits. Try fewer words, or leave out a filter.", file=sys.stderr)
    corrected = ["corrected"] if (rows["corrected"].fillna("") != "").any() else []
    write(rows[COLUMNS], asked.format, _ON_SCREEN + corrected)
    return 0


def changes(asked: argparse.Namespace) -> int:
    """Print every change of a release with its interval, verdict and sentence."""
    from analysis.changes import as_told
    from analysis.changes import changes as judged  # scipy is slow to load; `figures` does without
    from analysis.corrections import correction_notes

    release = asked_release(asked)
    older = asked_before(asked, release) if asked.against == "last-report" else None
    told = judged(
        release.figures, release.measures, release.tables, release.events, release.statements,
        asked.against, asked.dispersion, asked.confidence, older.figures if older else None,
        notes=correction_notes(release.corrections),
        older_notes=correction_notes(older.corrections) if older else None,
    )  # fmt: skip
    if told.empty:
        print("Nothing is printed for both periods. Try another --against.", file=sys.stderr)
    corrected = ["corrected"] if (told["corrected"] != "").any() else []
    write(as_told(told), asked.format, _CHANGES_ON_SCREEN + corrected)
    return 0


def audit(asked: argparse.Namespace) -> int:
    """Print every finding of the report check; with ``--strict``, 1 when something disagrees and is not corrected."""
    from analysis.audit import audit as checked
    from analysis.audit import open_findings

    found = checked(asked_release(asked).frames())
    asked.found = int(asked.strict and len(open_findings(found)) > 0)  # told even to a pipe whose reader has gone
    write(found[_AUDIT], asked.format, _AUDIT_ON_SCREEN)
    return int(asked.found)
