"""Which priorities have a page: those of every release there is, wherever it lies."""

from __future__ import annotations

import shutil
from pathlib import Path

from data.release_places import priority_ids
from tests.published import DATA
from tests.second_release import FIRST, second_release


def test_the_priorities_of_every_release_have_a_page_as_soon_as_it_is_there(tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(DATA / "releases" / FIRST, root / "releases" / FIRST)
    shipped = priority_ids(root)
    assert "prevent_harm" in shipped
    second_release(root)
    own = root / "releases" / "2023-06" / "priorities.csv"
    own.write_text(own.read_text("utf-8").replace("prevent_harm,", "keep_the_peace,"), encoding="utf-8")
    assert priority_ids(root) == shipped | {"keep_the_peace"}
    own.write_bytes(b"\xff")
    assert priority_ids(root) == shipped, "what cannot be read names none, and breaks nothing"
