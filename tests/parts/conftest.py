"""What tests of pages share: a store of one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit

import parts.frame  # noqa: F401
import parts.upload  # noqa: F401 - with the frame, every part that asks who is looking
from data.people import Person


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store of one's own for each test; nothing counted for another is remembered."""
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path))
    monkeypatch.delenv("EXPLORER_HOSTED", raising=False)
    yield tmp_path
    streamlit.cache_data.clear()


@pytest.fixture
def as_person(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    """Let pages believe that somebody else is looking."""

    def become(person: Person) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("parts.") and hasattr(module, "caller") and name != "parts.caller":
                monkeypatch.setattr(module, "caller", lambda: person)

    return become
