"""No reader works out what is withheld: not by hand, not by a solver, not with the rule and the reasons at hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure import DIFFERENCE, SECONDARY, Thresholds, small_differences, suppress

SIDES = {"++": "positive", "+": "positive", "0": "neither", "-": "negative", "--": "negative", "?": "dont_know"}
FEWER = settings(max_examples=settings.default.max_examples // 8)  # each is a table to be searched
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

    def prepare(self, *, knowing: bool, whole: bool) -> None:
        """What is known without doubt, as the solver takes it: with the rule and the reasons, or by sums alone."""
        lines = np.zeros((len(self.known), len(self.places)))
        for at, (line, _) in enumerate(self.known):
            lines[at, list(line)] = list(line.values())
        totals = [total for _, total in self.known]
        self.rules = [LinearConstraint(lines, totals, totals)]
        least, most = np.zeros(len(self.places)), np.full(len(self.places), np.inf)
        for (group, answer), row in self.told.iterrows() if knowing else ():
            place = self.places[group, answer]
            if row["reason"].startswith("fewer than"):
                most[place] = int(row["reason"].split()[2]) - 1
            elif row["reason"] == SECONDARY and not row["base_withheld"] and self._tells(group):
                least[place] = 5
            elif row["reason"].startswith("base under") and answer == self.answers[0]:
                line = np.zeros(len(self.places))
                line[[self.places[group, each] for each in self.answers if self.side[each] != "dont_know"]] = 1
                self.rules.append(LinearConstraint(line, 0, int(row["reason"].split()[2]) - 1))
        self.limits = Bounds(least, np.minimum(most, 10_000))
        self.whole = np.ones(len(self.places)) if whole else None

    def furthest(self, price: np.ndarray) -> np.ndarray | None:
        """The possible counts with the lowest price; None where reasons that say less have misled the reader."""
        return milp(price, constraints=self.rules, bounds=self.limits, integrality=self.whole).x

    def ranges(
        self, cells: list[tuple[str, str]], enough: Mapping[tuple[str, str], float]
    ) -> dict[tuple[str, str], tuple[float, float]]:
        """Least and most that each count can be, looked for no further than two whole numbers and what is enough."""
        places = [self.places[cell] for cell in cells]
        want = np.array([enough.get(cell, 0) for cell in cells])
        low, high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
        draw = np.random.default_rng(0)
        wishes = [draw.choice([-1.0, 1.0], len(cells)) for _ in range(4)] + [-np.ones(len(cells))]
        wishes += [sign * (np.arange(len(cells)) == at) for at in range(len(cells)) for sign in (1.0, -1.0)]
        for number, wish in enumerate(wishes):
            open_ = (high - low < 1 - 1e-6) | (high < want - 1e-6)
            if not open_[wish != 0].any() and number >= 2:
                continue
            price = np.zeros(len(self.places))
            price[places] = wish
            found = self.furthest(price)
            if found is None:
                return {}
            low, high = np.minimum(low, found[places]), np.maximum(high, found[places])
        return dict(zip(cells, zip(low, high, strict=True), strict=True))

    def _tells(self, group: str) -> bool:
        """Whether reasons differ within a group: where all are one, they may stand for anything."""
        return len(set(self.told.loc[group, "reason"]) - {""}) > 1


def recovered(told: pd.DataFrame, crossed: Mapping[str, tuple[str, str]] | None = None) -> list[tuple[object, ...]]:
    """Withheld cells that a solver pins down, or tells to be small from sums alone."""
    reader, withheld = Reader(told, crossed), told[told["withheld"]]
    cells = list(zip(withheld["group"], withheld["answer"], strict=True))
    small = {
        cell: int(why.split()[2]) for cell, why in zip(cells, withheld["reason"], strict=True) if why.startswith("few")
    }
    found = []
    for knowing in (False, True) if cells else ():
        reader.prepare(knowing=knowing, whole=bool(crossed))
        ranges = reader.ranges(cells, {} if knowing else small)
        for cell, (least, most) in ranges.items():
            if most - least < 1 - 1e-6 or (not knowing and most < small.get(cell, 0) - 1e-6):
                found.append((*cell, knowing, least, most))
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
    assert ("N", "-", False, 3, 3) in recovered(alone)


def crossed_table(draw: np.random.Generator) -> tuple[pd.DataFrame, dict[str, tuple[str, str]]]:
    """Two areas or three by two ages or three, with the areas' and ages' own rows and the whole sample's."""
    areas, ages = [f"A{at}" for at in range(draw.integers(2, 4))], [f"B{at}" for at in range(draw.integers(2, 4))]
    answers = ["++", "+", "-"]
    pairs = {f"{area} and {age}": (area, age) for area in areas for age in ages}
    groups = {pair: draw.multinomial(draw.integers(20, 160), [0.6, 0.25, 0.15]) for pair in pairs}
    whole = {name: sum(groups[pair] for pair in pairs if name in pairs[pair]) for name in [*areas, *ages]}
    told = counts_of({name: own.tolist() for name, own in groups.items()}, answers)
    more = counts_of({name: own.tolist() for name, own in whole.items()}, answers)
    return pd.concat([told, more[more["group"] != "ALL"]], ignore_index=True), pairs


def test_groups_crossed_by_two_variables_do_not_tell_through_either(full: bool) -> None:
    draw, seen = np.random.default_rng(7), 0
    for _ in range(100 if full else 10):
        counts, pairs = crossed_table(draw)
        told = suppress(counts, crossed=pairs)
        assert recovered(told, pairs) == []
        shown = told[~told["withheld"]]
        shown = shown[shown["group"].isin(pairs)]
        assert (shown["n"] >= 10).all()
        seen += len(shown)
        alone = counts[~counts["group"].isin([*pairs, *{age for _, age in pairs.values()}])]
        both = suppress(alone).merge(told, on=CELL, suffixes=("_alone", ""))
        assert (both["withheld"] == both["withheld_alone"]).all()  # an area's row is the same with and without
    assert seen > 0


def test_a_crossed_group_needs_both_its_groups() -> None:
    counts = counts_of({"N and old": [50, 50]}, ["+", "-"])
    with pytest.raises(ValueError, match="Group 'N and old' lies in 'N', which has no counts"):
        suppress(counts, crossed={"N and old": ("N", "old")})


# --- the rule ---------------------------------------------------------------------------------------------------------

small_tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 60), min_size=width, max_size=width), min_size=1, max_size=4)
).map(lambda rows: counts_of({f"G{at}": row for at, row in enumerate(rows)}, [*SIDES][: len(rows[0])]))  # fmt: skip


def bases(told: pd.DataFrame) -> pd.Series:
    return told["n"].where(told["side"] != "dont_know", 0).groupby(told["group"]).transform("sum")


@given(small_tables, st.integers(1, 40), st.integers(1, 12))
@FEWER
def test_every_small_cell_is_withheld_and_says_why(counts: pd.DataFrame, base: int, answers: int) -> None:
    told = suppress(counts, Thresholds(base, answers))
    assert told[counts.columns].equals(counts)
    assert told.loc[bases(told) < base, "base_withheld"].all()
    assert told.loc[told["n"] < answers, "withheld"].all()
    assert set(told["reason"]) <= {"", f"base under {base}", f"fewer than {answers} answers", SECONDARY}
    assert ((told["reason"] != "") == told["withheld"]).all()
    assert told.loc[told["base_withheld"], "withheld"].all()
    again = suppress(told, Thresholds(base, answers))
    assert again.equals(told)


@given(small_tables)
@FEWER
def test_nothing_is_withheld_where_nothing_is_small(counts: pd.DataFrame) -> None:
    told = suppress(
        counts.assign(n=counts["n"] + 30 * np.where(counts["group"] == "ALL", counts["group"].nunique() - 1, 1))
    )
    assert not told["withheld"].any()
    assert set(told["side_reason"]) == {""}


@given(small_tables)
@FEWER
def test_the_whole_sample_is_the_same_by_any_groups(counts: pd.DataFrame) -> None:
    whole = counts[counts["group"] == "ALL"]
    told = suppress(counts)
    assert told[told["group"] == "ALL"].reset_index(drop=True).equals(suppress(whole).reset_index(drop=True))


def test_an_answer_that_nobody_gave_is_withheld_though_it_has_no_row() -> None:
    counts = counts_of({"N": [60, 40, 0], "S": [50, 30, 20]}, ["++", "+", "-"])
    told = suppress(counts[counts["n"] > 0])
    [zero] = told[told["n"] == 0].to_dict("records")
    assert (zero["group"], zero["answer"], zero["side"], zero["reason"]) == (
        "N",
        "-",
        "negative",
        "fewer than 5 answers",
    )
    assert zero["side_reason"] == "fewer than 5 answers"
    assert len(told) == len(counts)


def test_a_share_that_nearly_everybody_is_in_is_withheld() -> None:
    told = suppress(counts_of({"N": [100, 50, 1, 1, 0], "S": [60, 60, 20, 20, 20]}, ["++", "+", "0", "-", "--"]))
    own = told[(told["group"] == "N") & (told["side"] == "positive")]
    assert (own["side_reason"] == SECONDARY).all()  # else it would tell that two said otherwise
    assert told.loc[(told["group"] == "S") & (told["side"] == "positive"), "side_reason"].isin(["", SECONDARY]).all()


def test_a_small_group_takes_another_with_it_and_so_do_people_in_no_group() -> None:
    large = {"N": [60, 60], "S": [90, 90], "W": [50, 50]}
    told = suppress(counts_of(large | {"E": [5, 6]}, ["+", "-"])).drop_duplicates("group").set_index("group")
    assert told["base_withheld"].to_dict() == {"ALL": False, "N": False, "S": False, "W": True, "E": True}
    assert (told.loc["E", "reason"], told.loc["W", "reason"]) == ("base under 30", SECONDARY)
    told = suppress(counts_of(large, ["+", "-"], nowhere=[2, 1])).drop_duplicates("group").set_index("group")
    assert told["base_withheld"].to_dict() == {"ALL": False, "N": False, "S": False, "W": True}


def test_sensitive_questions_and_their_threshold() -> None:
    counts = counts_of({"N": [60, 7], "S": [60, 40]}, ["+", "-"])
    assert not suppress(counts)["withheld"].any()
    assert "fewer than 10 answers" in set(suppress(counts, sensitive=["Q"])["reason"])
    assert not suppress(counts, Thresholds(sensitive=7), sensitive=["Q"])["withheld"].any()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda counts: counts.drop(columns="answer"), "The counts have no column answer"),
        (lambda counts: counts.assign(answer=[None, *counts["answer"][1:]]), "Leave out those who gave no answer"),
        (lambda counts: counts.assign(n=counts["n"] / 7), "A count is a whole number"),
        (lambda counts: pd.concat([counts, counts[:1]]), "the answer '\\+' has two counts"),
        (lambda counts: counts[counts["group"] != "ALL"], "Question Q has no counts of the whole sample"),
        (lambda counts: counts.assign(n=[1, 1, 60, 50]), "The groups of ALL have more answers than it has"),
    ],
)
def test_counts_that_cannot_be_judged_are_refused(change, sentence: str) -> None:
    counts = counts_of({"N": [60, 50]}, ["+", "-"])
    with pytest.raises(ValueError, match=sentence):
        suppress(change(counts))


def test_thresholds_are_whole_numbers() -> None:
    with pytest.raises(ValueError, match="base is 0"):
        Thresholds(base=0)


# --- two tables -------------------------------------------------------------------------------------------------------


def test_two_filters_that_differ_by_few_are_caught() -> None:
    first = counts_of({"N": [60, 50], "S": [70, 40]}, ["+", "-"])
    second = counts_of({"N": [60, 50], "S": [71, 42]}, ["+", "-"])
    caught = small_differences(first, second)
    assert set(caught["group"]) == {"ALL", "S"}
    assert caught["base_withheld"].all()
    assert set(caught["reason"]) == {DIFFERENCE}
    told = suppress(second, also=caught)
    assert told.loc[told["group"].isin(["ALL", "S"]), "base_withheld"].all()
    assert not told.loc[told["group"] == "N", "withheld"].any()  # the same in both, and no way to the other two
    assert recovered(told) == []


def test_what_a_large_difference_tells_of_few_is_caught_cell_by_cell() -> None:
    first = counts_of({"N": [60, 50, 40]}, ["++", "+", "-"])
    second = counts_of({"N": [90, 70, 41]}, ["++", "+", "-"])
    caught = small_differences(first, second)
    assert set(caught["answer"]) == {"-"} and not caught["base_withheld"].any()
    told = suppress(second, also=caught)
    assert recovered(told) == []
    assert (told["withheld"].groupby(told["group"]).sum() >= 2).all()
    assert small_differences(first, second, Thresholds(answers=1)).empty


def test_the_same_tables_and_far_ones_may_both_be_shown() -> None:
    first = counts_of({"N": [60, 50]}, ["+", "-"])
    assert small_differences(first, first).empty
    assert small_differences(first, counts_of({"N": [260, 150]}, ["+", "-"])).empty
    assert small_differences(first, counts_of({"E": [61, 50]}, ["+", "-"]))["group"].unique().tolist() == ["ALL"]


@pytest.mark.parametrize("words", ["base=many", "bases=30", "base", "answers=-1"])
def test_thresholds_that_cannot_be_meant_are_told(words: str) -> None:
    with pytest.raises(ValueError, match="EXPLORER_THRESHOLDS: found"):
        Thresholds.said(words)
