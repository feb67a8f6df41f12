"""The page of the report check and the marks on other pages, run as a first visit runs them."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.parts.test_pages import opened


def tables(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


def rows(page: AppTest) -> list[str]:
    """The rows of the table of findings."""
    found = re.search(r"<caption><span>Findings of the check</span>.*?<tbody>(.*?)</tbody>", tables(page))
    return re.findall(r"<tr.*?</tr>", found[1]) if found else []


def test_it_opens_with_what_disagrees() -> None:
    page = opened("check_the_figures")
    assert not page.exception
    assert "41 disagree and 221 cannot be checked" in tables(page)
    assert len(rows(page)) == 50
    assert "68 findings; page 1 of 2." in [each.value for each in page.markdown]
    assert page.selectbox(key="grade").value == "what disagrees"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"section": "Road safety"}, 9), ({"kind": "words and signs"}, 20), ({"grade": "rounding"}, 13),
        ({"section": "Road safety", "kind": "parts and wholes"}, 1), ({"page": "2"}, 18),
    ],
)  # fmt: skip
def test_a_link_asks_for_some(query: dict[str, str], count: int) -> None:
    page = opened("check_the_figures", **query)
    assert not page.exception
    assert len(rows(page)) == count


def test_nothing_to_show_says_what_to_choose() -> None:
    page = opened("check_the_figures", section="Timeliness", grade="rounding")
    assert rows(page) == []
    assert page.info[-1].value == "Nothing here is “rounding”. Choose “everything”, or all sections and kinds."


def test_each_finding_opens_its_evidence_and_leads_to_its_table() -> None:
    [row] = [each for each in rows(opened("check_the_figures", section="Road safety")) if "Mobile Phone" in each]
    assert 'href="local_and_responsive_service#table_motoring_offences"' in row
    assert "<summary>Evidence</summary>" in row
    assert "<p>Worked out as (a − b) ÷ b × 100</p>" in row
    assert "<p>a = 1,086 (Mobile Phone, the last 12 months); b = 653 (Mobile Phone, the baseline)</p>" in row
    assert "<p>In full: 66.309342</p>" in row


def test_pages_mark_what_does_not_follow() -> None:
    body = tables(opened("local_and_responsive_service"))
    assert '<td class="number">59.3% [check]</td>' in body
    assert '<td class="number">48.8%</td>' in body
    assert "5 printed numbers here are in doubt" in body
    assert "reduced by 9% [check]" in body
    assert "16 less occurrences a day [check]" not in body


def test_headlines_name_the_table_with_the_most() -> None:
    assert "five printed numbers do not follow from the table" in tables(opened())


def test_what_is_printed_twice_and_differently_is_told_on_the_page() -> None:
    told = [each.value for each in opened("reduce_offending").warning]
    assert any("**All crime (reported), 12 months to 31 March 2020**: 78,098 and 79,098" in each for each in told)
