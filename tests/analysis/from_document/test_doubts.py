"""Documents that could mislead: nothing is taken of what is not sure, and each is told once a table.

The numbers are those of the shipped release or INVENTED FOR TESTS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit.printed import read_printed
from analysis.from_document import Filled, fill_from, fill_text
from analysis.from_document.document import DOCUMENT_COLUMNS
from analysis.next_report.cells import ASKED, TOTAL
from documents import report
from tests.analysis.from_document.test_filled import cell, shipped_plan, shipped_tables
from tests.printed_document import Grids
from tests.published import release

ASB, TITLE = "3.3 Anti-social behaviour", "Anti-social behaviour by type"
RATE = "Abandoned 101 Call Rate"
E2 = "ASB - Community Nuisance - E2"
PREVIOUS, LAST = 1, 2  # columns of most tables


@pytest.fixture
def grids() -> Grids:
    return {name: [list(row) for row in grid] for name, grid in shipped_tables().items()}


def blocks(*parts: str | tuple[str] | Sequence[Sequence[str]]) -> pd.DataFrame:
    """A document of headings, of paragraphs as tuples, and of tables."""
    rows = []
    for block, part in enumerate(parts):
        if isinstance(part, str):
            rows.append((block, "heading", 2, 0, 0, part, False))
        elif isinstance(part, tuple):
            rows.append((block, "paragraph", 0, 0, 0, part[0], False))
        else:
            rows += [
                (block, "table", 0, row, column, text, False)
                for row, cells in enumerate(part)
                for column, text in enumerate(cells)
            ]
    return pd.DataFrame(rows, columns=DOCUMENT_COLUMNS)


def filled(*parts: str | tuple[str] | Sequence[Sequence[str]]) -> Filled:
    return fill_from(blocks(*parts), *shipped_plan(), release().frames())


def said(made: Filled, title: str) -> list[str]:
    """What is told of one table, without what is worked out."""
    return [each for each in made.told if each.startswith(title) and "typed over it" not in each]


def test_per_cents_without_a_sign_are_no_counts(grids: Grids) -> None:
    shares = [[cell_.strip("%") for cell_ in row] for row in grids["abandoned_101_waits_percent"]]
    headed = filled(RATE, [["%", *shares[0][1:]], *shares[1:]])
    silent = filled(RATE, shares)
    for made in (headed, silent):
        counts = next(each for each in made.sheets if each.name.startswith("9 Abandoned 101 calls by wait"))
        assert [slot.value for slot in counts.rows[0][3:8]] == [None] * 5
    assert (
        said(headed, "Abandoned 101 calls by wait, shares")
        == said(headed, "Abandoned 101 calls by wait, numbers")
        == []
    )
    assert [each for each in silent.told if "may be thousands or per cents" in each] != []
    assert filled(RATE, grids["abandoned_101_waits"]).filled == 10


def test_a_total_under_another_name_is_no_new_part(grids: Grids) -> None:
    asb, roads = grids["asb"], grids["motoring_offences"]
    for name in ("Force total", "Everything"):
        made = filled(ASB, [*asb[:-1], [name, *asb[-1][1:5], "", "", ""]])
        assert cell(made, "Anti-social", "ASB", "Last 12") == 19640, "what the parts add up to"
        assert said(made, TITLE)[-1] == f"{TITLE}: the row “{name}” is new; it is left to type, in a row to spare."
    sums = [f"{sum(int(row[place].replace(',', '')) for row in roads[1:])}" for place in (1, 2, 5)]
    made = filled("Motoring Offences", [*roads, ["Whole county", *sums[:2], "", "", sums[2], "", ""]])
    assert "the row “Whole county” is new; it is left to type" in said(made, "Motoring offences")[-1]


def test_numbers_of_rows_are_no_labels_and_a_note_in_all_cells_is_no_row(grids: Grids) -> None:
    numbered = [["No." if place == 0 else str(place), *row] for place, row in enumerate(grids["asb"])]
    numbered.append(["", "Note 1", *["2023"] * 7])
    made = filled(ASB, numbered)
    assert (made.filled, cell(made, "Anti-social", E2, "Last 12")) == (6, 11904)
    assert said(made, TITLE) == [f"{TITLE}: the row “Note 1” is new; it is left to type, in a row to spare."]
    joined = blocks(ASB, [*grids["asb"], ["Note 1", *["2023"] * 7]])
    joined.loc[(joined["row"] == len(grids["asb"])) & (joined["column"] > 0), "joined"] = True
    assert said(fill_from(joined, *shipped_plan(), release().frames()), TITLE) == []


def test_only_headings_right_above_tell_tables_without_labels_apart(grids: Grids) -> None:
    nines, ones = grids["calls_999"], grids["calls_101"]
    heads = "999 Calls", "101 Calls (Triage and direct to 101)"
    assert filled("3.1 Contact", heads[0], nines, heads[1], ones).filled == 4
    below = filled("3.1 Contact", nines, heads[0], ones, heads[1])
    alone = filled(heads[0], nines, (heads[1],), grids["answer_time_101"])
    for made in (below, alone):
        assert made.filled == 0
        assert len(said(made, "999 calls")) == 1 and "nothing in the document's table tells which" in " ".join(
            made.told
        )
    wrong = filled("Abandoned 999 Call Rate", grids["abandoned_101"])
    assert wrong.filled == 0
    assert said(wrong, "Abandoned 101 calls") == [
        "Abandoned 101 calls: the document's table stands under a heading of “Abandoned 999 calls”; nothing is taken "
        "from it."
    ]
    assert filled(RATE, grids["abandoned_101"]).told[0].startswith("1 of 41 tables")


@pytest.mark.parametrize(
    "heading", ["Complaints by team: Cannock", "Stoke", "East Staffs", "National average", "Stafford"]
)
def test_a_table_of_a_part_is_not_the_forces(heading: str, grids: Grids) -> None:
    made = filled("Local Complaints", heading, grids["complaints"])
    assert made.filled == 0
    assert said(made, "Complaints") == [
        f"Complaints: the document's table stands under “{heading}”, which is not the whole force; nothing is taken "
        "from it."
    ]
    both = filled("Local Complaints", grids["complaints"], heading, [row[:2] + row[:2] for row in grids["complaints"]])
    assert cell(both, "Complaints", "Outside Schedule 3", "Last 12") == 1377


def test_the_same_label_twice_is_told_apart_by_past_numbers_or_the_row_above(grids: Grids) -> None:
    custody = grids["custody"]
    for row in custody[1:]:  # June is asked, and March is what was printed
        row[5:] = [row[8], "1", "2", "3"]
    custody[0][5:] = ["Mar - 23", "Apr - 23", "May - 23", "Jun - 23"]
    custody[1][2] = "20,000"
    turned = [custody[0], *custody[3:5], *custody[1:3], *custody[5:]]
    made = filled("6.1 Custody", turned)
    own = next(each for each in made.sheets if each.name.endswith("Custody"))
    lasts = [row[3].value for row in own.rows if row[0].value == "Average Detention Duration (hours)"]
    assert lasts == [14.9, 10.6]
    bare = [
        [*row[:5], "", *row[6:]] for row in (custody[0], custody[2], custody[4], custody[1], custody[3], *custody[5:])
    ]
    made = filled("6.1 Custody", bare)
    assert "“Average Detention Duration (hours)” stands another number of times" in " ".join(said(made, "Custody"))


@pytest.mark.parametrize(
    ("place", "heads"),
    [
        (2, ("Previous 12 Months", "Last 3 Months")), (2, ("12 Months Before", "Current 12 Months")),
        (2, ("Previous 12 Months", "Before 12 Months")), (3, ("Previous 12 Months", "Last 12 Months", "Verdict")),
    ],
)  # fmt: skip
def test_a_column_is_taken_by_its_place_only_where_it_says_the_same(
    place: int, heads: tuple[str, ...], grids: Grids
) -> None:
    grids["asb"][0][1 : len(heads) + 1] = heads
    made = filled(ASB, grids["asb"])
    assert "by its place" not in " ".join(made.told)
    own = next(each for each in made.sheets if each.name.endswith("Anti-social behaviour"))
    if place == LAST:
        assert cell(made, "Anti-social", E2, "Last 12") is None
    assert own.rows[0][4].formula


def test_a_table_that_contradicts_itself_is_told_once(grids: Grids) -> None:
    thousands = [grids["asb"][0], *([row[0], "14", "12", *row[3:]] for row in grids["asb"][1:])]
    swapped = [grids["asb"][0], *([row[0], row[2], row[1], *row[3:]] for row in grids["asb"][1:])]
    for table, words in ((thousands, "of another size"), (swapped, "not those of its own numbers")):
        made = filled(ASB, table)
        assert made.filled == 0
        (sentence,) = [each for each in made.told if each.startswith(TITLE)]
        assert words in sentence


def test_only_the_cover_and_only_the_day_of_the_report_before_refuse(grids: Grids) -> None:
    noted = filled(("Data to 30 June 2023",), ASB, grids["asb"], ("Data to September 2022",))
    below = filled(ASB, grids["asb"], ("Data to 31 March 2023",))
    assert noted.filled == below.filled == 6
    other = filled(("Data to 30 September 2023",), ASB, grids["asb"])
    assert other.told[1] == (
        "The document says that its data go to 30 September 2023, and the workbook's go to 30 June 2023: see whether it "
        "is that report."
    )
    with pytest.raises(ValueError, match="it is the report 2023-03"):
        filled(("Data to 31 March 2023",), ASB, grids["asb"])


@pytest.mark.parametrize(
    "heads",
    [
        ("Previous 12 Months (to June 2022)", "Last 12 Months (to June 2023)"),
        ("12 months to June 2022", "12 Months to Jun-23"), ("Year ending June 2022", "Year to 30 June 2023"),
    ],
)  # fmt: skip
def test_twelve_months_to_a_month_are_a_period(heads: tuple[str, str], grids: Grids) -> None:
    grids["asb"][0][PREVIOUS : LAST + 1] = heads
    made = filled(ASB, grids["asb"])
    assert (made.filled, cell(made, "Anti-social", E2, "Last 12")) == (6, 11904)
    assert said(made, TITLE) == []
    grids["asb"][0][PREVIOUS : LAST + 1] = [head.replace("23", "21") for head in heads]
    assert cell(filled(ASB, grids["asb"]), "Anti-social", E2, "Last 12") is None, "of another year"


def test_a_draft_of_the_explorer_gives_its_tables_and_not_its_sentences(grids: Grids) -> None:
    asb = [[*row, "△ likely change"] for row in grids["asb"]]
    asb[0][-1] = "Verdict"
    bare = [[*row[:3], row[-1]] for row in asb]
    note = f"Draft. {fill_text._DRAFT} from the release's own figures, to be edited."
    parts = [["Part", "Difference"], ["ASB - Environmental - E3", "−57"]]
    made = filled(
        (note,), ASB, ("ASB fell by 5,652. [asb.asb.previous_12_months]",), bare, "What each part made", parts
    )
    assert made.filled == 6
    assert said(made, TITLE) == []
    told = [each for each in made.told if each.startswith("Statements")]
    assert told == [
        "Statements: the document says that it is a draft of the explorer, so its 4 lines are made from figures and are "
        "not taken; paste what the report itself says."
    ]
    assert "that the report before did not have" not in " ".join(made.told)
    edited = filled(ASB, ("ASB fell by 5,652. [asb.asb.previous_12_months]",), ("It fell [1].",), bare)
    assert [each for each in edited.told if each.startswith("Statements")] == [
        "Statements: 1 line names its figures at its end, as the explorer's own sentences do, and is not taken.",
        "Statements: 2 lines of the document's text.",
    ]
    assert fill_text._DRAFT in report._DRAFT


SMALL = {"asb": ASB, "ksi": "Killed and Serious Injury (KSI) Road Traffic Collisions", "homicide": "4.1 Homicide",
         "complaints": "Local Complaints"}  # fmt: skip
NAMES = st.sampled_from(
    ["Force total", "Fire", "Stoke", "7", "", "Latest 12 Months", "Last 3 Months", "Verdict", "ASB*"]
)
WAYS = st.sampled_from(["drop", "swap", "rename"])


@settings(max_examples=60)
@given(
    st.permutations(list(SMALL)),
    st.lists(
        st.tuples(st.sampled_from(list(SMALL)), WAYS, st.booleans(), st.integers(0, 7), st.integers(0, 7), NAMES),
        max_size=8,
    ),
)
def test_no_number_differs_from_the_documents_in_its_place_in_silence(
    order: list[str], changes: list[tuple[str, str, bool, int, int, str]]
) -> None:
    """Rows and columns dropped, reordered and renamed: what stands is what was printed there, or its table is told of."""
    plan, sheets = shipped_plan()
    small = replace(plan, tables=tuple(table for table in plan.tables if table.id in SMALL))
    grids = {name: [list(row) for row in shipped_tables()[name]] for name in SMALL}
    names = {name: ([row[0] for row in grid[1:]], list(grid[0][1:])) for name, grid in grids.items()}
    for name, way, of_rows, one, other, text in changes:
        grid = grids[name] if of_rows else [list(row) for row in zip(*grids[name], strict=True)]
        labels = names[name][0 if of_rows else 1]
        if len(labels) < 3:
            continue
        one, other = one % len(labels), other % len(labels)
        if way == "drop":
            del grid[one + 1], labels[one]
        elif way == "swap":
            grid[one + 1], grid[other + 1] = grid[other + 1], grid[one + 1]
            labels[one], labels[other] = labels[other], labels[one]
        else:
            grid[one + 1][0] = text
        grids[name] = grid if of_rows else [list(row) for row in zip(*grid, strict=True)]
    parts = [part for name in order for part in (SMALL[name], grids[name])]
    made = fill_from(blocks(*parts), small, sheets, release().frames())
    for table in small.tables:
        rows, columns = names[table.id]
        printed = {
            (row, column): read_printed(grids[table.id][down + 1][across + 1])
            for down, row in enumerate(rows)
            for across, column in enumerate(columns)
        }
        (sheet,) = [each for each in made.sheets if each.name == table.sheet]
        for row, slots in zip(table.rows, sheet.rows, strict=True):
            for column in table.columns:
                slot = slots[sheet.headings.index(column.heading)]
                number = printed.get((row.label, column.label))
                if slot.kind not in (ASKED, TOTAL) or slot.value in (None, "[x]") or row.spare:
                    continue
                if slot.kind == TOTAL and number is None:  # the document has none, so it is worked out
                    continue
                same = number is not None and float(str(slot.value).replace(",", "")) == float(number.value)
                unsaid = not [each for each in made.told if table.title in each]
                assert same or not unsaid, (table.id, row.label, column.label, slot.value)
