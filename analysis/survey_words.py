"""What surveys may be said to show: one sentence for each answer that changed, one for all the others together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.change_words import change_phrase, interval_phrase
from analysis.numbers import half_up, in_words

__all__ = [
    "MEASURE_WORDS",
    "better_or_worse",
    "change_said",
    "changes_said",
    "group_said",
    "p_words",
    "range_words",
    "rest_said",
    "share_words",
]

MEASURE_WORDS = {
    "top": "positive answers",
    "bottom": "negative answers",
    "net": "net score (positive less negative)",
    "dont_know": "don't know",
}
_CLAIMED = ("real change", "likely change")
_REST = {
    "likely change": "likely, but not beyond doubt among so many",
    "cannot tell": "cannot be told from no change",
    "no change": "hardly changed",
    "no verdict": "have too few answers to say, or are withheld",
}


def share_words(estimate: float, measure: str = "top") -> str:
    """A share as a whole per cent, or a net score in points.

    >>> share_words(0.678), share_words(-0.05, "net"), share_words(float("nan"))
    ('68%', '−5', 'withheld')
    """
    if pd.isna(estimate):
        return "withheld"
    rounded = half_up(estimate * 100)
    sign = "−" if rounded < 0 else "+" if rounded > 0 and measure == "net" else ""
    return f"{sign}{abs(rounded):.0f}{'' if measure == 'net' else '%'}"


def range_words(estimate: float, lower: float, upper: float, measure: str = "top") -> str:
    """A share with its interval.

    >>> range_words(0.678, 0.65, 0.704), range_words(float("nan"), float("nan"), float("nan"))
    ('68% (65% to 70%)', 'withheld')
    """
    told = share_words(estimate, measure)
    if pd.isna(estimate) or pd.isna(lower):
        return told
    return f"{told} ({share_words(lower, measure)} to {share_words(upper, measure)})"


def p_words(p: float) -> str:
    """A p value as it is read.

    >>> p_words(0.0298), p_words(0.00003), p_words(float("nan"))
    ('0.0298', 'under 0.0001', '')
    """
    if pd.isna(p):
        return ""
    return "under 0.0001" if p < 0.0001 else f"{half_up(p, 4):.4f}"


def better_or_worse(verdict: str, difference: float, measure: str, direction: str) -> str:
    """Better or worse, only for a change that is claimed and where the question's direction says so.

    >>> better_or_worse("real change", 0.05, "top", "up_is_better")
    'better'
    """
    if verdict not in _CLAIMED or direction not in ("up_is_better", "up_is_worse") or measure == "dont_know":
        return ""
    good = (difference > 0) == (direction == "up_is_better")
    return "better" if good != (measure == "bottom") else "worse"


def change_said(row: Any, label: str, direction: str = "neither", assumed: str = "") -> str:
    """One answer's change in plain words.

    Parameters
    ----------
    row
        A row of ``analysis.survey_waves.wave_changes``.
    label
        The question as it is shown.
    direction
        ``up_is_better``, ``up_is_worse`` or ``neither``.
    assumed
        What the verdict rests on, such as "assumed base"; "" where nothing is assumed.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = SimpleNamespace(measure="top", first=0.63, second=0.68, difference=0.05, lower=0.013, upper=0.087,
    ...     first_wave="June 2022", second_wave="January 2023", verdict="likely change", confidence=0.95, caveat="")
    >>> print(change_said(row, "Q12 Confidence in the police", "up_is_better", "assumed"))
    Q12 Confidence in the police: 68% in January 2023, up 5.0 points on June 2022 (63%). Likely change, for the better
    (95% interval up 1.3 points to up 8.7 points; assumed).
    """
    if pd.isna(row.difference):
        return f"{label}: no verdict. {row.caveat}".strip()
    what = "" if row.measure == "top" else f", {MEASURE_WORDS[row.measure]}"
    moved = change_phrase(row.difference * 100, None, "percent")
    than = "from" if moved == "unchanged" else "on"
    worded = better_or_worse(row.verdict, row.difference, row.measure, direction)
    verdict = row.verdict.capitalize() + (f", for the {worded}" if worded else "")
    limits = interval_phrase(row.lower * 100, row.upper * 100, None, "percent")
    return (
        f"{label}{what}: {share_words(row.second, row.measure)} in {row.second_wave}, {moved} {than} {row.first_wave} "
        f"({share_words(row.first, row.measure)}). {verdict} ({row.confidence * 100:g}% interval {limits}"
        f"{'; ' + assumed if assumed else ''})."
    )


def rest_said(changes: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Everything that did not really change, in one sentence for each verdict.

    >>> changes = pd.DataFrame({"question": ["q8", "q9"], "verdict": ["cannot tell", "cannot tell"]})
    >>> rest_said(changes, {"q8": "Q8 Feel safe by day", "q9": "Q9 Feel safe after dark"})
    'The others: two cannot be told from no change (Q8 Feel safe by day; Q9 Feel safe after dark).'
    """
    told = []
    for verdict, words in _REST.items():
        own = changes.loc[changes["verdict"] == verdict, "question"]
        if len(own):
            names = "; ".join(labels.get(each, each) for each in own)
            told.append(f"{in_words(len(own))} {_one(words, len(own))} ({names})")
    return f"The others: {'; '.join(told)}." if told else ""


def _one(words: str, count: int) -> str:
    return words.replace("have too few", "has too few").replace(", or are", ", or is") if count == 1 else words


def changes_said(changes: pd.DataFrame) -> str:
    """How many answers really changed, of how many.

    >>> changes_said(pd.DataFrame({"verdict": ["real change", "cannot tell", "no verdict"]}))
    '1 of 2 answers that can be tested really changed'
    """
    tested = int((changes["verdict"] != "no verdict").sum())
    real = int((changes["verdict"] == "real change").sum())
    if not tested:
        return "no answer can be tested"
    return f"{real} of {tested} answers that can be tested really changed"


def group_said(told: pd.DataFrame, label: str, wave: str) -> str:
    """One question in one wave: the whole sample with its interval and base.

    Parameters
    ----------
    told
        Rows of ``analysis.survey.estimates`` of one question and measure, the group ALL among them.
    label, wave
        The question and the wave as they are shown.

    Examples
    --------
    >>> told = pd.DataFrame({"group": ["ALL"], "measure": "top", "estimate": 0.68, "lower": 0.654, "upper": 0.705,
    ...                      "n": 1602.0, "n_effective": 1281.6, "confidence": 0.95})
    >>> group_said(told, "Q12 Confidence in the police", "January 2023")
    'Q12 Confidence in the police: 68% in January 2023 (95% interval 65% to 71%), of 1,602 who answered.'
    """
    row = told[told["group"] == "ALL"].iloc[0]
    what = "" if row["measure"] == "top" else f", {MEASURE_WORDS[row['measure']]}"
    if pd.isna(row["estimate"]):
        return f"{label}{what}: withheld in {wave}. {row['caveat']}"
    limits = f"{share_words(row['lower'], row['measure'])} to {share_words(row['upper'], row['measure'])}"
    return (
        f"{label}{what}: {share_words(row['estimate'], row['measure'])} in {wave} ({row['confidence'] * 100:g}% "
        f"interval {limits}), of {row['n']:,.0f} who answered."
    )
