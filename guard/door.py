"""The one door: every request and every live connection passes it, or is turned away before Streamlit hears of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from data.errors import DataError
from data.people import VIEWER, Person, may
from data.sessions import Sessions
from data.sign_in import SignIn
from guard.files import FOLDER, ToldFiles
from guard.headers import cookie_of, header_of, own_headers, with_identity, with_own
from guard.paths import HEALTH, SIGN_IN, SIGN_OUT, STREAM, is_link, is_open, is_page, role_for, shared_view
from guard.shown import plain_page, told_off
from guard.signing import Signing
from guard.watch import Line, Watch

__all__ = ["LARGEST_MESSAGE", "Door"]

LARGEST_MESSAGE = 2 * 1024 * 1024  # bytes of one message of a live connection; files travel by another way
_REFUSED, _TOO_BIG = 1008, 1009  # websocket codes
_RUN = "rerun_script"
_PASS = {_RUN, "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}
_LOG = logging.getLogger("explorer.guard")


class Door:
    """An ASGI app around another.

    Parameters
    ----------
    app
        What is guarded, such as ``streamlit.App``.
    sessions
        Who is signed in; asked at every request and at every message of a live connection.
    settings
        Who may enter, and under which address.
    scripts
        HTML with the scripts that may run in a page.
    has_page
        Whether there is a page of a name, such as "surveys", for somebody: at any other address there is nothing.
    """

    def __init__(
        self, app: ASGIApp, sessions: Sessions, settings: SignIn, scripts: Iterable[str] = (),
        has_page: Callable[[str, Person], bool] = lambda name, person: True,
    ) -> None:  # fmt: skip
        self._app = app
        self._has_page = has_page
        self._sessions = sessions
        self._settings = settings
        self._signing = Signing(sessions, settings).app()
        self._headers = own_headers(settings, scripts)
        self._files = ToldFiles()
        self._watch = Watch(sessions)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or turn away."""
        if scope["type"] == "http":
            await self._request(scope, receive, self._sending(scope["path"], send))
        elif scope["type"] == "websocket":
            await self._connection(scope, receive, send)
        else:  # starting and stopping
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path != HEALTH and not self._is_our_host(scope):
            await PlainTextResponse("There is no such host here.", 400)(scope, receive, send)
            return
        if is_open(path):
            await self._signing(scope, receive, send)
            return
        if (view := shared_view(path)) and scope["method"] in ("GET", "HEAD"):
            await RedirectResponse(view, 303)(scope, receive, send)
            return
        try:
            person = await self._person(scope)
        except DataError as error:
            _LOG.error("the store or the list of people cannot be used: %s", error)
            await _cannot_tell(scope)(scope, receive, send)
            return
        if not may(person, VIEWER):
            await self._turned_away(scope)(scope, receive, send)
        elif path == SIGN_OUT:
            await self._signing(scope, receive, send)
        else:
            await self._let_in(person, scope, receive, send)

    async def _let_in(self, person: Person, scope: Scope, receive: Receive, send: Send) -> None:
        role = role_for(scope["method"], scope["path"])
        if role is None or not await self._is_there(scope["path"], person):
            await _nothing(scope)(scope, receive, send)
        elif not may(person, role):
            await PlainTextResponse(f"This is for {role}s.", 403)(scope, receive, send)
        elif scope["path"].startswith(FOLDER) and not self._files.has(person.session, scope["path"]):
            await _nothing(scope)(scope, receive, send)
        else:
            scope["headers"] = with_identity(scope["headers"], person.session)
            await self._app(scope, receive, send)

    async def _is_there(self, path: str, person: Person) -> bool:
        """Whether a path that may be a page is one; Streamlit would show its shell at any, with 200."""
        return not is_page(path) or path == "/" or await run_in_threadpool(self._has_page, path[1:], person)

    def _turned_away(self, scope: Scope) -> Response:
        """To the sign-in page when a browser opens a page; a bare refusal for all else."""
        if not _opens_page(scope):
            return PlainTextResponse("Sign in first.", 401)
        path, query = scope["path"], scope["query_string"].decode("latin-1")
        following = f"{path}?{query}" if query else path
        return RedirectResponse(f"{SIGN_IN}?next={quote(following, safe='')}" if is_page(path) else SIGN_IN, 303)

    async def _connection(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A live connection: known by its cookie, from this explorer's own pages, and asked again at every message."""
        try:
            person = await self._person(scope)
        except DataError as error:
            _LOG.error("the store or the list of people cannot be used: %s", error)
            person = None
        ours = self._is_our_host(scope) and header_of(scope, "origin") in ("", self._settings.address)
        if scope["path"] != STREAM or not ours or not may(person, VIEWER):
            await receive()  # the wish to connect
            await send({"type": "websocket.close", "code": _REFUSED})
            return
        assert person is not None  # noqa: S101 - as `may` says
        scope["headers"] = with_identity(scope["headers"], person.session)
        with self._watch.over(cookie_of(scope, self._settings.cookie), person.role) as line:
            arriving = line.arriving(receive)
            told = self._telling(person.session, line.sending(send))
            await self._app(scope, self._asking(scope, arriving, told, line), told)

    def _telling(self, session: str, send: Send) -> Send:
        """What is sent on a live connection, with the files that it names noted as this session's."""

        async def sent(message: Any) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                self._files.note(session, message["bytes"])
            await send(message)

        return sent

    def _asking(self, scope: Scope, receive: Receive, send: Send, line: Line) -> Receive:
        """What arrives on a live connection, as long as whoever sends it is still signed in.

        Afterwards only the wish to run the page again passes, for the page itself then says that it is over; and soon
        the connection is closed. A file address, rows of a table, or a download would be answered without a run. What
        steers the server itself, such as forgetting what it remembers for everybody, passes for nobody.
        """

        async def passed() -> Message:
            message = await receive()
            if line.is_over:
                return await _closed(send, _REFUSED)
            if message["type"] != "websocket.receive":
                return message
            content = message.get("bytes") or b""  # text is no message of Streamlit's
            if len(content) > LARGEST_MESSAGE:
                return await _closed(send, _TOO_BIG)
            asked = _asked_for(content)
            if asked not in _PASS:
                return await _closed(send, _REFUSED)
            try:
                signed_in = may(await self._person(scope), VIEWER)
            except DataError:
                signed_in = False
            return message if signed_in or asked == _RUN else await _closed(send, _REFUSED)

        return passed

    async def _person(self, scope: Scope) -> Person:
        held = cookie_of(scope, self._settings.cookie)
        return (await run_in_threadpool(self._sessions.admit, [held]))[held]

    def _is_our_host(self, scope: Scope) -> bool:
        host = header_of(scope, "host").lower()
        default = ":443" if self._settings.secure else ":80"
        return host.removesuffix(default) == urlsplit(self._settings.address).netloc.lower().removesuffix(default)

    def _sending(self, path: str, send: Send) -> Send:
        """Every answer with our headers, faults too."""

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._headers_of(message.get("headers", []), path)
            await send(message)

        return sent

    def _headers_of(self, headers: Any, path: str) -> list[tuple[bytes, bytes]]:
        own = self._headers
        if is_open(path) or path == SIGN_OUT:  # these pages need less, and say so themselves
            told = {name.lower() for name, _ in headers}
            own = {name: value for name, value in own.items() if name.encode() not in told}
        return with_own(headers, own, path, self._settings.secure)


def _opens_page(scope: Scope) -> bool:
    """Whether a browser asks for something to show in a window of its own."""
    asks = "text/html" in header_of(scope, "accept") and header_of(scope, "sec-fetch-mode") in ("", "navigate")
    return asks and scope["method"] in ("GET", "HEAD")


def _nothing(scope: Scope) -> Response:
    """That there is nothing at an address: as a page for whoever reads it, else as bare words."""
    if not _opens_page(scope):
        return PlainTextResponse("There is nothing here.", 404)
    return told_off(is_link(scope["path"]))


def _cannot_tell(scope: Scope) -> Response:
    told = "The explorer cannot check just now who may come in."
    if not _opens_page(scope):
        return PlainTextResponse(told, 503)
    return plain_page("Nobody can come in just now", [told, "Try again in a few minutes."], ("/", "Try again"), 503)


async def _closed(send: Send, code: int) -> Message:
    """Close a live connection, and tell the app that it is gone."""
    await send({"type": "websocket.close", "code": code})
    return {"type": "websocket.disconnect", "code": code}


def _asked_for(content: bytes) -> str:
    """The kind of a message to Streamlit; blank for what is none."""
    asked = BackMsg()
    try:
        asked.ParseFromString(content)
    except DecodeError:
        return ""
    return str(asked.WhichOneof("type") or "")
