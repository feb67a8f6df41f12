"""What a valid table is: each kind of mistake gets its own exact sentence, and nothing slips through."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from data.contracts import SCHEMAS, check_table, read_table
from data.errors import DataError
from tests.published import text_frame, write_csv

GOOD = "id,order,title,menu_title\nfirst,1,One,1st\nsecond,2,Two,2nd\n"
NO_SPACES = "expected words without spaces at either end."
AN_ID = "expected an id of small letters, digits, underscores and dots"
A_NUMBER = "expected a plain number such as 1234 or -5.6"
A_DATE = "expected a date such as 2023-03-31"


def problems_of(path: Path, name: str = "priorities") -> list[str]:
    with pytest.raises(DataError) as caught:
        read_table(path, name)
    return caught.value.problems


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "priorities.csv"


# --- the file as a whole ----------------------------------------------------------------------------------------------


def test_a_good_file_is_read(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    read = read_table(file, "priorities")
    assert read.to_dict("list") == {
        "id": ["first", "second"],
        "order": [1, 2],
        "title": ["One", "Two"],
        "menu_title": ["1st", "2nd"],
    }
    assert {name: str(kind) for name, kind in read.dtypes.items()} == {
        "id": "str",
        "order": "Int64",
        "title": "str",
        "menu_title": "str",
    }


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),  # the mark that spreadsheets put first
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode() + b"\n\n",
        GOOD.encode().rstrip(b"\n"),
        b'"id","order","title","menu_title"\n"first","1","One","1st"\n"second","2","Two","2nd"\n',
    ],
    ids=["byte order mark", "windows line ends", "blank lines at the end", "no last line end", "all quoted"],
)
def test_how_a_program_writes_csv_does_not_matter(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert read_table(file, "priorities")["id"].tolist() == ["first", "second"]


def test_columns_may_stand_in_any_order(file: Path) -> None:
    file.write_text("title,menu_title,order,id\nOne,1st,1,first\n", encoding="utf-8")
    assert read_table(file, "priorities").columns.tolist() == ["id", "order", "title", "menu_title"]


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"", ["priorities.csv: the file is empty, expected a header row."]),
        (
            "id,order,title,menu_title\nfirst,1,Caf\u00e9,1st\n".encode("latin-1"),
            ["priorities.csv: byte 37 is not UTF-8. Save the file as 'CSV UTF-8'."],
        ),
        (
            b'id,order,title,menu_title\nfirst,1,"One,1st\nsecond,2,Two,2nd\n',
            ["priorities.csv: a quotation mark is not closed or stands inside a cell (unexpected end of data)."],
        ),
        (
            b'id,order,title,menu_title\nfirst,1,"One" more,1st\n',
            ["priorities.csv: a quotation mark is not closed or stands inside a cell (',' expected after '\"')."],
        ),
        (
            b"id,order,title\nfirst,1,One\n",
            ["priorities.csv: there is no column menu_title. Add it, even if its cells are blank."],
        ),
        (
            b"id,order,title,menu_title,colour\nfirst,1,One,1st,red\n",
            [
                "priorities.csv: column colour is not known here. Remove it or mend its name; "
                "expected id, order, title, menu_title."
            ],
        ),
        (
            b"id,order,name,menu_title\nfirst,1,One,1st\n",
            [
                "priorities.csv: there is no column title. Add it, even if its cells are blank.",
                "priorities.csv: column name is not known here. Remove it or mend its name; "
                "expected id, order, title, menu_title.",
            ],
        ),
        (
            b"id,order,title,menu_title,title,id\nfirst,1,One,1st,One,first\n",
            ["priorities.csv: column id stands twice.", "priorities.csv: column title stands twice."],
        ),
        (
            b"id,order,title,menu_title\nfirst,1,One\nsecond,2,Two,2nd\nthird,3,Three,3rd,more\n",
            [
                "priorities.csv, row 2: found 3 cells, expected 4 as in the header.",
                "priorities.csv, row 4: found 5 cells, expected 4 as in the header.",
            ],
        ),
        (
            b"id,order,title,menu_title\nfirst,1,One,1st\n\nsecond,2,Two,2nd\n",
            ["priorities.csv, row 3: found 0 cells, expected 4 as in the header."],
        ),
        (
            b"id,order,title,menu_title\nfirst,1,One,1st\nfirst,2,Two,2nd\nfirst,3,Three,3rd\n",
            [
                "priorities.csv, row 3, column id: found 'first' again, expected it only once.",
                "priorities.csv, row 4, column id: found 'first' again, expected it only once.",
            ],
        ),
    ],
    ids=[
        "empty file",
        "not UTF-8",
        "unclosed quotation mark",
        "quotation mark inside a cell",
        "missing column",
        "unknown column",
        "misspelt column",
        "doubled columns",
        "wrong number of cells",
        "blank line in the middle",
        "doubled id",
    ],
)
def test_a_broken_file_gets_its_sentence(file: Path, content: bytes, sentences: list[str]) -> None:
    file.write_bytes(content)
    assert problems_of(file) == sentences


def test_a_missing_file_is_named_with_its_folder(tmp_path: Path) -> None:
    (tmp_path / "2023-06").mkdir()
    assert problems_of(tmp_path / "2023-06" / "priorities.csv") == ["priorities.csv: the file is missing from 2023-06."]


def test_all_problems_of_a_file_come_together_in_its_order(file: Path) -> None:
    file.write_text("id,order,title,menu_title\nA,x, One,\nb,-1,Two,2nd\nb,3,,3rd\n", encoding="utf-8")
    assert problems_of(file) == [
        f"priorities.csv, row 2, column id: found 'A', {AN_ID}.",
        f"priorities.csv, row 2, column menu_title: found nothing, {NO_SPACES}",
        "priorities.csv, row 2, column order: found 'x', expected a whole number.",
        f"priorities.csv, row 2, column title: found ' One', {NO_SPACES}",
        "priorities.csv, row 3, column order: found '-1', expected a whole number.",
        "priorities.csv, row 4, column id: found 'b' again, expected it only once.",
        f"priorities.csv, row 4, column title: found nothing, {NO_SPACES}",
    ]


def test_a_file_with_a_header_only_is_a_valid_empty_table(file: Path) -> None:
    file.write_text("id,printed,corrected,date,who,why\n", encoding="utf-8")
    read = read_table(file, "corrections")
    assert read.empty
    assert str(read["date"].dtype).startswith("datetime64")


# --- one cell ---------------------------------------------------------------------------------------------------------

BAD_CELLS = [
    ("figures", "value", "many", f"{A_NUMBER}."),
    ("figures", "value", "227,486", f"{A_NUMBER}."),
    ("figures", "value", "", f"{A_NUMBER}."),
    ("figures", "numerator", "12%", f"{A_NUMBER}, or nothing."),
    ("figures", "period_start", "1 April 2022", f"{A_DATE}."),
    ("figures", "period_end", "2023-02-29", f"{A_DATE}."),
    ("figures", "period_end", "2023-W13-5", f"{A_DATE}."),
    ("figures", "period_end", "", f"{A_DATE}."),
    ("statements", "period_start", "2023-4-1", f"{A_DATE}, or nothing."),
    ("figures", "row_order", "1.5", "expected a whole number."),
    ("figures", "row_kind", "Total", "expected one of part, subtotal, total, memo."),
    ("figures", "status", "draft", "expected one of published, open, illustrative, uploaded."),
    ("figures", "measure", "Calls 999", f"{AN_ID}."),
    ("figures", "measure", "calls..999", f"{AN_ID}."),
    ("figures", "where", "", NO_SPACES),
    ("figures", "row_label", "999 Calls ", NO_SPACES),
    ("measures", "national_measure", "Homicide", f"{AN_ID}, or nothing."),
    ("areas", "mapping_assumed", "yes", "expected one of true, false, or nothing."),
    ("events", "measures", "asb  calls_999", "expected ids with one space between them, or nothing."),
    (
        "as_published",
        "formula",
        "A - B",
        "expected 'stands alone', 'sum', or arithmetic on the letters a, b, c ... of the inputs.",
    ),
]


@pytest.mark.parametrize(("name", "column", "cell", "expected"), BAD_CELLS)
def test_a_bad_cell_gets_its_sentence(name: str, column: str, cell: str, expected: str) -> None:
    frame = text_frame(name).copy()
    frame.loc[3, column] = cell
    with pytest.raises(DataError) as caught:
        check_table(frame, name, f"{name}.csv")
    found = f"found '{cell}'" if cell else "found nothing"
    assert caught.value.problems == [f"{name}.csv, row 5, column {column}: {found}, {expected}"]


# --- any cell ---------------------------------------------------------------------------------------------------------
# A column's kind is told from the words that a user reads, so what the words promise is what is tested.

IDS = st.from_regex(r"[a-z0-9_]{1,6}(\.[a-z0-9_]{1,6}){0,2}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=12)
DIGITS = st.from_regex(r"[0-9]{1,15}", fullmatch=True)
NUMBERS = st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", fullmatch=True)


def told(name: str, column: str) -> str:
    return str(SCHEMAS[name].columns[column].checks[0].error)


def good_cells(name: str, column: str) -> st.SearchStrategy[str]:
    """Cells that the words of a column promise to take."""
    words = told(name, column)
    if words.startswith("one of "):
        good = st.sampled_from(words.removeprefix("one of ").removesuffix(", or nothing").split(", "))
    elif words.startswith("an id "):
        good = IDS
    elif words.startswith("ids "):
        good = st.lists(IDS | IDS.map("section:".__add__) | st.just("-"), min_size=1, max_size=3).map(" ".join)
    elif words.startswith("a plain number"):
        good = NUMBERS
    elif words.startswith("a whole number"):
        good = DIGITS
    elif words.startswith("a date"):
        good = st.dates().map(date.isoformat)
    elif words.startswith("'stands alone'"):
        good = st.sampled_from(["stands alone", "sum", "a", "a - b", "(a - b) / b * 100", "100 - a", "a / (b + c)"])
    else:
        assert words.startswith("words without spaces")
        good = WORDS.map(str.strip).filter(bool)
    return good | st.just("") if words.endswith("or nothing") else good


def is_bad(name: str, column: str, cell: str) -> bool:
    """Whether the words of a column rule a cell out, decided without the code under test."""
    words = told(name, column)
    if not cell:
        return not words.endswith("or nothing")
    if words.startswith("one of "):
        return cell not in words.removeprefix("one of ").removesuffix(", or nothing").split(", ")
    if words.startswith("an id "):
        return any(part == "" or set(part) - set("abcdefghijklmnopqrstuvwxyz0123456789_") for part in cell.split("."))
    if words.startswith("ids "):
        return cell.split(" ") != cell.split() or not cell.isascii() or cell != cell.lower()
    if words.startswith("a plain number"):
        return not cell.isascii() or not re.match(r"^-?\d+(\.\d+)?\Z", cell)
    if words.startswith("a whole number"):
        return not cell.isascii() or not cell.isdigit()
    if words.startswith("a date"):
        try:
            return date(*map(int, cell.split("-"))).isoformat() != cell
        except (TypeError, ValueError, OverflowError):
            return True
    if words.startswith("'stands alone'"):
        return not cell.isascii() or cell != cell.lower() or "%" in cell or "=" in cell
    return cell != cell.strip()


FEWER = settings(max_examples=settings.default.max_examples // 4)  # each checks a whole table

ODD_CELLS = [
    "", " ", "x ", "X", "\u00e9", "a..b", ".a", "1,234", "12%", "1e5", "nan", "-", "--1", "1.", ".5", "+1", "1 000",
    "\u0661\u0662", "2023-13-01", "01/04/2023", "20230401", "2023-W01-1", "9" * 20, "9" * 400, "a  b", "a=b",
    "Published", "none", "\n", "0x10",
]  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, pd.DataFrame]:
    """A file's name and a valid frame of text for it."""
    name = draw(st.sampled_from(sorted(SCHEMAS)))
    columns = list(SCHEMAS[name].columns)
    row = st.tuples(*(good_cells(name, column) for column in columns))
    keys = [place for place, column in enumerate(columns) if SCHEMAS[name].columns[column].unique]
    unique = (lambda cells: cells[keys[0]]) if keys else None
    rows = draw(st.lists(row, max_size=3, unique_by=unique))
    return name, pd.DataFrame(rows, columns=columns, dtype=str)


@FEWER
@given(tables())
def test_a_valid_table_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[str, pd.DataFrame]
) -> None:
    name, frame = table
    file = tmp_path_factory.getbasetemp() / "survives.csv"
    write_csv(file, frame)
    read = read_table(file, name)
    assert list(read.columns) == list(frame.columns)
    assert len(read) == len(frame)
    for column in frame:
        words = told(name, column)
        for wanted, found in zip(frame[column], read[column], strict=True):
            if words.startswith(("a plain", "a whole", "a date")) and not wanted:
                assert pd.isna(found)
            elif words.startswith("a plain"):
                assert found == float(wanted)
            elif words.startswith("a whole"):
                assert found == int(wanted)
            elif words.startswith("a date"):
                assert found.date() == date.fromisoformat(wanted)
            else:
                assert found == wanted


FILLED = [name for name in SCHEMAS if len(text_frame(name))]
CELLS = [(name, column) for name in FILLED for column in SCHEMAS[name].columns]


@FEWER
@given(st.sampled_from(CELLS), st.integers(min_value=0), st.sampled_from(ODD_CELLS) | WORDS | NUMBERS)
@example(("figures", "value"), 642, "\u0661")
@example(("figures", "row_order"), 0, "9" * 20)
@example(("figures", "period_end"), 0, "2023-W13-5")
def test_one_bad_cell_anywhere_in_the_release_is_found_and_nothing_else(
    where: tuple[str, str], place: int, cell: str
) -> None:
    name, column = where
    frame = text_frame(name).copy()
    index = place % len(frame)
    assume(is_bad(name, column, cell))
    frame.loc[index, column] = cell
    with pytest.raises(DataError) as caught:
        check_table(frame, name, f"{name}.csv")
    found = f"found '{cell}'" if cell else "found nothing"
    assert caught.value.problems == [f"{name}.csv, row {index + 2}, column {column}: {found}, expected {told(*where)}."]


@FEWER
@given(st.sampled_from(CELLS), st.integers(min_value=0), st.data())
def test_a_good_cell_anywhere_in_the_release_is_taken(where: tuple[str, str], place: int, data: st.DataObject) -> None:
    name, column = where
    frame = text_frame(name).copy()
    cell = data.draw(good_cells(name, column))
    assume(cell not in set(frame[column]))
    frame.loc[place % len(frame), column] = cell
    assert len(check_table(frame, name, f"{name}.csv")) == len(frame)


@pytest.mark.parametrize("name", [name for name in FILLED if any(c.unique for c in SCHEMAS[name].columns.values())])
def test_a_doubled_id_is_found_in_every_file(name: str) -> None:
    frame = text_frame(name).copy()
    key = frame.columns[0]
    last = len(frame) - 1
    frame.loc[last, key] = frame.loc[0, key]
    with pytest.raises(DataError) as caught:
        check_table(frame, name, f"{name}.csv")
    sentence = f"{name}.csv, row {last + 2}, column {key}: found '{frame.loc[0, key]}' again, expected it only once."
    assert caught.value.problems == [sentence]


def test_every_file_but_two_has_an_id_that_stands_once() -> None:
    """A correction may be corrected again, and a glossary has terms."""
    without = {name for name in SCHEMAS if not any(column.unique for column in SCHEMAS[name].columns.values())}
    assert without == {"corrections", "glossary"}
