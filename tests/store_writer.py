"""What the store's fault tests run in a process of its own: writers to be killed, to compete and to be cut short."""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.errors import DataError
from data.people import LOCAL
from data.store import Store, Version, file_store
from data.store_control import Rows

STEPS = 10  # before and after: two syncs, the rename, the row, the line of the log


def rows_of(number: int, rows: int = 3000, columns: int = 6) -> pd.DataFrame:
    """Invented rows that do not compress, and that can be told from those of any other number."""
    numbers = np.random.default_rng(number).random((rows, columns))
    return pd.DataFrame(numbers, columns=[f"c{column}" for column in range(columns)])


def save(store: Store, number: int, **shape: int) -> tuple[Version, bool]:
    """Save the rows of a number under a label that names it."""
    frame = rows_of(number, **shape)
    return store.save(
        frame, kind="survey", label=str(number), source_name="x.csv", content=str(number).encode(), profile="",
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip


def write_until_killed(folder: Path, told: Connection, first: int) -> None:
    """Save one version after another, acknowledging each when `save` has returned."""
    store = file_store(folder, LOCAL)
    for number in itertools.count(first):
        told.send((number, save(store, number)[0].id))


def die_at(folder: Path, step: int) -> None:
    """Save one version, and be killed before (even steps) or after (odd ones) the step's call."""
    store = file_store(folder, LOCAL)
    calls = itertools.count()

    def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*words: Any, **named: Any) -> Any:
            number = next(calls)
            if step == 2 * number:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*words, **named)
            if step == 2 * number + 1:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return called

    places: list[tuple[Any, str]] = [(os, "fsync"), (Path, "rename"), (Rows, "add"), (Rows, "log")]
    for place, name in places:
        setattr(place, name, deadly(getattr(place, name)))
    save(store, 2)


def compete(folder: Path, told: Connection, process: int, threads: int, each: int) -> None:
    """Save versions of one's own and versions that everybody saves, and read all there are, from many threads."""
    store, troubles, made = file_store(folder, LOCAL), [], []

    def work(thread: int) -> None:
        try:
            for turn in range(each):
                own = save(store, 1000 + (process * threads + thread) * each + turn, rows=200)
                shared = save(store, turn, rows=200)
                made.append((int(own[1]), int(shared[1])))
                for version in store.versions():
                    if not store.read(version.id).equals(rows_of(int(version.label), rows=200)):
                        troubles.append(f"torn: {version.label}")
        except DataError as error:
            troubles.append(str(error))

    crowd = [threading.Thread(target=work, args=(thread,)) for thread in range(threads)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    told.send((troubles, sum(own for own, _ in made), sum(shared for _, shared in made)))


def write_with_small_files_only(folder: Path, told: Connection) -> None:
    """Save what is larger than the system lets this process write, then what is smaller."""
    if sys.platform != "win32":
        import resource

        store = file_store(folder, LOCAL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            save(store, 1, rows=20_000)
        except DataError as error:
            told.send(error.problems)
        told.send(save(store, 2, rows=20)[1])
