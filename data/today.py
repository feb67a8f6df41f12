"""Which day it is: the local date of this computer, for all that asks what is late or over."""

from __future__ import annotations

from datetime import date

__all__ = ["today"]


def today() -> date:
    """The day of this computer's clock, where it stands.

    >>> today() == date.today()
    True
    """
    return date.today()
