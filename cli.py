"""The second front door: the same work for scripts. Results go to standard output, errors to standard error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from data.catalogue import COLUMNS, catalogue, filter_catalogue, plain_cells, series_catalogue
from data.engine import attach
from data.errors import DataError
from data.pairs_file import MOST_DISPERSION, read_pairs
from data.reading import LIMITS, NO_LIMITS, read_file, rejected_csv
from data.releases import data_root, load_release, release_before
from data.series import illustrative_series, open_series
from data.survey_file import SurveyFile, open_survey, printed_rows, read_margins, two_waves
from data.survey_sums import check_independent, margin_cells, raked, survey_sums

_ON_SCREEN = ["figure_id", "label", "breakdown", "area", "role", "period_start", "period_end", "printed", "value"]
_ON_SCREEN += ["unit", "status"]
_CHANGES_ON_SCREEN = ["measure", "breakdown", "earlier", "later", "difference", "percent", "lower", "upper", "unit"]
_CHANGES_ON_SCREEN += ["verdict", "better_or_worse"]
_AUDIT = ["id", "kind", "where", "measure", "as_printed", "recomputed", "grade", "cause", "formula"]
_AUDIT += ["recomputed_in_full", "inputs", "other_causes", "corrected"]
_AUDIT_ON_SCREEN = ["id", "kind", "as_printed", "recomputed", "grade", "cause", "formula"]
_AGAINST = ["previous", "baseline", "last-report"]
_ESTIMATE_ON_SCREEN = ["wave", "question", "group", "measure", "n", "estimate", "lower", "upper", "caveat"]
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
        return getattr(asked, "found", 0)


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
    asked.found = int(asked.strict and len(open_findings(found)) > 0)  # told even to a pipe whose reader has gone
    _write(found[_AUDIT], asked.format, _AUDIT_ON_SCREEN)
    return asked.found


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


def estimate(asked: argparse.Namespace) -> int:
    """Print every question of a survey with its interval."""
    survey = _survey(asked)
    told = _estimates(survey, asked, [survey.wave(asked.wave)] if asked.wave else None, not asked.unsuppressed)
    _write(told.drop(columns=["degrees", "withheld"]), asked.format, _ESTIMATE_ON_SCREEN)
    return 0


def waves(asked: argparse.Namespace) -> int:
    """Print what changed between two waves of a survey."""
    from analysis.survey_waves import TOLD, wave_changes

    survey = _survey(asked)
    first, second = two_waves(survey, asked.waves)
    check_independent(attach(survey.prepared.frame), survey.profile, first, second)
    estimated = _estimates(survey, asked, [first, second], withhold=False)
    told = wave_changes(estimated, first, second, test=asked.test, withhold=not asked.unsuppressed)
    _write(told[TOLD], asked.format, TOLD)
    return 0


def _survey(asked: argparse.Namespace) -> SurveyFile:
    survey = open_survey(Path(asked.file), Path(asked.profile) if asked.profile else None)
    warning = ["Warning: some of these cells are too imprecise to show. Do not publish them."] * asked.unsuppressed
    print("".join(f"{note}\n" for note in [*survey.notes, *warning]), end="", file=sys.stderr)
    return survey


def _estimates(survey: SurveyFile, asked: argparse.Namespace, chosen: list[str] | None, withhold: bool) -> pd.DataFrame:
    """The estimates of all waves or some: of a printed table, or of respondents who stay in the engine."""
    from analysis.survey import estimates
    from analysis.survey_tables import table_estimates

    how = {"method": asked.method, "confidence": asked.confidence, "withhold": withhold}
    try:
        if survey.profile.kind == "aggregated":
            table = printed_rows(survey, asked.by, chosen)
            return table_estimates(table, base=asked.base, design_effect=asked.design_effect, **how)
        rows = attach(survey.prepared.frame)
        parts, weight = (_raked(survey, rows, chosen, asked), "raked_weight") if asked.margins else ([rows], None)
        unsure, by = asked.include_dont_know, survey.group(asked.by) if asked.by else None
        told = []
        for part in parts:
            counted = survey_sums(part, survey.profile, by=by, waves=chosen, include_dont_know=unsure, weight=weight)
            told.append(estimates(counted.sums, counted.design, include_dont_know=unsure, **how))
        return pd.concat(told, ignore_index=True)
    except ValueError as error:  # of analysis: a sentence for the user
        raise DataError(str(error)) from None


def _raked(survey: SurveyFile, rows: Any, chosen: list[str] | None, asked: argparse.Namespace) -> Iterator[Any]:
    """The respondents of each wave with weights that give the margins; what that did is told on standard error."""
    from analysis.raking import rake, raking_sentence

    margins = read_margins(Path(asked.margins), survey)
    start = "weight" if asked.rake_from == "weights" and "weight" in survey.profile.columns else None
    for wave in (chosen or survey.waves) if "wave" in survey.profile.columns else [""]:
        own = rows.filter(rows["wave"] == wave) if wave else rows
        raking = rake(margin_cells(own, list(margins["variable"].unique()), start), margins)
        print(raking_sentence(raking, wave, start is None), file=sys.stderr)
        yield raked(own, raking.factors, start)


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
    command = commands.add_parser("compare", parents=[formats, tested], help="the same for your own numbers")
    command.add_argument("file", metavar="FILE", help="CSV of count,pop or x1,n1,x2,n2 or earlier,later[,dispersion]")
    command.set_defaults(run=compare)
    command = commands.add_parser("audit", parents=[shared], help="the report's own numbers, worked out again")
    command.add_argument("--strict", action="store_true", help="exit with 1 when a printed number disagrees")
    command.set_defaults(run=audit)
    command = commands.add_parser("read", parents=[formats], help="what is understood of a file before it is uploaded")
    command.add_argument("file", metavar="FILE", help="a table as text of any dialect, or a workbook (.xlsx)")
    command.add_argument("--sheet", metavar="S", help="a sheet of the workbook; the first unless named")
    command.add_argument("--no-limit", action="store_true", help="take a file of any size")
    command.set_defaults(run=read)
    _survey_commands(commands, formats, tested)
    return parser


def _survey_commands(commands: Any, *shared: argparse.ArgumentParser) -> None:
    """Add what is asked of surveys."""
    survey = argparse.ArgumentParser(add_help=False, parents=shared)
    survey.add_argument("file", metavar="FILE", help="a row a respondent; or question, area, base and per cent")
    survey.add_argument("--profile", metavar="P.toml", help="what columns and answers mean; proposed unless named")
    survey.add_argument("--by", metavar="COLUMN", help="groups beside the whole sample, which is ALL")
    survey.add_argument("--include-dont-know", action="store_true", help="don't know stays in the base of every share")
    survey.add_argument("--unsuppressed", action="store_true", help="show what is too imprecise, for an analyst's eyes")
    positive = _between(0, 1e9)
    survey.add_argument("--base", metavar="N", type=positive, help="answers to assume where a table has no base")
    survey.add_argument(
        "--design-effect", metavar="D", type=positive, default=1.25, help="of a table; 1.25 unless named"
    )
    survey.set_defaults(method="wilson", margins=None)
    command = commands.add_parser("estimate", parents=[survey], help="every question of a survey with its interval")
    command.add_argument("--wave", metavar="W", help="only this wave")
    command.add_argument("--method", choices=["wilson", "beta", "logit"], default="wilson", help="wilson unless named")
    command.add_argument("--margins", metavar="FILE", help="CSV of variable,level,share to rake to first")
    starts = "raking starts from equal weights unless from those of the file, when they are design weights"
    command.add_argument("--rake-from", choices=["equal", "weights"], default="equal", help=starts)
    command.set_defaults(run=estimate)
    command = commands.add_parser("waves", parents=[survey], help="what changed between two waves of a survey")
    command.add_argument("--waves", metavar="A,B", help="the earlier and the later; the last two unless named")
    command.add_argument("--test", choices=["score", "wald"], default="score", help="score unless named")
    command.set_defaults(run=waves)


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
