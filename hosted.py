"""The third front door: the explorer behind sign-in. Start it with ``python hosted.py``.

EXPLORER_SIGN_IN names its settings, a TOML file; without them, or with less than they need, it does not start.
EXPLORER_LISTEN says where it listens, 127.0.0.1:8501 unless set; a proxy in front brings https.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from data.errors import DataError
from data.people import Person
from data.priority_pages import priority_ids
from data.releases import data_root
from data.sessions import open_sessions
from data.sign_in import VARIABLE, SignIn, sign_in_settings
from data.starting import check_fit, listen, listening_place, open_home, page_of_streamlit, people_words
from data.store import store_home
from guard.door import LARGEST_MESSAGE, Door
from guard.headers import IDENTITY
from guard.issuer import check_issuer
from parts.listed import ALWAYS, FRONT, FRONT_TOO
from parts.scripts import ALL

_MEGABYTE = 1024 * 1024
_NOT_STARTED = 2  # as a mistake ends a command


def main() -> int:
    """Run the explorer until it is stopped; say why when it cannot start."""
    try:
        settings = _settings()
        place = listening_place(os.environ)
        people, home = people_words(settings), open_home(store_home())
        check_fit(place, settings.address)
        with listen(place) as taken:
            check_issuer(settings)
            where = f"The explorer answers at {settings.address}, listening on {place}"
            line = f"{where}, for {people} signed in by {settings.issuer}, with the store in {home}."
            _serve(guarded(settings), taken, line)
    except DataError as problem:
        sys.stderr.write(f"The explorer did not start.\n{problem}\n")
        return _NOT_STARTED
    return 0


def guarded(settings: SignIn) -> Door:
    """The explorer with its door.

    Raises
    ------
    DataError
        When the list of people or the store's folder will not do.
    """
    sessions = open_sessions(store_home(), settings)
    # An address may carry a one-time code of the sign-in service, or what somebody looked at.
    logging.getLogger("uvicorn.access").addFilter(lambda record: False)
    from streamlit import App, config

    streamlit = App(Path(__file__).with_name("app.py"))  # which finds the settings file beside it
    for option, value in _streamlit_options(settings).items():
        config.set_option(option, value, "hosted.py")
    return Door(streamlit, sessions, settings, [*ALL, page_of_streamlit()], _has_page)


def _has_page(name: str, person: Person) -> bool:
    """Whether somebody has a page of a name: one that is always there, or a priority of a release that they may see."""
    if name in ALWAYS or name in (FRONT, FRONT_TOO):
        return True
    try:
        return name in priority_ids(data_root(), store_home(), person)
    except OSError:  # it cannot be told just now: Streamlit says itself what it does not have
        return True


def _settings() -> SignIn:
    settings = sign_in_settings()
    if settings is None:
        raise DataError(f"The explorer starts behind sign-in only with its settings. Set {VARIABLE} to their file.")
    return settings


def _streamlit_options(settings: SignIn) -> dict[str, Any]:
    """What Streamlit is told here, whatever its file says. Its environment variables reach ``streamlit run`` alone."""
    name = urlsplit(settings.address).hostname or ""
    return {
        "server.allowedHosts": [name],
        "server.cookieSecret": settings.secret_for("streamlit"),
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.enableAgentApi": False,
        "server.enableStaticServing": False,
        "server.scriptHealthCheckEnabled": False,
        "server.fileWatcherType": "none",
        "server.maxWidgetStateSize": LARGEST_MESSAGE // _MEGABYTE,
        "server.trustedUserHeaders": {IDENTITY.decode(): "session"},
        "browser.serverAddress": name,  # or Streamlit asks an outside service for its own address
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "global.developmentMode": False,
    }


class _Announced(uvicorn.Server):
    """A server that says one line once it answers."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"{self._line}\n")
        sys.stdout.flush()


def _serve(door: Door, taken: socket.socket, line: str) -> None:
    config = uvicorn.Config(
        door, ws_max_size=LARGEST_MESSAGE, server_header=False, proxy_headers=False, log_level="warning",
        h11_max_incomplete_event_size=64 * 1024, access_log=False,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):
        _Announced(config, line).run(sockets=[taken])


if __name__ == "__main__":
    sys.exit(main())
