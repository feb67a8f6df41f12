"""Whoever looks at an older release stays in it: by the menu, in a new tab, and by whatever link is copied on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import PHONE, settled, visit
from tests.second_release import FIRST, SECOND, second_release


def test_an_older_release_holds(
    fresh_server: Callable[..., str], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    server = fresh_server(EXPLORER_DATA=str(second_release(tmp_path)))
    page = open_page()
    visit(page, f"{server}/criminal_justice?release={FIRST}")  # the first visit to a server that has just started
    expect(choice(page)).to_have_value(FIRST)

    for name, address in (
        ("Enabling services", "enabling_services"),
        ("Headlines", ""),
        ("Check the figures", "check_the_figures"),
    ):
        menu(page, name).click()
        expect(page.get_by_role("heading", level=1, name=name if address else "Staffordshire Police")).to_be_visible()
        settled(page)
        expect(page).to_have_url(f"{server}/{address}?release={FIRST}")
        expect(choice(page)).to_have_value(FIRST)

    with page.context.expect_page() as opened:
        menu(page, "Prevent harm").click(button="middle")
    beside = settled(opened.value)
    expect(beside).to_have_url(f"{server}/prevent_harm?release={FIRST}")
    expect(choice(beside)).to_have_value(FIRST)

    menu(page, "Surveys").focus()  # as whoever has no mouse opens a link's own menu
    expect(menu(page, "Surveys")).to_have_attribute("href", f"{server}/surveys?release={FIRST}")

    choice(page).click()
    page.get_by_role("option", name=SECOND).click()
    expect(page).to_have_url(f"{server}/check_the_figures")
    settled(page)
    menu(page, "Surveys").hover()
    expect(menu(page, "Surveys")).to_have_attribute("href", f"{server}/surveys")

    phone = open_page(PHONE, has_touch=True)
    visit(phone, f"{server}/criminal_justice?release={FIRST}")
    phone.get_by_test_id("stExpandSidebarButton").tap()
    menu(phone, "Data and methods").tap()
    expect(phone.get_by_role("heading", level=1, name="Data and methods")).to_be_visible()
    expect(phone).to_have_url(f"{server}/data_and_methods?release={FIRST}")


def menu(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stSidebarNavLink").filter(has_text=name).first


def choice(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Release")
