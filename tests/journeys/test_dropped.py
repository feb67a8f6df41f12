"""A connection that drops comes back to the same view, and a server that is killed in an upload has lost nothing saved."""

from __future__ import annotations

import os
import re
import signal
import socket
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.people import LOCAL
from data.store import file_store
from tests.journeys.steps import PATIENCE, settled, visit
from tests.journeys.test_upload import at_step, drop, press
from tests.serving import serving
from tests.store_writer import rows_of, save
from tests.visitor import visiting
from tests.wire import wired

SURVEY = b"respondent,area,Q1\n" + b"".join(
    b"%d,North,%s\n" % (number, b"Yes" if number % 3 else b"No") for number in range(60)
)


def test_after_a_drop_the_page_is_as_it_was_and_the_draft_too(server: str, page: Page) -> None:
    """The draft is in the session alone, so it shows that the session was taken up again and not begun anew."""
    with wired(int(server.rpartition(":")[2])) as wire:
        visit(page, f"http://localhost:{wire.port}/upload")
        drop(page, "wave.csv", SURVEY)
        press(page, "Next")
        at_step(page, "what the columns mean")
        assert wire.cut() > 0
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-connection-state", "CONNECTED", timeout=PATIENCE
        )
        settled(page)
        at_step(page, "what the columns mean")
        press(page, "Next")
        at_step(page, "what the answers mean")


@pytest.mark.skipif(os.name == "nt", reason="Windows kills otherwise")
def test_a_server_killed_in_an_upload_comes_back_to_the_same_view_with_all_that_was_saved(
    tmp_path: Path, page: Page
) -> None:
    home = tmp_path / "explorer"
    saved = save(file_store(home, LOCAL), 1, rows=200)[0]
    with serving(tmp_path) as server, wired(server.port) as wire:
        visit(page, f"http://localhost:{wire.port}/surveys?correction=Benjamini-Hochberg&view=what+can+be+said")
        chosen = page.get_by_role("combobox", name=re.compile("Correction for many comparisons"))
        expect(chosen).to_have_value("Benjamini-Hochberg")
        with visiting(server.port, "upload") as visitor, socket.create_connection(("localhost", server.port)) as half:
            visitor.upload("upload_file_0", "wave.csv", SURVEY).run(upload_next=True)
            half.sendall(
                f"PUT /_stcore/upload_file/{visitor.session}/half HTTP/1.1\r\nHost: localhost\r\n"
                "Content-Length: 1000000\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n".encode()
            )
            os.kill(server.pid, signal.SIGKILL)
        with serving(tmp_path) as again:
            wire.to = again.port
            expect(page.get_by_test_id("stApp")).to_have_attribute(
                "data-test-connection-state", "CONNECTED", timeout=PATIENCE
            )
            settled(page)
            expect(chosen).to_have_value("Benjamini-Hochberg")
            expect(page.get_by_role("radio", name="what can be said")).to_be_checked()
            store = file_store(home, LOCAL)
            assert [version.id for version in store.versions()] == [saved.id]
            assert store.read(saved.id).equals(rows_of(1, rows=200))
            assert store.check() == []
            assert store.sweep() == [], "nothing half is left"
