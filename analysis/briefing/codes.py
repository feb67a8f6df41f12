"""Chosen measures as a few letters for an address: the same in every release, whatever else a release holds."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

__all__ = ["ALL", "NONE", "measures_of", "short_code"]

ALL, NONE = "all", "none"
_LETTERS = 4  # of 64 kinds: two of 200 measures share a code once in 800 releases, and are then both chosen


def short_code(measures: Iterable[str]) -> str:
    """Some measures as one short text; ``NONE`` for none.

    >>> short_code(["asb"]), len(short_code(["asb", "homicide"])), short_code([])
    ('DKla', 8, 'none')
    """
    return "".join(_code(measure) for measure in measures) or NONE


def measures_of(text: str, known: Iterable[str]) -> tuple[list[str], int]:
    """The measures that a text stands for, in the order of ``known``, and how many of its codes fit none of them.

    >>> measures_of(short_code(["homicide", "gone"]), ["asb", "homicide"]), measures_of(ALL, ["asb"])
    ((['homicide'], 1), (['asb'], 0))
    """
    everything = list(known)
    if text in (ALL, NONE):
        return (everything if text == ALL else []), 0
    asked = {text[place : place + _LETTERS] for place in range(0, len(text), _LETTERS)}
    found = [measure for measure in everything if _code(measure) in asked]
    return found, len(asked - {_code(measure) for measure in found})


def _code(measure: str) -> str:
    digest = hashlib.sha256(measure.encode()).digest()
    return base64.urlsafe_b64encode(digest)[:_LETTERS].decode()
