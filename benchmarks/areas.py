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

BASE, AT_ONCE = 160, 50
SHARES = np.linspace(0.3, 0.9, QUESTIONS)
_ADDED = ["sum_w", "sum_w2", "sum_wy", "psu_ww", "psu_wy", "psu_yy", "n", "psus"]


def tables(chance: np.random.Generator, shares: np.ndarray, effect: float, repeats: int, test: str) -> pd.DataFrame:
    """Surveys, each a wave, in which each row of shares is a question and each column a team; compared."""
    made = [_table(chance, shares, effect, str(place)) for place in range(repeats)]
    return against_rest(pd.concat([own for own, _ in made]), pd.concat([whole for _, whole in made]), test=test)


def _table(
    chance: np.random.Generator, shares: np.ndarray, effect: float, wave: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    questions, teams = shares.shape
    w = np.tile(
        weights(chance, (teams, BASE), effect), (questions, 1)
    )  # a respondent weighs the same in every question
    y = (chance.random(w.shape) < shares.reshape(-1, 1)).astype(float)
    names = np.repeat([f"Q{place}" for place in range(questions)], teams)
    own = sums_of(w, y, wave, names, np.tile([f"team {place}" for place in range(teams)], questions))
    whole = own.groupby("question", sort=False)[_ADDED].sum().reset_index()
    whole = whole.assign(wave=wave, group="ALL", measure="top")
    return pd.concat([whole, own], ignore_index=True), design(wave, BASE * teams)


def false_names(chance: np.random.Generator, repeats: int, effect: float, test: str) -> np.ndarray:
    """How often a whole table names a team by Holm, by BH, and before correction, where none differs."""
    shares = np.repeat(SHARES[:, None], TEAMS, axis=1)
    named = []
    for size in batches(repeats):
        told = compare_areas(tables(chance, shares, effect, size, test), withhold=False)
        named.append((told[["p_holm", "p_bh", "p"]] < 0.05).groupby(told["wave"]).any())
    return pd.concat(named).mean().to_numpy()


def batches(repeats: int) -> list[int]:
    """So many at a time that neither memory nor time is wasted."""
    return [AT_ONCE] * (repeats // AT_ONCE) + [repeats % AT_ONCE] * (repeats % AT_ONCE > 0)


def places(chance: np.random.Generator, repeats: int, spread: float, effect: float) -> tuple[float, float]:
    """How often every team's true place lies in its range, and how many places a range has; a row a question."""
    held, wide = [], []
    questions = 40
    for _ in range(max(repeats // questions, 1)):
        shares = np.clip(0.68 + spread * chance.standard_normal((questions, TEAMS)), 0.05, 0.95)
        told = compare_areas(tables(chance, shares, effect, 1, "score"), withhold=False)
        first, last = (
            pd.DataFrame(shares).rank(axis=1, ascending=False, method=end).to_numpy() for end in ("min", "max")
        )
        low, high = (told[name].to_numpy().reshape(questions, TEAMS) for name in ("rank_low", "rank_high"))
        held += ((low <= first) & (last <= high)).all(axis=1).tolist()
        wide += (high - low + 1).mean(axis=1).tolist()
    return float(np.mean(held)), float(np.mean(wide))


def found(chance: np.random.Generator, repeats: int, points: float, effect: float) -> np.ndarray:
    """How often a team lower than nine others is named in its own question and in the table; teams found unlike."""
    shares = np.repeat(SHARES[:, None], TEAMS, axis=1)
    shares[7, 0] -= points / 100
    seen = []
    for size in batches(repeats):
        told = tables(chance, shares, effect, size, "score")
        own = (told["question"] == "Q7") & (told["area"] == "team 0")
        alone, among = (
            compare_areas(told, family=family, withhold=False).loc[own, "verdict"].to_numpy() == "differs"
            for family in ("question", "table")
        )
        alike = areas_alike(told).query("question == 'Q7'")["p"].to_numpy() < 0.05
        seen.append(np.column_stack([alone, among, alike]))
    return np.concatenate(seen).mean(axis=0)


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
