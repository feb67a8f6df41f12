"""The findings in a sentence and in a small table: how many of each grade, and in which section."""

from __future__ import annotations

import pandas as pd

from analysis.audit.grades import AGREES, DISAGREES, GRADES, ROUNDING, UNCHECKED, UNIT_SLIP
from analysis.audit.words import FALL_TWICE

__all__ = ["GRADE_WORDS", "by_section", "check_sentence", "doubtful_tables"]

_NUMBERS = ["cell", "statement"]
GRADE_WORDS = {
    AGREES: "The printed inputs, rounded half up to the printed places, give it.",
    ROUNDING: "Only inputs before their own rounding give it, or it was cut off instead of rounded. Counts are exact.",
    UNIT_SLIP: "The number is right in another unit: a ratio for per cent, per cent for percentage points, thousands.",
    DISAGREES: "No rounding of the printed inputs gives it, or it contradicts another number or word of the report.",
    UNCHECKED: "What it rests on is not printed, cannot be read as one number, or is zero where it divides.",
}


def check_sentence(findings: pd.DataFrame) -> str:
    """What the check found, in two sentences.

    >>> rows = pd.DataFrame({"kind": ["cell", "statement", "words"], "grade": ["agrees", "disagrees", "agrees"]})
    >>> check_sentence(rows)
    'Of 2 printed numbers 1 agrees with what it rests on and 1 disagrees. One further check: none disagrees.'
    """
    if findings.empty:
        return "The report prints nothing that could be checked."
    own = findings["kind"].isin(_NUMBERS)
    counts = findings.loc[own, "grade"].value_counts()
    told = {
        AGREES: ("agrees with what it rests on", "agree with what they rest on"),
        ROUNDING: ("differs by rounding", "differ by rounding"),
        UNIT_SLIP: ("is told in the wrong unit", "are told in the wrong unit"),
        DISAGREES: ("disagrees", "disagree"),
        UNCHECKED: ("cannot be checked", "cannot be checked"),
    }
    parts = [f"{counts[grade]:,} {told[grade][int(counts[grade] != 1)]}" for grade in GRADES if counts.get(grade, 0)]
    joined = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    further, wrong = int((~own).sum()), int((findings.loc[~own, "grade"] == DISAGREES).sum())
    said = f"Of {int(own.sum()):,} printed numbers {joined}."
    if not further:
        return said
    checks = "One further check" if further == 1 else f"{further:,} further checks"
    twice = int((findings["cause"] == FALL_TWICE).sum()) if "cause" in findings else 0
    more = f", {twice} of them only because {'a fall is' if twice == 1 else 'falls are'} said twice" if twice else ""
    return f"{said} {checks}: {wrong or 'none'} {'disagrees' if wrong < 2 else 'disagree'}{more}."


def by_section(findings: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """How many findings of each grade a section has.

    Parameters
    ----------
    findings
        As ``analysis.audit.audit`` gives them.
    sections
        The release's own, in its order.

    Returns
    -------
    DataFrame
        ``section`` (its title) and a column of counts for each grade; sections without a finding are left out.
    """
    counts = pd.crosstab(findings["section"], findings["grade"]).reindex(columns=list(GRADES), fill_value=0)
    titles = sections.sort_values("order").set_index("id")["title"]
    counts = counts.reindex([section for section in titles.index if section in counts.index])
    return counts.assign(section=titles.loc[counts.index]).reset_index(drop=True)[["section", *GRADES]]


def doubtful_tables(findings: pd.DataFrame) -> pd.Series:
    """Tables with derived cells that disagree, and how many, the most first."""
    wrong = findings[
        (findings["kind"] == "cell")
        & (findings["grade"] == DISAGREES)
        & (findings["grade_corrected"].isin(["", DISAGREES]))
    ]
    return wrong["table"].value_counts()
