"""Uploaded surveys, and the invented ones that stand in for them: what they answer to what is asked of them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.disclosure_shown import withhold_changes, withhold_estimates, withhold_table
from analysis.rolling import WHY_NO_TREND
from analysis.survey import METHODS, NUMBERS, estimates
from analysis.survey_tables import table_estimates
from analysis.survey_waves import wave_changes
from analysis.survey_words import MEASURE_WORDS, changes_said
from data.saved_surveys import Wave, comparable, same_meaning, versions_of_one
from data.states import PUBLISHED, uploaded_words
from data.survey_sums import ALL
from parts.audit import exporter
from parts.kept import store, thresholds
from parts.made_from import note, stamp_state, state_of
from parts.remembered import remembered
from parts.survey_asked import Asked
from parts.survey_counted import (
    all_waves,
    answers_of,
    check_people,
    is_invented,
    is_own,
    labels_of,
    printed_of,
    profile_for,
    saved_versions,
    sums_of,
    suppressed_of,
    versions_at_hand,
)
from parts.survey_shown import INVENTED, NOT_PROTECTED, Shown

__all__ = ["distribution", "estimates_of", "kept_shown"]


def kept_shown(asked: Asked) -> Shown:
    """Estimates and changes of the chosen waves. Shared by who may see the same versions: never changed by a page.

    Raises
    ------
    DataError
        When two waves asked the same people, or a version cannot be read.
    ValueError
        When nothing of what is asked for is there.
    """
    key, own = _key(asked), is_own(asked.waves)
    versions = saved_versions(asked.waves)
    note(versions)
    shown = remembered(("survey", *key), own, lambda: _shown(asked, key, own))
    # whose export it is depends on who looks, so it is no part of what is shared
    return replace(shown, exported=exporter(store(), versions, shown.unguarded))


def _key(asked: Asked) -> tuple[object, ...]:
    """What a survey's numbers depend on: what is asked, what is protected, and the versions that stand beside it."""
    return asked, thresholds(), versions_at_hand()


def _shown(asked: Asked, key: tuple[object, ...], own: bool) -> Shown:
    invented = is_invented(asked.wave)
    everything = _everything(asked)
    _check_there(asked, everything)
    shown = _for_viewer(everything, asked)
    said: list[str] = []
    changes = pd.DataFrame(columns=["question", "verdict"])
    if asked.against:
        said += _check_waves(asked)
        part = everything["group"] == ALL if asked.group == ALL else everything["group"] != ALL
        family = everything[(everything["measure"] == asked.measure) & part]
        family = family[family["question"].isin(_compared(asked, family))]
        guarded = _is_guarded(asked)
        changes = changes if set(family["wave"]) != {wave.name for wave in asked.waves} else wave_changes(
            family, asked.against.name, asked.wave.name, test=asked.test, correction=asked.correction,
            shown=shown if guarded else None,
        )  # fmt: skip
        if len(changes):
            changes = withhold_changes(changes, shown) if guarded else changes
            changes = changes[changes["group"] == asked.group].reset_index(drop=True)
    told = shown[(shown["measure"] == asked.measure) & (shown["group"] == asked.group)].reset_index(drop=True)
    status = "uploaded, not protected" if _is_unguarded(asked) else "uploaded"
    state = stamp = PUBLISHED
    if versions := saved_versions(asked.waves):
        state, stamp = state_of(versions), stamp_state(versions)
    names = ", ".join(dict.fromkeys(wave.label for wave in asked.waves))
    waves = " and ".join(wave.name for wave in asked.waves)
    return Shown(
        key=key,
        own=own,
        name=f"{'illustrative_invented' if invented else status.replace(', ', '_').replace(' ', '_')}_survey",
        status="illustrative" if invented else status,
        opening=[_opening(asked, told, changes), *said],
        source=f"{INVENTED}: {waves}. Not the force's surveys."
        if invented
        else f"{NOT_PROTECTED + '. ' if _is_unguarded(asked) else ''}Uploaded, {uploaded_words(state)}: {names}.",
        assumed="assumed design effect" if asked.wave.kind == "aggregated" else "",
        told=told,
        changes=changes,
        labels=labels_of(asked.wave.version, told["question"].unique()),
        method=_method(asked, told, changes),
        unguarded=_is_unguarded(asked),
        state=stamp,
    )


def estimates_of(asked: Asked) -> pd.DataFrame:
    """Estimates of the chosen waves by every group, the whole sample first, as whoever looks may see them."""
    return remembered(("survey by group", *_key(asked)), is_own(asked.waves), lambda: _estimates_of(asked))


def _estimates_of(asked: Asked) -> pd.DataFrame:
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
        if _is_imprecise(asked, wave, question):
            continue
        if not ("withheld" in counts and (counts["withheld"] | counts["base_withheld"]).any()):
            own = answers_of(wave, asked.by)
            parts.append(own[(own["question"] == question) & (own["group"] == asked.group)])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _is_guarded(asked: Asked) -> bool:
    """Published and invented answers are exempt, and so is a table that has been told already."""
    return asked.guarded and asked.wave.kind == "survey" and not is_invented(asked.wave)


def _is_unguarded(asked: Asked) -> bool:
    """Whether somebody asked to see what viewers may not."""
    return not asked.guarded and asked.wave.kind == "survey" and not is_invented(asked.wave)


def _check_there(asked: Asked, everything: pd.DataFrame) -> None:
    """Refuse, in words, what no question has."""
    of_measure = everything[everything["measure"] == asked.measure]
    if of_measure.empty:
        words = MEASURE_WORDS[asked.measure]
        raise ValueError(f"No question here has {words}. Choose something else under “What is counted”.")
    if (of_measure["group"] == asked.group).any():
        return
    if asked.group == ALL:
        raise ValueError("This table has no row for the whole sample. Choose a column under “By”, then a group.")
    raise ValueError(f"Nobody of {asked.group} answered in these waves. Choose another group.")


def _compared(asked: Asked, family: pd.DataFrame) -> list[str]:
    """The questions that mean the same in both waves."""
    now, before = profile_for(asked.wave.version), profile_for(asked.against.version)
    if asked.against.version == asked.wave.version or not now.questions or not before.questions:
        return list(family["question"].unique())
    return comparable(before, now)


def _is_imprecise(asked: Asked, wave: Wave, question: str) -> bool:
    """Whether the share of positive answers is too imprecise to show: then every answer is."""
    told = _everything(replace(asked, wave=wave, against=None))
    own = told[(told["question"] == question) & (told["group"] == asked.group) & (told["measure"] == "top")]
    return bool(len(own) and own["withheld"].all())


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
    if asked.wave.kind == "aggregated" and asked.guarded:
        return withhold_table(told, asked.base is not None, thresholds())
    if not _is_guarded(asked):
        return told
    suppressed = pd.concat([suppressed_of(wave, asked.by) for wave in asked.waves], ignore_index=True)
    return withhold_estimates(told, suppressed, include_dont_know=asked.include_dont_know)


def _opening(asked: Asked, told: pd.DataFrame, changes: pd.DataFrame) -> str:
    if is_invented(asked.wave):
        return f"{INVENTED}. It shows what this page will say once a survey is uploaded; no verdict is drawn from it."
    own = told[told["wave"] == asked.wave.name]
    twins = versions_of_one(asked.wave, all_waves())
    if twins and len(own) and own["withheld"].all():
        return (
            f"{asked.wave.name} is not shown: the same wave is here already, as {twins[-1].label}, and the few rows "
            "in which they differ could be worked out. Withdraw one of the two on the Upload page."
        )
    base = own["n"].max()
    who = "" if asked.group == ALL else f", {asked.group}"
    known = "too few answered to say" if pd.isna(base) else f"up to {base:,.0f} answered a question"
    if asked.wave.kind == "aggregated" and asked.base is not None:
        known = f"assuming {asked.base:,.0f} answers where the table has no base"
    opening = f"{asked.wave.name}{who}: {known}."
    if asked.against is None:
        return f"{opening} No other wave of this survey stands beside it."
    if changes.empty:
        return f"{opening} No question is asked alike in {asked.against.name}, so nothing is compared."
    return f"{opening} Since {asked.against.name}, {changes_said(changes)}."


def _method(asked: Asked, told: pd.DataFrame, changes: pd.DataFrame) -> list[str]:
    methods = [method for method in told["method"].unique() if method]
    lines = [f"Interval: {methods[0] if methods else METHODS[asked.method]}."]
    if asked.wave.start is not None:
        lines.insert(0, WHY_NO_TREND)
        lines.append("A year is counted back from the last month with an answer; months before the first whole one are "
                     "left out.")  # fmt: skip
    if asked.against and len(changes):
        lines.append(
            f"Change: {changes['method'].iloc[0]}. Two waves are taken to have asked different people; corrections are "
            "made over one measure of every question, the whole sample and the groups apart."
        )
    lines.append(
        "Withheld from everybody: an effective base under 30, an interval 30 points wide or wider (60 for a net "
        "score), or one over 5 points and over 1.3 times the share. Bases under 100 and under 50 are marked."
    )
    least = thresholds()
    if _is_guarded(asked):
        lines.append(
            f"Withheld from viewers to protect respondents: groups of under {least.base} and answers given by under "
            f"{least.answers} ({least.sensitive} to a question marked sensitive), and what else would give those away."
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
