"""What only a server behind https has: the strict cookie, and the word to browsers to come by https alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.sessions import open_sessions
from data.sign_in import SignIn
from guard.door import Door

ADDRESS = "https://explorer.example.org"


@pytest.fixture
def held_and_door(tmp_path: Path) -> Iterator[tuple[str, Door]]:
    people = tmp_path / "people.csv"
    people.write_text("person,role\nvera,viewer\n", encoding="utf-8")
    settings = SignIn("https://id.example.org", "explorer", "c", "s", ADDRESS, people)
    sessions = open_sessions(tmp_path, settings)

    async def told(request: Request) -> JSONResponse:
        return JSONResponse([[name, value] for name, value in request.headers.items()])

    yield (
        sessions.begin({"sub": "vera", "name": "Vera"})[0],
        Door(Starlette(routes=[Route("/", told)]), sessions, settings),
    )


def ask(door: Door, cookie: str, path: str = "/", **headers: str) -> httpx2.Response:
    async def asked() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=door), base_url=ADDRESS) as browser:
            return await browser.get(path, headers={"Cookie": cookie, **headers})

    return asyncio.run(asked())


def test_only_the_strict_cookie_counts(held_and_door: tuple[str, Door]) -> None:
    held, door = held_and_door
    assert ask(door, f"__Host-explorer={held}").status_code == 200
    assert ask(door, f"explorer={held}").status_code == 401


def test_browsers_are_told_to_come_by_https(held_and_door: tuple[str, Door]) -> None:
    held, door = held_and_door
    for cookie in ("", f"__Host-explorer={held}"):
        told = ask(door, cookie).headers
        assert told["strict-transport-security"] == "max-age=31536000"
        assert "wss://explorer.example.org" in told["content-security-policy"]


def test_the_default_port_may_be_said(held_and_door: tuple[str, Door]) -> None:
    held, door = held_and_door
    got = [
        ask(door, f"__Host-explorer={held}", Host=host).status_code
        for host in ("explorer.example.org:443", "EXPLORER.example.org", "explorer.example.org:80", "example.org")
    ]
    assert got == [200, 200, 400, 400]


def test_an_identity_that_was_brought_is_dropped(held_and_door: tuple[str, Door]) -> None:
    held, door = held_and_door
    forged = {"X-Explorer-Session": "forged", "X-Streamlit-User": "forged"}
    arrived = ask(door, f"__Host-explorer={held}", **forged).json()
    assert "forged" not in str(arrived)
    assert [value for name, value in arrived if name == "x-explorer-session"] != []


def test_signing_in_waits_where_it_has_failed_too_often(held_and_door: tuple[str, Door]) -> None:
    """By the address that the proxy saw, not by what a browser says of itself before it."""
    _, door = held_and_door
    line = "198.51.100.7, 192.0.2.1"
    failed = [
        ask(door, "", "/sign-in/callback", **{"X-Forwarded-For": f"{number}, 192.0.2.1"}).status_code
        for number in range(30)
    ]
    assert failed == [400] * 30
    waits = ask(door, "", "/sign-in/callback", **{"X-Forwarded-For": line})
    assert waits.status_code == 429
    assert "Wait 10 minutes" in waits.text
    assert ask(door, "", "/sign-in", **{"X-Forwarded-For": line}).status_code == 429
    assert ask(door, "", "/sign-in/callback", **{"X-Forwarded-For": "192.0.2.1, 192.0.2.2"}).status_code == 400
    assert ask(door, "", "/healthz", **{"X-Forwarded-For": line}).status_code == 200
