"""The release workbook, opened again and held against the checklist for accessible spreadsheets, cell by cell."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.contracts import SCHEMAS
from data.releases import data_root, load_release
from documents.workbook import release_workbook
from documents.workbook_words import HOLDS, NOTE_OF, NOTES, heading, sheet_name

# gptables writes cells in ways that pandas has begun to retire.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gptables")

TITLE, FORCE = "Public Performance Report", "Any Police"
SHORTHAND = {"[x]", "[z]"}
UNPRINTED = {"numerator", "denominator", "period_start", "period_end", "rank", "of_how_many", "value", "low", "high"}
UNPRINTED |= {"to", "due", "due_words"}  # a blank here is a thing the report does not print
TERMS = {"unit", "basis", "direction", "row_kind", "role", "kind", "effect", "status", "mapping_assumed"}


def opened(frames: dict[str, pd.DataFrame]) -> Workbook:
    """The workbook of these frames, as a reader's program sees it."""
    return openpyxl.load_workbook(io.BytesIO(release_workbook(TITLE, FORCE, frames)), rich_text=True)


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """Every frame of the latest bundled release."""
    return load_release(data_root()).frames()


@pytest.fixture(scope="module")
def book(frames: dict[str, pd.DataFrame]) -> Workbook:
    return opened(frames)


def table_cells(sheet: Worksheet) -> list[list[Any]]:
    """The one table of a sheet, its heading row first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def lines_above(sheet: Worksheet) -> list[str]:
    """The texts above a sheet's table."""
    (table,) = sheet.tables.values()
    first = sheet[table.ref][0][0].row
    return [row[0] for row in sheet.iter_rows(max_row=first - 1, max_col=1, values_only=True)]


def tabled(book: Workbook) -> Iterator[Worksheet]:
    """Every sheet but the cover."""
    return iter(book.worksheets[1:])


def shown_right(column: str, shown: Any, value: Any) -> bool:
    """Does the cell say what the frame holds? Worked out anew here, not by the code under test."""
    if pd.isna(value) or value == "":
        return shown == ("[x]" if column in UNPRINTED else "[z]")
    if isinstance(value, pd.Timestamp):
        return shown == value.date().isoformat()
    if not isinstance(value, str):
        return isinstance(shown, int | float) and shown == value
    if column in TERMS:
        return isinstance(shown, str) and "_" not in shown and shown not in SHORTHAND
    if column == "rounding" and value != "exact":
        return shown == float(value)
    if column == "inputs":
        return shown.replace("[x]", "-") == value
    return isinstance(shown, str) and shown == value


# --- everything is there ----------------------------------------------------------------------------------------------


def test_every_frame_row_and_cell_is_there(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    for name, frame in frames.items():
        headings, *rows = table_cells(book[sheet_name(name)])
        assert [text.split("\n")[0] for text in headings] == [heading(column) for column in frame.columns]
        if frame.empty:
            assert [row[0] for row in rows] == ["none"], name
            continue
        assert len(rows) == len(frame), name
        for shown, held in zip(rows, frame.itertuples(index=False, name=None), strict=True):
            wrong = [
                (column, cell, value)
                for column, cell, value in zip(frame.columns, shown, held, strict=True)
                if not shown_right(column, cell, value)
            ]
            assert wrong == [], name


def test_row_counts_are_told(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    for name, frame in frames.items():
        assert any(line.startswith(f"{len(frame):,} row") for line in lines_above(book[sheet_name(name)]))


def test_frames_stay_as_they_were(frames: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy(deep=True) for name, frame in frames.items()}
    release_workbook(TITLE, FORCE, frames)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_no_file_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object, **named: object) -> None:
        raise AssertionError(f"a file was opened: {words}")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert release_workbook(TITLE, FORCE, {"glossary": small()["glossary"]})


# --- the checklist ----------------------------------------------------------------------------------------------------


def test_sheets(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    names = book.sheetnames
    assert names == ["Cover", "Contents", "Notes", *(sheet_name(name) for name in frames)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)
    assert book.active.title == "Cover"
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_nothing_merged_frozen_filtered_hidden_or_floating(book: Workbook) -> None:
    for sheet in book:
        assert not sheet.merged_cells.ranges, sheet.title
        assert sheet.freeze_panes is None, sheet.title
        assert sheet.auto_filter.ref is None, sheet.title
        assert all(table.autoFilter is None for table in sheet.tables.values()), sheet.title
        assert not sheet._images, sheet.title
        assert not sheet._charts, sheet.title
        assert not any(part.hidden for part in [*sheet.column_dimensions.values(), *sheet.row_dimensions.values()])
        edges = [sheet.oddHeader, sheet.evenHeader, sheet.oddFooter, sheet.evenFooter]
        assert not any(place.text for edge in edges for place in (edge.left, edge.center, edge.right)), sheet.title


def test_cursor_is_in_the_first_cell(book: Workbook) -> None:
    for sheet in book:
        assert [selection.activeCell for selection in sheet.sheet_view.selection] == ["A1"], sheet.title
        assert sheet.sheet_view.topLeftCell in (None, "A1")
        assert isinstance(sheet["A1"].value, str)


def test_one_marked_table_a_sheet_from_column_a_without_a_blank(book: Workbook) -> None:
    names = []
    for sheet in tabled(book):
        (table,) = sheet.tables.values()
        names.append(table.name)
        assert table.ref.startswith("A"), sheet.title
        assert table.ref.endswith(f"{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}"), sheet.title
        assert table.headerRowCount == 1
        headings, *rows = table_cells(sheet)
        assert headings == [column.name for column in table.tableColumns], sheet.title
        assert len({text.casefold() for text in headings}) == len(headings), sheet.title
        assert all(isinstance(text, str) and text.strip() for text in headings), sheet.title
        assert all(cell not in (None, "") for row in rows for cell in row), sheet.title
        assert rows, sheet.title
        assert all(lines_above(sheet)), f"a blank row above the table of {sheet.title}"
    assert len(set(names)) == len(names)


def test_headings_are_plain_words(book: Workbook) -> None:
    for sheet in tabled(book):
        assert all("_" not in text and text[0].isupper() for text in table_cells(sheet)[0]), sheet.title


def test_table_cells_wrap(book: Workbook) -> None:
    for sheet in tabled(book):
        (table,) = sheet.tables.values()
        assert all(cell.alignment.wrap_text for row in sheet[table.ref] for cell in row), sheet.title
    assert all(row[0].alignment.wrap_text for row in book["Cover"].iter_rows())


def test_document_information(book: Workbook) -> None:
    assert book.properties.title == f"{FORCE}: {TITLE}"
    assert book.properties.creator == "Performance Explorer"
    assert book.properties.subject


# --- words ------------------------------------------------------------------------------------------------------------


def test_cover_says_whose_figures_and_under_what_terms(book: Workbook) -> None:
    lines = [row[0] for row in book["Cover"].iter_rows(values_only=True)]
    said = " ".join(lines)
    assert lines[0] == f"{FORCE}: {TITLE}"
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in said
    assert "not an official statistics product" in said
    assert all(sheet.title in said for sheet in tabled(book))
    links = [row[0].hyperlink for row in book["Cover"].iter_rows() if row[0].hyperlink]
    assert [link.location for link in links if link.location] == ["'Contents'!A1"]
    assert [link.target for link in links if link.target] == [
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ]


def test_contents_leads_to_every_sheet(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    (table,) = book["Contents"].tables.values()
    led = [(row[0].value, row[0].hyperlink.location) for row in book["Contents"][table.ref][1:]]
    assert led == [(sheet_name(name), f"'{sheet_name(name)}'!A1") for name in frames]


def test_every_sheet_has_title_and_source(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    for name in frames:
        title, *lines = lines_above(book[sheet_name(name)])
        assert title.startswith(f"{sheet_name(name)}: ")
        assert any(line.startswith(f"Source: {FORCE}, {TITLE}.") for line in lines), name


def test_shorthand_is_explained_where_it_stands_and_only_there(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    for name in frames:
        sheet = book[sheet_name(name)]
        words = {word for row in table_cells(sheet)[1:] for cell in row for word in str(cell).split()}
        explained = {line[:3] for line in lines_above(sheet) if line[:3] in SHORTHAND}
        assert explained == words & SHORTHAND, name
    assert {"[x]", "[z]"} <= {word for row in table_cells(book["Notes"]) for word in str(row[1]).split()}


def test_every_note_is_there_and_referred_to(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    notes = [row[0] for row in table_cells(book["Notes"])[1:]]
    assert notes == list(range(1, len(notes) + 1))
    referring = [
        text
        for name in frames
        for text in [*lines_above(book[sheet_name(name)]), *table_cells(book[sheet_name(name)])[0]]
    ]
    assert {int(number) for text in referring for number in re.findall(r"\[note (\d+)\]", text)} == set(notes)
    assert not any("$$" in text for text in referring)


def test_the_words_know_every_table_and_no_column_that_is_gone() -> None:
    columns = {column for schema in SCHEMAS.values() for column in schema.columns}
    assert set(HOLDS) == set(SCHEMAS)
    assert set(NOTE_OF) <= columns
    assert set(NOTE_OF.values()) | {"source", "blanks"} == set(NOTES)


# --- cells a spreadsheet program would misread ------------------------------------------------------------------------


def small() -> dict[str, pd.DataFrame]:
    """Two small frames, one of them without rows."""
    figures = pd.DataFrame(
        {
            "figure_id": ["calls.total", "calls.new"],
            "period_end": pd.to_datetime(["2023-03-31", None]),
            "value": [7.5, float("nan")],
            "printed": ["=1+1", "↑ 16529"],
            "unit": ["gbp_thousand", "per_1000"],
            "rank": pd.array([3, None], dtype="Int64"),
            "inputs": ["calls.a -", ""],
        }
    )
    glossary = pd.DataFrame({"term": ["LPT"], "meaning": ["Local Policing Team"], "where": ["section 5.3"]})
    corrections = pd.DataFrame({name: pd.Series([], dtype=str) for name in ("id", "printed", "corrected")})
    return {"figures": figures, "glossary": glossary, "corrections": corrections}


def test_small_frames() -> None:
    made = opened(small())
    assert table_cells(made["Figures"])[1:] == [
        ["calls.total", "2023-03-31", 7.5, "=1+1", "thousand pounds", 3, "calls.a [x]"],
        ["calls.new", "[x]", "[x]", "↑ 16529", "per 1,000 population", "[x]", "[z]"],
    ]
    assert table_cells(made["Corrections"])[1:] == [["none", "[z]", "[z]"]]
    assert "0 rows, 3 columns." in lines_above(made["Corrections"])


@pytest.mark.parametrize(
    "text",
    ["=1+1", "{=1+1}", "+5%", "-0.14", "−3", "@SUM(A1)", "(2,366)", "007", "16529", "£", "–", "https://example.org",
     "mailto:a@example.org", "internal:Cover!A1", "[see](section 3)", "a [b](c) [d](e)", "$$blanks$$", "two\nlines"],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    made = opened({"glossary": pd.DataFrame({"term": [text], "meaning": ["as it is"], "where": ["anywhere"]})})
    (table,) = made["Glossary"].tables.values()
    cell = made["Glossary"][table.ref][1][0]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_no_formula_and_numbers_are_numbers(book: Workbook, frames: dict[str, pd.DataFrame]) -> None:
    assert all(cell.data_type in "sn" for sheet in book for row in sheet.iter_rows() for cell in row)
    headings, *rows = table_cells(book["Figures"])
    value, printed = list(frames["figures"].columns).index("value"), list(frames["figures"].columns).index("printed")
    assert headings[printed].startswith("As printed")
    assert all(isinstance(row[value], int | float) and isinstance(row[printed], str) for row in rows)


WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).filter(lambda text: text.strip())


@settings(max_examples=25)
@given(st.lists(WORDS.filter(lambda text: "_x" not in text.casefold()), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_went_in(texts: list[str]) -> None:
    """But for _x and four digits, which the file format reads as one character."""
    made = opened({"glossary": pd.DataFrame({"term": texts})})
    assert [row[0] for row in table_cells(made["Glossary"])[1:]] == texts


def test_a_corrected_number_says_so_beside_its_print(frames: dict[str, pd.DataFrame]) -> None:
    named = frames["figures"]["figure_id"].iloc[3]
    row = {"id": named, "printed": frames["figures"]["printed"].iloc[3], "corrected": "12,345", "who": "analyst",
           "date": pd.Timestamp("2023-06-02"), "why": "two days were left out"}  # fmt: skip
    only = {name: frames[name] for name in ("figures", "as_published")}
    made = opened({**only, "corrections": pd.DataFrame([row])})
    cells = [[str(cell.value) for cell in line] for line in made["Figures"].iter_rows()]
    heads = next(line for line in cells if line[0].startswith("Figure id"))
    column = heads.index("Corrected")
    assert heads[column - 1].startswith("As printed")
    told = {line[0]: line[column] for line in cells[cells.index(heads) + 1 :]}
    note = "corrected to 12,345 on 2 June 2023: two days were left out"
    assert {name for name, said in told.items() if said != "[z]"} == {named}
    assert told[named] == note
    assert "Corrected" not in [cell.value for line in made["As published"].iter_rows() for cell in line]


def test_a_corrected_difference_says_so_too(frames: dict[str, pd.DataFrame]) -> None:
    """It is no figure: its own id names it."""
    derived = frames["as_published"]
    named = derived.loc[derived["figure_id"] == "", "id"].iloc[2]
    row = {"id": named, "printed": "1", "corrected": "-12", "who": "analyst", "date": pd.Timestamp("2023-06-02"),
           "why": "a sign was lost"}  # fmt: skip
    made = opened({"as_published": derived, "corrections": pd.DataFrame([row])})
    cells = [[str(cell.value) for cell in line] for line in made["As published"].iter_rows()]
    [told] = [line for line in cells if "corrected to -12 on 2 June 2023: a sign was lost" in line]
    assert named in told
