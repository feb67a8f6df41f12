"""What a journey needs: a server, a browser, and pages of two widths in light and dark."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.journeys.steps import PHONE, WIDE
from tests.serving import serving

BROWSER_WORDS = [
    # The browser under test talks to the server under test and to nobody else, so a font, a map or a script that is
    # fetched from outside shows as missing here, as it would behind a force's firewall.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",  # containers give it too little
    # Chromium refuses to run as root inside its sandbox; only containers run tests as root.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser: mark it, so `-m "not browser"` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one server of the app, shared by the journeys of this process."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running.url


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start a brand-new server at each call and give its address: nobody has opened a page of it yet.

    `fresh_server()` runs app.py; `fresh_server(EXPLORER_DATA=...)` adds to its environment.
    """
    with ExitStack() as running:

        def start(app: str | Path = "app.py", **environment: str) -> str:
            return running.enter_context(serving(tmp_path_factory.mktemp("server"), app, **environment)).url

        yield start


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """One browser for the journeys of this process; every page gets a profile of its own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_WORDS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an empty page as a new visitor: `open_page(PHONE, "dark")`; more words go to the browser's context."""
    with ExitStack() as contexts:

        def new(size: ViewportSize = WIDE, scheme: str = "light", **more: object) -> Page:
            settings = {"viewport": size, "color_scheme": scheme, "reduced_motion": "reduce", **more}
            context = browser.new_context(**settings)  # type: ignore[arg-type]
            contexts.callback(context.close)
            return context.new_page()

        yield new


@pytest.fixture(scope="module")
def same_page(browser: Browser) -> Iterator[Page]:
    """A wide page that tests of one file share, one after the other, for a look at what any visitor sees.

    A page that is new has all of Streamlit's scripts to make ready, which takes longer than to show what is on it.
    Nothing is left for the next test but what the server gave: no visitor has signed in here.
    """
    context = browser.new_context(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    context.add_init_script("try { localStorage.clear(); } catch {}")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A wide, light page: 1280 by 800."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone's page: 360 by 740, touched and not clicked."""
    return open_page(PHONE, has_touch=True)
