"""The trail on the Upload page: what was done, by whom, to how many rows; at one's own computer nobody is asked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.people import LOCAL
from data.store import file_store
from tests.parts.test_pages import opened
from tests.parts.test_surveys import said


def test_the_trail_tells_what_was_done_and_no_cell(own_home: Path) -> None:
    store = file_store(own_home, LOCAL)
    frame = pd.DataFrame({"month": pd.to_datetime(["2023-01-01"]), "measure": ["<b>Lost dogs"], "value": [7.0]})
    words = {"kind": "monthly", "source_name": "x.csv", "profile": "", "rows_in": 1, "rows_rejected": 0}
    kept, _ = store.save(frame, label="April", content=b"a", **words)  # type: ignore[arg-type]
    gone, _ = store.save(frame, label="May", content=b"b", **words)  # type: ignore[arg-type]
    store.delete(gone.id)
    page = opened("upload")
    told = said(page)
    assert "The latest 3 of 3, the newest first" in told
    for words in ("local analyst", "uploaded", "April", "deleted for good", f"deleted, {gone.id[:6]}"):
        assert words in told
    assert not [each for each in page.button if each.label == "Share with viewers"]
    assert kept in store.versions()


def test_settings_that_cannot_be_read_let_nobody_in(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who starts the app past the door, or with a slip in its settings, is shown nothing."""
    monkeypatch.setenv("EXPLORER_SIGN_IN", str(own_home / "none.toml"))
    page = opened("surveys")
    assert page.title[0].value == "You are signed out"
    assert "Public confidence" not in said(page)
