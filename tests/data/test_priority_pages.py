"""Which priorities have a page, and for whom."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import data.priority_pages
from data.people import ANALYST, VIEWER, Person
from data.priority_pages import priority_ids
from tests.published import DATA
from tests.second_release import FIRST, second_release

ANA, VERA = Person("1", "Ana", ANALYST), Person("2", "Vera", VIEWER)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    shutil.copytree(DATA / "releases" / FIRST, root / "releases" / FIRST)
    return root


def test_the_priorities_of_every_release_have_a_page_as_soon_as_it_is_there(root: Path) -> None:
    shipped = priority_ids(root, None, VERA)
    assert "prevent_harm" in shipped
    second_release(root)
    own = root / "releases" / "2023-06" / "priorities.csv"
    own.write_text(own.read_text("utf-8").replace("prevent_harm,", "keep_the_peace,"), encoding="utf-8")
    assert priority_ids(root, None, VERA) == shipped | {"keep_the_peace"}
    told = root / "releases" / "2023-06" / "release.toml"
    told.write_text(told.read_text("utf-8") + 'state = "draft"\n', encoding="utf-8")
    assert priority_ids(root, None, VERA) == shipped, "of a draft nobody but analysts can tell that it is there"
    assert priority_ids(root, None, ANA) == shipped | {"keep_the_peace"}
    own.write_bytes(b"\xff")
    assert priority_ids(root, None, ANA) == shipped, "what cannot be read names none, and breaks nothing"


def test_what_could_not_be_opened_once_is_not_remembered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(data.priority_pages, "files_of", refuses)
        with pytest.raises(OSError, match="Too many"):
            priority_ids(root, None, VERA)
    assert "prevent_harm" in priority_ids(root, None, VERA)
