"""No reader works out what is withheld: not by hand, not by a solver, not with the rule and the reasons at hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import linprog, milp

from analysis.disclosure import SECONDARY, suppress

SIDES = {"++": "positive", "+": "positive", "0": "neither", "-": "negative", "--": "negative", "?": "dont_know"}
CELL = ["wave", "question", "group", "answer"]


def counts_of(groups: Mapping[str, list[int]], answers: list[str], nowhere: list[int] | None = None) -> pd.DataFrame:
    """Counts of one question: the groups as given, and ALL with them and those who are in none."""
    whole = np.sum([*groups.values(), nowhere or [0] * len(answers)], axis=0)
    rows = {"ALL": [int(n) for n in whole]} | dict(groups)
    told = [
        ("1", "Q", group, answer, SIDES[answer], n)
        for group, own in rows.items()
        for answer, n in zip(answers, own, strict=True)
    ]
    return pd.DataFrame(told, columns=[*CELL, "side", "n"])


# --- a reader with a solver -------------------------------------------------------------------------------------------


class Reader:
    """Everything that can be read off one question's rows, as equations over what cannot.

    Written apart from the code under test, from what is shown: counts, both bases, the shares of both sides. With
    ``crossed`` the sums of each variable's groups are known too.
    """

    def __init__(self, told: pd.DataFrame, crossed: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.told = told.set_index(["group", "answer"])
        self.groups, self.answers = list(told["group"].unique()), list(told["answer"].unique())
        self.side = told.drop_duplicates("answer").set_index("answer")["side"]
        self.places = {cell: at for at, cell in enumerate(product([*self.groups, "nowhere"], self.answers))}
        self.known: list[tuple[dict[int, int], int]] = []
        for (group, answer), row in self.told.iterrows():
            if not row["withheld"]:
                self._say([(1, group, answer)], int(row["n"]))
        for group in self.groups:
            self._sums(group)
        crossed = crossed or {}
        if not crossed:
            self._adds_up("ALL", [group for group in [*self.groups, "nowhere"] if group != "ALL"])
        for way in (0, 1) if crossed else ():
            self._adds_up("ALL", sorted({pair[way] for pair in crossed.values()}))
            for whole in {pair[way] for pair in crossed.values()}:
                self._adds_up(whole, [group for group, pair in crossed.items() if pair[way] == whole])

    def _say(self, terms: list[tuple[int, str, str]], total: int) -> None:
        line: dict[int, int] = {}
        for sign, group, answer in terms:
            line[self.places[group, answer]] = line.get(self.places[group, answer], 0) + sign
        self.known.append((line, total))

    def _sums(self, group: str) -> None:
        own = self.told.loc[group]
        if own["base_withheld"].any():
            return
        sides = {side: self.side.index[self.side == side] for side in self.side.unique()}
        for side, inside in sides.items():
            if side in ("positive", "negative") and own.loc[inside, "side_reason"].iloc[0] == "":
                self._say([(1, group, answer) for answer in inside], int(own.loc[inside, "n"].sum()))
        base = self.side.index[self.side != "dont_know"]
        self._say([(1, group, answer) for answer in base], int(own.loc[base, "n"].sum()))

    def _adds_up(self, whole: str, parts: list[str]) -> None:
        for answer in self.answers:
            self._say([(-1, whole, answer), *[(1, part, answer) for part in parts]], 0)

    def bounds(self, cell: tuple[str, str], *, knowing: bool, whole: bool = False) -> tuple[float, float]:
        """Least and most that a count can be; knowing the rule, and that what is withheld for another's sake is not small."""
        lines = np.zeros((len(self.known), len(self.places)))
        for at, (line, _) in enumerate(self.known):
            lines[at, list(line)] = list(line.values())
        totals = [total for _, total in self.known]
        limits = [(0.0, np.inf)] * len(self.places)
        extra, most = [], []
        for (group, answer), row in self.told.iterrows() if knowing else ():
            if row["reason"].startswith("fewer than"):
                limits[self.places[group, answer]] = (0, int(row["reason"].split()[2]) - 1)
            elif row["reason"] == SECONDARY and not row["base_withheld"] and self._tells(group):
                limits[self.places[group, answer]] = (5, np.inf)
            elif row["reason"].startswith("base under") and answer == self.answers[0]:
                line = np.zeros(len(self.places))
                line[[self.places[group, each] for each in self.answers if self.side[each] != "dont_know"]] = 1
                extra, most = [*extra, line], [*most, int(row["reason"].split()[2]) - 1]
        found = []
        for sign in (1, -1):
            price = np.zeros(len(self.places))
            price[self.places[cell]] = sign
            if whole:
                from scipy.optimize import Bounds, LinearConstraint

                limit = Bounds([low for low, _ in limits], [high for _, high in limits])
                rules = [LinearConstraint(lines, totals, totals)]
                answer = milp(price, constraints=rules, bounds=limit, integrality=np.ones(len(price)))
            else:
                answer = linprog(price, A_eq=lines, b_eq=totals, bounds=limits, A_ub=extra or None, b_ub=most or None)
            assert answer.status in (0, 3), answer.message  # solved, or without an end
            found.append(sign * answer.fun if answer.status == 0 else np.inf)
        return found[0], found[1]

    def _tells(self, group: str) -> bool:
        """Whether reasons differ within a group: where all are one, they may stand for anything."""
        return len(set(self.told.loc[group, "reason"]) - {""}) > 1


def recovered(told: pd.DataFrame, crossed: Mapping[str, tuple[str, str]] | None = None) -> list[tuple[object, ...]]:
    """Withheld cells that a solver pins down, or tells to be small from sums alone."""
    reader, found = Reader(told, crossed), []
    for row in told[told["withheld"]].itertuples():
        cell, whole = (row.group, row.answer), bool(crossed)
        least, most = reader.bounds(cell, knowing=False, whole=whole)
        small = row.reason.startswith("fewer than") and most < int(row.reason.split()[2]) - 1e-6
        known_least, known_most = (least, most) if whole else reader.bounds(cell, knowing=True)
        if small or most - least < 1 - 1e-6 or known_most - known_least < 1 - 1e-6:
            found.append((*cell, row.n, row.reason, (least, most), (known_least, known_most)))
    return found


def random_table(draw: np.random.Generator) -> pd.DataFrame:
    """Two to seven groups, two to six answers, bases from none to hundreds, now and then people in no group."""
    answers = [["+", "-"], ["++", "+", "-"], ["+", "-", "?"], ["++", "+", "0", "-", "--"], [*SIDES]][draw.integers(5)]
    shares = draw.dirichlet(np.full(len(answers), draw.choice([0.4, 1, 5])))
    bases = draw.integers(0, draw.choice([40, 120, 400]), draw.integers(2, 8))
    groups = {f"G{at}": draw.multinomial(base, shares).tolist() for at, base in enumerate(bases)}
    nowhere = draw.multinomial(draw.choice([0, 0, 3, 40]), shares).tolist()
    return counts_of(groups, answers, nowhere)


def test_a_solver_recovers_no_withheld_cell(full: bool) -> None:
    draw, withheld = np.random.default_rng(6), 0
    for number in range(1000 if full else 100):
        told = suppress(random_table(draw))
        withheld += int(told["withheld"].sum())
        assert recovered(told) == [], number
    assert withheld > 500  # there was something to find


def test_the_solver_finds_what_primary_suppression_alone_would_give_away() -> None:
    """The reader is no straw man: without the further cells it does recover."""
    told = suppress(counts_of({"N": [57, 3], "S": [33, 37]}, ["+", "-"]))
    alone = told.assign(withheld=told["n"] < 5)
    assert ("N", "-", 3) in [found[:3] for found in recovered(alone)]
