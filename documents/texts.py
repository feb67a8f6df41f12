"""What every writer of documents does with words: no character that XML forbids, an anchor for each heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.blocks import Block, Heading

__all__ = ["clean", "outline"]

# XML has no place for these, whatever they are escaped as.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def outline(blocks: Sequence[Block], depth: int = 4) -> list[tuple[Heading, str]]:
    """The headings down to a level, each with an anchor that no other has.

    >>> blocks = [Heading(1, "Calls to 999"), Heading(2, "Calls to 999"), Heading(3, "Deep")]
    >>> [(heading.level, anchor) for heading, anchor in outline(blocks, 2)]
    [(1, 'calls_to_999'), (2, 'calls_to_999_2')]
    """
    found: list[tuple[Heading, str]] = []
    taken: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Heading):
            name = block.anchor or re.sub(r"[^a-z0-9]+", "_", block.text.lower()).strip("_") or "part"
            taken[name] = taken.get(name, 0) + 1
            while taken[name] > 1 and f"{name}_{taken[name]}" in taken:
                taken[name] += 1
            anchor = name if taken[name] == 1 else f"{name}_{taken[name]}"
            taken.setdefault(anchor, 1)
            found.append((block, anchor))
    return [(heading, anchor) for heading, anchor in found if heading.level <= depth]


def clean(text: str) -> str:
    r"""Text as every kind of document can hold it: without the characters that XML forbids, breaks as spaces.

    >>> clean("a\x00b\tc\r\nd\ud800")
    'ab c d'
    """
    return re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", _FORBIDDEN.sub("", text))
