"""A survey as a file on its way to the engine: read, understood by a profile or a proposal, and prepared.

Where a proposal leaves a doubt that would change the figures, the file is refused with what has to be declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import DataError
from data.prepare import Prepared, prepare
from data.profile import KINDS, Profile
from data.profile_check import problems
from data.profile_file import from_toml
from data.profile_match import new_answers, spoken
from data.reading import read_file
from data.role_words import kind_words
from data.roles import propose
from data.wave_names import order_by_date, order_of_names
from data.wording import find_column, plain, tidy

__all__ = ["SurveyFile", "open_survey", "printed_rows", "read_margins", "two_waves", "wave_order"]

_GROUP_ROLES = ["area", "stratum", "cluster"]


@dataclass(frozen=True)
class SurveyFile:
    """A survey, or an aggregated table of one, ready to be counted.

    Attributes
    ----------
    name
        The file's, for sentences.
    profile
        Declared or proposed.
    prepared
        Its rows, and what became of the others.
    notes
        Sentences about what was assumed or left out.
    """

    name: str
    profile: Profile
    prepared: Prepared
    notes: tuple[str, ...]

    @property
    def waves(self) -> list[str]:
        """Its waves by name.

        Raises
        ------
        DataError
            When no column is the wave.
        """
        if "wave" not in self.profile.columns:
            raise DataError(f"{self.name}: no column is the wave. Declare one in a profile, as wave under columns.")
        return sorted(str(wave) for wave in self.prepared.frame["wave"].dropna().unique())

    def wave(self, asked: str) -> str:
        """The wave that a user means, whatever its case.

        Raises
        ------
        DataError
            When there is none.
        """
        known = {plain(wave): wave for wave in self.waves}
        if plain(asked) not in known:
            raise DataError(f"{self.name}: there is no wave '{asked}'. The waves are: {', '.join(self.waves)}.")
        return known[plain(asked)]

    def group(self, asked: str) -> str:
        """The column of ``prepared.frame`` that a user means: by its role or its heading, whatever its case.

        Raises
        ------
        DataError
            When no column of groups is called so.
        """
        known = {role: role for role in _GROUP_ROLES if role in self.profile.columns}
        known |= {plain(self.profile.columns[role]): role for role in known}
        known |= {plain(column): tidy(column) for column in self.profile.groups}
        if plain(asked) not in known:
            listed = ", ".join(dict.fromkeys(known.values())) or "none"
            raise DataError(f"{self.name}: there is no group '{asked}'. The columns of groups are: {listed}.")
        return known[plain(asked)]


def open_survey(path: Path, profile: Path | None = None) -> SurveyFile:
    """Read a file and apply a profile to it, or propose one.

    Parameters
    ----------
    path
        The survey: a row a respondent, or a row a question and area.
    profile
        A TOML file; roles and scales are proposed without it.

    Raises
    ------
    DataError
        When the file or the profile cannot be read, they do not fit, it is no survey, or without a profile it is in
        doubt what a column or an answer means.
    """
    reading = read_file(path)
    name = reading.name
    if profile:
        if not profile.is_file():
            raise DataError(f"There is no file {profile}.")
        meant = from_toml(_text(profile), profile.name)
    else:
        meant = propose(reading.rows, name)
    if meant.kind not in ("survey", "aggregated"):
        raise DataError(_no_survey(meant.kind, name))
    if not profile and (doubts := [*meant.doubts, *problems(meant, name)]):
        raise DataError([*doubts, "Declare it in a profile, a TOML file, and name that with --profile."])
    prepared = prepare(meant, reading.rows, reading.lines, name)
    if prepared.frame.empty:
        why = prepared.set_aside["reason"].str.replace(r",? in line \d+", "", regex=True).value_counts()
        raise DataError(
            f"{name}: no row can be used. {len(prepared.set_aside):,} rows were set aside, {why.iloc[0]:,} of them "
            f"because {why.index[0]}. Mend the file, or declare in a profile how it is to be read."
            if len(why)
            else f"{name}: no row can be used, for it has none."
        )
    fresh = _new_answers(meant, reading.rows, name)
    notes = (*meant.notes, *prepared.notes, *fresh, *_left_out(reading.rejected, prepared, name))
    return SurveyFile(name, meant, prepared, notes)


def read_margins(path: Path, survey: SurveyFile) -> pd.DataFrame:
    """Read the margins to rake to, in the survey's own spelling.

    Returns
    -------
    DataFrame
        ``variable, level, share``.

    Raises
    ------
    DataError
        When the file has other columns, a share is no number, or a variable is no group of the survey.
    """
    reading = read_file(path)
    found = {plain(column): column for column in reading.columns}
    if missing := [name for name in ("variable", "level", "share") if name not in found]:
        raise DataError(f"{reading.name}: there is no column {missing[0]}. Expected variable, level, share.")
    rows = reading.rows[[found[name] for name in ("variable", "level", "share")]]
    rows = rows.set_axis(["variable", "level", "share"], axis="columns")
    share = pd.to_numeric(rows["share"], errors="coerce")
    for line, text in zip(reading.lines[share.isna()], rows["share"][share.isna()], strict=True):
        raise DataError(f"{reading.name}, row {line}, share: found '{text}', expected a number such as 0.25.")
    columns = {name: survey.group(name) for name in rows["variable"].unique()}
    frame = survey.prepared.frame
    spelled = {
        (name, plain(str(level))): str(level)
        for name, column in columns.items()
        for level in frame[column].dropna().unique()
    }
    levels = [
        spelled.get((name, plain(level)), tidy(level))
        for name, level in zip(rows["variable"], rows["level"], strict=True)
    ]
    return pd.DataFrame({"variable": rows["variable"].map(columns), "level": levels, "share": share})


def two_waves(survey: SurveyFile, asked: str | None = None) -> tuple[str, str]:
    """The last two waves, or those named as "A,B".

    Raises
    ------
    DataError
        When the file has no two waves, one of those named is not there, or nothing tells their order.
    """
    if asked is not None:
        named = [survey.wave(name.strip()) for name in asked.split(",")]
        if len(named) != 2 or named[0] == named[1]:
            raise DataError(f"Two different waves are needed, as A,B; found '{asked}'.")
        return named[0], named[1]
    waves = survey.waves
    if len(waves) < 2:
        raise DataError(f"{survey.name}: two waves are needed to compare, and there is only {waves[0]}.")
    order = wave_order(survey)
    if order is None:
        raise DataError(
            f"{survey.name}: the names of the waves ({', '.join(waves)}) do not tell their order. "
            "Name two, the earlier first, with --waves A,B."
        )
    return order[-2], order[-1]


def wave_order(survey: SurveyFile) -> list[str] | None:
    """Its waves from the first to the last, by their dates or their names; None where neither tells."""
    dated = order_by_date(survey.prepared.frame) if "date" in survey.profile.columns else None
    return dated or order_of_names(survey.waves)


def printed_rows(survey: SurveyFile, by: str | None = None, waves: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of an aggregated survey as ``analysis.survey_tables`` takes them: ``by`` stands in for the area."""
    frame = survey.prepared.frame
    if by and survey.group(by) != "area":
        frame = frame.drop(columns="area", errors="ignore").rename(columns={survey.group(by): "area"})
    return frame if waves is None else frame[frame["wave"].isin(list(waves))]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path.name}: this is not UTF-8 text. Save the profile as UTF-8.") from None


def _no_survey(kind: str, name: str) -> str:
    """What to do with a file that holds no answers, and with a survey that was not seen to be one."""
    row, _ = KINDS[kind]
    return (
        f"{name} reads like {kind_words(kind).lower()} (a row is {row}), which have no answers to take shares of. Save "
        "it on the Upload page to see it there. If it is a survey, say so in a profile, a TOML file that begins with "
        'kind = "survey" (or "aggregated") and names its columns, and name that with --profile.'
    )


def _new_answers(profile: Profile, rows: pd.DataFrame, name: str) -> list[str]:
    """Every answer that the profile does not list, and what becomes of it."""
    return [
        f"{name}, question {key}: {spoken(found)}"
        for key, question in profile.questions.items()
        if (column := find_column(list(rows.columns), question.column))
        for found in new_answers(question, rows[column])
    ]


def _left_out(rejected: pd.DataFrame, prepared: Prepared, name: str) -> list[str]:
    """What part of a file is not in its figures."""
    parts = {"Lines that could not be read": rejected, "Rows set aside": prepared.set_aside}
    parts["Cells that do not fit the profile and count as missing"] = prepared.refused
    return [f"{name}: {what}: {len(rows):,}." for what, rows in parts.items() if len(rows)]
