"""What is written opens in LibreOffice, which prints it without repair. One start of it serves all; absent, it skips."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from documents.table_book import ods_book, xlsx_book
from documents.word import word_document
from tests.documents.made import TABLE, document

OFFICE = shutil.which("soffice")
WRITERS = {"word.docx": word_document, "calc.xlsx": xlsx_book, "open.ods": ods_book}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of each file as LibreOffice prints it."""
    if OFFICE is None:
        pytest.skip("soffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    files = [folder / name for name in WRITERS]
    for file in files:
        file.write_bytes(WRITERS[file.name](document()))
    words = [OFFICE, "--headless", f"-env:UserInstallation={(folder / 'home').as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*words, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=180)
    return {file.name: text_of(file.with_suffix(".pdf")) for file in files}


def text_of(file: Path) -> str:
    pdf = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


@pytest.mark.parametrize("name", WRITERS)
def test_libreoffice_opens_it_and_shows_its_words(printed: dict[str, str], name: str) -> None:
    told = printed[name]
    for words in ("Any Police: a document", "Terriers", "1,250" if name == "word.docx" else "1250", "=2+3"):
        assert words in told
    assert TABLE.caption in told


def test_each_page_of_the_word_document_says_where_it_stands(printed: dict[str, str]) -> None:
    told = printed["word.docx"]
    pages = told.count("Not yet published · Any Police, invented report · Page")
    assert pages >= 2
    assert told.count("OFFICIAL") == pages
    assert f"Page {pages} of {pages}" in told.replace("\u00a0", " ")
    assert told.index("Dogs rose by a quarter.") < told.index("Nobody must miss this.")
