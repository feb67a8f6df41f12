"""Anyone's own numbers compared as the explorer compares the report's: rates, shares or counts, one a row."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.change import compare_counts
from analysis.intervals import EXACT_BELOW, fisher, newcombe, rate

__all__ = ["compare_numbers"]

_COLUMNS = ["estimate", "lower", "upper", "p", "method"]
_Result = tuple[float, float | None, float | None, float | None, str]


def compare_numbers(kind: str, numbers: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Estimate, limits, p value and method for each row.

    Parameters
    ----------
    kind
        "rates" (``count, pop``): per 1,000, no p. "shares" (``x1, n1, x2, n2``): the difference from -1 to 1, second
        minus first. "counts" (``earlier, later``, perhaps ``dispersion``, the default rule where it is missing): the
        change in per cent on a base of 50 or more, else the difference.
    numbers
        As ``data.pairs_file.read_pairs`` gives them.
    confidence
        Level of the intervals.

    Examples
    --------
    >>> shares = pd.DataFrame({"x1": [48.0], "n1": [80.0], "x2": [56.0], "n2": [70.0]})
    >>> compare_numbers("shares", shares).iloc[0, :3].round(4).tolist()
    [0.2, 0.0524, 0.3339]
    """
    tell = {"rates": _rate, "shares": _share, "counts": _count}[kind]
    told = [tell(row, confidence) for row in numbers.itertuples()]
    return pd.DataFrame(told, columns=_COLUMNS, index=numbers.index).astype({"p": float})


def _rate(row: Any, confidence: float) -> _Result:
    limits = "exact Poisson limits" if row.count < EXACT_BELOW else "Byar's limits"
    return *rate(row.count, row.pop, confidence=confidence), None, f"rate per 1,000, {limits}"


def _share(row: Any, confidence: float) -> _Result:
    four = (row.x1, row.n1, row.x2, row.n2)
    method = "difference of shares, Newcombe's limits, Fisher's exact p"
    return row.x2 / row.n2 - row.x1 / row.n1, *newcombe(*four, confidence), fisher(*four), method


def _count(row: Any, confidence: float) -> _Result:
    given = getattr(row, "dispersion", None)
    spread = None if given is None or pd.isna(given) else given
    change = compare_counts(row.earlier, row.later, spread, confidence)
    kind, estimate = (
        ("difference", change.difference) if change.percent is None else ("per cent change", change.percent)
    )
    return estimate, change.lower, change.upper, change.p, f"{kind}, {change.method}"
