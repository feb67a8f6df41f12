"""Tables as files that a spreadsheet opens without running what stands in their cells."""

from __future__ import annotations

import re

import pandas as pd

__all__ = ["csv_bytes", "neutral"]

# What a spreadsheet may take for a formula: these marks, and their wide forms, which some make plain on opening.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[-+]?[0-9]+(,[0-9]{3})*([.,][0-9]+)?([eE][-+]?[0-9]{1,3})? ?%?")


def neutral(text: str) -> str:
    """A text that a spreadsheet shows and does not run: with an apostrophe before what could begin a formula.

    A number keeps its sign.

    Examples
    --------
    >>> [neutral(text) for text in ("=1+1", "-5", "+3.2 %", "-5+A1", "@home", "a=b", "")]
    ["'=1+1", '-5', '+3.2 %', "'-5+A1", "'@home", 'a=b', '']
    """
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""A frame as a CSV file: UTF-8 with the mark that spreadsheets look for, no index, texts and headers neutral.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"=area": ["@Granby"], "change": [-5]})).decode("utf-8-sig")
    "'=area,change\r\n'@Granby,-5\r\n"
    """
    made = frame.copy()
    for position, dtype in enumerate(made.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_datetime64_any_dtype(dtype):
            cells = made.iloc[:, position].astype("object")
            made.isetitem(position, cells.map(lambda cell: neutral(cell) if isinstance(cell, str) else cell).to_numpy())
    made.columns = pd.Index([neutral(str(name)) for name in made.columns])
    # With the line end of RFC 4180 a cell that holds either half of it is quoted, so it cannot begin a line of its own.
    return made.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
