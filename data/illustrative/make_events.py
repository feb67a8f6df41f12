"""Invent one month of calls: ``python data/illustrative/make_events.py``.

The report prints how many calls came in twelve months, and nothing of the hour, the place or the wait of a single one.
Pages about when calls come and how long they wait need single calls, and until a real extract is uploaded they have
none. This script invents them, plainly marked, so that those pages can show what they will do.

Everything is invented: how many calls, their times, lines, areas and waits, who gave up. Nothing is read from a
release, and the month adds up to no printed total and to no month of ``monthly.csv``: it is smaller than a real one, so
that the file stays small.

How: an expected number of calls stands for each hour of the month by line, from a shape of the day and of the week,
with days that are busier or quieter as a whole. Calls are drawn by it, then their waits: short for 999, with a long
tail for 101 that grows with how busy the hour is. Who runs out of patience first has given up and was never answered.
The clock is the local one, so an hour is left out on the last Sunday of March. The seed is fixed: the same numpy gives
the same bytes.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
FILE = "calls_2023_03.csv"
SEED = 20230301
MONTH, DAYS = datetime(2023, 3, 1), 31  # the clock's own time, as an extract has it
LEFT_OUT = datetime(2023, 3, 26, 1)  # at 1:00 the clock goes to 2:00
HEADER = [
    "Reference", "Received", "Kind", "Local Policing Team", "Answered after seconds", "Attended after minutes",
    "Abandoned",
]  # fmt: skip
NAMELESS = 0.09  # of answered calls have no area
TEAMS = {
    "City": 0.26, "Stafford": 0.12, "East Staffs": 0.12, "Newcastle": 0.11, "South Staffs": 0.08, "Lichfield": 0.08,
    "Cannock": 0.09, "Moorlands": 0.07, "Tamworth": 0.07,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """How the calls of one line are invented.

    ``calls`` is about how many there are. ``day`` and ``free_day`` are the shapes of a day, hour by hour, from Monday
    to Friday and at the weekend; ``week`` is how busy each day is, from Monday. ``evenings`` is how much busier Friday
    and Saturday are from 18:00 to 3:00. ``median`` and ``spread`` make the wait in seconds, log-normal; ``pressed`` is
    the power of the hour's load that lengthens it; ``patience`` and ``hasty`` are how long people hold on on average,
    in seconds, and the share of those who leave in the first half minute. ``attended`` is the share of answered calls
    that somebody goes to, after ``minutes`` and ``reach``, log-normal too.
    """

    calls: int
    day: tuple[int, ...]
    free_day: tuple[int, ...]
    week: tuple[float, ...]
    evenings: float
    median: float
    spread: float
    pressed: float
    patience: float
    hasty: float
    attended: float
    minutes: float
    reach: float


LINES = {
    "999": Line(
        7800,
        (20, 15, 12, 10, 8, 8, 11, 18, 26, 28, 30, 32, 34, 34, 35, 40, 43, 45, 44, 42, 40, 38, 33, 27),
        (38, 33, 28, 22, 15, 11, 11, 14, 19, 24, 28, 31, 34, 35, 36, 38, 40, 42, 44, 45, 46, 46, 44, 41),
        (0.95, 0.94, 0.95, 0.97, 1.08, 1.14, 0.99), 1.3, 5.5, 0.75, 0.3, 240.0, 0.008, 0.34, 13.0, 0.85,
    ),
    "101": Line(
        11700,
        (6, 4, 3, 3, 3, 4, 9, 24, 58, 82, 86, 82, 76, 74, 74, 72, 70, 62, 50, 40, 32, 25, 17, 10),
        (9, 6, 5, 4, 3, 4, 7, 14, 27, 42, 50, 52, 50, 47, 45, 44, 43, 41, 38, 34, 29, 24, 18, 12),
        (1.14, 1.07, 1.04, 1.02, 1.02, 0.95, 0.92), 1.05, 140.0, 1.25, 0.9, 1000.0, 0.09, 0.07, 95.0, 0.9,
    ),
}  # fmt: skip


def expected_calls(line: Line, random: np.random.Generator) -> np.ndarray:
    """The number of calls to expect in each hour of the month, day by day."""
    hours = []
    for number in range(DAYS):
        today = MONTH + timedelta(days=number)
        shape = np.array(line.free_day if today.weekday() > 4 else line.day, dtype=float)
        shape[18:] *= line.evenings if today.weekday() in (4, 5) else 1
        shape[:3] *= line.evenings if today.weekday() in (5, 6) else 1
        hours.append(shape * line.week[today.weekday()] * random.gamma(200, 1 / 200))
    table = np.concatenate(hours)
    table[int((LEFT_OUT - MONTH).total_seconds() // 3600)] = 0
    expected: np.ndarray = table * line.calls / table.sum()
    return expected


def calls_of(name: str, line: Line, random: np.random.Generator) -> list[tuple[datetime, list[str]]]:
    """The calls of one line in no order: when each came, and its cells after the time."""
    expected = expected_calls(line, random)
    hour = np.repeat(np.arange(len(expected)), random.poisson(expected))
    base = len(hour)
    load = expected[hour] / expected[expected > 0].mean()
    minute = random.integers(60, size=base)
    wait = np.exp(np.log(line.median) + line.spread * random.standard_normal(base)) * load**line.pressed
    patient = random.random(base) >= line.hasty
    holds = np.where(patient, random.exponential(line.patience, base), random.uniform(1, 30, base))
    gone = holds < wait
    team = random.choice(len(TEAMS), size=base, p=list(TEAMS.values()))
    placed = ~gone & (random.random(base) >= NAMELESS)
    attended = ~gone & (random.random(base) < line.attended)
    after = np.exp(np.log(line.minutes) + line.reach * random.standard_normal(base))
    calls = []
    for place in range(base):
        answered = "" if gone[place] else str(max(1, round(wait[place])))
        came = str(max(1, round(after[place]))) if attended[place] else ""
        area = list(TEAMS)[team[place]] if placed[place] else ""
        received = MONTH + timedelta(hours=int(hour[place]), minutes=int(minute[place]))
        calls.append((received, [name, area, answered, came, "Yes" if gone[place] else "No"]))
    return calls


def main() -> None:
    """Write the month, the first call first."""
    parser = argparse.ArgumentParser(description="Invent one month of calls.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    chosen = parser.parse_args()
    random = np.random.Generator(np.random.PCG64(SEED))
    calls = [call for name, line in LINES.items() for call in calls_of(name, line, random)]
    calls.sort(key=lambda call: call[0])
    rows = [
        [f"INVENTED-{number}", f"{received:%Y-%m-%d %H:%M}", *cells]
        for number, (received, cells) in enumerate(calls, start=1)
    ]
    with (chosen.out / FILE).open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([HEADER, *rows])


if __name__ == "__main__":
    main()
