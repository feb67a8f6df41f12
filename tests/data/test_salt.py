"""The secret of a store: one for all, whole or said to be damaged, and for its owner alone."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.errors import DataError
from data.salt import store_salt


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    made = store_salt(tmp_path / "new" / "folder")
    assert len(made) == 32
    assert store_salt(tmp_path / "new" / "folder") == made
    assert store_salt(tmp_path / "another") != made


def test_many_at_once_get_the_same_and_leave_nothing_behind(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(store_salt, [tmp_path] * 32))
    assert len(set(made)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["salt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    store_salt(tmp_path)
    assert (tmp_path / "salt").stat().st_mode & 0o777 == 0o600


def test_a_damaged_one_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "salt").write_bytes(b"half")
    with pytest.raises(DataError, match=r"^The file salt in the explorer's folder is damaged\."):
        store_salt(tmp_path)
    assert (tmp_path / "salt").read_bytes() == b"half"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match=r"^The explorer's folder cannot be written to "):
        store_salt(tmp_path / "file" / "inside")
