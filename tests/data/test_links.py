"""Files that do not fit together: each wrong id, formula or period gets its own exact sentence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts import check_table
from data.errors import DataError
from data.links import broken_links
from tests.published import release, text_frame

# Every cell that names something, and the file where it must stand: copied from the contract, not from the code.
REFERENCES = {
    ("sections", "priority"): "priorities",
    ("tables", "section"): "sections",
    ("measures", "priority"): "priorities",
    ("measures", "section"): "sections",
    ("measures", "national_measure"): "national_measures",
    ("areas", "mapping"): "areas",
    ("figures", "table"): "tables",
    ("figures", "measure"): "measures",
    ("figures", "area"): "areas",
    ("as_published", "table"): "tables",
    ("statements", "section"): "sections",
    ("statements", "measure"): "measures",
    ("statements", "area"): "areas",
    ("comparisons", "section"): "sections",
    ("comparisons", "measure"): "measures",
    ("comparisons", "area"): "areas",
    ("ranges", "section"): "sections",
    ("ranges", "table"): "tables",
    ("ranges", "measure"): "measures",
    ("events", "measures"): "measures",
    ("commitments", "section"): "sections",
    ("commitments", "measure"): "measures",
    ("not_in_report", "section"): "sections",
    ("national_measures", "section"): "sections",
    ("national_measures", "measures"): "measures",
    ("explanations", "section"): "sections",
    ("explanations", "measures"): "measures",
    ("wordings", "section"): "sections",
    ("wordings", "measure"): "measures",
    ("overlaps", "measure"): "measures",
    ("surveys", "section"): "sections",
    ("surveys", "table"): "tables",
    ("area_claims", "section"): "sections",
    ("area_claims", "measure"): "measures",
    ("area_claims", "area"): "areas",
}


def frames_with(file: str, index: int, **cells: Any) -> dict[str, pd.DataFrame]:
    """The release's frames, one row of one file changed (a copy: the release itself stays as it is)."""
    frames = release().frames()
    changed = frames[file].copy()
    for column, cell in cells.items():
        changed.loc[index, column.rstrip("_")] = cell
    return frames | {file: changed}


def test_the_release_is_whole() -> None:
    assert broken_links(release().frames()) == []


@pytest.mark.parametrize(("file", "column"), REFERENCES)
def test_an_id_that_leads_nowhere(file: str, column: str) -> None:
    frames = frames_with(file, 2, **{column: "nowhere"})
    assert broken_links(frames) == [
        f"{file}.csv, row 4, column {column}: found 'nowhere', "
        f"expected an id that stands in {REFERENCES[file, column]}.csv."
    ]


def test_no_reference_is_forgotten() -> None:
    """Every column whose name is another file's word is followed: none is left to trust."""
    words = {"priority", "section", "table", "measure", "measures", "area", "mapping", "national_measure"}
    named = {(file, column) for file, frame in release().frames().items() for column in frame if column in words}
    assert named == set(REFERENCES)


@given(st.sampled_from(sorted(REFERENCES)), st.integers(min_value=0), st.from_regex(r"[a-z]{9}_x", fullmatch=True))
def test_a_wrong_id_anywhere_is_found_and_nothing_else(where: tuple[str, str], place: int, word: str) -> None:
    file, column = where
    index = place % len(release().frames()[file])
    assert broken_links(frames_with(file, index, **{column: word})) == [
        f"{file}.csv, row {index + 2}, column {column}: found '{word}', "
        f"expected an id that stands in {REFERENCES[where]}.csv."
    ]


@pytest.mark.parametrize("word", ["section:nowhere", "basis:guessed", "area:staffordshire", "-"])
def test_a_word_for_many_measures_must_stand_for_some(word: str) -> None:
    """``section:asb`` and ``basis:validated`` stand for many measures; other words of that form stand for none."""
    assert broken_links(frames_with("events", 0, measures=f"section:asb basis:validated asb {word}")) == [
        f"events.csv, row 2, column measures: found '{word}', expected an id that stands in measures.csv."
    ]


# --- formulas and their inputs ----------------------------------------------------------------------------------------

A, B = "calls_999.calls_999.last_12_months", "calls_999.calls_999.previous_12_months"


@pytest.mark.parametrize("file", ["as_published", "statements"])
@pytest.mark.parametrize(
    ("formula", "inputs", "sentences"),
    [
        ("a - b", f"{A} {B}", []),
        ("(a - b) / b * 100", f"{A} -", []),
        ("sum", f"{A} {B} {A}", []),
        ("stands alone", "", []),
        ("a - b", A, ["found '1', expected 2 inputs for the formula a - b."]),
        ("a", f"{A} {B}", ["found '2', expected 1 inputs for the formula a."]),
        ("a / c", f"{A} {B}", ["found '2', expected 3 inputs for the formula a / c."]),
        ("stands alone", A, ["found '1', expected 0 inputs for the formula stands alone."]),
        ("sum", "", ["found 'nothing', expected the ids that are added up."]),
        ("a - b", f"{A} nowhere", ["found 'nowhere', expected a figure or statement id."]),
        (
            "a - b",
            "nowhere elsewhere gone",
            [
                "found 'nowhere', expected a figure or statement id.",
                "found 'elsewhere', expected a figure or statement id.",
                "found 'gone', expected a figure or statement id.",
                "found '3', expected 2 inputs for the formula a - b.",
            ],
        ),
    ],
)
def test_a_formula_has_its_inputs(file: str, formula: str, inputs: str, sentences: list[str]) -> None:
    frames = frames_with(file, 0, formula=formula, inputs=inputs)
    assert broken_links(frames) == [f"{file}.csv, row 2, column inputs: {sentence}" for sentence in sentences]


def test_a_statement_may_build_on_another() -> None:
    other = str(release().statements["id"].iloc[5])
    assert broken_links(frames_with("statements", 0, formula="a", inputs=other)) == []


def test_a_derived_number_that_stands_as_a_figure_must_be_one() -> None:
    assert broken_links(frames_with("as_published", 0, figure_id="nowhere")) == [
        "as_published.csv, row 2, column figure_id: found 'nowhere', expected an id that stands in figures.csv."
    ]


def corrections(*identities: str) -> dict[str, pd.DataFrame]:
    rows = {"id": list(identities), "printed": "1", "corrected": "2", "who": "analyst", "why": "typing error"}
    return {"corrections": pd.DataFrame(rows).assign(date=pd.Timestamp("2023-06-01"))}


def test_a_correction_is_of_a_number_that_is_printed() -> None:
    known = [A, str(release().as_published["id"].iloc[0]), str(release().statements["id"].iloc[0])]
    assert broken_links(release().frames() | corrections(*known)) == []
    assert broken_links(release().frames() | corrections(A, "nowhere")) == [
        "corrections.csv, row 3, column id: found 'nowhere', expected the id of a printed number."
    ]


# --- periods and doubled figures --------------------------------------------------------------------------------------


def test_a_figure_stands_once() -> None:
    """Same measure, area, breakdown, period, table and role: only the id tells these two apart."""
    figures = release().figures
    frames = release().frames() | {"figures": pd.concat([figures, figures.iloc[[7]]], ignore_index=True)}
    frames["figures"].loc[len(figures), "figure_id"] = "another.id"
    assert broken_links(frames) == [
        f"figures.csv, row {len(figures) + 2}: measure {figures['measure'][7]} stands twice for the same area, "
        "breakdown, period, table and role. Mend the breakdown or remove one."
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("measure", "asb"),
        ("area", "county"),
        ("breakdown", "type=other"),
        ("period_end", pd.Timestamp("2023-03-30")),
        ("table", "asb"),
        ("role", "actual"),
    ],
)
def test_figures_that_differ_in_one_thing_are_two(column: str, cell: object) -> None:
    figures = release().figures
    frames = release().frames() | {"figures": pd.concat([figures, figures.iloc[[0]]], ignore_index=True)}
    frames["figures"].loc[len(figures), ["figure_id", column]] = ["another.id", cell]
    assert broken_links(frames) == []


@pytest.mark.parametrize("file", ["figures", "statements", "comparisons", "ranges"])
def test_a_period_does_not_end_before_it_starts(file: str) -> None:
    start, end = pd.Timestamp("2022-04-01"), pd.Timestamp("2022-03-31")
    frames = frames_with(file, 1, period_start=start, period_end=end)
    assert broken_links(frames) == [
        f"{file}.csv, row 3, column period_end: found '2022-03-31', expected a day not before period_start."
    ]
    assert broken_links(frames_with(file, 1, period_start=start, period_end=start)) == [], "one day is a period"


def test_an_event_does_not_end_before_it_starts() -> None:
    frames = frames_with("events", 4, from_=pd.Timestamp("2023-01-02"), to=pd.Timestamp("2023-01-01"))
    assert broken_links(frames) == ["events.csv, row 6, column to: found '2023-01-01', expected a day not before from."]


def test_everything_is_told_together() -> None:
    frames = frames_with("tables", 0, section="nowhere") | corrections("gone")
    figures = frames["figures"].copy()
    figures.loc[[3, 9], "measure"] = ["one", "two"]
    figures.loc[5, "period_end"] = pd.Timestamp("2001-01-01")
    told = broken_links(frames | {"figures": figures})
    assert [sentence.partition(": ")[0] for sentence in told] == [
        "tables.csv, row 2, column section",
        "figures.csv, row 5, column measure",
        "figures.csv, row 11, column measure",
        "corrections.csv, row 2, column id",
        "figures.csv, row 7, column period_end",
    ]


@pytest.mark.parametrize("formula", ["a ** b", "a // b", "a +* b", "(a - b", "a if b else c", "ab / c", "f(a)", "-a"])
def test_a_formula_is_nothing_but_arithmetic_on_letters(formula: str) -> None:
    frame = text_frame("as_published").iloc[:1].assign(formula=formula)
    with pytest.raises(DataError) as error:
        check_table(frame, "as_published", "as_published.csv")
    assert error.value.problems == [
        f"as_published.csv, row 2, column formula: found '{formula}', expected 'stands alone', 'sum', or arithmetic on "
        "the letters a, b, c ... of the inputs."
    ]
