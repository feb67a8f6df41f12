"""The styles of a Word document: what they are called, and what they say of letters."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

__all__ = ["HEADING", "Styles"]

HEADING = re.compile(r"heading (?P<level>[1-9])$", re.IGNORECASE)
_OFF = "0", "false", "off", "none"
_FAR = 12  # styles that one may be based on


class Styles:
    """Styles by their id, from the element ``w:styles``."""

    def __init__(self, element: Any) -> None:
        self._by_id = {str(style.get(qn("w:styleId"))): style for style in element.iterchildren(qn("w:style"))}
        self._names: dict[str, str] = {}

    def name_of(self, paragraph: Any) -> str:
        """The name of a paragraph's style, or of the heading that it is made from; "" where it has none."""
        own = _told(paragraph, "w:pPr", "w:pStyle")
        if own not in self._names:
            names = [_told(style, "w:name") for style in self._chain(own)]
            self._names[own] = next((name for name in names if HEADING.fullmatch(name)), names[0] if names else "")
        return self._names[own]

    def value(self, run: Any, name: str, of_style: bool = True) -> str:
        """What a run says of its letters, else its style, else the style of its paragraph; "" where none does."""
        if not of_style:
            return _told(run, "w:rPr", name)
        paragraph = next(run.iterancestors(qn("w:p")), None)
        of_paragraph = "" if paragraph is None else _told(paragraph, "w:pPr", "w:pStyle")
        chain = [run, *self._chain(_told(run, "w:rPr", "w:rStyle")), *self._chain(of_paragraph)]
        return next((told for each in chain if (told := _told(each, "w:rPr", name))), "")

    def is_on(self, run: Any, name: str, of_style: bool = True) -> bool:
        """Whether something that is on or off, such as bold letters, is on."""
        return self.value(run, name, of_style) not in ("", *_OFF)

    def _chain(self, name: str) -> list[Any]:
        """A style and those that it is based on."""
        found: list[Any] = []
        while name in self._by_id and len(found) < _FAR:
            found.append(self._by_id[name])
            name = _told(found[-1], "w:basedOn")
        return found


def _told(element: Any, *path: str) -> str:
    """The value of a part of an element; "1" where it is there without one, "" where it is not there."""
    found = element.find("/".join(qn(each) for each in path))
    return "" if found is None else str(found.get(qn("w:val"), "1"))
