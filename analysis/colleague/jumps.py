"""Values that the past would hardly give: rolling counts by a test, everything else against its own report's steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.colleague.cells import THING, place_of, value_words, where_words
from analysis.colleague.finding import Finding, key_of
from analysis.colleague.past import LEVEL, MONTHS, Spread, spread_of, step_size, surprise
from analysis.colleague.told import Told
from analysis.periods import name_period
from analysis.verdicts import breaks_between, touching_events

__all__ = ["tell_jumps"]

_YEARS = ["last_12_months", "previous_12_months"]
_OTHER = dict(zip(_YEARS, _YEARS[::-1], strict=True))
_AFTER_A_BREAK = 1.0  # of the new months: where recording changed, the past says little
_NO_TEST = "The report prints no spread for it, so this is a question and no verdict."


def tell_jumps(
    cells: pd.DataFrame, past: pd.DataFrame, measures: pd.DataFrame, events: pd.DataFrame, told: Told, base: bool
) -> None:
    """Tell rolling counts that the past would hardly give, and other values that moved farther than is usual.

    Parameters
    ----------
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    past
        The published figures of the older release.
    measures, events
        The newer release's own.
    told
        What has been told so far.
    base
        Whether to look at figures that rest on no other, or at the others.
    """
    spread = spread_of(past)
    new = cells[cells["before"].notna() & cells["same"].isna()]
    tested = new["measure"].isin(measures.loc[measures["untested"] == "", "id"])
    counted = tested & (new["unit"] == "count") & new["role"].isin(_YEARS)
    counted &= (new["value"] >= 0) & (new["before"] >= 0)
    counts = _Counts(measures, events, int(counted.sum()))
    beside = {(*_line(row), row.role): row for row in new[counted].itertuples()}
    for row, is_count in zip(new.itertuples(), counted, strict=True):
        if told.is_base(row.figure_id) != base or told.knows(row):
            continue
        found = _of_count(row, row.value, counts) if is_count else _of_other(row, row.value, spread)
        if found is None:
            continue
        mended = told.once_mended(row)
        if mended is not None and mended >= 0:
            again = _of_count(row, mended, counts) if is_count else _of_other(row, mended, spread)
            if again is None:
                told.mended[row.figure_id] = mended
                continue
        other = beside.get((*_line(row), _OTHER.get(row.role, ""))) if is_count else None
        if other is not None and not told.knows(other) and _crossed(row, other, counts):
            last, previous = sorted((row, other), key=lambda each: str(each.role))
            _tell_crossed(last, previous, told)
            continue
        told.tell(found, (row.figure_id, float(row.before)))


def _crossed(row: Any, other: Any, counts: _Counts) -> bool:
    """Whether two years fit the past once each stands in the other's column."""
    fits = not counts.surprises(row, row.before, other.value)
    return fits and not counts.surprises(other, other.before, row.value)


def _tell_crossed(last: Any, previous: Any, told: Told) -> None:
    what = (
        f"The last 12 months ({_words(last.value, last)}) and the previous ({_words(previous.value, previous)}) fit "
        "the last report only if they change places."
    )
    key = key_of("swapped", last.figure_id, last.value, previous.value)
    finding = _finding(last, "swapped", what, "Look whether the columns have changed places.", True)
    told.tell(replace(finding, key=key), (last.figure_id, previous.value), (previous.figure_id, last.value))


class _Counts:
    """The test of one report's rolling counts: what is known of each measure, and how many are asked about."""

    def __init__(self, measures: pd.DataFrame, events: pd.DataFrame, asked: int) -> None:
        self._own = measures.set_index("id").to_dict("index")
        self._breaks = events[events["effect"] == "break"]
        self._level = LEVEL / max(1, asked)

    def surprises(self, row: Any, before: float, value: float) -> bool:
        """Whether the past would hardly give a value in the row's period after the older value ``before``."""
        months = _month(row.period_end) - _month(row.before_end)
        if months < 1:
            return False
        measure = self._own[row.measure]
        dispersion = None if pd.isna(measure["dispersion"]) else float(measure["dispersion"])
        if surprise(before, value, months, dispersion) >= self._level:
            return False
        touching = touching_events(self._breaks, row.measure, measure["section"], measure["basis"])
        if not breaks_between(touching, (row.before_start, row.before_end), (row.period_start, row.period_end)):
            return True
        return surprise(before, value, months, dispersion, _AFTER_A_BREAK) < self._level


def _of_count(row: Any, value: float, counts: _Counts) -> Finding | None:
    if not counts.surprises(row, row.before, value):
        return None
    months = _month(row.period_end) - _month(row.before_end)
    moved = value - row.before
    fresh = row.before * min(months, MONTHS) / MONTHS
    what = (
        f"{_words(row.before, row)} in the {name_period(row.before_start, row.before_end)} became {_words(value, row)}"
        f" in the {name_period(row.period_start, row.period_end)}: {_words(abs(moved), row)} "
        f"{'more' if moved > 0 else 'fewer'}"
    )
    if months < MONTHS:
        what += f", though only {months} of 12 months are new, which would hold about {_words(fresh, row)}"
    mend = "Look at the new months' number and at the columns beside it; if it is right, say what happened."
    return _finding(row, "jump", f"{what}. An ordinary quarter hardly gives that.", mend, True)


def _of_other(row: Any, value: float, spread: Spread) -> Finding | None:
    limit = spread.limit(_line(row), row.unit, row.role)
    size = step_size(row.before, value, row.unit)
    if not size > limit:
        return None
    kind = spread.kind(row.unit)
    what = (
        f"From {value_words(row.before, row.unit, row.before_printed)} to {value_words(value, row.unit, row.printed)}: "
        f"farther than it moved from one column to another in the last report, and than nine in ten steps of "
        f"a {kind} there. {_NO_TEST}"
    )
    mend = "Look whether the value, its unit and its column are right."
    return _finding(row, "spread", what, mend, False)


def _line(row: Any) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in ["table", *THING])


def _words(value: float, row: Any) -> str:
    return value_words(value, row.unit)


def _month(day: pd.Timestamp) -> int:
    return int(day.year * MONTHS + day.month)


def _finding(row: Any, kind: str, what: str, mend: str, serious: bool) -> Finding:
    return Finding(
        key=key_of(kind, row.figure_id, row.before, row.value), kind=kind, where=where_words(row), what=what,
        how_to_mend=mend, serious=serious, place=place_of(row), section=row.section, table=row.table,
        figure_id=row.figure_id,
    )  # fmt: skip
