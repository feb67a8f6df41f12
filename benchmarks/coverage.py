"""Do the survey's intervals, waves and tables keep what they promise? Simulated through the explorer's own functions.

Run from the repository's folder: ``python benchmarks/coverage.py [--repeats N] [--seed S]``. Prints how often 95%
intervals hold the truth, how often a change is claimed where there is none, and how often a real one is found, each
beside its goal.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.rolling import rolling_difference
from analysis.survey import estimates
from analysis.survey_waves import wave_changes

BASE, TEAMS, QUESTIONS = 150, 10, 12
SHARES = np.round(np.arange(0.05, 0.951, 0.05), 2)
DESIGN_EFFECTS = (1.0, 1.25, 1.5, 2.0)


def weights(chance: np.random.Generator, shape: tuple[int, ...], design_effect: float) -> np.ndarray:
    """Weights of mean 1 whose Kish design effect is as given."""
    spread = design_effect - 1
    return np.ones(shape) if spread == 0 else chance.gamma(1 / spread, spread, shape)


def sums_of(w: np.ndarray, y: np.ndarray, wave: str, question: np.ndarray, group: np.ndarray) -> pd.DataFrame:
    """One row of sums for each row of answers, as the engine gives them."""
    ww = w * w
    columns = {"sum_w": w, "sum_w2": ww, "sum_wy": w * y, "psu_ww": ww, "psu_wy": ww * y, "psu_yy": ww * y * y}
    told = pd.DataFrame({name: values.sum(axis=1) for name, values in columns.items()})
    return told.assign(wave=wave, question=question, group=group, measure="top", n=w.shape[1], psus=w.shape[1])


def design(wave: str, sample: int) -> pd.DataFrame:
    """A wave's whole sample."""
    return pd.DataFrame({"wave": [wave], "n": sample, "psus": sample, "population": np.nan})


def coverage(chance: np.random.Generator, repeats: int, related: bool) -> list[tuple[float, float, float]]:
    """Design effect, mean and worst share of intervals that hold the truth, over the true shares."""
    told = []
    for design_effect in DESIGN_EFFECTS[related:]:
        held = []
        for share in SHARES:
            w = weights(chance, (repeats, BASE), design_effect)
            lean = 0.0
            if related:  # those who weigh more say yes more often, or less, within what a share allows
                lean = 0.5 * min(share, 1 - share) * (2 * (w > np.median(w)) - 1)
            y = (chance.random(w.shape) < share + lean).astype(float)
            truth = share + (float(np.mean(w * lean)) / float(np.mean(w)) if related else 0.0)
            names = np.arange(repeats)
            cells = sums_of(w, y, "1", names.astype("str"), np.repeat("team", repeats))
            limits = estimates(cells, design("1", BASE * TEAMS), withhold=False)
            held.append(((limits["lower"] <= truth) & (truth <= limits["upper"])).mean())
        told.append((design_effect, float(np.mean(held)), float(np.min(held))))
    return told


def wave_sums(
    chance: np.random.Generator, wave: str, base: int, shares: np.ndarray, groups: int, effect: float
) -> pd.DataFrame:
    """Sums of a wave in which every question has its share in every group."""
    rows = len(shares) * groups
    w = weights(chance, (rows, base), effect)
    y = (chance.random(w.shape) < np.repeat(shares, groups)[:, None]).astype(float)
    names = np.repeat([f"Q{place}" for place in range(len(shares))], groups)
    teams = np.tile([f"team {place}" for place in range(groups)] if groups > 1 else ["ALL"], len(shares))
    return sums_of(w, y, wave, names, teams)


def compared(
    chance: np.random.Generator, bases: tuple[int, int], shares: np.ndarray, rise: float, groups: int, effect: float
) -> pd.DataFrame:
    """Two simulated waves, compared."""
    first = wave_sums(chance, "1", bases[0], shares, groups, effect)
    second = wave_sums(chance, "2", bases[1], shares + rise, groups, effect)
    wholes = [design("1", bases[0] * groups), design("2", bases[1] * groups)]
    estimated = estimates(pd.concat([first, second]), pd.concat(wholes), withhold=False)
    return wave_changes(estimated, "1", "2", withhold=False)


def false_tables(chance: np.random.Generator, repeats: int, effect: float) -> float:
    """How often a whole table of teams and questions in which nothing changed tells any "real change"."""
    shares = np.linspace(0.3, 0.9, QUESTIONS)
    tables = (compared(chance, (BASE, 160), shares, 0.0, TEAMS, effect) for _ in range(repeats))
    return float(np.mean([(told["verdict"] == "real change").any() for told in tables]))


def found(chance: np.random.Generator, repeats: int, rise: float) -> float:
    """How often two waves of the force differ at 5%, each simulated pair a question of its own."""
    pairs = [compared(chance, (1510, 1602), np.full(100, 0.66), rise, 1, 1.25) for _ in range(max(repeats // 100, 1))]
    return float((pd.concat(pairs)["p"] < 0.05).mean())


def rolling(chance: np.random.Generator, repeats: int, months: int) -> float:
    """How often two rolling years, months apart, differ at 5% where nothing changed."""
    each = 400
    yes = chance.binomial(each, 0.78, (repeats, 12 + months))
    base = 12 * each
    ends = zip(yes[:, :12].sum(axis=1), yes[:, months:].sum(axis=1), strict=True)
    return float(np.mean([rolling_difference(a / base, base, b / base, base, months)[2] < 0.05 for a, b in ends]))


def main() -> None:
    """Print every figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20230517)
    asked = parser.parse_args()
    chance = np.random.default_rng(asked.seed)
    print(f"Intervals of a team, base {BASE}, shares 0.05 to 0.95 (goal: mean 94.5 to 97.5%, worst at least 93.5%)")
    for effect, mean, worst in coverage(chance, asked.repeats, related=False):
        print(f"  design effect {effect:g}: mean {mean:.1%}, worst {worst:.1%}")
    print("The same with weights that go with the answer (goal: worst at least 94%)")
    for effect, mean, worst in coverage(chance, asked.repeats, related=True):
        print(f"  design effect {effect:g}: mean {mean:.1%}, worst {worst:.1%}")
    print(
        f"Tables of {QUESTIONS} questions x {TEAMS} teams in which nothing changed: any real change (goal: at most 7%)"
    )
    for effect in (1.0, 1.25, 1.6):
        print(f"  design effect {effect:g}: {false_tables(chance, max(asked.repeats // 5, 1), effect):.1%}")
    print(f"Two waves of the force: {found(chance, 5 * asked.repeats, 0.0):.1%} differ by chance (goal: 4 to 6%)")
    print(f"  {found(chance, 5 * asked.repeats, 0.05):.1%} of rises of 5 points are found (goal: at least 70%)")
    for months in (1, 3, 6, 12):
        print(f"Rolling years {months} months apart: {rolling(chance, asked.repeats, months):.1%} (goal: 4 to 6%)")


if __name__ == "__main__":
    main()
