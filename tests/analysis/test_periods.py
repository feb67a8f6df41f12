"""How a stretch of time is named, in full and short."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.periods import name_day, name_period, short_period
from tests.published import release

PERIODS = [
    ("2022-04-01", "2023-03-31", "12 months to 31 March 2023", "2022/23"),
    ("2019-04-01", "2020-03-31", "12 months to 31 March 2020", "2019/20"),
    ("1999-04-01", "2000-03-31", "12 months to 31 March 2000", "1999/00"),
    ("2018-07-01", "2019-06-30", "12 months to 30 June 2019", "Jul 2018 to Jun 2019"),
    ("2021-10-01", "2022-09-30", "12 months to 30 September 2022", "Oct 2021 to Sep 2022"),
    ("2016-01-01", "2016-12-31", "2016", "2016"),
    ("2022-12-01", "2022-12-31", "December 2022", "Dec 2022"),
    ("2024-02-01", "2024-02-29", "February 2024", "Feb 2024"),
    ("2023-01-01", "2023-03-31", "January to March 2023", "Jan 2023 to Mar 2023"),
    ("2022-11-01", "2023-03-31", "November 2022 to March 2023", "Nov 2022 to Mar 2023"),
    ("2020-04-01", "2023-03-31", "April 2020 to March 2023", "Apr 2020 to Mar 2023"),
    ("2022-04-01", "2022-04-01", "1 April 2022", "1 Apr 2022"),
    ("2023-03-31", "2023-03-31", "31 March 2023", "31 Mar 2023"),
    ("2023-03-20", "2023-04-15", "20 March 2023 to 15 April 2023", "20 March 2023 to 15 April 2023"),
    ("2023-02-01", "2023-02-27", "1 February 2023 to 27 February 2023", "1 February 2023 to 27 February 2023"),
]


@pytest.mark.parametrize(("start", "end", "name", "short"), PERIODS)
def test_a_period_has_its_names(start: str, end: str, name: str, short: str) -> None:
    assert name_period(pd.Timestamp(start), pd.Timestamp(end)) == name
    assert short_period(pd.Timestamp(start), pd.Timestamp(end)) == short


def test_a_day_is_read_aloud() -> None:
    assert name_day(pd.Timestamp("2023-05-01")) == "1 May 2023"


DAYS = st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2040-12-31").date())


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_periods_never_share_a_name(first: object, second: object, third: object, fourth: object) -> None:
    one = sorted([pd.Timestamp(first), pd.Timestamp(second)])
    other = sorted([pd.Timestamp(third), pd.Timestamp(fourth)])
    if one != other:
        assert name_period(*one) != name_period(*other)
        assert short_period(*one) != short_period(*other)


@given(st.integers(0, 600), st.integers(1, 36), st.integers(0, 600), st.integers(1, 36))
def test_whole_months_never_share_a_name(start: int, length: int, other: int, other_length: int) -> None:
    def months(first: int, count: int) -> tuple[pd.Timestamp, pd.Timestamp]:
        begin = pd.Timestamp("1990-01-01") + pd.DateOffset(months=first)
        return begin, begin + pd.DateOffset(months=count, days=-1)

    one, two = months(start, length), months(other, other_length)
    if one != two:
        assert name_period(*one) != name_period(*two)
        assert short_period(*one) != short_period(*two)


def test_every_published_period_has_one_name() -> None:
    figures = release().figures[["period_start", "period_end"]].drop_duplicates()
    for name in (name_period, short_period):
        named = [name(start, end) for start, end in figures.itertuples(index=False)]
        assert len(set(named)) == len(figures)
