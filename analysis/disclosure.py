"""Which counts of a survey a viewer may see, so that nobody's answer can be worked out.

Small bases and small counts are withheld, zeros among them, and as many others as it takes so that none can be worked
out from rows, columns, sums and bases. It is judged by unweighted counts as though everyone weighed the same, so that a
share tells its count. Published figures and invented ones are not for this: everybody knows them, or they are nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.disclosure_search import SECONDARY, Guarded, guard
from analysis.disclosure_table import ALL, ANSWER, DONT_KNOW, NEGATIVE, POSITIVE, SIDE, Table, question_table
from analysis.disclosure_thresholds import THRESHOLDS, Thresholds

__all__ = [
    "DIFFERENCE",
    "SECONDARY",
    "THRESHOLDS",
    "Thresholds",
    "small_differences",
    "suppress",
]

DIFFERENCE = "differs by too few from another table that is shown"
_CELL = ["wave", "question", "group", "answer"]
_WHY = ["reason", "base_withheld"]
_TOLD = ["withheld", "reason", "base_withheld", "side_reason"]


Further = Mapping[tuple[object, ...], tuple[str, bool]]  # cell to the reason, and whether its whole group goes


def suppress(
    counts: pd.DataFrame,
    thresholds: Thresholds = THRESHOLDS,
    *,
    sensitive: Collection[str] = (),
    crossed: Mapping[str, tuple[str, str]] | None = None,
    also: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which counts are withheld from viewers, and why.

    What is withheld of the whole sample does not depend on its groups, so no table by other groups gives it away. Where
    nothing else will do, a group that is large enough is withheld, base and all.

    Parameters
    ----------
    counts
        ``wave, question, group, answer, n`` (unweighted), with the group ALL for the whole sample; ``side`` of each
        answer where its shares are shown too: ``positive``, ``negative``, ``dont_know`` or anything else. Those who
        gave no answer are left out. A cell without a row is a zero. Of respondents without a group it is made sure
        that they are not found by subtraction either.
    thresholds
        What is small.
    sensitive
        Questions with the higher threshold.
    crossed
        Groups that are the common part of two others, to those two, which must have their counts too.
    also
        What else is to be withheld, as ``small_differences`` gives it.

    Returns
    -------
    DataFrame
        The rows of ``counts``, then those of zeros that had none, with ``withheld`` (number and share of the cell),
        ``reason``, ``base_withheld`` (the group has no figure at all for this question) and ``side_reason``: why the
        share of the answer's whole side is withheld, or "" where it is shown or the answer is on no side.

    Raises
    ------
    ValueError
        When a column is missing, a count is no whole number, a cell stands twice, a question lacks the whole sample, or
        groups overlap.

    Examples
    --------
    >>> counts = pd.DataFrame({"wave": "1", "question": "Q4", "group": ["ALL"] * 2 + ["N"] * 2 + ["S"] * 2,
    ...                        "answer": ["Yes", "No"] * 3, "n": [90, 40, 57, 3, 33, 37]})
    >>> suppress(counts)[["group", "answer", "n", "withheld", "reason"]].iloc[2:]
      group answer   n  withheld                                          reason
    2     N    Yes  57      True  withheld so that another cannot be worked out
    3     N     No   3      True                             fewer than 5 answers
    4     S    Yes  33      True  withheld so that another cannot be worked out
    5     S     No  37      True  withheld so that another cannot be worked out
    """
    counts = _checked(counts)
    extra = {} if also is None else {tuple(row[:4]): row[4:] for row in also[[*_CELL, *_WHY]].itertuples(index=False)}
    parts = [
        _question(own, thresholds, question in sensitive, crossed or {}, extra)
        for (_, question), own in counts.groupby(["wave", "question"], sort=False)
    ]
    found = pd.concat(parts) if parts else pd.DataFrame(columns=[*_CELL, *_TOLD])
    given = counts.merge(found, on=_CELL, how="left")
    zeros = found.merge(counts[_CELL], on=_CELL, how="left", indicator=True)
    zeros = zeros[zeros["_merge"] == "left_only"].drop(columns="_merge").assign(n=0)
    if "side" in counts:
        sides = counts.drop_duplicates(["wave", "question", "answer"])[["wave", "question", "answer", "side"]]
        zeros = zeros.merge(sides, on=["wave", "question", "answer"], how="left")
    told = pd.concat([given, zeros], ignore_index=True) if len(zeros) else given
    return told.astype({"withheld": bool, "base_withheld": bool, "reason": "str", "side_reason": "str"})


def small_differences(
    first: pd.DataFrame, second: pd.DataFrame, thresholds: Thresholds = THRESHOLDS, *, sensitive: Collection[str] = ()
) -> pd.DataFrame:
    """What of a second table may not be shown to those who see the first: taking one from the other would tell of few.

    Both are of the same people but for some: two filters, or two versions of one wave. What changed is judged like a
    group of its own: as a whole by the threshold of bases, each answer by that of answers, zeros included.

    Parameters
    ----------
    first, second
        Counts as in ``suppress``. A group that only one of them has cannot be compared.
    thresholds, sensitive
        As in ``suppress``.

    Returns
    -------
    DataFrame
        ``wave, question, group, answer, reason, base_withheld`` of what has to go from the second. Give it to
        ``suppress`` as ``also``: more has to go so that these are not worked out.

    Raises
    ------
    ValueError
        As ``suppress``.

    Examples
    --------
    >>> first = pd.DataFrame({"wave": "1", "question": "Q4", "group": "ALL", "answer": ["Yes", "No"], "n": [90, 40]})
    >>> small_differences(first, first.assign(n=[91, 42]))[["answer", "reason", "base_withheld"]].values.tolist()[0]
    ['No', 'differs by too few from another table that is shown', True]
    >>> small_differences(first, first.assign(n=[190, 42]))[["answer", "base_withheld"]].values.tolist()
    [['No', False]]
    """
    first, second = _checked(first), _checked(second)
    groups = [["wave", "question", "group"]] * 2
    shared = [each[key].drop_duplicates() for each, key in zip((first, second), groups, strict=True)]
    known = shared[0].merge(shared[1])
    both = first[[*_CELL, "n"]].merge(second[[*_CELL, "n"]], on=_CELL, how="outer", suffixes=("_first", "_second"))
    both = both.merge(known).fillna({"n_first": 0, "n_second": 0})
    change = both["n_second"] - both["n_first"]
    both["came"], both["went"] = change.clip(lower=0), (-change).clip(lower=0)
    people = both.groupby(groups[0], sort=False)[["came", "went"]].transform("sum").max(axis="columns")
    least = np.where(both["question"].isin(list(sensitive)), thresholds.sensitive, thresholds.answers)
    both["base_withheld"] = people.between(1, thresholds.base - 1)
    caught = both["base_withheld"] | ((people > 0) & (change.abs() < least))
    return both[caught][[*_CELL, "base_withheld"]].assign(reason=DIFFERENCE).reset_index(drop=True)


def _question(
    own: pd.DataFrame,
    thresholds: Thresholds,
    is_sensitive: bool,
    crossed: Mapping[str, tuple[str, str]],
    extra: Further,
) -> pd.DataFrame:
    """The cells of one question of one wave, and what becomes of each."""
    wave, question = own["wave"].iloc[0], own["question"].iloc[0]
    table = own.set_index(["group", "answer"])["n"].unstack(fill_value=0)
    table = table.loc[own["group"].unique(), own["answer"].unique()]
    if ALL not in table.index:
        raise ValueError(f"Question {question} has no counts of the whole sample, the group {ALL}.")
    sides = dict(zip(own["answer"], own["side"].astype("str"), strict=True)) if "side" in own else {}
    cells = question_table(table, sides, crossed)
    least = np.full(len(cells.groups), thresholds.sensitive if is_sensitive else thresholds.answers)
    least[cells.level == 2] = np.maximum(least[cells.level == 2], thresholds.crossed)
    small = _primary(cells, thresholds.base, least)
    small |= _further(cells, extra, wave, question, thresholds.base, least)
    guard(cells, Guarded(small, least, thresholds.base))
    return _rows(cells, wave, question, sides)


def _primary(table: Table, base: int, least: np.ndarray) -> dict[tuple[int, int], int]:
    """Withhold what is small, and say by how many more each must be able to be to look large."""
    small: dict[tuple[int, int], int] = {}
    for row, numbers in enumerate(table.counts):
        few = numbers[table.base] < base
        if few:
            small[row, table.base] = base - int(numbers[table.base])
            table.hide_row(row, f"base under {base}", most=base - 1)
        unnamed = table.groups[row] is None
        for column in table.columns(ANSWER, SIDE) if unnamed or not few else ():
            if numbers[column] < least[row]:
                small[row, int(column)] = int(least[row] - numbers[column])
                table.hide(row, int(column), f"fewer than {least[row]} answers", most=float(least[row] - 1))
        if unnamed:  # whose reasons nobody reads
            table.least[row], table.most[row] = 0, np.inf
    return small


def _further(
    table: Table, extra: Further, wave: str, question: str, base: int, least: np.ndarray
) -> dict[tuple[int, int], int]:
    """Withhold what else is asked for: by its threshold it must be able to be more."""
    small: dict[tuple[int, int], int] = {}
    for row, group in enumerate(table.groups):
        for column in table.columns(ANSWER):
            reason, of_base = extra.get((wave, question, group, table.names[column]), ("", False))
            if of_base:
                small[row, table.base] = base
                table.hide_row(row, reason)
                break
            if reason:
                small[row, int(column)] = int(least[row])
                table.hide(row, int(column), reason)
    return small


def _rows(table: Table, wave: str, question: str, sides: Mapping[str, str]) -> pd.DataFrame:
    """One row for each group and answer."""
    shares = {table.names[column]: int(column) for column in table.columns(SIDE)}
    told = [
        {
            "wave": wave, "question": question, "group": group, "answer": table.names[column],
            "withheld": bool(table.hidden[row, column]), "reason": table.reasons[row, column],
            "base_withheld": bool(table.hidden[row, table.base]),
            "side_reason": _side_reason(table, row, int(column), shares, sides),
        }
        for row, group in enumerate(table.groups) if group is not None
        for column in table.columns(ANSWER)
    ]  # fmt: skip
    return pd.DataFrame(told)


def _side_reason(table: Table, row: int, column: int, shares: Mapping[str, int], sides: Mapping[str, str]) -> str:
    side = sides.get(table.names[column], "")
    if side == DONT_KNOW:
        return str(table.reasons[row, column])
    return str(table.reasons[row, shares[side]]) if side in (POSITIVE, NEGATIVE) else ""


def _checked(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts as they are worked with, without what an earlier run has said of them."""
    if missing := [name for name in [*_CELL, "n"] if name not in counts]:
        raise ValueError(f"The counts have no column {missing[0]}. Expected {', '.join([*_CELL, 'n'])}.")
    counts = counts.drop(columns=[name for name in _TOLD if name in counts]).reset_index(drop=True)
    if counts[_CELL].isna().any(axis=None):
        raise ValueError("A count has no wave, question, group or answer. Leave out those who gave no answer.")
    n = counts["n"].astype(float)
    if not ((n >= 0) & (n % 1 == 0)).all():
        raise ValueError("A count is a whole number from 0 upwards. Unweighted counts are needed.")
    for cell in counts[counts.duplicated(_CELL)][_CELL].itertuples(index=False):
        raise ValueError(f"Question {cell.question}, group {cell.group}: the answer '{cell.answer}' has two counts.")
    return counts.assign(n=n.astype(int))
