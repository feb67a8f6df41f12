"""`cli.py report` and `cli.py briefing`: a file of each kind, and a sentence for every mistake."""

from __future__ import annotations

from pathlib import Path

import docx
import odfdo
import openpyxl
import pytest
from lxml import html

from tests.command import command

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gptables")
MEASURES = ("--measures", "homicide,asb")


def test_a_briefing_is_written_as_each_kind(tmp_path: Path) -> None:
    files = {ending: tmp_path / f"briefing.{ending}" for ending in ("docx", "html", "xlsx", "ods")}
    for file in files.values():
        done = command(
            tmp_path, "briefing", *MEASURES, "--out", str(file), "--address", "https://explorer.example.org/"
        )
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
        assert f"Writing {file}" in done.stderr.decode()
    word = docx.Document(str(files["docx"]))
    headings = [each.text for each in word.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    page = html.parse(files["html"]).getroot()
    assert headings == [each.text_content() for each in page.iter("h2")][1:], "the page has its contents besides"
    assert {each.get("href")[:28] for each in page.xpath("//a[@class='trace']")} == {"https://explorer.example.org"}
    sheets = openpyxl.load_workbook(files["xlsx"]).sheetnames
    assert sheets[3:] == ["At a glance", "Printed numbers", "Sentences", "Questions"]
    assert [table.name for table in odfdo.Document(files["ods"]).body.tables] == sheets


def test_the_report_is_written(tmp_path: Path) -> None:
    out = tmp_path / "report.HTML"
    done = command(tmp_path, "report", "--release", "2023-03", "--out", str(out))
    assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("report.*")
    page = file.read_text(encoding="utf-8")
    assert page.count("<svg") > 30
    assert 'href="http://localhost:8501/' in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "--out", "a.pdf"], "--out a.pdf ends in .pdf. Expected .docx or .html."),
        (["report", "--out", "a.xlsx"], "--out a.xlsx ends in .xlsx. Expected .docx or .html."),
        (["briefing", "--out", "a"], "--out a has no ending. Expected .docx, .html, .xlsx or .ods."),
        (["briefing", "--out", "nowhere/a.html"], "There is no folder nowhere. Make it first"),
        (["briefing", "--out", "a.html", "--measures", "cats"], "There is no measure cats in this release."),
        (["briefing", "--out", "a.html", "--national", "cats"], "There is no national measure cats."),
        (["briefing", "--out", "a.html", "--release", "1999-01"], "There is no release 1999-01."),
        (["briefing", "--out", "a.html", "--address", "explorer"], "--address explorer is not an address such as"),
        (["briefing", "--out", "a.html", "--measures", "asb", "--national", "homicide"], "Leave one of them out."),
        (["briefing", "--out", "a.html", "--against", "last-report"], "There is no release before 2023-03"),
        (["report"], "the following arguments are required: --out"),
    ],
)
def test_a_mistake_is_a_sentence_and_writes_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    asked = [
        str(tmp_path / word) if word.startswith(("a.", "a", "nowhere")) and "." in word else word for word in words
    ]
    done = command(tmp_path, *asked)
    assert done.returncode == 2
    told = done.stderr.decode().replace(f"{tmp_path}/", "")
    assert said in told
    assert "Traceback" not in told
    assert list(tmp_path.glob("a*")) == []
