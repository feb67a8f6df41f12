"""What differs between two versions of an upload: rows, columns, answers and totals, each in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

__all__ = ["MOST_ANSWERS", "compare_versions"]

MOST_ANSWERS = 30  # a text column with more different cells is no question: ids and free text are not compared
_COLUMNS = ["what", "column", "answer", "older", "newer", "sentence"]


def compare_versions(
    older: pd.DataFrame,
    newer: pd.DataFrame,
    questions: Sequence[str] | None = None,
    *,
    renamed: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Compare two versions. Columns are known by their names, answers by their exact text.

    Parameters
    ----------
    older, newer
        The rows of each.
    questions
        Text columns whose answers are compared. Without it, all that have at most ``MOST_ANSWERS`` different answers
        in both versions and, on average, each answer twice.
    renamed
        Columns that have another name in the newer version: the older name to the newer.
    words
        Column to what a cell of it is called, such as "wave" or "area", where it is no answer to a question.

    Returns
    -------
    DataFrame
        ``what`` (rows, column renamed, column added, column dropped, kind changed, answer new, answer gone, total; in
        place of "answer" the column's own word), ``column``,
        ``answer``, ``older`` and ``newer`` (rows, rows with the answer, or totals; missing where none applies), and
        ``sentence``. Rows and totals always stand there; the rest only where something differs.

    Raises
    ------
    ValueError
        For a question that is not a column of both versions.

    Examples
    --------
    >>> june = pd.DataFrame({"Q4": ["Yes", "No", "No", "Yes"], "weight": [1.0, 0.5, 1.5, 1.0]})
    >>> march = pd.DataFrame({"Q4": ["Yes", "Not sure", "Yes", "Yes"], "weight": [1.0, 1.0, 1.0, 1.5]})
    >>> for sentence in compare_versions(june, march)["sentence"]:
    ...     print(sentence)
    4 rows, as before.
    Column 'Q4': the answer 'Not sure' is new, in 1 row.
    Column 'Q4': the answer 'No' is gone; it was in 2 rows.
    Column 'weight': the total is 4.5; it was 4.
    """
    renamed, words = renamed or {}, words or {}
    changed = {was: now for was, now in renamed.items() if was != now}
    older = older.rename(columns={name: f"{name} (before)" for name in changed.values()} | changed)
    shared = [name for name in older.columns if name in newer.columns]
    if unknown := [name for name in questions or [] if name not in shared]:
        raise ValueError(f"Column '{unknown[0]}' is not in both versions, so its answers cannot be compared.")
    found = [_rows(len(older), len(newer))]
    for was, now in changed.items():
        found.append(
            ("column renamed", now, "", None, None, f"Column '{now}' was called '{was}'; they are compared as one.")
        )
    for name in newer.columns.difference(older.columns, sort=False):
        found.append(("column added", name, "", None, None, f"Column '{name}' is new."))
    for name in older.columns.difference(newer.columns, sort=False):
        found.append(("column dropped", name, "", None, None, f"Column '{name}' is gone."))
    for name in shared:
        was, now = _kind(older[name]), _kind(newer[name])
        if was != now:
            found.append(("kind changed", name, "", None, None, f"Column '{name}' holds {now}; it held {was}."))
        elif now == "numbers":
            found.append(_total(name, float(older[name].sum()), float(newer[name].sum())))
        elif name in questions if questions is not None else _is_question(older[name]) and _is_question(newer[name]):
            found += _answers(name, words.get(name, "answer"), older[name].value_counts(), newer[name].value_counts())
    return pd.DataFrame(found, columns=_COLUMNS).astype({"older": "float64", "newer": "float64"})


_Found = tuple[str, str, str, float | None, float | None, str]


def _rows(was: int, now: int) -> _Found:
    change = (
        "as before" if was == now else f"{abs(now - was):,} {'more' if now > was else 'fewer'} than the {was:,} before"
    )
    return "rows", "", "", was, now, f"{_counted(now)}, {change}."


def _total(name: str, was: float, now: float) -> _Found:
    told = f"is still {now:,.10g}" if was == now else f"is {now:,.10g}; it was {was:,.10g}"
    return "total", name, "", was, now, f"Column '{name}': the total {told}."


def _answers(name: str, word: str, was: pd.Series, now: pd.Series) -> list[_Found]:
    fresh = [answer for answer in now.index if answer not in was.index]
    gone = [answer for answer in was.index if answer not in now.index]
    found: list[_Found] = []
    for answer in sorted(fresh):
        told = f"Column '{name}': the {word} '{answer}' is new, in {_counted(now[answer])}."
        found.append((f"{word} new", name, answer, 0, int(now[answer]), told))
    for answer in sorted(gone):
        told = f"Column '{name}': the {word} '{answer}' is gone; it was in {_counted(was[answer])}."
        found.append((f"{word} gone", name, answer, int(was[answer]), 0, told))
    return found


def _kind(column: pd.Series) -> str:
    if is_bool_dtype(column):
        return "yes or no"
    if is_numeric_dtype(column):
        return "numbers"
    return "dates" if pd.api.types.is_datetime64_any_dtype(column) else "text"


def _is_question(column: pd.Series) -> bool:
    different = column.nunique()
    return _kind(column) == "text" and different <= MOST_ANSWERS and 2 * different <= column.count()


def _counted(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"
