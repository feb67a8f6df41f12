"""Table books read back by openpyxl and odfdo: the same sheets in both, and the checklist for accessible ones."""

from __future__ import annotations

import io
from typing import Any

import odfdo
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.blocks import Heading, Table
from documents.table_book import ods_book, xlsx_book
from tests.documents.made import TABLE, document
from tests.documents.odd import ODD, readable

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gptables"),
]
OTHER = Table("Cats", ("Breed", "Count"), (("Tabby", "1.5"),), name="Lost dogs")  # a name that is taken
FRONT = ["Cover", "Contents", "Notes"]
Cells = list[list[Any]]


def sheets_of_xlsx(*blocks: Any) -> dict[str, Cells]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_book(document(*blocks))), rich_text=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def sheets_of_ods(*blocks: Any) -> dict[str, Cells]:
    book = odfdo.Document(io.BytesIO(ods_book(document(*blocks))))
    return {table.name: [list(row) for row in table.get_values()] for table in book.body.tables}


READERS = [sheets_of_xlsx, sheets_of_ods]


def table_in(cells: Cells, header: tuple[str, ...]) -> Cells:
    """The rows of a sheet from its header on."""
    start = next(place for place, row in enumerate(cells) if [str(cell) for cell in row[: len(header)]] == list(header))
    return cells[start + 1 :]


@pytest.mark.parametrize("read", READERS)
def test_one_table_a_sheet_after_cover_contents_and_notes(read: Any) -> None:
    told = read(TABLE, OTHER)
    assert list(told) == [*FRONT, "Lost dogs", "Lost dogs 2"]
    assert table_in(told["Lost dogs"], TABLE.header) == [
        ["Terriers", 1000, 1250, "▲ real change"], ["Poodles", "[x]", "=2+3", "[z]"], ["All", 1400, 1750, "[z]"],
    ]  # fmt: skip
    assert table_in(told["Lost dogs 2"], OTHER.header) == [["Tabby", 1.5]]


@pytest.mark.parametrize("read", READERS)
def test_no_cell_is_blank_inside_a_table_and_every_shorthand_is_explained(read: Any) -> None:
    cells = read(TABLE, OTHER)["Lost dogs"]
    assert all(cell not in ("", None) for row in table_in(cells, TABLE.header) for cell in row)
    above = [str(row[0]) for row in cells]
    assert any(line.startswith("[x] = not available") for line in above)
    assert any(line.startswith("[z] = not applicable") for line in above)
    assert any("dogs.poodles" in line and "explorer.example.org" in line for line in above), "the table's own note"
    assert any("[note 1]" in line and "Any Police, invented report" in line for line in above)
    assert above[0] == TABLE.caption


@pytest.mark.parametrize("read", READERS)
def test_the_cover_says_what_it_is_and_contents_lead_to_every_sheet(read: Any) -> None:
    told = read(TABLE, OTHER)
    cover = "\n".join(str(row[0]) for row in told["Cover"])
    for words in ("Any Police: a document", "OFFICIAL", "Not yet published.", "Data to: 31 March 2023"):
        assert words in cover
    contents = [str(cell) for row in told["Contents"] for cell in row]
    assert {"Lost dogs", "Lost dogs 2"} <= {word for cell in contents for word in [cell]}
    notes = [[str(cell) for cell in row[:2]] for row in told["Notes"]]
    assert [row[0] for row in notes[-3:]] == ["1", "2", "3"]


def test_properties_are_told() -> None:
    told = openpyxl.load_workbook(io.BytesIO(xlsx_book(document(TABLE)))).properties
    assert (told.title, told.creator, told.subject) == ("Any Police: a document", "Any Police", "Dogs")
    meta = odfdo.Document(io.BytesIO(ods_book(document(TABLE)))).meta
    assert (meta.title, meta.language, meta.initial_creator) == ("Any Police: a document", "en-GB", "Any Police")


def test_a_document_without_a_table_makes_no_book() -> None:
    for write in (xlsx_book, ods_book):
        with pytest.raises(ValueError, match="has no table, so there is no table book of it"):
            write(document(Heading(1, "Only words")))


@settings(max_examples=40)
@given(st.lists(ODD, min_size=5, max_size=5))
def test_odd_words_come_out_as_they_are_and_are_no_formula(words: list[str]) -> None:
    caption, first, head, cell, name = words
    table = Table(caption, (first, "2 " + head), ((cell, "=1+1"),), name=name)
    for read in READERS:
        told = read(table)
        (cells,) = (told[sheet] for sheet in told if sheet not in FRONT)
        assert [" ".join(str(each).split()) for each in cells[-1]] == [" ".join(readable(cell).split()), "=1+1"]
