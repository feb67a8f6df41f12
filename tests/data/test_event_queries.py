"""Counts by month, hour and weekday, the same on both engines and as a plain loop; quantiles as numpy has them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.engine import ENGINES, attach, connect
from data.errors import DataError
from data.event_queries import event_counts, monthly_counts, quantiles

EXAMPLES = max(20, settings.default.max_examples // 25)  # each asks two engines several times

times = st.one_of(st.none(), st.datetimes(datetime(2015, 1, 1), datetime(2030, 12, 31)))
events = st.lists(
    st.tuples(times, st.one_of(st.none(), st.sampled_from(["N", "S"])), st.one_of(st.none(), st.floats(-1e6, 1e6))),
    min_size=1,
    max_size=25,
)
Events = list[tuple[datetime | None, str | None, float | None]]


@cache
def backend(engine: str) -> Any:
    """One engine for all examples: opening it would take longer than asking it."""
    return connect(engine)


def frame_of(rows: Events) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["At", "area", "calls"]).astype({"area": "str", "calls": "float64"})
    return frame.assign(At=pd.to_datetime(frame["At"]).astype("datetime64[us]"))


def keyed(frame: pd.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return {tuple(row[keys]): tuple(row.drop(keys)) for _, row in plain.iterrows()}


@settings(max_examples=EXAMPLES)
@given(events)
def test_monthly_counts(rows: Events) -> None:
    values = defaultdict(list)
    for at, area, calls in rows:
        values[at and pd.Timestamp(at.year, at.month, 1), area].append(calls)
    for engine in ENGINES:
        table = attach(frame_of(rows), backend(engine))
        events_found = keyed(monthly_counts(table, "At", by=["area"]), ["month", "area"])
        assert events_found == {key: (len(each), len(each)) for key, each in values.items()}
        found = keyed(monthly_counts(table, "At", by=["area"], value="calls"), ["month", "area"])
        assert found.keys() == values.keys()
        for key, each in values.items():
            known = [calls for calls in each if calls is not None]
            assert found[key][0] == len(known)
            assert found[key][1] == (pytest.approx(sum(known), rel=1e-9, abs=1e-6) if known else None)


@settings(max_examples=EXAMPLES)
@given(events)
def test_event_counts(rows: Events) -> None:
    wanted = Counter((at and at.isoweekday(), at.hour if at else None, area) for at, area, _ in rows)
    for engine in ENGINES:
        found = keyed(
            event_counts(attach(frame_of(rows), backend(engine)), "At", by=["area"]), ["weekday", "hour", "area"]
        )
        assert found == {key: (number,) for key, number in wanted.items()}


@pytest.mark.parametrize("engine", ENGINES)
def test_months_come_in_order_with_the_missing_one_last(engine: str) -> None:
    days = pd.to_datetime(["2023-02-28", None, "2022-12-31", "2023-02-01"])
    found = monthly_counts(attach(pd.DataFrame({"day": days}), connect(engine)), "day")
    assert found["month"].dt.strftime("%Y-%m-%d").fillna("-").tolist() == ["2022-12-01", "2023-02-01", "-"]
    assert found["n"].tolist() == [1, 2, 1]


def test_what_holds_no_dates_is_told() -> None:
    rows = attach(pd.DataFrame({"day": ["1 June"], "month": ["x"]}))
    for ask in (event_counts, monthly_counts):
        with pytest.raises(DataError) as told:
            ask(rows, "day")
        assert told.value.problems == ["Column 'day' holds no dates. Say in the profile how its dates are written."]
    with pytest.raises(DataError, match=r"^There is no column 'Day'\.$"):
        event_counts(rows, "Day")
    with pytest.raises(DataError) as told:
        monthly_counts(rows, "day", by=["month"])
    assert told.value.problems[0] == "Column 'month' is named like one of the results. Give it another name."


@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.one_of(st.none(), st.floats(0, 1e6))), min_size=1, max_size=25))
def test_quantiles_are_numpys(rows: list[tuple[str, float | None]]) -> None:
    frame = pd.DataFrame(rows, columns=["area", "wait"]).astype({"wait": "float64"})
    found = keyed(quantiles(attach(frame, backend("duckdb")), "wait", [0.5, 0.9], by=["area"]), ["area", "quantile"])
    for area in set(frame["area"]):
        known = frame.loc[frame["area"] == area, "wait"].dropna()
        for share in (0.5, 0.9):
            number, value = found[area, share]
            assert number == len(known)
            assert value == (pytest.approx(np.quantile(known, share), rel=1e-9, abs=1e-9) if number else None)


def test_quantiles_that_cannot_be_asked_are_told() -> None:
    frame = pd.DataFrame({"wait": [1.0]})
    with pytest.raises(ValueError, match=r"^Quantiles are asked of DuckDB only\.$"):
        quantiles(attach(frame, connect("sqlite")), "wait", [0.5])
    with pytest.raises(ValueError, match=r"^A quantile is asked for at a share from 0 to 1\.$"):
        quantiles(attach(frame), "wait", [50])
