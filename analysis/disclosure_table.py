"""The table of one question as a reader may work with it: groups by answers, with every sum that stands beside them.

A cell of the whole sample is the sum of its groups' cells; a base is the sum of its answers, and so is a share's count.
What is shown, what is withheld and what is known of a withheld cell all the same is kept beside the counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

__all__ = ["ALL", "ANSWER", "BASE", "DONT_KNOW", "NEGATIVE", "POSITIVE", "SIDE", "TOTAL", "Table", "question_table"]

ALL = "ALL"  # the group that is the whole sample
POSITIVE, NEGATIVE, DONT_KNOW = "positive", "negative", "dont_know"
ANSWER, SIDE, BASE, TOTAL = "answer", "side", "base", "total"  # kinds of columns; the total has don't know in it
_NOBODY = -1  # parent of the outermost column


@dataclass
class Table:
    """Counts by row and column, and what becomes of each. All arrays are rows by columns unless said.

    Attributes
    ----------
    groups
        Names of the rows. A row without one is of those who are in the sample and in no group: never shown, and found
        by taking the groups from the whole.
    level
        Of each row: 0 the whole sample, 1 a group, 2 a group crossed by two variables.
    families
        Rows that add up: the one that is the sum, and the others.
    names, kinds, parents
        Of each column.
    counts
        Unweighted respondents.
    hidden
        Whether it is withheld.
    least, most
        What a reader knows of a withheld count from the rule and the reasons given.
    reasons
        Why it is withheld, or "".
    """

    groups: list[str | None]
    level: np.ndarray
    families: list[tuple[int, list[int]]]
    names: list[str]
    kinds: list[str]
    parents: list[int]
    counts: np.ndarray
    hidden: np.ndarray = field(init=False)
    least: np.ndarray = field(init=False)
    most: np.ndarray = field(init=False)
    reasons: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        shape = self.counts.shape
        self.hidden, self.reasons = np.zeros(shape, dtype=bool), np.full(shape, "", dtype=object)
        self.least, self.most = np.zeros(shape), np.full(shape, np.inf)
        self.hidden[self.unnamed] = True

    @property
    def unnamed(self) -> np.ndarray:
        """Which rows are of those in no group."""
        return np.array([group is None for group in self.groups])

    def columns(self, *kinds: str) -> np.ndarray:
        """Places of the columns of some kinds."""
        return np.flatnonzero([kind in kinds for kind in self.kinds])

    @property
    def base(self) -> int:
        """Place of the column of bases."""
        return self.kinds.index(BASE)

    def hide(self, row: int, column: int, reason: str, least: float = 0, most: float = np.inf) -> None:
        """Withhold one count. A reason that it has already stays, and so does what is known of it."""
        if not self.hidden[row, column]:
            self.hidden[row, column], self.reasons[row, column] = True, reason
            self.least[row, column], self.most[row, column] = least, most
        if self.kinds[self.parents[column]] == TOTAL and TOTAL in self.kinds:
            self.hidden[row, self.kinds.index(TOTAL)] = True  # or the two bases would tell who did not know

    def hide_row(self, row: int, reason: str, least: float = 0, most: float = np.inf) -> None:
        """Withhold a group with its base, of which alone something may be known."""
        self.hidden[row] = False
        for column in range(len(self.names)):
            bounds = (least, most) if column == self.base else (0, np.inf)
            self.hide(row, column, reason, *bounds)

    def equations(self, rows: Sequence[int]) -> sparse.csc_matrix:
        """What adds up among some rows: a line each, to be 0, over the counts row by row."""
        place = {row: at for at, row in enumerate(rows)}
        width, lines = len(self.names), []
        for row in rows:
            for column in self.columns(SIDE, BASE, TOTAL):
                parts = [child for child, parent in enumerate(self.parents) if parent == column]
                lines.append([(place[row] * width + column, -1), *[(place[row] * width + part, 1) for part in parts]])
        for whole, parts in self.families:
            if whole in place and all(part in place for part in parts):
                lines += [
                    [(place[whole] * width + leaf, -1), *[(place[part] * width + leaf, 1) for part in parts]]
                    for leaf in self.columns(ANSWER)
                ]
        at = [(line, cell, sign) for line, cells in enumerate(lines) for cell, sign in cells]
        line, cell, sign = (list(each) for each in zip(*at, strict=True))
        return sparse.csc_matrix((sign, (line, cell)), shape=(len(lines), len(rows) * width))


def question_table(
    counts: pd.DataFrame, sides: Mapping[str, str], crossed: Mapping[str, tuple[str, str]] | None = None
) -> Table:
    """The table of one question of one wave.

    Parameters
    ----------
    counts
        Groups by answers, every cell filled; ALL among the groups.
    sides
        Answer to ``positive``, ``negative``, ``dont_know``, or anything else.
    crossed
        Groups that are two groups' common part, to these two.

    Raises
    ------
    ValueError
        When groups have more respondents than their whole, or the two groups of a crossed one are not there.

    Examples
    --------
    >>> counts = pd.DataFrame({"Yes": [40, 30], "No": [8, 4]}, index=["ALL", "N"])
    >>> table = question_table(counts, {"Yes": "positive"})
    >>> table.groups, table.names
    (['ALL', 'N', None], ['Yes', 'No', 'positive', 'base'])
    >>> table.counts.tolist()
    [[40, 8, 40, 48], [30, 4, 30, 34], [10, 4, 10, 14]]
    """
    names, kinds, parents = _columns([str(answer) for answer in counts.columns], sides)
    groups: list[str | None] = [ALL, *[str(group) for group in counts.index if group != ALL]]
    numbers = [_summed(counts.loc[group].to_numpy(dtype=int), parents) for group in groups]
    level = [0, *[2 if group in (crossed or {}) else 1 for group in groups[1:]]]
    families: list[tuple[int, list[int]]] = []
    for whole, parts in _families(groups[1:], crossed or {}):
        rows = [groups.index(part) for part in parts]
        rest = numbers[groups.index(whole)] - sum(numbers[row] for row in rows)
        if (rest < 0).any():
            raise ValueError(f"The groups of {whole} have more answers than it has. They may not overlap.")
        if rest.any():
            rows.append(len(groups))
            groups, numbers = [*groups, None], [*numbers, rest]
            level.append(max(level[row] for row in rows[:-1]))
        families.append((groups.index(whole), rows))
    return Table(groups, np.array(level), families, names, kinds, parents, np.array(numbers))


def _columns(answers: list[str], sides: Mapping[str, str]) -> tuple[list[str], list[str], list[int]]:
    """Names, kinds and parents: the answers, then their sums from the inside to the outside."""
    told = [side for side in (POSITIVE, NEGATIVE) if side in {sides.get(answer) for answer in answers}]
    unsure = DONT_KNOW in {sides.get(answer) for answer in answers}
    names = [*answers, *told, BASE, *([TOTAL] if unsure else [])]
    kinds = [ANSWER] * len(answers) + [SIDE] * len(told) + [BASE] + [TOTAL] * unsure
    base = len(answers) + len(told)
    places = {side: len(answers) + at for at, side in enumerate(told)} | {DONT_KNOW: base + 1}
    parents = [places.get(sides.get(answer, ""), base) for answer in answers] + [base] * len(told)
    return names, kinds, [*parents, *([base + 1, _NOBODY] if unsure else [_NOBODY])]


def _summed(leaves: np.ndarray, parents: list[int]) -> np.ndarray:
    """The counts of all columns from those of the answers."""
    told = np.concatenate([leaves, np.zeros(len(parents) - len(leaves), dtype=int)])
    for column, parent in enumerate(parents):
        if parent != _NOBODY:
            told[parent] += told[column]
    return told


def _families(groups: Sequence[str | None], crossed: Mapping[str, tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Each whole with its parts: the sample with the groups of each variable, and these with where they are crossed."""
    named = [str(group) for group in groups]
    if not crossed:
        return [(ALL, named)] if named else []
    told: dict[tuple[int, str], list[str]] = {}
    for group in [group for group in named if group in crossed]:
        for way, whole in enumerate(crossed[group]):
            if whole not in named:
                raise ValueError(f"Group '{group}' lies in '{whole}', which has no counts. Give them too.")
            told.setdefault((way, whole), []).append(group)
    ways: dict[int, list[str]] = {}
    for way, whole in told:
        ways.setdefault(way, []).append(whole)
    if left := [group for group in named if group not in crossed and not any(group in way for way in ways.values())]:
        raise ValueError(f"Group '{left[0]}' is of neither variable that is crossed. Leave it out.")
    return [*((ALL, way) for way in ways.values()), *((whole, parts) for (_, whole), parts in told.items())]
