"""The third front door: the explorer behind sign-in. Start it with ``python hosted.py``, or ``uvicorn hosted:app``.

EXPLORER_SIGN_IN names its settings, a TOML file; without them, or with less than they need, it does not start.
EXPLORER_LISTEN says where it listens, 127.0.0.1:8501 unless set; a proxy in front brings https.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
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
    os.environ.update(_streamlit_settings(settings))
    from streamlit import App  # reads the settings above

    return Door(App(Path(__file__).with_name("app.py")), sessions, settings)


def _streamlit_settings(settings: SignIn) -> dict[str, str]:
    """What Streamlit must be told in its environment, over whatever stands there or in its own file."""
    name = urlsplit(settings.address).hostname or ""
    told = {
        "SERVER_ALLOWED_HOSTS": name,
        "SERVER_COOKIE_SECRET": settings.secret_for("streamlit"),
        "SERVER_ENABLE_XSRF_PROTECTION": "true",
        "SERVER_ENABLE_CORS": "true",
        "SERVER_ENABLE_AGENT_API": "false",
        "SERVER_ENABLE_STATIC_SERVING": "false",
        "SERVER_SCRIPT_HEALTH_CHECK_ENABLED": "false",
        "SERVER_FILE_WATCHER_TYPE": "none",
        "SERVER_MAX_WIDGET_STATE_SIZE": str(LARGEST_MESSAGE // _MEGABYTE),
        "SERVER_TRUSTED_USER_HEADERS": json.dumps({IDENTITY.decode(): "session"}),
        "BROWSER_SERVER_ADDRESS": name,  # or Streamlit asks an outside service for its own address
        "BROWSER_GATHER_USAGE_STATS": "false",
        "CLIENT_SHOW_ERROR_DETAILS": "none",
        "GLOBAL_DEVELOPMENT_MODE": "false",
    }
    return {f"STREAMLIT_{key}": value for key, value in told.items()}


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
