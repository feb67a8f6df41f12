"""The sheet Texts: what is carried on can be seen and changed, those that name a time first; what is cleared is told."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import pytest

from analysis.colleague import ask, in_workbook
from analysis.colleague.texts import definition_findings, may_be_over, text_findings
from analysis.next_report import Plan, Read, plan_next, read_back
from analysis.next_report.book import sheets_of
from analysis.next_report.carried import carry_on, carry_texts
from analysis.next_report.sheets import SheetPlan
from analysis.next_report.text_sheet import TEXTS
from analysis.next_report.texts import text_frame
from data.release_files import made_release
from tests.filled_workbook import place_of
from tests.filled_workbook import read_shipped as read
from tests.filled_workbook import shipped_answers as filled
from tests.filled_workbook import shipped_sheets as sheets
from tests.published import release

NOTE, DEFINITION = "measures.asb.notes", "measures.asb.definition"
MOVED = (
    "Texts: the dates in 13 texts were moved on with the periods of their figures; its column Names a time says which. "
    "Look whether they say what is meant."
)
SAYS = "INVENTED FOR TESTS: it says something else"


def at(key: str) -> tuple[str, str]:
    return place_of(sheets(), TEXTS, key, "Text")


def held(found: Read, file: str, name: str, field: str) -> str:
    return str(found.frames[file].set_index("id").at[name, field])


def rows_of_sheet() -> dict[str, list[object]]:
    (own,) = [sheet for sheet in sheets() if sheet.name == TEXTS]
    return {str(row[-1].value): [slot.value for slot in row] for row in own.rows}


def planned_after(frames: dict[str, pd.DataFrame]) -> tuple[Plan, list[SheetPlan]]:
    plan = plan_next(frames, asdict(release().info), "2023-03", "2023-06", pd.Timestamp("2023-06-30"))
    return plan, sheets_of(plan, frames)


def test_texts_whose_dates_moved_come_first_then_those_that_may_be_over_then_others_that_name_a_time() -> None:
    times = [str(row[3]) for row in rows_of_sheet().values()]
    kinds = ["moved" if time.startswith("moved on: was ") else "over" if time.startswith("may be over: ") else
             "no" if time == "no" else "named" for time in times]  # fmt: skip
    assert kinds == sorted(kinds, key=["moved", "over", "named", "no"].index)
    assert kinds.count("moved") > 10
    assert 20 < kinds.count("over") < 40, "what has to be looked through is short"
    assert rows_of_sheet()[NOTE][:4] == ["Measure", "Anti-social behaviour", "note", "November 2022"]
    assert rows_of_sheet()["measures.all_crime_validated.notes"][3] == "may be over: spring 2022"


def test_the_dates_in_a_text_move_on_with_the_periods_of_its_figures_and_it_is_told() -> None:
    key, told = "measures.speedwatch_groups.notes", "2023 covers January to June only."
    assert rows_of_sheet()[key][3::2] == ["moved on: was January to March", told]
    plain = read({})
    assert held(plain, "measures", "speedwatch_groups", "notes") == told
    assert [note for note in plain.notes if note.startswith("Texts")] == [MOVED]
    assert held(read({at(key): "2023 covers January to March only."}), "measures", "speedwatch_groups", "notes") == (
        "2023 covers January to March only."
    ), "what is typed back holds"


def test_a_definition_of_which_only_the_date_moved_on_is_no_other_definition() -> None:
    frames = read({}).frames
    assert held(read({}), "measures", "ethnicity", "definition").endswith("at 30 June 2023.")
    assert definition_findings(release().frames(), made_release("2023-06", read({}).info, frames).frames(), 3) == []


@pytest.mark.parametrize("other", ["from June 2019", "from July 2022"])
def test_a_definition_with_another_date_than_the_quarter_moved_on_is_asked_about(other: str) -> None:
    key = "measures.strangulation_validated.definition"
    said = str(rows_of_sheet()[key][5]).replace("since June 2022", other.replace("from", "since"))
    found = read({at(key): said})
    made = made_release("2023-06", found.info, found.frames)
    assert [each.number_id for each in definition_findings(release().frames(), made.frames(), 3)] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "The pilot ran from April 2022 to March 2023.",
        "The deadline was extended to March 2023.",
        "The target for March 2023 is 95%.",
        "The previous report, to 31 March 2023, printed 40.",
        "The tax year runs April to March.",
        "1 April 2022 to 31 March 2023.",
    ],
)
def test_dates_that_are_no_period_of_the_figures_stay_and_are_asked_about(text: str) -> None:
    """Of a measure with the 12 months to March 2023 and those before."""
    days = [pd.Timestamp(day) for day in ("2022-04-01", "2023-03-31", "2022-07-01", "2023-06-30")]
    year = (days[0], days[1]), (days[2], days[3])
    before = tuple(
        (pd.Timestamp(a) - pd.DateOffset(years=1), pd.Timestamp(b) - pd.DateOffset(years=1)) for a, b in year
    )
    ends = pd.Timestamp("2023-03-31"), pd.Timestamp("2023-06-30")
    assert carry_on(text, [year, before], ends).was == ()
    assert may_be_over(text, *ends)


def test_a_text_whose_period_moved_is_still_asked_about_its_other_times() -> None:
    older = release().frames()
    said = "Data run to March 2023. The backlog cleared in spring 2022 is among the last 12 months."
    measures = older["measures"].assign(notes=older["measures"]["notes"].mask(older["measures"]["id"] == "asb", said))
    plan, sheets = planned_after({**older, "measures": measures})
    (own,) = [sheet for sheet in sheets if sheet.name == TEXTS]
    row = [slot.value for slot in own.rows[own.keys.index(NOTE)]]
    assert row[3] == "moved on: was March 2023; may be over: spring 2022"
    newer = {**older, "measures": carry_texts(text_frame(measures), plan)[0]}
    [told] = [each for each in text_findings({**older, "measures": measures}, newer, plan.data_to, plan.older_data_to)
              if each.where == "Texts on measures"]  # fmt: skip
    assert NOTE in told.number_id.split()


def test_a_workbook_handed_out_before_dates_moved_keeps_what_stands_in_it() -> None:
    """Its column of times says them otherwise; that is no cell that nobody read."""
    key, said = "measures.speedwatch_groups.notes", "2023 covers January to March only."
    time = place_of(sheets(), TEXTS, key, "Names a time")
    found = read({at(key): said, time: "2023; January; March"})
    assert held(found, "measures", "speedwatch_groups", "notes") == said
    assert ("Texts: 1 text names other times than were laid out: measure “Speedwatch groups”, note.") in found.notes
    assert not [note for note in found.notes if "not read" in note]


def test_every_text_that_is_asked_about_stands_on_the_sheet() -> None:
    """With nothing changed, each text that a colleague finds out of time has its cell there, with the very text."""
    made = made_release("2023-06", read({}).info, read({}).frames)
    told = ask(release().frames(), made.frames(), pd.Timestamp("2023-06-30"), pd.Timestamp("2023-03-31"))
    texts = told[told["kind"] == "text"]
    assert len(texts) <= 4, "one a file: they bury nothing else"
    assert texts["how_to_mend"].str.contains("on the sheet Texts").all()
    (own,) = [sheet for sheet in sheets() if sheet.name == TEXTS]
    stands = {str(row[-1].value) for row in own.rows if row[3].value != "no"}
    named = set(" ".join(texts["number_id"]).split())
    assert 20 < len(named) < 40
    assert named <= stands
    assert "tables.asb.caption" in stands - named, "it names the fixed baseline's year alone"
    assert NOTE in stands - named, "what began in November 2022 is among the last 12 months as before"
    own_words = in_workbook(texts, read({}).places)["in_workbook"]
    assert own_words.str.startswith("Texts, cells F").all()
    assert own_words.str.contains(" and ").all()


def test_a_changed_definition_is_asked_about_once_a_measure_with_its_cells() -> None:
    found = read({at("measures.calls_999.definition"): "Calls within a minute.", at("measures.asb.title"): "ASB"})
    made = made_release("2023-06", found.info, found.frames)
    told = definition_findings(release().frames(), made.frames(), 3)
    assert [each.number_id for each in told] == ["measures.calls_999.definition", "measures.asb.title"]
    assert told[0].what == (
        "The definition of 999 calls was “Emergency calls that the force received on 999.” and is “Calls within a "
        "minute.” now: verdicts across the two are of different things, if it counts otherwise."
    )
    assert not any(each.serious for each in told)
    assert found.places[told[0].number_id] == at("measures.calls_999.definition")


def test_what_stands_on_the_lists_has_its_cell() -> None:
    places = read({}).places
    assert places["commitments.sergeants_promotion"][0] == "Promises"
    assert places["events.rpu_introduced"][0] == "Events"


def test_a_text_that_is_left_stays_and_one_that_is_changed_goes_into_the_new_report() -> None:
    changes = {at(NOTE): SAYS, at("measures.asb.title"): "ASB", at("tables.asb.caption"): SAYS,
               at("national_measures.homicide.gap"): SAYS, at("sections.asb.about"): SAYS,
               at("not_in_report.headlines_all_crime.would_fill"): SAYS}  # fmt: skip
    found = read(changes)
    assert found.problems == ()
    assert held(found, "measures", "asb", "title") == "ASB"
    for file, name, field in (("measures", "asb", "notes"), ("tables", "asb", "caption"), ("sections", "asb", "about"),
                              ("national_measures", "homicide", "gap"),
                              ("not_in_report", "headlines_all_crime", "would_fill")):  # fmt: skip
        assert held(found, file, name, field) == SAYS
    plain = read({})
    for file, frame in plain.frames.items():
        now = found.frames[file]
        assert len(now) == len(frame), file
        assert int((now.to_numpy() != frame.to_numpy()).sum()) == sum(key.startswith(f"{file}.") for key in (
            NOTE, "measures.asb.title", "tables.asb", "national_measures.homicide", "sections.asb", "not_in_report.x",
        )), file  # fmt: skip
    assert any(
        note.startswith("Texts: 6 texts were changed: measure “Anti-social behaviour”, title") for note in found.notes
    )
    assert [note for note in plain.notes if "Texts" in note] == [MOVED]


@pytest.mark.parametrize("cleared", [None, "  ", "[x]"])
def test_a_cleared_text_that_is_needed_is_told_with_its_cell(cleared: str | None) -> None:
    found = read({at(DEFINITION): cleared, at(NOTE): cleared})
    [told] = [problem.sentence for problem in found.problems]
    said = "found '[x]'" if cleared == "[x]" else "found nothing"
    assert told.startswith(f"Texts, cell {at(DEFINITION)[1]}: {said}, expected a text: definition. It said “")
    assert told.endswith("Type it again, or a new one.")
    assert held(found, "measures", "asb", "notes") == "", "a note may go"


def test_what_is_no_longer_missing_is_cleared_whole() -> None:
    texts = {at(f"not_in_report.headlines_all_crime.{field}"): None for field in ("what", "would_fill")}
    found = read(texts)
    assert found.problems == ()
    assert "headlines_all_crime" not in set(found.frames["not_in_report"]["id"])
    assert any("left out of what is not in the report: “Headline tile for all crime" in note for note in found.notes)
    [half] = read({at("not_in_report.headlines_all_crime.what"): None}).problems
    assert half.expected.startswith("a text: what is missing")


def test_a_formula_of_ones_own_without_a_saved_result_is_told() -> None:
    cells = filled().copy()
    row, column = int("".join(filter(str.isdigit, at(NOTE)[1]))), 6
    own = (cells["sheet"] == TEXTS) & (cells["row"] == row) & (cells["column"] == column)
    found = read_back(
        cells.assign(formula=cells["formula"] | own, value=cells["value"].mask(own, None)), release().frames()
    )
    assert [problem.found for problem in found.problems] == ["a formula without a saved result"]


def test_an_older_workbook_without_the_sheet_is_read_and_its_texts_stay() -> None:
    older = filled()[filled()["sheet"] != TEXTS]
    found = read_back(older, release().frames())
    assert found.problems == ()
    assert (
        "There is no sheet Texts: its texts stay as in the report before, with the periods of their own figures moved on."
        in found.notes
    )
    for file, frame in read({}).frames.items():
        pd.testing.assert_frame_equal(found.frames[file], frame)


def test_rows_that_are_gone_keep_their_text() -> None:
    row = int("".join(filter(str.isdigit, at(NOTE)[1])))
    cells = filled()[~((filled()["sheet"] == TEXTS) & (filled()["row"] == row))]
    found = read_back(cells, release().frames())
    assert held(found, "measures", "asb", "notes") == release().measures.set_index("id").at["asb", "notes"]
    assert "Texts: 1 row is gone; their texts stay as in the report before." in found.notes


def test_a_caption_moves_on_with_a_period_that_is_set_by_hand() -> None:
    """The text that was written is no text of the analyst's: it does not hold the table's own dates back."""
    key = "confidence_questions.column."
    days = {"c1": ("January 2023", "2023-01-01", "2023-01-31"), "c2": ("June 2023", "2023-06-01", "2023-06-30")}
    headings = ("Heading now", "First", "Last")
    found = read(
        {place_of(sheets(), "Periods", f"{key}{column}", heading): value
         for column, values in days.items() for heading, value in zip(headings, values, strict=True)}
    )  # fmt: skip
    caption = held(found, "tables", "confidence_questions", "caption")
    assert caption == "Share giving the answer in brackets, January 2023 and June 2023."
    assert [note for note in found.notes if "Texts" in note] == [MOVED]


def test_texts_of_a_table_that_is_gone_are_not_missed() -> None:
    dropped = read({place_of(sheets(), "Contents", "homicide", "Printed"): "no"})
    assert dropped.problems == ()
    assert [note for note in dropped.notes if "Texts" in note] == [MOVED]
