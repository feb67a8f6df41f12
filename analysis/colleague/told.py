"""What has been told of single values, and what they would be once mended: so that one fault is told once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.audit.formula import Quantity, evaluate
from analysis.audit.printed import exact
from analysis.colleague.cells import THING
from analysis.colleague.finding import Finding

__all__ = ["Told"]

_SAME = [*THING, "period_start", "period_end", "unit"]


class Told:
    """Findings on single figures, the values they would have once mended, and what those would make of others.

    Parameters
    ----------
    cells
        As ``analysis.colleague.cells.cells_beside`` gives them.
    as_published
        The newer release's own.
    """

    def __init__(self, cells: pd.DataFrame, as_published: pd.DataFrame) -> None:
        self.findings: list[Finding] = []
        self.mended: dict[str, float] = {}
        self._kinds: dict[str, str] = {}
        self._values = dict(zip(cells["figure_id"], cells["value"], strict=True))
        self._derived = _derived(cells, as_published, self._values)
        self._twins: dict[tuple[Any, ...], list[str]] = {}
        for row in cells.itertuples():
            self._twins.setdefault(_thing(row), []).append(row.figure_id)

    def tell(self, finding: Finding, *figures: tuple[str, float]) -> None:
        """Add a finding on figures, each with what it would be once mended."""
        self.findings.append(finding)
        self.mended.update(figures)
        self._kinds.update({name: finding.kind for name, _ in figures})

    def of_kinds(self, *kinds: str) -> set[str]:
        """Figures that findings of some kinds are on, and those that only follow from told ones under "" (no kind)."""
        return {name for name in self.mended if self._kinds.get(name, "") in kinds}

    def is_base(self, figure: str) -> bool:
        """Whether a figure rests on no other figure of the report."""
        return figure not in self._derived

    def knows(self, row: Any) -> bool:
        """Whether a figure is told already, itself or by the same value of the same thing in another table."""
        if row.figure_id in self.mended:
            return True
        for twin in self._twins[_thing(row)]:
            if twin in self.mended and self._values[twin] == row.value:
                self.mended[row.figure_id] = self.mended[twin]
                return True
        return False

    def once_mended(self, row: Any, also: Mapping[str, float] | None = None) -> float | None:
        """What a figure that rests on mended ones, or ``also`` on others, would be; None where it rests on none."""
        formula, inputs = self._derived.get(row.figure_id, ("", []))
        mended = self.mended | dict(also or {})
        if not any(name in mended for name in inputs):
            return None
        try:
            now = _work(formula, [self._values[name] for name in inputs])
            then = _work(formula, [(self._values | mended)[name] for name in inputs])
        except (ZeroDivisionError, ValueError):
            return None
        return float(exact(row.value) + then - now)

    def mended_figures(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The newer release's figures as they would be once everything told so far is mended."""
        if not self.mended:
            return figures
        hit = figures["figure_id"].isin(list(self.mended))
        values = figures.loc[hit, "figure_id"].map(self.mended)
        mended = figures.copy()
        mended.loc[hit, "value"] = values
        mended.loc[hit, "printed"] = [f"{value:.15g}" for value in values]
        return mended


def _thing(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _SAME)


def _derived(
    cells: pd.DataFrame, as_published: pd.DataFrame, values: Mapping[str, float]
) -> dict[str, tuple[str, list[str]]]:
    """Figures that rest on others, with formula and inputs; a total without a formula rests on its table's parts."""
    columns: dict[tuple[Any, ...], list[Any]] = {}
    for row in cells.itertuples():
        columns.setdefault((row.table, row.role, row.period_end, row.unit, row.area), []).append(row)
    found: dict[str, tuple[str, list[str]]] = {}
    for column in columns.values():
        parts = [row.figure_id for row in column if row.row_kind == "part"]
        found |= {row.figure_id: ("sum", parts) for row in column if row.row_kind == "total"}
    for row in as_published.itertuples():
        inputs = row.inputs.split()
        if row.figure_id in values and row.formula != "stands alone" and all(name in values for name in inputs):
            found[row.figure_id] = (row.formula, inputs)
    return {name: (formula, inputs) for name, (formula, inputs) in found.items() if inputs and name not in inputs}


def _work(formula: str, values: list[float]) -> Fraction:
    return evaluate(formula, [Quantity.rounded(exact(value), Fraction(0)) for value in values]).value
