"""The third front door: the explorer behind sign-in. Start it with ``python hosted.py``, or ``uvicorn hosted:app``.

EXPLORER_SIGN_IN names its settings, a TOML file; without them, or with less than they need, it does not start.
EXPLORER_LISTEN says where it listens, 127.0.0.1:8501 unless set; a proxy in front brings https.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.errors import DataError
from data.sessions import open_sessions
from data.sign_in import VARIABLE, SignIn, sign_in_settings
from data.store import store_home
from guard.door import LARGEST_MESSAGE, Door
from guard.headers import IDENTITY

_MEGABYTE = 1024 * 1024


def guarded() -> Door:
    """The explorer with its door.

    Raises
    ------
    DataError
        When the settings, the list of people or the store's folder will not do.
    """
    settings = sign_in_settings()
    if settings is None:
        raise DataError(f"The explorer starts behind sign-in only with its settings. Set {VARIABLE} to their file.")
    sessions = open_sessions(store_home(), settings)
    # An address may carry a one-time code of the sign-in service, or what somebody looked at.
    logging.getLogger("uvicorn.access").addFilter(lambda record: False)
    from streamlit import App, config

    streamlit = App(Path(__file__).with_name("app.py"))  # which finds the settings file beside it
    for option, value in _streamlit_options(settings).items():
        config.set_option(option, value, "hosted.py")
    return Door(streamlit, sessions, settings)


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


def serve() -> None:
    """Run it until it is stopped."""
    import uvicorn

    host, _, port = os.environ.get("EXPLORER_LISTEN", "127.0.0.1:8501").rpartition(":")
    uvicorn.run(app, host=host or "127.0.0.1", port=int(port), ws_max_size=LARGEST_MESSAGE, server_header=False,
                proxy_headers=False, h11_max_incomplete_event_size=64 * 1024, access_log=False)  # fmt: skip


try:
    app = guarded()
except DataError as problem:
    raise SystemExit(f"The explorer did not start.\n{problem}") from None

if __name__ == "__main__":
    serve()
