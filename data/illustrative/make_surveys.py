"""Invent the respondents of the two example surveys: ``python data/illustrative/make_surveys.py``.

The report prints what share of residents gave an answer, in June 2022 and January 2023, and a few teams' shares. It
has no respondents. Pages about surveys need some, and until a real file is uploaded they have none. This script
invents them, plainly marked, so that those pages can show what they will do.

Invented: every respondent, weight and team, how many did not know, the June base, a team's share where the report
prints only a range, all of June by team, and the force's share of a question that is printed by team only. Not
invented: each whole per cent that the report prints. It is read from the release, so it stands in one place only, and
the weighted share rounds to it. Don't know and refused are out of the base, as they are when a page first opens.

How: everybody gets a weight first. Then each team's people are put in order for each question by how likely they are
to give its counted answers, and the answers are dealt out along that order until the weighted share is met. Weights are
whole thousandths, so sums are exact. The seed is fixed: the same release and the same numpy give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parent / "releases" / "2023-03"
SEED = 20230117
# Each wave with its file, its base, and the number of its first respondent: nobody is in both.
FILES = {"June 2022": ("survey_2022_06.csv", 1500, 1), "January 2023": ("survey_2023_01.csv", 1602, 1501)}
BY_TEAM = "January 2023"  # the wave whose teams the report compares
HIGHER = {
    ("confidence_q12", "Newcastle"),
    ("confidence_q12", "Moorlands"),
}  # so the report's text says, without figures

# Of each group: its part of all residents, and its part of those who answer the telephone.
TEAMS = {
    "City": (0.22, 0.155), "Stafford": (0.12, 0.105), "East Staffs": (0.11, 0.105), "Newcastle": (0.11, 0.105),
    "South Staffs": (0.1, 0.105), "Lichfield": (0.09, 0.1), "Cannock": (0.09, 0.1), "Moorlands": (0.09, 0.1),
    "Tamworth": (0.07, 0.125),
}  # fmt: skip
AGES = {"16-34": (0.26, 0.15), "35-54": (0.31, 0.28), "55-64": (0.16, 0.20), "65+": (0.27, 0.37)}
SEXES = {"Female": (0.51, 0.55), "Male": (0.49, 0.45)}
GROUPS = {"Local Policing Team": TEAMS, "Age band": AGES, "Sex": SEXES}
HEADER = ["Respondent", "Wave", "Interview date", *GROUPS, "Weight"]
SCATTER = 0.235  # of the weights' logarithms beyond those groups; the design effect comes out at about 1.25
REFUSED = 0.004
WIDE, NARROW = 6.0, 2.5  # points a team may be off, where nothing is printed of any team, and from January to June
JUNE_LEAN = 0.6  # how much of what sets a team apart in January was there in June
DONT_KNOW, NO_ANSWER = -1, -2


@dataclass(frozen=True)
class Shape:
    """How the answers to one question are invented.

    ``leans`` is how much a counted answer goes with satisfaction, with having to do with crime, with age and with being
    a woman. ``counted`` and ``others`` part those answers among themselves. ``dont_know`` is a share of all asked.
    ``free`` has the force's per cents in June and in January where the report prints none.
    """

    leans: tuple[float, float, float, float]
    counted: tuple[float, ...]
    others: tuple[float, ...]
    dont_know: float
    free: tuple[float, float] | None = None


AGREE, AGAINST = (0.32, 0.68), (0.5, 0.34, 0.16)
SHAPES = {
    "Q1": Shape((0.0, 0.1, 0.3, 0.1), (0.72, 0.28), (0.75, 0.25), 0.008),
    "Q2": Shape((0.25, 0.1, -0.1, 0.0), (0.06, 0.40, 0.54), (0.62, 0.38), 0.03, (42, 44)),
    "Q3a": Shape((-0.05, 0.5, -0.15, 0.0), (1.0,), (1.0,), 0.004, (19, 19)),
    "Q4": Shape((0.65, -0.1, 0.15, 0.05), (1.0,), (1.0,), 0.05),
    "Q5": Shape((0.45, 0.0, -0.1, 0.0), (1.0,), (), 0.11),
    "Q6a": Shape((0.7, -0.2, 0.1, 0.0), AGREE, AGAINST, 0.07),
    "Q6b": Shape((0.65, -0.1, 0.15, 0.05), AGREE, AGAINST, 0.14),
    "Q8": Shape((0.35, -0.4, -0.1, -0.1), (0.62, 0.38), (0.8, 0.2), 0.004),
    "Q9": Shape((0.4, -0.35, -0.15, -0.45), (0.34, 0.66), (0.64, 0.36), 0.02),
    "Q11": Shape((-0.35, 0.5, -0.1, 0.05), (0.22, 0.78), (0.6, 0.4), 0.07, (25, 23)),
    "Q12": Shape((0.85, -0.2, 0.2, 0.05), AGREE, AGAINST, 0.02),
    "Q16": Shape((0.65, -0.15, 0.2, 0.0), (0.33, 0.67), (0.7, 0.3), 0.06),
    "Q17": Shape((0.6, -0.15, 0.3, 0.0), AGREE, AGAINST, 0.2),
    "Q18": Shape((-0.2, 0.7, -0.2, 0.0), (1.0,), (1.0,), 0.003, (8, 8)),
    "Q23": Shape((0.55, 0.0, 0.2, 0.0), (0.2, 0.8), (0.68, 0.32), 0.012),
}  # fmt: skip
LAST_ANSWER = {"Q5": ("confidence_q5a", (34.0, 31.0))}  # the last answer is printed too, as a measure of its own


@dataclass(frozen=True)
class Printed:
    """Per cents by measure and wave, measure and team, measure; first and last day of each wave."""

    force: Mapping[tuple[str, str], float]
    teams: Mapping[tuple[str, str], float]
    ranges: Mapping[str, tuple[float, float]]
    days: Mapping[str, tuple[date, date]]


def printed(release: Path) -> Printed:
    """Read a release's survey figures. The team ranges are whole per cents; one without an upper bound ends at 97."""
    areas = {row["id"]: row["name"] for row in _rows(release / "areas.csv")}
    force, teams, ranges, days = {}, {}, {}, {}
    for row in _rows(release / "figures.csv"):
        if row["table"] == "confidence_questions":
            force[row["measure"], row["column_label"]] = float(row["value"])
            days[row["column_label"]] = (date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
        elif row["table"] == "confidence_by_team":
            teams[row["measure"], areas[row["area"]]] = float(row["value"])
    for row in _rows(release / "ranges.csv"):
        if row["table"] == "confidence_by_team":  # "above 90%" begins at 91
            ranges[row["measure"]] = (float(row["low"]) + (not row["high"]), float(row["high"] or 97))
    return Printed(force, teams, ranges, days)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def drawn(groups: Mapping[str, tuple[float, float]], base: int, random: np.random.Generator) -> np.ndarray:
    """Which group each respondent is in, in no order: the parts that answer the telephone, as whole people."""
    ends = np.round(np.cumsum([answering for _, answering in groups.values()]) * base).astype(int)
    return random.permutation(np.searchsorted(ends, np.arange(base), side="right"))


def weights_of(members: Mapping[str, np.ndarray], base: int, random: np.random.Generator) -> np.ndarray:
    """Whole thousandths that bring every group to its part of all residents, scattered; their mean is 1."""
    weights = np.exp(SCATTER * random.standard_normal(base))
    for column, group in members.items():
        parts = np.array([of_all for of_all, _ in GROUPS[column].values()])
        weights = weights * (parts / np.bincount(group) * base)[group]
    thousandths: np.ndarray = np.round(weights / weights.mean() * 1000).astype(int)
    return thousandths


def team_shares(
    force: float, bounds: Mapping[str, tuple[float, float]], sizes: np.ndarray, random: np.random.Generator
) -> dict[str, float]:
    """A per cent for each team inside its bounds whose mean, by the teams' sizes, is the force's.

    Raises
    ------
    ValueError
        When no such per cents exist.

    Examples
    --------
    >>> bounds = {"City": (54.0, 54.0), "Stafford": (60.0, 72.0)}
    >>> team_shares(60.0, bounds, np.array([50, 50]), np.random.default_rng(1))
    {'City': 54.0, 'Stafford': 66.0}
    """
    low, high = np.array(list(bounds.values())).T
    if not low @ sizes <= force * sizes.sum() <= high @ sizes:
        raise ValueError(f"Teams between {low.tolist()} and {high.tolist()} cannot make {force} for the force.")
    free, least, most = low + (high - low) * random.random(len(low)), -100.0, 100.0
    for _ in range(60):
        middle = (least + most) / 2
        shares = np.clip(free + middle, low, high)
        least, most = (middle, most) if shares @ sizes < force * sizes.sum() else (least, middle)
    return {team: round(float(share), 6) for team, share in zip(bounds, shares, strict=True)}


def dealt(order: np.ndarray, weights: np.ndarray, cuts: list[float], exact: list[bool]) -> np.ndarray:
    """Answers along an order of people: the first from its beginning, the last at its end.

    Parameters
    ----------
    order
        Positions in ``weights``, the likeliest to give the first answer first.
    weights
        Whole thousandths.
    cuts
        Where each answer but the last ends, as a share of all weights.
    exact
        Which of those are met as nearly as two people who change places can meet them.

    Examples
    --------
    >>> dealt(np.array([3, 2, 1, 0]), np.array([1000, 1000, 900, 1100]), [0.5], [True])
    array([1, 1, 0, 0])
    """
    order, total = order.copy(), int(weights.sum())
    sums = np.cumsum(weights[order])
    ends = [int(np.abs(np.append(0, sums) - cut * total).argmin()) for cut in cuts]
    for number, end in enumerate(ends):
        before, after = [0, *ends][number], [*ends, len(order)][number + 1]
        short = cuts[number] * total - weights[order[:end]].sum()
        inside, outside = np.arange(max(before, end - 15), end), np.arange(end, min(after, end + 15))
        if exact[number] and len(inside) and len(outside):
            gain = weights[order[outside]][None, :] - weights[order[inside]][:, None]
            best = np.unravel_index(np.abs(gain - short).argmin(), gain.shape)
            if abs(gain[best] - short) < abs(short):
                one, other = inside[best[0]], outside[best[1]]
                order[[one, other]] = order[[other, one]]
    answers = np.empty(len(order), dtype=int)
    answers[order] = np.searchsorted(ends, np.arange(len(order)), side="right")
    return answers


def cuts_of(shape: Shape, first: float, last: float | None) -> tuple[list[float], list[bool]]:
    """Where each answer ends, from the share of the counted ones, and of the last where that is printed too."""
    cuts = [first * part for part in np.cumsum(shape.counted)]
    if last is not None:
        return [*cuts, 1 - last], [True, True]
    cuts += [first + (1 - first) * part for part in np.cumsum(shape.others)[:-1]]
    return cuts, [number == len(shape.counted) - 1 for number in range(len(cuts))]


class Wave:
    """One invented survey in the making: its people first, then their answers, question by question."""

    def __init__(self, name: str, report: Printed, january: dict[tuple[str, str], float]) -> None:
        self.name, self.report, self.january = name, report, january
        self.base = FILES[name][1]
        self.random = np.random.Generator(np.random.PCG64([SEED, self.base]))
        self.members = {column: drawn(parts, self.base, self.random) for column, parts in GROUPS.items()}
        self.weights = weights_of(self.members, self.base, self.random)
        self.team = self.members["Local Policing Team"]
        traits = self.random.standard_normal((self.base, 2))
        older, woman = self.members["Age band"] / 1.5 - 1, self.members["Sex"] == 0
        self.traits = np.column_stack([traits, older, woman])

    def answers(self, key: str, shape: Shape) -> np.ndarray:
        """The place of everybody's answer in the profile's order, ``DONT_KNOW`` or ``NO_ANSWER``."""
        drawn_lot = self.random.random(self.base)
        told = np.where(drawn_lot < REFUSED, NO_ANSWER, np.where(drawn_lot < REFUSED + shape.dont_know, DONT_KNOW, 0))
        likely = self.traits @ np.array(shape.leans) + 0.6 * self.random.standard_normal(self.base)
        measure = f"confidence_{key.lower()}"
        first = self._shares(measure, shape.free, told == 0)
        last = self._shares(*LAST_ANSWER[key], told == 0) if key in LAST_ANSWER else {}
        for number, team in enumerate(TEAMS):
            here = np.flatnonzero((told == 0) & (self.team == number))
            order = np.argsort(-likely[here], kind="stable")
            cuts, exact = cuts_of(shape, first[team] / 100, last[team] / 100 if last else None)
            told[here] = dealt(order, self.weights[here], cuts, exact)
        return told

    def _shares(self, measure: str, free: tuple[float, float] | None, base: np.ndarray) -> dict[str, float]:
        """Each team's per cent of a measure."""
        force = self.report.force.get((measure, self.name))
        if force is None:
            if free is None:
                raise ValueError(f"The release prints no {measure} for {self.name}. Mend SHAPES or the release.")
            force = free[list(FILES).index(self.name)]
        bounds = {}
        for team in TEAMS:
            low, high = self.report.ranges.get(measure, (max(force - WIDE, 0.3 * force), min(force + WIDE, 98)))
            if self.name != BY_TEAM:
                middle = force + JUNE_LEAN * (self.january[measure, team] - self.january[measure, ""])
                low, high = max(middle - NARROW, 0.3 * force), min(max(middle, 0.4 * force) + NARROW, 98)
            elif (measure, team) in self.report.teams:
                low = high = self.report.teams[measure, team]
            elif (measure, team) in HIGHER:
                low = high - 0.4
            bounds[team] = (low, high)
        sizes = np.bincount(self.team[base], self.weights[base])
        shares = team_shares(force, bounds, sizes, self.random)
        if self.name == BY_TEAM:
            self.january |= {(measure, ""): force} | {(measure, team): share for team, share in shares.items()}
        return shares

    def rows(self, questions: Mapping[str, dict[str, Any]]) -> list[list[str]]:
        """The file: its header, then a row a respondent, by the day of the interview."""
        first = FILES[self.name][2]
        table = [[f"INVENTED-{first + place}" for place in range(self.base)], [self.name] * self.base]
        start, end = self.report.days[self.name]
        days = np.sort(self.random.integers((end - start).days + 1, size=self.base))
        table.append([(start + timedelta(days=int(day))).isoformat() for day in days])
        table += [[list(GROUPS[column])[group] for group in groups] for column, groups in self.members.items()]
        table.append([f"{weight / 1000:.3f}" for weight in self.weights])
        for key, question in questions.items():
            words = [*question["order"], question["missing"][0], question["dont_know"][0]]  # -2 and -1 from the end
            table.append([words[answer] for answer in self.answers(key, SHAPES[key])])
        header = [*HEADER, *(question["column"] for question in questions.values())]
        return [header, *map(list, zip(*table, strict=True))]


def main() -> None:
    """Write a file for each wave from the release's per cents."""
    parser = argparse.ArgumentParser(description="Invent the respondents of the two example surveys.")
    parser.add_argument("--release", type=Path, default=RELEASE, help="folder that holds figures.csv and ranges.csv")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    chosen = parser.parse_args()
    profile = tomllib.loads((HERE / "survey_profile.toml").read_text(encoding="utf-8"))
    report, january = printed(chosen.release), dict[tuple[str, str], float]()
    for name in [BY_TEAM, *(name for name in FILES if name != BY_TEAM)]:  # June leans on what January's teams are
        rows = Wave(name, report, january).rows(profile["questions"])
        with (chosen.out / FILES[name][0]).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
