"""An upload that is not saved yet: it lives in the visitor's own session and nowhere else.

No frame of a draft goes into a cache, an address, an error or a log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import streamlit as st

from data.choices import Choices, choices_of, choices_with
from data.errors import DataError
from data.personal import looks_personal
from data.prepare import Prepared, prepare
from data.profile import Profile
from data.profile_file import from_toml
from data.profile_match import differences, likeness, matches
from data.reading import Reading
from data.role_names import known_by_name
from data.roles import propose
from data.store import SavedProfile, Store
from data.wording import name_words, tidy
from parts import kept

__all__ = ["AGAIN", "STEPS", "Draft", "current", "drop", "dropped", "keep", "saved", "step_words", "undo"]

DROP, READ, COLUMNS, ANSWERS, SAVE = (
    "drop a file",
    "what we read",
    "what the columns mean",
    "what the answers mean",
    "save",
)
STEPS = [DROP, READ, COLUMNS, ANSWERS, SAVE]
AGAIN = "Drops this draft. It can be brought back."
_ALIKE = 0.6  # shared headers out of all from which a saved profile is taken for an earlier wave's
_DRAFT, _DROPPED = "_upload_draft", "_upload_dropped"


def step_words(step: str) -> str:
    """What a step is called: where nothing is ever saved, the last one is no saving."""
    return kept.in_words(step, "use it") if step == SAVE else step


@dataclass
class Draft:
    """Everything about one upload before it is saved.

    Attributes
    ----------
    content, name
        The file's bytes, and what it is called: a label, never a path.
    sheets, sheet
        Of a workbook: all, and the one that is read.
    reading
        What was read, once it was.
    personal
        Columns that look personal, and what they seem to hold.
    proposal
        What the explorer proposes for every column.
    choices
        What is settled so far.
    profile_name, changes
        The saved or uploaded profile that it is read with, and where the file differs from it.
    step, question
        Where the visitor is.
    label, keep_until
        What it is to be called, and until when it is kept.
    round
        Grows whenever the choices are replaced as a whole, so that no widget holds on to an old one.
    found
        The version that saving found there already, and the profile's text it was found with.
    """

    content: bytes
    name: str
    sheets: list[str] = field(default_factory=list)
    sheet: str = ""
    reading: Reading | None = None
    personal: dict[str, str] = field(default_factory=dict)
    proposal: Profile = field(default_factory=Profile)
    choices: Choices | None = None
    profile_name: str = ""
    changes: list[str] = field(default_factory=list)
    step: str = DROP
    question: str = ""
    label: str = ""
    keep_until: date | None = None
    round: int = 0
    found: tuple[str, str] = ("", "")
    _other_kinds: dict[str, tuple[Choices, Profile, str, list[str]]] = field(default_factory=dict)
    _prepared: tuple[Profile, Prepared] | None = None

    def understand(self, reading: Reading, store: Store) -> None:
        """Take what was read, propose what its columns mean, and use a saved profile where one fits."""
        self.reading, self._prepared = reading, None
        self.personal = {
            column: what
            for column in reading.columns
            if (what := looks_personal(column, reading.rows[column], known_by_name(name_words(column))))
        }
        self.read_anew()
        if found := _saved_profile(store, reading.columns):
            self.use(*found)
        self.label = self.label or self.name.rsplit(".", 1)[0]
        if self.keep_until is None:
            self.keep_until = _in_two_years() if self.choices and self.choices.kind == "survey" else None

    def read_anew(self) -> None:
        """Go back to what the explorer proposes."""
        if self.reading is None:
            return
        self.proposal = propose(self.reading.rows, self.name)
        self.choices = choices_of(self.proposal, self.reading.columns)
        self.profile_name, self.changes, self._other_kinds = "", [], {}
        self.round += 1

    def set_kind(self, kind: str) -> None:
        """Make the file another kind: its roles are proposed anew, and those settled for a kind come back with it."""
        if self.choices is None or self.reading is None:
            return
        self._other_kinds[self.choices.kind] = self.choices, self.proposal, self.profile_name, self.changes
        if kind not in self._other_kinds:
            proposal = propose(self.reading.rows, self.name, kind)
            fresh = choices_of(proposal, self.reading.columns)
            fresh.not_personal = list(self.choices.not_personal)
            self._other_kinds[kind] = fresh, proposal, "", []
        self.choices, self.proposal, self.profile_name, self.changes = self._other_kinds[kind]
        self.round += 1

    def use(self, name: str, profile: Profile) -> None:
        """Read the file with a profile; what the profile does not know stays as proposed."""
        if self.reading is None:
            return
        if profile.kind != self.proposal.kind:
            self.proposal = propose(self.reading.rows, self.name, profile.kind)
        self.choices = choices_with(profile, choices_of(self.proposal, self.reading.columns))
        self.profile_name = name
        self.changes = self.choices.fit_forms(self.reading.rows)
        self.changes += differences(profile, self.reading.rows, self.name)
        self.round += 1

    def notes(self) -> list[str]:
        """What was assumed in proposing, but for columns that have been given another role since."""
        if self.choices is None:
            return []
        proposed = choices_of(self.proposal, self.choices.columns).roles
        changed = [f"Column {tidy(column)} " for column, role in self.choices.roles.items() if proposed[column] != role]
        return [note for note in self.proposal.notes if not any(column in note for column in changed)]

    def profile(self) -> Profile:
        """The profile that the choices make."""
        return self.choices.profile() if self.choices else Profile()

    def is_prepared(self) -> bool:
        """Whether the file was typed with the choices as they are now."""
        return self._prepared is not None and self._prepared[0] == self.profile()

    def prepared(self) -> Prepared:
        """The file typed by the choices, worked out once for each state of them.

        Raises
        ------
        DataError
            Where the choices cannot be used.
        """
        if self.reading is None:
            raise DataError("There is no file yet. Drop one first.")
        if self._prepared is None or not self.is_prepared():
            profile = self.profile()
            made = prepare(profile, self.reading.rows, self.reading.lines, self.name, kept.salt())
            self._prepared = profile, made
        return self._prepared[1]

    def steps(self) -> list[str]:
        """The steps of this file, each with one number for all files: only a survey has answers with a meaning."""
        return [step for step in STEPS if step != ANSWERS or (self.choices is None or self.choices.kind == "survey")]


def current() -> Draft | None:
    """The visitor's draft."""
    return st.session_state.get(_DRAFT)


def keep(draft: Draft) -> None:
    """Make this the visitor's draft."""
    st.session_state[_DRAFT] = draft


def drop() -> None:
    """Start again; ``undo`` brings the draft back until something is saved."""
    if draft := st.session_state.pop(_DRAFT, None):
        st.session_state[_DROPPED] = draft


def dropped() -> Draft | None:
    """The draft that was dropped last."""
    return st.session_state.get(_DROPPED)


def undo() -> None:
    """Bring back what was dropped."""
    if draft := st.session_state.pop(_DROPPED, None):
        st.session_state[_DRAFT] = draft


def saved() -> None:
    """Let go of the draft and of what was dropped before: it is kept now."""
    for name in (_DRAFT, _DROPPED):
        st.session_state.pop(name, None)


def _saved_profile(store: Store, columns: list[str]) -> tuple[str, Profile] | None:
    """The newest saved profile with exactly these headers, else the one most alike that shares enough of them."""
    readable = [(each.name, profile) for each in store.profiles() if (profile := _read(each))]
    exact = [found for found in readable if matches(found[1], columns)]
    alike = sorted(readable, key=lambda found: -likeness(found[1], columns))
    return next(iter(exact + [found for found in alike if likeness(found[1], columns) >= _ALIKE]), None)


def _read(saved_profile: SavedProfile) -> Profile | None:
    try:
        return from_toml(saved_profile.text, saved_profile.name)
    except DataError:  # saved by another version of the explorer: the file is then read anew
        return None


def _in_two_years() -> date:
    return (pd.Timestamp.now() + pd.DateOffset(years=2)).date()
