"""The sheet Surveys: rolling waves moved on, new ones taken in, and how many people each asked."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.next_report import read_back
from tests.filled_workbook import edited, place_of
from tests.filled_workbook import read_shipped as read
from tests.filled_workbook import shipped_answers as filled
from tests.filled_workbook import shipped_sheets as sheets
from tests.published import release

ROLLING = "satisfaction_2023_03"
BLANK = (
    "Surveys: how many people were asked in 12 months to June 2023 is not told, so the page Surveys assumes 5,765 and "
    "says so."
)


def at(key: str, heading: str) -> tuple[str, str]:
    return place_of(sheets(), "Surveys", key, heading)


def rows(changes: dict[tuple[str, str], object]) -> tuple[pd.DataFrame, tuple[str, ...], list[str]]:
    """The rows by their id, the notes, and the sentences on what must be mended."""
    found = read(changes)
    return found.frames["surveys"].set_index("id"), found.notes, [each.sentence for each in found.problems]


def test_a_rolling_wave_moves_on_and_is_asked_for_its_people_and_others_stay() -> None:
    made, notes, problems = rows({})
    assert problems == []
    assert list(made.index) == ["confidence_2022_06", "confidence_2023_01", "satisfaction_2023_06"]
    last = made.loc["satisfaction_2023_06"]
    assert (last["wave"], last["period_start"], last["period_end"]) == (
        "12 months to June 2023", "2022-07-01", "2023-06-30",
    )  # fmt: skip
    assert (last["base"], last["assume"], made.at["confidence_2023_01", "base"]) == ("", "5765", "1602")
    assert BLANK in notes


def test_the_people_that_are_typed_are_those_that_intervals_rest_on() -> None:
    made, notes, _ = rows({at(ROLLING, "People"): "6,010"})
    assert (made.at["satisfaction_2023_06", "base"], made.at["satisfaction_2023_06", "assume"]) == ("6010", "6010")
    assert BLANK not in notes


@pytest.mark.parametrize("typed", [0, "-4", 1602.5])
def test_what_is_no_number_of_people_is_told_with_its_cell(typed: object) -> None:
    _, notes, problems = rows({at(ROLLING, "People"): typed})
    (told,) = problems
    assert told.startswith(f"Surveys, cell {at(ROLLING, 'People')[1]}: ")
    assert "expected how many people were asked, a whole number of 1 or more" in told
    assert not [note for note in notes if "how many people" in note]


def test_a_wave_twice_or_turned_round_is_told_with_its_cell() -> None:
    wave = {at("new_1", "Survey"): "Public confidence", at("new_1", "Wave"): "January 2023", at("new_1", "People"): 9}
    _, _, problems = rows(wave | {at("new_1", "From"): "2023-01-01", at("new_1", "To"): "2023-01-31"})
    assert problems == [
        f"Surveys, cell {at('new_1', 'From')[1]}: found '2023-01-01', expected other days than those of January 2023, "
        "which stands above. Mend it or clear it.",
        f"Surveys, cell {at('new_1', 'Wave')[1]}: found 'January 2023', expected a name that no wave of the survey above "
        "has. Mend it or clear it.",
    ]
    _, _, problems = rows(wave | {at("new_1", "Wave"): "June", at("new_1", "From"): "2023-06-30",
                                  at("new_1", "To"): "2023-06-01"})  # fmt: skip
    assert problems == [
        f"Surveys, cell {at('new_1', 'To')[1]}: found '2023-06-01', expected a day that is not before 2023-06-30. Mend it "
        "or clear it."
    ]


def test_the_survey_of_a_row_stays_whatever_stands_in_its_locked_cell() -> None:
    made, _, problems = rows({at("confidence_2023_01", "Survey"): "Victim satisfaction"})
    assert (problems, made.at["confidence_2023_01", "survey"]) == ([], "confidence")


def test_a_new_wave_has_the_table_and_section_of_its_survey() -> None:
    made, _, problems = rows({
        at("new_1", "Survey"): "public confidence", at("new_1", "Wave"): "June 2023", at("new_1", "From"): "2023-06-01",
        at("new_1", "To"): "30 June 2023", at("new_1", "People"): 1580,
    })  # fmt: skip
    assert problems == []
    new = made.loc["confidence_2023_06"]
    assert (new["survey"], new["table"], new["kind"], new["base"], new["assume"]) == (
        "confidence", "confidence_questions", "waves", "1580", "1580",
    )  # fmt: skip


def test_a_new_wave_of_no_known_survey_or_without_its_days_is_told() -> None:
    _, _, problems = rows({at("new_1", "Survey"): "Parking", at("new_1", "Wave"): "June 2023"})
    cells = [at("new_1", heading)[1] for heading in ("Survey", "From", "To")]
    assert problems == [
        f"Surveys, cell {cells[0]}: found 'Parking', expected one of the surveys on the sheet Lists. Mend it or clear "
        "the cell.",
        *(f"Surveys, cell {cell}: found nothing, expected a date such as 2023-06-30. Fill it, or clear the whole row."
          for cell in cells[1:]),
    ]  # fmt: skip


def test_a_wave_whose_name_is_cleared_is_left_out_and_told() -> None:
    made, notes, _ = rows({at("confidence_2022_06", "Wave"): None})
    assert "confidence_2022_06" not in made.index
    assert "Surveys: the wave “June 2022” was cleared; it is left out." in notes


def test_a_wave_that_a_table_prints_is_taken_in_although_no_row_tells_of_it() -> None:
    key = "confidence_questions.column.c2"
    made, notes, _ = rows({
        place_of(sheets(), "Periods", key, "First"): "1 June 2023",
        place_of(sheets(), "Periods", key, "Last"): "2023-06-30",
    })  # fmt: skip
    new = made.loc["confidence_2023_06"]
    assert (new["wave"], new["base"], new["assume"], new["table"]) == ("June 2023", "", "1602", "confidence_questions")
    (told,) = [note for note in notes if "has no row" in note]
    assert told == (
        "Surveys: June 2023 of 29 Public confidence has no row, so it is taken in without how many people it asked; "
        "the page Surveys assumes 1,602 and says so. Type it on the sheet Surveys."
    )


def test_a_table_that_is_no_longer_printed_takes_its_waves_along() -> None:
    made, notes, _ = rows({
        place_of(sheets(), "Contents", "confidence_questions", "Printed"): "no",
        place_of(sheets(), "Periods", "confidence_questions.column.c2", "First"): "1 June 2023",
        place_of(sheets(), "Periods", "confidence_questions.column.c2", "Last"): "2023-06-30",
    })  # fmt: skip
    assert list(made.index) == ["satisfaction_2023_06"]
    assert not [note for note in notes if "has no row" in note]


def test_a_workbook_of_before_without_the_sheet_keeps_the_waves() -> None:
    old = edited(filled(), {})
    found = read_back(old[~old["sheet"].isin(["Surveys", "Not in the report"])], release().frames())
    assert [each.sentence for each in found.problems] == []
    assert list(found.frames["surveys"]["id"]) == ["confidence_2022_06", "confidence_2023_01", "satisfaction_2023_06"]
    assert found.frames["surveys"]["base"].tolist() == ["", "1602", ""]
    assert any(note.startswith("There is no sheet Surveys: the waves stay") for note in found.notes)
