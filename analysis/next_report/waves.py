"""How often a survey is asked: told beside its periods, so that the next wave can be set without counting months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from analysis.next_report.cells import Plan, Table
from analysis.next_report.moving import Days, move_day
from analysis.periods import months_between, short_period

__all__ = ["months_apart", "wave_lines"]

_FEWEST = 3  # waves that show a rhythm: two are one gap, which may be any


def wave_lines(plan: Plan, surveys: pd.DataFrame) -> tuple[str, ...]:
    """A sentence for each table of survey waves: which is the next one, or that this cannot be told.

    Parameters
    ----------
    plan
        Of the workbook.
    surveys
        The older release's waves; those of a table count beside the ones that it prints.
    """
    return tuple(_told(table, waves, plan.data_to) for table in plan.tables if (waves := _waves(table, surveys)))


def _waves(table: Table, surveys: pd.DataFrame) -> list[Days]:
    printed = {move.was for move in table.moves if move.role == "wave"}
    if not printed:
        return []
    own = surveys[(surveys["table"] == table.id) & (surveys["kind"] == "waves")]
    return sorted(printed | set(zip(own["period_start"], own["period_end"], strict=True)))


def _told(table: Table, waves: Sequence[Days], data_to: pd.Timestamp) -> str:
    months = months_apart(waves)
    if months is None:
        named = ", ".join(short_period(*wave) for wave in waves)
        one = len(waves) == 1
        return (
            f"{table.sheet}: its {'wave' if one else 'waves'} ({named}) {'shows' if one else 'show'} no rhythm, so no "
            "next one is proposed. Where the report prints another, set it below."
        )
    following = list(_following(waves[-1], months, data_to))
    every = "a wave every month" if months == 1 else f"a wave every {months} months"
    if not following:
        after = short_period(*_moved(waves[-1], months))
        return f"{table.sheet}: {every}, so none is due: the next would be {after}, after these figures."
    first, last = following[-1]
    return (
        f"{table.sheet}: {every}, so the latest should be {short_period(first, last)} ({first:%Y-%m-%d} to "
        f"{last:%Y-%m-%d}). Where the report prints it, give each wave below the heading and the days of the one it "
        "now shows."
    )


def months_apart(waves: Sequence[Days]) -> int | None:
    """How many months lie between one wave and the next; None where they are fewer than three or not evenly apart.

    Parameters
    ----------
    waves
        First and last day of each, in their order.

    Examples
    --------
    >>> def month(text): return pd.Timestamp(f"{text}-01"), pd.Timestamp(f"{text}-01") + pd.offsets.MonthEnd(0)
    >>> months_apart([month("2022-09"), month("2022-12"), month("2023-03")])
    3
    >>> months_apart([month("2022-06"), month("2023-01")]) is None
    True
    >>> months_apart([month("2022-06"), month("2023-01"), month("2023-03")]) is None
    True
    """
    if len(waves) < _FEWEST:
        return None
    months = months_between(waves[0][0], waves[1][0])
    even = all(_moved(earlier, months) == later for earlier, later in pairwise(waves))
    return months if even and months > 0 else None


def _moved(wave: Days, months: int) -> Days:
    return move_day(wave[0], months), move_day(wave[1], months)


def _following(wave: Days, months: int, data_to: pd.Timestamp) -> Iterator[Days]:
    """The waves after one that have ended when the report's figures do."""
    while (wave := _moved(wave, months))[1] <= data_to:
        yield wave
