"""Share this view: an analyst makes a short link to what the page shows just now."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.errors import DataError
from data.people import ANALYST, may
from data.shares import DAYS, LONGEST_DAYS, LONGEST_NOTE, make_share
from data.states import DRAFT
from parts.cached import states_of_releases
from parts.caller import caller
from parts.filters import chosen
from parts.kept import is_public, store
from parts.made_from import noted

__all__ = ["Asked", "ask_share", "can_share", "link_to", "make_link"]

_NOT_SHARED = ("upload",)  # a working page shows nothing that a link could stand for


@dataclass(frozen=True)
class Asked:
    """A link that was asked for: for how many days, with what note, and the place on the page where it is shown."""

    days: int
    note: str
    place: DeltaGenerator


def can_share(page: str) -> bool:
    """Whether whoever looks may share this page: signed-in analysts, where links are kept."""
    person = caller()
    return bool(person.session) and may(person, ANALYST) and not is_public() and page not in _NOT_SHARED


def link_to(token: str, address: str) -> str:
    """The link that opens a share, beside whatever page stands in the address now.

    >>> link_to("abc", "https://explorer.example/surveys?view=x#top")
    'https://explorer.example/s/abc'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/s/{token}" if parts.netloc else f"/s/{token}"


def ask_share() -> Asked | None:
    """The button and what it asks; None unless a link was asked for just now."""
    with st.popover("Share this view", key="share_popover"):
        st.markdown(
            "A short link to this page as it stands, for people who can sign in. It stays with today's data. Viewers "
            "see protected figures, whatever you see: put nothing into the note that is withheld from them."
        )
        with st.form("share", border=False):
            days = st.number_input("Days until it ends", 1, LONGEST_DAYS, DAYS, key="_share_days")
            note = st.text_input("A note for whoever opens it (may be left empty)", key="_share_note",
                                 max_chars=LONGEST_NOTE)  # fmt: skip
            asked = st.form_submit_button("Make the link")
        return Asked(int(days), note, st.container()) if asked else None


def make_link(asked: Asked, page: str, release: str) -> None:
    """Make the link that was asked for, once the page has said what it shows, and show it this once."""
    with asked.place:
        try:
            share, token = make_share(
                store(), caller(), page, releases=states_of_releases(), filters=_filters(), release=release,
                versions=noted(), note=asked.note, days=asked.days,
            )  # fmt: skip
        except DataError as error:
            for problem in error.problems:
                st.error(problem)
            return
        st.code(link_to(token, str(st.context.url or "")), language=None, wrap_lines=True)
        st.markdown("It is shown this once. The list of links on the Upload page withdraws it.")
        if share.state == DRAFT:
            st.markdown("What it shows is still a draft: only analysts can open it until that is shared.")


def _filters() -> dict[str, str]:
    """What was chosen; an empty search is none."""
    return {key: value for key, value in chosen().items() if value}
