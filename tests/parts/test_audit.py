"""The trail on the Upload page: what was done, by whom, to how many rows; at one's own computer nobody is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.people import LOCAL, Person
from data.store import file_store
from tests.parts import test_demand
from tests.parts.test_pages import opened
from tests.parts.test_surveys import kept, said


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


def test_looks_and_exports_are_told_apart_where_people_sign_in(
    own_home: Path, as_person: Callable[[Person], None], files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watched download buttons are pressed at every run, so that every look is an export here too."""
    monkeypatch.setattr("parts.audit.signs_in", lambda: True)
    as_person(Person("1", "Ana", "analyst", "s1"))
    survey = kept(own_home).versions()[0].id
    page = opened("surveys", by="Local Policing Team")
    page.checkbox(key="_survey_unguarded").check().run()
    assert not page.exception
    test_demand.kept(own_home)
    store = file_store(own_home, LOCAL)
    months = store.versions("monthly")[0].id
    opened("demand_and_season")
    section = opened("local_and_responsive_service")
    assert files and not section.exception
    done = {version: [event.action for event in store.events(version)] for version in (survey, months)}
    assert set(done[survey]) == {"save", "view", "export", "view unprotected", "export unprotected"}
    assert set(done[months]) == {"save", "view", "export"}
    assert done[months].count("view") == 2, "once a visit"


def test_who_was_kept_out_is_told_with_the_reason(own_home: Path) -> None:
    control = file_store(own_home, LOCAL).control
    with control.writing() as rows:
        rows.log("Xan (3)", "refused: not on the list of people", None, None)
        rows.log("Vera (2)", "shut out: no longer on the list", None, None)
        rows.log("Ana (1)", "view unprotected", None, 2)
        rows.log("Ana (1)", "export unprotected", None, 2)
    told = said(opened("upload"))
    for words in ("sign-in refused: not on the list of people", "shut out: no longer on the list"):
        assert words in told
    for words in ("viewed without protection", "exported without protection"):
        assert words in told


def test_settings_that_cannot_be_read_let_nobody_in(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who starts the app past the door, or with a slip in its settings, is shown nothing."""
    monkeypatch.setenv("EXPLORER_SIGN_IN", str(own_home / "none.toml"))
    page = opened("surveys")
    assert page.title[0].value == "You are signed out"
    assert "Public confidence" not in said(page)
