"""What reading a file costs: as a ratio to `pandas.read_csv(dtype=str)` plus `to_parquet` of it in the same run.

`python benchmarks/reading.py [--runs N] [--rows N ...]`. The files are invented: 20 columns of answers and numbers.
Each part of the way from bytes to a saved version is one line; seconds are medians, of which only the ratio tells.
"""

from __future__ import annotations

import argparse
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

from data.reading import NO_LIMITS, read_upload  # noqa: E402

COLUMNS = 20
ANSWERS = np.array(["Strongly agree", "Tend to agree", "Neither agree nor disagree", "Don't know", "No", "Yes", ""])
MOST = {3_000: 8, 1_000_000: 6}  # times pandas that bytes to a saved version may take, by rows

# Each part is handed what the part before it gave.
PARTS: dict[str, Callable[..., object]] = {
    "read": lambda content: read_upload(content, "invented.csv", limits=NO_LIMITS),
}


def main() -> None:
    """Print one block a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each part (3)")
    parser.add_argument("--rows", type=int, nargs="+", default=list(MOST), help="rows of each file (3000 1000000)")
    asked = parser.parse_args()
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
    """An invented survey as CSV: answers, whole numbers and decimals in turn."""
    random = np.random.default_rng(20230517)
    makers = [
        lambda: ANSWERS[random.integers(0, len(ANSWERS), rows)],
        lambda: random.integers(0, 10_000, rows),
        lambda: random.normal(size=rows).round(4),
    ]
    columns = {f"column {number + 1}": makers[number % len(makers)]() for number in range(COLUMNS)}
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
