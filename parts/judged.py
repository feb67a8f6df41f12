"""Verdicts for pages: computed once for each release, comparator and assumption, and the controls that change them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.change_words import mark
from analysis.changes import changes
from analysis.corrections import correction_notes
from analysis.verdicts import VERDICTS
from data.states import before_of
from parts.cached import load, states_of_releases
from parts.filters import choose
from parts.now import made_once

__all__ = [
    "DEFAULT",
    "Assumptions",
    "assumptions",
    "comparators",
    "judged",
    "known_verdicts",
    "mark",
    "release_before",
]

_DISPERSIONS = ["the rule", "half the rule", "twice the rule", "1", "5", "10", "20", "40", "80"]
_FACTORS = {"the rule": 1.0, "half the rule": 0.5, "twice the rule": 2.0}
_LEVELS = ["95%", "90%", "99%"]


@dataclass(frozen=True)
class Assumptions:
    """What a reader may change about the tests. ``dispersion`` None means the rule times ``factor``."""

    dispersion: float | None = None
    factor: float = 1.0
    confidence: float = 0.95


DEFAULT = Assumptions()


@made_once(show_spinner="Testing the changes", max_entries=64)
def judged(release_id: str, against: str, how: Assumptions = DEFAULT) -> pd.DataFrame:
    """Every change of a release with its verdict and sentence. Shared: never changed by a page."""
    release, before = load(release_id), release_before(release_id)
    older = load(before) if before and against == "last-report" else None
    return changes(
        release.figures, release.measures, release.tables, release.events, release.statements, against,
        dispersion=how.dispersion, confidence=how.confidence, older=older.figures if older else None,
        factor=how.factor, notes=correction_notes(release.corrections),
        older_notes=correction_notes(older.corrections) if older else None,
    )  # fmt: skip


def release_before(release_id: str) -> str | None:
    """The release before another one, if there is one that everybody may see who sees this one."""
    return before_of(states_of_releases(), release_id)


def comparators(release_id: str) -> dict[str, str]:
    """What figures can be held against, by the words a reader chooses; the last report only where there is one."""
    words = {"previous 12 months": "previous", "baseline": "baseline"}
    return words | ({"last report": "last-report"} if release_before(release_id) else {})


def assumptions(release_id: str, against: str) -> Assumptions:
    """The controls for dispersion and level, and what each would turn over."""
    with st.expander("How sure? Change the assumptions"):
        st.markdown(
            "The count is exact; the interval asks whether an unchanged rate could give it. Police counts vary more "
            "from year to year than chance alone. How much more is the dispersion: by rule 1 plus a hundredth of the "
            "yearly count, at most 80; for deaths it is 1. Two shares are compared on their own printed bases. The "
            "words “real change” hold after a correction for the number of comparisons (Holm)."
        )
        left, right = st.columns(2)
        with left:
            spread = choose("Dispersion", _DISPERSIONS, "dispersion")
        with right:
            level = choose("Level of the intervals", _LEVELS, "confidence")
        how = Assumptions(
            dispersion=None if spread in _FACTORS else float(spread),
            factor=_FACTORS.get(spread, 1.0),
            confidence=float(level.rstrip("%")) / 100,
        )
        st.markdown(_flips(release_id, against, Assumptions(factor=0.5), "At half the dispersion"))
        st.markdown(_flips(release_id, against, Assumptions(factor=2.0), "At twice the dispersion"))
        if how not in (DEFAULT, Assumptions(factor=0.5), Assumptions(factor=2.0)):
            st.markdown(_flips(release_id, against, how, "With what is chosen here"))
    return how


def known_verdicts(rows: pd.DataFrame) -> list[str]:
    """The verdicts that occur, in their order."""
    return [verdict for verdict in VERDICTS if (rows["verdict"] == verdict).any()]


@made_once(max_entries=256)
def _flips(release_id: str, against: str, how: Assumptions, opening: str) -> str:
    usual, other = judged(release_id, against), judged(release_id, against, how)
    turned = usual["verdict"] != other["verdict"]
    if not turned.any():
        return f"{opening} no verdict would change."
    gained = sum(other.loc[turned, "verdict"] == "real change")
    lost = sum(usual.loc[turned, "verdict"] == "real change")
    names = ", ".join(usual.loc[turned, "title"].drop_duplicates().head(6))
    return (
        f"{opening} {int(turned.sum())} of {len(usual)} verdicts would change; {gained} more would be a real change "
        f"and {lost} fewer. Among them: {names}."
    )
