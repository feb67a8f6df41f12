"""What is asked of a survey: its estimates, and what changed between two waves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from commands.arguments import UNSUPPRESSED, Shared, between, thresholds
from commands.output import write
from data.engine import attach
from data.errors import DataError
from data.raking_sums import raking_sums
from data.survey_answers import sensitive_questions, survey_answers
from data.survey_file import SurveyFile, open_survey, printed_rows, read_margins, two_waves
from data.survey_sums import check_independent, margin_cells, raked, survey_sums

__all__ = ["add_survey_commands"]

_ESTIMATE_ON_SCREEN = ["wave", "question", "group", "measure", "n", "estimate", "lower", "upper", "caveat"]


def add_survey_commands(shared: Shared) -> None:
    """Add ``estimate`` and ``waves``."""
    survey = argparse.ArgumentParser(add_help=False, parents=[shared.formats, shared.tested])
    survey.add_argument("file", metavar="FILE", help="a row a respondent; or question, area, base and per cent")
    survey.add_argument("--profile", metavar="P.toml", help="what columns and answers mean; proposed unless named")
    survey.add_argument("--by", metavar="COLUMN", help="groups beside the whole sample, which is ALL")
    survey.add_argument("--include-dont-know", action="store_true", help="don't know stays in the base of every share")
    unsuppressed = "show what is too imprecise or would tell about single respondents, for an analyst's eyes"
    survey.add_argument("--unsuppressed", action="store_true", help=unsuppressed)
    positive = between(0, 1e9)
    survey.add_argument("--base", metavar="N", type=positive, help="answers to assume where a table has no base")
    survey.add_argument(
        "--design-effect", metavar="D", type=positive, default=1.25, help="of a table; 1.25 unless named"
    )
    survey.set_defaults(method="wilson")
    command = shared.commands.add_parser(
        "estimate", parents=[survey], help="every question of a survey with its interval"
    )
    command.add_argument("--wave", metavar="W", help="only this wave")
    command.add_argument("--method", choices=["wilson", "beta", "logit"], default="wilson", help="wilson unless named")
    command.add_argument("--margins", metavar="FILE", help="CSV of variable,level,share to rake to first")
    starts = "raking starts from equal weights unless from those of the file, when they are design weights"
    command.add_argument("--rake-from", choices=["equal", "weights"], default="equal", help=starts)
    command.add_argument(
        "--rake-variance",
        choices=["weights-only", "counted"],
        default="weights-only",
        help="whether errors take the raked weights as given or count the raking; weights-only unless named",
    )
    command.set_defaults(run=estimate)
    command = shared.commands.add_parser("waves", parents=[survey], help="what changed between two waves of a survey")
    command.add_argument("--waves", metavar="A,B", help="the earlier and the later; the last two unless named")
    command.add_argument("--test", choices=["score", "wald"], default="score", help="score unless named")
    command.set_defaults(run=waves)


def estimate(asked: argparse.Namespace) -> int:
    """Print every question of a survey with its interval."""
    from analysis.raking_variance import say_raking

    survey = _survey(asked)
    chosen = [survey.wave(asked.wave)] if asked.wave else None
    margins = _margins(survey, asked)
    told = _estimates(survey, asked, chosen, withhold=not asked.unsuppressed, margins=margins)
    if not asked.unsuppressed:
        told = _for_viewers(survey, asked, chosen, told)
    if margins is not None:
        told = say_raking(told, _variables(margins), asked.rake_variance == "counted")
    write(told.drop(columns=["degrees", "withheld"]), asked.format, _ESTIMATE_ON_SCREEN)
    return 0


def waves(asked: argparse.Namespace) -> int:
    """Print what changed between two waves of a survey."""
    from analysis.disclosure_shown import withhold_changes
    from analysis.survey_waves import TOLD, wave_changes

    survey = _survey(asked)
    first, second = two_waves(survey, asked.waves)
    check_independent(attach(survey.prepared.frame), survey.profile, first, second)
    estimated = _estimates(survey, asked, [first, second], withhold=False)
    shown = None if asked.unsuppressed else _for_viewers(survey, asked, [first, second], estimated)
    told = wave_changes(estimated, first, second, test=asked.test, withhold=not asked.unsuppressed, shown=shown)
    if shown is not None:
        told = withhold_changes(told, shown)
    write(told[TOLD], asked.format, TOLD)
    return 0


def _survey(asked: argparse.Namespace) -> SurveyFile:
    survey = open_survey(Path(asked.file), Path(asked.profile) if asked.profile else None)
    warning = [UNSUPPRESSED] * asked.unsuppressed
    print("".join(f"{note}\n" for note in [*survey.notes, *warning]), end="", file=sys.stderr)
    return survey


def _estimates(
    survey: SurveyFile,
    asked: argparse.Namespace,
    chosen: list[str] | None,
    withhold: bool,
    margins: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The estimates of all waves or some: of a printed table, or of respondents who stay in the engine."""
    from analysis.survey import estimates
    from analysis.survey_tables import table_estimates

    how = {"method": asked.method, "confidence": asked.confidence, "withhold": withhold}
    try:
        if survey.profile.kind == "aggregated":
            table = printed_rows(survey, asked.by, chosen)
            return table_estimates(table, base=asked.base, design_effect=asked.design_effect, **how)
        rows = attach(survey.prepared.frame)
        parts = [(rows, None, None)] if margins is None else _raked(survey, rows, chosen, asked, margins)
        unsure, by = asked.include_dont_know, survey.group(asked.by) if asked.by else None
        told = []
        for part, weight, errors in parts:
            counted = survey_sums(part, survey.profile, by=by, waves=chosen, include_dont_know=unsure, weight=weight)
            told.append(estimates(counted.sums, counted.design, include_dont_know=unsure, errors=errors, **how))
        return pd.concat(told, ignore_index=True)
    except ValueError as error:  # of analysis: a sentence for the user
        raise DataError(str(error)) from None


def _for_viewers(
    survey: SurveyFile, asked: argparse.Namespace, chosen: list[str] | None, told: pd.DataFrame
) -> pd.DataFrame:
    """Estimates without what would tell about single respondents; a printed table has been told already."""
    from analysis.disclosure import suppress
    from analysis.disclosure_shown import withhold_estimates

    if survey.profile.kind == "aggregated":
        return told
    by = survey.group(asked.by) if asked.by else None
    counts = survey_answers(attach(survey.prepared.frame), survey.profile, by=by, waves=chosen)
    suppressed = suppress(counts, thresholds(), sensitive=sensitive_questions(survey.profile))
    return withhold_estimates(told, suppressed, include_dont_know=asked.include_dont_know)


def _margins(survey: SurveyFile, asked: argparse.Namespace) -> pd.DataFrame | None:
    """The margins to rake to, if any."""
    if not asked.margins:
        if asked.rake_variance == "counted":
            raise DataError("Nothing is raked, so no raking can be counted in the errors. Name margins with --margins.")
        return None
    if survey.profile.kind == "aggregated":
        raise DataError(f"{survey.name}: a printed table has no respondents to rake. Leave --margins out.")
    return read_margins(Path(asked.margins), survey)


def _variables(margins: pd.DataFrame) -> list[str]:
    return list(margins["variable"].unique())


def _raked(
    survey: SurveyFile, rows: Any, chosen: list[str] | None, asked: argparse.Namespace, margins: pd.DataFrame
) -> Iterator[tuple[Any, str | None, pd.DataFrame | None]]:
    """The respondents of each wave, their weight that gives the margins, and the errors that count it if asked for.

    What raking did is told on standard error.
    """
    from analysis.raking import rake, raking_sentence

    start = "weight" if asked.rake_from == "weights" and "weight" in survey.profile.columns else None
    for wave in (chosen or survey.waves) if "wave" in survey.profile.columns else [""]:
        own = rows.filter(rows["wave"] == wave) if wave else rows
        raking = rake(margin_cells(own, _variables(margins), start), margins)
        print(raking_sentence(raking, wave, start is None), file=sys.stderr)
        weighed = raked(own, raking.factors, start)
        counted = asked.rake_variance == "counted"
        yield weighed, "raked_weight", _counted_errors(survey, weighed, asked, _variables(margins)) if counted else None


def _counted_errors(survey: SurveyFile, weighed: Any, asked: argparse.Namespace, variables: list[str]) -> pd.DataFrame:
    """The errors of one raked wave that count its raking."""
    from analysis.raking_variance import raked_errors

    by, unsure = survey.group(asked.by) if asked.by else None, asked.include_dont_know
    found = raking_sums(weighed, survey.profile, variables, "raked_weight", by=by, include_dont_know=unsure)
    return raked_errors(found.sums, found.cells, variables, ["question", "group", "measure"])
