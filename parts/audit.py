"""The trail of what was done with versions and releases: who, when, what, with counts of rows and with reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data.export import csv_bytes
from data.pinned import Pinned
from data.store import Event, Store
from parts.caller import signs_in
from parts.table import show_table

__all__ = ["exporter", "record_briefing", "record_views", "show_trail"]

_DONE = {
    "save": "uploaded",
    "view": "viewed",
    "view unprotected": "viewed without protection",
    "export": "exported",
    "export unprotected": "exported without protection",
    "export briefing": "briefing exported",
    "rename": "renamed",
    "withdraw": "withdrawn",
    "restore": "restored",
    "retain": "given a last day",
    "status shared": "shared with viewers",
    "status draft": "no longer shared",
    "delete": "deleted for good",
    "delete notes": "notes deleted for good",
    "expire": "deleted after its last day",
    "sign in": "signed in",
    "sign out": "signed out",
    "status published": "published",
    "make link": "shared by a link",
    "open link": "opened by a link",
    "withdraw link": "link withdrawn",
    "save release": "draft saved: release",
    "share release": "shared ahead of publication: release",
    "publish release": "published: release",
    "withdraw release": "back to draft: release",
    "correct release": "number corrected: release",
    "bring-back release": "earlier revision brought back: release",
}
_LATEST = 50
_LOGGED = "_logged"
_UNPROTECTED = " unprotected"


def record_views(store: Store | Pinned, versions: Sequence[str], unprotected: bool = False) -> None:
    """Write down that somebody looked at figures of versions, once a visit. At one's own computer nobody asks.

    ``unprotected`` looks at what is withheld from viewers are written down apart.
    """
    action = f"view{_UNPROTECTED}" if unprotected else "view"
    logged: set[tuple[str, str]] = st.session_state.setdefault(_LOGGED, set())
    for version in versions if signs_in() else []:
        if (action, version) not in logged:
            store.log(action, version, store.version(version).rows_accepted)
            logged.add((action, version))


def exporter(store: Store | Pinned, versions: Sequence[str], unprotected: bool = False) -> Callable[[int], None]:
    """Writes down an export of so many rows made of versions, by whoever was shown the button."""
    action = f"export{_UNPROTECTED}" if unprotected else "export"

    def record(rows: int) -> None:
        for version in versions if signs_in() else []:
            store.log(action, version, rows)

    return record


def record_briefing(store: Callable[[], Store], measures: int) -> None:
    """Write down that a briefing on so many measures was taken away; never what is noted in it."""
    if signs_in():
        store().log("export briefing", count=measures)


def show_trail(store: Store) -> None:
    """The latest of it as a table, and all of it to take away. For analysts: the store refuses everybody else."""
    events = store.events()[::-1]
    if not events:
        return
    labels = {version.id: version.label for version in store.versions(withdrawn=True)}
    with st.expander(f"What was done with versions and releases ({len(events):,})"):
        rows = [_row(event, labels) for event in events]
        shown = pd.DataFrame(rows[:_LATEST]).rename(columns={"When (UTC)": "row_label"})
        show_table(shown, f"The latest {len(shown)} of {len(rows):,}, the newest first", "When (UTC)")
        st.download_button(
            "Download the whole trail (CSV)", data=lambda: csv_bytes(pd.DataFrame(rows)), mime="text/csv",
            file_name="trail.csv", on_click="ignore", key="trail_out",
        )  # fmt: skip


def _row(event: Event, labels: dict[str, str]) -> dict[str, str]:
    version = "" if event.version is None else labels.get(event.version, f"deleted, {event.version[:6]}")
    return {
        "When (UTC)": f"{event.at:%Y-%m-%d %H:%M:%S}",
        "Who": event.actor,
        "What": _done(event.action),
        "Version": version,
        "Rows": "" if event.count is None else f"{event.count:,}",
        "Why": event.note or "",
    }


def _done(action: str) -> str:
    """An action in words; what was done with a link or a release names it, and whoever was kept out is told why.

    >>> _done("open link 4f2a"), _done("publish release 2023-06"), _done("save profile"), _done("shut out: late")
    ('opened by a link 4f2a', 'published: release 2023-06', 'save profile', 'shut out: late')
    """
    if action in _DONE:
        return _DONE[action]
    kind, _, named = action.rpartition(" ")
    told = kind in _DONE and kind.endswith((" link", " release"))
    return f"{_DONE[kind]} {named}" if told else action.replace("refused:", "sign-in refused:")
