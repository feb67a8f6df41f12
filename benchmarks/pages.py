"""What a page costs: server script time and bytes sent, as ratios to an empty Streamlit page in the same run.

`python benchmarks/pages.py [--runs N]`, with what the tests need installed. Script time is the median of warm runs on a
real server, taken inside it from the script's first line to its last; a client asks for them over the websocket, as a
browser does. Bytes are what a browser with an empty cache receives on its first load, over HTTP and over the websocket.
Beside Headlines stands a page that sends the same elements as constants: what is above it is our own work.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, WebSocket, sync_playwright  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402
from websockets.sync.client import connect  # noqa: E402

from data.releases import data_root, load_release  # noqa: E402
from tests.journeys.conftest import BROWSER_WORDS  # noqa: E402
from tests.journeys.steps import visit  # noqa: E402
from tests.run import provide_browser  # noqa: E402
from tests.serving import serving  # noqa: E402

EMPTY = 'import streamlit as st\n\nst.title("Empty")\n'
APP = "from parts.frame import run\n\nrun()\n"
TIMED = """import time

started = time.perf_counter()
{body}
with open({path!r}, "a", encoding="ascii") as told:
    told.write(f"{{time.perf_counter() - started}}\\n")
"""
CONSTANTS = """import json
from pathlib import Path

import streamlit as st


@st.cache_resource
def elements():
    return json.loads(Path({path!r}).read_text(encoding="utf-8"))


for kind, body in elements():
    if kind == "html":
        st.html(body)
    elif kind == "selectbox":
        st.selectbox(body, ["one", "two", "three"], key=body)
    elif kind == "text_input":
        st.text_input(body, key=body)
    else:
        st.markdown(body)
"""


def main() -> None:
    """Print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="warm runs of each script (15)")
    runs = parser.parse_args().runs
    os.chdir(ROOT)
    priorities = load_release(data_root()).priorities
    pages = {"Headlines": "", **dict(zip(priorities["menu_title"][1:], priorities["id"][1:], strict=True))}
    pages["Data and methods"] = "data_and_methods"
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        [nothing] = script_seconds(Path(folder), EMPTY, [""], runs)
        [constants] = script_seconds(Path(folder), constants_page(Path(folder)), [""], runs)
        scripts = dict(zip(pages, script_seconds(Path(folder), APP, pages.values(), runs), strict=True))
        sent = bytes_sent(pages, empty, Path(folder))
    everything, socket = sent["empty"]
    print(f"An empty page: {nothing * 1000:.1f} ms of script, {everything:,} bytes, {socket:,} of them by websocket.")
    print(f"{'page':28}{'script':>10}{'all bytes':>12}{'websocket':>12}   (times the empty page)")
    for name in pages:
        everything, socket = sent[name]
        print(
            f"{name:28}{scripts[name] / nothing:>10.1f}{everything / sent['empty'][0]:>12.2f}"
            f"{socket / sent['empty'][1]:>12.1f}"
        )
    print(f"Headlines against the same elements as constants: {scripts['Headlines'] / constants:.2f} times the script.")


def script_seconds(folder: Path, body: str, addresses: Iterable[str], runs: int) -> list[float]:
    """Median seconds of a warm run of each page of an app, on a server of its own."""
    times = folder / "times.txt"
    script = folder / "timed.py"
    script.write_text(TIMED.format(body=body, path=str(times)), encoding="utf-8")
    medians = []
    with serving(folder, script) as server:
        for address in addresses:
            times.unlink(missing_ok=True)
            run_often(server.port, address, runs + 2)
            taken = [float(line) for line in times.read_text(encoding="ascii").split()]
            medians.append(statistics.median(taken[-runs:]))  # the first runs fill the caches
    return medians


def run_often(port: int, address: str, runs: int) -> None:
    """Ask for a page again and again over one connection; a fault ends the benchmark."""
    ask = BackMsg()
    ask.rerun_script.page_name = address
    socket = f"ws://localhost:{port}/_stcore/stream"
    with connect(socket, subprotocols=["streamlit"], proxy=None, max_size=None) as line:
        for _ in range(runs):
            line.send(ask.SerializeToString())
            done = False
            while not done:
                said = ForwardMsg.FromString(line.recv(timeout=60))
                assert said.delta.new_element.WhichOneof("type") != "exception", said
                done = said.WhichOneof("type") == "script_finished"


def constants_page(folder: Path) -> str:
    """A page that sends what Headlines sends, element by element, without working any of it out."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    elements = []
    for element in test.main:
        kind = element.type
        if kind == "html":
            elements.append((kind, element.proto.body))
        elif kind in ("selectbox", "text_input"):
            elements.append((kind, element.label))
        elif hasattr(element, "value"):
            elements.append(("markdown", str(element.value)))
    stored = folder / "elements.json"
    stored.write_text(json.dumps(elements), encoding="utf-8")
    return CONSTANTS.format(path=str(stored))


def bytes_sent(pages: dict[str, str], empty: Path, folder: Path) -> dict[str, tuple[int, int]]:
    """All bytes and websocket bytes of a first load, by page; "empty" is the empty page."""
    found = {}
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=provide_browser(), args=BROWSER_WORDS) as browser,
    ):
        for name, script in (("empty", empty), ("app", ROOT / "app.py")):
            home = folder / name
            home.mkdir()
            with serving(home, script) as server:
                addresses = {"empty": ""} if name == "empty" else pages
                for page, address in addresses.items():
                    found[page] = received(browser, f"{server.url}/{address}")
    return found


def received(browser: Browser, address: str) -> tuple[int, int]:
    """Bytes that one first load of an address brings to an empty browser."""
    context = browser.new_context()
    page = context.new_page()
    frames: list[int] = []
    loaded: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(len(frame)))

    page.on("websocket", listen)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: loaded.append(int(event["encodedDataLength"])))
    visit(page, address)
    context.close()
    return sum(loaded) + sum(frames), sum(frames)


if __name__ == "__main__":
    main()
