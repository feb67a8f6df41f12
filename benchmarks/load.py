"""How many people at once: real live connections, thinking two seconds and changing something, beside Dash.

`python benchmarks/load.py [--people 50 100] [--seconds N] [--dash-python P]`, with what requirements-dev.txt and
benchmarks/requirements.txt install. One server after the other, each one process: the explorer with its own settings;
the same with Streamlit's; the same content in Dash under gunicorn, with figures made at each change and with figures
remembered as the explorer does. Before it is timed, everything that can be asked is asked once of every server.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from websockets.asyncio.client import connect  # noqa: E402

from tests.serving import clean_environment, free_port, get, serving  # noqa: E402
from tests.visitor import Talk  # noqa: E402

THINK = 2.0  # seconds on average, from one to three
SMALL = 64  # bytes: the message that a run has ended is shorter, and nearly all others are longer
CHOICES: dict[str, dict[str, list[Any]]] = {
    "surveys": {
        "correction": ["Holm", "Benjamini-Hochberg"], "confidence": ["95%", "90%", "99%"],
        "order": ["as asked", "by size of change"], "design_effect": [1.0, 1.25, 2.0],
    },
    "asb": {
        "against": ["previous 12 months", "baseline"],
        "dispersion": ["the rule", "half the rule", "5"],
        "confidence": ["95%", "90%", "99%"],
    },
}  # fmt: skip
DEFAULTS = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true", "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "auto"}
Ask = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Person:
    """One visitor: what they chose, and how to ask for it."""

    content: str
    ask: Ask
    chance: random.Random
    chosen: dict[str, Any] = field(default_factory=dict)

    async def change(self) -> float:
        """Change one thing; seconds until the answer is all there."""
        key = self.chance.choice(list(CHOICES[self.content]))
        others = [each for each in CHOICES[self.content][key] if each != self.chosen[key]]
        self.chosen[key] = self.chance.choice(others)
        began = time.perf_counter()
        await self.ask(self.chosen)
        return time.perf_counter() - began


@dataclass
class Measured:
    """Of one server: the seconds of each change by number of people, and changes a second by the same."""

    seconds: dict[int, list[float]] = field(default_factory=dict)
    rate: dict[int, float] = field(default_factory=dict)

    def p95(self, people: int) -> float:
        """Seconds within which 95% of changes were answered."""
        return statistics.quantiles(self.seconds[people], n=20)[-1]


def main() -> None:
    """Print one table a content."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[50, 100], help="numbers of people (50 100)")
    parser.add_argument("--seconds", type=float, default=30, help="how long each is timed (30)")
    parser.add_argument("--crowd", type=int, default=8, help="people who do not think, for changes a second (8)")
    parser.add_argument("--content", nargs="+", choices=list(CHOICES), default=list(CHOICES))
    parser.add_argument("--dash-python", default=sys.executable, help="a Python with benchmarks/requirements.txt")
    asked = parser.parse_args()
    for content in asked.content:
        found = {}
        with tempfile.TemporaryDirectory() as folder:
            for name, running, person in servers(content, Path(folder), asked.dash_python):
                with running() as port:
                    found[name] = asyncio.run(measured(content, port, person, asked))
                print(f"  {content}, {name}: {found[name].rate[0]:.1f} changes a second", file=sys.stderr)
        show(content, found, asked.people, asked.crowd)


def servers(content: str, folder: Path, dash: str) -> list[tuple[str, Callable[[], Any], Any]]:
    """Name, how to run it, and how a person talks to it."""
    page = "surveys" if content == "surveys" else ""
    app = "app.py" if content == "surveys" else "benchmarks/load_section.py"

    def streamlit(**settings: str) -> Callable[[], Any]:
        @contextmanager
        def run() -> Iterator[int]:
            home = Path(tempfile.mkdtemp(dir=folder))
            with serving(home, app, PYTHONPATH=str(ROOT), **settings) as server:
                yield server.port

        return run

    def by_live_connection(port: int, stack: AsyncExitStack) -> Awaitable[Ask]:
        return streamlit_person(port, page, stack)

    def by_post(port: int, stack: AsyncExitStack) -> Awaitable[Ask]:
        return dash_person(port, content)

    return [
        ("explorer", streamlit(), by_live_connection),
        ("Streamlit's settings", streamlit(**DEFAULTS), by_live_connection),
        ("Dash", lambda: dash_server(folder, dash, ""), by_post),
        ("Dash, figures remembered", lambda: dash_server(folder, dash, "1"), by_post),
    ]


async def measured(content: str, port: int, person: Any, asked: argparse.Namespace) -> Measured:
    """Warm everything, then let the crowd and the thinking people loose."""
    found = Measured()
    async with AsyncExitStack() as stack:
        ask = await person(port, stack)
        for values in itertools.product(*CHOICES[content].values()):
            await ask(dict(zip(CHOICES[content], values, strict=True)))
    for people, think in [(asked.crowd, 0.0), *((number, THINK) for number in asked.people)]:
        async with AsyncExitStack() as stack:
            crowd = []
            for number in range(people):
                first = {key: options[0] for key, options in CHOICES[content].items()}
                crowd.append(Person(content, await person(port, stack), random.Random(number), first))
            key = 0 if not think else people
            began = time.perf_counter()
            until = began + asked.seconds
            times = await asyncio.gather(*(interacting(each, think, until) for each in crowd))
            found.seconds[key] = [second for each in times for second in each]
            found.rate[key] = len(found.seconds[key]) / (time.perf_counter() - began)
    return found


async def interacting(person: Person, think: float, until: float) -> list[float]:
    """Think and change until the time is over; the seconds of each change."""
    seconds = []
    await asyncio.sleep(person.chance.uniform(0, think))
    while time.perf_counter() < until:
        seconds.append(await person.change())
        await asyncio.sleep(person.chance.uniform(0.5 * think, 1.5 * think))
    return seconds


async def streamlit_person(port: int, page: str, stack: AsyncExitStack) -> Ask:
    """A live connection with the page on it. Only the first run is looked at; later ones until they have ended."""
    line = await stack.enter_async_context(
        connect(
            f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], proxy=None, max_size=None,  # type: ignore[list-item]
            open_timeout=120, ping_timeout=None,
        )
    )  # fmt: skip
    talk = Talk(page)
    await line.send(talk.ask())
    while not talk.hear(await line.recv()):  # type: ignore[arg-type]
        pass
    widgets = dict(talk.widgets)

    async def ask(chosen: dict[str, Any]) -> None:
        talk.widgets = widgets
        await line.send(talk.ask(**chosen))
        while True:
            frame = await line.recv()
            if len(frame) < SMALL and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":  # type: ignore[arg-type]
                return

    return ask


async def dash_person(port: int, content: str) -> Ask:
    """A request a change, as Dash's own page makes it."""
    places = {"asb": {"confidence": "level"}}.get(content, {})
    what = "survey" if content == "surveys" else "asb"
    outputs = [{"id": f"{what}_figure", "property": "figure"}, {"id": f"{what}_words", "property": "children"}]
    output = f"..{what}_figure.figure...{what}_words.children.."

    async def ask(chosen: dict[str, Any]) -> None:
        inputs = [{"id": places.get(key, key), "property": "value", "value": value} for key, value in chosen.items()]
        changed = [f"{each['id']}.value" for each in inputs]
        body = json.dumps({"output": output, "outputs": outputs, "inputs": inputs, "changedPropIds": changed[:1]})
        reader, writer = await asyncio.open_connection("localhost", port)
        writer.write(
            f"POST /_dash-update-component HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
            f"Connection: close\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}".encode()
        )
        answer = await reader.read(-1)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 200") and b"_figure" in answer, answer[:500]

    return ask


@contextmanager
def dash_server(folder: Path, python: str, shared: str) -> Iterator[int]:
    """Dash under gunicorn, one process of eight threads."""
    port = free_port()
    words = [python, "-W", "ignore", "-m", "gunicorn", "--workers", "1", "--threads", "8", "--log-level", "error"]
    words += ["--bind", f"localhost:{port}", "--chdir", str(ROOT / "benchmarks"), "load_dash:server"]
    with (folder / "dash.log").open("w", encoding="utf-8") as log:
        environment = clean_environment(folder, DASH_SHARED=shared, PYTHONPATH=os.pathsep.join([str(ROOT)]))
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 120
            while True:
                try:
                    if get(port, "/_dash-layout")[0] == 200:
                        break
                except OSError:
                    pass
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"Dash did not start:\n{(folder / 'dash.log').read_text(encoding='utf-8')}")
                time.sleep(0.2)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def show(content: str, found: dict[str, Measured], people: list[int], crowd: int) -> None:
    """One line a server, each beside Dash and beside Streamlit's settings."""
    plain, dash = found["Streamlit's settings"], found["Dash"]
    print(
        f"\n{content}: changes a second of {crowd} people who do not think, and of people who think {THINK:g} s "
        "on average; p95 of a change in seconds"
    )
    heads = [f"p95, {number}" for number in people] + [f"/s, {number}" for number in people]
    print(
        f"{'':26}{'/s flat out':>12}{'x Dash':>9}" + "".join(f"{head:>11}" for head in heads) + f"{'p95 x plain':>13}"
    )
    for name, own in found.items():
        cells = [f"{own.p95(number):.2f}" for number in people] + [f"{own.rate[number]:.1f}" for number in people]
        print(
            f"{name:26}{own.rate[0]:>12.1f}{own.rate[0] / dash.rate[0]:>9.2f}"
            + "".join(f"{cell:>11}" for cell in cells)
            + f"{own.p95(people[-1]) / plain.p95(people[-1]):>13.3f}"
        )


if __name__ == "__main__":
    main()
