"""Nothing of a respondent leaks: a token in every cell is looked for wherever it must not be. And uploaded months on pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.steps import settled, visit
from tests.journeys.test_upload import at_step, drop, press
from tests.serving import Server, serving
from tests.shipped import MENU

TOKEN = "canary7f3k"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home")) as running:
        yield running


def survey() -> bytes:
    """An invented survey; every cell that is no plain answer carries the token."""
    rows = [
        f"{TOKEN}id{number},{TOKEN}area{number % 3},{TOKEN} told us {number} things in words of their own,"
        f"{TOKEN}.{number}@example.org,{'Yes' if number % 3 else 'No'}"
        for number in range(40)
    ]
    return "\n".join(["respondent,area,comment,e-mail,Q4", *rows, f"{TOKEN}short,row"]).encode()


def test_a_token_in_every_cell_is_found_nowhere_else(own_server: Server, open_page: Callable[..., Page]) -> None:
    mine, other = open_page(), open_page()
    sent: list[str] = []
    other.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: sent.append(frame if isinstance(frame, str) else frame.decode("latin-1"))
        ),
    )
    addresses: list[str] = []
    mine.on("request", lambda request: addresses.append(request.url))
    visit(mine, f"{own_server.url}/upload")
    drop(mine, "wave.csv", survey())
    for words in ("what the columns mean", "what the answers mean", "save"):
        press(mine, "Next")
        at_step(mine, words)
    press(mine, "Save as a version")
    expect(mine.get_by_text(re.compile(r"Saved as .*: 40 rows\."))).to_be_visible()
    broken = FilePayload(name="broken.csv", mimeType="text/csv", buffer=f'a,b\n1,"{TOKEN} never closed\n'.encode() * 3)
    visit(mine, f"{own_server.url}/upload")
    mine.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(broken)
    expect(mine.get_by_role("alert").first).to_be_visible()
    for place in MENU:
        visit(other, f"{own_server.url}/{place.address}")
    assert sent, "the other visitor was sent something"
    assert [frame[:80] for frame in sent if TOKEN in frame] == []
    assert [address for address in addresses if TOKEN in address] == []
    assert TOKEN not in own_server.said()
    home = own_server.log.parent
    kept = [file for file in home.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()]
    assert {file.suffix for file in kept} <= {".parquet"}, "the areas stand in the version's own file, and nothing else"
    for file in kept:
        content = file.read_bytes()
        assert not any(f"{TOKEN}{what}".encode() in content for what in ("id", " told us", "."))


def test_uploaded_months_take_the_place_of_the_invented_path_and_go_back(own_server: Server, page: Page) -> None:
    months = "".join(
        f"{month}/{year},999 calls,{17_000 + 100 * month}\n" for year in (2021, 2022) for month in range(1, 13)
    )
    address = f"{own_server.url}/local_and_responsive_service"
    visit(page, address)
    expect(page.get_by_role("heading", name="Example with invented figures")).to_have_count(2)
    visit(page, f"{own_server.url}/upload")
    drop(page, "calls.csv", f"month,measure,value\n{months}".encode())
    for words in ("what the columns mean", "save"):
        press(page, "Next")
        at_step(page, words)
    press(page, "Save as a version")
    expect(page.get_by_text(re.compile(r"Saved as .*: 24 rows\."))).to_be_visible()
    visit(page, address)
    expect(page.get_by_role("heading", name="Uploaded monthly figures")).to_have_count(1)
    expect(page.get_by_text("999 calls: 24 uploaded values, January 2021 to December 2022.")).to_be_visible()
    expect(page.get_by_text("Uploaded figures, not published: ").first).to_be_visible()
    visit(page, f"{own_server.url}/upload")
    press(page, "Withdraw")
    expect(page.get_by_text("withdrawn on").first).to_be_visible()
    settled(page)
    visit(page, address)
    expect(page.get_by_role("heading", name="Example with invented figures")).to_have_count(2)
