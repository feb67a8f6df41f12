"""A wire between a browser and a server that can be cut, and led to another server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["Wire", "wired"]


class Wire:
    """Carries bytes both ways between its own port and another one.

    Attributes
    ----------
    port
        Where it listens.
    to
        Where it leads; changed at any time, for connections that are made after.
    """

    def __init__(self, to: int) -> None:
        self.to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> int:
        """Break every connection there is, as a network does; how many there were."""
        ends = list(self._ends)
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        return len(ends) // 2

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()
        self.cut()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                try:
                    far = socket.create_connection(("localhost", self.to), timeout=10)
                except OSError:  # nobody there just now
                    near.close()
                    continue
                far.settimeout(None)
                self._ends |= {near, far}
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(65_536):
                target.sendall(content)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            self._ends.discard(end)


@contextmanager
def wired(to: int) -> Iterator[Wire]:
    """A wire to a port, taken away when the block ends."""
    wire = Wire(to)
    try:
        yield wire
    finally:
        wire.close()
