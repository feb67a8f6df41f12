"""Measures of which the last report's text told a number and this one tells none: their pages would show no value."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import pandas as pd

from analysis.colleague.finding import LATER, Finding, key_of

__all__ = ["unsaid_findings"]

_NAMED = 12  # measures that are named
_PRINTED = ("figures", "statements", "comparisons", "ranges")


def unsaid_findings(older: Mapping[str, pd.DataFrame], newer: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """One question on all measures that have lost their numbers.

    Parameters
    ----------
    older, newer
        The frames of two releases; ``figures, statements, comparisons, ranges`` with ``measure``, ``measures`` with
        ``id, title``.

    Examples
    --------
    >>> def report(*said: str) -> dict[str, pd.DataFrame]:
    ...     empty = pd.DataFrame({"measure": [], "printed": []}, dtype=str)
    ...     frames = dict.fromkeys(("figures", "comparisons", "ranges"), empty)
    ...     frames["statements"] = pd.DataFrame({"measure": ["posts"], "printed": list(said)} if said else empty)
    ...     return frames | {"measures": pd.DataFrame({"id": ["posts"], "title": ["New posts"]})}
    >>> [told] = unsaid_findings(report("117 posts"), report())
    >>> told.what
    'A number of 1 measure stood in the last report, and none does in this one: “New posts” (“117 posts”).'
    >>> unsaid_findings(report("117 posts"), report("90 posts"))
    []
    """
    said = {str(measure) for name in _PRINTED for measure in newer[name]["measure"]}
    prints: dict[str, str] = {}
    for name in _PRINTED[1:]:
        for row in older[name].itertuples():
            prints.setdefault(str(row.measure), str(row.printed))
    titles = dict(zip(newer["measures"]["id"], newer["measures"]["title"], strict=True))
    tabled = set(older["figures"]["measure"])  # rows that are gone are told as such
    gone = [measure for measure in titles if measure in prints and measure not in said | tabled]
    if not gone:
        return []
    told = [f"“{titles[measure]}” (“{prints[measure]}”)" for measure in gone]
    more = len(gone) - _NAMED
    measures = "1 measure" if len(gone) == 1 else f"{len(gone)} measures"
    return [
        Finding(
            key=key_of("unsaid", zlib.crc32(" ".join(sorted(gone)).encode())), kind="unsaid", where="Measures",
            what=f"A number of {measures} stood in the last report, and none does in this one: "
            f"{'; '.join(told[:_NAMED])}{f'; and {more} more' if more > 0 else ''}.",
            how_to_mend="Nothing, where the report no longer prints it. A number of the text is known again by the "
            "words round it: paste its sentence as the last report has it.",
            serious=False, place=(LATER, LATER, 0.0, 2.0),
        )
    ]  # fmt: skip
