"""How often does an ordinary quarter raise a question of a jump, and which slips are found? Run by command.

    python benchmarks/next_report.py [--reports N] [--seed S]

The open series give real quarters; simulated reports are those of the latest release's own rolling counts, drawn with
nothing changed or with a steady drift. It prints figures and asserts nothing.
"""

from __future__ import annotations

import argparse
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.change import default_dispersion
from analysis.colleague.past import LEVEL, surprise
from data.releases import data_root, load_release
from data.series import open_series

PANDEMIC = (pd.Timestamp("2020-01-01"), pd.Timestamp("2022-06-30"))  # quarters whose rolling years it moves
SIZES = [30, 100, 1000, 10_000, 100_000]
QUARTERS = 5  # of one drawn count: two rolling years, three months apart


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=400, metavar="N", help="how many reports to draw (400)")
    parser.add_argument("--seed", type=int, default=20230517, metavar="S")
    asked = parser.parse_args()
    rng = np.random.default_rng(asked.seed)
    counts = rolling_counts()
    level = LEVEL / len(counts)
    print(f"{len(counts)} rolling counts a report, each asked about under p = {level:.2g}.\n")
    show("Real quarters of the open series", [open_line(kind, during, level) for kind in ("force", "district")
                                             for during in (False, True)])  # fmt: skip
    truths = [(0.5, 0.0), (1.0, 0.0), (2.0, 0.0), (1.0, 0.1), (1.0, -0.1), (1.0, 0.25)]
    show("Drawn reports", [drawn_line(rng, asked.reports, counts, level, *truth) for truth in truths])
    show("Slips in a rolling count of that size, found in % of draws",
         [slip_line(rng, asked.reports, size, level) for size in SIZES])  # fmt: skip


def rolling_counts() -> list[float]:
    """The last and previous 12 months that the latest release counts and tests."""
    release = load_release(data_root())
    untested = set(release.measures.loc[release.measures["untested"] != "", "id"])
    figures = release.figures
    rolling = figures["role"].isin(["last_12_months", "previous_12_months"]) & (figures["unit"] == "count")
    return list(figures.loc[rolling & ~figures["measure"].isin(untested), "value"])


def open_line(kind: str, during: bool, level: float) -> dict[str, object]:
    """Consecutive rolling years of the open series: how many are asked about."""
    series = open_series(data_root()).frame
    asked = steps = 0
    for _, own in series[series["area_kind"] == kind].groupby(["measure", "area"], sort=False):
        ordered = own.sort_values("period_end")
        years = ordered["value"].rolling(4).sum().to_numpy()
        for place in range(4, len(years)):
            end = ordered["period_end"].iloc[place]
            if (PANDEMIC[0] <= end <= PANDEMIC[1]) == during:
                steps += 1
                asked += surprise(years[place - 1], years[place], 3) < level
    told = f"{kind}, {'pandemic' if during else 'other quarters'}"
    return {"series": told, "steps": steps, "asked": int(asked), "% of steps": round(100 * asked / steps, 2)}


def drawn_line(
    rng: np.random.Generator, reports: int, counts: list[float], level: float, truth: float, drift: float
) -> dict[str, object]:
    """Reports in which no count is wrong: how many raise a question, and how many questions each."""
    questions = np.array([sum(asked(rng, count, level, truth, drift) for count in counts) for _ in range(reports)])
    return {
        "dispersion, times the rule": truth, "change in a year, %": drift * 100,
        "% of reports with a question": round(100 * float((questions > 0).mean()), 1),
        "questions a report": round(float(questions.mean()), 3),
    }  # fmt: skip


def asked(rng: np.random.Generator, count: float, level: float, truth: float, drift: float) -> bool:
    """Whether a drawn count's new rolling year is asked about."""
    older, newer = two_years(rng, count, truth, drift)
    return surprising(older, newer) < level


@lru_cache(maxsize=100_000)
def surprising(older: float, newer: float) -> float:
    """The same counts come again and again."""
    return surprise(older, newer, 3)


def two_years(rng: np.random.Generator, count: float, truth: float = 1.0, drift: float = 0.0) -> tuple[float, float]:
    """Two rolling years of a count, three months apart; each quarter gamma-Poisson."""
    spread = max(1.0, truth * default_dispersion(count, count))
    quarters = [draw(rng, count / 4 * (1 + drift * (place == QUARTERS - 1)), spread) for place in range(QUARTERS)]
    return float(sum(quarters[:4])), float(sum(quarters[1:]))


def draw(rng: np.random.Generator, mean: float, dispersion: float) -> int:
    """A count with this mean and a variance of ``dispersion`` times it; Poisson at 1 or less."""
    if dispersion > 1 and mean > 0:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return int(rng.poisson(mean))


def slip_line(rng: np.random.Generator, reports: int, size: float, level: float) -> dict[str, object]:
    """Slips that are no power of ten: how often each is asked about."""
    slips = {
        "new months doubled": lambda older, newer: newer + size / 4,
        "a third too many": lambda older, newer: round(newer * 4 / 3),
        "half": lambda older, newer: round(newer / 2),
        "new quarter left out": lambda older, newer: newer - size / 4,
        "first digit one off": lambda older, newer: newer + 10 ** (len(str(int(newer))) - 1),
    }
    found = dict.fromkeys(slips, 0)
    for _ in range(reports):
        older, newer = two_years(rng, size)
        for name, slip in slips.items():
            found[name] += surprise(older, max(0, slip(older, newer)), 3) < level
    return {"count": size} | {name: round(100 * hits / reports) for name, hits in found.items()}


def show(title: str, lines: list[dict[str, object]]) -> None:
    """A table with its title."""
    print(title)
    print(pd.DataFrame(lines).to_string(index=False), end="\n\n")


if __name__ == "__main__":
    main()
