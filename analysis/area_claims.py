"""What a report says of single areas in words alone, held against what its own numbers can support."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.area_values import within_words
from analysis.areas import difference_word
from analysis.survey_words import share_words

__all__ = ["claims_said"]


def claims_said(claims: pd.DataFrame, told: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """A sentence for each claim: what is said, what is printed, and whether the number bears it out.

    Parameters
    ----------
    claims
        ``measure, area, word`` (higher or lower), ``printed``: a release's ``area_claims``.
    told
        As ``analysis.area_published.areas_assuming`` gives it; claims of other questions are left out.
    names
        Area id to its name.

    Examples
    --------
    >>> claims = pd.DataFrame({"measure": "q12", "area": ["east", "north"], "word": ["lower", "higher"],
    ...                        "printed": ["lower levels of confidence", "higher levels of confidence"]})
    >>> told = pd.DataFrame({"question": "q12", "area": ["east", "north"], "estimate": [0.46, None],
    ...     "low": [None, 0.64], "high": [None, 0.74], "difference": [-0.24, None],
    ...     "verdict": ["differs", "cannot tell"]})
    >>> for said in claims_said(claims, told, {"east": "East", "north": "North"}):
    ...     print(said)
    The report says that East has “lower levels of confidence”. The printed 46% bears that out: it is below the rest.
    The report says that North has “higher levels of confidence”. All it prints is that North is within 64% to 74%, and
    no value in that range could be told apart from the rest: the published numbers do not bear it out.
    """
    cells = told.set_index(["question", "area"])
    return [
        f"The report says that {names[claim.area]} has “{claim.printed}”. "
        + _support(cells.loc[(claim.measure, claim.area)], claim.word, names[claim.area])
        for claim in claims.itertuples()
        if (claim.measure, claim.area) in cells.index
    ]


def _support(row: Any, word: str, name: str) -> str:
    if pd.isna(row["estimate"]):
        between = within_words(row["low"], row["high"])
        if row["verdict"] == "cannot tell":
            return (
                f"All it prints is that {name} is {between}, and no value in that range could be told apart from the "
                "rest: the published numbers do not bear it out."
            )
        return f"All it prints is that {name} is {between}: whether it differs from the rest depends on where."
    printed = f"The printed {share_words(row['estimate'])}"
    if row["verdict"] == "no verdict":
        return f"{printed} is of too few answers to say."
    side = "higher" if row["difference"] > 0 else "lower"
    if row["verdict"] == "differs" and side == word:
        return f"{printed} bears that out: it is {difference_word('differs', row['difference'])}."
    if row["verdict"] == "likely differs" and side == word:
        return (
            f"{printed} would stand out alone, but not among so many comparisons, some of which stand out by chance: "
            f"it is {difference_word('likely differs', row['difference'])}."
        )
    if row["verdict"] in ("differs", "likely differs"):
        return f"{printed} says the opposite: it is {difference_word(row['verdict'], row['difference'])}."
    return f"{printed} does not bear that out: it cannot be told apart from the rest."
