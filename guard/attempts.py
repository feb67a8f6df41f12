"""How often signing in may fail from one address before it has to wait."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from starlette.requests import Request

__all__ = ["MINUTES", "Attempts", "address_of"]

MINUTES = 10
_MOST = 30  # an office comes from one address, so that a few slips of many people must pass
_ADDRESSES = 10_000  # remembered, the latest


class Attempts:
    """Attempts that failed, by address, of the last minutes.

    Parameters
    ----------
    now
        A clock that only goes forward, in seconds.

    Examples
    --------
    >>> attempts = Attempts(lambda: 0.0)
    >>> for _ in range(30):
    ...     attempts.note("192.0.2.1")
    >>> attempts.too_many("192.0.2.1"), attempts.too_many("192.0.2.2")
    (True, False)
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def note(self, address: str) -> None:
        """One more has failed."""
        self._failed.setdefault(address, deque(maxlen=_MOST)).append(self._now())
        self._failed.move_to_end(address)
        while len(self._failed) > _ADDRESSES:
            self._failed.popitem(last=False)

    def too_many(self, address: str) -> bool:
        """Whether an address has to wait."""
        failed = self._failed.get(address, deque())
        return len(failed) == _MOST and failed[0] > self._now() - MINUTES * 60


def address_of(request: Request, proxied: bool) -> str:
    """Where a request comes from: what the proxy in front says, last of what stands there; without one, the peer.

    Parameters
    ----------
    request
        As it arrived.
    proxied
        Whether there must be a proxy, as there is wherever browsers come by https.
    """
    told = request.headers.getlist("x-forwarded-for")
    if proxied and told:
        return told[-1].rpartition(",")[2].strip()
    return request.client.host if request.client else ""
