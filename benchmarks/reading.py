"""What reading a file costs: as a ratio to `pandas.read_csv(dtype=str)` plus `to_parquet` of it in the same run.

`python benchmarks/reading.py [--runs N] [--rows N ...]`. The files are invented: 20 columns of a survey.
Each part of the way from bytes to a saved version is one line; seconds are medians, of which only the ratio tells.
"""

from __future__ import annotations

import argparse
import functools
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from data.people import LOCAL  # noqa: E402
from data.prepare import Prepared, prepare  # noqa: E402
from data.profile import Profile  # noqa: E402
from data.reading import NO_LIMITS, Reading, read_upload  # noqa: E402
from data.roles import propose  # noqa: E402
from data.store import file_store  # noqa: E402

COLUMNS = 20
ANSWERS = np.array(
    ["Strongly agree", "Tend to agree", "Neither agree nor disagree", "Tend to disagree", "Don't know", ""]
)
MOST = {3_000: 8, 1_000_000: 6}  # times pandas that bytes to a saved version may take, by rows

NAME = "invented.csv"


@functools.cache
def profile() -> Profile:
    """The profile of the invented file, as it was saved when a person confirmed it."""
    return propose(read_upload(invented(200), NAME).rows, NAME)


def prepared(reading: Reading) -> Prepared:
    """The file as its profile reads it."""
    return prepare(profile(), reading.rows, reading.lines, NAME, salt=b"benchmark")


def saved(made: Prepared) -> object:
    """A version of it in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return file_store(Path(folder), LOCAL).save(
            made.frame, kind="survey", label="Invented", source_name=NAME, content=b"invented", profile="",
            rows_in=made.counts["rows_in"], rows_rejected=len(made.set_aside),
        )  # fmt: skip


# Each part is handed what the part before it gave.
PARTS: dict[str, Callable[..., object]] = {
    "read": lambda content: read_upload(content, NAME, limits=NO_LIMITS),
    "profile": prepared,
    "save": saved,
}


def main() -> None:
    """Print one block a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each part (3)")
    parser.add_argument("--rows", type=int, nargs="+", default=list(MOST), help="rows of each file (3000 1000000)")
    asked = parser.parse_args()
    profile()  # made once, before the clock runs
    for rows in asked.rows:
        content = invented(rows)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "peer.parquet"
            seconds = taken({"pandas": lambda given, file=file: peer(given, file), **PARTS}, content, asked.runs)
        print(f"{rows:,} rows x {COLUMNS} columns, {len(content) / 1e6:.1f} MB; pandas {seconds['pandas']:.2f} s")
        for name in PARTS:
            print(f"  {name:10}{seconds[name] / seconds['pandas']:8.2f} times pandas")
        whole = sum(seconds[name] for name in PARTS) / seconds["pandas"]
        print(f"  {'together':10}{whole:8.2f}" + (f" (at most {MOST[rows]})" if rows in MOST else ""))


def invented(rows: int) -> bytes:
    """An invented survey as CSV: who answered, when, where and with what weight, then questions."""
    random = np.random.default_rng(20230517)
    columns: dict[str, object] = {
        "respondent": [f"R{number:07}" for number in range(rows)],
        "wave": np.array(["2022-06", "2023-01"])[random.integers(0, 2, rows)],
        "area": np.array(["North", "South", "East", "West"])[random.integers(0, 4, rows)],
        "weight": random.lognormal(sigma=0.4, size=rows).round(4),
    }
    columns |= {f"Q{number}": ANSWERS[random.integers(0, len(ANSWERS), rows)] for number in range(1, COLUMNS - 3)}
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\n").encode()


def peer(content: bytes, file: Path) -> None:
    """What a person would otherwise write: pandas, everything as text, into a Parquet file."""
    pd.read_csv(io.BytesIO(content), dtype=str).to_parquet(file)


def taken(parts: dict[str, Callable[..., object]], content: bytes, runs: int) -> dict[str, float]:
    """Median seconds of each part, the parts in turn so that a busy moment meets them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(runs):
        given: object = content
        for name, part in parts.items():
            started = time.perf_counter()
            made = part(given)
            seconds[name].append(time.perf_counter() - started)
            given = content if name == "pandas" else made
    return {name: statistics.median(each) for name, each in seconds.items()}


if __name__ == "__main__":
    main()
