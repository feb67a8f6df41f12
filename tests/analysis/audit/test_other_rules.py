"""Statements, two places, bounds, parts and words: what each rule finds in small invented reports, and leaves alone."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit import audit
from analysis.audit.bounds import check_years
from analysis.audit.sheet import frames_of
from analysis.audit.summary import check_sentence
from analysis.audit.words import turned_sign
from tests.analysis.audit.tables import figure, frames, ids, statement, wide_row

NOW, BEFORE, BASE = ids("t", 1)
DOGS = wide_row("t", 1, 400, 500, 450)


def told(name: str, *figures: dict, **more: Any) -> tuple[str, str]:
    """Grade and cause of one finding."""
    row = audit(frames(list(figures), **more)).set_index("id").loc[name]
    return row["grade"], row["cause"]


def said(*statements: dict, figures: list[dict] = DOGS) -> tuple[str, str]:
    """Grade and cause of the first statement."""
    return told(statements[0]["id"], *figures, statements=list(statements))


# --- statements --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value", "kind", "formula", "inputs", "unit", "expected"),
    [
        ("25%", 25, "percent_change", "(a - b) / b * 100", f"{NOW} {BEFORE}", "percent", ("agrees", "")),
        ("0.3 more a day", 0.3, "per_day", "(a - b) / 365", f"{NOW} {BEFORE}", "count", ("agrees", "")),
        ("0.2 more a day", 0.2, "per_day", "(a - b) / 365", f"{NOW} {BEFORE}", "count",
         ("rounding", "cut off instead of rounded")),
        ("about 490 dogs", 490, "level", "a", NOW, "count", ("agrees", "printed as a round number")),
        ("about 320 dogs", 320, "level", "a", NOW, "count", ("disagrees", "")),
        ("22%", 22, "share", "a / b * 100", f"{NOW} -", "percent",
         ("cannot be checked", "the report does not print the whole that this is a share of")),
        ("(82)", 82, "difference", "a - b", f"{NOW} -", "count",
         ("cannot be checked", "the report does not print the earlier value")),
        ("three dogs", 3, "level", "stands alone", "", "count",
         ("cannot be checked", "it stands alone: nothing is printed that it could be worked out from")),
        ("500", 500, "difference", "a - b", f"{NOW} {BEFORE}", "count",
         ("disagrees", "a level is printed as a change: 500 is the last 12 months itself")),
    ],
)  # fmt: skip
def test_statements(
    printed: str, value: float, kind: str, formula: str, inputs: str, unit: str, expected: tuple[str, str]
) -> None:
    assert said(statement("s", printed, value, kind, formula, inputs, unit=unit)) == expected


def test_an_area_held_against_the_whole_forces_base() -> None:
    town = statement("town_dogs", "(200)", 200, "level", "stands alone", area="town", measure="m1")
    asked = {"area": "town", "measure": "m1"}
    fall = statement("fall", "-250", -250, "difference", "a - b", "town_dogs -", **asked)
    share = statement(
        "share", "-55.6%", -55.6, "percent_change", "a / (b - a) * 100", "fall town_dogs", unit="percent", **asked
    )
    cause = "the area is held against the baseline of the whole force (450); its own earlier number is not printed"
    assert said(fall, town) == ("disagrees", cause)
    assert said(share, fall, town) == ("disagrees", cause)
    own = statement("fall", "-25", -25, "difference", "a - b", "town_dogs -", **asked)
    assert said(own, town)[0] == "cannot be checked"


# --- two places --------------------------------------------------------------------------------------------------------


def test_two_tables_must_print_one_thing_alike() -> None:
    again = figure("u", 1, "last_12_months", 501)
    assert told("across.t.r1.last_12_months", *DOGS, again) == (
        "disagrees", "Dogs m1, 12 months to 31 March 2023, is printed with 2 values that should be one; one digit differs",
    )  # fmt: skip
    assert told("across.t.r1.last_12_months", *DOGS, again | {"value": 500.0, "printed": "500"}) == ("agrees", "")


@pytest.mark.parametrize("changed", [{"measure": "m9"}, {"area": "town"}, {"breakdown": "size=small"}])
def test_different_things_may_differ(changed: dict[str, str]) -> None:
    found = audit(frames([*DOGS, figure("u", 1, "last_12_months", 471) | changed]))
    assert found[found["kind"] == "across"].empty


def test_a_coarser_print_agrees_and_a_vague_one_is_left_aside() -> None:
    fine = figure("t", 1, "last_12_months", 47.3, "47.3%", unit="percent")
    coarse = statement("s", "47%", 47, "share", "stands alone", measure="m1", unit="percent")
    assert told("across.t.r1.last_12_months", fine, statements=[coarse], rounding="0.1") == ("agrees", "")
    vague = statement("s", "more than 40%", 40, "share", "stands alone", measure="m1", unit="percent")
    found = audit(frames([fine], statements=[vague]))
    assert found[found["kind"] == "across"].empty


def test_one_place_out_of_two_totals() -> None:
    place = {
        "section": "dogs", "measure": "m1", "area": "force", "group": "forces", "rank": 15, "first_is": "best",
        "period_start": pd.Timestamp("2023-01-01"), "period_end": pd.Timestamp("2023-03-31"), "claim": "", "where": "",
    }  # fmt: skip
    places = [place | {"id": "one", "of_how_many": 43, "printed": "15th of 43"},
              place | {"id": "two", "of_how_many": 42, "printed": "15th of 42"}]  # fmt: skip
    assert told("words.one", *DOGS, comparisons=places) == (
        "disagrees", "one place out of two different totals: 43 and 42 forces",
    )  # fmt: skip
    places[1]["of_how_many"] = 43
    assert told("words.one", *DOGS, comparisons=places) == ("agrees", "")


# --- bounds ------------------------------------------------------------------------------------------------------------


def test_a_share_over_a_hundred() -> None:
    assert told("bounds.t.r1.last_12_months", figure("t", 1, "last_12_months", 110, "110%", unit="percent"))[1] == (
        "a share lies between 0% and 100%"
    )


def quarters(year: float, *values: float) -> list[dict]:
    """A row of rates: the year and its four quarters."""
    starts = pd.date_range("2022-04-01", periods=4, freq="QS-APR")
    parts = [
        figure("t", 1, "quarter", value, f"{value}%", unit="percent", figure_id=f"q{place}", column_label=f"Q{place}")
        | {"period_start": start, "period_end": start + pd.offsets.MonthEnd(3)}
        for place, (start, value) in enumerate(zip(starts, values, strict=True), start=1)
    ]
    return [figure("t", 1, "last_12_months", year, f"{year}%", unit="percent"), *parts]


def test_a_year_lies_between_its_parts() -> None:
    name = "bounds.t.r1.last_12_months"
    assert told(name, *quarters(84.0, 86.3, 86.3, 83.2, 81.6), rounding="0.1") == ("agrees", "")
    assert told(name, *quarters(79.9, 86.3, 86.3, 83.2, 81.6), rounding="0.1") == (
        "disagrees", "the year is not between its parts; parts of equal weight would give 84.3",
    )  # fmt: skip
    assert told(name, *quarters(81.6, 86.3, 86.3, 83.2, 81.6), rounding="0.1") == (
        "disagrees", "the year could be right only if one of its parts held hardly any case; parts of equal weight "
        "would give 84.3; 81.6% is also the value of “Q4”",
    )  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(100, 1000), st.integers(0, 100)), min_size=4, max_size=4),
)
def test_a_true_year_is_never_accused(parts: list[tuple[int, int]]) -> None:
    """Quarters of any size within ten times each other: a third of an equal share is less than each holds."""
    biggest = max(cases for cases, _ in parts)
    sized = [(max(cases, biggest // 3), share) for cases, share in parts]
    hits = [round(cases * share / 100) for cases, share in sized]
    year = round(sum(hits) / sum(cases for cases, _ in sized) * 100, 1)
    values = [round(hit / cases * 100, 1) for hit, (cases, _) in zip(hits, sized, strict=True)]
    assert [each.grade for each in check_years(frames_of(frames(quarters(year, *values), rounding="0.1")))] == [
        "agrees"
    ]


def between(low: float | None, high: float | None, printed: str, **more: Any) -> dict:
    """A range told of a measure."""
    return {
        "id": "range", "table": "", "row_order": None, "section": "dogs", "measure": "m1", "question": "Dogs", "scope":
        "each month", "period_start": pd.Timestamp("2022-04-01"), "period_end": pd.Timestamp("2023-03-31"), "low": low,
        "high": high, "unit": "minutes", "printed": printed, "where": "page 1",
    } | more  # fmt: skip


def test_values_lie_in_the_range_that_is_told_of_them() -> None:
    month = figure("t", 1, "month", 12.6, unit="minutes") | {"period_start": pd.Timestamp("2023-03-01")}
    assert told("bounds.range", month, ranges=[between(9, 13, "between 9 and 13")], rounding="0.1") == ("agrees", "")
    assert told("bounds.range", month, ranges=[between(9, 12, "between 9 and 12")], rounding="0.1") == (
        "disagrees", "12.6 lies outside the range",
    )  # fmt: skip
    assert told("bounds.range", month, ranges=[between(None, 7, "7 or less")], rounding="0.1")[0] == "disagrees"
    assert told("bounds.range", month, ranges=[between(13, 9, "13%-9%")], rounding="0.1")[0] == "disagrees"


@pytest.mark.parametrize(
    ("printed", "low", "high", "expected"),
    [
        ("about 5,200", 5200, 5200, ("agrees", "")),
        ("about 5,100", 5000, 5300, ("agrees", "")),
        ("about 4,900", 4900, 4900, ("disagrees", "5,222 lies outside the range")),
        ("5,200", 5200, 5200, ("disagrees", "5,222 lies outside the range")),
    ],
)
def test_about_so_much_is_a_range_around_it(printed: str, low: float, high: float, expected: tuple[str, str]) -> None:
    cases = figure("t", 1, "last_12_months", 5222)
    own = between(low, high, printed, unit="count")
    assert told("bounds.range", cases, ranges=[own]) == expected


@pytest.mark.parametrize(
    ("printed", "low", "high", "expected"),
    [("about 5,100", 5000, 5300, 0), ("about 5,100", 5200, 5300, 1), ("5,100", 5000, 5300, 1)],
)
def test_ends_around_a_round_number_need_not_stand_in_its_print(
    printed: str, low: float, high: float, expected: int
) -> None:
    own = [between(low, high, printed, unit="count")]
    found = audit(frames([figure("t", 1, "last_12_months", 5222)], ranges=own))
    assert found["id"].tolist().count("print.range") == expected


# --- parts -------------------------------------------------------------------------------------------------------------


def kinds_of(*values: int, whole: int = 38, unit: str = "count") -> list[dict]:
    """A whole and its kinds, quoted in text."""
    sign = "%" if unit == "percent" else ""
    parts = [
        statement(f"kind_{place}", f"{value}{sign}", value, "level", "stands alone", measure="m1", unit=unit,
                  breakdown=f"kind={place}")
        for place, value in enumerate(values)
    ]  # fmt: skip
    return (
        parts
        if unit == "percent"
        else [*parts, statement("all", f"{whole}", whole, "level", "stands alone", measure="m1")]
    )


def test_kinds_add_up_unless_they_overlap() -> None:
    assert told("parts.kind_0", statements=kinds_of(10, 28)) == ("agrees", "")
    assert told("parts.kind_0", statements=kinds_of(10, 25)) == (
        "disagrees", "the parts make 3 fewer than the whole, 38",
    )  # fmt: skip
    overlap = [{"id": "o", "measure": "m1", "dimension": "kind", "why": "One dog may be of two kinds.", "where": ""}]
    assert told("parts.kind_0", statements=kinds_of(14, 28), overlaps=overlap) == (
        "agrees", "One dog may be of two kinds.",
    )  # fmt: skip
    assert told("parts.kind_0", statements=kinds_of(44, 2), overlaps=overlap) == (
        "disagrees", "a part is more than the whole, 38",
    )  # fmt: skip


def test_shares_make_a_hundred() -> None:
    assert told("parts.kind_0", statements=kinds_of(27, 35, 17, 11, 11, unit="percent")) == ("agrees", "")
    assert told("parts.kind_0", statements=kinds_of(88, 14, unit="percent")) == (
        "disagrees", "the shares make 102%, more than rounding can explain",
    )  # fmt: skip
    assert told("parts.kind_0", statements=kinds_of(46, 13, unit="percent")) == (
        "cannot be checked", "the shares make 59%; the rest is not printed",
    )  # fmt: skip


def test_areas_are_at_most_the_whole() -> None:
    parts = [
        statement(area, f"{value}", value, "level", "stands alone", measure="m1", area=area)
        for area, value in (("town", 200), ("country", 290))
    ]
    assert told("parts.town", *DOGS, statements=parts) == ("agrees", "")
    parts[1] |= {"value": 310.0, "printed": "310"}
    assert told("parts.town", *DOGS, statements=parts) == ("disagrees", "the areas make 10 more than the whole force")


# --- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("a decrease of -23% (-5,781)", True), ("have reduced by -6% (-15)", True), ("a -60.2% decrease (-62)", True),
        ("fell by −3%", True), ("down -4", True), ("decreased by 39% (-530)", False), ("reduced (-4.7%)", False),
        ("decreased slightly (-2%)", False), ("a fall of 3%", False), ("-35% (-4,067)", False), ("rise of 5%", False),
    ],
)  # fmt: skip
def test_a_fall_said_twice(text: str, turned: bool) -> None:
    assert turned_sign(text) == turned


@pytest.mark.parametrize(
    ("word", "later", "earlier", "unit", "grade"),
    [
        ("stable", 105, 100, "count", "agrees"), ("stable", 106, 100, "count", "disagrees"),
        ("same", 95, 100, "minutes", "agrees"), ("stable", 12, 10, "percent", "agrees"),
        ("stable", 12.1, 10, "percent", "disagrees"), ("slight", 110, 100, "count", "agrees"),
        ("slight", 89, 100, "count", "disagrees"), ("slight", 65, 60, "percent", "agrees"),
        ("slight", 65.1, 60, "percent", "disagrees"), ("slight", 8, 10, "percent", "disagrees"),
        ("highest", 5, 5, "count", "agrees"), ("highest", 5, 6, "count", "disagrees"),
        ("lowest", 5, 4, "count", "disagrees"),
    ],
)  # fmt: skip
def test_words_against_sizes(word: str, later: float, earlier: float, unit: str, grade: str) -> None:
    rows = [
        figure("t", 1, "last_12_months", later, unit=unit),
        figure("t", 1, "previous_12_months", earlier, unit=unit),
    ]
    wording = {"id": "w", "section": "dogs", "where": "", "printed": "it is so", "word": word, "measure": "m1"}
    assert told("w", *rows, wordings=[wording | {"inputs": f"{NOW} {BEFORE}"}])[0] == grade
    assert told("w", *rows, wordings=[wording | {"inputs": f"{NOW} gone"}])[0] == "cannot be checked"


def test_an_empty_report_has_nothing_to_check() -> None:
    assert check_sentence(audit(frames())) == "The report prints nothing that could be checked."
