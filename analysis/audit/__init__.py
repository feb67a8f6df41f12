"""The report check: every derived number of a report recomputed from the report's own numbers, and told in words.

Each rule lives in a module of its own and gives findings; ``audit`` runs them all. A new rule is a new function that
takes frames or the sheet of numbers, gives findings, and is named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.audit.across import check_across, check_ranks, different_measures
from analysis.audit.bounds import check_ranges, check_shares, check_years
from analysis.audit.cells import check_cells
from analysis.audit.findings import COLUMNS, Finding, frame_of
from analysis.audit.grades import GRADES
from analysis.audit.parts import check_areas, check_columns, check_families
from analysis.audit.sheet import frames_of
from analysis.audit.statements import check_statements
from analysis.audit.words import check_signs, check_wordings

__all__ = ["COLUMNS", "GRADES", "KINDS", "audit", "different_measures", "open_findings"]

KINDS = {
    "cell": "table cells",
    "statement": "numbers in running text",
    "across": "printed in two places",
    "bounds": "bounds and ranges",
    "parts": "parts and wholes",
    "words": "words and signs",
}


def audit(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every finding on a release.

    Parameters
    ----------
    frames
        The release's frames by the name of their file: ``figures, measures, tables, areas, as_published, statements,
        comparisons, ranges, overlaps, wordings, corrections``.

    Returns
    -------
    DataFrame
        ``analysis.audit.COLUMNS`` and ``corrected`` (the corrected print, "" without one): a finding for every derived
        cell and every statement in the order of the release, then those of the other rules.
    """
    sheet = frames_of(frames)
    statements = frames["statements"]
    kinds = dict(zip(statements["id"], statements["kind"], strict=True))
    totals = set(frames["as_published"].loc[frames["as_published"]["kind"] == "total", "figure_id"])
    found: list[Finding] = [
        *check_cells(frames["as_published"], frames["tables"], sheet),
        *check_statements(statements, sheet),
        *check_across(kinds, sheet),
        *check_ranks(frames["comparisons"]),
        *check_shares(sheet),
        *check_years(sheet),
        *check_ranges(frames["ranges"], sheet),
        *check_families(kinds, totals, frames["overlaps"], sheet),
        *check_areas(frames["areas"], sheet),
        *check_columns(frames["tables"], sheet),
        *check_signs(statements),
        *check_wordings(frames["wordings"], sheet),
    ]
    corrected = dict(zip(frames["corrections"]["id"], frames["corrections"]["corrected"], strict=True))
    rows = frame_of([replace(each, measure=each.measure or "") for each in found])
    return rows.assign(corrected=[_corrected(about, corrected) for about in rows["about"]])


def _corrected(about: str, corrected: Mapping[str, str]) -> str:
    """The correction of a finding's own number, the first that it speaks of and its twins."""
    return next((corrected[name] for name in about.split() if name in corrected), "")


def open_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """What disagrees and has not been corrected: what would hold a report back."""
    return findings[(findings["grade"] == "disagrees") & (findings["corrected"] == "")]
