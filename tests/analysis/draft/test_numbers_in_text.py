"""Numbers in a pasted text: what is found, as what kind, and what is none."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.draft import KINDS, find_numbers


def kinds(text: str) -> list[tuple[str, str]]:
    return [(each.text, each.kind) for each in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "places", "kind"),
    [
        ("5,781 calls", "5781", 0, "count"),
        ("sixteen cases", "16", 0, "count"),
        ("twenty-one lessons", "21", 0, "count"),
        ("two hundred and five people", "205", 0, "count"),
        ("-23% since", "-23", 0, "per cent"),
        ("−23% since", "-23", 0, "per cent"),
        ("84 per cent", "84", 0, "per cent"),
        ("five per cent", "5", 0, "per cent"),
        ("7.84 %", "7.84", 2, "per cent"),
        ("5.0 points", "5", 1, "points"),
        ("3 percentage points", "3", 0, "points"),
        ("up 2 ppt", "2", 0, "points"),
        ("4pp", "4", 0, "points"),
        ("£0.980m", "0.98", 3, "money"),
        ("£9,102.30", "9102.3", 2, "money"),
        ("-£980k", "-980", 0, "money"),
        ("15th out of 42 forces", "15", 0, "place"),
        ("the fourth lowest", "4", 0, "place"),
        ("ranked 3rd", "3", 0, "place"),
        ("12.6 seconds", "12.6", 1, "duration"),
        ("5 mins", "5", 0, "duration"),
        ("7 minutes or less", "7", 0, "duration"),
        ("0.75 knife crimes per head", "0.75", 2, "count"),
        ("a quarter of victims", "1/4", 0, "share"),
        ("two thirds of victims", "2/3", 0, "share"),
        ("half of victims", "1/2", 0, "share"),
        ("one third of the cases", "1/3", 0, "share"),
        ("5 times as many", "5", 0, "times"),
        ("a threefold rise", "3", 0, "times"),
        ("one in four people", "1/4", 0, "share"),
        ("1 in 5 people", "1/5", 0, "share"),
        ("(−5,781)", "-5781", 0, "count"),
        ("(5,781)", "5781", 0, "count"),
        ("+45", "45", 0, "count"),
    ],
)
def test_one_number(text: str, value: str, places: int, kind: str) -> None:
    (found,) = find_numbers(text)
    assert (found.value, found.places, found.kind) == (Fraction(value), places, kind)


@pytest.mark.parametrize(
    "text",
    [
        "31 March 2023", "March 2023", "the last 12 months", "in 2021", "2019/20", "01/04/2022", "10pm", "12-month",
        "Dec - 22", "7th February", "nine months ago", "the next two years", "22/23",
    ],
)  # fmt: skip
def test_dates_are_no_figures(text: str) -> None:
    assert [kind for _, kind in kinds(text)] == ["date"]


@pytest.mark.parametrize(
    "text",
    [
        "grade 1 incidents", "20mph", "the A500", "Q12", "999 calls", "101 and triage", "section 3.1", "Covid-19",
        "call us on 01785 123456", "1. Emerging challenges", "3.1 Contact", "24/7", "a 19-year-old", "Outcome 16 rate",
        "see www.example.org/2", "quote 22/000123/45", "reference number AB/12-3", "call us on 101.", "on 101 or online", "people aged 18 to 34", "per 1,000 population",
    ],
)  # fmt: skip
def test_labels_are_no_figures(text: str) -> None:
    assert [kind for _, kind in kinds(text)] == ["label"]


def test_services_are_told_from_counts() -> None:
    assert kinds("on 101 occasions") == [("101", "count")]
    assert kinds("the 999 and 101 numbers") == [("999", "label"), ("101", "label")]
    assert kinds("one third of 90 cases") == [("one third", "share"), ("90", "count")]
    assert kinds("101 people called 101 calls a nuisance") == [("101", "count"), ("101", "label")]


def test_a_range_has_one_kind() -> None:
    assert kinds("between 82% and 88%, 64%-74%, 80-90%, 9 to 13 seconds") == [
        ("82%", "per cent"), ("88%", "per cent"), ("64%", "per cent"), ("74%", "per cent"), ("80", "per cent"),
        ("90%", "per cent"), ("9", "duration"), ("13 seconds", "duration"),
    ]  # fmt: skip
    assert all(each.value > 0 for each in find_numbers("64%-74%"))


def test_a_rate_and_what_it_is_per() -> None:
    assert kinds("0.75 knife crimes per 1,000 population") == [("0.75", "rate"), ("1,000", "label")]


def test_companions_in_brackets() -> None:
    assert kinds("22% (1,094) fell by 23% (-5,781)") == [
        ("22%", "per cent"), ("1,094", "count"), ("23%", "per cent"), ("-5,781", "count"),
    ]  # fmt: skip


def test_a_place_knows_its_whole() -> None:
    (found,) = find_numbers("14th in the 43 forces")
    assert found.whole == 43


def test_one_is_a_pronoun_unless_it_stands_in_a_list() -> None:
    assert kinds("one must do one's best") == []
    assert [kind for _, kind in kinds("nine were local and one was directed")] == ["count", "count"]


def test_a_hyphen_that_begins_a_list_is_no_sign() -> None:
    assert find_numbers("- 20 people\n-30 arrests\n- 22% of all")[1].value == 30


def test_vague_words_are_seen() -> None:
    assert [each.vague for each in find_numbers("more than 7,000 and then 650, nearly 40")] == [True, False, True]


_PIECES = st.sampled_from(
    ["£", "%", "(", ")", ",", ".", "-", "−", " ", "\n", "\t", "1", "23", "4,567", "one", " in ", "per cent", "th", "of",
     " to ", "from ", "up ", "m", "k", "March ", "2023", "Q", "999 calls", "hundred ", "half ", "\ue000", "²", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_any_text_is_read(text: str) -> None:
    found = find_numbers(text)
    assert all(each.kind in KINDS and 0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.integers(0, 999_999_999), st.integers(0, 4))
def test_a_count_is_read_back(number: int, places: int) -> None:
    value = Fraction(number, 10**places)
    (found,) = find_numbers(f"there were {number / 10**places:,.{places}f}% of them")
    assert found.places == places
    assert abs(found.value - value) < Fraction(1, 10**places)
