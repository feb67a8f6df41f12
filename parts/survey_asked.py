"""What a reader asks of kept surveys: which waves, who, what is counted, and by which methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.survey_tables import DESIGN_EFFECT
from data.saved_surveys import Wave, comparable, group_columns, waves_before
from data.survey_sums import ALL
from data.wave_names import wave_id
from parts.filters import choose, choose_kept, note_lasting, slide
from parts.kept import sees_unprotected
from parts.survey_counted import coarser_columns, groups_of, is_invented, printed_of, profile_for

__all__ = ["MEASURES", "UNSURE", "Asked", "ask", "ask_guard"]

_EVERYBODY = "everybody asked"
MEASURES = {"positive answers": "top", "negative answers": "bottom", "net score": "net", "don't know": "dont_know"}
UNSURE = ["left out of the base", "counted in the base"]
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
        wave = names[choose_kept("Wave", list(names), "wave", resets=["against"])]
    own = profile_for(wave.version)
    alike = [
        each
        for each in waves
        if each.version == wave.version or not own.questions or comparable(profile_for(each.version), own)
    ]
    before = waves_before(wave, alike)
    with second:
        against = choose_kept("Against", [*[each.name for each in before], _NO_OTHER], "against")
    with third:
        measure = choose("What is counted", list(MEASURES), "measure") if wave.kind == "survey" else "positive answers"
    for key, each in (("wave", wave), ("against", names.get(against))):
        if each is not None and not is_invented(each):
            note_lasting(key, wave_id(each))
    groups = _groups(wave, names.get(against))
    first, second, third = st.columns(3)
    with first:
        by = choose("By", [_EVERYBODY, *groups], "by", resets=["group"])
    column, group = groups.get(by, ""), ALL
    if column:
        with second:
            group = choose("Group", [_EVERYBODY, *groups_of(wave, column)], "group")
    with third:
        unsure = choose("Don't know", UNSURE, "dont_know") if wave.kind == "survey" else UNSURE[0]
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
        wave, names.get(against), MEASURES[measure], unsure == UNSURE[1], column,
        ALL if group == _EVERYBODY else group, _INTERVALS[method], _TESTS[test], correction, confidence, base, effect,
        ask_guard(wave),
    )  # fmt: skip


def _groups(wave: Wave, against: Wave | None) -> dict[str, str]:
    """The columns of groups that all chosen waves have, without one whose groups lie inside another's.

    Who saw a district beside all its teams but one could work that one out.
    """
    groups = group_columns(profile_for(wave.version))
    if against is not None:
        other = set(group_columns(profile_for(against.version)).values())
        groups = {name: column for name, column in groups.items() if column in other}
    if wave.kind == "survey" and not is_invented(wave):
        coarse = coarser_columns(wave, tuple(groups.values()))
        groups = {name: column for name, column in groups.items() if column not in coarse}
    return groups


def _ask_assumptions(waves: Sequence[Wave]) -> tuple[float | None, float]:
    """What a table of shares does not say."""
    effect = float(slide("Design effect (assumed)", 1.0, 3.0, DESIGN_EFFECT, 0.05, "design_effect"))
    tables = [printed_of(wave, "") for wave in waves]
    if all("base" in table and table["base"].notna().all() for table in tables):
        return None, effect
    return float(slide("Answers where the table has no base (assumed)", 50, 6000, 1500, 50, "base")), effect


def ask_guard(wave: Wave) -> bool:
    """Viewers never see small cells; an analyst may ask to."""
    if not sees_unprotected() or is_invented(wave) or wave.kind != "survey":
        return True
    words = "Show what is withheld to protect respondents (for your eyes only, not for publishing)"
    return not st.checkbox(words, key="_survey_unguarded")
