"""Nothing is restored under an explorer that uses the store; one that was killed stands in nobody's way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.backup import back_up, restore
from data.errors import DataError
from data.in_use import alone, hold, using
from data.people import LOCAL
from data.store import file_store
from tests.command import command
from tests.serving import ROOT
from tests.store_writer import save

USE = "import sys, pathlib; from data.in_use import hold; hold(pathlib.Path(sys.argv[1])); print('in use'); input()"


@contextmanager
def another_using(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses a store until the block ends."""
    other = subprocess.Popen([sys.executable, "-c", USE, str(folder)], cwd=ROOT, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "in use\n"
        yield other
    finally:
        other.kill()
        other.communicate()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    save(file_store(tmp_path / "explorer", LOCAL), 1, rows=20)
    return back_up(tmp_path / "explorer", tmp_path / "kept").folder


def test_a_store_in_use_is_not_restored_until_whoever_uses_it_is_gone_however(tmp_path: Path, backup: Path) -> None:
    home = tmp_path / "explorer"
    with another_using(home) as one, another_using(home):
        told = command(tmp_path, "restore", str(backup), "--replace")
        assert (told.returncode, told.stdout) == (2, b"")
        assert b"An explorer is using the store in" in told.stderr
        assert b"Stop the explorer, then restore again." in told.stderr
        one.kill()
        one.wait()
        assert command(tmp_path, "restore", str(backup), "--replace").returncode == 2, "the other one still uses it"
        assert back_up(home, tmp_path / "kept").versions == 1, "a backup may be taken meanwhile"
    assert not list(home.glob("before-restore-*"))
    assert command(tmp_path, "restore", str(backup), "--replace").returncode == 0
    assert len(list(home.glob("before-restore-*"))) == 1


def test_nobody_begins_to_use_a_store_that_is_being_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.in_use._PATIENCE", 0.0)
    with alone(tmp_path), pytest.raises(DataError, match="A backup is being restored"):
        hold(tmp_path)
    with using(tmp_path), using(tmp_path), pytest.raises(DataError, match="An explorer is using"), alone(tmp_path):
        pass


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be written to"):
        hold(tmp_path / "file" / "store")


def test_it_is_restored_to_a_folder_that_was_not_there(tmp_path: Path, backup: Path) -> None:
    assert restore(backup, tmp_path / "new" / "home").versions == 1
