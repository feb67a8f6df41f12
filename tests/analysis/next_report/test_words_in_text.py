"""Words such as stable or risen in pasted paragraphs: held against the numbers that they speak of, or told."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.audit import audit
from analysis.next_report import Read
from data.release_files import made_release
from tests.filled_workbook import place_of
from tests.filled_workbook import read_shipped as read
from tests.filled_workbook import shipped_sheets as sheets

ASB = "Anti-social behaviour"


def pasted(section: str, *paragraphs: str) -> Read:
    """The workbook with these paragraphs under a section."""
    cells: dict[tuple[str, str], object] = {place_of(sheets(), "Statements", "new_1", "Section"): section}
    for number, text in enumerate(paragraphs, start=1):
        cells[place_of(sheets(), "Statements", f"new_{number}", "Paragraph")] = text
    return read(cells)


def worded(section: str, *paragraphs: str) -> list[tuple[str, str, str]]:
    """Word, measure and inputs of each row."""
    found = pasted(section, *paragraphs).frames["wordings"]
    return list(found[["word", "measure", "inputs"]].itertuples(index=False, name=None))


LAST, BEFORE, BASE = "asb.asb.last_12_months", "asb.asb.previous_12_months", "asb.asb.baseline"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Anti-social behaviour has remained stable in the last 12 months.", "stable"),
        ("Anti-social behaviour has been broadly stable.", "stable"),
        ("The number of anti-social behaviour incidents was the same compared to the previous 12 months.", "same"),
        ("Anti-social behaviour has increased compared to the previous 12 months.", "rise"),
        ("Levels of anti-social behaviour have fallen in the last 12 months.", "fall"),
        ("Anti-social behaviour has increased slightly in the last year.", "slight"),
    ],
)
def test_a_word_is_held_against_the_last_12_months_and_those_before(text: str, word: str) -> None:
    assert worded(ASB, text) == [(word, "asb", f"{LAST} {BEFORE}")]


def test_a_word_is_held_against_the_baseline_where_its_sentence_names_it() -> None:
    both = "Anti-social behaviour has increased compared to the previous 12 months and the baseline in 2019/20."
    assert worded(ASB, both) == [("rise", "asb", f"{LAST} {BEFORE}"), ("rise", "asb", f"{LAST} {BASE}")]


def test_each_of_several_measures_is_held_to_the_word() -> None:
    text = (
        "Theft of motor vehicles and vehicle interference have increased in the last 12 months compared to the "
        "previous 12 months and the national Beating Crime Plan baseline."
    )
    assert [(word, measure) for word, measure, _ in worded("Neighbourhood crime", text)] == [
        ("rise", "theft_of_motor_vehicles_validated"), ("rise", "theft_of_motor_vehicles_validated"),
        ("rise", "vehicle_interference_validated"), ("rise", "vehicle_interference_validated"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Anti-social behaviour has increased since January 2023.",
        "Anti-social behaviour has been stable in the last 3 months.",
        "Anti-social behaviour is stable compared to other forces.",
        "Anti-social behaviour has not remained stable.",
        "Anti-social behaviour should have fallen by the summer.",
        "Anti-social behaviour has increased by 12%.",
        "Officers have increased patrols against anti-social behaviour.",
        "The anti-social behaviour team is stable.",
        "Anti-social behaviour in Tamworth has increased.",
        "Anti-social behaviour increased and has since been stable.",
    ],
)
def test_a_word_of_something_else_is_held_against_nothing(text: str) -> None:
    assert worded(ASB, text) == []


def test_what_nothing_is_called_is_told_and_what_is_held_too() -> None:
    found = pasted(ASB, "Anti-social behaviour has remained stable.", "Graffiti has fallen in the last 12 months.")
    assert any(
        note == "Statements: 1 phrase such as “has been stable” is held against the numbers they speak of: “Anti-social "
        "behaviour has remained stable”." for note in found.notes
    )  # fmt: skip
    assert any(
        "no row of a table is called so: “Graffiti has fallen in the last 12 months”" in note for note in found.notes
    )


def test_a_phrase_of_the_report_before_is_held_against_the_same_numbers_moved_on() -> None:
    text = "The force made 433 arrests for drug driving and this has been similar compared to the previous 12 months."
    rows = worded("Road safety", text)
    assert rows == [
        ("same", "drug_driving_arrests", "motoring_offences.drug_driving_arrests.last_12_months "
         "motoring_offences.drug_driving_arrests.previous_12_months")
    ]  # fmt: skip


def test_the_check_of_the_report_tells_a_word_that_its_numbers_do_not_bear_out() -> None:
    """The tables have anti-social behaviour down 22.7%."""
    found = pasted(ASB, "Anti-social behaviour has remained stable.", "Anti-social behaviour has increased.")
    told = audit(made_release("2023-06", found.info, found.frames).frames())
    told = told[told["kind"] == "words"].set_index("id")
    assert set(told.loc[["asb_stable_previous", "asb_rise_previous"], "grade"]) == {"disagrees"}
    assert told.at["asb_rise_previous", "cause"] == (
        "“Anti-social behaviour has increased”, but Anti-social behaviour is down 22.7%: from 25,421 to 19,640"
    )
    places = found.places["asb_stable_previous"], found.places["asb_rise_previous"]
    assert places == tuple(place_of(sheets(), "Statements", f"new_{number}", "Paragraph") for number in (1, 2))


def test_without_paragraphs_there_is_none() -> None:
    assert isinstance(read({}).frames["wordings"], pd.DataFrame) and read({}).frames["wordings"].empty
