"""The frames of a release that is not in its folder yet, checked as if they were."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.contracts import SCHEMAS, check_table
from data.errors import DataError
from data.links import broken_links

__all__ = ["check_frames"]


def check_frames(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Check every frame of text under its contract, then what joins them, and type them.

    Parameters
    ----------
    frames
        By the name of their file; one that is missing is an empty one.

    Raises
    ------
    DataError
        With every problem at once: broken cells first, then ids that lead nowhere.
    """
    problems: list[str] = []
    typed: dict[str, pd.DataFrame] = {}
    for name, schema in SCHEMAS.items():
        frame = frames.get(name, pd.DataFrame(columns=list(schema.columns), dtype=str))
        try:
            typed[name] = check_table(frame, name, f"{name}.csv")
        except DataError as error:
            problems += error.problems
    if not problems:
        problems = broken_links(typed)
    if problems:
        raise DataError(problems)
    return typed
