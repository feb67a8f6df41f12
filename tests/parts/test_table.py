"""Tables as ordinary accessible HTML: a caption, header cells, numbers to the right, and no cell run as markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parts import table as parts_table
from parts.table import Link, anchor_of, show_table, table_html

FRAME = pd.DataFrame(
    {
        "Type": ["Murder", "Manslaughter", "Homicide"],
        "row_kind": ["part", "part", "total"],
        "2022/23": ["9", "3", "12"],
        "What it is": ["unlawful killing", "", "both"],
    }
)


class Reader(HTMLParser):
    """What a browser makes of a table: rows of (tag, attributes, text), its caption; every tag must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[tuple[str, dict[str, str | None], str]]] = []
        self.row_classes: list[str | None] = []
        self.links: list[str | None] = []
        self.region: dict[str, str | None] = {}
        self.caption = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.open.append(tag)
        if tag == "div":
            self.region = told
        elif tag == "tr":
            self.rows.append([])
            self.row_classes.append(told.get("class"))
        elif tag in ("th", "td"):
            self.rows[-1].append((tag, told, ""))
        elif tag == "a":
            self.links.append(told["href"])
        else:
            assert tag in {"table", "caption", "span", "thead", "tbody"}, f"markup that nobody wrote: {tag}"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self.open:
            self.caption += data
        else:
            tag, told, text = self.rows[-1][-1]
            self.rows[-1][-1] = (tag, told, text + data)

    def texts(self) -> list[list[str]]:
        return [[text for _, _, text in row] for row in self.rows]


def column(*cells: str, name: str = "Value") -> Reader:
    frame = pd.DataFrame({"Row": [f"row {number}" for number in range(len(cells))], name: list(cells)})
    return Reader(table_html(frame, "told"))


# --- structure --------------------------------------------------------------------------------------------------------


def test_a_table_has_a_caption_in_a_region_that_scrolls_by_keyboard() -> None:
    read = Reader(table_html(FRAME, "Homicide, two years"))
    assert read.caption == "Homicide, two years"
    assert read.region == {"class": "figures", "role": "region", "tabindex": "0", "aria-label": "Homicide, two years"}


def test_every_header_cell_says_what_it_heads() -> None:
    head, *body = Reader(table_html(FRAME, "Homicide")).rows
    assert [(tag, told["scope"]) for tag, told, _ in head] == [("th", "col")] * 3
    for row in body:
        assert [tag for tag, _, _ in row] == ["th", "td", "td"]
        assert row[0][1] == {"scope": "row"}
        assert all("scope" not in told for _, told, _ in row[1:])


def test_cells_stand_in_their_order_and_the_kind_of_a_row_is_not_one() -> None:
    read = Reader(table_html(FRAME, "Homicide"))
    assert read.texts() == [
        ["Type", "2022/23", "What it is"],
        ["Murder", "9", "unlawful killing"],
        ["Manslaughter", "3", ""],
        ["Homicide", "12", "both"],
    ]
    assert read.row_classes == [None, "part", "part", "total"]


def test_a_frame_without_kinds_or_rows_is_a_table_too() -> None:
    assert Reader(table_html(FRAME.drop(columns="row_kind"), "Homicide")).row_classes == [None, "part", "part", "part"]
    empty = Reader(table_html(FRAME.iloc[:0], "Nothing"))
    assert empty.texts() == [["Type", "2022/23", "What it is"]]


# --- numbers and words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ["9", "227,486", "0"],
        ["22.7%", "\u221235.4%", "7.84 %", "-0.14"],
        ["(2,366)", "1,162", "(9)"],
        ["\u2191 16529", "\u2193 -1.13 %"],
        ["\u00a3190,822,000", "\u2212\u00a3980,000"],
        ["21.49 seconds", "3 minutes", "15.46 hours", "96 days"],
        ["+5%", "0%", ""],
    ],
    ids=" ".join,
)
def test_a_column_of_numbers_stands_to_the_right_with_its_heading(cells: list[str]) -> None:
    for row in column(*cells).rows:
        assert row[1][1]["class"] == "number"


@pytest.mark.parametrize(
    "cells",
    [
        ["9", "about 9"],
        ["6th (6 of 8 compared to MSF)"],
        ["between 64% and 67%"],
        ["10%, 14%"],
        ["9 (corrected: 8)"],
        ["12 in April 2022"],
        ["", ""],
        ["\u2212"],
    ],
    ids=" ".join,
)
def test_a_column_with_words_stands_to_the_left(cells: list[str]) -> None:
    for row in column(*cells).rows:
        assert row[1][1].get("class") != "number"


def test_a_column_of_prose_gets_room() -> None:
    assert column("x" * 61).rows[1][1][1]["class"] == "words"
    assert "class" not in column("x" * 60).rows[1][1][1]
    assert "class" not in Reader(table_html(FRAME, "Homicide")).rows[1][0][1], "the first column heads its row"


# --- nothing runs -----------------------------------------------------------------------------------------------------


def test_markup_in_cells_headings_and_caption_is_shown_as_it_stands() -> None:
    slip = "<script>alert('1')</script> & \"more\""
    frame = pd.DataFrame({slip: [slip], f"{slip} too": [Link(slip, f'#{slip}" onclick="x')]})
    text = table_html(frame, slip)
    assert "<script>" not in text
    read = Reader(text)
    assert read.caption == slip
    assert read.region["aria-label"] == slip
    assert read.texts() == [[slip, f"{slip} too"], [slip, slip]]
    assert read.links == [f'#{slip}" onclick="x']


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=4, max_size=4))
def test_any_text_comes_out_as_it_went_in(words: list[str]) -> None:
    caption, first, second, cell = words
    frame = pd.DataFrame([[first, cell]], columns=["Row", f"{second}."])
    read = Reader(table_html(frame, caption))
    assert read.caption == caption
    assert read.texts() == [["Row", f"{second}."], [first, cell]]


def test_a_link_leads_on_with_its_words() -> None:
    frame = pd.DataFrame({"Measure": [Link("Homicide", "prevent_harm#table_homicide")], "Value": ["12"]})
    read = Reader(table_html(frame, "Measures"))
    assert read.links == ["prevent_harm#table_homicide"]
    assert read.texts()[1] == ["Homicide", "12"]
    assert read.rows[1][1][1]["class"] == "number"


def test_a_tables_place_is_never_a_sections() -> None:
    assert anchor_of("homicide") == "table_homicide"


# --- shown ------------------------------------------------------------------------------------------------------------


def test_the_first_column_gets_its_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(parts_table.st, "html", shown.append)
    show_table(FRAME.rename(columns={"Type": "row_label"}), "Homicide", "Offence")
    (text,) = shown
    assert Reader(text).texts()[0] == ["Offence", "2022/23", "What it is"]
