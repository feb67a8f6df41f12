"""What is asked of areas: which differ from the rest of their force, and what places each may hold."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from commands.arguments import UNSUPPRESSED, Shared, between, thresholds
from commands.output import write
from data.area_counts import area_counts, holds_counts, last_of
from data.engine import attach
from data.errors import DataError
from data.reading import Reading, read_file
from data.survey_answers import sensitive_questions, survey_answers
from data.survey_file import SurveyFile, open_survey, printed_rows, wave_order
from data.survey_sums import survey_sums

__all__ = ["add_area_commands"]

_ON_SCREEN = ["question", "measure", "area", "estimate", "lower", "upper", "rest", "difference", "p_holm", "verdict"]
_ON_SCREEN += ["rank_low", "rank_high"]


def add_area_commands(shared: Shared) -> None:
    """Add ``areas``."""
    command = shared.commands.add_parser(
        "areas", parents=[shared.formats, shared.tested], help="each area against the rest of its force"
    )
    positive = between(0, 1e9)
    command.add_argument("file", metavar="FILE", help="a survey, a table of one, or period, area, measure, value")
    command.add_argument("--profile", metavar="P.toml", help="what columns and answers mean; proposed unless named")
    command.add_argument("--population", metavar="FILE", help="area and population, where the file holds counts")
    command.add_argument("--wave", metavar="W", help="this wave or period; the last unless named")
    command.add_argument("--by", metavar="COLUMN", default="area", help="what the areas are; the area unless named")
    command.add_argument("--test", choices=["score", "wald"], default="score", help="score unless named")
    command.add_argument("--include-dont-know", action="store_true", help="don't know stays in the base of every share")
    unsuppressed = "show what is too imprecise or would tell about single respondents, for an analyst's eyes"
    command.add_argument("--unsuppressed", action="store_true", help=unsuppressed)
    number = "how many areas there are, where a table prints only some"
    command.add_argument("--areas", metavar="N", type=int, default=0, help=number)
    command.add_argument("--base", metavar="N", type=positive, help="answers to assume where a table has no base")
    command.add_argument(
        "--design-effect", metavar="D", type=positive, default=1.25, help="of a table; 1.25 unless named"
    )
    command.add_argument("--dispersion", metavar="D", type=positive, help="of counts; by their size unless named")
    command.set_defaults(run=areas)


def areas(asked: argparse.Namespace) -> int:
    """Print every area against the rest of its force."""
    from analysis.areas import AREA_TOLD

    reading = read_file(Path(asked.file))
    try:
        if asked.profile is None and holds_counts(reading):
            told = _of_counts(reading, asked)
        elif asked.population:
            raise DataError(f"{reading.name}: --population goes with counts: period, area, measure, value.")
        else:
            told = _of_survey(asked)
    except ValueError as error:  # of analysis: a sentence for the user
        raise DataError(str(error)) from None
    write(told[AREA_TOLD].astype({"rank_low": "Int64", "rank_high": "Int64"}), asked.format, _ON_SCREEN)
    return 0


def _of_counts(reading: Reading, asked: argparse.Namespace) -> pd.DataFrame:
    from analysis.area_rates import rates_against_rest
    from analysis.areas import compare_areas

    if not asked.population:
        raise DataError(f"{reading.name}: counts are compared by rates. Name a file of area, population: --population.")
    counts = area_counts(reading, Path(asked.population))
    periods = list(counts["wave"].unique())
    period = asked.wave or last_of(periods, reading.name)
    if period not in periods:
        raise DataError(f"{reading.name}: there is no period '{period}'. The periods are: {', '.join(periods)}.")
    own = counts[counts["wave"] == period]
    told = rates_against_rest(own, test=asked.test, dispersion=asked.dispersion, confidence=asked.confidence)
    return compare_areas(told, withhold=not asked.unsuppressed)


def _of_survey(asked: argparse.Namespace) -> pd.DataFrame:
    from analysis.areas import compare_areas

    survey = open_survey(Path(asked.file), Path(asked.profile) if asked.profile else None)
    warning = [UNSUPPRESSED] * asked.unsuppressed
    print("".join(f"{note}\n" for note in [*survey.notes, *warning]), end="", file=sys.stderr)
    wave = _wave(survey, asked.wave)
    if survey.profile.kind == "aggregated":
        return compare_areas(_of_table(survey, asked, wave), areas=asked.areas, withhold=not asked.unsuppressed)
    return _of_respondents(survey, asked, wave)


def _wave(survey: SurveyFile, asked: str | None) -> list[str] | None:
    """The wave asked for, or the last; None where a file has no waves."""
    if asked:
        return [survey.wave(asked)]
    if "wave" not in survey.profile.columns:
        return None
    order = wave_order(survey)
    return [order[-1] if order else last_of(survey.waves, survey.name)]


def _of_table(survey: SurveyFile, asked: argparse.Namespace, wave: list[str] | None) -> pd.DataFrame:
    from analysis.area_tables import table_against_rest
    from analysis.survey_tables import table_estimates

    table = printed_rows(survey, asked.by if asked.by != "area" else None, wave)
    how = {"base": asked.base, "design_effect": asked.design_effect, "confidence": asked.confidence}
    return table_against_rest(table_estimates(table, withhold=False, **how), test=asked.test, areas=asked.areas)


def _of_respondents(survey: SurveyFile, asked: argparse.Namespace, wave: list[str] | None) -> pd.DataFrame:
    """Respondents' areas: compared over all, and shown without what would tell about single ones."""
    from analysis.area_rest import against_rest
    from analysis.areas import compare_areas
    from analysis.disclosure import suppress
    from analysis.disclosure_areas import compare_shown_areas
    from analysis.disclosure_shown import withhold_estimates
    from analysis.survey import estimates

    rows, by, unsure = attach(survey.prepared.frame), survey.group(asked.by), asked.include_dont_know
    counted = survey_sums(rows, survey.profile, by=by, waves=wave, include_dont_know=unsure)
    how = {"confidence": asked.confidence, "include_dont_know": unsure}
    told = against_rest(counted.sums, counted.design, test=asked.test, **how)
    if asked.unsuppressed:
        return compare_areas(told, withhold=False)
    counts = survey_answers(rows, survey.profile, by=by, waves=wave)
    suppressed = suppress(counts, thresholds(), sensitive=sensitive_questions(survey.profile))
    estimated = estimates(counted.sums, counted.design, **how)
    return compare_shown_areas(told, withhold_estimates(estimated, suppressed, include_dont_know=unsure))
