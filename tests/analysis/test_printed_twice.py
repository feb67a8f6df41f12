"""The same thing printed twice and differently: found where it is so, and only there."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.printed_twice import printed_twice
from data.catalogue import catalogue
from tests.published import release


def levels() -> pd.DataFrame:
    """What the report gives as a level, in its tables and in its text; a budget is not an outcome."""
    rows = catalogue(release()).assign(where=lambda frame: frame["source"])
    told = rows["kind"].isin(["level", "total"])
    printed = ~rows["role"].isin(["statement", "range", "rank", "budget"])
    return rows[told | printed]


def test_the_reports_conflicts_are_these() -> None:
    found = printed_twice(levels())
    told = found.groupby(["measure", "period_start"], sort=False)["value"].agg(sorted)
    assert {(measure, f"{start:%Y-%m}"): values for (measure, start), values in told.items()} == {
        ("personal_robbery_validated", "2021-04"): [567, 568],
        ("personal_robbery_validated", "2018-07"): [816, 824],
        ("all_crime_reported", "2019-04"): [78098, 79098],
    }


def rows(*printed: tuple[float, str], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(printed, columns=["value", "printed"])
    base = {
        "measure": "officers",
        "area": "staffordshire",
        "breakdown": "",
        "period_start": pd.Timestamp("2023-03-31"),
        "period_end": pd.Timestamp("2023-03-31"),
        "unit": "count",
        "where": [f"section {number}" for number in range(len(frame))],
    }
    return frame.assign(**(base | more))


@pytest.mark.parametrize(
    "printed",
    [
        [(1973, "1,973"), (1973, "grown to 1,973 officers")],
        [(2.83, "2.83 %"), (2.8, "2.8%")],
        [(2.83, "2.83 %"), (3, "3%")],
        [(47.345, "47.345"), (47.35, "47.35")],
        [(6793, "6,793"), (7000, "More than 7,000")],
        [(650, "just over 650"), (674, "674")],
        [(650, "almost 650"), (640, "nearly 640"), (641, "641")],
        [(0.98, "about 0.98")],
    ],
)
def test_what_agrees_or_is_vague_is_no_conflict(printed: list[tuple[float, str]]) -> None:
    assert printed_twice(rows(*printed)).empty


@pytest.mark.parametrize(
    "printed",
    [
        [(1973, "1,973"), (1971, "1,971")],
        [(2.83, "2.83 %"), (2.9, "2.9%")],
        [(0.832, "overspend of \u00a30.832m"), (0.831, "\u00a30.831m")],  # 'over' inside a word is not vague
        [(12, "12, adjusted"), (13, "13")],
        [(12, "a turnover of 12"), (13, "13")],
        [(567, "567"), (568, "568"), (567, "about 567")],
    ],
)
def test_what_differs_is_found_with_every_exact_print(printed: list[tuple[float, str]]) -> None:
    found = printed_twice(rows(*printed))
    assert found["printed"].tolist() == [text for _, text in printed if not text.startswith("about")]


@pytest.mark.parametrize(
    "more",
    [
        {"measure": ["officers", "staff"]},
        {"area": ["staffordshire", "county"]},
        {"breakdown": ["", "sex=Female"]},
        {"period_start": [pd.Timestamp("2023-03-31"), pd.Timestamp("2023-03-01")]},
        {"period_end": [pd.Timestamp("2023-03-31"), pd.Timestamp("2023-04-30")]},
        {"unit": ["count", "percent"]},
        {"measure": ""},
        {"period_start": pd.NaT, "period_end": pd.NaT},
    ],
)
def test_different_things_may_differ(more: dict[str, object]) -> None:
    assert printed_twice(rows((1973, "1,973"), (1971, "1,971"), **more)).empty
