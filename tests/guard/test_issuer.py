"""The sign-in service is asked for before anybody is let near the door: is it there, and is it the one."""

from __future__ import annotations

import json
import threading

import pytest

from data.errors import DataError
from data.sign_in import SignIn
from guard.issuer import check_issuer
from tests.deploy.test_deploy_files import answering
from tests.serving import free_port

PATH = "/.well-known/openid-configuration"


def settings(port: int, path: str = "") -> SignIn:
    return SignIn(f"http://127.0.0.1:{port}{path}", "explorer", "c", "s")


def description(issuer: str, **more: object) -> bytes:
    told = {"issuer": issuer, "authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "j"}
    return json.dumps(told | more).encode()


def test_the_right_one_is_taken_with_a_slash_at_its_end_or_without() -> None:
    bodies: dict[str, tuple[int, bytes]] = {}
    with answering(bodies) as port:
        for told in (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port}/"):
            bodies[PATH] = 200, description(told)
            check_issuer(settings(port))


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, b"", "answers 404 and does not describe one. Set issuer"),
        (302, b"", "answers 302 and does not describe one"),
        (200, b"<html>", "answers 200 and does not describe one"),
        (200, b"[]", "does not describe one"),
        (200, description("x", jwks_uri=None), "does not describe one"),
        (200, description("https://other.example.org"), "calls itself https://other.example.org"),
    ],
)
def test_another_is_refused_at_once(status: int, body: bytes, told: str) -> None:
    with answering({PATH: (status, body)}) as port, pytest.raises(DataError, match=told):
        check_issuer(settings(port))


def test_one_that_does_not_answer_is_waited_for_a_while() -> None:
    with pytest.raises(DataError, match=r"cannot be reached, so nobody could sign in: at http.* nothing answers"):
        check_issuer(settings(free_port()), patience=0.0)
    with answering({PATH: (503, b"")}) as port, pytest.raises(DataError, match="the answer is 503"):
        check_issuer(settings(port), patience=0.0)
    bodies = {PATH: (503, b"")}
    with answering(bodies) as port:
        starts = threading.Timer(0.3, lambda: bodies.update({PATH: (200, description(f"http://127.0.0.1:{port}"))}))
        starts.start()
        check_issuer(settings(port), patience=30.0)
        starts.join()
