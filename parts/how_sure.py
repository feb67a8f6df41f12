"""How sure a comparison must be: the same two questions wherever many numbers are compared at once."""

from __future__ import annotations

import streamlit as st

from parts.filters import choose

__all__ = ["ask_how_sure"]

_CORRECTIONS = {"Holm": "holm", "Benjamini-Hochberg": "bh"}
_LEVELS = ["95%", "90%", "99%"]


def ask_how_sure() -> tuple[str, float]:
    """The correction for many comparisons, and the level of the intervals between 0 and 1."""
    left, right = st.columns(2)
    with left:
        correction = _CORRECTIONS[choose("Correction for many comparisons", list(_CORRECTIONS), "correction")]
    with right:
        return correction, float(choose("Level of the intervals", _LEVELS, "confidence").rstrip("%")) / 100
