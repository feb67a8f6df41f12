"""Typed cells of a release as the text of its files."""

from __future__ import annotations

from typing import Any

import pandas as pd

__all__ = ["text_frame", "text_of", "text_rows"]


def text_of(value: Any) -> str:
    """A typed cell as text; "" for nothing.

    >>> text_of(12.0), text_of(0.1), text_of(pd.Timestamp("2023-06-30")), text_of(pd.NA)
    ('12', '0.1', '2023-06-30', '')
    """
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def text_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell of a frame as text.

    >>> text_frame(pd.DataFrame({"value": [1.5, None]})).to_dict("list")
    {'value': ['1.5', '']}
    """
    return pd.DataFrame({name: [text_of(value) for value in frame[name]] for name in frame.columns}, dtype=str)


def text_rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a frame of text, each by its columns.

    >>> text_rows(pd.DataFrame({"id": ["asb"]}))
    [{'id': 'asb'}]
    """
    return [{str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")]
