"""Share this view, behind sign-in, in a real browser: made, opened by somebody else, and ended while it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.guard.hosting import Hosted, hosting
from tests.journeys.test_sign_in import enter
from tests.parts.test_surveys import kept


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("hosted")) as running:
        store = kept(running.home / "explorer")
        store.set_status(store.versions()[0].id, "shared")
        yield running


def test_a_view_is_shared_opened_and_withdrawn(hosted: Hosted, open_page: Callable[..., Page]) -> None:
    ana, vera = open_page(), open_page()
    refused = enter(ana, hosted, "ana", "/surveys?view=one+question&by=area&group=Ashdale")
    ana.get_by_text("Share this view").click(timeout=60_000)
    ana.get_by_label("A note for whoever opens it").fill("Look at Ashdale.")
    ana.get_by_role("button", name="Make the link").click()
    link = ana.locator("code", has_text="/s/")
    expect(link).to_be_visible(timeout=60_000)
    path = link.inner_text().removeprefix(hosted.url)

    refused += enter(vera, hosted, "vera", f"{path}?view=all+questions&group=Northgate")
    expect(vera.get_by_text("Shared by Ana Lyst on ")).to_be_visible(timeout=60_000)
    expect(vera.get_by_text("Note from Ana Lyst: Look at Ashdale.")).to_be_visible()
    expect(vera.get_by_text("Not yet published.").first).to_be_visible()
    expect(vera.get_by_role("radio", name="one question")).to_be_checked(timeout=60_000)
    assert "group=Ashdale" in vera.url
    expect(vera.get_by_text("Share this view")).to_have_count(0)

    ana.goto(f"{hosted.url}/upload")
    ana.get_by_role("button", name="Withdraw the link").click(timeout=60_000)
    expect(ana.get_by_text("The link is withdrawn.")).to_be_visible(timeout=60_000)
    vera.get_by_text("all questions", exact=True).click()
    expect(vera.get_by_role("heading", name="This link does not open")).to_be_visible(timeout=60_000)
    expect(vera.get_by_text("This link was withdrawn on ")).to_be_visible()
    assert refused == []
