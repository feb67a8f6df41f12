"""Another force's folder in a real browser: every page of its menu, by its link, and the first visit of all by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import visit
from tests.other_force import PRIORITIES, other_force
from tests.shipped import NAME


def test_a_priority_without_a_page_file_opens_first_and_every_other_page_after_it(
    tmp_path: Path, fresh_server: Callable[..., str], page: Page
) -> None:
    server = fresh_server(EXPLORER_DATA=str(other_force(tmp_path)))
    own = {menu: (key, title) for key, title, menu in PRIORITIES if key != "headlines"}
    first, (address, heading) = next(iter(own.items()))
    visit(page, f"{server}/{address}")
    expect(page).to_have_title(f"{first} · {NAME}")
    expect(page.locator("h1")).to_have_text([heading])
    expect(page.get_by_role("dialog")).to_have_count(0)

    links = page.get_by_test_id("stSidebarNavLink")
    names = links.all_inner_texts()
    assert names[: len(own) + 1] == ["Headlines", *own]
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    for name, there in zip(names, addresses, strict=True):
        visit(page, there)
        expect(page).to_have_title(f"{name} · {NAME}")
        expect(page.locator("h1")).to_have_count(1)
        assert page.get_by_test_id("stSidebarNavLink").all_inner_texts() == names
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
