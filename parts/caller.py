"""Who is looking, asked anew at every run: the session may be over since, or its person off the list.

Where nobody signs in it is the local analyst. Elsewhere the session's cookie is looked up in the store; no header, no
address and nothing that a page remembers says who somebody is.
"""

from __future__ import annotations

import html
import os

import streamlit as st

from data.people import ANALYST, LOCAL, Person, may
from data.sessions import Sessions, open_sessions
from data.sign_in import VARIABLE, SignIn, sign_in_settings
from data.store import store_home

__all__ = ["caller", "link_to_upload", "show_caller", "signs_in"]


def signs_in() -> bool:
    """Whether people sign in to this explorer."""
    return bool(os.environ.get(VARIABLE))


def caller() -> Person:
    """Who is looking; without a role when nobody is signed in (any more).

    Raises
    ------
    DataError
        When the settings, the store or the list of people cannot be read: nobody is let in then.
    """
    if not signs_in():
        return LOCAL
    settings, sessions = _sessions(os.environ[VARIABLE], str(store_home()))
    return sessions.person(st.context.cookies.get(settings.cookie))


def link_to_upload(label: str) -> None:
    """From a page to the one that uploads, for those who may upload."""
    if may(caller(), ANALYST):
        st.page_link("pages/upload.py", label=label)


def show_caller(person: Person) -> None:
    """Who is signed in, with what role, and how to leave."""
    if person.session:
        st.sidebar.html(
            f"<p>Signed in as {html.escape(person.name)}, {html.escape(person.role)}. "
            '<a href="/sign-out" target="_self">Sign out</a></p>'
        )


@st.cache_resource(show_spinner=False)
def _sessions(file: str, folder: str) -> tuple[SignIn, Sessions]:
    settings = sign_in_settings()
    assert settings is not None  # noqa: S101 - asked before
    return settings, open_sessions(store_home(), settings)
