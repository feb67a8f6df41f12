"""Do areas compared keep what they promise? Simulated through the explorer's own functions.

Run from the repository's folder: ``python benchmarks/areas.py [--repeats N] [--seed S]``. Prints how often a table of
teams in which none differs names one, how often every range of places holds the true place, and how often a real
difference is found, each beside its goal.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.area_rest import against_rest
from analysis.areas import areas_alike, compare_areas
from benchmarks.coverage import QUESTIONS, TEAMS, design, sums_of, weights

BASE = 160
SHARES = np.linspace(0.3, 0.9, QUESTIONS)
_ADDED = ["sum_w", "sum_w2", "sum_wy", "psu_ww", "psu_wy", "psu_yy", "n", "psus"]


def table(chance: np.random.Generator, shares: np.ndarray, effect: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sums of a survey in which each row of shares is a question, each column a team; weights go with the team."""
    questions, teams = shares.shape
    w = np.tile(
        weights(chance, (teams, BASE), effect), (questions, 1)
    )  # a respondent weighs the same in every question
    y = (chance.random(w.shape) < shares.reshape(-1, 1)).astype(float)
    names = np.repeat([f"Q{place}" for place in range(questions)], teams)
    own = sums_of(w, y, "1", names, np.tile([f"team {place}" for place in range(teams)], questions))
    whole = own.groupby("question", sort=False)[_ADDED].sum().reset_index()
    whole = whole.assign(wave="1", group="ALL", measure="top")
    return pd.concat([whole, own], ignore_index=True), design("1", BASE * teams)


def compared(chance: np.random.Generator, shares: np.ndarray, effect: float) -> pd.DataFrame:
    """A simulated survey, compared."""
    return against_rest(*table(chance, shares, effect))


def false_names(chance: np.random.Generator, repeats: int, effect: float, test: str) -> tuple[float, float, float]:
    """How often a whole table names a team by Holm, by BH, and before correction, where none differs."""
    shares = np.repeat(SHARES[:, None], TEAMS, axis=1)
    found = []
    for _ in range(repeats):
        told = against_rest(*table(chance, shares, effect), test=test)
        by_holm = compare_areas(told, withhold=False)
        found.append([(by_holm[name] < 0.05).any() for name in ("p_holm", "p_bh", "p")])
    any_holm, any_bh, any_raw = np.mean(found, axis=0)
    return float(any_holm), float(any_bh), float(any_raw)


def places(chance: np.random.Generator, repeats: int, spread: float, effect: float) -> tuple[float, float]:
    """How often every team's true place lies in its range, and how many places a range has; a row a question."""
    held, wide = [], []
    questions = 40
    for _ in range(max(repeats // questions, 1)):
        shares = np.clip(0.68 + spread * chance.standard_normal((questions, TEAMS)), 0.05, 0.95)
        told = compare_areas(compared(chance, shares, effect), withhold=False)
        first, last = (
            pd.DataFrame(shares).rank(axis=1, ascending=False, method=end).to_numpy() for end in ("min", "max")
        )
        low, high = (told[name].to_numpy().reshape(questions, TEAMS) for name in ("rank_low", "rank_high"))
        held += ((low <= first) & (last <= high)).all(axis=1).tolist()
        wide += (high - low + 1).mean(axis=1).tolist()
    return float(np.mean(held)), float(np.mean(wide))


def found(chance: np.random.Generator, repeats: int, points: float, effect: float) -> tuple[float, float, float]:
    """How often a team lower than nine others is named, in a table of its own question and in the whole table."""
    shares = np.repeat(SHARES[:, None], TEAMS, axis=1)
    shares[7, 0] -= points / 100
    alone, among, alike = [], [], []
    for _ in range(repeats):
        told = compared(chance, shares, effect)
        own = (told["question"] == "Q7") & (told["area"] == "team 0")
        alone.append((compare_areas(told, family="question", withhold=False).loc[own, "verdict"] == "differs").all())
        among.append((compare_areas(told, withhold=False).loc[own, "verdict"] == "differs").all())
        alike.append((areas_alike(told).set_index("question").loc["Q7", "p"] < 0.05).all())
    return float(np.mean(alone)), float(np.mean(among)), float(np.mean(alike))


def main() -> None:
    """Print every figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20230517)
    asked = parser.parse_args()
    chance = np.random.default_rng(asked.seed)
    print(f"Tables of {QUESTIONS} questions x {TEAMS} teams of {BASE} in which none differs: any that is named")
    for effect in (1.0, 1.25, 1.6):
        by_holm, by_bh, raw = false_names(chance, asked.repeats, effect, "score")
        wald = false_names(chance, max(asked.repeats // 4, 1), effect, "wald")[0]
        print(f"  design effect {effect:g}: Holm {by_holm:.1%} (goal: at most 7%), BH {by_bh:.1%}")
        print(f"    for comparison: uncorrected {raw:.1%}, Holm on Wald's test {wald:.1%}")
    print("Ranges of places of ten teams: all true places inside (goal: at least 95%), mean number of places")
    for spread in (0.0, 0.03, 0.08):
        held, wide = places(chance, asked.repeats, spread, 1.25)
        print(f"  standard deviation between teams {spread * 100:g} points: {held:.1%}, {wide:.1f} of {TEAMS}")
    print(
        "One team lower than nine others, design effect 1.25: named in its question, in the table; teams found unlike"
    )
    for points in (5, 10, 15, 20):
        alone, among, alike = found(chance, max(asked.repeats // 4, 1), points, 1.25)
        print(f"  {points} points: {alone:.1%}, {among:.1%}; {alike:.1%}")


if __name__ == "__main__":
    main()
