"""Which files a session's own pages were told of.

A file's address is made of its content, so it says nothing of whose it is; and what one person may download, such as
numbers that are not protected, is not for everybody who signs in.
"""

from __future__ import annotations

import re
from collections import OrderedDict

__all__ = ["FOLDER", "ToldFiles"]

FOLDER = "/media/"
_PATH = re.compile(rb"/media/([\w.-]{1,110})", re.ASCII)
_SESSIONS, _NAMES = 2_000, 2_000  # remembered, the latest used


class ToldFiles:
    """The files that each session was told of, by what passed on its live connections.

    Examples
    --------
    >>> files = ToldFiles()
    >>> files.note("ana", bytes([15]) + b"/media/0a1b.csvJ...")  # as a message holds text: its length, then itself
    >>> files.has("ana", "/media/0a1b.csv"), files.has("vera", "/media/0a1b.csv"), files.has("ana", "/media/ff.csv")
    (True, False, False)
    """

    def __init__(self) -> None:
        self._of: OrderedDict[str, OrderedDict[bytes, None]] = OrderedDict()

    def note(self, session: str, content: bytes) -> None:
        """Remember every file that a message to a session names."""
        found = _named(content)
        if not found:
            return
        names = self._of.setdefault(session, OrderedDict())
        self._of.move_to_end(session)
        for name in found:
            names[name] = None
            names.move_to_end(name)
        while len(names) > _NAMES:
            names.popitem(last=False)
        while len(self._of) > _SESSIONS:
            self._of.popitem(last=False)

    def has(self, session: str, path: str) -> bool:
        """Whether a session was told of the file at a path."""
        return path.removeprefix(FOLDER).encode() in self._of.get(session, {})


def _named(content: bytes) -> list[bytes]:
    """Names of the files in a message. What follows a text may look like more of it; its length says where it ends."""
    names = []
    for found in _PATH.finditer(content):
        place, length = found.start(), content[found.start() - 1] if found.start() else 0
        whole = _PATH.fullmatch(content[place : place + length])
        names.append(whole[1] if whole else found[1])
    return names
