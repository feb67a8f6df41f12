"""What the status of a promise means: the one rule for what still stands, what is over, and what was not kept."""

from __future__ import annotations

__all__ = ["STATUSES", "stands", "was_not_kept"]

# What the workbook of the next report offers.
STATUSES = ["promised", "kept", "partly kept", "not kept", "under way", "changed", "dropped", "ambition", "forecast"]
_OVER = frozenset({"kept", "dropped"})
_NOT_KEPT = frozenset({"partly kept", "not kept"})


def stands(status: str) -> bool:
    """Whether what was promised is still awaited. Other words than those of ``STATUSES`` settle nothing.

    >>> [status for status in STATUSES if stands(status)]
    ['promised', 'under way', 'changed', 'ambition', 'forecast']
    >>> stands("to be delivered"), stands("Kept ")
    (True, False)
    """
    return status.strip().lower() not in _OVER | _NOT_KEPT


def was_not_kept(status: str) -> bool:
    """Whether a promise was settled otherwise than promised: not kept, or only in part.

    >>> [status for status in STATUSES if was_not_kept(status)]
    ['partly kept', 'not kept']
    """
    return status.strip().lower() in _NOT_KEPT
