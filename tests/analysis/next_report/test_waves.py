"""What the sheet Periods says of survey waves: the next one where they keep a rhythm, and else that they keep none."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.next_report.waves import wave_lines
from tests.filled_workbook import planned
from tests.published import release

TABLE, SHEET = "confidence_questions", "29 Public confidence"


@cache
def plan():  # type: ignore[no-untyped-def]
    return planned(release())[0]


def told(*earlier: str) -> str:
    """The sentence on the table of questions, with waves in these months beside the two that it prints."""
    own = release().surveys
    row = own[own["table"] == TABLE].iloc[0]
    days = [pd.Timestamp(f"{month}-01") for month in earlier]
    more = [{**row, "period_start": day, "period_end": day + pd.offsets.MonthEnd(0)} for day in days]
    lines = wave_lines(plan(), pd.concat([own, pd.DataFrame(more, columns=own.columns)], ignore_index=True))
    (line,) = [line for line in lines if line.startswith(f"{SHEET}: ")]
    return line


def test_two_waves_or_uneven_ones_keep_no_rhythm_and_none_is_proposed() -> None:
    assert told() == (
        f"{SHEET}: its waves (Jun 2022, Jan 2023) show no rhythm, so no next one is proposed. Where the report prints "
        "another, set it below."
    )
    assert "its waves (Mar 2022, Jun 2022, Jan 2023) show no rhythm" in told("2022-03")


def test_waves_evenly_apart_tell_the_next_one_when_it_is_due() -> None:
    """With one in November 2021 a wave comes every seven months: after January 2023 August, after these figures."""
    assert told("2021-11") == (
        f"{SHEET}: a wave every 7 months, so none is due: the next would be Aug 2023, after these figures."
    )


def test_the_latest_wave_that_is_due_is_proposed_with_its_days() -> None:
    assert told(*(f"2022-{month:02}" for month in range(7, 13))) == (
        f"{SHEET}: a wave every month, so the latest should be Jun 2023 (2023-06-01 to 2023-06-30). Where the report "
        "prints it, give each wave below the heading and the days of the one it now shows."
    )


def test_every_table_of_waves_is_told_of_once() -> None:
    assert [line.partition(":")[0] for line in wave_lines(plan(), release().surveys)] == [
        SHEET, "30 Public confidence by Local",
    ]  # fmt: skip
