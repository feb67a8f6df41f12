"""What every question of ``data.queries`` and ``data.event_queries`` is made of.

Columns keep their users' names outside and have ours inside the engine, so no name of an upload can meet a result's, or
differ from one by capitals alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.engine import run
from data.errors import DataError

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["ASKED_AT_ONCE", "aliases", "answered", "check", "grouped", "in_order"]

ASKED_AT_ONCE = 50  # asking one by one takes three times as long for a survey; hundreds at once nest too deep


def check(
    rows: ir.Table,
    columns: Sequence[str | None],
    by: Sequence[str],
    results: Sequence[str],
    *,
    numbers: Sequence[str | None] = (),
    dates: Sequence[str] = (),
) -> None:
    """Refuse columns that are not there or hold another kind, and groups named like a result; None is no column.

    Raises
    ------
    DataError
        All problems together. Told here, for an engine would quote a cell, or take text for 0.
    """
    wanted = [column for column in dict.fromkeys([*columns, *numbers, *dates]) if column is not None]
    problems = [f"There is no column '{column}'." for column in wanted if column not in rows.columns]
    problems += [
        f"Column '{column}' is named like one of the results. Give it another name."
        for column in by
        if column in results
    ]
    problems += [
        f"Column '{column}' holds no numbers. Say in the profile how its numbers are written."
        for column in numbers
        if column in rows.columns and not rows[column].type().is_numeric()
    ]
    problems += [
        f"Column '{column}' holds no dates. Say in the profile how its dates are written."
        for column in dates
        if column in rows.columns and not rows[column].type().is_temporal()
    ]
    if problems:
        raise DataError(problems)


def aliases(groups: Mapping[str, str]) -> list[str]:
    """Our own names of groups inside the engine.

    >>> aliases({"wave": "Wave", "stratum": "Area"})
    ['g0', 'g1']
    """
    return [f"g{place}" for place in range(len(groups))]


def grouped(rows: ir.Table, groups: Mapping[str, str], more: Mapping[str, ir.Value], **sums: ir.Value) -> ir.Table:
    """Ask for sums by groups and what more parts the rows: one row for each that occurs, the missing one included."""
    keys = {alias: rows[column] for alias, column in zip(aliases(groups), groups.values(), strict=True)}
    keys |= more
    return rows.group_by(**keys).agg(**sums) if keys else rows.agg(**sums)


def answered(groups: Mapping[str, str], questions: Sequence[ir.Table]) -> pd.DataFrame:
    """The answers to all questions, many asked at once, under the users' names again.

    Raises
    ------
    ValueError
        When there is no question.
    """
    import ibis

    if not questions:
        raise ValueError("There is nothing to count: no question is given.")
    batches = [questions[first : first + ASKED_AT_ONCE] for first in range(0, len(questions), ASKED_AT_ONCE)]
    answers = [run(ibis.union(*batch) if len(batch) > 1 else batch[0]) for batch in batches]
    found = pd.concat(answers, ignore_index=True) if len(answers) > 1 else answers[0]
    return found.rename(columns=dict(zip(aliases(groups), groups, strict=True)))


def in_order(
    frame: pd.DataFrame, keys: Sequence[str], given: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """Rows sorted by their keys, missing last: in the order ``given``, else by value. Engines promise no order."""
    order = {key: {value: place for place, value in enumerate(values)} for key, values in (given or {}).items()}
    if keys:
        frame = frame.sort_values(
            list(keys),
            kind="stable",
            key=lambda column: column.map(order[column.name]) if column.name in order else column,
        )
    return frame.reset_index(drop=True)
