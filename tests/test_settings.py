"""`.streamlit/config.toml`: every option in it exists in the installed Streamlit, is taken, and does its work."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Config
from streamlit.runtime.app_session import _get_toolbar_mode
from streamlit.testing.v1 import AppTest
from websockets.sync.client import connect

from tests.serving import ROOT, Server, clean_environment, serving

FILE = ROOT / ".streamlit" / "config.toml"
THEME_PARTS = {"sidebar", "light", "dark"}  # tables inside [theme] that hold options of their own


def flat(options: dict, prefix: str = "") -> dict[str, object]:
    """Options as Streamlit names them, such as `server.address` and `theme.dark.sidebar.textColor`."""
    named: dict[str, object] = {}
    for name, value in options.items():
        inner = isinstance(value, dict) and (not prefix or name in THEME_PARTS)
        named |= flat(value, f"{prefix}{name}.") if inner else {prefix + name: value}
    return named


OPTIONS = flat(tomllib.loads(FILE.read_text(encoding="utf-8")))


def run(code: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a newcomer would: an empty home, the repository as the working folder, nothing to type."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean_environment(home, **environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    """What a new process makes of the file: every option Streamlit knows, hidden ones too: value, and from where."""
    code = (
        "import json; from streamlit import config; options = config.get_config_options(force_reparse=True);"
        "print(json.dumps({k: [o.value, o.where_defined] for k, o in options.items() if not o.is_expired()}))"
    )
    done = run(code, tmp_path_factory.mktemp("home"))
    assert done.returncode == 0, done.stderr
    assert not done.stderr, "Streamlit complains about the file"
    return json.loads(done.stdout)


@pytest.mark.parametrize("option", OPTIONS)
def test_option_exists_and_is_taken(option: str, taken: dict[str, list]) -> None:
    assert option in taken, f"{option} is no option of this Streamlit any more"
    value, where = taken[option]
    assert value == OPTIONS[option]
    assert Path(where) == FILE


def test_a_vanished_option_would_be_seen(tmp_path: Path) -> None:
    """The check above rests on this: Streamlit itself only warns about an option that it does not know."""
    code = "from streamlit import config; config.set_option('runner.gone', 1)"
    assert "not a valid config option" in run(code, tmp_path).stderr


# --- one real server --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("trivial")
    app = folder / "trivial.py"
    app.write_text("import streamlit as st\nst.write('here')\n", encoding="utf-8")
    with serving(folder, app) as running:
        yield running


def test_server_starts_without_a_warning_and_without_statistics(server: Server) -> None:
    said = server.said()
    assert "http://localhost:" in said
    for word in ("arning", "rror", "not a valid", "deprecated", "usage statistics"):
        assert word not in said


def test_only_this_computer_is_served(server: Server) -> None:
    """Streamlit prints a network and an external address whenever it listens on more than the one it is given."""
    assert "Network URL" not in server.said()
    assert "External URL" not in server.said()


@pytest.mark.parametrize(
    ("host", "answer"), [("localhost", 101), ("127.0.0.1", 101), ("rebound.example", 403), ("localhost.example", 403)]
)
def test_live_connection_is_for_allowed_names_only(server: Server, host: str, answer: int) -> None:
    """101 opens the websocket that all of a page travels on; another site's name is refused, its own origin or not."""
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}:{server.port}",
        f"Origin: http://{host}:{server.port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    with socket.create_connection(("localhost", server.port), timeout=30) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        assert connection.recv(64).split()[1] == str(answer).encode("ascii")


@pytest.mark.parametrize("asks", [False, True])
def test_no_email_is_asked_for_on_a_desktop(tmp_path: Path, asks: bool) -> None:
    """With ours nothing is asked or said; with Streamlit's default the first start waits for an address."""
    code = "from streamlit import config; config.set_option('server.headless', False);"
    if asks:
        code += "config.set_option('server.showEmailPrompt', True);"
    done = run(code + "from streamlit.runtime.credentials import check_credentials as check; check()", tmp_path)
    assert ("Email" in done.stdout + done.stderr) == asks
    assert (done.returncode != 0) == asks  # there is nobody to answer


@pytest.mark.parametrize("collects", [False, True])
def test_no_collection_after_each_run(tmp_path: Path, collects: bool) -> None:
    """The hidden option still steers the collection: none with ours, one a run with Streamlit's default."""
    app = tmp_path / "collecting.py"
    code = "import gc; gc.collect = lambda generation=2: print('collects', flush=True); print('runs', flush=True)"
    app.write_text(code, encoding="utf-8")
    with serving(tmp_path, app, **({"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"} if collects else {})) as server:
        run_once(server)
        until = time.monotonic() + (30 if collects else 1)  # it would come within milliseconds
        while "collects" not in server.said() and time.monotonic() < until:
            time.sleep(0.05)
        assert "runs" in server.said()
        assert ("collects" in server.said()) == collects


def run_once(server: Server) -> None:
    """Ask for one run of the script, as a browser does, and wait until Streamlit says it has finished."""
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    with connect(f"ws://localhost:{server.port}/_stcore/stream", subprotocols=["streamlit"], proxy=None) as line:
        line.send(ask.SerializeToString())
        while True:
            said = ForwardMsg.FromString(line.recv(timeout=30))
            if said.WhichOneof("type") == "script_finished":
                return


# --- in this process --------------------------------------------------------------------------------------------------


def test_upload_limit_reaches_the_uploader() -> None:
    page = AppTest.from_string("import streamlit as st; st.file_uploader('a survey')").run()
    assert page.file_uploader[0].proto.max_upload_size_mb == 50


def test_a_fault_shows_its_kind_and_not_its_words() -> None:
    page = AppTest.from_string("raise RuntimeError('row 7 says: my name is Jo')").run()
    shown = str(page.exception[0].proto)
    assert "RuntimeError" in shown
    assert "Jo" not in shown
    assert not page.exception[0].proto.stack_trace


def test_no_developers_menu() -> None:
    assert _get_toolbar_mode() == Config.ToolbarMode.Value("VIEWER")
