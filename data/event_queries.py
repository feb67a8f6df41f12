"""What is asked of monthly and event extracts: counts by month, by hour and weekday, quantiles, and how long it took.

As in ``data.queries``: Ibis expressions over a table from ``data.engine.attach``, small frames back, nothing missing
taken for 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.cells import answered, check, grouped, in_order

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["event_counts", "monthly_counts", "quantiles", "waits"]


def monthly_counts(rows: ir.Table, when: str, *, by: Sequence[str] = (), value: str | None = None) -> pd.DataFrame:
    """Rows, and the total of a value, by month.

    Parameters
    ----------
    rows
        The extract.
    when
        Column of dates or times.
    by
        Columns of groups, such as measure and area.
    value
        Column to add up, for a monthly extract; without it each row counts 1, as in an extract of events.

    Returns
    -------
    DataFrame
        ``month`` (its first day; missing for rows without a date), the columns of ``by``, ``n`` (rows that have a
        value) and ``total`` (missing where none has). Only months with rows are there.

    Raises
    ------
    DataError
        When a column is not there or holds another kind, or a group is named like a result.

    Examples
    --------
    >>> from data.engine import attach
    >>> days = pd.to_datetime(["2023-01-01", "2023-01-31", "2023-02-01"])
    >>> monthly_counts(attach(pd.DataFrame({"day": days, "calls": [5, None, 7]})), "day", value="calls")
           month  n  total
    0 2023-01-01  1    5.0
    1 2023-02-01  1    7.0
    """
    check(rows, by, by, ["month", "n", "total"], numbers=[value], dates=[when])
    groups = {name: name for name in by}
    month = {"month": rows[when].cast("timestamp").truncate("M")}
    if value is None:
        sums = {"n": rows.count(), "total": rows.count().cast("float64")}
    else:
        number = rows[value].cast("float64")
        sums = {"n": number.count(), "total": number.sum()}
    found = answered(groups, [grouped(rows, groups, month, **sums)])
    found["month"] = found["month"].astype("datetime64[us]")
    return in_order(found[["month", *by, "n", "total"]], ["month", *by])


def event_counts(rows: ir.Table, when: str, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Events by hour and weekday; ``rows``, ``when`` and ``by`` as in ``monthly_counts``.

    Returns
    -------
    DataFrame
        ``weekday`` (1 is Monday, 7 Sunday) and ``hour`` (0 to 23), both missing for events without a time, the columns
        of ``by``, and ``n``. Only what occurs has a row.

    Raises
    ------
    DataError
        As ``monthly_counts``.

    Examples
    --------
    >>> from data.engine import attach
    >>> times = pd.to_datetime(["2023-01-01 23:59", "2023-01-02 00:00", None])
    >>> event_counts(attach(pd.DataFrame({"time": times})), "time")
       weekday  hour  n
    0        1     0  1
    1        7    23  1
    2     <NA>  <NA>  1
    """
    check(rows, by, by, ["weekday", "hour", "n"], dates=[when])
    groups = {name: name for name in by}
    time = rows[when].cast("timestamp")
    parts = {"weekday": time.day_of_week.index() + 1, "hour": time.hour()}
    found = answered(groups, [grouped(rows, groups, parts, n=rows.count())])
    found = found.astype({"weekday": "Int64", "hour": "Int64"})
    return in_order(found[["weekday", "hour", *by, "n"]], ["weekday", "hour", *by])


def quantiles(rows: ir.Table, value: str, at: Sequence[float], *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Quantiles of a column, unweighted, between neighbours by straight line. On DuckDB only.

    Parameters
    ----------
    rows, by
        As in ``monthly_counts``.
    value
        Column of numbers; missing ones are left out.
    at
        Shares from 0 to 1; 0.5 is the median.

    Returns
    -------
    DataFrame
        The columns of ``by``, ``quantile``, ``n`` (values) and ``value`` (missing where there are none).

    Raises
    ------
    DataError
        As ``answer_counts``.
    ValueError
        On another engine, or for a share outside 0 to 1.

    Examples
    --------
    >>> from data.engine import attach
    >>> quantiles(attach(pd.DataFrame({"wait": [1.0, 2.0, None, 4.0]})), "wait", [0.5, 0.75])
       quantile  n  value
    0      0.50  3    2.0
    1      0.75  3    3.0
    """
    if rows.get_backend().name != "duckdb":
        raise ValueError("Quantiles are asked of DuckDB only.")
    if not all(0 <= share <= 1 for share in at):
        raise ValueError("A quantile is asked for at a share from 0 to 1.")
    check(rows, by, by, ["quantile", "n", "value"], numbers=[value])
    groups = {name: name for name in by}
    number = rows[value].cast("float64")
    asked = {f"at{place}": number.quantile(share) for place, share in enumerate(at)}
    found = answered(groups, [grouped(rows, groups, {}, n=number.count(), **asked)])
    each = [
        found.assign(quantile=share, value=found[f"at{place}"])[[*by, "quantile", "n", "value"]]
        for place, share in enumerate(at)
    ]
    return in_order(pd.concat(each, ignore_index=True), [*by, "quantile"])


def waits(rows: ir.Table, value: str, *, within: float | None = None, by: Sequence[str] = ()) -> pd.DataFrame:
    """What a mean, its interval and a share within a target rest on, for a column such as seconds to an answer.

    Parameters
    ----------
    rows, by
        As in ``monthly_counts``.
    value
        Column of numbers; missing ones are left out.
    within
        A target: values of at most this count as kept.

    Returns
    -------
    DataFrame
        The columns of ``by``, ``n`` (values), ``missing`` (rows without one), ``mean``, ``variance`` (of a sample;
        missing below two values) and ``within`` (values that keep the target; missing without one).

    Raises
    ------
    DataError
        As ``monthly_counts``.

    Examples
    --------
    >>> from data.engine import attach
    >>> waits(attach(pd.DataFrame({"wait": [1.0, 2.0, None, 6.0]})), "wait", within=2)
       n  missing  mean  variance  within
    0  3        1   3.0       7.0       2
    """
    results = ["n", "missing", "mean", "variance", "within"]
    check(rows, by, by, results, numbers=[value])
    groups = {name: name for name in by}
    number = rows[value].cast("float64")
    kept = {} if within is None else {"within": (number <= within).cast("int64").sum()}
    sums = {"n": number.count(), "missing": rows.count() - number.count(), "mean": number.mean()}
    found = answered(groups, [grouped(rows, groups, {}, **sums, variance=number.var(how="sample"), **kept)])
    found["within"] = (found["within"] if kept else pd.Series(pd.NA, index=found.index)).astype("Int64")
    return in_order(found[[*by, *results]], by)
