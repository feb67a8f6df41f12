"""What a page asks of an extract of events, saved or invented: when they come, how long they wait, who gave up.

The events stay in the engine; what comes back is small. Each function is one look at one extract, so that what it gives
may be kept by the version's id and what was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.cells import check
from data.engine import attach, run
from data.errors import DataError
from data.event_queries import event_counts, quantiles, waits
from data.profile import KINDS
from data.public_files import FALLS_WITHIN
from data.role_names import GAVE_UP, HELD_ON
from data.store import Store
from data.wording import plain

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["EventView", "Extract", "GivenUp", "Waits", "event_rows", "event_view", "extract_of"]

_HOURS = ["weekday", "hour", "n"]


@dataclass(frozen=True)
class Extract:
    """What there is to choose from in one extract.

    Attributes
    ----------
    n, undated
        Its events, and those of them without a date.
    first, last
        The first and the last day with an event; None where no event has a date.
    has_times
        Whether any event has a time of day. Without, hours cannot be told.
    kinds, areas
        Each with how many events it has, the most frequent first; nothing where a file has no such column.
    roles
        The roles that its columns have, of those an extract of events may have.
    """

    n: int
    undated: int
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    has_times: bool
    kinds: Mapping[str, int]
    areas: Mapping[str, int]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Waits:
    """How long something took, as ``analysis.timing.wait_table`` takes it; all but ``missing`` are its parameters.

    Attributes
    ----------
    n, missing
        Events that have a wait, and events that should have one and have none.
    mean, variance
        In the column's unit; missing where there are too few values.
    quantiles
        Values by share.
    within
        How many waits kept the target; None without a target.
    """

    n: int
    missing: int
    mean: float
    variance: float
    quantiles: Mapping[float, float]
    within: int | None


@dataclass(frozen=True)
class GivenUp:
    """Events that were given up, those that were not, and those of which a file says neither."""

    yes: int
    no: int
    unknown: int


@dataclass(frozen=True)
class EventView:
    """One look at an extract.

    Attributes
    ----------
    n
        The events chosen.
    hours
        ``weekday`` (1 is Monday), ``hour`` and ``n``, as ``analysis.timing.hour_table`` takes it. No row where no event
        has a time of day.
    answered, attended
        Waits in seconds and in minutes; None where the file does not have them. Who gave up was not answered, so a wait
        that ended so is in neither.
    given_up
        None where the file does not say.
    """

    n: int
    hours: pd.DataFrame
    answered: Waits | None
    attended: Waits | None
    given_up: GivenUp | None


def event_rows(store: Store, version_id: str) -> ir.Table:
    """The events of a version, attached to an engine of their own, without what no question is asked of.

    Raises
    ------
    DataError
        When the version is not there or holds something else, or its file is missing or damaged.
    """
    version = store.version(version_id)
    if version.kind != "events":
        raise DataError(f"{version.label}: found kind {version.kind}, expected events.")
    more = [FALLS_WITHIN] if FALLS_WITHIN in version.columns else []
    return attach(store.table(version_id, [*_roles(version.columns), *more]))


def extract_of(rows: ir.Table) -> Extract:
    """What there is to choose from.

    Parameters
    ----------
    rows
        As ``event_rows`` gives them, or a prepared frame of events from ``data.engine.attach``.

    Raises
    ------
    DataError
        When no column is the date and time.

    Examples
    --------
    >>> times = pd.to_datetime(["2023-03-01 23:50", "2023-03-03 04:10", None])
    >>> found = extract_of(attach(pd.DataFrame({"timestamp": times, "kind": ["999", "101", "101"]})))
    >>> found.n, found.undated, found.last, found.kinds, found.areas
    (3, 1, Timestamp('2023-03-03 00:00:00'), {'101': 2, '999': 1}, {})
    """
    check(rows, [], [], [], dates=["timestamp"])
    told = _times(rows)
    n, dated = int(told["n"]), int(told["dated"])
    first, last = (pd.Timestamp(told[name]).normalize() if dated else None for name in ("first", "last"))
    has_times = bool(dated and told["timed"] > 0)
    return Extract(n, n - dated, first, last, has_times, _named(rows, "kind"), _named(rows, "area"),
                   tuple(_roles(rows.columns)))  # fmt: skip


def event_view(
    rows: ir.Table,
    *,
    kind: str | None = None,
    area: str | None = None,
    at: Callable[[int], Sequence[float]] = lambda _: (0.5, 0.9),
    answer_within: float | None = None,
    attend_within: float | None = None,
) -> EventView:
    """Everything that a page shows of the events of one kind, in one area.

    Parameters
    ----------
    rows
        As in ``extract_of``.
    kind, area
        As ``extract_of`` names them; all without, those that have none among them.
    at
        From the number of waits to the shares at which their quantiles are asked for. The limits of a quantile depend
        on the number; shares that are missing are left out.
    answer_within, attend_within
        Targets, in seconds and in minutes.

    Raises
    ------
    DataError
        When a column that is needed is not there, or holds no dates or no numbers.

    Examples
    --------
    >>> frame = pd.DataFrame({"timestamp": pd.to_datetime(["2023-03-01 23:50", "2023-03-01 23:55", "2023-03-02 04:00"]),
    ...     "kind": ["999", "999", "101"], "answered_after": [4.0, None, 90.0], "abandoned": ["No", "Yes", "No"]})
    >>> view = event_view(attach(frame), kind="999", answer_within=10)
    >>> view.hours.values.tolist(), view.answered.n, view.answered.missing, view.answered.within, view.given_up.yes
    ([[3, 23, 2]], 1, 0, 1, 1)
    """
    asked = {name: value for name, value in (("kind", kind), ("area", area)) if value is not None}
    check(rows, list(asked), [], [], dates=["timestamp"])
    has_times = bool(_times(rows)["timed"] > 0)
    for name, value in asked.items():
        rows = rows.filter(rows[name] == value)
    hours = event_counts(rows, "timestamp") if has_times else pd.DataFrame(columns=_HOURS, dtype="Int64")
    n = int(hours["n"].sum()) if has_times else int(run(rows.agg(n=rows.count()))["n"].iloc[0])
    told = _named(rows, "abandoned")
    held = _held(rows, told)
    return EventView(
        n,
        hours.dropna(subset=["weekday", "hour"]).reset_index(drop=True),
        _waits(held, "answered_after", at, answer_within),
        _waits(held, "attended_after", at, attend_within),
        _given_up(told, n) if "abandoned" in rows.columns else None,
    )


def _times(rows: ir.Table) -> pd.Series:
    """How many events there are, have a date and have a time of day, and the first and last moment."""
    time = rows["timestamp"].cast("timestamp")
    timed = (time != time.truncate("D")).cast("int64").sum().fill_null(0)
    return run(rows.agg(n=rows.count(), dated=time.count(), first=time.min(), last=time.max(), timed=timed)).iloc[0]


def _roles(columns: Sequence[str]) -> list[str]:
    return [role for role in KINDS["events"][1] if role in columns]


def _named(rows: ir.Table, column: str) -> dict[str, int]:
    """Each value of a column with the number of its events."""
    if column not in rows.columns:
        return {}
    found = run(rows.group_by(value=rows[column]).agg(n=rows.count())).dropna(subset=["value"])
    found = found.sort_values(["n", "value"], ascending=[False, True])
    return {str(value): int(n) for value, n in zip(found["value"], found["n"], strict=True)}


def _given_up(told: Mapping[str, int], n: int) -> GivenUp:
    yes, no = (sum(told[value] for value in told if plain(value) in words) for words in (GAVE_UP, HELD_ON))
    return GivenUp(yes, no, n - yes - no)


def _held(rows: ir.Table, told: Mapping[str, int]) -> ir.Table:
    """The events that were not given up, from what the column of those says."""
    yes = [value for value in told if plain(value) in GAVE_UP]
    # Whole values are compared: to take each apart in the engine takes longer than all else.
    return rows.filter(rows["abandoned"].isnull() | ~rows["abandoned"].isin(yes)) if yes else rows


def _waits(rows: ir.Table, role: str, at: Callable[[int], Sequence[float]], within: float | None) -> Waits | None:
    if role not in rows.columns:
        return None
    told = waits(rows, role, within=within).iloc[0]
    n = int(told["n"])
    shares = sorted({float(share) for share in at(n) if not math.isnan(share)}) if n else []
    found = quantiles(rows, role, shares) if shares else pd.DataFrame(columns=["quantile", "value"])
    values = dict(zip(map(float, found["quantile"]), map(float, found["value"]), strict=True))
    mean, variance = (math.nan if pd.isna(told[name]) else float(told[name]) for name in ("mean", "variance"))
    kept = None if within is None else (0 if pd.isna(told["within"]) else int(told["within"]))
    return Waits(n, int(told["missing"]), mean, variance, values, kept)
