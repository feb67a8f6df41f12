"""What every workbook here has in common: how gptables lays a sheet out, and how a cell is kept as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import gptables as gpt
from gptables.core.gptable import FormatList

from documents.texts import clean

__all__ = ["KEEP_TEXT", "LICENCE", "THEME", "finish", "kept_as_text", "sheet_names", "widths"]

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
THEME = deepcopy(gpt.gptheme)
THEME.apply_config({part: {"valign": "top"} for part in ("data", "index_2")})  # cells of a row begin on one line
# Text is text: no cell is read as a formula, a number or an address, whatever it begins with.
KEEP_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_NARROWEST, _WIDEST = 16, 60  # characters of a column, before its text wraps
_LONGEST_NAME = 31  # letters of a sheet's name, rare ones counted as two


def kept_as_text(cell: Any) -> Any:
    r"""Wrap a text that gptables would take for a link or a note or, without letter or digit, refuse: it stays.

    >>> kept_as_text("7.84 %"), kept_as_text(3), kept_as_text("–").string, kept_as_text("[see](page 3)").string
    ('7.84 %', 3, '–', '[see](page 3)')
    """
    odd = isinstance(cell, str) and (not re.search("[a-zA-Z0-9]", cell) or re.search(r"\[.+\]\(.+\)|\$\$", cell))
    return FormatList([{}, cell]) if odd else cell


def widths(columns: Iterable[Iterable[Any]]) -> list[int]:
    """A width for each column: its longest cell, but never so wide that a row cannot be seen.

    >>> widths([["a"], ["b" * 30], ["c" * 300]])
    [16, 32, 60]
    """
    longest = [max((len(str(cell)) for cell in column), default=0) for column in columns]
    return [max(_NARROWEST, min(width + 2, _WIDEST)) for width in longest]


def finish(workbook: Any, properties: Mapping[str, str], wide: Mapping[str, Iterable[int]]) -> None:
    """Give a workbook of gptables its properties and its columns their widths, and write it.

    Parameters
    ----------
    workbook
        As ``gptables.produce_workbook`` gives it.
    properties
        As xlsxwriter names them: ``title, subject, author, keywords, comments``.
    wide
        By sheet, the width of each column in characters.
    """
    workbook.set_properties(dict(properties))
    for name, columns in wide.items():
        worksheet = workbook.get_worksheet_by_name(name)
        for column, width in enumerate(columns):
            worksheet.set_column(column, column, width)
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # printed numbers are text on purpose
    workbook.close()


def sheet_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    r"""A name for each sheet, as every program takes it, that no other sheet has.

    >>> sheet_names(["ASB: all [1]", "asb  all 1", "", "Cover"], ["Cover"])
    ['ASB all 1', 'asb all 1 2', 'Table', 'Cover 2']
    >>> sheet_names(["a" * 30 + "\U00010000"]) == ["a" * 30]
    True
    """
    used = {name.lower() for name in taken}
    found = []
    for name in names:
        plain = _cut(" ".join(re.sub(r"[\[\]:*?/\\'$]+", " ", clean(name)).split()), _LONGEST_NAME) or "Table"
        chosen, number = plain, 1
        while chosen.lower() in used:
            number += 1
            chosen = f"{_cut(plain, _LONGEST_NAME - len(str(number)) - 1)} {number}"
        used.add(chosen.lower())
        found.append(chosen)
    return found


def _cut(text: str, most: int) -> str:
    """As much of a text as goes into so many letters, as spreadsheet programs count them."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip()
