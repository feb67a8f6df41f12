"""The door by raw HTTP and by raw websocket: who gets in where, whatever is forged, copied or over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from data.people import LOCAL
from data.store import file_store
from tests.guard.hosting import LIST, Hosted, arriving, hash_of, live, run_page, shown

# Method, path, and what a viewer and an analyst get. Everybody else gets 401, whatever it is.
ENDPOINTS = [
    ("GET", "/", 200, 200),
    ("GET", "/surveys", 200, 200),
    ("GET", "/upload", 200, 200),  # the page's shell; what is in it travels by the live connection
    ("GET", "/headlines", 200, 200),
    ("GET", "/prevent_harm", 200, 200),
    ("GET", "/no_such_page", 404, 404),
    ("GET", "/surveys2", 404, 404),
    ("GET", "/favicon.png", 200, 200),
    ("GET", "/manifest.json", 200, 200),
    ("GET", "/_stcore/health", 200, 200),
    ("GET", "/_stcore/host-config", 200, 200),
    ("GET", "/media/0123456789abcdef.csv", 404, 404),
    ("GET", "/sign-out", 200, 200),
    ("PUT", "/_stcore/upload_file/somebody/0", 403, 403),  # the door's refusal, and Streamlit's without its token
    ("DELETE", "/_stcore/upload_file/somebody/0", 403, 403),
    ("GET", "/_stcore/metrics", 404, 404),
    ("GET", "/_stcore/metrics/", 404, 404),
    ("GET", "/_stcore//metrics", 404, 404),
    ("GET", "/_stcore/%6Detrics", 404, 404),
    ("GET", "/surveys/../_stcore/metrics", 404, 404),
    ("GET", "/_stcore/agent/openapi.json", 404, 404),
    ("POST", "/_stcore/agent/run", 404, 404),
    ("POST", "/_stcore/agent/mcp", 404, 404),
    ("GET", "/_stcore/script-health-check", 404, 404),
    ("GET", "/_stcore/bidi-components/x", 404, 404),
    ("GET", "/_stcore/stream", 404, 404),
    ("GET", "/_stcore/upload_file/somebody/0", 404, 404),
    ("GET", "/component/x/index.html", 404, 404),
    ("GET", "/app/static/x", 404, 404),
    ("GET", "/auth/login", 404, 404),
    ("GET", "/oauth2callback", 404, 404),
    ("POST", "/", 404, 404),
    ("OPTIONS", "/", 404, 404),
    ("GET", "//evil.example", 404, 404),
]
OUTSIDERS: dict[str, Callable[[Hosted], str]] = {
    "anonymous": lambda hosted: "",
    "expired": lambda hosted: hosted.aged(hosted.signed_in("ana")),
    "revoked": lambda hosted: hosted.left(hosted.signed_in("ana")),
    "forged": lambda hosted: "0123456789abcdef" * 4,
    "hash": lambda hosted: hash_of(hosted.signed_in("ana")),  # what the store keeps
}


@pytest.fixture(scope="module")
def vera(hosted: Hosted) -> str:
    return hosted.signed_in("vera")


@pytest.fixture(scope="module")
def ana(hosted: Hosted) -> str:
    return hosted.signed_in("ana")


def raw(hosted: Hosted, cookie: str, method: str, path: str) -> tuple[int, str]:
    """Ask for a path exactly as it is written."""
    with hosted.browser(cookie) as browser:
        request = browser.build_request(method, "/", extensions={"target": path.encode()})
        answer = browser.send(request)
        return answer.status_code, answer.text


def test_what_each_role_gets_by_http(hosted: Hosted, vera: str, ana: str) -> None:
    got = [(*each[:2], raw(hosted, vera, *each[:2])[0], raw(hosted, ana, *each[:2])[0]) for each in ENDPOINTS]
    assert got == ENDPOINTS


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_path_answers_an_outsider(hosted: Hosted, who: str) -> None:
    held = OUTSIDERS[who](hosted)
    answers = {(method, path): raw(hosted, held, method, path) for method, path, *_ in ENDPOINTS}
    assert {asked: answer for asked, answer in answers.items() if answer != (401, "Sign in first.")} == {}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_live_connection_for_an_outsider(hosted: Hosted, ana: str, who: str) -> None:
    forged = {"X_Explorer_Session": hash_of(ana), "X_Streamlit_User": "ana@example.org"}
    with pytest.raises(InvalidStatus, match="403"):
        live(hosted, OUTSIDERS[who](hosted), **forged)


def test_only_one_live_connection_exists_and_only_from_our_own_pages(hosted: Hosted, ana: str) -> None:
    for words in (
        {"path": "/_stcore/other"},
        {"path": "/_stcore/stream/"},
        {"path": "/"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "rebound.example"},
    ):
        with pytest.raises(InvalidStatus, match=r"40[03]"):
            live(hosted, ana, **words)


def test_at_a_made_up_address_a_browser_is_told_that_there_is_no_page(hosted: Hosted, ana: str) -> None:
    words = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
    with hosted.browser(ana, **words) as browser:
        answer = browser.get("/no_such_page?release=2023-03")
        assert (answer.status_code, "There is no page at this address." in answer.text) == (404, True)
        assert "script" not in answer.text
        assert "There is no page" not in browser.get("/prevent_harm?release=2023-03").text
    with hosted.browser(**words) as browser:  # whoever is not signed in learns nothing of which pages there are
        asked = {page: browser.get(page).headers["location"] for page in ("/surveys", "/no_such_page")}
    assert asked == {page: f"/sign-in?next=%2F{page[1:]}" for page in asked}


def test_before_sign_in_there_is_the_sign_in_route_and_a_bare_health_check(hosted: Hosted) -> None:
    with hosted.browser() as browser:
        assert (browser.get("/healthz").text, browser.get("/healthz", headers={"Host": "10.0.0.1"}).text) == (
            "ok",
            "ok",
        )
        assert browser.get("/sign-in/ended").status_code == 200
        page = browser.get("/surveys?wave=June 2022", headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Fsurveys%3Fwave%3DJune%25202022")
        script = browser.get("/surveys", headers={"Accept": "text/html", "Sec-Fetch-Mode": "no-cors"})
        assert script.status_code == 401


def test_every_answer_has_the_headers(hosted: Hosted, vera: str) -> None:
    for path in ("/", "/healthz", "/sign-in", "/sign-in/callback", "/_stcore/metrics", "/media/x.csv", "/sign-out"):
        for cookie in ("", vera):
            for host in ({}, {"Host": "rebound.example"}):
                with hosted.browser(cookie, **host) as browser:
                    answer = browser.get(path)
                told = answer.headers
                assert "frame-ancestors 'none'" in told["content-security-policy"], path
                assert told.get_list("x-content-type-options") == ["nosniff"], path
                assert told["referrer-policy"] == "same-origin", path
                assert told["cache-control"] == "no-store", path
                assert "access-control-allow-origin" not in told, path
                if host and path != "/healthz":
                    assert answer.status_code == 400, path
    with hosted.browser(vera) as browser:
        assert "img-src 'self' data:;" in browser.get("/").headers["content-security-policy"]
        assert "strict-transport-security" not in browser.get("/").headers  # this one is not https


def test_a_person_taken_off_the_list_is_out_at_once_and_a_broken_list_lets_nobody_in(hosted: Hosted, vera: str) -> None:
    for people, status in (("person,role\nana@example.org,analyst\n", 401), ("nonsense", 503)):
        with hosted.listed(people):
            assert raw(hosted, vera, "GET", "/")[0] == status
            with pytest.raises(InvalidStatus, match="403"):
                live(hosted, vera)
    with live(hosted, vera) as line:
        assert "Signed in as Vera Viewer, viewer." in shown(run_page(line, "upload"))


def test_a_page_that_is_only_looked_at_is_closed_once_its_session_is_over(hosted: Hosted, ana: str) -> None:
    """Nothing is sent on these connections, so nothing but the door's own look can end them."""
    late, left, removed = (hosted.signed_in("ana"), hosted.signed_in("ana"), hosted.signed_in("vera"))
    with ExitStack() as open_ones:
        lines = [open_ones.enter_context(live(hosted, held)) for held in (late, left, removed, ana)]
        for line in lines:
            run_page(line, "data_and_methods")
        hosted.aged(late)
        hosted.left(left)
        with hosted.listed("person,role\nana@example.org,analyst\n"):
            assert "delta" not in {kind for line in lines[:3] for kind in until_closed(line)}
            for held in (late, left, removed):
                with pytest.raises(InvalidStatus, match="403"):
                    live(hosted, held)
        assert "Signed in as Ana Lyst" in shown(run_page(lines[3], "upload")), "everybody else goes on"
    told = [(event.actor, event.action) for event in file_store(hosted.home / "explorer", LOCAL).events()]
    assert {
        ("Ana Lyst (ana)", "shut out: eight hours are over"),
        ("Ana Lyst (ana)", "shut out: signed out before"),
        ("Vera Viewer (vera)", "shut out: no longer on the list"),
    } <= set(told)


def test_a_page_of_an_analyst_who_is_one_no_longer_is_closed_and_begins_anew_as_a_viewers(hosted: Hosted) -> None:
    held = hosted.signed_in("ana")
    with live(hosted, held) as line:
        begun = session_of(run_page(line, "upload"))
        with hosted.listed(LIST.replace("ana@example.org,analyst", "ana@example.org,viewer")):
            until_closed(line)
            with live(hosted, held, resume=begun) as again:
                told = shown(run_page(again, "upload"))
                assert "Signed in as Ana Lyst, viewer." in told
                assert "Not for your role" in told


def test_a_page_whose_session_is_over_is_sent_where_that_is_said(hosted: Hosted) -> None:
    """What the page's own script asks, and the page it goes to, with the way back."""
    assert raw(hosted, "", "GET", "/_stcore/health") == (401, "Sign in first.")
    with hosted.browser() as browser:
        told = browser.get("/sign-in/over", params={"next": "/surveys?view=one question"}).text
        elsewhere = browser.get("/sign-in/over", params={"next": "https://evil.example"}).text
    assert "<h1>You are signed out</h1>" in told
    assert 'href="/sign-in?next=%2Fsurveys%3Fview%3Done%20question"' in told
    assert 'href="/sign-in?next=%2F"' in elsewhere


def test_no_header_says_who_somebody_is(hosted: Hosted, vera: str, ana: str) -> None:
    forged = {"X_Explorer_Session": hash_of(ana), "X_Streamlit_User": "ana@example.org", "Remote_User": "ana"}
    with live(hosted, vera, **forged) as line:
        told = shown(run_page(line, "upload"))
    assert "Signed in as Vera Viewer, viewer." in told
    assert "Ana" not in told


@pytest.mark.parametrize("ended", ["expired", "revoked"])
def test_an_open_tab_is_over_when_its_session_is(hosted: Hosted, ended: str) -> None:
    held = hosted.signed_in("ana")
    with live(hosted, held) as line:
        assert "Signed in as Ana Lyst, analyst." in shown(run_page(line, "upload"))
        (hosted.aged if ended == "expired" else hosted.left)(held)
        ask = BackMsg()
        with suppress(ConnectionClosed):  # which may come before all of it is sent
            for page in ("upload", "surveys", "", "data_and_methods"):
                ask.rerun_script.page_name = page
                line.send(ask.SerializeToString())
            ask.file_urls_request.request_id = "x"
            line.send(ask.SerializeToString())
        frames = list(arriving(line))
        told = "\n".join(map(str, frames))
        assert "file_urls_response" not in {frame.WhichOneof("type") for frame in frames}
        for word in ("Ana Lyst", "Staffordshire", "drop a file", "Crime", "confidence"):
            assert word not in told, word


def test_nobody_steers_the_server_nor_sends_it_too_much(hosted: Hosted, ana: str) -> None:
    clear, huge = BackMsg(clear_cache=True), BackMsg()
    huge.rerun_script.query_string = "x" * (2 * 1024 * 1024)
    for content in (clear.SerializeToString(), huge.SerializeToString(), b"\xff" * 20, "text", b""):
        with live(hosted, ana) as line:
            line.send(content)
            until_closed(line)


def until_closed(line: ClientConnection) -> list[str]:
    """The kinds of all that still arrives before the other side closes; it must."""
    return [str(said.WhichOneof("type")) for said in arriving(line)]


def session_of(frames: list[bytes]) -> str:
    return next(ForwardMsg.FromString(frame).new_session.initialize.session_id for frame in frames)


def test_a_dropped_connection_is_taken_up_again_by_the_same_person_alone(hosted: Hosted, vera: str, ana: str) -> None:
    with live(hosted, ana) as line:
        begun = session_of(run_page(line, "upload"))
    with live(hosted, vera, resume=begun) as line:
        assert session_of(run_page(line, "upload")) != begun
    with live(hosted, ana, resume=begun) as line:
        assert session_of(run_page(line, "upload")) == begun


def test_files_are_taken_from_analysts_alone(hosted: Hosted, vera: str, ana: str) -> None:
    got = {}
    for name, held in (("vera", vera), ("ana", ana)):
        with live(hosted, held) as line, hosted.browser(held) as browser:
            session = session_of(run_page(line, "upload"))
            browser.get("/_stcore/health")
            token = {"X-Xsrftoken": browser.cookies.get("_streamlit_xsrf", "")}
            path = f"/_stcore/upload_file/{session}/00000000-0000-0000-0000-000000000000"
            files = {"file": ("x.csv", b"a,b\n1,2\n")}
            got[name] = browser.put(path, headers=token, files=files).status_code
            hosted_left = hosted.browser()
            got[f"{name}, no cookie"] = hosted_left.put(path, headers=token, files=files).status_code
            hosted_left.close()
    assert got == {"vera": 403, "vera, no cookie": 401, "ana": 204, "ana, no cookie": 401}


def test_the_log_holds_no_cookie_no_code_and_no_address(hosted: Hosted, ana: str) -> None:
    said = hosted.log.read_text(encoding="utf-8")
    explorers = [
        line for line in said.splitlines() if "oidc_provider_mock" not in line and "uvicorn.access" not in line
    ]
    assert not [line for line in explorers if ana in line or hash_of(ana) in line or "code=" in line or "GET /" in line]


def test_a_short_link_leads_to_sign_in_and_says_nothing(hosted: Hosted) -> None:
    """Whether there is such a link is not told to who has not signed in, and nothing after it in the address holds."""
    with hosted.browser("") as browser:
        answer = browser.get("/s/mdK1q0rE4ZlT9yXwQv3hTg?page=upload", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?share=mdK1q0rE4ZlT9yXwQv3hTg")
    assert answer.text == ""


@pytest.mark.parametrize(
    "path", ["/s", "/s/", "/s/short", "/none/such", "/_stcore/metrics", "/media/0123456789abcdef.csv"]
)
def test_an_address_that_leads_nowhere_is_told_as_a_page(hosted: Hosted, vera: str, path: str) -> None:
    with hosted.browser(vera, Accept="text/html") as browser:
        answer = browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    heading = "This link does not open" if path.startswith("/s") else "There is no such page"
    for part in ('<html lang="en">', f"<title>{heading} ", f"<main><h1>{heading}</h1>", '<a href="/">Go to'):
        assert part in answer.text
