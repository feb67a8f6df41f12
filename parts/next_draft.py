"""A report in the making: what its workbook holds, what is asked about it, and the reasons given.

It lives in the visitor's own session until it is saved as a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from analysis.colleague import confirmations, confirmed, in_workbook, reasons_left_over
from analysis.next_report import Problem, made_from, read_back, reasons_of
from analysis.unsettled import questions
from data.errors import DataError
from data.release_files import kept_frames, kept_reasons, made_release
from data.releases import Release, data_root
from data.report_workbook import read_report_workbook
from data.states import before_print
from parts import kept
from parts.cached import known_releases, load, states_of_releases
from parts.caller import caller
from parts.now import kept_home
from parts.upload_words import today

__all__ = [
    "AGAIN",
    "ASKED",
    "PUBLISH",
    "READ",
    "SAVE",
    "STEPS",
    "WORKBOOK",
    "NextDraft",
    "current",
    "drop",
    "dropped",
    "finished",
    "keep",
    "of_kept",
    "of_workbook",
    "undo",
]

WORKBOOK, READ, ASKED, SAVE, PUBLISH = (
    "the workbook",
    "what we read",
    "what a colleague would ask",
    "save and preview",
    "publish",
)
STEPS = [WORKBOOK, READ, ASKED, SAVE, PUBLISH]
AGAIN = "Puts this report aside. It can be brought back."
_DRAFT, _DROPPED = "_next_draft", "_next_dropped"


@dataclass
class NextDraft:
    """Everything about one report before it is saved.

    Attributes
    ----------
    name
        What the workbook is called; "" for a draft that was taken up again.
    release_id, older_id
        Which it is, and which its workbook was made from; "" for a draft that was taken up again.
    info, frames
        What it says of itself, and its tables as text.
    problems, broken, notes
        What must be mended in the workbook, what does not keep to the contract, and what was done without asking.
    made, findings
        The release to look at, and what is asked about it; None while something must be mended.
    reasons
        The reason given for leaving something as it is, by the finding's key.
    about_to, given
        Of one reason for several findings: what a second press would keep, and what was kept last.
    step
        Where the visitor is.
    saved
        What was saved last, to tell whether anything has changed since.
    stamp
        Of the release as it was saved last, to tell whether somebody else has changed it since.
    before_id
        The published release that it is held against; "" for the first.
    places
        Sheet and cell of each number in the workbook that was read; nothing for a draft that was taken up again.
    """

    name: str
    release_id: str
    older_id: str
    info: Mapping[str, Any]
    frames: dict[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()
    broken: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    made: Release | None = None
    findings: pd.DataFrame | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    about_to: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    step: str = READ
    saved: object = None
    stamp: str = ""
    before_id: str = ""
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def look(self) -> None:
        """Check it against the contract and, where it keeps to it, ask what a colleague would."""
        if self.problems:
            return
        try:
            self.made = made_release(self.release_id, self.info, self.frames)
        except DataError as error:
            self.broken = error.problems
            return
        self.before_id = before_print(states_of_releases(), self.release_id) or ""
        older = load(self.before_id) if self.before_id else None
        found = questions(
            (older.frames(), older.info.data_to) if older else None, (self.made.frames(), self.made.info.data_to)
        )
        self.findings = in_workbook(found, self.places)

    @property
    def ready(self) -> bool:
        """Whether nothing has to be mended before it can be saved."""
        return self.findings is not None

    def asked(self) -> pd.DataFrame:
        """What is asked, with the reason given for each and whether it still stands in the way."""
        assert self.findings is not None  # noqa: S101 - asked only when ready
        return confirmed(self.findings, self._given())

    def left_over(self) -> pd.DataFrame:
        """Reasons given for what is no longer found."""
        assert self.findings is not None  # noqa: S101 - asked only when ready
        return reasons_left_over(self.findings, self._given())

    def to_save(self) -> dict[str, pd.DataFrame]:
        """The tables with the reasons that answer a finding; a reason given before keeps its day and who gave it."""
        before = self.frames.get("confirmed")
        return {**self.frames, "confirmed": confirmations(self.asked(), today(), caller().in_print, before)}

    def stands(self) -> object:
        """What tells whether anything has changed since it was saved."""
        return (id(self.made), tuple(sorted((key, reason) for key, reason in self.reasons.items() if reason.strip())))

    def _given(self) -> pd.DataFrame:
        return pd.DataFrame(list(self.reasons.items()), columns=["finding", "reason"])


def of_workbook(content: bytes, name: str, before: NextDraft | None = None) -> NextDraft:
    """A report from its filled-in workbook; reasons given for the same report, on the page or kept, stay.

    Raises
    ------
    DataError
        When it is no workbook of the next report, or not one of a release that is here.
    """
    sheets = read_report_workbook(content, name)
    try:
        older_id = made_from(sheets)
        if older_id not in known_releases():
            raise DataError(
                f"This workbook was made from the release {older_id}, which is not here. Releases here: "
                f"{', '.join(known_releases())}."
            )
        read = read_back(sheets, load(older_id).frames())
    except ValueError as error:
        raise DataError(str(error)) from None
    given = before.reasons if before is not None and before.release_id == read.release_id else {}
    saved = kept_reasons(data_root(), read.release_id, kept_home())
    draft = NextDraft(
        name=name, release_id=read.release_id, older_id=older_id, info=read.info,
        frames=dict(read.kept_with(saved).frames),
        problems=tuple(read.problems), notes=tuple(read.notes), places=read.places,
        reasons={**reasons_of(saved), **given, **read.reasons},
    )  # fmt: skip
    draft.look()
    return draft


def of_kept(release_id: str) -> NextDraft:
    """A draft that was saved before, to be gone on with.

    Raises
    ------
    DataError
        When it is not there or cannot be read.
    """
    stamp = kept.releases().stamp(release_id)  # first: what is saved in between is then not taken for what was read
    info, frames = kept_frames(data_root(), release_id, kept_home())
    draft = NextDraft("", release_id, "", info, frames, reasons=reasons_of(frames.get("confirmed")), step=ASKED)
    draft.look()
    draft.saved, draft.stamp = draft.stands(), stamp
    return draft


def current() -> NextDraft | None:
    """The report in hand, if there is one."""
    return st.session_state.get(_DRAFT)


def keep(draft: NextDraft) -> None:
    """Take a report in hand."""
    st.session_state[_DRAFT] = draft


def drop() -> None:
    """Put it aside; it can be brought back until another is."""
    if draft := st.session_state.pop(_DRAFT, None):
        st.session_state[_DROPPED] = draft


def dropped() -> NextDraft | None:
    """The report that was put aside last."""
    return st.session_state.get(_DROPPED)


def undo() -> None:
    """Bring it back."""
    if draft := st.session_state.pop(_DROPPED, None):
        st.session_state[_DRAFT] = draft


def finished() -> None:
    """Let go of it: it is published."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_DROPPED, None)
