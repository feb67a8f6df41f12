"""How a result is printed: an aligned table, CSV or JSON."""

from __future__ import annotations

import json

import pandas as pd

from data.catalogue import plain_cells

__all__ = ["write"]

_WIDEST = 60  # letters of one cell on the screen


def write(rows: pd.DataFrame, form: str, on_screen: list[str]) -> None:
    """Print a result as an aligned table, CSV or JSON. Missing is blank, in JSON null."""
    plain = plain_cells(rows)
    if form == "json":
        print(json.dumps(plain.to_dict("records"), ensure_ascii=False, indent=1))
    elif form == "csv":
        print(plain.to_csv(index=False, lineterminator="\n"), end="")
    else:
        shown = plain[on_screen].map(_on_screen)
        if len(shown):
            print(shown.to_string(index=False))


def _on_screen(cell: object) -> str:
    """A plain cell as a person reads it in a column: short, and not with more decimals than anyone needs."""
    if isinstance(cell, float) and abs(cell) < 0.0001:
        return f"{cell:.1e}"
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return "" if cell is None else str(cell)[:_WIDEST]
