"""How far a version has come, and the analyst's word that moves it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.periods import name_day
from data.states import DRAFT, PUBLISHED, SHARED
from data.store import Store, Version
from parts.kept import in_words, is_public

__all__ = ["ask_state", "version_state"]

_WORDS = {
    DRAFT: "Draft: for analysts alone",
    SHARED: "Shared: for all who sign in, marked as not yet published",
    PUBLISHED: "Published: for all who sign in, without that mark",
}


def version_state(version: Version) -> str:
    """What the list of versions says of one."""
    if version.withdrawn:
        return f"withdrawn on {name_day(pd.Timestamp(version.withdrawn))}"
    return in_words(f"in use, {version.status}", "in use")


def ask_state(store: Store, version: Version, key: str, done: Callable[[str], None]) -> None:
    """Ask who may see a version. Extracts of events stay drafts: nothing protects yet who stands in one."""
    if is_public() or version.withdrawn or version.kind == "events":
        return
    with st.form(f"state_{key}"):
        state = st.selectbox(
            "Who sees its figures (never its rows)", list(_WORDS), list(_WORDS).index(version.status),
            format_func=_WORDS.__getitem__, key=f"status_{key}",
        )  # fmt: skip
        if st.form_submit_button("Set") and state != version.status:
            store.set_status(version.id, state)
            done(f"{version.label} is now {state}.")
