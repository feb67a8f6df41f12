"""What the container, compose and proxy files promise, read from the files: user, versions, health, limits, no secrets."""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.serving import ROOT, serving
from tests.test_imports import MAY_IMPORT
from tests.visitor import visiting

DEPLOY = ROOT / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PUBLIC = yaml.safe_load((DEPLOY / "public.yaml").read_text(encoding="utf-8"))
SETTINGS = dict(
    line.split("=", 1)
    for line in (DEPLOY / "example.env").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
COPIED = [
    word.rstrip("/")
    for line in re.findall(r"^COPY (.+)$", CONTAINER, re.MULTILINE)
    for word in line.split()[:-1]
]  # fmt: skip


def test_everything_that_runs_is_copied_and_nothing_else() -> None:
    rooms = {room if (ROOT / room).is_dir() else f"{room}.py" for room in MAY_IMPORT}
    there = {room for room in rooms if (ROOT / room).exists()}
    others = {"requirements.txt", ".streamlit/config.toml", "deploy/healthy.py"}
    assert set(COPIED) == there | others


def test_it_runs_as_nobody_in_particular() -> None:
    user = re.findall(r"^USER (\S+)$", CONTAINER, re.MULTILINE)
    assert user == ["10001:10001"]
    assert COMPOSE["services"]["explorer"]["user"] == "10001:10001"
    assert CONTAINER.index("\nUSER") > CONTAINER.rindex("\nCOPY"), "the code is not its own to write"


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_a_service_can_do_no_more_than_it_must(service: str) -> None:
    told = COMPOSE["services"][service]
    assert told["read_only"] is True
    assert told["cap_drop"] == ["ALL"]
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert not told.get("privileged")


def test_every_version_is_fixed() -> None:
    images = [*re.findall(r"^FROM (\S+)$", CONTAINER, re.MULTILINE), COMPOSE["services"]["caddy"]["image"]]
    assert len(images) == 2
    assert all(re.search(r":\d+\.\d+\.\d+", image) for image in images)
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        assert not line.strip() or line.lstrip().startswith("#") or "==" in line, line
    assert re.findall(r"\bpip install\b.*", CONTAINER) == [
        "pip install --no-cache-dir --disable-pip-version-check --requirement requirements.txt"
    ]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    explorer, caddy = COMPOSE["services"]["explorer"], COMPOSE["services"]["caddy"]
    assert "ports" not in explorer
    assert {each.split(":")[0] for each in caddy["ports"]} == {"80", "443"}
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_store_outlives_the_container() -> None:
    home = re.search(r"EXPLORER_HOME=(\S+)", CONTAINER)
    assert home
    assert f"store:{home[1]}" in COMPOSE["services"]["explorer"]["volumes"]
    assert "store" in COMPOSE["volumes"]


def test_no_secret_is_in_any_file() -> None:
    """Secrets come from the environment: named everywhere, told nowhere."""
    for name in ("EXPLORER_CLIENT_SECRET", "EXPLORER_SESSION_SECRET"):
        assert SETTINGS[name] == ""
        assert COMPOSE["services"]["explorer"]["environment"][name] == f"${{{name}:-}}"
        assert name not in CONTAINER
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"deploy/hosted.env", "deploy/settings/", "deploy/backups/"} <= set(ignored)


def test_every_setting_that_is_asked_for_is_in_the_example() -> None:
    asked = set()
    for name in ("compose.yaml", "public.yaml"):
        asked |= set(re.findall(r"\$\{(\w+)", (DEPLOY / name).read_text(encoding="utf-8")))
    assert asked == set(SETTINGS)


def test_the_public_way_saves_nothing_and_tells_nothing() -> None:
    told = PUBLIC["services"]["explorer"]["environment"]
    assert told["EXPLORER_HOSTED"] == "1"
    assert told["EXPLORER_SIGN_IN"] == ""
    assert told["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] == "none"
    assert told["STREAMLIT_SERVER_ALLOWED_HOSTS"] == "${EXPLORER_SITE}"
    assert told["STREAMLIT_SERVER_FILE_WATCHER_TYPE"] == "none"


def test_the_proxy_lets_an_upload_through_that_the_explorer_takes() -> None:
    """A limit below Streamlit's would end an upload without a sentence; one far above would let memory be filled."""
    limit = re.search(r"max_size (\d+)MB", CADDY)
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    taken = re.search(r"^maxUploadSize = (\d+)$", settings, re.MULTILINE)
    assert limit
    assert taken
    assert int(taken[1]) * 1024**2 + 50_000 < int(limit[1]) * 1000**2 < 1.2 * int(taken[1]) * 1024**2


def test_the_proxy_sets_no_header_that_the_explorer_sets() -> None:
    """`?` sets one only where there is none, so nothing stands twice; the only other lines take headers away."""
    block = re.search(r"\theader \{\n(.*?)\n\t\}", CADDY, re.DOTALL)
    assert block
    lines = [line.split()[0] for line in block[1].splitlines()]
    assert {line[0] for line in lines} == {"?", "-"}
    assert {line[1:].lower() for line in lines if line[0] == "?"} == {
        "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
        "strict-transport-security",
    }  # fmt: skip


# --- the health check, run -------------------------------------------------------------------------------------------


def test_the_health_check_is_the_one_that_compares_the_body() -> None:
    assert 'CMD ["python", "deploy/healthy.py"]' in CONTAINER
    assert COMPOSE["services"]["explorer"]["healthcheck"]["test"] == ["CMD", "python", "deploy/healthy.py"]


@contextmanager
def answering(bodies: dict[str, tuple[int, bytes]], headers: dict[str, str] | None = None) -> Iterator[int]:
    """A server that answers these paths, and 404 else; its port."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = bodies.get(self.path, (404, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@pytest.mark.parametrize(
    ("bodies", "code"),
    [
        ({"/healthz": (200, b"ok")}, 0),
        ({"/healthz": (200, b"<html>a page</html>"), "/_stcore/health": (200, b"ok")}, 0),
        ({"/healthz": (200, b"ok, not"), "/_stcore/health": (200, b"<html>a page</html>")}, 1),
        ({"/healthz": (503, b"ok"), "/_stcore/health": (401, b"Sign in first.")}, 1),
        ({}, 1),
    ],
)
def test_only_the_word_itself_is_healthy(bodies: dict[str, tuple[int, bytes]], code: int) -> None:
    with answering(bodies) as port:
        assert subprocess.run([sys.executable, DEPLOY / "healthy.py", str(port)]).returncode == code


def test_what_stands_at_the_top_of_the_secrets_is_an_environment_variable(tmp_path: Path) -> None:
    """Community Cloud offers nothing else in which to say that visitors share the server."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('EXPLORER_HOSTED = "1"\n', encoding="utf-8")
    with serving(tmp_path) as server, visiting(server.port, "upload") as visitor:
        assert any("Uploads are kept only in this browser session" in text for text in visitor.texts)
