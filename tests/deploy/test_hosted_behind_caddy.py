"""The signed-in explorer as it is put up for others: `hosted.py` itself, behind the proxy with the proxy's own file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from data.people import LOCAL, Person
from data.shares import make_share
from data.store import file_store
from tests.deploy.test_behind_caddy import HEADERS, needs_caddy, proxied
from tests.guard.hosting import Hosted, hosting, live, run_page, shown
from tests.guard.test_door import raw, session_of, until_closed

pytestmark = needs_caddy


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("hosted"), proxied) as running:
        yield running


def test_whoever_signs_in_through_it_sees_pages_and_is_shut_out_when_it_is_over(hosted: Hosted) -> None:
    assert raw(hosted, "", "GET", "/surveys") == (401, "Sign in first.")
    held = hosted.signed_in("vera")
    with live(hosted, held) as line:
        told = shown(run_page(line, "surveys"))
        assert "Signed in as Vera Viewer, viewer." in told
        assert "Public confidence" in told
        hosted.left(held)
        until_closed(line)
    assert raw(hosted, held, "GET", "/surveys") == (401, "Sign in first.")


def test_an_upload_goes_through_it_and_one_that_is_too_large_does_not(hosted: Hosted) -> None:
    held = hosted.signed_in("ana")
    with live(hosted, held) as line, hosted.browser(held) as browser:
        session = session_of(run_page(line, "upload"))
        browser.get("/_stcore/health")
        token = {"X-Xsrftoken": browser.cookies.get("_streamlit_xsrf", "")}
        path = f"/_stcore/upload_file/{session}/00000000-0000-0000-0000-000000000000"
        got = {
            size: browser.put(path, headers=token, files={"file": ("x.csv", bytes(size))}).status_code
            for size in (5_000_000, 56_000_000)
        }
    assert got == {5_000_000: 204, 56_000_000: 413}


def test_a_link_to_a_view_opens_through_it_and_is_made_with_its_address(hosted: Hosted) -> None:
    ana = Person("ana", "Ana Lyst", "analyst", "session")
    store = file_store(hosted.home / "explorer", LOCAL)
    _, token = make_share(store, ana, "surveys", releases={"2023-03": "published"}, release="2023-03",
                          filters={"confidence": "90%"})  # fmt: skip
    with hosted.browser(hosted.signed_in("vera"), Accept="text/html") as browser:
        answer = browser.get(f"/s/{token}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/?share={token}")
    with live(hosted, hosted.signed_in("vera")) as line:
        told = shown(run_page(line, "", f"share={token}"))
    assert "Shared by Ana Lyst on " in told
    assert "90%" in told


def test_every_answer_has_each_header_once_as_the_explorer_sets_it(hosted: Hosted) -> None:
    for held in ("", hosted.signed_in("vera")):
        for path in ("/", "/surveys", "/healthz", "/sign-in/ended", "/none/such"):
            with hosted.browser(held) as browser:
                told = browser.get(path).headers
            expected = dict.fromkeys(HEADERS - {"strict-transport-security"}, 1)  # which Caddy adds on its own
            assert {name: len(told.get_list(name)) for name in expected} == expected, path
            assert "server" not in told
    with hosted.browser(held) as browser:
        policy = browser.get("/").headers["content-security-policy"]
    [scripts] = re.findall(r"script-src ([^;]*)", policy)
    assert "unsafe-inline" not in scripts


def test_what_is_closed_is_closed_and_another_name_finds_nothing(hosted: Hosted) -> None:
    held = hosted.signed_in("ana")
    assert raw(hosted, held, "GET", "/_stcore/metrics")[0] == 404
    with hosted.browser(held, Host="rebound.example") as browser:
        assert browser.get("/surveys").text == ""
