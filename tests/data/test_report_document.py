"""A report as a Word document opened: cells in their columns, text as it is read, and files that are no such document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
import pandas as pd
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from analysis.from_document import document
from data import workbook_reading
from data.errors import DataError
from data.report_document import DOCUMENT_COLUMNS, read_report_document


def saved(word: Any) -> bytes:
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def read(word: Any) -> pd.DataFrame:
    return read_report_document(saved(word), "report.docx")


def lines(word: Any) -> list[tuple[str, int, str]]:
    rows = read(word)
    return [(row.kind, row.level, row.text) for row in rows[rows["kind"] != "table"].itertuples()]


def grid(rows: pd.DataFrame) -> list[list[str]]:
    table = rows[rows["kind"] == "table"]
    return table.pivot(index="row", columns="column", values="text").fillna("").to_numpy().tolist()


def wrapped(run: Any, name: str) -> None:
    """Put a run into an element such as w:del, as a word processor marks a change."""
    mark = OxmlElement(name)
    run._r.addprevious(mark)
    mark.append(run._r)


def test_joined_cells_keep_columns_in_line() -> None:
    word = docx.Document()
    table = word.add_table(3, 4)
    for place, cell in enumerate(table._cells):
        cell.text = str(place)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2022/23"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Pay"
    rows = read(word)
    assert list(rows.columns) == DOCUMENT_COLUMNS
    assert grid(rows) == [
        ["0", "2022/23", "2022/23", "3"],
        ["Pay", "5", "6", "7"],
        ["Pay", "9", "10", "11"],
    ]
    joined = rows[rows["joined"]]
    assert set(zip(joined["row"], joined["column"], strict=True)) == {(0, 1), (0, 2), (2, 0)}


def test_what_reads_a_document_and_what_takes_it_in_know_the_same_columns() -> None:
    """Neither room may use the other, so both name them."""
    assert DOCUMENT_COLUMNS == document.DOCUMENT_COLUMNS


def test_headings_by_style_by_outline_and_by_bold_letters() -> None:
    word = docx.Document()
    word.add_heading("Roads", 2)
    word.styles.add_style("Own heading", 1).base_style = word.styles["Heading 3"]
    word.add_paragraph("Cameras", style="Own heading")
    word.add_paragraph("").add_run("Data").bold = True
    word.add_paragraph("").add_run("All of this sentence is bold.").bold = True
    word.add_paragraph("It fell.")
    assert lines(word) == [
        ("heading", 2, "Roads"), ("heading", 3, "Cameras"), ("heading", 9, "Data"),
        ("paragraph", 0, "All of this sentence is bold."), ("paragraph", 0, "It fell."),
    ]  # fmt: skip


def test_changes_are_read_as_they_would_be_accepted_and_footnote_marks_are_no_digits() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("It fell by ")
    wrapped(paragraph.add_run("900 "), "w:moveFrom")
    wrapped(paragraph.add_run("1,234"), "w:ins")
    gone = paragraph.add_run("999")
    gone._r.find(qn("w:t")).tag = qn("w:delText")
    wrapped(gone, "w:del")
    paragraph.add_run("12").font.superscript = True
    paragraph.add_run(" in all").font.hidden = True
    paragraph.add_run(".")
    assert lines(word) == [("paragraph", 0, "It fell by 1,234¹².")]


def test_marks_raised_or_hidden_by_a_style_are_no_digits() -> None:
    word = docx.Document()
    raised = word.styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER)
    raised.font.superscript = True
    word.styles.add_style("Own mark", WD_STYLE_TYPE.CHARACTER).base_style = raised
    word.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH).font.superscript = True
    word.styles.add_style("Unseen", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    paragraph = word.add_paragraph("312")
    paragraph.add_run("1", style="Own mark")
    paragraph.add_run("9", style="Unseen")
    word.add_paragraph("2", style="Small").add_run("3").font.subscript = True
    assert lines(word) == [("paragraph", 0, "312¹"), ("paragraph", 0, "²3")]


def test_contents_are_left_out_and_tables_inside_tables_stand_by_themselves() -> None:
    word = docx.Document()
    word.styles.add_style("TOC 1", 1)
    word.add_paragraph("Roads\t3", style="TOC 1")
    outer = word.add_table(1, 1).cell(0, 0)
    outer.text = "Around"
    outer.add_table(1, 2).cell(0, 1).text = "Inside"
    rows = read(word)
    assert [(row.block, row.column, row.text) for row in rows.itertuples()] == [
        (0, 0, "Around"), (1, 0, ""), (1, 1, "Inside"),
    ]  # fmt: skip


@cache
def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "a document in the old format (.doc)",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a file locked with a password"),
        (b"{\\rtf1", "a document in rich text (.rtf)"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "a presentation"),
        (packed("mimetype"), "an archive or compressed file"),
        (b"id,score", "a text file"),
    ],
)
def test_another_kind_of_file_says_what_it_is_and_what_to_do(content: bytes, what: str) -> None:
    with pytest.raises(DataError) as told:
        read_report_document(content, "mine")
    assert told.value.problems == [
        f"mine: this is {what}, where a Word document (.docx) is expected. Open it in the program that made it, save it "
        "as a Word document (.docx) and choose that."
    ]


def test_one_that_unpacks_to_very_much_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "x")
        made.writestr("word/document.xml", b" " * (workbook_reading.SHARED + 1))
    with pytest.raises(DataError) as told:
        read_report_document(out.getvalue(), "mine.docx")
    assert told.value.problems == [
        "mine.docx: the document is too large once unpacked. Save it without pictures, or in parts."
    ]


@pytest.mark.parametrize(
    ("part", "changed", "what"),
    [
        ("[Content_Types].xml", (b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.document."
         b"macroEnabled.main"), "a Word document with macros (.docm)"),
        ("[Content_Types].xml", (b"document.main+xml", b"template.main+xml"), "a Word template (.dotx or .dotm)"),
        ("word/document.xml", (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
         b"http://purl.oclc.org/ooxml/wordprocessingml/main"), "a Word document in the form Strict Open XML"),
    ],
)  # fmt: skip
def test_other_documents_of_word_say_what_they_are(part: str, changed: tuple[bytes, bytes], what: str) -> None:
    with pytest.raises(DataError) as told:
        read_report_document(packed_anew(part, lambda text: text.replace(*changed)), "mine")
    assert told.value.problems[0].startswith(f"mine: this is {what}, where a Word document (.docx) is expected. Open")


def test_text_that_is_very_long_is_refused_before_it_is_parsed_and_a_large_picture_is_not() -> None:
    for many in (b"<w:p/>" * 1_000_001, b"<!-- " + b" " * 20 * 1024 * 1024 + b" -->"):
        content = packed_anew(
            "word/document.xml", lambda text, many=many: text.replace(b"<w:sectPr", many + b"<w:sectPr")
        )
        with pytest.raises(DataError) as told:
            read_report_document(content, "mine")
        assert told.value.problems == ["mine: the document's text is too large once unpacked. Save it in parts."]
    picture = packed_anew("word/media/image.png", lambda _: b" " * (workbook_reading.SHARED + 1))
    assert len(read_report_document(picture, "mine"))


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-3", "٣", ""])
def test_numbers_that_are_none_are_not_a_fault(number: str) -> None:
    cells = f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    line = f'<w:p><w:pPr><w:outlineLvl w:val="{number}"/></w:pPr><w:r><w:t>Roads</w:t></w:r></w:p>'
    put = (cells + line).encode()
    rows = read_report_document(
        packed_anew("word/document.xml", lambda text: text.replace(b"<w:sectPr", put + b"<w:sectPr")), "mine"
    )
    assert rows["text"].iloc[-1] == "Roads"


def packed_anew(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A plain document, one part of which is changed, or new."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in {*old.namelist(), part}:
            text = old.read(name) if name in old.namelist() else b""
            made.writestr(name, change(text) if name == part else text)
    return out.getvalue()


@cache
def plain() -> bytes:
    word = docx.Document()
    word.add_heading("Roads", 2)
    word.add_table(2, 2).cell(0, 0).text = "KSI"
    return saved(word)


@given(st.integers(30, 20_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_one_is_refused_or_read_and_never_a_fault(place: int, put: bytes) -> None:
    content = plain()
    content = content[: place % len(content)] + put + content[place % len(content) + len(put) :]
    try:
        rows = read_report_document(content, "mine.docx")
    except DataError as error:
        assert error.problems[0].startswith("mine.docx: ")
    else:
        assert list(rows.columns) == DOCUMENT_COLUMNS
