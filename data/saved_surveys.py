"""The waves of saved surveys: found in the versions of a store, put in order, and counted in the engine.

A wave is what two of can be compared: a value of a version's wave column; a whole version where it has none; or twelve
months of a survey that is asked all the time, counted back from its last month so that no two share an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from data.engine import attach
from data.profile import Profile
from data.profile_file import from_toml
from data.store import Store, Version
from data.survey_answers import survey_answers
from data.survey_sums import SurveySums, survey_sums
from data.templates import sample_survey
from data.versions import key_of
from data.wave_names import order_by_date, order_of_names
from data.wording import plain, tidy

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "Wave", "comparable", "group_columns", "is_sample", "profile_of", "rows_of", "same_meaning", "saved_waves",
    "versions_of_one", "wave_answers", "wave_rows", "wave_sums", "waves_before", "waves_of",
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
    invented
        Whether it is a sample or template of the explorer's own, which says nothing of anybody.
    """

    version: str
    label: str
    name: str
    kind: str
    value: str | None = None
    start: pd.Timestamp | None = None
    end: pd.Timestamp | None = None
    invented: bool = False


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
            own = waves_of(_key_columns(store, version), version.id, version.label, version.kind)
            found += [replace(wave, invented=is_sample(version)) for wave in own]
    told = _told_apart(_told_apart(found, lambda wave: wave.label), lambda wave: wave.version[:6])
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
    own = _same(wave)
    return [
        other for other in before if other.version != wave.version and other.kind == wave.kind and _same(other) == own
    ]


def _same(wave: Wave) -> tuple[object, ...]:
    """What two versions of one wave have in common: the name of the wave, or its months, or their label."""
    return (wave.value,) if wave.value else (wave.start, wave.end) if wave.start is not None else (wave.label,)


def waves_before(wave: Wave, waves: Sequence[Wave]) -> list[Wave]:
    """The waves that may stand beside one as its past, the latest first; never a version of the same wave.

    Parameters
    ----------
    wave, waves
        One of them, and all those of the same survey, as ``saved_waves`` gives them.

    Examples
    --------
    >>> june, january = (Wave(v, v, name, "survey", name) for v, name in [("a", "June 2022"), ("b", "January 2023")])
    >>> [each.name for each in waves_before(january, [january, june])]
    ['June 2022']
    """
    alike = [each for each in waves if each != wave and each.kind == wave.kind and _same(each) != _same(wave)]
    names = {each.value or each.name: each for each in [*alike, wave]}
    order = order_of_names(list(names)) if len(names) == len(alike) + 1 else None
    if order:
        return [names[name] for name in order[: order.index(wave.value or wave.name)]][::-1]
    return [each for each in list(waves)[: list(waves).index(wave)] if each in alike][::-1]


def comparable(first: Profile, second: Profile) -> list[str]:
    """Questions that two profiles ask in the same words or column, and count in the same way.

    >>> from data.profile import Question
    >>> one = Profile(questions={"Q1": Question("Q1", "Feel safe", positive=("Yes",)), "Q2": Question("Q2", "Trust")})
    >>> two = Profile(questions={"Q1": Question("Q1", "Feel safe", positive=("Yes",)), "Q2": Question("B", "Contact")})
    >>> comparable(one, two)
    ['Q1']
    """
    told = []
    for key, question in second.questions.items():
        if key not in first.questions:
            continue
        before = first.questions[key]
        words = plain(before.label or key) == plain(question.label or key)
        if (words or plain(before.column) == plain(question.column)) and not same_meaning(first, second, [key]):
            told.append(key)
    return told


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
    ['Q4 does not count the same answers as positive in both waves: Yes; then Yes, Maybe. It is not compared.']
    """
    told = []
    for key in questions:
        for side in ("positive", "negative"):
            counted = [tuple(map(tidy, getattr(profile.questions[key], side))) for profile in (first, second)]
            if set(counted[0]) != set(counted[1]):
                told.append(
                    f"{key} does not count the same answers as {side} in both waves: "
                    f"{', '.join(counted[0]) or 'none'}; then {', '.join(counted[1]) or 'none'}. It is not compared."
                )
    return told


def is_sample(version: Version) -> bool:
    """Whether a version is the invented sample as the upload page hands it out, whatever it was called when saved."""
    return version.key == key_of(sample_survey(), version.profile)


def profile_of(version: Version) -> Profile:
    """What the columns and answers of a version mean."""
    return from_toml(version.profile, version.label)


def rows_of(store: Store, version_id: str) -> ir.Table:
    """The rows of a version, attached to an engine of their own."""
    return attach(store.table(version_id))


def _told_apart(waves: list[Wave], by: Callable[[Wave], str]) -> list[Wave]:
    """Waves that are called alike get something more in their names."""
    names = [wave.name for wave in waves]
    twice = {name for name in names if names.count(name) > 1}
    return [replace(wave, name=f"{wave.name}, {by(wave)}") if wave.name in twice else wave for wave in waves]


def _key_columns(store: Store, version: Version) -> pd.DataFrame:
    return store.read(version.id, [name for name in ("wave", "date") if name in version.columns])
