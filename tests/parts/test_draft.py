"""Check my draft: pasted text and tables, files, and what cannot be read, as a first visit runs them."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from tests.parts.test_pages import opened

PARAGRAPH, TABLE = "a paragraph", "a table"


def draft(kind: str) -> AppTest:
    page = opened("check_the_figures", view="my draft")
    page.radio(key="draft_kind").set_value(kind).run()
    assert not page.exception
    return page


def bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.get("html")]


def cells(page: AppTest, caption: str) -> list[list[str]]:
    """The cells of a table, without their tags and without what is folded away."""
    [table] = [body for body in bodies(page) if f"<span>{caption}</span>" in body]
    rows = re.findall(r"<tr class=.*?</tr>", table)
    return [
        [re.sub(r"<details>.*?</details>|<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def said(page: AppTest) -> list[str]:
    return [body for body in bodies(page) if 'class="said"' in body]


def test_an_empty_page_says_what_to_do() -> None:
    assert draft(PARAGRAPH).info[0].value == ("Paste a paragraph above, then press Ctrl and Enter, or click elsewhere.")
    assert draft(TABLE).info[0].value == "Paste a table above, then press Ctrl and Enter, or choose a file."


def test_a_paragraph_with_a_wrong_per_cent() -> None:
    page = draft(PARAGRAPH)
    page.text_area(key="draft_text").set_value("Lost dogs rose from 400 to 500, an increase of 20% (100).").run()
    assert not page.exception
    told = {row[0]: row[2] for row in cells(page, "Every number of your paragraph")}
    assert told["20%"] == "✕ wrong"
    assert told["100"] == "✓ checked"
    assert "1 wrong" in said(page)[-1]


def test_the_invented_paragraph_has_two_faults() -> None:
    page = draft(PARAGRAPH)
    page.button[0].click().run()
    wrong = [row[0] for row in cells(page, "Every number of your paragraph") if "wrong" in row[2]]
    assert wrong == ["20%", "5%"]


def test_text_without_numbers_and_text_that_looks_like_a_page() -> None:
    page = draft(PARAGRAPH)
    page.text_area(key="draft_text").set_value("Nothing to count here.").run()
    assert page.info[-1].value == "No number was found in this text."
    page.text_area(key="draft_text").set_value("<b onclick=alert(1)>12</b> dogs, up 3% <script>").run()
    assert not page.exception
    assert not any("<script>" in body or "onclick=alert" in body for body in bodies(page))


def test_a_table_and_a_role_that_the_reader_mends() -> None:
    page = draft(TABLE)
    page.text_area(key="draft_table").set_value(
        "Dogs\tThen\tNow\tMore\nTerriers\t400\t500\t90\nHounds\t20\t30\t10"
    ).run()
    roles = {box.label: box for box in page.selectbox if box.key and box.key.startswith("draft_role")}
    assert list(roles) == ["Dogs", "Then", "Now", "More"]
    for name, role in {"Then": "earlier", "Now": "later", "More": "difference"}.items():
        page.selectbox(key=roles[name].key).set_value(role)
    page.run()
    assert not page.exception
    assert [row[:4] for row in cells(page, "Every derived number of your table")] == [
        ["Terriers, More", "90", "100", "✕ wrong"],
        ["Hounds, More", "10", "10", "✓ checked"],
    ]


def test_a_table_as_a_file() -> None:
    page = draft(TABLE)
    content = b"Dogs;Previous;Last;Difference\nTerriers;400;500;100\nHounds;20;30;11\n"
    page.file_uploader(key="draft_file").set_value(("draft.csv", content, "text/csv")).run()
    assert not page.exception
    assert [row[0] for row in cells(page, "Every derived number of your table") if "wrong" in row[3]] == [
        "Hounds, Difference"
    ]


def test_a_file_that_is_no_table_says_so() -> None:
    page = draft(TABLE)
    page.file_uploader(key="draft_file").set_value(("draft.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "text/csv")).run()
    assert not page.exception
    assert page.error[0].value == "This could not be read as a table."
    assert "draft.csv" in page.text[0].value


def test_a_share_of_another_column_asks_for_its_two_columns() -> None:
    page = draft(TABLE)
    page.text_area(key="draft_table").set_value(
        "Dogs\tLost\tFound\tRate\nTerriers\t400\t100\t25%\nHounds\t20\t5\t20%"
    ).run()
    [rate] = [box for box in page.selectbox if box.label == "Rate"]
    page.selectbox(key=rate.key).set_value("share of another column").run()
    page.selectbox(key="draft_part_3").set_value("Found (3)")
    page.selectbox(key="draft_whole_3").set_value("Lost (2)").run()
    assert not page.exception
    results = {row[0]: row[3] for row in cells(page, "Every derived number of your table")}
    assert (results["Terriers, Rate"], results["Hounds, Rate"]) == ("✓ checked", "✕ wrong")
