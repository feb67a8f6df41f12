"""Uploaded surveys, and the invented ones that stand in for them: waves chosen, answers counted, estimates made."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.rolling import WHY_NO_TREND
from analysis.survey import METHODS, estimates
from analysis.survey_tables import DESIGN_EFFECT, table_estimates
from analysis.survey_waves import CORRECTIONS, TESTS, wave_changes
from analysis.survey_words import changes_said
from data.engine import attach
from data.errors import DataError
from data.profile import Profile
from data.saved_surveys import (
    Wave,
    group_columns,
    profile_of,
    rows_of,
    same_meaning,
    saved_waves,
    wave_answers,
    wave_sums,
    waves_of,
)
from data.survey_sums import ALL, SurveySums, check_independent
from parts.cached import invented_surveys
from parts.filters import choose, slide
from parts.kept import store
from parts.survey_shown import INVENTED, Shown

__all__ = ["Asked", "ask", "by_group", "distribution", "example_waves", "kept_shown", "kept_waves", "question_of"]

_EXAMPLE_ID = "example"
_EVERYBODY = "everybody asked"
_MEASURES = {"positive answers": "top", "negative answers": "bottom", "net score": "net", "don't know": "dont_know"}
_UNSURE = ["left out of the base", "counted in the base"]
_INTERVALS = {"Wilson": "wilson", "Korn-Graubard": "beta", "logit, as R's svyciprop": "logit"}
_TESTS = {"pooled score": "score", "Wald": "wald"}
_NO_OTHER = "no other wave"


@dataclass(frozen=True)
class Asked:
    """What a reader chose to see of kept waves.

    Attributes
    ----------
    wave, against
        The later wave, and the earlier one or None.
    measure
        ``top``, ``bottom``, ``net`` or ``dont_know``.
    include_dont_know
        Whether don't know stays in the base.
    by, group
        A column of groups or "", and the one group that is looked at, ``ALL`` without.
    method, test, correction, confidence
        As in ``analysis.survey`` and ``analysis.survey_waves``.
    """

    wave: Wave
    against: Wave | None
    measure: str
    include_dont_know: bool
    by: str
    group: str
    method: str
    test: str
    correction: str
    confidence: float


def kept_waves() -> list[Wave]:
    """The waves of saved surveys, the earliest first; none where the store cannot be read, which is said."""
    try:
        versions = tuple((version.id, version.label) for version in store().versions())
        return _waves(versions) if versions else []
    except DataError as error:
        for problem in error.problems:
            st.warning(problem)
        return []


def example_waves() -> list[Wave]:
    """The waves that are invented."""
    example = invented_surveys()
    return [] if example is None else waves_of(example.survey.prepared.frame, _EXAMPLE_ID, INVENTED, "survey")


def ask(waves: list[Wave], correction: str, confidence: float) -> Asked:
    """The filters of kept surveys: which waves, who, what is counted and how."""
    names = {wave.name: wave for wave in waves[::-1]}
    columns = st.columns(3)
    with columns[0]:
        wave = names[choose("Wave", list(names), "wave")]
    earlier = [each.name for each in waves[: waves.index(wave)][::-1] if each.kind == wave.kind]
    with columns[1]:
        against = choose("Against", [*earlier, _NO_OTHER], "against")
    with columns[2]:
        measure = choose("What is counted", list(_MEASURES), "measure")
    profile = _profile(wave.version)
    groups = group_columns(profile)
    columns = st.columns(3)
    with columns[0]:
        by = choose("By", [_EVERYBODY, *groups], "by", resets="group")
    group = ALL
    if by != _EVERYBODY:
        with columns[1]:
            group = choose("Group", _groups(wave, groups[by]), "group")
    with columns[2]:
        unsure = choose("Don't know", _UNSURE, "dont_know") if wave.kind == "survey" else _UNSURE[0]
    with st.expander("How sure? Change the methods"):
        left, right = st.columns(2)
        with left:
            method = choose("Interval of a share", list(_INTERVALS), "method")
        with right:
            test = choose("Test of a change", list(_TESTS), "test")
    return Asked(
        wave, names.get(against), _MEASURES[measure], unsure == _UNSURE[1], groups.get(by, ""), group,
        _INTERVALS[method], _TESTS[test], correction, confidence,
    )  # fmt: skip


def kept_shown(asked: Asked) -> Shown:
    """Estimates and changes of the chosen waves.

    Raises
    ------
    DataError
        When two waves asked the same people, or a version cannot be read.
    """
    waves = [*([asked.against] if asked.against else []), asked.wave]
    invented = asked.wave.version == _EXAMPLE_ID
    profile = _profile(asked.wave.version)
    said: list[str] = []
    effect, base = DESIGN_EFFECT, None
    if asked.wave.kind == "aggregated":
        effect = float(slide("Design effect (assumed)", 1.0, 3.0, DESIGN_EFFECT, 0.05, "design_effect"))
        if _lacks_bases(waves):
            base = float(
                slide("Answers to each question, where the table has no base (assumed)", 50, 6000, 1500, 50, "base")
            )
    everything = pd.concat([_estimated(wave, asked, base, effect) for wave in waves], ignore_index=True)
    shown = everything[(everything["measure"] == asked.measure) & (everything["group"] == asked.group)]
    changes = pd.DataFrame(columns=["question", "verdict"])
    if asked.against:
        _check_waves(asked, profile, said)
        of_group = everything["group"] == ALL if asked.group == ALL else everything["group"] != ALL
        family = everything[(everything["measure"] == asked.measure) & of_group]
        both = wave_changes(family, asked.against.name, asked.wave.name, test=asked.test, correction=asked.correction)
        changes = both[both["group"] == asked.group].reset_index(drop=True)
    labels = {name: question.label or name for name, question in profile.questions.items()}
    labels = {name: label if label.startswith(name) else f"{name} {label}" for name, label in labels.items()}
    where = f"{asked.wave.name}" + (f" and {asked.against.name}" if asked.against else "")
    source = (
        f"{INVENTED}: {where}. Not the force's surveys."
        if invented
        else f"Uploaded, not published: {', '.join(dict.fromkeys(wave.label for wave in waves))}."
    )
    return Shown(
        name=f"{'illustrative_invented' if invented else 'uploaded'}_survey",
        status="illustrative" if invented else "uploaded",
        opening=[_opening(asked, shown, changes, invented), *said],
        source=source,
        assumed="assumed design effect" if asked.wave.kind == "aggregated" else "",
        told=_withheld(shown),
        changes=changes,
        labels=labels if profile.questions else {name: name for name in shown["question"].unique()},
        method=_method(asked, everything, profile),
    )


def distribution(asked: Asked, question: str) -> pd.DataFrame:
    """How many gave each answer to one question, in each chosen wave; empty for a table of shares."""
    waves = [*([asked.against] if asked.against else []), asked.wave]
    if asked.wave.kind == "aggregated":
        return pd.DataFrame()
    return pd.concat([_answers(wave, question, asked.by) for wave in waves], ignore_index=True)


def question_of(asked: Asked, name: str):
    """What the answers of one question mean."""
    return _profile(asked.wave.version).questions[name]


def by_group(asked: Asked) -> pd.DataFrame:
    """Estimates of the later wave and the one before by every group, what is too imprecise taken out."""
    waves = [*([asked.against] if asked.against else []), asked.wave]
    told = pd.concat([_estimated(wave, asked, None, DESIGN_EFFECT) for wave in waves], ignore_index=True)
    told = told[told["measure"] == asked.measure]
    place = {group: at for at, group in enumerate([ALL, *sorted(set(told["group"]) - {ALL})])}
    return _withheld(
        told.assign(place=told["group"].map(place)).sort_values("place", kind="stable").drop(columns="place")
    )


def _withheld(told: pd.DataFrame) -> pd.DataFrame:
    told = told.copy()
    told.loc[told["withheld"], ["estimate", "standard_error", "lower", "upper"]] = float("nan")
    return told.reset_index(drop=True)


def _opening(asked: Asked, shown: pd.DataFrame, changes: pd.DataFrame, invented: bool) -> str:
    base = shown.loc[shown["wave"] == asked.wave.name, "n"].max()
    who = "" if asked.group == ALL else f", {asked.group}"
    opening = f"{asked.wave.name}{who}: up to {base:,.0f} answered a question."
    if invented:
        return f"{INVENTED}. It shows what this page will say once a survey is uploaded; no verdict is drawn from it."
    if not len(changes):
        return f"{opening} There is no other wave to compare it with."
    return f"{opening} Since {asked.against.name}, {changes_said(changes)}."


def _method(asked: Asked, told: pd.DataFrame, profile: Profile) -> list[str]:
    lines = [f"Interval of a share: {told['method'].iloc[0]}." if len(told) else METHODS[asked.method]]
    if asked.against:
        lines.append(
            f"Change: {TESTS[asked.test]}. Verdicts after {CORRECTIONS[asked.correction]}'s correction over the family "
            "that the download names: one measure of every question, the whole sample and the groups apart."
        )
        lines.append("Two waves are taken to have asked different people.")
    if asked.wave.start is not None:
        lines.insert(0, WHY_NO_TREND)
    lines.append(
        "Withheld from everybody: an effective base under 30, an interval 30 points wide or wider, or one wider than "
        "1.3 times the share. Marked: bases under 100 and under 50."
    )
    return [*lines, *profile.notes]


def _check_waves(asked: Asked, profile: Profile, said: list[str]) -> None:
    """Refuse waves that asked the same people; say where questions do not mean the same in both."""
    first, second = asked.against, asked.wave
    if first.version == second.version and first.value is not None and second.kind == "survey":
        _independent(second.version, first.value, second.value)
    if first.version != second.version:
        before = _profile(first.version)
        both = [name for name in profile.questions if name in before.questions]
        said += same_meaning(before, profile, both)
        if alone := [name for name in profile.questions if name not in before.questions]:
            said.append(f"Asked in {second.name} only: {', '.join(alone)}.")


def _estimated(wave: Wave, asked: Asked, base: float | None, effect: float) -> pd.DataFrame:
    how = {"method": asked.method, "confidence": asked.confidence, "withhold": False}
    if wave.kind == "aggregated":
        rows = _printed(wave, asked.by)
        return table_estimates(rows, base=base, design_effect=effect, **how)
    counted = _sums(wave, asked.by or None, asked.include_dont_know)
    return estimates(counted.sums, counted.design, include_dont_know=asked.include_dont_know, **how)


def _lacks_bases(waves: list[Wave]) -> bool:
    return any("base" not in _printed(wave, "") or _printed(wave, "")["base"].isna().any() for wave in waves)


def _printed(wave: Wave, by: str) -> pd.DataFrame:
    """The rows of an aggregated version that belong to one wave, with ``by`` as their area."""
    rows = store().read(wave.version)
    rows = rows if wave.value is None else rows[rows["wave"] == wave.value]
    if by and by != "area":
        rows = rows.drop(columns="area", errors="ignore").rename(columns={by: "area"})
    return rows.assign(wave=wave.name)


def _rows(version: str):
    if version == _EXAMPLE_ID:
        return attach(invented_surveys().survey.prepared.frame)
    return rows_of(store(), version)


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def _waves(versions: tuple[tuple[str, str], ...]) -> list[Wave]:
    return saved_waves(store())


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def _profile(version: str) -> Profile:
    return invented_surveys().survey.profile if version == _EXAMPLE_ID else profile_of(store().version(version))


@st.cache_data(show_spinner="Counting answers", max_entries=64, scope="session")
def _sums(wave: Wave, by: str | None, include_dont_know: bool) -> SurveySums:
    return wave_sums(_rows(wave.version), _profile(wave.version), wave, by, include_dont_know)


@st.cache_data(show_spinner="Counting answers", max_entries=64, scope="session")
def _answers(wave: Wave, question: str, by: str) -> pd.DataFrame:
    return wave_answers(_rows(wave.version), _profile(wave.version), wave, question, by or None)


@st.cache_data(show_spinner=False, max_entries=64, scope="session")
def _independent(version: str, first: str, second: str) -> None:
    check_independent(_rows(version), _profile(version), first, second)


def _groups(wave: Wave, column: str) -> list[str]:
    """The groups of a column in one wave."""
    if wave.kind == "aggregated":
        found = _printed(wave, column)["area"].dropna().astype(str).unique()
        return sorted(name for name in found if name.upper() != ALL)
    sums = _sums(wave, column, False).sums
    return sorted(sums.loc[sums["group"] != ALL, "group"].unique())
