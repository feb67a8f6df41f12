"""Every change of a release against one comparator: pairs, tests, verdicts, nearest usable figures, sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.change_words import change_sentence
from analysis.corrections import sides_corrected
from analysis.nearest import nearest_usable
from analysis.pairs import AGAINST, find_pairs, own_rows
from analysis.since import rolling_pairs
from analysis.verdicts import judge

__all__ = ["COLUMNS", "COMPARATORS", "as_told", "changes"]

COMPARATORS = [*AGAINST, "last-report"]
COLUMNS = ["measure", "basis", "table", "area", "breakdown", "earlier_start", "later_start", "earlier", "later"]
COLUMNS += ["difference", "percent", "lower", "upper", "unit", "p", "p_holm", "verdict", "direction"]
COLUMNS += ["better_or_worse", "dispersion", "events", "nearest", "sentence", "caveat", "corrected"]


def changes(
    figures: pd.DataFrame,
    measures: pd.DataFrame,
    tables: pd.DataFrame,
    events: pd.DataFrame,
    statements: pd.DataFrame,
    against: str = "previous",
    dispersion: float | None = None,
    confidence: float = 0.95,
    older: pd.DataFrame | None = None,
    factor: float = 1.0,
    notes: Mapping[str, str] | None = None,
    older_notes: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """What changed, how sure that is, and how to say it: one row a measure, area and breakdown.

    Parameters
    ----------
    figures, measures, tables, events, statements
        The release's own.
    against
        "previous" (the 12 months before), "baseline" or "last-report".
    dispersion, confidence
        As for ``analysis.verdicts.judge``.
    older
        The figures of the release before; needed for "last-report" only.
    factor
        As for ``analysis.verdicts.judge``.
    notes, older_notes
        The notes of corrected numbers of the release, and of the one before, as
        ``analysis.corrections.correction_notes`` gives them.

    Returns
    -------
    DataFrame
        The columns of ``judge``, and ``nearest`` (blank where the change is comparable), ``family`` (how many
        comparisons Holm's correction was made over), ``earlier_note`` and ``later_note`` (what the two numbers were
        corrected to; blank elsewhere), ``corrected`` (the same in sentences) and ``sentence``, which ends with it; in
        the order of ``measures``.

    Raises
    ------
    ValueError
        For a comparator that is not known, "last-report" without ``older``, a dispersion of 0 or less, or a
        confidence level outside 0 to 1.
    """
    if against != "last-report":
        pairs = find_pairs(figures, measures, tables, against)
    elif older is None:
        raise ValueError("Changes since the last report need the figures of the release before.")
    else:
        pairs = rolling_pairs(own_rows(older, measures, tables), own_rows(figures, measures, tables))
    told = judge(pairs, measures, events, dispersion, confidence, factor)
    counts = statements[(statements["unit"] == "count") & (statements["kind"] == "level")]
    told["nearest"] = nearest_usable(told, figures, measures, events, counts)
    told["family"] = int(told["p_holm"].notna().sum())
    own = (figures, notes or {})
    before = own if older is None or against != "last-report" else (older, older_notes or {})
    told = told.join(sides_corrected(told, own, before))
    sentences = [f"{change_sentence(row, row.family)} {row.corrected}".strip() for row in told.itertuples()]
    told["sentence"] = pd.Series(sentences, index=told.index, dtype="str")
    return told


def as_told(told: pd.DataFrame) -> pd.DataFrame:
    """The result of ``changes`` as the command prints it: ``COLUMNS``, in their order."""
    return told.rename(columns={"earlier_value": "earlier", "later_value": "later"})[COLUMNS]
