"""The frame of every page: browser title, menu, release, footer.

A link opened first on a server that has just started runs the page's file without ``app.py``: until ``st.navigation``
has been called once, Streamlit builds its own menu from the file names in ``pages/``. So every page opens with
``open_page()``, which sets the real menu and runs again, this time through ``app.py``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from data.errors import DataError
from data.people import ANALYST, NOBODY, VIEWER, NotAllowedError, Person, may, require
from data.releases import Release
from data.shares import Share
from data.states import DRAFT, PUBLISHED, lowest_state, state_words
from parts.cached import NothingYetError, known_releases, load
from parts.caller import caller, show_caller, signs_in
from parts.filters import begin_run
from parts.listed import ALWAYS, FRONT, FRONT_TOO
from parts.made_from import forget, noted, stamp_state
from parts.next_filled import kept_while_asked
from parts.now import look
from parts.scripts import KEEP_PLACE, KEEP_RELEASE, PAGE_FOUND, WHEN_OVER
from parts.share import ask_share, can_share, make_link
from parts.shared import address_of_page, is_changed, is_new, opened_now, say_shared, show_refused, to_page
from parts.style import STYLE
from parts.turns import TURNS

__all__ = ["footer", "open_page", "release", "run"]

NAME = "Performance Explorer"
_PAGES = Path(__file__).parent.parent / "pages"
_FRAMED = "_framed"
_LOG = logging.getLogger("explorer.frame")


def run() -> None:
    """Draw the frame, then the chosen page, when it is this run's turn. Called by ``app.py`` alone."""
    with TURNS.take():
        _drawn()


def _drawn() -> None:
    st.session_state[_FRAMED] = True
    person = _asked()
    if not may(person, VIEWER):
        st.session_state.clear()  # nothing of what was looked at stays behind
        _signed_out()
        return
    look()
    begin_run()
    forget()
    try:
        share, refused = opened_now(), None
    except DataError as error:
        share, refused = None, error
    # The release that a link was made of is no choice of the address that brought it.
    new = share is not None and is_new()
    page, pages = _menu((lambda: share.release or _latest()) if new else _choose_release, person)
    show_caller(person)
    try:
        if refused:
            show_refused(refused)
        else:
            _run(page, share if share and to_page(share, page, pages) else None)
    except NotAllowedError as error:
        st.title("Not for your role")
        for problem in error.problems:
            st.text(problem)
    except NothingYetError as error:
        _say_nothing_yet(str(error))
    except DataError as error:
        _problems(error.problems)
    footer()
    if page.url_path and not (_PAGES / f"{page.url_path}.py").exists():
        st.html(PAGE_FOUND, unsafe_allow_javascript=True)


def _run(page: st.Page, share: Share | None) -> None:
    """The page, and above it who shared it, its state, and the button to share it."""
    here, state, asked = address_of_page(page), release().info.state, None
    if share:
        state = lowest_state([state, stamp_state(share.versions)])
    if share or state != PUBLISHED or can_share(here):
        with st.container(key="above"):
            if share:
                say_shared(share)
            _say_state(state)
            asked = ask_share() if can_share(here) else None
    later = st.empty()  # what is only known once the page has run
    with kept_while_asked():
        page.run()
    if asked:
        make_link(asked, here, release().id)
    with later.container():
        if state == PUBLISHED:
            _say_state(stamp_state(noted()))
        if share and is_changed(share):
            st.caption("You have changed what is shown since. Open the link again to see what was shared.")


def open_page(role: str = VIEWER) -> None:
    """The first line of every page: makes sure that ``app.py`` has drawn the frame, and that whoever looks may.

    Raises
    ------
    NotAllowedError
        When the role of whoever looks does not reach; the frame says so.
    """
    person = _asked()
    look()  # the frame may not have run before it
    if not st.session_state.get(_FRAMED):
        if may(person, VIEWER):
            _menu(_latest, person)
        else:
            _signed_out()
        st.rerun()
    require(person, role)


def release() -> Release:
    """The release that the visitor has chosen, the latest unless the address names another."""
    return load(st.session_state.get("release") or _latest())


def footer() -> None:
    """What must stand under every page."""
    st.divider()
    st.caption(
        "Contains public sector information licensed under the Open Government Licence v3.0. Figures are the force's "
        "own management information; this is not an official statistics product."
    )
    st.html(KEEP_PLACE + KEEP_RELEASE, unsafe_allow_javascript=True)
    if signs_in():
        st.html(WHEN_OVER, unsafe_allow_javascript=True)


def _latest() -> str:
    return known_releases()[-1]


def _choose_release() -> str:
    """Ask where there are several. The frame asks and not the page, so the choice holds from page to page."""
    known = known_releases()
    asked = st.query_params.get("release")
    if asked and asked not in known:
        st.info(f"The link names the release {asked}, which is not here. This is the latest, {known[-1]}.")
    if len(known) == 1:
        return known[0]
    with st.sidebar:
        return st.selectbox("Release", known[::-1], key="release", bind="query-params")


def _say_state(state: str) -> None:
    """That what the page is made from is not yet published."""
    if words := state_words(state):
        who = "For analysts alone." if state == DRAFT else "Shared ahead of publication: do not quote it or pass it on."
        st.info(f"**{words}.** {who}")


def _asked() -> Person:
    """Who is looking; nobody, when that cannot be told."""
    try:
        return caller()
    except DataError as error:
        _LOG.error("it cannot be told who is looking: %s", error)
        return NOBODY


def _signed_out() -> None:
    """Every address shows one and the same page, and the menu nothing."""
    names = [FRONT, *sorted(file.stem for file in _PAGES.glob("*.py"))]
    pages = [
        st.Page(_say_signed_out, title="Signed out", url_path=name, default=place == 0)
        for place, name in enumerate(names)
    ]
    page = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"Signed out · {NAME}", page_icon="📊", layout="wide")
    with kept_while_asked():
        page.run()


def _say_signed_out() -> None:
    st.title("You are signed out")
    st.markdown("You signed out, or eight hours are over, or you are no longer on the list of people who may look.")
    st.html('<p><a href="/sign-in" target="_self">Sign in again</a></p>')


def _menu(choose: Callable[[], str], person: Person) -> tuple[st.Page, list[st.Page]]:
    try:
        pages = _pages(load(choose()), person)
    except NothingYetError as error:
        pages = [st.Page(partial(_say_nothing_yet, str(error)), title="Headlines", url_path="headlines", default=True)]
    except DataError as error:
        pages = [st.Page(partial(_problems, error.problems), title="Headlines", url_path="headlines", default=True)]
    page = st.navigation(pages, expanded=True)  # else the last pages hide behind “View more”
    st.set_page_config(page_title=f"{page.title} · {NAME}", page_icon="📊", layout="wide")
    st.html(STYLE)
    return page, pages


def _pages(shown: Release, person: Person) -> list[st.Page]:
    """The flat list of the menu, in its order. A priority without a file of its own gets the general page."""
    from parts.priority import show_priority

    front = _PAGES / "headlines.py"
    pages = [st.Page(front, title="Headlines", url_path=FRONT, default=True)]
    pages += [st.Page(front, title="Headlines", url_path=FRONT_TOO, visibility="hidden")]
    priorities = shown.priorities[shown.priorities["id"] != "headlines"].sort_values("order")
    for priority in priorities.itertuples():
        file = _PAGES / f"{priority.id}.py"
        source = file if file.exists() else partial(show_priority, priority.id)
        pages.append(st.Page(source, title=priority.menu_title, url_path=priority.id))
    for name, title in ALWAYS.items():
        listed = "visible" if name != "upload" or may(person, ANALYST) else "hidden"
        pages.append(st.Page(_PAGES / f"{name}.py", title=title, visibility=listed))
    return pages


def _say_nothing_yet(told: str) -> None:
    st.title("Nothing to see yet")
    st.markdown(told)


def _problems(problems: list[str]) -> None:
    st.title("The data cannot be shown yet")
    st.error("These problems stand in the data folder. Mend them and load the page again.")
    for problem in problems[:50]:
        st.markdown(f"- {problem}")
    if len(problems) > 50:
        st.markdown(f"- and {len(problems) - 50} more.")
