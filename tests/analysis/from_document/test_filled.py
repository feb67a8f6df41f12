"""The workbook of the next report filled from a document of it: every number in its place, and all else told.

The quarter is INVENTED FOR TESTS: see tests/second_release.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit.printed import read_printed
from analysis.changes import changes
from analysis.from_document import Filled, fill_from
from analysis.from_document.document import DOCUMENT_COLUMNS
from analysis.from_document.labels import without_marks
from analysis.next_report import Plan, Read, read_back
from analysis.next_report.cells import ASKED
from analysis.next_report.sheets import SheetPlan
from analysis.table_told import table_told
from data.report_document import read_report_document
from documents.blocks import Document, Heading, Paragraph, Run, table_of
from documents.word import word_document
from tests.filled_workbook import cells_of, edited, facts, planned
from tests.printed_document import Grids, june_release, printed_report, printed_tables
from tests.published import release
from tests.second_release import second_release

OWN = [
    "calls_999", "calls_101", "abandoned_101_waits_percent", "abandoned_101_waits", "asb", "motoring_offences",
    "speedwatch_volunteers", "crimes_awaiting_validation", "custody", "conviction_rates",
]  # fmt: skip
LAST = (
    "cells of 41 tables are filled; what is left is counted on Contents. Look through each table beside the report "
    "before the workbook is given back: a number is taken as it stands."
)


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return june_release(second_release(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def plan() -> tuple[Plan, list[SheetPlan]]:
    return shipped_plan()


@pytest.fixture
def grids(june: Read) -> Grids:
    return printed_tables(june.frames)


@cache
def shipped_tables() -> Grids:
    return printed_tables(release().frames())


@cache
def shipped_plan() -> tuple[Plan, list[SheetPlan]]:
    return planned(release())


def filled(content: bytes, plan: tuple[Plan, list[SheetPlan]]) -> Filled:
    return fill_from(read_report_document(content, "report.docx"), *plan, release().frames())


def read(made: Filled) -> Read:
    sheets = list(made.sheets)
    return read_back(edited(cells_of(sheets), facts(sheets)), release().frames())


def values(frames: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    return frames["figures"].set_index("figure_id")["value"].astype(float).to_dict()


def cell(made: Filled, sheet: str, row: str, heading: str) -> Any:
    """What stands in a row, by its name, under a heading, by its beginning."""
    (own,) = [each for each in made.sheets if each.name.partition(" ")[2].startswith(sheet)]
    place = next(place for place, each in enumerate(own.headings) if each.startswith(heading))
    (found,) = [slots for slots in own.rows if slots[0].value == row]
    return found[place].value


def test_the_printed_report_gives_every_figure(june: Read, grids: Grids, plan: tuple[Plan, list[SheetPlan]]) -> None:
    text = {
        "asb": ["Anti-social behaviour fell by 5,000 in the year.", "We patrol more."],
        "homicide": ["3 in a year."],
    }
    made = filled(printed_report(june.frames, grids, text=text), plan)
    assert (made.filled, made.asked) == (300, 302)
    baseline = "Anti-social behaviour by type, row “ASB”, column “Baseline (April 19 to March 20)”"
    volunteers = "Community Speedwatch volunteers, row “2021”, column “Number of Active Groups”"
    expected = [
        "40 of 41 tables are found in the document.",
        "Left to type, for its cells name the areas they belong to: “Public confidence by Local Policing Team”.",
        "Motoring offences: not found in the document: “Seatbelt”. What is asked there is left blank.",
        "Motoring offences: the row “E-Scooter” is new; it stands in a row to spare.",
        f"{volunteers}: the document prints 67 where the report before printed 66; 67 stands.",
        f"{baseline}: the document prints 31,100, and 31,094 is worked out; 31,100 is typed over it.",
        "Statements: 1 line stands before the first heading that names a section, and is not taken.",
        f"300 of 302 {LAST}",
    ]
    assert [each for each in made.told if each in expected] == expected
    back = read(made)
    assert [each.sentence for each in back.problems if "E-Scooter" not in each.sentence] == []
    assert values(back.frames) == values(june.frames)
    (number,) = [row for row in back.frames["statements"].itertuples() if row.section == "asb"]
    assert (number.value, number.where) == ("-5000", "section 3.3")


def test_the_explorers_own_document_gives_every_figure(june: Read, plan: tuple[Plan, list[SheetPlan]]) -> None:
    """Its tables have verdicts beside the numbers, periods in headings, and one stands on its side."""
    frames = {name: release().frames()[name].iloc[0:0] for name in release().frames()} | typed(june)
    judged = changes(*(frames[name] for name in ("figures", "measures", "tables", "events", "statements")), "previous")
    blocks: list[Any] = []
    tables = frames["tables"][frames["tables"]["id"].isin(OWN)]
    for table in tables.itertuples():
        told = table_told(frames, table.id, judged)
        blocks += [Heading(3, table.title, table.id), Paragraph((Run(told.sentence),))]
        blocks.append(table_of(told.rows, told.caption, told.first))
    content = word_document(Document("INVENTED FOR TESTS", "", tuple(blocks), "INVENTED", "INVENTED FOR TESTS"))
    made = filled(content, plan)
    assert made.told[0] == f"{len(OWN)} of 41 tables are found in the document."
    assert "999 calls: the row “999 Calls” is called “999 Calls Received” now." in made.told
    wanted = {
        name: value for name, value in values(june.frames).items() if name.startswith(tuple(f"{each}." for each in OWN))
    }
    got = values(read(made).frames)
    assert {name: got.get(name) for name in wanted} == wanted


def typed(read_: Read) -> dict[str, pd.DataFrame]:
    """The frames of a release that was read, as a release has them."""
    from data.release_files import made_release

    return made_release(read_.release_id, read_.info, read_.frames).frames()


def test_what_is_doubtful_is_told_and_left(june: Read, grids: Grids, plan: tuple[Plan, list[SheetPlan]]) -> None:
    asb, crime, roads = grids["asb"], grids["neighbourhood_crime"], grids["ksi"]
    last, right = asb[1][2], asb[1][3]
    asb[1][2], asb[2][2] = f"{last}*", "about 7,400"  # a footnote mark; words
    asb[3][1] = ""
    asb[1][3] = "-1,111"  # the report's own slip: the numbers give another difference
    gone = crime.pop(1)  # a row that is missing
    crime[1][0], crime[2][0] = "Personal Robbery Offences", "Theft of or from Cars"  # called otherwise now
    crime[3], crime[4] = crime[4], crime[3]  # in another order
    roads[0][2] = "Latest 12 Months"  # a heading that nothing else is called
    roads.insert(3, ["Slight Injury", "10", "20", "10", "100%", "30", "-10", "-33.3%"])
    for place in (1, 2, 5):
        roads[4][place] = f"{sum(int(row[place]) for row in roads[1:4]):,}"
    for place in (3, 4, 6, 7):
        roads[4][place] = ""
    grids["vawg_by_offence"], grids["vawg_by_relationship"] = grids["vawg_by_relationship"], grids["vawg_by_offence"]
    made = filled(printed_report(june.frames, grids), plan)
    title, other = "Anti-social behaviour by type", "Neighbourhood crime by type"
    expected = [
        f"{title}, row “ASB - Personal Nuisance - E1”, column “Last 12 Months”: “about 7,400” is not read as a count "
        "such as 7,421; the cell is left blank.",
        f"{title}: the document prints nothing in row “ASB - Environmental - E3”, column “Previous 12 Months”. Type [x] "
        "there where that is so.",
        f"{other}: the row “Personal Robbery” is called “Personal Robbery Offences” now. So too: “Theft From Motor "
        "Vehicles”, which is “Theft of or from Cars” now.",
        f"{other}: not found in the document: “{gone[0]}”. What is asked there is left blank.",
        "Collisions with death or serious injury: the column “Latest 12 Months” is taken as “Last 12 Months”, by its "
        "place.",
        "Collisions with death or serious injury: the row “Slight Injury” is new; it stands in a row to spare.",
    ]
    assert [each for each in expected if each not in made.told] == []
    where = f"{title}, row “ASB - Community Nuisance - E2”, column “12 Month Difference”"
    assert [each for each in made.told if "from its own numbers" in each] == [
        f"{where}: the document prints -1,111, and {right} is worked out from its own numbers; -1,111 is typed over it."
    ]
    assert cell(made, "Anti-social", "ASB - Community Nuisance - E2", "Last") == int(last.replace(",", ""))
    assert cell(made, "Anti-social", "ASB - Personal Nuisance - E1", "Last") is None
    assert not [each for each in made.told if each.startswith("Collisions") and "typed over" in each], "parts add up"
    wanted = values(june.frames)
    got = values(read(made).frames)
    assert got["vawg_by_offence.rape.last_12_months"] == wanted["vawg_by_offence.rape.last_12_months"]
    assert not [name for name in got if name.startswith("neighbourhood_crime.burglary") and "last_12" in name]


def test_of_two_tables_that_could_be_meant_none_is_taken(
    june: Read, grids: Grids, plan: tuple[Plan, list[SheetPlan]]
) -> None:
    twice = {"asb": [list(row) for row in grids["asb"]], "ksi": [list(row) for row in grids["asb"]]}
    twice["ksi"][1][2] = "9"
    made = filled(printed_report(june.frames, twice), plan)
    assert made.told[0] == "1 of 41 tables are found in the document.", "one stands under the heading of its section"
    frames = june.frames | {"tables": june.frames["tables"].assign(where="section 9, Elsewhere")}
    made = filled(printed_report(frames, twice), plan)
    assert made.told[0] == "0 of 41 tables are found in the document."
    sentence = "Anti-social behaviour by type: 2 tables of the document could be it (“Elsewhere”); nothing is taken."
    assert sentence in made.told
    alone = filled(printed_report(frames, {"calls_999": grids["calls_999"]}), plan)
    assert alone.filled == 0, "numbers without a name belong to a table that a heading names"


def test_the_report_before_is_refused(plan: tuple[Plan, list[SheetPlan]]) -> None:
    frames = release().frames()
    grids = printed_tables(frames)
    with pytest.raises(
        ValueError, match=r"^The document says that its data go to 31 March 2023, and the workbook's go"
    ) as found:
        filled(printed_report(frames, grids, "31 March 2023"), plan)
    assert str(found.value).endswith(
        "to 30 June 2023: it is the report 2023-03, which the workbook is made from. Choose the document of the next "
        "report; nothing is taken from this one."
    )
    with pytest.raises(
        ValueError, match=r"^The document speaks of the periods of the report 2023-03, which the workbook"
    ):
        filled(printed_report(frames, grids, "the end"), plan)
    undated = {name: grids[name] for name in ("asb", "all_crime", "domestic_crime", "knife_gun_crime")}
    with pytest.raises(ValueError, match=r"^[0-9]+ of the [0-9]+ numbers that the document prints for new periods are"):
        filled(printed_report(frames, undated, "the end"), plan)


def test_a_table_of_another_year_or_with_old_columns_gives_nothing_in_silence(
    june: Read, grids: Grids, plan: tuple[Plan, list[SheetPlan]]
) -> None:
    for row in grids["revenue_outturn"][3:]:
        row[1:3] = [f"{place}1,234" if cell_ else "" for place, cell_ in enumerate(row[1:3], start=1)]
    grids["outcome_rates"][0][4:] = ["Dec - 22", "Jan - 23", "Feb - 23", "Mar - 23"]
    grids["custody"][0][5:] = ["Sep - 23", "Oct - 23", "Nov - 23", "Dec - 23"]
    grids["confidence_questions"][0][1:3] = ["January 2023", "June 2023"]
    made = filled(printed_report(june.frames, grids), plan)
    expected = [
        "Outcome rates: the document's table says “Dec - 22”, a period of the report before; nothing is taken from it.",
        "Revenue outturn 2022/23: the document's table prints other numbers than the report before where periods are "
        "the same, so it may be another table or another year; nothing is taken from it.",
        "Custody: the column “Previous 12 Months” does not say its period, and others say one that is not meant; nothing "
        "is taken of it. So too: the column “Last 12 Months”.",
    ]
    assert [each for each in expected if each not in made.told] == []
    assert cell(made, "Custody", "Arrests", "Last") is None
    assert "Public confidence by question" in " ".join(made.told)


def test_a_document_without_any_table_gives_its_text(june: Read, plan: tuple[Plan, list[SheetPlan]]) -> None:
    blank = filled(printed_report(june.frames, {}), plan)
    assert blank.filled == 0
    assert blank.told[0] == "0 of 41 tables are found in the document."
    assert "Statements: no heading of the document names a section, so its text is left to paste." in blank.told


SMALL = ("asb", "vawg_by_offence", "vawg_by_relationship")  # too few numbers to be the report before
SIGNS = st.text("0123456789,.%()-–↑↓*† x£", max_size=8)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(SMALL), st.integers(1, 9), st.integers(1, 9), SIGNS), max_size=12))
def test_a_cell_holds_the_number_of_its_own_place_or_none(changes_: list[tuple[str, int, int, str]]) -> None:
    """Whatever stands in the document's cells: what is asked is filled with that very number, or stays blank."""
    plan, sheets = shipped_plan()
    small = replace(plan, tables=tuple(table for table in plan.tables if table.id in SMALL))
    grids = {name: [list(row) for row in grid] for name, grid in shipped_tables().items() if name in SMALL}
    for name, row, column, text in changes_:
        grid = grids[name]
        grid[row % (len(grid) - 1) + 1][column % (len(grid[0]) - 1) + 1] = text
    rows = [
        (block, "table", 0, row, column, text, False)
        for block, grid in enumerate(grids.values())
        for row, cells in enumerate(grid)
        for column, text in enumerate(cells)
    ]
    blocks = pd.DataFrame(rows, columns=DOCUMENT_COLUMNS)
    made = fill_from(blocks, small, sheets, release().frames())
    assert changes_ or made.filled == made.asked
    for table in small.tables:
        (sheet,) = [each for each in made.sheets if each.name == table.sheet]
        for slots, cells in zip(sheet.rows, grids[table.id][1:], strict=False):
            for slot, text in zip(slots[2:], cells[1:], strict=False):
                if slot.kind == ASKED and slot.value is not None and slot.value != "[x]":
                    number = read_printed(without_marks(text))
                    assert number is not None
                    assert read_printed(str(slot.value)).value == number.value or float(slot.value) == number.value
