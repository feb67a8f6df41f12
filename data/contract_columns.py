"""The kinds of columns that a contract is made of: every cell is text, and must pass as what it stands for."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date

import pandera.pandas as pa

__all__ = ["choice", "day", "formula", "ids", "key", "number", "text", "whole"]

_IDENTIFIER = r"[a-z0-9_]+(\.[a-z0-9_]+)*"
_FORMULA = r"stands alone|sum|[-+*/() 0-9.a-z]+"


def _is_number(text: str) -> bool:
    """At most 15 digits on either side of the point: what a float holds without loss."""
    return bool(re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text))  # fromisoformat also takes 2023-W13-5


def _column(test: Callable[[str], object], expected: str, kind: str, required: bool, unique: bool = False) -> pa.Column:
    """A column of text whose every cell passes ``test``, or is blank where that is allowed."""

    def passes(cell: str) -> bool:
        return bool(test(cell)) if cell else not required

    check = pa.Check(passes, element_wise=True, error=expected if required else f"{expected}, or nothing")
    # No type is asked for: every cell comes as text, and pandera's look at types takes as long as all else it does.
    return pa.Column(None, check, unique=unique, report_duplicates="exclude_first", metadata={"kind": kind})


def text(required: bool = True, unique: bool = False) -> pa.Column:
    """Words."""
    return _column(lambda cell: cell.strip() == cell, "words without spaces at either end", "text", required, unique)


def key(required: bool = True, unique: bool = False) -> pa.Column:
    """The id of a row."""
    expected = "an id of small letters, digits, underscores and dots"
    return _column(lambda cell: re.fullmatch(_IDENTIFIER, cell), expected, "text", required, unique)


def ids(required: bool = False) -> pa.Column:
    """Ids of rows, none, one or several."""
    test = re.compile(rf"(-|([a-z]+:)?{_IDENTIFIER})( (-|([a-z]+:)?{_IDENTIFIER}))*").fullmatch
    return _column(test, "ids with one space between them", "text", required)


def choice(options: list[str], required: bool = True) -> pa.Column:
    """One of a few words."""
    return _column(lambda cell: cell in options, f"one of {', '.join(options)}", "text", required)


def number(required: bool = True) -> pa.Column:
    """A plain number."""
    return _column(_is_number, "a plain number such as 1234 or -5.6", "number", required)


def whole(required: bool = True) -> pa.Column:
    """A whole number."""
    return _column(lambda cell: re.fullmatch(r"[0-9]{1,15}", cell), "a whole number", "whole", required)


def day(required: bool = True) -> pa.Column:
    """A date."""
    return _column(_is_date, "a date such as 2023-03-31", "date", required)


def formula() -> pa.Column:
    """How a number follows from others."""
    expected = "'stands alone', 'sum', or arithmetic on the letters a, b, c ... of the inputs"
    return _column(_is_formula, expected, "text", True)


def _is_formula(text: str) -> bool:
    """Two words, or sums, differences, products and quotients of single letters and numbers."""
    if text in ("stands alone", "sum"):
        return True
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    known = (ast.Expression, ast.BinOp, ast.Name, ast.Constant, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Load)
    single = all(isinstance(part, known) and len(getattr(part, "id", "a")) == 1 for part in ast.walk(tree))
    return single and bool(re.fullmatch(_FORMULA, text))
