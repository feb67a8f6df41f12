"""The waves of saved surveys: found in the versions of a store, put in order, and counted in the engine.

A wave is what two of can be compared: a value of a version's wave column; a whole version where it has none; or twelve
months of a survey that is asked all the time, counted back from its last month so that no two share an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.engine import attach
from data.profile import Profile
from data.profile_file import from_toml
from data.store import Store, Version
from data.survey_answers import survey_answers
from data.survey_sums import SurveySums, survey_sums
from data.wave_names import order_by_date, order_of_names
from data.wording import tidy

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "Wave", "group_columns", "profile_of", "rows_of", "same_meaning", "saved_waves", "versions_of_one", "wave_answers",
    "wave_rows", "wave_sums", "waves_of",
]  # fmt: skip

_YEAR = 12  # months


@dataclass(frozen=True)
class Wave:
    """One wave of one saved survey.

    Attributes
    ----------
    version
        Id of the version that holds it, or any name for rows that are no version.
    label
        The version's.
    name
        What it is called; no two of one list are called alike.
    kind
        ``survey`` or ``aggregated``.
    value
        In the column of waves; None where the version has no such column.
    start, end
        First and last day, of a wave that is twelve months of a longer version.
    """

    version: str
    label: str
    name: str
    kind: str
    value: str | None = None
    start: pd.Timestamp | None = None
    end: pd.Timestamp | None = None


def saved_waves(store: Store) -> list[Wave]:
    """Every wave of every saved survey, the earliest first as far as names or dates tell, else as they were saved.

    Raises
    ------
    DataError
        When a version's file is missing or damaged.
    """
    found: list[Wave] = []
    for version in reversed(store.versions()):
        if version.kind in ("survey", "aggregated"):
            found += waves_of(_key_columns(store, version), version.id, version.label, version.kind)
    names = [wave.name for wave in found]
    twice = {name for name in names if names.count(name) > 1}
    told = [_renamed(wave, f"{wave.name}, {wave.label}") if wave.name in twice else wave for wave in found]
    order = order_of_names([wave.name for wave in told]) if len({wave.name for wave in told}) == len(told) else None
    return sorted(told, key=lambda wave: order.index(wave.name)) if order else told


def waves_of(frame: pd.DataFrame, version: str, label: str, kind: str) -> list[Wave]:
    """The waves of one survey's rows, the earliest first.

    Parameters
    ----------
    frame
        ``wave`` or ``date`` where the survey has them; nothing else is looked at.
    version, label, kind
        As in ``Wave``.

    Examples
    --------
    >>> frame = pd.DataFrame({"wave": ["January 2023", "June 2022", "June 2022"]})
    >>> [wave.name for wave in waves_of(frame, "v", "Confidence", "survey")]
    ['June 2022', 'January 2023']
    >>> months = pd.DataFrame({"date": pd.date_range("2021-02-01", "2023-03-01", freq="MS")})
    >>> [wave.name for wave in waves_of(months, "v", "Satisfaction", "survey")]
    ['12 months to March 2022', '12 months to March 2023']
    """
    if "wave" in frame:
        values = [str(value) for value in frame["wave"].dropna().unique()]
        ordered = (order_by_date(frame) if "date" in frame else None) or order_of_names(values) or values
        return [Wave(version, label, value, kind, value) for value in ordered]
    days = frame["date"].dropna() if "date" in frame else pd.Series(dtype="datetime64[ns]")
    if len(days):
        last = pd.Timestamp(days.max()).to_period("M")
        months = (last - pd.Timestamp(days.min()).to_period("M")).n + 1
        ends = [last - _YEAR * back for back in range(months // _YEAR)][::-1]
        if len(ends) > 1:
            return [
                Wave(version, label, f"12 months to {end.strftime('%B %Y')}", kind, None,
                     (end - (_YEAR - 1)).start_time, end.end_time)
                for end in ends
            ]  # fmt: skip
    return [Wave(version, label, label, kind)]


def wave_rows(rows: ir.Table, wave: Wave) -> ir.Table:
    """The rows of one wave."""
    if wave.value is not None:
        return rows.filter(rows["wave"] == wave.value)
    if wave.start is not None:
        return rows.filter(rows["date"] >= wave.start, rows["date"] <= wave.end)
    return rows


def wave_sums(
    rows: ir.Table, profile: Profile, wave: Wave, by: str | None = None, include_dont_know: bool = False
) -> SurveySums:
    """What the estimates of one wave are made of, under the wave's name.

    Parameters
    ----------
    rows
        Those of its version, attached.
    profile
        What they mean.
    wave
        The wave.
    by, include_dont_know
        As in ``data.survey_sums.survey_sums``.

    Raises
    ------
    DataError
        As ``survey_sums``.
    """
    counted = survey_sums(wave_rows(rows, wave), profile, by=by, include_dont_know=include_dont_know)
    return SurveySums(counted.sums.assign(wave=wave.name), counted.design.assign(wave=wave.name))


def wave_answers(rows: ir.Table, profile: Profile, wave: Wave, by: str | None = None) -> pd.DataFrame:
    """How many gave each answer to each question of one wave, under the wave's name.

    Parameters
    ----------
    rows, profile, wave, by
        As in ``wave_sums``.

    Returns
    -------
    DataFrame
        As ``data.survey_answers.survey_answers``.
    """
    return survey_answers(wave_rows(rows, wave), profile, by=by).assign(wave=wave.name)


def versions_of_one(wave: Wave, waves: Sequence[Wave]) -> list[Wave]:
    """Other versions that hold the same wave, saved before it: who sees both can take one from the other.

    >>> first, second = Wave("a", "June", "June, first", "survey", "June"), Wave("b", "June", "June", "survey", "June")
    >>> [other.version for other in versions_of_one(second, [first, second])]
    ['a']
    """
    before = list(waves)[: list(waves).index(wave)]
    named = wave.value or wave.label
    return [
        other
        for other in before
        if other.version != wave.version and other.kind == wave.kind and (other.value or other.label) == named
    ]


def group_columns(profile: Profile) -> dict[str, str]:
    """The columns that figures can be broken down by: what they are called, to their name in the rows.

    >>> group_columns(Profile(columns={"area": "Local Policing Team"}, groups=("Age band",)))
    {'Local Policing Team': 'area', 'Age band': 'Age band'}
    """
    named = {profile.columns["area"]: "area"} if "area" in profile.columns else {}
    return named | {tidy(name): tidy(name) for name in profile.groups}


def same_meaning(first: Profile, second: Profile, questions: Sequence[str]) -> list[str]:
    """Questions whose answers are not counted alike in two profiles, as sentences.

    >>> from data.profile import Question
    >>> one = Profile(questions={"Q4": Question("Q4", order=("Yes", "No"), positive=("Yes",))})
    >>> two = Profile(questions={"Q4": Question("Q4", order=("Yes", "Maybe", "No"), positive=("Yes", "Maybe"))})
    >>> same_meaning(one, two, ["Q4"])
    ['Q4 does not count the same answers in both waves: Yes; then Yes, Maybe.']
    """
    told = []
    for key in questions:
        counted = [tuple(map(tidy, profile.questions[key].positive)) for profile in (first, second)]
        if set(counted[0]) != set(counted[1]):
            told.append(
                f"{key} does not count the same answers in both waves: {', '.join(counted[0])}; "
                f"then {', '.join(counted[1])}."
            )
    return told


def profile_of(version: Version) -> Profile:
    """What the columns and answers of a version mean."""
    return from_toml(version.profile, version.label)


def rows_of(store: Store, version_id: str) -> ir.Table:
    """The rows of a version, attached to an engine of their own."""
    return attach(store.table(version_id))


def _key_columns(store: Store, version: Version) -> pd.DataFrame:
    return store.read(version.id, [name for name in ("wave", "date") if name in version.columns])


def _renamed(wave: Wave, name: str) -> Wave:
    return Wave(wave.version, wave.label, name, wave.kind, wave.value, wave.start, wave.end)
