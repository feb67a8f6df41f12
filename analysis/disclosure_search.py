"""Which further cells of a table have to be withheld so that none can be worked out from the rest.

Two readers are guarded against. One adds and subtracts: to that reader a small count must be able to be a large one.
The other also knows the rule and reads the reasons: for that one at least two whole numbers must be left of each count
that is withheld. A count is safe when there is another table of whole numbers with the same shown cells in which it
is different enough. Such a table is looked for by linear programming, in which letting a shown cell differ has a price:
the cheapest answer names the cells to withhold, if any. (Fischetti and Salazar's, and Kelly's, way.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure_table import ANSWER, BASE, SIDE, TOTAL, Table

__all__ = ["SECONDARY", "Guarded", "guard"]

SECONDARY = "withheld so that another cannot be worked out"
_PRICES = {
    ANSWER: 1.0,
    SIDE: 4.0,
    BASE: 50.0,
    TOTAL: 0.01,
}  # of withholding what is shown, per person that it differs by
_WITHHELD = 1e-4  # of letting a withheld count differ: only so that no more do than must
_MOVED = 0.5

Cell = tuple[int, int]  # row and column of a table


@dataclass
class Guarded:
    """What must not be worked out.

    Attributes
    ----------
    small
        Row and column to how many more respondents that count must be able to have.
    answers, base
        The thresholds: by row, and of bases.
    """

    small: dict[Cell, int]
    answers: np.ndarray
    base: int


def guard(table: Table, guarded: Guarded) -> None:
    """Withhold what more has to be, in the table itself: of the whole sample first, so that no groups matter to it."""
    for level in range(int(table.level.max()) + 1):
        _Stage(table, guarded, level).settle()


class _Stage:
    """The rows down to one level, of which only those of this level may have more withheld."""

    def __init__(self, table: Table, guarded: Guarded, level: int) -> None:
        self.table, self.guarded = table, guarded
        self.rows = np.flatnonzero(table.level <= level)
        self.at = {int(row): place for place, row in enumerate(self.rows)}
        self.open = np.zeros(table.counts.shape, dtype=bool)  # may be withheld
        self.open[table.level == level] = True
        if level == 0:  # without its base a question has no figure
            self.open[0, table.base] = False
        self.level, self.draw = level, np.random.default_rng(0)
        matrix = table.equations([int(row) for row in self.rows])
        self.sums = LinearConstraint(sparse.hstack([matrix, -matrix]).tocsc(), 0, 0)
        self.whole = np.ones(2 * matrix.shape[1]) if level > 1 else None  # else whole numbers come by themselves
        prices = np.array([_PRICES[kind] for kind in table.kinds])
        self.prices = prices * (1 + table.counts / max(int(table.counts[0].max()), 1))
        self.safe: dict[bool, set[Cell]] = {False: set(), True: set()}

    def settle(self) -> None:
        """Withhold until every count is safe from both readers."""
        for knowing in (False, True):
            while left := self._left(knowing):
                found = self._different(left, knowing)
                self.safe[knowing] |= found
                if not found:
                    cell = next(iter(left))
                    self._make_safe(cell, left[cell], knowing)
                    self.safe[knowing].add(cell)

    def _left(self, knowing: bool) -> dict[Cell, int]:
        """Counts not yet known to be safe, the smallest first, and by how many they must be able to differ."""
        table, small = self.table, self.guarded.small
        if knowing:
            withheld = np.argwhere(table.hidden & ~table.unnamed[:, None])
            cells = {(int(row), int(column)): 1 for row, column in withheld} | dict.fromkeys(small, 1)
        else:
            cells = small
        left = {cell: more for cell, more in cells.items() if cell[0] in self.at and cell not in self.safe[knowing]}
        return dict(sorted(left.items(), key=lambda each: (self.table.counts[each[0]], each[0])))

    def _different(self, left: dict[Cell, int], knowing: bool) -> set[Cell]:
        """Those that are different enough in one other table, which keeps to what is withheld already."""
        wish, most = np.zeros(self.table.counts.shape), np.full(self.table.counts.shape, 1.0 if knowing else np.inf)
        for cell, more in left.items():
            wish[cell], most[cell] = self.draw.choice([-1, 1]) if knowing else 1, more
        moved = self._other_table(-wish, wish, *self._room(knowing, self.table.hidden, most))
        if moved is None:
            return set()
        return {cell for cell, more in left.items() if (abs(moved[cell]) if knowing else moved[cell]) > more - _MOVED}

    def _make_safe(self, cell: Cell, more: int, knowing: bool) -> None:
        """Withhold the cheapest cells with which a count can differ; where none will do, give reasons that say less."""
        for attempt in range(4):
            if attempt == 1:
                self._say_less(cell[:1])
            elif attempt == 2:
                self._say_less(self.rows)
            elif attempt == 3:
                for row in np.flatnonzero(self.open.any(axis=1) & ~self.table.unnamed):
                    self.table.hide_row(int(row), SECONDARY)
            moved = self._cheapest(cell, more, knowing)
            if moved is not None:
                self._withhold((abs(moved) > _MOVED) & ~self.table.hidden)
                return

    def _cheapest(self, cell: Cell, more: int, knowing: bool) -> np.ndarray | None:
        free = self.table.hidden
        prices = np.where(free, _WITHHELD, self.prices)
        best, lowest = None, np.inf
        for sign in (1, -1) if knowing else (1,):
            up, down = self._room(knowing, free | self.open, np.inf)
            side = up if sign > 0 else down
            if side[cell] < more:
                continue
            moved = self._other_table(prices, prices, up, down, cell, sign * more)
            price = np.inf if moved is None else float((abs(moved) * prices).sum())
            if price < lowest:
                best, lowest = moved, price
        return best

    def _room(self, knowing: bool, free: np.ndarray, most: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """By how much each count may be larger, and smaller, in another table that a reader holds for possible."""
        table, up = self.table, np.full(self.table.counts.shape, np.inf)
        down = table.counts.astype(float)
        if knowing:
            known = np.zeros(table.counts.shape)  # of one that would be withheld: that it is not small
            known[:, table.columns(ANSWER, SIDE)] = self.guarded.answers[:, None]
            known[:, table.base] = self.guarded.base
            down = table.counts - np.where(table.hidden, table.least, known)
            up = np.where(table.hidden, table.most - table.counts, np.inf)
        return np.where(free, np.minimum(up, most), 0), np.where(free, np.minimum(down, most), 0)

    def _other_table(
        self, gain: np.ndarray, loss: np.ndarray, up: np.ndarray, down: np.ndarray,
        cell: Cell | None = None, by: int = 0,
    ) -> np.ndarray | None:  # fmt: skip
        """What differs in the cheapest other table, given prices of being larger and smaller; None if there is none."""
        rows, shape = self.rows, (len(self.rows), len(self.table.names))
        least = np.zeros((2, *shape))
        most = np.stack([up[rows], down[rows]])
        if cell:
            place = (self.at[cell[0]], cell[1])
            least[(int(by < 0), *place)] = most[(int(by < 0), *place)] = abs(by)
            most[(int(by > 0), *place)] = 0
        answer = milp(
            np.stack([gain[rows], loss[rows]]).ravel(),
            constraints=self.sums, bounds=Bounds(least.ravel(), most.ravel()), integrality=self.whole,
        )  # fmt: skip
        if answer.x is None:
            return None
        moved = np.zeros(self.table.counts.shape)
        more, fewer = answer.x.reshape(2, *shape)
        moved[rows] = np.rint(more - fewer)
        return moved

    def _withhold(self, cells: np.ndarray) -> None:
        table = self.table
        for row in np.flatnonzero(cells[:, table.base]):
            table.hide_row(int(row), SECONDARY, least=self.guarded.base)
        for row, column in np.argwhere(cells):
            known = 0 if table.kinds[column] == TOTAL else int(self.guarded.answers[row])
            table.hide(int(row), int(column), SECONDARY, least=known)

    def _say_less(self, rows: Iterable[int]) -> None:
        """One and the same reason for all that is withheld in some rows, so that none tells what is small."""
        for row in rows:
            hidden = self.table.hidden[row] & ~self.table.unnamed[row]
            self.table.reasons[row, hidden] = SECONDARY
            self.table.least[row], self.table.most[row] = 0, np.inf
