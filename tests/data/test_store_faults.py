"""The store when things go wrong, for real: killed writers, crowds, full and read-only disks."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import time
import types
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

import data.shelves
import data.store_control
from data.errors import DataError
from data.people import LOCAL
from data.store import Store, file_store
from tests import store_writer
from tests.store_writer import rows_of, save

PATIENCE = 120  # seconds until a silent child is a failure
FULL_DISK = "Nothing was saved: the disk is full. Free some space, or delete versions that are no longer needed."
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals, limits and mounts")


@pytest.fixture(autouse=True)
def no_script_to_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child runs its parent's `__main__` again, and Streamlit's page tests leave the last page's script there."""
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """Children from a server that has pandas loaded, where the system has such a thing."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pandas", "pyarrow.parquet", "tests.store_writer"])
    return context


def received(told: Connection) -> object:
    assert told.poll(PATIENCE), "the child said nothing"
    return told.recv()


def assert_whole(store: Store) -> None:
    """Every version that is listed is there, whole, and holds the rows of its own number."""
    assert store.check() == []
    for version in store.versions():
        assert store.read(version.id).equals(rows_of(int(version.label), rows=version.rows_accepted))


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "versions").iterdir()}


# --- killed -----------------------------------------------------------------------------------------------------------


@posix
def test_a_killed_writer_tears_nothing_and_loses_nothing_it_acknowledged(
    tmp_path: Path, processes: BaseContext, full: bool
) -> None:
    chance = random.Random(2023)
    acknowledged: dict[int, str] = {}
    for kill in range(100 if full else 10):
        told, tell = processes.Pipe(duplex=False)
        child = processes.Process(target=store_writer.write_until_killed, args=(tmp_path, tell, kill * 1000))
        child.start()
        tell.close()
        acknowledged |= [received(told)]
        time.sleep(chance.uniform(0, 0.03))
        child.kill()
        child.join()
        try:
            while True:
                acknowledged |= [told.recv()]
        except EOFError:
            pass
        store = file_store(tmp_path, LOCAL)
        present = {int(version.label): version.id for version in store.versions()}
        assert acknowledged.items() <= present.items()
        assert store.check() == []
        store.sweep()
        assert files(tmp_path) == {f"{version_id}.parquet" for version_id in present.values()}
    assert_whole(store)
    assert save(store, max(present) + 1)[1]


@posix
@pytest.mark.parametrize("step", range(store_writer.STEPS))
def test_killed_at_any_step_the_version_is_not_there_and_can_be_saved_again(
    tmp_path: Path, processes: BaseContext, step: int
) -> None:
    store = file_store(tmp_path, LOCAL)
    first, _ = save(store, 1)
    child = processes.Process(target=store_writer.die_at, args=(tmp_path, step))
    child.start()
    child.join(PATIENCE)
    assert child.exitcode == -9
    assert store.versions() == [first]
    assert_whole(store)
    debris = files(tmp_path) - {f"{first.id}.parquet"}
    assert len(debris) == 1
    assert store.sweep() == [*debris]
    assert save(store, 2)[1]
    assert_whole(store)


def test_a_sweep_leaves_alone_what_is_not_the_stores(tmp_path: Path) -> None:
    store = file_store(tmp_path, LOCAL)
    save(store, 1)
    for name in ["notes.txt", "mine.parquet", "mine.tmp"]:
        (tmp_path / "versions" / name).write_text("mine")
    kept = files(tmp_path)
    assert store.sweep() == []
    assert files(tmp_path) == kept


# --- many at once -----------------------------------------------------------------------------------------------------


def test_two_processes_of_eight_threads_write_and_read_at_once(
    tmp_path: Path, processes: BaseContext, full: bool
) -> None:
    """From an empty folder, which both processes try to make a store."""
    threads, each = 8, 5 if full else 2
    pipes = [processes.Pipe(duplex=False) for _ in range(2)]
    children = [
        processes.Process(target=store_writer.compete, args=(tmp_path, tell, number, threads, each))
        for number, (_, tell) in enumerate(pipes)
    ]
    for child in children:
        child.start()
    answers = [received(told) for told, _ in pipes]
    for child in children:
        child.join()
    assert [troubles for troubles, _, _ in answers] == [[], []]
    assert [own for _, own, _ in answers] == [threads * each] * 2
    assert sum(shared for _, _, shared in answers) == each, "what everybody saves is made once"
    store = file_store(tmp_path, LOCAL)
    assert len(store.versions()) == 2 * threads * each + each
    assert_whole(store)
    assert store.sweep() == []


def test_a_store_that_stays_busy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = file_store(tmp_path, LOCAL)
    version, _ = save(store, 1)
    monkeypatch.setattr(data.store_control, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataError) as told:
        save(store, 2)
    assert told.value.problems == ["Another program is writing to the saved versions. Try again in a moment."]
    assert store.versions() == [version], "reading never waits"
    other.close()
    assert save(store, 2)[1]


# --- disks ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB in memory, where mounting one is permitted."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_what_was_saved_stays(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.shelves, "SPACE_FACTOR", 0)  # look away, to meet the full disk itself
    store = file_store(small_disk, LOCAL)
    with pytest.raises(DataError) as told:
        for number in range(100):
            save(store, number)
    assert told.value.problems == [FULL_DISK]
    saved = store.versions()
    assert len(saved) > 10
    assert_whole(store)
    assert files(small_disk) == {f"{version.id}.parquet" for version in saved}, "the unfinished file gave back its room"
    store.delete(saved[-1].id)
    assert save(store, 100)[1]
    assert_whole(file_store(small_disk, LOCAL))


def test_too_little_room_is_told_before_anything_is_written(small_disk: Path) -> None:
    store = file_store(small_disk, LOCAL)
    frame = rows_of(1, rows=3)
    with pytest.raises(DataError) as told:
        store.save(
            frame, kind="survey", label="x", source_name="x.csv", content=b"1" * 1_500_000, profile="",
            rows_in=3, rows_rejected=0,
        )  # fmt: skip
    [sentence] = told.value.problems
    assert sentence.startswith("Nothing was saved: the disk has 4.")
    assert sentence.endswith(
        " MB free and 4.5 MB are needed. Free some space, or delete versions that are no longer needed."
    )
    assert files(small_disk) == set()


@posix
def test_a_file_larger_than_the_system_allows_is_told(tmp_path: Path, processes: BaseContext) -> None:
    told, tell = processes.Pipe(duplex=False)
    child = processes.Process(target=store_writer.write_with_small_files_only, args=(tmp_path, tell))
    child.start()
    assert received(told) == [FULL_DISK]
    assert received(told) is True
    child.join()
    store = file_store(tmp_path, LOCAL)
    assert [version.label for version in store.versions()] == ["2"]
    assert_whole(store)
    assert store.sweep() == []


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    store = file_store(small_disk, LOCAL)
    save(store, 1)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for attempt in (
        lambda: save(store, 2),
        lambda: file_store(small_disk, LOCAL),
        lambda: file_store(small_disk / "new", LOCAL),
    ):
        with pytest.raises(DataError) as told:
            attempt()
        [sentence] = told.value.problems
        assert sentence.startswith("The explorer's folder cannot be written to (")
        assert sentence.endswith(
            "), so nothing was changed. Make it writable, or set EXPLORER_HOME to a folder that is."
        )
        assert str(small_disk) not in sentence
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert_whole(store)


@posix
def test_a_folder_without_leave_to_write_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o555)
    with pytest.raises(DataError, match=r"^The explorer's folder cannot be written to \(Permission denied\)"):
        file_store(tmp_path / "home", LOCAL)
    tmp_path.chmod(0o755)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(DataError, match=r"^The explorer's folder cannot be written to \("):
        file_store(tmp_path / "home", LOCAL)
