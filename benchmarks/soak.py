"""Does memory come back? Sessions opened and closed, files uploaded and left, and the server's memory all the while.

`python benchmarks/soak.py [--sessions N] [--uploads N]`, with what requirements-dev.txt and benchmarks/requirements.txt
install. One real server, the public way, where what visitors upload is held in memory. The memory is that of the
process, resident, after a warm-up and at the end, once the server has had the time to let closed sessions go.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from tests.serving import Server, serving  # noqa: E402
from tests.visitor import Visitor, visiting  # noqa: E402

TTL = 5  # seconds that the server keeps a closed session, instead of its 120: the same work, less waiting
AT_ONCE = 10
PAGES = ["", "surveys", "local_and_responsive_service", "demand_and_season"]
UPLOAD = (ROOT / "data" / "illustrative" / "survey_2023_01.csv").read_bytes()


def main() -> None:
    """Print the memory after the warm-up, along the way and at the end."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1000, help="sessions to open and close (1000)")
    parser.add_argument("--uploads", type=int, default=200, help="files to upload and leave behind (200)")
    asked = parser.parse_args()
    os.chdir(ROOT)
    settings = {"EXPLORER_HOSTED": "1", "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(TTL)}
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), **settings) as server:
        own = psutil.Process(server.pid)
        print(f"{'':34}{'MB':>8}{'against warm':>14}")
        report("started", own)
        sessions(server, max(AT_ONCE * len(PAGES), asked.sessions // 10))
        uploads(server, max(AT_ONCE, asked.uploads // 10))
        settle(server)
        warm = report("warm", own)
        steps = 5
        for step in range(1, steps + 1):
            sessions(server, asked.sessions // steps)
            report(f"{asked.sessions * step // steps} sessions", own, warm)
        for step in range(1, steps + 1):
            uploads(server, asked.uploads // steps)
            report(f"{asked.uploads * step // steps} uploads of {len(UPLOAD) / 1e6:.1f} MB", own, warm)
        settle(server)
        end = report("at the end", own, warm)
        print(f"Growth after the warm-up: {(end / warm - 1) * 100:+.1f}%")


def sessions(server: Server, number: int) -> None:
    """Open sessions, ten at once and of several pages, and close them."""
    for first in range(0, number, AT_ONCE):
        with ExitStack() as stack:
            for place in range(first, min(first + AT_ONCE, number)):
                stack.enter_context(visiting(server.port, PAGES[place % len(PAGES)]))


def uploads(server: Server, number: int) -> None:
    """Upload a file, look at what was understood, and leave."""
    for place in range(number):
        with visiting(server.port, "upload") as visitor:
            visitor.upload("upload_file_0", f"survey_{place}.csv", UPLOAD + f"#{place}\n".encode())
            _next(visitor)


def _next(visitor: Visitor) -> None:
    if "upload_next" in visitor.widgets:
        visitor.run(upload_next=True)


def settle(server: Server) -> None:
    """Wait until closed sessions may go, and open one, for the server looks round only then."""
    for _ in range(2):
        time.sleep(TTL + 1)
        with visiting(server.port):
            pass


def report(what: str, process: psutil.Process, warm: float = 0.0) -> float:
    """Print and give the resident memory in MB."""
    held = process.memory_info().rss / 1e6
    print(f"{what:34}{held:>8.0f}" + (f"{held / warm:>14.3f}" if warm else ""), flush=True)
    return held


if __name__ == "__main__":
    main()
