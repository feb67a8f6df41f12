"""The public way for real: what the container holds, run with the compose file's settings, behind the proxy's own file."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.test_deploy_files import COPIED, PUBLIC, answering
from tests.serving import ROOT, clean_environment, free_port, get
from tests.visitor import visiting

CADDY = os.environ.get("EXPLORER_CADDY") or shutil.which("caddy")
needs_caddy = pytest.mark.skipif(not CADDY, reason="no caddy here (EXPLORER_CADDY may name one)")
HEADERS = {
    "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
    "strict-transport-security",
}  # fmt: skip
PATIENCE = 60.0


@dataclass(frozen=True)
class Site:
    """A running explorer: its own port, the proxy's port, and where its code lies."""

    inside: int
    port: int
    code: Path

    def ask(self, method: str, path: str, host: str = "") -> http.client.HTTPResponse:
        """One request through the proxy."""
        line = http.client.HTTPConnection("localhost", self.port, timeout=30)
        line.request(method, path, headers={"Host": host or f"localhost:{self.port}"})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer


@contextmanager
def running(words: list[str], folder: Path, environment: dict[str, str], port: int) -> Iterator[None]:
    """A process that listens on a port before the block begins and is gone after it."""
    log = folder.parent / f"{Path(words[0]).name}-{port}.log"
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    get(port, "/_stcore/health")
                    break
                except OSError:
                    assert process.poll() is None and time.monotonic() < until, log.read_text(encoding="utf-8")
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def proxied(folder: Path, inside: int) -> Iterator[int]:
    """The proxy with its own file in front of a port; its port."""
    port = free_port()
    own = {"EXPLORER_SITE": f"http://localhost:{port}", "EXPLORER_UPSTREAM": f"127.0.0.1:{inside}"}
    words = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    with running(words, folder, clean_environment(folder.parent) | own, port):
        yield port


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("deployed") / "code"
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    inside = free_port()
    told = {name: value.replace("${EXPLORER_SITE}", "localhost")
            for name, value in PUBLIC["services"]["explorer"]["environment"].items()}  # fmt: skip
    told |= {"STREAMLIT_SERVER_PORT": str(inside), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-m", *PUBLIC["services"]["explorer"]["command"]]
    with ExitStack() as open_ones:
        open_ones.enter_context(running(words, folder, clean_environment(folder.parent, **told), inside))
        port = open_ones.enter_context(proxied(folder, inside)) if CADDY else 0
        yield Site(inside, port, folder)


def test_what_the_container_holds_is_enough_and_is_never_written_to(site: Site) -> None:
    """Pages that need every room between them run from the copied files alone, and its own health check agrees."""
    before = sorted(path.relative_to(site.code) for path in site.code.rglob("*"))
    for page in ("headlines", "surveys", "upload", "data_and_methods"):
        with visiting(site.inside, page) as visitor:
            assert visitor.texts
    assert sorted(path.relative_to(site.code) for path in site.code.rglob("*")) == before
    done = subprocess.run([sys.executable, "deploy/healthy.py", str(site.inside)], cwd=site.code)
    assert done.returncode == 0


@needs_caddy
def test_every_answer_carries_each_header_once(site: Site) -> None:
    for path in ("/", "/surveys", "/_stcore/health", "/static/none.js", "/_stcore/metrics"):
        names = [name.lower() for name, _ in site.ask("GET", path).getheaders()]
        assert {name: names.count(name) for name in HEADERS} == dict.fromkeys(HEADERS, 1), path
        assert "server" not in names
    policy = site.ask("GET", "/").getheader("Content-Security-Policy") or ""
    assert "img-src 'self' data:;" in policy
    assert "frame-ancestors 'none'" in policy


@needs_caddy
def test_a_header_that_the_explorer_sets_itself_is_left_as_it_is(tmp_path: Path) -> None:
    """Behind sign-in it sets its own, stricter than the proxy's: those stand, and stand alone."""
    folder = tmp_path / "code"
    folder.mkdir()
    own = {name: f"own {name}" for name in HEADERS}
    with answering({"/": (200, b"page")}, own) as inside, proxied(folder, inside) as port:
        answer = Site(inside, port, folder).ask("GET", "/")
        assert {name: answer.headers.get_all(name) for name in HEADERS} == {name: [told] for name, told in own.items()}


@needs_caddy
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/openapi.json"])
def test_what_nobody_outside_needs_is_closed(site: Site, path: str) -> None:
    assert site.ask("GET", path).status == 404


@needs_caddy
def test_a_page_an_upload_and_a_change_travel_through_the_proxy(site: Site) -> None:
    with visiting(site.port, "surveys") as visitor:
        before = visitor.charts["survey_question"]
        assert visitor.run(design_effect=2.0).charts["survey_question"] != before
    with visiting(site.port, "upload") as visitor:
        assert any("Uploads are kept only in this browser session" in text for text in visitor.texts)
        content = b"respondent,area,Q1\n" + b"".join(b"%d,North,Yes\n" % number for number in range(50))
        visitor.upload("upload_file_0", "wave.csv", content)
        assert "upload_next" in visitor.widgets, "the file was read"
        assert visitor.send_file("large.csv", bytes(56_000_000))[0] == 413


@needs_caddy
def test_another_name_finds_nothing(site: Site) -> None:
    assert site.ask("GET", "/surveys", host="rebound.example").getheader("Content-Type") is None
