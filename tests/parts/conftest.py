"""What tests of pages share: a store of one's own, a release that is not yet published, what buttons would give."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import streamlit

import parts.frame  # noqa: F401
import parts.upload  # noqa: F401 - with the frame, every part that asks who is looking
from data.people import LOCAL, Person
from data.release_keeping import Keeper, keeper
from tests.published import DATA
from tests.second_release import SECOND, second_release


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one's own for each test. What pages remember stays: it goes by versions, and theirs are its own."""
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path))
    monkeypatch.delenv("EXPLORER_HOSTED", raising=False)
    return tmp_path


@pytest.fixture
def as_person(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    """Let pages believe that somebody else is looking."""

    def become(person: Person) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("parts.") and hasattr(module, "caller") and name != "parts.caller":
                monkeypatch.setattr(module, "caller", lambda: person)

    return become


@pytest.fixture(scope="session")
def of_state(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A data folder whose second release is of a state: one for all tests, which only read it."""

    @cache
    def made(state: str) -> Path:
        root = second_release(tmp_path_factory.mktemp(state))
        told = root / "releases" / SECOND / "release.toml"
        before = told.read_text(encoding="utf-8")
        told.write_text(f'{before}state = "{state}"\n', encoding="utf-8", newline="\n")
        return root

    return made


@pytest.fixture
def set_state(of_state: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let pages read a data folder whose second release is of that state."""
    return lambda state: monkeypatch.setenv("EXPLORER_DATA", str(of_state(state)))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented second release as a folder, outside any data folder."""
    return second_release(tmp_path_factory.mktemp("made")) / "releases" / SECOND


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own with the first release; nothing is cleared between the runs of a test."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("releases", "open", "illustrative"):
        shutil.copytree(DATA / name, folder / name)
    monkeypatch.setenv("EXPLORER_DATA", str(folder))
    return folder


@pytest.fixture
def keeping(root: Path, own_home: Path) -> Keeper:
    return keeper(root, own_home, LOCAL)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the download buttons of a page would give, by the name of its file: AppTest cannot ask them."""
    given: dict[str, bytes] = {}
    button = streamlit.download_button

    def watched(label: str, *, data: Callable[[], bytes], file_name: str, **other: object) -> bool:
        given[file_name] = data()
        return button(label, data=data, file_name=file_name, **other)  # type: ignore[arg-type]

    monkeypatch.setattr(streamlit, "download_button", watched)
    return given
