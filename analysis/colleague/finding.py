"""What a colleague would ask of a new report: one finding, its key, and the frame of all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

__all__ = ["COLUMNS", "LATER", "Finding", "Place", "frame_of", "key_of"]

COLUMNS = ["key", "kind", "where", "what", "how_to_mend", "serious", "section", "table", "figure_id", "number_id"]

Place = tuple[float, float, float, float]  # section, table, row, column: as the report has them
LATER = 1e6  # in a place: what stands in running text comes after a section's tables


@dataclass(frozen=True)
class Finding:
    """One question on a new report.

    Attributes
    ----------
    key
        The same whenever the same thing is found in the same values, so that a reason stays with what it was given for.
    kind
        One of ``analysis.colleague.KINDS``.
    where
        Table, row, column and figure id, as printed.
    what, how_to_mend
        One sentence each.
    serious
        Whether it must be mended, or confirmed with a reason, before the report is published.
    place
        What puts findings in the order of the report.
    figure_id
        The figure that it is about, or one that the number it is about rests on; "" where there is none.
    number_id
        Of the derived numbers and the numbers of the text that it is about, with a space between; "" where that is the
        figure itself.
    """

    key: str
    kind: str
    where: str
    what: str
    how_to_mend: str
    serious: bool
    place: Place
    section: str = ""
    table: str = ""
    figure_id: str = ""
    number_id: str = ""


def key_of(kind: str, *parts: object) -> str:
    """A finding's key: its kind, then ids and values with a space between; "-" for what is missing.

    >>> key_of("tenfold", "asb.asb.last_12_months", 19640.0, 196400.0), key_of("new", "asb", float("nan"), 0.3)
    ('tenfold asb.asb.last_12_months 19640 196400', 'new asb - 0.3')
    """
    return " ".join([kind, *(_word(part) for part in parts)])


def _word(part: object) -> str:
    if isinstance(part, pd.Timestamp):
        return f"{part:%Y-%m-%d}"
    if isinstance(part, float):
        return "-" if math.isnan(part) else f"{part:.15g}"
    return "_".join(str(part).split()) or "-"


def frame_of(findings: Sequence[Finding]) -> pd.DataFrame:
    """The findings as a frame with ``COLUMNS``, serious ones first, each half in the order of the report."""
    ordered = sorted(findings, key=lambda each: (not each.serious, each.place))
    rows = [{name: getattr(each, name) for name in COLUMNS} for each in ordered]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    words = [name for name in COLUMNS if name != "serious"]
    return frame.astype(dict.fromkeys(words, "str") | {"serious": bool})
