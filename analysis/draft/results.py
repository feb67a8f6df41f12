"""The words a reader sees beside a pasted number, and the grade of the report check behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED, UNIT_SLIP

__all__ = ["CHECKED", "NOT_A_FIGURE", "NOT_CHECKABLE", "RESULTS", "USED", "WRONG", "frame_of", "result_of"]

CHECKED, USED, NOT_CHECKABLE = "checked", "used", "not checkable"
WRONG, NOT_A_FIGURE = "wrong", "not a figure"
RESULTS = (CHECKED, USED, NOT_CHECKABLE, WRONG, NOT_A_FIGURE)
_RESULT = {AGREES: CHECKED, ROUNDING: CHECKED, UNIT_SLIP: WRONG, DISAGREES: WRONG, UNCHECKED: NOT_CHECKABLE}


def result_of(grade: str) -> str:
    """The word for a grade; a blank grade is that of what is no figure. No grade says "used".

    >>> result_of("rounding"), result_of("unit slip"), result_of("")
    ('checked', 'wrong', 'not a figure')
    """
    return _RESULT.get(grade, NOT_A_FIGURE)


def frame_of(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame of these columns; what was recomputed as numbers, missing where nothing was.

    >>> frame_of([{"text": "45", "recomputed": None}], ["text", "recomputed"])["recomputed"].isna().all()
    np.True_
    """
    numbers = ("recomputed", "recomputed_in_full")
    told = {name: [row.get(name) for row in rows] for name in columns}
    return pd.DataFrame({name: pd.Series(told[name], dtype=float if name in numbers else None) for name in columns})
