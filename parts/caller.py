"""Who is looking."""

from __future__ import annotations

from data.people import LOCAL, Person

__all__ = ["caller"]


def caller() -> Person:
    """The person whose session this is; at a computer of one's own, its analyst."""
    return LOCAL
