"""Odd texts for documents: what XML forbids, formulas, words without an end, text from right to left."""

from __future__ import annotations

import re

from hypothesis import strategies as st

__all__ = ["ODD", "readable"]

_ODD = [
    "\x00\x08\x0b",
    "=1+1",
    "@SUM(A1)",
    "-2",
    "ا ب مرحبا",
    "w" * 300,
    "\ud800",
    "\ufffe",
    "</w:t>",
    "<b>&amp;",
    "]]>",
]
_ODD += ["line\nbreak", "tab\there", "$$note$$", "[see](page)", "$x^2$", "a\u2028b", "‮turned"]
ODD = st.lists(st.sampled_from(_ODD) | st.text(max_size=12), min_size=1, max_size=4).map(
    lambda parts: "x" + " ".join(parts)
)


def readable(text: str) -> str:
    """What a reader is to see: no character that XML 1.0 forbids or discourages, every break a space."""
    kept = [letter for letter in text if not re.match(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef]", letter)]
    kept = [letter for letter in kept if not 0xD800 <= ord(letter) <= 0xDFFF and letter not in "\ufffe\uffff"]
    return re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", "".join(kept))
