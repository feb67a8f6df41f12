"""The three words a reader sees beside a pasted number, and the grade of the report check behind each."""

from __future__ import annotations

from analysis.audit.grades import AGREES, DISAGREES, ROUNDING, UNCHECKED, UNIT_SLIP

__all__ = ["CHECKED", "NOT_A_FIGURE", "NOT_CHECKABLE", "RESULTS", "WRONG", "result_of"]

CHECKED, NOT_CHECKABLE, WRONG, NOT_A_FIGURE = RESULTS = ("checked", "not checkable", "wrong", "not a figure")
_RESULT = {AGREES: CHECKED, ROUNDING: CHECKED, UNIT_SLIP: WRONG, DISAGREES: WRONG, UNCHECKED: NOT_CHECKABLE}


def result_of(grade: str) -> str:
    """The word for a grade; a blank grade is that of what is no figure.

    >>> result_of("rounding"), result_of("unit slip"), result_of("")
    ('checked', 'wrong', 'not a figure')
    """
    return _RESULT.get(grade, NOT_A_FIGURE)
