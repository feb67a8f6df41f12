"""A real server for tests: `streamlit run` in a process of its own, with an empty home and nobody's settings."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds for a start on a busy machine; a quiet one needs one or two


@dataclass(frozen=True)
class Server:
    """A running server: its port, the file that its words go to, and the number of its process."""

    port: int
    log: Path
    pid: int = 0

    @property
    def url(self) -> str:
        """The address of the front page, without a slash at the end."""
        return f"http://localhost:{self.port}"

    def said(self) -> str:
        """All that the server has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a newcomer: an empty home, and no setting of Streamlit's or ours but those given.

    What one process compiles the next one reads, as at every start but a newcomer's first.
    """
    left_out = ("STREAMLIT_", "EXPLORER_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    own = {"HOME": str(home), "USERPROFILE": str(home), "EXPLORER_HOME": str(home / "explorer")}
    # What the checks themselves write beside the code would keep a watching server busy, and nothing here is edited.
    return {**inherited, **own, "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none", **more}


@contextmanager
def serving(home: Path, app: str | Path = "app.py", **environment: str) -> Iterator[Server]:
    """Run `app` with the repository's settings on a free port until the block ends."""
    for attempt in (1, 2, 3):  # a free port may be taken by another before the server has it
        server = Server(free_port(), home / f"server-{attempt}.log")
        words = ["-m", "streamlit", "run", str(app), "--server.headless", "true", "--server.port", str(server.port)]
        with server.log.open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=clean_environment(home, **environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            if healthy(process, server):
                yield replace(server, pid=process.pid)
                return
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    raise AssertionError(f"the server did not start; it said:\n{server.said()}")


def healthy(process: subprocess.Popen[bytes], server: Server) -> bool:
    """Wait until the server answers `ok`; False when it ends or never does.

    The body is compared, not the status alone: Streamlit answers unknown paths with 200 and its page shell.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if get(server.port, "/_stcore/health") == (200, "ok"):
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of one page of a local server, past any proxy."""
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
