"""Whole journeys, as the people for whom the explorer is made take them, from the first page to what they came for."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import PHONE, settled, unfold, visit
from tests.second_release import second_release
from tests.shipped import (
    INFO,
    MENU,
    RELEASE,
    Place,
    changed,
    copied_data,
    page_of_table,
    rows,
    sections_of,
    tables_of,
)

EXAMPLE = "Example with invented figures"
WITH_TABLES = [place for place in MENU if tables_of(place)]


def loaded(button: Locator) -> tuple[str, bytes]:
    """Press a download button: the file's name and content."""
    with button.page.expect_download() as loading:
        button.click()
    return loading.value.suggested_filename, loading.value.path().read_bytes()


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV that was loaded; the mark at its beginning tells spreadsheets that it is UTF-8."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def told(page: Page) -> list[str]:
    """What the page tells about a link or a search, not what belongs to the report."""
    return [text for text in page.get_by_test_id("stAlert").all_inner_texts() if "link" in text or " fits" in text]


def near_the_top(heading: Locator) -> None:
    """A heading that was linked to stands at the top of the window, or as high as the page's end lets it."""
    expect(heading).to_be_in_viewport()
    heading.page.wait_for_function(
        """(heading) => heading.getBoundingClientRect().top < 120
          || ((main) => main.scrollTop + main.clientHeight > main.scrollHeight - 2)(heading.closest('main'))""",
        arg=heading.element_handle(),
    )


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by typing the beginning of what is wanted."""
    field = settled(page).get_by_role("combobox", name=label)
    offered = page.get_by_role("option", name=option, exact=True)
    for _ in range(9):  # the list empties what was typed when it opens only then
        field.click()
        field.fill(option)
        with suppress(AssertionError):
            expect(offered).to_be_visible(timeout=2_000)
            break
    field.press("Enter")


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_from_a_search_to_the_table(server: str, open_page: Callable[..., Page], size: str) -> None:
    page = visit(open_page(PHONE, has_touch=True) if size == "phone" else open_page(), server)
    search = page.get_by_label("Search measures, areas and definitions")
    search.fill("burglary")
    search.press("Enter")
    expect(page.get_by_text(re.compile(r"^\d+ of \d+ measures fit “burglary”\.$"))).to_be_visible()
    page.wait_for_url("**/?q=burglary")
    settled(page)
    found = page.locator(".figures tbody th a")
    assert 0 < found.count() < 20
    page.get_by_role("link", name="Burglary of homes (validated)", exact=True).click()

    page.wait_for_url(re.compile(r"/local_and_responsive_service#"))
    settled(page)
    expect(page.locator("h1")).to_have_text("A local and responsive service")
    near_the_top(page.get_by_role("heading", name="Neighbourhood crime by type", exact=True))
    table = page.get_by_role("table", name="Validated crimes by type, two years and July 2018 to June 2019.")
    table.scroll_into_view_if_needed()
    expect(table.get_by_role("row").filter(has_text="Burglary")).to_be_visible()


@pytest.mark.parametrize("address", ["?q=zeppelin", "headlines?q=burglary+zeppelin"])
def test_a_search_without_a_hit_says_what_to_do(server: str, page: Page, address: str) -> None:
    visit(page, f"{server}/{address}")
    wanted = address.partition("=")[2].replace("+", " ")
    [sentence] = told(page)
    assert f"fits “{wanted}”. Try one word, such as burglary" in sentence
    expect(page.get_by_role("heading", name="Promised")).to_be_visible()


def test_a_search_without_a_hit_in_the_catalogue(server: str, page: Page) -> None:
    visit(page, f"{server}/data_and_methods?q=zeppelin")
    assert told(page) == ["Nothing fits. Try one word, or all priorities."]
    expect(page.get_by_role("heading", name="Downloads")).to_be_visible()


# --- every table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", WITH_TABLES, ids=lambda place: place.address)
def test_every_table_is_two_clicks_away_and_can_be_taken_away(place: Place, server: str, same_page: Page) -> None:
    """From the top of the page: the section, then the table where a section has many; there, its numbers as a CSV."""
    page = same_page
    visit(page, f"{server}/{place.address}")
    ids = page.locator("[data-testid=stMain] [id]").evaluate_all("all => all.map((each) => each.id)")
    assert sorted(ids) == sorted(set(ids)), "an address that leads to two places"
    sections = {section["id"]: section["title"] for section in sections_of(place)}
    for table in tables_of(place):
        title, section = table["title"], sections[table["section"]]
        page.get_by_role("navigation", name="Sections on this page").get_by_role(
            "link", name=section, exact=True
        ).click()
        near_the_top(page.get_by_role("heading", name=section, exact=True, level=2))
        siblings = [each["id"] for each in tables_of(place) if each["section"] == table["section"]]
        if len(siblings) > 2:
            listed = page.get_by_role("navigation", name=f"Tables in {section}", exact=True)
            listed.get_by_role("link", name=title, exact=True).click()
            near_the_top(page.get_by_role("heading", name=title, exact=True, level=3))
        expect(page.locator(f"#table_{table['id']}")).to_have_text(title)
        ranged = any(row["table"] == table["id"] for row in rows("ranges"))
        region = page.get_by_role("region", name=title if ranged else table["caption"], exact=True)
        expect(region).to_be_visible()
        expect(region.locator("caption")).to_be_visible()
        assert region.locator("tbody tr").count() > 0

        name, content = loaded(page.get_by_role("button", name=f"Download “{title}” (CSV)", exact=True))
        assert name == f"{RELEASE.name}_{table['id']}.csv"
        expected = {row["figure_id"]: row["printed"] for row in rows("figures") if row["table"] == table["id"]}
        expected |= {row["id"]: row["printed"] for row in rows("ranges") if row["table"] == table["id"]}
        derived = [row for row in rows("as_published") if row["table"] == table["id"] and not row["figure_id"]]
        expected |= {row["id"]: row["printed"] for row in derived}
        taken = csv_rows(content)
        assert {row["figure_id"]: row["printed"] for row in taken} == expected
        assert len(taken) == len(expected)
        assert {row["status"] for row in taken} == {"published"}
        cited = f"{INFO['force']}, {INFO['title']}, {INFO['published'].day} {INFO['published']:%B %Y}, section "
        assert [row["source"] for row in taken if not row["source"].startswith(cited)] == []


def test_every_table_has_a_page() -> None:
    assert {table["id"] for place in WITH_TABLES for table in tables_of(place)} == {row["id"] for row in rows("tables")}


def test_a_sentence_is_copied_with_its_source_and_its_link(server: str, page: Page) -> None:
    visit(page, f"{server}/prevent_harm#table_homicide")
    page.get_by_role("button", name="Copy sentence").first.click()
    copied = page.get_by_test_id("stCode")
    expect(copied).to_contain_text(f"Published figures. Source: {INFO['force']}, {INFO['title']}")
    expect(copied).to_contain_text(f"{server}/prevent_harm#table_")


# --- the whole release ------------------------------------------------------------------------------------------------


def test_the_whole_release_is_taken_away(server: str, page: Page) -> None:
    visit(page, f"{server}/data_and_methods#downloads")
    name, content = loaded(page.get_by_role("button", name="Download the whole release (CSV files, zipped)"))
    assert name == f"{RELEASE.name}_release.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        packed = {Path(each).name: archive.read(each) for each in archive.namelist()}
    for file in RELEASE.glob("*.csv"):
        text = packed[file.name].decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == len(rows(file.stem)), file.name
    assert "release.toml" in packed

    name, content = loaded(page.get_by_role("button", name="Download the whole release (one workbook)"))
    assert name == f"{RELEASE.name}_release.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        assert workbook.testzip() is None
        listed = ElementTree.fromstring(workbook.read("xl/workbook.xml")).iter()
        sheets = [each.attrib["name"] for each in listed if each.tag.endswith("}sheet")]
        texts = workbook.read("xl/sharedStrings.xml").decode("utf-8")
    assert len(sheets) == len(set(sheets)) >= len(list(RELEASE.glob("*.csv")))
    assert rows("figures")[0]["figure_id"] in texts


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        (
            "data_and_methods?priority=Parking&page=99&section=Elsewhere",
            [
                "The link asks for priority “Parking”, which is not here. Showing All priorities.",
                "The link asks for page of the catalogue “99”, which is not here. Showing 1.",
                "The link asks for section of the report “Elsewhere”, which is not here. Showing All sections.",
            ],
        ),
        (
            "local_and_responsive_service?neighbourhood_crime_area=Atlantis&asb_example=perhaps",
            [
                "The link asks for area of the open series “Atlantis”, which is not here. Showing Staffordshire.",
                "The link sets asb_example to “perhaps”; it can be true or false. Showing true.",
            ],
        ),
        (
            "?release=1999-12",
            [f"The link names the release 1999-12, which is not here. This is the latest, {RELEASE.name}."],
        ),
        (
            "prevent_harm?release=1999-12",
            [f"The link names the release 1999-12, which is not here. This is the latest, {RELEASE.name}."],
        ),
    ],
)
def test_a_link_with_an_unknown_value_falls_back_and_says_so(
    server: str, page: Page, address: str, sentences: list[str]
) -> None:
    visit(page, f"{server}/{address}")
    assert sorted(told(page)) == sorted(sentences)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_filters_stand_in_the_link(server: str, open_page: Callable[..., Page]) -> None:
    """What is chosen is in the address; a reload keeps it, and somebody else sees the same."""
    page = visit(open_page(), f"{server}/reduce_offending")
    choose(page, "Area of the open series", "Lichfield")
    sentence = "Shoplifting recorded each quarter, Lichfield:"
    expect(page.get_by_text(sentence)).to_be_visible()
    page.wait_for_url("**/reduce_offending?all_crime_area=Lichfield")
    page.reload()
    expect(settled(page).get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("combobox", name="Area of the open series")).to_have_value("Lichfield")
    other = visit(open_page(), page.url)
    expect(other.get_by_text(sentence)).to_be_visible()
    assert told(other) == []


def test_a_chosen_release_holds_from_page_to_page(tmp_path: Path, fresh_server: Callable[..., str], page: Page) -> None:
    """With two reports at hand the latest shows; an older one stays once chosen, by menu and by link."""
    server = fresh_server(EXPLORER_DATA=str(second_release(tmp_path)))
    dated, older = page.get_by_text("data to 30 June 2023"), page.get_by_text("data to 31 March 2023")

    visit(page, f"{server}/criminal_justice")
    expect(dated.first).to_be_visible()
    choose(page, "Release", RELEASE.name)
    expect(older.first).to_be_visible()
    page.wait_for_url(f"**/criminal_justice?release={RELEASE.name}")
    page.get_by_role("link", name="Headlines", exact=True).click()
    expect(page.locator("h1")).to_have_text(MENU[0].heading)
    expect(older.first).to_be_visible()
    links = settled(page).locator("[data-testid=stMain] :is(.figures, .lines) a")
    addresses = links.evaluate_all("links => links.map((each) => each.getAttribute('href'))")
    assert [each for each in addresses if not re.search(rf"\?release={RELEASE.name}[#&]", each)] == []
    page.get_by_role("link", name="999 calls", exact=True).first.click()
    page.wait_for_url(re.compile(f"local_and_responsive_service[?]release={RELEASE.name}#"))
    expect(settled(page).get_by_text("data to 31 March 2023").first).to_be_visible()


def test_another_force_is_another_data_folder(tmp_path: Path, fresh_server: Callable[..., str], page: Page) -> None:
    """Its name, its priorities and their pages come from its data; nothing of them stands in the code."""
    folder = copied_data(tmp_path) / "releases" / RELEASE.name
    changed(folder / "release.toml", INFO["force"], "Anyshire Constabulary")
    for file in ("priorities", "sections", "measures"):
        changed(folder / f"{file}.csv", "prevent_harm", "keep_safe")
    changed(folder / "priorities.csv", "Prevent harm and protect people,Prevent harm", "Keep people safe,Keep safe")
    visit(page, fresh_server(EXPLORER_DATA=str(tmp_path)))
    expect(page.locator("h1")).to_have_text(f"Anyshire Constabulary: {INFO['title']}")
    names = [place.menu.replace("Prevent harm", "Keep safe") for place in MENU]
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_text(names)
    page.get_by_role("link", name="Keep safe", exact=True).click()
    expect(page.locator("h1")).to_have_text("Keep people safe")
    page.wait_for_url("**/keep_safe")
    settled(page)
    expect(page.get_by_role("heading", name="Homicide", level=2)).to_be_visible()
    page.reload()
    expect(settled(page).locator("h1")).to_have_text("Keep people safe")
    expect(page.get_by_role("dialog")).to_have_count(0)


# --- invented figures -------------------------------------------------------------------------------------------------


def test_invented_figures_say_so_wherever_they_go(server: str, page: Page) -> None:
    """The words stand over the chart, inside it, in its alternative, in its table, and in what is taken away."""
    visit(page, f"{server}/local_and_responsive_service#asb_example")
    unfold(page)
    expect(page.get_by_role("heading", name=EXAMPLE).last).to_be_visible()
    chart = page.get_by_role("figure", name=re.compile(f"^{EXAMPLE}")).last
    expect(chart.locator("svg text", has_text=EXAMPLE)).to_be_visible()
    said = chart.locator("xpath=ancestor::*[@data-testid='stElementContainer'][1]/following-sibling::*[1]")
    expect(said).to_contain_text(f"Illustrative: {EXAMPLE.lower()}. Not published")
    captions = page.locator(".figures caption", has_text=EXAMPLE)
    assert captions.count() == 2  # calls, and anti-social behaviour
    for button in page.get_by_role("button", name=f"Download the {EXAMPLE.lower()} (CSV)").all():
        name, content = loaded(button)
        assert "illustrative" in name
        assert "invented" in name
        taken = csv_rows(content)
        assert taken
        assert {row["status"] for row in taken} == {"illustrative"}


def test_invented_figures_can_be_turned_off_by_link(server: str, page: Page) -> None:
    visit(page, f"{server}/local_and_responsive_service?asb_example=false&contact_example=false")
    expect(page.get_by_role("heading", name=EXAMPLE)).to_have_count(2)  # the switch stays, with the reason
    expect(page.get_by_role("figure", name=re.compile(EXAMPLE))).to_have_count(0)
    expect(page.locator(".figures caption", has_text=EXAMPLE)).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("invented"))).to_have_count(0)
    switch = page.get_by_test_id("stCheckbox").filter(has_text="invented").last
    switch.locator("label").click()
    expect(page.get_by_role("figure", name=re.compile(f"^{EXAMPLE}"))).to_have_count(1)
    page.wait_for_url("**/local_and_responsive_service?contact_example=false")


def test_no_verdict_and_no_sentence_rest_on_invented_figures() -> None:
    """Their measures have no rows of their own among the published figures' tables that a sentence could take up."""
    assert all(row["status"] == "published" for row in rows("figures"))
    assert page_of_table("asb").address == "local_and_responsive_service"
