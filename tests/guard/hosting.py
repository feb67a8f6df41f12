"""The hosted explorer and a sign-in service of its own, both real, on this computer alone; and people who sign in."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.serving import ROOT, clean_environment, free_port

PEOPLE = {
    "ana": {"sub": "ana", "name": "Ana Lyst", "email": "ana@example.org", "email_verified": True, "roles": ["leads"]},
    "vera": {"sub": "vera", "name": "Vera Viewer", "roles": ["staff"]},
    "xan": {"sub": "xan", "name": "Xan Stranger", "roles": ["leads"]},  # not on the list
    "yan": {"sub": "yan", "name": "Yan Unclaimed"},  # on the list, but without the claim
}
LIST = "person,role\nana@example.org,analyst\nvera,viewer\nyan,analyst\n"
PATIENCE = 60.0
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nothing here goes by https, and a usual one is slow to make


@dataclass(frozen=True)
class Hosted:
    """A running explorer behind sign-in."""

    url: str
    home: Path
    people: Path
    log: Path

    @property
    def live(self) -> str:
        return self.url.replace("http", "ws", 1) + "/_stcore/stream"

    def browser(self, cookie: str = "", **headers: str) -> httpx2.Client:
        """Something that keeps cookies, with one already or none."""
        cookies = {"explorer": cookie} if cookie else None
        return httpx2.Client(base_url=self.url, headers=headers, cookies=cookies, timeout=30, verify=PLAIN)

    def signed_in(self, subject: str) -> str:
        """Go the whole way through the sign-in service; what the browser then holds."""
        with self.browser() as browser:
            answer = sign_in(browser, subject)
            assert answer.status_code == 303, answer.text
            return browser.cookies["explorer"]

    def aged(self, held: str, by: timedelta = timedelta(hours=8)) -> str:
        """Move the moment when somebody signed in into the past."""
        then = (datetime.now(UTC) - by).isoformat()
        store = sqlite3.connect(self.home / "explorer" / "store.sqlite")
        store.execute("UPDATE sessions SET signed_in = ? WHERE id = ?", (then, hash_of(held)))
        store.commit()
        store.close()
        return held

    def left(self, held: str) -> str:
        """Sign out, as the page of this explorer does it."""
        with self.browser(held, Origin=self.url) as browser:
            assert browser.post("/sign-out").status_code == 303
        return held

    @contextmanager
    def listed(self, people: str) -> Iterator[None]:
        """Another list of people for a while."""
        self.people.write_text(people, encoding="utf-8")
        try:
            yield
        finally:
            self.people.write_text(LIST, encoding="utf-8")


def hash_of(held: str) -> str:
    return hashlib.sha256(held.encode()).hexdigest()


def sign_in(browser: httpx2.Client, subject: str, following: str = "") -> httpx2.Response:
    """From the sign-in route to the answer of the callback."""
    asked = browser.get("/sign-in", params={"next": following} if following else None)
    assert asked.status_code == 302, asked.text
    agreed = browser.post(asked.headers["location"], data={"sub": subject})
    assert agreed.status_code in (302, 303), agreed.text
    return browser.get(agreed.headers["location"])


def settings(folder: Path, issuer: str, address: str, **more: str) -> Path:
    """The settings of a hosted explorer, with its list of people."""
    (folder / "people.csv").write_text(LIST, encoding="utf-8")
    told = {
        "issuer": issuer, "client_id": "explorer", "client_secret": "invented", "address": address,
        "session_secret": "invented " + "0123456789abcdef" * 2, "allow_list": "people.csv", "role_claim": "roles",
    } | more  # fmt: skip
    file = folder / "sign_in.toml"
    lines = [f'{key} = "{value}"' for key, value in told.items() if value]
    file.write_text("\n".join([*lines, "[roles]", 'leads = "analyst"', 'staff = "viewer"', ""]), encoding="utf-8")
    return file


@contextmanager
def hosting(folder: Path, behind: Callable[[Path, int], AbstractContextManager[int]] | None = None) -> Iterator[Hosted]:
    """Run `hosted.py` and a sign-in service until the block ends.

    ``behind`` puts something in front of a port, given a folder of its own, and says by which port browsers come.
    """
    inside = free_port()
    if behind is None:
        with _hosting(folder, inside, inside) as running:
            yield running
        return
    (folder / "front").mkdir()
    with behind(folder / "front", inside) as port, _hosting(folder, inside, port) as running:
        yield running


@contextmanager
def _hosting(folder: Path, inside: int, port: int) -> Iterator[Hosted]:
    service = free_port()
    url, log = f"http://localhost:{port}", folder / "hosted.log"
    file = settings(folder, f"http://127.0.0.1:{service}", url)
    known = [word for person in PEOPLE.values() for word in ("--user-claims", json.dumps(person))]
    words = ["-W", "ignore", "-m", "oidc_provider_mock", "--port", str(service), *known]
    own = {"EXPLORER_SIGN_IN": str(file), "EXPLORER_LISTEN": f"127.0.0.1:{inside}"}
    with log.open("w", encoding="utf-8") as said:
        running = [
            subprocess.Popen(
                [sys.executable, *each], cwd=ROOT, env=clean_environment(folder, **own), stdin=subprocess.DEVNULL,
                stdout=said, stderr=subprocess.STDOUT,
            )
            for each in (words, ["hosted.py"])
        ]  # fmt: skip
        try:
            until = time.monotonic() + PATIENCE
            for address in (f"http://127.0.0.1:{service}/.well-known/openid-configuration", f"{url}/healthz"):
                while not answers(address):
                    assert time.monotonic() < until and all(each.poll() is None for each in running), log.read_text()
                    time.sleep(0.05)
            yield Hosted(url, folder, folder / "people.csv", log)
        finally:
            for each in running:
                each.terminate()
            for each in running:
                each.wait(timeout=20)


def answers(address: str) -> bool:
    try:
        return httpx2.get(address, timeout=5, verify=PLAIN).status_code == 200
    except httpx2.TransportError:
        return False


# --- the live connection ----------------------------------------------------------------------------------------------


def live(hosted: Hosted, cookie: str = "", path: str = "", resume: str = "", **headers: str) -> ClientConnection:
    """Open a live connection as a browser does; raises when it is refused."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    if cookie:
        more["Cookie"] = f"explorer={cookie}"
    address = hosted.live if not path else hosted.url.replace("http", "ws", 1) + path
    return connect(
        address, subprotocols=["streamlit", *(["x", resume] if resume else [])], additional_headers=more, proxy=None, max_size=None,  # type: ignore[list-item]
        origin=more.pop("Origin", hosted.url),  # type: ignore[arg-type]
    )  # fmt: skip


def shown(frames: list[bytes]) -> str:
    """All that was sent, as text: messages as they are printed, and their bytes."""
    return "\n".join(str(ForwardMsg.FromString(frame)) for frame in frames)


def arriving(line: ClientConnection) -> Iterator[ForwardMsg]:
    """All that arrives until the other side closes."""
    while True:
        try:
            yield ForwardMsg.FromString(line.recv(timeout=PATIENCE))  # type: ignore[arg-type]
        except ConnectionClosed:
            return


def run_page(line: ClientConnection, page: str = "", query: str = "", checked: str = "") -> list[bytes]:
    """Ask for one run of a page and gather all that is sent until it has finished."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    ask.rerun_script.page_name = page
    if checked:  # a box that is ticked
        box = ask.rerun_script.widget_states.widgets.add()
        box.id, box.bool_value = checked, True
    line.send(ask.SerializeToString())
    frames = []
    while True:
        frame = line.recv(timeout=PATIENCE)
        assert isinstance(frame, bytes)
        frames.append(frame)
        said = ForwardMsg.FromString(frame)
        if said.WhichOneof("type") == "script_finished" and said.script_finished in (0, 1):
            return frames
