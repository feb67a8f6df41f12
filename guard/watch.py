"""Open live connections, asked every few seconds whether whoever holds them is still signed in.

A page sends nothing while somebody only looks at it, so being taken off the list, signing out in another window, or the
end of a session would otherwise show at the next click alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Send

from data.errors import DataError
from data.people import NOBODY, VIEWER, may
from data.sessions import Sessions

__all__ = ["Line", "Watch"]

_EVERY = 2.0  # seconds
_PATIENCE = 3  # times in a row that the list may be unreadable, for it may be being written just then
_LOG = logging.getLogger("explorer.guard")


class Line:
    """One live connection, until it is over for whoever holds it.

    Parameters
    ----------
    held, role
        What the browser holds, and with what role it began.
    """

    def __init__(self, held: str, role: str) -> None:
        self.held = held
        self.role = role
        self._ended = asyncio.Event()
        self._closed = False

    @property
    def is_over(self) -> bool:
        """Whether whoever holds it is no longer signed in, or has another role now."""
        return self._ended.is_set()

    def end(self) -> None:
        """Say that it is over, to whoever waits for what arrives on it."""
        self._ended.set()

    def arriving(self, receive: Receive) -> Receive:
        """What arrives on it; that it is gone, once it is over."""

        async def arrived() -> Message:
            next_one, end = asyncio.ensure_future(receive()), asyncio.ensure_future(self._ended.wait())
            try:
                await asyncio.wait((next_one, end), return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (next_one, end):
                    if not task.done():
                        task.cancel()
            if next_one.done() and not next_one.cancelled():
                message = await next_one
                self._closed = self._closed or message["type"] == "websocket.disconnect"
                return message
            return {"type": "websocket.disconnect", "code": 1008}

        return arrived

    def sending(self, send: Send) -> Send:
        """What is sent on it; nothing after its end, of which the app may not know yet."""

        async def sent(message: Any) -> None:
            if not self._closed:
                self._closed = message["type"] == "websocket.close"
                await send(message)

        return sent


class Watch:
    """All open live connections.

    Parameters
    ----------
    sessions
        Who is signed in.
    every
        Seconds between two looks.
    """

    def __init__(self, sessions: Sessions, every: float = _EVERY) -> None:
        self._sessions = sessions
        self._every = every
        self._lines: set[Line] = set()
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def over(self, held: str, role: str) -> Iterator[Line]:
        """Watch a connection within a block."""
        line = Line(held, role)
        self._lines.add(line)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield line
        finally:
            self._lines.discard(line)

    async def _look(self) -> None:
        """As long as there is any: one question to the store for all of them together."""
        unreadable = 0
        while self._lines:
            await asyncio.sleep(self._every)
            lines = list(self._lines)
            try:
                known = await run_in_threadpool(self._sessions.admit, {line.held for line in lines})
                unreadable = 0
            except DataError as error:
                known = {}
                unreadable += 1
                if unreadable < _PATIENCE:
                    continue
                _LOG.error("the store or the list of people cannot be used: %s", error)
            for line in lines:
                person = known.get(line.held, NOBODY)
                if not may(person, VIEWER) or person.role != line.role:
                    line.end()
