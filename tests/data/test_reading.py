"""Bytes to rows: what is accepted is exactly what stands in the file, and the rest is told or refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.reading import NO_LIMITS, Limits, Reading, read_file, read_upload, rejected_csv, sheet_names
from tests.conftest import FULL

FILES_IN_FULL = 10_000


def read(text: str | bytes, name: str = "mine.csv", **others: object) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return read_upload(content, name, **others)  # type: ignore[arg-type]


def refusal(content: str | bytes, name: str = "mine.csv", **others: object) -> str:
    with pytest.raises(DataError) as told:
        read(content, name, **others)
    assert len(told.value.problems) == 1, "one sentence, or two that belong together"
    return str(told.value)


def cells(reading: Reading) -> list[list[str]]:
    return reading.rows.to_numpy().tolist()


def rejects(reading: Reading) -> list[tuple[int, str, str]]:
    return list(reading.rejected.itertuples(index=False, name=None))


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("a,b\n1,é\n".encode(), "UTF-8"),
        ("a,b\n1,é\n".encode("utf-8-sig"), "UTF-8 with byte order mark"),
        ("\ufeffa,b\n1,é\n".encode("utf-16-le"), "UTF-16 little-endian"),
        ("\ufeffa,b\n1,é\n".encode("utf-16-be"), "UTF-16 big-endian"),
        ("a,b\n1,é\n".encode("utf-16-le"), "UTF-16 little-endian"),
        ("a,b\n1,é\n".encode("utf-16-be"), "UTF-16 big-endian"),
        ("a,b\n1,é\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    reading = read(content)
    assert (reading.encoding, reading.columns, cells(reading)) == (encoding, ["a", "b"], [["1", "é"]])


def test_a_guessed_encoding_is_told_with_cells_to_check() -> None:
    lines = "".join(f"{number},caf\xe9 {number}\n" for number in range(1, 8))
    [note] = read(f"id,place\n0,plain\n{lines}".encode("cp1252")).notes
    assert note == (
        "The file is not UTF-8, so it was read as Windows-1252. Check that these are right: row 3, place: 'café 1';"
        " row 4, place: 'café 2'; row 5, place: 'café 3'; row 6, place: 'café 4'; row 7, place: 'café 5'."
    )


def test_a_mixture_of_encodings_is_told() -> None:
    reading = read("a,b\n1,é\n".encode("cp1252") + "2,ü\n".encode())
    assert cells(reading) == [["1", "é"], ["2", "Ã¼"]]
    assert reading.notes[1] == "Some letters look as if they were UTF-8 after all: the file may mix two encodings."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"a,b\n1,\x81\n",
            "mine.csv, row 2: the byte 0x81 is neither UTF-8 nor Windows-1252. Save the file as 'CSV UTF-8' and upload it again.",
        ),
        (
            "\ufeffa,b\n".encode("utf-16-le") + b"x",
            "mine.csv, byte 11 is not UTF-16 little-endian. Save the file as 'CSV UTF-8' and upload it again.",
        ),
        (
            b"\xef\xbb\xbfa,b\n1,\xff\n",
            "mine.csv, byte 10 is not UTF-8. Save the file as 'CSV UTF-8' and upload it again.",
        ),
        (
            "a,b\n1,2\n".encode("utf-32"),
            "mine.csv: the file is in UTF-32, which is not read here. Save it as 'CSV UTF-8'.",
        ),
        (
            b"id,fo\0rce\n" + b"1,2\n" * 500,
            "mine.csv, row 1: found the control character U+0000, which does not belong into a table. Remove it, or export the table again as 'CSV UTF-8'.",
        ),
        (
            b"id,b\r\n1,2\r\n3,\x07\r\n",
            "mine.csv, row 3: found the control character U+0007, which does not belong into a table. Remove it, or export the table again as 'CSV UTF-8'.",
        ),
    ],
)
def test_bytes_without_a_meaning_are_refused(content: bytes, told: str) -> None:
    assert refusal(content) == told


def test_a_broken_letter_far_down_is_found() -> None:
    content = ("a,b\n" + "1,é\n" * 300_000).encode()
    assert len(read(content).rows) == 300_000
    assert refusal(content + b"\x81\n").startswith("mine.csv, row 300002: the byte 0x81 ")


# --- what is no table -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what", "advice"),
    [
        (b"\x1f\x8b\x08\x00rest", "an archive or compressed file", "Unpack it and upload the table itself."),
        (b"PK\x03\x04rest", "an archive or compressed file", "Unpack it and upload the table itself."),
        (b"\x89PNG\r\n\x1a\nrest", "an image", "Save the table as 'CSV UTF-8' and upload that."),
        (b"\xff\xd8\xff\xe0rest", "an image", "Save the table as 'CSV UTF-8' and upload that."),
        (
            b'[{"id": 1, "n": 2},\n{"id": 2, "n": 3}]',
            "a JSON document",
            "Save the table as 'CSV UTF-8' and upload that.",
        ),
        (b"%PDF-1.7\nrest", "a PDF document", "Save the table as 'CSV UTF-8' and upload that."),
        (
            b"\n<!DOCTYPE html><html><table>",
            "a web page or XML document",
            "Save the table as 'CSV UTF-8' and upload that.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "a workbook in the old format (.xls)",
            "Save it as a workbook (.xlsx) or as 'CSV UTF-8' and upload that.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a workbook locked with a password",
            "Save it without the password, as a workbook (.xlsx) or as 'CSV UTF-8', and upload that.",
        ),
    ],
)
def test_other_files_are_named_and_refused(content: bytes, what: str, advice: str) -> None:
    assert refusal(content) == f"mine.csv is {what}, not a table of text. {advice}"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n  \n", b"\xff\xfe"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content) == "mine.csv: the file is empty. Upload a table with a header and rows."


@pytest.mark.parametrize("content", ["a,b\n", "a,b\n\n,\n", "comment\n"])
def test_a_header_alone_is_refused(content: str) -> None:
    assert refusal(content) == "mine.csv: there is no row under the header. Upload a table with a header and rows."


def test_rows_that_never_fit_are_refused() -> None:
    assert refusal("a,b,c\n12,3\n") == (
        "mine.csv: no row under the header can be read as 3 cells. Row 2: Found 2 cells, expected 3 as in the header."
        " Its text: '12,3'."
    )


def test_limits_come_first() -> None:
    assert refusal("a,b\n1,2\n" * 200_000, limits=Limits(bytes=1024**2)) == (
        "mine.csv has 1.5 MB; at most 1 MB are read. Split it, or leave out columns."
    )
    wide = ",".join(f"c{number}" for number in range(501))
    assert refusal(f"{wide}\n{wide}\n") == "mine.csv: found 501 columns, at most 500 are read. Split the table."
    assert refusal("a,b\n1,2\n3," + "x" * 1024**2 + "\n") == (
        "mine.csv, row 3: the line is longer than 1,048,576 bytes. Check that the file is a table with one row a line."
    )
    assert len(read("a,b\n1," + "x" * (1024**2 - 3) + "\n").rows) == 1
    assert "row 2: the line is longer" in refusal("a,b\n1," + "é" * (1024**2 // 2) + "\n")
    assert len(read("a,b\n1," + "x" * 2 * 1024**2 + "\n", limits=NO_LIMITS).rows) == 1


# --- nothing is changed -----------------------------------------------------------------------------------------------


def test_cells_stay_text() -> None:
    kept = [
        ["007", "NA", " padded ", "03/04/2026", "1,5"],
        ["01785123456", "None", "", "45%", "1,234"],
        ["12345678901234567890123", "null", "n/a", "-5", "=1+1"],
    ]
    text = "a;b;c;d;e\n" + "".join(";".join(row) + "\n" for row in kept)
    reading = read(text)
    assert cells(reading) == kept
    assert [str(kind) for kind in reading.rows.dtypes] == ["str"] * 5
    assert not reading.rows.isna().any(axis=None)
    assert reading.rows.index.equals(pd.RangeIndex(3)) and reading.lines.tolist() == [2, 3, 4]


def test_rows_too_short_or_too_long_are_rejected() -> None:
    reading = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1;2;3\n\n7,8,9\n")
    assert cells(reading) == [["1", "2", "3"], ["7", "8", "9"]]
    assert reading.lines.tolist() == [2, 7]
    assert rejects(reading) == [
        (3, "Found 2 cells, expected 3 as in the header.", "4,5"),
        (4, "Found 4 cells, expected 3 as in the header.", "6,7,8,9"),
        (5, "Found 1 cell, expected 3 as in the header; the row uses a semicolon between its cells.", "1;2;3"),
    ]
    assert reading.rows_in == 5
    assert reading.notes == ["A blank line was skipped, line 6."]


def test_text_far_down_in_a_column_of_numbers_is_no_matter() -> None:
    reading = read("id,score\n" + "1,2\n" * 60_000 + "2,n/a\n")
    assert cells(reading)[-1] == ["2", "n/a"] and len(reading.rows) == 60_001


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    reading = read(f"a,b{end}1,2{end}3,4")
    assert (cells(reading), reading.lines.tolist(), reading.notes) == ([["1", "2"], ["3", "4"]], [2, 3], [])


def test_mixed_line_ends_are_told() -> None:
    reading = read("a,b\r\n1,2\n3,4\r5,6\n")
    assert cells(reading) == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert reading.notes == ["Line ends are mixed (LF 2 times, CR 1 times, CR LF 1 times); each ends a row."]


# --- header -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b,a\n1,2,3\n", "mine.csv, row 1: the columns 1 and 3 are both named 'a'. Give each its own name."),
        ("a,a\u200b\n1,2\n", "mine.csv, row 1: the columns 1 and 2 are both named 'a'. Give each its own name."),
        ("a,,c\n1,2,3\n", "mine.csv, row 1: column 2 has no name. Give every column a name in the header."),
        ("a,b,\n1,2,3\n", "mine.csv, row 1: column 3 has no name. Give every column a name in the header."),
        (
            ",,a,\n1,2,3,4\n",
            "mine.csv, row 1: columns 1, 2 and 4 have no name. Give every column a name in the header.",
        ),
        ("a, \n1,2\n", "mine.csv, row 1: column 2 has no name. Give every column a name in the header."),
    ],
)
def test_names_that_are_missing_or_twice_are_refused(text: str, told: str) -> None:
    assert refusal(text) == told


def test_names_are_cleaned_and_it_is_told() -> None:
    reading = read("fo\u200brce,\u202escore, area ,\ufb01le\n1,2,3,4\n")
    assert reading.columns == list(reading.rows.columns) == ["force", "score", "area", "file"]
    assert reading.notes == [
        "Column names were cleaned of invisible letters and spare space: 'force', 'score', 'area', 'file'."
    ]


@pytest.mark.parametrize(
    ("above", "line"),
    [("Crime report\n\n", 3), ("Crime report\nMarch 2023, all areas\n", 3), ("Crime report,,,\n,,,\n", 3), ("\n\n", 3)],
)
def test_text_above_the_header_is_left_out_and_told(above: str, line: int) -> None:
    reading = read(f"{above}id,area,score,wave\n1,North,5,2\n2,South,6,2\n")
    assert (reading.header_line, reading.columns, reading.lines.tolist()) == (
        line, ["id", "area", "score", "wave"], [line + 1, line + 2],
    )  # fmt: skip
    if above.strip():
        assert reading.notes[0].startswith(f"Line {line} was taken as the header. Text above it was left out, line")
        assert "'Crime report" in reading.notes[0]


@pytest.mark.parametrize(
    "header",
    ["ida,area\n", "id,,area,score\n", "id;area;score\n", '"id,area,score"\n', 'id,"area,score\n', "id,area,score,\n"],
)
def test_a_damaged_header_never_makes_a_row_the_header(header: str) -> None:
    assert "row 1" in refusal(f"{header}1,North,5\n2,South,6\n")


def test_a_line_that_names_the_delimiter() -> None:
    reading = read("sep=;\r\na;b\r\n1,5;2,5\r\n3,5;4,5\r\n")
    assert (reading.delimiter, reading.header_line, cells(reading)) == (";", 2, [["1,5", "2,5"], ["3,5", "4,5"]])
    assert reading.notes == ["The first line says that a semicolon stands between cells."]


def test_a_line_that_names_the_wrong_delimiter_is_refused() -> None:
    assert refusal("sep=;\na,b\n1,2\n").startswith("mine.csv: found one column, yet many lines have several cells")


def test_wholly_empty_columns_at_the_end_are_left_out_and_told() -> None:
    reading = read("a,b,,\n1,2,,\n3,,,\n")
    assert (reading.columns, cells(reading)) == (["a", "b"], [["1", "2"], ["3", ""]])
    assert reading.notes == ["2 wholly empty columns after column 2 were left out."]


# --- dialects ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~", ":"])
def test_delimiters(mark: str) -> None:
    reading = read(f"id{mark}name\n1{mark}Ann\n2{mark}Bob\n")
    assert (reading.delimiter, cells(reading)) == (mark, [["1", "Ann"], ["2", "Bob"]])


def test_a_decimal_comma_is_no_delimiter_and_needs_no_word() -> None:
    reading = read("id;share\n1;2,5\n2;3,5\n")
    assert (reading.delimiter, cells(reading)) == (";", [["1", "2,5"], ["2", "3,5"]])
    assert reading.notes == []
    assert read("id;share;area\n1;2,5;A\n2;-1.203,5;B\n3;;C\n").notes == []


def test_a_comma_that_could_part_cells_is_told() -> None:
    swapped = read("id;share\n1;2,5\n2;3,5\n3,7;4\n")
    assert "Another delimiter would part these rows into as many cells, line 4; look at them." in swapped.notes
    reading = read("id;said\n1;yes, I do\n2;no, never\n")
    assert reading.notes[0] == (
        "Cells were parted by a semicolon. With a comma the first lines would agree too, all but line 1; look at the"
        " columns."
    )


def test_apostrophes_as_quotation_marks() -> None:
    reading = read("'id';'said'\n'1';'it''s; fine'\n'2';'no'\n")
    assert (reading.quote, cells(reading)) == ("'", [["1", "it's; fine"], ["2", "no"]])
    assert "Cells stand in apostrophes here; these were taken off as quotation marks." in reading.notes
    assert read("id,said\n1,'tis so\n2,don't\n").quote == '"'


def test_one_column() -> None:
    reading = read("comment\nfine\nI like it, really\nno\nyes\nno; yes\nyes\nyes\n")
    assert cells(reading) == [["fine"], ["no"], ["yes"], ["no; yes"], ["yes"], ["yes"]]
    assert rejects(reading) == [(3, "Found 2 cells, expected 1 as in the header.", "I like it, really")]
    assert reading.notes == ["The only column holds what may be a delimiter, line 6; look at it."]


def test_one_column_that_may_be_several_is_refused() -> None:
    assert refusal("id\n1;2;3\n4\n5;6\n7;8;9;10\n11\n") == (
        "mine.csv: found one column, yet it holds what may be a delimiter, lines 2, 4 and 5. Export the table again, or"
        " put every cell in quotation marks."
    )
    assert cells(read('id\n"1;2"\n"3;4"\n')) == [["1;2"], ["3;4"]]


def test_a_row_that_fits_under_another_delimiter_too_is_told() -> None:
    reading = read("id,said\n1,yes\na,b;c\n3,no\n")
    assert cells(reading)[1] == ["a", "b;c"]
    assert reading.notes == ["Another delimiter would part these rows into as many cells, line 3; look at them."]


# --- quotation marks --------------------------------------------------------------------------------------------------


def test_line_breaks_and_marks_inside_quoted_cells() -> None:
    reading = read('id,said\n1,"one\ntwo, ""three""\r\n\n"\n2,no\n')
    assert cells(reading) == [["1", 'one\ntwo, "three"\r\n\n'], ["2", "no"]]
    assert (reading.lines.tolist(), reading.notes) == ([2, 6], [])


def test_a_stray_mark_inside_a_cell_is_kept_and_told() -> None:
    reading = read('id,size\n1,5" pipe\n2,"6"" pipe"\n3,7"\n')
    assert cells(reading) == [["1", '5" pipe'], ["2", '6" pipe'], ["3", '7"']]
    assert "A quotation mark inside a cell was kept as text, lines 2 and 4." in reading.notes


def test_text_after_a_closing_mark_rejects_its_row_only() -> None:
    reading = read('id,said\n1,"a\nb"\n2,"he said "no" to me"\n3,"c\nd"\n')
    assert cells(reading) == [["1", "a\nb"], ["3", "c\nd"]]
    assert rejects(reading) == [
        (
            4,
            "Text stands after a closing quotation mark; double a quotation mark that belongs to the text.",
            '2,"he said "no" to me"',
        )
    ]


def test_a_mark_that_opens_is_rejected_alone_where_the_lines_below_are_plainly_rows() -> None:
    reading = read('id,said,n\n1,"open,5\n2,no,6\n3,"yes, no",7\n4,no,8\n')
    assert cells(reading) == [["2", "no", "6"], ["3", "yes, no", "7"], ["4", "no", "8"]]
    assert reading.lines.tolist() == [3, 4, 5]
    assert rejects(reading) == [(2, "A quotation mark opens a cell and is not closed on its line.", '1,"open,5')]
    assert reading.notes == [
        "A quotation mark opens a cell and is not closed on its line. That line was rejected, and those below it read"
        " as rows of their own; look at lines 2 to 4."
    ]


def test_a_mark_that_opens_is_rejected_with_the_lines_in_doubt_where_rows_run_over_lines() -> None:
    reading = read('id,said\n1,"a\nb"\n2,"open\n3,no\n4,"yes"\n5,no\n')
    assert cells(reading) == [["1", "a\nb"], ["5", "no"]]
    assert [(line, text) for line, _, text in rejects(reading)] == [(4, '2,"open'), (5, "3,no"), (6, '4,"yes"')]


def test_a_mark_that_never_closes_refuses_the_file_and_names_its_line() -> None:
    assert refusal('id,said\n1,yes\n2,"open\n3,no\n') == (
        "mine.csv, row 3: a quotation mark opens a cell here and is never closed. Close it, or remove the mark, and"
        " upload the file again."
    )
    far = "".join(f"{number},no\n" for number in range(300_000))
    assert refusal(f'id,said\n1,"open\n{far}2,"yes"\n').startswith("mine.csv, row 2: a quotation mark opens")


def test_a_cell_that_ends_too_early_takes_its_neighbours_with_it() -> None:
    reading = read('id,said,n\n1,"x"\nfoo,bar\ny",2\n2,no,3\n3,no,4\n4,no,5\n')
    assert cells(reading) == [["2", "no", "3"], ["3", "no", "4"], ["4", "no", "5"]]
    assert reading.rejected["line"].tolist() == [2, 3, 4]


# --- conservation and round trip --------------------------------------------------------------------------------------


@settings(max_examples=FILES_IN_FULL if FULL else 150)
@given(st.lists(st.text(st.sampled_from(list("ab1,;\"'\n\r\t |")), max_size=12), max_size=12).map("\n".join))
def test_every_line_below_the_header_is_accepted_rejected_or_blank(text: str) -> None:
    try:
        reading = read(text)
    except DataError:
        return
    every = list(io.StringIO(text, newline=""))
    covered: list[int] = []
    for line, row in zip(reading.lines, cells(reading), strict=True):
        spread = sum(len(re.findall(r"\r\n|\r|\n", cell)) for cell in row)
        covered += range(line, line + spread + 1)
    blank = {
        number for number, line in enumerate(every, 1) if not line.strip(f"{reading.delimiter}{reading.quote} \t\r\n")
    }
    rejected = reading.rejected["line"].tolist()
    assert len(covered) == len(set(covered)), "no line is in two rows"
    assert not set(covered) & set(rejected)
    below = set(range(reading.header_line + 1, len(every) + 1))
    if "header runs over" not in " ".join(reading.notes):
        assert below - set(covered) - set(rejected) <= blank
    assert [every[line - 1].rstrip("\r\n") for line in rejected] == reading.rejected["text"].tolist()
    assert reading.rows_in == len(reading.rows) + len(reading.rejected) >= 1
    assert (reading.rejected["reason"].str.len() > 10).all()


# Any letter but controls; of the usual delimiters only the file's own, so that there is one way to read the file.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=",;\t|^~:'")
CP1252 = "".join(letter for letter in bytes(range(160, 256)).decode("cp1252") if letter.isalpha())


def as_csv(rows: list[list[str]], delimiter: str, end: str, always: bool) -> str:
    def written(cell: str) -> str:
        quoted = always or any(letter in cell for letter in f'{delimiter}"\r\n')
        return '"' + cell.replace('"', '""') + '"' if quoted else cell

    return "".join(delimiter.join(map(written, row)) + end for row in rows)


@settings(max_examples=FILES_IN_FULL if FULL else 150)
@given(st.data())
def test_accepted_cells_are_those_that_were_written(data: st.DataObject) -> None:
    delimiter = data.draw(st.sampled_from(",;\t|^~:"))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    letters = st.sampled_from(CP1252 + "abc 12") if encoding == "cp1252" else LETTERS
    cell = st.text(letters | st.sampled_from([delimiter, '"', "\n", "\r"]), max_size=10)
    width = data.draw(st.integers(2, 5))
    body = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6))
    body = [row for row in body if any(map(str.strip, row))]
    text = as_csv([["id", "area", "score", "said", "wave"][:width], *body], delimiter,
                  data.draw(st.sampled_from(["\n", "\r\n", "\r"])), data.draw(st.booleans()))  # fmt: skip
    content = text.encode(encoding)
    if encoding == "cp1252" and "Windows" not in decoded_as(content):
        return
    if not body:
        assert "no row under the header" in refusal(content)
        return
    reading = read(content)
    assert cells(reading) == body
    assert reading.rejected.empty


def decoded_as(content: bytes) -> str:
    try:
        content.decode()
    except UnicodeDecodeError:
        return "Windows-1252"
    return "UTF-8"


# --- the way out ------------------------------------------------------------------------------------------------------


def test_rejected_rows_are_written_without_a_formula() -> None:
    reading = read('a,b\n1,2\n=1+1\n-5\n"@x"\nplain\n' + "1,2\n" * 5)
    rows = list(csv.reader(io.StringIO(rejected_csv(reading).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["line", "reason", "text"]
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("3", "'=1+1"), ("4", "'-5"), ("5", '"@x"'), ("6", "plain"),
    ]  # fmt: skip
    assert rejected_csv(read("a,b\n1,2\n")).decode("utf-8-sig") == "line,reason,text\n"


def test_progress_runs_from_below_to_the_end() -> None:
    told: list[float] = []
    read("a,b\n" + "1,2\n" * 50_000, progress=told.append)
    assert len(told) > 3 and told == sorted(told) and 0 <= told[0] < 1 and told[-1] == 1


def test_a_file_of_this_computer(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert read_file(tmp_path / "mine.csv").name == "mine.csv"
    with pytest.raises(DataError, match="There is no file"):
        read_file(tmp_path / "yours.csv")
    with pytest.raises(DataError, match="at most 0 MB"):
        read_file(tmp_path / "mine.csv", limits=Limits(bytes=0))


def test_text_has_no_sheets() -> None:
    assert sheet_names(b"a,b\n1,2\n") == []
    assert refusal("a,b\n1,2\n", sheet="Data") == "mine.csv is no workbook and has no sheets. Leave the sheet out."


def test_the_messy_survey_has_the_rows_of_its_known_answer(reference: Path | None) -> None:
    if reference is None:
        pytest.skip("no reference material")
    reading = read_file(reference / "oracles" / "inputs" / "survey_messy.csv")
    assert (reading.rows_in, len(reading.rows), reading.encoding) == (1618, 1618, "UTF-8 with byte order mark")
    assert reading.notes[0] == "A blank line was skipped, line 1620."


@pytest.mark.parametrize(("most", "one_less"), [({"cells": 20}, {"cells": 19}), ({"rows": 10}, {"rows": 9})])
def test_a_file_of_too_many_tiny_rows_is_refused_at_the_boundary(
    most: dict[str, int], one_less: dict[str, int]
) -> None:
    content = b"a,b\n" + b"1,2\n" * 9
    assert read_upload(content, "tiny.csv", limits=Limits(**most)).rows_in == 9
    with pytest.raises(DataError) as error:
        read_upload(content, "tiny.csv", limits=Limits(**one_less))
    assert error.value.problems == [
        f"tiny.csv, row 10: at most {one_less.get('rows', 5_000_000):,} rows and {one_less.get('cells', 30_000_000):,} "
        "cells are read. Split it, or leave out columns."
    ]


def test_cells_that_look_personal_are_not_quoted_in_the_note_on_the_encoding() -> None:
    rows = "".join(f"{number};Zoë Müller{number};zoë{number}@example.org;Très sûr\n" for number in range(9))
    notes = " ".join(read_upload(f"id;Full name;e-mail;Q1\n{rows}".encode("cp1252"), "wave.csv").notes)
    assert "row 2, Q1: 'Très sûr'" in notes
    assert "Zoë" not in notes and "zoë" not in notes
