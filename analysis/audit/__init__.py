"""The report check: every derived number of a report recomputed from the report's own numbers, and told in words.

Each rule lives in a module of its own and gives findings; ``audit`` runs them all. A new rule is a new function that
takes frames or the sheet of numbers, gives findings, and is named here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.audit.across import check_across, check_ranks, different_measures
from analysis.audit.bounds import check_ranges, check_shares, check_years
from analysis.audit.cells import check_cells
from analysis.audit.findings import COLUMNS, frame_of
from analysis.audit.grades import DISAGREES, GRADES
from analysis.audit.parts import check_areas, check_columns, check_families
from analysis.audit.printed import read_printed
from analysis.audit.prints import check_corrections, check_prints
from analysis.audit.sheet import frames_of
from analysis.audit.statements import check_statements
from analysis.audit.words import check_signs, check_wordings
from analysis.corrections import standing

__all__ = ["COLUMNS", "GRADES", "KINDS", "audit", "different_measures", "doubtful_numbers",
           "open_findings"]  # fmt: skip

_MARKED = ["cell", "statement", "across", "bounds"]  # a set of parts that do not add up marks none of them
KINDS = {
    "cell": "table cells",
    "statement": "numbers in running text",
    "across": "printed in two places",
    "bounds": "bounds and ranges",
    "parts": "parts and wholes",
    "words": "words and signs",
    "print": "print against value",
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
        ``analysis.audit.COLUMNS``, ``corrected`` (the corrected print of the finding's own number, "" without one) and
        ``grade_corrected`` (the grade once every correction is made, "" where there is none): a finding for every
        derived cell and every statement in the order of the release, then those of the other rules.
    """
    found = _check(frames)
    corrections = standing(frames["corrections"])
    if corrections.empty:
        return found.assign(corrected="", grade_corrected="")
    corrected = dict(zip(corrections["id"], corrections["corrected"], strict=True))
    after = _check(_with_corrections(frames, corrected)).set_index("id")["grade"]
    own = [
        about.split() if kind in _OWN else about.split()[:1]
        for about, kind in zip(found["about"], found["kind"], strict=True)
    ]
    return found.assign(
        corrected=["; ".join(corrected[name] for name in names if name in corrected) for names in own],
        grade_corrected=[after.get(name, "agrees") for name in found["id"]],
    )


_OWN = {"cell", "statement", "across"}  # all that these speak of are their own number's prints


def _check(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    sheet = frames_of(frames)
    statements = frames["statements"]
    kinds = dict(zip(statements["id"], statements["kind"], strict=True))
    totals = set(frames["as_published"].loc[frames["as_published"]["kind"] == "total", "figure_id"])
    return frame_of(
        [
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
            *check_prints(frames["comparisons"], frames["ranges"], sheet),
            *check_corrections(frames["corrections"], frames["as_published"], sheet),
        ]
    )


def _with_corrections(frames: Mapping[str, pd.DataFrame], corrected: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The frames as if every correction had been printed; one that is no number changes the print alone."""
    changed = dict(frames)
    for file, column in {"figures": "figure_id", "statements": "id", "as_published": "id"}.items():
        frame = frames[file].copy()
        for row in frame.index[frame[column].isin(list(corrected))]:
            text = corrected[str(frame.at[row, column])]
            frame.at[row, "printed"] = text
            read = read_printed(text)
            if read is not None and "value" in frame:
                frame.at[row, "value"] = float(read.value)
        changed[file] = frame
    twins = changed["as_published"]["figure_id"].map(corrected)  # a total stands in both files
    changed["as_published"] = changed["as_published"].assign(
        printed=changed["as_published"]["printed"].where(twins.isna(), twins)
    )
    return changed


def open_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """What disagrees and would still disagree once every correction is made: what would hold a report back."""
    return findings[(findings["grade"] == DISAGREES) & findings["grade_corrected"].isin(["", DISAGREES])]


def doubtful_numbers(findings: pd.DataFrame) -> frozenset[str]:
    """Ids of printed numbers that disagree with what they rest on, or with another place, and are not corrected.

    >>> rows = {"kind": ["cell", "parts"], "grade": DISAGREES, "grade_corrected": "", "about": ["a.1 b.2", "c.3"]}
    >>> sorted(doubtful_numbers(pd.DataFrame(rows)))
    ['a.1', 'b.2']
    """
    found = open_findings(findings)
    own = found[found["kind"].isin(_MARKED)]
    return frozenset(name for about in own["about"] for name in about.split())
