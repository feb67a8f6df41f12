"""How numbers are written: rounding as printed tables do, commas, minus signs, units in words."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.numbers import UNIT_WORDS, half_up, ordinal, places_of, places_printed, write_number
from data.contracts import UNITS

MODERATE = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (0.5, 0, 1),
        (1.5, 0, 2),
        (2.5, 0, 3),  # Python's own round() says 2
        (-2.5, 0, -3),
        (2.4999999999, 0, 2),
        (0.05, 1, 0.1),
        (0.15, 1, 0.2),  # stored a little below 0.15; what was printed counts, not how it is stored
        (0.25, 1, 0.3),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (47.345, 2, 47.35),
        (-47.345, 2, -47.35),
        (12345, -2, 12300),
        (12350, -2, 12400),
        (0, 3, 0),
    ],
)
def test_half_goes_away_from_zero(value: float, places: int, rounded: float) -> None:
    assert half_up(value, places) == rounded


@given(MODERATE, st.integers(min_value=0, max_value=6))
@example(1.1500000000000001, 1)
def test_rounding_equals_decimal_arithmetic(value: float, places: int) -> None:
    wanted = Decimal(str(value)).quantize(Decimal(10) ** -places, rounding=ROUND_HALF_UP)
    assert half_up(value, places) == float(wanted)


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=1, max_value=4))
def test_the_exact_half_always_grows(whole: int, places: int) -> None:
    """A five in the first place that is cut: the place before it goes up in size, on either side of nought."""
    value = float(Decimal(whole * 10 + (5 if whole >= 0 else -5)).scaleb(-places - 1))
    wanted = Decimal(whole + (1 if whole >= 0 else -1)).scaleb(-places)
    assert half_up(value, places) == float(wanted)


@given(MODERATE, st.integers(min_value=0, max_value=4))
def test_rounding_twice_is_rounding_once(value: float, places: int) -> None:
    once = half_up(value, places)
    assert half_up(once, places) == once
    assert half_up(-value, places) == -once
    assert abs(once - value) <= 0.5 * 10.0**-places + 1e-6


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [
        (0, "count", 0, "0"),
        (999, "count", 0, "999"),
        (1000, "count", 0, "1,000"),
        (1234567, "count", 0, "1,234,567"),
        (-5781, "count", 0, "\u22125,781"),
        (22.7, "percent", 1, "22.7%"),
        (-0.14, "percent", 2, "\u22120.14%"),
        (9.95, "percent", 1, "10.0%"),
        (5, "percentage_points", 0, "5 percentage points"),
        (12.6, "seconds", 1, "12.6 seconds"),
        (7.97, "minutes", 2, "7.97 minutes"),
        (15.46, "hours", 2, "15.46 hours"),
        (96, "days", 0, "96 days"),
        (9102.3, "gbp", 2, "\u00a39,102.30"),
        (-980, "gbp_thousand", 0, "\u2212\u00a3980,000"),
        (233074, "gbp_thousand", 3, "\u00a3233,074,000"),
        (0.98, "gbp_million", 3, "\u00a30.980 million"),
        (-0.98, "gbp_million", 2, "\u2212\u00a30.98 million"),
        (0.75, "per_1000", 2, "0.75 per 1,000 population"),
        (32.1, "grams", 1, "32.1 grams"),
        (2, "kilograms", 0, "2 kilograms"),
        (26, "rank", 0, "26"),
        (27.0, "not_stated", 1, "27.0"),
        (-0.4, "count", 0, "0"),
        (-0.04, "percent", 1, "0.0%"),
        (-0.3, "gbp_thousand", 0, "\u00a30"),
        (-0.05, "percent", 1, "\u22120.1%"),
        (math.nan, "count", 0, "not printed"),
        (math.nan, "gbp_thousand", 0, "not printed"),
    ],
)
def test_a_number_is_written_in_the_house_style(value: float, unit: str, places: int, text: str) -> None:
    assert write_number(value, unit, places) == text


def test_every_unit_of_the_contract_has_its_words() -> None:
    assert set(UNIT_WORDS) - {"per_day"} == set(UNITS)  # a day is no unit of a file: charts work it out


@given(MODERATE, st.sampled_from(UNITS), st.integers(min_value=0, max_value=3))
def test_what_is_written_reads_back(value: float, unit: str, places: int) -> None:
    text = write_number(value, unit, places)
    assert "-" not in text, "a hyphen is not a minus sign"
    assert not text.startswith(("\u22120%", "\u22120 ", "\u2212\u00a30 ")), "nothing is less than nothing"
    figure = text.replace("\u2212", "-").replace("\u00a3", "").replace("%", "").replace(",", "").split(" ")[0]
    wanted = half_up(value) * 1000 if unit == "gbp_thousand" else half_up(value, places)
    assert float(figure) == wanted
    assert figure not in ("-0", "-0.0", "-0.00", "-0.000")


@pytest.mark.parametrize(
    ("printed", "places"),
    [("227486", 0), ("7.84 %", 2), ("10.0%", 1), ("(2,366)", 0), ("\u2191 1.60 %", 2), ("\u00a30.980m", 3), ("", 0)],
)
def test_decimal_places_are_those_of_the_print(printed: str, places: int) -> None:
    assert places_printed(printed) == places


@pytest.mark.parametrize(("step", "places"), [("exact", 0), ("1", 0), ("0.1", 1), ("0.01", 2), ("0.001", 3)])
def test_decimal_places_of_a_measures_rounding(step: str, places: int) -> None:
    assert places_of(step) == places


@pytest.mark.parametrize(
    ("place", "word", "figure"),
    [
        (1, "first", "1st"),
        (2, "second", "2nd"),
        (3, "third", "3rd"),
        (4, "fourth", "4th"),
        (9, "ninth", "9th"),
        *((place, f"{place}th", f"{place}th") for place in (10, 11, 12, 13, 19, 20, 26, 111, 112, 113)),
        *((place, f"{place}st", f"{place}st") for place in (21, 101)),
        *((place, f"{place}nd", f"{place}nd") for place in (22, 42)),
        *((place, f"{place}rd", f"{place}rd") for place in (23, 43)),
    ],
)
def test_a_place_is_a_word_up_to_ninth_then_a_figure(place: int, word: str, figure: str) -> None:
    assert ordinal(place) == word
    assert ordinal(place, words=False) == figure
