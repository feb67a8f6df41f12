"""Which kind of file a new one is: told by signs in its columns, each with a weight; the kind with the most wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pandas as pd

from data.column_facts import ColumnFacts
from data.question_proposal import is_question_by_name
from data.role_names import (
    GROUPS,
    PEOPLE,
    is_interval,
    is_kind,
    is_month,
    is_named,
    is_number,
    is_text,
    is_unique,
    is_weight,
)

__all__ = ["TWO_SIDED", "likely_kind"]

TWO_SIDED = {"yes/no", "0/1", "true/false", "said/denied"}  # scales that groups and facts have too
_SURE, _LIKELY, _HINT = 3, 2, 1
_QUESTIONS_AT_MOST = 6  # more questions than two are no better sign than two
_MANY = 0.9  # of the rows of monthly figures are the only one for their month and their words
_MOMENTS = re.compile(r"\b(time ?stamp|date ?time|created|received|started?|occurred|reported|logged|calls?)\b")
_WEIGHTS = re.compile(r"weight|wgt|wght|grossing")


def likely_kind(columns: Sequence[ColumnFacts], rows: pd.DataFrame) -> str:
    """The kind of file whose signs weigh most; a survey where nothing tells.

    Parameters
    ----------
    columns
        Those that may have a role.
    rows
        Every cell as text.

    Examples
    --------
    >>> def kind(**cells: list[str]) -> str:
    ...     rows = pd.DataFrame(cells)
    ...     return likely_kind([ColumnFacts(name, rows[name]) for name in cells], rows)
    >>> kind(resp_id=["a1", "a2", "a3"], Q4=["Yes", "No", "Yes"])
    'survey'
    >>> kind(created=["2023-01-01 10:05", "2023-01-02 11:10"], grade=["Good", "Poor"], seconds=["3", "40"])
    'events'
    """
    weights = {
        "survey": _survey(columns),
        "aggregated": _aggregated(columns),
        "monthly": _monthly(columns, rows),
        "events": _events(columns),
    }
    return max(weights, key=lambda kind: weights[kind])


def _any(columns: Sequence[ColumnFacts], fits: Callable[[ColumnFacts], bool]) -> bool:
    return any(fits(column) for column in columns)


def _is_person(column: ColumnFacts) -> bool:
    return bool(PEOPLE.search(column.words)) and is_named("respondent", column) and is_unique(column)


def _is_survey_weight(column: ColumnFacts) -> bool:
    """A weight by its full name, or by a short one and a mean of about 1."""
    if not (is_named("weight", column) and is_weight(column) and column.is_decimal):
        return False
    return bool(_WEIGHTS.search(column.words)) or abs(sum(column.numbers) / len(column.numbers) - 1) < 0.1


def _survey(columns: Sequence[ColumnFacts]) -> int:
    found = _SURE * _any(columns, _is_person) + _SURE * _any(columns, _is_survey_weight)
    found += _HINT * _any(columns, lambda column: is_named("respondent", column) and is_unique(column))
    found += _HINT * _any(columns, lambda column: bool(GROUPS.search(column.words)))
    asked = 0
    for column in columns:
        named = is_question_by_name(column) and column.is_categories and not column.is_dates
        scale = column.scale
        scaled = scale is not None and scale[0].name not in TWO_SIDED and not is_named("kind", column)
        asked += _SURE if named and scaled else _LIKELY if named or scaled else 0
    return found + min(asked, _QUESTIONS_AT_MOST)


def _aggregated(columns: Sequence[ColumnFacts]) -> int:
    def has(role: str) -> bool:
        return _any(columns, lambda column: is_named(role, column) and is_number(column))

    asked = [column for column in columns if is_named("question", column) and is_text(column)]
    if len(asked) != 1 or _any(columns, _is_person) or _any(columns, _is_survey_weight):
        return 0
    if not has("percent") and not (has("count") and has("base")):
        return 0
    is_question = bool(re.search(r"\b(questions?|item|statement)\b", asked[0].words))
    return 2 * _SURE if is_question or has("base") else _SURE


def _monthly(columns: Sequence[ColumnFacts], rows: pd.DataFrame) -> int:
    if not _any(columns, is_month) or _any(columns, _is_person) or _any(columns, _is_survey_weight):
        return 0
    numbers = [column for column in columns if is_number(column) and not is_month(column)]
    if not numbers:  # a column named so whose numbers cannot be read is better mended than taken for a survey
        return _LIKELY * _any(columns, lambda column: is_named("value", column))
    told = [column.header for column in columns if not is_number(column) or is_month(column)]
    alone = not rows[told].duplicated().any() or (~rows[told].duplicated(keep=False)).mean() >= _MANY
    found = _SURE + (_HINT if alone else -_LIKELY)
    found += _HINT * _any(columns, lambda column: is_named("measure", column) and is_text(column))
    return found + _HINT * _any(numbers, lambda column: is_named("value", column))


def _events(columns: Sequence[ColumnFacts]) -> int:
    moments = [column for column in columns if column.is_dates and not column.is_months and not column.is_decimal]
    if not moments:
        return 0
    found = _SURE if _any(moments, lambda column: column.has_times) else _HINT
    found += _HINT * _any(moments, lambda column: bool(_MOMENTS.search(column.words)))
    return found + _LIKELY * _any(columns, is_interval) + _HINT * _any(columns, is_kind)
