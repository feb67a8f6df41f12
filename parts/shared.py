"""A link to a view, opened: the stored page with the stored filters, held to the stored versions, under its own line.

What the address says besides the link is left aside. The store is asked again at every run, so what ends a link ends
it for whoever looks at it just then, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data.errors import DataError
from data.share_rows import day_words
from data.shares import Share, open_share, share_of
from data.wave_names import wave_id
from parts.cached import load, states_of_releases
from parts.caller import caller
from parts.filters import chosen
from parts.kept import store
from parts.listed import FRONT, FRONT_TOO
from parts.made_from import pin
from parts.upload_words import label_of

__all__ = [
    "PARAMETER",
    "address_of_page",
    "is_changed",
    "is_new",
    "opened_now",
    "say_shared",
    "show_refused",
    "to_page",
]

PARAMETER = "share"
_OPEN = "_shared"


@dataclass(frozen=True)
class _Opened:
    """A link that this session has opened: what opens it, its id, and what its page was asked for."""

    token: str
    share: str
    asked: dict[str, str]


def address_of_page(page: st.Page) -> str:
    """The name under which a page is stored; the front page has no address of its own."""
    return page.url_path if page.url_path not in ("", FRONT) else FRONT_TOO


def opened_now() -> Share | None:
    """The link that the address names, asked of the store: opened when it is new here, else looked at again.

    Raises
    ------
    DataError
        When it does not open, or no longer.
    """
    token, held = st.query_params.get(PARAMETER), _held()
    if not token:
        _leave()
        return None
    try:
        if held and held.token == token:
            return share_of(store(), caller(), held.share, releases=states_of_releases())
        person = caller()
        before = _uses_of(person.session, token)
        share = open_share(store(), person, token, releases=states_of_releases(), counted=not before)
        if person.session:
            before.append(share.id)
    except DataError:
        _leave()
        raise
    pin(share.versions)
    st.session_state[_OPEN] = _Opened(token, share.id, {})
    return share


def to_page(share: Share, page: st.Page, pages: Sequence[st.Page]) -> bool:
    """Go to the link's page unless it stands there already; whether it does. Never returns where it goes.

    A visitor who has gone on to another page has left the link.
    """
    held = _held()
    if held.asked:
        if address_of_page(page) == share.page:
            return True
        _leave()
        del st.query_params[PARAMETER]
        return False
    asked = _named(share) | ({"release": share.release} if share.release else {}) | {PARAMETER: held.token}
    st.session_state[_OPEN] = _Opened(held.token, share.id, asked)
    target = next((each for each in pages if address_of_page(each) == share.page), None)
    if target is None:
        _leave()
        raise DataError("The page of this link is no longer here. Open another from the menu.")
    st.switch_page(target, query_params=asked)
    return True


def say_shared(share: Share) -> None:
    """The line at the top: who shared it, when, what it is made from, until when, and the note."""
    made = f", made from {_made_from(share)}" if share.release or share.versions else ""
    st.info(
        label_of(
            f"Shared by {share.creator} on {day_words(share.created)}{made}. This link ends on {day_words(share.ends)}."
        )
    )
    if share.note:
        st.info(label_of(f"Note from {share.creator}: {share.note}"))


def is_changed(share: Share) -> bool:
    """Whether the filters stand otherwise than they were shared, now that the page has drawn them."""
    now = chosen()
    return any(now.get(key, value) != value for key, value in share.filters.items())


def show_refused(error: DataError) -> None:
    """Why a link does not open, and the way on."""
    st.title("This link does not open")
    for problem in error.problems:
        st.text(problem)
    st.markdown("All that you may see is in the menu.")


def is_new() -> bool:
    """Whether the link was opened just now, so that its page has yet to be gone to."""
    held = _held()
    return held is not None and not held.asked


@st.cache_resource(show_spinner=False, max_entries=4096)
def _uses_of(session: str, token: str) -> list[str]:
    """Whether somebody who is signed in has opened a link since: a page that is loaded again is no second use."""
    return []


def _leave() -> None:
    """Let go of the link: the page sees everything again."""
    if st.session_state.pop(_OPEN, None):
        pin(None)


def _held() -> _Opened | None:
    return st.session_state.get(_OPEN)


def _named(share: Share) -> dict[str, str]:
    """The stored filters, waves under what they are called today."""
    if not share.versions:
        return dict(share.filters)
    from parts.survey_counted import all_waves  # brings the engine, which few pages need

    names = {wave_id(wave): wave.name for wave in all_waves()}
    return {key: names.get(value, value) for key, value in share.filters.items()}


def _made_from(share: Share) -> str:
    made = [f"{version.label} (saved {day_words(version.created)})" for version in map(store().version, share.versions)]
    if share.release:
        info = load(share.release).info
        made.append(f"the release {share.release} (report of {day_words(info.published)})")
    return " and ".join(made)
