"""Signing in and out by raw HTTP: who gets in, where it leads, and what only the explorer itself may ask."""

from __future__ import annotations

import re

import pytest

from tests.guard.hosting import Hosted, sign_in
from tests.guard.test_door import raw


def test_only_who_is_listed_and_claimed_gets_in(hosted: Hosted) -> None:
    for subject in ("xan", "yan"):
        with hosted.browser() as browser:
            answer = sign_in(browser, subject)
            assert answer.status_code == 403
            assert "is not on the list of people" in answer.text
            assert "explorer" not in browser.cookies


def test_the_cookie_is_for_this_server_alone(hosted: Hosted) -> None:
    with hosted.browser() as browser:
        told = sign_in(browser, "vera", "/surveys?view=one").headers
        assert told["location"] == "/surveys?view=one"
        [cookie] = [each for each in told.get_list("set-cookie") if each.startswith("explorer=")]
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=28800"} <= set(cookie.split("; "))


@pytest.mark.parametrize("following", ["//evil.example", "https://evil.example/", "/\\evil.example", "/sign-out"])
def test_signing_in_leads_to_our_own_pages_alone(hosted: Hosted, following: str) -> None:
    with hosted.browser() as browser:
        assert sign_in(browser, "vera", following).headers["location"] == "/"


def test_a_callback_that_this_browser_did_not_ask_for_signs_nobody_in(hosted: Hosted) -> None:
    with hosted.browser() as browser, hosted.browser() as other:
        asked = browser.get("/sign-in")
        back = browser.post(asked.headers["location"], data={"sub": "ana"}).headers["location"]
        assert other.get(back).status_code == 400  # another browser, led there
        assert browser.get(re.sub("state=[^&]+", "state=x", back)).status_code == 400  # which drops what was begun
        assert browser.get(back).status_code == 400
        assert "explorer" not in {**browser.cookies, **other.cookies}
        assert sign_in(browser, "ana").status_code == 303


def test_signing_out_is_asked_from_here_alone_and_holds_for_every_copy(hosted: Hosted) -> None:
    held = hosted.signed_in("vera")
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        with hosted.browser(held, **headers) as browser:
            assert browser.post("/sign-out").status_code == 403
            assert browser.get("/sign-out").status_code == 200  # asking signs nobody out
    assert raw(hosted, held, "GET", "/")[0] == 200
    copied = hosted.left(held)
    assert raw(hosted, copied, "GET", "/")[0] == 401
