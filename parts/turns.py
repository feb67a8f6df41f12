"""Runs one after the other instead of all at once.

Python works on one thing at a time: a hundred runs at once take longer together than a hundred in a row, and each of
them ends at the end of all. In a row most people wait half as long.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TURNS", "Turns"]

LONGEST = 0.5  # seconds that others wait for one run; most take a tenth of it


class Turns:
    """Whose turn it is. A run that takes long is not waited for: the next one begins beside it.

    >>> turns = Turns()
    >>> with turns.take():
    ...     "my turn"
    'my turn'
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._line = threading.Semaphore()  # whoever waits longest is woken first
        self._over = threading.Event()  # set once the run before has ended
        self._over.set()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn; it is over with the block, however that ends."""
        own = threading.Event()
        with self._line:
            self._over.wait(self._longest)
            self._over = own
        try:
            yield
        finally:
            own.set()


TURNS = Turns()  # of all visitors of this server
