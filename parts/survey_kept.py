"""Uploaded surveys, and the invented ones that stand in for them: what is asked of them, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.disclosure_shown import withhold_changes, withhold_estimates
from analysis.rolling import WHY_NO_TREND
from analysis.survey import METHODS, NUMBERS, estimates
from analysis.survey_tables import DESIGN_EFFECT, table_estimates
from analysis.survey_waves import CORRECTIONS, TESTS, wave_changes
from analysis.survey_words import changes_said
from data.saved_surveys import Wave, group_columns, same_meaning
from data.survey_sums import ALL
from parts.filters import choose, slide
from parts.kept import is_hosted
from parts.survey_counted import (
    answers_of,
    check_people,
    groups_of,
    is_invented,
    printed_of,
    profile_for,
    sums_of,
    suppressed_of,
)
from parts.survey_shown import INVENTED, Shown

__all__ = ["Asked", "ask", "distribution", "estimates_of", "kept_shown"]

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
    base, effect
        Answers and design effect to assume for a table of shares; the base is None where all have one.
    guarded
        Whether what viewers may not see is withheld.
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
    base: float | None = None
    effect: float = DESIGN_EFFECT
    guarded: bool = True

    @property
    def waves(self) -> list[Wave]:
        """The earlier wave, where there is one, and the later."""
        return [*([self.against] if self.against else []), self.wave]


def ask(waves: Sequence[Wave], correction: str, confidence: float) -> Asked:
    """The filters of kept surveys: which waves, who, what is counted and how."""
    names = {wave.name: wave for wave in list(waves)[::-1]}
    first, second, third = st.columns(3)
    with first:
        wave = names[choose("Wave", list(names), "wave", resets="against")]
    before = list(waves)[: list(waves).index(wave)][::-1]
    with second:
        against = choose("Against", [*[each.name for each in before if each.kind == wave.kind], _NO_OTHER], "against")
    with third:
        measure = choose("What is counted", list(_MEASURES), "measure") if wave.kind == "survey" else "positive answers"
    groups = group_columns(profile_for(wave.version))
    first, second, third = st.columns(3)
    with first:
        by = choose("By", [_EVERYBODY, *groups], "by", resets="group")
    column, group = groups.get(by, ""), ALL
    if column:
        with second:
            group = choose("Group", [_EVERYBODY, *groups_of(wave, column)], "group")
    with third:
        unsure = choose("Don't know", _UNSURE, "dont_know") if wave.kind == "survey" else _UNSURE[0]
    base, effect = (
        (None, DESIGN_EFFECT) if wave.kind == "survey" else _ask_assumptions([wave, names.get(against, wave)])
    )
    with st.expander("How sure? Change the methods"):
        left, right = st.columns(2)
        with left:
            method = choose("Interval of a share", list(_INTERVALS), "method")
        with right:
            test = choose("Test of a change", list(_TESTS), "test")
    return Asked(
        wave, names.get(against), _MEASURES[measure], unsure == _UNSURE[1], column,
        ALL if group == _EVERYBODY else group, _INTERVALS[method], _TESTS[test], correction, confidence, base, effect,
        _ask_guard(wave),
    )  # fmt: skip


def kept_shown(asked: Asked) -> Shown:
    """Estimates and changes of the chosen waves.

    Raises
    ------
    DataError
        When two waves asked the same people, or a version cannot be read.
    """
    invented = is_invented(asked.wave)
    everything = _everything(asked)
    shown = _for_viewer(everything, asked)
    said: list[str] = []
    changes = pd.DataFrame(columns=["question", "verdict"])
    if asked.against:
        said += _check_waves(asked)
        part = everything["group"] == ALL if asked.group == ALL else everything["group"] != ALL
        family = everything[(everything["measure"] == asked.measure) & part]
        changes = wave_changes(
            family, asked.against.name, asked.wave.name, test=asked.test, correction=asked.correction
        )
        changes = withhold_changes(changes, shown) if _is_guarded(asked) else changes
        changes = changes[changes["group"] == asked.group].reset_index(drop=True)
    told = shown[(shown["measure"] == asked.measure) & (shown["group"] == asked.group)].reset_index(drop=True)
    names = ", ".join(dict.fromkeys(wave.label for wave in asked.waves))
    waves = " and ".join(wave.name for wave in asked.waves)
    return Shown(
        name=f"{'illustrative_invented' if invented else 'uploaded'}_survey",
        status="illustrative" if invented else "uploaded",
        opening=[_opening(asked, told, changes), *said],
        source=f"{INVENTED}: {waves}. Not the force's surveys." if invented else f"Uploaded, not published: {names}.",
        assumed="assumed design effect" if asked.wave.kind == "aggregated" else "",
        told=told,
        changes=changes,
        labels=_labels(asked, told),
        method=_method(asked, everything),
    )


def estimates_of(asked: Asked) -> pd.DataFrame:
    """Estimates of the chosen waves by every group, the whole sample first, as whoever looks may see them."""
    told = _for_viewer(_everything(asked), asked)
    told = told[told["measure"] == asked.measure]
    place = {group: at for at, group in enumerate([ALL, *sorted(set(told["group"]) - {ALL})])}
    order = told.assign(place=told["group"].map(place)).sort_values("place", kind="stable").index
    return told.loc[order].reset_index(drop=True)


def distribution(asked: Asked, question: str) -> pd.DataFrame:
    """How many gave each answer to one question, in each chosen wave and the one group.

    Without rows for a table of shares, and of a wave in which an answer is withheld from whoever looks.
    """
    parts = []
    for wave in asked.waves if asked.wave.kind == "survey" else []:
        counts = suppressed_of(wave, asked.by) if _is_guarded(asked) else answers_of(wave, asked.by)
        counts = counts[(counts["question"] == question) & (counts["group"] == asked.group)]
        if not ("withheld" in counts and (counts["withheld"] | counts["base_withheld"]).any()):
            own = answers_of(wave, asked.by)
            parts.append(own[(own["question"] == question) & (own["group"] == asked.group)])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _ask_assumptions(waves: Sequence[Wave]) -> tuple[float | None, float]:
    """What a table of shares does not say."""
    effect = float(slide("Design effect (assumed)", 1.0, 3.0, DESIGN_EFFECT, 0.05, "design_effect"))
    tables = [printed_of(wave, "") for wave in waves]
    if all("base" in table and table["base"].notna().all() for table in tables):
        return None, effect
    return float(slide("Answers where the table has no base (assumed)", 50, 6000, 1500, 50, "base")), effect


def _ask_guard(wave: Wave) -> bool:
    """Viewers never see small cells; the analyst at their own computer may ask to."""
    if is_hosted() or is_invented(wave) or wave.kind != "survey":
        return True
    words = "Show what is withheld to protect respondents (for your eyes only, not for publishing)"
    return not st.checkbox(words, key="_survey_unguarded")


def _is_guarded(asked: Asked) -> bool:
    """Published and invented answers are exempt, and so is a table that has been told already."""
    return asked.guarded and asked.wave.kind == "survey" and not is_invented(asked.wave)


def _everything(asked: Asked) -> pd.DataFrame:
    """Estimates of all groups and measures, nothing taken out: a family is what it is, whatever may be shown of it."""
    how = {"method": asked.method, "confidence": asked.confidence, "withhold": False}
    told = []
    for wave in asked.waves:
        if wave.kind == "aggregated":
            rows = printed_of(wave, asked.by)
            told.append(table_estimates(rows, base=asked.base, design_effect=asked.effect, **how))
        else:
            counted = sums_of(wave, asked.by, asked.include_dont_know)
            told.append(estimates(counted.sums, counted.design, include_dont_know=asked.include_dont_know, **how))
    return pd.concat(told, ignore_index=True)


def _for_viewer(everything: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """What is too imprecise is taken out for everybody; what tells of single respondents, for viewers."""
    told = everything.copy()
    told.loc[told["withheld"], NUMBERS] = float("nan")
    if not _is_guarded(asked):
        return told
    suppressed = pd.concat([suppressed_of(wave, asked.by) for wave in asked.waves], ignore_index=True)
    return withhold_estimates(told, suppressed, include_dont_know=asked.include_dont_know)


def _labels(asked: Asked, told: pd.DataFrame) -> dict[str, str]:
    """Question to what it is called: its short name, and its label where that is another."""
    questions = profile_for(asked.wave.version).questions
    labels = {name: questions[name].label if name in questions else "" for name in told["question"].unique()}
    return {name: label if label.startswith(name) else f"{name} {label}".strip() for name, label in labels.items()}


def _opening(asked: Asked, told: pd.DataFrame, changes: pd.DataFrame) -> str:
    if is_invented(asked.wave):
        return f"{INVENTED}. It shows what this page will say once a survey is uploaded; no verdict is drawn from it."
    base = told.loc[told["wave"] == asked.wave.name, "n"].max()
    who = "" if asked.group == ALL else f", {asked.group}"
    known = "too few answered to say" if pd.isna(base) else f"up to {base:,.0f} answered a question"
    opening = f"{asked.wave.name}{who}: {known}."
    if asked.against is None:
        return f"{opening} There is no other wave to compare it with."
    return f"{opening} Since {asked.against.name}, {changes_said(changes)}."


def _method(asked: Asked, told: pd.DataFrame) -> list[str]:
    lines = [f"Interval of a share: {told['method'].iloc[0] if len(told) else METHODS[asked.method]}."]
    if asked.wave.start is not None:
        lines.insert(0, WHY_NO_TREND)
    if asked.against:
        lines.append(
            f"Change: {TESTS[asked.test]}. Verdicts after {CORRECTIONS[asked.correction]}'s correction over the family "
            "that the download names: one measure of every question, the whole sample and the groups apart. Two waves "
            "are taken to have asked different people."
        )
    lines.append(
        "Withheld from everybody: an effective base under 30, an interval 30 points wide or wider, or one wider than "
        "1.3 times the share. Bases under 100 and under 50 are marked."
    )
    if _is_guarded(asked):
        lines.append(
            "Withheld from viewers to protect respondents: groups of under 30 and answers given by under 5 (10 to a "
            "question marked sensitive), and what else would give those away."
        )
    return [*lines, *profile_for(asked.wave.version).notes]


def _check_waves(asked: Asked) -> list[str]:
    """Refuse waves that asked the same people; say where questions do not mean the same in both."""
    first, second = asked.against, asked.wave
    if first.version == second.version:
        if first.value is not None and second.kind == "survey":
            check_people(second.version, first.value, second.value)
        return []
    before, now = profile_for(first.version), profile_for(second.version)
    said = same_meaning(before, now, [name for name in now.questions if name in before.questions])
    alone = [name for name in now.questions if name not in before.questions]
    return [*said, *([f"Asked in {second.name} only: {', '.join(alone)}."] if alone else [])]
