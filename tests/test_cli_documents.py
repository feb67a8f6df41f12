"""`report` and `briefing` of the command line: every ending, what is asked for, drafts, corrections, and mistakes."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import odfdo
import openpyxl
import pytest

from tests.command import command
from tests.other_force import RELEASE, other_force
from tests.published import DATA, FOLDER, text_frame
from tests.second_release import FIRST, SECOND, second_release

BASE = "https://explorer.example.org"
WHY = "INVENTED FOR TESTS: two days were left out"
MEASURE = "asb"
NUMBER = f"{MEASURE}.{MEASURE}.last_12_months"


class Page(HTMLParser):
    """Of a page: its headings, its words, and of each paragraph and list item words and addresses."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.parts: list[tuple[str, str, list[str]]] = []  # class, words, addresses
        self.within: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))
        if tag in ("p", "li"):
            self.parts.append((told.get("class") or "", "", []))
        if tag == "a" and self.parts:
            self.parts[-1][2].append(told.get("href") or "")
        self.within = [tag] if re.fullmatch("h[1-6]|p|li|table|figure", tag) else self.within

    def handle_endtag(self, tag: str) -> None:
        self.within = [] if [tag] == self.within else self.within

    def handle_data(self, data: str) -> None:
        if self.within and self.within[0].startswith("h"):
            tag, words = self.headings[-1]
            self.headings[-1] = (tag, words + data)
        elif self.within and self.within[0] in ("p", "li"):
            kind, words, addresses = self.parts[-1]
            self.parts[-1] = (kind, words + data, addresses)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything lies: `data`, the published release with one number corrected, and what is written."""
    root = tmp_path_factory.mktemp("documents")
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, root / "data" / name)
    words = ("release", "correct", FIRST, NUMBER, "--to", "12,345", "--why", WHY)
    assert run(root, *words)[0] == 0
    return root


def run(folder: Path, *words: str) -> tuple[int, str]:
    """A command's code and what it says on standard error."""
    done = command(folder, *words, EXPLORER_DATA=str(folder / "data"), EXPLORER_ADDRESS=BASE)
    assert done.stdout == b"" or words[0] == "release"
    return done.returncode, done.stderr.decode("ascii", "replace")


def written(folder: Path, out: str, *words: str) -> bytes:
    """What a command writes."""
    code, said = run(folder, *words, "--out", str(folder / out))
    assert code == 0, said
    return (folder / out).read_bytes()


@pytest.fixture(scope="module", params=["docx", "html", "ods", "xlsx"])
def told(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[str, bytes]]:
    """A briefing on two measures, one of them corrected, in each kind of file."""
    kind = request.param
    yield kind, written(folder, f"two.{kind}", "briefing", "--measures", f"{MEASURE}, homicide")


def words_of(kind: str, content: bytes) -> str:
    """All the words of a file, read without code of ours."""
    if kind == "html":
        return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", content.decode("utf-8")))
    if kind == "docx":
        document = docx.Document(io.BytesIO(content))
        return " ".join(each.text for each in document.element.body.iter() if each.text and each.tag.endswith("}t"))
    if kind == "ods":
        return str(odfdo.Document(io.BytesIO(content)).get_formatted_text())
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_a_briefing_holds_what_was_chosen_and_its_corrections_whatever_its_ending(told: tuple[str, bytes]) -> None:
    words = re.sub(r"\s+", " ", words_of(*told))
    titles = text_frame("measures").set_index("id")["title"]
    assert titles[MEASURE] in words
    assert titles["homicide"] in words
    assert titles["burglary_validated" if "burglary_validated" in titles else "calls_101"] not in words
    assert NUMBER in words.replace(" ", "")
    assert "corrected to 12,345" in words
    assert "The verdict rests on what was printed" in words


def test_every_sentence_of_a_briefing_leads_to_its_place_and_names_its_figures(folder: Path) -> None:
    page = Page(written(folder, "need.html", "briefing").decode("utf-8"))
    titles = set(text_frame("measures")["title"])
    assert len([words for _, words in page.headings if words in titles]) >= 5
    assert page.headings[0][0] == "h1"
    opening, *sentences = [part for part in page.parts if "said" in part[0].split()]
    assert "This briefing holds" in opening[1]
    assert len(sentences) >= 5
    known = set(text_frame("figures")["figure_id"])
    for _, words, addresses in sentences:
        assert any(each.startswith(f"{BASE}/") for each in addresses), words
        (ids,) = re.findall(r"\[([^\]]+)\]$", words.strip())
        assert set(ids.split(", ")) <= known


@pytest.mark.parametrize("national", text_frame("national_measures")["id"])
def test_each_national_measure_has_a_briefing(folder: Path, national: str) -> None:
    page = Page(written(folder, f"{national}.html", "briefing", "--national", national).decode("utf-8"))
    own = text_frame("national_measures").set_index("id").loc[national]
    assert own["title"] in page.headings[0][1]
    assert ("h2", "The national measure") in page.headings
    titles = text_frame("measures").set_index("id")["title"]
    chapters = {words for level, words in page.headings if level == "h2"}
    assert {titles[name] for name in own["measures"].split() if name in titles} <= chapters
    assert any(own["gap"] in words and f"[{national}]" in words for _, words, _ in page.parts)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another force, small enough to be written whole, with one number of a table and one of the text corrected."""
    root = tmp_path_factory.mktemp("other")
    (root / "made").mkdir()
    shutil.copytree(other_force(root / "made"), root / "data")
    return root


def test_the_report_holds_every_section_and_says_what_was_corrected(other: Path) -> None:
    own = other / "data" / "releases" / RELEASE
    head = {name: (own / f"{name}.csv").read_text("utf-8").splitlines() for name in ("figures", "statements")}
    numbers = [lines[1].split(",")[lines[0].split(",").index(key)]
               for lines, key in ((head["figures"], "figure_id"), (head["statements"], "id"))]  # fmt: skip
    for number in numbers:
        code, said = run(other, "release", "correct", RELEASE, number, "--to", "12,345", "--why", WHY)
        assert code == 0, said
    page = Page(written(other, "whole.html", "report").decode("utf-8"))
    content = words_of("html", (other / "whole.html").read_bytes())
    headings = {words for _, words in page.headings}
    for name in ("priorities", "sections", "tables"):
        with (own / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            assert {row["title"] for row in csv.DictReader(lines)} <= headings
    assert "Corrected since:" in content
    assert content.count("corrected to 12,345") >= 2
    (quoted,) = [words for _, words, _ in page.parts if f"[{numbers[1]}]" in words and "printed as" in words]
    assert WHY in quoted
    said = [part for part in page.parts if "said" in part[0].split()]
    assert len(said) >= 5
    for _, words, addresses in said:
        assert any(each.startswith(f"{BASE}/") for each in addresses), words
        assert re.search(r"\[[^\]]+\]$", words.strip()), words


def test_the_report_is_written_for_word_too(other: Path) -> None:
    document = docx.Document(io.BytesIO(written(other, "whole.docx", "report")))
    headings = [
        each for each in document.paragraphs if each.style is not None and each.style.name.startswith("Heading")
    ]
    assert len(headings) > 10
    assert len(document.inline_shapes) > 3
    assert document.tables


def test_a_draft_in_the_store_is_written_and_announced(folder: Path, tmp_path: Path) -> None:
    made = second_release(tmp_path / "made") / "releases" / SECOND
    assert run(tmp_path, "release", "save", str(made), "--as", SECOND)[0] == 2, "there is no data folder yet"
    shutil.copytree(FOLDER, tmp_path / "data" / "releases" / FIRST)
    assert run(tmp_path, "release", "save", str(made), "--as", SECOND)[0] == 0
    words = ("briefing", "--measures", MEASURE, "--out", str(tmp_path / "draft.xlsx"))
    for named in ((), ("--release", SECOND, "--against", "last-report")):
        code, said = run(tmp_path, *words, *named)
        assert code == 0, said
        assert said.startswith(f"Release {SECOND}: draft, not yet published.\n")
        assert "not yet published" in words_of("xlsx", (tmp_path / "draft.xlsx").read_bytes()).lower()
    code, said = run(tmp_path, *words, "--release", FIRST)
    assert "not yet published" not in said
    code, said = run(tmp_path, *words, "--release", SECOND, "--data", str(tmp_path / "data"))
    assert (code, "There is no release" in said) == (2, True), "a named folder counts alone"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["report", "--out", "x.pdf"], "--out x.pdf ends in .pdf. Expected .docx or .html."),
        (["report", "--out", "x.xlsx"], "--out x.xlsx ends in .xlsx. Expected .docx or .html."),
        (["briefing", "--out", "x"], "--out x has no ending. Expected .docx, .html, .xlsx or .ods."),
        (["briefing", "--out", "nowhere/x.docx"], "There is no folder nowhere. Make it first, or name another file"),
        (["briefing", "--out", "x.docx", "--measures", "asb", "--national", "homicide"], "Leave one of them out."),
        (["briefing", "--out", "x.docx", "--measures", "nothing"], "There is no measure nothing in this release."),
        (["briefing", "--out", "x.docx", "--national", "nothing"], "There is no national measure nothing. Those here: "),
        (["briefing", "--out", "x.docx", "--address", "here"], "--address here is not an address"),
        (["briefing", "--out", "x.docx", "--release", "2030-01"], "There is no release 2030-01."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_sentence_and_nothing_is_written(folder: Path, words: list[str], told: str) -> None:
    code, said = run(folder, *words)
    assert code == 2
    assert told in said
    assert "Traceback" not in said
    assert not Path(words[2]).exists()


def test_a_briefing_says_what_was_changed_of_its_assumptions(folder: Path) -> None:
    words = ("briefing", "--national", "homicide", "--against", "baseline", "--dispersion", "10", "--confidence", "0.9")
    told = words_of("html", written(folder, "changed.html", *words))
    assert "Verdicts are held against the baseline." in told
    assert "Changed assumptions: dispersion 10 for every count, not the usual rule; intervals at 90%, not 95%." in told
