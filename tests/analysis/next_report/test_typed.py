"""Typed cells: whatever way a number is typed it is the same number, and what is doubtful is asked about."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit.printed import read_printed
from analysis.next_report.styles import Style, learn_style
from analysis.next_report.typed import Asked, Doubt, Typed, read_number

COUNT = Asked("count", Style(), Fraction(7_421))
SHARE = Asked("percent", Style(1, suffix="%"), Fraction(473, 10))
SMALL = Asked("percent", Style(1, suffix="%"), Fraction(8, 10))
SECONDS = Asked("seconds", Style(2), Fraction(2149, 100))
CHANGE = Asked("count", Style(arrows=True), Fraction(16_529), change=True)

counts = st.integers(0, 10**9)
tenths = st.integers(10, 1000).map(lambda number: Fraction(number, 10))


def value(read: Typed | Doubt) -> Fraction:
    assert isinstance(read, Typed), read
    return read.value


@given(counts)
def test_a_count_is_the_same_however_it_is_typed(number: int) -> None:
    ways: list[Any] = [number, float(number), f"{number}", f"{number:,}", f"  {number:,} ", f"\n{number}"]
    assert {value(read_number(way, "General", COUNT)) for way in ways} == {Fraction(number)}


@given(tenths)
def test_a_per_cent_is_the_same_however_it_is_typed(share: Fraction) -> None:
    number = float(share)
    ways: list[tuple[Any, str]] = [
        (f"{number}%", "General"), (f"{number} %", "@"), (f"{number} per cent", "@"), (number, "General"),
        (number, '0.0"%"'), (float(share / 100), "0.0%"), (float(share / 100), "0%"),
    ]  # fmt: skip
    read = [read_number(way, form, SHARE) for way, form in ways]
    assert {value(each) for each in read} == {share}
    assert all(isinstance(each, Typed) and read_printed(each.printed).value == share for each in read)  # type: ignore[union-attr]


@given(st.integers(1, 999).map(lambda number: number / 1000))
def test_a_share_without_a_sign_is_asked_about_where_per_cents_stood(number: float) -> None:
    read = read_number(number, "General", SHARE)
    assert isinstance(read, Doubt)
    assert read.found == f"{number:g}"
    assert f"{number * 100:g}%" in read.mend


def test_under_one_per_cent_is_taken_where_it_was_so_before() -> None:
    assert value(read_number(0.7, "General", SMALL)) == Fraction(7, 10)
    assert value(read_number("0.7%", "General", SHARE)) == Fraction(7, 10)


@given(counts, st.booleans())
def test_arrows_are_signs_of_changes_and_nothing_in_levels(number: int, falls: bool) -> None:
    text = f"{'↓ -' if falls else '↑ '}{number:,}"
    change, level = read_number(text, "General", CHANGE), read_number(text, "General", COUNT)
    assert value(change) == (-number if falls else number)
    assert value(level) == number
    assert isinstance(level, Typed)
    assert level.printed == f"{number:,}"
    assert "arrow" in level.note


@given(st.integers(-(10**8), 10**8), st.integers(0, 3), st.booleans(), st.booleans(), st.booleans())
def test_what_is_written_reads_back(number: int, places: int, brackets: bool, arrows: bool, plus: bool) -> None:
    style = Style(places, suffix="%", brackets=brackets, arrows=arrows and not brackets, plus=plus)
    read = read_printed(style.write(Fraction(number, 10**places)))
    assert read is not None
    assert read.value == Fraction(number, 10**places)


@pytest.mark.parametrize(
    ("cell", "form", "asked", "expected"),
    [
        ("about 230,000", "General", COUNT, "a count such as 7,421"),
        ("12,34", "General", COUNT, "a count such as 7,421"),
        ("33,1%", "General", SHARE, "a per cent such as 47.3%"),
        ("5.2%", "General", COUNT, "a count such as 7,421"),
        (0.052, "0.0%", COUNT, "a count such as 7,421"),
        (48.1, "0.0%", SHARE, "a per cent such as 47.3%"),
        (12.5, "General", COUNT, "a whole number"),
        (-12, "General", COUNT, "a count, which is not below zero"),
        (True, "General", COUNT, "a count such as 7,421"),
        (datetime.datetime(2023, 2, 1), "d-mmm", COUNT, "a count such as 7,421"),
        (datetime.time(0, 0, 21), "h:mm:ss", SECONDS, "a number of seconds such as 21.49"),
        ("2 minutes", "General", SECONDS, "a number of seconds such as 21.49"),
        ("£12,345", "General", COUNT, "a count such as 7,421"),
        ("n/a", "General", COUNT, "a count such as 7,421"),
        ("12 and 13", "General", COUNT, "a count such as 7,421"),
        (float("inf"), "General", COUNT, "a count such as 7,421"),
        ("1" * 40, "General", COUNT, "a count such as 7,421"),
    ],
)
def test_what_cannot_be_told_is_asked_about(cell: Any, form: str, asked: Asked, expected: str) -> None:
    read = read_number(cell, form, asked)
    assert isinstance(read, Doubt)
    assert read.expected == expected
    assert read.found
    assert read.mend


@given(
    st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates(), st.times()),
    st.text(max_size=8),
)
def test_any_cell_is_a_number_or_a_question(cell: Any, form: str) -> None:
    for asked in (COUNT, SHARE, SECONDS, CHANGE):
        read = read_number(cell, form, asked) if not (isinstance(cell, str) and not cell.strip()) else None
        if isinstance(read, Typed):
            assert read_printed(read.printed) is not None
            assert read.as_printed.limit_denominator(10**15) == read.as_printed


def test_decimals_beyond_the_print_are_rounded_and_told() -> None:
    read = read_number(21.4931, "General", SECONDS)
    assert isinstance(read, Typed)
    assert (read.printed, read.value) == ("21.49", Fraction("21.4931"))
    assert "rounded" in read.note


def test_the_style_of_a_column_is_that_of_most_of_its_prints() -> None:
    prints = ("46.2%", "-22.5%", "-9%", "1.0%")
    assert learn_style("-9%", prints, changes=True).write(Fraction(-84, 10)) == "-8.4%"
    assert learn_style("↑ 16529", ("↑ 16529",), changes=True).write(Fraction(-12_345)) == "↓ -12345"
    assert learn_style("", ("(175)", "1,162"), changes=True).write(Fraction(-1009)) == "(1,009)"
    assert learn_style("216 hours", ("224", "216 hours")).write(Fraction(300)) == "300 hours"
