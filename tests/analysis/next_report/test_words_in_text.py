"""Words such as stable or risen in pasted paragraphs: held against the numbers that they speak of, or told."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.audit import audit
from analysis.colleague import ask
from analysis.next_report import Read
from data.release_files import made_release
from tests.filled_workbook import place_of
from tests.filled_workbook import read_shipped as read
from tests.filled_workbook import shipped_sheets as sheets
from tests.published import release

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
        ("In the last 12 months, anti-social behaviour has seen an increase.", "rise"),
        ("Anti-social behaviour is up, although graffiti was cleaned in May.", "rise"),
    ],
)
def test_a_word_is_held_against_the_last_12_months_and_those_before(text: str, word: str) -> None:
    assert worded(ASB, text) == [(word, "asb", f"{LAST} {BEFORE}")]


def test_a_slight_rise_is_held_to_its_size_and_its_way() -> None:
    told = worded(ASB, "Anti-social behaviour has increased slightly in the last year.")
    assert [word for word, _, _ in told] == ["rise", "slight"]


def test_a_baseline_that_is_named_first_counts_too() -> None:
    text = "Compared to the 2019/20 baseline, anti-social behaviour has increased."
    assert worded(ASB, text) == [("rise", "asb", f"{LAST} {BASE}")]


def test_a_word_is_held_against_the_baseline_where_its_sentence_names_it() -> None:
    both = "Anti-social behaviour has increased compared to the previous 12 months and the baseline in 2019/20."
    assert worded(ASB, both) == [("rise", "asb", f"{LAST} {BEFORE}"), ("rise", "asb", f"{LAST} {BASE}")]


def test_each_of_several_measures_is_held_to_the_word() -> None:
    text = (
        "Theft of motor vehicles and vehicle interference have increased in the last 12 months compared to the "
        "previous 12 months and the national Beating Crime Plan baseline."
    )
    told = worded("Neighbourhood crime", text)
    assert sorted({(word, measure) for word, measure, _ in told}) == [
        ("rise", "theft_of_motor_vehicles_validated"), ("rise", "vehicle_interference_validated"),
    ]  # fmt: skip
    assert sorted(inputs.rpartition(".")[2] for _, _, inputs in told) == ["baseline"] * 2 + ["previous_12_months"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Anti-social behaviour has increased since January 2023.",
        "Anti-social behaviour has been stable in the last 3 months.",
        "Anti-social behaviour rose in May.",
        "Anti-social behaviour has increased in 2021.",
        "Anti-social behaviour has recently increased.",
        "Anti-social behaviour is stable compared to other forces.",
        "Anti-social behaviour is similar in rural and urban areas.",
        "Anti-social behaviour has not remained stable.",
        "Anti-social behaviour has hardly increased.",
        "Anti-social behaviour should have fallen by the summer.",
        "Anti-social behaviour is thought to have increased.",
        "If anti-social behaviour has increased, officers are sent.",
        "“Anti-social behaviour has increased,” said one resident.",
        "Anti-social behaviour has increased by 12%.",
        "Officers have increased patrols against anti-social behaviour.",
        "Anti-social behaviour is a priority and patrols have increased.",
        "The anti-social behaviour team is stable.",
        "Anti-social behaviour in Tamworth has increased.",
        "Anti-social behaviour has increased in Tamworth.",
        "In Tamworth, anti-social behaviour has increased.",
        "Anti-social behaviour has increased for repeat victims.",
        "Anti-social behaviour has dropped in priority.",
        "Anti-social behaviour increased and has since been stable.",
        "Anti-social behaviour and graffiti have increased.",
    ],
)
def test_a_word_of_something_else_is_held_against_nothing(text: str) -> None:
    assert worded(ASB, text) == []


def test_a_measure_of_another_section_or_basis_is_not_meant() -> None:
    assert worded("Road safety", "Anti-social behaviour has increased.") == []
    assert worded("Neighbourhood crime", "Reported personal robbery has increased.") == []
    validated = worded("Neighbourhood crime", "Validated personal robbery has increased.")
    assert [measure for _, measure, _ in validated] == ["personal_robbery_validated"]


def test_theft_of_vehicles_is_not_theft_from_them() -> None:
    told = worded("Neighbourhood crime", "Theft from motor vehicles has increased.")
    assert [measure for _, measure, _ in told] == ["theft_from_motor_vehicles_validated"]


def test_what_nothing_is_called_is_told_and_what_is_held_too() -> None:
    found = pasted(ASB, "Anti-social behaviour has remained stable.", "Graffiti has fallen in Stafford.")
    assert [note for note in found.notes if "a change" in note or "not checked" in note] == [
        "Statements: 1 phrase that says a change is held against the numbers it speaks of: “Anti-social behaviour has "
        "remained stable”.",
        "Statements: these say that something changed or stayed, and are not checked, for they cannot be tied to one row "
        "of their section's tables and its 12 months: “Graffiti has fallen in Stafford”.",
    ]


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


def test_the_same_words_of_another_measure_are_not_those_of_the_report_before() -> None:
    rows = worded("Road safety", "Seatbelt offences are similar compared to the previous 12 months.")
    assert [measure for _, measure, _ in rows] == ["seatbelt_offences"]


def test_a_word_that_the_last_report_had_wrong_is_asked_about_again() -> None:
    """Waiting times were called stable at 27.0 after 23.1 hours; this time they are five times as long."""
    found = pasted("Custody", "Waiting times have been stable in the last 12 months.")
    (row,) = found.frames["wordings"].to_dict("records")
    newer = dict(made_release("2023-06", found.info, found.frames).frames())
    own = newer["figures"].set_index("figure_id")
    own.loc[row["inputs"].split()[0], "value"] *= 5
    newer["figures"] = own.reset_index()
    asked = ask(release().frames(), newer)
    told = asked[asked["number_id"] == row["id"]]
    assert list(told["kind"]) == ["report_check"] and told["serious"].all()


def test_without_paragraphs_there_is_none() -> None:
    assert isinstance(read({}).frames["wordings"], pd.DataFrame) and read({}).frames["wordings"].empty
