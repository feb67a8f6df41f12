"""What leaves as CSV runs nothing in a spreadsheet, and its numbers are unharmed."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.export import csv_bytes, neutral

RUNS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text(max_size=20))
@example("-5")
@example("=1+1")
def test_no_text_begins_as_a_formula_does_unless_it_is_a_number(text: str) -> None:
    made = neutral(text)
    assert made in (text, f"'{text}")
    if made.startswith(RUNS):
        float(made.removesuffix("%").replace(",", ""))


@given(st.one_of(st.integers(-(10**9), 10**9).map(str), st.floats(allow_nan=False, allow_infinity=False).map(repr)))
def test_a_number_survives(text: str) -> None:
    assert neutral(text) == text
    assert neutral(f"+{text}" if text[0] != "-" else text) in (text, f"+{text}")


@pytest.mark.parametrize(
    "text", ["=cmd", "+44 1632 960001", "-", "-5+A1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "--5", "-1e5x"]
)
def test_a_text_that_could_run_is_held_back(text: str) -> None:
    assert neutral(text) == f"'{text}"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)


@given(st.lists(st.tuples(TEXTS, st.integers()), min_size=1, max_size=5), TEXTS)
@example([("a\r=1+1", 1), ("\r", -2)], "\r")
def test_every_cell_comes_back_neutral_and_every_number_as_it_was(rows: list[tuple[str, int]], header: str) -> None:
    content = csv_bytes(pd.DataFrame(rows, columns=[header, "number"]))
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [[neutral(header), "number"], *([neutral(text), str(number)] for text, number in rows)]


def test_missing_stays_blank_and_two_columns_of_one_name_stay_two() -> None:
    frame = pd.DataFrame([["=a", None, -1.5]], columns=["x", "x", "-y"])
    assert csv_bytes(frame).decode("utf-8-sig") == "x,x,'-y\r\n'=a,,-1.5\r\n"
    assert list(frame.columns) == ["x", "x", "-y"]
