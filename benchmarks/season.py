"""Does "more than the season" hold what it promises, and what do decompositions and heatmaps cost? Run by command.

    python benchmarks/season.py [--repeats N] [--events N] [--seed S]

Simulated through the explorer's own functions, each figure beside its goal. Speeds are ratios to the same work done
bare, the better of several rounds of each in turn. It prints figures and asserts nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.control import RULES, control_chart, signals, xmr_limits
from analysis.regular import check_series
from analysis.step import beyond_season
from analysis.stl import stl, windows
from analysis.timing import hour_table

MONTHS, SINCE, AFTER = 60, pd.Period("2022-11", "M"), 5
PER_DAY, TREND, SWING, NOISE = 80, -0.07, 0.2, 0.05
ROUNDS = 5


def noise(chance: np.random.Generator, length: int, spread: float, link: float) -> np.ndarray:
    """Normal noise in which neighbours go together: AR(1) with this standard deviation."""
    fresh = chance.normal(0, spread * np.sqrt(1 - link**2), length + 50)
    for place in range(1, len(fresh)):
        fresh[place] += link * fresh[place - 1]
    return fresh[50:]


def counts(chance: np.random.Generator, months: int, link: float, step: float = 0.0, trend: float = TREND) -> pd.Series:
    """Monthly counts with a trend, a season and noise, and a change from ``SINCE`` on."""
    index = pd.period_range(SINCE + AFTER - months, periods=months, freq="M")
    level = np.log(PER_DAY) + trend * np.arange(months) / 12 + SWING * np.cos(2 * np.pi * (index.month - 7) / 12)
    level = level + noise(chance, months, NOISE, link) + np.log1p(step) * (index >= SINCE)
    return pd.Series(chance.poisson(np.exp(level) * index.days_in_month), index=index)


def share(found: list[bool]) -> str:
    """A share with the simulation's own standard error."""
    part = float(np.mean(found))
    return f"{100 * part:.1f}% ± {100 * np.sqrt(part * (1 - part) / len(found)):.1f}"


def beyond_lines(chance: np.random.Generator, repeats: int) -> list[dict[str, str]]:
    """How often a change is claimed: none there, then true falls."""
    told = []
    cases = [(0.0, 0.0, ""), (0.3, 0.0, "at most 7%"), (0.3, -0.1, ""), (0.3, -0.2, "at least 95%")]
    for link, step, goal in cases:
        claimed, covered = [], []
        for _ in range(repeats):
            found = beyond_season(check_series(counts(chance, MONTHS, link, step)), SINCE, origin="beforehand")
            claimed.append(found.verdict == "real change")
            covered.append(found.ratio_lower <= 1 + step <= found.ratio_upper)
        case = f"noise {100 * NOISE:.0f}%, AR {link:g}, " + (f"true fall {-100 * step:.0f}%" if step else "no change")
        told.append({"case": case, "claimed": share(claimed), "goal": goal, "size covered": share(covered)})
    return told


def control_lines(chance: np.random.Generator, repeats: int) -> list[dict[str, str]]:
    """How many charts show a signal with nothing happening: raw, without the season, and had there been no season."""
    told = []
    for months in (36, 60):
        seen: dict[str, list[list[bool]]] = {}
        for _ in range(repeats):
            series = counts(chance, months, 0.0, trend=0.0)
            checked = check_series(series)
            charts = {kind: control_chart(checked, raw=kind == "raw counts").frame["rules"]
                      for kind in ("raw counts", "without the season")}  # fmt: skip
            for kind, rules in charts.items():
                seen.setdefault(kind, []).append([bool(rules.str.contains(rule).any()) for rule in RULES])
            white = chance.normal(0, 1, months)
            never = signals(white, xmr_limits(white)).any().to_list()
            seen.setdefault("white noise, no season at all", []).append(never)
        for kind, found in seen.items():
            rates = {rule: share([row[place] for row in found]) for place, rule in enumerate(RULES)}
            told.append({"points": str(months), "chart of": kind, **rates})
    return told


def ratio(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float]:
    """Seconds of ours and of the bare way: the better of several rounds, in turn."""
    best = [np.inf, np.inf]
    for _ in range(ROUNDS):
        for place, work in enumerate((ours, bare)):
            start = time.perf_counter()
            work()
            best[place] = min(best[place], time.perf_counter() - start)
    return best[0], best[1]


def stl_lines(chance: np.random.Generator) -> list[dict[str, str]]:
    """A hundred decompositions of ten years against the library called bare."""
    from statsmodels.tsa.seasonal import STL

    many = [np.log(counts(chance, 120, 0.3).to_numpy()) for _ in range(100)]
    own = windows(120, 12, 13)
    how = {"seasonal": 13, "trend": own.trend, "low_pass": own.low_pass, "seasonal_deg": 0, "trend_deg": 1}
    how |= {"low_pass_deg": 1, "seasonal_jump": own.seasonal_jump, "trend_jump": own.trend_jump}
    how |= {"low_pass_jump": own.low_pass_jump}
    told = []
    for robust in (False, True):
        loops = {"inner_iter": 1 if robust else 2, "outer_iter": 15 if robust else 0}
        mine, bare = ratio(
            lambda robust=robust: [stl(each, 12, 13, robust=robust) for each in many],
            lambda robust=robust, loops=loops: [
                STL(each, period=12, robust=robust, **how).fit(**loops) for each in many
            ],
        )
        name = f"100 STL of 120 months{', robust' if robust else ''}"
        told.append(speed(name, mine, bare, "at most 1.3x"))
    return told


def heatmap_line(chance: np.random.Generator, events: int) -> dict[str, str]:
    """Event rows to the table of the week, against one statement to the same engine over the same rows."""
    from data.engine import attach
    from data.event_queries import event_counts

    seconds = chance.integers(0, 365 * 86_400, events)
    rows = attach(pd.DataFrame({"called": pd.Timestamp("2022-04-01") + pd.to_timedelta(seconds, unit="s")}))
    engine = rows.get_backend().con
    asked = f"SELECT isodow(called), hour(called), count(*) FROM {rows.get_name()} GROUP BY ALL"
    mine, bare = ratio(lambda: hour_table(event_counts(rows, "called")), lambda: engine.execute(asked).fetchall())
    return speed(f"{events:,} event rows to a heatmap", mine, bare, "at most 2x")


def speed(what: str, mine: float, bare: float, goal: str) -> dict[str, str]:
    """One line on a speed."""
    return {"what": what, "seconds": f"{mine:.3f}", "bare": f"{bare:.3f}", "ratio": f"{mine / bare:.2f}x", "goal": goal}


def show(title: str, rows: list[dict[str, str]]) -> None:
    """A table on the terminal."""
    print(f"{title}\n{pd.DataFrame(rows).fillna('').to_string(index=False)}\n", flush=True)


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=1000, metavar="N", help="series of each kind (1000)")
    parser.add_argument("--events", type=int, default=10_000_000, metavar="N", help="rows of events (10,000,000)")
    parser.add_argument("--seed", type=int, default=20230517, metavar="S")
    asked = parser.parse_args()
    chance = np.random.default_rng(asked.seed)
    print(f"{asked.repeats} series a line, seed {asked.seed}.\n")
    show(f"Beyond the season: {MONTHS} months, the last {AFTER} tested", beyond_lines(chance, asked.repeats))
    said = "Control chart, nothing happening: charts with at least one signal (goal: as white noise)"
    show(said, control_lines(chance, asked.repeats))
    show("Speed", [*stl_lines(chance), heatmap_line(chance, asked.events)])


if __name__ == "__main__":
    main()
