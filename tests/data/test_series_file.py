"""A series from a file: every form of period, gaps and bad cells with their rows, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import DataError
from data.series_file import SeriesFile, open_series_file, read_step


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def opened(text: str, column: str | None = None) -> SeriesFile:
        file = tmp_path / "series.csv"
        file.write_text(text, encoding="utf-8", newline="")
        return open_series_file(file, column)

    return opened


def table(periods: list[object], header: str = "period,value") -> str:
    return "\n".join([header, *(f"{period},{place}" for place, period in enumerate(periods, 10))]) + "\n"


@pytest.mark.parametrize(
    ("periods", "kind"),
    [
        (["2022-11", "2022-12", "2023-01"], "M"),
        (["2022-11-01", "2022-12-01", "2023-01-01"], "M"),
        (["2022-11-30", "2022-12-31", "2023-01-31"], "M"),
        (["2022-Q3", "2022-Q4", "2023-Q1"], "Q-DEC"),
        (["2022-04-01", "2022-07-01", "2022-10-01"], "Q-DEC"),
        (["2023-01-02", "2023-01-03", "2023-01-04"], "D"),
        (["2023-01-02", "2023-01-09", "2023-01-16"], "W-SUN"),
        (["2023-01-05", "2023-01-12", "2023-01-26"], "W-WED"),
    ],
)
def test_a_period_is_known_and_written_again_as_it_stood(read, periods: list[str], kind: str) -> None:  # type: ignore[no-untyped-def]
    found = read(table(periods))
    assert found.values.index.freqstr == kind
    assert [found.label(step) for step in found.values.index] == periods
    assert found.values.tolist() == [10, 11, 12]


def test_whole_numbers_are_steps(read) -> None:  # type: ignore[no-untyped-def]
    found = read(table([3, 1, 2]))
    assert found.values.to_dict() == {1: 11.0, 2: 12.0, 3: 10.0}
    assert found.label(found.values.index[0]) == 1


def test_gaps_are_told_with_their_rows(read) -> None:  # type: ignore[no-untyped-def]
    found = read("month;asb\n2022-01;1,204\n2022-02;\n2022-03;n/a\n2022-07;1,300\n2022-08;1,250;9\n2022-09;1,100\n")
    assert found.values.dropna().tolist() == [1204, 1300, 1100]
    assert found.notes == (
        "Numbers such as 1,204 are assumed to be thousands; declare a decimal comma if they are not.",
        "series.csv, row 6 was left out. Found 3 cells, expected 2 as in the header; the row uses a comma between its cells.",
        "series.csv, row 3: there is no value for 2022-02.",
        "series.csv, row 4: there is no value for 2022-03.",
        "series.csv, between rows 4 and 5: there is no row for 2022-04 to 2022-06.",
        "series.csv, between rows 5 and 7: there is no row for 2022-08.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("period,value\n2022-01,5\n2022-13,6\nmay,seven\n", [
            "series.csv, row 3, column period: found '2022-13', expected YYYY-MM, YYYY-MM-DD, YYYY-Qn or a whole number.",
            "series.csv, row 4, column period: found 'may', expected YYYY-MM, YYYY-MM-DD, YYYY-Qn or a whole number.",
            "series.csv, row 4, column value: found 'seven', expected a number, or nothing.",
        ]),
        ("period,value\n2022-01,5\n2022-02-01,6\n", [
            "series.csv, row 3, column period: found 2022-02-01, written otherwise than the rows before it.",
        ]),
        ("period,value\n2022-01,5\n2022-02,6\n2022-01,6\n", [
            "series.csv, rows 2 and 4: 2022-01 stands twice. Expected one row a period: leave one measure of one area "
            "in the file.",
        ]),
        ("period,a,b\n2022-01,5,6\n", [
            "series.csv: there are several columns of values: a, b. Name one with --value.",
        ]),
        ("period,a\n2022-01,\n", ["series.csv: column a holds no value."]),
        ("period,a\n1,4\n999999999,4\n", [
            "series.csv: from 1 to 999999999 are more than 1,000,000 steps. Check the first column.",
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(read, text: str, said: list[str]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DataError) as error:
        read(text)
    assert error.value.problems == said


def test_a_column_is_named_whatever_its_case(read) -> None:  # type: ignore[no-untyped-def]
    text = "period,Calls 999,asb\n2022-01,5,6\n2022-02,7,8\n"
    assert read(text, "calls 999").values.tolist() == [5, 7]
    with pytest.raises(DataError, match=r"there is no column period of values\. Expected one of: Calls 999, asb\."):
        read(text, "period")


def test_a_step_that_is_no_step_of_the_series_is_refused() -> None:
    days, numbers = pd.period_range("2023-01-02", periods=3, freq="D"), pd.RangeIndex(3)
    with pytest.raises(DataError, match="expected a day, YYYY-MM-DD"):
        read_step("2023-01", days)
    with pytest.raises(DataError, match="expected a whole number"):
        read_step("2023-01", numbers)
    with pytest.raises(DataError, match="expected a period such as 2023-01"):
        read_step("7", days.asfreq("M"))
    assert read_step("7", numbers) == 7


@given(st.sets(st.integers(0, 300), min_size=2, max_size=20), st.sampled_from(["M", "D", "Q"]))
def test_every_row_is_a_value_in_order(tmp_path_factory: pytest.TempPathFactory, places: set[int], kind: str) -> None:
    steps = [pd.Period("2001-01-02", freq=kind) + place for place in places]
    form = {"M": "%Y-%m", "D": "%Y-%m-%d", "Q": "%Y-Q%q"}[kind]
    file = tmp_path_factory.mktemp("series") / "s.csv"
    file.write_text(table([step.strftime(form) for step in steps]), encoding="utf-8")
    found = open_series_file(file)
    assert len(found.values) == len(places)
    assert found.values.index.is_monotonic_increasing
    if kind != "D":  # days that lie whole weeks or months apart are read as those
        wanted = {step.strftime(form): float(place) for place, step in enumerate(steps, 10)}
        if found.values.index.freqstr.startswith(kind):
            assert {found.label(step): value for step, value in found.values.items()} == wanted
