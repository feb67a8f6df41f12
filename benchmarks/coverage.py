"""Do intervals, waves and areas compared keep what they promise? Simulated through the explorer's own functions.

Run from the repository's folder: ``python benchmarks/coverage.py [--repeats N] [--seed S] [--only PART]``. Prints how
often 95% intervals hold the truth, how often a change or a team is named where nothing differs, how often every range
of places holds its team's true place, and how often a real difference is found, each with the simulation's own standard
error, beside its goal. Ends with 1 when a goal is missed.
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
from analysis.rolling import rolling_difference
from analysis.survey import estimates
from analysis.survey_waves import wave_changes
from data.engine import attach
from data.profile import Profile, Question
from data.survey_sums import survey_sums

BASE, TEAMS, QUESTIONS = 150, 10, 12
TEAM_BASE, AT_ONCE = 160, 50  # answers of a team in a table of areas; surveys simulated at once
SHARES = np.round(np.arange(0.05, 0.951, 0.05), 2)
DESIGN_EFFECTS = (1.0, 1.25, 1.5, 2.0)
AREA_EFFECTS = (1.0, 1.25, 1.6)
OF_QUESTIONS = np.linspace(0.3, 0.9, QUESTIONS)  # the shares of a table's questions


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
    tables = (compared(chance, (BASE, TEAM_BASE), OF_QUESTIONS, 0.0, TEAMS, effect) for _ in range(repeats))
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


def areas_compared(
    chance: np.random.Generator, shares: np.ndarray, effect: float, family: str = "table", test: str = "score"
) -> pd.DataFrame:
    """Surveys compared by area as ``cli.py areas`` does: from respondents' rows in the engine.

    ``shares`` are those of a survey's question in a team, in this order of dimensions. What comes back has its survey
    as ``wave`` and is in the order of the shares.
    """
    surveys, questions, teams = shares.shape
    each = TEAM_BASE * teams
    survey = np.repeat(np.arange(surveys), each)
    team = np.tile(np.repeat(np.arange(teams), TEAM_BASE), surveys)
    names = [f"Q{place:02}" for place in range(questions)]
    rows = {
        "wave": survey.astype(str),
        "area": (team + 10).astype(str),
        "weight": weights(chance, survey.shape, effect),
    }
    for place, name in enumerate(names):
        rows[name] = np.where(chance.random(len(survey)) < shares[survey, place, team], "Yes", "No")
    asked = {name: Question(name, order=("Yes", "No"), positive=("Yes",)) for name in names}
    profile = Profile(columns={role: role for role in ("wave", "area", "weight")}, questions=asked)
    counted = survey_sums(attach(pd.DataFrame(rows)), profile, by="area")
    told = compare_areas(against_rest(counted.sums, counted.design, test=test), family=family, withhold=False)
    told["wave"] = told["wave"].astype(int)
    return told.sort_values(["wave", "question", "area"], ignore_index=True)


def batches(repeats: int) -> list[int]:
    """So many at a time that neither memory nor time is wasted."""
    return [AT_ONCE] * (repeats // AT_ONCE) + [repeats % AT_ONCE] * (repeats % AT_ONCE > 0)


def none_differs(chance: np.random.Generator, repeats: int, effect: float, test: str = "score") -> tuple[float, float]:
    """How often a table in which no team differs names any; how often the ranges of a question hold every place."""
    named, held = [], []
    for size in batches(repeats):
        shares = np.broadcast_to(OF_QUESTIONS[None, :, None], (size, QUESTIONS, TEAMS))
        told = areas_compared(chance, shares, effect, test=test)
        named += (told["verdict"] == "differs").groupby(told["wave"]).any().tolist()
        held += all_places_held(told, shares)[0].tolist()
    return float(np.mean(named)), float(np.mean(held))


def places(chance: np.random.Generator, repeats: int, spread: float, effect: float) -> tuple[float, float]:
    """How often the ranges of a question hold every team's true place, and how many places a range has."""
    held, wide = [], []
    for size in batches(max(repeats // QUESTIONS, 1)):
        shares = np.clip(0.68 + spread * chance.standard_normal((size, QUESTIONS, TEAMS)), 0.05, 0.95)
        for told, all_of in zip(
            (held, wide), all_places_held(areas_compared(chance, shares, effect), shares), strict=True
        ):
            told += all_of.tolist()
    return float(np.mean(held)), float(np.mean(wide))


def all_places_held(told: pd.DataFrame, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each question: whether all true places are in their ranges (equals have several), and a range's places."""
    low, high = (told[name].to_numpy().reshape(-1, TEAMS) for name in ("rank_low", "rank_high"))
    true = pd.DataFrame(shares.reshape(-1, TEAMS))
    first, last = (true.rank(axis=1, ascending=False, method=end).to_numpy() for end in ("min", "max"))
    return ((low <= first) & (last <= high)).all(axis=1), (high - low + 1).mean(axis=1)


def area_found(chance: np.random.Generator, repeats: int, points: float, effect: float) -> list[float]:
    """How often a team lower than nine others is named among its question, in the table; and its question's unlike."""
    seen: list[list[bool]] = [[], [], []]
    for size in batches(repeats):
        shares = np.repeat(np.repeat(OF_QUESTIONS[None, :, None], size, axis=0), TEAMS, axis=2)
        shares[:, 7, 0] -= points / 100
        told = areas_compared(chance, shares, effect)
        own = (told["question"] == "Q07") & (told["area"] == "10")
        for place, family in enumerate(("question", "table")):
            among = compare_areas(told, family=family, withhold=False)
            seen[place] += (among.loc[own, "verdict"] == "differs").tolist()
        seen[2] += (areas_alike(told[told["question"] == "Q07"])["p"] < 0.05).tolist()
    return [float(np.mean(each)) for each in seen]


class Goals:
    """Figures beside their goals, printed as they come; how many fall short, and how many are too near to tell."""

    missed = near = 0

    def told(self, what: str, share: float, of: int, low: float = 0.0, high: float = 1.0) -> None:
        """Print a share of ``of`` simulations with its standard error, and whether it lies between two limits."""
        middle = (share * of + 2) / (of + 4)  # as Agresti and Coull, so that none of all is not without error
        error = (middle * (1 - middle) / of) ** 0.5
        apart = min(abs(share - limit) for limit in (low, high) if 0 < limit < 1)
        inside = low <= share <= high
        self.near += apart < 2 * error
        self.missed += not inside and apart >= 2 * error
        word = "too near to tell: take more repeats" if apart < 2 * error else "met" if inside else "MISSED"
        goal = f"at most {high:.1%}" if not low else f"at least {low:.1%}" if high == 1 else f"{low:.1%} to {high:.1%}"
        print(f"  {what}: {share:.2%} ± {error:.2%} (goal {goal}: {word})", flush=True)

    def in_words(self) -> str:
        """What became of all of them."""
        if not self.missed and not self.near:
            return "Every goal is met."
        return f"Goals missed: {self.missed}; too near to tell: {self.near}; all others are met."


def intervals(chance: np.random.Generator, repeats: int, goals: Goals) -> None:
    """Tell how often intervals hold the truth."""
    for related, words, least in ((False, "", 0.935), (True, ", weights that go with the answer", 0.94)):
        print(f"Intervals of a team of {BASE}, shares 0.05 to 0.95{words}: how many hold the truth")
        for effect, mean, worst in coverage(chance, repeats, related):
            if not related:
                goals.told(f"design effect {effect:g}, mean", mean, repeats * len(SHARES), 0.945, 0.975)
            goals.told(f"design effect {effect:g}, the worst share", worst, repeats, least)


def waves(chance: np.random.Generator, repeats: int, goals: Goals) -> None:
    """Tell how often compared waves find what is there, and what is not."""
    print(f"Tables of {QUESTIONS} questions x {TEAMS} teams in which nothing changed: any real change")
    few = max(repeats // 5, 1)
    for effect in AREA_EFFECTS:
        goals.told(f"design effect {effect:g}", false_tables(chance, few, effect), few, high=0.07)
    print("Two waves of the force, at 5%")
    goals.told("differ by chance", found(chance, 5 * repeats, 0.0), 5 * repeats, 0.04, 0.06)
    goals.told("rises of 5 points found", found(chance, 5 * repeats, 0.05), 5 * repeats, 0.7)
    print("Two rolling years in which nothing changed, at 5%")
    for months in (1, 3, 6, 12):
        goals.told(f"{months} months apart", rolling(chance, repeats, months), repeats, 0.04, 0.06)


def areas(chance: np.random.Generator, repeats: int, goals: Goals) -> None:
    """Tell how often compared areas find what is there, and what is not."""
    print(f"Tables of {QUESTIONS} questions x {TEAMS} teams of {TEAM_BASE} in which none differs")
    for effect in AREA_EFFECTS:
        named, held = none_differs(chance, repeats, effect)
        goals.told(f"design effect {effect:g}, any named", named, repeats, high=0.07)
        goals.told(f"design effect {effect:g}, ranges of a question hold every place", held, repeats * QUESTIONS, 0.95)
        wald = none_differs(chance, max(repeats // 10, 1), effect, "wald")[0]
        print(f"    for comparison, any named by Wald's test: {wald:.0%}")
    print("Ranges of places where teams differ: all true places of a question inside")
    for spread in (0.03, 0.08):
        for effect in AREA_EFFECTS:
            held, wide = places(chance, repeats, spread, effect)
            what = f"standard deviation {spread * 100:g} points, design effect {effect:g}, {wide:.1f} of {TEAMS} places"
            goals.told(what, held, repeats, 0.95)
    print(
        "One team lower than nine others, design effect 1.25: named in its question, in the table; teams found unlike"
    )
    for points in (5, 10, 15, 20):
        alone, among, alike = area_found(chance, max(repeats // 10, 1), points, 1.25)
        print(f"  {points} points: {alone:.0%}, {among:.0%}; {alike:.0%}")


PARTS = {"intervals": intervals, "waves": waves, "areas": areas}


def main() -> None:
    """Print every figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20230517)
    parser.add_argument("--only", choices=PARTS, help="all parts unless named")
    asked = parser.parse_args()
    goals = Goals()
    for name, part in PARTS.items():
        if asked.only in (None, name):
            part(np.random.default_rng(asked.seed), asked.repeats, goals)
    print(goals.in_words())
    sys.exit(int(goals.missed > 0))


if __name__ == "__main__":
    main()
